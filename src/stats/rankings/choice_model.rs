//! The likelihood behind Plackett-Luce and Bradley-Terry models: repeated choices of one item, or of a tied group,
//! from a set.
//!
//! A group `T` of `d` items is chosen from the set `S` with probability proportional to `tie_d * (product of their
//! worths)^(1/d)`, where `tie_1 = 1` (Davidson 1970; Turner et al. 2020). In log-worths and log tie parameters the
//! log-likelihood is concave, so Newton's method finds the only maximum or runs off where there is none.

use std::collections::BTreeMap;

use super::group_sums::GroupSums;
use crate::stats::{Computed, NotComputed};

/// The most items: sets of items are kept as bits.
pub(super) const MAX_ITEMS: usize = 128;

/// A set of items, a bit for each.
pub(super) type Set = u128;

/// Bounds the work of one Newton step.
const MAX_STEP_WORK: u64 = 200_000_000;

const MAX_STEPS: u64 = 200;

/// Up to so many items every set of items has a place of its own: 65 536 sets.
const MAX_DENSE_ITEMS: usize = 16;

/// A parameter about which the data say less than this share of the lightest choice is not determined. At a maximum
/// each parameter is held by choices against the trend, which inform about as much as they weigh; where there is no
/// maximum the information falls towards 0.
const LEAST_INFORMATION: f64 = 1e-8;

/// Keeps exponentials finite on the way to a maximum that does not exist.
const MAX_LOG: f64 = 300.0;

/// Choices, reduced to what the likelihood needs.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    items: usize,
    /// Weight of the choices made from each set, where there are too many possible sets for a place each.
    sets: BTreeMap<Set, f64>,
    /// The same for up to [`MAX_DENSE_ITEMS`] items, with a place for every set.
    dense: Vec<Option<f64>>,
    /// Per item, the weight of choices of it, shared among the tied.
    chosen: Vec<f64>,
    /// Per size of a tied group (2 or more), the weight of such choices.
    tied: BTreeMap<usize, f64>,
    /// `preferred[i]` are the items that were passed over, or tied, when `i` was chosen.
    preferred: Vec<Set>,
}

/// The maximum of the likelihood.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    /// Log-worths, 0 for the reference item.
    pub(super) log_worth: Vec<f64>,
    /// Covariances of the log-worths; the reference item's row and column are 0.
    pub(super) covariance: Vec<Vec<f64>>,
    /// Size of tied groups that occur, log tie parameter, and its standard error.
    pub(super) log_tie: Vec<(usize, f64, f64)>,
    /// Log-likelihood of the choices (without pseudo-data).
    pub(super) log_likelihood: f64,
}

impl Choices {
    pub(super) fn new(items: usize) -> Computed<Self> {
        match items {
            0 | 1 => Err(NotComputed::TooFew { needed: 2, found: items as u64 }),
            2..=MAX_ITEMS => Ok(Self {
                items,
                sets: BTreeMap::new(),
                dense: if items <= MAX_DENSE_ITEMS { vec![None; 1 << items] } else { Vec::new() },
                chosen: vec![0.0; items],
                tied: BTreeMap::new(),
                preferred: vec![0; items],
            }),
            _ => Err(NotComputed::TooLarge { limit: "128 items" }),
        }
    }

    /// Records that `group` was chosen from the items `from` (as bits, which include the group).
    pub(super) fn add(&mut self, group: &[usize], from: Set, weight: f64) {
        if from.count_ones() < 2 || group.is_empty() {
            return;
        }
        match usize::try_from(from).ok().and_then(|set| self.dense.get_mut(set)) {
            Some(sum) => *sum = Some(sum.unwrap_or(0.0) + weight),
            None => *self.sets.entry(from).or_insert(0.0) += weight,
        }
        for item in group {
            self.chosen[*item] += weight / group.len() as f64;
            self.preferred[*item] |= from;
        }
        if group.len() > 1 {
            *self.tied.entry(group.len()).or_insert(0.0) += weight;
        }
    }

    /// The sets that were chosen from, ascending, with their weights.
    fn weighted_sets(&self) -> impl Iterator<Item = (Set, f64)> {
        let dense = (0..).zip(&self.dense).filter_map(|(set, weight)| weight.map(|weight| (set, weight)));
        dense.chain(self.sets.iter().map(|(set, weight)| (*set, *weight)))
    }

    /// Whether every item is reached from every other by a chain "was preferred to or tied with".
    fn strongly_connected(&self) -> bool {
        let all = Set::MAX >> (MAX_ITEMS - self.items);
        let backward: Vec<Set> = (0..self.items)
            .map(|to| {
                (0..self.items).filter(|i| self.preferred[*i] & (1 << to) != 0).fold(0, |m, i| m | 1 << i)
            })
            .collect();
        reached(&self.preferred) == all && reached(&backward) == all
    }

