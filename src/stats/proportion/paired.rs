//! Difference of two proportions measured on the same units.

use crate::stats::record::{Caution, Computed, ConfidenceLevel, Estimate, Interval, Method, NotComputed};
use crate::stats::root;

use super::one_sample::wilson_limits;
use super::{Proportion, critical};

/// The default.
pub const TANGO: Method =
    Method { id: "paired_risk_difference.tango", name: "Tango score interval", convention: "" };
/// Newcombe's method 10 for pairs.
pub const NEWCOMBE: Method = Method {
    id: "paired_risk_difference.newcombe",
    name: "Newcombe hybrid score interval for pairs",
    convention: "method 10, phi corrected for continuity",
};

/// Which interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PairedInterval {
    /// Tango (1998).
    #[default]
    Tango,
    /// Newcombe (1998), method 10.
    Newcombe,
}

/// Pairs of answers to two yes/no questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairedCounts {
    /// Yes to both.
    pub both: u64,
    /// Yes to the first only.
    pub first_only: u64,
    /// Yes to the second only.
    pub second_only: u64,
    /// Yes to neither.
    pub neither: u64,
}

/// The share of yes to the first minus the share of yes to the second.
///
/// # Errors
/// `EmptyBase` without any pair.
pub fn paired_difference(
    counts: PairedCounts,
    kind: PairedInterval,
    level: ConfidenceLevel,
) -> Computed<Estimate> {
    let PairedCounts { both, first_only, second_only, neither } = counts;
    let n = [both, first_only, second_only, neither].into_iter().try_fold(0_u64, u64::checked_add);
    let n = n.ok_or(NotComputed::invalid("the counts do not fit into 64 bits"))?;
    let first = Proportion::new(both + first_only, n)?;
    let second = Proportion::new(both + second_only, n)?;
    let size = first_only.abs_diff(second_only) as f64 / n as f64;
    let value = if first_only < second_only { -size } else { size };
    let z = critical(level);
    let (method, (low, high)) = match kind {
        PairedInterval::Tango => (TANGO, tango(counts, n as f64, value, z)),
        PairedInterval::Newcombe => (NEWCOMBE, newcombe(counts, first, second, value, z)),
    };
    let cautions = if first_only == 0 && second_only == 0 {
        vec![Caution::Note("no pair differs: the interval rests on the size of the base alone")]
    } else {
        Vec::new()
    };
    let interval = Interval { low: low.max(-1.0), high: high.min(1.0), level, method };
    Ok(Estimate { value, standard_error: None, interval, cautions })
}

/// Inverts the score statistic for the difference.
fn tango(counts: PairedCounts, n: f64, value: f64, z: f64) -> (f64, f64) {
    let (b, c) = (counts.first_only as f64, counts.second_only as f64);
    let statistic = |delta: f64| {
        let miss = b - c - n * delta;
        if miss == 0.0 { 0.0 } else { miss / score_variance(b, c, n, delta).max(0.0).sqrt().abs() }
    };
    let low =
        if value <= -1.0 { Some(-1.0) } else { root::bracketed(-1.0, value, |delta| statistic(delta) - z) };
    let high =
        if value >= 1.0 { Some(1.0) } else { root::bracketed(value, 1.0, |delta| statistic(delta) + z) };
    (low.unwrap_or(-1.0), high.unwrap_or(1.0))
}

/// `n (p12 + p21 - delta^2)` at the most likely cells that differ by `delta`.
fn score_variance(b: f64, c: f64, n: f64, delta: f64) -> f64 {
    // p21 is the larger root of 2n p^2 + linear p + constant.
    let linear = (2.0 * n - b + c) * delta - b - c;
    let constant = -c * delta * (1.0 - delta);
    let root = (linear * linear - 8.0 * n * constant).max(0.0).sqrt();
    let p21 = if linear > 0.0 { -2.0 * constant / (linear + root) } else { (root - linear) / (4.0 * n) };
    n * (2.0 * p21 + delta * (1.0 - delta))
}

/// Squares the distances to the Wilson limits, less their correlation (Newcombe 1998).
fn newcombe(counts: PairedCounts, first: Proportion, second: Proportion, d: f64, z: f64) -> (f64, f64) {
    let (p1, p2) = (first.share(), second.share());
    let (l1, u1) = wilson_limits(first, z);
    let (l2, u2) = wilson_limits(second, z);
    let phi = corrected_phi(counts, first, second);
    let reach = |one: f64, two: f64| (one * one - 2.0 * phi * one * two + two * two).max(0.0).sqrt();
    (d - reach(p1 - l1, u2 - p2), d + reach(u1 - p1, p2 - l2))
}

/// The phi coefficient with its numerator moved towards 0 by half the base, not beyond; 0 where it is undefined.
fn corrected_phi(counts: PairedCounts, first: Proportion, second: Proportion) -> f64 {
    let margins =
        (first.x() as f64 * first.rest() as f64).sqrt() * (second.x() as f64 * second.rest() as f64).sqrt();
    if margins == 0.0 {
        return 0.0;
    }
    let (both, neither) = (counts.both as f64, counts.neither as f64);
    let cross = both * neither - counts.first_only as f64 * counts.second_only as f64;
    let half = 0.5 * first.n() as f64;
    let corrected = if cross > half { cross - half } else { cross.min(0.0) };
    corrected / margins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(both: u64, first_only: u64, second_only: u64, neither: u64, kind: PairedInterval) -> Estimate {
        let counts = PairedCounts { both, first_only, second_only, neither };
        paired_difference(counts, kind, ConfidenceLevel::P95).unwrap()
    }

    #[test]
    fn no_pair_differs_by_hand() {
        // With b = c = 0 the limit solves n delta^2 = z^2 delta (1 - delta): z^2 / (n + z^2).
        let z = critical(ConfidenceLevel::P95);
        let tango = at(3, 0, 0, 4, PairedInterval::Tango);
        assert!((tango.interval.high - z * z / (7.0 + z * z)).abs() < 1e-12);
        assert!((tango.interval.low + tango.interval.high).abs() < 1e-12);
    }

    #[test]
    fn swapping_the_questions_changes_only_the_sign() {
        for kind in [PairedInterval::Tango, PairedInterval::Newcombe] {
            let (one, two) = (at(7, 13, 11, 1, kind), at(7, 11, 13, 1, kind));
            assert!((one.interval.low + two.interval.high).abs() < 1e-12);
            assert!((one.value + two.value).abs() < 1e-300);
        }
    }

    #[test]
    fn corners_and_empty() {
        for kind in [PairedInterval::Tango, PairedInterval::Newcombe] {
            assert!((at(0, 4, 0, 0, kind).interval.high - 1.0).abs() < 1e-300);
            assert!((at(0, 0, 4, 0, kind).interval.low + 1.0).abs() < 1e-300);
        }
        let none = PairedCounts { both: 0, first_only: 0, second_only: 0, neither: 0 };
        assert_eq!(
            paired_difference(none, PairedInterval::Tango, ConfidenceLevel::P95),
            Err(NotComputed::EmptyBase)
        );
    }
}
