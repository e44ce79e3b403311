//! How many header rows an export has, and what they say.

use std::collections::BTreeSet;

use crate::diag::{Diag, Place, codes};
use crate::ingest::grid::{Grid, Record};
use crate::ingest::header::letters;
use crate::ingest::wording;

use super::import_id::{self, ImportId};
use super::metadata;

/// The header of an export.
#[derive(Debug)]
pub(super) struct Header {
    /// The number of header rows.
    pub(super) rows: usize,
    /// The names of the columns, as they stand.
    pub(super) names: Vec<String>,
    /// The texts below the names, plain; the names where that row is missing.
    pub(super) labels: Vec<String>,
    /// What the row of import ids says, where there is one.
    pub(super) ids: Option<Vec<Option<ImportId>>>,
    /// Which exporter wrote it.
    pub(super) generation: Generation,
}

/// The exporters, told apart by their headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Generation {
    /// Import ids as JSON.
    Modern,
    /// Import ids in single quotes, 2016 to 2020.
    Transitional,
    /// `V1` to `V10` and no import ids.
    Legacy,
    /// Names of the modern exporter without its row of import ids.
    NamesOnly,
}

/// How many records are looked at for the end of the header.
const LOOKED_AT: usize = 4;

impl Header {
    /// Reads the header if the export is Qualtrics'.
    pub(super) fn of(grid: &Grid) -> Option<Self> {
        let first = grid.record(0)?;
        let names: Vec<String> = first.cells().map(str::to_owned).collect();
        let id_row = (1..LOOKED_AT).find(|row| grid.record(*row).is_some_and(holds_import_ids));
        let is_legacy = id_row.is_none() && is_legacy(grid, &names);
        let (rows, ids) = match id_row {
            Some(row) => {
                (row + 1, grid.record(row).map(|record| record.cells().map(import_id::parse).collect()))
            }
            None => (named_header_rows(grid, &names, is_legacy)?, None),
        };
        let has_texts = if id_row.is_some() { rows > 2 } else { rows > 1 };
        let labels = match grid.record(1) {
            Some(texts) if has_texts => texts.cells().map(wording::plain).collect(),
            _ => names.clone(),
        };
        let single_quoted = |row: usize| {
            grid.record(row).is_some_and(|record| record.cells().any(|cell| cell.starts_with("{'")))
        };
        let generation = match id_row {
            Some(row) if single_quoted(row) => Generation::Transitional,
            Some(_) => Generation::Modern,
            None if is_legacy => Generation::Legacy,
            None => Generation::NamesOnly,
        };
        Some(Self { rows, names, labels, ids, generation })
    }

    /// How it is known that this is Qualtrics', in words.
    pub(super) fn evidence(&self) -> String {
        match self.generation {
            Generation::Modern => format!("row {} holds ImportId objects", self.rows),
            Generation::Transitional => {
                format!("row {} holds ImportIds in single quotes, as exports of 2016 to 2020 did", self.rows)
            }
            Generation::Legacy => "columns V1 to V10 are those of the exporter before 2017".to_owned(),
            Generation::NamesOnly => {
                "columns are named as Qualtrics names them, without the row of ImportIds".to_owned()
            }
        }
    }

