//! Interval for the probability of superiority, which holds at its ends too.

use crate::stats::distributions::normal;
use crate::stats::record::{Computed, ConfidenceLevel, Estimate, Interval, Method};
use crate::stats::root;
use crate::stats::sample::Sample;

use super::dominance::dominance;

/// The default.
pub const NEWCOMBE5: Method = Method {
    id: "prob_superiority_ci.newcombe5",
    name: "Newcombe interval for the probability of superiority",
    convention: "method 5: score type, Hanley-McNeil variance",
};

/// The probability that an observation of the first sample exceeds one of the second, ties counting half, with the
/// interval of Newcombe (2006), method 5: all values whose own variance makes the estimate plausible.
///
/// `2A - 1` of value and limits gives Cliff's delta with its interval.
///
/// # Errors
/// `EmptyBase` if either sample is empty.
pub fn probability_of_superiority(
    first: &Sample,
    second: &Sample,
    level: ConfidenceLevel,
) -> Computed<Estimate> {
    let dominance = dominance(first, second)?;
    let (m, n) = (first.size(), second.size());
    let z = normal::upper_quantile(0.5 * level.alpha());
    let value = dominance.superiority;
    let no_pair_less = dominance.n_less == 0 && dominance.n_tied == 0;
    let no_pair_greater = dominance.n_greater == 0 && dominance.n_tied == 0;
    let statistic = |a: f64| {
        let miss = value - a;
        if miss == 0.0 { 0.0 } else { miss / variance(a, m, n).max(0.0).sqrt().abs() }
    };
    let low = if no_pair_greater { Some(0.0) } else { root::bracketed(0.0, value, |a| statistic(a) - z) };
    let high = if no_pair_less { Some(1.0) } else { root::bracketed(value, 1.0, |a| statistic(a) + z) };
    let interval = Interval { low: low.unwrap_or(0.0), high: high.unwrap_or(1.0), level, method: NEWCOMBE5 };
    Ok(Estimate { value, standard_error: None, interval, cautions: Vec::new() })
}

/// Hanley & McNeil's variance with the mean of both sample sizes in either term.
fn variance(a: f64, m: f64, n: f64) -> f64 {
    let others = 0.5 * (m + n) - 1.0;
    a * (1.0 - a) * (1.0 + others * ((1.0 - a) / (2.0 - a) + a / (1.0 + a))) / (m * n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::record::NotComputed;

    #[test]
    fn complete_separation_keeps_an_interval() {
        let (low, high) =
            (Sample::from_values(&[1.0, 2.0]).unwrap(), Sample::from_values(&[3.0, 4.0]).unwrap());
        let up = probability_of_superiority(&high, &low, ConfidenceLevel::P95).unwrap();
        assert!((up.value - 1.0).abs() < 1e-300 && (up.interval.high - 1.0).abs() < 1e-300);
        assert!(up.interval.low > 0.1 && up.interval.low < 0.9);
        let down = probability_of_superiority(&low, &high, ConfidenceLevel::P95).unwrap();
        assert!((down.interval.high + up.interval.low - 1.0).abs() < 1e-12);
    }

    #[test]
    fn one_pair_by_hand() {
        // m = n = 1: the variance is a (1 - a), so the limit solves (1 - a)^2 = z^2 a (1 - a): 1 / (1 + z^2).
        let (one, two) = (Sample::from_values(&[1.0]).unwrap(), Sample::from_values(&[2.0]).unwrap());
        let z = normal::upper_quantile(0.5 * ConfidenceLevel::P95.alpha());
        let got = probability_of_superiority(&two, &one, ConfidenceLevel::P95).unwrap();
        assert!((got.interval.low - 1.0 / (1.0 + z * z)).abs() < 1e-13);
        assert_eq!(
            probability_of_superiority(&Sample::default(), &one, ConfidenceLevel::P95),
            Err(NotComputed::EmptyBase)
        );
    }
}
