//! `canvass inspect`.

mod invitations;
mod json;
mod text;

use crate::diag::{Diag, FileId, Noted, Place, Sources, codes};
use crate::ingest;
use crate::ingest::invitations::Invitations;
use crate::inspect::{Report, inspect as report_on};
use crate::io::{Disk, Source as _};
use crate::pipeline::Stopped;

use super::args::Inspect;
use super::exit::{DONE, FAILED};
use super::ui::Ui;

pub(super) fn inspect(options: &Inspect, ui: &mut Ui) -> u8 {
    match read(options, ui) {
        Ok(Read::Invitations(list)) => {
            ui.out(&if options.json { invitations::json(&list) } else { invitations::text(&list) });
            DONE
        }
        Ok(Read::Export(report)) => {
            let for_people = || text::text(&report, options.definition.is_some());
            ui.out(&if options.json { json::json(&report) } else { for_people() });
            DONE
        }
        Err(problems) => {
            ui.stopped(&Stopped { problems, sources: Sources::new() });
            FAILED
        }
    }
}

/// What the file is.
enum Read {
    Export(Box<Report>),
    Invitations(Noted<Invitations>),
}

fn read(options: &Inspect, ui: &Ui) -> Result<Read, Vec<Diag>> {
    let file = FileId::new(&options.export);
    if let Some(names) = Disk.folder(&file) {
        return Err(vec![is_folder(&file, &names)]);
    }
    let bytes = Disk.read(&file);
    let definition = options.definition.as_ref().map(|name| {
        let file = FileId::new(name);
        Disk.read(&file).map(|bytes| (file, bytes))
    });
    let (bytes, definition) = match (bytes, definition.transpose()) {
        (Ok(bytes), Ok(definition)) => (bytes, definition),
        (bytes, definition) => return Err(bytes.err().into_iter().chain(definition.err()).collect()),
    };
    let given = definition.as_ref().map(|(file, bytes)| (file, bytes.as_slice()));
    if let Some(list) = ingest::invitations::read(&file, &bytes).ok().flatten() {
        return Ok(Read::Invitations(list));
    }
    let mut notes = Vec::new();
    ui.progress(&format!("reading {}", file.short()));
    let export = ingest::read(&file, &bytes, given)?.note_into(&mut notes);
    ui.progress("counting the answers");
    Ok(Read::Export(Box::new(report_on(&export, notes))))
}

/// Endings of files that can be an export.
const EXPORTS: [&str; 7] = [".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods"];
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
        0 => diag.help("no file directly in it looks like an export (.csv, .tsv, .xlsx)"),
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
