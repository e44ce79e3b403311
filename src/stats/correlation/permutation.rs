//! The exact permutation distribution of a statistic of two tied variables.
//!
//! Observations of x are dealt, group by group of equal values, a share of the observations of y. A state says how
//! many of each y value are used up; the statistic so far is an integer. Summing over states instead of permutations
//! makes ties cheap: 9 untied pairs are 512 states, not 362 880 orders.

use std::collections::BTreeMap;

use super::bivariate::Bivariate;
use crate::stats::sample::compensated_sum;
use crate::stats::{Computed, NotComputed, Which};

/// The most additions that an exact permutation distribution may need, by an upper bound known in advance.
pub const MAX_WORK: f64 = 2e8;

/// The most numbers that an exact permutation distribution may hold at a time.
pub const MAX_CELLS: f64 = 4e6;

/// The most pairs for which an exact permutation distribution is tried: binomial coefficients then fit an f64.
const MAX_EXACT_PAIRS: u64 = 1000;

const LIMIT: NotComputed = NotComputed::TooLarge {
    limit: "1000 pairs, 2e8 additions and 4e6 states of the exact permutation distribution",
};

/// What dealing one observation of y to a group of x adds to the statistic.
pub(super) enum Contribution<'a> {
    /// The product of the two levels' scores, which are not negative.
    Product(&'a [i64], &'a [i64]),
    /// Concordant minus discordant pairs with what earlier groups hold.
    Concordance,
}

/// The probability of each value of the statistic under the hypothesis that any pairing is as likely as another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ConditionalNull {
    lowest: i64,
    probability: Vec<f64>,
}

impl ConditionalNull {
    /// The distribution for the margins of `pairs`, or [`NotComputed::TooLarge`].
    pub(super) fn of(pairs: &Bivariate, contribution: &Contribution<'_>) -> Computed<Self> {
        if pairs.len() > MAX_EXACT_PAIRS {
            return Err(LIMIT);
        }
        let (x, y) = (&pairs.x.counts, &pairs.y.counts);
        let (lowest, width) = range(x, y, contribution)?;
        // Both statistics are symmetric in the two variables, so the cheaper one is dealt.
        let (straight, swapped) = (Cost::of(x, y, width), Cost::of(y, x, width));
        let (cost, flip) = if straight.work <= swapped.work { (straight, false) } else { (swapped, true) };
        if cost.work > MAX_WORK || cost.cells > MAX_CELLS {
            return Err(LIMIT);
        }
        let (groups, levels) = if flip { (y, x) } else { (x, y) };
        let contribution = match contribution {
            Contribution::Product(a, b) if flip => &Contribution::Product(b, a),
            other => other,
        };
        Ok(Self { lowest, probability: deal(groups, levels, contribution, lowest, width) })
    }

    /// The tail probability of `observed`; two-sided by the distance of `scale * statistic` from `centre`.
    pub(super) fn p(&self, observed: i64, centre: i128, scale: i128, which: Which) -> f64 {
        let distance = |value: i64| (scale * i128::from(value) - centre).abs();
        let counts = |value: i64| match which {
            Which::TwoSided => distance(value) >= distance(observed),
            Which::Greater => value >= observed,
            Which::Less => value <= observed,
        };
        let tail = (self.lowest..).zip(&self.probability).filter(|&(value, _)| counts(value));
        compensated_sum(tail.map(|(_, &probability)| probability)).min(1.0)
    }
}

