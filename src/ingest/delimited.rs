//! Delimited text to a grid: the separator, quotes, line ends, and the line on which each record starts.

use csv::{ReaderBuilder, StringRecord};

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::grid::{Grid, GridBuilder};

/// The separators that exports use, in the order in which a tie is decided.
const SEPARATORS: [u8; 5] = [b',', b';', b'\t', b'|', b'^'];

/// How many records decide which separator it is.
const DECIDING_RECORDS: usize = 5;

/// Reads delimited text. Fails on a quoted cell that is never closed, naming its row.
pub(super) fn read(file: &FileId, text: &str) -> Result<Noted<Grid>, Diag> {
    let (separator, body) = separator(text);
    let mut builder = GridBuilder::new(file);
    let mut lines = Lines::new(text, text.len() - body.len());
    if let Some(byte) = open_quote(body.as_bytes(), separator) {
        let line = lines.at(text.len() - body.len() + byte);
        return Err(Diag::error(
            codes::UNBALANCED_QUOTE,
            Place::row(file, line),
            "a quoted cell is not closed",
        )
        .help("a quotation mark within a quoted cell is written twice"));
    }
    let mut reader = reader(body, separator);
    let mut record = StringRecord::new();
    let mut blank = Vec::new();
    // Reading from memory, with records of any length allowed and valid text, leaves no error to meet.
    while matches!(reader.read_record(&mut record), Ok(true)) {
        let byte = record.position().map_or(0, csv::Position::byte);
        let line = lines.at(text.len() - body.len() + usize::try_from(byte).unwrap_or(usize::MAX));
        record.iter().for_each(|cell| builder.cell(cell));
        if !builder.end_record(line) {
            blank.push(line);
        }
    }
    let mut notes = Vec::new();
    if let Some(first) = blank.first() {
        let message = match blank.len() {
            1 => "a row without any text is left out".to_owned(),
            n => format!("{n} rows without any text are left out, this the first"),
        };
        notes.push(Diag::note(codes::BLANK_ROW, Place::row(file, *first), message));
    }
    Ok(Noted { value: builder.finish(), notes })
}

fn reader(body: &str, separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(body.as_bytes())
}

/// The separator and the text below a `sep=` line, which some spreadsheets write and read.
fn separator(text: &str) -> (u8, &str) {
    let (first, rest) = match text.find(['\r', '\n']) {
        Some(end) => (&text[..end], text[end..].strip_prefix("\r\n").unwrap_or(&text[end + 1..])),
        None => (text, ""),
    };
    if let Some([said]) = first.trim_matches('"').strip_prefix("sep=").map(str::as_bytes) {
        return (*said, rest);
    }
    // A separator that cuts the first records into equally many cells beats one that does not; then the number of
    // cells of the first record decides. Question texts in a second header row hold separators of every kind.
    let score = |separator: u8| {
        let widths: Vec<usize> = reader(text, separator)
            .records()
            .flatten()
            .take(DECIDING_RECORDS)
            .map(|record| record.len())
            .collect();
        let first = widths.first().copied().unwrap_or(0);
        (first > 1 && widths.iter().all(|width| *width == first), first)
    };
    let mut best = (SEPARATORS[0], score(SEPARATORS[0]));
    for candidate in &SEPARATORS[1..] {
        let score = score(*candidate);
        if score > best.1 {
            best = (*candidate, score);
        }
    }
    (best.0, text)
}

/// The byte at which a quoted cell begins that is never closed.
fn open_quote(body: &[u8], separator: u8) -> Option<usize> {
    #[derive(PartialEq)]
    enum In {
        Start,
        Plain,
        Quoted(usize),
        QuoteWithin(usize),
    }
    let mut state = In::Start;
    for (position, byte) in body.iter().enumerate() {
        let ends = *byte == separator || matches!(byte, b'\r' | b'\n');
        state = match state {
            In::Start if *byte == b'"' => In::Quoted(position),
            In::Quoted(from) if *byte == b'"' => In::QuoteWithin(from),
            In::Quoted(from) => In::Quoted(from),
            In::QuoteWithin(from) if *byte == b'"' => In::Quoted(from),
            In::Start | In::Plain | In::QuoteWithin(_) if ends => In::Start,
            In::Start | In::Plain | In::QuoteWithin(_) => In::Plain,
        };
    }
    match state {
        In::Quoted(from) => Some(from),
        In::Start | In::Plain | In::QuoteWithin(_) => None,
    }
}

