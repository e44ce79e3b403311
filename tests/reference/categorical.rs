//! Categorical methods against R.
#![expect(clippy::unwrap_used, reason = "a case that breaks the schema stops the test")]

use canvass::stats::categorical::association::{self, Noncentrality};
use canvass::stats::categorical::fisher::{self, FisherRule};
use canvass::stats::categorical::independence::{self, Correction, GCorrection};
use canvass::stats::categorical::multiple_response::{self, MultipleResponse};
use canvass::stats::categorical::ordinal::{self, WithError};
use canvass::stats::categorical::paired::{self, EmptyPairs, McNemarCorrection};
use canvass::stats::categorical::stratified::{self, CmhCorrection, Homogeneity, Stratum};
use canvass::stats::categorical::{goodness_of_fit, multinomial, trend};
use canvass::stats::count_table::CountTable;
use canvass::stats::random_tables::Draws;
use canvass::stats::{Caution, Computed, Test, Which};
use serde_json::{Value, json};

use super::arguments::{computed, level, number, numbers, present, u64_of, which};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let value = match method {
        "chisq"
        | "chisq_n1"
        | "chisq_residuals"
        | "g_test"
        | "cramers_v"
        | "phi"
        | "cramers_v_ci.ncchisq" => two_way(method, &table(&inputs["table"])?, params),
        "fisher_exact" | "fisher_mid_p" => fisher(method, &table(&inputs["table"])?, params),
        "chisq_gof" | "g_test_gof" | "multinomial_logpmf" => {
            let (counts, shares) = (counts(&inputs["counts"]), present(&inputs["probs"]));
            match method {
                "chisq_gof" => tested(goodness_of_fit::chisq(&counts, &shares)),
                "g_test_gof" => tested(goodness_of_fit::g_test(&counts, &shares)),
                _ => json!({ "value": computed(multinomial::multinomial_logpmf(&counts, &shares)) }),
            }
        }
        "cochran_armitage" | "linear_by_linear_2xk" => trend_2xk(method, inputs, params),
        "linear_by_linear" => {
            let table = table(&inputs["table"])?;
            let scores = trend::equally_spaced;
            let found =
                trend::linear_by_linear(&table, &scores(table.row_count()), &scores(table.column_count()));
            match found {
                Ok(found) => with(tested(Ok(found.test)), "r", number(found.r)),
                Err(_) => Value::Null,
            }
        }
        "mcnemar.exact" | "mcnemar.mid_p" | "mcnemar.asymptotic" | "mcnemar.odds_ratio" => {
            mcnemar(method, &table(&inputs["table"])?, params)
        }
        // R's mcnemar.test refuses a pair of categories that nobody changed between; our default drops it.
        "bowker" => {
            let table = table(&inputs["table"])?;
            let pairs = table.row_count() * (table.row_count() - 1) / 2;
            with(tested(paired::bowker(&table, EmptyPairs::Undefined)), "df", json!(pairs))
        }
        "stuart_maxwell" => match paired::stuart_maxwell(&table(&inputs["table"])?) {
            // The reference holds 1 x 1 matrices, as DescTools returns them.
            Ok(test) => json!({ "statistic": [[test.statistic]], "df": test.df[0], "p_value": [[test.p]] }),
            Err(_) => Value::Null,
        },
        "cochran_q" => tested(paired::cochran_q(&answers(&inputs["data"]))),
        "cmh" | "breslow_day" => in_strata(method, &strata(&inputs["strata"]), params),
        "ordinal_association" => ordered(&table(&inputs["table"])?),
        "mmi.rao_scott" | "mmi.bonferroni" | "mmi.permutation" => several_responses(method, inputs),
        _ => return None,
    };
    Some(value)
}

