//! Delimited text to records, a block of it at a time: quotes, line ends, and the line on which each record starts.
//!
//! A quotation mark opens a cell only at the start of one, is written twice within, and elsewhere is a letter like any
//! other. CRLF, LF and a lone CR each end a record; empty lines are none.

use std::io;

use memchr::{memchr, memchr2_iter};

use super::encoding::Decoder;

/// About this many bytes are split at a time.
const BLOCK: usize = 1 << 19;
/// A block of more cells than this ends early: short rows below a wide header are many cells in few bytes.
const MOST_CELLS: usize = 1 << 20;
/// A record of more bytes than this is none: a cell that is not closed, or no table.
pub(super) const LONGEST_RECORD: usize = 1 << 26;

/// Records that follow each other, each with as many cells as the first record of the file.
#[derive(Debug, Default)]
pub(super) struct Block {
    text: String,
    /// Texts of cells in which a quotation mark is written twice, as they are meant.
    meant: String,
    /// Row by row.
    cells: Vec<Span>,
    width: usize,
    pub(super) lines: Vec<u32>,
    /// Records with more or fewer cells: their position, how many, and whether one beyond the width has a text.
    pub(super) uneven: Vec<(usize, usize, bool)>,
}

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    from: u32,
    to: u32,
}

/// Marks a span of [`Block::meant`].
const MEANT: u32 = 1 << 31;

impl Block {
    /// The number of cells of each record.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The cells of a column from top to bottom.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.cells.iter().skip(column).step_by(self.width.max(1)).map(|span| self.text(*span))
    }

    fn text(&self, span: Span) -> &str {
        let (text, from) =
            if span.from & MEANT == 0 { (&self.text, span.from) } else { (&self.meant, span.from ^ MEANT) };
        text.get(from as usize..span.to as usize).unwrap_or_default()
    }
}

/// Why a text cannot be split further.
#[derive(Debug)]
pub(super) enum Stop {
    /// A quoted cell is not closed; it begins on this line.
    OpenQuote(u32),
    /// The record that begins on this line is too long.
    TooLong(u32),
    /// The record on this line has too many cells for a header.
    TooWide(u32),
    /// So many cells are missing at the ends of records that there is no table.
    TooSparse(u32),
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The file cannot be read.
    Io(io::Error),
}

/// The most columns of a table.
pub(super) const MOST_COLUMNS: usize = 100_000;

/// The most cells that may be missing at the ends of records: a wide header above a million short rows is no table.
pub(super) const MOST_MISSING: usize = 1 << 27;

/// Rows without any text, which are left out.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct BlankRows {
    pub(super) count: u64,
    pub(super) first: u32,
}

/// Splits a text into blocks.
pub(super) struct Blocks<'a> {
    decoder: Decoder<'a>,
    separator: u8,
    /// What is read and not split yet.
    buffer: Vec<u8>,
    /// Whether all is read.
    ended: bool,
    line: u32,
    width: Option<usize>,
    missing: usize,
    /// About how many bytes are split at a time.
    block: usize,
    pub(super) blank: BlankRows,
}

impl<'a> Blocks<'a> {
    /// A text from which nothing is taken yet.
    pub(super) fn new(decoder: Decoder<'a>) -> Self {
        let blank = BlankRows::default();
        let (buffer, ended, line) = (Vec::new(), false, 1);
        Self { decoder, separator: b',', buffer, ended, line, width: None, missing: 0, block: BLOCK, blank }
    }

    /// Reads until so many bytes are there, or all; the text that is there.
    pub(super) fn ahead(&mut self, bytes: usize) -> Result<(&[u8], bool), Stop> {
        while !self.ended && self.buffer.len() < bytes {
            let wanted = bytes - self.buffer.len();
            self.ended = !self.decoder.fill(&mut self.buffer, wanted).map_err(Stop::Io)?;
        }
        Ok((&self.buffer, self.ended))
    }

    /// Takes a line off that says what the separator is.
    pub(super) fn skip_first_line(&mut self, bytes: usize) {
        self.buffer.drain(..bytes.min(self.buffer.len()));
        self.line += 1;
    }

