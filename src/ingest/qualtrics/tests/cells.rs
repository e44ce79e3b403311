//! What cells hold: the mark of no answer, `NA`, numbers.

use super::*;

#[test]
fn q_07_na_as_an_answer_stays_text_but_na_for_every_blank_is_blank() {
    let columns = [ID, ("Q1", "Which?", "QID1"), ("Q2", "Why?", "QID2_TEXT"), ("Q3", "Who?", "QID3_TEXT")];
    let kept = noted(&export(
        &columns,
        &[&["R_0000000000000001", "NA", "NA", "NA"], &["R_0000000000000002", "a", "", "b"]],
    ));
    assert_eq!(kept.value.table.cell(0, 2), Some("NA"));
    let written = noted(&export(
        &columns,
        &[&["R_0000000000000001", "NA", "NA", "NA"], &["R_0000000000000002", "a", "x", "b"]],
    ));
    assert_eq!(written.value.table.cell(0, 2), None);
    assert!(has(&written.notes, codes::ASSUMED));
}

const SCALE: &str = r#""Answers":{"1":{"Display":"No"},"2":{"Display":"Yes"},"3":{"Display":"n/a"}},"AnswerOrder":["2","1","3"]"#;

#[test]
fn q_09_q_12_a_negative_code_that_the_author_chose_is_no_mark() {
    let body = format!(
        r#"{{"QuestionText":"Rate","DataExportTag":"Q3","QuestionType":"Matrix","Selector":"Likert","SubSelector":"SingleAnswer","Choices":{{"4":{{"Display":"Food"}},"6":{{"Display":"Staff"}}}},{SCALE},"RecodeValues":{{"1":0,"2":"1","3":"-1"}},"AnalyzeChoices":{{"3":"No"}}}}"#
    );
    let text = export(
        &[ID, ("Q3_1", "Rate - Food", "QID3_4"), ("Q3_2", "Rate - Staff", "QID3_6")],
        &[&["R_0000000000000001", "-1", "1"], &["R_0000000000000002", "0", "-99"]],
    );
    let Noted { value: export, .. } = with(&text, &qsf(&[("QID3", &body)])).unwrap();
    assert_eq!(export.seen_unanswered.as_deref(), Some("-99"));
    let Form::Battery { items, choices } = &only(&export).form else { panic!() };
    assert_eq!(
        items.iter().map(|item| (item.id.as_str(), item.label.as_str())).collect::<Vec<_>>(),
        [("Q3_1", "Food"), ("Q3_2", "Staff")]
    );
    let coded: Vec<(&str, &str)> =
        choices.iter().map(|choice| (choice.code.as_str(), choice.label.as_str())).collect();
    assert_eq!(coded, [("1", "Yes"), ("0", "No"), ("-1", "n/a")]);
    assert_eq!(choices[2].outside, Some(Missing::NotApplicable));
    assert_eq!(export.cells, Cells::Codes);
}

#[test]
fn q_10_another_mark_is_found_where_it_stands_in_texts_too() {
    let text = export(
        &[ID, ("Q1", "How?", "QID1"), ("Q2", "Why?", "QID2_TEXT")],
        &[&["R_0000000000000001", "-77", "-77"], &["R_0000000000000002", "2", "it was -5 outside"]],
    );
    assert_eq!(noted(&text).value.seen_unanswered.as_deref(), Some("-77"));
    let text = export(&[ID, ("Q1", "How cold?", "QID1_TEXT")], &[&["R_0000000000000001", "-5"]]);
    assert_eq!(noted(&text).value.seen_unanswered, None, "one number below zero is an answer");
}

#[test]
fn a_decimal_comma_is_known_by_what_the_exporter_writes() {
    let columns = [
        ID,
        ("LocationLatitude", "Location Latitude", "locationLatitude"),
        ("Q1_1", "How warm? - Ann", "QID1_1"),
        ("Q1_2", "How warm? - Bob", "QID1_2"),
    ];
    let read = |place: &str, a: &str, b: &str| {
        let export = noted(&export(&columns, &[&[ONE, place, a, "7"], &[TWO, place, b, "12"]])).value;
        (only(&export).form.kind(), export.decimal_commas)
    };
    assert_eq!(read("51,5073", "3,5", "4"), ("number", vec![2, 3]));
    assert_eq!(read("51.5073", "3.5", "4"), ("number", vec![]));
    assert_eq!(read("", "3,5", "4"), ("number", vec![2, 3]));
    // Three digits behind every comma may be thousands.
    assert_eq!(read("", "3,500", "4,250").1, Vec::<usize>::new());
    assert_eq!(read("51,5073", "3,500", "4,250"), ("number", vec![2, 3]));
}

#[test]
fn q_11_a_zero_is_no_tick_but_a_share() {
    let text = export(
        &[
            ID,
            ("Q1_1", "Which? - Tea", r#"{"ImportId":"QID1","choiceId":"1"}"#),
            ("Q2_1", "Share - Tea", "QID2_1"),
            ("Q2_2", "Share - Milk", "QID2_2"),
        ],
        &[&[ONE, "0", "0", "100"], &[TWO, "1", "40", "60"]],
    );
    let sum = r#"{"QuestionText":"Share","DataExportTag":"Q2","QuestionType":"CS","Selector":"VRTL","Choices":{"1":{"Display":"Tea"},"2":{"Display":"Milk"}}}"#;
    let boxes = r#"{"QuestionText":"Which?","DataExportTag":"Q1","QuestionType":"MC","Selector":"MAVR","Choices":{"1":{"Display":"Tea"}}}"#;
    let export = with(&text, &qsf(&[("QID1", boxes), ("QID2", sum)])).unwrap().value;
    assert_eq!(kinds(&export), [("Q1", "multi-select"), ("Q2", "number")]);
    assert_eq!(export.seen_unanswered, None);
}
