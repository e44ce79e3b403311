//! What R, SPSS and JASP print of the same answers where nobody changes an option, and why it differs.
//!
//! R was run (4.2.2); SPSS is held against listings of version 29; JASP is as it documents itself, and was not run.

use crate::findings::{Caution, Statistic, TestResult, Value};
use crate::stats::categorical::independence::{Correction, chisq};
use crate::stats::parametric::anova::{oneway, welch};
use crate::stats::parametric::t_test::{Variances, two_samples};
use crate::stats::rank_tests::Continuity;
use crate::stats::rank_tests::kruskal_wallis::kruskal_wallis;
use crate::stats::rank_tests::mann_whitney::{asymptotic, exact};
use crate::stats::tails::TwoSidedRule;
use crate::stats::{Computed, Method, Test, Which};
use crate::study::{Compare, Treat};

use crate::analyse::about::Found;

use super::compared::in_words;
use super::counts::Counted;

/// Declares what programs do by default.
macro_rules! programs {
    ($($name:ident = $id:literal, $call:literal, $does:literal;)+) => {
        $(const $name: Method = Method { id: $id, name: $call, convention: $does };)+
        /// What other programs do by default, one for each of their calls.
        pub const PROGRAMS: &[Method] = &[$($name,)+];
    };
}

programs! {
    R_WILCOX = "default.r.wilcox-test", "R wilcox.test(x, y)",
        "exact below 50 people a side without ties, else normal approximation with continuity correction";
    R_KRUSKAL = "default.r.kruskal-test", "R kruskal.test(list)", "chi-square approximation";
    R_T = "default.r.t-test", "R t.test(x, y)", "variances not assumed equal (Welch)";
    R_ONEWAY = "default.r.oneway-test", "R oneway.test(y ~ side)", "variances not assumed equal (Welch)";
    R_CHISQ = "default.r.chisq-test", "R chisq.test(table)",
        "chi-square approximation; Yates's correction for two by two; answers that nobody gave left out";
    SPSS_MW = "default.spss.npar-mann-whitney", "SPSS NPAR TESTS /M-W", "normal approximation without continuity correction";
    SPSS_KW = "default.spss.npar-kruskal-wallis", "SPSS NPAR TESTS /K-W", "chi-square approximation";
    SPSS_T = "default.spss.t-test", "SPSS T-TEST, first line", "equal variances assumed";
    SPSS_ONEWAY = "default.spss.oneway", "SPSS ONEWAY", "equal variances assumed";
    SPSS_CROSSTABS = "default.spss.crosstabs", "SPSS CROSSTABS /STATISTICS=CHISQ, first line",
        "chi-square approximation without correction";
    JASP_MW = "default.jasp.mann-whitney", "JASP Mann-Whitney, as documented",
        "R's wilcox.test: exact below 50 people a side without ties, else normal approximation with continuity correction";
    JASP_KW = "default.jasp.kruskal-wallis", "JASP Kruskal-Wallis, as documented", "chi-square approximation";
    JASP_T = "default.jasp.t-test", "JASP independent samples t-test, as documented", "equal variances assumed";
    JASP_ANOVA = "default.jasp.anova", "JASP ANOVA, as documented", "equal variances assumed";
    JASP_TABLES = "default.jasp.contingency-tables", "JASP contingency tables, as documented",
        "chi-square approximation without correction";
}

/// What each program gives by default, with the name by which its finding is called.
pub(in crate::analyse) fn defaults(
    answers: &Counted,
    scale: Treat,
    terms: &Compare,
) -> Computed<Vec<(&'static str, Method, Computed<Test>)>> {
    let which = Which::TwoSided;
    Ok(match scale {
        Treat::Nominal => {
            let table = answers.tabulated()?.table;
            let two = table.without_empty().is_ok_and(|(reduced, _)| reduced.cells().len() == 4);
            let plain = || chisq(&table, Correction::None);
            let r = if two { chisq(&table, Correction::Yates) } else { plain() };
            vec![("r", R_CHISQ, r), ("spss", SPSS_CROSSTABS, plain()), ("jasp", JASP_TABLES, plain())]
        }
        Treat::Ordinal => {
            let table = answers.tabulated()?.table;
            if table.row_count() == 2 {
                let tied = table.column_totals().iter().any(|&count| count > 1);
                let small = table.row_totals().iter().all(|&size| size < 50);
                let r = || {
                    if small && !tied {
                        exact(&table, which, TwoSidedRule::Doubled).map(|found| found.test)
                    } else {
                        asymptotic(&table, which, Continuity::Half)
                    }
                };
                let spss = asymptotic(&table, which, Continuity::None);
                vec![("r", R_WILCOX, r()), ("spss", SPSS_MW, spss), ("jasp", JASP_MW, r())]
            } else {
                let all = || kruskal_wallis(&table).map(|found| found.test);
                vec![("r", R_KRUSKAL, all()), ("spss", SPSS_KW, all()), ("jasp", JASP_KW, all())]
            }
        }
        Treat::Interval => {
            let samples = answers.samples()?;
            if let [first, second] = samples.as_slice() {
                let t = |variances| two_samples(first, second, variances, which, terms.level).map(|t| t.test);
                let pooled = || t(Variances::Pooled);
                vec![
                    ("r", R_T, t(Variances::Separate)),
                    ("spss", SPSS_T, pooled()),
                    ("jasp", JASP_T, pooled()),
                ]
            } else {
                let classical = || oneway(&samples).map(|found| found.test);
                vec![
                    ("r", R_ONEWAY, welch(&samples)),
                    ("spss", SPSS_ONEWAY, classical()),
                    ("jasp", JASP_ANOVA, classical()),
                ]
            }
        }
    })
}

/// A program's default as it is found, with why it differs from the p-value of the study.
pub(in crate::analyse) fn found(method: Method, test: Computed<Test>, own: Option<(f64, Method)>) -> Found {
    let mut cautions = Vec::new();
    let value = match test {
        Ok(test) => {
            cautions.extend(in_words(&test.cautions));
            if let Some((_, used)) = own.filter(|(p, _)| (p - test.p).abs() > 1e-12 * (1.0 + p)) {
                let why = format!(
                    "{}: {}; here: {}, {}",
                    method.name, method.convention, used.name, used.convention
                );
                cautions.push(Caution::DiffersBecause { why });
            }
            Value::Test(TestResult::from(&test))
        }
        Err(reason) => Value::number(Err(reason)),
    };
    Found { method: Some(method), cautions, ..Found::plain(Statistic::ProgramDefault, value) }
}
