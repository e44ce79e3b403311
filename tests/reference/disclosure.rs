//! Calls the disclosure rules on reference inputs.
#![expect(clippy::unwrap_used, reason = "a case that breaks the schema stops the test")]

use canvass::stats::disclosure::audit::{HiddenZeros, suppression_audit};
use canvass::stats::disclosure::complementary::{Candidates, Rule, complementary_suppression};
use canvass::stats::disclosure::frequency::{
    DEFAULT_THRESHOLD, Total, Zeros, attribute_disclosure, differencing, one_way_suppression,
    primary_suppression, round_to_base,
};
use canvass::stats::disclosure::magnitude::{dominance_rule, p_percent_rule};
use canvass::stats::disclosure::records::k_anonymity;
use canvass::stats::disclosure::{Cell, Table};
use serde_json::{Value, json};

/// The answer in the keys of the reference file; `None` for a method that is not implemented.
pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let threshold = || params["threshold"].as_u64().unwrap_or(DEFAULT_THRESHOLD);
    let zeros = if params["suppress_zeros"] == true { Zeros::Suppress } else { Zeros::Publish };
    let numbers = |key: &str| -> Vec<f64> { list(&inputs[key]).map(|x| x.as_f64().unwrap()).collect() };
    Some(match method {
        "primary_suppression" => {
            json!({ "cells": primary_suppression(&table(inputs), threshold(), zeros).cells })
        }
        "suppression_audit" => {
            let hidden: Vec<Cell> = list(&inputs["suppressed"]).map(cell).collect();
            let audit = suppression_audit(&table(inputs), &hidden, HiddenZeros::Possible).unwrap();
            let intervals: Vec<_> = audit.intervals.iter().map(|hidden| (hidden.low, hidden.high)).collect();
            json!({ "intervals": intervals, "exactly_disclosed": audit.exactly_disclosed().collect::<Vec<_>>() })
        }
        "complementary_suppression.minimal" => {
            let positive = params["complementary_must_be_positive"] != false;
            let rule = Rule {
                threshold: threshold(),
                zeros,
                required_width: params["required_interval_width"].as_u64().unwrap_or(threshold()),
                candidates: if positive { Candidates::Positive } else { Candidates::All },
                hidden_zeros: HiddenZeros::Possible,
            };
            let result = complementary_suppression(&table(inputs), rule).unwrap();
            json!({
                "n_complementary": result.n_complementary(),
                "min_suppressed_total": result.suppressed_total,
                "feasible": result.feasible(),
                "optimal_patterns": result.patterns,
            })
        }
        "one_way_suppression" => {
            let total = if inputs["total_published"] == false { Total::Hidden } else { Total::Published };
            let result = one_way_suppression(&counts(&inputs["counts"]), threshold(), zeros, total).unwrap();
            json!({
                "primary": result.primary,
                "complementary": result.complementary,
                "suppressed_total": result.suppressed_total,
            })
        }
        "attribute_disclosure" => {
            let result = attribute_disclosure(&table(inputs));
            json!({ "rows": result.rows, "cols": result.columns })
        }
        "differencing" => {
            let (whole, subset) = (counts(&inputs["whole"]), counts(&inputs["subset"]));
            let result = differencing(&whole, &subset, threshold(), zeros).unwrap();
            json!({ "difference": result.difference, "unsafe": result.unsafe_categories })
        }
        "round_to_base" => {
            let base = params["base"].as_u64().unwrap();
            json!({ "value": round_to_base(inputs["count"].as_u64().unwrap(), base).ok().map(|count| count.value) })
        }
        "p_percent_rule" => match p_percent_rule(&numbers("contributions"), params["p"].as_f64().unwrap()) {
            Ok(result) => json!({ "sensitive": result.sensitive, "remainder": result.remainder }),
            Err(_) => json!({ "sensitive": null, "remainder": null }),
        },
        "dominance_rule" => {
            let n = usize::try_from(params["n"].as_u64().unwrap()).unwrap();
            match dominance_rule(&numbers("contributions"), n, params["k"].as_f64().unwrap()) {
                Ok(result) => json!({ "sensitive": result.sensitive, "share": result.share }),
                Err(_) => Value::Null,
            }
        }
        "k_anonymity" => {
            let text = |record: &Value| -> Vec<String> { list(record).map(ToString::to_string).collect() };
            let records: Vec<Vec<String>> = list(&inputs["records"]).map(text).collect();
            k_anonymity(&records).map_or(Value::Null, |result| {
                json!({ "k": result.k, "n_unique": result.n_unique, "class_sizes": result.class_sizes })
            })
        }
        _ => return None,
    })
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn counts(value: &Value) -> Vec<u64> {
    list(value).map(|count| count.as_u64().unwrap()).collect()
}

fn table(inputs: &Value) -> Table {
    Table::new(&list(&inputs["table"]).map(counts).collect::<Vec<_>>()).unwrap()
}

fn cell(value: &Value) -> Cell {
    let index = |i: usize| usize::try_from(value[i].as_u64().unwrap()).unwrap();
    (index(0), index(1))
}
