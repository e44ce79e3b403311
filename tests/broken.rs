//! One wrong file for every diagnostic, and the message that it must give.
//!
//! A folder of `fixtures/broken` is named by the code; its `command` holds what is typed there, a line for each command,
//! and its `message.txt` what the last of them must say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use canvass::diag::codes;

use crate::studies_in_memory::root;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// What the last command of a folder prints, on both streams, and its exit status.
fn said(folder: &Path) -> (String, Option<i32>) {
    let place = tempfile::tempdir().unwrap();
    copy(folder, place.path());
    let commands = fs::read_to_string(folder.join("command")).unwrap();
    let mut last = (String::new(), None);
    for command in commands.lines() {
        let output = Command::new(env!("CARGO_BIN_EXE_canvass"))
            .args(command.split(' '))
            .current_dir(place.path())
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        last = (text, output.status.code());
    }
    last
}

#[test]
fn every_diagnostic_has_a_wrong_file_and_says_its_message() {
    let broken = root().join("fixtures/broken");
    let mut folders: BTreeSet<String> = fs::read_dir(&broken)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut wrong = Vec::new();
    for explanation in codes::all() {
        let code = explanation.code.as_str();
        if !folders.remove(code) {
            wrong.push(format!("{code}: no folder"));
            continue;
        }
        let folder = broken.join(code);
        let expected = fs::read_to_string(folder.join("message.txt")).unwrap_or_default();
        let (text, status) = said(&folder);
        if !expected.contains(code) || !text.contains(expected.trim_end()) {
            wrong.push(format!("{code}: says\n{text}"));
        }
        // Two errors and more are said at once and stop the work; anything else does not.
        let stops = text.contains("\nerror[") || text.starts_with("error[");
        if stops != (status == Some(2)) {
            wrong.push(format!("{code}: exit status {status:?} after\n{text}"));
        }
    }
    assert!(folders.is_empty(), "folders of no code: {folders:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
