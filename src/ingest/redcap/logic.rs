//! Branching logic: when a field is shown, in REDCap's own names and functions.

use crate::codebook::{Comparison, Condition};
use crate::ingest::logic::{self, Language, Meaning, Value};

/// Parses branching logic.
///
/// `missing_codes` are those of the project, which `isblankormissingcode` takes for blank.
pub(super) fn parse(text: &str, missing_codes: &[(String, String)]) -> Condition {
    logic::parse(text, Language::Redcap, &Branching { missing_codes })
}

/// What the names in branching logic mean.
struct Branching<'a> {
    missing_codes: &'a [(String, String)],
}

impl Meaning for Branching<'_> {
    fn holds(&self, value: &Value) -> Option<Condition> {
        match value {
            Value::Call(name, arguments) if name == "isblankormissingcode" => match arguments.as_slice() {
                [argument] => match Operand::of(argument)? {
                    Operand::Field(question) => Some(self.is_blank(question)),
                    Operand::Box { .. } | Operand::At { .. } => None,
                },
                _ => None,
            },
            value => match Operand::of(value)? {
                Operand::Box { field, code } => Some(Condition::Chosen { question: field, choice: code }),
                Operand::Field(_) | Operand::At { .. } => None,
            },
        }
    }

    fn compares(&self, value: &Value, comparison: Comparison, literal: &str) -> Option<Condition> {
        compare(Operand::of(value)?, comparison, literal)
    }
}

impl Branching<'_> {
    /// A blank, or one of the codes that stand for it.
    fn is_blank(&self, question: String) -> Condition {
        let code = |(code, _): &(String, String)| Condition::Compare {
            question: question.clone(),
            comparison: Comparison::Equal,
            value: code.clone(),
        };
        let codes: Vec<Condition> = self.missing_codes.iter().map(code).collect();
        let blank = Condition::Not(Box::new(Condition::Answered { question }));
        if codes.is_empty() { blank } else { Condition::Any([vec![blank], codes].concat()) }
    }
}

/// What a value in branching logic is of.
#[derive(Debug, Clone, PartialEq)]
enum Operand {
    /// The value of a field.
    Field(String),
    /// One box of a checkbox field, by the original code.
    Box { field: String, code: String },
    /// One of these two in another event.
    At { event: String, of: Box<Operand> },
}

impl Operand {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Field(inside) => reference(inside),
            // Two references in a row name a field of another event, or an instance, which is not followed.
            Value::Fields(row) => match row.as_slice() {
                [event, field] => at_event(event, reference(field)?),
                _ => None,
            },
            Value::Literal(_) | Value::Call(..) | Value::Other => None,
        }
    }
}

/// What stands between brackets: a field, or one box of a checkbox field.
fn reference(inside: &str) -> Option<Operand> {
    // Smart variables have hyphens, modifiers a colon, piped parts more brackets; fields have none of them.
    let field = |name: &str| {
        let name = name.trim().to_ascii_lowercase();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        (!name.is_empty() && name.chars().all(fits)).then_some(name)
    };
    match inside.trim().split_once('(') {
        Some((name, rest)) => {
            let code = rest.strip_suffix(')')?.trim().to_owned();
            Some(Operand::Box { field: field(name)?, code })
        }
        None => Some(Operand::Field(field(inside)?)),
    }
}

/// The same condition in another event.
fn at(event: &str, condition: Condition) -> Condition {
    match condition {
        Condition::Not(part) => Condition::Not(Box::new(at(event, *part))),
        test => Condition::At { event: event.to_owned(), part: Box::new(test) },
    }
}

/// A field of an event that is named; the events that smart variables name are not known, nor are instances.
fn at_event(event: &str, of: Operand) -> Option<Operand> {
    match (reference(event)?, of) {
        (Operand::Field(event), of @ (Operand::Field(_) | Operand::Box { .. }))
            if event.contains("_arm_") =>
        {
            Some(Operand::At { event, of: Box::new(of) })
        }
        _ => None,
    }
}

