//! One record: its cells, and where it ends.

use memchr::{memchr, memchr2_iter};

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) from: u32,
    pub(super) to: u32,
}

/// Marks a span of `Block::meant`.
pub(super) const MEANT: u32 = 1 << 31;

/// What was found at the start of a text.
pub(super) enum Read {
    /// A record that ends before this byte.
    Whole { next: usize },
    /// A record whose end is not there, in a quoted cell or elsewhere.
    Part { quoted: bool },
    /// The end of the text.
    Nothing,
}

/// The record at hand.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) cells: Vec<Span>,
    /// How many lines it goes on for, up to the start of the next.
    pub(super) lines: u32,
}

impl Record {
    /// Reads a record from `start` on. Texts that are not written as they are meant are added to `meant`.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        start: usize,
        separator: u8,
        ended: bool,
        meant: &mut Vec<u8>,
    ) -> Read {
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
    pub(super) fn is_blank(&self, bytes: &[u8], meant: &[u8]) -> bool {
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
pub(super) fn skip_line_ends(bytes: &[u8], from: usize, ended: bool) -> (usize, u32) {
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
pub(in crate::ingest) fn first_widths(
    bytes: &[u8],
    separator: u8,
    ended: bool,
    records: usize,
) -> Vec<usize> {
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
