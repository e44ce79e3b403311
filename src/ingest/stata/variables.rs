//! Variables, made of the parts of a file.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::labelled::bytes::Fault;
use crate::ingest::labelled::texts::Texts;
use crate::ingest::labelled::{Kind, Variable};

use super::Parts;
use super::cells::{Meaning, Value};
use super::labels::Tables;
use super::layout::Type;
use super::old::unknown_type;

/// The variables of a file with how their values are coded.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) columns: Vec<Column>,
    /// Variables whose value labels are not in the file, with the name of the table.
    without_table: Vec<(String, String)>,
    /// Variables whose label fills all the room that there is.
    cut: Vec<String>,
    /// Variables of a calendar that is not in the file.
    calendars: Vec<String>,
}

/// A variable and how its values are coded.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) variable: Variable,
    pub(super) coded: Type,
    pub(super) meaning: Meaning,
    /// Missing values with a letter that were met.
    pub(super) tags: BTreeSet<char>,
}

/// Makes the variables.
pub(super) fn make(parts: &Parts<'_>, tables: &Tables<'_>, texts: &mut Texts) -> Result<Made, Fault> {
    if parts.types.is_empty() {
        return Err(Fault("it has no variables".to_owned()));
    }
    let notes = notes(parts);
    let mut made =
        Made { columns: Vec::new(), without_table: Vec::new(), cut: Vec::new(), calendars: Vec::new() };
    // The length and the room for labels in the formats that count bytes.
    let room = parts.layout.label() - 1;
    for (at, code) in parts.types.iter().enumerate() {
        let coded = Type::of(*code, parts.layout.release).ok_or_else(|| unknown_type(*code))?;
        let name = texts.read(parts.names[at]).into_owned();
        let mut label = texts.read(parts.labels[at]).trim_end().to_owned();
        if parts.labels[at].len() >= room.min(80) {
            let whole = notes.get(parts.names[at]).map(|note| texts.read(note).trim().to_owned());
            match whole.filter(|whole| whole.starts_with(label.trim()) && whole.len() > label.len()) {
                Some(whole) => label = whole,
                None if parts.labels[at].len() >= room => made.cut.push(name.clone()),
                None => {}
            }
        }
        let is_text = matches!(coded, Type::Text(_) | Type::LongText);
        let meaning = if is_text { Meaning::Number } else { Meaning::of(parts.formats[at]) };
        if !is_text && parts.formats[at].starts_with(b"%tb") {
            made.calendars.push(name.clone());
        }
        let labels = match tables.get(parts.tables[at]) {
            _ if is_text || parts.tables[at].is_empty() => Vec::new(),
            Some(table) => value_labels(table, parts.layout.has_tags(), meaning),
            None => {
                made.without_table.push((name.clone(), texts.read(parts.tables[at]).into_owned()));
                Vec::new()
            }
        };
        let kind = if is_text { Kind::Text } else { meaning.kind() };
        let variable = Variable { name, label, kind, labels, missing: Vec::new(), measure: None };
        made.columns.push(Column { variable, coded, meaning, tags: BTreeSet::new() });
    }
    Ok(made)
}

/// The first note of each variable, which may be its question's text.
fn notes<'a>(parts: &Parts<'a>) -> BTreeMap<&'a [u8], &'a [u8]> {
    let first = parts.characteristics.iter().filter(|[_, name, _]| *name == b"note1");
    first.map(|[of, _, says]| (*of, *says)).collect()
}

/// The labels of a table by the texts of cells; a value that is labelled twice has its last label.
fn value_labels(table: &[(i32, String)], has_tags: bool, meaning: Meaning) -> Vec<(String, String)> {
    let mut labels: Vec<(String, String)> = Vec::new();
    for (value, label) in table {
        let coded = if has_tags { Value::of_long(*value) } else { Value::Number(f64::from(*value)) };
        let code = match coded {
            Value::Missing(None) => continue,
            Value::Missing(Some(letter)) => format!(".{letter}"),
            Value::Number(_) | Value::Single(_) => {
                let mut text = String::new();
                meaning.write(f64::from(*value), &mut text);
                text
            }
        };
        match labels.iter_mut().find(|(known, _)| *known == code) {
            Some(known) => known.1.clone_from(label),
            None => labels.push((code, label.clone())),
        }
    }
    labels
}

impl Made {
    /// What to say about the variables.
    pub(super) fn notes(&self, file: &FileId) -> Vec<Diag> {
        let mut notes = Vec::new();
        for (name, table) in &self.without_table {
            let message = format!("\"{name}\" has the value labels {table}, which are not in the file");
            notes.push(
                Diag::warning(codes::ASSUMED, Place::column(file, name), message).help(
                    "save the file again with its value labels, or declare its choices in the study file",
                ),
            );
        }
        for name in &self.cut {
            let message =
                format!("the label of \"{name}\" fills all the room that there is, so it may have been cut");
            notes.push(Diag::note(codes::ASSUMED, Place::column(file, name), message));
        }
        for name in &self.calendars {
            let message = format!(
                "\"{name}\" counts the days of a calendar that is not in the file: it is read as numbers"
            );
            notes.push(Diag::note(codes::ASSUMED, Place::column(file, name), message));
        }
        notes
    }

    /// The variables, with every text that means a missing value.
    pub(super) fn into_variables(self) -> Vec<Variable> {
        let one = |column: Column| {
            let mut variable = column.variable;
            let mut missing: BTreeSet<String> =
                column.tags.iter().map(|letter| format!(".{letter}")).collect();
            let is_tag = |code: &str| matches!(code.as_bytes(), [b'.', b'a'..=b'z']);
            missing.extend(variable.labels.iter().map(|(code, _)| code).filter(|code| is_tag(code)).cloned());
            variable.missing = missing.into_iter().collect();
            variable
        };
        self.columns.into_iter().map(one).collect()
    }
}
