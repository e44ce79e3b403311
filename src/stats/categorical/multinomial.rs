//! The multinomial distribution of counts and its exact goodness-of-fit tests.

use super::goodness_of_fit::possible_categories;
use crate::stats::distributions::{binomial, special};
use crate::stats::record::{Computed, Method, NotComputed};

/// Logarithm of a multinomial probability.
pub const MULTINOMIAL_LOGPMF: Method =
    Method { id: "multinomial_logpmf", name: "Multinomial log-probability", convention: "" };
/// Exact multinomial goodness-of-fit test.
pub const MULTINOMIAL_EXACT: Method = Method {
    id: "multinomial_exact",
    name: "Exact multinomial test",
    convention: "outcomes no more likely than observed; by Pearson's statistic beside it",
};

/// The most outcomes enumerated, `C(n+k-1, k-1)` for n observations in k categories.
pub const MOST_OUTCOMES: u64 = 20_000_000;
/// The most observations.
pub const MOST_OBSERVATIONS: u64 = 2_000;

/// The most categories.
pub const MOST_CATEGORIES: usize = 1_000;

/// Probabilities are equal if they differ by less than this share.
const PROBABILITY_TOLERANCE: f64 = 1e-7;
/// Statistics are equal if they differ by less than this share.
const STATISTIC_TOLERANCE: f64 = 1e-11;

/// Exact p-values of one set of counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MultinomialExact {
    /// Probability of all outcomes no more likely than the observed one.
    pub p_by_probability: f64,
    /// Probability of all outcomes whose Pearson statistic is at least the observed one.
    pub p_by_chisq: f64,
    /// The method.
    pub method: Method,
}

/// The logarithm of the probability of `counts` under `shares`, which sum to 1; shares are rescaled to do so exactly.
///
/// Undefined where a category of share zero was observed.
pub fn multinomial_logpmf(counts: &[u64], shares: &[f64]) -> Computed<f64> {
    let cells = rescaled(counts, shares)?;
    let total = cells.iter().map(|&(count, _)| count).sum::<u64>() as f64;
    // log n! - sum log x! + sum x log p, with each log factorial split by Stirling's series so that the large parts
    // meet in the deviance term (Loader 2000).
    let split = |x: f64| special::stirling_error(x) + 0.5 * libm::log(x) + special::LN_SQRT_2PI;
    let parts: f64 = cells
        .iter()
        .filter(|&&(count, _)| count > 0)
        .map(|&(count, share)| {
            let x = count as f64;
            split(x) + special::deviance_term(x, total * share)
        })
        .sum();
    // Empty categories contribute only their expected count to the deviance.
    let empty: f64 = cells.iter().filter(|&&(count, _)| count == 0).map(|&(_, share)| total * share).sum();
    Ok((split(total) - parts - empty).min(0.0))
}

/// The exact multinomial goodness-of-fit test, by enumeration of all outcomes.
///
/// `shares` sum to 1 and are rescaled to do so exactly. `TooLarge` beyond [`MOST_OUTCOMES`],
/// [`MOST_OBSERVATIONS`] or [`MOST_CATEGORIES`].
pub fn multinomial_exact(counts: &[u64], shares: &[f64]) -> Computed<MultinomialExact> {
    const TOO_LARGE: NotComputed =
        NotComputed::TooLarge { limit: "2000 observations, 1000 categories and 20 million outcomes" };
    let cells = rescaled(counts, shares)?;
    if cells.len() > MOST_CATEGORIES {
        return Err(TOO_LARGE);
    }
    let total = cells.iter().map(|&(count, _)| count).sum::<u64>();
    let outcomes = special::ln_choose(total + cells.len() as u64 - 1, cells.len() as u64 - 1);
    if total > MOST_OBSERVATIONS || outcomes > libm::log(MOST_OUTCOMES as f64) {
        return Err(TOO_LARGE);
    }
    let total = usize::try_from(total).map_err(|_| TOO_LARGE)?;
    let mut enumeration = Enumeration::new(&cells, total);
    enumeration.visit(0, total, Outcome { probability: 1.0, log: 0.0, squares: 0.0 });
    Ok(MultinomialExact {
        p_by_probability: enumeration.by_probability.value().min(1.0),
        p_by_chisq: enumeration.by_chisq.value().min(1.0),
        method: MULTINOMIAL_EXACT,
    })
}

/// Counts with shares that sum to 1 in floating point.
fn rescaled(counts: &[u64], shares: &[f64]) -> Computed<Vec<(u64, f64)>> {
    let cells = possible_categories(counts, shares)?;
    let sum: f64 = cells.iter().map(|&(_, share)| share).sum();
    Ok(cells.into_iter().map(|(count, share)| (count, share / sum)).collect())
}

/// What the categories dealt so far contribute.
#[derive(Clone, Copy)]
struct Outcome {
    probability: f64,
    /// Log-probability up to a constant.
    log: f64,
    /// `sum x²/p`: Pearson's statistic is this over n, less n.
    squares: f64,
}

