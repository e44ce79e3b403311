//! Rows of scores dealt anew to groups: whole rows change places, so what belongs together in a row stays together.
//!
//! Equal rows are one row with a count in each group, so that the work grows with the distinct rows and not with people.

use crate::stats::count_table::CountTable;
use crate::stats::distributions::special;
use crate::stats::random::Pcg64;
use crate::stats::random_tables::{Draws, Sampler};
use crate::stats::{Computed, NotComputed};

/// The most ways of dealing that are listed; beyond it ways are drawn at random.
pub const MOST_LISTED: u64 = 200_000;

/// The most numbers added in all draws.
const MOST_ADDITIONS: u64 = 20_000_000_000;

/// Statistics that differ by less than this share are equal: they are sums in another order.
const TOLERANCE: f64 = 1e-10;

/// Distinct rows of scores, each with the number of people of every group who gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct DealtRows {
    scores: Vec<Vec<f64>>,
    counts: CountTable,
}

/// The share of all ways of dealing that are at least as far from "no difference" as what was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// What was observed.
    pub statistic: f64,
    /// The p-value.
    pub p: f64,
    /// The smallest p-value that these rows could give; known where every way was listed.
    pub smallest: Option<f64>,
}

/// What dealing the rows anew says.
#[derive(Debug, Clone, PartialEq)]
pub struct Dealt {
    /// Of the weighted sum over all scores.
    pub whole: Share,
    /// Of each score alone.
    pub each: Vec<Share>,
    /// Whether every way was listed; else so many were drawn.
    pub listed: bool,
}

impl DealtRows {
    /// Distinct rows with their counts: `rows[r]` has one score for each thing and one count for each group.
    ///
    /// Refuses rows of different lengths, scores that are not finite, and groups without anybody.
    pub fn new(rows: &[(Vec<f64>, Vec<u64>)]) -> Computed<Self> {
        let Some((first, groups)) = rows.first() else { return Err(NotComputed::EmptyBase) };
        if rows.iter().any(|(scores, counts)| scores.len() != first.len() || counts.len() != groups.len()) {
            return Err(NotComputed::invalid(
                "every row has one score for each thing and one count for each group",
            ));
        }
        if rows.iter().flat_map(|(scores, _)| scores).any(|score| !score.is_finite()) {
            return Err(NotComputed::invalid("scores are finite numbers"));
        }
        let counts: Vec<&[u64]> = rows.iter().map(|(_, counts)| counts.as_slice()).collect();
        let counts = CountTable::from_rows(&counts)?;
        let sizes = counts.column_totals();
        if sizes.len() < 2 {
            return Err(NotComputed::TooFew { needed: 2, found: sizes.len() as u64 });
        }
        if sizes.contains(&0) {
            return Err(NotComputed::EmptyBase);
        }
        Ok(Self { scores: rows.iter().map(|(scores, _)| scores.clone()).collect(), counts })
    }

    /// Number of scores of a row.
    pub fn things(&self) -> usize {
        self.scores.first().map_or(0, Vec::len)
    }

    /// People of each group.
    pub fn sizes(&self) -> Vec<u64> {
        self.counts.column_totals()
    }

    /// The mean score of each thing in each group: `means[thing][group]`.
    pub fn means(&self) -> Vec<Vec<f64>> {
        let sizes = self.sizes();
        let sums = self.sums(self.counts.cells());
        sums.chunks(sizes.len())
            .map(|sums| sums.iter().zip(&sizes).map(|(sum, size)| sum / *size as f64).collect())
            .collect()
    }

    /// Between the groups, for each thing: the sum over groups of people times the squared distance of the group's mean
    /// from the mean of all.
    pub fn between(&self) -> Vec<f64> {
        self.between_of(&self.sums(self.counts.cells()), &self.grand_means())
    }

    /// Deals the rows anew: in every way where there are at most [`MOST_LISTED`], else as often as `draws` says.
    ///
    /// The statistic of each thing is [`Self::between`], that of the whole their sum with these weights.
    pub fn deal(&self, weights: &[f64], draws: Draws) -> Computed<Dealt> {
        if weights.len() != self.things() {
            return Err(NotComputed::invalid("one weight for each thing"));
        }
        match self.list(weights) {
            Some(dealt) => Ok(dealt),
            None => self.draw(weights, draws),
        }
    }

    /// Sums of the scores: `sums[thing * groups + group]`.
    fn sums(&self, cells: &[u64]) -> Vec<f64> {
        let groups = self.counts.column_count();
        let mut sums = vec![0.0; self.things() * groups];
        for (scores, counts) in self.scores.iter().zip(cells.chunks(groups)) {
            add(&mut sums, scores, counts);
        }
        sums
    }

