//! Each shape of a question on a table small enough to read.

use super::*;
use crate::codebook::MultiCells;
use crate::diag::{FileId, Severity};
use crate::ingest;
use crate::ingest::told::{kinds, labels};

/// Reads a form of which every row holds one answer to each of some questions.
fn form(titles: &str, rows: &[&str]) -> Noted<Export> {
    let mut text = format!("ID;Start time;Completion time;Email;Name;{titles}\n").replace(';', "\t");
    for (at, row) in rows.iter().enumerate() {
        let line =
            format!("{}\t2021-01-02 10:00:00\t2021-01-02 10:0{}:00\tanonymous\t\t{row}\n", at + 1, at % 10);
        text.push_str(&line);
    }
    ingest::read(&FileId::new("a.tsv"), text.as_bytes(), None).unwrap()
}

#[test]
fn five_columns_are_about_the_response_and_a_quiz_adds_its_own() {
    let noted = form(
        "Total points;Happy?;Points - Happy?;Feedback - Happy?",
        &["1\tYes\t1\t", "0\tNo\t0\t", "1\tYes\t1\t", "0\tNo\t0\t"],
    );
    let export = noted.value;
    assert_eq!(export.platform, Platform::MicrosoftForms);
    assert_eq!(
        (export.metadata.record, export.metadata.started, export.metadata.ended),
        (Some(0), Some(1), Some(2))
    );
    assert_eq!(export.metadata.rest, [3, 4, 5, 7, 8]);
    assert_eq!(export.identifiers, [0, 3, 4]);
    assert_eq!(kinds(&export), [("Happy?", "single")]);
}

#[test]
fn f_01_a_choice_that_holds_the_mark_is_one_choice() {
    let rows = ["tea; or coffee;milk;", "tea; or coffee;", "milk;water;", "water;", "milk;"];
    let rows: Vec<&str> = rows.iter().cycle().take(20).copied().collect();
    let export = form("Drinks", &rows).value;
    assert_eq!(kinds(&export), [("Drinks", "multi-select")]);
    let Form::Multi { cells, .. } = &export.instrument.questions[0].form else { panic!() };
    assert_eq!(*cells, MultiCells::Joined { column: 5, separator: ";".into() });
}

#[test]
fn f_02_own_words_are_bare_text_beside_choices_that_repeat() {
    let mut rows = vec!["Bus"; 30];
    rows.extend(vec!["Train"; 30]);
    rows.extend(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"].map(|_| ""));
    let own: Vec<String> = (0..12).map(|at| format!("my own way {at}")).collect();
    rows.extend(own.iter().map(String::as_str));
    // Twenty-one different texts are no plain list of choices.
    let more: Vec<String> = (0..9).map(|at| format!("by {at}")).collect();
    rows.extend(more.iter().map(String::as_str));
    rows.extend(vec!["Bus"; 40]);
    let export = form("How do you come?", &rows).value;
    assert_eq!(labels(&export, "How do you come?"), ["Bus", "Train", "Other (own words)"]);
}

#[test]
fn f_03_one_pick_still_ends_in_the_mark() {
    let export = form("Drinks;Best", &["milk;\tmilk", "water;\twater", "milk;\tmilk", "water;\twater"]).value;
    assert_eq!(kinds(&export), [("Drinks", "multi-select"), ("Best", "single")]);
}

#[test]
fn f_04_the_same_pieces_in_every_cell_in_several_orders_are_a_ranking() {
    let orders = ["a;b;c;", "b;a;c;", "c;b;a;", "a;c;b;", "b;c;a;"];
    let export = form("Rank", &orders).value;
    assert_eq!(kinds(&export), [("Rank", "ranking")]);
    assert_eq!(labels(&export, "Rank"), ["a", "b", "c"]);
    // In few cells, or in one order, it may be that everybody chose everything.
    for rows in [&orders[..2], &["a;b;"; 8]] {
        let noted = form("Rank", rows);
        assert_eq!(kinds(&noted.value), [("Rank", "multi-select")]);
        assert!(
            noted
                .notes
                .iter()
                .any(|note| note.severity == Severity::Warning && note.message.contains("may be a ranking"))
        );
    }
}

#[test]
fn f_05_the_same_statement_twice_stays_two_questions() {
    let rows = ["Agree\tDisagree", "Agree\tAgree", "Disagree\tAgree", "Agree\tAgree"];
    let export = form("It helps;It helps2", &rows).value;
    assert_eq!(kinds(&export), [("It helps", "single"), ("It helps2", "single")]);
}

#[test]
fn f_06_what_branching_left_blank_has_no_reason() {
    let export = form("Happy?;Why?", &["Yes\t", "No\tx", "Yes\t", "No\ty"]).value;
    assert!(export.instrument.questions.iter().all(|question| question.asked_if.is_none()));
}

#[test]
fn f_08_line_breaks_and_hard_blanks_leave_the_titles() {
    let text = "ID,Start time,Completion time,Email,Name,\"1.\u{a0}How\nold?\"\n1,2021-01-02 10:00:00,2021-01-02 10:01:00,anonymous,,30\n";
    let export = ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value;
    assert_eq!(kinds(&export), [("1. How old?", "number")]);
}

#[test]
fn f_09_dates_as_texts_are_known_and_other_tables_with_an_id_are_not() {
    let text =
        "ID,Startzeit,Fertigstellungszeit,E-Mail,Name,Froh?\n1,2.1.2021 10:00,2.1.2021 10:01,anonymous,,Ja\n";
    assert_eq!(
        ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value.platform,
        Platform::MicrosoftForms
    );
    let text = "ID,Start time,End time,Email,Name\n1,2021-01-02,2021-01-02,x,y\n";
    assert_eq!(
        ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value.platform,
        Platform::Plain
    );
}
