//! The structure of a survey: questions with their sub-questions, answers and conditions.

use std::collections::BTreeMap;

use crate::codebook::Choice;
use crate::diag::FileId;
use crate::ingest::wording::plain;

/// A survey.
#[derive(Debug, Clone)]
pub(super) struct Structure {
    pub(super) file: FileId,
    /// Its id, where the file gives it.
    pub(super) sid: String,
    /// Its questions in order.
    pub(super) questions: Vec<Asked>,
}

/// A question.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// Its code, and the letter of its type.
    pub(super) code: String,
    pub(super) kind: char,
    /// The ids of its group and of itself.
    pub(super) gid: String,
    pub(super) qid: String,
    /// Its wording in the survey's base language first.
    pub(super) texts: Vec<String>,
    /// Its condition and that of its group, as written.
    pub(super) relevance: Vec<String>,
    /// Whether "Other" is offered.
    pub(super) other: bool,
    /// The sub-questions of each scale: rows, and the columns of a table of entries.
    pub(super) rows: Vec<Sub>,
    pub(super) columns: Vec<Sub>,
    /// The answers of each scale; the second is that of a dual scale.
    pub(super) answers: [Vec<Choice>; 2],
    /// Settings by their name.
    pub(super) attributes: BTreeMap<String, String>,
}

/// A sub-question.
#[derive(Debug, Clone, Default)]
pub(super) struct Sub {
    pub(super) code: String,
    pub(super) texts: Vec<String>,
    /// Whether it has a condition of its own.
    pub(super) conditional: bool,
}

impl Asked {
    /// Its wording; a question without one has its code.
    pub(super) fn wording(&self) -> String {
        worded(&self.texts, &self.code)
    }

    /// Whether a setting is switched on.
    pub(super) fn is_set(&self, attribute: &str) -> bool {
        self.attributes.get(attribute).is_some_and(|value| matches!(value.trim(), "1" | "Y"))
    }

    /// The items that a ranking puts in order: its answers, or in new versions its sub-questions.
    pub(super) fn ranked(&self) -> Vec<Choice> {
        if self.answers[0].is_empty() {
            self.rows.iter().map(|row| choice(&row.code, &row.texts)).collect()
        } else {
            self.answers[0].clone()
        }
    }

    /// The choices of each scale, those that the type implies included.
    pub(super) fn choices(&self, scale: usize) -> Vec<Choice> {
        let implied = |choices: &[(&str, &str)]| {
            choices.iter().map(|(code, label)| choice(code, &[(*label).to_owned()])).collect::<Vec<_>>()
        };
        let counted = |most: u32| (1..=most).map(|point| Choice::labelled(&point.to_string())).collect();
        let mut choices = match self.kind {
            'Y' => implied(&[("Y", "Yes"), ("N", "No")]),
            'G' => implied(&[("F", "Female"), ("M", "Male")]),
            'C' => implied(&[("Y", "Yes"), ("U", "Uncertain"), ("N", "No")]),
            'E' => implied(&[("I", "Increase"), ("S", "Same"), ("D", "Decrease")]),
            '5' | 'A' => counted(5),
            'B' => counted(10),
            _ => self.answers[scale].clone(),
        };
        if self.other && matches!(self.kind, 'L' | '!' | 'Z' | 'W' | 'O') {
            choices.push(self.other_choice("-oth-"));
        }
        choices
    }

    /// The choice that takes a text.
    pub(super) fn other_choice(&self, code: &str) -> Choice {
        let named = self.attributes.get("other_replace_text").filter(|text| !text.trim().is_empty());
        let label = named.map_or_else(|| "Other".to_owned(), |text| plain(text));
        let mut other = choice(code, &[label]);
        if other.label != "Other" {
            other.also.push("Other".to_owned());
        }
        other.text_entry = true;
        other
    }
}

impl Sub {
    /// Its wording; a sub-question without one has its code.
    pub(super) fn wording(&self) -> String {
        worded(&self.texts, &self.code)
    }
}

fn worded(texts: &[String], code: &str) -> String {
    texts.iter().map(|text| plain(text)).find(|text| !text.is_empty()).unwrap_or_else(|| code.to_owned())
}

/// A choice from its code and its labels, that in the base language first.
pub(super) fn choice(code: &str, texts: &[String]) -> Choice {
    let mut choice = Choice::labelled(&worded(texts, code));
    code.clone_into(&mut choice.id);
    code.clone_into(&mut choice.code);
    for text in texts {
        for spelling in [text.trim().to_owned(), plain(text)] {
            if spelling != choice.label && !spelling.is_empty() && !choice.also.contains(&spelling) {
                choice.also.push(spelling);
            }
        }
    }
    choice
}