    /// Says what separates cells.
    pub(super) fn separated_by(&mut self, separator: u8) {
        self.separator = separator;
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.ended && self.buffer.is_empty()
    }

    /// The next block; `None` at the end. A block may have no record.
    pub(super) fn next(&mut self) -> Result<Option<Block>, Stop> {
        let mut wanted = self.block;
        loop {
            self.ahead(wanted)?;
            if self.buffer.is_empty() && self.ended {
                return Ok(None);
            }
            let buffer = std::mem::take(&mut self.buffer);
            let mut block = Block { width: self.width.unwrap_or(0), ..Block::default() };
            let taken = self.split(&buffer, &mut block)?;
            self.width = Some(block.width).filter(|width| *width > 0);
            if taken == 0 {
                self.buffer = buffer;
                wanted = self.buffer.len() * 2;
                continue;
            }
            let mut rest = Vec::with_capacity(self.block + (buffer.len() - taken));
            rest.extend_from_slice(&buffer[taken..]);
            self.buffer = rest;
            let mut text = buffer;
            text.truncate(taken);
            block.text = String::from_utf8(text).map_err(|_| Stop::NotUtf8)?;
            return Ok(Some(block));
        }
    }

    /// Splits whole records off the front; returns how many bytes they take.
    fn split(&mut self, bytes: &[u8], block: &mut Block) -> Result<usize, Stop> {
        let mut meant = Vec::new();
        let mut record = Record::default();
        let mut taken = 0;
        while block.cells.len() < MOST_CELLS {
            let (start, lines) = skip_line_ends(bytes, taken, self.ended);
            self.line = self.line.saturating_add(lines);
            taken = start;
            let known = meant.len();
            match record.read(bytes, start, self.separator, self.ended, &mut meant) {
                Read::Whole { next } => {
                    if record.is_blank(bytes, &meant) {
                        if self.blank.count == 0 {
                            self.blank.first = self.line;
                        }
                        self.blank.count += 1;
                    } else {
                        self.keep(&record, block, self.line)?;
                    }
                    self.line = self.line.saturating_add(record.lines);
                    taken = next;
                }
                Read::Part { quoted } => {
                    meant.truncate(known);
                    if self.ended && quoted {
                        return Err(Stop::OpenQuote(self.line.saturating_add(record.lines)));
                    }
                    if bytes.len() - taken > LONGEST_RECORD {
                        return Err(Stop::TooLong(self.line));
                    }
                    break;
                }
                Read::Nothing => break,
            }
        }
        block.meant = String::from_utf8(meant).map_err(|_| Stop::NotUtf8)?;
        Ok(taken)
    }

    fn keep(&mut self, record: &Record, block: &mut Block, line: u32) -> Result<(), Stop> {
        let cells = record.cells.len();
        if block.width == 0 {
            if cells > MOST_COLUMNS {
                return Err(Stop::TooWide(line));
            }
            block.width = cells;
        }
        let within = cells.min(block.width);
        block.cells.extend_from_slice(&record.cells[..within]);
        if cells != block.width {
            self.missing += block.width - within;
            if self.missing > MOST_MISSING {
                return Err(Stop::TooSparse(line));
            }
            block.cells.extend(std::iter::repeat_n(Span::default(), block.width - within));
            let beyond = record.cells[within..].iter().any(|span| (span.from & !MEANT) < span.to);
            block.uneven.push((block.lines.len(), cells, beyond));
        }
        block.lines.push(line);
        Ok(())
    }
}

/// What was found at the start of a text.
enum Read {
    /// A record that ends before this byte.
    Whole { next: usize },
    /// A record whose end is not there, in a quoted cell or elsewhere.
    Part { quoted: bool },
    /// The end of the text.
    Nothing,
}

/// The record at hand.
#[derive(Debug, Default)]
struct Record {
    cells: Vec<Span>,
    /// How many lines it goes on for, up to the start of the next.
    lines: u32,
}

