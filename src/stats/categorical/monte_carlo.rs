//! Monte Carlo forms of the exact conditional tests, for tables beyond the limits of enumeration.

use super::exact_tables::{self, Equality};
use super::fisher::{FisherRule, fisher_exact};
use super::independence::{Correction, Reduced, chisq};
use crate::stats::count_table::CountTable;
use crate::stats::distributions::beta;
use crate::stats::random::Pcg64;
use crate::stats::random_tables::{Draws, Sampler};
use crate::stats::record::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};

/// Pearson's statistic, Monte Carlo p-value.
pub const CHISQ_MONTE_CARLO: Method = Method {
    id: "chisq.monte_carlo",
    name: "Monte Carlo chi-square test",
    convention: "tables with the observed margins; p = (b+1)/(B+1)",
};
/// Freeman-Halton test, Monte Carlo p-value.
pub const FISHER_MONTE_CARLO: Method = Method {
    id: "fisher_exact.monte_carlo",
    name: "Monte Carlo Fisher (Freeman-Halton) test",
    convention: "tables with the observed margins; p = (b+1)/(B+1)",
};

/// Statistics are equal within this share (R: 64 times the machine epsilon).
const CHISQ_TOLERANCE: f64 = 64.0 * f64::EPSILON;
/// Logarithms of probabilities are equal within this difference (R's `fisher.test`).
const LOG_TOLERANCE: f64 = 1e-7;

/// What orders the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ordering {
    /// Pearson's statistic.
    #[default]
    Pearson,
    /// The probability of the table (Freeman & Halton 1951).
    Probability,
}

/// A Monte Carlo test with the interval for the p-value that it estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct MonteCarlo {
    /// The test; its p-value is `(b+1)/(B+1)`.
    pub test: Test,
    /// Clopper-Pearson interval for the exact p-value, at 95 %.
    pub p_interval: Interval,
}

/// Pearson's test and, where its approximation is doubtful, the exact or Monte Carlo test beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct IndependenceTests {
    /// Pearson's chi-square test.
    pub asymptotic: Test,
    /// Where Cochran's rule fails: Fisher's exact test if its network is within limits, else its Monte Carlo form.
    pub conditional: Option<Computed<Test>>,
}

/// Tests independence by Pearson's statistic, and by Fisher's exact test where Cochran's rule fails.
///
/// The rule looks at the margins only. `draws` is used where enumeration is too large.
pub fn independence(table: &CountTable, draws: Draws) -> Computed<IndependenceTests> {
    let asymptotic = chisq(table, Correction::None)?;
    let doubtful = asymptotic.cautions.iter().any(|c| matches!(c, Caution::SparseTable { .. }));
    let conditional =
        doubtful.then(|| match fisher_exact(table, Which::TwoSided, FisherRule::MinimumLikelihood) {
            Err(NotComputed::TooLarge { .. }) => {
                monte_carlo(table, Ordering::Probability, draws).map(|found| found.test)
            }
            other => other,
        });
    Ok(IndependenceTests { asymptotic, conditional })
}

/// Fisher's or Pearson's conditional test, exact if its network is within limits, else by Monte Carlo.
pub fn exact_or_monte_carlo(table: &CountTable, ordering: Ordering, draws: Draws) -> Computed<Test> {
    let exact = match ordering {
        Ordering::Pearson => exact_tables::chisq(table),
        Ordering::Probability => exact_tables::fisher(table, Equality::WithinTolerance),
    };
    match exact {
        Err(NotComputed::TooLarge { .. }) => monte_carlo(table, ordering, draws).map(|found| found.test),
        other => other.map(|found| found.test),
    }
}

/// A conditional test of independence from random tables with the observed margins (Patefield 1981).
///
/// Empty rows and columns are left out; undefined with fewer than two of either; `TooLarge` beyond
/// the limits of [`random_tables`](crate::stats::random_tables).
pub fn monte_carlo(table: &CountTable, ordering: Ordering, draws: Draws) -> Computed<MonteCarlo> {
    let reduced = Reduced::new(table)?;
    let sampler = Sampler::new(&reduced.table, draws)?;
    let score = |cells: &[u64]| score(&sampler, cells, ordering);
    let observed = score(reduced.table.cells());
    let threshold = match ordering {
        Ordering::Pearson => observed * (1.0 - CHISQ_TOLERANCE),
        Ordering::Probability => observed - LOG_TOLERANCE,
    };
    let mut generator = Pcg64::new(draws.seed);
    let mut drawn = vec![0; reduced.table.cells().len()];
    let mut hits = 0_u64;
    for _ in 0..draws.replicates {
        sampler.draw(&mut generator, &mut drawn);
        hits += u64::from(score(&drawn) >= threshold);
    }
    let (statistic, method) = match ordering {
        Ordering::Pearson => (Some(reduced.pearson()), CHISQ_MONTE_CARLO),
        Ordering::Probability => (None, FISHER_MONTE_CARLO),
    };
    Ok(result(hits, draws, statistic, method))
}

