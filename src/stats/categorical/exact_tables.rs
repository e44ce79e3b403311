//! Exact conditional tests of tables of any shape: Freeman-Halton (Fisher) and Pearson's statistic.
//!
//! Both go through the network of all tables with the observed margins and share its limits: at most 1000
//! observations and a bounded number of steps, beyond which the result is `NotComputed::TooLarge` and
//! `monte_carlo` takes over.

use super::fisher::{FISHER_EXACT, RELATIVE_TOLERANCE};
use super::independence::Reduced;
use crate::stats::count_table::CountTable;
use crate::stats::fixed_margins::{Cost, LIMIT, Network, factorial_keys, least_common_multiple, to_key};
use crate::stats::record::{Computed, Method, NotComputed, Test, Which};

/// Fisher's exact test of a table of any shape, with exact equality of probabilities.
pub const FISHER_EXACT_RATIONAL: Method = Method {
    id: "fisher_exact.exact_rational",
    name: "Fisher's exact test (Freeman-Halton)",
    convention: "tables no more likely than the observed one, equality exact",
};
/// Pearson's statistic under its exact conditional distribution.
pub const CHISQ_EXACT_CONDITIONAL: Method = Method {
    id: "chisq.exact_conditional",
    name: "Exact conditional chi-square test",
    convention: "tables whose Pearson statistic is at least the observed one, equality exact",
};

/// When two tables count as equally likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Equality {
    /// Their probabilities differ by a share below 1e-7, as in R's `fisher.test`.
    #[default]
    WithinTolerance,
    /// The products of factorials are the same integer.
    Exact,
}

/// An exact test and the size of its reference set.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactTable {
    /// The test.
    pub test: Test,
    /// The number of tables with the observed margins.
    pub tables: u128,
    /// The p-value of the most extreme of them: no smaller one is attainable.
    pub smallest: f64,
}

/// The Freeman-Halton extension of Fisher's exact test to tables of any shape.
///
/// Empty rows and columns are left out; undefined with fewer than two of either; `TooLarge` beyond the limits of the
/// module. Source: Freeman & Halton 1951; network after Mehta & Patel 1983.
pub fn fisher(table: &CountTable, equality: Equality) -> Computed<ExactTable> {
    let reduced = Reduced::new(table)?;
    let (rows, columns) = oriented(&reduced.table);
    let keys = factorial_keys(small_total(&reduced.table)?);
    let key =
        |count: u64| usize::try_from(count).ok().and_then(|count| keys.get(count)).copied().unwrap_or(0);
    let observed: i128 = reduced.table.cells().iter().map(|&count| key(count)).sum();
    let (tolerance, method) = match equality {
        Equality::WithinTolerance => (to_key(RELATIVE_TOLERANCE), FISHER_EXACT),
        Equality::Exact => (0, FISHER_EXACT_RATIONAL),
    };
    let network = Network::new(&rows, &columns, ProductOfFactorials { keys: keys.clone() })?;
    let (p, smallest) = observed_and_smallest(&network, observed, tolerance)?;
    Ok(ExactTable { test: test(None, p, method), tables: network.table_count(), smallest })
}

/// Pearson's chi-square test with its exact conditional p-value.
///
/// Empty rows and columns are left out; undefined with fewer than two of either; `TooLarge` beyond the limits of the
/// module.
pub fn chisq(table: &CountTable) -> Computed<ExactTable> {
    let reduced = Reduced::new(table)?;
    small_total(&reduced.table)?;
    let (rows, columns) = oriented(&reduced.table);
    let cost = SquaresOverMargins::new(&rows, &columns)?;
    let (row_totals, column_totals) = (reduced.table.row_totals(), reduced.table.column_totals());
    let mut observed = 0;
    for (row, &row_total) in reduced.table.rows().zip(&row_totals) {
        for (&count, &column_total) in row.iter().zip(&column_totals) {
            let weight = cost.multiple / (i128::from(row_total) * i128::from(column_total));
            observed += i128::from(count) * i128::from(count) * weight;
        }
    }
    let network = Network::new(&rows, &columns, cost)?;
    let (p, smallest) = observed_and_smallest(&network, observed, 0)?;
    let test = test(Some(reduced.pearson()), p, CHISQ_EXACT_CONDITIONAL);
    Ok(ExactTable { test, tables: network.table_count(), smallest })
}

/// Margins such that rows make the fewer nodes, columns from the largest.
fn oriented(table: &CountTable) -> (Vec<u64>, Vec<u64>) {
    let nodes = |margins: &[u64]| margins.iter().map(|&m| libm::log1p(m as f64)).sum::<f64>();
    let (mut rows, mut columns) = (table.row_totals(), table.column_totals());
    if nodes(&rows) > nodes(&columns) {
        std::mem::swap(&mut rows, &mut columns);
    }
    columns.sort_unstable_by(|a, b| b.cmp(a));
    (rows, columns)
}

fn small_total(table: &CountTable) -> Computed<u64> {
    Some(table.total())
        .filter(|&total| total <= crate::stats::fixed_margins::LARGEST_TOTAL)
        .ok_or(NotComputed::TooLarge { limit: LIMIT })
}

