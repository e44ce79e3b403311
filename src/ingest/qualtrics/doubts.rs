//! What is doubtful about a question's choices before any cell is read.

use std::collections::BTreeMap;

use crate::codebook::{Choice, Form, MultiCells, Question, fold};
use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::Cells;

use super::columns::{Group, Sheet};
use super::import_id::Part;

/// Notes choices that cells cannot tell apart, codes that authors give to "not applicable", and joins that no
/// exporter makes.
pub(super) fn of(question: &Question, cells: Cells, file: &FileId) -> Vec<Diag> {
    let mut notes = of_choices(question, cells, file);
    if let Form::Multi { cells: MultiCells::Joined { separator, .. }, .. } = &question.form
        && *separator != ","
    {
        let message =
            format!("answers to {} are joined by \"{separator}\", not by a comma as exported", question.id);
        notes.push(Diag::note(codes::ASSUMED, Place::column(file, &question.id), message));
    }
    notes
}

fn of_choices(question: &Question, cells: Cells, file: &FileId) -> Vec<Diag> {
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

/// Notes people whose group in a promoter question is not that of their score: the score decides.
pub(super) fn of_promoters(group: &Group, sheet: &Sheet<'_>) -> Option<Diag> {
    let of = |wanted: &Part| {
        group.members.iter().find(|member| member.part == *wanted).map(|member| member.column)
    };
    let (named, scored) = (of(&Part::NpsGroup)?, of(&Part::Answer(Vec::new()))?);
    let right = |score: &str| match score.parse::<u8>() {
        Ok(0..=6) => Some("detractor"),
        Ok(7..=8) => Some("passive"),
        Ok(9..=10) => Some("promoter"),
        _ => None,
    };
    let odd = (0..sheet.table.height()).filter(|row| {
        let cell = |column| sheet.table.cell(*row, column).map_or("", str::trim);
        let named = cell(named).to_lowercase();
        ["detractor", "passive", "promoter"].contains(&named.as_str())
            && right(cell(scored)).is_none_or(|right| right != named)
    });
    let odd = odd.count();
    let name = sheet.name(named);
    let message = format!("{odd} rows of {name} name another group than that of the score beside it");
    let diag = Diag::warning(codes::ASSUMED, Place::column(sheet.table.file(), name), message);
    (odd > 0).then(|| diag.help("the score is read, and the column of groups is not"))
}
