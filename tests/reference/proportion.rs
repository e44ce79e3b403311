//! Proportions against R and the papers' own formulas.

use canvass::stats::proportion::binomial_test::{ObservedMass, TwoSided, binomial_test};
use canvass::stats::proportion::difference::{DifferenceInterval, risk_difference};
use canvass::stats::proportion::finite_frame;
use canvass::stats::proportion::odds_ratio::{OddsRatio, odds_ratio};
use canvass::stats::proportion::paired::{PairedCounts, PairedInterval, paired_difference};
use canvass::stats::proportion::risk_ratio::{RatioInterval, risk_ratio};
use canvass::stats::proportion::{Proportion, ProportionInterval, RatioMeasure, interval};
use canvass::stats::{Computed, Estimate, effect_sizes};
use serde_json::{Value, json};

use super::arguments::{computed, f64_of, level, number, u64_of, which};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let computed = match method.split('.').next()? {
        "proportion_ci" => one(method, inputs, params)?,
        "binomial_test" => test(method, inputs, params)?,
        "proportion_ci_fpc" | "proportion_bounds" => frame(method, inputs, params)?,
        "cohen_h" => two(inputs).and_then(|(first, second)| {
            effect_sizes::cohen_h(first.share(), second.share()).map(|h| json!({ "h": h.value }))
        }),
        "paired_risk_difference" => pairs(method, inputs, params)?,
        _ => comparison(method, inputs, params)?,
    };
    Some(computed.unwrap_or(Value::Null))
}

fn one(method: &str, inputs: &Value, params: &Value) -> Option<Computed<Value>> {
    let kind = match method {
        "proportion_ci.wilson" => ProportionInterval::Wilson,
        "proportion_ci.wilson_cc" => ProportionInterval::WilsonCc,
        "proportion_ci.clopper_pearson" => ProportionInterval::ClopperPearson,
        "proportion_ci.mid_p" => ProportionInterval::MidP,
        "proportion_ci.jeffreys" => ProportionInterval::Jeffreys,
        "proportion_ci.agresti_coull" => ProportionInterval::AgrestiCoull,
        "proportion_ci.wald" => ProportionInterval::Wald,
        _ => return None,
    };
    Some(proportion(inputs).map(|p| estimate(&interval(p, kind, level(params)))))
}

fn test(method: &str, inputs: &Value, params: &Value) -> Option<Computed<Value>> {
    let mass = match method {
        "binomial_test.exact" => ObservedMass::Whole,
        "binomial_test.mid_p" => ObservedMass::Half,
        _ => return None,
    };
    let two_sided = match params["two_sided"].as_str() {
        Some("doubled") => TwoSided::Doubled,
        _ => TwoSided::MinLike,
    };
    let result = proportion(inputs)
        .and_then(|p| binomial_test(p, f64_of(&params["p0"]), which(params), two_sided, mass));
    Some(result.map(|test| json!({ "p_value": number(test.p) })))
}

fn frame(method: &str, inputs: &Value, params: &Value) -> Option<Computed<Value>> {
    let (p, all, level) = (proportion(inputs), u64_of(&inputs["N"]), level(params));
    Some(match method {
        "proportion_ci_fpc.exact_hypergeometric" => {
            p.and_then(|p| finite_frame::exact_hypergeometric(p, all, level)).map(|result| {
                json!({
                    "estimate": result.value,
                    "lower": result.interval.low,
                    "upper": result.interval.high,
                    "lower_count": result.counts.0,
                    "upper_count": result.counts.1,
                })
            })
        }
        "proportion_ci_fpc.wilson_neff" => {
            p.and_then(|p| finite_frame::wilson_effective(p, all, level)).map(|result| {
                let mut value = estimate(&result.estimate);
                value["n_eff"] = number(result.n_effective);
                value
            })
        }
        "proportion_ci_fpc.wald" => p.and_then(|p| finite_frame::wald(p, all, level)).map(|e| estimate(&e)),
        "proportion_bounds.nonresponse" => {
            finite_frame::nonresponse_bounds(u64_of(&inputs["x"]), u64_of(&inputs["n"]), all)
                .map(|bounds| json!({ "lower": bounds.low, "upper": bounds.high }))
        }
        _ => return None,
    })
}

fn comparison(method: &str, inputs: &Value, params: &Value) -> Option<Computed<Value>> {
    let both = two(inputs);
    let level = level(params);
    let difference = |kind| both.clone().map(|(a, b)| estimate(&risk_difference(a, b, kind, level)));
    let risk = |kind| both.clone().map(|(a, b)| measure(&risk_ratio(a, b, kind, level)));
    let odds = |kind| both.clone().map(|(a, b)| measure(&odds_ratio(a, b, kind, level)));
    Some(match method {
        "risk_difference.newcombe" => difference(DifferenceInterval::Newcombe),
        "risk_difference.newcombe_cc" => difference(DifferenceInterval::NewcombeCc),
        "risk_difference.miettinen_nurminen" => difference(DifferenceInterval::MiettinenNurminen),
        "risk_difference.agresti_caffo" => difference(DifferenceInterval::AgrestiCaffo),
        "risk_difference.wald" => difference(DifferenceInterval::Wald),
        "risk_ratio.koopman" => risk(RatioInterval::Koopman),
        "risk_ratio.katz_log" => risk(RatioInterval::KatzLog),
        "odds_ratio.woolf" => odds(OddsRatio::Woolf),
        "odds_ratio.haldane_anscombe" => odds(OddsRatio::HaldaneAnscombe),
        "odds_ratio.conditional_exact" => odds(OddsRatio::ConditionalExact),
        "odds_ratio.conditional_mid_p" => odds(OddsRatio::ConditionalMidP),
        _ => return None,
    })
}

fn pairs(method: &str, inputs: &Value, params: &Value) -> Option<Computed<Value>> {
    let kind = match method {
        "paired_risk_difference.tango" => PairedInterval::Tango,
        "paired_risk_difference.newcombe" => PairedInterval::Newcombe,
        _ => return None,
    };
    let counts = PairedCounts {
        both: u64_of(&inputs["a"]),
        first_only: u64_of(&inputs["b"]),
        second_only: u64_of(&inputs["c"]),
        neither: u64_of(&inputs["d"]),
    };
    Some(paired_difference(counts, kind, level(params)).map(|e| estimate(&e)))
}

fn proportion(inputs: &Value) -> Computed<Proportion> {
    Proportion::new(u64_of(&inputs["x"]), u64_of(&inputs["n"]))
}

fn two(inputs: &Value) -> Computed<(Proportion, Proportion)> {
    let part = |x: &str, n: &str| Proportion::new(u64_of(&inputs[x]), u64_of(&inputs[n]));
    Ok((part("x1", "n1")?, part("x2", "n2")?))
}

fn estimate(estimate: &Estimate) -> Value {
    json!({
        "estimate": number(estimate.value),
        "lower": number(estimate.interval.low),
        "upper": number(estimate.interval.high),
        "se": estimate.standard_error,
    })
}

fn measure(measure: &RatioMeasure) -> Value {
    let limit = |pick: fn(&canvass::stats::Interval) -> f64| {
        computed(measure.interval.as_ref().map(pick).map_err(Clone::clone))
    };
    json!({
        "estimate": computed(measure.estimate.clone()),
        "lower": limit(|interval| interval.low),
        "upper": limit(|interval| interval.high),
        "se_log": measure.standard_error_of_log,
    })
}
