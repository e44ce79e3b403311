//! Tests of independence in a two-way table: Pearson, its N-1 form, and the likelihood ratio.

use super::{chi_squared_test, deviance_part};
use crate::stats::count_table::CountTable;
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test};

/// Pearson's chi-square test of independence.
pub const CHISQ: Method =
    Method { id: "chisq", name: "Pearson's chi-square test", convention: "no continuity correction" };
/// Pearson's test with Yates's correction.
pub const CHISQ_YATES: Method = Method {
    id: "chisq",
    name: "Pearson's chi-square test",
    convention: "Yates's correction, at most the smallest |O-E|",
};
/// Pearson's test scaled to the permutation variance.
pub const CHISQ_N1: Method =
    Method { id: "chisq_n1", name: "N-1 chi-square test", convention: "Pearson's statistic times (N-1)/N" };
/// Pearson and adjusted residuals.
pub const CHISQ_RESIDUALS: Method = Method {
    id: "chisq_residuals",
    name: "Residuals of independence",
    convention: "adjusted residuals of Haberman",
};
/// Likelihood-ratio test of independence.
pub const G_TEST: Method =
    Method { id: "g_test", name: "Likelihood-ratio (G) test", convention: "0 log 0 = 0" };
/// Likelihood-ratio test with Williams's correction.
pub const G_TEST_WILLIAMS: Method = Method {
    id: "g_test",
    name: "Likelihood-ratio (G) test",
    convention: "Williams's correction, 0 log 0 = 0",
};

/// Continuity correction of Pearson's statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Correction {
    /// No correction; Yates's is too conservative (Campbell 2007).
    #[default]
    None,
    /// Yates's correction of 1/2, no larger than the smallest |O-E|; only for two by two.
    Yates,
}

/// Small-sample correction of the likelihood-ratio statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GCorrection {
    /// No correction.
    #[default]
    None,
    /// Williams's divisor (Williams 1976).
    Williams,
}

/// The expected counts under independence and whether they carry the chi-square approximation.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Expected counts, rows by columns, without empty rows and columns.
    pub counts: Vec<Vec<f64>>,
    /// The smallest of them.
    pub smallest: f64,
    /// The share of cells whose expected count is below 5.
    pub share_below_five: f64,
}

impl Expected {
    /// Cochran's (1954) rule: at most a fifth of the expected counts below 5, and none below 1.
    pub fn satisfies_cochran(&self) -> bool {
        self.share_below_five <= 0.2 && self.smallest >= 1.0
    }
}

/// Pearson and adjusted residuals, rows by columns, without empty rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Residuals {
    /// `(O-E)/sqrt(E)`.
    pub pearson: Vec<Vec<f64>>,
    /// The Pearson residual over its standard error under independence (Haberman 1973).
    pub adjusted: Vec<Vec<f64>>,
    /// The method.
    pub method: Method,
}

/// Pearson's chi-square test of independence, on the table without its empty rows and columns.
///
/// Undefined with fewer than two rows or columns left. Source: Pearson 1900; Cochran 1954 for the adequacy caution.
///
/// # Examples
///
/// ```
/// use canvass::stats::categorical::independence::{Correction, chisq};
/// use canvass::stats::count_table::CountTable;
///
/// let table = CountTable::from_rows(&[[3, 1], [1, 3]])?;
/// let test = chisq(&table, Correction::None)?;
/// // By hand: every cell is 1 away from 2, so 4 * 1/2; p = erfc(1).
/// assert!((test.statistic.unwrap_or_default() - 2.0).abs() < 1e-15);
/// assert!((test.p - 0.157_299_207_050_285_13).abs() < 1e-12);
/// // Expected counts of 2 are sparse, and the record says so.
/// assert!(!test.cautions.is_empty());
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn chisq(table: &CountTable, correction: Correction) -> Computed<Test> {
    let reduced = Reduced::new(table)?;
    let method = match correction {
        Correction::None => CHISQ,
        Correction::Yates => CHISQ_YATES,
    };
    let shrink = match correction {
        Correction::None => 0.0,
        Correction::Yates if reduced.table.cells().len() == 4 => {
            reduced.pairs().map(|(observed, expected)| (observed - expected).abs()).fold(0.5, f64::min)
        }
        Correction::Yates => {
            return Err(NotComputed::invalid("Yates's correction is for two rows and two columns"));
        }
    };
    let statistic = reduced
        .pairs()
        .map(|(observed, expected)| {
            let distance = (observed - expected).abs() - shrink;
            distance * distance / expected
        })
        .sum();
    Ok(reduced.test(statistic, method))
}

