//! `canvass inspect`.

mod invitations;
mod json;
mod text;

use crate::diag::{Diag, FileId, Noted, Sources};
use crate::ingest::invitations::Invitations;
use crate::ingest::{self, Contents};
use crate::inspect::{Report, inspect as report_on};
use crate::io::{Disk, Source as _};
use crate::pipeline::Stopped;

use super::args::Inspect;
use super::exit::{DONE, FAILED};
use super::export::is_there;
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
    let there = is_there(&file);
    let definition = options.definition.as_ref().map(|name| {
        let file = FileId::new(name);
        Disk.read(&file).map(|bytes| (file, bytes))
    });
    let definition = match (there, definition.transpose()) {
        (Ok(()), Ok(definition)) => definition,
        (there, definition) => return Err(there.err().into_iter().chain(definition.err()).collect()),
    };
    let given = definition.as_ref().map(|(file, bytes)| (file, bytes.as_slice()));
    ui.progress(&format!("reading {}", file.short()));
    let export = match ingest::contents(&file, &|| Disk.open(&file), given)? {
        Contents::Invitations(list) => return Ok(Read::Invitations(list)),
        Contents::Export(export) => export,
    };
    let mut notes = Vec::new();
    let export = export.note_into(&mut notes);
    ui.progress("counting the answers");
    Ok(Read::Export(Box::new(report_on(&export, notes))))
}
