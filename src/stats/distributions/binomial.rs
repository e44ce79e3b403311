//! Binomial distribution: `k` successes in `n` trials, each with probability `p`.

use super::incomplete;
use super::special::binomial_density;

/// P(X = k).
pub fn pmf(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k > n {
        return 0.0;
    }
    binomial_density(k as f64, (n - k) as f64, p, 1.0 - p)
}

/// P(X <= k).
pub fn cdf(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k >= n {
        return 1.0;
    }
    incomplete::beta(p, 1.0 - p, k as f64 + 1.0, (n - k) as f64).upper
}

/// P(X > k).
pub fn sf(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k >= n {
        return 0.0;
    }
    incomplete::beta(p, 1.0 - p, k as f64 + 1.0, (n - k) as f64).lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_sums_of_the_mass() {
        for p in [0.0, 0.03, 0.5, 0.8, 1.0] {
            for k in 0..=12 {
                let below: f64 = (0..=k).map(|i| pmf(i, 12, p)).sum();
                assert!((cdf(k, 12, p) - below).abs() < 1e-14);
                let above: f64 = (k + 1..=12).map(|i| pmf(i, 12, p)).sum();
                assert!((sf(k, 12, p) - above).abs() <= 1e-14 * above.max(1e-300));
            }
        }
    }

    #[test]
    fn impossible_counts_have_no_mass() {
        assert!(pmf(5, 4, 0.5).abs() < 1e-300);
        assert!((cdf(9, 4, 0.5) - 1.0).abs() < 1e-300);
        assert!(pmf(0, 1, 1.5).is_nan());
    }
}
