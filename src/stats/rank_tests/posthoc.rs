//! Pairwise comparisons after the Kruskal-Wallis and Friedman tests.
//!
//! Dunn's and Conover's p-values are adjusted for the number of pairs as the caller says, by Holm's method by default;
//! Nemenyi's are family-wise as they are.

use super::friedman::RankedRows;
use super::kruskal_wallis::Groups;
use crate::stats::count_table::CountTable;
use crate::stats::distributions::{normal, student_t, studentized_range};
use crate::stats::p_adjust::{Adjustment, adjust};
use crate::stats::record::{Computed, Method, NotComputed};

/// Dunn's comparisons after Kruskal-Wallis.
pub const DUNN: Method = Method {
    id: "posthoc.dunn",
    name: "Dunn's test",
    convention: "two-sided, tie-corrected; p-values adjusted",
};
/// Conover & Iman's comparisons after Kruskal-Wallis.
pub const CONOVER: Method = Method {
    id: "posthoc.conover",
    name: "Conover-Iman test",
    convention: "two-sided t with N-k degrees of freedom; p-values adjusted",
};
/// Nemenyi's comparisons after Kruskal-Wallis.
pub const NEMENYI_KW: Method = Method {
    id: "posthoc.nemenyi_kw",
    name: "Nemenyi's test after Kruskal-Wallis",
    convention: "studentized range, no tie correction; family-wise",
};
/// Nemenyi's comparisons after Friedman.
pub const NEMENYI_FRIEDMAN: Method = Method {
    id: "posthoc.nemenyi_friedman",
    name: "Nemenyi's test after Friedman",
    convention: "studentized range, no tie correction; family-wise",
};
/// Conover's comparisons after Friedman.
pub const CONOVER_FRIEDMAN: Method = Method {
    id: "posthoc.conover_friedman",
    name: "Conover's test after Friedman",
    convention: "two-sided t with (n-1)(k-1) degrees of freedom; p-values adjusted",
};

/// One pair of groups or treatments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Index of the first group.
    pub first: usize,
    /// Index of the second group.
    pub second: usize,
    /// z, t or q; z and t are positive where the first ranks higher, q is never negative.
    pub statistic: f64,
    /// The p-value of this pair alone; for Nemenyi's tests the family-wise one.
    pub p: f64,
    /// The family-wise p-value.
    pub p_adjusted: f64,
}

/// All pairs of non-empty groups or of treatments.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparisons {
    /// The pairs: first with second, first with third, and so on.
    pub pairs: Vec<Comparison>,
    /// Degrees of freedom of t.
    pub df: Option<f64>,
    /// How the p-values were adjusted; none where the method is family-wise by itself.
    pub adjustment: Option<Method>,
    /// The method.
    pub method: Method,
}

/// Dunn's (1964) test of all pairs of groups after Kruskal-Wallis; two-sided.
///
/// Rows of the table are groups, columns ascending levels; empty groups are left out of the pairs. Undefined as the
/// Kruskal-Wallis test is.
pub fn dunn(table: &CountTable, adjustment: Adjustment) -> Computed<Comparisons> {
    let groups = Groups::new(table)?;
    let n = groups.sums.total as f64;
    let variance = groups.sums.spread() / (12.0 * (n - 1.0));
    let compare = |difference: f64, reciprocals: f64| {
        let z = difference / (variance * reciprocals).sqrt();
        (z, normal::two_sided(z))
    };
    adjusted(group_pairs(&groups, compare), None, adjustment, DUNN)
}

/// Conover & Iman's (1979) test of all pairs of groups after Kruskal-Wallis; two-sided.
///
/// Undefined as the Kruskal-Wallis test is, and where the groups leave no variation of ranks within.
pub fn conover(table: &CountTable, adjustment: Adjustment) -> Computed<Comparisons> {
    let groups = Groups::new(table)?;
    let (n, k) = (groups.sums.total as f64, groups.filled as f64);
    if groups.sums.total <= groups.filled {
        return Err(NotComputed::TooFew { needed: groups.filled + 1, found: groups.sums.total });
    }
    let left = n - 1.0 - groups.h();
    // H reaches N-1 only where every group is of tied values; rounding leaves a few ulps.
    if left <= 8.0 * f64::EPSILON * n {
        return Err(NotComputed::Boundary("no variation of ranks within the groups"));
    }
    let df = n - k;
    let variance = groups.sums.spread() / (12.0 * (n - 1.0)) * (left / df);
    let compare = |difference: f64, reciprocals: f64| {
        let t = difference / (variance * reciprocals).sqrt();
        (t, student_t::two_sided(t, df))
    };
    adjusted(group_pairs(&groups, compare), Some(df), adjustment, CONOVER)
}

/// Nemenyi's (1963) test of all pairs of groups after Kruskal-Wallis; p-values are family-wise.
pub fn nemenyi_kruskal_wallis(table: &CountTable) -> Computed<Comparisons> {
    let groups = Groups::new(table)?;
    let (n, k) = (groups.sums.total as f64, groups.filled as f64);
    let variance = n * (n + 1.0) / 12.0;
    let compare = |difference: f64, reciprocals: f64| {
        let q = difference.abs() / (variance * reciprocals / 2.0).sqrt();
        (q, studentized_range::sf(q, k, f64::INFINITY))
    };
    Ok(Comparisons { pairs: group_pairs(&groups, compare), df: None, adjustment: None, method: NEMENYI_KW })
}