fn result(hits: u64, draws: Draws, statistic: Option<f64>, method: Method) -> MonteCarlo {
    let (b, n) = (hits as f64, draws.replicates as f64);
    let p = draws.p_value(hits);
    let level = ConfidenceLevel::P95;
    let tail = level.alpha() / 2.0;
    let low = if hits == 0 { 0.0 } else { beta::quantile(tail, b, n - b + 1.0) };
    let high = if hits == draws.replicates { 1.0 } else { beta::quantile(1.0 - tail, b + 1.0, n - b) };
    let cautions = vec![draws.caution(p)];
    let test = Test { statistic, df: Vec::new(), p, which: Which::TwoSided, method, cautions };
    MonteCarlo { test, p_interval: Interval { low, high, level, method } }
}

/// Larger where a table is more extreme.
fn score(sampler: &Sampler, cells: &[u64], ordering: Ordering) -> f64 {
    match ordering {
        Ordering::Probability => cells.iter().map(|&count| sampler.ln_factorial(count)).sum(),
        Ordering::Pearson => cells
            .chunks(sampler.columns().len())
            .zip(sampler.rows())
            .map(|(row, &row_total)| {
                let squares =
                    row.iter().zip(sampler.columns()).map(|(&n, &c)| n as f64 * (n as f64 / c as f64));
                squares.sum::<f64>() / row_total as f64
            })
            .sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWS: Draws = Draws { replicates: 20_000, seed: 1 };

    fn table(rows: &[[u64; 3]]) -> CountTable {
        CountTable::from_rows(rows).unwrap()
    }

    /// Four standard errors around the exact conditional p-value.
    #[test]
    fn estimates_the_exact_p() {
        let t = table(&[[6, 2, 4], [2, 7, 3], [1, 1, 5]]);
        for (ordering, exact) in [
            (Ordering::Pearson, exact_tables::chisq(&t)),
            (Ordering::Probability, exact_tables::fisher(&t, Equality::WithinTolerance)),
        ] {
            let exact = exact.unwrap().test.p;
            let found = monte_carlo(&t, ordering, DRAWS).unwrap();
            let error = (exact * (1.0 - exact) / 20_000.0).sqrt();
            assert!((found.test.p - exact).abs() < 4.0 * error, "{} {exact}", found.test.p);
            assert!(found.p_interval.low < found.test.p && found.test.p < found.p_interval.high);
        }
    }

    #[test]
    fn the_seed_reproduces_and_p_is_never_zero() {
        let t = table(&[[30, 0, 0], [0, 30, 0], [0, 0, 30]]);
        let found = monte_carlo(&t, Ordering::Pearson, Draws { replicates: 99, seed: 3 }).unwrap();
        assert!((found.test.p - 0.01).abs() < 1e-15);
        assert!(found.p_interval.low.abs() < 1e-300);
        let again = monte_carlo(&t, Ordering::Pearson, Draws { replicates: 99, seed: 3 }).unwrap();
        assert_eq!(found, again);
        assert!(monte_carlo(&t, Ordering::Pearson, Draws { replicates: 0, seed: 3 }).is_err());
        assert!(monte_carlo(&t, Ordering::Pearson, Draws { replicates: u64::MAX, seed: 3 }).is_err());
    }

    #[test]
    fn the_exact_test_stands_beside_a_doubtful_approximation_only() {
        let sound = CountTable::from_rows(&[[50, 60], [70, 40]]).unwrap();
        assert_eq!(independence(&sound, DRAWS).unwrap().conditional, None);
        let sparse = table(&[[3, 1, 0], [0, 2, 4]]);
        let conditional = independence(&sparse, DRAWS).unwrap().conditional.unwrap().unwrap();
        assert_eq!(conditional.method.id, "fisher_exact");
        let wide = CountTable::from_rows(&vec![vec![2; 12]; 12]).unwrap();
        let draws = Draws { replicates: 200, seed: 2 };
        let conditional = independence(&wide, draws).unwrap().conditional.unwrap().unwrap();
        assert_eq!(conditional.method.id, "fisher_exact.monte_carlo");
        let other = exact_or_monte_carlo(&wide, Ordering::Pearson, draws).unwrap();
        assert_eq!(other.method.id, "chisq.monte_carlo");
    }
}
