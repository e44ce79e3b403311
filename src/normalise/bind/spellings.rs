//! Texts that the study file declares to mean a choice, where a form was changed while answers came in.

use super::Binder;
use crate::codebook::{Choice, Form, Question};
use crate::diag::{Diag, codes, nearest};

impl Binder<'_> {
    /// Gives the choices of a single choice the further spellings that the study file declares.
    pub(super) fn spelt(&self, mut question: Question) -> Result<Question, Vec<Diag>> {
        let Form::Single { choices, .. } = &mut question.form else { return Ok(question) };
        if !question.defined {
            // An export without a definition takes every text that somebody gave for a choice of its own.
            let declared = |label: &str| self.declared.choices.iter().any(|choice| choice.label == label);
            choices.retain(|choice| {
                declared(&choice.label)
                    || !self.declared.also.iter().any(|(text, _)| text.value == choice.label)
            });
        }
        let mut problems = Vec::new();
        for (text, meant) in &self.declared.also {
            if let Some(known) = choices.iter().find(|choice| is_called(choice, &text.value)) {
                let message = format!("\"{}\" is a choice of {} already", text.value, self.declared.id);
                let diag = self.study.error(codes::STUDY_BAD_VALUE, &text.span, message);
                problems.push(diag.help(format!("it is counted as \"{}\"; leave it out", known.label)));
                continue;
            }
            let known: Vec<&str> =
                choices.iter().flat_map(|choice| [choice.label.as_str(), choice.code.as_str()]).collect();
            let near = nearest(&meant.value, known).map(str::to_owned);
            match choices.iter_mut().find(|choice| is_called(choice, &meant.value)) {
                Some(choice) => choice.also.push(text.value.clone()),
                None => {
                    let message = format!("{} has no choice \"{}\"", self.declared.id, meant.value);
                    let diag = self.study.error(codes::STUDY_BAD_VALUE, &meant.span, message);
                    problems.push(match near {
                        Some(near) => diag.help(format!("did you mean \"{near}\"?")),
                        None => diag.help("`canvass codebook` lists the choices of an export"),
                    });
                }
            }
        }
        if problems.is_empty() { Ok(question) } else { Err(problems) }
    }
}

fn is_called(choice: &Choice, text: &str) -> bool {
    choice.code == text || choice.label == text
}