fn compare(of: Operand, comparison: Comparison, literal: &str) -> Option<Condition> {
    match of {
        Operand::Field(question) => {
            if !literal.is_empty() {
                return Some(Condition::Compare { question, comparison, value: literal.to_owned() });
            }
            match comparison {
                Comparison::NotEqual => Some(Condition::Answered { question }),
                Comparison::Equal => Some(Condition::Not(Box::new(Condition::Answered { question }))),
                _ => None,
            }
        }
        Operand::Box { field, code } => {
            let chosen = Condition::Chosen { question: field, choice: code };
            match (comparison, literal.trim()) {
                (Comparison::Equal, "1") | (Comparison::NotEqual, "0") => Some(chosen),
                (Comparison::Equal, "0") | (Comparison::NotEqual, "1") => {
                    Some(Condition::Not(Box::new(chosen)))
                }
                _ => None,
            }
        }
        Operand::At { event, of } => Some(at(&event, compare(*of, comparison, literal)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(logic: &str) -> Condition {
        super::parse(logic, &[])
    }

    fn is(question: &str, value: &str) -> Condition {
        Condition::Compare { question: question.into(), comparison: Comparison::Equal, value: value.into() }
    }

    fn ticked(question: &str, choice: &str) -> Condition {
        Condition::Chosen { question: question.into(), choice: choice.into() }
    }

    fn not(condition: Condition) -> Condition {
        Condition::Not(Box::new(condition))
    }

    #[test]
    fn and_binds_closer_than_or() {
        assert_eq!(
            parse("[sex] = \"0\" or [a]='1' AND [b] = '2'"),
            Condition::Any(vec![is("sex", "0"), Condition::All(vec![is("a", "1"), is("b", "2")])])
        );
        assert_eq!(
            parse("([sex] = '0' or [a]='1') and [b] = 2"),
            Condition::All(vec![Condition::Any(vec![is("sex", "0"), is("a", "1")]), is("b", "2")])
        );
    }

    #[test]
    fn a_box_is_named_by_its_original_code() {
        assert_eq!(parse("[race(-99)] = '1'"), ticked("race", "-99"));
        assert_eq!(parse("[race(a_B)] <> '1'"), not(ticked("race", "a_B")));
        assert_eq!(parse("[race(3)] = 0"), not(ticked("race", "3")));
        assert_eq!(parse("!([race(3)]='1')"), not(ticked("race", "3")));
    }

    #[test]
    fn a_comparison_with_nothing_asks_whether_there_is_an_answer() {
        let answered = Condition::Answered { question: "age".into() };
        assert_eq!(parse("[age] <> ''"), answered);
        assert_eq!(parse("[age] = \"\""), not(answered.clone()));
        assert_eq!(parse("isblankormissingcode([age])"), not(answered));
    }

    #[test]
    fn a_comparison_may_stand_the_other_way_round() {
        let condition = Condition::Compare {
            question: "age".into(),
            comparison: Comparison::AtLeast,
            value: "18".into(),
        };
        assert_eq!(parse("18 <= [Age]"), condition);
        assert_eq!(parse("[age]>=18"), condition);
    }

    #[test]
    fn a_negative_code_needs_no_quotes() {
        assert_eq!(parse("[a] = -99"), is("a", "-99"));
        assert_eq!(parse("[a] = +[b]"), Condition::Unknown("[a] = +[b]".into()));
    }

    #[test]
    fn a_part_that_is_not_understood_leaves_the_rest_standing() {
        assert_eq!(
            parse("[a] = '1' and datediff([dob], 'today', 'y') > 17"),
            Condition::All(vec![
                is("a", "1"),
                Condition::Unknown("datediff([dob], 'today', 'y') > 17".into())
            ])
        );
        for text in [
            "[event-name] = 'baseline_arm_1'",
            "[sex][2] = '1'",
            "[height] / 100 > 1.8",
            "([a] + [b]) > 3",
            "[a] = [b]",
            "[a]",
        ] {
            assert_eq!(parse(text), Condition::Unknown(text.into()), "{text}");
        }
    }

    #[test]
    fn a_field_of_another_event_is_asked_there() {
        let at = |part: Condition| super::at("baseline_arm_1", part);
        assert_eq!(parse("[baseline_arm_1][sex] = '1'"), at(is("sex", "1")));
        assert_eq!(parse("[baseline_arm_1][race(3)] = 0"), not(at(ticked("race", "3"))));
        for text in ["[first-event-name][sex] = '1'", "[sex][current-instance] = '1'", "[a][b][c] = '1'"] {
            assert_eq!(parse(text), Condition::Unknown(text.into()), "{text}");
        }
    }

    #[test]
    fn a_missing_data_code_counts_as_blank_where_the_function_says_so() {
        let codes = [("UNK".to_owned(), "Unknown".to_owned())];
        let blank = not(Condition::Answered { question: "age".into() });
        assert_eq!(
            super::parse("isblankormissingcode([age])", &codes),
            Condition::Any(vec![blank, is("age", "UNK")])
        );
    }

    #[test]
    fn logic_that_is_broken_is_unknown_as_a_whole_and_never_a_panic() {
        let deep = format!("{}[a]='1'{}", "(".repeat(5000), ")".repeat(5000));
        let signs = format!("[a] = {}1", "- ".repeat(200_000));
        for text in
            ["[a = '1'", "[a] = '1", "([a]='1'", "[a]='1')", "and", "[a] = ", "f(", "é [a] ø", &deep, &signs]
        {
            assert_eq!(parse(text), Condition::Unknown(text.trim().into()), "{text}");
        }
    }
}
