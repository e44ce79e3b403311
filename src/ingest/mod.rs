//! Bytes to a table of texts, and to the instrument that the file or its definition tells.
//!
//! Ingest knows headers, ids and layouts. It never interprets an answer: cells stay the texts that they were.

mod container;
mod delimited;
mod detect;
mod encoding;
mod export;
pub mod grid;
mod qsf;
mod qualtrics;
mod raw;
mod wording;
mod workbook;

pub use export::{Cells, Export, Metadata, Platform};
pub use grid::{Grid, Record};
pub use raw::{RawTable, TableBuilder};

use crate::diag::{Diag, FileId, Noted, Place, codes};

/// Reads an export, and the instrument from its definition where one is given.
///
/// `definition` is the survey's `.qsf` for Qualtrics and the data dictionary for REDCap. Fails only where nothing
/// sensible can be read: no table, or a definition that is unreadable or of another survey.
pub fn read(
    file: &FileId,
    bytes: &[u8],
    definition: Option<(&FileId, &[u8])>,
) -> Result<Noted<Export>, Vec<Diag>> {
    let mut notes = Vec::new();
    let grid = grid::read(file, bytes)?.note_into(&mut notes);
    let export = match detect::kind(&grid) {
        detect::Kind::Qualtrics => qualtrics::read(&grid, definition)?,
        detect::Kind::Plain => {
            let message = format!("nothing in {file} says which platform wrote it");
            return Err(vec![Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), message)]);
        }
    };
    let value = export.note_into(&mut notes);
    Ok(Noted { value, notes })
}
