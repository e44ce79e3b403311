//! Agreement among raters against R and Python.

use canvass::stats::agreement::{
    ChanceCorrected, DifferenceMetric, IccForm, KappaWeights, Ratings, cohen_kappa, conger_kappa,
    fleiss_kappa, gwet_ac1, intraclass_correlation, krippendorff_alpha, pabak, percent_agreement, scott_pi,
};
use canvass::stats::{Computed, ConfidenceLevel};
use serde_json::{Value, json};

use super::arguments::{computed, level, number, options, u64_of};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let level = level(params);
    let table = || -> Vec<Vec<u64>> {
        let rows = inputs["table"].as_array().into_iter().flatten();
        rows.map(|row| row.as_array().into_iter().flatten().map(u64_of).collect()).collect()
    };
    let ratings = || {
        let rows: Vec<_> = inputs["ratings"].as_array().into_iter().flatten().map(options).collect();
        Ratings::from_units(&rows)
    };
    let alpha = |metric| {
        let result = ratings().and_then(|ratings| krippendorff_alpha(&ratings, metric));
        result.map_or(Value::Null, |alpha| {
            json!({
                "alpha": number(alpha.estimate),
                "do": number(alpha.observed),
                "de": number(alpha.expected),
                "n_pairable": alpha.pairable,
            })
        })
    };
    let icc = |form| ratings().map_or(Value::Null, |ratings| intraclass(&ratings, form, level));
    Some(match method {
        "percent_agreement" => {
            json!({ "value": computed(percent_agreement(&table(), level).map(|share| share.estimate)) })
        }
        "cohen_kappa.unweighted" => kappa(&cohen_kappa(&table(), KappaWeights::Unweighted, level)),
        "cohen_kappa.linear" => kappa(&cohen_kappa(&table(), KappaWeights::Linear, level)),
        "cohen_kappa.quadratic" => kappa(&cohen_kappa(&table(), KappaWeights::Quadratic, level)),
        "pabak" => value(pabak(&table(), level)),
        "gwet_ac1" => value(gwet_ac1(&table(), level)),
        "scott_pi" => value(scott_pi(&table(), level)),
        "fleiss_kappa" => ratings().map_or(Value::Null, |ratings| fleiss(&ratings)),
        "fleiss_kappa.conger" => {
            json!({ "kappa": computed(ratings().and_then(|ratings| conger_kappa(&ratings))) })
        }
        "krippendorff_alpha.nominal" => alpha(DifferenceMetric::Nominal),
        "krippendorff_alpha.ordinal" => alpha(DifferenceMetric::Ordinal),
        "krippendorff_alpha.interval" => alpha(DifferenceMetric::Interval),
        "krippendorff_alpha.ratio" => alpha(DifferenceMetric::Ratio),
        "icc.icc1" => icc(IccForm::OneWaySingle),
        "icc.icc2" => icc(IccForm::AgreementSingle),
        "icc.icc3" => icc(IccForm::ConsistencySingle),
        "icc.icc1k" => icc(IccForm::OneWayAverage),
        "icc.icc2k" => icc(IccForm::AgreementAverage),
        "icc.icc3k" => icc(IccForm::ConsistencyAverage),
        _ => return None,
    })
}

fn kappa(result: &Computed<ChanceCorrected>) -> Value {
    let Ok(result) = result else { return Value::Null };
    let coefficient = result.coefficient.as_ref().ok();
    json!({
        "po": number(result.observed),
        "pe": number(result.expected),
        "kappa": coefficient.map(|c| number(c.estimate)),
        "se": coefficient.map(|c| number(c.standard_error)),
        "se0": coefficient.and_then(|c| c.null_standard_error).map(number),
        "lower": coefficient.map(|c| number(c.interval.low)),
        "upper": coefficient.map(|c| number(c.interval.high)),
    })
}

fn value(result: Computed<ChanceCorrected>) -> Value {
    json!({ "value": computed(result.and_then(|result| result.coefficient).map(|c| c.estimate)) })
}

fn fleiss(ratings: &Ratings) -> Value {
    fleiss_kappa(ratings).map_or(Value::Null, |kappa| {
        json!({
            "kappa": number(kappa.estimate),
            "p_bar": number(kappa.observed),
            "pe": number(kappa.expected),
            "se0": number(kappa.null_standard_error),
            "z": kappa.test.statistic.map(number),
            "p_value": number(kappa.test.p),
            "kappa_category": kappa.by_category.into_iter().map(computed).collect::<Value>(),
        })
    })
}

fn intraclass(ratings: &Ratings, form: IccForm, level: ConfidenceLevel) -> Value {
    let Ok(result) = intraclass_correlation(ratings, form, level) else { return Value::Null };
    let test = result.test.as_ref().ok();
    let interval = result.interval.as_ref().ok();
    let df = |place: usize| test.and_then(|test| test.df.get(place).copied()).map(number);
    json!({
        "icc": number(result.estimate),
        "f": test.and_then(|test| test.statistic).map(number),
        "df1": df(0),
        "df2": df(1),
        "p_value": test.map(|test| number(test.p)),
        "lower": interval.map(|interval| number(interval.low)),
        "upper": interval.map(|interval| number(interval.high)),
        "ms_between": number(result.mean_squares.between),
        "ms_within": number(result.mean_squares.within),
        "ms_columns": number(result.mean_squares.columns),
        "ms_error": number(result.mean_squares.error),
    })
}
