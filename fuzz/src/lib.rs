//! What each target does with bytes that anybody may have written. `tests/any_bytes.rs` does the same with fewer of them.
//!
//! A target fails by panicking: so does a reader that does, a refusal that does not say what to do, and an answer that is
//! far longer than the question.

use std::io::{Cursor, Read, Write as _};

use canvass::diag::{Diag, FileId, Noted};
use canvass::ingest::{self, Export, grid, invitations};
use canvass::normalise::Coder;
use canvass::record::{FindingsFile, ManifestFile};
use canvass::study::{Reported, Study};
use canvass::text::TextTemplate;

/// A target by its name, which is also that of its seeds' folder.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 16] = [
    ("claims", claims),
    ("defined", defined),
    ("dictionary", dictionary),
    ("export", export),
    ("invitations", invitations),
    ("limesurvey", limesurvey),
    ("odm", odm),
    ("qsf", qsf),
    ("record", record),
    ("spss", spss),
    ("stata", stata),
    ("study", study),
    ("table", table),
    ("template", template),
    ("workbook", workbook),
    ("xlsform", xlsform),
];

/// Between the parts of an input that holds several files.
const NEXT: &[u8] = b"\n%%%%\n";

/// Bytes to a table of cells: archive, container, encoding, delimiter. How the bytes arrive changes nothing.
pub fn table(bytes: &[u8]) {
    let file = FileId::new("a.csv");
    let read = grid::read(&file, bytes);
    let again = grid::read_from(&file, &|| Ok(Box::new(Dripping { bytes, give: 1 })));
    match (&read, &again) {
        (Ok(read), Ok(again)) => {
            assert!(
                read.value
                    .records()
                    .map(|record| record.cells().collect::<Vec<_>>())
                    .eq(again.value.records().map(|record| record.cells().collect::<Vec<_>>())),
                "cells change with how the bytes arrive"
            );
        }
        (Err(_), Err(_)) => {}
        _ => panic!("whether a file is read changes with how its bytes arrive"),
    }
    judge(bytes, read, |_| 0);
}

/// An export without a definition, coded as far as it tells.
pub fn export(bytes: &[u8]) {
    whole("a.csv", bytes, None);
}

/// An export and its definition, neither known.
pub fn defined(bytes: &[u8]) {
    let (export, definition) = halves(bytes);
    whole("a.csv", export, Some(("a.definition", definition)));
}

/// A Qualtrics definition.
pub fn qsf(bytes: &[u8]) {
    whole("a.csv", include_bytes!("../beside/qualtrics.csv"), Some(("a.qsf", bytes)));
}

/// A REDCap data dictionary.
pub fn dictionary(bytes: &[u8]) {
    whole("a.csv", include_bytes!("../beside/redcap.csv"), Some(("dictionary.csv", bytes)));
}

/// A project as an ODM document: answers and definition in one, and a definition beside answers.
pub fn odm(bytes: &[u8]) {
    whole("a.xml", bytes, None);
    whole("a.csv", include_bytes!("../beside/redcap.csv"), Some(("a.xml", bytes)));
}

/// The structure of a LimeSurvey survey, as XML or as a table.
pub fn limesurvey(bytes: &[u8]) {
    whole("a.csv", include_bytes!("../beside/limesurvey.csv"), Some(("a.lss", bytes)));
}

/// An XLSForm, as a table of its sheets.
pub fn xlsform(bytes: &[u8]) {
    whole("a.csv", include_bytes!("../beside/kobo.csv"), Some(("form.csv", bytes)));
}

/// An SPSS file.
pub fn spss(bytes: &[u8]) {
    whole("a.sav", bytes, None);
}

/// A Stata file.
pub fn stata(bytes: &[u8]) {
    whole("a.dta", bytes, None);
}

/// The parts of a workbook, packed as one: what is changed within a deflated archive is refused before it is read.
pub fn workbook(bytes: &[u8]) {
    let bytes = packed(bytes);
    whole("a.xlsx", &bytes, None);
    whole("a.csv", include_bytes!("../beside/kobo.csv"), Some(("form.xlsx", &bytes)));
}

/// A list of who was invited.
pub fn invitations(bytes: &[u8]) {
    let read = invitations::read(&FileId::new("list.csv"), bytes);
    match read {
        Ok(None) => {}
        Ok(Some(noted)) => judge(bytes, Ok(noted), |list| {
            list.rates().iter().map(|rate| rate.name.len() + rate.definition.len()).sum()
        }),
        Err(diags) => refused(bytes, &diags),
    }
}

/// A study file.
pub fn study(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let file = FileId::new("study.toml");
    let beside = Study::written_beside(&file, &text);
    match Study::parse(&file, &text, "folder") {
        Ok(study) => assert_eq!(study.reported.is_some(), beside.reported.is_some()),
        Err(diags) => mistaken(bytes, &diags),
    }
}

/// A file of reported results.
pub fn claims(bytes: &[u8]) {
    if let Err(diags) = Reported::parse(&FileId::new("reported.toml"), &String::from_utf8_lossy(bytes)) {
        mistaken(bytes, &diags);
    }
}

