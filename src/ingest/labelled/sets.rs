//! Multiple-response sets as questions.

use std::collections::BTreeSet;

use crate::codebook::wording;
use crate::codebook::{Choice, Form, Missing, MultiCells, Question};
use crate::diag::{Diag, Place, codes};
use crate::ingest::RawTable;

use super::form::choice;
use super::{Set, SetKind, Variable};

/// Makes a question of a set whose variables are all there.
pub(super) fn question(
    set: &Set,
    variables: &[Variable],
    ids: &[String],
    table: &RawTable,
    notes: &mut Vec<Diag>,
) -> Question {
    let columns = set.columns.clone();
    let (cells, choices) = match &set.kind {
        SetKind::Categories => {
            let choices = categories(set, variables, table, notes);
            (MultiCells::Coded(columns), choices)
        }
        SetKind::Dichotomies { counted, named_by_value } => {
            let choices = columns.iter().map(|column| {
                let variable = &variables[*column];
                let label = named_by_value.then(|| variable.label_of(counted)).flatten();
                let label = label.map_or_else(|| variable.wording(), |label| wording::plain(label));
                let id = &ids[*column];
                Choice { id: id.clone(), code: id.clone(), ..Choice::labelled(&label) }
            });
            let choices = choices.collect();
            (MultiCells::Counted { columns, value: counted.clone() }, choices)
        }
    };
    let id = if ids.contains(&set.name) { format!("{}_set", set.name) } else { set.name.clone() };
    let label = wording::plain(&set.label);
    let wording = if label.is_empty() { id.clone() } else { label };
    let form = Form::Multi { cells, choices, texts: Vec::new() };
    Question { id, native: Some(format!("${}", set.name)), wording, form, asked_if: None, defined: true }
}

/// The categories of a set: the labelled values of its variables, and values that have no label but are there.
fn categories(set: &Set, variables: &[Variable], table: &RawTable, notes: &mut Vec<Diag>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    let mut differ = BTreeSet::new();
    for variable in set.columns.iter().map(|column| &variables[*column]) {
        for label in &variable.labels {
            let mut known = choice(label);
            known.outside = variable.is_missing(&label.0).then(|| Missing::said_by(&label.1));
            match choices.iter().find(|choice| choice.code == known.code) {
                Some(choice) if choice.label != known.label => {
                    differ.insert(known.code);
                }
                Some(_) => {}
                None => choices.push(known),
            }
        }
    }
    let place = Place::file(table.file());
    if !differ.is_empty() {
        let message = format!(
            "the variables of the set ${} do not agree on the labels of {} values; the first label is used",
            set.name,
            differ.len()
        );
        let help = "if they mean different things, the set is none: take it out in the file";
        notes.push(Diag::warning(codes::ASSUMED, place.clone(), message).help(help));
    }
    let mut unlabelled: BTreeSet<&str> = BTreeSet::new();
    for column in &set.columns {
        let variable = &variables[*column];
        let known =
            |cell: &&str| variable.is_missing(cell) || choices.iter().any(|choice| choice.code == **cell);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (cell, _) in table.tally(*column) {
            if seen.insert(cell) && !known(&cell) {
                unlabelled.insert(cell);
            }
        }
    }
    if !unlabelled.is_empty() {
        let message = format!(
            "{} values of the set ${} have no label: each is a choice of its own",
            unlabelled.len(),
            set.name
        );
        notes.push(Diag::warning(codes::CHOICES_INFERRED, place, message).help("label them in the file"));
        let mut values: Vec<&str> = unlabelled.into_iter().collect();
        values.sort_by(|a, b| {
            let number = |text: &str| text.parse::<f64>().unwrap_or(f64::INFINITY);
            number(a).total_cmp(&number(b)).then_with(|| a.cmp(b))
        });
        choices.extend(values.into_iter().map(Choice::labelled));
    }
    choices
}
