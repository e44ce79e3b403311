//! Reliability of scales against R (psych, lavaan) and Python.

use canvass::stats::reliability::{
    ItemMatrix, Items, MissingItems, Split, cronbach_alpha, guttman_lambda, item_analysis, mcdonald_omega,
    spearman_brown, split_half,
};
use canvass::stats::{Computed, ConfidenceLevel};
use serde_json::{Value, json};

use super::arguments::{computed, f64_of, level, number, numbers, options};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    if method == "spearman_brown" {
        let stepped = spearman_brown(f64_of(&inputs["r"]), f64_of(&inputs["factor"]));
        return Some(json!({ "value": computed(stepped) }));
    }
    let rows: Vec<_> = inputs["items"].as_array().into_iter().flatten().map(options).collect();
    let items = Items::from_rows(&rows);
    let result = match method {
        "cronbach_alpha" => items.and_then(|items| alpha(&items, params, level(params))),
        "item_analysis" => items.and_then(|items| analysis(&items)),
        "guttman_lambda" => items.and_then(|items| lambda(&items, params)),
        "split_half" => items.and_then(|items| halves(&items)),
        "mcdonald_omega.one_factor_ml" => items.and_then(|items| omega(&items)),
        _ => return None,
    };
    Some(result.unwrap_or(Value::Null))
}

fn alpha(items: &Items, params: &Value, level: ConfidenceLevel) -> Computed<Value> {
    let missing = match params["missing"].as_str() {
        Some("pairwise") => MissingItems::Pairwise,
        _ => MissingItems::Listwise,
    };
    let alpha = cronbach_alpha(items, missing, level)?;
    let interval = alpha.interval.as_ref().ok();
    Ok(json!({
        "alpha": number(alpha.estimate),
        "alpha_std": computed(alpha.standardized.clone()),
        "mean_r": computed(alpha.mean_correlation.clone()),
        "lower": interval.map(|interval| number(interval.low)),
        "upper": interval.map(|interval| number(interval.high)),
        "n": alpha.n,
        "k": alpha.items,
    }))
}

fn analysis(items: &Items) -> Computed<Value> {
    let items = item_analysis(items, MissingItems::Listwise)?.items;
    let each = |value: fn(&canvass::stats::reliability::ItemStatistics) -> Value| -> Value {
        items.iter().map(value).collect()
    };
    Ok(json!({
        "item_mean": each(|item| number(item.mean)),
        "item_sd": each(|item| number(item.standard_deviation)),
        "item_rest_r": each(|item| computed(item.item_rest.clone())),
        "item_total_r": each(|item| computed(item.item_total.clone())),
        "alpha_if_dropped": each(|item| computed(item.alpha_if_dropped.clone())),
    }))
}

fn lambda(items: &Items, params: &Value) -> Computed<Value> {
    let matrix = match params["matrix"].as_str() {
        Some("correlation") => ItemMatrix::Correlation,
        _ => ItemMatrix::Covariance,
    };
    let lambda = guttman_lambda(items, matrix)?;
    Ok(json!({
        "lambda1": number(lambda.lambda1),
        "lambda2": number(lambda.lambda2),
        "lambda3": number(lambda.lambda3),
        "lambda4": computed(lambda.lambda4),
        "lambda5": number(lambda.lambda5),
        "lambda6": computed(lambda.lambda6),
    }))
}

fn halves(items: &Items) -> Computed<Value> {
    let half = split_half(items, &Split::OddEven)?;
    Ok(json!({
        "r": number(half.correlation),
        "spearman_brown": computed(half.spearman_brown),
        "horst": computed(half.horst),
        "guttman_rulon": number(half.guttman_rulon),
    }))
}

fn omega(items: &Items) -> Computed<Value> {
    let omega = mcdonald_omega(items)?;
    Ok(json!({
        "omega_total": number(omega.estimate),
        "omega_observed_denominator": number(omega.observed_denominator),
        "loadings": numbers(omega.loadings),
        "uniquenesses": numbers(omega.uniquenesses),
    }))
}
