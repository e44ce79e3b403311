//! Tests of whole tables: which cell shows what, and what stands below.

use super::samples::{Study, base, named, order};
use super::*;
use crate::findings::{Compared, Kind};
use crate::numbers::{ColumnDecimals, NumberStyle, Rounding};
use std::collections::BTreeMap;

use crate::codebook::Missing;
use crate::findings::{Asked, Base, Reason, Value};

const AMA: Print = Print {
    style: NumberStyle::Ama,
    decimals: ColumnDecimals { percent: None, mean: None, p: None },
    rounding: Rounding::HalfUp,
};

fn request(kind: TableKind) -> TableRequest {
    TableRequest {
        id: "table".into(),
        title: String::new(),
        groups: Vec::new(),
        compared: Compared::default(),
        order: None,
        kind,
    }
}

fn built(study: &Study, kind: TableKind) -> Table {
    build(&request(kind), &study.outline, &study.findings, AMA).unwrap()
}

fn shown(row: &Row) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.shown.as_str()).collect()
}

#[test]
fn items_show_every_point_base_missing_and_summaries() {
    let mut study = Study::new();
    let levels = [named("no", "No"), named("maybe", "Maybe"), named("yes", "Yes")];
    study.question("students", "q", Kind::Likert, &[named("a", "Item A")], &levels);
    let base = base(14);
    for (tail, value) in [
        ("no", Value::share(0, 14)),
        ("maybe", Value::share(5, 14)),
        ("yes", Value::share(9, 14)),
        ("top-box", Value::share(14, 14)),
        ("answered", Value::Count(14)),
        ("median", Value::Number(3.0)),
        ("q1", Value::Number(2.0)),
        ("q3", Value::Number(3.0)),
        ("mean", Value::Number(2.642_857)),
        ("sd", Value::Number(0.497_245)),
    ] {
        study.push(&format!("students/q/a/{tail}"), &base, value);
    }
    let table = built(&study, TableKind::Items { questions: vec!["q".into()] });
    assert_eq!(table.columns[..3], ["No, n (%)", "Maybe, n (%)", "Yes, n (%)"]);
    let row = &table.sections[0].rows[0];
    let expected = [
        "0 (0%)",
        "5 (36%)",
        "9 (64%)",
        "14",
        "1",
        "1",
        "3 [2, 3]",
        "2.6 (0.5)",
        "100% (14/14) [25% to 75%]",
    ];
    assert_eq!(shown(row), expected);
    assert_eq!(row.cells[7].quotes.len(), 2, "mean and SD are both quoted");
    assert_eq!(table.footnotes, ["small base: fewer than 30"]);
    assert!(table.notes.contains(&"Intervals: Wilson score interval, 95%.".to_owned()));
    assert!(table.notes.contains(&"Top box: Maybe or Yes.".to_owned()));
    assert_eq!(
        table.notes[0],
        "Percents are of N, those who answered on the scale. N/A: not applicable. Missing: asked, without any answer."
    );
    assert_eq!(table.notes.last().map(String::as_str), Some("Synthetic answers."));
}

#[test]
fn decimals_are_chosen_for_a_column_by_its_smallest_base() {
    let mut study = Study::new();
    for (group, n) in [("students", 200), ("residents", 50)] {
        study.question(group, "q", Kind::Single, &[named("", "")], &[named("x", "X")]);
        study.push(&format!("{group}/q/x"), &base(n), Value::share(1, n));
    }
    let table = built(&study, TableKind::Participants { questions: vec!["q".into()] });
    let rows = &table.sections[0].rows;
    assert_eq!(shown(&rows[0]), ["1 (0.5%)", "1 (2%)"], "a column for each group");
    assert_eq!(shown(&rows[1]), ["200", "50"]);
    let labels: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["X", "Answered", "Missing: skipped", "Missing: not applicable"]);
}