/// The lowest value that the statistic can take, and how many integers from there on suffice.
fn range(x: &[u64], y: &[u64], contribution: &Contribution<'_>) -> Computed<(i64, usize)> {
    let (lowest, highest) = match contribution {
        Contribution::Product(a, b) => {
            let expand = |counts: &[u64], scores: &[i64]| -> Vec<i64> {
                let mut all: Vec<i64> = counts
                    .iter()
                    .zip(scores)
                    .flat_map(|(&count, &score)| (0..count).map(move |_| score))
                    .collect();
                all.sort_unstable();
                all
            };
            // The sum is largest when both are in the same order.
            let sorted = expand(x, a).into_iter().zip(expand(y, b));
            (0, sorted.map(|(a, b)| a.saturating_mul(b)).fold(0, i64::saturating_add))
        }
        Contribution::Concordance => {
            let untied = |counts: &[u64]| {
                let n: u64 = counts.iter().sum();
                (n * n - counts.iter().map(|count| count * count).sum::<u64>()) / 2
            };
            let most = i64::try_from(untied(x).min(untied(y))).map_err(|_| LIMIT)?;
            (-most, most)
        }
    };
    let width = usize::try_from(highest.saturating_sub(lowest).saturating_add(1)).map_err(|_| LIMIT)?;
    Ok((lowest, width))
}

/// Upper bounds, known before anything is built.
struct Cost {
    work: f64,
    cells: f64,
}

impl Cost {
    fn of(groups: &[u64], levels: &[u64], width: usize) -> Self {
        let states = states_by_used(levels);
        let (mut used, mut work, mut cells) = (0_usize, 0.0_f64, 0.0_f64);
        for &group in groups {
            let here = states.get(used).copied().unwrap_or(0.0) * width as f64;
            cells = cells.max(here);
            work += here * shares(group, levels.len() as u64);
            used += usize::try_from(group).unwrap_or(usize::MAX);
        }
        Self { work, cells }
    }
}

/// In how many ways 0, 1, … observations can be used up: the coefficients of the product of 1 + z + … + z^level.
fn states_by_used(levels: &[u64]) -> Vec<f64> {
    let mut ways = vec![1.0_f64];
    for &level in levels {
        let level = usize::try_from(level).unwrap_or(0);
        let mut next = vec![0.0; ways.len() + level];
        for (used, &way) in ways.iter().enumerate() {
            for slot in next.iter_mut().skip(used).take(level + 1) {
                *slot += way;
            }
        }
        ways = next;
    }
    ways
}

/// The most ways in which a group of this size can take from so many levels.
fn shares(group: u64, levels: u64) -> f64 {
    choose(group + levels.saturating_sub(1), group.min(levels.saturating_sub(1)))
}

/// The binomial coefficient, in floating point.
fn choose(n: u64, k: u64) -> f64 {
    let k = k.min(n.saturating_sub(k));
    (0..k).fold(1.0, |product, i| product * (n - i) as f64 / (i + 1) as f64)
}

/// Deals the levels to the groups and returns the probability of each value of the statistic.
fn deal(
    groups: &[u64],
    levels: &[u64],
    contribution: &Contribution<'_>,
    lowest: i64,
    width: usize,
) -> Vec<f64> {
    let mut start = vec![0.0; width];
    if let Some(origin) = usize::try_from(-lowest).ok().and_then(|zero| start.get_mut(zero)) {
        *origin = 1.0;
    }
    let mut layer = BTreeMap::from([(vec![0_u64; levels.len()], start)]);
    for (index, &group) in groups.iter().enumerate() {
        let mut next = BTreeMap::new();
        for (used, values) in &layer {
            let left: Vec<u64> = levels.iter().zip(used).map(|(all, used)| all - used).collect();
            let gains = gains(index, used, contribution);
            let total: u64 = left.iter().sum();
            let mut hand = Hand { left: &left, gains: &gains, used: used.clone(), values, next: &mut next };
            hand.take(0, group, 0, 1.0 / choose(total, group));
        }
        layer = next;
    }
    layer.into_values().next().unwrap_or_default()
}

/// What one observation of each level adds when this group takes it.
fn gains(group: usize, used: &[u64], contribution: &Contribution<'_>) -> Vec<i64> {
    match contribution {
        Contribution::Product(groups, levels) => {
            let score = groups.get(group).copied().unwrap_or(0);
            levels.iter().map(|level| score * level).collect()
        }
        Contribution::Concordance => {
            let total: u64 = used.iter().sum();
            let mut below = 0;
            used.iter()
                .map(|&here| {
                    let above = total - below - here;
                    let gain = below.cast_signed() - above.cast_signed();
                    below += here;
                    gain
                })
                .collect()
        }
    }
}

