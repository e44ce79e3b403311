//! Noncentral chi-squared distribution with `df > 0` and noncentrality `0 <= ncp <= 2e9`.

use super::chi_squared;
use super::poisson_mixture as mixture;
use super::special::poisson_density;

/// P(X <= x).
pub fn cdf(x: f64, df: f64, ncp: f64) -> f64 {
    if !is_valid(x, df, ncp) {
        return f64::NAN;
    }
    if x <= 0.0 || x.is_infinite() {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    mixture::lower(
        0.5 * ncp,
        |j| chi_squared::cdf(x, df + 2.0 * j),
        |j| poisson_density(0.5 * df + j, 0.5 * x),
    )
}

/// P(X > x).
pub fn sf(x: f64, df: f64, ncp: f64) -> f64 {
    if !is_valid(x, df, ncp) {
        return f64::NAN;
    }
    if x <= 0.0 || x.is_infinite() {
        return if x > 0.0 { 0.0 } else { 1.0 };
    }
    mixture::upper(
        0.5 * ncp,
        |j| chi_squared::sf(x, df + 2.0 * j),
        |j| poisson_density(0.5 * df + j, 0.5 * x),
    )
}

fn is_valid(x: f64, df: f64, ncp: f64) -> bool {
    df > 0.0 && df.is_finite() && ncp >= 0.0 && !x.is_nan()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_noncentrality_it_is_chi_squared() {
        for x in [0.1, 3.0, 40.0, 300.0] {
            let (lower, upper) = (chi_squared::cdf(x, 4.0), chi_squared::sf(x, 4.0));
            assert!((cdf(x, 4.0, 0.0) - lower).abs() <= 1e-13 * lower);
            assert!((sf(x, 4.0, 0.0) - upper).abs() <= 1e-13 * upper);
        }
    }

    #[test]
    fn tails_add_to_one() {
        for (x, df, ncp) in [(10.0, 3.0, 5.0), (60.0, 4.0, 40.0), (1.0, 1.0, 900.0), (9e5, 2.0, 1e6)] {
            let sum = cdf(x, df, ncp) + sf(x, df, ncp);
            assert!((sum - 1.0).abs() < 1e-12, "{sum}");
        }
    }

    #[test]
    fn nonsense_is_nan() {
        assert!(
            cdf(1.0, 2.0, -1.0).is_nan() && cdf(1.0, 2.0, f64::NAN).is_nan() && cdf(1.0, -2.0, 1.0).is_nan()
        );
    }
}
