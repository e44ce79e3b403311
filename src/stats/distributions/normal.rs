//! Standard normal distribution.

use std::f64::consts::SQRT_2;

use statrs::function::erf::erfc_inv;

use super::special::LN_SQRT_2PI;

/// What the nearest `f64` lacks of the square root of 2.
const SQRT_2_REST: f64 = -9.667_293_313_452_913e-17;

/// Density at `x`.
pub fn pdf(x: f64) -> f64 {
    libm::exp(-0.5 * x * x - LN_SQRT_2PI)
}

/// P(Z <= x).
pub fn cdf(x: f64) -> f64 {
    sf(-x)
}

/// P(Z > x).
pub fn sf(x: f64) -> f64 {
    if x.is_infinite() {
        return if x > 0.0 { 0.0 } else { 1.0 };
    }
    let scaled = x / SQRT_2;
    // Far out the rounding of x / sqrt(2), and of sqrt(2) itself, would be felt: add their first-order effect.
    let error = -(scaled.mul_add(SQRT_2, -x) + scaled * SQRT_2_REST) / SQRT_2;
    0.5 * libm::erfc(scaled) - error * SQRT_2 * pdf(x)
}

/// P(|Z| > |z|).
pub fn two_sided(z: f64) -> f64 {
    (2.0 * sf(z.abs())).min(1.0)
}

/// Natural logarithm of P(Z <= x), finite far below where the probability itself underflows.
pub fn ln_cdf(x: f64) -> f64 {
    if x > 0.0 {
        return libm::log1p(-sf(x));
    }
    if x > -30.0 {
        return libm::log(cdf(x));
    }
    if x.is_infinite() {
        return f64::NEG_INFINITY;
    }
    // 1 - 1/x^2 + 3/x^4 - 15/x^6 + …: eight terms leave less than 1e-17 at x = -30.
    let inverse_square = 1.0 / (x * x);
    let mut term = 1.0;
    let mut sum = 0.0;
    for k in 1..8 {
        term *= -inverse_square * f64::from(2 * k - 1);
        sum += term;
    }
    -0.5 * x * x - LN_SQRT_2PI - libm::log(-x) + libm::log1p(sum)
}

/// The `x` with P(Z <= x) = `p`: -inf at 0, +inf at 1.
///
/// By the inverse complementary error function of statrs and one Newton step on the tail, which gains the last digits
/// far out.
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    match p.total_cmp(&0.5) {
        std::cmp::Ordering::Less => -of_tail(p),
        std::cmp::Ordering::Equal => 0.0,
        std::cmp::Ordering::Greater => of_tail(1.0 - p),
    }
}

/// The `x` with P(Z > x) = `q`, for `q` below a half.
fn of_tail(q: f64) -> f64 {
    let x = SQRT_2 * erfc_inv(2.0 * q);
    let density = pdf(x);
    if density > 0.0 { x + (sf(x) - q) / density } else { x }
}

/// The `x` with P(Z > x) = `q`; keeps the digits of a small `q`.
pub fn upper_quantile(q: f64) -> f64 {
    -quantile(q)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64, relative: f64) {
        assert!((got - expected).abs() <= relative * expected.abs(), "{got} instead of {expected}");
    }

    #[test]
    fn tails_from_mpmath() {
        // mpmath 1.3, mp.dps = 40: ncdf(-x).
        close(sf(1.0), 0.158_655_253_931_457_05, 2e-16);
        close(sf(5.0), 2.866_515_718_791_939e-7, 4e-16);
        close(sf(20.0), 2.753_624_118_606_233_7e-89, 4e-16);
        close(sf(37.0), 5.725_571_222_524_577e-300, 4e-15);
        close(cdf(3.0), 0.998_650_101_968_369_9, 2e-16);
    }

    #[test]
    fn logarithm_continues_beyond_underflow() {
        for x in [-1.0, -10.0, -29.99, -30.0, -35.0] {
            close(ln_cdf(x), libm::log(cdf(x)), 1e-15);
        }
        // mpmath 1.3, mp.dps = 40: log(ncdf(-40)).
        close(ln_cdf(-40.0), -804.608_442_013_753_8, 1e-15);
        assert!(ln_cdf(-1e5) < -4e9);
        close(ln_cdf(9.0), -sf(9.0), 1e-12);
    }

    #[test]
    fn quantile_inverts_both_tails() {
        for p in [1e-300, 1e-20, 1e-10, 0.001, 0.025, 0.074, 0.076, 0.3, 0.5, 0.7, 0.975] {
            close(cdf(quantile(p)), p, 1e-13);
        }
        close(quantile(0.975), 1.959_963_984_540_054_2, 4e-16);
        assert!(quantile(-0.1).is_nan() && quantile(f64::NAN).is_nan());
        assert!(quantile(0.0).is_infinite() && quantile(1.0).is_infinite());
    }
}
