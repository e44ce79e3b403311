//! What stands in footnotes and notes: cautions, methods and the direction of a test, in words.

use crate::findings::{Caution, Finding, Statistic};
use crate::stats::Method;

/// A method as a reader of a table needs it; nothing where the notes of the table say it already.
pub(super) fn method_words(finding: &Finding, method: &Method) -> Option<String> {
    match (&finding.statistic, method.id) {
        (Statistic::Q1 | Statistic::Q3, "quantile") => {
            Some("Quartiles: type 7, as R and Python by default.".to_owned())
        }
        (Statistic::Sd, _) => Some("SD: divisor n \u{2212} 1.".to_owned()),
        (rate, _) if rate.is_outcome_rate() => None,
        // A mean and a median have one definition each; rates and orders are defined beside their tables.
        (
            Statistic::Mean
            | Statistic::Median
            | Statistic::Minimum
            | Statistic::Maximum
            | Statistic::MeanRank
            | Statistic::Order
            // Effects are explained beside their signs, and their intervals are named.
            | Statistic::Superiority
            | Statistic::ShareDifference
            | Statistic::CramersV
            | Statistic::EpsilonSquared
            | Statistic::HedgesG
            | Statistic::OmegaSquared,
            _,
        ) => None,
        (_, _) if method.convention.is_empty() => Some(format!("Method: {}.", method.name)),
        (_, _) => Some(format!("Method: {} ({}).", method.name, method.convention)),
    }
}

/// A caution in words. The base of a row stands in the row, so that a small one needs only one footnote.
pub(super) fn caution_words(caution: &Caution) -> String {
    match caution {
        Caution::SmallBase { .. } => "small base: fewer than 30".to_owned(),
        other => other.to_string(),
    }
}
