//! A study file to its outcome: every stage in order, from bytes to the files that a run writes.
//!
//! Nothing here touches the disk: files come from a [`Source`] and go out as bytes in memory.

mod asked;
mod check;
mod claims;
mod collisions;
mod compute;
mod inputs;
mod publish;
mod render;
mod replace;

pub use check::{BoundQuestion, Checked, Unused, check};
pub use compute::{Exports, Outcome, Prepared, ReadFile, compute, prepare};
pub use publish::{Audience, Published, publish};
pub use render::{FIGURE_KINDS, MARK, TABLE_KINDS, render};
pub use replace::may_replace;

use crate::diag::{Diag, FileId, Place, Sources, codes};
use crate::io::Source;

/// Work that could not be done: every problem found, and the texts into which they point.
#[derive(Debug, Clone)]
pub struct Stopped {
    /// The problems.
    pub problems: Vec<Diag>,
    /// The texts.
    pub sources: Sources,
}

/// A file that people write, as text.
fn as_text(file: &FileId, bytes: Vec<u8>) -> Result<String, Diag> {
    String::from_utf8(bytes).map_err(|_| {
        Diag::error(codes::FILE_UNREADABLE, Place::file(file), format!("{file} is not UTF-8 text"))
    })
}

/// The study file that a name means: the file itself, or `study.toml` in a folder.
pub fn study_file(source: &dyn Source, name: &str) -> Result<FileId, Stopped> {
    let trimmed = name.trim_end_matches('/');
    let file = FileId::new(if trimmed.is_empty() { name } else { trimmed });
    if file.short().rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("toml")) {
        return Ok(file);
    }
    let inside = crate::io::join(file.as_str(), "study.toml");
    if source.exists(&inside) || !source.exists(&file) {
        return Ok(inside);
    }
    let problem = if source.read(&file).is_ok() {
        Diag::error(codes::NOT_A_STUDY, Place::file(&file), format!("{file} is not a study file")).help(
            format!("give the folder that holds study.toml; to look at an export: canvass inspect {file}"),
        )
    } else {
        Diag::error(codes::NOT_A_STUDY, Place::file(&file), format!("there is no study.toml in {file}"))
            .help("give the folder that holds study.toml, or a study file of another name that ends in .toml")
    };
    Err(Stopped { problems: vec![problem], sources: Sources::new() })
}
