//! Complementary suppression: the fewest further cells that keep small counts from being worked out.

use super::audit::{HiddenZeros, MAX_HIDDEN, Network};
use super::frequency::{Zeros, primary_suppression};
use super::{Cell, Table};
use crate::stats::{Caution, Computed, Method, NotComputed};

/// Complementary suppression.
pub const COMPLEMENTARY_SUPPRESSION: Method = Method {
    id: "complementary_suppression.minimal",
    name: "complementary suppression",
    convention: "fewest extra cells, then least total, exhaustively among 2^20 sets; by deletion beyond",
};

/// The most sets of cells that the exhaustive search tries: all of 20 candidates, or those of up to 3 among 180.
pub const MAX_SETS: u64 = 1 << 20;

/// Which cells may be hidden to protect others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Candidates {
    /// Cells with people: hiding a zero protects little where readers know that it must be one.
    #[default]
    Positive,
    /// Zeros too.
    All,
}

/// What has to be protected, and how well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Counts below it are primary cells.
    pub threshold: u64,
    /// Whether zeros are primary cells.
    pub zeros: Zeros,
    /// The possible values of each primary cell must spread at least this far; 1 means "not exactly recoverable".
    pub required_width: u64,
    /// Which further cells may be hidden.
    pub candidates: Candidates,
    /// What readers know of hidden cells; with [`HiddenZeros::Impossible`] no zero may be hidden.
    pub hidden_zeros: HiddenZeros,
}

impl Rule {
    /// The default: positive counts below `threshold` must be uncertain by as much as the threshold.
    pub fn new(threshold: u64) -> Self {
        Self {
            threshold,
            zeros: Zeros::Publish,
            required_width: threshold,
            candidates: Candidates::Positive,
            hidden_zeros: HiddenZeros::Possible,
        }
    }
}

/// How the pattern was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Every smaller pattern was ruled out: none has fewer cells, or as few with a smaller total.
    Exhaustive,
    /// Starting from all candidates, cells were published again, largest first, while the audit allowed it: no cell
    /// of the pattern can be published alone, but a smaller pattern may exist.
    Deletion,
}

/// The patterns that protect a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The primary cells, row by row.
    pub primary: Vec<Cell>,
    /// The equally good sets of complementary cells, ascending; empty if even hiding every candidate is not enough.
    pub patterns: Vec<Vec<Cell>>,
    /// The sum of the complementary counts of each pattern.
    pub suppressed_total: Option<u64>,
    /// How the patterns were found.
    pub search: Search,
    /// The method.
    pub method: Method,
}

impl Suppression {
    /// Whether the table can be protected.
    pub fn feasible(&self) -> bool {
        !self.patterns.is_empty()
    }

    /// Number of complementary cells, if the table can be protected.
    pub fn n_complementary(&self) -> Option<usize> {
        self.patterns.first().map(Vec::len)
    }

    /// What a reader must know beside the pattern.
    pub fn cautions(&self) -> Vec<Caution> {
        let mut cautions = Vec::new();
        if !self.feasible() {
            cautions.push(Caution::Note("no pattern protects the table; publish fewer categories"));
        }
        if self.search == Search::Deletion {
            cautions
                .push(Caution::Note("too many cells for the exhaustive search; a smaller pattern may exist"));
        }
        cautions
    }
}

