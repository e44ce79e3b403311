//! The first half of every command about a study: find it, compute it, render it.

use std::collections::BTreeMap;

use crate::diag::{Diag, FileId, Sources};
use crate::io::Disk;
use crate::pipeline::{Outcome, Published, Stopped, compute, publish, render, study_file};
use crate::study::{Spanned, Study};

use super::args::Audience;
use super::notes::short;
use super::ui::Ui;

/// A study computed and rendered, with what was noted while rendering.
pub(super) struct Rendered {
    /// Everything that was found.
    pub(super) outcome: Outcome,
    /// What of it is told, if it is told to the public.
    pub(super) published: Option<Published>,
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) notes: Vec<Diag>,
}

/// Computes the study that a name means.
pub(super) fn computed(name: &str, ui: &Ui) -> Result<Outcome, Stopped> {
    let file = study_file(&Disk, name)?;
    compute(&Disk, &file, &|what| ui.progress(what))
}

/// Computes a study and renders every file of its run.
pub(super) fn rendered(name: &str, audience: Audience, ui: &Ui) -> Result<Rendered, Stopped> {
    let outcome = computed(name, ui)?;
    let published = match audience {
        Audience::Private => None,
        Audience::Public => {
            ui.progress("withholding what could tell about single people");
            Some(publish(&outcome)?)
        }
    };
    let told = published.as_ref().map_or(&outcome, |published| &published.outcome);
    let files = render(told, &Disk, &|what| ui.progress(what))?;
    Ok(Rendered { published, files: files.value, notes: files.notes, outcome })
}

/// Where the outputs of a study stand.
pub(super) fn output_folder(out: Option<&str>, audience: Audience, outcome: &Outcome) -> FileId {
    match (out, audience) {
        (Some(folder), _) => FileId::new(folder.trim_end_matches('/')),
        (None, Audience::Private) => FileId::new(&format!("output/{}", outcome.study.id)),
        (None, Audience::Public) => FileId::new(&format!("output/{}-public", outcome.study.id)),
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
