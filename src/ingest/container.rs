//! What holds the table: delimited text, a workbook, or something that Canvass does not read.

use std::borrow::Cow;

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::encoding::{self, Encoding};

/// What holds the table.
#[derive(Debug, PartialEq)]
pub(super) enum Container<'a> {
    /// Text, decoded.
    Text(Noted<Cow<'a, str>>),
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
    (b"\x1F\x8B", "a gzip archive"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"<?xml", "an XML document"),
    (b"<ODM", "an ODM document"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
];

/// Says what a file's bytes hold and decodes them if they are text.
pub(super) fn open<'a>(file: &FileId, bytes: &'a [u8]) -> Result<Container<'a>, Diag> {
    if bytes.starts_with(b"PK\x03\x04") {
        return if holds(bytes, b"xl/workbook") {
            Ok(Container::Workbook)
        } else if holds(bytes, b"opendocument.spreadsheet") {
            Err(foreign(file, "an OpenDocument spreadsheet").help("save it again as XLSX or CSV (UTF-8)"))
        } else {
            Err(foreign(file, "a zip archive").help("unpack it and give the file that is in it"))
        };
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(
            foreign(file, "a workbook of the old kind (.xls)").help("save it again as XLSX or CSV (UTF-8)")
        );
    }
    let decoded = decoded(file, bytes);
    let start = decoded.value.trim_start();
    for (mark, what) in FOREIGN {
        if bytes.starts_with(mark) || start.as_bytes().starts_with(mark) {
            return Err(foreign(file, what).help("export again as CSV"));
        }
    }
    if start.starts_with('{') && start.contains("\"SurveyElements\"") {
        let help = "it belongs beside the export: --definition, or definition = \"...\" in the study file";
        return Err(foreign(file, "a Qualtrics survey definition, not answers").help(help));
    }
    if start.starts_with(['{', '[']) {
        return Err(foreign(file, "a JSON document").help("export again as CSV"));
    }
    let head: Vec<char> = decoded.value.chars().take(4096).collect();
    let controls = head.iter().filter(|c| c.is_ascii_control() && !matches!(c, '\t' | '\r' | '\n')).count();
    if controls * 50 > head.len() {
        return Err(foreign(file, "not a text").help("export again as CSV"));
    }
    Ok(Container::Text(decoded))
}

/// Decodes a text, with a note where the encoding is a guess.
pub(super) fn decoded<'a>(file: &FileId, bytes: &'a [u8]) -> Noted<Cow<'a, str>> {
    let (text, encoding) = encoding::decode(bytes);
    let mut notes = Vec::new();
    if let Encoding::Windows1252 { line, byte } = encoding {
        let message = format!("byte 0x{byte:02x} is not UTF-8; the file is read as Windows-1252");
        let diag = Diag::warning(codes::ENCODING_ASSUMED, Place::row(file, line), message);
        notes.push(diag.help("export again as UTF-8 if letters with accents look wrong"));
    }
    Noted { value: text, notes }
}

fn foreign(file: &FileId, what: &str) -> Diag {
    Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), format!("{file} is {what}"))
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        open(&FileId::new("x"), bytes).unwrap_err().message
    }

    #[test]
    fn files_of_other_kinds_are_named_and_refused() {
        assert_eq!(refused(b"$FL2@(#) SPSS DATA FILE"), "x is an SPSS file");
        assert_eq!(refused(b"\xEF\xBB\xBF<?xml version='1.0'?><ODM/>"), "x is an XML document");
        assert_eq!(refused(b"PK\x03\x04 a.csv"), "x is a zip archive");
        assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "x is a workbook of the old kind (.xls)");
        assert_eq!(
            refused(b"{\"SurveyEntry\":{},\"SurveyElements\":[]}"),
            "x is a Qualtrics survey definition, not answers"
        );
        assert_eq!(refused(b"\x00\x01\x02\x03\x04\x05"), "x is not a text");
    }

    #[test]
    fn a_guessed_encoding_is_noted_with_its_line() {
        let Ok(Container::Text(text)) = open(&FileId::new("x"), b"a\n\xE9\n") else { panic!("not a text") };
        assert_eq!(text.value, "a\n\u{E9}\n");
        assert_eq!(text.notes[0].place, Place::row(&FileId::new("x"), 2));
    }
}
