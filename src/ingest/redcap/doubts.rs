//! What the answers suggest and nothing declares: told, never applied.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::find_choice;
use crate::diag::{Diag, Place, codes};
use crate::ingest::infer::{is_date, number};
use crate::ingest::{Cells, RawTable};

use super::columns::Role;
use super::dictionary::{Dictionary, Field, Kind};
use super::questions::{is_date as holds_dates, is_number as holds_numbers};

/// A code is no longer than this, in bytes.
const LONGEST_CODE: usize = 12;
/// Fewer cells than this may be somebody's own words.
const FEWEST_CELLS: usize = 3;

/// Says which texts are likely the project's codes for missing values: the same short text where several fields take
/// choices, numbers or dates, and none of them takes it.
pub(super) fn missing_codes(
    table: &RawTable,
    dictionary: &Dictionary,
    roles: &[Role],
    cells: Cells,
) -> Vec<Diag> {
    let mut seen: BTreeMap<&str, (BTreeSet<usize>, usize)> = BTreeMap::new();
    for (column, role) in roles.iter().enumerate() {
        let Role::Field(field) = role else { continue };
        let field = &dictionary.fields[*field];
        let mut strange: BTreeMap<&str, bool> = BTreeMap::new();
        for cell in table.column(column).flatten().map(str::trim).filter(|cell| is_code(cell)) {
            if *strange.entry(cell).or_insert_with(|| !takes(field, cell, cells)) {
                let (columns, count) = seen.entry(cell).or_default();
                columns.insert(column);
                *count += 1;
            }
        }
    }
    let likely = seen.into_iter().filter(|(_, (columns, count))| columns.len() > 1 && *count >= FEWEST_CELLS);
    let note = |(code, (columns, count)): (&str, (BTreeSet<usize>, usize))| {
        let names: Vec<&str> = columns.iter().map(|column| table.names()[*column].as_str()).collect();
        let message = format!(
            "\"{code}\" stands in {count} cells of {} fields that do not take it, such as {}: it may be a code for missing values",
            names.len(),
            names.iter().take(3).copied().collect::<Vec<_>>().join(", ")
        );
        Diag::warning(codes::LIKELY_MISSING_CODE, Place::column(table.file(), names[0]), message).help(
            "it is counted as unreadable; the project's XML document (ODM), given as definition, declares its missing-data codes",
        )
    };
    likely.map(note).collect()
}

/// Says that dates may be shifted where record ids are hashes, as REDCap writes them in a de-identified export.
pub(super) fn shifted_dates(table: &RawTable, record: usize) -> Option<Diag> {
    const SHORTEST_HASH: usize = 32;
    let is_hash = |id: &str| id.len() >= SHORTEST_HASH && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut ids = table.column(record).flatten().map(str::trim).peekable();
    ids.peek()?;
    if !ids.all(is_hash) {
        return None;
    }
    let place = Place::column(table.file(), table.names().get(record)?);
    let message = "record ids are hashes, so the export was likely de-identified, with the dates of each record shifted";
    Some(
        Diag::warning(codes::DATES_SHIFTED, place, message)
            .help("intervals between dates of one record hold; days, months and waves do not"),
    )
}

/// Whether a text can be a code for missing values: letters, digits, `.`, `-` and `_`.
fn is_code(cell: &str) -> bool {
    let made_of = cell.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    !cell.is_empty() && cell.len() <= LONGEST_CODE && made_of
}

/// Whether a text is what a field takes. A field of free text takes everything.
fn takes(field: &Field, cell: &str, cells: Cells) -> bool {
    match field.kind {
        Kind::OneOf | Kind::YesNo | Kind::TrueFalse => {
            let is_logical = matches!(cell, "TRUE" | "FALSE");
            is_logical || find_choice(&field.choices, cell, cells == Cells::Codes).is_some()
        }
        Kind::Slider => number(cell),
        Kind::Text if holds_numbers(&field.validation) => number(cell),
        Kind::Text if holds_dates(&field.validation) => is_date(cell),
        _ => true,
    }
}
