//! Small exports by hand, each named after what it shows.

mod cells;
mod choices;
mod columns;
mod definition;
mod header;
mod kinds;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use crate::codebook::{Choice, Form, Item, Missing, MultiCells, Question};
use crate::diag::{Code, Diag, FileId, Noted, Place, Severity, codes};
use crate::ingest::told::kinds;
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

fn codes_of(notes: &[Diag]) -> Vec<Code> {
    notes.iter().map(|note| note.code).collect()
}

fn item_labels(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item.label.as_str()).collect()
}

/// Questions by id and kind.
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

/// The ids of two responses.
const ONE: &str = "R_0000000000000001";
const TWO: &str = "R_0000000000000002";
const ID: (&str, &str, &str) = ("ResponseId", "Response ID", "_recordId");

const CHOICES: &str = r#""Choices":{"1":{"Display":"<b>Yes</b>"},"2":{"Display":"No"},"4":{"Display":"Other","TextEntry":"true"}},"ChoiceOrder":[4,"1"]"#;

fn single(more: &str) -> String {
    format!(
        r#"{{"QuestionText":"<p>Do you?</p>","DataExportTag":"Q1","QuestionType":"MC","Selector":"SAVR",{CHOICES}{more}}}"#
    )
}

const LEGACY: &str = "\u{feff}V1,V2,V3,V7,V8,V9,V10,Q1,Q2_1,Q2_2,Q2_TEXT,\nResponseID,ResponseSet,Name,Status,StartDate,EndDate,Finished,How?,Which?-Tea,Which?-Other,Which?-TEXT,\nR_7NT5RemfRQtuKzz,Default,Anonymous,2,2016-05-13 12:14:41,2016-05-13 12:14:41,1,2,,1,mate,\n";

/// A workbook of one sheet of texts.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut sheet = String::new();
    for (row, cells) in (1..).zip(rows) {
        let _ = write!(sheet, "<row r=\"{row}\">");
        for (column, cell) in (b'A'..).zip(*cells) {
            let name = char::from(column);
            let _ = write!(sheet, "<c r=\"{name}{row}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>");
        }
        sheet.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        ("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Sheet0\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn only_wordings(export: &Export) -> Vec<&str> {
    export.instrument.questions.iter().map(|question| question.wording.as_str()).collect()
}
