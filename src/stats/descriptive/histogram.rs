//! The shape of a sample: how many values lie in which bin, and how far the bulk of them reaches.

use super::{QuantileType, quantile};
use crate::stats::record::{Computed, Method, NotComputed};
use crate::stats::sample::Sample;

/// Bins by Sturges' rule, or one for each whole number.
pub const BINS: Method = Method {
    id: "histogram.bins",
    name: "histogram",
    convention: "whole numbers that span at most 30: one bin each; else Sturges' rule with round limits",
};

/// How far the bulk of a sample reaches.
pub const WHISKERS: Method = Method {
    id: "box.whiskers",
    name: "whiskers of a box plot",
    convention: "1.5 interquartile ranges, type 7",
};

/// The widest span of whole numbers that have a bin each.
const WHOLE_SPAN: f64 = 30.0;

/// A bin with its limits and how many values lie in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// The lower limit; a value that is equal to it lies in the first bin only.
    pub low: f64,
    /// The upper limit, which lies in the bin.
    pub high: f64,
    /// How many values lie in it.
    pub count: u64,
}

/// The bins of a sample, from its smallest to its largest value; none of an empty one.
///
/// # Examples
///
/// ```
/// use canvass::stats::descriptive::histogram::bins;
/// use canvass::stats::sample::Sample;
///
/// let sample = Sample::from_values(&[0.1, 0.2, 0.25, 0.3, 0.3, 0.45, 0.7, 1.1]).unwrap();
/// let counts: Vec<u64> = bins(&sample).iter().map(|bin| bin.count).collect();
/// assert_eq!(counts, [2, 3, 1, 1, 0, 1]);
/// ```
pub fn bins(sample: &Sample) -> Vec<Bin> {
    let (Some(low), Some(high)) = (sample.min(), sample.max()) else { return Vec::new() };
    let whole = sample.points().iter().all(|point| is_whole(point.value));
    if whole && high - low <= WHOLE_SPAN {
        let span = (0..).map(|step| low + f64::from(step)).take_while(|value| *value <= high);
        return span
            .map(|value| Bin { low: value, high: value, count: within(sample, value, value, true) })
            .collect();
    }
    let limits = round_limits(low, high, sturges(sample.n()));
    let pairs = limits.windows(2).enumerate();
    pairs
        .map(|(position, pair)| Bin {
            low: pair[0],
            high: pair[1],
            count: within(sample, pair[0], pair[1], position == 0),
        })
        .collect()
}

fn is_whole(value: f64) -> bool {
    /// From here on a number and the next whole one need not differ.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    value.fract().abs() <= 0.0 && value.abs() < EXACT
}

/// How many values lie above `low`, or at it where `closed`, up to `high`.
fn within(sample: &Sample, low: f64, high: f64, closed: bool) -> u64 {
    let lies = |value: f64| value <= high && (value > low || (closed && value >= low));
    sample.points().iter().filter(|point| lies(point.value)).map(|point| point.count).sum()
}

/// The number of bins of n values by Sturges' rule: log2(n) + 1, rounded up.
fn sturges(n: u64) -> u32 {
    // The least k with 2^k not below n.
    let log = n.max(1).checked_next_power_of_two().map_or(64, u64::trailing_zeros);
    log + 1
}

/// Limits in steps of 1, 2 or 5 times a power of ten, about as many as wanted, that hold everything from `low` to `high`:
/// R's `pretty` with `min.n = 1`.
fn round_limits(low: f64, high: f64, wanted: u32) -> Vec<f64> {
    /// How much rather a step is rounded up than down, to 2 and 10, and to 5.
    const UP: (f64, f64) = (1.5, 2.75);
    const NEAR: f64 = 1e-10;
    let span = high - low;
    let largest = low.abs().max(high.abs());
    if span <= largest * 1e-13 || span < 1e-290 || !span.is_finite() {
        // One value, or values of which no round number tells one from the next.
        return vec![low, high];
    }
    let cell = span / f64::from(wanted.max(1));
    let mut exponent = 0;
    while power(exponent) > cell {
        exponent -= 1;
    }
    while power(exponent + 1) <= cell {
        exponent += 1;
    }
    let base = power(exponent);
    let mut times = 1.0;
    for (next, up) in [(2.0, UP.0), (5.0, UP.1), (10.0, UP.0)] {
        if next * base - cell < up * (cell - times * base) {
            times = next;
        } else {
            break;
        }
    }
    let unit = times * base;
    let mut first = (low / unit + NEAR).floor();
    let mut last = (high / unit - NEAR).ceil();
    while first * unit > low + NEAR * unit {
        first -= 1.0;
    }
    while last * unit < high - NEAR * unit {
        last += 1.0;
    }
    // A limit is the number nearest to the decimal that it is written as.
    let limit = |step: f64| if exponent < 0 { step * times / power(-exponent) } else { step * unit };
    let steps = std::iter::successors(Some(first), |step| Some(step + 1.0)).take_while(|step| *step <= last);
    steps.take(1_000).map(limit).collect()
}

