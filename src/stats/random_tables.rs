//! Random tables with fixed margins, for the Monte Carlo forms of conditional tests.

use super::count_table::CountTable;
use super::distributions::special;
use super::random::Pcg64;
use super::record::{Caution, Computed, NotComputed};

/// Replicates by default: with them a p-value of 0.05 has a standard error of 0.0007.
pub const DEFAULT_REPLICATES: u64 = 99_999;
/// The most observations: logarithms of factorials are tabulated up to it.
pub const LARGEST_TOTAL: u64 = 1_000_000;
/// The most steps: replicates times cells times the root of the total, which the search for each cell grows with.
pub const MOST_STEPS: u64 = 2_000_000_000;

/// How many tables are drawn, and the seed that reproduces them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    /// Number of tables, at least 1.
    pub replicates: u64,
    /// Seed of [`Pcg64`].
    pub seed: u64,
}

impl Draws {
    /// `(b+1)/(B+1)` for `hits` tables at least as extreme as the observed one (Phipson & Smyth 2010): never zero.
    pub fn p_value(self, hits: u64) -> f64 {
        (hits as f64 + 1.0) / (self.replicates as f64 + 1.0)
    }

    /// What must stand beside an estimated p-value.
    pub fn caution(self, p: f64) -> Caution {
        let standard_error = (p * (1.0 - p) / self.replicates as f64).sqrt();
        Caution::MonteCarlo { replicates: self.replicates, seed: self.seed, standard_error }
    }
}

/// Draws tables with given margins (the sequence of Patefield 1981: one hypergeometric draw per cell).
#[derive(Debug, Clone)]
pub struct Sampler {
    rows: Vec<u64>,
    columns: Vec<u64>,
    ln_factorials: Vec<f64>,
}

impl Sampler {
    /// A sampler of tables with the margins of `table`; `TooLarge` beyond [`LARGEST_TOTAL`] observations or
    /// [`MOST_STEPS`] steps.
    pub fn new(table: &CountTable, draws: Draws) -> Computed<Self> {
        if draws.replicates == 0 {
            return Err(NotComputed::invalid("a Monte Carlo test needs at least one replicate"));
        }
        let total = table.total();
        let cells = draws.replicates.checked_mul(table.cells().len() as u64);
        let steps = cells.and_then(|cells| cells.checked_mul(total.isqrt()));
        if total > LARGEST_TOTAL || steps.is_none_or(|steps| steps > MOST_STEPS) {
            return Err(NotComputed::TooLarge {
                limit: "a million observations; 2·10^9 for replicates times cells times the root of the total",
            });
        }
        let ln_factorials = (0..=total).map(|n| special::ln_gamma(n as f64 + 1.0)).collect();
        Ok(Self { rows: table.row_totals(), columns: table.column_totals(), ln_factorials })
    }

    /// Totals of the rows.
    pub fn rows(&self) -> &[u64] {
        &self.rows
    }

    /// Totals of the columns.
    pub fn columns(&self) -> &[u64] {
        &self.columns
    }

    /// `log n!`, for `n` up to the total of the table.
    pub fn ln_factorial(&self, n: u64) -> f64 {
        usize::try_from(n).ok().and_then(|n| self.ln_factorials.get(n)).copied().unwrap_or(0.0)
    }

    /// Fills `cells` (row after row, as many as the table has), each cell from its hypergeometric distribution given those before it.
    pub fn draw(&self, generator: &mut Pcg64, cells: &mut [u64]) {
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
        let mode =
            u64::try_from(u128::from(successes + 1) * u128::from(draws + 1) / (u128::from(population) + 2))
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_are_kept() {
        let t = CountTable::from_rows(&[[8, 3, 0], [2, 5, 6], [1, 4, 7]]).unwrap();
        let sampler = Sampler::new(&t, Draws { replicates: 200, seed: 5 }).unwrap();
        let mut generator = Pcg64::new(5);
        let mut cells = vec![0; 9];
        for _ in 0..200 {
            sampler.draw(&mut generator, &mut cells);
            let drawn = CountTable::new(3, cells.clone()).unwrap();
            assert_eq!(drawn.row_totals(), t.row_totals());
            assert_eq!(drawn.column_totals(), t.column_totals());
        }
    }
}
