//! Exact tests against exact rational enumeration.

use canvass::stats::Which;
use canvass::stats::categorical::exact_tables::{self, Equality};
use canvass::stats::categorical::{multinomial, trend_exact};
use canvass::stats::tails::TwoSidedRule;
use serde_json::{Value, json};

use super::arguments::{computed, number, present};
use super::categorical::{counts, table};
use super::rank_tests;

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let value = match method {
        "fisher_exact.exact_rational" => {
            match exact_tables::fisher(&table(&inputs["table"])?, Equality::Exact) {
                Ok(found) => json!({
                    "p_value": number(found.test.p),
                    "n_tables": u64::try_from(found.tables).unwrap_or(u64::MAX),
                }),
                Err(_) => Value::Null,
            }
        }
        "chisq.exact_conditional" => {
            let found = exact_tables::chisq(&table(&inputs["table"])?);
            json!({ "p_value": computed(found.map(|found| found.test.p)) })
        }
        "cochran_armitage.exact" => {
            let (x, n, scores) = (counts(&inputs["x"]), counts(&inputs["n"]), present(&params["scores"]));
            match trend_exact::cochran_armitage_exact(&x, &n, &scores) {
                Ok(tails) => json!({
                    "p_value": number(tails.p(Which::TwoSided, TwoSidedRule::Distance)),
                    "p_greater": number(tails.at_least),
                    "p_less": number(tails.at_most),
                }),
                Err(_) => Value::Null,
            }
        }
        "multinomial_exact" => {
            let weights = present(&inputs["weights"]);
            let sum: f64 = weights.iter().sum();
            let shares: Vec<f64> = weights.iter().map(|weight| weight / sum).collect();
            match multinomial::multinomial_exact(&counts(&inputs["counts"]), &shares) {
                Ok(found) => json!({
                    "p_value_prob": number(found.p_by_probability),
                    "p_value_chisq": number(found.p_by_chisq),
                }),
                Err(_) => Value::Null,
            }
        }
        // The two files hold the same rank tests.
        _ => return rank_tests::evaluate(method, inputs, params),
    };
    Some(value)
}
