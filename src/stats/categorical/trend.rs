//! Tests of a linear trend over ordered categories with stated scores.

use super::chi_squared_test;
use crate::stats::count_table::CountTable;
use crate::stats::distributions::normal;
use crate::stats::record::{Computed, Method, NotComputed, Test, Which};

/// Cochran-Armitage test with the binomial variance.
pub const COCHRAN_ARMITAGE: Method = Method {
    id: "cochran_armitage",
    name: "Cochran-Armitage trend test",
    convention: "variance with N, no correction",
};
/// The same score test with the permutation variance.
pub const LINEAR_BY_LINEAR_2XK: Method = Method {
    id: "linear_by_linear_2xk",
    name: "Linear-by-linear test, two rows",
    convention: "permutation variance with N-1",
};
/// Mantel's linear-by-linear association test.
pub const LINEAR_BY_LINEAR: Method =
    Method {
        id: "linear_by_linear", name: "Linear-by-linear association test", convention: "M² = (N-1) r²"
    };

/// Mantel's test with the correlation that it tests.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearByLinear {
    /// Pearson's correlation of row and column scores.
    pub r: f64,
    /// The test; its statistic is `(N-1) r²`.
    pub test: Test,
}

/// The Cochran-Armitage test: do the shares `successes[i]/totals[i]` rise or fall with `scores[i]`?
///
/// The statistic is z, positive where shares rise with the score; `Which::Greater` asks for a rise. Undefined where
/// every share is 0 or 1 or no score differs. Source: Cochran 1954; Armitage 1955.
pub fn cochran_armitage(successes: &[u64], totals: &[u64], scores: &[f64], which: Which) -> Computed<Test> {
    let r = success_correlation(successes, totals, scores)?;
    let n = totals.iter().sum::<u64>() as f64;
    Ok(normal_test(r * n.sqrt(), which, COCHRAN_ARMITAGE))
}

/// The trend test of [`cochran_armitage`] with the permutation variance: z is smaller by `sqrt((N-1)/N)`.
pub fn linear_by_linear_2xk(
    successes: &[u64],
    totals: &[u64],
    scores: &[f64],
    which: Which,
) -> Computed<Test> {
    let r = success_correlation(successes, totals, scores)?;
    let n = totals.iter().sum::<u64>() as f64;
    Ok(normal_test(r * (n - 1.0).sqrt(), which, LINEAR_BY_LINEAR_2XK))
}

/// Mantel's (1963) test of linear association between row and column scores, chi-square on one degree of freedom.
///
/// Undefined where the scores of the observed rows or columns do not vary.
pub fn linear_by_linear(
    table: &CountTable,
    row_scores: &[f64],
    column_scores: &[f64],
) -> Computed<LinearByLinear> {
    let r = correlation(table, row_scores, column_scores)?;
    let statistic = (table.total() as f64 - 1.0) * r * r;
    let test = chi_squared_test(statistic, 1.0, LINEAR_BY_LINEAR, Vec::new());
    Ok(LinearByLinear { r, test })
}

/// The scores 1, 2, ... for `len` categories.
pub fn equally_spaced(len: usize) -> Vec<f64> {
    (1..=len).map(|score| score as f64).collect()
}

/// Successes and failures as the two rows of a table.
pub(super) fn success_table(successes: &[u64], totals: &[u64]) -> Computed<CountTable> {
    if successes.len() != totals.len() {
        return Err(NotComputed::invalid("there are as many totals as successes"));
    }
    let mut cells = successes.to_vec();
    for (&x, &n) in successes.iter().zip(totals) {
        let failures = n.checked_sub(x).ok_or(NotComputed::invalid("successes are at most the total"))?;
        cells.push(failures);
    }
    CountTable::new(successes.len(), cells)
}

/// Correlation of success (1 for the first row, 0 for the second) with the score.
fn success_correlation(successes: &[u64], totals: &[u64], scores: &[f64]) -> Computed<f64> {
    correlation(&success_table(successes, totals)?, &[1.0, 0.0], scores)
}

