//! Resamples of counts: the bootstrap of a million answers on five points costs five numbers.

use crate::stats::distributions::binomial;
use crate::stats::random::Pcg64;

/// Draws as many observations as `counts` holds, with replacement, and counts them by level into `drawn`.
///
/// The levels' counts are multinomial: each is binomial given those before it.
pub(super) fn resample_counts(counts: &[u64], generator: &mut Pcg64, drawn: &mut Vec<u64>) {
    let mut left: u64 = counts.iter().sum();
    let mut wanted = left;
    drawn.clear();
    for &count in counts {
        let share = if left == 0 { 0.0 } else { count as f64 / left as f64 };
        let taken = draw_binomial(wanted, share, generator);
        drawn.push(taken);
        wanted -= taken;
        left -= count;
    }
}

/// A binomial number by inversion from the mode outwards, in O(sqrt(n)) steps.
fn draw_binomial(n: u64, p: f64, generator: &mut Pcg64) -> u64 {
    if n == 0 || p <= 0.0 {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    let odds = p / (1.0 - p);
    let mode = mode(n, p);
    let at_mode = binomial::pmf(mode, n, p);
    let mut left = generator.uniform() - at_mode;
    let (mut low, mut high, mut below, mut above) = (mode, mode, at_mode, at_mode);
    while left >= 0.0 && (low > 0 || high < n) {
        if high < n {
            above *= (n - high) as f64 / (high + 1) as f64 * odds;
            high += 1;
            left -= above;
            if left < 0.0 {
                return high;
            }
        }
        if low > 0 {
            below *= low as f64 / (n - low + 1) as f64 / odds;
            low -= 1;
            left -= below;
            if left < 0.0 {
                return low;
            }
        }
        if above + below <= 0.0 {
            // What is left is the rounding of the probabilities' sum.
            break;
        }
    }
    mode
}

/// The most probable count.
fn mode(n: u64, p: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "(n + 1) p lies within 0 and n + 1"
    )]
    let mode = ((n + 1) as f64 * p) as u64;
    mode.min(n)
}

#[cfg(test)]
mod tests {
    use super::{draw_binomial, resample_counts};
    use crate::stats::random::Pcg64;

    #[test]
    fn counts_keep_their_sum_and_their_expectation() {
        let counts = [0, 500_000, 300_000, 200_000, 0];
        let mut generator = Pcg64::new(5);
        let mut drawn = Vec::new();
        let mut sums = [0_u64; 5];
        for _ in 0..400 {
            resample_counts(&counts, &mut generator, &mut drawn);
            assert_eq!(drawn.iter().sum::<u64>(), 1_000_000);
            sums.iter_mut().zip(&drawn).for_each(|(sum, drawn)| *sum += drawn);
        }
        assert_eq!((sums[0], sums[4]), (0, 0));
        // Five standard errors of a mean of 400: 125, 115 and 100.
        for (sum, count) in sums.iter().zip(counts) {
            assert!((*sum as f64 / 400.0 - count as f64).abs() < 130.0, "{sums:?}");
        }
    }

    #[test]
    fn small_binomials_have_their_probabilities() {
        let mut generator = Pcg64::new(6);
        let mut seen = [0_u32; 4];
        for _ in 0..80_000 {
            seen[usize::try_from(draw_binomial(3, 0.5, &mut generator)).unwrap()] += 1;
        }
        // Expected 10 000, 30 000, 30 000, 10 000; six standard errors: 560 and 820.
        assert!(seen[0].abs_diff(10_000) < 560 && seen[1].abs_diff(30_000) < 820, "{seen:?}");
        assert!(seen[3].abs_diff(10_000) < 560 && seen[2].abs_diff(30_000) < 820, "{seen:?}");
        assert_eq!(draw_binomial(7, 1.0, &mut generator), 7);
        assert_eq!(draw_binomial(7, 0.0, &mut generator), 0);
    }
}
