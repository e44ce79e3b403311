//! Real exports, read in place: never copied, and expected values counted with other tools.

mod codebook;
mod everything;
mod forms;
mod init;
mod kobo;
mod labelled;
mod limesurvey;
mod mariposa;
mod plackettluce;
mod published;
mod qualtrics;
mod studies;
mod truth;

use canvass::diag::FileId;
use canvass::io::{Disk, Source as _};

/// The folder of real exports, or `None` after saying how many checks are skipped; in CI it must be there.
pub(crate) fn folder(checks: usize) -> Option<String> {
    let folder = std::env::var_os("CANVASS_CORPUS").map_or_else(
        || format!("{}/../shared/data", env!("CARGO_MANIFEST_DIR")),
        |folder| folder.to_string_lossy().into_owned(),
    );
    if Disk.exists(&FileId::new(&format!("{folder}/INDEX.tsv"))) {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "the corpus is not at {folder}; set CANVASS_CORPUS");
    let line = format!("no corpus at {folder}: {checks} checks skipped; set CANVASS_CORPUS\n");
    // Nothing depends on whether the line could be written.
    let _ = std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes());
    None
}

/// A file of the corpus with its bytes.
pub(crate) fn file(folder: &str, name: &str) -> (FileId, Vec<u8>) {
    let file = FileId::new(&format!("{folder}/{name}"));
    let bytes = Disk.read(&file).unwrap_or_else(|diag| panic!("{}", diag.message));
    (file, bytes)
}
