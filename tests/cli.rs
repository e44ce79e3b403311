//! The program as a person types it: what it prints where, and its exit status.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::studies_in_memory::root;

pub(crate) fn canvass(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_canvass")).args(arguments).current_dir(folder).output().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A copy of the founding study in a folder of its own.
pub(crate) fn copy() -> tempfile::TempDir {
    fn copy_folder(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() {
                copy_folder(&path, &target);
            } else {
                fs::copy(&path, &target).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["analyses/near-peer", "fixtures/near-peer", "output/near-peer"] {
        copy_folder(&root().join(name), &folder.path().join(name));
    }
    folder
}

pub(crate) fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} does not hold {from:?}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
}

/// Compares every file of `a` with its namesake in `b`: how many there are.
fn compare(a: &Path, b: &Path) -> usize {
    let mut files = 0;
    for entry in fs::read_dir(a).unwrap() {
        let path = entry.unwrap().path();
        let other = b.join(path.file_name().unwrap());
        if path.is_dir() {
            files += compare(&path, &other);
        } else {
            assert!(fs::read(&path).unwrap() == fs::read(&other).unwrap(), "{}", path.display());
            files += 1;
        }
    }
    files
}

#[test]
fn a_run_writes_the_committed_outputs_byte_for_byte() {
    let folder = copy();
    let output = canvass(&["run", "analyses/near-peer", "--out", "elsewhere"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let committed = root().join("output/near-peer");
    assert_eq!(
        compare(&committed, &folder.path().join("elsewhere")),
        compare(&folder.path().join("elsewhere"), &committed)
    );
}

#[test]
fn verify_says_by_its_exit_status_whether_all_holds() {
    let folder = copy();
    let output = canvass(&["verify", "analyses/near-peer"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    assert!(stdout(&output).contains("12 hold, 0 differ, 0 are bound to nothing"));
    assert_eq!(stderr(&output), "");

    edit(
        folder.path(),
        "analyses/near-peer/reported.toml",
        "says = { count = 4, of = 20 }",
        "says = { percent = \"25\" }",
    );
    let output = canvass(&["verify", "analyses/near-peer"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains("residents/rr2: claimed 25%, found 20.0% (4/20)"),
        "{}",
        stdout(&output)
    );
    assert!(stdout(&output).contains("likely: 25% would be 5/20 or 4/16"));

    fs::remove_dir_all(folder.path().join("output")).unwrap();
    let output = canvass(&["verify", "analyses/near-peer"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("error[V001]"), "{}", stderr(&output));
}

#[test]
fn mistakes_in_a_study_file_come_all_at_once_and_nothing_is_written() {
    let folder = copy();
    let before = fs::read(folder.path().join("output/near-peer/findings.json")).unwrap();
    let study = "analyses/near-peer/study.toml";
    edit(folder.path(), study, "style = \"ama\"", "style = \"amma\"");
    edit(folder.path(), study, "scale = \"agreement\"", "scale = \"agreemnt\"");
    edit(folder.path(), study, "students = \"Q4\"", "students = \"Q44\"");
    let output = canvass(&["run", "analyses/near-peer"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stdout(&output), "");
    let said = stderr(&output);
    assert!(said.contains("did you mean \"ama\"?") && said.contains("did you mean \"agreement\"?"), "{said}");
    assert!(said.contains("--> analyses/near-peer/study.toml:"), "{said}");
    assert!(said.contains("2 problems; nothing was written"), "{said}");
    assert_eq!(fs::read(folder.path().join("output/near-peer/findings.json")).unwrap(), before);

    edit(folder.path(), study, "style = \"amma\"", "style = \"ama\"");
    edit(folder.path(), study, "scale = \"agreemnt\"", "scale = \"agreement\"");
    let said = stderr(&canvass(&["run", "analyses/near-peer"], folder.path()));
    assert!(said.contains("students.csv has no question or column \"Q44\""), "{said}");
}

#[test]
fn a_missing_file_is_named_with_the_nearest_that_is_there() {
    let folder = copy();
    edit(folder.path(), "analyses/near-peer/study.toml", "near-peer/students.csv", "near-peer/student.csv");
    let output = canvass(&["run", "analyses/near-peer"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean students.csv?"), "{}", stderr(&output));
    let output = canvass(&["run", "analyses/nowhere"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there is no file analyses/nowhere/study.toml"), "{}", stderr(&output));
}

#[test]
fn a_cell_that_is_no_point_of_the_scale_is_missing_and_named() {
    let folder = copy();
    edit(folder.path(), "fixtures/near-peer/students.csv", ",Agree ,", ",agree-ish,");
    let output = canvass(&["run", "analyses/near-peer", "--out", "changed"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stderr(&output);
    assert!(said.contains("warning[D001]") && said.contains("students.csv:24, column Q7_4"), "{said}");
    let ledger = fs::read_to_string(folder.path().join("changed/ledger.csv")).unwrap();
    assert!(ledger.contains("students.csv,24,Q7_4,unreadable,"), "{ledger}");
}

#[test]
fn trace_goes_from_a_number_to_its_rows() {
    let output = canvass(
        &["trace", "analyses/near-peer", "students/preferred/senior-medical-students/rank-1"],
        root(),
    );
    assert_eq!(output.status.code(), Some(0));
    let said = stdout(&output);
    assert!(said.starts_with(
        "students/preferred/senior-medical-students/rank-1: 64.3% (9/14), 95% interval 38.8 to 83.7\n"
    ));
    assert!(said.contains("students.csv: 19, 20, 21, 23, 24, 27, 32, 34, 35"), "{said}");
    let output = canvass(&["trace", "analyses/near-peer", "students/rr9"], root());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean students/rr"), "{}", stderr(&output));
}

#[test]
fn explain_knows_codes_methods_and_statistics() {
    for (wanted, begins) in [
        ("D001", "D001: "),
        ("d001", "D001: "),
        ("proportion_ci.wilson", "`proportion_ci.wilson`"),
        ("top-box", "`top-box`"),
        ("mann_whitney.exact", "`mann_whitney.exact`"),
    ] {
        let output = canvass(&["explain", wanted], root());
        assert_eq!(output.status.code(), Some(0), "{wanted}");
        assert!(stdout(&output).starts_with(begins), "{wanted}: {}", stdout(&output));
    }
    let output = canvass(&["explain", "proportion_ci.wilsen"], root());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean proportion_ci.wilson?"));
}

#[test]
fn a_file_that_is_no_export_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("empty.csv", &b""[..]),
        ("image.csv", &b"\x89PNG\r\n\x1a\n\0\0\0"[..]),
        ("quote.csv", &b"a,b\n1,\"2\n3,4\n"[..]),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        let output = canvass(&["inspect", name], folder.path());
        assert_eq!(output.status.code(), Some(2), "{name}: {}", stdout(&output));
        assert!(!stderr(&output).contains("panicked"), "{name}");
    }
}

#[test]
fn wrong_usage_is_status_two_and_help_is_not() {
    assert_eq!(canvass(&["rum", "x"], root()).status.code(), Some(2));
    assert_eq!(canvass(&["--help"], root()).status.code(), Some(0));
    assert_eq!(canvass(&["--version"], root()).status.code(), Some(0));
}

#[test]
fn what_is_no_study_is_refused_in_one_sentence() {
    let folder = copy();
    let output = canvass(&["run", "fixtures/near-peer/students.csv"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("students.csv is not a study file"), "{said}");
    assert!(said.contains("canvass inspect fixtures/near-peer/students.csv"), "{said}");
    assert_eq!(said.matches("error[").count(), 1);
    let output = canvass(&["verify", "fixtures"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there is no study.toml in fixtures"), "{}", stderr(&output));
    assert!(!stderr(&output).contains("nothing was written"));
}

#[test]
fn a_study_has_the_id_of_its_folder_wherever_it_is_run_from() {
    let folder = copy();
    let inside = folder.path().join("analyses/near-peer");
    for (study, from) in [(".", &inside), ("study.toml", &inside), ("..", &inside.join("sub"))] {
        fs::create_dir_all(from).unwrap();
        let out = folder.path().join("out");
        let output = canvass(&["run", study, "--out", &out.to_string_lossy()], from);
        assert!(
            stdout(&output).starts_with("near-peer: "),
            "{study}: {}{}",
            stdout(&output),
            stderr(&output)
        );
        assert!(
            stdout(&output).contains(&format!("check it: canvass verify {study} --out {}", out.display()))
        );
        for name in ["manifest.json", "findings.json", "ledger.csv"] {
            assert!(
                fs::read(out.join(name)).unwrap()
                    == fs::read(folder.path().join("output/near-peer").join(name)).unwrap(),
                "{study}: {name}"
            );
        }
    }
}

#[test]
fn mistakes_of_study_claims_and_template_come_at_once() {
    let folder = copy();
    let study = "analyses/near-peer";
    edit(folder.path(), &format!("{study}/study.toml"), "style = \"ama\"", "style = \"amma\"");
    edit(folder.path(), &format!("{study}/reported.toml"), "says = { count = 22 }", "says = { cuont = 22 }");
    edit(folder.path(), &format!("{study}/results.template.md"), "{{", "In 2020 {{");
    let said = stderr(&canvass(&["run", study], folder.path()));
    for expected in ["did you mean \"ama\"?", "has no key \"cuont\"", "no finding vouches for 2020"] {
        assert!(said.contains(expected), "{expected:?} is not in\n{said}");
    }
}

#[test]
fn a_claim_of_an_unknown_finding_stops_run_and_verify() {
    let folder = copy();
    let reported = "analyses/near-peer/reported.toml";
    edit(folder.path(), reported, "finding = \"students/rr2\"", "finding = \"students/rr22\"");
    for command in ["run", "verify"] {
        let output = canvass(&[command, "analyses/near-peer"], folder.path());
        assert_eq!(output.status.code(), Some(2));
        let said = stderr(&output);
        assert!(said.contains("no finding is named \"students/rr22\""), "{said}");
        assert!(said.contains("did you mean \"students/rr2\"?"), "{said}");
        assert!(said.contains("reported.toml:"), "{said}");
    }
}

#[test]
fn a_claim_whose_words_say_another_number_is_warned_of() {
    let folder = copy();
    let reported = "analyses/near-peer/reported.toml";
    edit(folder.path(), reported, "Fourteen of the 22", "Fifteen of the 22");
    for command in ["run", "verify"] {
        let said = stderr(&canvass(&[command, "analyses/near-peer"], folder.path()));
        assert!(
            said.contains("warning[S015]") && said.contains("says 14, which its text does not"),
            "{said}"
        );
    }
}

#[test]
fn what_differs_stands_first_and_lines_keep_to_the_width() {
    let folder = copy();
    let reported = "analyses/near-peer/reported.toml";
    edit(folder.path(), reported, "says = { count = 4, of = 20 }", "says = { count = 5, of = 20 }");
    let said = stdout(&canvass(&["verify", "analyses/near-peer"], folder.path()));
    let at = |what: &str| said.find(what).unwrap_or_else(|| panic!("{what} is not in\n{said}"));
    assert!(at("  differs  Four of the 20") < at("  holds  "));
    assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
    let json = stdout(&canvass(&["verify", "analyses/near-peer", "--json"], folder.path()));
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["format"]["name"], "canvass.verify");
    assert!(report["remarks"].is_array());
}

#[test]
fn choices_that_the_definition_declares_are_not_declared_again() {
    let folder = copy();
    let study = "analyses/near-peer/study.toml";
    edit(folder.path(), study, "kind = \"single\"", "kind = \"single\"\nchoices = [\"a\", \"b\"]");
    edit(folder.path(), study, "kind = \"multi\"", "kind = \"multi\"\nchoices = [\"a\", \"b\"]");
    let output = canvass(&["run", "analyses/near-peer"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("students.csv declares the choices of Q3 already"), "{said}");
    assert!(said.contains("residents.csv declares the choices of motiv already"), "{said}");
}
