//! Paired categories: McNemar, Bowker, Stuart-Maxwell and Cochran's Q.

use super::chi_squared_test;
use crate::stats::count_table::CountTable;
use crate::stats::distributions::{beta, binomial};
use crate::stats::record::{
    Caution, Computed, ConfidenceLevel, Estimate, Interval, Method, NotComputed, Test, Which,
};

/// Exact conditional McNemar test.
pub const MCNEMAR_EXACT: Method = Method {
    id: "mcnemar.exact",
    name: "Exact McNemar test",
    convention: "two-sided binomial on the discordant pairs",
};
/// Mid-P McNemar test.
pub const MCNEMAR_MID_P: Method =
    Method { id: "mcnemar.mid_p", name: "Mid-P McNemar test", convention: "half the observed mass left out" };
/// Asymptotic McNemar test.
pub const MCNEMAR_ASYMPTOTIC: Method = Method {
    id: "mcnemar.asymptotic",
    name: "Asymptotic McNemar test",
    convention: "no continuity correction",
};
/// Asymptotic McNemar test with Edwards's correction.
pub const MCNEMAR_ASYMPTOTIC_CORRECTED: Method = Method {
    id: "mcnemar.asymptotic",
    name: "Asymptotic McNemar test",
    convention: "continuity correction of 1; statistic 0 where b = c",
};
/// Marginal odds ratio of pairs with its exact conditional interval.
pub const MCNEMAR_ODDS_RATIO: Method = Method {
    id: "mcnemar.odds_ratio",
    name: "Conditional odds ratio of pairs",
    convention: "Clopper-Pearson limits of b/(b+c), transformed",
};
/// Bowker's test of symmetry.
pub const BOWKER: Method =
    Method { id: "bowker", name: "Bowker's test of symmetry", convention: "empty pairs lose their df" };
/// Stuart-Maxwell test of marginal homogeneity.
pub const STUART_MAXWELL: Method = Method {
    id: "stuart_maxwell",
    name: "Stuart-Maxwell test of marginal homogeneity",
    convention: "categories without discordant pairs lose their df",
};
/// Cochran's Q.
pub const COCHRAN_Q: Method =
    Method { id: "cochran_q", name: "Cochran's Q test", convention: "rows without variation drop out" };

/// How the asymptotic McNemar statistic is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum McNemarCorrection {
    /// `(b-c)²/(b+c)`.
    #[default]
    None,
    /// `max(|b-c|-1, 0)²/(b+c)` (Edwards 1948), as R.
    Edwards,
}

/// What Bowker's test does with a pair of categories that nobody changed between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyPairs {
    /// The pair and its degree of freedom are left out.
    #[default]
    Drop,
    /// The test is undefined, as in R's `mcnemar.test`.
    Undefined,
}

/// The exact McNemar test on `b` and `c` discordant pairs: binomial with 1/2, twice the smaller tail.
///
/// With no discordant pair p is 1 by definition, and a caution says so. Source: McNemar 1947.
///
/// # Examples
///
/// ```
/// use canvass::stats::categorical::paired::mcnemar_exact;
///
/// // 12 changed one way, 3 the other. By hand: 2 * (1 + 15 + 105 + 455) / 2^15.
/// assert!((mcnemar_exact(12, 3)?.p - 0.035_156_25).abs() < 1e-15);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn mcnemar_exact(b: u64, c: u64) -> Computed<Test> {
    discordant(b, c)?;
    let p = (2.0 * binomial::cdf(b.min(c), b + c, 0.5)).min(1.0);
    Ok(conditional_test(b, c, p, MCNEMAR_EXACT))
}

/// The mid-P McNemar test, recommended by Fagerland, Lydersen & Laake 2013.
pub fn mcnemar_mid_p(b: u64, c: u64) -> Computed<Test> {
    discordant(b, c)?;
    let (k, n) = (b.min(c), b + c);
    let observed = binomial::pmf(k, n, 0.5);
    let p = match n {
        0 => 1.0,
        // Only one outcome lies at the centre, and half of it is left out once.
        _ if b == c => 1.0 - observed / 2.0,
        _ => 2.0 * binomial::cdf(k, n, 0.5) - observed,
    };
    Ok(conditional_test(b, c, p, MCNEMAR_MID_P))
}

