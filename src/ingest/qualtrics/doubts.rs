//! What is doubtful about a question's choices before any cell is read.

use std::collections::BTreeMap;

use crate::codebook::{Choice, Form, MultiCells, Question, fold};
use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::Cells;

/// Notes choices that cells cannot tell apart, and codes that authors give to "not applicable".
pub(super) fn of(question: &Question, cells: Cells, file: &FileId) -> Vec<Diag> {
    let choices: &[Choice] = match &question.form {
        Form::Single { choices, .. }
        | Form::Battery { choices, .. }
        | Form::Multi { cells: MultiCells::Joined { .. }, choices, .. } => choices,
        _ => return Vec::new(),
    };
    if !question.defined {
        return Vec::new();
    }
    let place = || Place::column(file, &question.id);
    let mut by_text: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for choice in choices {
        let text = match cells {
            Cells::Codes => choice.code.clone(),
            Cells::Labels => fold(&choice.label),
        };
        by_text.entry(text).or_default().push(&choice.label);
    }
    let mut notes = Vec::new();
    for (text, labels) in by_text.iter().filter(|(_, labels)| labels.len() > 1) {
        let message =
            format!("\"{text}\" means {} choices of {}: {}", labels.len(), question.id, labels.join(" / "));
        let diag = Diag::warning(codes::SAME_CHOICE_TWICE, place(), message);
        notes.push(diag.help("such cells are unreadable; give the choices different codes and export again"));
    }
    let negative = choices.iter().filter(|choice| choice.outside.is_none() && choice.code.starts_with('-'));
    for choice in negative.filter(|choice| choice.code.parse::<i64>().is_ok()) {
        let message = format!(
            "\"{}\" has the code {}, as answers outside a scale often have",
            choice.label, choice.code
        );
        let diag = Diag::note(codes::ASSUMED, place(), message);
        notes.push(diag.help("it is kept as a choice; if it is no answer, declare it outside the scale"));
    }
    notes
}
