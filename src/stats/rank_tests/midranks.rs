//! Midranks of pooled groups, from counts.

use crate::stats::count_table::CountTable;
use crate::stats::record::{Computed, NotComputed};

/// The largest total: sums of cubes of tie lengths then stay below 2^127.
pub const LARGEST_TOTAL: u64 = 1 << 40;

/// Rank sums of groups over the pooled observations. Ranks are doubled, so that midranks are integers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankSums {
    /// Observations of each group.
    pub sizes: Vec<u64>,
    /// Sum of doubled midranks of each group.
    pub doubled: Vec<u128>,
    /// Observations of all groups.
    pub total: u64,
    /// `sum t^3 - t` over groups of `t` tied observations.
    pub tie_cubes: u128,
    /// Number of groups of tied observations.
    pub tie_groups: u64,
}

impl RankSums {
    /// Ranks the table, whose rows are groups and whose columns are ascending levels.
    pub fn new(table: &CountTable) -> Computed<Self> {
        let total = table.total();
        if total > LARGEST_TOTAL {
            return Err(NotComputed::TooLarge { limit: "rank tests of at most 2^40 observations" });
        }
        if total == 0 {
            return Err(NotComputed::EmptyBase);
        }
        let ranks = doubled_midranks(&table.column_totals());
        let doubled = table
            .rows()
            .map(|row| row.iter().zip(&ranks).map(|(&n, &r)| u128::from(n) * u128::from(r)).sum())
            .collect();
        let (tie_cubes, tie_groups) = ties_of(table.column_totals());
        Ok(Self { sizes: table.row_totals(), doubled, total, tie_cubes, tie_groups })
    }

    /// `N^3 - N - sum (t^3 - t)`, twelve times the sum of squared deviations of the midranks; 0 if all are tied.
    pub fn spread(&self) -> f64 {
        (cube_less_self(self.total) - self.tie_cubes) as f64
    }

    /// The mean midrank of each group; none for an empty one.
    pub fn means(&self) -> Vec<Option<f64>> {
        let mean = |(&sum, &size): (&u128, &u64)| (size > 0).then(|| sum as f64 / (2 * size) as f64);
        self.doubled.iter().zip(&self.sizes).map(mean).collect()
    }
}

/// Doubled midranks of levels with these counts: `2 * (observations below) + count + 1`.
pub(super) fn doubled_midranks(counts: &[u64]) -> Vec<u64> {
    let mut below = 0;
    counts
        .iter()
        .map(|&count| {
            let rank = 2 * below + count + 1;
            below += count;
            rank
        })
        .collect()
}

/// `sum t^3 - t` and the number of counts above one.
pub(super) fn ties_of(counts: impl IntoIterator<Item = u64>) -> (u128, u64) {
    counts
        .into_iter()
        .filter(|&count| count > 1)
        .fold((0, 0), |(cubes, groups), count| (cubes + cube_less_self(count), groups + 1))
}

/// `n^3 - n`.
pub(super) fn cube_less_self(n: u64) -> u128 {
    let n = u128::from(n);
    n * n * n - n
}

#[cfg(test)]
mod tests {
    use super::{RankSums, doubled_midranks};
    use crate::stats::count_table::CountTable;

    /// 1, 1, 2 against 1, 3: the three ones share rank 2, then 4 and 5.
    #[test]
    fn midranks_by_hand() {
        assert_eq!(doubled_midranks(&[3, 1, 1]), [4, 8, 10]);
        let sums = RankSums::new(&CountTable::from_rows(&[[2, 1, 0], [1, 0, 1]]).unwrap()).unwrap();
        assert_eq!(sums.doubled, [16, 14]);
        assert_eq!((sums.tie_cubes, sums.tie_groups), (24, 1));
        assert_eq!(sums.means(), [Some(16.0 / 6.0), Some(3.5)]);
        assert!((sums.spread() - 96.0).abs() < 1e-12);
    }

    #[test]
    fn doubled_rank_sums_add_up() {
        let sums =
            RankSums::new(&CountTable::from_rows(&[[9, 0, 4], [2, 7, 7], [0, 0, 0]]).unwrap()).unwrap();
        let n = u128::from(sums.total);
        assert_eq!(sums.doubled.iter().sum::<u128>(), n * (n + 1));
        assert_eq!(sums.means()[2], None);
    }
}
