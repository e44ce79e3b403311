//! Indices of careless answers against R.

use canvass::stats::Computed;
use canvass::stats::careless::{Moments, even_odd, halves, irv, longstring};
use serde_json::{Value, json};

use super::arguments::{f64_of, number};

/// Answers as whole scores with their gaps, a row for each person.
fn answers(inputs: &Value) -> Vec<Vec<Option<i32>>> {
    let score = |value: &Value| value.as_i64().and_then(|score| i32::try_from(score).ok());
    let rows = inputs["answers"].as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter().map(|row| row.as_array().into_iter().flatten().map(score).collect()).collect()
}

fn values(rows: &[Vec<Option<i32>>], index: impl Fn(&[Option<i32>]) -> Computed<f64>) -> Value {
    let values: Vec<Value> = rows.iter().map(|row| index(row).map_or(Value::Null, number)).collect();
    json!({ "values": values })
}

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let rows = answers(inputs);
    Some(match method {
        "careless.longstring" => {
            let longest: Vec<u64> = rows.iter().map(|row| longstring(row.iter().copied())).collect();
            json!({ "values": longest })
        }
        "careless.irv" => values(&rows, |row| irv(row.iter().copied().flatten())),
        "careless.even_odd" => {
            let factors = params["factors"].as_array().into_iter().flatten();
            let factors: Vec<usize> =
                factors.filter_map(Value::as_u64).filter_map(|n| usize::try_from(n).ok()).collect();
            values(&rows, |row| {
                let mut rest = row;
                let mut pairs = Vec::new();
                for factor in &factors {
                    let (scale, after) = rest.split_at(*factor);
                    pairs.extend(halves(scale.iter().copied()));
                    rest = after;
                }
                // The package turns the sign around since its version 1.2.0.
                even_odd(&pairs).map(|consistency| -consistency)
            })
        }
        "careless.mahalanobis" => {
            let complete: Vec<Vec<i32>> =
                rows.iter().filter_map(|row| row.iter().copied().collect()).collect();
            let mut moments = Moments::new(complete.first().map_or(0, Vec::len));
            for row in &complete {
                moments.add(row);
            }
            let mut room = Vec::new();
            match moments.centre() {
                Err(reason) => json!({ "status": "undefined", "reason": reason.to_string() }),
                Ok(centre) => {
                    let distances: Vec<Value> =
                        complete.iter().map(|row| number(centre.distance(row, &mut room))).collect();
                    json!({ "values": distances, "limit": number(centre.limit(f64_of(&params["alpha"]))) })
                }
            }
        }
        _ => return None,
    })
}