/// Tests of a whole multi-select: `answers` are rows of 0 and 1, `counts` the people of each group who gave them.
fn several_responses(method: &str, inputs: &Value) -> Value {
    let ticked = |row: &Value| {
        counts(row).iter().enumerate().filter(|(_, tick)| **tick == 1).map(|(option, _)| option).collect()
    };
    let rows = |key: &str| inputs[key].as_array().cloned().unwrap_or_default();
    let options = rows("answers").first().map_or(0, |row| counts(row).len());
    let answers: Vec<(Vec<usize>, Vec<u64>)> =
        rows("answers").iter().zip(rows("counts")).map(|(row, n)| (ticked(row), counts(&n))).collect();
    let answers = MultipleResponse::new(options, &answers).unwrap();
    match method {
        "mmi.rao_scott" => tested(multiple_response::rao_scott(&answers)),
        "mmi.bonferroni" => {
            let pearson = answers.pearson().unwrap();
            json!({
                "p_value": number(multiple_response::bonferroni(&answers).unwrap().p),
                "options": numbers(pearson.options.iter().flatten().copied()),
                "sum": number(pearson.statistic),
            })
        }
        _ => {
            let draws = Draws { replicates: 99, seed: 1 };
            let test = multiple_response::permutation(&answers, draws).unwrap();
            let smallest = test.cautions.iter().find_map(|caution| match caution {
                Caution::SmallestAttainableP { p } => Some(*p),
                _ => None,
            });
            json!({
                "statistic": test.statistic,
                "p_value": number(test.p),
                "smallest": smallest,
            })
        }
    }
}

pub(super) fn table(rows: &Value) -> Option<CountTable> {
    let rows: Vec<Vec<u64>> = rows.as_array()?.iter().map(counts).collect();
    CountTable::from_rows(&rows).ok()
}

pub(super) fn counts(values: &Value) -> Vec<u64> {
    values.as_array().into_iter().flatten().map(u64_of).collect()
}

/// Statistic, degrees of freedom and p-value; all null where there is none.
fn tested(test: Computed<Test>) -> Value {
    match test {
        Ok(test) => json!({
            "statistic": test.statistic.map_or(Value::Null, number),
            "df": test.df.first().copied().map_or(Value::Null, number),
            "p_value": number(test.p),
        }),
        Err(_) => Value::Null,
    }
}

/// A field of the result, or the only one that is not null.
fn with(mut object: Value, key: &str, value: Value) -> Value {
    if object.is_null() {
        object = json!({ "statistic": null, "p_value": null });
    }
    object[key] = value;
    object
}

fn two_way(method: &str, table: &CountTable, params: &Value) -> Value {
    match method {
        "chisq" => {
            let correction = if params["correct"] == true { Correction::Yates } else { Correction::None };
            let mut value = tested(independence::chisq(table, correction));
            if let Ok(expected) = independence::expected(table) {
                value["expected"] = expected.counts.iter().map(|row| numbers(row.iter().copied())).collect();
                value["min_expected"] = number(expected.smallest);
                value["prop_expected_lt5"] = number(expected.share_below_five);
                value["cochran_rule_ok"] = json!(expected.satisfies_cochran());
            }
            value
        }
        "chisq_n1" => tested(independence::chisq_n1(table)),
        "chisq_residuals" => match independence::residuals(table) {
            Ok(found) => json!({
                "pearson": numbers(found.pearson.into_iter().flatten()),
                "adjusted": numbers(found.adjusted.into_iter().flatten()),
            }),
            Err(_) => Value::Null,
        },
        "g_test" => {
            let williams = params["correct"] == "williams";
            let correction = if williams { GCorrection::Williams } else { GCorrection::None };
            tested(independence::g_test(table, correction))
        }
        "cramers_v" => match association::cramers_v(table) {
            Ok(found) => json!({
                "v": number(found.v),
                "v_bc": computed(found.v_corrected),
                "phi_c": number(found.phi),
                "contingency_c": number(found.contingency),
                "t": number(found.tschuprow),
            }),
            Err(_) => Value::Null,
        },
        "phi" => json!({ "phi": computed(association::phi(table)) }),
        _ => {
            let plus_df = params["adjust_df"] == true;
            let scale = if plus_df { Noncentrality::PlusDf } else { Noncentrality::Plain };
            match association::cramers_v_interval(table, level(params), scale) {
                Ok(found) => json!({
                    "v": number(found.value),
                    "lower": number(found.interval.low),
                    "upper": number(found.interval.high),
                }),
                Err(_) => Value::Null,
            }
        }
    }
}

fn fisher(method: &str, table: &CountTable, params: &Value) -> Value {
    let rule = match params["two_sided"].as_str() {
        Some("doubled") => FisherRule::Doubled,
        Some("blaker") => FisherRule::Blaker,
        _ => FisherRule::MinimumLikelihood,
    };
    let test = if method == "fisher_exact" {
        fisher::fisher_exact(table, which(params), rule)
    } else {
        fisher::fisher_mid_p(table, which(params))
    };
    json!({ "p_value": computed(test.map(|test| test.p)) })
}

