//! Counts in categories: independence, association, goodness of fit, trend, pairs, strata and exact tests.

pub mod association;
pub mod exact_tables;
pub mod fisher;
mod fixed_margins;
pub mod goodness_of_fit;
pub mod independence;
pub mod monte_carlo;
pub mod multinomial;
pub mod ordinal;
pub mod paired;
pub mod stratified;
pub mod trend;
pub mod trend_exact;

use crate::stats::record::Method;

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
];

/// `o log(o/e) - o + e` without cancellation where the two are close (Loader 2000); `e` where `o` is 0.
///
/// Summed over cells whose observed and expected totals agree it is half the likelihood-ratio statistic.
fn deviance_part(observed: f64, expected: f64) -> f64 {
    if observed <= 0.0 {
        return expected;
    }
    let difference = observed - expected;
    let sum = observed + expected;
    if difference.abs() >= 0.1 * sum {
        return observed * libm::log(observed / expected) - difference;
    }
    // log(o/e) = 2 atanh(v), expanded in v.
    let v = difference / sum;
    let mut total = difference * v;
    let mut power = 2.0 * observed * v;
    let mut odd = 1.0;
    loop {
        power *= v * v;
        odd += 2.0;
        let next = total + power / odd;
        if (next - total).abs() <= f64::EPSILON * total.abs() * 0.25 {
            return next;
        }
        total = next;
    }
}

#[cfg(test)]
mod tests {
    use super::deviance_part;

    /// Exact values from mpmath 1.3 at 30 digits: o*log(o/e)-o+e.
    #[test]
    fn deviance_part_keeps_its_digits_where_the_counts_are_close() {
        let cases = [
            (10.0, 10.0, 0.0),
            (0.0, 3.5, 3.5),
            (1.0, 2.0, 0.306_852_819_440_054_7),
            (1_000_001.0, 1_000_000.0, 4.999_998_333_334_167e-7),
        ];
        for (observed, expected, exact) in cases {
            let found = deviance_part(observed, expected);
            assert!((found - exact).abs() <= 1e-15 * f64::max(exact, 1e-300) * 4.0, "{found} {exact}");
        }
    }
}