    fn grand_means(&self) -> Vec<f64> {
        let total = self.counts.total() as f64;
        self.sums(self.counts.cells())
            .chunks(self.counts.column_count())
            .map(|sums| sums.iter().sum::<f64>() / total)
            .collect()
    }

    fn between_of(&self, sums: &[f64], grand: &[f64]) -> Vec<f64> {
        let sizes = self.sizes();
        let distance = |(sum, size): (&f64, &u64), grand: f64| {
            let n = *size as f64;
            n * (sum / n - grand) * (sum / n - grand)
        };
        sums.chunks(sizes.len())
            .zip(grand)
            .map(|(sums, grand)| sums.iter().zip(&sizes).map(|pair| distance(pair, *grand)).sum())
            .collect()
    }

    /// Goes over every way of dealing with its probability; `None` where there are too many.
    fn list(&self, weights: &[f64]) -> Option<Dealt> {
        let grand = self.grand_means();
        let observed = self.between();
        let mut tallies: Vec<Tally> = observed.iter().map(|statistic| Tally::new(*statistic)).collect();
        let mut whole = Tally::new(weighted(&observed, weights));
        let mut left = self.sizes();
        let rows = self.counts.row_totals();
        let ln_factorial = |n: u64| special::ln_gamma(n as f64 + 1.0);
        let start = rows.iter().chain([&0]).map(|n| ln_factorial(*n)).sum::<f64>()
            + left.iter().map(|n| ln_factorial(*n)).sum::<f64>()
            - ln_factorial(self.counts.total());
        let mut found = 0_u64;
        let mut walk = Walk {
            rows: &rows,
            scores: &self.scores,
            limit: MOST_LISTED,
            found: &mut found,
            visit: &mut |sums: &[f64], ln_probability: f64| {
                let between = self.between_of(sums, &grand);
                let probability = libm::exp(ln_probability);
                whole.meet(weighted(&between, weights), probability);
                for (tally, statistic) in tallies.iter_mut().zip(between) {
                    tally.meet(statistic, probability);
                }
            },
        };
        let groups = left.len();
        let mut sums = vec![0.0; self.things() * groups];
        if !walk.deal(0, 0, rows.first().copied().unwrap_or(0), &mut left, &mut sums, start) {
            return None;
        }
        Some(Dealt { whole: whole.share(), each: tallies.iter().map(Tally::share).collect(), listed: true })
    }

    fn draw(&self, weights: &[f64], draws: Draws) -> Computed<Dealt> {
        let sampler = Sampler::new(&self.counts, draws)?;
        let per_draw = (self.counts.cells().len() * self.things()) as u64;
        if draws.replicates.checked_mul(per_draw).is_none_or(|additions| additions > MOST_ADDITIONS) {
            return Err(NotComputed::TooLarge {
                limit: "2·10^10 for replicates times distinct rows times groups times scores; ask for fewer replicates",
            });
        }
        let grand = self.grand_means();
        let observed = self.between();
        let whole_observed = weighted(&observed, weights);
        let mut generator = Pcg64::new(draws.seed);
        let mut cells = vec![0; self.counts.cells().len()];
        let (mut whole_hits, mut hits) = (0_u64, vec![0_u64; observed.len()]);
        for _ in 0..draws.replicates {
            sampler.draw(&mut generator, &mut cells);
            let between = self.between_of(&self.sums(&cells), &grand);
            whole_hits += u64::from(reaches(weighted(&between, weights), whole_observed));
            for ((hits, drawn), observed) in hits.iter_mut().zip(&between).zip(&observed) {
                *hits += u64::from(reaches(*drawn, *observed));
            }
        }
        let share = |statistic: f64, hits: u64| Share { statistic, p: draws.p_value(hits), smallest: None };
        Ok(Dealt {
            whole: share(whole_observed, whole_hits),
            each: observed.iter().zip(hits).map(|(statistic, hits)| share(*statistic, hits)).collect(),
            listed: false,
        })
    }
}

fn add(sums: &mut [f64], scores: &[f64], counts: &[u64]) {
    for (sums, score) in sums.chunks_mut(counts.len()).zip(scores) {
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += score * *count as f64;
        }
    }
}

fn weighted(between: &[f64], weights: &[f64]) -> f64 {
    between.iter().zip(weights).map(|(statistic, weight)| statistic * weight).sum()
}

/// Whether a statistic is at least as large as the observed one, up to rounding.
fn reaches(statistic: f64, observed: f64) -> bool {
    statistic >= observed - TOLERANCE * observed.abs().max(TOLERANCE)
}

/// Probabilities of the ways that reach the observed statistic, and of those with the largest.
struct Tally {
    observed: f64,
    reached: f64,
    largest: f64,
    at_largest: f64,
}

impl Tally {
    fn new(observed: f64) -> Self {
        Self { observed, reached: 0.0, largest: f64::NEG_INFINITY, at_largest: 0.0 }
    }

