//! The first half of every command about a study: find it, compute it, render it.

use std::collections::BTreeMap;

use crate::diag::{Diag, FileId, Sources};
use crate::io::Disk;
use crate::pipeline::{Outcome, Stopped, compute, render, study_file};
use crate::study::{Spanned, Study};

use super::notes::short;
use super::ui::Ui;

/// A study computed and rendered, with what was noted while rendering.
pub(super) struct Rendered {
    pub(super) outcome: Outcome,
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) notes: Vec<Diag>,
}

/// Computes the study that a name means.
pub(super) fn computed(name: &str, ui: &Ui) -> Result<Outcome, Stopped> {
    let file = study_file(&Disk, name)?;
    compute(&Disk, &file, &|what| ui.progress(what))
}

/// Computes a study and renders every file of its run.
pub(super) fn rendered(name: &str, ui: &Ui) -> Result<Rendered, Stopped> {
    let outcome = computed(name, ui)?;
    let files = render(&outcome, &Disk, &|what| ui.progress(what))?;
    Ok(Rendered { outcome, files: files.value, notes: files.notes })
}

/// Where the outputs of a study stand.
pub(super) fn output_folder(out: Option<&str>, outcome: &Outcome) -> FileId {
    match out {
        Some(folder) => FileId::new(folder.trim_end_matches('/')),
        None => FileId::new(&format!("output/{}", outcome.study.id)),
    }
}

/// What the study file says is still to be decided, each with its line.
pub(super) fn to_decide(study: &Study, sources: &Sources) -> Vec<String> {
    let place = |open: &Spanned<String>| {
        let place = study.place(&open.span).on_its_line(sources);
        short(&place)
    };
    study.to_decide.iter().map(|open| format!("{}: {}", place(open), open.value)).collect()
}
