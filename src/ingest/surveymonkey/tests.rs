//! Each shape of a question on a table small enough to read.

use super::*;
use crate::codebook::{Form, MultiCells};
use crate::diag::FileId;
use crate::ingest::told::{kinds, labels};
use crate::ingest::{self, Metadata};

fn read_bytes(bytes: &[u8]) -> Noted<Export> {
    ingest::read(&FileId::new("a.csv"), bytes, None).unwrap()
}

fn read_text(text: &str) -> Noted<Export> {
    read_bytes(text.as_bytes())
}

/// Ids and kinds of the questions.
const META: &str = "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1";

#[test]
fn m_10_leading_columns_are_about_the_response_and_custom_data_is_kept() {
    let text = format!(
        "{META},Happy?\n,,,,,,,,,Response\n12390574951,1,01/02/2020 10:00:00 AM,01/02/2020 10:05:00 AM,192.0.2.1,,,,blue,Yes\n"
    );
    let export = read_text(&text).value;
    assert_eq!((export.platform, export.header_rows, export.table.height()), (Platform::SurveyMonkey, 2, 1));
    let expected = Metadata {
        record: Some(0),
        started: Some(2),
        ended: Some(3),
        rest: vec![1, 4, 5, 6, 7],
        ..Metadata::default()
    };
    assert_eq!(export.metadata, expected);
    assert_eq!(export.other_columns, [8]);
    assert_eq!(export.identifiers, [0, 4, 5, 6, 7]);
}

