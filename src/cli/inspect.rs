//! `canvass inspect`.

mod invitations;
mod json;
mod text;

use crate::diag::{Diag, FileId, Noted, Sources};
use crate::ingest;
use crate::ingest::invitations::Invitations;
use crate::inspect::{Report, inspect as report_on};
use crate::io::{Disk, Source as _};
use crate::pipeline::Stopped;

use super::args::Inspect;
use super::exit::{DONE, FAILED};
use super::export::read_export;
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
    let bytes = read_export(&file);
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
