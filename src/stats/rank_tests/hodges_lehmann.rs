//! The Hodges-Lehmann shift between two groups and its interval.

use super::mann_whitney::EXACT_UP_TO_PAIRS;
use super::midranks::ties_of;
use super::selection::{Counted, Differences, kth_smallest, median};
use super::{Tabulated, midranks};
use crate::stats::distributions::{normal, rank_sum};
use crate::stats::record::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed};

/// Interval by inverting the exact Mann-Whitney test without ties.
pub const HODGES_LEHMANN_CI_EXACT: Method = Method {
    id: "hodges_lehmann_ci.exact",
    name: "Hodges-Lehmann shift, exact interval",
    convention: "order statistics of the differences; only without ties",
};
/// Interval by inverting the normal approximation.
pub const HODGES_LEHMANN_CI_ASYMPTOTIC: Method = Method {
    id: "hodges_lehmann_ci.asymptotic",
    name: "Hodges-Lehmann shift, asymptotic interval",
    convention: "shifts not rejected by the corrected normal approximation, ties within groups allowed for",
};

/// The shift between two groups and its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct HodgesLehmann {
    /// Median of all differences of a value of the first group less one of the second.
    pub shift: f64,
    /// The interval.
    pub interval: Interval,
    /// The coverage that the interval reaches, by the exact or the approximate distribution.
    pub achieved: f64,
    /// What must stand beside it.
    pub cautions: Vec<Caution>,
}

/// The median of all differences of a value of the first group less one of the second.
///
/// Undefined where a group is empty. O(n log n) in the distinct values. Source: Hodges & Lehmann 1963.
pub fn shift(samples: &Tabulated) -> Computed<f64> {
    let differences = differences(samples)?;
    median(&differences).ok_or(NotComputed::EmptyBase)
}

/// The shift with an interval: exact without ties and for at most [`EXACT_UP_TO_PAIRS`] pairs, else asymptotic.
pub fn hodges_lehmann(samples: &Tabulated, level: ConfidenceLevel) -> Computed<HodgesLehmann> {
    let (m, n) = sizes(samples)?;
    let tied = samples.table.column_totals().iter().any(|&count| count > 1);
    if !tied && u128::from(m) * u128::from(n) <= u128::from(EXACT_UP_TO_PAIRS) {
        exact_interval(samples, level)
    } else {
        asymptotic_interval(samples, level)
    }
}

/// The shift with the interval that inverts the exact test, as R's `wilcox.test(exact = TRUE)`.
///
/// Refused with ties. Where even the whole range of differences falls short of the level, that range is given with a
/// caution. Source: Bauer 1972; Hollander, Wolfe & Chicken 2014.
pub fn exact_interval(samples: &Tabulated, level: ConfidenceLevel) -> Computed<HodgesLehmann> {
    let (m, n) = sizes(samples)?;
    if samples.table.column_totals().iter().any(|&count| count > 1) {
        return Err(NotComputed::Undefined("the exact interval is for values without ties"));
    }
    let tail = level.alpha() / 2.0;
    // P(U <= c - 1) is the largest such probability below the tail; R's tolerance of ten ulps.
    let mut below = 0.0;
    let mut rank = 0_u128;
    for probability in rank_sum::mass(m, n)? {
        if below + probability >= tail - 10.0 * f64::EPSILON {
            break;
        }
        below += probability;
        rank += 1;
    }
    if rank == 0 {
        // The outermost differences leave out nothing that the test could reject but U = 0.
        below = rank_sum::cdf(0, m, n)?;
    }
    let cautions = if rank == 0 {
        vec![Caution::Note(
            "too few observations for this level: the interval is the whole range of differences",
        )]
    } else {
        Vec::new()
    };
    finish(samples, level, rank.max(1), 1.0 - 2.0 * below, HODGES_LEHMANN_CI_EXACT, cautions)
}

/// The shift with the interval of all shifts that the normal approximation with continuity correction does not reject.
///
/// A shift strictly between two differences ties no value of one group with one of the other, so the variance allows
/// for the ties within each group only, and the limits are order statistics of the differences.
pub fn asymptotic_interval(samples: &Tabulated, level: ConfidenceLevel) -> Computed<HodgesLehmann> {
    let (m, n) = sizes(samples)?;
    let total = m + n;
    let within: u128 = samples.table.rows().map(|row| ties_of(row.iter().copied()).0).sum();
    let pairs = (u128::from(m) * u128::from(n)) as f64;
    let spread = (midranks::cube_less_self(total) - within) as f64;
    let deviation = (pairs / (12.0 * total as f64 * (total - 1) as f64) * spread).sqrt();
    let z = normal::upper_quantile(level.alpha() / 2.0);
    // U of a shift just above the limit is the first count of pairs that is not rejected.
    let first = libm::ceil(pairs / 2.0 - 0.5 - z * deviation);
    let rank = if first >= 1.0 { first } else { 1.0 };
    let mut cautions = vec![Caution::Note("by the normal approximation")];
    if first < 1.0 {
        cautions.push(Caution::Note(
            "too few observations for this level: the interval is the whole range of differences",
        ));
    }
    let achieved = 1.0 - normal::two_sided((pairs / 2.0 - rank + 0.5) / deviation);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 1, at most half the pairs"
    )]
    let rank = rank as u128;
    finish(samples, level, rank, achieved, HODGES_LEHMANN_CI_ASYMPTOTIC, cautions)
}

