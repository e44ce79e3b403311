//! Bytes to a table of texts, and to the instrument that the file or its definition tells.
//!
//! Ingest knows headers, ids and layouts. It never interprets an answer: cells stay the texts that they were.

mod blocks;
mod column;
mod container;
mod damage;
mod delimited;
mod detect;
mod dictionary;
mod encoding;
mod export;
mod google_forms;
pub mod grid;
mod identity;
mod infer;
pub mod invitations;
mod labelled;
mod microsoft_forms;
pub mod plain;
mod qsf;
mod qualtrics;
mod raw;
pub mod redcap;
mod spss;
mod stata;
mod surveymonkey;
mod workbook;

pub use column::Distinct;
pub use export::{Cells, Export, FormColumns, Metadata, Platform, RowKinds};
pub use grid::{Grid, Record};
pub use raw::{RawTable, TableBuilder};

use crate::codebook::wording;
use crate::diag::{Diag, FileId, Noted, Place, codes};

/// Reads an export, and the instrument from its definition where one is given.
///
/// `definition` is the survey's `.qsf` for Qualtrics, and the data dictionary or the ODM document for REDCap. A Qualtrics
/// export of codes and one of choice texts explain each other, so the one may also be given as the definition of the
/// other. Fails only where nothing sensible can be read: no table, or a definition that is unreadable or of another survey.
pub fn read(
    file: &FileId,
    bytes: &[u8],
    definition: Option<(&FileId, &[u8])>,
) -> Result<Noted<Export>, Vec<Diag>> {
    if let Some(read) = labelled::read(file, bytes, definition.map(|(definition, _)| definition)) {
        return read;
    }
    let mut notes = Vec::new();
    if redcap::is_odm(file, bytes) {
        let text = container::decoded(file, bytes).note_into(&mut notes);
        let value = redcap::read_odm(file, &text, definition)?.note_into(&mut notes);
        return Ok(Noted { value, notes });
    }
    let grid = grid::read(file, bytes)?.note_into(&mut notes);
    let place = || Place::file(file);
    let export = match detect::kind(&grid) {
        detect::Kind::Qualtrics => qualtrics::read(&grid, definition)?,
        detect::Kind::Redcap => redcap::read(&grid, definition)?,
        detect::Kind::Dictionary => {
            let diag = Diag::error(
                codes::FORMAT_UNKNOWN,
                place(),
                format!("{file} is a data dictionary, not answers"),
            );
            let help =
                "it belongs beside the export: --definition, or definition = \"...\" in the study file";
            return Err(vec![diag.help(help)]);
        }
        detect::Kind::Invitations(list) => {
            let message = format!("{file} is a {}, not answers", list.words());
            let diag = Diag::error(codes::FORMAT_UNKNOWN, place(), message);
            let help = "it says who was invited: invited = { roster = \"...\" } in the study file";
            return Err(vec![diag.help(help)]);
        }
        detect::Kind::SurveyMonkey => {
            defined_by_nothing(file, definition)?;
            surveymonkey::read(&grid)?
        }
        detect::Kind::GoogleForms => {
            defined_by_nothing(file, definition)?;
            google_forms::read(&grid)?
        }
        detect::Kind::MicrosoftForms => {
            defined_by_nothing(file, definition)?;
            microsoft_forms::read(&grid)?
        }
        detect::Kind::Plain => {
            defined_by_nothing(file, definition)?;
            plain::read(&grid)
        }
    };
    let mut value = export.note_into(&mut notes);
    identity::complete(&mut value);
    notes.extend(damage::notes(&value));
    Ok(Noted { value, notes })
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
