//! From the JSON of a case to arguments, and from results back to JSON.

use canvass::stats::{Computed, ConfidenceLevel, Which};
use serde_json::{Value, json};

/// A number, where `"Inf"` and `"-Inf"` are numbers, too; NaN where there is none.
pub(super) fn f64_of(value: &Value) -> f64 {
    match value.as_str() {
        Some("Inf") => f64::INFINITY,
        Some("-Inf") => f64::NEG_INFINITY,
        _ => value.as_f64().unwrap_or(f64::NAN),
    }
}

/// A count; the largest possible where there is none, which no method accepts.
pub(super) fn u64_of(value: &Value) -> u64 {
    value.as_u64().unwrap_or(u64::MAX)
}

/// The values that are there; `null` is a missing value.
pub(super) fn present(values: &Value) -> Vec<f64> {
    options(values).into_iter().flatten().collect()
}

/// The values with their gaps.
pub(super) fn options(values: &Value) -> Vec<Option<f64>> {
    let items = values.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|item| Some(f64_of(item)).filter(|x| !x.is_nan())).collect()
}

/// One list of present values per group.
pub(super) fn groups(values: &Value) -> Vec<Vec<f64>> {
    values.as_array().map(Vec::as_slice).unwrap_or_default().iter().map(present).collect()
}

/// The level under `conf_level`, by default 95 %.
pub(super) fn level(params: &Value) -> ConfidenceLevel {
    params["conf_level"].as_f64().map_or(ConfidenceLevel::P95, |level| {
        ConfidenceLevel::new(level).expect("the cases hold valid levels")
    })
}

/// The direction under `alternative`, by default two-sided.
pub(super) fn which(params: &Value) -> Which {
    match params["alternative"].as_str() {
        Some("greater") => Which::Greater,
        Some("less") => Which::Less,
        _ => Which::TwoSided,
    }
}

/// A number as the schema writes it; NaN would be an error of ours and is made visible.
pub(super) fn number(value: f64) -> Value {
    if value.is_nan() {
        json!("NaN")
    } else if value.is_infinite() {
        json!(if value > 0.0 { "Inf" } else { "-Inf" })
    } else {
        json!(value)
    }
}

/// A list of numbers.
pub(super) fn numbers(values: impl IntoIterator<Item = f64>) -> Value {
    values.into_iter().map(number).collect()
}

/// A number, or `null` for a reason.
pub(super) fn computed(value: Computed<f64>) -> Value {
    value.map_or(Value::Null, number)
}