    /// Finds the maximum. `pseudo` adds to each item that many wins and losses against one common extra item.
    pub(super) fn fit(&self, reference: usize, pseudo: f64) -> Computed<Fit> {
        if reference >= self.items {
            return Err(NotComputed::invalid("the reference is one of the items"));
        }
        if !(pseudo >= 0.0 && pseudo.is_finite()) {
            return Err(NotComputed::invalid("the weight of pseudo-data is finite and not negative"));
        }
        if self.weighted_sets().next().is_none() {
            return Err(NotComputed::EmptyBase);
        }
        if pseudo <= 0.0 && !self.strongly_connected() {
            return Err(NotComputed::Undefined(
                "some items always win against, or never meet, the others, so no finite maximum exists",
            ));
        }
        let likelihood = Likelihood::new(self, reference, pseudo);
        if likelihood.step_work() > MAX_STEP_WORK {
            return Err(NotComputed::TooLarge { limit: "2e8 pairs of items over all sets chosen from" });
        }
        likelihood.maximise()
    }
}

/// The nodes reached from node 0.
fn reached(edges: &[Set]) -> Set {
    let (mut seen, mut open) = (1 as Set, vec![0_usize]);
    while let Some(node) = open.pop() {
        let new = edges[node] & !seen;
        seen |= new;
        open.extend((0..edges.len()).filter(|i| new & (1 << i) != 0));
    }
    seen
}

/// The likelihood as a function of the log-worths of the items, that of the extra item of the pseudo-data (fixed
/// at 0), and the log tie parameters, in this order.
struct Likelihood<'a> {
    choices: &'a Choices,
    sets: Vec<(Vec<usize>, f64)>,
    /// Pairs of an item and the extra item.
    pseudo_sets: Vec<Vec<usize>>,
    orders: Vec<usize>,
    reference: usize,
    pseudo: f64,
}

/// Value, gradient and negative Hessian.
struct Surface {
    value: f64,
    gradient: Vec<f64>,
    information: Vec<Vec<f64>>,
}

impl Surface {
    fn zero(size: usize) -> Self {
        Self { value: 0.0, gradient: vec![0.0; size], information: vec![vec![0.0; size]; size] }
    }
}

impl<'a> Likelihood<'a> {
    fn new(choices: &'a Choices, reference: usize, pseudo: f64) -> Self {
        let members = |set: Set| (0..choices.items).filter(|i| set & (1 << i) != 0).collect();
        Self {
            choices,
            sets: choices.weighted_sets().map(|(set, weight)| (members(set), weight)).collect(),
            pseudo_sets: (0..choices.items).map(|i| vec![i, choices.items]).collect(),
            orders: choices.tied.keys().copied().collect(),
            reference,
            pseudo,
        }
    }

    fn step_work(&self) -> u64 {
        let per_pair = 1 + self.orders.iter().sum::<usize>() as u64;
        self.sets.iter().map(|(set, _)| (set.len() as u64).pow(2) * per_pair).sum()
    }

    fn floor(&self) -> f64 {
        let pseudo = (self.pseudo > 0.0).then_some(self.pseudo);
        let lightest =
            self.sets.iter().map(|(_, weight)| *weight).chain(pseudo).fold(f64::INFINITY, f64::min);
        LEAST_INFORMATION * lightest
    }

    /// Without pseudo-data only differences of log-worths count, so the reference stays at 0. With pseudo-data the
    /// extra item stays at 0 instead.
    fn free(&self) -> Vec<usize> {
        let worths = (0..self.choices.items).filter(|i| self.pseudo > 0.0 || *i != self.reference);
        worths.chain(self.first_tie()..self.first_tie() + self.orders.len()).collect()
    }

    /// Place of the first tie parameter.
    fn first_tie(&self) -> usize {
        self.choices.items + 1
    }

    fn maximise(&self) -> Computed<Fit> {
        let flat = NotComputed::Boundary("the likelihood grows without end, so no finite maximum exists");
        let free = self.free();
        let mut at = vec![0.0; self.first_tie() + self.orders.len()];
        at[self.first_tie()..].fill(libm::log(0.1));
        let mut surface = self.surface(&at);
        let mut settled = 0;
        for _ in 0..MAX_STEPS {
            let factor = cholesky(&surface.information, &free, self.floor()).ok_or_else(|| flat.clone())?;
            let step = solve(&factor, free.iter().map(|i| surface.gradient[*i]).collect());
            let size = step.iter().fold(0.0, |largest: f64, s| largest.max(s.abs()));
            (at, surface) = self.uphill(&at, &free, &step, &surface);
            if at.iter().any(|value| value.abs() > MAX_LOG) {
                return Err(flat);
            }
            // One more step after the first small one reaches machine precision.
            settled += u64::from(size < 1e-9);
            if settled == 2 {
                return self.finish(&at, &free, &surface).ok_or(flat);
            }
        }
        Err(NotComputed::NotConverged { iterations: MAX_STEPS })
    }

