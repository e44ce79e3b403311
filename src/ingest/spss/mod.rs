//! SPSS system files: `.sav`, uncompressed or compressed by bytes, and `.zsav`.
//!
//! The dictionary comes first: records of variables, labels and extensions, as they stand ([`dictionary`]). Variables
//! are made of them when all are known ([`variables`]); then the cases are read one by one ([`cases`]).

mod cases;
mod dictionary;
mod extensions;
mod formats;
mod sets;
mod variables;
mod zlib;

use crate::diag::FileId;

use super::Platform;
use super::labelled::Dataset;
use super::labelled::bytes::Fault;

/// Whether a file starts as an SPSS system file does.
pub(super) fn detect(bytes: &[u8]) -> bool {
    bytes.starts_with(b"$FL2") || bytes.starts_with(b"$FL3")
}

/// Reads a system file.
pub(super) fn read(file: &FileId, bytes: &[u8]) -> Result<Dataset, Fault> {
    let dictionary = dictionary::read(bytes)?;
    let mut texts = extensions::encoding(&dictionary);
    let mut made = variables::make(&dictionary, &mut texts)?;
    let sets = sets::read(&dictionary, &made, &mut texts);
    let mut notes = sets.notes(file);
    let table = cases::read(file, &dictionary, &mut made, &mut texts)?;
    notes.extend(made.notes(file));
    notes.extend(texts.notes(file));
    let compressed = match dictionary.compression {
        dictionary::Compression::None => "not compressed",
        dictionary::Compression::Bytes => "compressed",
        dictionary::Compression::Zlib => "compressed by zlib",
    };
    let mark = if bytes.starts_with(b"$FL3") { "$FL3" } else { "$FL2" };
    Ok(Dataset {
        platform: Platform::Spss,
        evidence: format!("the file starts with {mark}, as an SPSS system file does; it is {compressed}"),
        weight: made.weight(&dictionary),
        variables: made.into_variables(),
        table,
        sets: sets.sets,
        notes,
    })
}
