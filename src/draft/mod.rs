//! A first study file, drafted from what exports and their definitions say: one that runs as it is.
//!
//! What was inferred stands in the file as a line of its own, so that it can be changed; what is doubtful is a comment
//! `# decide: ...`, which every run repeats until it is removed. Nothing here reads or writes a file.

mod changes;
mod definitions;
mod doubt;
mod group;
mod names;
mod page;
mod question;
mod scale;
mod shows;
mod toml;

pub use changes::{Change, changes};
pub use definitions::{Given, fit};

use crate::ingest::Export;
use crate::inspect::Report;

/// An export to draft a group from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its file, as seen from the folder of the study file.
    pub file: &'a str,
    /// Its definition, if it has one, seen from there too.
    pub definition: Option<&'a str>,
    /// What was read.
    pub export: &'a Export,
    /// What was said of it.
    pub report: &'a Report,
}

/// A drafted study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The study file.
    pub study: String,
    /// The template of its text, which the study file names `results.template.md`.
    pub template: String,
    /// Its questions.
    pub questions: usize,
    /// Its tables.
    pub tables: usize,
    /// Its figures.
    pub figures: usize,
    /// Columns and questions that it leaves out because they may tell who a person is.
    pub private: usize,
}

/// The file name of the template.
pub const TEMPLATE: &str = "results.template.md";

/// Drafts a study of exports, a group for each.
pub fn draft(title: &str, sources: &[Source<'_>]) -> Draft {
    page::write(title, sources)
}
