//! Standardised differences of means.

use crate::stats::distributions::{noncentral_t, special};
use crate::stats::record::{Computed, ConfidenceLevel, Interval, Method, NotComputed};
use crate::stats::root;
use crate::stats::sample::{Sample, compensated_sum, finite};

/// The default for two groups.
pub const INDEPENDENT: Method = Method {
    id: "cohens_d.independent",
    name: "Cohen's d and Hedges' g",
    convention: "pooled standard deviation; exact correction; noncentral t interval",
};
/// Over one group's standard deviation.
pub const GLASS_DELTA: Method = Method {
    id: "glass_delta",
    name: "Glass's delta",
    convention: "the reference group's standard deviation",
};
/// Over the root mean variance.
pub const AVERAGE_VARIANCE: Method = Method {
    id: "cohens_d.average_variance",
    name: "Cohen's d over the average variance",
    convention: "square root of the mean of both variances",
};
/// Three standardisers of a paired difference.
pub const PAIRED: Method = Method {
    id: "cohens_d.paired",
    name: "Cohen's d of pairs",
    convention: "d_z over the differences, d_av over the average standard deviation, d_rm corrected for the correlation",
};

/// Cohen's d of two independent samples.
#[derive(Debug, Clone, PartialEq)]
pub struct IndependentD {
    /// Difference of means over the pooled standard deviation.
    pub d: f64,
    /// Interval for d.
    pub d_interval: Interval,
    /// Hedges' g: d times the correction.
    pub g: f64,
    /// Interval for g.
    pub g_interval: Interval,
    /// The exact correction J for small samples.
    pub correction: f64,
    /// Its usual approximation `1 - 3/(4 df - 1)`.
    pub approximate_correction: f64,
    /// Pooled standard deviation.
    pub sd_pooled: f64,
}

/// Cohen's d of pairs. A value is missing where its own standardiser is.
#[derive(Debug, Clone, PartialEq)]
pub struct PairedD {
    /// Mean difference over the standard deviation of the differences.
    pub d_z: f64,
    /// Interval for `d_z`.
    pub d_z_interval: Interval,
    /// `d_z` times the exact correction; undefined for two pairs.
    pub g_z: Computed<f64>,
    /// Mean difference over the mean of both standard deviations (Cumming 2012).
    pub d_av: Computed<f64>,
    /// `d_z sqrt(2 (1 - r))`, on the scale of the measurements (Morris & DeShon 2002).
    pub d_rm: Computed<f64>,
}

/// Cohen's d and Hedges' g, first minus second, with intervals by inverting the noncentral t distribution
/// (Steiger & Fouladi 1997).
///
/// # Errors
/// `TooFew` below two observations in a sample, `NoVariation` if neither varies.
pub fn independent(first: &Sample, second: &Sample, level: ConfidenceLevel) -> Computed<IndependentD> {
    let difference = difference_of_means(first, second)?;
    let (n1, n2) = (first.size(), second.size());
    let df = n1 + n2 - 2.0;
    let sd_pooled = ((first.sum_of_squares()? + second.sum_of_squares()?) / df).sqrt();
    let d = standardise(difference, sd_pooled)?;
    let scale = (1.0 / n1 + 1.0 / n2).sqrt();
    let (low, high) = noncentrality_limits(d / scale, df, level)?;
    let correction = small_sample_correction(df)?;
    let interval = |factor: f64| Interval {
        low: low * scale * factor,
        high: high * scale * factor,
        level,
        method: INDEPENDENT,
    };
    Ok(IndependentD {
        d,
        d_interval: interval(1.0),
        g: d * correction,
        g_interval: interval(correction),
        correction,
        approximate_correction: 1.0 - 3.0 / (4.0 * df - 1.0),
        sd_pooled,
    })
}

/// Difference of means, first minus second, over the standard deviation of `reference`, which is one of them.
///
/// # Errors
/// `TooFew` below two observations in a sample, `NoVariation` if the reference does not vary.
pub fn glass_delta(first: &Sample, second: &Sample, reference: &Sample) -> Computed<f64> {
    standardise(difference_of_means(first, second)?, reference.variance()?.sqrt())
}

/// Difference of means, first minus second, over the square root of the mean variance.
///
/// # Errors
/// `TooFew` below two observations in a sample, `NoVariation` if neither varies.
pub fn average_variance(first: &Sample, second: &Sample) -> Computed<f64> {
    let mean_variance = 0.5 * (first.variance()? + second.variance()?);
    standardise(difference_of_means(first, second)?, mean_variance.sqrt())
}

/// Standardised mean differences of complete pairs `(first, second)`, first minus second.
///
/// # Errors
/// `TooFew` below two pairs, `NoVariation` if all differences are equal, `Invalid` for values that are not finite.
pub fn paired(pairs: &[(f64, f64)], level: ConfidenceLevel) -> Computed<PairedD> {
    let column =
        |pick: fn(&(f64, f64)) -> f64| Sample::from_values(&pairs.iter().map(pick).collect::<Vec<_>>());
    let (first, second, differences) = (column(|p| p.0)?, column(|p| p.1)?, column(|p| p.0 - p.1)?);
    let mean = differences.mean()?;
    let d_z = standardise(mean, differences.variance()?.sqrt())?;
    let (n, df) = (differences.size(), differences.size() - 1.0);
    let (low, high) = noncentrality_limits(d_z * n.sqrt(), df, level)?;
    let d_z_interval = Interval { low: low / n.sqrt(), high: high / n.sqrt(), level, method: PAIRED };
    let (v1, v2) = (first.variance()?, second.variance()?);
    let d_rm = if v1 > 0.0 && v2 > 0.0 {
        let (m1, m2) = (first.mean()?, second.mean()?);
        let covariance = compensated_sum(pairs.iter().map(|(x, y)| (x - m1) * (y - m2))) / df;
        let correlation = (covariance / (v1.sqrt() * v2.sqrt())).clamp(-1.0, 1.0);
        Ok(d_z * (2.0 * (1.0 - correlation)).sqrt())
    } else {
        Err(NotComputed::NoVariation)
    };
    Ok(PairedD {
        d_z,
        d_z_interval,
        g_z: small_sample_correction(df).map(|correction| d_z * correction),
        d_av: standardise(mean, 0.5 * (v1.sqrt() + v2.sqrt())),
        d_rm,
    })
}

