//! Every arrangement of integer scores, counted by the sum that it gives.

use std::collections::BTreeMap;

use super::permutation::{MAX_ARRANGEMENTS, MAX_STEPS};
use crate::stats::{Computed, NotComputed};

/// Sums with their share of all arrangements, in ascending order.
pub(super) type Shares = Vec<(i64, f64)>;

/// The most observations of an exact permutation test: binomial coefficients then fit an f64.
pub(super) const MAX_OBSERVATIONS: usize = 1000;

const LIMIT: NotComputed =
    NotComputed::TooLarge { limit: "1000 observations; 2^20 arrangements or 2e8 additions over their sums" };

/// The sum of `drawn` of the `scores`, over all choices of them.
///
/// Goes over sums rather than choices where that is affordable, as it is for scores on a scale, else lists the
/// choices.
pub(super) fn sums_of_choices(scores: &[i64], drawn: usize) -> Computed<Shares> {
    if scores.len() > MAX_OBSERVATIONS {
        return Err(LIMIT);
    }
    let left = scores.len().saturating_sub(drawn);
    if left < drawn {
        // What stays behind is the smaller choice, and says what was drawn.
        let total: i64 = scores.iter().sum();
        let mut shares = sums_of_choices(scores, left)?;
        shares.reverse();
        return Ok(shares.into_iter().map(|(sum, share)| (total - sum, share)).collect());
    }
    let lowest = scores.iter().copied().min().unwrap_or(0);
    let mut raised: Vec<u64> = scores.iter().map(|score| score.abs_diff(lowest)).collect();
    raised.sort_unstable();
    let highest: u64 = raised.iter().rev().take(drawn).fold(0, |sum, &score| sum.saturating_add(score));
    let width = highest.saturating_add(1) as f64;
    let arrangements = choose(scores.len(), drawn);
    let shift = lowest * i64::try_from(drawn).map_err(|_| LIMIT)?;
    if (scores.len() * drawn) as f64 * width <= MAX_STEPS && drawn as f64 * width <= MAX_NUMBERS {
        let width = usize::try_from(highest).map_err(|_| LIMIT)? + 1;
        let ways = ways_by_sum(&raised, drawn, width);
        let shares = (shift..).zip(ways).filter(|&(_, ways)| ways > 0.0);
        return Ok(shares.map(|(sum, ways)| (sum, ways / arrangements)).collect());
    }
    if arrangements > MAX_ARRANGEMENTS as f64 {
        return Err(LIMIT);
    }
    let mut listed = BTreeMap::new();
    list_choices(scores, drawn, 0, &mut listed);
    Ok(listed.into_iter().map(|(sum, ways)| (sum, ways as f64 / arrangements)).collect())
}

/// The sum of the `scores` with every choice of signs.
pub(super) fn sums_of_signs(scores: &[i64]) -> Computed<Shares> {
    if scores.len() > MAX_OBSERVATIONS {
        return Err(LIMIT);
    }
    let sizes: Vec<u64> = scores.iter().map(|score| score.unsigned_abs()).filter(|&size| size > 0).collect();
    let total = sizes.iter().fold(0_u64, |sum, &size| sum.saturating_add(size));
    let span = i64::try_from(total).map_err(|_| LIMIT)?;
    let width = total.saturating_add(1) as f64;
    if sizes.len() as f64 * width <= MAX_STEPS && width <= MAX_NUMBERS {
        // Share of the sign choices by the sum of the positive scores.
        let mut shares = vec![0.0; usize::try_from(total).map_err(|_| LIMIT)? + 1];
        if let Some(origin) = shares.first_mut() {
            *origin = 1.0;
        }
        let mut reached = 0;
        for &size in &sizes {
            let size = usize::try_from(size).map_err(|_| LIMIT)?;
            reached += size;
            for sum in (0..=reached).rev() {
                let without = shares.get(sum).copied().unwrap_or(0.0);
                let with = sum.checked_sub(size).and_then(|rest| shares.get(rest)).copied().unwrap_or(0.0);
                if let Some(slot) = shares.get_mut(sum) {
                    *slot = 0.5 * (without + with);
                }
            }
        }
        let shares = (0_i64..).zip(shares).filter(|&(_, share)| share > 0.0);
        return Ok(shares.map(|(positive, share)| (2 * positive - span, share)).collect());
    }
    if sizes.len() > 20 {
        return Err(LIMIT);
    }
    let mut listed = BTreeMap::new();
    list_signs(&sizes, 0, &mut listed);
    let all = libm::scalbn(1.0, i32::try_from(sizes.len()).unwrap_or(0));
    Ok(listed.into_iter().map(|(sum, ways)| (sum, ways as f64 / all)).collect())
}

/// The most numbers held at a time.
const MAX_NUMBERS: f64 = 4e6;