/// A template of the results text.
pub fn template(bytes: &[u8]) {
    if let Err(diags) = TextTemplate::parse(&FileId::new("results.md"), &String::from_utf8_lossy(bytes)) {
        mistaken(bytes, &diags);
    }
}

/// The records of a run, which are read again to verify it.
pub fn record(bytes: &[u8]) {
    let _ = FindingsFile::read(bytes);
    let _ = ManifestFile::read(bytes);
}

fn whole(name: &str, bytes: &[u8], definition: Option<(&str, &[u8])>) {
    let size = bytes.len() + definition.map_or(0, |(_, bytes)| bytes.len());
    let definition = definition.map(|(name, bytes)| (FileId::new(name), bytes));
    let read =
        ingest::read(&FileId::new(name), bytes, definition.as_ref().map(|(file, bytes)| (file, *bytes)));
    judge_size(size, read, coded);
}

/// Codes every question, as the first look at an export does; the length of what is said of them.
fn coded(export: &Export) -> usize {
    let coder = Coder::new(export);
    let mut said = 0;
    for question in &export.instrument.questions {
        let coded = coder.code(question, None);
        if let Some(height) = coded.value.answers.height() {
            assert_eq!(height, export.table.height(), "{} has other rows than its export", question.id);
        }
        said += question.id.len() + question.wording.len() + length(&coded.notes);
        for column in question.form.columns() {
            assert!(column < export.table.names().len(), "{} has a column that is not there", question.id);
        }
    }
    said
}

fn judge<T>(bytes: &[u8], read: Result<Noted<T>, Vec<Diag>>, said: impl Fn(&T) -> usize) {
    judge_size(bytes.len(), read, said);
}

fn judge_size<T>(size: usize, read: Result<Noted<T>, Vec<Diag>>, said: impl Fn(&T) -> usize) {
    match read {
        Ok(noted) => bounded(size, length(&noted.notes) + said(&noted.value)),
        Err(diags) => judge_refusal(size, &diags),
    }
}

fn refused(bytes: &[u8], diags: &[Diag]) {
    judge_refusal(bytes.len(), diags);
}

/// A refusal says why and what to do.
fn judge_refusal(size: usize, diags: &[Diag]) {
    assert!(!diags.is_empty(), "refused without a word");
    for diag in diags {
        assert!(!diag.message.trim().is_empty(), "{diag:?}");
        assert!(diag.help.is_some(), "no remedy: {diag:?}");
    }
    bounded(size, length(diags));
}

/// A mistake in a file that people write has its place, under which it is said; the remedy is there or in the message.
fn mistaken(bytes: &[u8], diags: &[Diag]) {
    assert!(!diags.is_empty(), "refused without a word");
    assert!(diags.iter().all(|diag| !diag.message.trim().is_empty()), "{diags:?}");
    bounded(bytes.len(), length(diags));
}

fn length(diags: &[Diag]) -> usize {
    diags.iter().map(|diag| diag.message.len() + diag.help.as_ref().map_or(0, String::len)).sum()
}

/// What is said grows with what was given and no faster.
fn bounded(given: usize, said: usize) {
    assert!(said <= 20_000 + 500 * given, "{said} bytes are said of {given}");
}

fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    let at = bytes.windows(NEXT.len()).position(|window| window == NEXT);
    at.map_or((bytes, &[]), |at| (&bytes[..at], &bytes[at + NEXT.len()..]))
}

/// The parts of a workbook and what stands in those that an input leaves out.
const PARTS: [(&str, &[u8]); 4] = [
    ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData/></worksheet>"),
    ("xl/sharedStrings.xml", b"<sst><si><t>type</t></si><si><t>name</t></si></sst>"),
    (
        "xl/styles.xml",
        b"<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
    ),
    (
        "xl/workbook.xml",
        b"<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
          <sheet name=\"survey\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
];

const ROOT: &[u8] = b"<Relationships><Relationship Id=\"rId1\" Target=\"xl/workbook.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/></Relationships>";
const RELATIONS: &[u8] = b"<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/></Relationships>";

/// Packs the parts of an input, in the order of `PARTS`, as a workbook.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        let put = archive.start_file(name, stored).map(|()| archive.write_all(bytes));
        assert!(matches!(put, Ok(Ok(()))), "an archive in memory takes what it is given");
    };
    let mut rest = bytes;
    for (name, otherwise) in PARTS {
        let (part, after) = halves(rest);
        put(name, if part.is_empty() { otherwise } else { part });
        rest = after;
    }
    put("_rels/.rels", ROOT);
    put("xl/_rels/workbook.xml.rels", RELATIONS);
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Gives bytes a few at a time, each time more, as a slow disk does.
struct Dripping<'a> {
    bytes: &'a [u8],
    give: usize,
}

impl Read for Dripping<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let given = self.give.min(self.bytes.len()).min(into.len());
        into[..given].copy_from_slice(&self.bytes[..given]);
        self.bytes = &self.bytes[given..];
        self.give = self.give % 7 + 1;
        Ok(given)
    }
}
