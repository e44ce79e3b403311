//! The k-th smallest entry of a matrix with sorted rows that is never written out.
//!
//! Pivots are weighted medians of row medians (Johnson & Mizoguchi 1978), so at least a quarter of the open entries
//! close in each round. Rows and columns stand for distinct values, entries for as many pairs as their counts say.

/// A matrix whose rows ascend, with weighted entries.
pub(super) trait SortedMatrix {
    /// Number of rows.
    fn rows(&self) -> usize;
    /// Number of entries of a row.
    fn columns(&self, row: usize) -> usize;
    /// The entry, not descending in the column.
    fn entry(&self, row: usize, column: usize) -> f64;
    /// The weight of the first `columns` entries of a row.
    fn weight(&self, row: usize, columns: usize) -> u128;
}

/// The median of all entries, each counted by its weight; the mean of the two middle ones for an even total.
///
/// `None` for a matrix without weight.
pub(super) fn median(matrix: &impl SortedMatrix) -> Option<f64> {
    let total = total_weight(matrix);
    let lower = kth_smallest(matrix, total.div_ceil(2))?;
    if total % 2 == 1 {
        return Some(lower);
    }
    let upper = kth_smallest(matrix, total / 2 + 1)?;
    Some(lower + (upper - lower) / 2.0)
}

/// The weight of all entries.
pub(super) fn total_weight(matrix: &impl SortedMatrix) -> u128 {
    (0..matrix.rows()).map(|row| matrix.weight(row, matrix.columns(row))).sum()
}

/// The entry of rank `k`, counting from 1 by weight; `None` if there is no such rank.
pub(super) fn kth_smallest(matrix: &impl SortedMatrix, k: u128) -> Option<f64> {
    if k == 0 || k > total_weight(matrix) {
        return None;
    }
    let mut open: Vec<(usize, usize)> = (0..matrix.rows()).map(|row| (0, matrix.columns(row))).collect();
    loop {
        let pivot = pivot(matrix, &open)?;
        let cuts: Vec<(usize, usize)> = open
            .iter()
            .enumerate()
            .map(|(row, &(from, to))| {
                let below = first(from, to, |column| matrix.entry(row, column) >= pivot);
                (below, first(below, to, |column| matrix.entry(row, column) > pivot))
            })
            .collect();
        let weight = |pick: fn(&(usize, usize)) -> usize| -> u128 {
            cuts.iter().enumerate().map(|(row, cut)| matrix.weight(row, pick(cut))).sum()
        };
        let below = weight(|cut| cut.0);
        if k <= below {
            open.iter_mut().zip(&cuts).for_each(|(range, cut)| range.1 = cut.0);
        } else if k <= weight(|cut| cut.1) {
            return Some(pivot);
        } else {
            open.iter_mut().zip(&cuts).for_each(|(range, cut)| range.0 = cut.1);
        }
    }
}

/// The median of the medians of the open rows, each weighing as many entries as are open.
fn pivot(matrix: &impl SortedMatrix, open: &[(usize, usize)]) -> Option<f64> {
    let mut medians: Vec<(f64, usize)> = open
        .iter()
        .enumerate()
        .filter(|(_, (from, to))| from < to)
        .map(|(row, &(from, to))| (matrix.entry(row, from + (to - from) / 2), to - from))
        .collect();
    medians.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let half = medians.iter().map(|&(_, weight)| weight).sum::<usize>() / 2;
    let mut passed = 0;
    medians
        .iter()
        .find(|&&(_, weight)| {
            passed += weight;
            passed > half
        })
        .map(|&(median, _)| median)
}