struct Enumeration {
    categories: Vec<Category>,
    limit_log: f64,
    limit_squares: f64,
    by_probability: crate::stats::fixed_margins::Sum,
    by_chisq: crate::stats::fixed_margins::Sum,
}

/// Tables of one category, by its count.
struct Category {
    /// `binomial[left][x]`: probability of x among those left for this category and the later ones.
    binomial: Vec<Vec<f64>>,
    logs: Vec<f64>,
    squares: Vec<f64>,
}

impl Enumeration {
    fn new(cells: &[(u64, f64)], total: usize) -> Self {
        let mut behind: f64 = 1.0;
        let mut categories = Vec::with_capacity(cells.len());
        let (mut observed_log, mut observed_squares) = (0.0, 0.0);
        for (at, &(observed, share)) in cells.iter().enumerate() {
            let last = at + 1 == cells.len();
            let among = if last { 1.0 } else { (share / behind).min(1.0) };
            behind = cells.iter().skip(at + 1).map(|&(_, share)| share).sum();
            let counts = 0..=total as u64;
            let logs: Vec<f64> = counts
                .clone()
                .map(|x| x as f64 * libm::log(share) - special::ln_gamma(x as f64 + 1.0))
                .collect();
            let squares: Vec<f64> = counts.clone().map(|x| x as f64 * (x as f64 / share)).collect();
            // The first category starts with all observations, the last takes what is left.
            let starts = if last {
                0..0
            } else if at == 0 {
                total..total + 1
            } else {
                0..total + 1
            };
            let mut table = vec![Vec::new(); starts.start];
            table.extend(starts.map(|left| {
                (0..=left as u64).map(|x| binomial::pmf(x, left as u64, among)).collect::<Vec<f64>>()
            }));
            let index = usize::try_from(observed).unwrap_or(0);
            observed_log += logs.get(index).copied().unwrap_or(0.0);
            observed_squares += squares.get(index).copied().unwrap_or(0.0);
            categories.push(Category { binomial: table, logs, squares });
        }
        Self {
            categories,
            limit_log: observed_log + PROBABILITY_TOLERANCE,
            limit_squares: observed_squares * (1.0 - STATISTIC_TOLERANCE),
            by_probability: crate::stats::fixed_margins::Sum::default(),
            by_chisq: crate::stats::fixed_margins::Sum::default(),
        }
    }

    /// Deals `left` observations to category `at` and the later ones.
    fn visit(&mut self, at: usize, left: usize, so_far: Outcome) {
        let last = at + 1 == self.categories.len();
        for count in if last { left..=left } else { 0..=left } {
            let Some(category) = self.categories.get(at) else { return };
            let (Some(log), Some(squares)) = (category.logs.get(count), category.squares.get(count)) else {
                return;
            };
            // The last category takes what is left, whatever its share.
            let own = category.binomial.get(left).and_then(|row| row.get(count)).copied();
            let outcome = Outcome {
                probability: so_far.probability * if last { 1.0 } else { own.unwrap_or(0.0) },
                log: so_far.log + log,
                squares: so_far.squares + squares,
            };
            // Empty categories add nothing, so an outcome is complete once nothing is left.
            if count == left {
                self.settle(outcome);
            } else {
                self.visit(at + 1, left - count, outcome);
            }
        }
    }

    fn settle(&mut self, outcome: Outcome) {
        if outcome.log <= self.limit_log {
            self.by_probability.add(outcome.probability);
        }
        if outcome.squares >= self.limit_squares {
            self.by_chisq.add(outcome.probability);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{multinomial_exact, multinomial_logpmf};
    use crate::stats::record::NotComputed;

    /// 3 and 9 of 12 with equal shares: the binomial test, 2 * 299/4096.
    #[test]
    fn two_categories_are_the_binomial_test() {
        let found = multinomial_exact(&[3, 9], &[0.5, 0.5]).unwrap();
        assert!((found.p_by_probability - 598.0 / 4096.0).abs() < 1e-15);
        assert!((found.p_by_chisq - 598.0 / 4096.0).abs() < 1e-15);
    }

    /// 6 outcomes of 2 in 3 categories: the three pairs have 2/9 each, the three doubles 1/9.
    #[test]
    fn three_categories_by_hand() {
        let found = multinomial_exact(&[2, 0, 0], &[1.0 / 3.0; 3]).unwrap();
        assert!((found.p_by_probability - 1.0 / 3.0).abs() < 1e-15);
        let log = multinomial_logpmf(&[1, 1, 0], &[1.0 / 3.0; 3]).unwrap();
        assert!((log - libm::log(2.0 / 9.0)).abs() < 1e-14);
    }

    #[test]
    fn limits_and_impossible_counts() {
        assert!(matches!(multinomial_exact(&[300; 6], &[1.0 / 6.0; 6]), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(multinomial_exact(&[3000, 1], &[0.5, 0.5]), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(multinomial_logpmf(&[1, 1], &[1.0, 0.0]), Err(NotComputed::Undefined(_))));
        assert_eq!(multinomial_logpmf(&[3], &[1.0]), Ok(0.0));
        assert_eq!(multinomial_exact(&[0, 0], &[0.5, 0.5]), Err(NotComputed::EmptyBase));
    }
}
