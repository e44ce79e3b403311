//! JSON that a PHP program wrote: an empty map is `[]` or `false`, a list may be a map with numeric keys, a number
//! may be a text.

use serde_json::Value;

/// The entries of a map or list, numeric keys in the order of their numbers. Anything else has none.
pub(super) fn entries(value: &Value) -> Vec<(String, &Value)> {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, &Value)> =
                map.iter().map(|(key, value)| (key.clone(), value)).collect();
            entries.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
            entries
        }
        Value::Array(list) => {
            list.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// Numbers by size and before names.
fn order(key: &str) -> (bool, i64, &str) {
    match key.parse() {
        Ok(number) => (false, number, key),
        Err(_) => (true, 0, key),
    }
}

/// The values of a map or list, in order.
pub(super) fn items(value: &Value) -> Vec<&Value> {
    entries(value).into_iter().map(|(_, value)| value).collect()
}

/// A text or number as text.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A member as text.
pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(as_text)
}

/// Whether a member says yes: `true`, `"true"`, `1`, `"on"`, `"yes"`.
pub(super) fn flag(value: &Value, key: &str) -> bool {
    match value.get(key) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(Value::String(text)) => {
            ["true", "on", "yes", "1"].iter().any(|yes| text.eq_ignore_ascii_case(yes))
        }
        // Some exporters describe the text field instead of flagging it.
        Some(Value::Object(_)) => true,
        Some(Value::Null | Value::Array(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn s_16_numeric_keys_are_ordered_by_number() {
        let map = json!({"10": "c", "9": "b", "1": "a", "x1": "d"});
        assert_eq!(items(&map), [&json!("a"), &json!("b"), &json!("c"), &json!("d")]);
    }

    #[test]
    fn s_01_every_spelling_of_nothing_is_empty() {
        for nothing in [json!(null), json!(false), json!([]), json!({}), json!("None")] {
            assert!(entries(&nothing).is_empty());
        }
    }

    #[test]
    fn s_04_every_spelling_of_yes_is_yes() {
        for yes in [json!("true"), json!(true), json!(1), json!("on")] {
            assert!(flag(&json!({"TextEntry": yes}), "TextEntry"));
        }
        for no in [json!("false"), json!(false), json!(0), json!(""), json!(null)] {
            assert!(!flag(&json!({"TextEntry": no}), "TextEntry"));
        }
    }
}
