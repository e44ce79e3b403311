//! Description of one sample.

pub mod histogram;
pub mod interval;
pub mod location;
pub mod net_promoter;
pub mod quantile;
pub mod shape;

pub use quantile::{QuantileType, median, quantile};

use super::record::{Computed, Method, NotComputed};
use super::sample::{Sample, finite};

/// Every method of this family.
pub const METHODS: &[Method] = &[
    SUMMARY,
    quantile::QUANTILE,
    quantile::QUANTILE_TYPE_1,
    shape::SKEWNESS,
    shape::KURTOSIS,
    interval::MEDIAN_EXACT,
    interval::MEAN_T,
    interval::MEAN_T_FPC,
    location::MAD,
    location::MODE,
    location::TRIMMED_MEAN,
    net_promoter::NET_PROMOTER_SCORE,
    histogram::BINS,
    histogram::WHISKERS,
];

/// Size, mean, spread and range.
pub const SUMMARY: Method =
    Method { id: "summary", name: "summary", convention: "variance with divisor n - 1, median of type 7" };

/// Size, mean, spread and range of one sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Number of observations.
    pub n: u64,
    /// Their sum; 0 for none.
    pub sum: Computed<f64>,
    /// Arithmetic mean.
    pub mean: Computed<f64>,
    /// Variance with divisor `n - 1`; needs two observations.
    pub variance: Computed<f64>,
    /// Its square root.
    pub sd: Computed<f64>,
    /// Standard error of the mean, `sd / sqrt(n)`.
    pub standard_error: Computed<f64>,
    /// Smallest observation.
    pub min: Computed<f64>,
    /// Largest observation.
    pub max: Computed<f64>,
    /// Median.
    pub median: Computed<f64>,
}

/// Summarises a sample.
///
/// # Examples
///
/// ```
/// use canvass::stats::NotComputed;
/// use canvass::stats::descriptive::summary;
/// use canvass::stats::sample::Sample;
///
/// // Two people answered 3, one answered 6: by hand, mean 4 and variance (1 + 1 + 4) / 2.
/// let described = summary(&Sample::from_counts(&[(3.0, 2), (6.0, 1)])?);
/// assert_eq!((described.n, described.mean, described.variance), (3, Ok(4.0), Ok(3.0)));
/// // Nobody answered: there is no mean, and no number stands for it.
/// assert_eq!(summary(&Sample::default()).mean, Err(NotComputed::EmptyBase));
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn summary(sample: &Sample) -> Summary {
    let variance = sample.variance();
    let sd = variance.clone().map(f64::sqrt);
    Summary {
        n: sample.n(),
        sum: finite(sample.sum_of(|value| value)),
        mean: sample.mean(),
        standard_error: sd.clone().map(|sd| sd / sample.size().sqrt()),
        variance,
        sd,
        min: sample.min().ok_or(NotComputed::EmptyBase),
        max: sample.max().ok_or(NotComputed::EmptyBase),
        median: median(sample),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_four_by_hand() {
        let summary = summary(&Sample::from_values(&[4.0, 1.0, 3.0, 2.0]).unwrap());
        assert!((summary.mean.unwrap() - 2.5).abs() < 1e-300);
        assert!((summary.variance.unwrap() - 5.0 / 3.0).abs() < 1e-15);
        assert!((summary.median.unwrap() - 2.5).abs() < 1e-300);
        assert!((summary.standard_error.unwrap() - (5.0_f64 / 12.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn one_has_a_mean_and_none_has_a_sum() {
        let one = summary(&Sample::from_values(&[7.0]).unwrap());
        assert_eq!(one.mean, Ok(7.0));
        assert_eq!(one.sd, Err(NotComputed::TooFew { needed: 2, found: 1 }));
        let none = summary(&Sample::default());
        assert_eq!((none.n, none.sum, none.mean), (0, Ok(0.0), Err(NotComputed::EmptyBase)));
        assert_eq!(none.min, Err(NotComputed::EmptyBase));
    }
}
