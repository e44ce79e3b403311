//! Student's t tests.

use crate::stats::distributions::student_t;
use crate::stats::record::{Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};
use crate::stats::sample::{Sample, finite};

/// The default for two groups.
pub const WELCH: Method =
    Method { id: "t_test.welch", name: "Welch t test", convention: "variances not assumed equal" };
/// The same variance in both groups.
pub const POOLED: Method =
    Method { id: "t_test.pooled", name: "pooled t test", convention: "variances assumed equal" };
/// Two measurements of the same units.
pub const PAIRED: Method = Method { id: "t_test.paired", name: "paired t test", convention: "" };
/// One group against a value.
pub const ONE_SAMPLE: Method = Method { id: "t_test.one_sample", name: "one-sample t test", convention: "" };

/// What is assumed of two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Variances {
    /// Each group has its own (Welch 1947, Satterthwaite's degrees of freedom).
    #[default]
    Separate,
    /// Both have the same.
    Pooled,
}

/// A t test with what it estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct TTest {
    /// The difference of means, or the mean of one sample.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Statistic, degrees of freedom and p-value.
    pub test: Test,
    /// Interval for the estimate; one limit is infinite for a one-sided test.
    pub interval: Interval,
}

/// Tests whether two independent samples have the same mean; the estimate is first minus second.
///
/// # Errors
/// `TooFew` below two observations in a sample, `NoVariation` if neither sample varies.
///
/// # Examples
///
/// ```
/// use canvass::stats::parametric::t_test::{Variances, two_samples};
/// use canvass::stats::sample::Sample;
/// use canvass::stats::{ConfidenceLevel, Which};
///
/// let first = Sample::from_values(&[1_000_001.0, 1_000_002.0, 1_000_004.0])?;
/// let second = Sample::from_values(&[1_000_003.0, 1_000_005.0, 1_000_009.0])?;
/// let welch = two_samples(&first, &second, Variances::Separate, Which::Greater, ConfidenceLevel::P95)?;
/// // Reference case parametric-0046.
/// assert!((welch.test.p - 0.904_315_140_767_895_5).abs() < 1e-10);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn two_samples(
    first: &Sample,
    second: &Sample,
    variances: Variances,
    which: Which,
    level: ConfidenceLevel,
) -> Computed<TTest> {
    let (v1, v2) = (first.variance()?, second.variance()?);
    if first.is_constant() && second.is_constant() {
        return Err(NotComputed::NoVariation);
    }
    let (n1, n2) = (first.size(), second.size());
    let estimate = finite(first.mean()? - second.mean()?)?;
    match variances {
        Variances::Separate => {
            let (e1, e2) = (v1 / n1, v2 / n2);
            // As shares, so that squares of very small or large variances stay in range.
            let (s1, s2) = (e1 / (e1 + e2), e2 / (e1 + e2));
            let df = 1.0 / (s1 * s1 / (n1 - 1.0) + s2 * s2 / (n2 - 1.0));
            let standard_error = above_rounding((e1 + e2).sqrt(), first, second)?;
            evaluate(estimate, 0.0, standard_error, df, which, level, WELCH)
        }
        Variances::Pooled => {
            let df = n1 + n2 - 2.0;
            let pooled = (first.sum_of_squares()? + second.sum_of_squares()?) / df;
            let standard_error = above_rounding((pooled * (1.0 / n1 + 1.0 / n2)).sqrt(), first, second)?;
            evaluate(estimate, 0.0, standard_error, df, which, level, POOLED)
        }
    }
}

/// Tests whether the mean difference within pairs is 0; `differences` holds first minus second.
///
/// # Errors
/// `TooFew` below two pairs, `NoVariation` if all differences are equal.
pub fn paired(differences: &Sample, which: Which, level: ConfidenceLevel) -> Computed<TTest> {
    about_mean(differences, 0.0, which, level, PAIRED)
}

/// Tests whether a sample's mean is `mu`; estimate and interval are those of the mean itself.
///
/// # Errors
/// `TooFew` below two observations, `NoVariation` if all are equal, `Invalid` if `mu` is not finite.
pub fn one_sample(sample: &Sample, mu: f64, which: Which, level: ConfidenceLevel) -> Computed<TTest> {
    if !mu.is_finite() {
        return Err(NotComputed::invalid("the mean tested is a finite number"));
    }
    about_mean(sample, mu, which, level, ONE_SAMPLE)
}

/// The differences of pairs that are complete, first minus second, and the number left out.
///
/// # Errors
/// `Invalid` if both lists differ in length or a value is not finite.
pub fn differences(first: &[Option<f64>], second: &[Option<f64>]) -> Computed<(Sample, u64)> {
    if first.len() != second.len() {
        return Err(NotComputed::invalid("paired lists have the same length"));
    }
    let complete: Vec<f64> = first.iter().zip(second).filter_map(|(a, b)| Some((*a)? - (*b)?)).collect();
    let left_out = (first.len() - complete.len()) as u64;
    Ok((Sample::from_values(&complete)?, left_out))
}

