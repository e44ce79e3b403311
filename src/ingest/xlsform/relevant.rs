//! When a question is asked: XPath over the answers to others.

use std::collections::BTreeMap;

use crate::codebook::{Comparison, Condition};
use crate::ingest::logic::{self, Language, Meaning, Value};

use super::types::Kind;

/// The kinds of the fields by name; `None` for a name that two fields have.
pub(super) type Kinds = BTreeMap<String, Option<Kind>>;

/// Parses a condition.
pub(super) fn parse(text: &str, kinds: &Kinds) -> Condition {
    logic::parse(text, Language::Xpath, &Xpath { kinds })
}

struct Xpath<'a> {
    kinds: &'a Kinds,
}

impl Xpath<'_> {
    /// The kind of the field that a value is, and its name.
    fn field<'v>(&self, value: &'v Value) -> Option<(&'v str, &Kind)> {
        match value {
            Value::Field(name) => Some((name.as_str(), self.kinds.get(name)?.as_ref()?)),
            // These change how a value is written, not which it is.
            Value::Call(name, arguments) if matches!(name.as_str(), "number" | "int" | "string" | "once") => {
                match arguments.as_slice() {
                    [only] => self.field(only),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

impl Meaning for Xpath<'_> {
    fn holds(&self, value: &Value) -> Option<Condition> {
        let Value::Call(name, arguments) = value else { return None };
        match (name.as_str(), arguments.as_slice()) {
            ("true", []) => Some(Condition::All(Vec::new())),
            ("false", []) => Some(Condition::Any(Vec::new())),
            ("selected", [of, Value::Literal(choice)]) => {
                let (question, kind) = self.field(of)?;
                let (question, choice) = (question.to_owned(), choice.trim().to_owned());
                match kind {
                    Kind::One | Kind::Multiple => Some(Condition::Chosen { question, choice }),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn compares(&self, value: &Value, comparison: Comparison, literal: &str) -> Option<Condition> {
        if let Value::Call(name, arguments) = value
            && let [of] = arguments.as_slice()
            && matches!(name.as_str(), "count-selected" | "string-length")
        {
            let question = self.field(of)?.0.to_owned();
            let answered = Condition::Answered { question };
            return match (comparison, literal) {
                (Comparison::Greater | Comparison::NotEqual, "0") | (Comparison::AtLeast, "1") => {
                    Some(answered)
                }
                (Comparison::Equal, "0") | (Comparison::Less, "1") => {
                    Some(Condition::Not(Box::new(answered)))
                }
                _ => None,
            };
        }
        let (question, kind) = self.field(value)?;
        let question = question.to_owned();
        let equal = match (kind, literal) {
            (Kind::Rank | Kind::File | Kind::Place | Kind::BlockRow | Kind::Note, _) => return None,
            (_, "") => Condition::Not(Box::new(Condition::Answered { question })),
            (Kind::One, choice) if matches!(comparison, Comparison::Equal | Comparison::NotEqual) => {
                Condition::Chosen { question, choice: choice.to_owned() }
            }
            // Several choices in one cell: equal only if it is the one that was made, which is not followed.
            (Kind::Multiple, _) => return None,
            (_, value) => return Some(Condition::Compare { question, comparison, value: value.to_owned() }),
        };
        match comparison {
            Comparison::Equal => Some(equal),
            Comparison::NotEqual => Some(match equal {
                Condition::Not(inner) => *inner,
                other => Condition::Not(Box::new(other)),
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Condition {
        let kinds = [("one", Kind::One), ("many", Kind::Multiple), ("age", Kind::Number)];
        let mut kinds: Kinds = kinds.into_iter().map(|(name, kind)| (name.to_owned(), Some(kind))).collect();
        kinds.insert("twice".to_owned(), None);
        parse(text, &kinds)
    }

    fn chosen(question: &str, choice: &str) -> Condition {
        Condition::Chosen { question: question.into(), choice: choice.into() }
    }

    #[test]
    fn choices_numbers_and_blanks_are_understood() {
        assert_eq!(read("selected(${many}, 'tv')"), chosen("many", "tv"));
        assert_eq!(read("${one}='yes'"), chosen("one", "yes"));
        assert_eq!(read("${one} != 'yes'"), Condition::Not(Box::new(chosen("one", "yes"))));
        assert_eq!(
            read("${age} >= 18"),
            Condition::Compare {
                question: "age".into(),
                comparison: Comparison::AtLeast,
                value: "18".into()
            }
        );
        assert_eq!(read("${age} != ''"), Condition::Answered { question: "age".into() });
        assert_eq!(read("count-selected(${many}) > 0"), Condition::Answered { question: "many".into() });
    }

    #[test]
    fn what_depends_on_something_else_is_unknown() {
        for text in [
            "${gone} = 1",
            "${twice} = 1",
            "count-selected(${many}) > 2",
            "${many} = 'a'",
            "selected(${age}, '1')",
            "selected(../one, 'yes')",
            "pulldata('x', 'y', 'z', ${one}) = 1",
        ] {
            assert_eq!(read(text), Condition::Unknown(text.into()), "{text}");
        }
    }
}
