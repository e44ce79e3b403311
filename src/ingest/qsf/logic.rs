//! Display, branch and skip logic, in terms of question ids.

use serde_json::Value;

use crate::codebook::Comparison;
use crate::ingest::wording::plain;

use super::lenient;

/// A condition in terms of question ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) enum Logic {
    /// Every part holds.
    All(Vec<Logic>),
    /// At least one part holds.
    Any(Vec<Logic>),
    /// The part does not hold.
    Not(Box<Logic>),
    /// A choice was made.
    Chosen(Operand),
    /// There is an answer.
    Answered(Operand),
    /// An answer compares with a value.
    Compare(Operand, Comparison, String),
    /// Something else, in words.
    Unknown(String),
}

/// What a condition looks at: a question and its parts, as ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Operand {
    /// The question.
    pub(in crate::ingest) qid: String,
    /// The ids behind it: a choice, or a row and a column.
    pub(in crate::ingest) ids: Vec<String>,
}

impl Logic {
    /// The conjunction of conditions; `None` if there are none.
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::All(parts) => flat.extend(parts),
                other => flat.push(other),
            }
        }
        // The same branch or skip may stand over a question twice.
        let mut distinct: Vec<Self> = Vec::new();
        for part in flat {
            if !distinct.contains(&part) {
                distinct.push(part);
            }
        }
        match distinct.len() {
            0 => None,
            1 => distinct.pop(),
            _ => Some(Self::All(distinct)),
        }
    }

    /// The opposite.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            // What is not known stays so.
            Self::Unknown(text) => Self::Unknown(format!("not: {text}")),
            other => Self::Not(Box::new(other)),
        }
    }
}

/// Reads an expression; `None` if there is none.
///
/// Within a set and between sets AND binds tighter than OR.
pub(super) fn read(value: &Value) -> Option<Logic> {
    let sets: Vec<(Joint, Logic)> = lenient::entries(value)
        .into_iter()
        .filter(|(key, set)| is_index(key) && set.is_object())
        .filter_map(|(_, set)| Some((Joint::of_set(set), set_logic(set)?)))
        .collect();
    joined(sets)
}

fn set_logic(set: &Value) -> Option<Logic> {
    let tests: Vec<(Joint, Logic)> = lenient::entries(set)
        .into_iter()
        .filter(|(key, test)| is_index(key) && test.is_object())
        .map(|(_, test)| (Joint::of_test(test), test_logic(test)))
        .collect();
    joined(tests)
}

fn is_index(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_digit())
}

/// How an expression is joined to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Or,
}

impl Joint {
    fn of_set(set: &Value) -> Self {
        match lenient::text(set, "Type").as_deref() {
            Some("OrIf" | "ElseIf") => Self::Or,
            _ => Self::And,
        }
    }

    fn of_test(test: &Value) -> Self {
        // The platform's own spelling, and the right one should it ever change.
        let joint = lenient::text(test, "Conjuction").or_else(|| lenient::text(test, "Conjunction"));
        if joint.as_deref() == Some("Or") { Self::Or } else { Self::And }
    }
}

fn joined(parts: Vec<(Joint, Logic)>) -> Option<Logic> {
    let mut alternatives: Vec<Vec<Logic>> = Vec::new();
    for (joint, part) in parts {
        match alternatives.last_mut() {
            Some(last) if joint == Joint::And => last.push(part),
            _ => alternatives.push(vec![part]),
        }
    }
    let mut alternatives: Vec<Logic> = alternatives.into_iter().filter_map(Logic::all).collect();
    match alternatives.len() {
        0 => None,
        1 => alternatives.pop(),
        _ => Some(Logic::Any(alternatives)),
    }
}

/// Reads one test. What is not understood is kept in its own words.
fn test_logic(test: &Value) -> Logic {
    let unknown = || {
        let words =
            lenient::text(test, "Description").map(|text| plain(&text)).filter(|text| !text.is_empty());
        Logic::Unknown(words.unwrap_or_else(|| "a condition without a description".to_owned()))
    };
    if lenient::text(test, "LogicType").as_deref() != Some("Question")
        || lenient::text(test, "QuestionIsInLoop").as_deref() == Some("yes")
    {
        return unknown();
    }
    let operator = lenient::text(test, "Operator").unwrap_or_default();
    let value = lenient::text(test, "RightOperand");
    let left = lenient::text(test, "LeftOperand").or_else(|| lenient::text(test, "ChoiceLocator"));
    left.and_then(|left| question_test(&left, &operator, value)).unwrap_or_else(unknown)
}

/// The test that a locator such as `q://QID5/SelectableChoice/2` and an operator make.
pub(super) fn question_test(locator: &str, operator: &str, value: Option<String>) -> Option<Logic> {
    let mut parts = locator.strip_prefix("q://")?.split('/');
    let qid =
        parts.next().filter(|qid| qid.strip_prefix("QID").is_some_and(|n| !n.is_empty() && is_index(n)))?;
    let what = parts.next()?;
    let ids: Vec<String> = parts.map(str::to_owned).collect();
    let operand = Operand { qid: qid.to_owned(), ids };
    match (what, operator) {
        ("SelectableChoice" | "SelectableAnswer", "Selected") if !operand.ids.is_empty() => {
            Some(Logic::Chosen(operand))
        }
        ("SelectableChoice" | "SelectableAnswer", "NotSelected") if !operand.ids.is_empty() => {
            Some(Logic::Chosen(operand).negated())
        }
        ("ChoiceTextEntryValue" | "ChoiceNumericEntryValue", "Empty") => {
            Some(Logic::Answered(operand).negated())
        }
        ("ChoiceTextEntryValue" | "ChoiceNumericEntryValue", "NotEmpty") => Some(Logic::Answered(operand)),
        ("ChoiceTextEntryValue" | "ChoiceNumericEntryValue", operator) => {
            Some(Logic::Compare(operand, comparison(operator)?, value?))
        }
        _ => None,
    }
}

fn comparison(operator: &str) -> Option<Comparison> {
    Some(match operator {
        "EqualTo" => Comparison::Equal,
        "NotEqualTo" => Comparison::NotEqual,
        "GreaterThan" => Comparison::Greater,
        "GreaterThanOrEqual" => Comparison::AtLeast,
        "LessThan" => Comparison::Less,
        "LessThanOrEqual" => Comparison::AtMost,
        _ => return None,
    })
}
