//! An export without its form: what names and cells alone tell.

use std::collections::BTreeMap;

use crate::codebook::{Choice, Form, Instrument, MultiCells, Question};
use crate::diag::{Diag, Place, codes};
use crate::ingest::infer::{self, WholeNumbers, distinct_names};
use crate::ingest::{Cells, Export, Platform, RawTable};

use super::metadata::{self, About};
use super::multi::{Agreement, ticked};

/// Columns of one question of several choices: where they begin, and the choice of each.
struct Group {
    name: String,
    joined: Option<usize>,
    ticks: Vec<(usize, String)>,
}

/// Reads an export by its header and its cells.
pub(super) fn read(table: RawTable, notes: &mut Vec<Diag>) -> Export {
    let ids = distinct_names(table.names());
    let about: Vec<(usize, About)> = table
        .names()
        .iter()
        .enumerate()
        .filter_map(|(column, name)| Some((column, metadata::about(name)?)))
        .collect();
    notes.push(
        Diag::note(codes::CHOICES_INFERRED, Place::file(table.file()), "no XLSForm was given").help(
            "give the form as definition: it knows wordings, choices that nobody chose, conditions and what is a multi-select",
        ),
    );
    notes.extend(super::children(&table, &about));
    let groups = groups(&table, &about);
    let mut agreement = Agreement::default();
    let mut repeats = Vec::new();
    let mut questions = Vec::new();
    let mut open: BTreeMap<usize, &Group> = BTreeMap::new();
    let mut hidden: Vec<usize> = about.iter().map(|(column, _)| *column).collect();
    for group in &groups {
        let first = group.joined.or_else(|| group.ticks.first().map(|(column, _)| *column));
        open.extend(first.map(|first| (first, group)));
        hidden.extend(group.ticks.iter().map(|(column, _)| *column));
    }
    let places: Vec<usize> = places(&table);
    for (column, id) in ids.iter().enumerate() {
        if let Some(group) = open.get(&column) {
            questions.push(multi(&table, group, &mut agreement, &mut repeats, notes));
        } else if places.contains(&column) {
            questions.push(other(column, id));
        } else if !hidden.contains(&column) {
            let (question, note) = infer::question(&table, column, id, WholeNumbers::Numbers);
            questions.push(question);
            notes.push(note);
        }
    }
    notes.extend(agreement.notes(&table));
    let evidence = "columns named as KoboToolbox and ODK name theirs".to_owned();
    let mut export = Export::of_rows(Platform::Kobo, evidence, 1, table);
    export.instrument = Instrument { questions };
    (export.metadata, export.identifiers) = metadata::sort(&about);
    export.identifiers.extend(places);
    export.other_columns = repeats;
    // Whether cells hold names or labels matters only where both are known.
    export.cells = Cells::Labels;
    export
}

/// Finds columns `name/choice` that hold ticks and nothing else.
///
/// A column `name` beside them says that they are the choices of one question. Without it they may as well be questions
/// of a group, so two of them are needed, all of them ticks.
fn groups(table: &RawTable, about: &[(usize, About)]) -> Vec<Group> {
    let is_tick = |column: usize| {
        let mut cells = table.column(column).flatten().peekable();
        cells.peek().is_some() && cells.all(|cell| ticked(cell).is_some())
    };
    let mut groups: Vec<Group> = Vec::new();
    for (column, name) in table.names().iter().enumerate() {
        if about.iter().any(|(known, _)| *known == column) || !is_tick(column) {
            continue;
        }
        let mut owner = name.match_indices(['/', '.', ':']).filter_map(|(at, _)| {
            let (head, tail) = (&name[..at], &name[at + 1..]);
            let joined = table.names().iter().position(|other| other == head);
            joined.filter(|_| !tail.is_empty()).map(|joined| (Some(joined), head, tail))
        });
        let alone = name.rsplit_once('/').map(|(head, tail)| (None, head, tail));
        let Some((joined, head, tail)) = owner.next_back().or(alone) else { continue };
        let tick = (column, tail.to_owned());
        match groups.iter_mut().find(|group| group.name == head) {
            Some(group) => group.ticks.push(tick),
            None => groups.push(Group { name: head.to_owned(), joined, ticks: vec![tick] }),
        }
    }
    groups.retain(|group| group.joined.is_some() || group.ticks.len() > 1);
    groups
}

fn multi(
    table: &RawTable,
    group: &Group,
    agreement: &mut Agreement,
    repeats: &mut Vec<usize>,
    notes: &mut Vec<Diag>,
) -> Question {
    let choices: Vec<Choice> = group.ticks.iter().map(|(_, choice)| Choice::labelled(choice)).collect();
    let columns: Vec<usize> = group.ticks.iter().map(|(column, _)| *column).collect();
    // Names of choices have no blanks, so that cells of names can be taken apart; labels cannot for certain.
    let is_code = |text: &str| choices.iter().any(|choice| choice.code == text);
    let codes =
        |column: usize| table.column(column).flatten().all(|cell| cell.split_whitespace().all(is_code));
    let cells = match group.joined.filter(|column| codes(*column)) {
        Some(column) => {
            let ticks = columns.iter().copied().enumerate().collect();
            agreement.compare(table, &group.name, column, &ticks, &choices);
            repeats.extend(&columns);
            MultiCells::Joined { column, separator: " ".into() }
        }
        None => {
            repeats.extend(group.joined);
            MultiCells::Split(columns)
        }
    };
    if group.joined.is_none() {
        let message = format!(
            "the columns that begin with \"{}/\" hold nothing but 0 and 1 and are read as the choices of one question",
            group.name
        );
        let place = Place::column(table.file(), &table.names()[group.ticks[0].0]);
        notes.push(
            Diag::note(codes::ASSUMED, place, message).help("give the form as definition to be certain"),
        );
    }
    Question {
        id: group.name.clone(),
        native: None,
        wording: group.name.clone(),
        form: Form::Multi { cells, choices, texts: Vec::new() },
        asked_if: None,
        defined: false,
    }
}

/// The columns of places: `_q_latitude` and its like, and the column `q` that has them.
fn places(table: &RawTable) -> Vec<usize> {
    let position = |name: &str| table.names().iter().position(|other| other == name);
    let mut places = Vec::new();
    for (column, name) in table.names().iter().enumerate() {
        let part = |part: &&str| name.to_ascii_lowercase().ends_with(*part);
        let ends = [
            "_latitude",
            "_longitude",
            "_altitude",
            "_precision",
            "-latitude",
            "-longitude",
            "-altitude",
            "-accuracy",
        ];
        let Some(part) = ends.iter().find(|end| part(end)) else { continue };
        let head = &name[..name.len() - part.len()];
        let owner = position(head)
            .or_else(|| position(&head.replacen("/_", "/", 1)))
            .or_else(|| head.strip_prefix('_').and_then(position));
        if owner.is_some() || name.starts_with('_') {
            places.push(column);
            places.extend(owner);
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

fn other(column: usize, id: &str) -> Question {
    Question {
        id: id.to_owned(),
        native: None,
        wording: id.to_owned(),
        form: Form::Other { columns: vec![column], what: "a place" },
        asked_if: None,
        defined: false,
    }
}
