//! Shapiro and Wilk's test of normality, by Royston's approximation.

use crate::stats::distributions::normal;
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};
use crate::stats::sample::{Sample, compensated_sum};

/// Descriptive; chooses no test.
pub const SHAPIRO_WILK: Method = Method {
    id: "shapiro_wilk",
    name: "Shapiro-Wilk test",
    convention: "Royston's approximation (AS R94), 3 to 5000 observations; descriptive, chooses no test",
};

/// The largest sample for which Royston's approximation was fitted.
pub const MAX_N: u64 = 5000;

/// Tests whether a sample comes from a normal distribution (Royston 1995, AS R94). The statistic is W.
///
/// # Errors
/// `TooFew` below three observations, `NoVariation` if all are equal, `TooLarge` beyond [`MAX_N`].
pub fn shapiro_wilk(sample: &Sample) -> Computed<Test> {
    let n = sample.n();
    if n < 3 {
        return Err(NotComputed::TooFew { needed: 3, found: n });
    }
    if sample.is_constant() {
        return Err(NotComputed::NoVariation);
    }
    if n > MAX_N {
        return Err(NotComputed::TooLarge { limit: "Shapiro-Wilk test of up to 5000 observations" });
    }
    let complement = one_minus_w(sample)?;
    let mut cautions = Vec::new();
    let n_tied_groups = sample.n_tied_groups();
    if n_tied_groups > 0 {
        cautions.push(Caution::Ties { groups: n_tied_groups });
    }
    Ok(Test {
        statistic: Some(1.0 - complement),
        df: Vec::new(),
        p: upper_tail(complement, n as f64),
        which: Which::TwoSided,
        method: SHAPIRO_WILK,
        cautions,
    })
}

/// `1 - W`, whose logarithm the approximation needs, without the cancellation near W = 1.
fn one_minus_w(sample: &Sample) -> Computed<f64> {
    let n = sample.n();
    let upper = upper_weights(n);
    let values: Vec<f64> =
        sample.points().iter().flat_map(|point| (0..point.count).map(|_| point.value)).collect();
    // The weights are odd about the middle: minus for the lower half, 0 for a middle observation.
    let middle = if n % 2 == 1 { Some(0.0) } else { None };
    let weights: Vec<f64> =
        upper.iter().map(|a| -a).chain(middle).chain(upper.iter().rev().copied()).collect();
    let range =
        values.last().zip(values.first()).map(|(max, min)| max - min).ok_or(NotComputed::EmptyBase)?;
    let mean = sample.mean()?;
    let deviations: Vec<f64> = values.iter().map(|value| (value - mean) / range).collect();
    let square = |list: &[f64]| compensated_sum(list.iter().map(|x| x * x));
    let (of_weights, of_values) = (square(&weights), square(&deviations));
    let product = compensated_sum(weights.iter().zip(&deviations).map(|(a, x)| a * x));
    let norm = (of_weights * of_values).sqrt();
    let complement = (norm - product) * (norm + product) / (of_weights * of_values);
    if complement.is_finite() {
        Ok(complement.clamp(0.0, 1.0))
    } else {
        Err(NotComputed::Undefined("the result is beyond the range of floating-point numbers"))
    }
}

/// The weights of the largest, second largest, … observation.
fn upper_weights(n: u64) -> Vec<f64> {
    const FIRST: [f64; 6] = [0.0, 0.221_157, -0.147_981, -2.071_19, 4.434_685, -2.706_056];
    const SECOND: [f64; 6] = [0.0, 0.042_981, -0.293_762, -1.752_461, 5.682_633, -3.582_633];
    if n == 3 {
        return vec![0.5_f64.sqrt()];
    }
    let size = n as f64;
    // Blom's approximations to the expected normal order statistics, largest first.
    let scores: Vec<f64> =
        (1..=n / 2).map(|i| -normal::quantile((i as f64 - 0.375) / (size + 0.25))).collect();
    let total = 2.0 * compensated_sum(scores.iter().map(|m| m * m));
    let root = 1.0 / size.sqrt();
    let score = |i: usize| scores.get(i).copied().unwrap_or(0.0);
    let a1 = polynomial(&FIRST, root) + score(0) / total.sqrt();
    if n <= 5 {
        let scale = ((total - 2.0 * score(0) * score(0)) / (1.0 - 2.0 * a1 * a1)).sqrt();
        return std::iter::once(a1).chain(scores.iter().skip(1).map(|m| m / scale)).collect();
    }
    let a2 = polynomial(&SECOND, root) + score(1) / total.sqrt();
    let left = total - 2.0 * score(0) * score(0) - 2.0 * score(1) * score(1);
    let scale = (left / (1.0 - 2.0 * a1 * a1 - 2.0 * a2 * a2)).sqrt();
    [a1, a2].into_iter().chain(scores.iter().skip(2).map(|m| m / scale)).collect()
}

