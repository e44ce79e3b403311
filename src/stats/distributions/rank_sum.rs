//! Null distribution of the Mann-Whitney U statistic for samples of sizes `m` and `n` without ties.

use super::sum_to;
use crate::stats::record::{Computed, NotComputed};

/// Largest `m * n` for which the distribution is counted.
pub const MAX_PRODUCT: u64 = 10_000;

/// P(U <= u).
pub fn cdf(u: u64, m: u64, n: u64) -> Computed<f64> {
    let mass = mass(m, n)?;
    Ok(sum_to(&mass, u))
}

/// P(U > u).
pub fn sf(u: u64, m: u64, n: u64) -> Computed<f64> {
    let mass = mass(m, n)?;
    // The distribution is symmetric: P(U > u) = P(U < m n - u).
    let top = mass.len() as u64 - 1;
    Ok(if u >= top { 0.0 } else { sum_to(&mass, top - u - 1) })
}

/// P(U = 0), …, P(U = m n), by the recurrence of Mann & Whitney (1947), which adds positive numbers only.
pub fn mass(m: u64, n: u64) -> Computed<Vec<f64>> {
    if m == 0 || n == 0 {
        return Err(NotComputed::EmptyBase);
    }
    if m.checked_mul(n).is_none_or(|product| product > MAX_PRODUCT) {
        return Err(NotComputed::TooLarge { limit: "rank sum distribution counted up to m * n = 10 000" });
    }
    let (m, n) = (m.min(n), m.max(n));
    // rows[i] is the distribution for samples of sizes i and the current n.
    let mut rows: Vec<Vec<f64>> = (0..=m).map(|_| vec![1.0]).collect();
    for larger in 1..=n {
        let shift = usize::try_from(larger).unwrap_or(usize::MAX);
        let mut before = vec![1.0];
        for (smaller, row) in (1..=m).zip(rows.iter_mut().skip(1)) {
            // The largest observation of all is from the first sample, and beats all of the second, or from the second.
            let share = smaller as f64 / (smaller + larger) as f64;
            let mut next = vec![0.0; before.len() + shift];
            for (slot, p) in next.iter_mut().zip(row.iter()) {
                *slot = (1.0 - share) * p;
            }
            for (slot, p) in next.iter_mut().skip(shift).zip(&before) {
                *slot += share * p;
            }
            before.clone_from(&next);
            *row = next;
        }
    }
    rows.pop().ok_or(NotComputed::EmptyBase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_against_three_by_hand() {
        // The 10 arrangements give U = 0, 1, 2, 2, 3, 3, 4, 4, 5, 6.
        let counts = [1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 1.0];
        for (got, count) in mass(2, 3).unwrap().iter().zip(counts) {
            assert!((got - count / 10.0).abs() < 1e-15);
        }
        assert!((cdf(1, 3, 2).unwrap() - 0.2).abs() < 1e-15);
        assert!((sf(4, 2, 3).unwrap() - 0.2).abs() < 1e-15);
    }

    #[test]
    fn ends_and_limits() {
        assert!((cdf(99, 2, 3).unwrap() - 1.0).abs() < 1e-15);
        assert!(sf(6, 2, 3).unwrap().abs() < 1e-300);
        assert_eq!(cdf(0, 0, 3), Err(NotComputed::EmptyBase));
        assert!(matches!(cdf(0, u64::MAX, 3), Err(NotComputed::TooLarge { .. })));
        // Both samples of 100: C(200, 100) arrangements, one of them with U = 0.
        let one = libm::exp(-super::super::special::ln_choose(200, 100));
        assert!((cdf(0, 100, 100).unwrap() - one).abs() < 1e-12 * one);
    }
}
