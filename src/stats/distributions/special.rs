//! Special functions, arranged so that large arguments keep their digits.

use std::f64::consts::PI;

/// `ln(sqrt(2 pi))`.
pub const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;

/// Natural logarithm of the gamma function of `x > 0`.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// Natural logarithm of the beta function of `a > 0`, `b > 0`, without differences of large logarithms.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    LN_SQRT_2PI + 0.5 * (libm::log1p(a / b) - libm::log(a)) - a * libm::log1p(b / a) - b * libm::log1p(a / b)
        + stirling_error(a)
        + stirling_error(b)
        - stirling_error(a + b)
}

/// Natural logarithm of the number of `k`-subsets of `n` things; `-inf` where `k > n`.
pub fn ln_choose(n: u64, k: u64) -> f64 {
    if k > n {
        return f64::NEG_INFINITY;
    }
    if k == 0 || k == n {
        return 0.0;
    }
    let (n, k) = (n as f64, k as f64);
    -libm::log1p(n) - ln_beta(n - k + 1.0, k + 1.0)
}

/// Complementary error function.
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Error of Stirling's formula, `ln Gamma(x + 1) - ln(sqrt(2 pi x) (x/e)^x)`, for `x > 0` (Loader 2000).
pub fn stirling_error(x: f64) -> f64 {
    /// Coefficients of `x^-1, x^-3, …`: Bernoulli numbers `B(2k) / (2k (2k - 1))`.
    const SERIES: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let mut at = x;
    let mut sum = 0.0;
    // The series needs a large argument; step up to one, each step being exact to rounding.
    while at < 10.0 {
        sum += (at + 0.5) * libm::log1p(1.0 / at) - 1.0;
        at += 1.0;
    }
    let inverse_square = 1.0 / (at * at);
    let series = SERIES.iter().rev().fold(0.0, |total, c| total * inverse_square + c);
    sum + series / at
}

/// Deviance term `x ln(x/m) + m - x`, for `x > 0`, `m > 0`, without cancellation near `x = m` (Loader 2000).
pub fn deviance_term(x: f64, m: f64) -> f64 {
    let difference = x - m;
    if difference.abs() < 0.1 * (x + m) {
        let v = difference / (x + m);
        let mut sum = difference * v;
        let mut power = 2.0 * x * v;
        for j in 1..1000 {
            power *= v * v;
            let next = sum + power / f64::from(2 * j + 1);
            if next.to_bits() == sum.to_bits() {
                break;
            }
            sum = next;
        }
        return sum;
    }
    if m == 0.0 {
        return f64::INFINITY;
    }
    x * libm::log(x / m) + m - x
}

/// Binomial probability with real arguments: `Gamma(n+1)/(Gamma(x+1) Gamma(n-x+1)) p^x q^(n-x)`.
///
/// `x >= 0`, `rest = n - x >= 0`, `q = 1 - p` given by the caller, who may know it with more digits (Loader 2000).
pub fn binomial_density(x: f64, rest: f64, p: f64, q: f64) -> f64 {
    libm::exp(ln_binomial_density(x, rest, p, q))
}

/// Natural logarithm of [`binomial_density`]; `-inf` where it is 0.
pub fn ln_binomial_density(x: f64, rest: f64, p: f64, q: f64) -> f64 {
    let n = x + rest;
    if p == 0.0 {
        return if x == 0.0 { 0.0 } else { f64::NEG_INFINITY };
    }
    if q == 0.0 {
        return if rest == 0.0 { 0.0 } else { f64::NEG_INFINITY };
    }
    if x == 0.0 {
        return n * ln_of_complement(q, p);
    }
    if rest == 0.0 {
        return n * ln_of_complement(p, q);
    }
    let fit = stirling_error(n)
        - stirling_error(x)
        - stirling_error(rest)
        - deviance_term(x, n * p)
        - deviance_term(rest, n * q);
    fit - 0.5 * (libm::log(2.0 * PI * x) + libm::log(rest / n))
}

/// Poisson probability with real `x >= 0`: `mean^x e^-mean / Gamma(x+1)` (Loader 2000).
pub fn poisson_density(x: f64, mean: f64) -> f64 {
    if mean == 0.0 {
        return if x == 0.0 { 1.0 } else { 0.0 };
    }
    if x == 0.0 {
        return libm::exp(-mean);
    }
    libm::exp(-stirling_error(x) - deviance_term(x, mean)) / (2.0 * PI * x).sqrt()
}

/// `ln(p)` where `p + complement = 1`, using whichever is known better.
fn ln_of_complement(p: f64, complement: f64) -> f64 {
    if complement < 0.5 { libm::log1p(-complement) } else { libm::log(p) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64, relative: f64) {
        assert!((got - expected).abs() <= relative * expected.abs(), "{got} instead of {expected}");
    }

    #[test]
    fn stirling_error_meets_the_factorials() {
        // ln(n!) - ln(sqrt(2 pi n) (n/e)^n), from exact factorials.
        for (n, factorial) in [(1.0, 1.0_f64), (5.0, 120.0), (9.0, 362_880.0), (15.0, 1_307_674_368_000.0)] {
            let direct = libm::log(factorial) - (LN_SQRT_2PI + 0.5 * libm::log(n) + n * libm::log(n) - n);
            assert!((stirling_error(n) - direct).abs() < 1e-14);
        }
    }

    #[test]
    fn choose_is_exact_where_integers_are() {
        close(libm::exp(ln_choose(10, 3)), 120.0, 1e-14);
        close(libm::exp(ln_choose(52, 5)), 2_598_960.0, 1e-13);
        close(libm::exp(ln_choose(5, 0)), 1.0, 0.0);
        assert!(ln_choose(3, 4).is_infinite());
    }

    #[test]
    fn beta_of_small_and_large_arguments() {
        close(ln_beta(0.5, 0.5), libm::log(PI), 1e-15);
        close(ln_beta(2.0, 3.0), libm::log(1.0 / 12.0), 1e-15);
        // B(a, 1) = 1/a.
        close(ln_beta(1e9, 1.0), -libm::log(1e9), 1e-15);
    }

    #[test]
    fn densities_at_the_ends() {
        close(binomial_density(0.0, 4.0, 0.25, 0.75), 0.316_406_25, 1e-15);
        close(binomial_density(2.0, 2.0, 0.5, 0.5), 0.375, 1e-15);
        close(binomial_density(4.0, 0.0, 1.0, 0.0), 1.0, 0.0);
        close(poisson_density(0.0, 2.0), libm::exp(-2.0), 1e-15);
        close(poisson_density(3.0, 2.0), 8.0 / 6.0 * libm::exp(-2.0), 1e-15);
    }
}
