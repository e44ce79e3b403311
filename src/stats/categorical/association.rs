//! Measures of association that rest on Pearson's statistic.

use super::independence::Reduced;
use crate::stats::count_table::CountTable;
use crate::stats::distributions::noncentral_chi_squared;
use crate::stats::record::{Caution, Computed, ConfidenceLevel, Estimate, Interval, Method, NotComputed};
use crate::stats::root;

/// Cramér's V with its relatives.
pub const CRAMERS_V: Method = Method {
    id: "cramers_v",
    name: "Cramér's V",
    convention: "raw and bias-corrected (Bergsma 2013) side by side",
};
/// Interval for Cramér's V by the noncentral chi-square distribution.
pub const CRAMERS_V_CI: Method = Method {
    id: "cramers_v_ci.ncchisq",
    name: "Noncentral chi-square interval for Cramér's V",
    convention: "degrees of freedom not added",
};
/// The same interval with the degrees of freedom added.
pub const CRAMERS_V_CI_PLUS_DF: Method = Method {
    id: "cramers_v_ci.ncchisq",
    name: "Noncentral chi-square interval for Cramér's V",
    convention: "degrees of freedom added",
};
/// Signed phi of a two by two table.
pub const PHI: Method =
    Method { id: "phi", name: "Phi coefficient", convention: "signed: positive where the diagonal is heavy" };

/// Cramér's V and relatives; all but the last lie in [0, 1].
#[derive(Debug, Clone, PartialEq)]
pub struct Association {
    /// `sqrt(X²/(N min(r-1, c-1)))`.
    pub v: f64,
    /// Bias-corrected V (Bergsma 2013); none where its denominator is not positive.
    pub v_corrected: Computed<f64>,
    /// `sqrt(X²/N)`, unsigned.
    pub phi: f64,
    /// Pearson's contingency coefficient `sqrt(X²/(X²+N))`.
    pub contingency: f64,
    /// Tschuprow's T.
    pub tschuprow: f64,
    /// The method.
    pub method: Method,
}

/// How a noncentrality becomes a value of V.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Noncentrality {
    /// `V = sqrt(ncp/(N k))` (Smithson 2003).
    #[default]
    Plain,
    /// `V = sqrt((ncp+df)/(N k))`, as effectsize and DescTools do.
    PlusDf,
}

/// Cramér's V, Bergsma's bias-corrected V, phi, Pearson's C and Tschuprow's T.
///
/// Empty rows and columns are left out; undefined with fewer than two of either. Source: Cramér 1946; Bergsma 2013.
///
/// # Examples
///
/// ```
/// use canvass::stats::categorical::association::cramers_v;
/// use canvass::stats::count_table::CountTable;
///
/// let association = cramers_v(&CountTable::from_rows(&[[3, 1], [1, 3]])?)?;
/// // Reference case categorical-0007.
/// assert!((association.v - 0.5).abs() < 1e-15);
/// assert!((association.v_corrected? - 0.353_553_390_593_273_8).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn cramers_v(table: &CountTable) -> Computed<Association> {
    let reduced = Reduced::new(table)?;
    let statistic = reduced.pearson();
    let total = reduced.table.total() as f64;
    let (rows, columns) = reduced.less_one();
    let phi_squared = statistic / total;
    Ok(Association {
        v: (phi_squared / rows.min(columns)).sqrt().min(1.0),
        v_corrected: bias_corrected(phi_squared, rows, columns, total),
        phi: phi_squared.sqrt(),
        contingency: (statistic / (statistic + total)).sqrt(),
        tschuprow: (phi_squared / (rows * columns).sqrt()).sqrt().min(1.0),
        method: CRAMERS_V,
    })
}

/// The phi coefficient of a two by two table, with its sign.
///
/// Undefined where a margin is zero.
pub fn phi(table: &CountTable) -> Computed<f64> {
    let [a, b, c, d] = table.two_by_two()?;
    let margins = [a + b, c + d, a + c, b + d];
    if margins.contains(&0) {
        return Err(NotComputed::Undefined("a margin is zero"));
    }
    let product = |x: u64, y: u64| i128::from(x) * i128::from(y);
    let determinant = (product(a, d) - product(b, c)) as f64;
    let scale: f64 = margins.iter().map(|&margin| (margin as f64).sqrt()).product();
    Ok((determinant / scale).clamp(-1.0, 1.0))
}