/// Hides the primary cells of a two-way table with published margins, and the fewest others that protect them.
///
/// A pattern counts as protecting if the audit leaves each primary cell the required width. Patterns of one size are
/// ranked by the sum of their counts; all best ones are listed. [`NotComputed::TooLarge`] if more than
/// [`MAX_HIDDEN`] cells are primary or candidates.
pub fn complementary_suppression(table: &Table, rule: Rule) -> Computed<Suppression> {
    let primary = primary_suppression(table, rule.threshold, rule.zeros).cells;
    let eligible = |cell: Cell, count: u64| {
        !primary.contains(&cell) && (count > 0 || rule.candidates == Candidates::All)
    };
    let candidates: Vec<(Cell, u64)> = if primary.is_empty() {
        Vec::new()
    } else {
        table.cells().filter(|(cell, count)| eligible(*cell, *count)).collect()
    };
    if primary.len() + candidates.len() > MAX_HIDDEN {
        return Err(NotComputed::TooLarge { limit: "2000 cells" });
    }
    let problem = Problem { table, primary: &primary, width: rule.required_width, zeros: rule.hidden_zeros };
    let all: Vec<Cell> = candidates.iter().map(|(cell, _)| *cell).collect();
    // Hiding more never narrows what a cell can be, so if all candidates are not enough, nothing is.
    let (search, patterns) = if problem.is_protected_by(&all)? {
        match problem.smallest(&candidates)? {
            Some(patterns) => (Search::Exhaustive, patterns),
            None => (Search::Deletion, vec![problem.deleted(candidates)?]),
        }
    } else {
        (Search::Exhaustive, Vec::new())
    };
    let total = |pattern: &Vec<Cell>| pattern.iter().filter_map(|cell| table.get(*cell)).sum();
    Ok(Suppression {
        suppressed_total: patterns.first().map(total),
        primary,
        patterns,
        search,
        method: COMPLEMENTARY_SUPPRESSION,
    })
}

struct Problem<'a> {
    table: &'a Table,
    primary: &'a [Cell],
    width: u64,
    zeros: HiddenZeros,
}

impl Problem<'_> {
    fn is_protected_by(&self, complementary: &[Cell]) -> Computed<bool> {
        let hidden = [self.primary, complementary].concat();
        let network = Network::new(self.table, &hidden, self.zeros)?;
        Ok((0..self.primary.len()).all(|i| network.is_protected(i, self.width)))
    }

    /// All patterns of the least size and, among these, the least total; none if more than [`MAX_SETS`] sets would
    /// have to be tried.
    fn smallest(&self, candidates: &[(Cell, u64)]) -> Computed<Option<Vec<Vec<Cell>>>> {
        let mut sets_left = MAX_SETS;
        for size in self.least_size()..=candidates.len() {
            let Some(left) = sets_left.checked_sub(sets_of(size, candidates.len())) else { return Ok(None) };
            sets_left = left;
            let patterns = self.smallest_of(size, candidates)?;
            if !patterns.is_empty() {
                return Ok(Some(patterns));
            }
        }
        Ok(None)
    }

    fn smallest_of(&self, size: usize, candidates: &[(Cell, u64)]) -> Computed<Vec<Vec<Cell>>> {
        let mut best = u64::MAX;
        let mut patterns = Vec::new();
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            let total: u64 = chosen.iter().map(|i| candidates[*i].1).sum();
            if total <= best {
                let pattern: Vec<Cell> = chosen.iter().map(|i| candidates[*i].0).collect();
                if self.lone_cells(&pattern) == 0 && self.is_protected_by(&pattern)? {
                    if total < best {
                        patterns.clear();
                    }
                    best = total;
                    patterns.push(pattern);
                }
            }
            if !advance(&mut chosen, candidates.len()) {
                return Ok(patterns);
            }
        }
    }

    /// Each further cell is company for a lone cell in its row and one in its column, at most.
    fn least_size(&self) -> usize {
        self.lone_cells(&[]).div_ceil(2)
    }

    /// The rows and columns with one hidden cell.
    ///
    /// That cell follows from the total. A primary one is then unprotected; a complementary one protects nothing, so
    /// that no smallest pattern holds it. Quick, and rules most patterns out.
    fn lone_cells(&self, pattern: &[Cell]) -> usize {
        if self.width == 0 {
            return 0;
        }
        let mut hidden = vec![0_u32; self.table.rows() + self.table.columns()];
        for (row, column) in self.primary.iter().chain(pattern) {
            hidden[*row] += 1;
            hidden[self.table.rows() + column] += 1;
        }
        hidden.iter().filter(|count| **count == 1).count()
    }

    /// Publishes cells again, the largest first, while every primary cell stays protected.
    fn deleted(&self, mut candidates: Vec<(Cell, u64)>) -> Computed<Vec<Cell>> {
        candidates.sort_by_key(|(cell, count)| (std::cmp::Reverse(*count), *cell));
        let mut pattern: Vec<Cell> = candidates.iter().map(|(cell, _)| *cell).collect();
        for (cell, _) in candidates {
            let without: Vec<Cell> = pattern.iter().copied().filter(|other| *other != cell).collect();
            if self.is_protected_by(&without)? {
                pattern = without;
            }
        }
        pattern.sort_unstable();
        Ok(pattern)
    }
}

