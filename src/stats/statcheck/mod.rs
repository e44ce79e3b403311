//! Whether reported p-values agree with the test statistics beside them (Nuijten et al. 2016).

pub mod reading;

pub use reading::{mentions_one_tailed, read_tests};

use std::ops::Range;

use crate::stats::distributions::{chi_squared, fisher_f, normal, student_t};
use crate::stats::{Computed, Method, NotComputed};

/// Consistency of a test statistic and its p-value.
pub const STATCHECK: Method = Method {
    id: "statcheck",
    name: "consistency of test statistic and p-value",
    convention: "rules of the R package statcheck 1.4.0",
};

/// Every method of this family.
pub const METHODS: &[Method] = &[STATCHECK];

/// The distribution that a statistic is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Student's t.
    T,
    /// F.
    F,
    /// A correlation, tested by t.
    R,
    /// Normal.
    Z,
    /// Chi-squared.
    ChiSquared,
    /// Heterogeneity, chi-squared.
    Q,
    /// Heterogeneity within groups, chi-squared.
    QWithin,
    /// Heterogeneity between groups, chi-squared.
    QBetween,
}

/// How a number is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`.
    Equal,
    /// `<`.
    Less,
    /// `>`.
    Greater,
}

/// A number as printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Printed {
    /// The number.
    pub value: f64,
    /// Digits after the point, those of the exponent included: `5e-4` has four.
    pub decimals: u32,
}

/// What is reported of the p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ReportedP {
    /// "ns": larger than alpha.
    NotSignificant,
    /// A number.
    Value(Comparison, Printed),
}

/// A test as reported.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedTest {
    /// The statistic.
    pub kind: Kind,
    /// First degrees of freedom of F; degrees of freedom of chi-squared and Q.
    pub df1: Option<f64>,
    /// Second degrees of freedom of F; degrees of freedom of t and r.
    pub df2: Option<f64>,
    /// How the statistic is reported.
    pub comparison: Comparison,
    /// The statistic's value.
    pub statistic: Printed,
    /// The p-value.
    pub p: ReportedP,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
}

/// Whether `p = alpha` is significant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AtAlpha {
    /// It is.
    #[default]
    Significant,
    /// It is not.
    NotSignificant,
}

/// Whether `p = .000` is an error in itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ZeroP {
    /// A p-value is never zero.
    #[default]
    IsError,
    /// It is read as a rounded number.
    IsRounded,
}

/// How many tails t, r and z tests are taken to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tails {
    /// Two, unless said otherwise.
    #[default]
    Two,
    /// One, in the direction of the statistic.
    One,
}

/// The conventions of a check.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The level that decides significance.
    pub alpha: f64,
    /// Whether `p = alpha` is significant.
    pub at_alpha: AtAlpha,
    /// Whether `p = .000` is an error.
    pub zero_p: ZeroP,
    /// How many tails.
    pub tails: Tails,
}

impl Default for Options {
    fn default() -> Self {
        Self { alpha: 0.05, at_alpha: AtAlpha::default(), zero_p: ZeroP::default(), tails: Tails::default() }
    }
}

/// What recomputing a p-value says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The p-value of the statistic as printed.
    pub p: f64,
    /// The smallest p-value of a statistic that is printed alike.
    pub p_low: f64,
    /// The largest one.
    pub p_high: f64,
    /// The reported p-value agrees with no statistic that is printed alike.
    pub error: bool,
    /// It is an error, and the recomputed p-value lies on the other side of alpha.
    pub decision_error: bool,
    /// The report would agree as a one-tailed test. A text that says "one-tailed" is then given the benefit of it.
    pub fits_one_tailed: bool,
    /// The method.
    pub method: Method,
}

/// Recomputes the p-value of a reported test and compares.
///
/// The printed statistic stands for every value within half a unit of its last digit. An exact p-value is an error
/// if it lies outside the p-values of these, rounded to its own decimals; `<` and `>` are errors if no such p-value
/// satisfies them. "ns" means `> alpha`. Impossible statistics (|r| > 1, negative F or chi-squared, p > 1, no
/// positive degrees of freedom) are refused.
///
/// # Examples
///
/// ```
/// use canvass::stats::statcheck::{Options, check, read_tests};
///
/// let tests = read_tests("The groups did not differ, t(22) < 1, ns.");
/// let verdict = check(&tests[0], &Options::default())?;
/// // Reference case statcheck-0031.
/// assert!((verdict.p - 0.328_183_261_880_670_6).abs() < 1e-10);
/// assert!(!verdict.error);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn check(test: &ReportedTest, options: &Options) -> Computed<Verdict> {
    validate(test, options)?;
    let verdict = judge(test, options, options.tails)?;
    let one_tailed = judge(test, options, Tails::One)?;
    Ok(Verdict { fits_one_tailed: !one_tailed.error, ..verdict })
}

