//! The committed studies, loaded into memory so that a test can change one cell of them.

use std::fs;
use std::path::Path;

use canvass::diag::FileId;
use canvass::io::{Memory, Source};
use canvass::pipeline::{Outcome, compute};

/// The folder of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A study with everything that it reads and its committed output, in memory.
pub(crate) fn load(study: &str) -> Memory {
    let mut memory = Memory::default();
    for folder in [format!("analyses/{study}"), format!("fixtures/{study}"), format!("output/{study}")] {
        add(&mut memory, &root().join(&folder), &folder);
    }
    let public = format!("output/{study}-public");
    if root().join(&public).is_dir() {
        add(&mut memory, &root().join(&public), &public);
    }
    memory
}

fn add(memory: &mut Memory, folder: &Path, name: &str) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{name}: {error}")) {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            add(memory, &path, &name);
        } else {
            memory.insert(FileId::new(&name), fs::read(&path).unwrap());
        }
    }
}

/// The study file of a study.
pub(crate) fn study_file(study: &str) -> FileId {
    FileId::new(&format!("analyses/{study}/study.toml"))
}

/// Computes a study that must be computable.
pub(crate) fn outcome(source: &dyn Source, study: &str) -> Outcome {
    compute(source, &study_file(study), &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

/// The study in memory with some of the words of its study file changed.
pub(crate) fn changed(study: &str, pairs: &[(&str, &str)]) -> Memory {
    let mut memory = load(study);
    let file = study_file(study);
    let mut text = String::from_utf8(memory.read(&file).unwrap()).unwrap();
    for (from, to) in pairs {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    memory.insert(file, text.into_bytes());
    memory
}

/// A CSV file as records with the line on which each starts.
#[derive(Clone)]
pub(crate) struct Csv {
    pub(crate) file: FileId,
    pub(crate) records: Vec<(u32, Vec<String>)>,
}

impl Csv {
    pub(crate) fn read(source: &dyn Source, file: &str) -> Self {
        let file = FileId::new(file);
        let bytes = source.read(&file).unwrap();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut records = Vec::new();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).unwrap() {
            let line = u32::try_from(record.position().unwrap().line()).unwrap();
            records.push((line, record.iter().map(str::to_owned).collect()));
        }
        Self { file, records }
    }

    pub(crate) fn column(&self, name: &str) -> usize {
        self.records[0]
            .1
            .iter()
            .position(|column| column == name)
            .unwrap_or_else(|| panic!("no column {name}"))
    }

    /// The position of the record that starts on a line.
    pub(crate) fn at_line(&self, line: u32) -> usize {
        self.records
            .iter()
            .position(|(at, _)| *at == line)
            .unwrap_or_else(|| panic!("no record on line {line}"))
    }

    pub(crate) fn write_to(&self, memory: &mut Memory) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for (_, record) in &self.records {
            writer.write_record(record).unwrap();
        }
        memory.insert(self.file.clone(), writer.into_inner().unwrap());
    }

    /// The study's source with one cell changed.
    pub(crate) fn with_cell(&self, memory: &Memory, record: usize, column: usize, text: &str) -> Memory {
        let mut changed = self.clone();
        text.clone_into(&mut changed.records[record].1[column]);
        let mut memory = memory.clone();
        changed.write_to(&mut memory);
        memory
    }
}
