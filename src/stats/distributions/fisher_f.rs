//! F distribution with `df1 > 0` and `df2 > 0`; `df2` may be infinite (chi-squared over its degrees of freedom).

use super::incomplete::{self, Tails};
use super::{beta, chi_squared};

/// P(X <= x).
pub fn cdf(x: f64, df1: f64, df2: f64) -> f64 {
    tails(x, df1, df2).lower
}

/// P(X > x).
pub fn sf(x: f64, df1: f64, df2: f64) -> f64 {
    tails(x, df1, df2).upper
}

/// The `x` with P(X <= x) = `p`.
pub fn quantile(p: f64, df1: f64, df2: f64) -> f64 {
    quantile_of(p, 1.0 - p, df1, df2)
}

/// The `x` with P(X > x) = `q`; keeps the digits of a small `q`.
pub fn upper_quantile(q: f64, df1: f64, df2: f64) -> f64 {
    quantile_of(1.0 - q, q, df1, df2)
}

fn tails(x: f64, df1: f64, df2: f64) -> Tails {
    if x.is_nan() {
        return Tails::NAN;
    }
    if df2.is_infinite() && df2 > 0.0 {
        return incomplete::gamma(0.5 * df1, 0.5 * df1 * x.max(0.0));
    }
    let ratio = x.max(0.0) * (df1 / df2);
    let (share, rest) =
        if ratio.is_finite() { (ratio / (1.0 + ratio), 1.0 / (1.0 + ratio)) } else { (1.0, 0.0) };
    incomplete::beta(share, rest, 0.5 * df1, 0.5 * df2)
}

fn quantile_of(p: f64, q: f64, df1: f64, df2: f64) -> f64 {
    if df2.is_infinite() && df2 > 0.0 {
        let x = if p <= q { chi_squared::quantile(p, df1) } else { chi_squared::upper_quantile(q, df1) };
        return x / df1;
    }
    let (share, rest) = beta::quantile_pair(p, q, 0.5 * df1, 0.5 * df2);
    share / rest * (df2 / df1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::distributions::student_t;

    #[test]
    fn one_numerator_df_is_t_squared() {
        for t in [0.1, 1.0, 3.0, 20.0] {
            let (f, two) = (sf(t * t, 1.0, 7.5), student_t::two_sided(t, 7.5));
            assert!((f - two).abs() <= 1e-14 * two);
        }
    }

    #[test]
    fn quantile_inverts_and_swaps() {
        let x = quantile(0.975, 3.3, 7.7);
        assert!((sf(x, 3.3, 7.7) - 0.025).abs() < 1e-15);
        assert!((quantile(0.025, 7.7, 3.3) * x - 1.0).abs() < 1e-13);
        assert!((quantile(0.95, 3.0, f64::INFINITY) - chi_squared::quantile(0.95, 3.0) / 3.0).abs() < 1e-15);
    }

    #[test]
    fn ends() {
        assert!((sf(0.0, 2.0, 2.0) - 1.0).abs() < 1e-300);
        assert!(sf(f64::INFINITY, 2.0, 2.0).abs() < 1e-300);
        assert!(sf(1.0, -2.0, 2.0).is_nan());
    }
}
