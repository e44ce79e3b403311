//! Location and spread that outliers do not move: mode, trimmed mean, median absolute deviation.

use crate::stats::record::{Computed, Method, NotComputed};
use crate::stats::sample::{Sample, compensated_sum, finite};

use super::quantile::median;

/// Median distance to the median.
pub const MAD: Method = Method {
    id: "mad",
    name: "median absolute deviation",
    convention: "times 1.4826, which makes it the standard deviation of a normal variable",
};
/// Most frequent values.
pub const MODE: Method = Method { id: "mode", name: "mode", convention: "all of the most frequent values" };
/// Mean of the middle.
pub const TRIMMED_MEAN: Method = Method {
    id: "trimmed_mean",
    name: "trimmed mean",
    convention: "floor(n * trim) observations dropped from either end",
};

/// The usual factor of the median absolute deviation: `1 / qnorm(3/4)` to four decimals, as tools print it.
pub const MAD_NORMAL: f64 = 1.4826;

/// Median absolute deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MedianDeviation {
    /// Median of the distances to the median.
    pub raw: f64,
    /// The same times the factor.
    pub scaled: f64,
}

/// The most frequent values.
#[derive(Debug, Clone, PartialEq)]
pub struct Modes {
    /// In increasing order.
    pub values: Vec<f64>,
    /// How often each occurs.
    pub count: u64,
}

/// Median distance to the median, and the same times `factor` (usually [`MAD_NORMAL`]).
///
/// # Errors
/// `EmptyBase` for no observation, `Invalid` if the factor is not positive.
pub fn median_absolute_deviation(sample: &Sample, factor: f64) -> Computed<MedianDeviation> {
    if !(factor > 0.0 && factor.is_finite()) {
        return Err(NotComputed::invalid("the factor of a deviation is a positive number"));
    }
    let centre = median(sample)?;
    let distances: Vec<(f64, u64)> =
        sample.points().iter().map(|point| ((point.value - centre).abs(), point.count)).collect();
    let raw = median(&Sample::from_counts(&distances)?)?;
    Ok(MedianDeviation { raw, scaled: finite(factor * raw)? })
}

/// All most frequent values.
///
/// # Errors
/// `EmptyBase` for no observation.
pub fn mode(sample: &Sample) -> Computed<Modes> {
    let count = sample.points().iter().map(|point| point.count).max().ok_or(NotComputed::EmptyBase)?;
    let values =
        sample.points().iter().filter(|point| point.count == count).map(|point| point.value).collect();
    Ok(Modes { values, count })
}

/// The mean after dropping `floor(n * trim)` observations from either end; the median where nothing would be left.
///
/// # Errors
/// `EmptyBase` for no observation, `Invalid` unless `0 <= trim <= 1/2`.
pub fn trimmed_mean(sample: &Sample, trim: f64) -> Computed<f64> {
    if !(0.0..=0.5).contains(&trim) {
        return Err(NotComputed::invalid("the share trimmed from either end lies in [0, 1/2]"));
    }
    if sample.n() == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let dropped = floor_of_product(sample.size(), trim);
    if 2 * dropped >= sample.n() {
        return median(sample);
    }
    let (first, last) = (dropped, sample.n() - dropped);
    // How many of a group of equal values lie in the middle part.
    let kept = |end: u64, count: u64| end.min(last).saturating_sub((end - count).max(first));
    let terms = sample.points().iter().map(|p| kept(p.cumulative, p.count) as f64 * p.value);
    finite(compensated_sum(terms) / (last - first) as f64)
}

/// `floor(n * share)`, where a product that misses a whole number only by rounding is that number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and n")]
fn floor_of_product(n: f64, share: f64) -> u64 {
    let product = n * share;
    let nearest = product.round();
    if (product - nearest).abs() <= 4.0 * f64::EPSILON * nearest.max(1.0) {
        nearest as u64
    } else {
        product as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_of_two_peaks() {
        let modes = mode(&Sample::from_values(&[5.0, 1.0, 5.0, 2.0, 1.0]).unwrap()).unwrap();
        assert_eq!((modes.values, modes.count), (vec![1.0, 5.0], 2));
        assert_eq!(mode(&Sample::default()), Err(NotComputed::EmptyBase));
    }

    #[test]
    fn deviation_by_hand() {
        // Median 3, distances 2, 1, 0, 1, 97.
        let sample = Sample::from_values(&[1.0, 2.0, 3.0, 4.0, 100.0]).unwrap();
        let deviation = median_absolute_deviation(&sample, MAD_NORMAL).unwrap();
        assert!((deviation.raw - 1.0).abs() < 1e-300 && (deviation.scaled - 1.4826).abs() < 1e-15);
        assert!(median_absolute_deviation(&sample, 0.0).is_err());
    }

    #[test]
    fn trimming_inside_a_group_of_ties() {
        // 1 1 1 2 9 without one at either end: 1 1 2.
        let sample = Sample::from_counts(&[(1.0, 3), (2.0, 1), (9.0, 1)]).unwrap();
        assert!((trimmed_mean(&sample, 0.2).unwrap() - 4.0 / 3.0).abs() < 1e-15);
        assert!((trimmed_mean(&sample, 0.5).unwrap() - 1.0).abs() < 1e-300);
        assert!(trimmed_mean(&sample, 0.6).is_err());
        // 0.29 * 100 in floating point is a little below 29.
        assert_eq!(floor_of_product(100.0, 0.29), 29);
    }
}
