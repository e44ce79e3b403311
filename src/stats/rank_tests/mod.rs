//! Rank tests on tables of counts: rows are groups, columns are the ordered levels.
//!
//! A Likert item is such a table as it stands; samples of real numbers become one by [`tabulate`], one column per
//! distinct value. Ties are met by midranks everywhere, which are kept doubled, so that they are integers.

pub mod friedman;
pub mod hodges_lehmann;
pub mod jonckheere;
pub mod kruskal_wallis;
pub mod mann_whitney;
pub mod midranks;
pub mod posthoc;
mod selection;
mod shift_algorithm;
pub mod sign;
pub mod signed_rank;

use crate::stats::count_table::CountTable;
use crate::stats::distinct::{self, Distinct};
use crate::stats::distributions::normal;
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};
use crate::stats::tails::ExactTails;

/// Every method of this family.
pub const METHODS: &[Method] = &[
    mann_whitney::MANN_WHITNEY_STATISTIC,
    mann_whitney::MANN_WHITNEY_ASYMPTOTIC,
    mann_whitney::MANN_WHITNEY_EXACT,
    hodges_lehmann::HODGES_LEHMANN_CI_EXACT,
    hodges_lehmann::HODGES_LEHMANN_CI_ASYMPTOTIC,
    signed_rank::WILCOXON_ASYMPTOTIC,
    signed_rank::WILCOXON_EXACT,
    signed_rank::WILCOXON_EFFECT,
    sign::SIGN_TEST,
    kruskal_wallis::KRUSKAL_WALLIS,
    kruskal_wallis::KRUSKAL_WALLIS_EXACT,
    kruskal_wallis::KRUSKAL_WALLIS_MONTE_CARLO,
    posthoc::DUNN,
    posthoc::CONOVER,
    posthoc::NEMENYI_KW,
    jonckheere::JONCKHEERE_TERPSTRA_ASYMPTOTIC,
    jonckheere::JONCKHEERE_TERPSTRA_EXACT,
    friedman::FRIEDMAN,
    friedman::IMAN_DAVENPORT,
    friedman::FRIEDMAN_EXACT,
    posthoc::NEMENYI_FRIEDMAN,
    posthoc::CONOVER_FRIEDMAN,
];

/// Continuity correction of a normal approximation to a rank statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Continuity {
    /// None (coin).
    None,
    /// Half a step towards the mean (R's default).
    #[default]
    Half,
}

/// An exact rank test with the tails that its p-value is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactRankTest {
    /// The test.
    pub test: Test,
    /// Tails of the permutation distribution.
    pub tails: ExactTails,
}

/// Samples as counts: the distinct values in ascending order and, per sample, how often each occurs.
#[derive(Debug, Clone, PartialEq)]
pub struct Tabulated {
    /// Distinct values, ascending.
    pub levels: Vec<f64>,
    /// One row per sample, one column per level.
    pub table: CountTable,
}

/// The most cells of a tabulated set of samples: samples times distinct values.
pub const MOST_CELLS: usize = 100_000_000;

