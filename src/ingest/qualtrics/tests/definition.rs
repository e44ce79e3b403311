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

const ABOUT: [(&str, &str, &str); 2] = [ID, ("Finished", "Finished", "finished")];

fn variant(rows: &[&[&str]]) -> String {
    let columns = [
        &ABOUT[..],
        &[
            ("Q1", "Do you?", "QID1"),
            ("Q2_1", "Rate - A", "QID2_1"),
            ("Q2_2", "Rate - B", "QID2_2"),
            ("Q3", "Why?", "QID3_TEXT"),
        ],
    ]
    .concat();
    export(&columns, rows)
}

#[test]
fn q_30_the_same_responses_as_codes_and_as_texts_explain_each_other() {
    let coded = variant(&[&[ONE, "1", "4", "1", "2", "so"], &[TWO, "1", "9", "2", "", "no"]]);
    let texts =
        variant(&[&[TWO, "True", "No", "High", "", "no"], &[ONE, "True", "Yes", "Low", "High", "so"]]);
    let pairs = |export: &Export, position: usize| {
        let choices = export.instrument.questions[position].form.choices().iter();
        choices.map(|choice| (choice.code.clone(), choice.label.clone())).collect::<Vec<_>>()
    };
    let pair = |code: &str, label: &str| (code.to_owned(), label.to_owned());
    let Noted { value: of_codes, notes } = with(&coded, &texts).unwrap();
    assert_eq!(of_codes.cells, Cells::Codes);
    assert_eq!(pairs(&of_codes, 0), [pair("4", "Yes"), pair("9", "No")]);
    assert_eq!(pairs(&of_codes, 1), [pair("1", "Low"), pair("2", "High")]);
    assert!(
        notes
            .iter()
            .any(|note| note.message == "what 3 columns say is also known from a.qsf, joined by 2 responses")
    );
    let of_texts = with(&texts, &coded).unwrap().value;
    assert_eq!(of_texts.cells, Cells::Labels);
    assert_eq!(pairs(&of_texts, 0), [pair("9", "No"), pair("4", "Yes")]);
}

#[test]
fn q_30_the_export_of_other_responses_explains_nothing() {
    let coded = variant(&[&[ONE, "1", "4", "1", "2", "so"]]);
    let others = variant(&[&[TWO, "True", "Yes", "Low", "High", "so"]]);
    let diags = with(&coded, &others).unwrap_err();
    assert_eq!(
        (diags[0].code, diags[0].message.as_str()),
        (codes::DEFINITION_MISMATCH, "a.qsf does not explain a.csv: they share 0 of 1 responses")
    );
}

#[test]
fn q_16_legacy_texts_are_glued_to_the_tags_of_their_rows() {
    let text = "V1,V2,V3,V10,Q9_1,Q9_2,Q9Q9_2_TEXT\nResponseID,ResponseSet,Name,Finished,Rate-Tea,Rate-Other,Rate-Other-TEXT\nR_7NT5RemfRQtuKzz,Default,Anonymous,1,1,2,mate\n";
    let body = r#"{"QuestionText":"Rate","DataExportTag":"Q9","QuestionType":"Matrix","Selector":"Likert","SubSelector":"SingleAnswer","Choices":{"1":{"Display":"Tea"},"2":{"Display":"Other","TextEntry":"true"}},"ChoiceDataExportTags":{"1":"Q9_1","2":"Q9_2"},"Answers":{"1":{"Display":"Low"},"2":{"Display":"High"}}}"#;
    let export = with(text, &qsf(&[("QID4", body)])).unwrap().value;
    assert_eq!((only(&export).form.columns(), only(&export).id.as_str()), (vec![4, 5], "Q9"));
    assert_eq!(export.other_columns, [6]);
}

#[test]
fn s_09_carried_choices_are_labelled_by_their_source() {
    let source = r#"{"QuestionText":"Which?","DataExportTag":"Q1","QuestionType":"MC","Selector":"MAVR","Choices":{"1":{"Display":"Tea"},"2":{"Display":"Milk"}}}"#;
    let carried = r#"{"QuestionText":"Rate","DataExportTag":"Q2","QuestionType":"Matrix","Selector":"Likert","SubSelector":"SingleAnswer","Choices":[],"DynamicChoices":{"Locator":"q://QID1/ChoiceGroup/SelectedChoices","Type":"Dynamic"},"Answers":{"1":{"Display":"Low"},"2":{"Display":"High"}}}"#;
    let text = export(
        &[
            ID,
            ("Q1_1", "Which? - Tea", r#"{"ImportId":"QID1","choiceId":"1"}"#),
            ("Q1_2", "Which? - Milk", r#"{"ImportId":"QID1","choiceId":"2"}"#),
            ("Q2_x1", "Rate - Tea", "QID2_x1"),
            ("Q2_x2", "Rate - Milk", "QID2_x2"),
        ],
        &[&[ONE, "1", "1", "2", "1"]],
    );
    let export = with(&text, &qsf(&[("QID1", source), ("QID2", carried)])).unwrap().value;
    let Form::Battery { items, choices } = &export.instrument.questions[1].form else { panic!() };
    assert_eq!((item_labels(items), labels(choices)), (vec!["Tea", "Milk"], vec!["Low", "High"]));
}
