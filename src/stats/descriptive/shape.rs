//! Skewness and excess kurtosis.

use crate::stats::record::{Computed, Method, NotComputed};
use crate::stats::sample::{Sample, finite};

/// Third standardised moment.
pub const SKEWNESS: Method = Method {
    id: "skewness",
    name: "skewness",
    convention: "type 2 (G1: SAS, SPSS, Excel) unless another is named",
};
/// Fourth standardised moment, less 3.
pub const KURTOSIS: Method = Method {
    id: "kurtosis_excess",
    name: "excess kurtosis",
    convention: "type 2 (G2: SAS, SPSS, Excel) unless another is named",
};

/// Which estimator, numbered as by Joanes & Gill (1998).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum MomentType {
    /// g: moments with divisor `n` (SciPy's default).
    Type1,
    /// G: unbiased under normality (SAS, SPSS, Excel).
    #[default]
    Type2,
    /// b: moments with divisor `n` over the standard deviation with divisor `n - 1` (e1071, psych).
    Type3,
}

/// Skewness.
///
/// # Errors
/// `TooFew` below 2 observations (3 for type 2), `NoVariation` if all are equal.
pub fn skewness(sample: &Sample, kind: MomentType) -> Computed<f64> {
    check_size(sample, if kind == MomentType::Type2 { 3 } else { 2 })?;
    let n = sample.size();
    let [m2, m3, _] = central_moments(sample)?;
    let g = m3 / (m2 * m2.sqrt());
    finite(match kind {
        MomentType::Type1 => g,
        MomentType::Type2 => g * (n * (n - 1.0)).sqrt() / (n - 2.0),
        MomentType::Type3 => g * ((n - 1.0) / n) * ((n - 1.0) / n).sqrt(),
    })
}

/// Kurtosis less the 3 of a normal distribution.
///
/// # Errors
/// `TooFew` below 2 observations (4 for type 2), `NoVariation` if all are equal.
pub fn excess_kurtosis(sample: &Sample, kind: MomentType) -> Computed<f64> {
    check_size(sample, if kind == MomentType::Type2 { 4 } else { 2 })?;
    let n = sample.size();
    let [m2, _, m4] = central_moments(sample)?;
    let g = m4 / (m2 * m2) - 3.0;
    finite(match kind {
        MomentType::Type1 => g,
        MomentType::Type2 => (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g + 6.0),
        MomentType::Type3 => (g + 3.0) * ((n - 1.0) / n) * ((n - 1.0) / n) - 3.0,
    })
}

fn check_size(sample: &Sample, needed: u64) -> Computed<()> {
    if sample.n() < needed {
        Err(NotComputed::TooFew { needed, found: sample.n() })
    } else if sample.is_constant() {
        Err(NotComputed::NoVariation)
    } else {
        Ok(())
    }
}

/// Second, third and fourth central moments with divisor `n`, on a scale where the largest deviation is 1, so that no
/// power overflows or vanishes: the standardised moments are the same.
fn central_moments(sample: &Sample) -> Computed<[f64; 3]> {
    let mean = sample.mean()?;
    let scale = sample.points().iter().map(|point| (point.value - mean).abs()).fold(0.0, f64::max);
    let scale = finite(scale)?;
    let deviation = |value: f64| (value - mean) / scale;
    let n = sample.size();
    Ok([2, 3, 4].map(|power| sample.sum_of(|value| deviation(value).powi(power)) / n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_one_four_by_hand() {
        // Mean 2, deviations -1, -1, 2: m2 = 2, m3 = 2, m4 = 6.
        let sample = Sample::from_values(&[1.0, 4.0, 1.0]).unwrap();
        assert!((skewness(&sample, MomentType::Type1).unwrap() - 0.5_f64.sqrt()).abs() < 1e-15);
        assert!((skewness(&sample, MomentType::Type2).unwrap() - 3.0_f64.sqrt()).abs() < 1e-15);
        assert!((excess_kurtosis(&sample, MomentType::Type1).unwrap() + 1.5).abs() < 1e-15);
        assert!(matches!(
            excess_kurtosis(&sample, MomentType::Type2),
            Err(NotComputed::TooFew { needed: 4, found: 3 })
        ));
    }

    #[test]
    fn equal_values_and_large_values() {
        let constant = Sample::from_counts(&[(0.1, 7)]).unwrap();
        assert_eq!(skewness(&constant, MomentType::Type2), Err(NotComputed::NoVariation));
        let (small, large) =
            (Sample::from_values(&[1.0, 4.0, 1.0]), Sample::from_values(&[1e200, 4e200, 1e200]));
        let both = [small, large].map(|sample| skewness(&sample.unwrap(), MomentType::Type1).unwrap());
        assert!((both[0] - both[1]).abs() < 1e-14);
    }
}
