//! REDCap: exports of codes or labels, with or without their definition, and whole projects as ODM documents.

mod choices;
mod columns;
mod data;
mod dictionary;
mod doubts;
mod logic;
mod odm;
mod questions;
mod structure;
mod undefined;
mod values;

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::{Export, Grid, container};

/// Recognises a REDCap export by its header; says in words how.
pub fn detect(grid: &Grid) -> Option<String> {
    data::detect(grid)
}

/// Whether a table is a data dictionary: the definition of an export, given in place of the export itself.
pub fn is_dictionary(grid: &Grid) -> bool {
    dictionary::is_dictionary(grid)
}

/// Whether a file is an ODM document, by its beginning.
pub(super) fn is_odm(file: &FileId, bytes: &[u8]) -> bool {
    const BEGINNING: usize = 4096;
    odm::is_odm(&container::decoded(file, &bytes[..bytes.len().min(BEGINNING)]).value)
}

/// Reads an export, with its data dictionary or ODM document if there is one.
///
/// Fails if the definition cannot be read, or is plainly that of another project.
pub fn read(grid: &Grid, definition: Option<(&FileId, &[u8])>) -> Result<Noted<Export>, Vec<Diag>> {
    let Some((file, bytes)) = definition else {
        return if values::detect(grid) {
            Err(vec![values::needs_dictionary(grid)])
        } else {
            Ok(undefined::read(grid))
        };
    };
    let mut notes = Vec::new();
    let dictionary = if is_odm(file, bytes) {
        let text = container::decoded(file, bytes).note_into(&mut notes);
        odm::read(file, &text, false)?.note_into(&mut notes).dictionary
    } else {
        dictionary::read(file, bytes)?.note_into(&mut notes)
    };
    let value = data::read(grid, &dictionary)?.note_into(&mut notes);
    Ok(Noted { value, notes })
}

/// Reads a project's ODM document, which holds its own definition.
///
/// Fails if the document cannot be read, was written by another system than REDCap, or holds no answers.
pub(super) fn read_odm(
    file: &FileId,
    text: &str,
    definition: Option<(&FileId, &[u8])>,
) -> Result<Noted<Export>, Vec<Diag>> {
    if let Some((definition, _)) = definition {
        let message = format!("{file} defines its own questions, so {definition} defines nothing in it");
        let diag = Diag::error(codes::DEFINITION_MISMATCH, Place::file(file), message);
        return Err(vec![diag.help("leave the definition out")]);
    }
    let mut notes = Vec::new();
    let project = odm::read(file, text, true)?.note_into(&mut notes);
    let Some(table) = project.table else {
        let message = format!("{file} is the definition of a project, not answers");
        let diag = Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), message);
        let help = "it belongs beside the export: --definition, or definition = \"...\" in the study file; or export it with the data";
        return Err(vec![diag.help(help)]);
    };
    let value = data::of_document(table, &project.dictionary).note_into(&mut notes);
    Ok(Noted { value, notes })
}
