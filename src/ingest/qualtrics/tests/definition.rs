//! An export with its definition.

use super::*;

#[test]
fn q_28_a_legacy_export_and_its_definition_meet_by_name_and_recode() {
    let one = r#"{"QuestionText":"How?","DataExportTag":"Q1","QuestionType":"MC","Selector":"SAVR","Choices":{"1":{"Display":"Well"},"2":{"Display":"Badly"}}}"#;
    // The columns are numbered by code: choice 1 has code 2.
    let two = r#"{"QuestionText":"Which?","DataExportTag":"Q2","QuestionType":"MC","Selector":"MAVR","Choices":{"1":{"Display":"Other","TextEntry":true},"2":{"Display":"Tea"}},"RecodeValues":{"1":"2","2":"1"}}"#;
    let export = with(LEGACY, &qsf(&[("QID7", one), ("QID8", two)])).unwrap().value;
    assert_eq!(export.instrument.questions[0].native.as_deref(), Some("QID7"));
    let Form::Multi { cells: MultiCells::Split(columns), choices, texts } =
        &export.instrument.questions[1].form
    else {
        panic!()
    };
    assert_eq!(
        (labels(choices), columns.as_slice(), texts.as_slice()),
        (vec!["Other", "Tea"], [9, 8].as_slice(), [10].as_slice())
    );
}

#[test]
fn s_12_what_does_not_match_is_reported_and_another_survey_is_refused() {
    let text = export(
        &[ID, ("Q1", "Do you?", "QID1"), ("Q2", "Why?", "QID2_TEXT"), ("Q3", "Where?", "QID3_TEXT")],
        &[&["R_0000000000000001", "Yes", "a", "b"]],
    );
    let entry = |tag: &str, wording: &str| {
        format!(
            r#"{{"QuestionText":"{wording}","DataExportTag":"{tag}","QuestionType":"TE","Selector":"SL"}}"#
        )
    };
    let (two, four) = (entry("Q2", "Why?"), entry("Q4", "When?"));
    let own = qsf(&[("QID1", &single("")), ("QID2", &two), ("QID4", &four)]);
    let Noted { value: export, notes } = with(&text, &own).unwrap();
    assert_eq!(export.instrument.questions.iter().filter(|question| question.defined).count(), 2);
    let messages: Vec<&str> = notes
        .iter()
        .filter(|note| note.code == codes::DEFINITION_MISMATCH)
        .map(|note| note.message.as_str())
        .collect();
    assert_eq!(
        messages,
        ["in the export but not in the definition: Q3", "in the definition but not in the export: Q4"]
    );
    // The ids and tags of another survey are the same: Q1 is the first question of every survey.
    let other = qsf(&[
        ("QID1", &entry("Q1", "How tall is your dog?")),
        ("QID2", &entry("Q2", "And your cat?")),
        ("QID3", &entry("Q3", "Colour?")),
    ]);
    let diags = with(&text, &other).unwrap_err();
    assert_eq!(
        (diags[0].code, &diags[0].place),
        (codes::DEFINITION_MISMATCH, &Place::file(&FileId::new("a.qsf")))
    );
    assert!(diags[0].message.contains("0 of the 3"), "{}", diags[0].message);
}

#[test]
fn what_the_definition_knows_is_counted() {
    let text = export(
        &[ID, ("Q1", "Do you?", "QID1"), ("Q2", "Why?", "QID2_TEXT"), ("Q3", "Where?", "QID3_TEXT")],
        &[&[ONE, "Yes", "a", "b"]],
    );
    let two = r#"{"QuestionText":"Why?","DataExportTag":"Q2","QuestionType":"TE","Selector":"SL"}"#;
    let four = r#"{"QuestionText":"When?","DataExportTag":"Q4","QuestionType":"TE","Selector":"SL"}"#;
    let notes = with(&text, &qsf(&[("QID1", &single("")), ("QID2", two), ("QID4", four)])).unwrap().notes;
    let account: Vec<&str> = notes
        .iter()
        .filter(|note| note.code == codes::DEFINITION_MATCHED)
        .map(|note| note.message.as_str())
        .collect();
    assert_eq!(account, ["a.qsf defines 2 of the 3 questions in a.csv; 1 of its own have no column there"]);
}

#[test]
fn q_15_tags_of_any_text_are_joined_by_id_and_without_ids_by_folding() {
    let body = |tag: &str| {
        format!(
            r#"{{"QuestionText":"How?","DataExportTag":"{tag}","QuestionType":"MC","Selector":"SAVR","Choices":{{"1":{{"Display":"Well"}}}}}}"#
        )
    };
    let definition = qsf(&[("QID8", &body("Q 1: a-b#TEXT"))]);
    let by_id =
        with(&export(&[ID, ("Q 1: a-b#TEXT", "How?", "QID8")], &[&[ONE, "1"]]), &definition).unwrap().value;
    // A program replaced what it takes for no part of a name.
    let names = "StartDate,Progress,Finished,ResponseId,RecordedDate,Q.1..a.b.TEXT\n";
    let by_name = format!("{names}2020-01-01 10:00:00,100,1,{ONE},2020-01-01 10:00:00,1\n");
    let by_name = with(&by_name, &definition).unwrap().value;
    for export in [by_id, by_name] {
        assert_eq!((only(&export).native.as_deref(), only(&export).defined), (Some("QID8"), true));
    }
}

#[test]
fn s_15_columns_of_a_question_that_lives_in_another_survey_are_listed() {
    let text = export(
        &[ID, ("Q1", "Do you?", "QID1"), ("Q2", "Do you?", "QID2"), ("Lib1", "Since when?", "QID77_TEXT")],
        &[&[ONE, "Yes", "Yes", "May"]],
    );
    let Noted { value: export, notes } =
        with(&text, &qsf(&[("QID1", &single("")), ("QID2", &single("").replace("Q1", "Q2"))])).unwrap();
    assert_eq!(kinds(&export), [("Q1", "single"), ("Q2", "single"), ("Lib1", "text")]);
    assert!(
        notes.iter().any(|note| note.message == "in the export but not in the definition: Lib1"),
        "{notes:?}"
    );
}
