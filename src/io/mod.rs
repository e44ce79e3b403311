//! The only code that touches the outside: files in, files out.
//!
//! Everything else sees a [`Source`]: names in, bytes out. A test puts a study in memory and changes one cell of it.

mod create;
mod digest;
mod disk;
mod memory;
mod publish;

pub use create::{create, replace};
pub use digest::{Digest, DigestOnTheWay};
pub use disk::Disk;
pub use memory::Memory;
pub use publish::publish;

use std::io::{Cursor, Read};

use crate::diag::{Diag, FileId};

/// Where a study's files come from.
pub trait Source {
    /// Reads a whole file.
    fn read(&self, file: &FileId) -> Result<Vec<u8>, Diag>;

    /// Opens a file to read it bit by bit, as often as that is asked.
    fn open<'a>(&'a self, file: &FileId) -> Result<Box<dyn Read + Send + 'a>, Diag> {
        Ok(Box::new(Cursor::new(self.read(file)?)))
    }

    /// Whether there is such a file.
    fn exists(&self, file: &FileId) -> bool;

    /// The names of the files in a folder and below it, relative to it, in order; empty if there is no such folder.
    fn list(&self, folder: &FileId) -> Vec<String>;

    /// The name of the folder in which a file stands, if that can be told.
    fn folder_name(&self, file: &FileId) -> Option<String> {
        written_folder(file)
    }
}

/// The name of the folder in which a file stands as it is written; none if that is `.`, `..` or nothing.
fn written_folder(file: &FileId) -> Option<String> {
    let (folder, _) = file.as_str().rsplit_once('/')?;
    let name = folder.rsplit('/').next()?;
    (!matches!(name, "" | "." | "..")).then(|| name.to_owned())
}

/// Resolves `name`, as written in the file `beside`, to a name of its own.
///
/// `.` and `..` are resolved by text, so that the same file always has the same name.
pub fn resolve(beside: &FileId, name: &str) -> FileId {
    if name.starts_with('/') {
        return FileId::new(name);
    }
    let folder = match beside.as_str().rsplit_once('/') {
        Some((folder, _)) => folder,
        None => "",
    };
    join(folder, name)
}

/// Joins a folder and a name below it.
pub fn join(folder: &str, name: &str) -> FileId {
    let rooted = folder.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(name.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    FileId::new(&if rooted { format!("/{joined}") } else { joined })
}

/// The name of `file` as seen from the folder of the file `beside`: no path of the machine.
pub fn relative(beside: &FileId, file: &FileId) -> String {
    if beside.as_str().starts_with('/') != file.as_str().starts_with('/') {
        return file.short().to_owned();
    }
    let folder: Vec<&str> = beside
        .as_str()
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let parts: Vec<&str> = file.as_str().split('/').filter(|part| !part.is_empty()).collect();
    let shared = folder.iter().zip(&parts).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folder.len() - shared);
    up.chain(parts.iter().skip(shared).copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_resolved_beside_the_file_that_says_them() {
        let study = FileId::new("analyses/near-peer/study.toml");
        assert_eq!(resolve(&study, "../../fixtures/a.csv").as_str(), "fixtures/a.csv");
        assert_eq!(resolve(&study, "./claims.toml").as_str(), "analyses/near-peer/claims.toml");
        assert_eq!(resolve(&FileId::new("study.toml"), "../a.csv").as_str(), "../a.csv");
        assert_eq!(resolve(&study, "/data/a.csv").as_str(), "/data/a.csv");
        assert_eq!(join("/tmp/x", "../a").as_str(), "/tmp/a");
    }

    #[test]
    fn recorded_names_are_seen_from_the_study() {
        let seen = |study: &str, file: &str| relative(&FileId::new(study), &FileId::new(file));
        assert_eq!(seen("analyses/near-peer/study.toml", "fixtures/a.csv"), "../../fixtures/a.csv");
        assert_eq!(
            seen("/home/me/p/analyses/n/study.toml", "/home/me/p/fixtures/a.csv"),
            "../../fixtures/a.csv"
        );
        assert_eq!(seen("study.toml", "a.csv"), "a.csv");
        assert_eq!(seen("s/study.toml", "/home/me/a.csv"), "a.csv");
    }
}
