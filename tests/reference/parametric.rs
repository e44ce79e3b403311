//! Comparisons of means against R.

use canvass::stats::parametric::anova::{Centre, equal_spread, eta_squared_interval, oneway, welch};
use canvass::stats::parametric::cohens_d;
use canvass::stats::parametric::post_hoc::{PairwiseMean, games_howell, tukey_hsd};
use canvass::stats::parametric::shapiro_wilk::shapiro_wilk;
use canvass::stats::parametric::t_test::{self, TTest, Variances};
use canvass::stats::sample::Sample;
use canvass::stats::{Computed, Interval, Test};
use serde_json::{Value, json};

use super::arguments::{computed, f64_of, groups, level, numbers, options, present, which};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let x = || sample(&present(&inputs["x"]));
    let y = || sample(&present(&inputs["y"]));
    let groups = || groups(&inputs["groups"]).iter().map(|group| sample(group)).collect::<Vec<_>>();
    let level = level(params);
    let two = |variances| {
        let difference = x().mean().and_then(|a| y().mean().map(|b| a - b));
        t_test(&t_test::two_samples(&x(), &y(), variances, which(params), level), &difference)
    };
    Some(match method {
        "t_test.welch" => two(Variances::Separate),
        "t_test.pooled" => two(Variances::Pooled),
        "t_test.paired" => match t_test::differences(&options(&inputs["x"]), &options(&inputs["y"])) {
            Ok((differences, _)) => {
                t_test(&t_test::paired(&differences, which(params), level), &differences.mean())
            }
            Err(_) => Value::Null,
        },
        "t_test.one_sample" => {
            t_test(&t_test::one_sample(&x(), f64_of(&params["mu"]), which(params), level), &x().mean())
        }
        "cohens_d.independent" => cohens_d::independent(&x(), &y(), level).map_or(Value::Null, |result| {
            let Interval { low: d_lower, high: d_upper, .. } = result.d_interval;
            let Interval { low: g_lower, high: g_upper, .. } = result.g_interval;
            json!({
                "d": result.d, "d_lower": d_lower, "d_upper": d_upper,
                "g": result.g, "g_lower": g_lower, "g_upper": g_upper,
                "j": result.correction, "j_approx": result.approximate_correction,
                "sd_pooled": result.sd_pooled,
            })
        }),
        "glass_delta" => {
            let reference = if params["reference"] == "x" { x() } else { y() };
            json!({ "value": computed(cohens_d::glass_delta(&x(), &y(), &reference)) })
        }
        "cohens_d.average_variance" => json!({ "d": computed(cohens_d::average_variance(&x(), &y())) }),
        "cohens_d.paired" => paired_d(inputs, params),
        "anova_oneway" => oneway(&groups()).map_or(Value::Null, |anova| {
            let mut value = f_test(&Ok(anova.test.clone()));
            value["ss_between"] = json!(anova.ss_between);
            value["ss_within"] = json!(anova.ss_within);
            value["eta_squared"] = json!(anova.eta_squared);
            value["omega_squared"] = json!(anova.omega_squared);
            value["epsilon_squared"] = json!(anova.epsilon_squared);
            value["cohens_f"] = json!(anova.cohens_f);
            value
        }),
        "anova_oneway.eta2_ci" => {
            let anova = oneway(&groups());
            let interval = anova.as_ref().map_err(Clone::clone).and_then(|a| eta_squared_interval(a, level));
            json!({
                "eta_squared": computed(anova.map(|a| a.eta_squared)),
                "lower": computed(interval.clone().map(|interval| interval.low)),
                "upper": computed(interval.map(|interval| interval.high)),
            })
        }
        "anova_welch" => f_test(&welch(&groups())),
        "levene.brown_forsythe" => {
            let centre = if params["center"] == "mean" { Centre::Mean } else { Centre::Median };
            f_test(&equal_spread(&groups(), centre))
        }
        "posthoc.games_howell" => pairs(&games_howell(&groups(), level), -1.0),
        "posthoc.tukey_hsd" => pairs(&tukey_hsd(&groups(), level), 1.0),
        "shapiro_wilk" => {
            shapiro_wilk(&x()).map_or(Value::Null, |test| json!({ "w": test.statistic, "p_value": test.p }))
        }
        _ => return None,
    })
}

fn sample(values: &[f64]) -> Sample {
    Sample::from_values(values).expect("the cases hold finite numbers")
}

/// The difference of means exists where its test does not.
fn t_test(result: &Computed<TTest>, difference: &Computed<f64>) -> Value {
    let part = |pick: fn(&TTest) -> f64| computed(result.as_ref().map(pick).map_err(Clone::clone));
    json!({
        "t": part(|r| r.test.statistic.unwrap_or(f64::NAN)),
        "df": part(|r| r.test.df[0]),
        "p_value": part(|r| r.test.p),
        "mean_diff": computed(difference.clone()),
        "se": part(|r| r.standard_error),
        "lower": part(|r| r.interval.low),
        "upper": part(|r| r.interval.high),
    })
}

fn paired_d(inputs: &Value, params: &Value) -> Value {
    let complete: Vec<(f64, f64)> = options(&inputs["x"])
        .into_iter()
        .zip(options(&inputs["y"]))
        .filter_map(|(x, y)| Some((x?, y?)))
        .collect();
    cohens_d::paired(&complete, level(params)).map_or(Value::Null, |result| {
        json!({
            "d_z": result.d_z, "d_z_lower": result.d_z_interval.low, "d_z_upper": result.d_z_interval.high,
            "g_z": computed(result.g_z), "d_av": computed(result.d_av), "d_rm": computed(result.d_rm),
        })
    })
}

fn f_test(result: &Computed<Test>) -> Value {
    let part = |pick: fn(&Test) -> f64| computed(result.as_ref().map(pick).map_err(Clone::clone));
    json!({
        "f": part(|test| test.statistic.unwrap_or(f64::NAN)),
        "df1": part(|test| test.df[0]),
        "df2": part(|test| test.df[1]),
        "p_value": part(|test| test.p),
    })
}

/// `sign` turns second minus first into the direction of the case.
fn pairs(result: &Computed<Vec<PairwiseMean>>, sign: f64) -> Value {
    let Ok(pairs) = result else {
        return Value::Null;
    };
    let list = |pick: fn(&PairwiseMean) -> f64| numbers(pairs.iter().map(pick));
    json!({
        "t": numbers(pairs.iter().map(|pair| sign * pair.t)),
        "diff": numbers(pairs.iter().map(|pair| sign * pair.difference)),
        "df": list(|pair| pair.df),
        "p": list(|pair| pair.p),
        "lower": list(|pair| pair.interval.low),
        "upper": list(|pair| pair.interval.high),
    })
}
