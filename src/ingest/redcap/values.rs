//! An export with a row for each value: record, field name, value.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diag, Place, codes};
use crate::ingest::{Grid, RawTable, TableBuilder};

use super::columns::{self, Role, SYSTEM};
use super::dictionary::{Dictionary, Kind};

/// The last two columns of such an export.
const FIELD: &str = "field_name";
const VALUE: &str = "value";

/// Whether a grid has a row for each value.
pub(super) fn detect(grid: &Grid) -> bool {
    let Some(header) = grid.record(0) else { return false };
    let names: Vec<&str> = header.cells().map(str::trim).collect();
    match names.as_slice() {
        [_, about @ .., field, value] => {
            let is_system = |name: &&str| SYSTEM.iter().any(|(system, _)| system == name);
            *field == FIELD && *value == VALUE && about.iter().all(is_system)
        }
        _ => false,
    }
}

/// Without the dictionary it is not known which fields have boxes, nor on which forms they stand.
pub(super) fn needs_dictionary(grid: &Grid) -> Diag {
    let file = grid.file();
    let message =
        format!("{file} has a row for each value (EAV), which is read with the data dictionary only");
    Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), message).help(
        "give the data dictionary or the project's XML document (ODM) as definition, or export as a flat table",
    )
}

/// One row as the flat export would have it.
struct Row<'a> {
    line: u32,
    cells: BTreeMap<usize, &'a str>,
}

/// Turns it into the table that a flat export would be; fails where a field has two values in one row.
pub(super) fn table(grid: &Grid, dictionary: &Dictionary) -> Result<RawTable, Vec<Diag>> {
    let header: Vec<&str> =
        grid.record(0).map(|header| header.cells().map(str::trim).collect()).unwrap_or_default();
    let (keys, value) = (header.len().saturating_sub(2), header.len().saturating_sub(1));
    let fields: BTreeSet<&str> = grid.records().skip(1).map(|record| record.cell(keys).trim()).collect();
    let mut expected = columns::expected(dictionary);
    expected.retain(|column| match column.role {
        Role::System => header.contains(&column.name.as_str()),
        Role::SurveyIdentifier | Role::Timestamp(_) => fields.contains(column.name.as_str()),
        Role::Joined(_) => false,
        _ => true,
    });
    let mut names: Vec<String> = expected.iter().map(|column| column.name.clone()).collect();
    let known: BTreeSet<&str> = dictionary.fields.iter().map(|field| field.name.as_str()).collect();
    let unknown =
        fields.iter().filter(|field| !known.contains(*field) && !names.iter().any(|name| name == *field));
    names.extend(unknown.map(|field| (*field).to_owned()).collect::<Vec<_>>());
    let position: BTreeMap<&str, usize> =
        names.iter().enumerate().rev().map(|(position, name)| (name.as_str(), position)).collect();
    let boxes = boxes(dictionary, &expected);
    let record_field = dictionary.fields.first().map_or("", |field| field.name.as_str());

    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut by_key: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut errors = Vec::new();
    for record in grid.records().skip(1) {
        let key: Vec<&str> = (0..keys).map(|column| record.cell(column)).collect();
        let row = *by_key.entry(key.clone()).or_insert_with(|| {
            let about = header.iter().enumerate().take(keys).skip(1);
            let mut cells: BTreeMap<usize, &str> =
                about.filter_map(|(column, name)| Some((*position.get(name)?, key[column]))).collect();
            cells.insert(0, key[0]);
            rows.push(Row { line: record.line(), cells });
            rows.len() - 1
        });
        let (field, value) = (record.cell(keys).trim(), record.cell(value));
        let cells = &mut rows[row].cells;
        if field == record_field {
            continue;
        }
        if let Some(boxes) = boxes.get(field) {
            tick(cells, boxes, value);
            continue;
        }
        let Some(column) = position.get(field) else { continue };
        if cells.insert(*column, value).is_some_and(|before| before != value) {
            let message = format!("field {field} has two values in one row of a record");
            errors.push(
                Diag::error(codes::FORMAT_UNKNOWN, Place::row(grid.file(), record.line()), message)
                    .help("nothing says which of the two counts; remove one"),
            );
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let width = names.len();
    let mut builder = TableBuilder::new(grid.file(), names);
    for row in &mut rows {
        untick(&mut row.cells, dictionary, &expected);
        builder.push(row.line, (0..width).map(|column| row.cells.get(&column).copied()));
    }
    Ok(builder.finish())
}

/// The boxes of a field: their columns, with the code and the label by which a value names each.
type Boxes<'a> = Vec<(usize, &'a str, &'a str)>;

fn boxes<'a>(dictionary: &'a Dictionary, expected: &[columns::Expected]) -> BTreeMap<&'a str, Boxes<'a>> {
    let mut boxes: BTreeMap<&str, Boxes<'_>> = BTreeMap::new();
    for (column, role) in expected.iter().enumerate().map(|(column, expected)| (column, expected.role)) {
        let Role::Box { field, choice } = role else { continue };
        let field = &dictionary.fields[field];
        let choice = &field.choices[choice];
        boxes.entry(field.name.as_str()).or_default().push((column, &choice.code, &choice.label));
    }
    boxes
}

/// Ticks the box that a value names. A value that names none stands in all of them, so that it is reported.
fn tick<'a>(cells: &mut BTreeMap<usize, &'a str>, boxes: &Boxes<'_>, value: &'a str) {
    let named = |by: fn(&(usize, &str, &str)) -> String| boxes.iter().find(|one| by(one) == value.trim());
    let found =
        named(|(_, code, _)| (*code).to_owned()).or_else(|| named(|(_, _, label)| (*label).to_owned()));
    match found {
        Some((column, ..)) => {
            cells.insert(*column, "1");
        }
        None => cells.extend(boxes.iter().map(|(column, ..)| (*column, value))),
    }
}

/// Boxes that are not ticked have no value; a flat export has a zero for them wherever their form has a status.
fn untick(cells: &mut BTreeMap<usize, &str>, dictionary: &Dictionary, expected: &[columns::Expected]) {
    let has_status = |wanted: usize, cells: &BTreeMap<usize, &str>| {
        let status = expected.iter().position(|column| column.role == Role::Status(wanted));
        status.is_some_and(|column| cells.contains_key(&column))
    };
    let forms = columns::forms(dictionary);
    for (number, form) in forms.iter().enumerate() {
        if !has_status(number, cells) {
            continue;
        }
        for (column, expected) in expected.iter().enumerate() {
            let Role::Box { field, choice } = expected.role else { continue };
            let field = &dictionary.fields[field];
            if field.kind == Kind::Checkbox && field.form == *form && field.choices[choice].outside.is_none()
            {
                cells.entry(column).or_insert("0");
            }
        }
    }
}