/// The asymptotic McNemar test, chi-square on one degree of freedom; undefined without discordant pairs.
pub fn mcnemar_asymptotic(b: u64, c: u64, correction: McNemarCorrection) -> Computed<Test> {
    let n = discordant(b, c)?;
    if n == 0 {
        return Err(NO_DISCORDANT);
    }
    let (distance, method) = match correction {
        McNemarCorrection::None => (b.abs_diff(c), MCNEMAR_ASYMPTOTIC),
        McNemarCorrection::Edwards => (b.abs_diff(c).saturating_sub(1), MCNEMAR_ASYMPTOTIC_CORRECTED),
    };
    let distance = distance as f64;
    Ok(chi_squared_test(distance * distance / n as f64, 1.0, method, Vec::new()))
}

/// The marginal odds ratio `b/c` with limits from the exact binomial interval of `b/(b+c)`.
///
/// Infinite, with an infinite upper limit, where `c` is zero; undefined without discordant pairs.
pub fn mcnemar_odds_ratio(b: u64, c: u64, level: ConfidenceLevel) -> Computed<Estimate> {
    if discordant(b, c)? == 0 {
        return Err(NO_DISCORDANT);
    }
    let (b, c) = (b as f64, c as f64);
    let tail = level.alpha() / 2.0;
    // p/(1-p) with both parts from their own small tails, so that neither loses digits near 1.
    let low =
        if b > 0.0 { beta::quantile(tail, b, c + 1.0) / beta::quantile(1.0 - tail, c + 1.0, b) } else { 0.0 };
    let high = if c > 0.0 {
        beta::quantile(1.0 - tail, b + 1.0, c) / beta::quantile(tail, c, b + 1.0)
    } else {
        f64::INFINITY
    };
    let estimate = if c > 0.0 { b / c } else { f64::INFINITY };
    let cautions = if b.min(c) > 0.0 {
        Vec::new()
    } else {
        vec![Caution::Boundary { what: "all discordant pairs lie on one side" }]
    };
    let interval = Interval { low, high, level, method: MCNEMAR_ODDS_RATIO };
    Ok(Estimate { value: estimate, standard_error: None, interval, cautions })
}

/// Bowker's (1948) test that the square table of first by second answers is symmetric.
///
/// Undefined where no pair of categories was exchanged.
pub fn bowker(table: &CountTable, empty: EmptyPairs) -> Computed<Test> {
    let rows = square(table)?;
    let mut statistic = 0.0;
    let mut pairs = 0_u64;
    let mut dropped = 0_u64;
    for (i, row) in rows.iter().enumerate() {
        for (&above, below) in row.iter().zip(table.column(i)).skip(i + 1) {
            if above + below == 0 {
                dropped += 1;
                continue;
            }
            let distance = above.abs_diff(below) as f64;
            statistic += distance * distance / (above + below) as f64;
            pairs += 1;
        }
    }
    if pairs == 0 {
        return Err(NO_DISCORDANT);
    }
    if dropped > 0 && empty == EmptyPairs::Undefined {
        return Err(NotComputed::Undefined("a pair of categories was never exchanged"));
    }
    let mut test = chi_squared_test(statistic, pairs as f64, BOWKER, Vec::new());
    if dropped > 0 {
        test.cautions.push(Caution::Dropped { count: dropped, what: "pairs of categories never exchanged" });
    }
    Ok(test)
}

/// The Stuart-Maxwell test that rows and columns of a square table have equal margins.
///
/// The covariance matrix is the Laplacian of the graph whose edges are the discordant counts, so each connected set
/// of categories gives one degree of freedom less than its size. Source: Stuart 1955; Maxwell 1970.
pub fn stuart_maxwell(table: &CountTable) -> Computed<Test> {
    let rows = square(table)?;
    let size = rows.len();
    let mut exchanged = vec![vec![0.0; size]; size];
    for (i, row) in rows.iter().enumerate() {
        for (j, (&there, back)) in row.iter().zip(table.column(i)).enumerate() {
            if i != j {
                exchanged[i][j] = (there + back) as f64;
            }
        }
    }
    let difference: Vec<f64> =
        table.row_totals().iter().zip(table.column_totals()).map(|(&r, c)| r as f64 - c as f64).collect();
    let (statistic, df) = laplacian_form(exchanged, difference);
    if df == 0 {
        return Err(NO_DISCORDANT);
    }
    let mut test = chi_squared_test(statistic, df as f64, STUART_MAXWELL, Vec::new());
    let dropped = size - 1 - df;
    if dropped > 0 {
        let what = "degrees of freedom of categories without discordant pairs";
        test.cautions.push(Caution::Dropped { count: dropped as u64, what });
    }
    Ok(test)
}

