//! A definition's logic in terms of the instrument's questions, items and choices.

use std::collections::BTreeMap;

use crate::codebook::{Condition, Form, Instrument, Item};
use crate::ingest::qsf::{Logic, Operand};

use super::columns::Group;
use super::import_id::Part;

/// What the ids of a definition are called in the instrument.
#[derive(Debug, Default)]
pub(super) struct References {
    /// `QID5` to a question that has a cell of its own.
    questions: BTreeMap<String, String>,
    /// `QID5` and a row, field or item to the item.
    items: BTreeMap<(String, String), String>,
}

impl References {
    /// Takes note of a question and its items. Rounds of a loop cannot be told apart by a condition, so they are not.
    pub(super) fn add(&mut self, group: &Group, id: &str, form: &Form) {
        if group.round.is_some() {
            return;
        }
        let qid = match &group.side {
            Some(side) => format!("{}#{side}", group.question),
            None => group.question.clone(),
        };
        let items: &[Item] = match form {
            Form::Battery { items, .. }
            | Form::MultiBattery { items, .. }
            | Form::Ranking { items }
            | Form::Scores { items, .. }
            | Form::Numbers { items }
            | Form::Texts { items } => items,
            Form::Single { .. } | Form::Multi { .. } | Form::Ordering { .. } | Form::Date { .. } => {
                self.questions.insert(qid, id.to_owned());
                return;
            }
            Form::Other { .. } => return,
        };
        if let [only] = items {
            self.questions.insert(qid.clone(), only.id.clone());
        }
        for item in items {
            let member = group.members.iter().find(|member| member.column == item.column);
            if let Some(Part::Answer(ids) | Part::Text(ids)) = member.map(|member| &member.part)
                && let Some(row) = ids.first()
            {
                self.items.insert((qid.clone(), row.clone()), item.id.clone());
            }
        }
    }

    /// Translates a condition. What names something that the export does not have stays unknown.
    pub(super) fn translate(&self, logic: &Logic, instrument: &Instrument) -> Condition {
        let all = |parts: &[Logic]| parts.iter().map(|part| self.translate(part, instrument)).collect();
        match logic {
            Logic::All(parts) => Condition::All(all(parts)),
            Logic::Any(parts) => Condition::Any(all(parts)),
            Logic::Not(part) => Condition::Not(Box::new(self.translate(part, instrument))),
            Logic::Unknown(words) => Condition::Unknown(words.clone()),
            Logic::Chosen(operand) => self.chosen(operand, instrument).unwrap_or_else(|| absent(operand)),
            Logic::Answered(operand) => match self.answer(operand) {
                Some(question) => Condition::Answered { question },
                None => absent(operand),
            },
            Logic::Compare(operand, comparison, value) => match self.answer(operand) {
                Some(question) => {
                    Condition::Compare { question, comparison: *comparison, value: value.clone() }
                }
                None => absent(operand),
            },
        }
    }

    fn chosen(&self, operand: &Operand, instrument: &Instrument) -> Option<Condition> {
        let (question, choice) = match operand.ids.as_slice() {
            [choice] => (self.questions.get(&operand.qid)?, choice),
            [row, choice] => (self.items.get(&(operand.qid.clone(), row.clone()))?, choice),
            _ => return None,
        };
        let known = instrument.questions.iter().any(|other| match &other.form {
            Form::Single { choices, .. } | Form::Multi { choices, .. } => {
                other.id == *question && choices.iter().any(|other| other.id == *choice)
            }
            Form::Battery { items, choices } | Form::MultiBattery { items, choices, .. } => {
                items.iter().any(|item| item.id == *question)
                    && choices.iter().any(|other| other.id == *choice)
            }
            Form::Ranking { .. }
            | Form::Ordering { .. }
            | Form::Scores { .. }
            | Form::Numbers { .. }
            | Form::Texts { .. }
            | Form::Date { .. }
            | Form::Other { .. } => false,
        });
        known.then(|| Condition::Chosen { question: question.clone(), choice: choice.clone() })
    }

    /// The cell of an entry: of the question, or of one of its fields.
    fn answer(&self, operand: &Operand) -> Option<String> {
        match operand.ids.as_slice() {
            [] => self.questions.get(&operand.qid).cloned(),
            [field] => self.items.get(&(operand.qid.clone(), field.clone())).cloned(),
            _ => None,
        }
    }
}

fn absent(operand: &Operand) -> Condition {
    let parts: Vec<&str> =
        [operand.qid.as_str()].into_iter().chain(operand.ids.iter().map(String::as_str)).collect();
    Condition::Unknown(format!("it depends on {}, which the export does not have", parts.join("/")))
}