fn validate(test: &ReportedTest, options: &Options) -> Computed<()> {
    let invalid = |why| Err(NotComputed::invalid(why));
    let statistic = test.statistic.value;
    if !(options.alpha > 0.0 && options.alpha < 1.0) {
        return invalid("alpha lies strictly between 0 and 1");
    }
    if !statistic.is_finite() {
        return invalid("a test statistic is finite");
    }
    if let ReportedP::Value(_, p) = test.p
        && !(0.0..=1.0).contains(&p.value)
    {
        return invalid("a p-value lies between 0 and 1");
    }
    match test.kind {
        Kind::R if statistic.abs() > 1.0 => invalid("a correlation lies between -1 and 1"),
        Kind::T | Kind::R | Kind::Z => Ok(()),
        _ if statistic < 0.0 => invalid("F and chi-squared are not negative"),
        _ => Ok(()),
    }
}

fn judge(test: &ReportedTest, options: &Options, tails: Tails) -> Computed<Verdict> {
    let statistic = test.statistic.value;
    let half_unit = 0.5 * libm::pow(10.0, -f64::from(test.statistic.decimals));
    // Only the distance from 0 counts, and F and chi-squared cannot be below it.
    let nearest = (statistic.abs() - half_unit).max(0.0);
    let farthest = statistic.abs() + half_unit;
    let p = p_value(test, statistic.abs(), tails)?;
    let (p_low, p_high) = (p_value(test, farthest, tails)?, p_value(test, nearest, tails)?);
    let reported = match test.p {
        ReportedP::NotSignificant => {
            (Comparison::Greater, Printed { value: options.alpha, decimals: u32::MAX })
        }
        ReportedP::Value(comparison, p) => (comparison, p),
    };
    let zero = options.zero_p == ZeroP::IsError && reported.1.value <= 0.0;
    let error = zero || is_error(test.comparison, reported, p_low, p_high);
    let decision_error = error && flips(test.comparison, (reported.0, reported.1.value), p, options);
    Ok(Verdict { p, p_low, p_high, error, decision_error, fits_one_tailed: false, method: STATCHECK })
}

/// The upper tail of the statistic's absolute value.
fn p_value(test: &ReportedTest, statistic: f64, tails: Tails) -> Computed<f64> {
    let df = |df: Option<f64>| {
        df.filter(|df| *df > 0.0 && df.is_finite())
            .ok_or(NotComputed::invalid("degrees of freedom are positive"))
    };
    let two_sided = match test.kind {
        Kind::T => student_t::two_sided(statistic, df(test.df2)?),
        Kind::Z => normal::two_sided(statistic),
        Kind::R => {
            let df = df(test.df2)?;
            let unexplained = (1.0 - statistic) * (1.0 + statistic);
            if unexplained > 0.0 {
                student_t::two_sided(statistic * (df / unexplained).sqrt(), df)
            } else {
                0.0
            }
        }
        Kind::F => return Ok(fisher_f::sf(statistic, df(test.df1)?, df(test.df2)?)),
        Kind::ChiSquared | Kind::Q | Kind::QWithin | Kind::QBetween => {
            return Ok(chi_squared::sf(statistic, df(test.df1)?));
        }
    };
    Ok(if tails == Tails::Two { two_sided } else { two_sided / 2.0 })
}

/// Whether the reported p-value is impossible, given the p-values of statistics that are printed alike.
///
/// A statistic reported as "less than" has a larger p-value than printed, and the other way round.
fn is_error(statistic: Comparison, (comparison, p): (Comparison, Printed), low: f64, high: f64) -> bool {
    use Comparison::{Equal, Greater, Less};
    let below = |limit: f64| rounds_above(limit, p);
    let above = |limit: f64| rounds_below(limit, p);
    match (statistic, comparison) {
        (Equal, Equal) => above(high) || below(low),
        (Equal, Less) => p.value < low,
        (Equal, Greater) => p.value > high,
        (Less, Equal) => below(high),
        (Less, Less) => p.value < high,
        (Greater, Equal) => above(low),
        (Greater, Greater) => p.value > low,
        (Less, Greater) | (Greater, Less) => false,
    }
}

