//! What stands in footnotes and notes: cautions, methods and the direction of a test, in words.

use crate::findings::{Caution, Finding, Statistic, Value};
use crate::stats::{Method, Which};

/// Which way a one-sided test of sides looks.
pub(super) fn one_sided(finding: &Finding) -> Option<String> {
    let Value::Test(test) = &finding.value else { return None };
    let [first, second, ..] = finding.base.sides.as_slice() else { return None };
    let ordered = finding.method.is_some_and(|method| method.id.starts_with("jonckheere"));
    Some(match (test.which, ordered) {
        (Which::TwoSided, _) => return None,
        (Which::Less, true) => "one-sided: answers rise from side to side".to_owned(),
        (Which::Greater, true) => "one-sided: answers fall from side to side".to_owned(),
        (Which::Greater, false) => format!("one-sided: {} above {}", first.label, second.label),
        (Which::Less, false) => format!("one-sided: {} below {}", first.label, second.label),
    })
}

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
