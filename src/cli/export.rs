//! The file that a person names as an export.

use crate::diag::{Diag, FileId, Place, codes};
use crate::io::{Disk, Source as _};

/// Whether an export can be read, or what to say of a folder or a file that cannot.
pub(super) fn is_there(file: &FileId) -> Result<(), Diag> {
    match Disk.folder(file) {
        Some(names) => Err(is_folder(file, &names)),
        None => Disk.open(file).map(drop),
    }
}

/// Reads an export; of a folder says which file was perhaps meant.
pub(super) fn read_export(file: &FileId) -> Result<Vec<u8>, Diag> {
    match Disk.folder(file) {
        Some(names) => Err(is_folder(file, &names)),
        None => Disk.read(file),
    }
}

/// Endings of files that can be an export.
const EXPORTS: [&str; 12] =
    [".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".sav", ".zsav", ".dta", ".xml", ".zip"];
/// How many files of a folder are named.
const FILES_NAMED: usize = 8;

/// What to say of a folder: which file was perhaps meant.
fn is_folder(folder: &FileId, names: &[String]) -> Diag {
    let message = format!("{folder} is a folder; give the export file");
    let diag = Diag::error(codes::FILE_UNREADABLE, Place::file(folder), message);
    if names.iter().any(|name| name == "study.toml") {
        return diag.help(format!(
            "it holds a study, whose study.toml names its exports: inspect one of those, or canvass run {folder}"
        ));
    }
    let exports: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| EXPORTS.iter().any(|ending| name.to_lowercase().ends_with(ending)))
        .collect();
    let named = exports.iter().take(FILES_NAMED).copied().collect::<Vec<_>>().join(", ");
    match exports.len() {
        0 => diag.help("no file directly in it looks like an export (.csv, .xlsx, .sav, .dta, .zip)"),
        n if n > FILES_NAMED => diag.help(format!("in it: {named} and {} more", n - FILES_NAMED)),
        _ => diag.help(format!("in it: {named}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_said_to_be_one_with_what_is_in_it() {
        let help = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let diag = is_folder(&FileId::new("data"), &names);
            assert_eq!(diag.message, "data is a folder; give the export file");
            diag.help.unwrap()
        };
        assert_eq!(help(&["a.CSV", "b.xlsx", "notes.md"]), "in it: a.CSV, b.xlsx");
        assert!(help(&["a.csv", "study.toml"]).starts_with("it holds a study"));
        assert!(help(&["notes.md"]).starts_with("no file"));
    }
}
