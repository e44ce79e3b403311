//! Counts in categories: independence, association, goodness of fit, trend, pairs, strata and exact tests.

pub mod association;
pub mod exact_tables;
pub mod fisher;
pub mod goodness_of_fit;
pub mod independence;
pub mod monte_carlo;
pub mod multinomial;
pub mod multiple_response;
pub mod ordinal;
pub mod paired;
pub mod stratified;
pub mod trend;
pub mod trend_exact;

use crate::stats::distributions::{chi_squared, special};
use crate::stats::record::{Caution, Method, Test, Which};

/// Every method of this family.
pub const METHODS: &[Method] = &[
    independence::CHISQ,
    independence::CHISQ_N1,
    independence::CHISQ_RESIDUALS,
    independence::G_TEST,
    association::CRAMERS_V,
    association::CRAMERS_V_CI,
    association::PHI,
    goodness_of_fit::CHISQ_GOF,
    goodness_of_fit::G_TEST_GOF,
    multinomial::MULTINOMIAL_LOGPMF,
    multinomial::MULTINOMIAL_EXACT,
    fisher::FISHER_EXACT,
    fisher::FISHER_MID_P,
    exact_tables::FISHER_EXACT_RATIONAL,
    exact_tables::CHISQ_EXACT_CONDITIONAL,
    trend::COCHRAN_ARMITAGE,
    trend::LINEAR_BY_LINEAR_2XK,
    trend::LINEAR_BY_LINEAR,
    trend_exact::COCHRAN_ARMITAGE_EXACT,
    monte_carlo::CHISQ_MONTE_CARLO,
    monte_carlo::FISHER_MONTE_CARLO,
    paired::MCNEMAR_EXACT,
    paired::MCNEMAR_MID_P,
    paired::MCNEMAR_ASYMPTOTIC,
    paired::MCNEMAR_ODDS_RATIO,
    paired::BOWKER,
    paired::STUART_MAXWELL,
    paired::COCHRAN_Q,
    stratified::CMH,
    stratified::BRESLOW_DAY,
    ordinal::ORDINAL_ASSOCIATION,
    multiple_response::MMI_PERMUTATION,
    multiple_response::MMI_RAO_SCOTT,
    multiple_response::MMI_BONFERRONI,
];

/// Deviance of one cell, `o log(o/e) - o + e`: summed over cells, half the likelihood-ratio statistic.
///
/// The difference of totals that it adds to `o log(o/e)` is zero over a table, and its terms do not cancel.
fn deviance_part(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 { special::deviance_term(observed, expected) } else { expected }
}

/// A statistic with its upper tail of the chi-squared distribution.
fn chi_squared_test(statistic: f64, df: f64, method: Method, cautions: Vec<Caution>) -> Test {
    Test {
        statistic: Some(statistic),
        df: vec![df],
        p: chi_squared::sf(statistic, df),
        which: Which::TwoSided,
        method,
        cautions,
    }
}
