//! Whatever the bytes: a table or a refusal that says what to do, never a panic and never a lost cell.

use canvass::diag::FileId;
use canvass::ingest::{grid, read};
use proptest::prelude::*;

/// Cells that are something in some export.
const CELLS: [&str; 28] = [
    "",
    "NA",
    "-99",
    "-1",
    "0",
    "1",
    "7",
    "R_7NT5RemfRQtuKzz",
    "2016-05-13 12:14:41",
    "Yes",
    "Yes,No",
    "1,2",
    "a\nb",
    "\"",
    "Rate - Food",
    "Rate-Staff",
    "ResponseId",
    "StartDate",
    "V1",
    "Q1",
    "Q1_1",
    "Q1_2_TEXT",
    r#"{"ImportId":"QID1"}"#,
    r#"{"ImportId":"QID1_2"}"#,
    r#"{"ImportId":"QID1","choiceId":"2"}"#,
    "{'ImportId': 'QID2#1-1-TEXT'}",
    "{\"ImportId\":\"1_QID",
    "e@x.org",
];

fn csv(rows: &[Vec<usize>]) -> String {
    let quoted = |cell: usize| format!("\"{}\"", CELLS[cell].replace('"', "\"\""));
    rows.iter().map(|row| row.iter().map(|cell| quoted(*cell)).collect::<Vec<_>>().join(",") + "\n").collect()
}

fn rows() -> impl Strategy<Value = Vec<Vec<usize>>> {
    prop::collection::vec(prop::collection::vec(0..CELLS.len(), 1..7), 1..9)
}

const DEFINITION: &str = r#"{"SurveyEntry":{},"SurveyElements":[
{"Element":"SQ","PrimaryAttribute":"QID1","Payload":{"QuestionText":"Rate","DataExportTag":"Q1","QuestionType":"Matrix",
"Selector":"Likert","SubSelector":"SingleAnswer","Choices":{"1":{"Display":"Food"},"2":{"Display":"Staff","TextEntry":true}},
"Answers":{"1":{"Display":"No"},"2":{"Display":"Yes"}},"AnswerOrder":["2",1],"RecodeValues":{"1":"-1"},
"DisplayLogic":{"0":{"0":{"LogicType":"Question","LeftOperand":"q://QID2/SelectableChoice/1","Operator":"Selected"},"Type":"If"}}}},
{"Element":"SQ","PrimaryAttribute":"QID2","Payload":{"QuestionText":"Both","QuestionType":"SBS","Selector":"SBSMatrix",
"Choices":{"1":{"Display":"A"}},"AdditionalQuestions":{"1":{"QuestionText":"x","Selector":"TE","Answers":{"1":{"Display":"B"}}}}}},
{"Element":"BL","Payload":{"0":{"Type":"Default","ID":"BL_1","BlockElements":[{"QuestionID":"QID1","SkipLogic":[{"Locator":
"q://QID1/SelectableChoice/1","Condition":"Selected","SkipToDestination":"ENDOFSURVEY"}]},{"QuestionID":"QID2"}]}}},
{"Element":"FL","Payload":{"Flow":[{"Type":"Branch","Flow":[{"Type":"Block","ID":"BL_1"}]}]}}]}"#;

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), start in 0_usize..6) {
        let starts: [&[u8]; 6] = [b"", b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF", b"PK\x03\x04xl/workbook", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"];
        let bytes = [starts[start], &bytes].concat();
        if let Err(diags) = read(&FileId::new("a"), &bytes, None) {
            prop_assert!(diags.iter().all(|diag| diag.help.is_some()), "{diags:?}");
        }
    }

    #[test]
    fn any_cells_in_any_place_are_read_or_refused(rows in rows(), with_definition in any::<bool>()) {
        let text = csv(&rows);
        let file = FileId::new("a.qsf");
        let definition = with_definition.then_some((&file, DEFINITION.as_bytes()));
        if let Err(diags) = read(&FileId::new("a.csv"), text.as_bytes(), definition) {
            prop_assert!(!diags.is_empty());
        }
    }

    #[test]
    fn no_cell_within_the_header_is_lost(rows in rows()) {
        let Ok(noted) = grid::read(&FileId::new("a.csv"), csv(&rows).as_bytes()) else { return Ok(()) };
        let grid = noted.value;
        let kept: Vec<Vec<&str>> = grid.records().map(|record| record.cells().collect()).collect();
        let meant: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| (0..grid.width()).map(|at| row.get(at).map_or("", |cell| CELLS[*cell])).collect::<Vec<_>>())
            .collect();
        let whole: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(|cell| CELLS[*cell]).collect()).collect();
        let filled = whole.iter().zip(meant).filter(|(row, _)| row.iter().any(|cell| !cell.trim().is_empty()));
        prop_assert_eq!(kept, filled.map(|(_, meant)| meant).collect::<Vec<_>>());
    }

    #[test]
    fn a_damaged_definition_is_read_or_refused(at in 0_usize..1500, cut in 0_usize..40, put in "[\\[\\]{}\",:0-9a-z#]{0,6}") {
        let mut damaged: Vec<char> = DEFINITION.chars().collect();
        let at = at.min(damaged.len());
        let end = (at + cut).min(damaged.len());
        damaged.splice(at..end, put.chars());
        let damaged: String = damaged.into_iter().collect();
        let export = "Q1_1,Q1_2,Q2#1_1\nRate - Food,Rate - Staff,Both\n\"{\"\"ImportId\"\":\"\"QID1_1\"\"}\",\"{\"\"ImportId\"\":\"\"QID1_2\"\"}\",\"{\"\"ImportId\"\":\"\"QID2#1_1_1_TEXT\"\"}\"\n1,2,x\n";
        let file = FileId::new("a.qsf");
        if let Err(diags) = read(&FileId::new("a.csv"), export.as_bytes(), Some((&file, damaged.as_bytes()))) {
            prop_assert!(diags.iter().all(|diag| diag.help.is_some()), "{diags:?}");
        }
    }
}
