//! Dominance of one ordinal sample over another: Cliff's delta, the rank-biserial correlation, and Vargha and Delaney's
//! probability of superiority, which are one number on three scales.

use crate::stats::distributions::normal;
use crate::stats::record::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed};
use crate::stats::sample::{Sample, compensated_sum};

/// The estimate on all three scales.
pub const CLIFFS_DELTA: Method = Method {
    id: "cliffs_delta",
    name: "Cliff's delta",
    convention: "first over second; equal to the rank-biserial correlation and 2A - 1",
};
/// Interval from the variance of the dominances.
pub const CLIFFS_DELTA_ASYMMETRIC: Method = Method {
    id: "cliffs_delta_ci.asymmetric",
    name: "asymmetric interval for Cliff's delta",
    convention: "unbiased variance, not below (1 - d^2)/(mn - 1); normal quantile",
};

/// How often one sample's observation exceeds the other's, over all pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dominance {
    /// Pairs in which the first is greater.
    pub n_greater: u128,
    /// Pairs in which the first is less.
    pub n_less: u128,
    /// Pairs that are equal.
    pub n_tied: u128,
    /// Cliff's delta: share greater minus share less. The rank-biserial correlation is the same number.
    pub delta: f64,
    /// Probability of superiority A: share greater plus half of the share tied.
    pub superiority: f64,
    /// The method.
    pub method: Method,
}

/// Cliff's delta with an interval.
#[derive(Debug, Clone, PartialEq)]
pub struct DeltaInterval {
    /// Cliff's delta.
    pub delta: f64,
    /// Its variance.
    pub variance: f64,
    /// The interval.
    pub interval: Interval,
    /// What a careful reader must know beside the numbers.
    pub cautions: Vec<Caution>,
}

/// Compares all pairs in one pass over the distinct values of both samples.
///
/// # Errors
/// `EmptyBase` if either sample is empty.
pub fn dominance(first: &Sample, second: &Sample) -> Computed<Dominance> {
    if first.n() == 0 || second.n() == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let (mut n_greater, mut n_less) = (0_u128, 0_u128);
    for standing in standings(first, second) {
        n_greater += u128::from(standing.count) * u128::from(standing.below);
        n_less += u128::from(standing.count) * u128::from(standing.above);
    }
    let pairs = u128::from(first.n()) * u128::from(second.n());
    let n_tied = pairs - n_greater - n_less;
    let all = pairs as f64;
    let net = n_greater.abs_diff(n_less) as f64 / all;
    let delta = if n_greater < n_less { -net } else { net };
    let superiority = (n_greater as f64 + 0.5 * n_tied as f64) / all;
    Ok(Dominance { n_greater, n_less, n_tied, delta, superiority, method: CLIFFS_DELTA })
}

/// The interval of Feng & Cliff (2004) with the unbiased variance of Cliff (1996).
///
/// # Errors
/// `TooFew` if either sample has fewer than two observations; `Boundary` where every pair points the same way, which
/// leaves no variance (the interval for the probability of superiority holds there).
pub fn delta_interval(first: &Sample, second: &Sample, level: ConfidenceLevel) -> Computed<DeltaInterval> {
    let dominance = dominance(first, second)?;
    let fewest = first.n().min(second.n());
    if fewest < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: fewest });
    }
    let d = dominance.delta;
    if dominance.n_tied == 0 && (dominance.n_less == 0 || dominance.n_greater == 0) {
        return Err(NotComputed::Boundary("every pair points the same way: delta has no variance"));
    }
    let (m, n) = (first.size(), second.size());
    // Squared deviations of each observation's own dominance, and of all pairs.
    let rows = squared_deviations(first, second, d);
    let columns = squared_deviations(second, first, -d);
    let pairs = (dominance.n_greater + dominance.n_less) as f64 - m * n * d * d;
    let numerator = n * n * rows + m * m * columns - pairs;
    let unbiased = numerator / (m * n * (m - 1.0) * (n - 1.0));
    let floor = (1.0 - d * d) / (m * n - 1.0);
    let mut cautions = Vec::new();
    if unbiased < floor {
        cautions.push(Caution::Note(
            "the variance was raised to its smallest sensible value, (1 - d^2)/(mn - 1)",
        ));
    }
    let variance = unbiased.max(floor);
    let z = normal::upper_quantile(0.5 * level.alpha());
    let scale = 1.0 - d * d + z * z * variance;
    let reach = z * (variance * ((1.0 - d * d) * (1.0 - d * d) + z * z * variance)).sqrt();
    let centre = d - d * d * d;
    let (low, high) = ((centre - reach) / scale, (centre + reach) / scale);
    let interval = Interval { low, high, level, method: CLIFFS_DELTA_ASYMMETRIC };
    Ok(DeltaInterval { delta: d, variance, interval, cautions })
}

/// A distinct value of one sample and how the other sample lies about it.
struct Standing {
    count: u64,
    below: u64,
    above: u64,
}

fn standings(sample: &Sample, other: &Sample) -> impl Iterator<Item = Standing> {
    sample.points().iter().map(|point| {
        let points = other.points();
        let cumulative =
            |at: usize| at.checked_sub(1).and_then(|i| points.get(i)).map_or(0, |p| p.cumulative);
        let below = cumulative(points.partition_point(|p| p.value < point.value));
        let not_above = cumulative(points.partition_point(|p| p.value <= point.value));
        Standing { count: point.count, below, above: other.n() - not_above }
    })
}

/// Sum over the sample of the squared difference between an observation's own dominance and the overall one.
fn squared_deviations(sample: &Sample, other: &Sample, delta: f64) -> f64 {
    compensated_sum(standings(sample, other).map(|standing| {
        let own = (standing.below as f64 - standing.above as f64) / other.size();
        standing.count as f64 * (own - delta) * (own - delta)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(values: &[f64]) -> Sample {
        Sample::from_values(values).unwrap()
    }

    #[test]
    fn three_against_two_by_hand() {
        // 1 2 3 against 2 2: one value below, one tied, one above.
        let d = dominance(&sample(&[1.0, 2.0, 3.0]), &sample(&[2.0, 2.0])).unwrap();
        assert_eq!((d.n_greater, d.n_less, d.n_tied), (2, 2, 2));
        assert!(d.delta.abs() < 1e-300 && (d.superiority - 0.5).abs() < 1e-300);
    }

    #[test]
    fn no_overlap_has_no_variance() {
        let (low, high) = (sample(&[1.0, 2.0]), sample(&[3.0, 4.0]));
        assert!((dominance(&high, &low).unwrap().delta - 1.0).abs() < 1e-300);
        for (a, b) in [(&low, &high), (&high, &low)] {
            assert!(matches!(delta_interval(a, b, ConfidenceLevel::P95), Err(NotComputed::Boundary(_))));
        }
    }

    #[test]
    fn small_and_empty_samples() {
        assert_eq!(dominance(&Sample::default(), &sample(&[1.0])), Err(NotComputed::EmptyBase));
        let one = sample(&[2.0]);
        assert!(matches!(
            delta_interval(&one, &sample(&[1.0, 2.0]), ConfidenceLevel::P95),
            Err(NotComputed::TooFew { .. })
        ));
    }

    #[test]
    fn samples_without_any_difference_still_have_an_interval() {
        let same = Sample::from_counts(&[(3.0, 8)]).unwrap();
        let interval = delta_interval(&same, &same, ConfidenceLevel::P95).unwrap();
        assert!(interval.delta.abs() < 1e-300 && interval.interval.low < 0.0 && interval.interval.high > 0.0);
        assert_eq!(interval.cautions.len(), 1);
    }
}