/// The p-value: exact for three observations, otherwise a normal tail of a transformed `1 - W`.
fn upper_tail(complement: f64, n: f64) -> f64 {
    const SMALL_MEAN: [f64; 4] = [0.544, -0.399_78, 0.025_054, -6.714e-4];
    const SMALL_SD: [f64; 4] = [1.3822, -0.778_57, 0.062_767, -0.002_032_2];
    const LARGE_MEAN: [f64; 4] = [-1.5861, -0.310_82, -0.083_751, 0.003_891_5];
    const LARGE_SD: [f64; 3] = [-0.4803, -0.082_676, 0.003_030_2];
    if n < 3.5 {
        // W of three observations lies between 3/4 and 1.
        let angle = libm::asin((1.0 - complement).sqrt()) - libm::asin(0.75_f64.sqrt());
        return (6.0 / std::f64::consts::PI * angle).clamp(0.0, 1.0);
    }
    let ln_complement = libm::log(complement);
    let ln_n = libm::log(n);
    let (y, mean, sd) = if n < 11.5 {
        let end = -2.273 + 0.459 * n;
        if ln_complement >= end {
            // Beyond the end of the fitted distribution; R prints 1e-99 here.
            return 1e-99;
        }
        (-libm::log(end - ln_complement), polynomial(&SMALL_MEAN, n), libm::exp(polynomial(&SMALL_SD, n)))
    } else {
        (ln_complement, polynomial(&LARGE_MEAN, ln_n), libm::exp(polynomial(&LARGE_SD, ln_n)))
    };
    normal::sf((y - mean) / sd)
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_observations_are_exact() {
        // Equally spaced: W = 1, p = 1. Two equal: W = 3/4, p = 0.
        let even = shapiro_wilk(&Sample::from_values(&[1.0, 2.0, 3.0]).unwrap()).unwrap();
        assert!((even.statistic.unwrap() - 1.0).abs() < 1e-15 && (even.p - 1.0).abs() < 1e-7);
        let edge = shapiro_wilk(&Sample::from_values(&[1.0, 1.0, 5.0]).unwrap()).unwrap();
        assert!((edge.statistic.unwrap() - 0.75).abs() < 1e-15 && edge.p < 1e-7);
        assert_eq!(edge.cautions, [Caution::Ties { groups: 1 }]);
    }

    #[test]
    fn limits() {
        assert!(shapiro_wilk(&Sample::from_values(&[1.0, 2.0]).unwrap()).is_err());
        assert_eq!(shapiro_wilk(&Sample::from_counts(&[(1.0, 9)]).unwrap()), Err(NotComputed::NoVariation));
        let many = Sample::from_counts(&[(1.0, 4000), (2.0, 4000)]).unwrap();
        assert!(matches!(shapiro_wilk(&many), Err(NotComputed::TooLarge { .. })));
    }

    #[test]
    fn location_and_scale_do_not_matter() {
        let values = [3.1, 0.2, 5.5, 2.2, 9.1, 4.0, 1.7];
        let moved: Vec<f64> = values.iter().map(|x| 1000.0 - 7.0 * x).collect();
        let [a, b] = [&values[..], &moved].map(|v| shapiro_wilk(&Sample::from_values(v).unwrap()).unwrap().p);
        assert!((a - b).abs() < 1e-12);
    }
}
