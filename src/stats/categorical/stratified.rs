//! Two by two tables in strata: Cochran-Mantel-Haenszel and the homogeneity of odds ratios.

use super::chi_squared_test;
use crate::stats::distributions::normal;
use crate::stats::record::{
    Caution, Computed, ConfidenceLevel, Estimate, Interval, Method, NotComputed, Test,
};

/// Cochran-Mantel-Haenszel test and common odds ratio.
pub const CMH: Method = Method {
    id: "cmh",
    name: "Cochran-Mantel-Haenszel test",
    convention: "no continuity correction; Robins-Breslow-Greenland variance of the log odds ratio",
};
/// The same test with a continuity correction.
pub const CMH_CORRECTED: Method = Method {
    id: "cmh",
    name: "Cochran-Mantel-Haenszel test",
    convention: "continuity correction of 1/2, none where |sum(a-E)| < 1/2",
};
/// Breslow-Day test of homogeneous odds ratios.
pub const BRESLOW_DAY: Method =
    Method { id: "breslow_day", name: "Breslow-Day test", convention: "Mantel-Haenszel odds ratio" };
/// Breslow-Day test with Tarone's correction.
pub const BRESLOW_DAY_TARONE: Method = Method {
    id: "breslow_day",
    name: "Breslow-Day test",
    convention: "Mantel-Haenszel odds ratio, Tarone's correction",
};

/// Continuity correction of the Cochran-Mantel-Haenszel statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CmhCorrection {
    /// None.
    #[default]
    None,
    /// 1/2, but none where the summed difference is smaller (R's rule).
    Half,
}

/// Correction of the Breslow-Day statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Homogeneity {
    /// None.
    #[default]
    BreslowDay,
    /// Tarone's (1985), which makes the test efficient with the Mantel-Haenszel estimate.
    Tarone,
}

/// One stratum, `[a, b, c, d]` row after row.
pub type Stratum = [u64; 4];

/// The Cochran-Mantel-Haenszel test of no association within strata, chi-square on one degree of freedom.
///
/// Strata with a zero margin carry no information and drop out; undefined if none is left. Source: Cochran 1954;
/// Mantel & Haenszel 1959.
pub fn cmh(strata: &[Stratum], correction: CmhCorrection) -> Computed<Test> {
    let (informative, dropped) = informative(strata)?;
    let difference: f64 = informative.iter().map(Cells::excess).sum();
    let variance: f64 = informative.iter().map(Cells::variance).sum();
    let (shrink, method) = match correction {
        CmhCorrection::None => (0.0, CMH),
        CmhCorrection::Half if difference.abs() < 0.5 => (0.0, CMH_CORRECTED),
        CmhCorrection::Half => (0.5, CMH_CORRECTED),
    };
    let distance = difference.abs() - shrink;
    Ok(test(distance * distance / variance, 1.0, method, dropped))
}

/// The Mantel-Haenszel common odds ratio with the interval of Robins, Breslow & Greenland (1986).
///
/// Undefined where all `ad/n` or all `bc/n` are zero: the log odds ratio is then infinite.
pub fn common_odds_ratio(strata: &[Stratum], level: ConfidenceLevel) -> Computed<Estimate> {
    let (informative, dropped) = informative(strata)?;
    let [mut r, mut s, mut pr, mut mixed, mut qs] = [0.0; 5];
    for cells in &informative {
        let (concordant, discordant) = cells.products();
        let agree = (cells.a + cells.d) / cells.n;
        let disagree = (cells.b + cells.c) / cells.n;
        r += concordant;
        s += discordant;
        pr += agree * concordant;
        mixed += agree * discordant + disagree * concordant;
        qs += disagree * discordant;
    }
    if r <= 0.0 || s <= 0.0 {
        return Err(NotComputed::Undefined("the common odds ratio is zero or infinite"));
    }
    let error = ((pr / r / r + mixed / r / s + qs / s / s) / 2.0).sqrt();
    let half = -normal::quantile(level.alpha() / 2.0) * error;
    let estimate = r / s;
    let interval =
        Interval { low: estimate * libm::exp(-half), high: estimate * libm::exp(half), level, method: CMH };
    Ok(Estimate { value: estimate, standard_error: None, interval, cautions: left_out(dropped) })
}

/// The Breslow-Day (1980) test that the odds ratios of the strata are equal, on informative strata less one.
pub fn breslow_day(strata: &[Stratum], correction: Homogeneity) -> Computed<Test> {
    let (informative, dropped) = informative(strata)?;
    if informative.len() < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: informative.len() as u64 });
    }
    let (mut r, mut s) = (0.0, 0.0);
    for cells in &informative {
        let (concordant, discordant) = cells.products();
        r += concordant;
        s += discordant;
    }
    if r <= 0.0 || s <= 0.0 {
        return Err(NotComputed::Undefined("the common odds ratio is zero or infinite"));
    }
    let [mut statistic, mut difference, mut variance] = [0.0; 3];
    for cells in &informative {
        let fitted = cells.with_odds_ratio(r / s);
        let v = 1.0 / (1.0 / fitted.a + 1.0 / fitted.b + 1.0 / fitted.c + 1.0 / fitted.d);
        let distance = cells.a - fitted.a;
        statistic += distance * distance / v;
        difference += distance;
        variance += v;
    }
    let method = match correction {
        Homogeneity::BreslowDay => BRESLOW_DAY,
        Homogeneity::Tarone => {
            statistic -= difference * difference / variance;
            BRESLOW_DAY_TARONE
        }
    };
    if !statistic.is_finite() {
        return Err(NotComputed::Undefined("a fitted count vanishes"));
    }
    Ok(test(statistic.max(0.0), (informative.len() - 1) as f64, method, dropped))
}

