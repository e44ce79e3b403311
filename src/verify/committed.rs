//! The committed output of an earlier run.

use std::collections::BTreeMap;

use crate::diag::{Diag, FileId, Place, codes};
use crate::io::{Digest, Source, join};
use crate::pipeline::MARK;
use crate::record::{FindingsFile, ManifestFile, Unreadable};

/// What an earlier run wrote, as it stands now.
#[derive(Debug, Clone)]
pub struct Committed {
    /// Its manifest.
    pub manifest: ManifestFile,
    /// Its findings.
    pub findings: FindingsFile,
    /// The digest of every file in the folder now, by name.
    pub files: BTreeMap<String, Digest>,
}

/// Reads an output folder.
pub fn read_committed(source: &dyn Source, folder: &FileId) -> Result<Committed, Diag> {
    let manifest_file = join(folder.as_str(), MARK);
    if !source.exists(&manifest_file) {
        let message = format!("{folder} holds no output of a run");
        return Err(Diag::error(codes::NO_OUTPUT, Place::file(&manifest_file), message)
            .help("run the study first: canvass run STUDY"));
    }
    let manifest =
        ManifestFile::read(&source.read(&manifest_file)?).map_err(|why| unreadable(&manifest_file, &why))?;
    let findings_file = join(folder.as_str(), "findings.json");
    let findings =
        FindingsFile::read(&source.read(&findings_file)?).map_err(|why| unreadable(&findings_file, &why))?;
    let mut files = BTreeMap::new();
    for name in source.list(folder) {
        files.insert(name.clone(), Digest::of(&source.read(&join(folder.as_str(), &name))?));
    }
    Ok(Committed { manifest, findings, files })
}

fn unreadable(file: &FileId, why: &Unreadable) -> Diag {
    let code = match why {
        Unreadable::Malformed(_) => codes::OUTPUT_UNREADABLE,
        Unreadable::TooNew { .. } => codes::FORMAT_TOO_NEW,
        Unreadable::TooOld { .. } => codes::FORMAT_TOO_OLD,
    };
    Diag::error(code, Place::file(file), format!("cannot read {file}: {why}"))
}