/// One group taking its share, level by level.
struct Hand<'a> {
    left: &'a [u64],
    gains: &'a [i64],
    used: Vec<u64>,
    values: &'a [f64],
    next: &'a mut BTreeMap<Vec<u64>, Vec<f64>>,
}

impl Hand<'_> {
    fn take(&mut self, level: usize, wanted: u64, shift: i64, weight: f64) {
        if wanted == 0 {
            self.settle(shift, weight);
            return;
        }
        let (Some(&left), Some(&gain)) = (self.left.get(level), self.gains.get(level)) else { return };
        let later: u64 = self.left.iter().skip(level + 1).sum();
        for taken in wanted.saturating_sub(later)..=wanted.min(left) {
            if let Some(used) = self.used.get_mut(level) {
                *used += taken;
            }
            let shift = shift + gain * taken.cast_signed();
            self.take(level + 1, wanted - taken, shift, weight * choose(left, taken));
            if let Some(used) = self.used.get_mut(level) {
                *used -= taken;
            }
        }
    }

    fn settle(&mut self, shift: i64, weight: f64) {
        let width = self.values.len();
        if !self.next.contains_key(&self.used) {
            self.next.insert(self.used.clone(), vec![0.0; width]);
        }
        let Some(target) = self.next.get_mut(&self.used) else { return };
        let distance = usize::try_from(shift.unsigned_abs()).unwrap_or(width).min(width);
        // The statistic never leaves its range, so what the shift pushes over the edge is zero.
        let (from, to) = if shift >= 0 { (0, distance) } else { (distance, 0) };
        let source = self.values.iter().skip(from);
        for (slot, value) in target.iter_mut().skip(to).zip(source) {
            *slot += weight * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ConditionalNull, Contribution, choose, states_by_used};
    use crate::stats::correlation::Bivariate;
    use crate::stats::{NotComputed, Which};

    #[test]
    #[expect(clippy::float_cmp, reason = "small integers are exact")]
    fn counts_of_states_and_subsets() {
        assert_eq!(states_by_used(&[1, 1, 1]), [1.0, 3.0, 3.0, 1.0]);
        assert_eq!(states_by_used(&[2, 1]), [1.0, 2.0, 2.0, 1.0]);
        assert_eq!(choose(5, 2), 10.0);
        assert_eq!(choose(3, 0), 1.0);
    }

    /// Kendall's S of three untied pairs takes -3, -1, 1, 3 in 1, 2, 2, 1 of 6 orders.
    #[test]
    fn three_untied_pairs() {
        let pairs = Bivariate::from_pairs(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]).unwrap();
        let null = ConditionalNull::of(&pairs, &Contribution::Concordance).unwrap();
        let expected = [1.0, 0.0, 2.0, 0.0, 2.0, 0.0, 1.0].map(|ways| ways / 6.0);
        for (got, want) in null.probability.iter().zip(expected) {
            assert!((got - want).abs() < 1e-15);
        }
        assert!((null.p(3, 0, 1, Which::TwoSided) - 1.0 / 3.0).abs() < 1e-15);
        assert!((null.p(3, 0, 1, Which::Greater) - 1.0 / 6.0).abs() < 1e-15);
        assert!((null.p(3, 0, 1, Which::Less) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn too_many_untied_pairs_are_refused_at_once() {
        let x: Vec<f64> = (0..40).map(f64::from).collect();
        let pairs = Bivariate::from_pairs(&x, &x).unwrap();
        let null = ConditionalNull::of(&pairs, &Contribution::Concordance);
        assert!(matches!(null, Err(NotComputed::TooLarge { .. })));
        let table = Bivariate::from_table(&[[u64::from(u32::MAX) / 2, 1], [1, 1]]).unwrap();
        assert!(matches!(
            ConditionalNull::of(&table, &Contribution::Concordance),
            Err(NotComputed::TooLarge { .. })
        ));
    }
}
