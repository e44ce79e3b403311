//! Chi-squared distribution, `df > 0`.

use crate::stats::root;

use super::incomplete::{self, Tails};
use super::normal;

/// P(X <= x).
pub fn cdf(x: f64, df: f64) -> f64 {
    tails(x, df).lower
}

/// P(X > x).
pub fn sf(x: f64, df: f64) -> f64 {
    tails(x, df).upper
}

/// The `x` with P(X <= x) = `p`.
pub fn quantile(p: f64, df: f64) -> f64 {
    quantile_of(p, 1.0 - p, df)
}

/// The `x` with P(X > x) = `q`; keeps the digits of a small `q`.
pub fn upper_quantile(q: f64, df: f64) -> f64 {
    quantile_of(1.0 - q, q, df)
}

fn tails(x: f64, df: f64) -> Tails {
    if x.is_nan() { Tails::NAN } else { incomplete::gamma(0.5 * df, 0.5 * x.max(0.0)) }
}

fn quantile_of(p: f64, q: f64, df: f64) -> f64 {
    if !((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q) && df > 0.0 && df.is_finite()) {
        return f64::NAN;
    }
    if p == 0.0 {
        return 0.0;
    }
    if q == 0.0 {
        return f64::INFINITY;
    }
    // Wilson & Hilferty's cube as a start.
    let z = if p <= q { normal::quantile(p) } else { normal::upper_quantile(q) };
    let scale = 2.0 / (9.0 * df);
    let cube_root = 1.0 - scale + z * scale.sqrt();
    let guess = if cube_root > 0.1 { df * cube_root * cube_root * cube_root } else { 0.001 * df };
    let ln_target = libm::log(p.min(q));
    root::positive(guess, |x| {
        let at = tails(x, df);
        let miss = if p <= q { libm::log(at.lower) - ln_target } else { ln_target - libm::log(at.upper) };
        miss.clamp(-1e300, 1e300)
    })
    .unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_degrees_of_freedom_are_exponential() {
        for q in [1e-200, 1e-5, 0.05, 0.9] {
            let expected = -2.0 * libm::log(q);
            assert!((upper_quantile(q, 2.0) - expected).abs() <= 1e-14 * expected, "q {q}");
            assert!((sf(expected, 2.0) - q).abs() <= 1e-13 * q);
        }
    }

    #[test]
    fn quantile_inverts_the_distribution() {
        for df in [0.1, 1.0, 4.0, 99.0, 1e6] {
            for p in [1e-9, 0.025, 0.5, 0.975] {
                assert!((cdf(quantile(p, df), df) - p).abs() <= 1e-11 * p, "df {df} p {p}");
            }
        }
    }

    #[test]
    fn below_zero_lies_nothing() {
        assert!(cdf(-1.0, 3.0).abs() < 1e-300);
        assert!((sf(-1.0, 3.0) - 1.0).abs() < 1e-300);
        assert!(sf(1.0, 0.0).is_nan());
    }
}
