//! Bytes to a table of texts, and to the instrument that the file or its definition tells.
//!
//! Ingest knows headers, ids and layouts. It never interprets an answer: cells stay the texts that they were.

mod archive;
mod blocks;
mod column;
mod container;
mod course;
mod damage;
mod delimited;
mod detect;
mod encoding;
mod export;
mod google_forms;
pub mod grid;
mod header;
mod identity;
mod infer;
pub mod invitations;
mod kobo;
mod labelled;
mod limesurvey;
mod logic;
mod microsoft_forms;
mod placing;
pub mod plain;
mod qsf;
mod qualtrics;
mod raw;
pub mod redcap;
mod split;
mod spss;
mod stata;
mod surveymonkey;
#[cfg(test)]
mod told;
mod workbook;
mod xlsform;

pub use column::Distinct;
pub use container::Open;
pub use export::yes_or_no;
pub use export::{Cells, Export, FormColumns, Metadata, Platform, RowKinds};
pub use grid::{Grid, Record};
pub use identity::column_tells_who;
pub use raw::{RawTable, TableBuilder};

use crate::codebook::wording;
use crate::diag::{Diag, FileId, Noted, Place, codes};
use container::Opened;
use invitations::Invitations;

/// Reads an export, and the instrument from its definition where one is given.
///
/// `definition` is the survey's `.qsf` for Qualtrics, the data dictionary or the ODM document for REDCap, the XLSForm for
/// KoboToolbox and ODK, and the `.lss` or tab-separated structure for LimeSurvey. A Qualtrics export of codes and one of
/// choice texts explain each other, so the one may also be given as the definition of the other. Fails only where nothing
/// sensible can be read: no table, or a definition that is unreadable or of another survey.
pub fn read(
    file: &FileId,
    bytes: &[u8],
    definition: Option<(&FileId, &[u8])>,
) -> Result<Noted<Export>, Vec<Diag>> {
    read_from(file, &|| Ok(Box::new(bytes)), definition)
}

/// The same of a file that is not held in memory while it is read, unless it is a workbook or a document.
pub fn read_from<'a>(
    file: &FileId,
    open: &'a Open<'a>,
    definition: Option<(&FileId, &[u8])>,
) -> Result<Noted<Export>, Vec<Diag>> {
    read_sheet(file, open, None, definition)
}

/// The same of the sheet of this name, if the file is a workbook.
pub fn read_sheet<'a>(
    file: &FileId,
    open: &'a Open<'a>,
    sheet: Option<&str>,
    definition: Option<(&FileId, &[u8])>,
) -> Result<Noted<Export>, Vec<Diag>> {
    match found(file, open, sheet, definition)? {
        Found::Document(export) => Ok(*export),
        Found::Table(grid) => of_grid(grid, definition),
    }
}

/// What a file is, before anybody asks what a table says.
enum Found {
    Document(Box<Noted<Export>>),
    Table(Noted<Grid>),
}

fn found<'a>(
    file: &FileId,
    open: &'a Open<'a>,
    sheet: Option<&str>,
    definition: Option<(&FileId, &[u8])>,
) -> Result<Found, Vec<Diag>> {
    let opened = Opened::of(file, open).map_err(|diag| vec![diag])?;
    if opened.is_document(file) {
        if let Some(sheet) = sheet {
            return Err(vec![workbook::no_such_sheet(file, sheet, &[])]);
        }
        let bytes = opened.whole(file).map_err(|diag| vec![diag])?;
        if let Some(export) = document(file, &bytes, definition) {
            return export.map(|export| Found::Document(Box::new(export)));
        }
    }
    grid::read_opened(file, &opened, sheet).map(Found::Table)
}

/// Reads a document that holds answers and their definition in one, if it is one that is known.
fn document(
    file: &FileId,
    bytes: &[u8],
    definition: Option<(&FileId, &[u8])>,
) -> Option<Result<Noted<Export>, Vec<Diag>>> {
    if let Some(read) = labelled::read(file, bytes, definition.map(|(definition, _)| definition)) {
        return Some(read);
    }
    if redcap::is_odm(file, bytes) {
        let mut notes = Vec::new();
        let text = container::decoded(file, bytes).note_into(&mut notes);
        let export = redcap::read_odm(file, &text, definition);
        return Some(export.map(|export| Noted { value: export.note_into(&mut notes), notes }));
    }
    if limesurvey::is_lss(file, bytes) {
        return Some(Err(vec![structure_as_answers(file)]));
    }
    None
}