/// A power of ten.
fn power(exponent: i32) -> f64 {
    let power = (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
    if exponent < 0 { 1.0 / power } else { power }
}

/// The smallest and the largest value that lie no further than 1.5 interquartile ranges beyond the quartiles.
///
/// # Errors
/// `EmptyBase` for no values.
pub fn whiskers(sample: &Sample) -> Computed<(f64, f64)> {
    let first = quantile(sample, 0.25, QuantileType::Type7)?;
    let third = quantile(sample, 0.75, QuantileType::Type7)?;
    let reach = 1.5 * (third - first);
    let mut within = sample
        .points()
        .iter()
        .map(|point| point.value)
        .filter(|value| first - reach <= *value && *value <= third + reach);
    let low = within.next().ok_or(NotComputed::EmptyBase)?;
    Ok((low, within.next_back().unwrap_or(low)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(values: &[f64]) -> Vec<(f64, f64, u64)> {
        bins(&Sample::from_values(values).unwrap()).iter().map(|bin| (bin.low, bin.high, bin.count)).collect()
    }

    #[test]
    fn limits_are_those_of_r() {
        // R 4.2.2: pretty(c(low, high), n, min.n = 1).
        let of = |low, high, n| round_limits(low, high, n);
        assert_eq!(of(0.0, 1.0, 3), [0.0, 0.5, 1.0]);
        assert_eq!(of(0.0, 1.0, 7), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(of(0.0, 1.0, 11), [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]);
        assert_eq!(of(1.0, 944.0, 3), [0.0, 500.0, 1000.0]);
        assert_eq!(of(-7.0, 13.0, 7), [-10.0, -5.0, 0.0, 5.0, 10.0, 15.0]);
        assert_eq!(of(-7.0, 13.0, 11), [-8.0, -6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0]);
        assert_eq!(of(0.001, 0.0023, 3), [0.001, 0.0015, 0.002, 0.0025]);
        assert_eq!(of(12.0, 12.5, 3), [12.0, 12.2, 12.4, 12.6]);
        assert_eq!(of(12.0, 12.5, 11).len(), 11);
        assert_eq!(of(99.0, 10_001.0, 3), [0.0, 5_000.0, 10_000.0, 15_000.0]);
    }

    #[test]
    fn bins_are_those_of_r() {
        // R 4.2.2: hist(x)$breaks, $counts.
        let found = counted(&[0.1, 0.2, 0.25, 0.3, 0.3, 0.45, 0.7, 1.1]);
        assert_eq!(
            found,
            [(0.0, 0.2, 2), (0.2, 0.4, 3), (0.4, 0.6, 1), (0.6, 0.8, 1), (0.8, 1.0, 0), (1.0, 1.2, 1)]
        );
        assert_eq!(
            counted(&[-3.5, -1.2, 0.0, 0.4, 2.2, 7.9]),
            [(-5.0, 0.0, 3), (0.0, 5.0, 2), (5.0, 10.0, 1)]
        );
        let scores = [3.25, 3.5, 3.5, 3.75, 4.0, 4.0, 4.25, 4.5, 4.5, 4.75, 5.0, 3.0, 3.67, 3.67];
        assert_eq!(counted(&scores), [(3.0, 3.5, 4), (3.5, 4.0, 5), (4.0, 4.5, 3), (4.5, 5.0, 2)]);
        let large = [1e6 + 0.5, 1e6 + 1.0, 1e6 + 2.25, 1e6 + 9.0];
        assert_eq!(counted(&large), [(1e6, 1_000_005.0, 3), (1_000_005.0, 1_000_010.0, 1)]);
    }

    #[test]
    fn whole_numbers_of_a_short_span_have_a_bin_each() {
        assert_eq!(counted(&[2.0, 2.0, 5.0]), [(2.0, 2.0, 2), (3.0, 3.0, 0), (4.0, 4.0, 0), (5.0, 5.0, 1)]);
        assert_eq!(counted(&[0.0, 30.0]).len(), 31);
        assert_eq!(counted(&[0.0, 31.0]), [(0.0, 20.0, 1), (20.0, 40.0, 1)]);
        assert_eq!(counted(&[7.0]), [(7.0, 7.0, 1)]);
    }

    #[test]
    fn every_value_lies_in_one_bin() {
        let odd = [
            [0.1 + 0.2, 0.3],
            [1e-300, 1e300],
            [-1e300, 1e300],
            [f64::MAX, -f64::MAX],
            [0.5, 0.5],
            [1e17, 1e17 + 64.0],
        ];
        for values in odd {
            let found = counted(&values);
            assert_eq!(found.iter().map(|bin| bin.2).sum::<u64>(), 2, "{values:?}: {found:?}");
        }
        assert_eq!(counted(&[]), []);
    }

    #[test]
    fn whiskers_end_at_values_within_the_fences() {
        let of = |values: &[f64]| whiskers(&Sample::from_values(values).unwrap());
        // Quartiles 2 and 4: fences at -1 and 7.
        assert_eq!(of(&[1.0, 2.0, 3.0, 4.0, 100.0]), Ok((1.0, 4.0)));
        assert_eq!(of(&[1.0, 2.0, 3.0, 4.0, 7.0]), Ok((1.0, 7.0)));
        assert_eq!(of(&[5.0]), Ok((5.0, 5.0)));
        assert_eq!(of(&[]), Err(NotComputed::EmptyBase));
    }
}
