//! A study file to its outcome: every stage in order, from bytes to the files that a run writes.
//!
//! Nothing here touches the disk: files come from a [`Source`] and go out as bytes in memory.

mod compute;
mod inputs;
mod render;
mod replace;

pub use compute::{Outcome, ReadFile, compute};
pub use render::{MARK, render};
pub use replace::may_replace;

use crate::diag::{Diag, FileId, Sources};
use crate::io::Source;

/// Work that could not be done: every problem found, and the texts into which they point.
#[derive(Debug, Clone)]
pub struct Stopped {
    /// The problems.
    pub problems: Vec<Diag>,
    /// The texts.
    pub sources: Sources,
}

/// The study file that a name means: the file itself, or `study.toml` in a folder.
pub fn study_file(source: &dyn Source, name: &str) -> FileId {
    let file = FileId::new(name.trim_end_matches('/'));
    if file.short().rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("toml")) {
        return file;
    }
    let inside = crate::io::join(file.as_str(), "study.toml");
    if source.exists(&inside) || !source.exists(&file) { inside } else { file }
}
