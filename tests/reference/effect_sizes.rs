//! Effect sizes against the papers' formulas, computed in R.

use canvass::stats::effect_sizes::cohen_h;
use canvass::stats::effect_sizes::dominance::{delta_interval, dominance};
use canvass::stats::effect_sizes::superiority_interval::probability_of_superiority;
use canvass::stats::sample::Sample;
use serde_json::{Value, json};

use super::arguments::{computed, f64_of, level, number, present};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let sample =
        |key: &str| Sample::from_values(&present(&inputs[key])).expect("the cases hold finite numbers");
    Some(match method {
        "cliffs_delta" => dominance(&sample("x"), &sample("y")).map_or(Value::Null, |result| {
            json!({
                "delta": result.delta,
                "rank_biserial": result.delta,
                "vda_a": result.superiority,
                "n_greater": number(result.n_greater as f64),
                "n_less": number(result.n_less as f64),
                "n_tied": number(result.n_tied as f64),
            })
        }),
        "cliffs_delta_ci.asymmetric" => {
            let (x, y) = (sample("x"), sample("y"));
            let delta = computed(dominance(&x, &y).map(|result| result.delta));
            delta_interval(&x, &y, level(params)).map_or(
                json!({ "delta": delta, "variance": null, "lower": null, "upper": null }),
                |result| {
                    json!({
                        "delta": result.delta,
                        "variance": result.variance,
                        "lower": result.interval.low,
                        "upper": result.interval.high,
                    })
                },
            )
        }
        "prob_superiority_ci.newcombe5" => {
            probability_of_superiority(&sample("x"), &sample("y"), level(params)).map_or(Value::Null, |result| {
                json!({ "estimate": result.value, "lower": result.interval.low, "upper": result.interval.high })
            })
        }
        "cohen_h" => {
            json!({ "h": computed(cohen_h(f64_of(&inputs["p1"]), f64_of(&inputs["p2"])).map(|effect| effect.value)) })
        }
        _ => return None,
    })
}