    /// Takes the step, halved while it leads downhill.
    fn uphill(&self, at: &[f64], free: &[usize], step: &[f64], from: &Surface) -> (Vec<f64>, Surface) {
        let mut share = 1.0;
        loop {
            let mut next = at.to_vec();
            free.iter().zip(step).for_each(|(i, s)| next[*i] += share * s);
            let surface = self.surface(&next);
            // A tiny loss is rounding, and halving cannot mend it.
            let rounding = 1e-12 * from.value.abs();
            if surface.value >= from.value - rounding || share < 1e-6 {
                return (next, surface);
            }
            share /= 2.0;
        }
    }

    fn surface(&self, at: &[f64]) -> Surface {
        let mut surface = Surface::zero(at.len());
        let observed = self.choices.chosen.iter().chain([&0.0]).chain(self.choices.tied.values());
        for (i, (observed, value)) in observed.zip(at).enumerate() {
            surface.value += observed * value;
            surface.gradient[i] += observed;
        }
        for (set, weight) in &self.sets {
            self.subtract_set(&mut surface, at, set, *weight);
        }
        if self.pseudo > 0.0 {
            self.add_pseudo(&mut surface, at);
        }
        surface
    }

    /// One win and one loss of every item against the extra item, with weight `pseudo`.
    fn add_pseudo(&self, surface: &mut Surface, at: &[f64]) {
        for (i, pair) in self.pseudo_sets.iter().enumerate() {
            surface.value += self.pseudo * at[i];
            surface.gradient[i] += self.pseudo;
            self.subtract_set(surface, at, pair, 2.0 * self.pseudo);
        }
    }

    /// Subtracts `weight * ln Z` of one set, where `Z` sums the strengths of all groups that could be chosen.
    fn subtract_set(&self, surface: &mut Surface, at: &[f64], set: &[usize], weight: f64) {
        // Z is homogeneous of degree one in the worths, so the largest may be taken out.
        let top = set.iter().fold(f64::NEG_INFINITY, |top, i| top.max(at[*i]));
        let worth: Vec<f64> = set.iter().map(|i| libm::exp(at[*i] - top)).collect();
        let m = set.len();
        let mut total: f64 = worth.iter().sum();
        let mut first = worth.clone();
        let mut second = vec![vec![0.0; m]; m];
        (0..m).for_each(|a| second[a][a] = worth[a]);
        let mut ties = Vec::new();
        for (number, order) in self.orders.iter().enumerate().filter(|(_, order)| **order <= m) {
            let parameter = self.first_tie() + number;
            let tie = libm::exp(at[parameter]);
            let d = *order as f64;
            let root: Vec<f64> = set.iter().map(|i| libm::exp((at[*i] - top) / d)).collect();
            let sums = GroupSums::new(&root, *order);
            let groups = tie * sums.all;
            let with: Vec<f64> = sums.with.iter().map(|sum| tie * sum / d).collect();
            for a in 0..m {
                first[a] += with[a];
                second[a][a] += with[a] / d;
                for (b, both) in sums.with_both[a].iter().enumerate() {
                    second[a][b] += tie * both / (d * d);
                    second[b][a] += tie * both / (d * d);
                }
            }
            total += groups;
            ties.push((parameter, groups, with));
        }
        surface.value -= weight * (top + libm::log(total));
        let mut gradient: Vec<(usize, f64)> = set.iter().zip(&first).map(|(i, f)| (*i, f / total)).collect();
        gradient.extend(ties.iter().map(|(parameter, groups, _)| (*parameter, groups / total)));
        for (i, g) in &gradient {
            surface.gradient[*i] -= weight * g;
            for (j, h) in &gradient {
                surface.information[*i][*j] -= weight * g * h;
            }
        }
        for (a, i) in set.iter().enumerate() {
            set.iter().zip(&second[a]).for_each(|(j, s)| surface.information[*i][*j] += weight * s / total);
        }
        for (parameter, groups, with) in &ties {
            surface.information[*parameter][*parameter] += weight * groups / total;
            for (i, w) in set.iter().zip(with) {
                surface.information[*parameter][*i] += weight * w / total;
                surface.information[*i][*parameter] += weight * w / total;
            }
        }
    }