fn trend_2xk(method: &str, inputs: &Value, params: &Value) -> Value {
    let (x, n, scores) = (counts(&inputs["x"]), counts(&inputs["n"]), present(&params["scores"]));
    let run = |which| match method {
        "cochran_armitage" => trend::cochran_armitage(&x, &n, &scores, which),
        _ => trend::linear_by_linear_2xk(&x, &n, &scores, which),
    };
    let (Ok(two_sided), Ok(greater)) = (run(Which::TwoSided), run(Which::Greater)) else {
        return Value::Null;
    };
    let z = two_sided.statistic.unwrap_or(f64::NAN);
    json!({
        "z": number(z),
        "statistic": number(z * z),
        "df": 1,
        "p_value": number(two_sided.p),
        "p_greater": number(greater.p),
    })
}

fn mcnemar(method: &str, table: &CountTable, params: &Value) -> Value {
    let Ok([_, b, c, _]) = table.two_by_two() else { return Value::Null };
    let no_pairs = if b + c == 0 { json!("undefined") } else { Value::Null };
    match method {
        "mcnemar.exact" => {
            json!({ "p_value": computed(paired::mcnemar_exact(b, c).map(|t| t.p)), "status": no_pairs })
        }
        "mcnemar.mid_p" => {
            json!({ "p_value": computed(paired::mcnemar_mid_p(b, c).map(|t| t.p)), "status": no_pairs })
        }
        "mcnemar.asymptotic" => {
            let corrected = params["correct"] == true;
            let correction = if corrected { McNemarCorrection::Edwards } else { McNemarCorrection::None };
            tested(paired::mcnemar_asymptotic(b, c, correction))
        }
        _ => match paired::mcnemar_odds_ratio(b, c, level(params)) {
            Ok(found) => json!({
                "estimate": number(found.value),
                "lower": number(found.interval.low),
                "upper": number(found.interval.high),
            }),
            Err(_) => Value::Null,
        },
    }
}

fn answers(rows: &Value) -> Vec<Vec<bool>> {
    let rows = rows.as_array().into_iter().flatten();
    rows.map(|row| row.as_array().into_iter().flatten().map(|answer| answer == 1).collect()).collect()
}

fn strata(values: &Value) -> Vec<Stratum> {
    let tables = values.as_array().into_iter().flatten();
    tables.filter_map(|rows| table(rows)?.two_by_two().ok()).collect()
}

fn in_strata(method: &str, strata: &[Stratum], params: &Value) -> Value {
    if method == "breslow_day" {
        let tarone = params["tarone"] == true;
        let correction = if tarone { Homogeneity::Tarone } else { Homogeneity::BreslowDay };
        return tested(stratified::breslow_day(strata, correction));
    }
    let mut value = tested(stratified::cmh(strata, CmhCorrection::None));
    let corrected = tested(stratified::cmh(strata, CmhCorrection::Half));
    if value.is_object() {
        value["statistic_cc"] = corrected["statistic"].clone();
        value["p_value_cc"] = corrected["p_value"].clone();
        let ratio = stratified::common_odds_ratio(strata, level(params));
        value["common_or"] = computed(ratio.clone().map(|ratio| ratio.value));
        value["or_lower"] = computed(ratio.clone().map(|ratio| ratio.interval.low));
        value["or_upper"] = computed(ratio.map(|ratio| ratio.interval.high));
    }
    value
}

fn ordered(table: &CountTable) -> Value {
    let Ok(found) = ordinal::ordinal_association(table) else { return Value::Null };
    let estimate = |measure: &Computed<WithError>| computed(measure.clone().map(|found| found.estimate));
    let error = |measure: &Computed<WithError>| computed(measure.clone().map(|found| found.standard_error));
    json!({
        "concordant": u64::try_from(found.concordant).unwrap_or(u64::MAX),
        "discordant": u64::try_from(found.discordant).unwrap_or(u64::MAX),
        "gamma": estimate(&found.gamma),
        "gamma_ase": error(&found.gamma),
        "tau_b": estimate(&found.tau_b),
        "tau_b_ase": error(&found.tau_b),
        "somers_d_col_given_row": estimate(&found.somers_d_columns_given_rows),
        "somers_d_ase": error(&found.somers_d_columns_given_rows),
    })
}
