//! Checks reported tests of the reference.
#![expect(clippy::unwrap_used, reason = "a case that breaks the schema stops the test")]

use canvass::stats::statcheck::{
    AtAlpha, Comparison, Kind, Options, ReportedP, Tails, ZeroP, check, mentions_one_tailed, read_tests,
};
use serde_json::{Value, json};

/// The answer in the keys of the reference file; `None` for a method that is not implemented.
pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    if method != "statcheck" {
        return None;
    }
    let text = inputs["text"].as_str().unwrap();
    let options = Options {
        alpha: params["alpha"].as_f64().unwrap_or(0.05),
        at_alpha: if params["p_equal_alpha_sig"] == false {
            AtAlpha::NotSignificant
        } else {
            AtAlpha::Significant
        },
        zero_p: if params["p_zero_error"] == false { ZeroP::IsRounded } else { ZeroP::IsError },
        tails: if params["two_tailed"] == false { Tails::One } else { Tails::Two },
    };
    let Some(test) = read_tests(text).into_iter().next() else { return Some(Value::Null) };
    let verdict = check(&test, &options).ok();
    let excused = mentions_one_tailed(text) && verdict.is_some_and(|verdict| verdict.fits_one_tailed);
    let (p_comp, reported_p) = match test.p {
        ReportedP::NotSignificant => ("ns", None),
        ReportedP::Value(comparison, p) => (sign(comparison), Some(p.value)),
    };
    Some(json!({
        "test_type": name(test.kind),
        "df1": test.df1,
        "df2": test.df2,
        "test_comp": sign(test.comparison),
        "test_value": test.statistic.value,
        "p_comp": p_comp,
        "reported_p": reported_p,
        "computed_p": verdict.map(|verdict| verdict.p),
        "error": verdict.map(|verdict| verdict.error),
        "decision_error": verdict.map(|verdict| verdict.decision_error),
        "error_with_one_tailed_text": verdict.map(|verdict| verdict.error && !excused),
    }))
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::Less => "<",
        Comparison::Greater => ">",
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::T => "t",
        Kind::F => "F",
        Kind::R => "r",
        Kind::Z => "Z",
        Kind::ChiSquared => "Chi2",
        Kind::Q => "Q",
        Kind::QWithin => "Qw",
        Kind::QBetween => "Qb",
    }
}
