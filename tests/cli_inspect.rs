//! `canvass inspect` as a person types it.

use std::fs;

use unicode_width::UnicodeWidthStr as _;

use crate::cli::{canvass, stderr, stdout};
use crate::studies_in_memory::root;

#[test]
fn inspect_reports_for_people_and_for_machines() {
    let arguments =
        ["inspect", "fixtures/near-peer/students.csv", "--definition", "fixtures/near-peer/students.qsf"];
    let said = stdout(&canvass(&arguments, root()));
    assert!(said.starts_with("Qualtrics export, choice texts, 3 header rows"), "{said}");
    assert!(
        said.contains("17 rows, 39 columns, 7 questions: 14 finished, 3 unfinished, 1 preview"),
        "{said}"
    );
    // One person of 17 did not reach the grid, which is four cells of it; one skipped an item, one cannot judge one.
    assert!(said.contains("grid 4 x 6"), "{said}");
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("15-16 of 17 4 cells not reached, 1"), "{said}");
    let json = stdout(&canvass(&[arguments.as_slice(), &["--json"]].concat(), root()));
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["rows"], 17);
    assert_eq!(report["questions"].as_array().unwrap().len(), 7);
    assert_eq!(report["questions"][1]["kind"], "ranking of 3");
    // Q7_4 is answered by 15 of the 16 who reached it: one skipped it.
    let items = report["questions"][4]["items"].as_array().unwrap();
    let answered: Vec<u64> = items.iter().map(|item| item["answered"].as_u64().unwrap()).collect();
    assert_eq!(answered.iter().sum::<u64>(), 4 * 17 - 4 - 1 - 1);
}

#[test]
fn inspect_prints_nothing_of_columns_that_tell_who_a_person_is() {
    let folder = tempfile::tempdir().unwrap();
    // By its cells alone each column would be a choice: its texts stand twice at least, but for one comment.
    let row = "ann@example.org,Ann Secret,Dr Brown,M-4711,192.0.2.7,Yes,no";
    let mail = format!(
        "Email Address,Your full name,What is your supervisor's name?,Matric number,Where from,Agree?,Comment\n{row}\n{row}\n{row}\n{row} but she knows\n"
    );
    fs::write(folder.path().join("plain.csv"), mail).unwrap();
    for arguments in [&["inspect", "plain.csv"][..], &["inspect", "plain.csv", "--json"]] {
        let said = stdout(&canvass(arguments, folder.path()));
        for secret in ["example.org", "Secret", "Brown", "4711", "192.0", "she knows"] {
            assert!(!said.contains(secret), "{secret}: {said}");
        }
    }
    let said = stdout(&canvass(&["inspect", "plain.csv"], folder.path()));
    assert!(said.contains("4 rows, 7 columns, 2 questions\n"), "{said}");
    assert!(said.contains("no | 1 more given once, not shown"), "{said}");
    assert!(
        said.contains("5 columns never printed, which may tell who a person is: Email Address,"),
        "{said}"
    );
}

#[test]
fn inspect_of_a_folder_names_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("wave1.csv"), "a\n1\n").unwrap();
    let output = canvass(&["inspect", "."], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(". is a folder; give the export file"), "{}", stderr(&output));
    assert!(stderr(&output).contains("in it: wave1.csv"), "{}", stderr(&output));
    assert!(stderr(&output).ends_with("1 problem\n"), "{}", stderr(&output));
    fs::write(folder.path().join("study.toml"), "").unwrap();
    assert!(stderr(&canvass(&["inspect", "."], folder.path())).contains("it holds a study"));
}

/// Every line that is wider than a terminal of 100 columns.
fn too_wide(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.width() > 100).collect()
}

#[test]
fn the_report_keeps_to_100_columns_whatever_the_names_and_texts() {
    let folder = tempfile::tempdir().unwrap();
    let wide = "\u{540c}\u{610f}".repeat(40);
    let long = "x".repeat(240);
    let accents = "e\u{301}".repeat(130);
    let emoji = "\u{1f600}".repeat(60);
    let turned = "\u{202e}abc\u{1b}[31m".repeat(12);
    let row = |end: &str| format!("{wide},{long},{accents},7,\"{emoji}, {wide}\",{end}\n");
    let names = format!("{wide},{long},Q3,{emoji},\"How {turned} {long}?\",why\n");
    let rows: String = (0..8).map(|n| row(&format!("{n} words of {long}"))).collect();
    fs::write(folder.path().join("wide.csv"), format!("{names}{rows}")).unwrap();
    let said = stdout(&canvass(&["inspect", "wide.csv"], folder.path()));
    assert!(said.contains("8 rows, 6 columns"), "{said}");
    assert_eq!(too_wide(&said), Vec::<&str>::new());
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
}

#[test]
fn the_report_tells_each_problem_once_with_an_example() {
    let output = canvass(&["inspect", "fixtures/near-peer/students.csv"], root());
    let said = stdout(&output);
    assert_eq!(too_wide(&said), Vec::<&str>::new());
    // Q5, Q6, Q7, Q8 and Q9 each have blanks that nothing explains.
    assert_eq!(said.matches("was not shown, and no condition of its own says why").count(), 1, "{said}");
    assert!(said.contains("students.csv:25, column Q5_1; and 4 more like it: Q6, Q7_1, Q8_1, Q9"), "{said}");
    assert!(said.contains("4 columns have choices inferred from the answers: Q3, Q6, Q7_1, Q8_1"), "{said}");
    assert!(said.contains("\n3 things to decide\n"), "{said}");
    assert!(said.contains("Likert") || said.contains("grid 4 x 6"), "{said}");
    assert_eq!(stderr(&output), "");
}