#[test]
fn respondents_and_mentions_are_two_bases() {
    let mut study = Study::new();
    study.question("students", "q", Kind::Multi, &[named("", "")], &[named("x", "X"), named("y", "Y")]);
    let base = base(14);
    for (id, value) in [
        ("x", Value::share(9, 14)),
        ("y", Value::share(7, 14)),
        ("x/mentions", Value::share(9, 16)),
        ("y/mentions", Value::share(7, 16)),
        ("mentions-total", Value::Count(16)),
        ("answered", Value::Count(14)),
    ] {
        study.push(&format!("students/q/{id}"), &base, value);
    }
    let table = built(&study, TableKind::Choices { question: "q".into() });
    let rows = &table.sections[0].rows;
    assert_eq!(shown(&rows[0]), ["64% (9/14) [25% to 75%]", "56% (9/16)"]);
    assert_eq!(shown(&rows[2]), ["14", "16"]);
    assert_eq!(table.notes[0], "The most frequent choice first, ties in the order of the questionnaire.");
}

#[test]
fn a_ranking_stands_in_its_order_with_ties_as_ties() {
    let mut study = Study::new();
    let items = [named("att", "Attending"), named("res", "Resident"), named("sen", "Senior")];
    study.question("students", "q", Kind::Ranking, &items, &[]);
    let base = base(14);
    for (item, counts) in [("att", [2, 4, 8]), ("res", [2, 4, 8]), ("sen", [10, 3, 1])] {
        for (rank, count) in (1..).zip(counts) {
            study.push(&format!("students/q/{item}/rank-{rank}"), &base, Value::share(count, 14));
        }
        study.push(&format!("students/q/{item}/unranked"), &base, Value::share(0, 14));
        study.push(&format!("students/q/{item}/mean-rank"), &base, Value::Number(1.357));
    }
    study.push("students/q/order", &base, order());
    let table = built(&study, TableKind::Ranking { question: "q".into() });
    let rows = &table.sections[0].rows;
    assert_eq!(rows[0].label, "Senior");
    assert_eq!(shown(&rows[0]), ["1", "71% (10/14)", "21% (3/14)", "7% (1/14)", "0% (0/14)", "1.36"]);
    assert_eq!((rows[1].cells[0].shown.as_str(), rows[2].cells[0].shown.as_str()), ("2=", "2="));
}

#[test]
fn numbers_show_range_and_a_missing_finding_is_no_zero() {
    let mut study = Study::new();
    study.question("students", "age", Kind::Number, &[named("", "")], &[]);
    let base = base(14);
    for (tail, value) in [("mean", 26.04), ("sd", 2.5), ("median", 25.5), ("q1", 24.0), ("q3", 28.0)] {
        study.push(&format!("students/age/{tail}"), &base, Value::Number(value));
    }
    study.push("students/age/minimum", &base, Value::Number(-1.0));
    let table = built(&study, TableKind::Numbers { questions: vec!["age".into()] });
    let row = &table.sections[0].rows[0];
    assert_eq!(row.label, "AGE");
    assert_eq!(shown(row), ["14", "2", "26.0", "2.5", "25.5 [24.0, 28.0]", "\u{2212}1 to n/a"]);
    assert_eq!(row.cells[5].marks.len(), 1);
    assert!(table.footnotes.iter().any(|note| note.contains("not part of this study's analyses")));
}