/// Pearson's correlation of the scores over the counts, by deviations from the means.
fn correlation(table: &CountTable, row_scores: &[f64], column_scores: &[f64]) -> Computed<f64> {
    if row_scores.len() != table.row_count() || column_scores.len() != table.column_count() {
        return Err(NotComputed::invalid("there is one score for each row and column"));
    }
    if row_scores.iter().chain(column_scores).any(|score| !score.is_finite()) {
        return Err(NotComputed::invalid("scores are finite"));
    }
    let total = table.total();
    if total == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let rows = deviations(&table.row_totals(), row_scores, total)?;
    let columns = deviations(&table.column_totals(), column_scores, total)?;
    let product: f64 = table
        .rows()
        .zip(&rows.values)
        .map(|(row, dr)| dr * row.iter().zip(&columns.values).map(|(&n, dc)| n as f64 * dc).sum::<f64>())
        .sum();
    Ok((product / (rows.squares.sqrt() * columns.squares.sqrt())).clamp(-1.0, 1.0))
}

/// Deviations of scores from their weighted mean, and the weighted sum of their squares.
struct Deviations {
    values: Vec<f64>,
    squares: f64,
}

fn deviations(margins: &[u64], scores: &[f64], total: u64) -> Computed<Deviations> {
    let mut observed = margins.iter().zip(scores).filter(|&(&n, _)| n > 0).map(|(_, &score)| score);
    let first = observed.next().unwrap_or(0.0);
    if observed.all(|score| score.total_cmp(&first).is_eq()) {
        return Err(NotComputed::NoVariation);
    }
    let mean = margins.iter().zip(scores).map(|(&n, s)| n as f64 * s).sum::<f64>() / total as f64;
    let values: Vec<f64> = scores.iter().map(|score| score - mean).collect();
    let squares = margins.iter().zip(&values).map(|(&n, d)| n as f64 * d * d).sum::<f64>();
    if squares > 0.0 && squares.is_finite() {
        Ok(Deviations { values, squares })
    } else {
        Err(NotComputed::NoVariation)
    }
}

fn normal_test(z: f64, which: Which, method: Method) -> Test {
    let p = match which {
        Which::TwoSided => (2.0 * normal::sf(z.abs())).min(1.0),
        Which::Greater => normal::sf(z),
        Which::Less => normal::cdf(z),
    };
    Test { statistic: Some(z), df: Vec::new(), p, which, method, cautions: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::{cochran_armitage, equally_spaced, linear_by_linear, linear_by_linear_2xk};
    use crate::stats::count_table::CountTable;
    use crate::stats::record::{NotComputed, Which};

    #[test]
    fn no_trend_gives_z_zero_and_p_one() {
        let test = cochran_armitage(&[3, 3, 3], &[10, 10, 10], &[1.0, 2.0, 3.0], Which::TwoSided).unwrap();
        assert!(test.statistic.unwrap().abs() < 1e-15 && (test.p - 1.0).abs() < 1e-14);
    }

    #[test]
    fn undefined_where_nothing_varies() {
        let s = [1.0, 2.0];
        let none = cochran_armitage(&[0, 0], &[4, 5], &s, Which::TwoSided);
        assert_eq!(none, Err(NotComputed::NoVariation));
        assert_eq!(
            cochran_armitage(&[1, 2], &[4, 5], &[2.0, 2.0], Which::TwoSided),
            Err(NotComputed::NoVariation)
        );
        assert!(cochran_armitage(&[5, 2], &[4, 5], &s, Which::TwoSided).is_err());
        assert!(cochran_armitage(&[1, 2], &[4, 5], &[1.0, f64::INFINITY], Which::TwoSided).is_err());
        assert!(cochran_armitage(&[], &[], &[], Which::TwoSided).is_err());
        assert!(linear_by_linear_2xk(&[1], &[4, 5], &s, Which::TwoSided).is_err());
    }

    /// By hand: scores 1, 2 on [[1,0],[0,1]] correlate perfectly, so M² = N-1 = 1.
    #[test]
    fn perfect_correlation_gives_n_less_one() {
        let t = CountTable::from_rows(&[[1, 0], [0, 1]]).unwrap();
        let found = linear_by_linear(&t, &equally_spaced(2), &equally_spaced(2)).unwrap();
        assert!((found.r - 1.0).abs() < 1e-15);
        assert!((found.test.statistic.unwrap() - 1.0).abs() < 1e-15);
    }
}