/// The N-1 chi-square test: Pearson's statistic times `(N-1)/N` (Campbell 2007), the permutation form.
pub fn chisq_n1(table: &CountTable) -> Computed<Test> {
    let reduced = Reduced::new(table)?;
    let total = reduced.table.total() as f64;
    Ok(reduced.test(reduced.pearson() * (total - 1.0) / total, CHISQ_N1))
}

/// The likelihood-ratio test of independence, `2 sum O log(O/E)`.
pub fn g_test(table: &CountTable, correction: GCorrection) -> Computed<Test> {
    let reduced = Reduced::new(table)?;
    let statistic: f64 = 2.0 * reduced.pairs().map(|(o, e)| deviance_part(o, e)).sum::<f64>();
    Ok(match correction {
        GCorrection::None => reduced.test(statistic, G_TEST),
        GCorrection::Williams => reduced.test(statistic / reduced.williams(), G_TEST_WILLIAMS),
    })
}

/// Expected counts under independence, on the table without its empty rows and columns.
pub fn expected(table: &CountTable) -> Computed<Expected> {
    Ok(Reduced::new(table)?.expected)
}

/// Pearson residuals and adjusted residuals of independence (Haberman 1973).
pub fn residuals(table: &CountTable) -> Computed<Residuals> {
    let reduced = Reduced::new(table)?;
    let total = reduced.table.total();
    let columns = reduced.table.column_totals();
    let mut pearson = Vec::new();
    let mut adjusted = Vec::new();
    for ((row, expected), row_total) in
        reduced.table.rows().zip(&reduced.expected.counts).zip(reduced.table.row_totals())
    {
        let raw: Vec<f64> = row.iter().zip(expected).map(|(&o, &e)| (o as f64 - e) / e.sqrt()).collect();
        // Shares outside the row and the column, formed from integers so that they do not cancel.
        let outside = |margin: u64| (total - margin) as f64 / total as f64;
        adjusted.push(
            raw.iter()
                .zip(&columns)
                .map(|(r, &column)| r / (outside(row_total) * outside(column)).sqrt())
                .collect(),
        );
        pearson.push(raw);
    }
    Ok(Residuals { pearson, adjusted, method: CHISQ_RESIDUALS })
}

/// Pearson's statistic and the table it belongs to, for measures of association built on it.
pub(super) struct Reduced {
    pub(super) table: CountTable,
    expected: Expected,
    cautions: Vec<Caution>,
}

impl Reduced {
    /// Drops empty rows and columns and forms the expected counts.
    pub(super) fn new(table: &CountTable) -> Computed<Self> {
        const TOO_SMALL: NotComputed = NotComputed::Undefined("fewer than two non-empty rows or columns");
        let (table, emptied) = table.without_empty().map_err(|_| TOO_SMALL)?;
        if table.row_count() < 2 || table.column_count() < 2 {
            return Err(TOO_SMALL);
        }
        let total = table.total() as f64;
        let columns = table.column_totals();
        let counts: Vec<Vec<f64>> = table
            .row_totals()
            .iter()
            .map(|&row| columns.iter().map(|&column| row as f64 * column as f64 / total).collect())
            .collect();
        let smallest = counts.iter().flatten().copied().fold(f64::INFINITY, f64::min);
        let below = counts.iter().flatten().filter(|&&e| e < 5.0).count();
        let share_below_five = below as f64 / table.cells().len() as f64;
        let expected = Expected { counts, smallest, share_below_five };
        let mut cautions = Vec::new();
        if emptied.rows > 0 {
            cautions.push(Caution::Dropped { count: emptied.rows, what: "empty rows" });
        }
        if emptied.columns > 0 {
            cautions.push(Caution::Dropped { count: emptied.columns, what: "empty columns" });
        }
        if !expected.satisfies_cochran() {
            cautions.push(Caution::SparseTable { smallest_expected: smallest, share_below_five });
        }
        Ok(Self { table, expected, cautions })
    }

