//! Writing a folder of outputs, all of it or nothing.
#![expect(clippy::disallowed_methods, reason = "this is the door through which files go out")]

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::diag::{Diag, FileId, Place, codes};

/// Replaces the folder `target` by `files`, or leaves it as it was. The caller has made sure that what is there may go.
///
/// The files are written to a folder beside the target and synced to disk; only when all are there do the two folders
/// change places. One run writes at a time. A run that was killed between the two renames leaves the last good output
/// beside its place, from where the next run takes it back.
pub fn publish(target: &FileId, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Diag> {
    let place = Place::file(target);
    let Some(paths) = Paths::of(target.as_str()) else {
        let message = format!("\"{target}\" does not name a folder that can be replaced");
        return Err(
            Diag::error(codes::CANNOT_WRITE, place, message).help("name it, for example --out ../results")
        );
    };
    if paths.target.exists() && !paths.target.is_dir() {
        let message = format!("{target} is a file, and a run writes a folder");
        return Err(Diag::error(codes::OUTPUT_NOT_OURS, place, message)
            .help("name a folder, for example --out ../results; the file is untouched"));
    }
    paths.replace(files).map_err(|failure| match failure {
        Failure::Busy => Diag::error(codes::CANNOT_WRITE, place, format!("another run is writing {target}"))
            .help("wait until it is done"),
        Failure::Io(error) => {
            Diag::error(codes::CANNOT_WRITE, place, format!("cannot write {target}: {error}"))
                .help("what was there before is untouched")
        }
    })
}

enum Failure {
    Busy,
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The target and the names beside it that publishing uses.
struct Paths {
    target: PathBuf,
    beside: PathBuf,
    /// What the names beside begin with, such as `.near-peer.`.
    stem: String,
}

impl Paths {
    /// Nothing if the target has no name of its own, like `.` or `/`.
    fn of(target: &str) -> Option<Self> {
        let named = PathBuf::from(target);
        // A link is followed, so that what it leads to is replaced and not the link.
        let target = fs::canonicalize(&named).unwrap_or(named);
        let name = target.file_name()?.to_string_lossy().into_owned();
        let beside =
            target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(Self { beside: beside.to_path_buf(), stem: format!(".{name}."), target })
    }

    fn own(&self, what: &str) -> PathBuf {
        self.beside.join(format!("{}{what}-{}", self.stem, std::process::id()))
    }

    /// The folders of this kind that earlier runs left beside the target.
    fn left(&self, what: &str) -> Vec<PathBuf> {
        let begins = format!("{}{what}-", self.stem);
        let entries = fs::read_dir(&self.beside).into_iter().flatten().flatten();
        let mut left: Vec<PathBuf> = entries
            .filter(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                name.strip_prefix(&begins).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
            })
            .map(|entry| entry.path())
            .collect();
        left.sort();
        left
    }

    fn replace(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        fs::create_dir_all(&self.beside)?;
        let lock_path = self.beside.join(format!("{}lock", self.stem));
        let lock = File::create(&lock_path)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Failure::Busy),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let result = self.replace_locked(files);
        // The lock is this run's; that its file goes away matters to nobody.
        let _ = fs::remove_file(&lock_path);
        result
    }

    fn replace_locked(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        if let ([good, ..], false) = (self.left("old").as_slice(), self.target.exists()) {
            fs::rename(good, &self.target)?;
        }
        for abandoned in self.left("new") {
            fs::remove_dir_all(abandoned)?;
        }
        let fresh = self.own("new");
        let swapped = write_all(&fresh, files).and_then(|()| self.swap(&fresh));
        if swapped.is_err() {
            // The failure that matters is the first one; a leftover folder is removed by the next run.
            let _ = fs::remove_dir_all(&fresh);
        }
        swapped?;
        for old in self.left("old") {
            // The new output is in place; an old one that cannot be removed is no failure of this run.
            let _ = fs::remove_dir_all(old);
        }
        Ok(())
    }

    fn swap(&self, fresh: &Path) -> io::Result<()> {
        if !self.target.exists() {
            return fs::rename(fresh, &self.target);
        }
        let old = self.own("old");
        fs::rename(&self.target, &old)?;
        if let Err(error) = fs::rename(fresh, &self.target) {
            fs::rename(&old, &self.target)?;
            return Err(error);
        }
        Ok(())
    }
}

fn write_all(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    fs::create_dir(folder)?;
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        entries.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn target(folder: &Path) -> FileId {
        FileId::new(&folder.join("study").to_string_lossy())
    }

    #[test]
    fn a_second_run_replaces_the_first_whole() {
        let folder = tempfile::tempdir().unwrap();
        let target = target(folder.path());
        publish(&target, &files(&[("manifest.json", "1"), ("tables/old.csv", "x")])).unwrap();
        publish(&target, &files(&[("manifest.json", "2")])).unwrap();
        let written = Path::new(target.as_str());
        assert_eq!(fs::read_to_string(written.join("manifest.json")).unwrap(), "2");
        assert!(!written.join("tables").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_failed_write_leaves_the_last_good_output() {
        let folder = tempfile::tempdir().unwrap();
        let target = target(folder.path());
        publish(&target, &files(&[("manifest.json", "good")])).unwrap();
        // A file cannot be written below another file.
        let bad = files(&[("a", "1"), ("a/b", "2"), ("manifest.json", "bad")]);
        assert_eq!(publish(&target, &bad).unwrap_err().code, codes::CANNOT_WRITE);
        assert_eq!(fs::read_to_string(Path::new(target.as_str()).join("manifest.json")).unwrap(), "good");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_run_left_is_taken_back_or_removed() {
        let folder = tempfile::tempdir().unwrap();
        let target = target(folder.path());
        fs::create_dir(folder.path().join(".study.old-1")).unwrap();
        fs::write(folder.path().join(".study.old-1/manifest.json"), "good").unwrap();
        fs::create_dir(folder.path().join(".study.new-1")).unwrap();
        fs::create_dir(folder.path().join(".study.old-notes")).unwrap();
        let bad = files(&[("a", "1"), ("a/b", "2")]);
        assert!(publish(&target, &bad).is_err());
        assert_eq!(fs::read_to_string(folder.path().join("study/manifest.json")).unwrap(), "good");
        assert!(!folder.path().join(".study.new-1").exists());
        assert!(folder.path().join(".study.old-notes").exists(), "a folder of another name is not ours");
    }

    #[test]
    fn one_run_writes_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let lock = File::create(folder.path().join(".study.lock")).unwrap();
        lock.lock().unwrap();
        let error = publish(&target(folder.path()), &files(&[("manifest.json", "1")])).unwrap_err();
        assert!(error.message.starts_with("another run is writing"));
        assert!(!folder.path().join("study").exists());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("real")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("real"), folder.path().join("study")).unwrap();
        publish(&target(folder.path()), &files(&[("manifest.json", "1")])).unwrap();
        assert!(folder.path().join("study").is_symlink());
        assert!(folder.path().join("real/manifest.json").exists());
    }

    #[test]
    fn a_file_is_not_replaced_by_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("study"), "mine").unwrap();
        let error = publish(&target(folder.path()), &files(&[("manifest.json", "1")])).unwrap_err();
        assert_eq!(error.code, codes::OUTPUT_NOT_OURS);
        assert_eq!(fs::read_to_string(folder.path().join("study")).unwrap(), "mine");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_target_without_a_name_is_refused() {
        for name in ["", "/"] {
            let error = publish(&FileId::new(name), &files(&[("manifest.json", "1")])).unwrap_err();
            assert!(error.message.contains("does not name a folder"), "{name:?}: {}", error.message);
        }
    }
}
