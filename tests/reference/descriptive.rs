//! Description of one sample against R.

use canvass::stats::descriptive::interval::{MeanInterval, mean_t, mean_t_finite, median_exact};
use canvass::stats::descriptive::location::{median_absolute_deviation, mode, trimmed_mean};
use canvass::stats::descriptive::net_promoter::net_promoter_score;
use canvass::stats::descriptive::shape::{MomentType, excess_kurtosis, skewness};
use canvass::stats::descriptive::{QuantileType, quantile, summary};
use canvass::stats::sample::Sample;
use canvass::stats::{Computed, Interval};
use serde_json::{Value, json};

use super::arguments::{computed, f64_of, level, numbers, options, present, u64_of};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let n_missing = options(&inputs["x"]).iter().filter(|value| value.is_none()).count();
    let sample = Sample::from_values(&present(&inputs["x"])).expect("the cases hold finite numbers");
    Some(match method {
        "summary" => {
            let summary = summary(&sample);
            json!({
                "n": summary.n,
                "n_missing": n_missing,
                "sum": computed(summary.sum),
                "mean": computed(summary.mean),
                "variance": computed(summary.variance),
                "sd": computed(summary.sd),
                "se": computed(summary.standard_error),
                "min": computed(summary.min),
                "max": computed(summary.max),
                "median": computed(summary.median),
            })
        }
        "quantile" => {
            let number = params["type"].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(7);
            let definition = QuantileType::ALL[number - 1];
            let q: Vec<Value> =
                present(&params["probs"]).iter().map(|p| computed(quantile(&sample, *p, definition))).collect();
            json!({ "q": q })
        }
        "skewness" => json!({ "value": computed(skewness(&sample, moment_type(params))) }),
        "kurtosis_excess" => json!({ "value": computed(excess_kurtosis(&sample, moment_type(params))) }),
        "median_ci.exact" => median_exact(&sample, level(params)).map_or(Value::Null, |result| {
            let Interval { low, high, .. } = result.interval;
            json!({ "lower": low, "upper": high, "k": result.rank, "coverage": result.coverage })
        }),
        "mean_ci.t" => mean(&sample, &mean_t(&sample, level(params))),
        "mean_ci.t_fpc" => mean(&sample, &mean_t_finite(&sample, u64_of(&params["N"]), level(params))),
        "mad" => median_absolute_deviation(&sample, f64_of(&params["constant"]))
            .map_or(Value::Null, |deviation| json!({ "value": deviation.scaled, "raw": deviation.raw })),
        "mode" => {
            mode(&sample).map_or(Value::Null, |modes| json!({ "modes": numbers(modes.values), "count": modes.count }))
        }
        "trimmed_mean" => json!({ "value": computed(trimmed_mean(&sample, f64_of(&params["trim"]))) }),
        "net_promoter_score" => net_promoter_score(&sample, level(params)).map_or(Value::Null, |result| {
            let Interval { low, high, .. } = result.interval;
            json!({ "nps": result.score, "se": result.standard_error, "lower": low, "upper": high, "n": result.n })
        }),
        _ => return None,
    })
}

fn moment_type(params: &Value) -> MomentType {
    match params["type"].as_u64() {
        Some(1) => MomentType::Type1,
        Some(3) => MomentType::Type3,
        _ => MomentType::Type2,
    }
}

/// The mean exists where its interval does not.
fn mean(sample: &Sample, result: &Computed<MeanInterval>) -> Value {
    match result {
        Ok(result) => json!({
            "mean": result.mean,
            "se": result.standard_error,
            "df": result.df,
            "lower": result.interval.low,
            "upper": result.interval.high,
        }),
        Err(_) => {
            json!({ "mean": computed(sample.mean()), "se": null, "df": null, "lower": null, "upper": null })
        }
    }
}