/// Tabulates samples; values are finite, samples may be empty but not all of them.
///
/// `TooLarge` beyond [`MOST_CELLS`].
///
/// # Examples
///
/// ```
/// use canvass::stats::Which;
/// use canvass::stats::rank_tests::mann_whitney::mann_whitney;
/// use canvass::stats::rank_tests::tabulate;
///
/// let groups = tabulate(&[vec![4.0, 4.0, 2.0, 4.0], vec![3.0, 5.0, 4.0, 2.0, 3.0]])?;
/// assert_eq!(groups.levels, [2.0, 3.0, 4.0, 5.0]);
/// let test = mann_whitney(&groups.table, Which::TwoSided)?;
/// // Reference case exact_tests-0049.
/// assert_eq!(test.statistic, Some(11.0));
/// assert!((test.p - 0.825_396_825_396_825_4).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn tabulate<S: AsRef<[f64]>>(samples: &[S]) -> Computed<Tabulated> {
    if let Some((levels, cells)) = tabulate_few(samples) {
        let table = CountTable::new(levels.len(), cells)?;
        return Ok(Tabulated { levels, table });
    }
    let mut levels: Vec<f64> = Vec::new();
    for &value in samples.iter().flat_map(AsRef::as_ref) {
        if !value.is_finite() {
            return Err(NotComputed::invalid("values are finite numbers"));
        }
        // Adding zero turns -0 into 0.
        levels.push(value + 0.0);
    }
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup_by(|a, b| a.total_cmp(b).is_eq());
    if levels.is_empty() {
        return Err(NotComputed::EmptyBase);
    }
    let cells = levels.len().checked_mul(samples.len()).filter(|&cells| cells <= MOST_CELLS);
    let cells = cells.ok_or(NotComputed::TooLarge { limit: "10^8 samples times distinct values" })?;
    let mut cells = vec![0_u64; cells];
    for (row, sample) in cells.chunks_mut(levels.len()).zip(samples) {
        for value in sample.as_ref() {
            let level = levels.partition_point(|level| level < value);
            if let Some(count) = row.get_mut(level) {
                *count += 1;
            }
        }
    }
    let table = CountTable::new(levels.len(), cells)?;
    Ok(Tabulated { levels, table })
}

/// Levels and cells if there are few distinct values, all finite.
fn tabulate_few<S: AsRef<[f64]>>(samples: &[S]) -> Option<(Vec<f64>, Vec<u64>)> {
    let mut distinct = Distinct::new();
    let mut counts = Vec::with_capacity(samples.len());
    for sample in samples {
        let mut row = [0_u64; distinct::MOST];
        for &value in sample.as_ref() {
            *row.get_mut(distinct.number(value)?)? += 1;
        }
        counts.push(row);
    }
    let order = distinct.ascending();
    let levels: Vec<f64> =
        order.iter().filter_map(|&number| distinct.values().get(number)).copied().collect();
    let cells =
        counts.iter().flat_map(|row| order.iter().filter_map(|&number| row.get(number))).copied().collect();
    (!levels.is_empty()).then_some((levels, cells))
}

/// A normal test of `distance` (statistic less its mean) with this variance.
///
/// `step` is half the distance between neighbouring values of the statistic, times the correction.
fn normal_test(
    distance: f64,
    variance: f64,
    continuity: Continuity,
    which: Which,
    method: Method,
    cautions: Vec<Caution>,
) -> Test {
    let step: f64 = match continuity {
        Continuity::None => 0.0,
        Continuity::Half => 0.5,
    };
    let towards = match which {
        Which::Greater => step,
        Which::Less => -step,
        // Half a step, but never past the mean.
        Which::TwoSided => step.min(distance.abs()).copysign(distance),
    };
    let z = (distance - towards) / variance.sqrt();
    let p = match which {
        Which::TwoSided => normal::two_sided(z),
        Which::Greater => normal::sf(z),
        Which::Less => normal::cdf(z),
    };
    Test { statistic: Some(z), df: Vec::new(), p, which, method, cautions }
}

/// A caution for tied values, if there are any.
fn ties(groups: u64) -> Vec<Caution> {
    if groups > 0 { vec![Caution::Ties { groups }] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::{CountTable, tabulate};
    use crate::stats::record::NotComputed;

    #[test]
    fn values_become_levels() {
        let found = tabulate(&[vec![2.0, -0.0, 2.0], vec![], vec![0.0, 5.0]]).unwrap();
        assert_eq!(found.levels, [0.0, 2.0, 5.0]);
        assert_eq!(found.table, CountTable::from_rows(&[[1, 2, 0], [0, 0, 0], [1, 0, 1]]).unwrap());
        assert!(matches!(tabulate(&[[f64::NAN]]), Err(NotComputed::Invalid(_))));
        assert_eq!(tabulate::<[f64; 0]>(&[[]]).unwrap_err(), NotComputed::EmptyBase);
        assert_eq!(tabulate::<[f64; 0]>(&[]).unwrap_err(), NotComputed::EmptyBase);
    }
}
