//! The Kruskal-Wallis test of several independent groups.

use super::midranks::{RankSums, doubled_midranks};
use super::ties;
use crate::stats::count_table::CountTable;
use crate::stats::distributions::chi_squared;
use crate::stats::fixed_margins::{Cost, LIMIT, Network, least_common_multiple};
use crate::stats::random::Pcg64;
use crate::stats::random_tables::{Draws, Sampler};
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};

/// Kruskal-Wallis test, chi-square approximation.
pub const KRUSKAL_WALLIS: Method =
    Method { id: "kruskal_wallis", name: "Kruskal-Wallis test", convention: "tie-corrected H" };
/// Exact conditional Kruskal-Wallis test.
pub const KRUSKAL_WALLIS_EXACT: Method = Method {
    id: "kruskal_wallis.exact",
    name: "Exact Kruskal-Wallis test",
    convention: "permutation distribution of the observed midranks",
};
/// Monte Carlo Kruskal-Wallis test.
pub const KRUSKAL_WALLIS_MONTE_CARLO: Method = Method {
    id: "kruskal_wallis.monte_carlo",
    name: "Monte Carlo Kruskal-Wallis test",
    convention: "permutations of the observed midranks; p = (b+1)/(B+1)",
};

/// [`permutation`] is exact up to this number of observations.
pub const EXACT_UP_TO: u64 = 14;

/// The Kruskal-Wallis test with what it says about the groups.
#[derive(Debug, Clone, PartialEq)]
pub struct KruskalWallis {
    /// The test; its statistic is the tie-corrected H.
    pub test: Test,
    /// Mean midrank of each group; none for an empty group.
    pub mean_ranks: Vec<Option<f64>>,
    /// `H/(N-1)`, in [0, 1] (Tomczak & Tomczak 2014).
    pub epsilon_squared: f64,
    /// `(H-k+1)/(N-k)`; may be negative. Undefined where every observation is a group of its own.
    pub eta_squared: Computed<f64>,
}

/// The Kruskal-Wallis (1952) test: rows are groups, columns ascending levels.
///
/// Empty groups are left out. Undefined with fewer than two groups or where all values are tied.
///
/// # Examples
///
/// ```
/// use canvass::stats::rank_tests::kruskal_wallis::kruskal_wallis;
/// use canvass::stats::rank_tests::tabulate;
///
/// let groups = tabulate(&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])?;
/// let found = kruskal_wallis(&groups.table)?;
/// // By hand: 12 / (9 * 10) * (6^2 + 15^2 + 24^2) / 3 - 3 * 10 = 7.2, and p = exp(-3.6) on 2 degrees of freedom.
/// assert!((found.test.statistic.unwrap_or_default() - 7.2).abs() < 1e-12);
/// assert!((found.test.p - 0.027_323_722_447_292_56).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn kruskal_wallis(table: &CountTable) -> Computed<KruskalWallis> {
    let groups = Groups::new(table)?;
    let h = groups.h();
    let (k, n) = (groups.filled as f64, groups.sums.total as f64);
    let df = k - 1.0;
    let eta_squared = if groups.sums.total > groups.filled {
        Ok((h - df) / (n - k))
    } else {
        Err(NotComputed::Undefined("every observation is a group of its own"))
    };
    Ok(KruskalWallis {
        test: groups.test(Some(h), vec![df], chi_squared::sf(h, df), KRUSKAL_WALLIS),
        mean_ranks: groups.sums.means(),
        epsilon_squared: (h / (n - 1.0)).min(1.0),
        eta_squared,
    })
}

