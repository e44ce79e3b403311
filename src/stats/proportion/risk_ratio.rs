//! Ratio of two independent proportions, the first over the second.

use crate::stats::record::{Computed, ConfidenceLevel, Interval, Method, NotComputed};
use crate::stats::root;

use super::{Proportion, RatioMeasure, critical, ratio};

/// The default; it handles counts of 0.
pub const KOOPMAN: Method = Method {
    id: "risk_ratio.koopman",
    name: "Koopman score interval",
    convention: "0 and infinity are limits where a count is 0",
};
/// Normal on the logarithm.
pub const KATZ_LOG: Method = Method {
    id: "risk_ratio.katz_log",
    name: "Katz log interval",
    convention: "undefined where a count is 0",
};

/// Which interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum RatioInterval {
    /// Koopman (1984).
    #[default]
    Koopman,
    /// Katz et al. (1978).
    KatzLog,
}

/// The ratio `first / second` with its interval.
pub fn risk_ratio(
    first: Proportion,
    second: Proportion,
    kind: RatioInterval,
    level: ConfidenceLevel,
) -> RatioMeasure {
    // Over the common denominator, so that equal shares have the ratio 1 exactly.
    let estimate = ratio(first.x() as f64 * second.n() as f64, second.x() as f64 * first.n() as f64);
    match kind {
        RatioInterval::Koopman => {
            let interval = koopman(first, second, critical(level));
            let interval = interval.map(|(low, high)| Interval { low, high, level, method: KOOPMAN });
            RatioMeasure { estimate, standard_error_of_log: None, interval, method: KOOPMAN }
        }
        RatioInterval::KatzLog => {
            let standard_error = katz_standard_error(first, second);
            let interval = match (&estimate, standard_error) {
                (Ok(value), Some(se)) => {
                    let reach = libm::exp(critical(level) * se);
                    Ok(Interval { low: value / reach, high: value * reach, level, method: KATZ_LOG })
                }
                _ => Err(NotComputed::Undefined(
                    "a count of 0 has no logarithm; the Koopman interval handles it",
                )),
            };
            RatioMeasure { estimate, standard_error_of_log: standard_error, interval, method: KATZ_LOG }
        }
    }
}

fn katz_standard_error(first: Proportion, second: Proportion) -> Option<f64> {
    // 1/x - 1/n = (1 - p)/x.
    let part = |p: Proportion| (p.x() > 0).then(|| p.rest_share() / p.x() as f64);
    Some((part(first)? + part(second)?).sqrt())
}

/// Inverts the score statistic on the logarithm of the ratio.
fn koopman(first: Proportion, second: Proportion, z: f64) -> Computed<(f64, f64)> {
    let not_found = || NotComputed::NotConverged { iterations: 300 };
    let statistic = |theta: f64| {
        let miss = first.share() - theta * second.share();
        if miss == 0.0 { 0.0 } else { miss / score_variance(first, second, theta).sqrt() }
    };
    let start = match ratio(first.share(), second.share()) {
        Ok(value) if value > 0.0 && value.is_finite() => value,
        _ => 1.0,
    };
    let low = if first.x() == 0 {
        0.0
    } else {
        root::positive(start, |theta| statistic(theta) - z).ok_or_else(not_found)?
    };
    let high = if second.x() == 0 {
        f64::INFINITY
    } else {
        root::positive(start, |theta| statistic(theta) + z).ok_or_else(not_found)?
    };
    Ok((low, high))
}

/// The variance of `p1 - theta p2` at the most likely shares whose ratio is `theta`.
fn score_variance(first: Proportion, second: Proportion, theta: f64) -> f64 {
    let (x1, n1, x2, n2) = (first.x() as f64, first.n() as f64, second.x() as f64, second.n() as f64);
    let (u, v) = (theta * (n1 + x2), x1 + n2);
    // The discriminant as a sum of positive terms; the smaller root by Vieta.
    let discriminant = (u - v) * (u - v) + 4.0 * theta * first.rest() as f64 * second.rest() as f64;
    let p2 = 2.0 * (x1 + x2) / (u + v + discriminant.sqrt());
    let p1 = theta * p2;
    let q = |p: f64| (1.0 - p).max(0.0);
    p1 * q(p1) / n1 + theta * theta * p2 * q(p2) / n2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x1: u64, n1: u64, x2: u64, n2: u64, kind: RatioInterval) -> RatioMeasure {
        let (first, second) = (Proportion::new(x1, n1).unwrap(), Proportion::new(x2, n2).unwrap());
        risk_ratio(first, second, kind, ConfidenceLevel::P95)
    }

    #[test]
    fn everybody_in_both_groups_by_hand() {
        // With every trial a success the lower limit is n1 / (n1 + z^2), the upper (n2 + z^2) / n2.
        let z = critical(ConfidenceLevel::P95);
        let interval = at(6, 6, 9, 9, RatioInterval::Koopman).interval.unwrap();
        assert!((interval.low - 6.0 / (6.0 + z * z)).abs() < 1e-12);
        assert!((interval.high - (9.0 + z * z) / 9.0).abs() < 1e-12);
    }

    #[test]
    fn counts_of_zero() {
        let none = at(0, 5, 0, 7, RatioInterval::Koopman);
        assert!(none.estimate.is_err());
        let interval = none.interval.unwrap();
        assert!(interval.low.abs() < 1e-300 && interval.high.is_infinite());
        let katz = at(3, 5, 0, 7, RatioInterval::KatzLog);
        assert_eq!(katz.estimate, Ok(f64::INFINITY));
        assert!(katz.interval.is_err());
    }

    #[test]
    fn swapping_the_groups_inverts() {
        for kind in [RatioInterval::Koopman, RatioInterval::KatzLog] {
            let (one, two) = (at(7, 8, 3, 9, kind).interval.unwrap(), at(3, 9, 7, 8, kind).interval.unwrap());
            assert!((one.low * two.high - 1.0).abs() < 1e-12 && (one.high * two.low - 1.0).abs() < 1e-12);
        }
    }
}
