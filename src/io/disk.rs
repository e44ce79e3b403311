//! The disk as a source.
#![expect(clippy::disallowed_methods, reason = "this is the door through which files come in")]

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::diag::{Diag, FileId, Place, codes, nearest};

use super::Source;

/// Files on disk, named relative to the working folder.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Disk {
    /// The names of the files directly in a folder, in order; `None` if it is no folder.
    pub fn folder(&self, folder: &FileId) -> Option<Vec<String>> {
        let path = Path::new(folder.as_str());
        path.is_dir().then(|| {
            let is_file = |name: &String| path.join(name).is_file();
            names_in(path).into_iter().filter(is_file).collect()
        })
    }
}

impl Disk {
    /// A name from the root, so that two names can be seen from one another.
    pub fn absolute(&self, file: &FileId) -> FileId {
        std::path::absolute(file.as_str())
            .ok()
            .and_then(|path| path.to_str().map(|path| super::join("", path)))
            .map_or_else(
                || file.clone(),
                |path| FileId::new(&format!("/{}", path.as_str().trim_start_matches('/'))),
            )
    }
}

impl Source for Disk {
    fn read(&self, file: &FileId) -> Result<Vec<u8>, Diag> {
        fs::read(file.as_str()).map_err(|error| unreadable(file, &error))
    }

    fn open<'a>(&'a self, file: &FileId) -> Result<Box<dyn Read + Send + 'a>, Diag> {
        let opened = fs::File::open(file.as_str());
        // A folder is opened like a file and refuses only to be read.
        let opened = opened.and_then(|mut opened| opened.read(&mut []).map(|_| opened));
        Ok(Box::new(opened.map_err(|error| unreadable(file, &error))?))
    }

    fn exists(&self, file: &FileId) -> bool {
        Path::new(file.as_str()).exists()
    }

    fn list(&self, folder: &FileId) -> Vec<String> {
        let mut names = Vec::new();
        walk(Path::new(folder.as_str()), "", &mut names);
        names.sort();
        names
    }

    fn folder_name(&self, file: &FileId) -> Option<String> {
        super::written_folder(file).or_else(|| {
            let folder = Path::new(file.as_str()).parent()?;
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            folder.canonicalize().ok()?.file_name()?.to_str().map(str::to_owned)
        })
    }
}

fn unreadable(file: &FileId, error: &std::io::Error) -> Diag {
    match error.kind() {
        ErrorKind::NotFound => not_found(file, &beside(Path::new(file.as_str()))),
        _ => {
            let message = format!("cannot read {file}: {error}");
            Diag::error(codes::FILE_UNREADABLE, Place::file(file), message)
                .help("name a file that may be read; a folder is none")
        }
    }
}

fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = entry.path();
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), names);
        } else {
            names.push(format!("{prefix}{name}"));
        }
    }
}

/// The names in the folder where the file should be.
fn beside(path: &Path) -> Vec<String> {
    let folder = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return Vec::new(),
    };
    names_in(folder)
}

/// The names in a folder, in order.
fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// The diagnostic for a file that is not there, with the nearest name that is.
pub(super) fn not_found(file: &FileId, beside: &[String]) -> Diag {
    let diag = Diag::error(codes::FILE_NOT_FOUND, Place::file(file), format!("there is no file {file}"));
    match nearest(file.short(), beside.iter().map(String::as_str)) {
        Some(name) => diag.help(format!("did you mean {name}?")),
        None if beside.is_empty() => diag.help("its folder is not there either, or is empty: check the path"),
        None => diag.help("nothing beside it has a name like it: check the path"),
    }
}