impl Record {
    /// Reads a record from `start` on. Texts that are not written as they are meant are added to `meant`.
    fn read(&mut self, bytes: &[u8], start: usize, separator: u8, ended: bool, meant: &mut Vec<u8>) -> Read {
        self.cells.clear();
        self.lines = 0;
        if start >= bytes.len() {
            return Read::Nothing;
        }
        let mut at = start;
        loop {
            let end = if bytes.get(at) == Some(&b'"') {
                match self.quoted(bytes, at, separator, meant) {
                    Some(end) => end,
                    None => return Read::Part { quoted: true },
                }
            } else {
                let end = cell_end(bytes, at, separator);
                self.cells.push(span(at, end, 0));
                end
            };
            match bytes.get(end) {
                Some(byte) if *byte == separator => at = end + 1,
                Some(b'\r') if end + 1 == bytes.len() && !ended => return Read::Part { quoted: false },
                Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => {
                    self.lines += 1;
                    return Read::Whole { next: end + 2 };
                }
                Some(_) => {
                    self.lines += 1;
                    return Read::Whole { next: end + 1 };
                }
                None if ended => return Read::Whole { next: end },
                None => return Read::Part { quoted: false },
            }
        }
    }

    /// Reads a quoted cell; where it ends, if it does.
    fn quoted(&mut self, bytes: &[u8], quote: usize, separator: u8, meant: &mut Vec<u8>) -> Option<usize> {
        let from = quote + 1;
        let mut close = from + memchr(b'"', bytes.get(from..)?)?;
        let mut end = close + 1;
        if matches!(bytes.get(end), None | Some(b'\r' | b'\n')) || bytes.get(end) == Some(&separator) {
            self.cells.push(span(from, close, 0));
        } else {
            // A quotation mark written twice, or more text behind the closing one.
            let begin = meant.len();
            meant.extend_from_slice(&bytes[from..close]);
            while bytes.get(close + 1) == Some(&b'"') {
                let more = close + 2;
                close = more + memchr(b'"', bytes.get(more..)?)?;
                meant.extend_from_slice(&bytes[more - 1..close]);
            }
            end = cell_end(bytes, close + 1, separator);
            meant.extend_from_slice(&bytes[close + 1..end]);
            self.cells.push(span(begin, meant.len(), MEANT));
        }
        let within = &bytes[from..close];
        let breaks = memchr2_iter(b'\n', b'\r', within)
            .filter(|at| within[*at] == b'\n' || within.get(at + 1) != Some(&b'\n'))
            .count();
        self.lines = self.lines.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        Some(end)
    }

    /// Whether no cell has a text.
    fn is_blank(&self, bytes: &[u8], meant: &[u8]) -> bool {
        self.cells.iter().all(|span| {
            let (text, from) =
                if span.from & MEANT == 0 { (bytes, span.from) } else { (meant, span.from ^ MEANT) };
            let text = &text[from as usize..span.to as usize];
            !text.iter().any(u8::is_ascii_graphic) && String::from_utf8_lossy(text).trim().is_empty()
        })
    }
}

fn span(from: usize, to: usize, mark: u32) -> Span {
    // A block is never longer than twice the longest record.
    let short = |at: usize| u32::try_from(at).unwrap_or(MEANT - 1);
    Span { from: short(from) | mark, to: short(to) }
}

/// Skips the ends of empty lines; the next byte, and how many lines they were.
fn skip_line_ends(bytes: &[u8], from: usize, ended: bool) -> (usize, u32) {
    let (mut at, mut lines) = (from, 0_u32);
    loop {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => at += 2,
            (Some(b'\r'), None) if !ended => return (at, lines),
            (Some(b'\r' | b'\n'), _) => at += 1,
            _ => return (at, lines),
        }
        lines = lines.saturating_add(1);
    }
}

/// Where a cell that is not quoted ends: at a separator, a line end, or the end of the text.
#[inline]
fn cell_end(bytes: &[u8], from: usize, separator: u8) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let separators = ONES * u64::from(separator);
    // The lowest byte marked is one that is zero; above it others may be marked wrongly.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
    let rest = bytes.get(from..).unwrap_or_default();
    let (words, last) = rest.as_chunks::<8>();
    let mut at = from;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ separators) | zeros(word ^ (ONES * 0x0A)) | zeros(word ^ (ONES * 0x0D));
        let found = found & HIGHS;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let ends = |byte: &u8| *byte == separator || matches!(byte, b'\r' | b'\n');
    at + last.iter().position(ends).unwrap_or(last.len())
}

