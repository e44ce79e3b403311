//! Null distribution of the Wilcoxon signed-rank statistic for `n` untied, nonzero differences.

use super::sum_to;
use crate::stats::record::{Computed, NotComputed};

/// Largest `n` for which the distribution is counted.
pub const MAX_N: u64 = 500;

/// P(V <= v).
pub fn cdf(v: u64, n: u64) -> Computed<f64> {
    Ok(sum_to(&mass(n)?, v))
}

/// P(V > v).
pub fn sf(v: u64, n: u64) -> Computed<f64> {
    let mass = mass(n)?;
    // The distribution is symmetric: P(V > v) = P(V < n (n + 1) / 2 - v).
    let top = mass.len() as u64 - 1;
    Ok(if v >= top { 0.0 } else { sum_to(&mass, top - v - 1) })
}

/// P(V = 0), …, P(V = n (n + 1) / 2): each rank counts or not, with probability 1/2.
pub fn mass(n: u64) -> Computed<Vec<f64>> {
    if n == 0 {
        return Err(NotComputed::EmptyBase);
    }
    if n > MAX_N {
        return Err(NotComputed::TooLarge { limit: "signed-rank distribution counted up to n = 500" });
    }
    let mut mass = vec![1.0];
    for rank in 1..=usize::try_from(n).unwrap_or(0) {
        let mut next = vec![0.0; mass.len() + rank];
        for (v, p) in mass.iter().enumerate() {
            next[v] += 0.5 * p;
            next[v + rank] += 0.5 * p;
        }
        mass = next;
    }
    Ok(mass)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_ranks_by_hand() {
        // The 8 sign patterns give 0, 1, 2, 3, 3, 4, 5, 6.
        let counts = [1.0, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0];
        for (got, count) in mass(3).unwrap().iter().zip(counts) {
            assert!((got - count / 8.0).abs() < 1e-16);
        }
        assert!((cdf(1, 3).unwrap() - 0.25).abs() < 1e-16);
        assert!((sf(5, 3).unwrap() - 0.125).abs() < 1e-16);
    }

    #[test]
    fn ends_and_limits() {
        assert!((cdf(99, 3).unwrap() - 1.0).abs() < 1e-16);
        assert!((cdf(0, 64).unwrap() - libm::exp2(-64.0)).abs() < 1e-30);
        assert_eq!(sf(0, 0), Err(NotComputed::EmptyBase));
        assert!(matches!(cdf(0, 501), Err(NotComputed::TooLarge { .. })));
    }
}