/// Hedges' exact correction `J = Gamma(m/2) / (sqrt(m/2) Gamma((m - 1)/2))`.
///
/// # Errors
/// `TooFew` for one degree of freedom, where the gamma function has a pole.
pub fn small_sample_correction(df: f64) -> Computed<f64> {
    if df <= 1.0 || df.is_nan() {
        return Err(NotComputed::Undefined("Hedges' correction needs more than one degree of freedom"));
    }
    // The powers of both gamma functions cancel analytically; only Stirling's errors are left to subtract.
    let half = 0.5 * df;
    let errors = special::stirling_error(half) - special::stirling_error(half - 0.5);
    finite(libm::exp(-(half - 1.0) * libm::log1p(-0.5 / half) - 0.5 + errors))
}

fn difference_of_means(first: &Sample, second: &Sample) -> Computed<f64> {
    let fewest = first.n().min(second.n());
    if fewest < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: fewest });
    }
    finite(first.mean()? - second.mean()?)
}

fn standardise(difference: f64, sd: f64) -> Computed<f64> {
    if sd > 0.0 { finite(difference / sd) } else { Err(NotComputed::NoVariation) }
}

/// The noncentralities under which the observed t leaves `alpha/2` above it and below it.
fn noncentrality_limits(t: f64, df: f64, level: ConfidenceLevel) -> Computed<(f64, f64)> {
    let tail = 0.5 * level.alpha();
    // Both tails as themselves; far from t one of them vanishes, so the reach grows until it has changed sides.
    let solve = |side: f64, miss: &dyn Fn(f64) -> f64| {
        let mut reach = 4.0 + 2.0 * t.abs();
        for _ in 0..60 {
            let (near, far) = (t, t + side * reach);
            if let Some(found) = root::bracketed(near.min(far), near.max(far), miss) {
                return Ok(found);
            }
            reach *= 2.0;
        }
        Err(NotComputed::NotConverged { iterations: 60 })
    };
    let low = solve(-1.0, &|ncp| noncentral_t::sf(t, df, ncp) - tail);
    let high = solve(1.0, &|ncp| noncentral_t::cdf(t, df, ncp) - tail);
    Ok((low?, high?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    #[test]
    fn correction_by_hand() {
        // J(2) = 1/Gamma(1/2); J(3) = Gamma(3/2)/sqrt(3/2).
        assert!((small_sample_correction(2.0).unwrap() - 1.0 / PI.sqrt()).abs() < 1e-15);
        assert!((small_sample_correction(3.0).unwrap() - 0.5 * PI.sqrt() / 1.5_f64.sqrt()).abs() < 1e-15);
        assert!((small_sample_correction(1e9).unwrap() - (1.0 - 0.75e-9)).abs() < 1e-15);
        assert!(small_sample_correction(1.0).is_err());
    }

    #[test]
    fn d_by_hand() {
        // Means 2 and 4, both variances 1.
        let (x, y) =
            (Sample::from_values(&[1.0, 2.0, 3.0]).unwrap(), Sample::from_values(&[3.0, 4.0, 5.0]).unwrap());
        let result = independent(&x, &y, ConfidenceLevel::P95).unwrap();
        assert!((result.d + 2.0).abs() < 1e-15 && (result.sd_pooled - 1.0).abs() < 1e-15);
        assert!(result.d_interval.low < -2.0 && result.d_interval.high > -2.0);
        assert!((glass_delta(&x, &y, &y).unwrap() + 2.0).abs() < 1e-15);
        assert!((average_variance(&x, &y).unwrap() + 2.0).abs() < 1e-15);
    }

    #[test]
    fn interval_leaves_its_tails() {
        let pairs = [(1.0, 0.0), (3.0, 1.0), (4.0, 4.5), (2.0, 0.5)];
        let result = paired(&pairs, ConfidenceLevel::P95).unwrap();
        let t = result.d_z * 2.0;
        assert!((noncentral_t::sf(t, 3.0, result.d_z_interval.low * 2.0) - 0.025).abs() < 1e-12);
        assert!((noncentral_t::cdf(t, 3.0, result.d_z_interval.high * 2.0) - 0.025).abs() < 1e-12);
    }

    #[test]
    fn missing_standardisers() {
        let two = paired(&[(5.0, 2.0), (4.0, 3.0)], ConfidenceLevel::P95).unwrap();
        assert!(two.g_z.is_err() && two.d_rm.is_ok());
        let constant = paired(&[(5.0, 2.0), (5.0, 3.0)], ConfidenceLevel::P95).unwrap();
        assert!(constant.d_rm.is_err() && constant.d_av.is_ok());
        assert_eq!(paired(&[(2.0, 1.0), (3.0, 2.0)], ConfidenceLevel::P95), Err(NotComputed::NoVariation));
    }
}