    fn meet(&mut self, statistic: f64, probability: f64) {
        if reaches(statistic, self.observed) {
            self.reached += probability;
        }
        if !reaches(statistic, self.largest) {
            return;
        }
        if reaches(self.largest, statistic) {
            self.at_largest += probability;
        } else {
            (self.largest, self.at_largest) = (statistic, probability);
        }
    }

    fn share(&self) -> Share {
        // Sums of probabilities end next to one, not on it.
        let within = |p: f64| if p > 1.0 - TOLERANCE { 1.0 } else { p.max(0.0) };
        Share { statistic: self.observed, p: within(self.reached), smallest: Some(within(self.at_largest)) }
    }
}

/// A walk over every way to deal rows of given totals to groups of given sizes.
struct Walk<'a, F: FnMut(&[f64], f64)> {
    rows: &'a [u64],
    scores: &'a [Vec<f64>],
    limit: u64,
    found: &'a mut u64,
    visit: &'a mut F,
}

impl<F: FnMut(&[f64], f64)> Walk<'_, F> {
    /// Deals what remains of a row to its groups from `group` on, and then the rows after it; false beyond the limit.
    fn deal(
        &mut self,
        row: usize,
        group: usize,
        remaining: u64,
        left: &mut [u64],
        sums: &mut [f64],
        ln_probability: f64,
    ) -> bool {
        let Some(scores) = self.scores.get(row) else {
            *self.found += 1;
            if *self.found > self.limit {
                return false;
            }
            (self.visit)(sums, ln_probability);
            return true;
        };
        let groups = left.len();
        let last = group + 1 == groups;
        let here = left[group].min(remaining);
        let fewest = if last { remaining } else { 0 };
        if fewest > here {
            return true;
        }
        for count in fewest..=here {
            left[group] -= count;
            step(sums, scores, groups, group, count as f64);
            let ln_probability = ln_probability - special::ln_gamma(count as f64 + 1.0);
            let going = if last {
                let next = self.rows.get(row + 1).copied().unwrap_or(0);
                self.deal(row + 1, 0, next, left, sums, ln_probability)
            } else {
                self.deal(row, group + 1, remaining - count, left, sums, ln_probability)
            };
            step(sums, scores, groups, group, -(count as f64));
            left[group] += count;
            if !going {
                return false;
            }
        }
        true
    }
}

/// Adds a row's scores to one group so many times.
fn step(sums: &mut [f64], scores: &[f64], groups: usize, group: usize, times: f64) {
    for (sums, score) in sums.chunks_mut(groups).zip(scores) {
        sums[group] += score * times;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWS: Draws = Draws { replicates: 20_000, seed: 1 };

    #[test]
    fn two_against_two_is_dealt_in_six_ways() {
        // Scores 0, 0, 1, 1 dealt two and two: two of the six ways separate them fully.
        let rows = DealtRows::new(&[(vec![0.0], vec![2, 0]), (vec![1.0], vec![0, 2])]).unwrap();
        let dealt = rows.deal(&[1.0], DRAWS).unwrap();
        assert!(dealt.listed);
        assert!((dealt.whole.p - 1.0 / 3.0).abs() < 1e-12);
        assert!((dealt.whole.smallest.unwrap() - 1.0 / 3.0).abs() < 1e-12);
        // 2 * (1/2)^2 in each of the two groups.
        assert!((dealt.whole.statistic - 1.0).abs() < 1e-12);
    }

    #[test]
    fn drawing_agrees_with_listing() {
        let rows = DealtRows::new(&[
            (vec![0.0, 1.0], vec![3, 1]),
            (vec![1.0, 1.0], vec![1, 4]),
            (vec![1.0, 0.0], vec![2, 2]),
        ])
        .unwrap();
        let (listed, drawn) = (rows.list(&[1.0, 2.0]).unwrap(), rows.draw(&[1.0, 2.0], DRAWS).unwrap());
        assert!((listed.whole.p - drawn.whole.p).abs() < 0.015);
        for (listed, drawn) in listed.each.iter().zip(&drawn.each) {
            assert!((listed.p - drawn.p).abs() < 0.015);
        }
    }

    #[test]
    fn what_cannot_be_dealt_is_refused() {
        assert_eq!(DealtRows::new(&[]), Err(NotComputed::EmptyBase));
        assert!(DealtRows::new(&[(vec![1.0], vec![1])]).is_err());
        assert_eq!(DealtRows::new(&[(vec![1.0], vec![1, 0])]), Err(NotComputed::EmptyBase));
        assert!(DealtRows::new(&[(vec![f64::NAN], vec![1, 1])]).is_err());
        assert!(DealtRows::new(&[(vec![1.0], vec![1, 1]), (vec![], vec![1, 1])]).is_err());
    }
}