#[test]
fn a_group_without_answers_says_why() {
    let mut study = Study::new();
    for (group, value) in
        [("students", Value::share(14, 22)), ("residents", Value::NotComputed(Reason::NotCollected))]
    {
        study.push(&format!("{group}/rr2"), &base(14), value.clone());
        study.push(&format!("{group}/invited"), &base(14), Value::Count(22));
        let dispositions = ["complete", "partial", "break-off", "silent"];
        for id in
            dispositions.iter().map(|id| format!("{group}/disposition/{id}")).chain([format!("{group}/rr1")])
        {
            study.push(&id, &base(14), value.clone());
        }
    }
    study.push("students/received", &base(14), Value::Count(17));
    study.push("students/included", &base(14), Value::Count(14));
    let table = built(&study, TableKind::Response);
    let rate = table.columns.iter().position(|column| column.starts_with("RR2")).unwrap();
    let cells: Vec<&str> = table.sections[0].rows.iter().map(|row| row.cells[rate].shown.as_str()).collect();
    assert_eq!(cells, ["64% (14/22) [25% to 75%]", "n/a"]);
    let silent = &table.sections[0].rows[1];
    let mark = silent.cells[rate].marks[0];
    assert_eq!(table.footnotes[mark], "not computed: no answers of this group are part of the study");
    assert_eq!(silent.cells[0].shown, "22");
    assert!(silent.cells[1..].iter().all(|cell| cell.shown == "n/a" && cell.marks == [mark]), "{silent:?}");
}

#[test]
fn groups_on_different_scales_have_no_common_table() {
    let mut study = Study::new();
    let item = [named("a", "A")];
    study.question("students", "q", Kind::Likert, &item, &[named("no", "No"), named("yes", "Yes")]);
    study.question("residents", "q", Kind::Likert, &item, &[named("yes", "Yes"), named("no", "No")]);
    let kind = TableKind::Items { questions: vec!["q".into()] };
    let error = build(&request(kind), &study.outline, &study.findings, AMA).unwrap_err();
    assert_eq!(error, NotTabled::DifferentScales { question: "q".into() });
    let kind = TableKind::Choices { question: "nothing".into() };
    let error = build(&request(kind), &study.outline, &study.findings, AMA).unwrap_err();
    assert_eq!(error, NotTabled::UnknownQuestion { question: "nothing".into() });
}

/// Twenty analysed, fourteen of them with an answer; one for each other reason.
fn many_reasons() -> Base {
    let reasons = [
        Missing::NotApplicable,
        Missing::DontKnow,
        Missing::Refused,
        Missing::Skipped,
        Missing::Unreadable,
        Missing::Blank,
    ];
    let missing: BTreeMap<Missing, u64> = reasons.into_iter().map(|reason| (reason, 1)).collect();
    Base { asked: Asked::new(20, 14, missing).ok(), ..base(14) }
}

#[test]
fn an_answer_outside_the_scale_has_its_own_column_and_is_not_missing() {
    let mut study = Study::new();
    study.question(
        "students",
        "q",
        Kind::Likert,
        &[named("a", "A")],
        &[named("no", "No"), named("yes", "Yes")],
    );
    for (tail, count) in [("no", 5), ("yes", 9)] {
        study.push(&format!("students/q/a/{tail}"), &many_reasons(), Value::share(count, 14));
    }
    let table = built(&study, TableKind::Items { questions: vec!["q".into()] });
    assert_eq!(table.columns[2..7], ["N", "N/A", "Don't know", "Refused", "Missing"]);
    let row = &table.sections[0].rows[0];
    assert_eq!(shown(row)[2..7], ["14", "1", "1", "1", "3"]);
    assert!(table.notes[0].ends_with("Refused: preferred not to say. Missing: asked, without any answer."));
    // The unreadable and the blank cell are marked where they are counted.
    let words: Vec<&str> = row.cells[6].marks.iter().map(|mark| table.footnotes[*mark].as_str()).collect();
    assert_eq!(words, ["1 blank, reason not in the file", "1 could not be read as an answer"]);
    assert!(!table.notes.iter().any(|note| note.contains("Intervals")), "no interval is printed: no top box");
}

