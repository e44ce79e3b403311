//! Workbooks of several sheets, and files of every kind in a zip.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use canvass::diag::{Diag, FileId, Place, codes};
use canvass::ingest::{self, Platform};
use canvass::io::Memory;
use canvass::pipeline::{Outcome, Stopped, compute};

use crate::labelled::{self, spss};

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A sheet: its name and its rows.
type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let (mut list, mut links) = (String::new(), String::new());
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), format!("<Types xmlns=\"{PACKAGE}/content-types\"/>")),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r0\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
    ];
    for (number, (name, rows)) in (1..).zip(sheets) {
        let _ = write!(list, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>");
        let _ = write!(
            links,
            "<Relationship Id=\"r{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
        let mut cells = String::new();
        for (row, texts) in (1..).zip(*rows) {
            let _ = write!(cells, "<row r=\"{row}\">");
            for (column, text) in ('A'..).zip(*texts) {
                let _ = write!(cells, "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
            }
            cells.push_str("</row>");
        }
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{cells}</sheetData></worksheet>"),
        ));
    }
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>"),
    ));
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&parts)
}

const COVER: Sheet<'_> = ("Read me", &[&["Our survey"], &["Answers stand on the next sheet"]]);
const ANSWERS: Sheet<'_> = ("Answers", &[&["age", "sex"], &["30", "f"], &["40", "m"]]);
const PILOT: Sheet<'_> = ("Pilot", &[&["age", "town"], &["50", "x"]]);

fn study(groups: &str, book: &[u8]) -> Result<Outcome, Stopped> {
    let mut memory = Memory::default();
    let study = format!(
        "[study]\ntitle = \"t\"\n{groups}\n[questions.age]\nkind = \"number\"\nall = \"age\"\n[[ask]]\ninquiry = \"number\"\n"
    );
    memory.insert(FileId::new("study.toml"), study.into_bytes());
    memory.insert(FileId::new("book.xlsx"), book.to_vec());
    compute(&memory, &FileId::new("study.toml"), &|_| {})
}

/// The number of rows received of a study of one group with this sheet.
fn received(sheet: &str, book: &[u8]) -> Result<u64, Vec<Diag>> {
    let group = format!("[groups.all]\nexport = \"book.xlsx\"\n{sheet}");
    let outcome = study(&group, book).map_err(|stopped| stopped.problems)?;
    let finding = outcome.findings.iter().next().unwrap();
    Ok(finding.base.people.as_ref().unwrap().received)
}

#[test]
fn the_first_sheet_that_holds_a_table_is_read_and_the_others_are_named() {
    let book = workbook(&[COVER, ANSWERS, PILOT]);
    let noted = ingest::read(&FileId::new("book.xlsx"), &book, None).unwrap();
    assert_eq!(noted.value.table.names(), ["age", "sex"]);
    let note = noted.notes.iter().find(|note| note.code == codes::ASSUMED).unwrap();
    assert_eq!(
        note.message,
        "of 3 sheets only \"Answers\", the first that holds a table, is read; not \"Read me\", \"Pilot\""
    );
    assert!(note.help.as_ref().unwrap().contains("sheet = "), "{note:?}");
}

#[test]
fn the_sheet_that_the_study_names_is_read() {
    let book = workbook(&[COVER, ANSWERS, PILOT]);
    assert_eq!(received("", &book).unwrap(), 2);
    assert_eq!(received("sheet = \"Answers\"", &book).unwrap(), 2);
    assert_eq!(received("sheet = \"Pilot\"", &book).unwrap(), 1);
    let group = "[groups.all]\nexport = \"book.xlsx\"\nsheet = \"Pilot\"";
    let outcome = study(group, &book).unwrap();
    assert!(!outcome.notes.iter().any(|note| note.message.contains("sheets")), "{:?}", outcome.notes);
}

#[test]
fn a_sheet_that_is_not_there_is_told_at_its_place_with_those_that_are() {
    let book = workbook(&[ANSWERS, PILOT]);
    let problems = received("sheet = \"answer\"", &book).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].message, "book.xlsx has no sheet \"answer\"");
    assert_eq!(problems[0].help.as_deref(), Some("did you mean \"Answers\"?"));
    let Place::Span { file, range } = &problems[0].place else { panic!("{:?}", problems[0].place) };
    assert_eq!((file.short(), range.len()), ("study.toml", "\"answer\"".len()));
    let problems = received("sheet = \"2019\"", &book).unwrap_err();
    assert_eq!(problems[0].help.as_deref(), Some("its sheets are: Answers, Pilot"));
    let problems = received("sheet = \"Answers\"", b"age,sex\n30,f\n").unwrap_err();
    assert_eq!(problems[0].help.as_deref(), Some("it is no workbook; leave sheet out"));
}

#[test]
fn a_row_is_known_by_its_line_so_a_study_reads_one_sheet_of_a_workbook() {
    let book = workbook(&[ANSWERS, PILOT]);
    let groups =
        "[groups.all]\nexport = \"book.xlsx\"\n[groups.pilot]\nexport = \"book.xlsx\"\nsheet = \"Pilot\"";
    let problems = study(groups, &book).unwrap_err().problems;
    let told = "groups all and pilot name different sheets of one workbook";
    assert!(problems.iter().any(|problem| problem.message == told), "{problems:?}");
    let problems = study("[groups.all]\nsheet = \"Pilot\"", &book).unwrap_err().problems;
    assert!(problems.iter().any(|p| p.message == "a sheet without an export is a sheet of nothing"));
}

#[test]
fn files_with_a_codebook_and_workbooks_are_read_out_of_a_zip() {
    let sav = spss::survey().bytes();
    let alone = labelled::export(&sav).value;
    let packed = zipped(&[("__MACOSX/._a.sav", b"x"), ("survey/a.sav", &sav), ("readme.pdf", b"%PDF")]);
    let unpacked = ingest::read(&FileId::new("a.zip"), &packed, None).unwrap().value;
    assert_eq!(unpacked.platform, Platform::Spss);
    assert_eq!(unpacked.instrument, alone.instrument);
    assert_eq!(unpacked.table.names(), ["AGE", "USE", "ELSE"]);
    assert_eq!(labelled::cells(&unpacked, 0), ["20", "97.5", "98", "-1", "0.1", ""]);

    let dta = labelled::stata::labelled(118).bytes();
    let packed = zipped(&[("a.dta", &dta)]);
    let unpacked = ingest::read(&FileId::new("a.zip"), &packed, None).unwrap().value;
    assert_eq!(unpacked.platform, Platform::Stata);
    assert_eq!(unpacked.instrument, labelled::export(&dta).value.instrument);

    let book = workbook(&[ANSWERS]);
    let packed = zipped(&[("a.xlsx", &book)]);
    let unpacked = ingest::read(&FileId::new("a.zip"), &packed, None).unwrap().value;
    assert_eq!(unpacked.table.names(), ["age", "sex"]);
    assert_eq!(labelled::cells(&unpacked, 1), ["f", "m"]);

    let both = zipped(&[("a.sav", &sav), ("a.dta", &dta)]);
    let problems = ingest::read(&FileId::new("a.zip"), &both, None).unwrap_err();
    assert_eq!(problems[0].message, "a.zip is a zip archive of 2 tables: a.dta, a.sav");
}
