//! REDCap: exports of codes or labels, with or without the data dictionary.

mod choices;
mod columns;
mod data;
mod dictionary;
mod logic;
mod questions;
mod tokens;
mod undefined;

use crate::diag::{Diag, FileId, Noted};

use super::{Export, Grid};

/// Recognises a REDCap export by its header; says in words how.
pub fn detect(grid: &Grid) -> Option<String> {
    data::detect(grid)
}

/// Whether a table is a data dictionary: the definition of an export, given in place of the export itself.
pub fn is_dictionary(grid: &Grid) -> bool {
    dictionary::is_dictionary(grid)
}

/// Reads an export, with its data dictionary if there is one.
///
/// Fails if the dictionary cannot be read, or is plainly that of another project.
pub fn read(grid: &Grid, definition: Option<(&FileId, &[u8])>) -> Result<Noted<Export>, Vec<Diag>> {
    match definition {
        Some((file, bytes)) => {
            let mut notes = Vec::new();
            let dictionary = dictionary::read(file, bytes)?.note_into(&mut notes);
            let mut export = data::read(grid, &dictionary)?;
            notes.append(&mut export.notes);
            Ok(Noted { value: export.value, notes })
        }
        None => Ok(undefined::read(grid)),
    }
}
