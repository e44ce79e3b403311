//! Exact null distributions of rank sums with ties, by the shift algorithm (Streitberg & Röhmel 1986).
//!
//! Scores are doubled midranks, so the statistic is an integer and ties are exact. Before the sums are built, scores are
//! shifted to start at 0 and divided by their greatest common divisor, which shortens the array.

use crate::stats::fixed_margins::Sum;
use crate::stats::record::{Computed, NotComputed};
use crate::stats::tails::ExactTails;

/// The most array cells: subset sizes times sums.
const MOST_CELLS: u64 = 20_000_000;
/// The most additions.
const MOST_STEPS: u64 = 1_000_000_000;
/// The most observations: binomial coefficients and powers of two stay within `f64`.
const MOST_OBSERVATIONS: u64 = 1_000;
/// The limit in words.
const LIMIT: &str = "rank sums of at most 1000 observations, 20 million array cells and 10^9 additions";

const TOO_LARGE: NotComputed = NotComputed::TooLarge { limit: LIMIT };

/// A score and how many observations share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tied {
    /// Doubled midrank.
    pub(super) score: u64,
    /// Number of observations.
    pub(super) count: u64,
}

/// Tails of the sum of scores of `chosen` observations, drawn without replacement, at `observed`.
pub(super) fn subset_sum_tails(scores: &[Tied], chosen: u64, observed: u64) -> Computed<ExactTails> {
    let total: u64 = scores.iter().map(|tied| tied.count).sum();
    if total > MOST_OBSERVATIONS || chosen > total {
        return Err(TOO_LARGE);
    }
    let grid = Grid::starting_at_least(scores);
    let width = chosen.checked_mul(grid.largest).and_then(|width| width.checked_add(1)).ok_or(TOO_LARGE)?;
    if (chosen + 1).checked_mul(width).is_none_or(|cells| cells > MOST_CELLS) {
        return Err(TOO_LARGE);
    }
    let size = |x: u64| usize::try_from(x).map_err(|_| TOO_LARGE);
    let (width, chosen_count) = (size(width)?, size(chosen)?);
    let reachable = Reachable::new(scores, &grid, chosen_count)?;
    if reachable.additions() > MOST_STEPS {
        return Err(TOO_LARGE);
    }
    // ways[a * width + v]: subsets of a observations with sum v.
    let mut ways = vec![0.0_f64; width * (chosen_count + 1)];
    if let Some(none) = ways.first_mut() {
        *none = 1.0;
    }
    for step in &reachable.steps {
        let binomials = binomial_row(step.count.min(chosen_count), step.count as u64);
        for a in reachable.rows(step).rev() {
            let (before, from_a) = ways.split_at_mut(a * width);
            for k in Reachable::taken(step, a) {
                let sums = reachable.sums(step.seen, a - k);
                let Some(target) =
                    from_a.get_mut(sums.start + k * step.position..sums.end + k * step.position)
                else {
                    continue;
                };
                let Some(source) = before.get((a - k) * width + sums.start..(a - k) * width + sums.end)
                else {
                    continue;
                };
                let binomial = binomials.get(k).copied().unwrap_or_default();
                for (to, from) in target.iter_mut().zip(source) {
                    *to += binomial * from;
                }
            }
        }
    }
    let last = ways.get(chosen_count * width..).unwrap_or_default();
    // Positions count from chosen times the smallest score, in units of the divisor.
    let mean = Mean {
        // N * mean position = chosen * sum of positions.
        times_total: u128::from(chosen) * grid.position_sum(scores),
        total: u128::from(total),
    };
    let position = grid.sum_position(observed, chosen);
    Ok(tails(last, position, &mean))
}

/// Tails of the sum of scores that get a positive sign, each with probability 1/2, at `observed`.
pub(super) fn signed_sum_tails(scores: &[Tied], observed: u64) -> Computed<ExactTails> {
    let total: u64 = scores.iter().map(|tied| tied.count).sum();
    if total > MOST_OBSERVATIONS {
        return Err(TOO_LARGE);
    }
    let grid = Grid::starting_at_zero(scores);
    let sum = u64::try_from(grid.position_sum(scores)).map_err(|_| TOO_LARGE)?;
    if sum >= MOST_CELLS || total.checked_mul(sum).is_none_or(|steps| steps > MOST_STEPS) {
        return Err(TOO_LARGE);
    }
    let size = |x: u64| usize::try_from(x).map_err(|_| TOO_LARGE);
    let mut probabilities = vec![1.0_f64];
    for tied in scores {
        let shift = size(grid.position(tied.score))?;
        for _ in 0..tied.count {
            // Halves are exact, so nothing is lost but in sums of unequal size.
            let mut next: Vec<f64> = probabilities.iter().map(|p| p / 2.0).collect();
            next.resize(next.len() + shift, 0.0);
            for (to, from) in next.iter_mut().skip(shift).zip(&probabilities) {
                *to += from / 2.0;
            }
            probabilities = next;
        }
    }
    let mean = Mean { times_total: u128::from(sum), total: 2 };
    Ok(tails(&probabilities, grid.sum_position(observed, 0), &mean))
}

