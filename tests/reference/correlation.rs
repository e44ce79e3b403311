//! Correlation against R and SciPy.

use canvass::stats::correlation::{
    self, Bivariate, Correlation, KendallContinuity, KendallTauB, SpearmanInterval,
};
use canvass::stats::{Computed, ConfidenceLevel, Test, Which};
use serde_json::{Value, json};

use super::arguments::{level, number, options, which};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let pairs = Bivariate::from_optional_pairs(&options(&inputs["x"]), &options(&inputs["y"]));
    let level = level(params);
    let which = which(params);
    Some(match method {
        "pearson" => {
            let result = pairs.and_then(|pairs| correlation::pearson(&pairs, which, level));
            or_null(result, |result| with_t(&result))
        }
        "spearman" => or_null(pairs, |pairs| spearman(&pairs, which, level)),
        "spearman.exact" => {
            let result = pairs.and_then(|pairs| correlation::spearman_exact(&pairs, which, level));
            or_null(
                result,
                |result| json!({ "estimate": number(result.estimate), "p_value": p_value(result.test.as_ref().ok()) }),
            )
        }
        "kendall_tau_b" => {
            let continuity = match params.get("correct").and_then(Value::as_bool) {
                Some(true) => KendallContinuity::One,
                _ => KendallContinuity::None,
            };
            let result = pairs.and_then(|pairs| correlation::kendall_tau_b(&pairs, continuity, which, level));
            or_null(result, |result| with_s(&result))
        }
        "kendall_tau_b.exact" => {
            let result = pairs.and_then(|pairs| correlation::kendall_tau_b_exact(&pairs, which, level));
            or_null(result, |result| estimate_and_p(&result))
        }
        "kendall_tau_b.exact_ties" => {
            let result = pairs.and_then(|pairs| correlation::kendall_tau_b_exact_ties(&pairs, which, level));
            or_null(result, |result| estimate_and_p(&result))
        }
        "gk_gamma" => or_null(pairs.and_then(|pairs| correlation::gk_gamma(&pairs, level)), |gamma| {
            json!({
                "estimate": number(gamma.estimate),
                "concordant": gamma.contrast.concordant,
                "discordant": gamma.contrast.discordant,
            })
        }),
        _ => return None,
    })
}

fn with_t(result: &Correlation) -> Value {
    let test = result.test.as_ref().ok();
    let interval = result.interval.as_ref().ok();
    json!({
        "estimate": number(result.estimate),
        "t": test.and_then(|test| test.statistic).map(number),
        "df": test.and_then(|test| test.df.first().copied()).map(number),
        "p_value": p_value(test),
        "lower": interval.map(|interval| number(interval.low)),
        "upper": interval.map(|interval| number(interval.high)),
    })
}

fn spearman(pairs: &Bivariate, which: Which, level: ConfidenceLevel) -> Value {
    or_null(correlation::spearman(pairs, which, level), |result| {
        let mut value = with_t(&result);
        let fisher = correlation::spearman_interval(pairs, SpearmanInterval::Fisher, level).ok();
        value["lower_fisher"] = json!(fisher.as_ref().map(|interval| number(interval.low)));
        value["upper_fisher"] = json!(fisher.as_ref().map(|interval| number(interval.high)));
        value
    })
}

fn with_s(result: &KendallTauB) -> Value {
    let test = result.test.as_ref().ok();
    json!({
        "estimate": number(result.estimate),
        "s": result.contrast.s(),
        "var_s": result.variance_of_s.as_ref().ok().copied().map(number),
        "z": test.and_then(|test| test.statistic).map(number),
        "p_value": p_value(test),
        "concordant": result.contrast.concordant,
        "discordant": result.contrast.discordant,
    })
}

fn estimate_and_p(result: &KendallTauB) -> Value {
    json!({ "estimate": number(result.estimate), "p_value": p_value(result.test.as_ref().ok()) })
}

/// The value of a result, or `null` for a reason.
pub(super) fn or_null<T>(result: Computed<T>, value: impl FnOnce(T) -> Value) -> Value {
    result.map_or(Value::Null, value)
}

fn p_value(test: Option<&Test>) -> Option<Value> {
    test.map(|test| number(test.p))
}
