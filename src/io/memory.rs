//! Files in memory as a source.

use std::collections::BTreeMap;
use std::io::Read;

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

    fn bytes(&self, file: &FileId) -> Result<&Vec<u8>, Diag> {
        self.files.get(file).ok_or_else(|| {
            let folder = file.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
            not_found(file, &self.list(&FileId::new(folder)))
        })
    }
}

impl Source for Memory {
    fn read(&self, file: &FileId) -> Result<Vec<u8>, Diag> {
        self.bytes(file).cloned()
    }

    fn open<'a>(&'a self, file: &FileId) -> Result<Box<dyn Read + Send + 'a>, Diag> {
        Ok(Box::new(self.bytes(file)?.as_slice()))
    }

    fn exists(&self, file: &FileId) -> bool {
        self.files.contains_key(file)
    }

    fn list(&self, folder: &FileId) -> Vec<String> {
        let prefix = format!("{folder}/");
        self.files.keys().filter_map(|file| file.as_str().strip_prefix(&prefix).map(str::to_owned)).collect()
    }
}