    /// What is missing in the header, and what names repeat.
    pub(super) fn notes(&self, grid: &Grid) -> Vec<Diag> {
        let mut notes = Vec::new();
        let full = if self.ids.is_some() { 3 } else { 2 };
        if self.rows < full {
            let message = "the row of question texts is missing; wordings are the names of the columns";
            let diag = Diag::warning(codes::ASSUMED, Place::file(grid.file()), message);
            notes.push(diag.help("export again without deleting header rows, or give the survey's .qsf"));
        }
        if self.ids.is_none() {
            let message = "there is no row of ImportIds; columns are grouped to questions by their names";
            let diag = Diag::note(codes::ASSUMED, Place::file(grid.file()), message);
            notes.push(diag.help("give the survey's .qsf, or export again with three header rows"));
        }
        notes.extend(self.zone(grid));
        notes.extend(self.same_ids(grid));
        let mut sorted: Vec<&str> =
            self.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        sorted.sort_unstable();
        for same in sorted.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
            let twins = self.is_label_twin(same[0]);
            if !twins {
                let message = format!("{} columns are named {}", same.len(), same[0]);
                notes.push(Diag::note(codes::DUPLICATE_COLUMN, Place::column(grid.file(), same[0]), message));
            }
        }
        notes
    }

    /// In which time zone dates are written.
    fn zone(&self, grid: &Grid) -> Option<Diag> {
        let of_column = |id: &Option<ImportId>| id.as_ref()?.zone.clone();
        let zones: BTreeSet<String> = self.ids.iter().flatten().filter_map(of_column).collect();
        let zones: Vec<&str> = zones.iter().map(String::as_str).collect();
        let place = Place::file(grid.file());
        match *zones.as_slice() {
            [] => {
                let is_date = |name: &String| ["startdate", "enddate"].contains(&letters(name).as_str());
                let dated = self.names.iter().chain(&self.labels).any(is_date);
                let message =
                    "nothing says in which time zone dates are written; they are kept as they stand";
                let help = "never compare them with the dates of another export of this survey";
                dated.then(|| Diag::note(codes::TIME_ZONE, place, message).help(help))
            }
            [zone] => Some(Diag::note(
                codes::TIME_ZONE,
                place,
                format!("dates are written in the time zone {zone}"),
            )),
            _ => {
                let message = format!("dates are written in several time zones: {}", zones.join(", "));
                let help = "export all dates in one zone; dates of different columns cannot be compared";
                Some(Diag::warning(codes::TIME_ZONE, place, message).help(help))
            }
        }
    }

    /// Columns that have the whole object of another column, so that nothing tells them apart but their place.
    fn same_ids(&self, grid: &Grid) -> Vec<Diag> {
        let mut met: BTreeSet<&ImportId> = BTreeSet::new();
        let mut notes = Vec::new();
        for (id, name) in self.ids.iter().flatten().zip(&self.names) {
            let Some(id) = id else { continue };
            // Points on a picture have more keys than are kept.
            if !id.point && !met.insert(id) {
                let message = format!("column {name} has the ImportId {} of another column", id.id);
                let diag = Diag::warning(codes::DUPLICATE_COLUMN, Place::column(grid.file(), name), message);
                notes.push(
                    diag.help("nothing tells the two apart; where one cell is expected, the first is used"),
                );
            }
        }
        notes
    }

    fn is_label_twin(&self, name: &str) -> bool {
        self.ids.as_ref().is_some_and(|ids| {
            let mut columns = self.names.iter().zip(ids).filter(|(other, _)| *other == name);
            columns.any(|(_, id)| id.as_ref().is_some_and(|id| id.labels))
        })
    }
}

/// Whether a record is the row of import ids. Cells of columns that somebody added are blank or something else.
fn holds_import_ids(record: Record<'_>) -> bool {
    let filled = record.cells().filter(|cell| !cell.trim().is_empty()).count();
    let ids = record.cells().filter(|cell| import_id::parse(cell).is_some()).count();
    ids > 0 && ids * 2 > filled
}

/// Whether columns `V1` to `V10` stand above their texts, or above the id of a response where the texts are gone.
fn is_legacy(grid: &Grid, names: &[String]) -> bool {
    let numbers: Vec<Option<usize>> = names.iter().map(|name| metadata::legacy_number(name)).collect();
    let record = numbers.iter().position(|number| *number == Some(1));
    numbers.iter().flatten().count() >= 3
        && grid.record(1).is_some_and(|second| {
            second.cells().any(|cell| letters(cell) == "responseid")
                || record.is_some_and(|column| is_response_id(second.cell(column)))
        })
}

/// The number of header rows of an export without import ids; `None` if the names are not Qualtrics'.
fn named_header_rows(grid: &Grid, names: &[String], is_legacy: bool) -> Option<usize> {
    let second = grid.record(1);
    if !is_legacy && !metadata::known_names(names) {
        return None;
    }
    let named = |wanted: &'static [&'static str]| {
        let is = move |text: &str| wanted.contains(&letters(text).as_str());
        let below = second.into_iter().flat_map(|record| record.cells().enumerate());
        let columns = names.iter().map(String::as_str).enumerate().chain(below);
        columns.filter(move |(_, text)| is(text)).map(|(column, _)| column).collect::<Vec<usize>>()
    };
    let (mut records, measures) = (named(&["responseid"]), named(MEASURES));
    if is_legacy {
        records.extend(names.iter().position(|name| metadata::legacy_number(name) == Some(1)));
    }
    let is_data = |row: &Record<'_>| {
        records.iter().any(|column| is_response_id(row.cell(*column)))
            || measures.iter().any(|column| is_measure(row.cell(*column)))
    };
    let first_data = (1..LOOKED_AT).find(|row| grid.record(*row).is_some_and(|row| is_data(&row)));
    // Without any data a second record can only be the texts.
    Some(first_data.unwrap_or(if second.is_some() { 2 } else { 1 }))
}

fn is_response_id(cell: &str) -> bool {
    cell.strip_prefix("R_")
        .is_some_and(|id| id.len() >= 10 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Columns of numbers, dates and flags, folded: their texts in any language hold no digit.
const MEASURES: &[&str] = &[
    "recordeddate",
    "startdate",
    "enddate",
    "progress",
    "durationinseconds",
    "finished",
    "locationlatitude",
    "locationlongitude",
];

/// Whether a cell is a number, a date or a flag, as exported or as a spreadsheet rewrote it.
fn is_measure(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit())
        || cell.eq_ignore_ascii_case("true")
        || cell.eq_ignore_ascii_case("false")
}
