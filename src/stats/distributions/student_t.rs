//! Student's t distribution; `df > 0` may be fractional, or infinite for the normal limit.

use super::special::ln_beta;
use super::{beta, incomplete, normal};

/// Beyond this many degrees of freedom the normal distribution is closer than rounding.
const NORMAL_FROM: f64 = 1e17;

/// P(T <= t).
pub fn cdf(t: f64, df: f64) -> f64 {
    sf(-t, df)
}

/// P(T > t).
pub fn sf(t: f64, df: f64) -> f64 {
    if df >= NORMAL_FROM {
        return normal::sf(t);
    }
    let outside = 0.5 * two_sided(t, df);
    if t >= 0.0 { outside } else { 1.0 - outside }
}

/// P(|T| > |t|).
pub fn two_sided(t: f64, df: f64) -> f64 {
    if df.is_nan() || df <= 0.0 || t.is_nan() {
        return f64::NAN;
    }
    if df >= NORMAL_FROM {
        return normal::two_sided(t);
    }
    if t.is_infinite() {
        return 0.0;
    }
    let scaled = t.abs() / df.sqrt();
    if scaled > 1e150 {
        // The square would overflow; the first term of the tail is all that is left of it.
        return libm::exp(-df * libm::log(scaled) - ln_beta(0.5 * df, 0.5) - libm::log(0.5 * df));
    }
    // x = df / (df + t^2) and its complement, each without cancellation.
    let ratio = scaled * scaled;
    incomplete::beta(1.0 / (1.0 + ratio), ratio / (1.0 + ratio), 0.5 * df, 0.5).lower
}

/// The `t` with P(T <= t) = `p`.
pub fn quantile(p: f64, df: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    // The outer and the inner probability of |T|, whichever is small being exact.
    let outside = 2.0 * p.min(1.0 - p);
    let inside = (1.0 - 2.0 * p).abs();
    let size = if df >= NORMAL_FROM { normal::quantile(p).abs() } else { size(outside, inside, df) };
    if p < 0.5 { -size } else { size }
}

/// The `t` with P(T > t) = `q`; keeps the digits of a small `q`.
pub fn upper_quantile(q: f64, df: f64) -> f64 {
    -quantile(q, df)
}

/// The `t >= 0` with P(|T| > t) = `outside` and P(|T| <= t) = `inside`.
fn size(outside: f64, inside: f64, df: f64) -> f64 {
    if outside == 0.0 {
        return f64::INFINITY;
    }
    let (x, y) = beta::quantile_pair(outside.min(1.0), inside, 0.5 * df, 0.5);
    df.sqrt() * (y.sqrt() / x.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    #[test]
    fn one_and_two_degrees_of_freedom_are_closed_forms() {
        for p in [1e-8, 0.01, 0.3, 0.499_999, 0.9, 0.995] {
            let cauchy = if p < 0.3 { -1.0 / libm::tan(PI * p) } else { libm::tan(PI * (p - 0.5)) };
            assert!((quantile(p, 1.0) - cauchy).abs() <= 2e-14 * cauchy.abs(), "p {p}");
            let two = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            assert!((quantile(p, 2.0) - two).abs() <= 2e-14 * two.abs(), "p {p}");
        }
    }

    #[test]
    fn very_many_degrees_of_freedom_meet_the_normal() {
        for t in [0.1, 1.0, 5.0] {
            let (big, limit) = (sf(t, 1e12), normal::sf(t));
            assert!((big - limit).abs() <= 1e-9 * limit, "{big} {limit}");
            assert!((sf(t, f64::INFINITY) - limit).abs() <= 1e-15 * limit);
        }
    }

    #[test]
    fn extremes_stay_in_range() {
        assert!(two_sided(1e300, 1.0) > 0.0);
        assert!((two_sided(0.0, 5.0) - 1.0).abs() < 1e-15);
        assert!(sf(1.0, -1.0).is_nan());
        assert!(quantile(0.0, 5.0).is_infinite());
        assert!(quantile(0.5, 5.0).abs() < 1e-300);
    }
}
