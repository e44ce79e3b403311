//! `canvass codebook` as a person types it.

use std::fs;

use crate::cli::{canvass, copy, stderr, stdout};

#[test]
fn the_ending_of_the_file_says_the_form_and_a_study_has_its_groups() {
    let folder = copy();
    let write = |name: &str| {
        let output = canvass(&["codebook", "analyses/near-peer", "--out", name], folder.path());
        assert_eq!((output.status.code(), stdout(&output)), (Some(0), String::new()), "{}", stderr(&output));
        fs::read_to_string(folder.path().join(name)).unwrap()
    };
    assert!(write("a.html").starts_with("<!DOCTYPE html>"));
    assert!(write("a.csv").starts_with("what,source,question,"));
    let text = write("a.md");
    // Fourteen students and four residents are analysed; the residents' year is another field.
    assert!(text.contains("| Students | students.csv | students.qsf | Qualtrics | 14 |"), "{text}");
    assert!(text.contains(
        "- Source: Residents\n- Known: from the definition\n- Answered: 4 of 4\n- Column: training\\_year\n"
    ));
    let json: serde_json::Value = serde_json::from_str(&write("a.json")).unwrap();
    assert_eq!(json["format"]["name"], "canvass.codebook");
    assert_eq!(json["questions"][0]["items"][0]["answered"], 14);
    // What was written is whole, and nothing is left beside it.
    let left = fs::read_dir(folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".a."));
    assert_eq!(left.count(), 0);
}

#[test]
fn an_export_is_printed_and_never_written_over() {
    let folder = copy();
    let export = "fixtures/near-peer/students.csv";
    let output =
        canvass(&["codebook", export, "--definition", "fixtures/near-peer/students.qsf"], folder.path());
    assert!(stdout(&output).starts_with("# Codebook: students.csv\n"), "{}", stderr(&output));
    let before = fs::read(folder.path().join(export)).unwrap();
    let output = canvass(&["codebook", export, "--format", "csv", "--out", export], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is what is read, and is not written over"));
    assert!(fs::read(folder.path().join(export)).unwrap() == before);
    let output = canvass(&["codebook", "fixtures"], folder.path());
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_file_that_does_not_say_its_form_is_refused_and_not_written() {
    let folder = copy();
    for name in ["codebook.pdf", "codebook"] {
        let output = canvass(&["codebook", "analyses/near-peer", "--out", name], folder.path());
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(stderr(&output).contains("end it in .html, .md, .csv or .json, or add --format"), "{name}");
        assert!(!folder.path().join(name).exists(), "{name}");
    }
    let output =
        canvass(&["codebook", "analyses/near-peer", "--out", "codebook", "--format", "csv"], folder.path());
    assert_eq!(output.status.code(), Some(0));
}