/// The Kruskal-Wallis test with its exact permutation p-value given the observed midranks.
///
/// `TooLarge` beyond the limits of the network over tables: without ties about 15 observations, with few distinct
/// levels many more.
pub fn exact(table: &CountTable) -> Computed<Test> {
    let groups = Groups::new(table)?;
    let (levels, _) = table.without_empty()?;
    let ranks: Vec<i128> = doubled_midranks(&levels.column_totals()).into_iter().map(i128::from).collect();
    let mut sizes = levels.row_totals();
    let too_large = NotComputed::TooLarge { limit: LIMIT };
    // sum R²/n times the least common multiple of the sizes; bounded by (2N)² N² times it.
    let multiple = least_common_multiple(&sizes).ok_or(too_large.clone())?;
    let total = i128::from(groups.sums.total);
    let largest = total.checked_mul(total).and_then(|square| square.checked_mul(square));
    largest.and_then(|l| l.checked_mul(4)).and_then(|l| l.checked_mul(multiple)).ok_or(too_large)?;
    let cost = RankSumSquares { ranks, weights: weights(multiple, &sizes) };
    let observed: i128 = levels
        .rows()
        .zip(&cost.weights)
        .map(|(row, weight)| {
            let sum: i128 = row.iter().zip(&cost.ranks).map(|(&n, rank)| i128::from(n) * rank).sum();
            sum * sum * weight
        })
        .sum();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let cost = RankSumSquares { weights: weights(multiple, &sizes), ..cost };
    let network = Network::new(&levels.column_totals(), &sizes, cost)?;
    let p = network.probability(observed..=i128::MAX)?;
    Ok(groups.test(Some(groups.h()), Vec::new(), p, KRUSKAL_WALLIS_EXACT))
}

/// The permutation test: exact for at most [`EXACT_UP_TO`] observations, else by Monte Carlo.
pub fn permutation(table: &CountTable, draws: Draws) -> Computed<Test> {
    if table.total() <= EXACT_UP_TO {
        match exact(table) {
            Err(NotComputed::TooLarge { .. }) => {}
            other => return other,
        }
    }
    monte_carlo(table, draws)
}

/// The Kruskal-Wallis test with a p-value from random permutations, drawn as tables with the observed margins.
pub fn monte_carlo(table: &CountTable, draws: Draws) -> Computed<Test> {
    let groups = Groups::new(table)?;
    let (levels, _) = table.without_empty()?;
    let sampler = Sampler::new(&levels, draws)?;
    let ranks = doubled_midranks(sampler.columns());
    let centre = (groups.sums.total + 1) as f64;
    // Squared distances of the doubled rank sums from their means, as in H.
    let score = |cells: &[u64]| -> f64 {
        cells
            .chunks(ranks.len())
            .zip(sampler.rows())
            .map(|(row, &size)| {
                let sum: u128 = row.iter().zip(&ranks).map(|(&n, &r)| u128::from(n) * u128::from(r)).sum();
                let distance = sum as f64 - size as f64 * centre;
                distance * (distance / size as f64)
            })
            .sum()
    };
    // The same table gives the same bits; tables equal on paper may differ in the last ones.
    let threshold = score(levels.cells()) * (1.0 - 64.0 * f64::EPSILON);
    let mut generator = Pcg64::new(draws.seed);
    let mut drawn = levels.cells().to_vec();
    let mut hits = 0;
    for _ in 0..draws.replicates {
        sampler.draw(&mut generator, &mut drawn);
        hits += u64::from(score(&drawn) >= threshold);
    }
    let p = draws.p_value(hits);
    let mut test = groups.test(Some(groups.h()), Vec::new(), p, KRUSKAL_WALLIS_MONTE_CARLO);
    test.cautions.push(draws.caution(p));
    Ok(test)
}

/// Rank sums of at least two non-empty groups whose values are not all tied.
pub(super) struct Groups {
    pub(super) sums: RankSums,
    /// Number of groups that are not empty.
    pub(super) filled: u64,
}

impl Groups {
    pub(super) fn new(table: &CountTable) -> Computed<Self> {
        let sums = RankSums::new(table)?;
        let filled = sums.sizes.iter().filter(|&&size| size > 0).count() as u64;
        if filled < 2 {
            return Err(NotComputed::Undefined("fewer than two non-empty groups"));
        }
        if sums.spread() <= 0.0 {
            return Err(NotComputed::NoVariation);
        }
        Ok(Self { sums, filled })
    }

    /// The tie-corrected statistic, from deviations that are exact integers.
    pub(super) fn h(&self) -> f64 {
        let n = self.sums.total;
        let between: f64 = self
            .sums
            .doubled
            .iter()
            .zip(&self.sums.sizes)
            .filter(|&(_, &size)| size > 0)
            .map(|(&sum, &size)| {
                let distance = sum.abs_diff(u128::from(size) * u128::from(n + 1)) as f64;
                distance * (distance / size as f64)
            })
            .sum();
        3.0 * (n - 1) as f64 * between / self.sums.spread()
    }

