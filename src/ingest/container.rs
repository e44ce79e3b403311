//! What holds the table: delimited text, a workbook, or something that Canvass does not read. An archive is opened first.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::archive;
use super::encoding::{self, Encoding};
use super::labelled;

/// Opens a file from its start, as often as it is called.
pub type Open<'a> = dyn Fn() -> Result<Box<dyn Read + Send + 'a>, Diag> + 'a;

/// What holds the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// Text.
    Text,
    /// An XLSX workbook.
    Workbook,
}

/// Kinds of files that hold surveys but are not read, with the bytes at their start.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"$FL2", "an SPSS file"),
    (b"$FL3", "a compressed SPSS file"),
    (b"<stata_dta>", "a Stata file"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"<?xml", "an XML document"),
    (b"<ODM", "an ODM document"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
];

/// How many bytes at the start of a file say what it is.
const START: u64 = 1 << 16;

/// A file that is a table or a document, out of its archive if it was in one.
pub(super) struct Opened<'a> {
    /// Its first bytes.
    pub(super) start: Vec<u8>,
    pub(super) open: Box<Open<'a>>,
}

impl<'a> Opened<'a> {
    /// Opens a file, and the only table in it if it is an archive.
    pub(super) fn of(file: &FileId, open: &'a Open<'a>) -> Result<Self, Diag> {
        let start = start(file, open)?;
        if archive::is_gzip(&start) {
            return archive::gzip(file, open);
        }
        if archive::is_zip(&start) {
            return archive::zip(file, whole(file, open)?);
        }
        Ok(Self { start, open: Box::new(open) })
    }

    /// All of its bytes.
    pub(super) fn whole(&self, file: &FileId) -> Result<Vec<u8>, Diag> {
        whole(file, &*self.open)
    }

    /// Says what holds the table, or that it is nothing that is read.
    pub(super) fn container(&self, file: &FileId) -> Result<Container, Diag> {
        if archive::is_zip(&self.start) {
            return Ok(Container::Workbook);
        }
        refuse_foreign(file, &self.start)?;
        Ok(Container::Text)
    }

    /// Whether it may be a document that holds answers and their definition in one, which is read whole.
    pub(super) fn is_document(&self, file: &FileId) -> bool {
        // Each kind of document has a line of its own here.
        labelled::detect(file, &self.start)
            || encoding::decode(&self.start).0.trim_start_matches('\u{feff}').trim_start().starts_with('<')
    }
}

/// The first bytes of a file.
pub(super) fn start(file: &FileId, open: &Open<'_>) -> Result<Vec<u8>, Diag> {
    let mut start = Vec::new();
    open()?.take(START).read_to_end(&mut start).map_err(|error| unreadable(file, &error))?;
    Ok(start)
}

/// All bytes of a file.
fn whole(file: &FileId, open: &Open<'_>) -> Result<Vec<u8>, Diag> {
    let mut bytes = Vec::new();
    open()?.read_to_end(&mut bytes).map_err(|error| unreadable(file, &error))?;
    Ok(bytes)
}

/// What to say of a file that stops giving bytes. An archive that is wrong says so itself.
pub(super) fn unreadable(file: &FileId, error: &io::Error) -> Diag {
    archive::refused(file, error).unwrap_or_else(|| {
        let message = format!("cannot read {file}: {error}");
        Diag::error(codes::FILE_UNREADABLE, Place::file(file), message).help("copy or export it again")
    })
}

/// Refuses what is no table, by the bytes at its start.
fn refuse_foreign(file: &FileId, bytes: &[u8]) -> Result<(), Diag> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(
            foreign(file, "a workbook of the old kind (.xls)").help("save it again as XLSX or CSV (UTF-8)")
        );
    }
    let text = encoding::decode(bytes).0;
    let start = text.trim_start();
    for (mark, what) in FOREIGN {
        if bytes.starts_with(mark) || start.as_bytes().starts_with(mark) {
            return Err(foreign(file, what).help("export again as CSV"));
        }
    }
    if start.starts_with('{') && (start.contains("\"SurveyElements\"") || start.contains("\"SurveyEntry\"")) {
        let help = "it belongs beside the export: --definition, or definition = \"...\" in the study file";
        return Err(foreign(file, "a Qualtrics survey definition, not answers").help(help));
    }
    if start.starts_with(['{', '[']) {
        return Err(foreign(file, "a JSON document").help("export again as CSV"));
    }
    let head: Vec<char> = text.chars().take(4096).collect();
    let controls = head.iter().filter(|c| c.is_ascii_control() && !matches!(c, '\t' | '\r' | '\n')).count();
    if controls * 50 > head.len() {
        return Err(foreign(file, "not a text").help("export again as CSV"));
    }
    Ok(())
}

/// Decodes a text, with a note where the encoding is a guess.
pub(super) fn decoded<'a>(file: &FileId, bytes: &'a [u8]) -> Noted<Cow<'a, str>> {
    let (text, encoding) = encoding::decode(bytes);
    let mut notes = Vec::new();
    if let Encoding::Windows1252 { line, byte } = encoding {
        notes.push(encoding::assumed(file, line, byte));
    }
    Noted { value: text, notes }
}

pub(super) fn foreign(file: &FileId, what: &str) -> Diag {
    Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), format!("{file} is {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        let file = FileId::new("x");
        let open = || -> Result<Box<dyn Read + Send + '_>, Diag> { Ok(Box::new(bytes)) };
        let opened = Opened::of(&file, &open);
        opened.and_then(|opened| opened.container(&file)).unwrap_err().message
    }

    #[test]
    fn files_of_other_kinds_are_named_and_refused() {
        assert_eq!(refused(b"%PDF-1.7"), "x is a PDF document");
        assert_eq!(refused(b"PK\x03\x04 a.csv"), "x is a damaged zip archive");
        assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "x is a workbook of the old kind (.xls)");
        assert_eq!(
            refused(b"{\"SurveyEntry\":{},\"SurveyElements\":[]}"),
            "x is a Qualtrics survey definition, not answers"
        );
        assert_eq!(refused(b"\x00\x01\x02\x03\x04\x05"), "x is not a text");
    }
}
