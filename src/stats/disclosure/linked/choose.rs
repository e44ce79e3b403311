//! The fewest further counts to withhold.

use super::reach::Reach;
use super::solve::Possible;
use super::{Linked, Standing};
use crate::stats::Method;

/// Complementary suppression over linked tables.
pub const LINKED_SUPPRESSION: Method = Method {
    id: "linked_suppression.minimal",
    name: "complementary suppression over linked tables",
    convention: "fewest further counts, then the least sum",
};

/// How many patterns are judged for one set of linked counts before the search gives way to the greedy choice.
const PATTERNS: u32 = 4_000;

/// Counts withheld to protect others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedSuppression {
    /// The further cells to withhold, in order.
    pub further: Vec<usize>,
    /// How far the possible counts of each cell have to spread, where that is less than asked for: everything that can
    /// be withheld would not make it more.
    pub widths: Vec<u64>,
    /// Whether no smaller choice exists. Otherwise some linked counts were too many to try all, and everything was
    /// withheld and published again, largest first, while the protection held.
    pub minimal: bool,
    /// The method.
    pub method: Method,
}

/// Chooses the fewest open cells that, withheld with the unknown ones, leave every cell the spread that it needs; among
/// these the least sum of counts, then the first in order.
///
/// A spread that cannot be had even with every open cell withheld is lowered to what can be had: what everybody knows
/// is not for a publication to protect.
pub fn linked_suppression(linked: &Linked) -> LinkedSuppression {
    let mut unknown = linked.unknown();
    let mut widths: Vec<u64> = linked.cells.iter().map(|cell| cell.width).collect();
    let all: Vec<bool> = linked.cells.iter().map(|cell| cell.standing != Standing::Known).collect();
    for (cell, width) in widths.iter_mut().enumerate().filter(|(_, width)| **width > 0) {
        *width = if all[cell] { widest(linked, &linked.reach(cell, &all), *width) } else { 0 };
    }
    let mut further = Vec::new();
    let mut minimal = true;
    for block in blocks(linked, &all) {
        let guarded: Vec<usize> = block.iter().copied().filter(|cell| widths[*cell] > 0).collect();
        let mut search = Search { linked, widths: &widths, guarded: &guarded, left: PATTERNS, best: None };
        let chosen = match search.fewest(&mut unknown, &block) {
            Some(chosen) => chosen,
            None => {
                minimal = false;
                search.greedy(&unknown, &block)
            }
        };
        for cell in &chosen {
            unknown[*cell] = true;
        }
        further.extend(chosen);
    }
    further.sort_unstable();
    LinkedSuppression { further, widths, minimal, method: LINKED_SUPPRESSION }
}

/// The largest spread up to `width` that a cell can have.
fn widest(linked: &Linked, reach: &Reach, width: u64) -> u64 {
    (1..=width).rev().find(|width| linked.is_protected(reach, *width) == Possible::Yes).unwrap_or(0)
}

/// The sets of cells that sums join, without those that everybody knows.
fn blocks(linked: &Linked, not_known: &[bool]) -> Vec<Vec<usize>> {
    let mut met = vec![false; not_known.len()];
    let mut blocks = Vec::new();
    for cell in 0..not_known.len() {
        if met[cell] || !not_known[cell] {
            continue;
        }
        let mut block = linked.reach(cell, not_known).cells;
        block.sort_unstable();
        for cell in &block {
            met[*cell] = true;
        }
        blocks.push(block);
    }
    blocks
}

struct Search<'a> {
    linked: &'a Linked,
    widths: &'a [u64],
    guarded: &'a [usize],
    left: u32,
    best: Option<(u64, Vec<usize>)>,
}

impl Search<'_> {
    /// Tries every choice of none, one, two and so on; nothing if there are too many.
    fn fewest(&mut self, unknown: &mut [bool], block: &[usize]) -> Option<Vec<usize>> {
        let open = block.iter().filter(|cell| self.linked.cells[**cell].standing == Standing::Open).count();
        for size in 0..=open {
            let mut barred = vec![false; unknown.len()];
            self.within(unknown, &mut barred, &mut Vec::new(), size)?;
            if let Some((_, mut chosen)) = self.best.take() {
                chosen.sort_unstable();
                return Some(chosen);
            }
        }
        None
    }

    /// Adds up to `more` cells to those chosen. What leaves a cell open to a reader is only mended by a cell of the sums
    /// that its range hangs on, so that no other needs to be tried.
    fn within(
        &mut self,
        unknown: &mut [bool],
        barred: &mut [bool],
        chosen: &mut Vec<usize>,
        more: usize,
    ) -> Option<()> {
        let cost: u64 = chosen.iter().map(|cell| self.linked.cells[*cell].count).sum();
        if self.best.as_ref().is_some_and(|(best, _)| *best <= cost) {
            return Some(());
        }
        self.left = self.left.checked_sub(1)?;
        let Some(reach) = self.exposed(unknown) else {
            self.best = Some((cost, chosen.clone()));
            return Some(());
        };
        if more == 0 {
            return Some(());
        }
        let mut candidates: Vec<usize> = reach.open.into_iter().filter(|cell| !barred[*cell]).collect();
        candidates.sort_by_key(|cell| (self.linked.cells[*cell].count, *cell));
        let mut tried = Vec::new();
        let mut settled = Some(());
        for cell in candidates {
            unknown[cell] = true;
            chosen.push(cell);
            settled = self.within(unknown, barred, chosen, more - 1);
            chosen.pop();
            unknown[cell] = false;
            if settled.is_none() {
                break;
            }
            // Every choice with this cell has been tried.
            barred[cell] = true;
            tried.push(cell);
        }
        for cell in tried {
            barred[cell] = false;
        }
        settled
    }

    /// What the first cell hangs on that is not protected.
    fn exposed(&self, unknown: &[bool]) -> Option<Reach> {
        self.guarded.iter().find_map(|cell| {
            let reach = self.linked.reach(*cell, unknown);
            let is_safe =
                unknown[*cell] && self.linked.is_protected(&reach, self.widths[*cell]) == Possible::Yes;
            (!is_safe).then_some(reach)
        })
    }

    /// Withholds every open cell and publishes again, largest first, what leaves every cell protected.
    fn greedy(&self, unknown: &[bool], block: &[usize]) -> Vec<usize> {
        let mut unknown = unknown.to_vec();
        let mut open: Vec<usize> = block
            .iter()
            .copied()
            .filter(|cell| self.linked.cells[*cell].standing == Standing::Open)
            .collect();
        for cell in &open {
            unknown[*cell] = true;
        }
        open.sort_by_key(|cell| (std::cmp::Reverse(self.linked.cells[*cell].count), *cell));
        open.retain(|cell| {
            unknown[*cell] = false;
            let withheld = self.exposed(&unknown).is_some();
            unknown[*cell] = withheld;
            withheld
        });
        open.sort_unstable();
        open
    }
}
