//! Association of two ordered variables: gamma, tau-b and Somers' d with their standard errors.

use crate::stats::count_table::CountTable;
use crate::stats::record::{Computed, Method, NotComputed};

/// Goodman & Kruskal's gamma, Kendall's tau-b and Somers' d.
pub const ORDINAL_ASSOCIATION: Method = Method {
    id: "ordinal_association",
    name: "Gamma, tau-b and Somers' d",
    convention: "ASE1: standard errors not assuming independence",
};

/// The most cells a table may have: every pair of cells is visited through sums, in time linear in the cells.
pub const LARGEST_TABLE: usize = 1_000_000;

/// An estimate and its asymptotic standard error (ASE1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WithError {
    /// The estimate, in [-1, 1].
    pub estimate: f64,
    /// Its standard error, not assuming independence.
    pub standard_error: f64,
}

/// Measures of ordinal association of a table whose rows and columns are in order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrdinalAssociation {
    /// Pairs ordered alike in rows and columns.
    pub concordant: u128,
    /// Pairs ordered oppositely.
    pub discordant: u128,
    /// Goodman & Kruskal's gamma; undefined where every pair is tied.
    pub gamma: Computed<WithError>,
    /// Kendall's tau-b; undefined where rows or columns do not vary.
    pub tau_b: Computed<WithError>,
    /// Somers' d of the columns given the rows; undefined where rows do not vary.
    pub somers_d_columns_given_rows: Computed<WithError>,
    /// Somers' d of the rows given the columns; undefined where columns do not vary.
    pub somers_d_rows_given_columns: Computed<WithError>,
    /// The method.
    pub method: Method,
}

/// Gamma, tau-b and both Somers' d, with ASE1 (Goodman & Kruskal 1979; Agresti 2010; as SAS PROC FREQ).
pub fn ordinal_association(table: &CountTable) -> Computed<OrdinalAssociation> {
    if table.cells().len() > LARGEST_TABLE {
        return Err(NotComputed::TooLarge { limit: "tables of a million cells" });
    }
    if table.total() == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let pairs = Pairs::new(table);
    let rows = Margin::new(table.row_totals());
    let columns = Margin::new(table.column_totals());
    Ok(OrdinalAssociation {
        concordant: pairs.twice_concordant / 2,
        discordant: pairs.twice_discordant / 2,
        gamma: pairs.gamma(),
        tau_b: pairs.tau_b(table, &rows, &columns),
        somers_d_columns_given_rows: pairs.somers_d(table, &rows, |row, _| row),
        somers_d_rows_given_columns: pairs.somers_d(table, &columns, |_, column| column),
        method: ORDINAL_ASSOCIATION,
    })
}

/// For each cell the observations concordant and discordant with it, and their weighted sums.
struct Pairs {
    /// Count, concordant and discordant others of each cell, row after row.
    cells: Vec<(f64, f64, f64)>,
    twice_concordant: u128,
    twice_discordant: u128,
}

/// Margin totals and the number of ordered pairs not tied in them, `n² - sum n_i²`.
struct Margin {
    totals: Vec<u64>,
    untied: f64,
}

impl Margin {
    fn new(totals: Vec<u64>) -> Self {
        let square = |n: u64| u128::from(n) * u128::from(n);
        let untied = square(totals.iter().sum()) - totals.iter().map(|&n| square(n)).sum::<u128>();
        Self { totals, untied: untied as f64 }
    }
}

impl Pairs {
    fn new(table: &CountTable) -> Self {
        let before = corner_sums(table.rows());
        let after = corner_sums(table.rows().rev());
        let (rows, columns) = (table.row_count(), table.column_count());
        // corner_sums[i][j] counts rows before i (in its order) and columns before j.
        let corner =
            |sums: &[Vec<u64>], i: usize, j: usize| sums.get(i).and_then(|s| s.get(j)).copied().unwrap_or(0);
        let mut cells = Vec::with_capacity(rows * columns);
        let (mut twice_concordant, mut twice_discordant) = (0_u128, 0_u128);
        for (i, row) in table.rows().enumerate() {
            let mirrored = rows - 1 - i;
            for (j, &count) in row.iter().enumerate() {
                let right =
                    |sums: &[Vec<u64>], at: usize| corner(sums, at, columns) - corner(sums, at, j + 1);
                let concordant = corner(&before, i, j) + right(&after, mirrored);
                let discordant = right(&before, i) + corner(&after, mirrored, j);
                twice_concordant += u128::from(count) * u128::from(concordant);
                twice_discordant += u128::from(count) * u128::from(discordant);
                cells.push((count as f64, concordant as f64, discordant as f64));
            }
        }
        Self { cells, twice_concordant, twice_discordant }
    }

    /// Concordant less discordant ordered pairs.
    fn balance(&self) -> f64 {
        if self.twice_concordant >= self.twice_discordant {
            (self.twice_concordant - self.twice_discordant) as f64
        } else {
            -((self.twice_discordant - self.twice_concordant) as f64)
        }
    }

    fn gamma(&self) -> Computed<WithError> {
        let (p, q) = (self.twice_concordant as f64, self.twice_discordant as f64);
        let untied = p + q;
        if untied <= 0.0 {
            return Err(NotComputed::Undefined("every pair is tied"));
        }
        let squares: f64 = self
            .cells
            .iter()
            .map(|&(count, c, d)| {
                let part = q / untied * c - p / untied * d;
                count * part * part
            })
            .sum();
        Ok(WithError { estimate: self.balance() / untied, standard_error: 4.0 / untied * squares.sqrt() })
    }