/// What a file turned out to hold.
#[derive(Debug)]
pub enum Contents {
    /// Answers.
    Export(Box<Noted<Export>>),
    /// A list of those who were asked.
    Invitations(Noted<Invitations>),
}

/// Reads a file of which it is not known whether it holds answers.
pub fn contents<'a>(
    file: &FileId,
    open: &'a Open<'a>,
    definition: Option<(&FileId, &[u8])>,
) -> Result<Contents, Vec<Diag>> {
    let mut grid = match found(file, open, None, definition)? {
        Found::Document(export) => return Ok(Contents::Export(export)),
        Found::Table(grid) => grid,
    };
    if let Some(mut list) = invitations::of_grid(&grid.value, |_| true) {
        grid.notes.append(&mut list.notes);
        return Ok(Contents::Invitations(Noted { value: list.value, notes: grid.notes }));
    }
    Ok(Contents::Export(Box::new(of_grid(grid, definition)?)))
}

/// Reads the export that a grid holds.
pub fn of_grid(grid: Noted<Grid>, definition: Option<(&FileId, &[u8])>) -> Result<Noted<Export>, Vec<Diag>> {
    let mut notes = Vec::new();
    let grid = grid.note_into(&mut notes);
    let mut value = exported(&grid, definition)?.note_into(&mut notes);
    identity::complete(&mut value);
    notes.extend(damage::notes(&value));
    Ok(Noted { value, notes })
}

/// Has the reader of its platform read a grid.
fn exported(grid: &Grid, definition: Option<(&FileId, &[u8])>) -> Result<Noted<Export>, Vec<Diag>> {
    use detect::Kind;

    let file = grid.file();
    let defined_by = |is: fn(&FileId, &[u8]) -> bool| definition.is_some_and(|(file, bytes)| is(file, bytes));
    match detect::kind(grid) {
        Kind::Qualtrics => qualtrics::read(grid, definition),
        Kind::Redcap => redcap::read(grid, definition),
        Kind::Kobo => kobo::read(grid, definition),
        Kind::LimeSurvey => limesurvey::read(grid, definition),
        // The form says what the columns are, whatever became of those that the platform adds.
        Kind::Plain if defined_by(kobo::is_form) => kobo::read(grid, definition),
        Kind::Plain if defined_by(limesurvey::is_structure) => limesurvey::read(grid, definition),
        kind @ (Kind::SurveyMonkey | Kind::GoogleForms | Kind::MicrosoftForms | Kind::Plain) => {
            defined_by_nothing(file, definition)?;
            match kind {
                Kind::SurveyMonkey => surveymonkey::read(grid),
                Kind::GoogleForms => google_forms::read(grid),
                Kind::MicrosoftForms => microsoft_forms::read(grid),
                _ => Ok(plain::read(grid)),
            }
        }
        Kind::SurveyStructure => Err(vec![structure_as_answers(file)]),
        Kind::XlsForm => Err(vec![not_answers(file, "an XLSForm", DEFINES)]),
        Kind::Dictionary => Err(vec![not_answers(file, "a data dictionary", DEFINES)]),
        Kind::Invitations(list) => Err(vec![not_answers(
            file,
            &format!("a {}", list.words()),
            "it says who was invited: invited = { roster = \"...\" } in the study file",
        )]),
    }
}

/// Refuses a definition beside an export whose platform has none.
fn defined_by_nothing(file: &FileId, definition: Option<(&FileId, &[u8])>) -> Result<(), Vec<Diag>> {
    let Some((definition, _)) = definition else { return Ok(()) };
    let message = format!(
        "no platform that wrote {file} by its marks has definitions, so {definition} defines nothing in it"
    );
    let diag = Diag::error(codes::DEFINITION_MISMATCH, Place::file(file), message);
    let help =
        "give the export as the platform wrote it, with all its header rows, or leave the definition out";
    Err(vec![diag.help(help)])
}

/// Where a definition goes.
const DEFINES: &str = "it belongs beside the export: --definition, or definition = \"...\" in the study file";

/// What to say where something else is given in place of answers.
fn not_answers(file: &FileId, what: &str, help: &str) -> Diag {
    let message = format!("{file} is {what}, not answers");
    Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), message).help(help)
}

fn structure_as_answers(file: &FileId) -> Diag {
    not_answers(file, "the structure of a LimeSurvey survey", DEFINES)
}