/// The numbers of cells of the first records of a text.
pub(super) fn first_widths(bytes: &[u8], separator: u8, ended: bool, records: usize) -> Vec<usize> {
    let mut widths = Vec::new();
    let mut record = Record::default();
    let mut at = 0;
    while widths.len() < records {
        at = skip_line_ends(bytes, at, ended).0;
        match record.read(bytes, at, separator, ended, &mut Vec::new()) {
            Read::Whole { next } => at = next,
            Read::Part { .. } if ended => at = bytes.len(),
            Read::Part { .. } | Read::Nothing => break,
        }
        widths.push(record.cells.len());
    }
    widths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::encoding::Form;

    /// The records of a text that is split so many bytes at a time, with their lines.
    fn records(text: &str, block: usize) -> Result<Vec<(u32, Vec<String>)>, Stop> {
        let decoder = Decoder::new(Box::new(text.as_bytes()), Form::Utf8, 0).unwrap();
        let mut blocks = Blocks::new(decoder);
        blocks.block = block;
        let mut records = Vec::new();
        while let Some(block) = blocks.next()? {
            for (row, line) in block.lines.iter().enumerate() {
                let cells = block.cells[row * block.width..(row + 1) * block.width].iter();
                records.push((*line, cells.map(|span| block.text(*span).to_owned()).collect()));
            }
        }
        Ok(records)
    }

    /// What the csv crate makes of it, with the width of the first record.
    fn meant(text: &str) -> Vec<Vec<String>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let records = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
        let mut records: Vec<Vec<String>> = records.collect();
        records.retain(|record| record.iter().any(|cell| !cell.trim().is_empty()));
        let width = records.first().map_or(0, Vec::len);
        for record in &mut records {
            record.resize(width, String::new());
        }
        records
    }

    proptest! {
        #[test]
        fn any_text_is_split_as_the_csv_crate_splits_it(
            parts in prop::collection::vec(prop::sample::select(vec!["a", "bc ", ",", "\"", "\n", "\r", "\r\n", "\u{e9}"]), 0..40),
            block in 1_usize..20,
        ) {
            let text = parts.concat();
            match records(&text, block) {
                Ok(found) => {
                    let cells: Vec<Vec<String>> = found.into_iter().map(|(_, cells)| cells).collect();
                    prop_assert_eq!(cells, meant(&text));
                }
                Err(stop) => prop_assert!(matches!(stop, Stop::OpenQuote(_)), "{:?}", stop),
            }
        }

        #[test]
        fn lines_do_not_depend_on_the_size_of_blocks(
            parts in prop::collection::vec(prop::sample::select(vec!["a", ",", "\"b\nc\"", "\n", "\r", "\r\n"]), 0..40),
            block in 1_usize..20,
        ) {
            let text = parts.concat();
            prop_assert_eq!(records(&text, block).ok(), records(&text, 1000).ok());
        }
    }

    #[test]
    fn every_cell_knows_its_line() {
        let text = "a,b\r\n\r\n1,\"x\ny\"\r2,z\n\n3,\"\"\"\"";
        let expected: [(u32, [&str; 2]); 4] =
            [(1, ["a", "b"]), (3, ["1", "x\ny"]), (5, ["2", "z"]), (7, ["3", "\""])];
        for block in [1, 3, 1000] {
            let found = records(text, block).unwrap();
            let found: Vec<(u32, Vec<&str>)> = found
                .iter()
                .map(|(line, cells)| (*line, cells.iter().map(String::as_str).collect()))
                .collect();
            assert_eq!(found, expected.map(|(line, cells)| (line, cells.to_vec())), "{block}");
        }
    }

    #[test]
    fn a_wide_header_above_short_rows_is_no_table() {
        let text = "a,".repeat(MOST_COLUMNS - 1) + "a\n" + &"1\n".repeat(MOST_MISSING / MOST_COLUMNS + 2);
        assert!(matches!(records(&text, 1 << 20).unwrap_err(), Stop::TooSparse(_)));
    }
}