    fn tau_b(&self, table: &CountTable, rows: &Margin, columns: &Margin) -> Computed<WithError> {
        if rows.untied <= 0.0 || columns.untied <= 0.0 {
            return Err(NotComputed::NoVariation);
        }
        let scale = rows.untied.sqrt() * columns.untied.sqrt();
        let tau = (self.balance() / scale).clamp(-1.0, 1.0);
        let total = table.total() as f64;
        // The influence of a cell, centred: the delta method's variance is the sum of its squares.
        let influence = |c: f64, d: f64, row: u64, column: u64| {
            let tied = row as f64 * (columns.untied / rows.untied).sqrt()
                + column as f64 * (rows.untied / columns.untied).sqrt();
            2.0 * (c - d) + tau * tied
        };
        let margins = rows.totals.iter().flat_map(|&r| columns.totals.iter().map(move |&c| (r, c)));
        let parts: Vec<(f64, f64)> = self
            .cells
            .iter()
            .zip(margins)
            .map(|(&(count, c, d), (row, column))| (count, influence(c, d, row, column)))
            .collect();
        let mean = parts.iter().map(|&(count, part)| count * part).sum::<f64>() / total;
        let squares: f64 = parts.iter().map(|&(count, part)| count * (part - mean) * (part - mean)).sum();
        Ok(WithError { estimate: tau, standard_error: squares.sqrt() / scale })
    }

    fn somers_d(
        &self,
        table: &CountTable,
        given: &Margin,
        pick: impl Fn(usize, usize) -> usize,
    ) -> Computed<WithError> {
        if given.untied <= 0.0 {
            return Err(NotComputed::NoVariation);
        }
        let d_value = (self.balance() / given.untied).clamp(-1.0, 1.0);
        let total = table.total() as f64;
        let columns = table.column_count();
        let squares: f64 = self
            .cells
            .iter()
            .enumerate()
            .map(|(cell, &(count, c, d))| {
                let own = given.totals.get(pick(cell / columns, cell % columns)).copied().unwrap_or(0);
                let part = (c - d) - d_value * (total - own as f64);
                count * part * part
            })
            .sum();
        Ok(WithError { estimate: d_value, standard_error: 2.0 / given.untied * squares.sqrt() })
    }
}

/// Sums over the rows before i and the columns before j, for i in 0..=rows and j in 0..=columns.
fn corner_sums<'a>(rows: impl Iterator<Item = &'a [u64]>) -> Vec<Vec<u64>> {
    let mut sums: Vec<Vec<u64>> = Vec::new();
    for row in rows {
        let above = sums.last().cloned().unwrap_or_else(|| vec![0; row.len() + 1]);
        if sums.is_empty() {
            sums.push(above.clone());
        }
        let mut left = 0;
        let mut next = vec![0];
        for (&count, above) in row.iter().zip(above.iter().skip(1)) {
            left += count;
            next.push(above + left);
        }
        sums.push(next);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::ordinal_association;
    use crate::stats::count_table::CountTable;
    use crate::stats::record::NotComputed;

    /// Pairs counted by hand: 3 over 1 and 2 below, and so on.
    #[test]
    fn pairs_of_a_small_table() {
        let found = ordinal_association(&CountTable::from_rows(&[[3, 2, 4], [0, 1, 2]]).unwrap()).unwrap();
        assert_eq!((found.concordant, found.discordant), (3 * 3 + 2 * 2, 4));
        let gamma = found.gamma.unwrap();
        assert!((gamma.estimate - 9.0 / 17.0).abs() < 1e-15);
    }

    /// SAS PROC FREQ documentation (cited in the reference cases): ASE of tau-b 0.0642 on this table.
    #[test]
    fn tau_b_error_is_that_of_sas() {
        let t = CountTable::from_rows(&[[26, 6], [26, 7], [23, 9], [18, 14], [9, 23]]).unwrap();
        let tau = ordinal_association(&t).unwrap().tau_b.unwrap();
        assert!((tau.standard_error - 0.0642).abs() < 5e-5);
    }

    #[test]
    fn constant_margins_leave_measures_undefined() {
        let found = ordinal_association(&CountTable::from_rows(&[[3, 2, 4]]).unwrap()).unwrap();
        assert!(found.gamma.is_err());
        assert_eq!(found.tau_b, Err(NotComputed::NoVariation));
        assert_eq!(found.somers_d_columns_given_rows, Err(NotComputed::NoVariation));
        assert!((found.somers_d_rows_given_columns.unwrap().estimate).abs() < 1e-15);
        let empty = CountTable::from_rows(&[[0, 0], [0, 0]]).unwrap();
        assert_eq!(ordinal_association(&empty).unwrap_err(), NotComputed::EmptyBase);
    }

    #[test]
    fn transposition_swaps_the_two_somers_d() {
        let t = CountTable::from_rows(&[[8, 3, 0], [2, 5, 6], [1, 4, 7]]).unwrap();
        let found = ordinal_association(&t).unwrap();
        let turned = ordinal_association(&t.transposed()).unwrap();
        assert_eq!(found.somers_d_columns_given_rows, turned.somers_d_rows_given_columns);
        assert_eq!(found.concordant, turned.concordant);
    }
}
