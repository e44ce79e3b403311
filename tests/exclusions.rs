//! Which responses are left out as previews or unfinished, in any language of the export, and what is said of it once.

use canvass::diag::{Diag, FileId, codes};
use canvass::io::{Memory, Source};
use canvass::pipeline::{Outcome, compute};

use crate::studies_in_memory::{Csv, load, outcome, study_file};

/// The founding study with some cells of the students' answers changed: record, column, text.
fn students(changes: &[(usize, &str, &str)], rule: Option<&str>) -> Memory {
    let mut source = load("near-peer");
    let mut csv = Csv::read(&source, "fixtures/near-peer/students.csv");
    for (record, column, text) in changes {
        let column = csv.column(column);
        (*text).clone_into(&mut csv.records[*record].1[column]);
    }
    csv.write_to(&mut source);
    if let Some(rule) = rule {
        let file = study_file("near-peer");
        let text = String::from_utf8(source.read(&file).unwrap()).unwrap();
        let rule = format!("[[exclude]]\nrule = \"{rule}\"\nin = [\"students\"]\n\n[[ask]]");
        source.insert(file, text.replacen("[[ask]]", &rule, 1).into_bytes());
    }
    source
}

fn left_out(outcome: &Outcome, rule: &str) -> Vec<u32> {
    let rule = format!("exclude {rule}");
    outcome.ledger.sorted().iter().filter(|entry| entry.rule == rule).map(|entry| entry.line).collect()
}

#[test]
fn finished_in_another_language_is_finished() {
    let english = outcome(&students(&[], Some("unfinished")), "near-peer");
    let expected = left_out(&english, "unfinished");
    let csv = Csv::read(&load("near-peer"), "fixtures/near-peer/students.csv");
    let finished = csv.column("Finished");
    let german: Vec<(usize, &str, &str)> = (3..csv.records.len())
        .map(|record| {
            let is = csv.records[record].1[finished] == "True";
            (record, "Finished", if is { "Wahr" } else { "Falsch" })
        })
        .collect();
    let unfinished = german.iter().filter(|(_, _, text)| *text == "Falsch").count();
    assert!(unfinished > 0);
    let german = outcome(&students(&german, Some("unfinished")), "near-peer");
    assert_eq!(left_out(&german, "unfinished"), expected);
}

#[test]
fn a_response_that_may_be_finished_or_not_stops_the_rule_and_is_named() {
    let source = students(&[(4, "Finished", "perhaps"), (4, "Progress", "")], Some("unfinished"));
    let stopped = compute(&source, &study_file("near-peer"), &|_| {}).unwrap_err();
    let problem = &stopped.problems[0];
    assert_eq!(problem.code, codes::STUDY_BAD_EXCLUSION);
    assert_eq!(
        problem.help.as_deref(),
        Some("the export does not say whether the response on line 19 was submitted")
    );
    // The percent says it where the word is not known.
    let source = students(&[(4, "Finished", "perhaps")], Some("unfinished"));
    assert!(!left_out(&outcome(&source, "near-peer"), "unfinished").contains(&19));
}

#[test]
fn a_preview_in_another_language_is_left_out_and_an_unknown_type_is_named_and_kept() {
    let source = students(
        &[
            (3, "Status", "Umfragevorschau"),
            (3, "DistributionChannel", ""),
            (4, "Status", "Zz"),
            (4, "DistributionChannel", ""),
        ],
        None,
    );
    let outcome = outcome(&source, "near-peer");
    assert_eq!(left_out(&outcome, "preview"), [18]);
    let notes: Vec<&Diag> = outcome.notes.iter().filter(|note| note.message.contains("preview")).collect();
    assert_eq!(notes.len(), 1);
    assert_eq!(
        notes[0].message,
        "it is not known whether a response with response type \"Zz\" is a preview: 1 row, kept"
    );
}

#[test]
fn what_is_noted_of_an_export_is_said_once_however_many_groups_share_it() {
    let source = load("anes96");
    let csv = Csv::read(&source, "fixtures/anes96/anes96.csv");
    let column = csv.column("selfLR");
    let changed = csv.with_cell(&source, 1, column, "nonsense");
    let outcome = outcome(&changed, "anes96");
    assert!(outcome.study.groups.len() > 1);
    let file = FileId::new("fixtures/anes96/anes96.csv");
    let said = outcome.notes.iter().filter(|note| note.code == codes::NOT_ON_SCALE).count();
    assert_eq!(said, 1, "{file}: {:#?}", outcome.notes);
}

#[test]
fn a_record_with_two_rows_in_a_group_is_refused_and_both_are_named() {
    let residents = |changes: &[(usize, &str, &str)]| {
        let mut source = load("near-peer");
        let mut csv = Csv::read(&source, "fixtures/near-peer/residents.csv");
        for (record, column, text) in changes {
            let column = csv.column(column);
            (*text).clone_into(&mut csv.records[*record].1[column]);
        }
        csv.write_to(&mut source);
        compute(&source, &study_file("near-peer"), &|_| {})
    };
    // Records 1 and 3 are analysed; the first has a line break in an answer, so that the third stands on line 5.
    let stopped = residents(&[(3, "record_id", "1")]).unwrap_err();
    let problem = stopped.problems.iter().find(|problem| problem.code == codes::ROWS_NOT_PEOPLE).unwrap();
    assert_eq!(
        problem.message,
        "lines 2 and 5 of residents.csv are of one record: 1 of the 4 rows of group \"residents\" would count somebody again"
    );
    assert!(problem.help.as_deref().unwrap().contains("rule = \"duplicate\" and by = \"record_id\""));
    // A row that a rule leaves out counts nobody twice: the second response with a code of the roster is a duplicate.
    let code_of_first = "R05";
    assert!(residents(&[(3, "record_id", "1"), (3, "code", code_of_first)]).is_ok());
}