#[test]
fn boxes_repeat_their_own_text_and_other_is_a_choice_with_a_text() {
    let text = "RespondentID,Eaten?,,\n,Beef,Lamb,Other (please specify)\n3237565956,Beef,,\n3237565957,,Lamb,goat\n3237565958,Beef,Lamb,\n";
    let export = read_text(text).value;
    assert_eq!(kinds(&export), [("Eaten?", "multi-select")]);
    assert_eq!(
        export.table.names()[1..],
        ["Eaten? [Beef]", "Eaten? [Lamb]", "Eaten? [Other (please specify)]"]
    );
    let Form::Multi { cells, choices, texts } = &export.instrument.questions[0].form else { panic!() };
    assert_eq!(*cells, MultiCells::Split(vec![1, 2, 3]));
    assert_eq!(choices.iter().map(|choice| choice.text_entry).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(*texts, [3]);
}

#[test]
fn m_01_lone_cr_and_stray_bytes_in_a_header_over_a_ranking() {
    let mut text = b"RespondentID,Rank them\xC6,,\r,A,B,C\r".to_vec();
    for (at, ranks) in
        ["1,2,3", "2,1,3", "3,1,2", "1,3,2", "2,3,1", "3,2,1"].iter().cycle().take(12).enumerate()
    {
        text.extend_from_slice(format!("32375659{at:02},{ranks}\r").as_bytes());
    }
    let noted = read_bytes(&text);
    assert_eq!(noted.value.table.height(), 12);
    assert_eq!(kinds(&noted.value), [("Rank them\u{c6}", "ranking")]);
}

#[test]
fn ranks_that_chance_explains_and_ranks_that_repeat_are_a_doubt() {
    let doubt = |rows: &str| {
        let noted = read_text(&format!("RespondentID,Rank them,,\n,A,B,C\n{rows}"));
        assert_eq!(kinds(&noted.value), [("Rank them", "number")]);
        let doubts = |note: &&Diag| note.severity == crate::diag::Severity::Warning;
        noted.notes.iter().filter(doubts).map(|note| note.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        doubt("3237565956,1,2,3\n3237565957,3,1,2\n"),
        [
            "\"Rank them\" may be a ranking or a matrix of numbers: no row repeats a number, but there are few; it is read as numbers"
        ]
    );
    let many = "3237565956,1,2,3\n".repeat(30) + "3237565956,1,1,3\n";
    assert_eq!(
        doubt(&many),
        [
            "\"Rank them\" looks like a ranking, but in 1 of 31 rows two items have one rank; it is read as numbers"
        ]
    );
    assert_eq!(doubt(&"3237565956,1,1,3\n".repeat(30)), Vec::<String>::new());
}

#[test]
fn m_02_rows_that_share_their_answers_are_a_battery_with_what_does_not_apply() {
    let text = "RespondentID,Your view of,\n,Han,Leia\n3237565956,Very favorably,Neither favorably nor unfavorably (neutral)\n3237565957,N/A,Very favorably\n3237565958,Very favorably,N/A\n3237565959,Very favorably,Neither favorably nor unfavorably (neutral)\n";
    let export = read_text(text).value;
    assert_eq!(kinds(&export), [("Your view of", "battery")]);
    let Form::Battery { items, choices } = &export.instrument.questions[0].form else { panic!() };
    assert_eq!(items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["Han", "Leia"]);
    let outside: Vec<_> =
        choices.iter().filter(|choice| choice.outside.is_some()).map(|c| c.label.as_str()).collect();
    assert_eq!(outside, ["N/A"]);
    assert_eq!(choices.len(), 3);
}

#[test]
fn m_03_a_block_that_nobody_saw_stays_a_question_without_a_reason() {
    let text = "RespondentID,Vegan?,Which meat?,\n,Response,Beef,Lamb\n3237565956,Yes,,\n3237565957,Yes,,\n";
    let export = read_text(text).value;
    assert_eq!(kinds(&export), [("Vegan?", "single"), ("Which meat?", "other")]);
    assert!(export.instrument.questions.iter().all(|question| question.asked_if.is_none()));
}

#[test]
fn m_04_an_other_text_beside_one_answer_is_an_answer_of_that_name() {
    let text = "RespondentID,Main dish?,\n,Response,Other (please specify)\n3237565956,Turkey,\n3237565957,,goose\n3237565958,Turkey,\n";
    let export = read_text(text).value;
    assert_eq!(kinds(&export), [("Main dish?", "single")]);
    assert_eq!(labels(&export, "Main dish?"), ["Turkey", "Other (please specify)"]);
    let Form::Single { column, texts, .. } = &export.instrument.questions[0].form else { panic!() };
    assert_eq!((*column, texts.as_slice()), (1, &[2][..]));
}

#[test]
fn m_05_an_untitled_question_is_not_glued_to_the_one_before() {
    let text = "RespondentID,Age,,,Eaten?,,,\n,Response,Cat,Dog,Beef,Lamb,North,South\n3237565956,old,Cat,,Beef,,good,bad\n3237565957,old,Cat,Dog,,Lamb,bad,good\n3237565958,old,,Dog,,Lamb,bad,good\n";
    let noted = read_text(text);
    let expected = [
        ("Age", "single"),
        ("untitled question in column 3", "multi-select"),
        ("Eaten?", "multi-select"),
        ("untitled question in column 7", "battery"),
    ];
    assert_eq!(kinds(&noted.value), expected);
    let told = noted.notes.iter().filter(|note| note.message.contains("without a title")).count();
    assert_eq!(told, 2);
}

#[test]
fn equal_titles_side_by_side_are_two_questions_if_their_second_row_starts_again() {
    let text = "RespondentID,Why?,Why?,Eaten?,Eaten?,Eaten?,Eaten?\n,Open-Ended Response,Open-Ended Response,Beef,Lamb,Beef,Lamb\n3237565956,a,b,Beef,,,Lamb\n";
    let export = read_text(text).value;
    let expected =
        [("Why?", "text"), ("Why? (2)", "text"), ("Eaten?", "multi-select"), ("Eaten? (2)", "multi-select")];
    assert_eq!(kinds(&export), expected);
}

#[test]
fn m_06_markup_leaves_the_header_and_mojibake_stays() {
    let text = "RespondentID,Do you <em>really</em><br>care?\u{152}\u{e6}\n,Response\n3237565956,Yes\n3237565957,Yes\n";
    assert_eq!(kinds(&read_text(text).value), [("Do you really care?\u{152}\u{e6}", "single")]);
}

#[test]
fn m_07_one_header_row_is_known_by_its_ids_and_joined_titles_are_taken_apart() {
    let text = "RespondentID,Fan?,Main dish?,Main dish? - Other (please specify),Pies? - Apple,Pies? - Pecan,Pies? - Other (please specify),Pies? - Other (please specify),3. Python.,3. R.\n3237565956,Yes,Turkey,,Apple,,Other (please specify),chess,Python.,\n3237565957,Yes,Other (please specify),goose,Apple,Pecan,,,,R.\n3237565958,No,Turkey,,,Pecan,,,Python.,R.\n3237565959,No,Turkey,,,Pecan,,,Python.,R.\n";
    let export = read_text(text).value;
    assert_eq!((export.platform, export.header_rows), (Platform::SurveyMonkey, 1));
    let expected =
        [("Fan?", "single"), ("Main dish?", "single"), ("Pies?", "multi-select"), ("3.", "multi-select")];
    assert_eq!(kinds(&export), expected);
    assert_eq!(labels(&export, "Pies?"), ["Apple", "Pecan", "Other (please specify)"]);
    assert_eq!(labels(&export, "3."), ["Python.", "R."]);
    let Form::Multi { texts, .. } = &export.instrument.questions[2].form else { panic!() };
    assert_eq!(*texts, [7]);
    // Short numbers of respondents are anybody's.
    assert_eq!(read_text("RespondentID,a\n1,x\n2,y\n").value.platform, Platform::Plain);
}

#[test]
fn m_09_numbers_in_boxes_are_codes_without_a_key() {
    let text = "RespondentID,Eaten?,,Fan?,Rate,\n,Beef,Lamb,Response,Ice,Cake\n3237565956,1,,2,5,4\n3237565957,,2,1,4,4\n3237565958,1,2,2,5,5\n3237565959,1,2,2,5,5\n";
    let noted = read_text(text);
    assert_eq!(kinds(&noted.value), [("Eaten?", "multi-select"), ("Fan?", "single"), ("Rate", "battery")]);
    assert_eq!(noted.value.cells, Cells::Codes);
    let codes: Vec<&str> = noted.value.instrument.questions[0]
        .form
        .choices()
        .iter()
        .map(|choice| choice.code.as_str())
        .collect();
    assert_eq!(codes, ["1", "2"]);
    assert!(noted.notes.iter().any(|note| note.message.starts_with("closed answers are numbers")));
}

#[test]
fn m_11_ids_that_a_spreadsheet_shortened_are_still_ids() {
    let export = read_text("Respondent ID,Fan?\n1.24E+10,Yes\n1.24E+10,No\n").value;
    assert_eq!((export.platform, export.identifiers.as_slice()), (Platform::SurveyMonkey, &[0][..]));
    assert_eq!(export.table.cell(0, 0), Some("1.24E+10"));
}

#[test]
fn m_08_a_choice_that_a_spreadsheet_made_a_date_is_told() {
    let text = "Respondent ID,How many children?\n,Response\n12390574951,1-2\n12390574952,3-Apr\n12390574953,1-2\n12390574954,3-Apr\n";
    let noted = read_text(text);
    assert_eq!(noted.value.platform, Platform::SurveyMonkey);
    let damage: Vec<&Diag> =
        noted.notes.iter().filter(|note| note.code == codes::SPREADSHEET_DAMAGE).collect();
    assert_eq!(damage.len(), 1);
    assert_eq!(damage[0].place, Place::cell(&FileId::new("a.csv"), 4, "How many children?"));
}

#[test]
fn a_grid_of_boxes_has_rows_and_columns_in_its_labels() {
    let text = "RespondentID,Used where?,,,\n,Mac - Home,Mac - Work,PC - Home,PC - Work\n3237565956,Home,,Home,\n3237565957,,Work,,\n";
    let export = read_text(text).value;
    let Form::MultiBattery { items, columns, choices } = &export.instrument.questions[0].form else {
        panic!()
    };
    assert_eq!(items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["Mac", "PC"]);
    assert_eq!(*columns, [vec![1, 2], vec![3, 4]]);
    assert_eq!(choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(), ["Home", "Work"]);
}

#[test]
fn entries_are_texts_and_names_that_programs_give_to_blank_titles_are_none() {
    let text = "Unnamed: 0,RespondentID,Three words,Unnamed: 3,Unnamed: 4\n0,,First,Second,Third\n1,3237565956,red,blue,dark green\n2,3237565957,loud,late,low\n";
    let export = read_text(text).value;
    assert_eq!(kinds(&export), [("Three words", "text")]);
    assert_eq!((export.other_columns.as_slice(), export.identifiers.as_slice()), (&[0][..], &[1][..]));
}

#[test]
fn the_second_row_is_known_without_ids_by_words_that_are_never_said_again() {
    let text = "Fan?,Why?,Eaten?,\nResponse,Open-Ended Response,Beef,Lamb\nYes,x,Beef,\n";
    assert_eq!(read_text(text).value.platform, Platform::SurveyMonkey);
    for text in ["a,b\nResponse,x\ny,z\n", "a,b\nResponse,Response\nResponse,x\n", "row,a\n,Response\n1,x\n"]
    {
        assert_eq!(read_text(text).value.platform, Platform::Plain, "{text}");
    }
    // A respondent who answered nothing is no second row.
    assert_eq!(read_text("RespondentID,a\n,\n1,x\n").value.header_rows, 1);
}