    /// Observed and expected count of each cell.
    fn pairs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.table
            .cells()
            .iter()
            .zip(self.expected.counts.iter().flatten())
            .map(|(&observed, &expected)| (observed as f64, expected))
    }

    /// Pearson's statistic.
    pub(super) fn pearson(&self) -> f64 {
        self.pairs()
            .map(|(observed, expected)| (observed - expected) * ((observed - expected) / expected))
            .sum()
    }

    /// Rows less one and columns less one.
    pub(super) fn less_one(&self) -> (f64, f64) {
        ((self.table.row_count() - 1) as f64, (self.table.column_count() - 1) as f64)
    }

    /// Degrees of freedom.
    pub(super) fn df(&self) -> f64 {
        let (rows, columns) = self.less_one();
        rows * columns
    }

    /// Williams's divisor of the likelihood-ratio statistic.
    fn williams(&self) -> f64 {
        let total = self.table.total() as f64;
        let part = |margins: Vec<u64>| margins.iter().map(|&m| total / m as f64).sum::<f64>() - 1.0;
        1.0 + part(self.table.row_totals()) * part(self.table.column_totals()) / (6.0 * total * self.df())
    }

    fn test(&self, statistic: f64, method: Method) -> Test {
        chi_squared_test(statistic, self.df(), method, self.cautions.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{Correction, GCorrection, chisq, chisq_n1, expected, g_test, residuals};
    use crate::stats::count_table::CountTable;
    use crate::stats::record::{Caution, NotComputed};

    fn table(rows: &[[u64; 2]]) -> CountTable {
        CountTable::from_rows(rows).unwrap()
    }

    /// By hand: E = 2 in every cell, so the statistic is 4 * 1/2 and, corrected, 4 * (1/2)^2 / 2.
    #[test]
    fn hand_computed_two_by_two() {
        let t = table(&[[3, 1], [1, 3]]);
        assert_eq!(chisq(&t, Correction::None).unwrap().statistic, Some(2.0));
        assert_eq!(chisq(&t, Correction::Yates).unwrap().statistic, Some(0.5));
        assert_eq!(chisq_n1(&t).unwrap().statistic, Some(1.75));
        assert!(!expected(&t).unwrap().satisfies_cochran());
    }

    #[test]
    fn yates_needs_two_by_two_and_is_never_negative() {
        let wide = CountTable::from_rows(&[[1, 2, 3], [3, 2, 1]]).unwrap();
        assert!(matches!(chisq(&wide, Correction::Yates), Err(NotComputed::Invalid(_))));
        assert_eq!(chisq(&table(&[[5, 5], [5, 5]]), Correction::Yates).unwrap().statistic, Some(0.0));
    }

    #[test]
    fn one_row_left_is_undefined_and_dropped_columns_are_told() {
        assert!(matches!(chisq(&table(&[[4, 6], [0, 0]]), Correction::None), Err(NotComputed::Undefined(_))));
        assert!(matches!(
            g_test(&table(&[[0, 0], [0, 0]]), GCorrection::None),
            Err(NotComputed::Undefined(_))
        ));
        let t = CountTable::from_rows(&[[30, 0, 20], [20, 0, 30]]).unwrap();
        let test = chisq(&t, Correction::None).unwrap();
        assert_eq!(test.cautions, [Caution::Dropped { count: 1, what: "empty columns" }]);
        assert_eq!(test.df, [1.0]);
    }

    /// In a two by two table every adjusted residual is the signed root of Pearson's statistic.
    #[test]
    fn adjusted_residuals_square_to_the_statistic() {
        let t = table(&[[9, 3], [5, 5]]);
        let statistic = chisq(&t, Correction::None).unwrap().statistic.unwrap();
        for r in residuals(&t).unwrap().adjusted.into_iter().flatten() {
            assert!((r * r - statistic).abs() < 1e-13);
        }
    }
}
