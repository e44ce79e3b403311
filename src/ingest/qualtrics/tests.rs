//! Small exports by hand, each named after what it shows.

use crate::codebook::{Choice, Form, Missing, MultiCells, Question};
use crate::diag::{Code, Diag, FileId, Noted, Place, codes};
use crate::ingest::{Cells, Export, Platform, read};

/// An export with three header rows, from name, text and import id of each column.
fn export(columns: &[(&str, &str, &str)], rows: &[&[&str]]) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |cells: Vec<&str>| cells.into_iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    let ids: Vec<String> = columns
        .iter()
        .map(|(_, _, id)| {
            if id.starts_with('{') || id.is_empty() {
                (*id).to_owned()
            } else {
                format!("{{\"ImportId\":\"{id}\"}}")
            }
        })
        .collect();
    let mut text = line(columns.iter().map(|(name, _, _)| *name).collect());
    text += &line(columns.iter().map(|(_, label, _)| *label).collect());
    text += &line(ids.iter().map(String::as_str).collect());
    for row in rows {
        text += &line(row.to_vec());
    }
    text
}

fn noted(text: &str) -> Noted<Export> {
    read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap()
}

fn with(text: &str, definition: &str) -> Result<Noted<Export>, Vec<Diag>> {
    let file = FileId::new("a.qsf");
    read(&FileId::new("a.csv"), text.as_bytes(), Some((&file, definition.as_bytes())))
}

