//! Calls the forensic tests on reference inputs.
#![expect(clippy::unwrap_used, reason = "a case that breaks the schema stops the test")]

use canvass::stats::forensics::debit::debit;
use canvass::stats::forensics::grim::{grim, grim_percent};
use canvass::stats::forensics::grimmer::{Divisor, grimmer};
use canvass::stats::forensics::sd_limits::{Scale, sd_limits};
use canvass::stats::forensics::{Reported, Rounding};
use serde_json::{Value, json};

/// The answer in the keys of the reference file; `None` for a method that is not implemented.
pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let rounding = match params["rounding"].as_str() {
        None | Some("either") => Rounding::Either,
        Some("half_up") => Rounding::HalfUp,
        Some("half_even") => Rounding::HalfEven,
        Some("truncate") => Rounding::Truncated,
        Some(_) => return None,
    };
    let divisor = if params["divisor"] == "n" { Divisor::N } else { Divisor::NMinusOne };
    let text = |key: &str| Reported::parse(inputs[key].as_str().unwrap()).unwrap();
    let whole = |key: &str| inputs[key].as_i64().unwrap();
    let scale = || Scale::new(whole("min").try_into().unwrap(), whole("max").try_into().unwrap()).unwrap();
    let n = inputs["n"].as_u64().unwrap();
    Some(match method {
        "grim" => {
            let items = inputs["items"].as_u64().unwrap_or(1);
            grim(&text("mean"), n, items, rounding).map_or(Value::Null, |result| {
                let sums: Vec<i64> = result.candidates.collect();
                json!({
                    "consistent": result.consistent,
                    "candidate_sums": sums,
                    "informative": result.informative,
                })
            })
        }
        "grim.percent" => grim_percent(&text("percent"), n, rounding).map_or(Value::Null, |result| {
            let counts: Vec<i64> = result.candidates.collect();
            json!({
                "consistent": result.consistent,
                "candidate_counts": counts,
                "informative": result.informative,
            })
        }),
        "grimmer" => {
            grimmer(&text("mean"), &text("sd"), n, scale(), rounding, divisor).map_or(Value::Null, |result| {
                json!({
                    "consistent": result.consistent,
                    "candidates_sum_sumsq": result.candidates,
                    "parity_test": result.parity_test,
                })
            })
        }
        "debit" => debit(&text("mean"), &text("sd"), n, rounding, divisor).map_or(Value::Null, |result| {
            json!({
                "consistent": result.consistent,
                "counts": result.counts,
                "interval_version": result.interval_version,
                "grim_ok": result.grim,
            })
        }),
        "sd_limits" => match sd_limits(&text("mean"), n, scale(), rounding) {
            Ok(limits) => json!({ "sd_min": limits.smallest, "sd_max": limits.largest }),
            Err(_) => Value::Null,
        },
        _ => return None,
    })
}
