//! Incomplete gamma and beta functions, regularised, both tails at once.
//!
//! Prefactors are Loader's saddle-point densities, so large arguments lose no digits to differences of log-gammas.

use super::special::{binomial_density, poisson_density};

/// The two regularised tails of a distribution function; the smaller one carries full relative precision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// P(X <= x).
    pub lower: f64,
    /// P(X > x).
    pub upper: f64,
}

impl Tails {
    pub(super) const NAN: Self = Self { lower: f64::NAN, upper: f64::NAN };

    fn from_lower(lower: f64) -> Self {
        let lower = lower.clamp(0.0, 1.0);
        Self { lower, upper: 1.0 - lower }
    }

    fn from_upper(upper: f64) -> Self {
        let upper = upper.clamp(0.0, 1.0);
        Self { lower: 1.0 - upper, upper }
    }
}

/// Bounds the terms of a series or fraction; they grow as the square root of the largest parameter.
const MAX_TERMS: u32 = 2_000_000;

/// Regularised incomplete gamma functions P(a, x) and Q(a, x), `a > 0`, `x >= 0`.
pub fn gamma(a: f64, x: f64) -> Tails {
    if !(a > 0.0 && a.is_finite() && x >= 0.0) {
        return Tails::NAN;
    }
    if x == 0.0 {
        return Tails::from_lower(0.0);
    }
    if x.is_infinite() {
        return Tails::from_upper(0.0);
    }
    if x < a + 1.0 {
        let mut term = 1.0;
        let mut sum = 1.0;
        for n in 1..MAX_TERMS {
            term *= x / (a + f64::from(n));
            sum += term;
            if term <= sum * (0.1 * f64::EPSILON) {
                break;
            }
        }
        Tails::from_lower(poisson_density(a, x) * sum)
    } else {
        Tails::from_upper(poisson_density(a, x) * a * gamma_fraction(a, x))
    }
}

/// Regularised incomplete beta functions I_x(a, b) and its complement, `a, b > 0`, `y = 1 - x` given by the caller, who
/// may know it with more digits.
pub fn beta(x: f64, y: f64, a: f64, b: f64) -> Tails {
    let valid = a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && x >= 0.0 && y >= 0.0;
    if !valid {
        return Tails::NAN;
    }
    if x == 0.0 {
        return Tails::from_lower(0.0);
    }
    if y == 0.0 {
        return Tails::from_upper(0.0);
    }
    // The fraction converges fast on the near side of the mean a / (a + b).
    if a * y >= b * x {
        Tails::from_lower(beta_power(x, y, a, b) / beta_fraction(x, y, a, b))
    } else {
        Tails::from_upper(beta_power(y, x, b, a) / beta_fraction(y, x, b, a))
    }
}

/// `x^a y^b / B(a, b)`.
pub(super) fn beta_power(x: f64, y: f64, a: f64, b: f64) -> f64 {
    a * (b / (a + b)) * binomial_density(a, b, x, y)
}

/// The continued fraction of Q(a, x) by the modified Lentz method, without its power.
fn gamma_fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / if b.abs() < TINY { TINY } else { b };
    let mut h = d;
    for n in 1..MAX_TERMS {
        let n = f64::from(n);
        let an = -n * (n - a);
        b += 2.0;
        d = nonzero(an * d + b, TINY);
        c = nonzero(b + an / c, TINY);
        d = 1.0 / d;
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() <= 0.5 * f64::EPSILON {
            break;
        }
    }
    h
}

/// The continued fraction of I_x(a, b) (DiDonato & Morris 1992), whose power over it is the function.
fn beta_fraction(x: f64, y: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let lambda = a * y - b * x;
    let term = |m: f64| {
        let numerator = (a + m - 1.0) / (a + 2.0 * m - 1.0)
            * ((a + b + m - 1.0) / (a + 2.0 * m - 1.0))
            * m
            * (b - m)
            * x
            * x;
        let denominator = m
            + m * (b - m) * x / (a + 2.0 * m - 1.0)
            + (a + m) / (a + 2.0 * m + 1.0) * (lambda + 1.0 + m * (1.0 + y));
        (numerator, denominator)
    };
    let mut f = nonzero(a / (a + 1.0) * (lambda + 1.0), TINY);
    let mut c = f;
    let mut d = 0.0;
    for m in 1..MAX_TERMS {
        let (numerator, denominator) = term(f64::from(m));
        d = 1.0 / nonzero(denominator + numerator * d, TINY);
        c = nonzero(denominator + numerator / c, TINY);
        let step = c * d;
        f *= step;
        if (step - 1.0).abs() <= 0.5 * f64::EPSILON {
            break;
        }
    }
    f
}

fn nonzero(value: f64, tiny: f64) -> f64 {
    if value.abs() < tiny { tiny } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64) {
        // Far out the exponent itself carries a few units of rounding of its size.
        assert!((got - expected).abs() <= 4e-14 * expected.abs(), "{got} instead of {expected}");
    }

    #[test]
    fn exponential_and_uniform_are_closed_forms() {
        for x in [1e-6, 0.3, 1.0, 2.5, 40.0, 600.0] {
            close(gamma(1.0, x).upper, libm::exp(-x));
            close(gamma(1.0, x).lower, -libm::expm1(-x));
        }
        for x in [1e-9, 0.25, 0.7] {
            close(beta(x, 1.0 - x, 1.0, 1.0).lower, x);
            close(beta(x, 1.0 - x, 3.0, 1.0).lower, x * x * x);
            close(beta(x, 1.0 - x, 1.0, 2.0).upper, (1.0 - x) * (1.0 - x));
        }
    }

    #[test]
    fn tails_add_to_one_for_large_parameters() {
        let tails = beta(0.5, 0.5, 1e8, 1e8);
        close(tails.lower, 0.5);
        assert!((gamma(1e8, 1e8).lower - 0.5).abs() < 1e-4);
    }

    #[test]
    fn nonsense_is_nan() {
        assert!(gamma(-1.0, 1.0).lower.is_nan());
        assert!(beta(0.5, 0.5, 0.0, 1.0).lower.is_nan());
        assert!(gamma(1.0, f64::NAN).lower.is_nan());
    }
}
