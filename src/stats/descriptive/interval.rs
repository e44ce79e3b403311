//! Intervals for the median and the mean.

use crate::stats::distributions::{binomial, student_t};
use crate::stats::record::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed};
use crate::stats::sample::{Sample, finite};

/// Order statistics by the sign test.
pub const MEDIAN_EXACT: Method = Method {
    id: "median_ci.exact",
    name: "exact interval for the median",
    convention: "symmetric order statistics, at least the level",
};
/// Student's t.
pub const MEAN_T: Method = Method { id: "mean_ci.t", name: "t interval for the mean", convention: "" };
/// Student's t with a finite population correction.
pub const MEAN_T_FPC: Method = Method {
    id: "mean_ci.t_fpc",
    name: "t interval for the mean of a finite frame",
    convention: "variance times 1 - n/N",
};

/// Two order statistics about the median.
#[derive(Debug, Clone, PartialEq)]
pub struct MedianInterval {
    /// The limits.
    pub interval: Interval,
    /// Rank of the lower limit from below and of the upper limit from above.
    pub rank: u64,
    /// The probability with which the interval covers, at least the level for a continuous variable.
    pub coverage: f64,
}

/// A mean with its standard error and interval.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanInterval {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// The interval.
    pub interval: Interval,
    /// What a careful reader must know beside the numbers.
    pub cautions: Vec<Caution>,
}

/// The narrowest symmetric pair of order statistics that covers the median at the level: `x(k)` and `x(n - k + 1)` for
/// the largest `k` with `P(Bin(n, 1/2) <= k - 1) <= alpha / 2` (Conover 1999, section 3.2).
///
/// # Errors
/// `TooFew` where not even the extremes reach the level (fewer than 6 observations at 95 %).
pub fn median_exact(sample: &Sample, level: ConfidenceLevel) -> Computed<MedianInterval> {
    let n = sample.n();
    let tail = |k: u64| binomial::cdf(k - 1, n, 0.5);
    // A tail equal to alpha/2 up to rounding still qualifies.
    let limit = 0.5 * level.alpha() * (1.0 + 1e-12);
    let (mut rank, mut too_large) = (0, n / 2 + 1);
    while too_large - rank > 1 {
        let middle = rank + (too_large - rank) / 2;
        if tail(middle) <= limit {
            rank = middle;
        } else {
            too_large = middle;
        }
    }
    let limits = (sample.order_statistic(rank), sample.order_statistic(n - rank.min(n) + 1));
    let (Some(low), Some(high)) = limits else {
        return Err(NotComputed::TooFew { needed: smallest_size(level), found: n });
    };
    let coverage = 1.0 - 2.0 * tail(rank);
    Ok(MedianInterval { interval: Interval { low, high, level, method: MEDIAN_EXACT }, rank, coverage })
}

/// Mean plus and minus Student's t times the standard error.
///
/// # Errors
/// `TooFew` below two observations.
pub fn mean_t(sample: &Sample, level: ConfidenceLevel) -> Computed<MeanInterval> {
    about_mean(sample, 1.0, level, MEAN_T)
}

/// The same for the mean of a frame of `frame` units of which the sample is a random part (Cochran 1977, section 2.8).
///
/// # Errors
/// `TooFew` below two observations, `Invalid` if the sample is larger than its frame.
pub fn mean_t_finite(sample: &Sample, frame: u64, level: ConfidenceLevel) -> Computed<MeanInterval> {
    if sample.n() > frame {
        return Err(NotComputed::invalid("more answers than the frame has units"));
    }
    let share_left = if frame == 0 { 0.0 } else { (frame - sample.n()) as f64 / frame as f64 };
    about_mean(sample, share_left, level, MEAN_T_FPC)
}

fn about_mean(
    sample: &Sample,
    share_left: f64,
    level: ConfidenceLevel,
    method: Method,
) -> Computed<MeanInterval> {
    let variance = sample.variance()?;
    let mean = sample.mean()?;
    let df = sample.size() - 1.0;
    let standard_error = (variance * share_left / sample.size()).sqrt();
    let half_width = student_t::upper_quantile(0.5 * level.alpha(), df) * standard_error;
    let mut cautions = Vec::new();
    if sample.is_constant() {
        cautions.push(Caution::NoVariation);
    } else if share_left <= 0.0 {
        cautions.push(Caution::Note("census: nothing was sampled"));
    }
    let (low, high) = (finite(mean - half_width)?, finite(mean + half_width)?);
    Ok(MeanInterval { mean, standard_error, df, interval: Interval { low, high, level, method }, cautions })
}

/// The smallest sample whose extremes cover the median at the level: `2 (1/2)^n <= alpha`.
fn smallest_size(level: ConfidenceLevel) -> u64 {
    (1_u32..64)
        .find(|n| libm::exp2(-f64::from(*n)) <= 0.5 * level.alpha() * (1.0 + 1e-12))
        .map_or(64, u64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_observations_are_the_fewest_at_95_percent() {
        let six = Sample::from_values(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
        let interval = median_exact(&six, ConfidenceLevel::P95).unwrap();
        assert_eq!(interval.rank, 1);
        assert!((interval.coverage - 0.968_75).abs() < 1e-15);
        let five = Sample::from_values(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        assert_eq!(
            median_exact(&five, ConfidenceLevel::P95),
            Err(NotComputed::TooFew { needed: 6, found: 5 })
        );
        assert!(median_exact(&Sample::default(), ConfidenceLevel::P95).is_err());
    }

    #[test]
    fn a_tail_that_just_reaches_the_level_qualifies() {
        // 2 (1/2)^5 = 0.0625 exactly.
        let five = Sample::from_values(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        assert_eq!(median_exact(&five, ConfidenceLevel::new(0.9375).unwrap()).unwrap().rank, 1);
    }

    #[test]
    fn two_observations_by_hand() {
        // Mean 4.5, standard error 1/2, t = 12.7062 on 1 df: tan(0.475 pi).
        let pair = Sample::from_values(&[5.0, 4.0]).unwrap();
        let t = libm::tan(0.475 * std::f64::consts::PI);
        let interval = mean_t(&pair, ConfidenceLevel::P95).unwrap().interval;
        assert!((interval.high - (4.5 + 0.5 * t)).abs() < 1e-12);
        let census = mean_t_finite(&pair, 2, ConfidenceLevel::P95).unwrap();
        assert!((census.interval.high - census.interval.low).abs() < 1e-300);
        assert!(mean_t_finite(&pair, 1, ConfidenceLevel::P95).is_err());
    }

    #[test]
    fn equal_values_are_flagged() {
        let constant = Sample::from_counts(&[(3.0, 9)]).unwrap();
        assert_eq!(mean_t(&constant, ConfidenceLevel::P95).unwrap().cautions, [Caution::NoVariation]);
    }
}