/// Cochran's (1950) Q: do `treatments` binary answers of the same rows have the same share?
///
/// `rows` are equally long. Rows of equal answers carry no information; undefined where every row is such.
pub fn cochran_q<R: AsRef<[bool]>>(rows: &[R]) -> Computed<Test> {
    let treatments = rows.first().ok_or(NotComputed::EmptyBase)?.as_ref().len();
    if rows.iter().any(|row| row.as_ref().len() != treatments) {
        return Err(NotComputed::invalid("the rows are equally long"));
    }
    let mut columns = vec![0_u64; treatments];
    let (mut total, mut squares, mut constant) = (0_u64, 0_u64, 0_u64);
    for row in rows {
        let row = row.as_ref();
        let yes = row.iter().filter(|&&answer| answer).count();
        if yes == 0 || yes == treatments {
            constant += 1;
            continue;
        }
        total += yes as u64;
        squares += (yes * yes) as u64;
        for (column, &answer) in columns.iter_mut().zip(row) {
            *column += u64::from(answer);
        }
    }
    let k = treatments as u64;
    if total == 0 {
        return Err(NotComputed::Undefined("every row is constant"));
    }
    let spread = u128::from(k) * columns.iter().map(|&c| u128::from(c) * u128::from(c)).sum::<u128>()
        - u128::from(total) * u128::from(total);
    let statistic = (k - 1) as f64 * spread as f64 / (k * total - squares) as f64;
    let mut test = chi_squared_test(statistic, (k - 1) as f64, COCHRAN_Q, Vec::new());
    if constant > 0 {
        test.cautions.push(Caution::Dropped { count: constant, what: "rows of equal answers" });
    }
    Ok(test)
}

const NO_DISCORDANT: NotComputed = NotComputed::Undefined("no discordant pairs");

/// The number of discordant pairs, checked against overflow.
fn discordant(b: u64, c: u64) -> Computed<u64> {
    b.checked_add(c)
        .filter(|&n| n <= crate::stats::count_table::LARGEST_TOTAL)
        .ok_or(NotComputed::invalid("the number of pairs is at most 2^53"))
}

fn square(table: &CountTable) -> Computed<Vec<&[u64]>> {
    if table.row_count() == table.column_count() && table.row_count() >= 2 {
        Ok(table.rows().collect())
    } else {
        Err(NotComputed::invalid("the table of pairs is square, with at least two categories"))
    }
}

/// `d' L⁺ d` and the rank of the Laplacian L of a graph with edge weights `edges`, by elimination of one vertex after
/// another; `d` sums to zero over each connected set.
///
/// Weights only grow on the way and the diagonal is their sum, so nothing cancels.
fn laplacian_form(mut edges: Vec<Vec<f64>>, mut difference: Vec<f64>) -> (f64, usize) {
    let mut form = 0.0;
    let mut rank = 0;
    while let (Some(mut row), Some(d)) = (edges.pop(), difference.pop()) {
        row.truncate(edges.len());
        let pivot: f64 = row.iter().sum();
        if pivot <= 0.0 {
            // The last category of its connected set: its difference is zero given the others.
            continue;
        }
        rank += 1;
        form += d * d / pivot;
        for ((other, rest), &edge) in edges.iter_mut().zip(&mut difference).zip(&row) {
            for (weight, &to) in other.iter_mut().zip(&row) {
                *weight += edge * (to / pivot);
            }
            *rest += d * (edge / pivot);
        }
        // A vertex has no edge to itself.
        for (i, other) in edges.iter_mut().enumerate() {
            if let Some(own) = other.get_mut(i) {
                *own = 0.0;
            }
        }
    }
    (form, rank)
}