/// One stratum as floats, with its total.
struct Cells {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    n: f64,
}

impl Cells {
    fn new(&[a, b, c, d]: &Stratum) -> Self {
        let [a, b, c, d] = [a as f64, b as f64, c as f64, d as f64];
        Self { a, b, c, d, n: a + b + c + d }
    }

    /// `a` less its expectation, as `(ad-bc)/n`.
    fn excess(&self) -> f64 {
        (self.a * self.d - self.b * self.c) / self.n
    }

    /// Hypergeometric variance of `a`.
    fn variance(&self) -> f64 {
        let rows = (self.a + self.b) * ((self.c + self.d) / self.n);
        let columns = (self.a + self.c) * ((self.b + self.d) / self.n);
        rows * columns / (self.n - 1.0)
    }

    /// `ad/n` and `bc/n`.
    fn products(&self) -> (f64, f64) {
        (self.a * self.d / self.n, self.b * self.c / self.n)
    }

    /// The counts with the same margins and odds ratio `ratio`, by the quadratic's root without cancellation.
    fn with_odds_ratio(&self, ratio: f64) -> Self {
        let row = self.a + self.b;
        let column = self.a + self.c;
        let linear = self.c + self.d - column + ratio * (row + column);
        let constant = ratio * row * column;
        let root = (linear * linear + 4.0 * (1.0 - ratio) * constant).max(0.0).sqrt();
        let a = if linear >= 0.0 {
            2.0 * constant / (linear + root)
        } else {
            (root - linear) / (2.0 * (1.0 - ratio))
        };
        Self { a, b: row - a, c: column - a, d: self.c + self.d - column + a, n: self.n }
    }
}

/// The strata whose margins are all positive, and how many were left out.
fn informative(strata: &[Stratum]) -> Computed<(Vec<Cells>, u64)> {
    if strata.is_empty() {
        return Err(NotComputed::EmptyBase);
    }
    let total = strata.iter().flatten().try_fold(0_u64, |sum, &count| sum.checked_add(count));
    if total.is_none_or(|total| total > crate::stats::count_table::LARGEST_TOTAL) {
        return Err(NotComputed::invalid("the total of the strata is at most 2^53"));
    }
    let kept: Vec<Cells> = strata
        .iter()
        .filter(|&&[a, b, c, d]| [a + b, c + d, a + c, b + d].iter().all(|&margin| margin > 0))
        .map(Cells::new)
        .collect();
    if kept.is_empty() {
        return Err(NotComputed::Undefined("every stratum has a zero margin"));
    }
    let dropped = (strata.len() - kept.len()) as u64;
    Ok((kept, dropped))
}

fn test(statistic: f64, df: f64, method: Method, dropped: u64) -> Test {
    chi_squared_test(statistic, df, method, left_out(dropped))
}

fn left_out(dropped: u64) -> Vec<Caution> {
    if dropped > 0 {
        vec![Caution::Dropped { count: dropped, what: "strata with a zero margin" }]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{Cells, CmhCorrection, Homogeneity, breslow_day, cmh, common_odds_ratio};
    use crate::stats::record::{ConfidenceLevel, NotComputed};

    /// One stratum [[3,1],[1,3]]: a - E = 1, variance = 4^4/(64*7) = 4/7.
    #[test]
    fn one_stratum_by_hand() {
        let test = cmh(&[[3, 1, 1, 3]], CmhCorrection::None).unwrap();
        assert!((test.statistic.unwrap() - 1.75).abs() < 1e-15);
        let corrected = cmh(&[[3, 1, 1, 3]], CmhCorrection::Half).unwrap();
        assert!((corrected.statistic.unwrap() - 0.4375).abs() < 1e-15);
        let ratio = common_odds_ratio(&[[3, 1, 1, 3]], ConfidenceLevel::P95).unwrap();
        assert!((ratio.value - 9.0).abs() < 1e-14);
    }

    #[test]
    fn uninformative_strata_drop_out() {
        let with = cmh(&[[3, 1, 1, 3], [0, 0, 4, 5]], CmhCorrection::None).unwrap();
        assert_eq!(with.statistic, cmh(&[[3, 1, 1, 3]], CmhCorrection::None).unwrap().statistic);
        assert_eq!(with.cautions.len(), 1);
        assert!(matches!(cmh(&[[0, 0, 4, 5]], CmhCorrection::None), Err(NotComputed::Undefined(_))));
        assert_eq!(cmh(&[], CmhCorrection::None), Err(NotComputed::EmptyBase));
        assert!(breslow_day(&[[3, 1, 1, 3]], Homogeneity::Tarone).is_err());
    }

    #[test]
    fn fitted_counts_have_the_odds_ratio_and_the_margins() {
        for ratio in [0.01, 0.7, 1.0, 3.0, 500.0] {
            for stratum in [[6, 9, 15, 7], [1, 30, 30, 1], [30, 2, 2, 1]] {
                let observed = Cells::new(&stratum);
                let fitted = observed.with_odds_ratio(ratio);
                assert!((fitted.a * fitted.d / (fitted.b * fitted.c) / ratio - 1.0).abs() < 1e-9);
                assert!((fitted.a + fitted.b - observed.a - observed.b).abs() < 1e-12);
            }
        }
    }

    /// Equal odds ratios of 4 in both strata leave nothing to test.
    #[test]
    fn equal_odds_ratios_are_homogeneous() {
        let test = breslow_day(&[[4, 2, 2, 4], [8, 4, 4, 8]], Homogeneity::BreslowDay).unwrap();
        assert!(test.statistic.unwrap() < 1e-25 && (test.p - 1.0).abs() < 1e-12);
    }
}
