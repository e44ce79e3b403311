//! Writing single files that people will edit: each whole or not at all, and none over another.
#![expect(clippy::disallowed_methods, reason = "this is a door through which files go out")]

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::diag::{Diag, FileId, Place, codes};

/// Writes files into a folder in this order, or none of them if one is there already. What else is in the folder stays.
pub fn create(folder: &FileId, files: &[(&str, &[u8])]) -> Result<(), Diag> {
    let path = Path::new(folder.as_str());
    if let Some((name, _)) = files.iter().find(|(name, _)| path.join(name).exists()) {
        let message = format!("{folder}/{name} is there already");
        return Err(Diag::error(codes::CANNOT_WRITE, Place::file(folder), message)
            .help("it is left as it is; move it away, or choose another folder"));
    }
    let failed = |error: io::Error| cannot(folder, &error);
    fs::create_dir_all(path).map_err(failed)?;
    // All are written beside their places before the first is put in its own.
    let mut written = Vec::new();
    for (name, bytes) in files {
        match beside(path, name, bytes) {
            Ok(fresh) => written.push((fresh, path.join(name))),
            Err(error) => {
                abandon(written.iter().map(|(fresh, _)| fresh));
                return Err(failed(error));
            }
        }
    }
    for (at, (fresh, target)) in written.iter().enumerate() {
        // A link to a name that exists fails, so that nothing is ever written over.
        let put = fs::hard_link(fresh, target).and_then(|()| fs::remove_file(fresh));
        if let Err(error) = put {
            abandon(
                written
                    .iter()
                    .skip(at)
                    .map(|(fresh, _)| fresh)
                    .chain(written.iter().take(at).map(|(_, target)| target)),
            );
            return Err(failed(error));
        }
    }
    Ok(())
}

/// Writes one file, whole or not at all, in the place of the one that may stand there.
pub fn replace(file: &FileId, bytes: &[u8]) -> Result<(), Diag> {
    let path = Path::new(file.as_str());
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let put = |fresh: PathBuf| fs::rename(&fresh, path).inspect_err(|_| abandon(std::iter::once(&fresh)));
    beside(folder, &name, bytes).and_then(put).map_err(|error| cannot(file, &error))
}

fn beside(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let fresh = folder.join(format!(".{name}.new-{}", std::process::id()));
    let written = File::create(&fresh).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    match written {
        Ok(()) => Ok(fresh),
        Err(error) => {
            abandon(std::iter::once(&fresh));
            Err(error)
        }
    }
}

fn abandon<'a>(files: impl Iterator<Item = &'a PathBuf>) {
    for file in files {
        // The failure that matters is the one that led here.
        let _ = fs::remove_file(file);
    }
}

fn cannot(file: &FileId, error: &io::Error) -> Diag {
    Diag::error(codes::CANNOT_WRITE, Place::file(file), format!("cannot write {file}: {error}"))
        .help("what was there before is untouched")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_together_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let id = FileId::new(&folder.path().join("new").to_string_lossy());
        create(&id, &[("a", b"1"), ("b", b"2")]).unwrap();
        let names = || {
            let mut names: Vec<String> = fs::read_dir(folder.path().join("new"))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(), ["a", "b"]);
        let error = create(&id, &[("c", b"3"), ("a", b"4")]).unwrap_err();
        assert!(error.message.ends_with("/a is there already"), "{}", error.message);
        assert_eq!(names(), ["a", "b"]);
        assert_eq!(fs::read(folder.path().join("new/a")).unwrap(), b"1");
        replace(&crate::io::join(id.as_str(), "a"), b"5").unwrap();
        assert_eq!(fs::read(folder.path().join("new/a")).unwrap(), b"5");
        assert_eq!(names(), ["a", "b"]);
    }
}
