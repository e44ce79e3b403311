//! Counts of several tables that share cells and totals, protected together.
//!
//! Every relation between counts is a sum: a whole and its parts. What a reader can work out about an unknown count is
//! then the range that it has over all counts, whole and not negative, that agree with every sum and every known count.

mod bounds;
mod choose;
mod reach;
mod solve;

pub use bounds::{LINKED_AUDIT, LinkedInterval, linked_audit};
pub use choose::{LINKED_SUPPRESSION, LinkedSuppression, linked_suppression};

use crate::stats::{Computed, NotComputed};

/// A count and what readers may have of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedCell {
    /// The count.
    pub count: u64,
    /// What readers have of it.
    pub standing: Standing,
    /// How far the counts that readers must think possible have to spread; 0 for a count that needs no protection.
    pub width: u64,
}

/// What readers have of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Everybody knows it, whatever is published.
    Known,
    /// It is published, unless it is withheld to protect another.
    Open,
    /// It is withheld, or nobody publishes it: readers know it from sums alone.
    Unknown,
}

/// A whole and its parts, by their positions among the cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedSum {
    /// The whole.
    pub whole: usize,
    /// What it is the sum of.
    pub parts: Vec<usize>,
}

/// Counts and the sums between them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Linked {
    cells: Vec<LinkedCell>,
    sums: Vec<LinkedSum>,
    /// For each cell the sums in which it stands.
    within: Vec<Vec<usize>>,
}

impl Linked {
    /// Refuses sums of cells that do not exist or are named twice, sums that the counts do not satisfy, and counts too
    /// large to add up.
    pub fn new(cells: Vec<LinkedCell>, sums: Vec<LinkedSum>) -> Computed<Self> {
        let total = cells.iter().try_fold(0_u64, |total, cell| total.checked_add(cell.count));
        if total.is_none_or(|total| total > super::MAX_TOTAL) {
            return Err(NotComputed::TooLarge { limit: "counts that add up to 2^53" });
        }
        let mut within = vec![Vec::new(); cells.len()];
        for (position, sum) in sums.iter().enumerate() {
            for cell in std::iter::once(sum.whole).chain(sum.parts.iter().copied()) {
                let stands: &mut Vec<usize> =
                    within.get_mut(cell).ok_or(NotComputed::invalid("a sum is of cells that exist"))?;
                if stands.last() == Some(&position) {
                    return Err(NotComputed::invalid("a sum names a cell once"));
                }
                stands.push(position);
            }
            let parts: u64 = sum.parts.iter().map(|part| cells[*part].count).sum();
            if cells[sum.whole].count != parts {
                return Err(NotComputed::invalid("the parts of a sum add up to its whole"));
            }
        }
        Ok(Self { cells, sums, within })
    }

    /// The cells.
    pub fn cells(&self) -> &[LinkedCell] {
        &self.cells
    }

    /// Which cells are unknown before any is withheld to protect another.
    pub fn unknown(&self) -> Vec<bool> {
        self.cells.iter().map(|cell| cell.standing == Standing::Unknown).collect()
    }
}

#[cfg(test)]
mod tests;
