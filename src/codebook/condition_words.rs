//! Conditions in words, for a codebook.

use super::{Comparison, Condition, Instrument};

impl Condition {
    /// The condition in words, with the ids of questions and the labels of choices.
    pub fn words(&self, instrument: &Instrument) -> String {
        match self {
            Self::All(parts) if parts.is_empty() => "always".to_owned(),
            Self::Any(parts) if parts.is_empty() => "never".to_owned(),
            Self::All(parts) => joined(parts, " and ", instrument),
            Self::Any(parts) => joined(parts, " or ", instrument),
            Self::Not(part) => match part.as_ref() {
                Self::Chosen { question, choice } => {
                    format!("{question} is not \"{}\"", label(instrument, question, choice))
                }
                Self::Answered { question } => format!("{question} is not answered"),
                part => format!("not ({})", part.words(instrument)),
            },
            Self::Chosen { question, choice } => {
                format!("{question} is \"{}\"", label(instrument, question, choice))
            }
            Self::Compare { question, comparison, value } => {
                format!("{question} is {} {value}", comparison.words())
            }
            Self::Answered { question } => format!("{question} is answered"),
            Self::At { event, part } => format!("in {event}: {}", part.words(instrument)),
            Self::Unknown(words) => format!("[{words}]"),
        }
    }
}

impl Comparison {
    /// In words.
    fn words(self) -> &'static str {
        match self {
            Self::Equal => "equal to",
            Self::NotEqual => "not equal to",
            Self::Less => "less than",
            Self::AtMost => "at most",
            Self::Greater => "greater than",
            Self::AtLeast => "at least",
        }
    }
}

/// The parts joined; a part that joins others itself stands in brackets.
fn joined(parts: &[Condition], word: &str, instrument: &Instrument) -> String {
    let of_several =
        |part: &Condition| matches!(part, Condition::All(inner) | Condition::Any(inner) if inner.len() > 1);
    let words: Vec<String> = parts
        .iter()
        .map(|part| {
            let words = part.words(instrument);
            if parts.len() > 1 && of_several(part) { format!("({words})") } else { words }
        })
        .collect();
    words.join(word)
}

/// The label of a choice, of the question or of the battery that has the item.
fn label<'a>(instrument: &'a Instrument, question: &str, choice: &'a str) -> &'a str {
    let of = instrument.question(question).or_else(|| {
        instrument.questions.iter().find(|other| other.form.items().iter().any(|item| item.id == question))
    });
    of.and_then(|question| question.form.choices().iter().find(|own| own.id == choice))
        .map_or(choice, |choice| choice.label.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Choice, Form, Question};

    #[test]
    fn conditions_name_questions_and_labels() {
        let choices = vec![Choice { id: "2".into(), ..Choice::labelled("No, never") }];
        let form = Form::Single { column: 0, choices, texts: Vec::new() };
        let question = Question {
            id: "q1".into(),
            native: None,
            wording: String::new(),
            form,
            asked_if: None,
            defined: true,
        };
        let instrument = Instrument { questions: vec![question] };
        let chosen = || Condition::Chosen { question: "q1".into(), choice: "2".into() };
        let age = Condition::Compare {
            question: "age".into(),
            comparison: Comparison::AtLeast,
            value: "18".into(),
        };
        let either = Condition::Any(vec![Condition::Answered { question: "q2".into() }, age]);
        let all = Condition::All(vec![Condition::Not(Box::new(chosen())), either]);
        assert_eq!(
            all.words(&instrument),
            "q1 is not \"No, never\" and (q2 is answered or age is at least 18)"
        );
        assert_eq!(Condition::Any(vec![chosen()]).words(&instrument), "q1 is \"No, never\"");
        assert_eq!(Condition::Unknown("x = 1".into()).words(&instrument), "[x = 1]");
    }
}
