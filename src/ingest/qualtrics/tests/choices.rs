//! Choices and their spellings.

use super::*;

#[test]
fn q_08_unsplit_codes_are_a_list() {
    let text = export(
        &[ID, ("Q1", "Which?", "QID1")],
        &[&["R_0000000000000001", "1,2,3"], &["R_0000000000000002", "12"]],
    );
    let export = noted(&text).value;
    let Form::Multi { cells, choices, .. } = &only(&export).form else { panic!() };
    assert_eq!(*cells, MultiCells::Joined { column: 1, separator: ",".into() });
    assert_eq!(labels(choices), ["1", "2", "3", "12"]);
}

/// The choices that are found in joined cells of an export without a definition.
fn taken_apart(cells: [&str; 4]) -> Vec<String> {
    let ids: Vec<String> = (0..4).map(|n| format!("R_000000000000000{n}")).collect();
    let rows: Vec<Vec<&str>> =
        ids.iter().zip(cells).map(|(id, cell)| vec![id.as_str(), "True", cell]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let text = export(&[ID, ("Finished", "Finished", "finished"), ("Q1", "Which?", "QID1")], &rows);
    let export = noted(&text).value;
    let Form::Multi { choices, .. } = &only(&export).form else { panic!("{:?}", only(&export)) };
    choices.iter().map(|choice| choice.label.clone()).collect()
}

#[test]
fn joined_choice_texts_are_taken_apart_by_what_stands_alone() {
    let cells = ["Books, old or new", "Tea", "Tea,Books, old or new", "Tea,Walks"];
    assert_eq!(taken_apart(cells), ["Books, old or new", "Tea", "Walks"]);
}

#[test]
fn two_choices_that_came_before_what_makes_them_known_are_taken_apart_too() {
    assert_eq!(
        taken_apart(["Art,Tea", "Walking", "Walking,Tea", "Walking,Art,Tea"]),
        ["Art", "Tea", "Walking"]
    );
}

#[test]
fn a_choice_that_begins_like_another_makes_no_list() {
    let rows: &[&[&str]] =
        &[&["R_0000000000000001", "True", "Yes"], &["R_0000000000000002", "True", "Yes, often"]];
    let text = export(&[ID, ("Finished", "Finished", "finished"), ("Q1", "Do you?", "QID1")], rows);
    let export = noted(&text).value;
    let Form::Single { choices, .. } = &only(&export).form else { panic!() };
    assert_eq!(labels(choices), ["Yes", "Yes, often"]);
    assert_eq!(export.cells, Cells::Labels);
}

#[test]
fn q_21_q_22_every_spelling_of_a_choice_is_known() {
    let text = export(
        &[
            ID,
            ("Q1", "Do you? - Selected Choice", "QID1"),
            ("Q1_4_TEXT", "Do you? - Other - Text", "QID1_4_TEXT"),
        ],
        &[&["R_0000000000000001", "scale1", ""], &["R_0000000000000002", "Other", "sometimes"]],
    );
    let body = single(r#","VariableNaming":{"1":"scale1"},"RecodeValues":{"1":"7"}"#);
    let Noted { value: export, notes } = with(&text, &qsf(&[("QID1", &body)])).unwrap();
    let question = only(&export);
    assert_eq!((question.wording.as_str(), question.defined), ("Do you?", true));
    let Form::Single { column: 1, choices, texts } = &question.form else { panic!() };
    assert_eq!((labels(choices), texts.as_slice()), (vec!["Other", "Yes", "No"], [2].as_slice()));
    assert_eq!(choices[1].also, ["<b>Yes</b>", "scale1"]);
    assert_eq!((choices[1].code.as_str(), choices[2].code.as_str(), choices[0].text_entry), ("7", "2", true));
    assert_eq!(export.cells, Cells::Labels);
    assert!(!has(&notes, codes::CHOICES_INFERRED));
}

#[test]
fn q_13_two_choices_with_one_code_are_warned_about() {
    let text = export(&[ID, ("Q1", "Do you?", "QID1")], &[&["R_0000000000000001", "7"]]);
    let body = single(r#","RecodeValues":{"1":"7","2":7}"#);
    assert!(has(&with(&text, &qsf(&[("QID1", &body)])).unwrap().notes, codes::SAME_CHOICE_TWICE));
}

const WAYS: &str = r#"{"QuestionText":"Which?","DataExportTag":"Q1","QuestionType":"MC","Selector":"MAVR","Choices":{"1":{"Display":"Me, myself and I"},"2":{"Display":"Wait, is it just me?"},"3":{"Display":"Nobody"}}}"#;

#[test]
fn joins_that_somebody_made_semicolons_are_known_with_and_without_a_definition() {
    let joined = |cell: &str| {
        export(
            &[ID, ("Finished", "Finished", "finished"), ("Q1", "Which?", "QID1")],
            &[
                &[ONE, "True", cell],
                &[TWO, "True", "Nobody"],
                &["R_0000000000000003", "True", "Me, myself and I"],
            ],
        )
    };
    let separator = |export: &Export| match &only(export).form {
        Form::Multi { cells: MultiCells::Joined { separator, .. }, choices, .. } => {
            (separator.clone(), choices.len())
        }
        other => panic!("{other:?}"),
    };
    let semicolons = joined("Me, myself and I;Nobody");
    assert_eq!(separator(&noted(&semicolons).value), (";".into(), 2));
    let Noted { value: export, notes } = with(&semicolons, &qsf(&[("QID1", WAYS)])).unwrap();
    assert_eq!(separator(&export), (";".into(), 3));
    assert!(notes.iter().any(|note| note.message.contains("joined by \";\"")));
    let commas = joined("Me, myself and I,Wait, is it just me?");
    let Noted { value: export, notes } = with(&commas, &qsf(&[("QID1", WAYS)])).unwrap();
    assert_eq!(separator(&export), (",".into(), 3));
    assert!(!notes.iter().any(|note| note.message.contains("joined by")));
}

#[test]
fn q_32_choices_in_another_language_of_the_survey_are_known() {
    let text = export(
        &[ID, ("UserLanguage", "User Language", "userLanguage"), ("Q1", "Do you?", "QID1")],
        &[&[ONE, "DE", "Ja"], &[TWO, "EN", "Yes"]],
    );
    let body = single(
        r#","Language":{"DE":{"QuestionText":"Tun Sie es?","Choices":{"1":{"Display":"Ja"},"2":{"Display":"Nein"}}},"FR":[]}"#,
    );
    let Noted { value: export, notes } = with(&text, &qsf(&[("QID1", &body)])).unwrap();
    assert_eq!(export.cells, Cells::Labels);
    let choices = only(&export).form.choices();
    assert_eq!(
        (choices[1].label.as_str(), choices[1].also.as_slice()),
        ("Yes", ["<b>Yes</b>".to_owned(), "Ja".to_owned()].as_slice())
    );
    assert!(!has(&notes, codes::SAME_CHOICE_TWICE));
}

#[test]
fn s_10_two_choices_with_one_text_are_warned_about_where_texts_are_exported() {
    let text = export(&[ID, ("Q1", "Do you?", "QID1")], &[&[ONE, "Other"]]);
    let body = r#"{"QuestionText":"Do you?","DataExportTag":"Q1","QuestionType":"MC","Selector":"SAVR","Choices":{"1":{"Display":"Other"},"2":{"Display":"other&nbsp;"},"3":{"Display":"No"}}}"#;
    let notes = with(&text, &qsf(&[("QID1", body)])).unwrap().notes;
    assert_eq!(codes_of(&notes).iter().filter(|code| **code == codes::SAME_CHOICE_TWICE).count(), 1);
}

#[test]
fn q_14_points_keep_the_order_of_the_definition_whatever_their_codes() {
    let text = export(&[ID, ("Q1", "Do you?", "QID1")], &[&[ONE, "13"], &[TWO, "4"]]);
    let body = r#"{"QuestionText":"Do you?","DataExportTag":"Q1","QuestionType":"MC","Selector":"SAVR","Choices":{"1":{"Display":"Never"},"2":{"Display":"Always"},"5":{"Display":"Sometimes"}},"ChoiceOrder":["1","5","2"],"RecodeValues":{"1":"13","2":"4","5":"6"}}"#;
    let export = with(&text, &qsf(&[("QID1", body)])).unwrap().value;
    let coded: Vec<(&str, &str)> = only(&export)
        .form
        .choices()
        .iter()
        .map(|choice| (choice.code.as_str(), choice.label.as_str()))
        .collect();
    assert_eq!(coded, [("13", "Never"), ("6", "Sometimes"), ("4", "Always")]);
}

#[test]
fn q_23_texts_written_beside_a_choice_belong_to_its_question() {
    let text = export(
        &[
            ID,
            ("Q1", "Do you? - Selected Choice", "QID1"),
            ("Q1_4_TEXT", "Do you? - Other - Text", "QID1_4_TEXT"),
        ],
        &[&[ONE, "1", ""], &[TWO, "4", "sometimes"]],
    );
    let export = noted(&text).value;
    let Form::Single { column: 1, texts, .. } = &only(&export).form else { panic!() };
    assert_eq!((texts.as_slice(), only(&export).wording.as_str()), ([2].as_slice(), "Do you?"));
}

#[test]
fn q_12_a_negative_code_is_offered_as_no_answer_and_kept() {
    let text = export(&[ID, ("Q1", "Do you?", "QID1")], &[&[ONE, "-1"]]);
    let body = single(r#","RecodeValues":{"1":"1","2":"2","4":"-1"}"#);
    let Noted { value: export, notes } = with(&text, &qsf(&[("QID1", &body)])).unwrap();
    assert_eq!((export.seen_unanswered, offered(&notes)), (None, 1));
}

/// How many notes speak of a code that answers outside a scale have.
fn offered(notes: &[Diag]) -> usize {
    notes.iter().filter(|note| note.message.contains("as answers outside a scale often have")).count()
}