/// The first of `from..to` for which `holds`, or `to`; once it holds it goes on to hold.
fn first(mut from: usize, mut to: usize, holds: impl Fn(usize) -> bool) -> usize {
    while from < to {
        let middle = from + (to - from) / 2;
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// Distinct values in ascending order, with the number of observations at and below each.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    values: Vec<f64>,
    /// `sums[i]` observations lie before value `i`.
    sums: Vec<u64>,
}

impl Counted {
    /// Keeps values that occur; `pairs` ascend in the value.
    pub(super) fn new(pairs: impl IntoIterator<Item = (f64, u64)>) -> Self {
        let mut counted = Self { values: Vec::new(), sums: vec![0] };
        let mut sum = 0;
        for (value, count) in pairs.into_iter().filter(|&(_, count)| count > 0) {
            sum += count;
            counted.values.push(value);
            counted.sums.push(sum);
        }
        counted
    }

    fn value(&self, at: usize) -> f64 {
        self.values.get(at).copied().unwrap_or(f64::NAN)
    }

    fn before(&self, at: usize) -> u128 {
        u128::from(self.sums.get(at).copied().unwrap_or(0))
    }

    fn count(&self, at: usize) -> u128 {
        self.before(at + 1) - self.before(at)
    }
}

/// All differences of a value of the first sample less a value of the second.
pub(super) struct Differences {
    pub(super) first: Counted,
    pub(super) second: Counted,
}

impl SortedMatrix for Differences {
    fn rows(&self) -> usize {
        self.first.values.len()
    }

    fn columns(&self, _: usize) -> usize {
        self.second.values.len()
    }

    fn entry(&self, row: usize, column: usize) -> f64 {
        // Descending subtrahends make ascending differences.
        self.first.value(row) - self.second.value(self.second.values.len() - 1 - column)
    }

    fn weight(&self, row: usize, columns: usize) -> u128 {
        let last = self.second.values.len();
        self.first.count(row) * (self.second.before(last) - self.second.before(last - columns))
    }
}

/// The means of all pairs of observations, each with itself included (Walsh averages).
pub(super) struct WalshAverages(pub(super) Counted);

impl SortedMatrix for WalshAverages {
    fn rows(&self) -> usize {
        self.0.values.len()
    }

    fn columns(&self, row: usize) -> usize {
        self.0.values.len() - row
    }

    fn entry(&self, row: usize, column: usize) -> f64 {
        self.0.value(row) / 2.0 + self.0.value(row + column) / 2.0
    }

    fn weight(&self, row: usize, columns: usize) -> u128 {
        if columns == 0 {
            return 0;
        }
        let own = self.0.count(row);
        own * (own + 1) / 2 + own * (self.0.before(row + columns) - self.0.before(row + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, Differences, WalshAverages, kth_smallest, median, total_weight};

    #[test]
    fn differences_by_hand() {
        // 1, 4, 4 less 2, 3: -2, -1, 1, 1, 2, 2.
        let matrix = Differences {
            first: Counted::new([(1.0, 1), (4.0, 2)]),
            second: Counted::new([(2.0, 1), (2.5, 0), (3.0, 1)]),
        };
        let all: Vec<f64> = (1..=6).filter_map(|k| kth_smallest(&matrix, k)).collect();
        assert_eq!(all, [-2.0, -1.0, 1.0, 1.0, 2.0, 2.0]);
        assert_eq!(median(&matrix), Some(1.0));
        assert_eq!(kth_smallest(&matrix, 0), None);
        assert_eq!(kth_smallest(&matrix, 7), None);
    }

    #[test]
    fn walsh_averages_by_hand() {
        // 1, 1, 3: 1, 1, 1, 2, 2, 3.
        let matrix = WalshAverages(Counted::new([(1.0, 2), (3.0, 1)]));
        let all: Vec<f64> = (1..=6).filter_map(|k| kth_smallest(&matrix, k)).collect();
        assert_eq!(all, [1.0, 1.0, 1.0, 2.0, 2.0, 3.0]);
        assert_eq!(median(&matrix), Some(1.5));
        assert_eq!(total_weight(&matrix), 6);
    }

    #[test]
    fn no_observation_has_no_median() {
        assert_eq!(median(&WalshAverages(Counted::new([]))), None);
    }
}