/// The shift and the differences of rank `rank` from both ends.
fn finish(
    samples: &Tabulated,
    level: ConfidenceLevel,
    rank: u128,
    achieved: f64,
    method: Method,
    cautions: Vec<Caution>,
) -> Computed<HodgesLehmann> {
    let (m, n) = sizes(samples)?;
    let differences = differences(samples)?;
    let at = |rank| kth_smallest(&differences, rank).ok_or(NotComputed::EmptyBase);
    let interval =
        Interval { low: at(rank)?, high: at(u128::from(m) * u128::from(n) + 1 - rank)?, level, method };
    Ok(HodgesLehmann { shift: shift(samples)?, interval, achieved, cautions })
}

/// Sizes of two non-empty groups.
fn sizes(samples: &Tabulated) -> Computed<(u64, u64)> {
    if samples.table.row_count() != 2 || samples.levels.len() != samples.table.column_count() {
        return Err(NotComputed::invalid("a shift compares two groups on one set of levels"));
    }
    if samples.table.total() > midranks::LARGEST_TOTAL {
        return Err(NotComputed::TooLarge { limit: "rank tests of at most 2^40 observations" });
    }
    match samples.table.row_totals().as_slice() {
        &[m, n] if m > 0 && n > 0 => Ok((m, n)),
        _ => Err(NotComputed::EmptyBase),
    }
}

fn differences(samples: &Tabulated) -> Computed<Differences> {
    sizes(samples)?;
    let ordered = samples.levels.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
    let range = samples.levels.last().zip(samples.levels.first()).map_or(0.0, |(last, first)| last - first);
    if !ordered || !range.is_finite() {
        return Err(NotComputed::invalid("levels ascend and their differences are finite"));
    }
    let mut counted =
        samples.table.rows().map(|row| Counted::new(samples.levels.iter().copied().zip(row.iter().copied())));
    let (Some(first), Some(second)) = (counted.next(), counted.next()) else {
        return Err(NotComputed::EmptyBase);
    };
    Ok(Differences { first, second })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::rank_tests::tabulate;

    /// R 4.2.2, wilcox.test(1:5, 11:15 + 0.5, conf.int = TRUE): the difference of rank 3 of 25.
    #[test]
    fn exact_limits_are_order_statistics() {
        let samples = tabulate(&[[1.0, 2.0, 3.0, 4.0, 5.0], [11.5, 12.5, 13.5, 14.5, 15.5]]).unwrap();
        let found = hodges_lehmann(&samples, ConfidenceLevel::P95).unwrap();
        assert_eq!(found.interval.method, HODGES_LEHMANN_CI_EXACT);
        assert!((found.shift + 10.5).abs() < 1e-15);
        // P(U <= 2) = 4/252 < 0.025 <= P(U <= 3) = 7/252, so the third difference from each end.
        assert_eq!((found.interval.low, found.interval.high), (-13.5, -7.5));
        assert!((found.achieved - (1.0 - 8.0 / 252.0)).abs() < 1e-14);
    }

    #[test]
    fn ties_take_the_asymptotic_interval() {
        let samples = tabulate(&[vec![1.0, 2.0, 2.0, 3.0, 5.0, 5.0], vec![2.0, 4.0, 4.0, 5.0]]).unwrap();
        assert!(exact_interval(&samples, ConfidenceLevel::P95).is_err());
        let found = hodges_lehmann(&samples, ConfidenceLevel::P95).unwrap();
        assert_eq!(found.interval.method, HODGES_LEHMANN_CI_ASYMPTOTIC);
        assert!(found.interval.low <= found.shift && found.shift <= found.interval.high);
    }

    #[test]
    fn too_few_observations_give_the_range_with_a_caution() {
        let samples = tabulate(&[vec![1.1, 2.2, 3.3], vec![0.5, 4.4]]).unwrap();
        let found = hodges_lehmann(&samples, ConfidenceLevel::P95).unwrap();
        assert_eq!((found.interval.low, found.interval.high), (1.1 - 4.4, 3.3 - 0.5));
        assert!((found.achieved - 0.8).abs() < 1e-15);
        assert_eq!(found.cautions.len(), 1);
        assert!(shift(&tabulate(&[vec![], vec![1.0]]).unwrap()).is_err());
        assert!(shift(&tabulate(&[[1e308], [-1e308]]).unwrap()).is_err());
    }
}
