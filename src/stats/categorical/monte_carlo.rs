//! Monte Carlo forms of the exact conditional tests, for tables beyond the limits of enumeration.

use super::exact_tables::{self, Equality};
use super::fisher::{FisherRule, fisher_exact};
use super::independence::{Correction, Reduced, chisq};
use crate::stats::count_table::CountTable;
use crate::stats::distributions::{beta, special};
use crate::stats::random::Pcg64;
use crate::stats::record::{
    Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which,
};

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

/// Replicates by default: with them a p-value of 0.05 has a standard error of 0.0007.
pub const DEFAULT_REPLICATES: u64 = 99_999;
/// The most observations: logarithms of factorials are tabulated up to it.
pub const LARGEST_TOTAL: u64 = 1_000_000;
/// The most cells drawn, replicates times cells.
pub const MOST_CELLS: u64 = 1_000_000_000;

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

/// How many tables are drawn, and the seed that reproduces them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    /// Number of tables, at least 1.
    pub replicates: u64,
    /// Seed of [`Pcg64`].
    pub seed: u64,
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
    let conditional = doubtful.then(|| {
        match fisher_exact(table, Which::TwoSided, FisherRule::MinimumLikelihood) {
            Err(NotComputed::TooLarge { .. }) => {
                monte_carlo(table, Ordering::Probability, draws).map(|found| found.test)
            }
            other => other,
        }
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
/// [`LARGEST_TOTAL`] observations or [`MOST_CELLS`] cells drawn.
pub fn monte_carlo(table: &CountTable, ordering: Ordering, draws: Draws) -> Computed<MonteCarlo> {
    if draws.replicates == 0 {
        return Err(NotComputed::invalid("a Monte Carlo test needs at least one replicate"));
    }
    let reduced = Reduced::new(table)?;
    let cells = reduced.table.cells().len() as u64;
    let drawn = draws.replicates.checked_mul(cells).filter(|&drawn| drawn <= MOST_CELLS);
    if reduced.table.total() > LARGEST_TOTAL || drawn.is_none() {
        return Err(NotComputed::TooLarge { limit: "a million observations and 10^9 cells drawn" });
    }
    let sampler = Sampler::new(&reduced.table);
    let score = |cells: &[u64]| sampler.score(cells, ordering);
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
    let p = (b + 1.0) / (n + 1.0);
    let level = ConfidenceLevel::P95;
    let tail = level.alpha() / 2.0;
    let low = if hits == 0 { 0.0 } else { beta::quantile(tail, b, n - b + 1.0) };
    let high = if hits == draws.replicates { 1.0 } else { beta::quantile(1.0 - tail, b + 1.0, n - b) };
    let caution = Caution::MonteCarlo {
        replicates: draws.replicates,
        seed: draws.seed,
        standard_error: (p * (1.0 - p) / n).sqrt(),
    };
    let test =
        Test { statistic, df: Vec::new(), p, which: Which::TwoSided, method, cautions: vec![caution] };
    MonteCarlo { test, p_interval: Interval { low, high, level, method } }
}

/// Draws tables with given margins.
struct Sampler {
    rows: Vec<u64>,
    columns: Vec<u64>,
    ln_factorials: Vec<f64>,
}

impl Sampler {
    fn new(table: &CountTable) -> Self {
        let ln_factorials = (0..=table.total()).map(|n| special::ln_gamma(n as f64 + 1.0)).collect();
        Self { rows: table.row_totals(), columns: table.column_totals(), ln_factorials }
    }

    /// Larger where a table is more extreme.
    fn score(&self, cells: &[u64], ordering: Ordering) -> f64 {
        match ordering {
            Ordering::Probability => cells.iter().map(|&count| self.ln_factorial(count)).sum(),
            Ordering::Pearson => cells
                .chunks(self.columns.len())
                .zip(&self.rows)
                .map(|(row, &row_total)| {
                    let squares = row.iter().zip(&self.columns).map(|(&n, &c)| n as f64 * (n as f64 / c as f64));
                    squares.sum::<f64>() / row_total as f64
                })
                .sum(),
        }
    }

    /// Fills `cells` row by row, each cell from its hypergeometric distribution given those before it.
    fn draw(&self, generator: &mut Pcg64, cells: &mut [u64]) {
        let mut columns = self.columns.clone();
        for (row, &row_total) in cells.chunks_mut(self.columns.len()).zip(&self.rows) {
            let mut population: u64 = columns.iter().sum();
            let mut left = row_total;
            for (cell, column) in row.iter_mut().zip(&mut columns) {
                let count = self.hypergeometric(generator, population, *column, left);
                population -= *column;
                *column -= count;
                left -= count;
                *cell = count;
            }
        }
    }

    /// The number of `successes` among `draws` from `population`, by inversion outwards from the mode.
    fn hypergeometric(&self, generator: &mut Pcg64, population: u64, successes: u64, draws: u64) -> u64 {
        let low = (successes + draws).saturating_sub(population);
        let high = successes.min(draws);
        if low >= high {
            return low;
        }
        let mode = u64::try_from(
            u128::from(successes + 1) * u128::from(draws + 1) / (u128::from(population) + 2),
        )
        .unwrap_or(high)
        .clamp(low, high);
        let ln_choose = |n, k| self.ln_factorial(n) - self.ln_factorial(k) - self.ln_factorial(n - k);
        let at_mode = libm::exp(
            ln_choose(successes, mode) + ln_choose(population - successes, draws - mode)
                - ln_choose(population, draws),
        );
        // Failures in the urn beyond those drawn at k, plus k: at least k - low.
        let spare = |k: u64| (population + k - successes - draws) as f64;
        let mut rest = generator.uniform() - at_mode;
        let (mut down, mut up) = ((mode, at_mode), (mode, at_mode));
        while rest >= 0.0 && (down.0 > low || up.0 < high) {
            if up.0 < high {
                let k = up.0;
                let ratio = (successes - k) as f64 * (draws - k) as f64 / ((k + 1) as f64 * spare(k + 1));
                up = (k + 1, up.1 * ratio);
                rest -= up.1;
                if rest < 0.0 {
                    return up.0;
                }
            }
            if down.0 > low {
                let k = down.0;
                let ratio = k as f64 * spare(k) / ((successes - k + 1) as f64 * (draws - k + 1) as f64);
                down = (k - 1, down.1 * ratio);
                rest -= down.1;
                if rest < 0.0 {
                    return down.0;
                }
            }
        }
        // Rounding may leave a remainder of a few ulps beyond the last value: the mode takes it.
        mode
    }

    fn ln_factorial(&self, n: u64) -> f64 {
        usize::try_from(n).ok().and_then(|n| self.ln_factorials.get(n)).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWS: Draws = Draws { replicates: 20_000, seed: 1 };

    fn table(rows: &[[u64; 3]]) -> CountTable {
        CountTable::from_rows(rows).unwrap()
    }

    #[test]
    fn margins_are_kept() {
        let t = table(&[[8, 3, 0], [2, 5, 6], [1, 4, 7]]);
        let sampler = Sampler::new(&t);
        let mut generator = Pcg64::new(5);
        let mut cells = vec![0; 9];
        for _ in 0..200 {
            sampler.draw(&mut generator, &mut cells);
            let drawn = CountTable::new(3, cells.clone()).unwrap();
            assert_eq!(drawn.row_totals(), t.row_totals());
            assert_eq!(drawn.column_totals(), t.column_totals());
        }
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
