//! Compares what we computed with what a case expects.

use serde_json::Value;

use super::exceptions;

/// Keys of `expected` that are prose, or that only restate that a value is missing.
const PROSE: &[&str] = &["reason", "note"];

/// The outcome of one case.
pub(super) struct Comparison {
    /// The first difference beyond the tolerance, in words.
    pub(super) problem: Option<String>,
    /// The largest error of any number compared, relative to its size or to where the absolute tolerance takes over.
    pub(super) worst: f64,
}

impl Comparison {
    /// Compares `got` with the case. `Value::Null` for the whole answers that nothing could be computed.
    pub(super) fn of(family: &str, method: &str, got: &Value, case: &Value) -> Self {
        let tolerance = Tolerance::of(case);
        let mut comparison = Self { problem: None, worst: 0.0 };
        let Some(expected) = case["expected"].as_object() else {
            comparison.note("expected", "is not an object");
            return comparison;
        };
        for (key, value) in expected {
            if PROSE.contains(&key.as_str()) {
                continue;
            }
            // A whole that could not be computed must be expected to be without any number.
            let ours = if got.is_null() { Some(&Value::Null) } else { got.get(key) };
            match ours {
                Some(_) if key == "status" && got.is_null() => {}
                Some(ours) => comparison.values(key, ours, value, tolerance),
                None if key == "status" || exceptions::is_not_given(family, method, key) => {}
                None => comparison.note(key, "is expected and was not returned"),
            }
        }
        comparison
    }

    fn values(&mut self, at: &str, got: &Value, expected: &Value, tolerance: Tolerance) {
        match (got, expected) {
            (Value::Array(ours), Value::Array(theirs)) => {
                if ours.len() != theirs.len() {
                    self.note(at, &format!("has {} elements instead of {}", ours.len(), theirs.len()));
                }
                for (i, (a, b)) in ours.iter().zip(theirs).enumerate() {
                    self.values(&format!("{at}[{i}]"), a, b, tolerance);
                }
            }
            (Value::Object(ours), Value::Object(theirs)) => {
                for (key, b) in theirs {
                    match ours.get(key) {
                        Some(a) => self.values(&format!("{at}.{key}"), a, b, tolerance),
                        None => self.note(at, &format!("lacks {key}")),
                    }
                }
            }
            _ => match (number(got), number(expected)) {
                (Some(a), Some(b)) => self.numbers(at, a, b, tolerance),
                _ if got == expected => {}
                _ => self.note(at, &format!("is {got} instead of {expected}")),
            },
        }
    }

    fn numbers(&mut self, at: &str, got: f64, expected: f64, tolerance: Tolerance) {
        if got.total_cmp(&expected).is_eq() {
            return;
        }
        let error = (got - expected).abs();
        // Values that should be 0 are judged by the absolute tolerance; their relative error says nothing.
        let scale = expected.abs().max(if tolerance.rel > 0.0 { tolerance.abs / tolerance.rel } else { 0.0 });
        if scale > 0.0 && error.is_finite() {
            self.worst = self.worst.max(error / scale);
        }
        // A NaN or an infinity on one side only fails here, too.
        if error.is_nan() || error > tolerance.abs + tolerance.rel * expected.abs() || expected.is_infinite()
        {
            self.note(at, &format!("is {got:e} instead of {expected:e}"));
        }
    }

    fn note(&mut self, at: &str, what: &str) {
        self.problem.get_or_insert_with(|| format!("{at} {what}"));
    }
}

#[derive(Clone, Copy)]
struct Tolerance {
    rel: f64,
    abs: f64,
}

impl Tolerance {
    fn of(case: &Value) -> Self {
        let part = |key: &str| case["tolerance"][key].as_f64();
        Self { rel: part("rel").unwrap_or(1e-10), abs: part("abs").unwrap_or(0.0) }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if text == "Inf" => Some(f64::INFINITY),
        Value::String(text) if text == "-Inf" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn problem(got: &Value, expected: &Value) -> Option<String> {
        let case = json!({"expected": expected, "tolerance": {"rel": 1e-6, "abs": 0}});
        Comparison::of("none", "none", got, &case).problem
    }

    #[test]
    fn tolerance_is_relative_and_small_numbers_do_not_pass_as_zero() {
        assert_eq!(problem(&json!({"p": 1.000_000_5}), &json!({"p": 1})), None);
        assert!(problem(&json!({"p": 1.1}), &json!({"p": 1})).is_some());
        assert!(problem(&json!({"p": 0}), &json!({"p": 1e-40})).is_some());
    }

    #[test]
    fn missing_values_match_only_missing_values() {
        assert_eq!(problem(&Value::Null, &json!({"p": null, "status": "undefined", "reason": "n=0"})), None);
        assert!(problem(&Value::Null, &json!({"p": 1})).is_some());
        assert!(problem(&json!({"p": null}), &json!({"p": 1})).is_some());
        assert!(problem(&json!({"p": 1}), &json!({"p": null})).is_some());
        assert!(problem(&json!({"p": [1]}), &json!({"p": [1, 2]})).is_some());
    }

    #[test]
    fn infinities_match_themselves() {
        assert_eq!(problem(&json!({"high": "Inf"}), &json!({"high": "Inf"})), None);
        assert!(problem(&json!({"high": 1e300}), &json!({"high": "Inf"})).is_some());
        assert!(problem(&json!({"high": "-Inf"}), &json!({"high": "Inf"})).is_some());
    }

    #[test]
    fn expected_keys_must_be_returned() {
        assert!(problem(&json!({"other": 1}), &json!({"p": 1})).is_some());
        assert_eq!(problem(&json!({"p": true, "more": 1}), &json!({"p": true})), None);
    }
}
