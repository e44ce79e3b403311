//! Writing a folder of outputs, all of it or nothing.
#![expect(clippy::disallowed_methods, reason = "this is the door through which files go out")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Diag, FileId, Place, codes};

/// Replaces the folder `target` by `files`, or leaves it as it was.
///
/// The files are written to a folder beside the target and synced to disk; only when all are there do the two folders
/// change places. An existing target is only replaced if it holds `mark`, the file that shows that it is ours.
pub fn publish(target: &FileId, mark: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Diag> {
    let path = PathBuf::from(target.as_str());
    if is_foreign(&path, mark) {
        return Err(Diag::error(
            codes::OUTPUT_NOT_OURS,
            Place::file(target),
            format!("{target} holds files that no run wrote"),
        )
        .help("choose another folder with --out, or move them away"));
    }
    let name =
        path.file_name().map_or_else(|| "output".to_owned(), |name| name.to_string_lossy().into_owned());
    let beside = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let fresh = beside.join(format!(".{name}.new"));
    let stale = beside.join(format!(".{name}.old"));
    let result = write_all(&fresh, files).and_then(|()| swap(&path, &fresh, &stale));
    if result.is_err() {
        // The failure that matters is the first one; a leftover folder is removed by the next run.
        let _ = fs::remove_dir_all(&fresh);
    }
    result.map_err(|error| {
        Diag::error(codes::CANNOT_WRITE, Place::file(target), format!("cannot write {target}: {error}"))
            .help("what was there before is untouched")
    })
}

fn is_foreign(path: &Path, mark: &str) -> bool {
    if path.join(mark).is_file() {
        return false;
    }
    match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => path.exists(),
    }
}

fn write_all(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = fs::File::create(&path)?;
        io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
    }
    Ok(())
}

fn swap(target: &Path, fresh: &Path, stale: &Path) -> io::Result<()> {
    if stale.exists() {
        // A run that was killed between the two renames left the last good output here.
        if target.exists() {
            fs::remove_dir_all(stale)?;
        } else {
            fs::rename(stale, target)?;
        }
    }
    if !target.exists() {
        return fs::rename(fresh, target);
    }
    fs::rename(target, stale)?;
    if let Err(error) = fs::rename(fresh, target) {
        fs::rename(stale, target)?;
        return Err(error);
    }
    fs::remove_dir_all(stale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        entries.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_second_run_replaces_the_first_whole() {
        let folder = tempfile::tempdir().unwrap();
        let target = FileId::new(&folder.path().join("study").to_string_lossy());
        publish(&target, "manifest.json", &files(&[("manifest.json", "1"), ("tables/old.csv", "x")]))
            .unwrap();
        publish(&target, "manifest.json", &files(&[("manifest.json", "2")])).unwrap();
        let written = Path::new(target.as_str());
        assert_eq!(fs::read_to_string(written.join("manifest.json")).unwrap(), "2");
        assert!(!written.join("tables").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no folder is left beside it");
    }

    #[test]
    fn a_folder_that_no_run_wrote_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.docx"), "years of work").unwrap();
        let target = FileId::new(&folder.path().to_string_lossy());
        let error = publish(&target, "manifest.json", &files(&[("manifest.json", "1")])).unwrap_err();
        assert_eq!(error.code, codes::OUTPUT_NOT_OURS);
        assert!(folder.path().join("thesis.docx").exists());
    }

    #[test]
    fn a_failed_write_leaves_the_last_good_output() {
        let folder = tempfile::tempdir().unwrap();
        let target = FileId::new(&folder.path().join("study").to_string_lossy());
        publish(&target, "manifest.json", &files(&[("manifest.json", "good")])).unwrap();
        // A file cannot be written below another file.
        let bad = files(&[("a", "1"), ("a/b", "2"), ("manifest.json", "bad")]);
        let error = publish(&target, "manifest.json", &bad).unwrap_err();
        assert_eq!(error.code, codes::CANNOT_WRITE);
        assert_eq!(fs::read_to_string(Path::new(target.as_str()).join("manifest.json")).unwrap(), "good");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
