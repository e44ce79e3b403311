//! Calls the outcome rates on reference inputs.
#![expect(clippy::unwrap_used, reason = "a case that breaks the schema stops the test")]

use canvass::stats::aapor::{Dispositions, Eligibility, eligibility_rate, outcome_rates};
use serde_json::{Value, json};

/// The answer in the keys of the reference file; `None` for a method that is not implemented.
pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let count = |key: &str| inputs[key].as_f64().unwrap();
    let cases = Dispositions {
        complete: count("I"),
        partial: count("P"),
        refusal: count("R"),
        non_contact: count("NC"),
        other: count("O"),
        unknown_contact: count("UH"),
        unknown_other: count("UO"),
        not_eligible: count("NE"),
    };
    match method {
        "eligibility_rate" => Some(json!({ "e": eligibility_rate(&cases).ok().map(|rate| rate.value) })),
        "aapor_rates" => {
            let eligibility =
                params["e"].as_f64().map_or(Eligibility::ProportionalAllocation, Eligibility::Given);
            let rates = outcome_rates(&cases, eligibility);
            let entry = |(rate, result): (_, Result<_, _>)| {
                let rate: canvass::stats::aapor::OutcomeRate = rate;
                let value = result.ok().map(|found: canvass::stats::aapor::Rate| found.value);
                (rate.label().to_owned(), json!(value))
            };
            Some(Value::Object(rates.into_iter().map(entry).collect()))
        }
        _ => None,
    }
}