    fn test(&self, statistic: Option<f64>, df: Vec<f64>, p: f64, method: Method) -> Test {
        let mut cautions = ties(self.sums.tie_groups);
        let empty = self.sums.sizes.len() as u64 - self.filled;
        if empty > 0 {
            cautions.push(Caution::Dropped { count: empty, what: "empty groups" });
        }
        Test { statistic, df, p, which: Which::TwoSided, method, cautions }
    }
}

/// Squared rank sums over group sizes; groups are the columns of the network, levels its rows.
struct RankSumSquares {
    ranks: Vec<i128>,
    weights: Vec<i128>,
}

impl Cost for RankSumSquares {
    const ROWS_EXCHANGEABLE: bool = false;

    fn of(&self, column: usize, _: &[u32], dealt: &[u32]) -> i128 {
        let sum: i128 = dealt.iter().zip(&self.ranks).map(|(&n, rank)| i128::from(n) * rank).sum();
        sum * sum * self.weights.get(column).copied().unwrap_or(0)
    }
}

fn weights(multiple: i128, sizes: &[u64]) -> Vec<i128> {
    sizes.iter().map(|&size| multiple / i128::from(size)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::rank_tests::tabulate;

    /// Ranks 1..9 in blocks: H = 12/90 * (36 + 225 + 576)/3 - 30 = 7.2, and 6 of 1680 arrangements are as extreme.
    #[test]
    fn three_separated_groups() {
        let table = tabulate(&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]).unwrap().table;
        let found = kruskal_wallis(&table).unwrap();
        assert!((found.test.statistic.unwrap() - 7.2).abs() < 1e-14);
        assert!((found.epsilon_squared - 0.9).abs() < 1e-15);
        assert!((found.eta_squared.unwrap() - 5.2 / 6.0).abs() < 1e-14);
        assert!((exact(&table).unwrap().p - 6.0 / 1680.0).abs() < 1e-16);
    }

    #[test]
    fn tied_and_empty_groups() {
        let tied = CountTable::from_rows(&[[0, 2], [0, 2], [0, 1]]).unwrap();
        assert_eq!(kruskal_wallis(&tied).unwrap_err(), NotComputed::NoVariation);
        assert_eq!(exact(&tied).unwrap_err(), NotComputed::NoVariation);
        let one = CountTable::from_rows(&[[1, 2], [0, 0]]).unwrap();
        assert!(matches!(kruskal_wallis(&one), Err(NotComputed::Undefined(_))));
        let with_empty = CountTable::from_rows(&[[1, 2], [0, 0], [3, 1]]).unwrap();
        let found = kruskal_wallis(&with_empty).unwrap();
        assert_eq!(found.test.df, [1.0]);
        assert_eq!(found.mean_ranks[1], None);
        assert!(exact(&with_empty).is_ok());
    }

    /// Four standard errors around the exact p-value.
    #[test]
    fn monte_carlo_estimates_the_exact_p() {
        let table = CountTable::from_rows(&[[4, 2, 1, 0], [1, 3, 3, 1], [0, 2, 4, 3]]).unwrap();
        let p = exact(&table).unwrap().p;
        let draws = Draws { replicates: 20_000, seed: 9 };
        let found = monte_carlo(&table, draws).unwrap();
        assert!((found.p - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0).sqrt(), "{} {p}", found.p);
        assert!(matches!(found.cautions.last(), Some(Caution::MonteCarlo { .. })));
    }

    #[test]
    fn few_observations_are_permuted_exactly() {
        let draws = Draws { replicates: 99, seed: 1 };
        let few = CountTable::from_rows(&[[3, 1, 0], [1, 2, 2], [0, 1, 4]]).unwrap();
        assert_eq!(permutation(&few, draws).unwrap().method, KRUSKAL_WALLIS_EXACT);
        let more = CountTable::from_rows(&[[3, 1, 0], [1, 2, 2], [0, 2, 4]]).unwrap();
        assert_eq!(permutation(&more, draws).unwrap().method, KRUSKAL_WALLIS_MONTE_CARLO);
    }

    #[test]
    fn two_single_observations_have_no_eta() {
        let table = CountTable::from_rows(&[[1, 0], [0, 1]]).unwrap();
        assert!(kruskal_wallis(&table).unwrap().eta_squared.is_err());
    }
}
