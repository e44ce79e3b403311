//! Noncentral t distribution: `(Z + ncp) / s`, where `s^2` is chi-squared over its `df` degrees of freedom.
//!
//! Both tails come from the mixture over `s`, a smooth positive integral, so they keep their relative precision far out,
//! where the usual series (AS 243) holds only absolute precision.

use crate::stats::root;

use super::normal;
use super::special::LN_SQRT_2PI;
use super::trapezoid::{self, LnScale};

/// P(T <= x).
pub fn cdf(x: f64, df: f64, ncp: f64) -> f64 {
    if df.is_nan() || df <= 0.0 || x.is_nan() || !ncp.is_finite() {
        return f64::NAN;
    }
    if x.is_infinite() {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    if df.is_infinite() {
        return normal::cdf(x - ncp);
    }
    if x == 0.0 {
        return normal::cdf(-ncp);
    }
    let scale = LnScale::new(df);
    let ln_integrand = |v: f64| scale.ln_density(v) + normal::ln_cdf(x * libm::exp(v) - ncp);
    let peak = peak(x, df, ncp);
    trapezoid::integral(peak, width(peak, x, df, ncp), ln_integrand).min(1.0)
}

/// P(T > x).
pub fn sf(x: f64, df: f64, ncp: f64) -> f64 {
    cdf(-x, df, -ncp)
}

/// The integrand is log-concave in `s = e^v`, so its logarithm has one stationary point.
fn peak(x: f64, df: f64, ncp: f64) -> f64 {
    root::bracketed(-300.0, 300.0, |v| {
        let s = libm::exp(v);
        -df * libm::expm1(2.0 * v) + x * s * inverse_mills(x * s - ncp)
    })
    .unwrap_or(0.0)
}

/// The scale of the peak from the second derivative, never wider than the chi density lets it be analytic.
fn width(v: f64, x: f64, df: f64, ncp: f64) -> f64 {
    let s = libm::exp(v);
    let u = x * s - ncp;
    let r = inverse_mills(u);
    let curvature = 2.0 * df * s * s - x * s * r * (1.0 - x * s * (u + r));
    if curvature > 4.0 { 1.0 / curvature.sqrt() } else { 0.5 }
}

/// `pdf(u) / cdf(u)`.
fn inverse_mills(u: f64) -> f64 {
    if u < -1e6 {
        return -u;
    }
    libm::exp(-0.5 * u * u - LN_SQRT_2PI - normal::ln_cdf(u))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::distributions::student_t;

    #[test]
    fn without_noncentrality_it_is_student_t() {
        for df in [0.5, 1.0, 3.0, 21.37, 400.0, 1e6] {
            for t in [-30.0, -2.0, 0.1, 1.0, 8.0] {
                let (got, expected) = (cdf(t, df, 0.0), student_t::cdf(t, df));
                assert!((got - expected).abs() <= 2e-12 * expected, "df {df} t {t}: {got} {expected}");
            }
        }
    }

    #[test]
    fn tails_add_to_one() {
        for (t, df, ncp) in
            [(5.0, 14.0, 3.0), (30.0, 40.0, 25.0), (-1.0, 2.0, 4.0), (0.0, 3.0, 1.0), (2.0, 1.0, -40.0)]
        {
            let sum = cdf(t, df, ncp) + sf(t, df, ncp);
            assert!((sum - 1.0).abs() < 1e-13, "{t} {df} {ncp}: {sum}");
        }
    }

    #[test]
    fn far_tails_keep_their_digits() {
        // mpmath 1.3, mp.dps = 50: quadrature of the same mixture.
        let tail = sf(12.0, 100.0, 3.0);
        assert!((tail / 1.263_854_524_202_374_2e-12 - 1.0).abs() < 1e-13, "{tail:e}");
        let tail = cdf(1.0, 30.0, 9.0);
        assert!((tail / 1.009_969_282_551_175_2e-15 - 1.0).abs() < 1e-13, "{tail:e}");
    }

    #[test]
    fn ends_and_nonsense() {
        assert!(cdf(f64::NEG_INFINITY, 3.0, 1.0).abs() < 1e-300);
        assert!((cdf(1.0, f64::INFINITY, 1.0) - 0.5).abs() < 1e-16);
        assert!(cdf(1.0, 0.0, 1.0).is_nan() && cdf(1.0, 2.0, f64::INFINITY).is_nan());
    }
}
