//! The constructed export of every kind of mark, read and coded, with its expected answers.

use canvass::ingest::{self, Export};

use super::*;

/// Names, texts and ids as the exporter writes them, with the mark of no answer in every sense that it has.
const ROWS: [&str; 5] = [
    "ResponseId,Q1,Q2_1,Q2_3,Q2_3_TEXT,Q3_1,Q3_2,Q4,Q5_1,Q5_2",
    "Response ID,How? - Selected Choice,Which? - Red,Which? - Other:,Which? - Other: - Text,Rate - Food,Rate - Staff,Why?,Rank - A,Rank - B",
    r#"{"ImportId":"_recordId"},{"ImportId":"QID1"},{"ImportId":"QID2"/"choiceId":"1"},{"ImportId":"QID2"/"choiceId":"3"},{"ImportId":"QID2_3_TEXT"},{"ImportId":"QID3_4"},{"ImportId":"QID3_6"},{"ImportId":"QID4_TEXT"},{"ImportId":"QID5_1"},{"ImportId":"QID5_2"}"#,
    "R_0000000000000001,2,1,-99,-99,4,-99,NA,1,2",
    "R_0000000000000002,-99,-99,-99,-99,,,-99,,",
];

fn read() -> Export {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('/', ",").replace('"', "\"\""));
    let line = |row: &&str| row.split(',').map(quoted).collect::<Vec<_>>().join(",");
    let text = ROWS.iter().map(line).collect::<Vec<_>>().join("\n");
    ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value
}

#[test]
fn the_mark_of_no_answer_is_read_by_the_kind_of_the_question() {
    let export = read();
    let skipped = No(Missing::Skipped);
    assert_eq!(first(&coded(&export, "Q1", None)), [Given(0), skipped]);
    let Answers::Ticks(ticks) = coded(&export, "Q2", None).value.answers else { panic!() };
    assert_eq!(ticks.answered.iter().collect::<Vec<_>>(), [Given(1), skipped]);
    assert_eq!((ticks.chosen[0].get(0), ticks.chosen[1].get(0)), (true, false), "red alone is ticked");
    assert!(!ticks.texts[0].get(0), "the mark in a text is no text");
    let Answers::Choices { items } = coded(&export, "Q3", None).value.answers else { panic!() };
    let rows: Vec<Vec<Answer>> = items.iter().map(|item| item.iter().collect()).collect();
    let blank = No(Missing::Blank);
    assert_eq!(rows, [vec![Given(0), blank], vec![skipped, blank]]);
    assert_eq!(first(&coded(&export, "Q4", None)), [Given(0), skipped], "NA is an answer");
}

/// A question whose choices were displayed in random order: who was not shown it has no place.
#[test]
fn a_place_on_the_screen_tells_not_asked_from_skipped() {
    let text = "Finished,Q1,Q1_DO\nFinished,How?,How? - Display Order\n\"{\"\"ImportId\"\":\"\"finished\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID1_DO\"\"}\"\n1,1,1|2\n1,,2|1\n1,,\n0,,\n";
    let qsf = r#"{"SurveyEntry":{},"SurveyElements":[{"Element":"SQ","PrimaryAttribute":"QID1","Payload":{"QuestionText":"How?","DataExportTag":"Q1","QuestionType":"MC","Selector":"SAVR","Choices":{"1":{"Display":"Well"},"2":{"Display":"Badly"}},"DisplayLogic":{"0":{"0":{"LogicType":"EmbeddedField","LeftOperand":"group","Operator":"EqualTo","RightOperand":"a","Description":"If group is a"},"Type":"If"},"Type":"BooleanExpression"}}},{"Element":"BL","Payload":[{"Type":"Default","ID":"BL_1","BlockElements":[{"Type":"Question","QuestionID":"QID1"}]}]}]}"#;
    let definition = FileId::new("a.qsf");
    let export = ingest::read(&FileId::new("a.csv"), text.as_bytes(), Some((&definition, qsf.as_bytes())))
        .unwrap()
        .value;
    let found = first(&coded(&export, "Q1", None));
    let (skipped, not_asked, left) = (No(Missing::Skipped), No(Missing::NotAsked), No(Missing::NotReached));
    assert_eq!(found, [Given(0), skipped, not_asked, left]);
}

/// An export of metadata and one entry, with the definition of that entry.
fn about(rows: &[&str]) -> Export {
    let id = |id: &str| format!("\"{{\"\"ImportId\"\":\"\"{id}\"\"}}\"");
    let ids =
        ["status", "distributionChannel", "finished", "progress", "_recordId", "QID1_TEXT"].map(id).join(",");
    let names = "Status,DistributionChannel,Finished,Progress,ResponseId,Q1";
    let text = format!("{names}\n{names}\n{ids}\n{}\n", rows.join("\n"));
    let qsf = r#"{"SurveyEntry":{},"SurveyElements":[{"Element":"SQ","PrimaryAttribute":"QID1","Payload":{"QuestionText":"Q1","DataExportTag":"Q1","QuestionType":"TE","Selector":"SL"}},{"Element":"BL","Payload":[{"Type":"Default","ID":"BL_1","BlockElements":[{"Type":"Question","QuestionID":"QID1"}]}]}]}"#;
    let definition = FileId::new("a.qsf");
    ingest::read(&FileId::new("a.csv"), text.as_bytes(), Some((&definition, qsf.as_bytes()))).unwrap().value
}

#[test]
fn q_19_a_partial_response_is_kept_and_told_from_a_submitted_one() {
    let export = about(&["0,anonymous,0,40,R_0000000000000001,", "0,anonymous,1,100,R_0000000000000002,"]);
    assert_eq!((export.submitted(0), export.submitted(1)), (Some(false), Some(true)));
    assert_eq!(first(&coded(&export, "Q1", None)), [No(Missing::NotReached), No(Missing::Skipped)]);
}

#[test]
fn q_20_a_preview_is_known_by_its_status_or_by_its_channel() {
    let export = about(&[
        "9,anonymous,1,100,R_0000000000000001,a",
        "0,Preview,1,100,R_0000000000000002,b",
        "Survey Test,gl,1,100,R_0000000000000003,c",
        "IP Address,email,1,100,R_0000000000000004,d",
        "16,qr,1,100,R_0000000000000005,e",
    ]);
    let found: Vec<Option<bool>> = (0..5).map(|row| export.is_preview(row)).collect();
    assert_eq!(found, [true, true, true, false, false].map(Some));
}