/// The most decimals that are compared as whole numbers.
const MAX_DECIMALS: u32 = 15;

/// Whether `exact`, rounded to the decimals of `printed`, is above it.
fn rounds_above(exact: f64, printed: Printed) -> bool {
    match rounded(exact, printed) {
        Some((exact, printed)) => exact > printed,
        None => exact > printed.value,
    }
}

/// Whether `exact`, rounded to the decimals of `printed`, is below it.
fn rounds_below(exact: f64, printed: Printed) -> bool {
    match rounded(exact, printed) {
        Some((exact, printed)) => exact < printed,
        None => exact < printed.value,
    }
}

/// Both numbers in units of the last printed digit, which are whole.
fn rounded(exact: f64, printed: Printed) -> Option<(f64, f64)> {
    let scale = libm::pow(10.0, f64::from(printed.decimals));
    (printed.decimals <= MAX_DECIMALS).then(|| ((exact * scale).round(), (printed.value * scale).round()))
}

/// Whether the report and the recomputed p-value fall on different sides of alpha.
fn flips(
    statistic: Comparison,
    (comparison, reported): (Comparison, f64),
    computed: f64,
    options: &Options,
) -> bool {
    use Comparison::{Equal, Greater, Less};
    let alpha = options.alpha;
    let inclusive = options.at_alpha == AtAlpha::Significant;
    let significant = |p: f64| p < alpha || (inclusive && p <= alpha);
    match (statistic, comparison) {
        (Equal, Equal) => significant(reported) != significant(computed),
        // "p < .05" and "p > .05" speak of alpha itself whatever p = alpha would mean.
        (Equal, Less) => reported <= alpha && !significant(computed),
        (Equal, Greater) => reported >= alpha && significant(computed),
        (Less, Equal) => significant(reported) && computed >= alpha,
        (Less, Less) => reported <= alpha && computed >= alpha,
        (Greater, Equal) => !significant(reported) && computed <= alpha,
        (Greater, Greater) => reported >= alpha && computed <= alpha,
        (Less, Greater) | (Greater, Less) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str) -> Verdict {
        check(&read_tests(text)[0], &Options::default()).unwrap()
    }

    #[test]
    fn rounding_of_the_statistic_is_granted() {
        // t = 2.995 gives .0057, t = 3.005 gives .0055.
        assert!(!verdict("t(28) = 3.00, p = .006").error);
        assert!(verdict("t(28) = 3.00, p = .005").error);
    }

    #[test]
    fn a_decision_error_flips_the_verdict() {
        assert!(verdict("t(28) = 1.20, p < .05").decision_error);
        let other = verdict("t(28) = 2.90, p = .02");
        assert!(other.error && !other.decision_error);
    }

    #[test]
    fn one_tailed_reports_are_recognised() {
        let result = verdict("z = 1.80, p = .036");
        assert!(result.error && result.fits_one_tailed);
        assert!(!verdict("F(1, 20) = 3.00, p = .05").fits_one_tailed);
    }

    #[test]
    fn a_statistic_that_may_be_zero_allows_p_of_one() {
        assert!(!verdict("t(28) = 0.00, p = 1.00").error);
        assert!((verdict("z = -0.00, p = 1.00").p_high - 1.0).abs() < 1e-12);
    }

    #[test]
    fn zero_is_an_error_unless_allowed() {
        let test = &read_tests("t(14) = 9.1, p = .000")[0];
        assert!(check(test, &Options::default()).unwrap().error);
        assert!(!check(test, &Options { zero_p: ZeroP::IsRounded, ..Options::default() }).unwrap().error);
    }

    #[test]
    fn exponents_count_as_decimals() {
        assert!(!verdict("z = 5.00, p = 5.7e-7").error);
        assert!(verdict("z = 5.00, p = 5.7e-8").error);
    }

    #[test]
    fn impossible_reports_are_refused() {
        for text in ["r(20) = 1.2, p = .05", "F(0, 20) = 3, p = .1", "t(0) = 3, p = .1"] {
            assert!(check(&read_tests(text)[0], &Options::default()).is_err(), "{text}");
        }
        let test = &read_tests("z = 2, p = .05")[0];
        assert!(check(test, &Options { alpha: 0.0, ..Options::default() }).is_err());
        assert!(check(&ReportedTest { kind: Kind::T, ..test.clone() }, &Options::default()).is_err());
    }
}