/// The p-value of the observed cost and that of the largest.
fn observed_and_smallest<C: Cost>(
    network: &Network<C>,
    observed: i128,
    tolerance: i128,
) -> Computed<(f64, f64)> {
    let largest = *network.reach().end();
    let [p, smallest] =
        network.probabilities(&[observed - tolerance..=i128::MAX, largest - tolerance..=i128::MAX])?;
    Ok((p, smallest))
}

fn test(statistic: Option<f64>, p: f64, method: Method) -> Test {
    Test { statistic, df: Vec::new(), p, which: Which::TwoSided, method, cautions: Vec::new() }
}

/// Minus the logarithm of a table's probability, up to a constant.
struct ProductOfFactorials {
    keys: Vec<i128>,
}

impl Cost for ProductOfFactorials {
    const ROWS_EXCHANGEABLE: bool = true;

    fn of(&self, _: usize, _: &[u32], dealt: &[u32]) -> i128 {
        dealt.iter().filter_map(|&count| self.keys.get(count as usize)).sum()
    }
}

/// `sum n²/(row total * column total)`, times the least common multiples of both margins.
struct SquaresOverMargins {
    /// The product of both least common multiples.
    multiple: i128,
    row_weights: Vec<i128>,
    column_weights: Vec<i128>,
}

impl SquaresOverMargins {
    fn new(rows: &[u64], columns: &[u64]) -> Computed<Self> {
        const TOO_LARGE: NotComputed =
            NotComputed::TooLarge { limit: "margins whose least common multiples fit in 127 bits" };
        let row_multiple = least_common_multiple(rows).ok_or(TOO_LARGE)?;
        let column_multiple = least_common_multiple(columns).ok_or(TOO_LARGE)?;
        // Every partial sum is at most the total squared times both multiples.
        let total = i128::from(rows.iter().sum::<u64>());
        let multiple = row_multiple.checked_mul(column_multiple).ok_or(TOO_LARGE)?;
        multiple.checked_mul(total).and_then(|product| product.checked_mul(total)).ok_or(TOO_LARGE)?;
        let weights = |multiple: i128, margins: &[u64]| {
            margins.iter().map(|&margin| multiple / i128::from(margin)).collect()
        };
        Ok(Self {
            row_weights: weights(row_multiple, rows),
            column_weights: weights(column_multiple, columns),
            multiple,
        })
    }
}

impl Cost for SquaresOverMargins {
    const ROWS_EXCHANGEABLE: bool = false;

    fn of(&self, column: usize, _: &[u32], dealt: &[u32]) -> i128 {
        let squares: i128 =
            dealt.iter().zip(&self.row_weights).map(|(&n, &w)| i128::from(n) * i128::from(n) * w).sum();
        squares * self.column_weights.get(column).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Equality, chisq, fisher};
    use crate::stats::count_table::CountTable;
    use crate::stats::record::NotComputed;

    /// Margins 2, 1 by 1, 1, 1: three tables of probability 1/3 each.
    #[test]
    fn equally_likely_tables_give_one() {
        let t = CountTable::from_rows(&[[1, 1, 0], [0, 0, 1]]).unwrap();
        let found = fisher(&t, Equality::Exact).unwrap();
        assert_eq!(found.tables, 3);
        assert!((found.test.p - 1.0).abs() < 1e-15);
        assert!((chisq(&t).unwrap().test.p - 1.0).abs() < 1e-15);
    }

    /// Rows 6, 1; 3, 4; 1, 6 turned on their side: the statistic does not care (p from the reference cases).
    #[test]
    fn orientation_does_not_matter() {
        let t = CountTable::from_rows(&[[6, 1], [3, 4], [1, 6]]).unwrap();
        for table in [t.transposed(), t] {
            assert!((chisq(&table).unwrap().test.p - 0.040_188_140_033_341_27).abs() < 1e-14);
        }
    }

    /// The diagonal 3 x 3 table of ones is one of 6 arrangements, all equally extreme.
    #[test]
    fn permutation_matrices() {
        let t = CountTable::from_rows(&[[2, 0, 0], [0, 2, 0], [0, 0, 2]]).unwrap();
        // 6 diagonal-like tables of 90 arrangements of aabbcc.
        assert!((fisher(&t, Equality::Exact).unwrap().test.p - 6.0 / 90.0).abs() < 1e-15);
        assert!((chisq(&t).unwrap().test.p - 6.0 / 90.0).abs() < 1e-15);
    }

    #[test]
    fn limits_and_degenerate_tables() {
        let large = CountTable::from_rows(&[[900, 900], [900, 900]]).unwrap();
        assert!(matches!(chisq(&large), Err(NotComputed::TooLarge { .. })));
        let wide = CountTable::from_rows(&vec![vec![9; 11]; 10]).unwrap();
        assert!(matches!(fisher(&wide, Equality::Exact), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(chisq(&wide), Err(NotComputed::TooLarge { .. })));
        assert!(fisher(&CountTable::from_rows(&[[1, 0], [2, 0]]).unwrap(), Equality::Exact).is_err());
    }
}
