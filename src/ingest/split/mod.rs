//! Delimited text to records, a block of it at a time: quotes, line ends, and the line on which each record starts.
//!
//! A quotation mark opens a cell only at the start of one, is written twice within, and elsewhere is a letter like any
//! other. CRLF, LF and a lone CR each end a record; empty lines are none.

mod record;

use std::io;

use super::encoding::Decoder;
pub(super) use record::first_widths;
use record::{MEANT, Read, Record, Span, skip_line_ends};

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

impl Block {
    /// The number of cells of each record.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The cells of a column from the record `from` on, as many as there are up to `to`.
    pub(super) fn column(&self, column: usize, from: usize, to: usize) -> impl Iterator<Item = &str> {
        let records = self.cells.get(from * self.width..to * self.width).unwrap_or_default();
        records.iter().skip(column).step_by(self.width.max(1)).map(|span| self.text(*span))
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

#[cfg(test)]
mod tests;