/// The number of sets of `size` among `n` cells, or the largest number if it is beyond any limit.
fn sets_of(size: usize, n: usize) -> u64 {
    let mut sets = 1_u64;
    for taken in 0..size.min(n - size) {
        // Exact: the product of consecutive numbers is divisible by the factorial.
        match sets.checked_mul((n - taken) as u64) {
            Some(product) => sets = product / (taken as u64 + 1),
            None => return u64::MAX,
        }
    }
    sets
}

/// The next choice of the same size in ascending order; `false` after the last.
fn advance(chosen: &mut [usize], n: usize) -> bool {
    let size = chosen.len();
    for place in (0..size).rev() {
        if chosen[place] < n - (size - place) {
            chosen[place] += 1;
            for later in place + 1..size {
                chosen[later] = chosen[later - 1] + 1;
            }
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protect(rows: &[Vec<u64>], rule: Rule) -> Suppression {
        complementary_suppression(&Table::new(rows).unwrap(), rule).unwrap()
    }

    #[test]
    fn a_table_without_small_counts_needs_nothing() {
        let result = protect(&[vec![9, 8], vec![7, 6]], Rule::new(5));
        assert_eq!((result.patterns, result.suppressed_total), (vec![vec![]], Some(0)));
    }

    #[test]
    fn equally_good_patterns_are_all_listed() {
        let result = protect(&[vec![1, 9, 9], vec![9, 9, 9]], Rule { required_width: 1, ..Rule::new(5) });
        assert_eq!(result.patterns, [vec![(0, 1), (1, 0), (1, 1)], vec![(0, 2), (1, 0), (1, 2)]]);
    }

    #[test]
    fn a_single_row_cannot_be_protected() {
        let result = protect(&[vec![1, 9, 9]], Rule::new(5));
        assert!(!result.feasible() && result.suppressed_total.is_none() && !result.cautions().is_empty());
    }

    #[test]
    fn large_tables_are_protected_by_deletion() {
        let rows: Vec<Vec<u64>> =
            (0..12).map(|r| (0..12).map(|c| (r * 7 + c * 5) % 40 + 1).collect()).collect();
        let table = Table::new(&rows).unwrap();
        let result = complementary_suppression(&table, Rule::new(5)).unwrap();
        assert_eq!((result.search, result.patterns.len()), (Search::Deletion, 1));
        let zeros = HiddenZeros::Possible;
        let problem = Problem { table: &table, primary: &result.primary, width: 5, zeros };
        assert_eq!(problem.is_protected_by(&result.patterns[0]), Ok(true));
    }

    #[test]
    fn few_cells_among_many_are_still_searched_exhaustively() {
        let mut rows = vec![vec![9_u64; 10]; 10];
        rows[3][4] = 2;
        let result = protect(&rows, Rule::new(5));
        assert_eq!((result.search, result.n_complementary()), (Search::Exhaustive, Some(3)));
        assert_eq!(result.patterns.len(), 81);
    }

    #[test]
    fn sets_are_counted() {
        assert_eq!(sets_of(0, 5), 1);
        assert_eq!(sets_of(3, 5), 10);
        assert_eq!(sets_of(3, 180), 955_860);
        assert_eq!(sets_of(1000, 2000), u64::MAX);
    }

    #[test]
    fn choices_advance_in_order() {
        let mut chosen = vec![0, 1];
        let mut seen = vec![chosen.clone()];
        while advance(&mut chosen, 3) {
            seen.push(chosen.clone());
        }
        assert_eq!(seen, [[0, 1], [0, 2], [1, 2]]);
        assert!(!advance(&mut [], 3));
    }
}