    fn finish(&self, at: &[f64], free: &[usize], surface: &Surface) -> Option<Fit> {
        let items = self.choices.items;
        let factor = cholesky(&surface.information, free, self.floor())?;
        let mut inverse = vec![vec![0.0; at.len()]; at.len()];
        for (column, i) in free.iter().enumerate() {
            let unit = (0..free.len()).map(|row| if row == column { 1.0 } else { 0.0 }).collect();
            free.iter().zip(solve(&factor, unit)).for_each(|(j, value)| inverse[*j][*i] = value);
        }
        let r = self.reference;
        let contrast = |i: usize, j: usize| {
            if i == r || j == r { 0.0 } else { inverse[i][j] - inverse[i][r] - inverse[r][j] + inverse[r][r] }
        };
        let mut pseudo = Surface::zero(at.len());
        self.add_pseudo(&mut pseudo, at);
        let tie = |(number, order): (usize, &usize)| {
            let i = self.first_tie() + number;
            (*order, at[i], inverse[i][i].sqrt())
        };
        Some(Fit {
            log_worth: at.iter().take(items).map(|value| value - at[r]).collect(),
            covariance: (0..items).map(|i| (0..items).map(|j| contrast(i, j)).collect()).collect(),
            log_tie: self.orders.iter().enumerate().map(tie).collect(),
            log_likelihood: surface.value - pseudo.value,
        })
    }
}

/// Lower Cholesky factor of the rows and columns `free`; none if a pivot, which is the information about a parameter
/// where the earlier ones are known, is lost to rounding or below the floor.
fn cholesky(matrix: &[Vec<f64>], free: &[usize], floor: f64) -> Option<Vec<Vec<f64>>> {
    let mut factor: Vec<Vec<f64>> = Vec::with_capacity(free.len());
    for (row, i) in free.iter().enumerate() {
        let mut line: Vec<f64> = Vec::with_capacity(row + 1);
        for (column, j) in free.iter().enumerate().take(row) {
            let above: &Vec<f64> = &factor[column];
            let done: f64 = line.iter().zip(above).map(|(a, b)| a * b).sum();
            line.push((matrix[*i][*j] - done) / above[column]);
        }
        let pivot = matrix[*i][*i] - line.iter().map(|a| a * a).sum::<f64>();
        if pivot.is_nan() || pivot <= floor.max(1e-13 * matrix[*i][*i]) {
            return None;
        }
        line.push(pivot.sqrt());
        factor.push(line);
    }
    Some(factor)
}

/// Solves `L L' x = b`.
fn solve(factor: &[Vec<f64>], mut b: Vec<f64>) -> Vec<f64> {
    for row in 0..b.len() {
        let done: f64 = factor[row].iter().zip(&b[..row]).map(|(l, x)| l * x).sum();
        b[row] = (b[row] - done) / factor[row][row];
    }
    for row in (0..b.len()).rev() {
        let done: f64 = (row + 1..b.len()).map(|below| factor[below][row] * b[below]).sum();
        b[row] = (b[row] - done) / factor[row][row];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradient_and_information_are_the_derivatives_of_the_value() {
        let mut choices = Choices::new(4).unwrap();
        choices.add(&[0], 0b1111, 2.0);
        choices.add(&[1, 2], 0b1110, 1.5);
        choices.add(&[0, 1, 3], 0b1111, 1.0);
        choices.add(&[3], 0b1001, 0.7);
        let likelihood = Likelihood::new(&choices, 0, 0.5);
        let at = [0.3, -0.2, 0.5, 0.1, 0.0, -1.0, -0.6];
        let here = likelihood.surface(&at);
        for i in 0..at.len() {
            let h = 1e-5;
            let (mut up, mut down) = (at, at);
            up[i] += h;
            down[i] -= h;
            let (up, down) = (likelihood.surface(&up), likelihood.surface(&down));
            assert!(((up.value - down.value) / (2.0 * h) - here.gradient[i]).abs() < 1e-8);
            for j in 0..at.len() {
                let slope = (down.gradient[j] - up.gradient[j]) / (2.0 * h);
                assert!((slope - here.information[i][j]).abs() < 1e-8, "{i} {j}");
            }
        }
    }

    #[test]
    fn a_flat_direction_is_reported() {
        // Ties connect the two items, but the second never wins: the likelihood has no maximum.
        let mut choices = Choices::new(2).unwrap();
        choices.add(&[0], 0b11, 5.0);
        choices.add(&[0, 1], 0b11, 3.0);
        assert!(matches!(choices.fit(0, 0.0), Err(NotComputed::Boundary(_))));
        assert!(choices.fit(0, 0.5).is_ok());
        assert!(choices.fit(2, 0.0).is_err());
        assert!(choices.fit(0, f64::NAN).is_err());
    }

    #[test]
    fn the_number_of_items_is_bounded() {
        assert!(matches!(Choices::new(MAX_ITEMS + 1), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(Choices::new(1), Err(NotComputed::TooFew { .. })));
        assert!(matches!(Choices::new(MAX_ITEMS).unwrap().fit(0, 0.0), Err(NotComputed::EmptyBase)));
    }
}