/// Counts lines up to a byte, going forward only. CRLF, LF and a lone CR each end a line.
struct Lines<'a> {
    bytes: &'a [u8],
    position: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, from: usize) -> Self {
        let mut lines = Self { bytes: text.as_bytes(), position: 0, line: 1 };
        lines.advance(from);
        lines
    }

    /// The line of the first byte at or after `byte` that is no line end.
    fn at(&mut self, byte: usize) -> u32 {
        let blank = self.bytes.iter().skip(byte).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.advance(byte.saturating_add(blank));
        self.line
    }

    fn advance(&mut self, to: usize) {
        let to = to.min(self.bytes.len());
        while self.position < to {
            let (byte, next) = (self.bytes[self.position], self.bytes.get(self.position + 1));
            if byte == b'\n' || (byte == b'\r' && next != Some(&b'\n')) {
                self.line = self.line.saturating_add(1);
            }
            self.position += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<(u32, Vec<String>)> {
        let grid = read(&FileId::new("a.csv"), text).unwrap().value;
        grid.records().map(|record| (record.line(), record.cells().map(str::to_owned).collect())).collect()
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn every_line_end_gives_the_same_records_and_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["id,q", "1,\"a", "b\"", "", "2,c", ""].join(end);
            let quoted = format!("a{end}b");
            let expected = [row(1, &["id", "q"]), row(2, &["1", &quoted]), row(5, &["2", "c"])];
            assert_eq!(records(&text), expected, "{end:?}");
        }
    }

    #[test]
    fn the_separator_is_decided_on_records_with_quotes_respected() {
        assert_eq!(records("\"a,b,c\";q\n1;2\n")[1], row(2, &["1", "2"]));
        assert_eq!(records("a\tb\n\"x,y\tz\"\t2\n")[1], row(2, &["x,y\tz", "2"]));
        assert_eq!(records("a|b\n1|2\n")[1], row(2, &["1", "2"]));
        assert_eq!(records("a^b\n1^2\n")[1], row(2, &["1", "2"]));
        assert_eq!(records("Year, of, birth;q\n1,5;2\n")[0], row(1, &["Year, of, birth", "q"]));
        assert_eq!(records("alone\nx;y\n")[1], row(2, &["x;y"]));
    }

    #[test]
    fn tabs_in_question_texts_do_not_make_a_tab_separated_file() {
        let text = "Q1,Q2\n\"Which?\n\t\t\tA\t\tB\",\"Why?\t\"\n1,2\n";
        assert_eq!(records(text)[2], row(4, &["1", "2"]));
    }

    #[test]
    fn a_sep_line_is_obeyed_and_is_no_record() {
        assert_eq!(records("sep=;\r\na,b;c\r\n1;2\r\n"), [row(2, &["a,b", "c"]), row(3, &["1", "2"])]);
        assert_eq!(records("sep=|\na|b\n"), [row(2, &["a", "b"])]);
    }

    #[test]
    fn an_unclosed_quote_is_an_error_at_its_row() {
        let diag = read(&FileId::new("a.csv"), "id,q\n1,x\n2,\"never\n3,closed\n").unwrap_err();
        assert_eq!((diag.code, diag.place), (codes::UNBALANCED_QUOTE, Place::row(&FileId::new("a.csv"), 3)));
    }

    #[test]
    fn quotes_within_a_plain_cell_are_text() {
        assert_eq!(
            records("id,q\n1,5\" pipe\n2,\"say \"\"x\"\"\"\n")[1..],
            [row(2, &["1", "5\" pipe"]), row(3, &["2", "say \"x\""])]
        );
    }

    #[test]
    fn rows_of_separators_alone_are_left_out_with_a_note() {
        let noted = read(&FileId::new("a.csv"), "a,b\n,\n1,2\n,\n").unwrap();
        assert_eq!((noted.value.len(), noted.notes.len()), (2, 1));
        assert_eq!(noted.notes[0].place, Place::row(&FileId::new("a.csv"), 2));
    }
}
