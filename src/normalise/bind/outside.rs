//! Choices that are no answers on the question's own terms, by the word of the export or of the study file.

use super::Binder;
use crate::codebook::{Choice, Form, MultiCells, Question};

impl Binder<'_> {
    /// Marks the choices that the study file declares as missing, and puts all that are no answers last, so that the
    /// question's levels are the choices before them.
    pub(super) fn outside_last(&self, mut question: Question) -> Question {
        match &mut question.form {
            Form::Single { choices, .. } | Form::Multi { cells: MultiCells::Coded(_), choices, .. } => {
                self.mark(choices);
                last(choices);
            }
            Form::Multi { cells: MultiCells::Joined { .. }, choices, .. } => {
                self.mark(choices);
                // A code stands among the choices of a cell, so it has to be known as they are.
                for (text, reason) in &self.declared.missing {
                    if !choices.iter().any(|choice| is_called(choice, &text.value)) {
                        choices.push(Choice { outside: Some(*reason), ..Choice::labelled(&text.value) });
                    }
                }
                last(choices);
            }
            Form::Multi {
                cells: MultiCells::Split(columns) | MultiCells::Counted { columns, .. },
                choices,
                ..
            } => {
                self.mark(choices);
                let mut boxes: Vec<(usize, Choice)> =
                    std::mem::take(columns).into_iter().zip(std::mem::take(choices)).collect();
                boxes.sort_by_key(|(_, choice)| choice.outside.is_some());
                (*columns, *choices) = boxes.into_iter().unzip();
            }
            _ => {}
        }
        question
    }

    fn mark(&self, choices: &mut [Choice]) {
        for (text, reason) in &self.declared.missing {
            for choice in choices.iter_mut().filter(|choice| is_called(choice, &text.value)) {
                choice.outside = Some(*reason);
            }
        }
    }
}

fn is_called(choice: &Choice, text: &str) -> bool {
    choice.code == text || choice.label == text
}

fn last(choices: &mut [Choice]) {
    choices.sort_by_key(|choice| choice.outside.is_some());
}
