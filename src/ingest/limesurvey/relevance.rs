//! When a question is asked, in LimeSurvey's expressions.

use std::collections::BTreeMap;

use crate::codebook::{Comparison, Condition};
use crate::ingest::logic::{self, Language, Meaning, Value};

use super::structure::{Asked, Structure};

/// What a name in an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// A question or an item with one of several choices.
    One(String),
    /// A box of a multiple choice.
    Tick { question: String, choice: String },
    /// A number, a text or a date.
    Plain(String),
}

/// The names that expressions may use, with what they stand for.
pub(super) struct Names(BTreeMap<String, Target>);

impl Names {
    /// The names of a survey's questions and sub-questions, today's and the older ones of numbers.
    pub(super) fn of(structure: &Structure) -> Self {
        let mut names = BTreeMap::new();
        for question in &structure.questions {
            let old = format!("{}X{}X{}", structure.sid, question.gid, question.qid);
            let mut add = |part: &str, target: Target| {
                let joined = if part.is_empty() { String::new() } else { format!("_{part}") };
                names.insert(format!("{}{joined}", question.code), target.clone());
                names.insert(format!("{old}{part}"), target);
            };
            whole(question, &mut add);
            for row in &question.rows {
                let item = format!("{}[{}]", question.code, row.code);
                let target = match question.kind {
                    'M' | 'P' => {
                        let choice = row.code.clone();
                        Target::Tick { question: question.code.clone(), choice }
                    }
                    'A' | 'B' | 'C' | 'E' | 'F' | 'H' => Target::One(item),
                    'K' | 'Q' => Target::Plain(item),
                    _ => continue,
                };
                add(&row.code, target);
            }
        }
        Self(names)
    }

    /// The condition of a question: that of its group and its own, and never if it is hidden.
    pub(super) fn condition(&self, question: &Asked) -> Option<Condition> {
        let written = question.relevance.iter().map(|text| text.trim());
        let mut parts: Vec<Condition> = written
            .filter(|text| !matches!(*text, "" | "1"))
            .map(|text| logic::parse(text, Language::Lime, &Expressions { names: self }))
            .collect();
        if question.is_set("hidden") {
            // Nobody is shown it; what stands in it was put there by the survey or its address.
            parts = vec![Condition::Any(Vec::new())];
        }
        logic::all(parts)
    }

    fn get(&self, name: &str) -> Option<&Target> {
        self.0.get(name)
    }
}

/// What the code of a question stands for on its own.
fn whole(question: &Asked, add: &mut impl FnMut(&str, Target)) {
    let code = || question.code.clone();
    match question.kind {
        'L' | '!' | 'O' | 'Z' | 'W' | '5' | 'Y' | 'G' | 'I' => add("", Target::One(code())),
        'N' | 'S' | 'T' | 'U' | 'D' | '*' => add("", Target::Plain(code())),
        'M' | 'P' if question.other => {
            add("other", Target::Tick { question: code(), choice: "other".to_owned() });
        }
        _ => {}
    }
}

struct Expressions<'a> {
    names: &'a Names,
}

/// A name without what tells how it is to be read; whether a question that is not relevant counts as blank.
fn bare(name: &str) -> Option<(&str, bool)> {
    match name.rsplit_once('.') {
        None => Some((name, false)),
        Some((bare, "NAOK")) => Some((bare.strip_suffix(".value").unwrap_or(bare), true)),
        Some((bare, "value" | "code" | "valueNAOK")) => Some((bare, false)),
        Some(_) => None,
    }
}

impl Expressions<'_> {
    fn target<'v>(&self, value: &'v Value) -> Option<(&Target, &'v str, bool)> {
        let Value::Field(name) = value else { return None };
        let (bare, blank) = bare(name)?;
        Some((self.names.get(bare)?, name, blank))
    }
}

/// That there is an answer.
fn answered(target: &Target) -> Condition {
    match target {
        Target::One(question) | Target::Plain(question) => Condition::Answered { question: question.clone() },
        Target::Tick { question, choice } => {
            Condition::Chosen { question: question.clone(), choice: choice.clone() }
        }
    }
}

fn not(condition: Condition) -> Condition {
    match condition {
        Condition::Not(inner) => *inner,
        other => Condition::Not(Box::new(other)),
    }
}