fn conditional_test(b: u64, c: u64, p: f64, method: Method) -> Test {
    let cautions = if b + c == 0 {
        vec![Caution::Note("no discordant pairs: p is 1 by definition")]
    } else {
        Vec::new()
    };
    Test { statistic: None, df: Vec::new(), p, which: Which::TwoSided, method, cautions }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: b + c = 9, P(X <= 0) = 2^-9.
    #[test]
    fn exact_and_mid_p_of_one_sided_pairs() {
        assert!((mcnemar_exact(9, 0).unwrap().p - 2.0 / 512.0).abs() < 1e-16);
        assert!((mcnemar_mid_p(0, 9).unwrap().p - 1.0 / 512.0).abs() < 1e-16);
        // P(X = 4) of 8 is 70/256.
        assert!((mcnemar_mid_p(4, 4).unwrap().p - (1.0 - 35.0 / 256.0)).abs() < 1e-15);
        assert!((mcnemar_mid_p(0, 0).unwrap().p - 1.0).abs() < 1e-15);
    }

    #[test]
    fn no_discordant_pairs() {
        assert!((mcnemar_exact(0, 0).unwrap().p - 1.0).abs() < 1e-15);
        assert!(mcnemar_asymptotic(0, 0, McNemarCorrection::None).is_err());
        assert!(mcnemar_odds_ratio(0, 0, ConfidenceLevel::P95).is_err());
        assert!(mcnemar_exact(u64::MAX, 1).is_err());
    }

    #[test]
    fn corrected_statistic_is_zero_where_the_counts_are_equal() {
        assert_eq!(mcnemar_asymptotic(5, 5, McNemarCorrection::Edwards).unwrap().statistic, Some(0.0));
        assert_eq!(mcnemar_asymptotic(9, 4, McNemarCorrection::None).unwrap().statistic, Some(25.0 / 13.0));
    }

    #[test]
    fn odds_ratio_limits_are_infinite_where_c_is_zero() {
        let found = mcnemar_odds_ratio(6, 0, ConfidenceLevel::P95).unwrap();
        assert!(found.value.is_infinite() && found.interval.high.is_infinite());
        assert!(found.interval.low > 1.0);
        // The reciprocal swaps the limits.
        let swapped = mcnemar_odds_ratio(0, 6, ConfidenceLevel::P95).unwrap();
        assert!((swapped.interval.high * found.interval.low - 1.0).abs() < 1e-12);
    }

    #[test]
    fn bowker_drops_empty_pairs_with_their_df() {
        let t = CountTable::from_rows(&[[4, 0, 3], [0, 8, 3], [2, 1, 11]]).unwrap();
        let test = bowker(&t, EmptyPairs::Drop).unwrap();
        assert_eq!(test.df, [2.0]);
        assert!((test.statistic.unwrap() - (1.0 / 5.0 + 4.0 / 4.0)).abs() < 1e-15);
        assert!(bowker(&t, EmptyPairs::Undefined).is_err());
        assert!(bowker(&CountTable::from_rows(&[[4, 0], [0, 4]]).unwrap(), EmptyPairs::Drop).is_err());
        assert!(bowker(&CountTable::from_rows(&[[4, 0, 1], [0, 4, 1]]).unwrap(), EmptyPairs::Drop).is_err());
    }

    /// On two categories Stuart-Maxwell is McNemar; two unconnected pairs of categories add up.
    #[test]
    fn stuart_maxwell_adds_over_connected_categories() {
        let two = CountTable::from_rows(&[[7, 9], [4, 2]]).unwrap();
        let test = stuart_maxwell(&two).unwrap();
        assert!((test.statistic.unwrap() - 25.0 / 13.0).abs() < 1e-14);
        let four = CountTable::from_rows(&[[7, 9, 0, 0], [4, 2, 0, 0], [0, 0, 1, 6], [0, 0, 2, 1]]).unwrap();
        let test = stuart_maxwell(&four).unwrap();
        assert!((test.statistic.unwrap() - (25.0 / 13.0 + 16.0 / 8.0)).abs() < 1e-14);
        assert_eq!(test.df, [2.0]);
        assert!(stuart_maxwell(&CountTable::from_rows(&[[4, 0], [0, 4]]).unwrap()).is_err());
    }

    #[test]
    fn cochran_q_is_mcnemar_on_two_columns() {
        let mut rows = vec![[true, false]; 9];
        rows.extend([[false, true]; 4]);
        rows.extend([[true, true]; 3]);
        let test = cochran_q(&rows).unwrap();
        assert!((test.statistic.unwrap() - 25.0 / 13.0).abs() < 1e-14);
        assert_eq!(test.cautions.len(), 1);
        assert!(cochran_q(&[[true, true], [false, false]]).is_err());
        assert!(cochran_q::<[bool; 2]>(&[]).is_err());
        assert!(cochran_q(&[vec![true], vec![]]).is_err());
        assert!(cochran_q(&[vec![], vec![]]).is_err());
    }
}
