//! Whatever the cells: an export or a refusal, never a panic and never a lost cell. Whatever the bytes: `any_bytes`.

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
}
