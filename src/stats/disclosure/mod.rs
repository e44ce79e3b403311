//! Statistical disclosure control: which published numbers would tell something about single people.
//!
//! The two-way and one-way methods hold for one table at a time. Tables that share cells or margins are protected
//! together by `linked`, with the union of what they publish.

pub mod audit;
pub mod complementary;
pub mod frequency;
pub mod linked;
pub mod magnitude;
pub mod records;

use crate::stats::{Computed, Method, NotComputed};

/// Every method of this family.
pub const METHODS: &[Method] = &[
    frequency::PRIMARY_SUPPRESSION,
    frequency::ONE_WAY_SUPPRESSION,
    frequency::ATTRIBUTE_DISCLOSURE,
    frequency::DIFFERENCING,
    frequency::ROUND_TO_BASE,
    audit::SUPPRESSION_AUDIT,
    complementary::COMPLEMENTARY_SUPPRESSION,
    linked::LINKED_SUPPRESSION,
    linked::LINKED_AUDIT,
    magnitude::P_PERCENT_RULE,
    magnitude::DOMINANCE_RULE,
    records::K_ANONYMITY,
];

/// A cell of a table: row and column from 0.
pub type Cell = (usize, usize);

/// The largest total of a table, so that every sum is exact.
pub const MAX_TOTAL: u64 = 1 << 53;

/// A two-way table of counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    columns: usize,
    counts: Vec<u64>,
}

impl Table {
    /// Refuses an empty table, rows of different lengths, and a total above [`MAX_TOTAL`].
    pub fn new(rows: &[Vec<u64>]) -> Computed<Self> {
        let columns = rows.first().map_or(0, Vec::len);
        if columns == 0 {
            return Err(NotComputed::EmptyBase);
        }
        if rows.iter().any(|row| row.len() != columns) {
            return Err(NotComputed::invalid("every row of a table has the same columns"));
        }
        let counts: Vec<u64> = rows.concat();
        let total = counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count));
        if total.is_none_or(|total| total > MAX_TOTAL) {
            return Err(NotComputed::TooLarge { limit: "tables of 2^53 people" });
        }
        Ok(Self { columns, counts })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.counts.len() / self.columns
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The count of a cell, if there is such a cell.
    pub fn get(&self, (row, column): Cell) -> Option<u64> {
        if column < self.columns { self.counts.get(row * self.columns + column).copied() } else { None }
    }

    /// Every cell with its count, row by row.
    pub fn cells(&self) -> impl Iterator<Item = (Cell, u64)> {
        self.counts.iter().enumerate().map(|(i, count)| ((i / self.columns, i % self.columns), *count))
    }
}