/// Nemenyi's (1963) test of all pairs of treatments after Friedman; p-values are family-wise.
pub fn nemenyi_friedman(rows: &RankedRows) -> Computed<Comparisons> {
    rows.check()?;
    let (n, k) = (rows.complete() as f64, rows.treatments() as f64);
    let error = (k * (k + 1.0) / (12.0 * n)).sqrt();
    let pairs = treatment_pairs(rows, |difference| {
        let q = difference.abs() / 2.0 / n / error;
        (q, studentized_range::sf(q, k, f64::INFINITY))
    });
    Ok(Comparisons { pairs, df: None, adjustment: None, method: NEMENYI_FRIEDMAN })
}

/// Conover's (1999) test of all pairs of treatments after Friedman; two-sided.
///
/// Undefined with one row, and on the boundary where all rows agree perfectly.
pub fn conover_friedman(rows: &RankedRows, adjustment: Adjustment) -> Computed<Comparisons> {
    rows.check()?;
    let n = rows.complete();
    if n < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: n });
    }
    let squares: u128 = rows.doubled_sums().iter().map(|sum| sum * sum).sum();
    let left = u128::from(n) * rows.doubled_squares() - squares;
    if left == 0 {
        return Err(NotComputed::Boundary("all rows agree perfectly: t is infinite"));
    }
    let df = (n - 1) as f64 * (rows.treatments() - 1) as f64;
    let error = (2.0 * left as f64 / df).sqrt();
    let pairs = treatment_pairs(rows, |difference| {
        let t = difference / error;
        (t, student_t::two_sided(t, df))
    });
    adjusted(pairs, Some(df), adjustment, CONOVER_FRIEDMAN)
}

/// The pairs with their p-values adjusted as one family.
fn adjusted(
    mut pairs: Vec<Comparison>,
    df: Option<f64>,
    adjustment: Adjustment,
    method: Method,
) -> Computed<Comparisons> {
    let raw: Vec<Option<f64>> = pairs.iter().map(|pair| Some(pair.p)).collect();
    let family = adjust(&raw, adjustment)?;
    for (pair, p) in pairs.iter_mut().zip(family.p) {
        pair.p_adjusted = p.unwrap_or(pair.p);
    }
    Ok(Comparisons { pairs, df, adjustment: Some(family.method), method })
}

/// Pairs of non-empty groups by (difference of mean ranks, sum of reciprocal sizes).
fn group_pairs(groups: &Groups, compare: impl Fn(f64, f64) -> (f64, f64)) -> Vec<Comparison> {
    let means: Vec<(usize, f64, f64)> = groups
        .sums
        .means()
        .into_iter()
        .zip(&groups.sums.sizes)
        .enumerate()
        .filter_map(|(group, (mean, &size))| mean.map(|mean| (group, mean, 1.0 / size as f64)))
        .collect();
    let mut pairs = Vec::new();
    for (at, &(first, mean, reciprocal)) in means.iter().enumerate() {
        for &(second, other, its_reciprocal) in means.iter().skip(at + 1) {
            let (statistic, p) = compare(mean - other, reciprocal + its_reciprocal);
            pairs.push(Comparison { first, second, statistic, p, p_adjusted: p });
        }
    }
    pairs
}

/// Pairs of treatments by the difference of doubled rank sums.
fn treatment_pairs(rows: &RankedRows, compare: impl Fn(f64) -> (f64, f64)) -> Vec<Comparison> {
    let sums = rows.doubled_sums();
    let mut pairs = Vec::new();
    for (first, &sum) in sums.iter().enumerate() {
        for (second, &other) in sums.iter().enumerate().skip(first + 1) {
            let distance = sum.abs_diff(other) as f64;
            let (statistic, p) = compare(if sum >= other { distance } else { -distance });
            pairs.push(Comparison { first, second, statistic, p, p_adjusted: p });
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean ranks 2, 5, 8 of nine untied values: z = -3/sqrt(7.5 * 2/3).
    #[test]
    fn dunn_by_hand() {
        let table = CountTable::from_rows(&[
            [1, 1, 1, 0, 0, 0, 0, 0, 0],
            [0, 0, 0, 1, 1, 1, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 1, 1, 1],
        ])
        .unwrap();
        let found = dunn(&table, Adjustment::Holm).unwrap();
        assert!((found.pairs[0].statistic + 3.0 / 5.0_f64.sqrt()).abs() < 1e-15);
        let nemenyi = nemenyi_kruskal_wallis(&table).unwrap();
        assert!((nemenyi.pairs[0].statistic - 3.0 / 2.5_f64.sqrt()).abs() < 1e-15);
        assert_eq!(conover(&table, Adjustment::Holm).unwrap().df, Some(6.0));
    }

    #[test]
    fn empty_groups_keep_the_others_indices() {
        let table = CountTable::from_rows(&[[3, 1], [0, 0], [1, 3]]).unwrap();
        let found = dunn(&table, Adjustment::Holm).unwrap();
        assert_eq!(found.pairs.iter().map(|pair| (pair.first, pair.second)).collect::<Vec<_>>(), [(0, 2)]);
    }

    #[test]
    fn perfect_separation_leaves_conover_undefined() {
        let table = CountTable::from_rows(&[[3, 0], [0, 3]]).unwrap();
        assert!(matches!(conover(&table, Adjustment::Holm), Err(NotComputed::Boundary(_))));
        let single = CountTable::from_rows(&[[1, 0], [0, 1]]).unwrap();
        assert!(matches!(conover(&single, Adjustment::Holm), Err(NotComputed::TooFew { .. })));
        let row = [Some(1.0), Some(2.0), Some(3.0)];
        let agreed = RankedRows::new(&[row, row]).unwrap();
        assert!(matches!(conover_friedman(&agreed, Adjustment::Holm), Err(NotComputed::Boundary(_))));
        assert!(conover_friedman(&RankedRows::new(&[row]).unwrap(), Adjustment::Holm).is_err());
        assert!(nemenyi_friedman(&agreed).is_ok());
    }
}
