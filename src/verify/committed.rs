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
    /// The digest of every file of the folder that the manifest names, as it is now.
    pub files: BTreeMap<String, Digest>,
    /// The other files of the folder, which are not read.
    pub strangers: Vec<String>,
}

/// Reads an output folder.
pub fn read_committed(source: &dyn Source, folder: &FileId) -> Result<Committed, Diag> {
    let manifest_file = join(folder.as_str(), MARK);
    if !source.exists(&manifest_file) {
        let message = format!("{folder} holds no output of a run");
        return Err(Diag::error(codes::NO_OUTPUT, Place::file(&manifest_file), message).help(
            "run the study first: canvass run STUDY; or name the folder that it wrote with --out DIR",
        ));
    }
    let manifest =
        ManifestFile::read(&source.read(&manifest_file)?).map_err(|why| unreadable(&manifest_file, &why))?;
    let findings_file = join(folder.as_str(), "findings.json");
    let findings =
        FindingsFile::read(&source.read(&findings_file)?).map_err(|why| unreadable(&findings_file, &why))?;
    let named = |name: &String| manifest.outputs.iter().any(|output| output.file == *name);
    let (ours, mut strangers): (Vec<String>, Vec<String>) = source.list(folder).into_iter().partition(named);
    strangers.retain(|name| name != MARK);
    let mut files = BTreeMap::new();
    for name in ours {
        let digest = Digest::of(&source.read(&join(folder.as_str(), &name))?);
        files.insert(name, digest);
    }
    Ok(Committed { manifest, findings, files, strangers })
}

fn unreadable(file: &FileId, why: &Unreadable) -> Diag {
    let (code, help) = match why {
        Unreadable::Malformed(_) => (
            codes::OUTPUT_UNREADABLE,
            "take the folder back as it was published, or write it again: canvass run STUDY --out DIR",
        ),
        Unreadable::TooNew { .. } => {
            (codes::FORMAT_TOO_NEW, "verify it with the version of canvass that wrote it")
        }
        Unreadable::TooOld { .. } => (codes::FORMAT_TOO_OLD, "write it again: canvass run STUDY --out DIR"),
    };
    Diag::error(code, Place::file(file), format!("cannot read {file}: {why}")).help(help)
}