/// Interval for Cramér's V by inverting the noncentral chi-square distribution (Smithson 2003).
///
/// The lower limit is 0 where the test does not reject; limits above 1 are cut to 1. Where the statistic is so small that
/// even no association leaves more below it than `alpha / 2`, both limits are 0, and a caution says so.
pub fn cramers_v_interval(
    table: &CountTable,
    level: ConfidenceLevel,
    scale: Noncentrality,
) -> Computed<Estimate> {
    let reduced = Reduced::new(table)?;
    let statistic = reduced.pearson();
    let df = reduced.df();
    let (rows, columns) = reduced.less_one();
    let divisor = reduced.table.total() as f64 * rows.min(columns);
    let tail = level.alpha() / 2.0;
    let to_v = |ncp: f64| match scale {
        Noncentrality::Plain => (ncp / divisor).sqrt(),
        Noncentrality::PlusDf => ((ncp + df) / divisor).sqrt(),
    };
    let method = match scale {
        Noncentrality::Plain => CRAMERS_V_CI,
        Noncentrality::PlusDf => CRAMERS_V_CI_PLUS_DF,
    };
    let limit = |probability| noncentrality(statistic, df, probability);
    let (low, high) = (to_v(limit(1.0 - tail)?), to_v(limit(tail)?));
    let cautions = if high <= 0.0 {
        vec![Caution::Note(NO_WIDTH)]
    } else if high > 1.0 {
        vec![Caution::Clipped]
    } else {
        Vec::new()
    };
    let interval = Interval { low: low.min(1.0), high: high.min(1.0), level, method };
    Ok(Estimate { value: (statistic / divisor).sqrt().min(1.0), standard_error: None, interval, cautions })
}

const NO_WIDTH: &str = "both limits are cut at 0: the groups are more alike than chance would have them, which does not make the interval certain";

/// Bergsma's correction; `rows` and `columns` are less one.
fn bias_corrected(phi_squared: f64, rows: f64, columns: f64, total: f64) -> Computed<f64> {
    if total <= 1.0 {
        return Err(NotComputed::TooFew { needed: 2, found: 1 });
    }
    let kept = (phi_squared - rows * columns / (total - 1.0)).max(0.0);
    let shrunk = |less_one: f64| less_one - less_one * less_one / (total - 1.0);
    let divisor = shrunk(rows).min(shrunk(columns));
    if divisor <= 0.0 {
        return Err(NotComputed::Undefined("the bias correction leaves no degrees of freedom"));
    }
    Ok((kept / divisor).sqrt())
}

/// The noncentrality at which the distribution function at `statistic` is `probability`; 0 where it starts lower.
fn noncentrality(statistic: f64, df: f64, probability: f64) -> Computed<f64> {
    let excess = |ncp: f64| noncentral_chi_squared::cdf(statistic, df, ncp) - probability;
    if statistic <= 0.0 || excess(0.0) <= 0.0 {
        return Ok(0.0);
    }
    let mut high = statistic.max(1.0);
    let mut doublings = 0;
    while excess(high) > 0.0 {
        high *= 2.0;
        doublings += 1;
        if !high.is_finite() {
            return Err(NotComputed::NotConverged { iterations: doublings });
        }
    }
    root::bracketed(0.0, high, excess).ok_or(NotComputed::NotConverged { iterations: doublings })
}

#[cfg(test)]
mod tests {
    use super::{Noncentrality, cramers_v, cramers_v_interval, phi};
    use crate::stats::count_table::CountTable;
    use crate::stats::record::ConfidenceLevel;

    #[test]
    fn phi_carries_the_sign_of_the_diagonal() {
        assert_eq!(phi(&CountTable::from_rows(&[[3, 1], [1, 3]]).unwrap()), Ok(0.5));
        assert_eq!(phi(&CountTable::from_rows(&[[1, 3], [3, 1]]).unwrap()), Ok(-0.5));
        assert!(phi(&CountTable::from_rows(&[[0, 3], [0, 4]]).unwrap()).is_err());
        assert!(phi(&CountTable::from_rows(&[[1, 2, 3], [0, 4, 5]]).unwrap()).is_err());
    }

    #[test]
    fn two_observations_leave_no_corrected_v() {
        let association = cramers_v(&CountTable::from_rows(&[[1, 0], [0, 1]]).unwrap()).unwrap();
        assert!((association.v - 1.0).abs() < 1e-15);
        assert!(association.v_corrected.is_err());
    }

    #[test]
    fn the_interval_is_zero_where_nothing_is_associated() {
        let t = CountTable::from_rows(&[[5, 5], [5, 5]]).unwrap();
        let found = cramers_v_interval(&t, ConfidenceLevel::P95, Noncentrality::Plain).unwrap();
        assert_eq!((found.interval.low, found.interval.high), (0.0, 0.0));
    }
}
