//! Fisher's noncentral hypergeometric distribution: the first cell of a 2x2 table with fixed margins, given the odds
//! ratio.

use super::hypergeometric::support;
use crate::stats::root::first_where;

/// Terms below this share of the largest no longer count.
const NEGLIGIBLE: f64 = 1e-22;

/// The distribution of the successes of the first group, given that `successes` of both groups together succeed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoncentralHypergeometric {
    /// Size of the first group.
    first: u64,
    /// Size of the second group.
    second: u64,
    successes: u64,
    low: u64,
    high: u64,
}

/// Tails and mean at one odds ratio; `below`, `at` and `above` add to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// P(X < x).
    pub below: f64,
    /// P(X = x).
    pub at: f64,
    /// P(X > x).
    pub above: f64,
    /// E(X).
    pub mean: f64,
}

impl NoncentralHypergeometric {
    /// The margins: sizes of both groups, and how many succeed in both together. None if more succeed than there are.
    pub fn new(first: u64, second: u64, successes: u64) -> Option<Self> {
        let (low, high) =
            support(first.checked_add(second).filter(|all| *all < u64::MAX)?, first, successes)?;
        Some(Self { first, second, successes, low, high })
    }

    /// The smallest possible count.
    pub const fn low(&self) -> u64 {
        self.low
    }

    /// The largest possible count.
    pub const fn high(&self) -> u64 {
        self.high
    }

    /// Splits the distribution at `x` for an odds ratio strictly between 0 and infinity.
    ///
    /// Sums from the mode outwards until terms no longer count, so large tables cost their standard deviation only.
    pub fn split(&self, x: u64, odds_ratio: f64) -> Split {
        let mode = self.mode(odds_ratio);
        let mut sums =
            Sums { x, total: 0.0, below: 0.0, at: 0.0, above: 0.0, offset: 0.0, mode: mode as f64 };
        sums.add(mode, 1.0);
        let mut term = 1.0;
        for k in mode..self.high {
            term *= self.step_up(k) * odds_ratio;
            sums.add(k + 1, term);
            if term < NEGLIGIBLE {
                break;
            }
        }
        term = 1.0;
        for k in (self.low..mode).rev() {
            term /= self.step_up(k) * odds_ratio;
            sums.add(k, term);
            if term < NEGLIGIBLE {
                break;
            }
        }
        Split {
            below: sums.below / sums.total,
            at: sums.at / sums.total,
            above: sums.above / sums.total,
            mean: sums.mode + sums.offset / sums.total,
        }
    }

    /// `P(k + 1) / P(k)` at odds ratio 1.
    fn step_up(&self, k: u64) -> f64 {
        let taken = (self.first - k) as f64 * (self.successes - k) as f64;
        // second - (successes - k) + 1 without leaving the unsigned numbers: k >= low >= successes - second.
        let left = (self.second + k + 1 - self.successes) as f64;
        taken / ((k + 1) as f64 * left)
    }

    /// The largest `k` whose step up from `k - 1` does not fall.
    fn mode(&self, odds_ratio: f64) -> u64 {
        first_where(self.low, self.high, |k| self.step_up(k) * odds_ratio < 1.0)
    }
}

struct Sums {
    x: u64,
    mode: f64,
    total: f64,
    below: f64,
    at: f64,
    above: f64,
    /// Sum of distances from the mode, so that the mean keeps its digits.
    offset: f64,
}

impl Sums {
    fn add(&mut self, k: u64, term: f64) {
        self.total += term;
        self.offset += (k as f64 - self.mode) * term;
        match k.cmp(&self.x) {
            std::cmp::Ordering::Less => self.below += term,
            std::cmp::Ordering::Equal => self.at += term,
            std::cmp::Ordering::Greater => self.above += term,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::distributions::hypergeometric;

    #[test]
    fn at_odds_ratio_one_it_is_central() {
        let table = NoncentralHypergeometric::new(8, 9, 10).unwrap();
        assert_eq!((table.low(), table.high()), (1, 8));
        for x in 1..=8 {
            let split = table.split(x, 1.0);
            assert!((split.at - hypergeometric::pmf(x, 17, 8, 10)).abs() < 1e-15);
            assert!((split.above - hypergeometric::sf(x, 17, 8, 10)).abs() < 1e-15);
            assert!((split.mean - 80.0 / 17.0).abs() < 1e-14);
        }
    }

    #[test]
    fn two_and_two_by_hand() {
        // Weights 1, 4 OR, OR^2.
        let split = NoncentralHypergeometric::new(2, 2, 2).unwrap().split(1, 3.0);
        assert!((split.below - 1.0 / 22.0).abs() < 1e-16);
        assert!((split.at - 12.0 / 22.0).abs() < 1e-15);
        assert!((split.mean - 30.0 / 22.0).abs() < 1e-15);
    }

    #[test]
    fn impossible_margins_are_refused() {
        assert_eq!(NoncentralHypergeometric::new(2, 2, 5), None);
        assert_eq!(NoncentralHypergeometric::new(u64::MAX, 2, 5), None);
    }
}
