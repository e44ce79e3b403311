//! A table of a study in memory, and what is said where there can be none.

use std::collections::BTreeMap;

use canvass::diag::{Diag, FileId};
use canvass::io::Memory;
use canvass::pipeline::{check, compute, render};

fn memory(study: &str, files: &[(&str, &str)]) -> (Memory, FileId) {
    let mut memory = Memory::default();
    let file = FileId::new("s/study.toml");
    memory.insert(file.clone(), study.as_bytes().to_vec());
    for (name, text) in files {
        memory.insert(FileId::new(&format!("s/{name}")), text.as_bytes().to_vec());
    }
    (memory, file)
}

/// The files of a run.
pub(crate) fn files(study: &str, files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let (memory, file) = memory(study, files);
    check(&memory, &file, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    let outcome =
        compute(&memory, &file, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    render(&outcome, &memory, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems)).value
}

/// The table `t` of a study, as Markdown.
pub(crate) fn table(study: &str, exports: &[(&str, &str)]) -> String {
    String::from_utf8(files(study, exports)["tables/t.md"].clone()).unwrap()
}

/// What `check` says of a study that it does not accept, with the remedy.
pub(crate) fn refused(study: &str, files: &[(&str, &str)]) -> String {
    let (memory, file) = memory(study, files);
    let problems: Vec<Diag> = check(&memory, &file, &|_| {}).unwrap_err().problems;
    let words = |diag: &Diag| format!("{}: {}", diag.message, diag.help.as_deref().unwrap_or_default());
    problems.iter().map(words).collect::<Vec<_>>().join("\n")
}

/// The rows of a table in Markdown without their marks, their cells parted by a bar and a space.
pub(crate) fn rows(text: &str) -> Vec<String> {
    let mut kept = String::new();
    for (position, part) in text.split("<sup>").enumerate() {
        let unmarked = part.split_once("</sup>").map_or("", |(_, rest)| rest);
        kept.push_str(if position == 0 { part } else { unmarked });
    }
    let rows = kept.lines().filter(|line| line.starts_with('|'));
    rows.map(|line| line.replace("  ", " ").replace(" |", "|")).collect()
}