/// Scores shifted and divided.
struct Grid {
    start: u64,
    divisor: u64,
    /// The largest position.
    largest: u64,
}

impl Grid {
    fn starting_at_least(scores: &[Tied]) -> Self {
        let present = || scores.iter().filter(|tied| tied.count > 0).map(|tied| tied.score);
        Self::new(present().min().unwrap_or(0), present())
    }

    fn starting_at_zero(scores: &[Tied]) -> Self {
        Self::new(0, scores.iter().filter(|tied| tied.count > 0).map(|tied| tied.score))
    }

    fn new(start: u64, scores: impl Iterator<Item = u64> + Clone) -> Self {
        let divisor =
            scores.clone().fold(0, |divisor, score| greatest_common_divisor(divisor, score - start));
        let divisor = divisor.max(1);
        let largest = scores.max().map_or(0, |score| (score - start) / divisor);
        Self { start, divisor, largest }
    }

    fn position(&self, score: u64) -> u64 {
        score.saturating_sub(self.start) / self.divisor
    }

    /// The sum of the positions of all observations.
    fn position_sum(&self, scores: &[Tied]) -> u128 {
        scores.iter().map(|tied| u128::from(tied.count) * u128::from(self.position(tied.score))).sum()
    }

    /// The position of a sum of `chosen` scores.
    fn sum_position(&self, sum: u64, chosen: u64) -> usize {
        usize::try_from(sum.saturating_sub(chosen * self.start) / self.divisor).unwrap_or(usize::MAX)
    }
}

/// Which subset sizes and sums can lie on the way to the wanted size: nothing else needs an addition.
struct Reachable {
    steps: Vec<Step>,
    /// Sums of the smallest positions, by how many.
    smallest: Vec<usize>,
    chosen: usize,
}

/// One group of tied observations, in ascending order of their position.
struct Step {
    position: usize,
    count: usize,
    /// The number of observations before these.
    seen: usize,
}

impl Reachable {
    fn new(scores: &[Tied], grid: &Grid, chosen: usize) -> Computed<Self> {
        let size = |x: u64| usize::try_from(x).map_err(|_| TOO_LARGE);
        let mut ascending: Vec<Tied> = scores.iter().copied().filter(|tied| tied.count > 0).collect();
        ascending.sort_unstable_by_key(|tied| tied.score);
        let (mut steps, mut smallest) = (Vec::with_capacity(ascending.len()), vec![0]);
        let (mut seen, mut sum) = (0, 0);
        for tied in ascending {
            let step = Step { position: size(grid.position(tied.score))?, count: size(tied.count)?, seen };
            for _ in 0..step.count {
                sum += step.position;
                smallest.push(sum);
            }
            seen += step.count;
            steps.push(step);
        }
        Ok(Self { steps, smallest, chosen })
    }

    /// Subset sizes after the step from which the wanted size can still be reached.
    fn rows(&self, step: &Step) -> std::ops::RangeInclusive<usize> {
        let seen = step.seen + step.count;
        let still_to_come = self.smallest.len() - 1 - seen;
        self.chosen.saturating_sub(still_to_come).max(1)..=self.chosen.min(seen)
    }

    /// How many of the step's observations a subset of `a` may hold, apart from none.
    fn taken(step: &Step, a: usize) -> std::ops::RangeInclusive<usize> {
        a.saturating_sub(step.seen).max(1)..=a.min(step.count)
    }

    /// The range of sums of `a` of the first `seen` observations.
    fn sums(&self, seen: usize, a: usize) -> std::ops::Range<usize> {
        let smallest = |n: usize| self.smallest.get(n).copied().unwrap_or_default();
        smallest(a)..smallest(seen) + 1 - smallest(seen.saturating_sub(a))
    }

    /// The additions that the steps take together.
    fn additions(&self) -> u64 {
        let additions = |step: &Step| -> u64 {
            let of_row = |a: usize| {
                Self::taken(step, a).map(|k| self.sums(step.seen, a - k).len() as u64).sum::<u64>()
            };
            self.rows(step).map(of_row).sum()
        };
        self.steps.iter().map(additions).sum()
    }
}

/// The mean position, as a fraction.
struct Mean {
    times_total: u128,
    total: u128,
}

/// Tails at `observed` of a distribution proportional to `weights`.
fn tails(weights: &[f64], observed: usize, mean: &Mean) -> ExactTails {
    let distance = |at: usize| (at as u128 * mean.total).abs_diff(mean.times_total);
    let far = distance(observed);
    let [mut all, mut at_least, mut at_most, mut as_far] = [Sum::default(); 4];
    for (at, &weight) in weights.iter().enumerate() {
        all.add(weight);
        if at >= observed {
            at_least.add(weight);
        }
        if at <= observed {
            at_most.add(weight);
        }
        if distance(at) >= far {
            as_far.add(weight);
        }
    }
    let share = |sum: Sum| (sum.value() / all.value()).min(1.0);
    ExactTails {
        at_least: share(at_least),
        at_most: share(at_most),
        exactly: weights.get(observed).copied().unwrap_or(0.0) / all.value(),
        at_least_as_far: share(as_far),
    }
}