/// A definition of these question bodies, in one block.
fn qsf(bodies: &[(&str, &str)]) -> String {
    let elements: Vec<String> = bodies
        .iter()
        .map(|(qid, body)| format!(r#"{{"Element":"SQ","PrimaryAttribute":"{qid}","Payload":{body}}}"#))
        .collect();
    let block: Vec<String> =
        bodies.iter().map(|(qid, _)| format!(r#"{{"Type":"Question","QuestionID":"{qid}"}}"#)).collect();
    format!(
        r#"{{"SurveyEntry":{{}},"SurveyElements":[{},{{"Element":"BL","Payload":[{{"Type":"Default","ID":"BL_1","BlockElements":[{}]}}]}}]}}"#,
        elements.join(","),
        block.join(",")
    )
}

fn only(export: &Export) -> &Question {
    let [question] = export.instrument.questions.as_slice() else {
        panic!("{:#?}", export.instrument.questions)
    };
    question
}

fn labels(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.label.as_str()).collect()
}

fn has(notes: &[Diag], code: Code) -> bool {
    notes.iter().any(|note| note.code == code)
}

const ID: (&str, &str, &str) = ("ResponseId", "Response ID", "_recordId");

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
fn q_01_newlines_and_quotes_in_the_header_are_no_rows() {
    let text =
        export(&[ID, ("Q1", "Say \"it\",\n\nplease?", "QID1_TEXT")], &[&["R_0000000000000001", "a\nb"]]);
    let export = noted(&text).value;
    assert_eq!((export.table.height(), export.table.line(0)), (1, 6));
    assert_eq!(only(&export).wording, "Say \"it\", please?");
}

#[test]
fn q_02_a_translated_second_row_is_never_matched_on() {
    let text = export(
        &[
            ("StartDate", "Anfangsdatum", "startDate"),
            ("Status", "Antworttyp", "status"),
            ("Q1", "Wie?", "QID1"),
        ],
        &[&["2017-07-18 08:28:09", "0", "2"]],
    );
    let export = noted(&text).value;
    assert_eq!((export.metadata.started, export.metadata.status), (Some(0), Some(1)));
    assert_eq!(only(&export).id, "Q1");
}

#[test]
fn q_03_row_three_in_single_quotes_with_a_column_that_somebody_added() {
    let text = "ResponseID,Q3_1,Q3_2,split\nResponseID,Rate-Food,Rate-Staff,\n\"{'ImportId': 'responseId'}\",\"{'ImportId': 'QID3-1'}\",\"{'ImportId': 'QID3-2'}\",\nR_e8z6glNpLL4PkcR,2,3,a\nR_e8z6glNpLL4PkcS,2,1,b\n";
    let export = noted(text).value;
    assert_eq!((export.header_rows, export.table.height()), (3, 2));
    assert!(export.evidence.contains("single quotes"));
    let Form::Battery { items, choices } = &only(&export).form else { panic!() };
    assert_eq!(items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["Food", "Staff"]);
    assert_eq!(labels(choices), ["1", "2", "3"]);
    assert_eq!(export.other_columns, [3]);
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

#[test]
fn q_08_unsplit_codes_are_a_list() {
    let text = export(
        &[ID, ("Q1", "Which?", "QID1")],
        &[&["R_0000000000000001", "1,2,3"], &["R_0000000000000002", "12"]],
    );
    let export = noted(&text).value;
    let Form::Multi { cells, choices, .. } = &only(&export).form else { panic!() };
    assert_eq!(*cells, MultiCells::Joined { column: 1, separator: "," });
    assert_eq!(labels(choices), ["1", "2", "3", "12"]);
}

#[test]
fn joined_choice_texts_are_taken_apart_by_what_stands_alone() {
    let cells = ["Books, old or new", "Tea", "Tea,Books, old or new", "Tea,Walks"];
    let ids: Vec<String> = (0..4).map(|n| format!("R_000000000000000{n}")).collect();
    let rows: Vec<Vec<&str>> =
        ids.iter().zip(cells).map(|(id, cell)| vec![id.as_str(), "True", cell]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let text = export(&[ID, ("Finished", "Finished", "finished"), ("Q1", "Which?", "QID1")], &rows);
    let export = noted(&text).value;
    let Form::Multi { choices, .. } = &only(&export).form else { panic!("{:?}", only(&export)) };
    assert_eq!(labels(choices), ["Books, old or new", "Tea", "Walks"]);
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

const CHOICES: &str = r#""Choices":{"1":{"Display":"<b>Yes</b>"},"2":{"Display":"No"},"4":{"Display":"Other","TextEntry":"true"}},"ChoiceOrder":[4,"1"]"#;

fn single(more: &str) -> String {
    format!(
        r#"{{"QuestionText":"<p>Do you?</p>","DataExportTag":"Q1","QuestionType":"MC","Selector":"SAVR",{CHOICES}{more}}}"#
    )
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
fn q_31_a_promoter_group_may_stand_before_its_score() {
    let text = export(
        &[ID, ("Q1_NPS_GROUP", "Recommend? - Group", "QID1_NPS_GROUP"), ("Q1", "Recommend?", "QID1")],
        &[&["R_0000000000000001", "Promoter", "10"]],
    );
    let body = r#"{"QuestionText":"Recommend?","DataExportTag":"Q1","QuestionType":"MC","Selector":"NPS","Choices":[{"Display":"0"},{"Display":"1"}]}"#;
    for export in [noted(&text).value, with(&text, &qsf(&[("QID1", body)])).unwrap().value] {
        let Form::Single { column: 2, choices, .. } = &only(&export).form else {
            panic!("{:?}", only(&export))
        };
        assert_eq!(choices.len(), 11);
        assert_eq!(export.other_columns, [1]);
    }
}

#[test]
fn header_rows_that_somebody_deleted_are_missed_but_not_needed() {
    let full = export(
        &[
            ID,
            ("StartDate", "Start Date", "startDate"),
            ("Status", "Response Type", "status"),
            ("Finished", "Finished", "finished"),
            ("Q1_1", "Rate - Food", "QID1_1"),
            ("Q1_2", "Rate - Staff", "QID1_2"),
        ],
        &[
            &["R_0000000000000001", "2020-01-01 10:00:00", "0", "1", "2", "4"],
            &["R_0000000000000002", "2020-01-01 10:00:00", "0", "1", "3", "4"],
        ],
    );
    let lines: Vec<&str> = full.lines().collect();
    let without = |left_out: &[usize]| {
        let kept = lines.iter().enumerate().filter(|(row, _)| !left_out.contains(row));
        kept.map(|(_, line)| *line).collect::<Vec<&str>>().join("\n")
    };
    let whole = noted(&full).value;
    let no_texts = noted(&without(&[1]));
    assert_eq!((no_texts.value.header_rows, no_texts.value.table.height()), (2, 2));
    assert!(has(&no_texts.notes, codes::ASSUMED));
    let no_ids = noted(&without(&[2]));
    assert_eq!((no_ids.value.header_rows, no_ids.value.table.height()), (2, 2));
    assert_eq!(only(&no_ids.value).form, only(&whole).form);
    assert_eq!(only(&no_ids.value).wording, "Rate");
    let names_only = noted(&without(&[1, 2]));
    assert_eq!((names_only.value.header_rows, names_only.value.table.height()), (1, 2));
    assert_eq!(only(&names_only.value).id, "Q1");
    // Zero responses are a valid export with all of its columns.
    let empty = noted(&without(&[3, 4]));
    assert_eq!(
        (empty.value.header_rows, empty.value.table.height(), empty.value.instrument.questions.len()),
        (3, 0, 1)
    );
}

#[test]
fn a_first_answer_is_never_taken_for_a_header() {
    // A spreadsheet made numbers of the dates and took the ids away.
    let text = "StartDate,EndDate,Status,Progress,Finished,UserLanguage,Q1\n45000.5,45000.6,IP Address,100,TRUE,EN,2\n45001.5,45001.6,IP Address,100,TRUE,EN,3\n";
    let export = noted(text).value;
    assert_eq!((export.header_rows, export.table.height()), (1, 2));
    let german = format!(
        "StartDate,EndDate,Status,Progress,Finished,UserLanguage,Q1\nAnfang,Ende,Art,Stand,Beendet,Sprache,Wie?\n{}",
        text.split_once('\n').unwrap().1
    );
    let export = noted(&german).value;
    assert_eq!((export.header_rows, export.table.height()), (2, 2));
    assert_eq!(only(&export).wording, "Wie?");
}

const LEGACY: &str = "\u{feff}V1,V2,V3,V7,V8,V9,V10,Q1,Q2_1,Q2_2,Q2_TEXT,\nResponseID,ResponseSet,Name,Status,StartDate,EndDate,Finished,How?,Which?-Tea,Which?-Other,Which?-TEXT,\nR_7NT5RemfRQtuKzz,Default,Anonymous,2,2016-05-13 12:14:41,2016-05-13 12:14:41,1,2,,1,mate,\n";

#[test]
fn a_legacy_export_is_grouped_by_its_names() {
    let Noted { value: export, notes } = noted(LEGACY);
    assert_eq!(
        (export.platform, export.header_rows, export.table.names().len()),
        (Platform::QualtricsLegacy, 2, 11)
    );
    assert_eq!(
        (export.metadata.record, export.metadata.status, export.metadata.finished),
        (Some(0), Some(3), Some(6))
    );
    assert_eq!(export.identifiers, [2]);
    let ids: Vec<&str> = export.instrument.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["Q1", "Q2"]);
    assert!(has(&notes, codes::ASSUMED));
}

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
fn loops_and_sides_are_questions_of_their_own() {
    let text = export(
        &[
            ID,
            ("1_Q3", "Apple - Tasty?", "1_QID3"),
            ("2_Q3", "Pear - Tasty?", "2_QID3"),
            ("Q4#1_1", "About - Want - A", "QID4#1_1"),
            ("Q4#1_2", "About - Want - B", "QID4#1_2"),
            ("Q4#2_1_1", "About - With - A - Tea", "QID4#2_1_1"),
            ("Q4#2_1_2", "About - With - A - Milk", "QID4#2_1_2"),
            ("Q4#2_2_1", "About - With - B - Tea", "QID4#2_2_1"),
            ("Q4#2_2_2", "About - With - B - Milk", "QID4#2_2_2"),
        ],
        &[
            &["R_0000000000000001", "1", "2", "3", "1", "1", "", "", "1"],
            &["R_0000000000000002", "1", "2", "2", "2", "1", "", "1", "1"],
        ],
    );
    let export = noted(&text).value;
    let found: Vec<(&str, &str, &str)> = export
        .instrument
        .questions
        .iter()
        .map(|question| {
            (question.id.as_str(), question.native.as_deref().unwrap_or(""), question.form.kind())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("1_Q3", "1_QID3", "single"),
            ("2_Q3", "2_QID3", "single"),
            ("Q4#1", "QID4#1", "battery"),
            ("Q4#2", "QID4#2", "multi-select battery")
        ]
    );
    let Form::MultiBattery { items, columns, choices } = &export.instrument.questions[3].form else {
        panic!()
    };
    assert_eq!(items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    assert_eq!((labels(choices), columns), (vec!["Tea", "Milk"], &vec![vec![5, 6], vec![7, 8]]));
}

#[test]
fn ranks_and_sliders_are_told_from_points_by_their_cells() {
    let columns =
        [ID, ("Q5_1", "Rank - A", "QID5_1"), ("Q5_2", "Rank - B", "QID5_2"), ("Q5_3", "Rank - C", "QID5_3")];
    let kind = |rows: [[&str; 3]; 3]| {
        let ids = ["R_0000000000000001", "R_0000000000000002", "R_0000000000000003"];
        let rows: Vec<Vec<&str>> =
            ids.iter().zip(rows).map(|(id, row)| [&[*id], row.as_slice()].concat()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        only(&noted(&export(&columns, &rows)).value).form.kind()
    };
    assert_eq!(kind([["1", "2", "3"], ["3", "1", "2"], ["2", "1", "3"]]), "ranking");
    assert_eq!(kind([["1", "2", "3"], ["3", "3", "2"], ["2", "1", "3"]]), "battery");
    assert_eq!(kind([["1.5", "2", "3"], ["3", "3", "2"], ["2", "1", "3"]]), "number");
    assert_eq!(kind([["1", "1", "1"], ["", "1", ""], ["1", "", ""]]), "multi-select");
    // A definition decides whatever the cells look like.
    let ranking = r#"{"QuestionText":"Rank","DataExportTag":"Q5","QuestionType":"RO","Selector":"DND","Choices":{"1":{"Display":"A"},"2":{"Display":"B"},"3":{"Display":"C"}}}"#;
    let text = export(&columns, &[&["R_0000000000000001", "3", "3", ""]]);
    let export = with(&text, &qsf(&[("QID5", ranking)])).unwrap().value;
    assert_eq!(only(&export).form.kind(), "ranking");
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