fn about_mean(
    sample: &Sample,
    mu: f64,
    which: Which,
    level: ConfidenceLevel,
    method: Method,
) -> Computed<TTest> {
    let variance = sample.variance()?;
    if sample.is_constant() {
        return Err(NotComputed::NoVariation);
    }
    let standard_error = above_rounding((variance / sample.size()).sqrt(), sample, sample)?;
    evaluate(sample.mean()?, mu, standard_error, sample.size() - 1.0, which, level, method)
}

/// The standard error, unless it is only the rounding of the means: 0.3 - 0.2 and 0.2 - 0.1 are one difference.
fn above_rounding(standard_error: f64, first: &Sample, second: &Sample) -> Computed<f64> {
    let scale = first.mean()?.abs().max(second.mean()?.abs());
    if standard_error > 10.0 * f64::EPSILON * scale {
        Ok(standard_error)
    } else {
        Err(NotComputed::NoVariation)
    }
}

/// The test of `estimate - null` with its interval about the estimate.
fn evaluate(
    estimate: f64,
    null: f64,
    standard_error: f64,
    df: f64,
    which: Which,
    level: ConfidenceLevel,
    method: Method,
) -> Computed<TTest> {
    let t = finite((estimate - null) / standard_error)?;
    let df = finite(df)?;
    let p = match which {
        Which::TwoSided => student_t::two_sided(t, df),
        Which::Greater => student_t::sf(t, df),
        Which::Less => student_t::cdf(t, df),
    };
    let reach = |tail: f64| student_t::upper_quantile(tail, df) * standard_error;
    let alpha = level.alpha();
    let (low, high) = match which {
        Which::TwoSided => (estimate - reach(0.5 * alpha), estimate + reach(0.5 * alpha)),
        Which::Greater => (estimate - reach(alpha), f64::INFINITY),
        Which::Less => (f64::NEG_INFINITY, estimate + reach(alpha)),
    };
    let test = Test { statistic: Some(t), df: vec![df], p, which, method, cautions: Vec::new() };
    Ok(TTest { estimate, standard_error, test, interval: Interval { low, high, level, method } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(values: &[f64]) -> Sample {
        Sample::from_values(values).unwrap()
    }

    #[test]
    fn two_pairs_by_hand() {
        // Differences 3 and 1: mean 2, standard error 1, t = 2 on 1 df; p = 1 - (2/pi) atan 2.
        let (differences, left_out) =
            differences(&[Some(5.0), Some(4.0), None], &[Some(2.0), Some(3.0), Some(1.0)]).unwrap();
        assert_eq!(left_out, 1);
        let result = paired(&differences, Which::TwoSided, ConfidenceLevel::P95).unwrap();
        assert!((result.test.statistic.unwrap() - 2.0).abs() < 1e-15);
        let p = 1.0 - 2.0 / std::f64::consts::PI * libm::atan(2.0);
        assert!((result.test.p - p).abs() < 1e-15);
    }

    #[test]
    fn equal_sizes_and_variances_make_both_tests_equal() {
        let (x, y) = (sample(&[1.0, 2.0, 4.0]), sample(&[6.0, 7.0, 9.0]));
        let welch = two_samples(&x, &y, Variances::Separate, Which::Less, ConfidenceLevel::P95).unwrap();
        let pooled = two_samples(&x, &y, Variances::Pooled, Which::Less, ConfidenceLevel::P95).unwrap();
        assert!((welch.test.p - pooled.test.p).abs() < 1e-15);
        assert!((welch.test.df[0] - 4.0).abs() < 1e-14);
        assert!(welch.interval.low.is_infinite() && welch.interval.high < 0.0);
    }

    #[test]
    fn what_cannot_be_tested() {
        let (constant, varied) = (sample(&[3.0, 3.0]), sample(&[1.0, 2.0]));
        let test = |x: &Sample, y: &Sample| {
            two_samples(x, y, Variances::Separate, Which::TwoSided, ConfidenceLevel::P95)
        };
        assert_eq!(test(&constant, &constant), Err(NotComputed::NoVariation));
        assert!(test(&constant, &varied).is_ok());
        assert!(matches!(test(&sample(&[1.0]), &varied), Err(NotComputed::TooFew { .. })));
        assert!(one_sample(&varied, f64::NAN, Which::TwoSided, ConfidenceLevel::P95).is_err());
        assert!(differences(&[None], &[]).is_err());
        // Two differences of 0.1, apart by rounding only.
        let (rounding, _) = differences(&[Some(0.3), Some(0.2)], &[Some(0.2), Some(0.1)]).unwrap();
        assert!(!rounding.is_constant());
        assert_eq!(paired(&rounding, Which::TwoSided, ConfidenceLevel::P95), Err(NotComputed::NoVariation));
    }
}
