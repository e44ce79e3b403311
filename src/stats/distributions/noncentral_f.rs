//! Noncentral F distribution with `df1, df2 > 0` and noncentrality `0 <= ncp <= 2e9` in the numerator.

use super::incomplete::{self, beta_power};
use super::poisson_mixture as mixture;

/// P(X <= x).
pub fn cdf(x: f64, df1: f64, df2: f64, ncp: f64) -> f64 {
    match Point::new(x, df1, df2, ncp) {
        None => f64::NAN,
        Some(_) if x <= 0.0 => 0.0,
        Some(_) if x.is_infinite() => 1.0,
        Some(at) => mixture::lower(0.5 * ncp, |j| at.central(j).lower, |j| at.drop(j)),
    }
}

/// P(X > x).
pub fn sf(x: f64, df1: f64, df2: f64, ncp: f64) -> f64 {
    match Point::new(x, df1, df2, ncp) {
        None => f64::NAN,
        Some(_) if x <= 0.0 => 1.0,
        Some(_) if x.is_infinite() => 0.0,
        Some(at) => mixture::upper(0.5 * ncp, |j| at.central(j).upper, |j| at.drop(j)),
    }
}

/// The abscissa as a share of variance, and the two beta shapes.
struct Point {
    share: f64,
    rest: f64,
    a: f64,
    b: f64,
}

impl Point {
    fn new(x: f64, df1: f64, df2: f64, ncp: f64) -> Option<Self> {
        let valid = df1 > 0.0 && df2 > 0.0 && df1.is_finite() && df2.is_finite() && ncp >= 0.0;
        if !valid || x.is_nan() {
            return None;
        }
        let ratio = x.max(0.0) * (df1 / df2);
        Some(Self { share: ratio / (1.0 + ratio), rest: 1.0 / (1.0 + ratio), a: 0.5 * df1, b: 0.5 * df2 })
    }

    fn central(&self, j: f64) -> incomplete::Tails {
        incomplete::beta(self.share, self.rest, self.a + j, self.b)
    }

    /// `I(a + j, b) - I(a + j + 1, b)`.
    fn drop(&self, j: f64) -> f64 {
        beta_power(self.share, self.rest, self.a + j, self.b) / (self.a + j)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::distributions::fisher_f;

    #[test]
    fn without_noncentrality_it_is_f() {
        for x in [0.1, 1.0, 4.0, 60.0] {
            let (lower, upper) = (fisher_f::cdf(x, 2.0, 10.0), fisher_f::sf(x, 2.0, 10.0));
            assert!((cdf(x, 2.0, 10.0, 0.0) - lower).abs() <= 1e-13 * lower);
            assert!((sf(x, 2.0, 10.0, 0.0) - upper).abs() <= 1e-13 * upper);
        }
    }

    #[test]
    fn tails_add_to_one() {
        for (x, df1, df2, ncp) in [(2.0, 3.0, 12.0, 5.0), (9.0, 1.0, 40.0, 100.0), (1.0, 4.0, 4.0, 3000.0)] {
            let sum = cdf(x, df1, df2, ncp) + sf(x, df1, df2, ncp);
            assert!((sum - 1.0).abs() < 1e-12, "{sum}");
        }
    }

    #[test]
    fn nonsense_is_nan() {
        assert!(cdf(1.0, 2.0, 2.0, -1.0).is_nan() && sf(f64::NAN, 2.0, 2.0, 1.0).is_nan());
    }
}