impl Meaning for Expressions<'_> {
    fn holds(&self, value: &Value) -> Option<Condition> {
        match value {
            Value::Literal(text) if text == "1" => Some(Condition::All(Vec::new())),
            Value::Literal(text) if text == "0" => Some(Condition::Any(Vec::new())),
            Value::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
                ("is_empty" | "empty", [of]) => {
                    let (target, _, _) = self.target(of)?;
                    Some(not(answered(target)))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn compares(&self, value: &Value, comparison: Comparison, literal: &str) -> Option<Condition> {
        let (target, name, blank) = self.target(value)?;
        let equal = match (target, literal) {
            (target, "") => not(answered(target)),
            (Target::Tick { .. }, "Y") => answered(target),
            (Target::Tick { .. }, _) => return None,
            (Target::One(question), choice) if is_equality(comparison) => {
                Condition::Chosen { question: question.clone(), choice: choice.to_owned() }
            }
            (Target::One(question) | Target::Plain(question), value) => {
                let (question, value) = (question.clone(), value.to_owned());
                if comparison != Comparison::NotEqual {
                    return Some(Condition::Compare { question, comparison, value });
                }
                Condition::Compare { question, comparison: Comparison::Equal, value }
            }
        };
        match comparison {
            Comparison::Equal => Some(equal),
            Comparison::NotEqual if blank || literal.is_empty() => Some(not(equal)),
            // Without NAOK nothing holds of a question that was not relevant, and a blank does not say whether it was.
            Comparison::NotEqual => {
                let unknown = Condition::Unknown(format!("{name} was relevant"));
                Some(Condition::All(vec![not(equal), Condition::Any(vec![answered(target), unknown])]))
            }
            _ => None,
        }
    }
}

fn is_equality(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::Equal | Comparison::NotEqual)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::ingest::limesurvey::structure::Sub;

    fn names() -> Names {
        let question = |code: &str, kind: char, rows: &[&str]| Asked {
            code: code.to_owned(),
            kind,
            gid: "2".to_owned(),
            qid: "3".to_owned(),
            rows: rows.iter().map(|code| Sub { code: (*code).to_owned(), ..Sub::default() }).collect(),
            ..Asked::default()
        };
        let questions = vec![
            question("one", 'L', &[]),
            question("age", 'N', &[]),
            question("many", 'M', &["a"]),
            question("rows", 'F', &["r1"]),
        ];
        Names::of(&Structure { file: FileId::new("a.lss"), sid: "1".to_owned(), questions })
    }

    fn read(text: &str) -> Option<Condition> {
        names().condition(&Asked { relevance: vec!["1".to_owned(), text.to_owned()], ..Asked::default() })
    }

    fn chosen(question: &str, choice: &str) -> Condition {
        Condition::Chosen { question: question.into(), choice: choice.into() }
    }

    #[test]
    fn choices_boxes_items_and_numbers_are_understood() {
        assert_eq!(read("1"), None);
        assert_eq!(read("((one.NAOK == \"A1\"))"), Some(chosen("one", "A1")));
        assert_eq!(read("many_a.NAOK == 'Y'"), Some(chosen("many", "a")));
        assert_eq!(read("1X2X3a.NAOK == 'Y'"), Some(chosen("many", "a")));
        assert_eq!(read("rows_r1.NAOK != 'A2'"), Some(Condition::Not(Box::new(chosen("rows[r1]", "A2")))));
        assert_eq!(
            read("!is_empty(age.NAOK)"),
            Some(Condition::Not(Box::new(Condition::Not(Box::new(Condition::Answered {
                question: "age".into()
            })))))
        );
        assert_eq!(
            read("age >= 18"),
            Some(Condition::Compare {
                question: "age".into(),
                comparison: Comparison::AtLeast,
                value: "18".into()
            })
        );
        assert_eq!(read("0"), Some(Condition::Any(Vec::new())));
    }

    #[test]
    fn what_a_blank_does_not_tell_is_not_known() {
        let condition = read("one != 'A1'").unwrap();
        let holds = |answer: Option<&str>| {
            condition.holds(&|test| match test {
                Condition::Chosen { choice, .. } => Some(answer == Some(choice)),
                _ => Some(answer.is_some()),
            })
        };
        assert_eq!((holds(Some("A1")), holds(Some("A2")), holds(None)), (Some(false), Some(true), None));
    }

    #[test]
    fn what_is_not_understood_is_unknown() {
        for text in
            ["count(that.many.NAOK) > 2", "one.shown == 'Yes'", "gone == 1", "TOKEN:ATTRIBUTE_1 == 'x'"]
        {
            let condition = read(text).unwrap();
            assert!(logic::first_unknown(&condition).is_some(), "{text}: {condition:?}");
        }
    }
}
