//! Beta distribution with shapes `a > 0`, `b > 0`.

use crate::stats::root;

use super::incomplete::{self, Tails, beta_power};

/// P(X <= x).
pub fn cdf(x: f64, a: f64, b: f64) -> f64 {
    tails(x, a, b).lower
}

/// P(X > x).
pub fn sf(x: f64, a: f64, b: f64) -> f64 {
    tails(x, a, b).upper
}

/// The `x` with P(X <= x) = `p`.
pub fn quantile(p: f64, a: f64, b: f64) -> f64 {
    quantile_pair(p, 1.0 - p, a, b).0
}

/// The `x` with P(X > x) = `q`; keeps the digits of a small `q`.
pub fn upper_quantile(q: f64, a: f64, b: f64) -> f64 {
    quantile_pair(1.0 - q, q, a, b).0
}

/// The `x` with P(X <= x) = `p` and P(X > x) = `q = 1 - p`, together with `1 - x`, both with full relative precision.
///
/// Taking `p` and `q` apart lets the caller give the smaller of the two exactly.
pub fn quantile_pair(p: f64, q: f64, a: f64, b: f64) -> (f64, f64) {
    let valid = (0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q) && a > 0.0 && b > 0.0;
    if !valid || !a.is_finite() || !b.is_finite() {
        return (f64::NAN, f64::NAN);
    }
    if p == 0.0 {
        return (0.0, 1.0);
    }
    if q == 0.0 {
        return (1.0, 0.0);
    }
    let half = incomplete::beta(0.5, 0.5, a, b);
    let root_is_below_half = if p <= q { half.lower >= p } else { half.upper <= q };
    if root_is_below_half {
        let x = small_root(p, q, a, b);
        (x, 1.0 - x)
    } else {
        let y = small_root(q, p, b, a);
        (1.0 - y, y)
    }
}

/// Both tails at `x`.
pub fn tails(x: f64, a: f64, b: f64) -> Tails {
    if x.is_nan() {
        return Tails::NAN;
    }
    let x = x.clamp(0.0, 1.0);
    incomplete::beta(x, 1.0 - x, a, b)
}

/// The quantile where it is known to lie in (0, 1/2]: on the logarithm of both, then polished.
fn small_root(p: f64, q: f64, a: f64, b: f64) -> f64 {
    let by_lower = p <= q;
    let ln_target = libm::log(if by_lower { p } else { q });
    let miss = |ln_x: f64| {
        let x = libm::exp(ln_x);
        let at = incomplete::beta(x, 1.0 - x, a, b);
        if by_lower { libm::log(at.lower) - ln_target } else { ln_target - libm::log(at.upper) }
    };
    // exp(-745) is the smallest number above 0; a quantile below it is 0.
    let (lowest, highest) = (-745.0, -std::f64::consts::LN_2);
    let Some(ln_x) = root::bracketed(lowest, highest, |u| finite(miss(u))) else {
        return if miss(highest) <= 0.0 { 0.5 } else { 0.0 };
    };
    let mut x = libm::exp(ln_x);
    for _ in 0..2 {
        let at = incomplete::beta(x, 1.0 - x, a, b);
        let miss = if by_lower { at.lower - p } else { q - at.upper };
        let slope = beta_power(x, 1.0 - x, a, b) / (1.0 - x);
        // Relative step, so that a density near infinity or 0 cannot throw the root off.
        let step = miss / slope;
        if step.is_finite() && step.abs() < 1e-6 {
            x *= 1.0 - step;
        }
    }
    x
}

/// Logarithms of 0 as a very large number, so that interpolation has something to work with.
fn finite(value: f64) -> f64 {
    value.clamp(-1e300, 1e300)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcsine_quantile_is_a_closed_form() {
        // For a = b = 1/2 the quantile is sin^2(pi p / 2).
        for p in [1e-12, 0.025, 0.5, 0.9, 0.999] {
            let s = libm::sin(std::f64::consts::FRAC_PI_2 * p);
            let got = quantile(p, 0.5, 0.5);
            assert!((got - s * s).abs() <= 1e-14 * s * s, "{got} {}", s * s);
        }
    }

    #[test]
    fn ends_and_nonsense() {
        assert!(quantile(0.0, 2.0, 3.0).abs() < f64::MIN_POSITIVE);
        assert!((quantile(1.0, 2.0, 3.0) - 1.0).abs() < f64::EPSILON);
        assert!(quantile(1.5, 2.0, 3.0).is_nan());
        assert!(quantile(0.5, -2.0, 3.0).is_nan());
    }

    #[test]
    fn quantile_inverts_the_tails() {
        for (a, b) in [(1.0, 14.0), (0.5, 22.5), (500.0, 3.0), (1e6, 2e6), (0.4, 0.2)] {
            for p in [1e-10, 0.025, 0.5, 0.975] {
                let (x, y) = quantile_pair(p, 1.0 - p, a, b);
                let at = incomplete::beta(x, y, a, b);
                assert!((at.lower - p).abs() <= 1e-12 * p, "a {a} b {b} p {p} -> {}", at.lower);
            }
        }
    }
}