/// In how many ways `drawn` of the ascending scores give each sum below `width`.
fn ways_by_sum(scores: &[u64], drawn: usize, width: usize) -> Vec<f64> {
    let mut ways = vec![vec![0.0_f64; width]; drawn + 1];
    if let Some(slot) = ways.first_mut().and_then(|row| row.first_mut()) {
        *slot = 1.0;
    }
    for (seen, &score) in scores.iter().enumerate() {
        let score = usize::try_from(score).unwrap_or(usize::MAX);
        // From the largest number drawn down, so that each score is used once.
        for taken in (1..=drawn.min(seen + 1)).rev() {
            let (before, from) = ways.split_at_mut(taken);
            let (Some(without), Some(with)) = (before.last(), from.first_mut()) else { continue };
            for (slot, &count) in with.iter_mut().skip(score).zip(without) {
                *slot += count;
            }
        }
    }
    ways.pop().unwrap_or_default()
}

fn list_choices(scores: &[i64], drawn: usize, sum: i64, listed: &mut BTreeMap<i64, u64>) {
    let Some((&first, rest)) = scores.split_first().filter(|_| drawn > 0) else {
        *listed.entry(sum).or_default() += 1;
        return;
    };
    list_choices(rest, drawn - 1, sum + first, listed);
    if rest.len() >= drawn {
        list_choices(rest, drawn, sum, listed);
    }
}

fn list_signs(sizes: &[u64], sum: i64, listed: &mut BTreeMap<i64, u64>) {
    let Some((&first, rest)) = sizes.split_first() else {
        *listed.entry(sum).or_default() += 1;
        return;
    };
    list_signs(rest, sum + first.cast_signed(), listed);
    list_signs(rest, sum - first.cast_signed(), listed);
}

/// The number of choices of `k` of `n`, in floating point.
pub(super) fn choose(n: usize, k: usize) -> f64 {
    let k = k.min(n.saturating_sub(k));
    let product = (0..k).fold(1.0, |product, i| product * (n - i) as f64 / (i + 1) as f64);
    // Whole up to 2^53, where each quotient is one; rounding repairs those that passed through a fraction.
    if product < 9e15 { libm::round(product) } else { product }
}

#[cfg(test)]
mod tests {
    use super::{choose, sums_of_choices, sums_of_signs};
    use crate::stats::NotComputed;

    #[test]
    #[expect(clippy::float_cmp, reason = "small integers are exact")]
    fn numbers_of_choices() {
        assert_eq!(choose(6, 3), 20.0);
        assert_eq!(choose(40, 20), 137_846_528_820.0);
        assert_eq!(choose(5, 0), 1.0);
    }

    #[test]
    fn counting_sums_and_listing_choices_agree() {
        let small = [3_i64, -1, 4, 1, -5, 9, 2, 6];
        // The same with a factor that puts the sums out of reach of the first algorithm.
        let large: Vec<i64> = small.iter().map(|score| score * 1_000_000_007).collect();
        let (by_sum, by_listing) = (sums_of_choices(&small, 3).unwrap(), sums_of_choices(&large, 3).unwrap());
        assert_eq!(by_sum.len(), by_listing.len());
        for (a, b) in by_sum.iter().zip(&by_listing) {
            assert_eq!(a.0 * 1_000_000_007, b.0);
            assert!((a.1 - b.1).abs() < 1e-15);
        }
        let (by_sum, by_listing) = (sums_of_signs(&small).unwrap(), sums_of_signs(&large).unwrap());
        assert_eq!(by_sum.len(), by_listing.len());
        for (a, b) in by_sum.iter().zip(&by_listing) {
            assert_eq!(a.0 * 1_000_000_007, b.0);
            assert!((a.1 - b.1).abs() < 1e-15);
        }
    }

    #[test]
    fn drawing_most_is_leaving_few() {
        let shares = sums_of_choices(&[1, 2, 4, 8], 3).unwrap();
        let expected = [(7, 0.25), (11, 0.25), (13, 0.25), (14, 0.25)];
        assert_eq!(shares, expected);
    }

    #[test]
    fn work_is_bounded() {
        let far_apart: Vec<i64> = (0..40).map(|i| i * i * i * 1_000_003).collect();
        assert!(matches!(sums_of_choices(&far_apart, 20), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(sums_of_signs(&far_apart), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(sums_of_choices(&[1; 2000], 7), Err(NotComputed::TooLarge { .. })));
    }

    #[test]
    fn scores_of_zero_have_one_sum() {
        assert_eq!(sums_of_signs(&[0, 0]).unwrap(), [(0, 1.0)]);
        assert_eq!(sums_of_choices(&[0, 0, 0], 2).unwrap(), [(0, 1.0)]);
    }
}
