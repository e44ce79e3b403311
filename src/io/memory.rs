//! Files in memory as a source.

use std::collections::BTreeMap;

use crate::diag::{Diag, FileId};

use super::{Source, disk::not_found};

/// Files in memory, by name.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<FileId, Vec<u8>>,
}

impl Memory {
    /// Adds or replaces a file.
    pub fn insert(&mut self, file: FileId, bytes: Vec<u8>) {
        self.files.insert(file, bytes);
    }
}

impl Source for Memory {
    fn read(&self, file: &FileId) -> Result<Vec<u8>, Diag> {
        self.files.get(file).cloned().ok_or_else(|| {
            let folder = file.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
            not_found(file, &self.list(&FileId::new(folder)))
        })
    }

    fn exists(&self, file: &FileId) -> bool {
        self.files.contains_key(file)
    }

    fn list(&self, folder: &FileId) -> Vec<String> {
        let prefix = format!("{folder}/");
        self.files.keys().filter_map(|file| file.as_str().strip_prefix(&prefix).map(str::to_owned)).collect()
    }
}
