//! Two-way tables of counts: the form in which categorical and rank methods take their data.

use super::record::{Computed, NotComputed};

/// The largest total of a table: every count and sum of counts is then exact as an `f64`.
pub const LARGEST_TOTAL: u64 = 1 << 53;

/// A table of counts, rows by columns, whose total is at most [`LARGEST_TOTAL`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountTable {
    columns: usize,
    cells: Vec<u64>,
}

/// What [`CountTable::without_empty`] left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Emptied {
    /// Rows whose total is zero.
    pub rows: u64,
    /// Columns whose total is zero.
    pub columns: u64,
}

impl CountTable {
    /// A table of `columns` columns from its cells, row after row.
    pub fn new(columns: usize, cells: Vec<u64>) -> Computed<Self> {
        if columns == 0 || cells.is_empty() {
            return Err(NotComputed::EmptyBase);
        }
        if !cells.len().is_multiple_of(columns) {
            return Err(NotComputed::invalid("the rows of a table have equal length"));
        }
        let total = cells.iter().try_fold(0_u64, |sum, &count| sum.checked_add(count));
        match total {
            Some(total) if total <= LARGEST_TOTAL => Ok(Self { columns, cells }),
            _ => Err(NotComputed::invalid("the total of a table is at most 2^53")),
        }
    }

    /// A table from its rows, which must be equally long.
    pub fn from_rows<R: AsRef<[u64]>>(rows: &[R]) -> Computed<Self> {
        let columns = rows.first().map_or(0, |row| row.as_ref().len());
        if rows.iter().any(|row| row.as_ref().len() != columns) {
            return Err(NotComputed::invalid("the rows of a table have equal length"));
        }
        Self::new(columns, rows.iter().flat_map(|row| row.as_ref().iter().copied()).collect())
    }

    /// Number of rows.
    pub fn row_count(&self) -> usize {
        self.cells.len() / self.columns
    }

    /// Number of columns.
    pub fn column_count(&self) -> usize {
        self.columns
    }

    /// All cells, row after row.
    pub fn cells(&self) -> &[u64] {
        &self.cells
    }

    /// The rows in order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &[u64]> + Clone {
        self.cells.chunks_exact(self.columns)
    }

    /// One column from top to bottom; empty beyond the last column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = u64> + Clone {
        self.rows().filter_map(move |row| row.get(column).copied())
    }

    /// The sum of each row.
    pub fn row_totals(&self) -> Vec<u64> {
        self.rows().map(|row| row.iter().sum()).collect()
    }

    /// The sum of each column.
    pub fn column_totals(&self) -> Vec<u64> {
        let mut totals = vec![0; self.columns];
        for row in self.rows() {
            for (total, &count) in totals.iter_mut().zip(row) {
                *total += count;
            }
        }
        totals
    }

    /// The sum of all cells.
    pub fn total(&self) -> u64 {
        self.cells.iter().sum()
    }

    /// Rows and columns exchanged.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let cells = (0..self.columns).flat_map(|column| self.column(column)).collect();
        Self { columns: self.row_count(), cells }
    }

    /// The table without rows and columns of zeros, and how many were left out.
    ///
    /// An all-zero table has nothing left: [`NotComputed::EmptyBase`].
    pub fn without_empty(&self) -> Computed<(Self, Emptied)> {
        let kept: Vec<bool> = self.column_totals().iter().map(|&total| total > 0).collect();
        let cells: Vec<u64> = self
            .rows()
            .filter(|row| row.iter().any(|&count| count > 0))
            .flat_map(|row| row.iter().zip(&kept).filter(|&(_, &keep)| keep).map(|(&count, _)| count))
            .collect();
        let columns = kept.iter().filter(|&&keep| keep).count();
        let table = Self::new(columns, cells)?;
        let emptied = Emptied {
            rows: (self.row_count() - table.row_count()) as u64,
            columns: (self.columns - columns) as u64,
        };
        Ok((table, emptied))
    }

    /// The four cells of a table of two rows and two columns.
    pub fn two_by_two(&self) -> Computed<[u64; 4]> {
        match (self.columns, self.cells.as_slice()) {
            (2, &[a, b, c, d]) => Ok([a, b, c, d]),
            _ => Err(NotComputed::invalid("the method needs a table of two rows and two columns")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CountTable, Emptied, LARGEST_TOTAL};
    use crate::stats::record::NotComputed;

    #[test]
    fn shape_and_overflow_are_checked() {
        assert_eq!(CountTable::new(2, vec![]), Err(NotComputed::EmptyBase));
        assert!(CountTable::new(2, vec![1, 2, 3]).is_err());
        assert!(CountTable::from_rows(&[vec![1, 2], vec![3]]).is_err());
        assert!(CountTable::new(2, vec![u64::MAX, u64::MAX]).is_err());
        assert!(CountTable::new(2, vec![LARGEST_TOTAL, 0]).is_ok());
        assert!(CountTable::new(2, vec![LARGEST_TOTAL, 1]).is_err());
        assert_eq!(CountTable::from_rows::<[u64; 0]>(&[]), Err(NotComputed::EmptyBase));
    }

    #[test]
    fn empty_rows_and_columns_are_dropped_and_counted() {
        let table = CountTable::from_rows(&[[1, 0, 2], [0, 0, 0], [3, 0, 4]]).unwrap();
        let (kept, emptied) = table.without_empty().unwrap();
        assert_eq!(kept, CountTable::from_rows(&[[1, 2], [3, 4]]).unwrap());
        assert_eq!(emptied, Emptied { rows: 1, columns: 1 });
        assert_eq!(
            CountTable::new(2, vec![0; 4]).unwrap().without_empty().unwrap_err(),
            NotComputed::EmptyBase
        );
    }

    #[test]
    fn margins_and_transposition_agree() {
        let table = CountTable::from_rows(&[[1, 2, 3], [4, 5, 6]]).unwrap();
        assert_eq!(table.row_totals(), [6, 15]);
        assert_eq!(table.column_totals(), [5, 7, 9]);
        assert_eq!(table.transposed().column_totals(), table.row_totals());
        assert_eq!(table.transposed().transposed(), table);
    }
}