#[test]
fn reasons_that_have_rows_are_no_footnotes_too() {
    let mut study = Study::new();
    study.question("students", "q", Kind::Single, &[named("", "")], &[named("x", "X"), named("y", "Y")]);
    for (tail, count) in [("x", 5), ("y", 9)] {
        study.push(&format!("students/q/{tail}"), &many_reasons(), Value::share(count, 14));
    }
    let table = built(&study, TableKind::Participants { questions: vec!["q".into()] });
    let rows = &table.sections[0].rows;
    let labels: Vec<&str> = rows.iter().skip(2).map(|row| row.label.as_str()).collect();
    assert_eq!((labels[0], labels.len()), ("Answered", 7), "a row for each of six reasons");
    assert!(rows.iter().all(|row| row.cells[0].marks.is_empty()));
    assert!(rows.iter().all(|row| row.marks.len() <= 1), "only the small base is beside the choices");
    assert!(!table.notes.iter().any(|note| note.contains("Intervals")), "n (%) has no interval");
}

#[test]
fn choices_stand_by_frequency_with_other_last() {
    let mut study = Study::new();
    let levels = [named("o", "Other"), named("x", "X"), named("y", "Y"), named("z", "Z")];
    study.question("students", "q", Kind::Multi, &[named("", "")], &levels);
    for (tail, count) in [("o", 9), ("x", 2), ("y", 5), ("z", 2)] {
        study.push(&format!("students/q/{tail}"), &base(14), Value::share(count, 14));
    }
    let table = built(&study, TableKind::Choices { question: "q".into() });
    let labels: Vec<&str> = table.sections[0].rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["Y", "X", "Z", "Other", "All who answered; all mentions"]);
    assert!(table.notes[0].ends_with("questionnaire, Other last."));
}

#[test]
fn an_order_that_is_partly_withheld_is_neither_shown_nor_claimed() {
    let choices = |withheld: Option<&str>| {
        let mut study = Study::new();
        let levels = [named("x", "X"), named("y", "Y"), named("z", "Z")];
        study.question("students", "q", Kind::Multi, &[named("", "")], &levels);
        for (tail, count) in [("x", 6), ("y", 5), ("z", 9)] {
            let is_withheld = withheld == Some(tail);
            let value =
                if is_withheld { Value::NotComputed(Reason::Withheld) } else { Value::share(count, 14) };
            study.push(&format!("students/q/{tail}"), &base(14), value);
        }
        let table = built(&study, TableKind::Choices { question: "q".into() });
        let labels: Vec<String> =
            table.sections[0].rows.iter().map(|row| row.label.clone()).take(3).collect();
        (labels, table.notes[0].clone())
    };
    assert_eq!(choices(None).0, ["Z", "X", "Y"]);
    let (labels, note) = choices(Some("y"));
    assert_eq!(labels, ["X", "Y", "Z"], "Z first would be an order of those told alone");
    assert!(note.starts_with("Choices in the order of the questionnaire"), "{note}");
}

#[test]
fn items_and_rankings_claim_no_order_that_is_withheld() {
    let mut study = Study::new();
    let items = [named("a", "A"), named("b", "B")];
    study.question("students", "q", Kind::Likert, &items, &[named("no", "No"), named("yes", "Yes")]);
    study.push("students/q/a/mean", &base(14), Value::NotComputed(Reason::Withheld));
    study.push("students/q/b/mean", &base(14), Value::Number(1.5));
    let mut asked = request(TableKind::Items { questions: vec!["q".into()] });
    asked.order = Some(Order::Mean);
    let table = build(&asked, &study.outline, &study.findings, AMA).unwrap();
    assert_eq!(table.sections[0].rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    let note = |table: &Table| table.notes.iter().find(|note| note.contains("order")).cloned().unwrap();
    assert!(note(&table).starts_with("Items in the order of the questionnaire"), "{}", note(&table));

    let mut study = Study::new();
    study.question("students", "q", Kind::Ranking, &items, &[]);
    study.push("students/q/order", &base(14), Value::NotComputed(Reason::Withheld));
    let table = built(&study, TableKind::Ranking { question: "q".into() });
    assert!(note(&table).starts_with("Items in the order of the questionnaire"), "{}", note(&table));
}
