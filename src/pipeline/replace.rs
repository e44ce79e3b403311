//! What may be replaced: a folder that holds what a run of the same study wrote, unchanged, and nothing else.

use std::collections::BTreeMap;

use crate::diag::{Diag, FileId, Place, codes};
use crate::io::{Digest, Source, join};
use crate::record::ManifestFile;

use super::render::MARK;

/// Files that systems put into any folder they show.
const OF_SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Makes sure that replacing a folder loses nobody's work: a stranger's file, or one edited since it was written.
pub fn may_replace(source: &dyn Source, target: &FileId, study: &str) -> Result<(), Diag> {
    let refuse = |message: String| {
        Err(Diag::error(codes::OUTPUT_NOT_OURS, Place::file(target), message)
            .help("move it away, or choose another folder with --out"))
    };
    let found: Vec<String> = source
        .list(target)
        .into_iter()
        .filter(|name| !OF_SYSTEMS.iter().any(|system| name.rsplit('/').next() == Some(system)))
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    let manifest =
        source.read(&join(target.as_str(), MARK)).ok().and_then(|bytes| ManifestFile::read(&bytes).ok());
    let Some(manifest) = manifest else {
        return refuse(format!(
            "{target} holds {}, which no run wrote",
            found.first().map_or("files", String::as_str)
        ));
    };
    if manifest.study != study {
        return refuse(format!("{target} holds the output of another study, {}", manifest.study));
    }
    let written: BTreeMap<&str, &str> =
        manifest.outputs.iter().map(|output| (output.file.as_str(), output.sha256.as_str())).collect();
    for name in found.iter().filter(|name| name.as_str() != MARK) {
        match written.get(name.as_str()) {
            None => return refuse(format!("{target} holds {name}, which no run wrote")),
            Some(digest) => {
                let bytes = source.read(&join(target.as_str(), name))?;
                if Digest::of(&bytes).to_string() != **digest {
                    return refuse(format!("{target}/{name} was changed since the run that wrote it"));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;
    use crate::record::OutputRecord;

    fn folder(files: &[(&str, &str)]) -> Memory {
        let outputs = [OutputRecord { file: "results.md".into(), sha256: Digest::of(b"ours").to_string() }];
        let manifest = ManifestFile::new("s", Vec::new(), outputs.into());
        let mut memory = Memory::default();
        memory.insert(FileId::new("out/manifest.json"), manifest.write());
        for (name, text) in files {
            memory.insert(FileId::new(&format!("out/{name}")), text.as_bytes().to_vec());
        }
        memory
    }

    fn refused(memory: &Memory, study: &str) -> Option<String> {
        may_replace(memory, &FileId::new("out"), study).err().map(|diag| diag.message)
    }

    #[test]
    fn what_a_run_wrote_may_go() {
        assert_eq!(refused(&Memory::default(), "s"), None);
        assert_eq!(refused(&folder(&[("results.md", "ours"), (".DS_Store", "x")]), "s"), None);
    }

    #[test]
    fn a_strangers_file_an_edited_one_and_another_study_stay() {
        let stranger = refused(&folder(&[("results.md", "ours"), ("thesis.docx", "years of work")]), "s");
        assert_eq!(stranger.as_deref(), Some("out holds thesis.docx, which no run wrote"));
        let edited = refused(&folder(&[("results.md", "mine")]), "s");
        assert_eq!(edited.as_deref(), Some("out/results.md was changed since the run that wrote it"));
        assert!(refused(&folder(&[]), "other").is_some());
        let mut foreign = Memory::default();
        foreign.insert(FileId::new("out/manifest.json"), b"{\"name\": \"a web app\"}".to_vec());
        assert_eq!(refused(&foreign, "s").as_deref(), Some("out holds manifest.json, which no run wrote"));
    }
}
