//! Data files that carry their own codebook: what SPSS and Stata files have in common.
//!
//! Their readers turn bytes into a [`Dataset`]; here its variables become questions. Cells hold codes, as the file
//! does, and the line of a row is the number of its case.

pub(in crate::ingest) mod bytes;
mod form;
mod questions;
mod refused;
mod sets;
pub(in crate::ingest) mod texts;
pub(in crate::ingest) mod written;

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::{Cells, Export, Platform, RawTable, qualtrics, spss, stata};

use bytes::Fault;

/// A file of cases and variables with their labels.
#[derive(Debug)]
pub(in crate::ingest) struct Dataset {
    /// Which program's format it has.
    pub(in crate::ingest) platform: Platform,
    /// How that is known.
    pub(in crate::ingest) evidence: String,
    /// The variables, one for each column of the table.
    pub(in crate::ingest) variables: Vec<Variable>,
    /// The cases.
    pub(in crate::ingest) table: RawTable,
    /// The multiple-response sets.
    pub(in crate::ingest) sets: Vec<Set>,
    /// The variable by which the file says that cases are weighted.
    pub(in crate::ingest) weight: Option<usize>,
    /// What was noted while reading it.
    pub(in crate::ingest) notes: Vec<Diag>,
}

/// A variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Variable {
    /// Its name.
    pub(in crate::ingest) name: String,
    /// Its label; empty if it has none.
    pub(in crate::ingest) label: String,
    /// What its cells hold.
    pub(in crate::ingest) kind: Kind,
    /// The labels of its values in the order of the file, each with the text that a cell with the value has.
    pub(in crate::ingest) labels: Vec<(String, String)>,
    /// The texts of cells whose value is declared as missing.
    pub(in crate::ingest) missing: Vec<String>,
    /// How its values are measured, where the file says so.
    pub(in crate::ingest) measure: Option<Measure>,
}

/// What the cells of a variable hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Kind {
    /// Numbers.
    Number,
    /// Texts.
    Text,
    /// Dates or times.
    Date,
}

/// How the values of a variable are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Measure {
    /// As names.
    Nominal,
    /// As an order.
    Ordinal,
    /// As amounts.
    Scale,
}

/// A multiple-response set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Set {
    /// Its name, without the sign before it.
    pub(in crate::ingest) name: String,
    /// Its label; empty if it has none.
    pub(in crate::ingest) label: String,
    /// Its variables, by position.
    pub(in crate::ingest) columns: Vec<usize>,
    /// How its variables are to be read.
    pub(in crate::ingest) kind: SetKind,
}

/// How the variables of a multiple-response set are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) enum SetKind {
    /// Each variable holds one of the same categories.
    Categories,
    /// Each variable is a box that holds this value where it is ticked.
    Dichotomies {
        /// The value, as a cell has it.
        counted: String,
        /// Whether the boxes are named by the label of that value, not by the labels of the variables.
        named_by_value: bool,
    },
}

/// Whether bytes begin as such a file does, read or refused.
pub(in crate::ingest) fn detect(file: &FileId, start: &[u8]) -> bool {
    spss::detect(start) || stata::detect(start) || refused::why(file, start).is_some()
}

/// Reads a file that carries its own codebook, or says why such a file is not read; `None` if it is of another kind.
pub(in crate::ingest) fn read(
    file: &FileId,
    bytes: &[u8],
    definition: Option<&FileId>,
) -> Option<Result<Noted<Export>, Vec<Diag>>> {
    let read = if spss::detect(bytes) {
        spss::read
    } else if stata::detect(bytes) {
        stata::read
    } else {
        return refused::why(file, bytes).map(|diag| Err(vec![diag]));
    };
    if let Some(definition) = definition {
        let message = format!("{file} carries its own codebook, so {definition} defines nothing in it");
        let diag = Diag::error(codes::DEFINITION_MISMATCH, Place::file(file), message);
        return Some(Err(vec![diag.help("leave the definition out")]));
    }
    Some(match read(file, bytes) {
        Ok(dataset) => Ok(export(dataset)),
        Err(fault) => Err(vec![damaged(file, &fault)]),
    })
}

fn damaged(file: &FileId, fault: &Fault) -> Diag {
    let message = format!("{file} is damaged: {}", fault.0);
    Diag::error(codes::FILE_DAMAGED, Place::file(file), message)
        .help("copy or download it again; if the program that wrote it can open it, save it again from there")
}

fn export(dataset: Dataset) -> Noted<Export> {
    let mut notes = dataset.notes;
    let understood = questions::understand(&dataset.variables, &dataset.sets, &dataset.table);
    notes.extend(understood.notes);
    if let Some(weight) = dataset.weight.and_then(|column| dataset.variables.get(column)) {
        let message =
            format!("the file says that cases are weighted by {}; no weight is applied", weight.name);
        let place = Place::column(dataset.table.file(), &weight.name);
        let help = "shares and means are of the cases as they are, which are not those of the weighted file";
        notes.push(Diag::warning(codes::ASSUMED, place, message).help(help));
    }
    let mut export = Export::of_rows(dataset.platform, dataset.evidence, 0, dataset.table);
    export.cells = Cells::Codes;
    export.instrument.questions = understood.questions;
    export.identifiers = understood.identifiers;
    by_qualtrics(&mut export);
    for (column, variable) in dataset.variables.iter().enumerate().filter(|(_, v)| !v.missing.is_empty()) {
        let label = |code: &String| variable.label_of(code).unwrap_or(code).to_owned();
        let declared = variable.missing.iter().map(|code| (code.clone(), label(code))).collect();
        export.missing_codes_in.insert(column, declared);
    }
    for (column, codes) in understood.off_scale {
        export.missing_codes_in.entry(column).or_default().extend(codes);
    }
    Noted { value: export, notes }
}

/// Takes out what Qualtrics writes about a response, which it does under the same names in a data file.
fn by_qualtrics(export: &mut Export) {
    let Some((metadata, identifiers, about)) = qualtrics::of_names(export.table.names()) else { return };
    export
        .instrument
        .questions
        .retain(|question| question.form.columns().iter().any(|column| !about.contains(column)));
    for column in identifiers {
        if !export.identifiers.contains(&column) {
            export.identifiers.push(column);
        }
    }
    export.identifiers.sort_unstable();
    export.metadata = metadata;
    export.evidence.push_str(", and variables have the names that Qualtrics gives");
}

impl Variable {
    /// The label of a value.
    pub(in crate::ingest) fn label_of(&self, code: &str) -> Option<&String> {
        self.labels.iter().find(|(known, _)| known == code).map(|(_, label)| label)
    }

    /// Whether a value is declared as missing.
    pub(in crate::ingest) fn is_missing(&self, code: &str) -> bool {
        self.missing.iter().any(|missing| missing == code)
    }

    /// The wording: the label, or the name of a variable that has none.
    pub(in crate::ingest) fn wording(&self) -> String {
        let label = crate::codebook::wording::plain(&self.label);
        if label.is_empty() { self.name.clone() } else { label }
    }
}
