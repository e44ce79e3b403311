//! Which column belongs to what.

use super::*;

#[test]
fn the_minimal_fixture_reads_as_the_format_guide_says() {
    let text = export(
        &[
            ID,
            ("Q1", "How? - Selected Choice", "QID1"),
            ("Q2_1", "Which? - Red", r#"{"ImportId":"QID2","choiceId":"1"}"#),
            ("Q2_3", "Which? - Other:", r#"{"ImportId":"QID2","choiceId":"3"}"#),
            ("Q2_3_TEXT", "Which? - Other: - Text", "QID2_3_TEXT"),
            ("Q3_1", "Rate - Food", "QID3_4"),
            ("Q3_2", "Rate - Staff", "QID3_6"),
            ("Q4", "Why?", "QID4_TEXT"),
        ],
        &[
            &["R_0000000000000001", "2", "1", "-99", "-99", "4", "-99", "NA"],
            &["R_0000000000000002", "-99", "-99", "-99", "-99", "", "", "-99"],
        ],
    );
    let Noted { value: export, notes } = noted(&text);
    assert_eq!((export.header_rows, export.table.height(), export.table.line(0)), (3, 2, 4));
    assert_eq!((export.platform, export.cells), (Platform::Qualtrics, Cells::Codes));
    assert_eq!(export.seen_unanswered.as_deref(), Some("-99"));
    assert_eq!(export.metadata.record, Some(0));
    let ids: Vec<&str> = export.instrument.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["Q1", "Q2", "Q3", "Q4"]);
    let forms: Vec<&str> = export.instrument.questions.iter().map(|question| question.form.kind()).collect();
    assert_eq!(forms, ["single", "multi-select", "battery", "text"]);
    let wordings: Vec<&str> =
        export.instrument.questions.iter().map(|question| question.wording.as_str()).collect();
    assert_eq!(wordings, ["How?", "Which?", "Rate", "Why?"]);
    let Form::Multi { cells, choices, texts } = &export.instrument.questions[1].form else { panic!() };
    assert_eq!((cells, texts.as_slice()), (&MultiCells::Split(vec![2, 3]), [4].as_slice()));
    assert_eq!(labels(choices), ["Red", "Other:"]);
    assert_eq!(export.table.cell(0, 7), Some("NA"), "an answer NA stays text");
    assert!(has(&notes, codes::CHOICES_INFERRED));
}

#[test]
fn q_04_a_name_twice_is_two_items_with_the_ids_of_their_columns() {
    let text = export(
        &[ID, ("Q6", "Note - A", "QID6#2_1_1_TEXT"), ("Q6", "Note - B", "QID6#2_1_2_TEXT")],
        &[&["R_0000000000000001", "x", "y"]],
    );
    let Noted { value: export, notes } = noted(&text);
    let Form::Texts { items } = &only(&export).form else { panic!() };
    assert_eq!(
        items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(),
        ["QID6#2_1_1_TEXT", "QID6#2_1_2_TEXT"]
    );
    assert!(has(&notes, codes::DUPLICATE_COLUMN));
}

#[test]
fn q_24_q_25_label_twins_and_embedded_fields_are_no_questions() {
    let text = export(
        &[
            ID,
            ("Q1", "Do you?", "QID1"),
            ("Q1", "Do you?", r#"{"ImportId":"QID1","isLabelsColumn":true}"#),
            ("QID9", "QID9", "Q9"),
            ("Q_RecaptchaScore", "Q_RecaptchaScore", "Q_RecaptchaScore"),
            ("PROLIFIC_PID", "PROLIFIC_PID", "PROLIFIC_PID"),
            ("Q1_DO", "Do you? - Display Order", "QID1_DO"),
            ("Q2 - Topics", "Q2 - Topics", "QID2_TEXT_eae5a8d0e7fd4bd183e983e5Topics"),
            ("t_Page Submit", "Timing - Page Submit", "QID8_PAGE_SUBMIT"),
        ],
        &[&["R_0000000000000001", "1", "Yes", "x", "0.7", "5f", "1|2", "", "12.5"]],
    );
    let Noted { value: export, notes } = noted(&text);
    assert_eq!(only(&export).form.columns(), [1]);
    assert_eq!(
        (export.other_columns.as_slice(), export.metadata.rest.as_slice()),
        ([2, 3, 5, 6, 7].as_slice(), [4, 8].as_slice())
    );
    assert_eq!(export.identifiers, [5], "Q-26: a panel id is who a person is");
    assert!(!has(&notes, codes::DUPLICATE_COLUMN));
}

#[test]
fn an_address_in_answers_makes_a_column_an_identifier() {
    let text = export(
        &[
            ID,
            ("IPAddress", "IP Address", "ipAddress"),
            ("Q1", "Anything else?", "QID1_TEXT"),
            ("Q2", "What is your name?", "QID2_TEXT"),
        ],
        &[&["R_0000000000000001", "198.18.0.1", "ann@example.org", ""]],
    );
    assert_eq!(noted(&text).value.identifiers, [1, 2, 3]);
}

#[test]
fn permuted_columns_give_the_same_questions() {
    let columns =
        [ID, ("Q1", "How?", "QID1"), ("Q2_1", "Rate - A", "QID2_1"), ("Q2_2", "Rate - B", "QID2_2")];
    let row = ["R_0000000000000001", "2", "4", "5"];
    let there = noted(&export(&columns, &[&row])).value;
    let back: Vec<(&str, &str, &str)> = columns.iter().rev().copied().collect();
    let cells: Vec<&str> = row.iter().rev().copied().collect();
    let back = noted(&export(&back, &[&cells])).value;
    let facts = |export: &Export| {
        let mut facts: Vec<(String, String)> = export
            .instrument
            .questions
            .iter()
            .map(|question| (question.id.clone(), question.wording.clone()))
            .collect();
        facts.sort();
        facts
    };
    assert_eq!(facts(&there), facts(&back));
}

#[test]
fn q_24_a_column_of_labels_says_what_the_codes_beside_it_mean() {
    let twin = |id: &str| format!(r#"{{"ImportId":"{id}","isLabelsColumn":true}}"#);
    let (one, two) = (twin("QID1"), twin("QID2_1"));
    let text = export(
        &[
            ID,
            ("Finished", "Finished", "finished"),
            ("Q1", "Do you?", "QID1"),
            ("Q1", "Do you?", &one),
            ("Q2_1", "Rate - A", "QID2_1"),
            ("Q2_1", "Rate - A", &two),
        ],
        &[&[ONE, "1", "4", "Yes", "1", "Low"], &[TWO, "1", "5", "No", "2", "High"]],
    );
    let Noted { value: export, notes } = noted(&text);
    let coded = |position: usize| {
        let choices = export.instrument.questions[position].form.choices();
        choices.iter().map(|choice| (choice.code.as_str(), choice.label.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(export.cells, Cells::Codes);
    assert_eq!((coded(0), coded(1)), (vec![("4", "Yes"), ("5", "No")], vec![("1", "Low"), ("2", "High")]));
    assert!(!has(&notes, codes::SAME_CHOICE_TWICE));
    // A code that is called two things keeps its own name.
    let text = text.replace("\"5\",\"No\"", "\"4\",\"No\"");
    let Noted { value: export, notes } = noted(&text);
    assert_eq!(labels(export.instrument.questions[0].form.choices()), ["4"]);
    assert!(has(&notes, codes::SAME_CHOICE_TWICE));
}

#[test]
fn q_25_embedded_data_named_like_metadata_is_not_metadata() {
    let text = export(
        &[
            ID,
            ("Status", "Status", "Status"),
            ("Progress", "Progress", "Progress"),
            ("Q1", "How?", "QID1_TEXT"),
        ],
        &[&[ONE, "gold", "x", "a"]],
    );
    let export = noted(&text).value;
    assert_eq!((export.metadata.status, export.metadata.progress), (None, None));
    assert_eq!(export.other_columns, [1, 2]);
}

#[test]
fn q_27_display_orders_of_blocks_and_flows_are_no_questions() {
    let text = export(
        &[
            ID,
            ("Q1", "How?", "QID1_TEXT"),
            ("Intro_DO_Q1", "Intro - Display Order - How?", r#"{"ImportId":"BL_1_DO","choiceId":"QID1"}"#),
            ("FL_5_DO", "FL_5 - Block Randomizer - Display Order", "FL_5_DO"),
            (
                "FL_5_DO_FL_6",
                "FL_5 - Block Randomizer - Display Order",
                r#"{"ImportId":"FL_5_DO","choiceId":"FL_6"}"#,
            ),
            ("Q7_DO", "Is this a real question?", "QID7_TEXT"),
        ],
        &[&[ONE, "a", "1", "FL_6|FL_7", "1", "it is"]],
    );
    let export = noted(&text).value;
    assert_eq!(kinds(&export), [("Q1", "text"), ("Q7_DO", "text")]);
    assert_eq!(export.other_columns, [2, 3, 4]);
    assert!(export.displayed.is_empty(), "a place in a block does not say that the question was shown");
}

#[test]
fn a_blank_display_order_says_who_was_not_shown_a_question_unless_somebody_answered_without() {
    let split = [
        ID,
        ("Q1", "How?", "QID1"),
        ("Q1_DO_1", "How? - Display Order - Well", r#"{"ImportId":"QID1_DO","choiceId":"1"}"#),
        ("Q1_DO_2", "How? - Display Order - Badly", r#"{"ImportId":"QID1_DO","choiceId":"2"}"#),
    ];
    let joined = [ID, ("Q1", "How?", "QID1"), ("Q1_DO", "How? - Display Order", "QID1_DO")];
    let of_split = noted(&export(&split, &[&[ONE, "2", "1", "2"], &[TWO, "", "", ""]])).value;
    let of_joined = noted(&export(&joined, &[&[ONE, "2", "1|2"], &[TWO, "", ""]])).value;
    for export in [&of_split, &of_joined] {
        assert_eq!((export.was_displayed(0, 1), export.was_displayed(1, 1)), (Some(true), Some(false)));
    }
    // The order was made random when the first had answered.
    let Noted { value: late, notes } = noted(&export(&joined, &[&[ONE, "2", ""], &[TWO, "1", "2|1"]]));
    assert_eq!((late.was_displayed(0, 1), late.was_displayed(1, 1)), (None, None));
    assert!(notes.iter().any(|note| note.message.contains("1 rows have an answer without a place in Q1_DO")));
}

#[test]
fn q_05_columns_with_the_whole_object_of_another_are_noted() {
    let text = export(
        &[
            ID,
            ("Q1", "How?", "QID1"),
            ("Q1b", "How?", "QID1"),
            ("Q2_1", "Which? - A", r#"{"ImportId":"QID2","choiceId":"1"}"#),
            ("Q2_2", "Which? - B", r#"{"ImportId":"QID2","choiceId":"2"}"#),
        ],
        &[&[ONE, "2", "3", "1", ""]],
    );
    let Noted { value: export, notes } = noted(&text);
    assert_eq!(kinds(&export), [("Q1", "single"), ("Q2", "multi-select")]);
    let named: Vec<&Place> =
        notes.iter().filter(|note| note.code == codes::DUPLICATE_COLUMN).map(|note| &note.place).collect();
    assert_eq!(named, [&Place::column(&FileId::new("a.csv"), "Q1b")]);
    assert_eq!(export.other_columns, [2]);
}