/// `C(n, k)` for `k` up to `largest`.
fn binomial_row(largest: usize, n: u64) -> Vec<f64> {
    let mut row = vec![1.0];
    let mut value = 1.0;
    for k in 1..=largest as u64 {
        // Each product is an integer before the division, so small coefficients are exact.
        value = value * (n - k + 1) as f64 / k as f64;
        row.push(value);
    }
    row
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tied(scores: &[(u64, u64)]) -> Vec<Tied> {
        scores.iter().map(|&(score, count)| Tied { score, count }).collect()
    }

    /// Two of the ranks 1..4: sums 3, 4, 5, 5, 6, 7.
    #[test]
    fn subsets_of_four_ranks() {
        let scores = tied(&[(2, 1), (4, 1), (6, 1), (8, 1)]);
        let found = subset_sum_tails(&scores, 2, 12).unwrap();
        assert!((found.at_least - 2.0 / 6.0).abs() < 1e-15);
        assert!((found.exactly - 1.0 / 6.0).abs() < 1e-15);
        assert!((found.at_most - 5.0 / 6.0).abs() < 1e-15);
        assert!((found.at_least_as_far - 4.0 / 6.0).abs() < 1e-15);
    }

    /// Ranks 1, 2, 3 with signs: V = 0, 1, 2, 3, 3, 4, 5, 6.
    #[test]
    fn signs_of_three_ranks() {
        let scores = tied(&[(2, 1), (4, 1), (6, 1)]);
        let found = signed_sum_tails(&scores, 10).unwrap();
        assert!((found.at_least - 0.25).abs() < 1e-15);
        assert!((found.at_least_as_far - 0.5).abs() < 1e-15);
        let middle = signed_sum_tails(&scores, 6).unwrap();
        assert!((middle.exactly - 0.25).abs() < 1e-15 && (middle.at_least_as_far - 1.0).abs() < 1e-15);
    }

    #[test]
    fn all_tied_is_degenerate() {
        let found = subset_sum_tails(&tied(&[(6, 5)]), 3, 18).unwrap();
        assert_eq!(found, ExactTails::DEGENERATE);
    }

    /// 60 people at each of five points, and 300 without ties: both are within limits, and the tails are whole.
    #[test]
    fn a_hundred_and_fifty_against_as_many() {
        let five: Vec<Tied> = (0..5).map(|point| Tied { score: 61 + 120 * point, count: 60 }).collect();
        let untied: Vec<Tied> = (1..=300).map(|rank| Tied { score: 2 * rank, count: 1 }).collect();
        // Unequal groups of ties, whose positions share no divisor.
        let uneven = tied(&[(32, 31), (105, 42), (196, 49), (299, 54), (411, 58), (505, 66)]);
        for scores in [five, untied, uneven] {
            let all: u64 = scores.iter().map(|tied| tied.score * tied.count).sum();
            let found = subset_sum_tails(&scores, 150, all / 2).unwrap();
            assert!((found.at_least + found.at_most - found.exactly - 1.0).abs() < 1e-13, "{found:?}");
        }
    }

    /// Every subset by hand, in an order that is not ascending.
    #[test]
    fn ways_are_those_of_all_subsets() {
        let scores = tied(&[(7, 2), (2, 3), (11, 1), (4, 0), (5, 4)]);
        let people: Vec<u64> = scores.iter().flat_map(|tied| (0..tied.count).map(|_| tied.score)).collect();
        for chosen in 1..=9_u32 {
            let sums: Vec<u64> = (0..1_u32 << people.len())
                .filter(|set| set.count_ones() == chosen)
                .map(|set| {
                    people.iter().enumerate().filter(|(i, _)| set & (1 << i) != 0).map(|(_, s)| s).sum()
                })
                .collect();
            for &observed in sums.iter().take(40) {
                let found = subset_sum_tails(&scores, u64::from(chosen), observed).unwrap();
                let share = |keep: &dyn Fn(u64) -> bool| {
                    sums.iter().filter(|s| keep(**s)).count() as f64 / sums.len() as f64
                };
                assert!((found.at_least - share(&|sum| sum >= observed)).abs() < 1e-14);
                assert!((found.at_most - share(&|sum| sum <= observed)).abs() < 1e-14);
                assert!((found.exactly - share(&|sum| sum == observed)).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn limits() {
        assert_eq!(subset_sum_tails(&tied(&[(2, 2000)]), 3, 6), Err(TOO_LARGE));
        let untied: Vec<Tied> = (1..=900).map(|rank| Tied { score: 2 * rank, count: 1 }).collect();
        assert_eq!(subset_sum_tails(&untied, 450, 9), Err(TOO_LARGE));
        assert_eq!(signed_sum_tails(&tied(&[(2, 2000)]), 3), Err(TOO_LARGE));
    }
}
