//! Adjusted p-values against R.

use canvass::stats::p_adjust::{Adjustment, adjust};
use serde_json::{Value, json};

use super::arguments::{number, options};

pub(super) fn evaluate(method: &str, inputs: &Value, _params: &Value) -> Option<Value> {
    let adjustment = match method {
        "p_adjust.holm" => Adjustment::Holm,
        "p_adjust.bh" => Adjustment::BenjaminiHochberg,
        "p_adjust.by" => Adjustment::BenjaminiYekutieli,
        "p_adjust.hochberg" => Adjustment::Hochberg,
        "p_adjust.hommel" => Adjustment::Hommel,
        "p_adjust.bonferroni" => Adjustment::Bonferroni,
        "p_adjust.sidak" => Adjustment::Sidak,
        _ => return None,
    };
    let adjusted = adjust(&options(&inputs["p"]), adjustment);
    Some(adjusted.map_or(Value::Null, |family| {
        let p: Vec<Value> = family.p.into_iter().map(|p| p.map_or(Value::Null, number)).collect();
        json!({ "adjusted": p })
    }))
}
