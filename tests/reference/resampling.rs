//! Bootstrap intervals on fixed resamples and permutation tests, against R.

use canvass::stats::resampling::{
    self, BootstrapInterval, Interpolation, Jackknife, MeanDifference, jackknife, monte_carlo_p,
};
use canvass::stats::{Computed, NotComputed, Which};
use serde_json::{Value, json};

use super::arguments::{computed, level, number, present, u64_of, which};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let level = level(params);
    Some(match method {
        "bootstrap_ci.percentile" | "bootstrap_ci.basic" => {
            let replicates = Replicates::of(inputs);
            let interval =
                if method == "bootstrap_ci.basic" { resampling::basic } else { resampling::percentile };
            let result = interval(&replicates.values, replicates.estimate, interpolation(params), level);
            result.map_or(Value::Null, |result| with_limits(&result))
        }
        "bootstrap_ci.bca" => {
            let replicates = Replicates::of(inputs);
            let result = replicates.jackknife().and_then(|jackknife| {
                let interpolation = interpolation(params);
                resampling::bca(&replicates.values, replicates.estimate, &jackknife, interpolation, level)
            });
            let Ok(bca) = result else {
                let mut value = json!({ "t0": number(replicates.estimate) });
                for key in ["z0", "a", "alpha_lower", "alpha_upper", "lower", "upper"] {
                    value[key] = Value::Null;
                }
                return Some(value);
            };
            let mut value = with_limits(&bca.result);
            value["z0"] = number(bca.z0);
            value["a"] = number(bca.acceleration);
            value["alpha_lower"] = number(bca.lower_probability);
            value["alpha_upper"] = number(bca.upper_probability);
            value
        }
        "permutation.mean_diff_exact" => {
            let (x, y) = (present(&inputs["x"]), present(&inputs["y"]));
            exact(|which| resampling::mean_difference_exact(&x, &y, which), which(params))
        }
        "permutation.sign_flip_exact" => {
            let differences = present(&inputs["d"]);
            exact(|which| resampling::sign_flip_exact(&differences, which), which(params))
        }
        "permutation.monte_carlo_p" => {
            let (extreme, all) = (u64_of(&inputs["n_extreme"]), u64_of(&inputs["n_permutations"]));
            monte_carlo_p(extreme, all, level).map_or(Value::Null, |result| {
                let limits = result.interval.map(|interval| (interval.low, interval.high));
                json!({
                    "p_value": number(result.p),
                    "lower": computed(limits.clone().map(|limits| limits.0)),
                    "upper": computed(limits.map(|limits| limits.1)),
                })
            })
        }
        _ => return None,
    })
}

fn exact(test: impl Fn(Which) -> Computed<MeanDifference>, which: Which) -> Value {
    let Ok(result) = test(which) else { return Value::Null };
    json!({
        "statistic": number(result.estimate),
        "p_value": number(result.test.p),
        "p_greater": computed(test(Which::Greater).map(|result| result.test.p)),
        "n_permutations": number(result.arrangements),
    })
}

fn with_limits(result: &BootstrapInterval) -> Value {
    json!({
        "t0": number(result.estimate),
        "boot_mean": number(result.mean),
        "boot_se": number(result.standard_error),
        "lower": number(result.interval.low),
        "upper": number(result.interval.high),
    })
}

fn interpolation(params: &Value) -> Interpolation {
    match params["interp"].as_str() {
        Some("type7") => Interpolation::Type7,
        _ => Interpolation::NormalScore,
    }
}

/// The statistic of the data and of each listed resample.
struct Replicates {
    x: Vec<f64>,
    statistic: fn(&mut [f64]) -> f64,
    estimate: f64,
    values: Vec<f64>,
}

impl Replicates {
    fn of(inputs: &Value) -> Self {
        let statistic = match inputs["statistic"].as_str() {
            Some("median") => median,
            Some("trimmed10") => trimmed_tenth,
            _ => mean,
        };
        let x = present(&inputs["x"]);
        let rows = inputs["indices"].as_array().into_iter().flatten();
        let values = rows
            .map(|row| {
                let chosen = row.as_array().into_iter().flatten().map(|index| x[place(index)]);
                statistic(&mut chosen.collect::<Vec<f64>>())
            })
            .collect();
        Self { estimate: statistic(&mut x.clone()), x, statistic, values }
    }

    fn jackknife(&self) -> Computed<Jackknife> {
        jackknife(self.x.len(), |kept| {
            let mut data: Vec<f64> = kept.iter().map(|&index| self.x[index]).collect();
            Some((self.statistic)(&mut data)).filter(|value| value.is_finite()).ok_or(NotComputed::EmptyBase)
        })
    }
}

fn place(index: &Value) -> usize {
    usize::try_from(u64_of(index)).unwrap_or(usize::MAX)
}

fn mean(data: &mut [f64]) -> f64 {
    let plain = data.iter().sum::<f64>() / data.len() as f64;
    // A second pass removes the rounding of the first, as R does.
    plain + data.iter().map(|value| value - plain).sum::<f64>() / data.len() as f64
}

fn median(data: &mut [f64]) -> f64 {
    data.sort_unstable_by(f64::total_cmp);
    let middle = data.len() / 2;
    if data.len() % 2 == 1 { data[middle] } else { mean(&mut data[middle - 1..=middle]) }
}

fn trimmed_tenth(data: &mut [f64]) -> f64 {
    data.sort_unstable_by(f64::total_cmp);
    let cut = data.len() / 10;
    let end = data.len() - cut;
    mean(&mut data[cut..end])
}
