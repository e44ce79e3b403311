//! Delimited text to a grid: the separator, and columns filled while the next records are still being read.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::column::ColumnBuilder;
use super::container::{Open, unreadable};
use super::encoding::{self, Decoder, Form};
use super::grid::{Grid, Uneven};
use super::split::{BlankRows, Block, Blocks, LONGEST_RECORD, MOST_COLUMNS, Stop, first_widths};

/// The separators that exports use, in the order in which a tie is decided.
const SEPARATORS: [u8; 5] = [b',', b';', b'\t', b'|', b'^'];

/// How many records decide which separator it is.
const DECIDING_RECORDS: usize = 5;
/// About how many bytes are read for that.
const DECIDING_BYTES: usize = 1 << 20;

/// Reads delimited text that begins with the bytes `start`. Fails on a quoted cell that is never closed, naming its
/// row.
pub(super) fn read(file: &FileId, start: &[u8], open: &Open<'_>) -> Result<Noted<Grid>, Diag> {
    let (form, mark) = encoding::form(start);
    let mut notes = Vec::new();
    let read = match split(file, open, form, mark)? {
        Err(Stop::NotUtf8) => {
            notes.push(not_utf8(file, open)?);
            split(file, open, Form::Windows1252, 0)?
        }
        read => read,
    };
    let (value, blank) = read.map_err(|stop| stopped(file, &stop))?;
    if blank.count > 0 {
        let message = match blank.count {
            1 => "a row without any text is left out".to_owned(),
            n => format!("{n} rows without any text are left out, this the first"),
        };
        notes.push(
            Diag::note(codes::BLANK_ROW, Place::row(file, blank.first), message)
                .help("it is nobody's answer and counts as no row"),
        );
    }
    Ok(Noted { value, notes })
}

/// A grid and the rows that it does not have, or why there is none.
type Split = Result<(Grid, BlankRows), Stop>;

fn split(file: &FileId, open: &Open<'_>, form: Form, mark: usize) -> Result<Split, Diag> {
    let decoder = Decoder::new(open()?, form, mark).map_err(|error| unreadable(file, &error))?;
    let mut blocks = Blocks::new(decoder);
    Ok(separator(&mut blocks).and_then(|separator| {
        blocks.separated_by(separator);
        fill(file, blocks)
    }))
}

/// The note that a file is read as Windows-1252, at the first line that is not UTF-8.
fn not_utf8(file: &FileId, open: &Open<'_>) -> Result<Diag, Diag> {
    let found = encoding::first_not_utf8(&mut open()?).map_err(|error| unreadable(file, &error))?;
    let (line, byte) = found.unwrap_or((1, 0));
    Ok(encoding::assumed(file, line, byte))
}

/// The separator. A line that says it, which some spreadsheets write and read, is taken off.
fn separator(blocks: &mut Blocks<'_>) -> Result<u8, Stop> {
    let (text, _) = blocks.ahead(DECIDING_BYTES)?;
    let first = text.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(text.len());
    let said = std::str::from_utf8(&text[..first]).ok();
    let said = said.and_then(|line| line.trim_matches('"').strip_prefix("sep=")).map(str::as_bytes);
    if let Some([said]) = said {
        let said = *said;
        let end = if text[first..].starts_with(b"\r\n") { first + 2 } else { first + 1 };
        blocks.skip_first_line(end);
        return Ok(said);
    }
    // A separator that cuts the first records into equally many cells beats one that does not; then the number of
    // cells of the first record decides. Question texts in a second header row hold separators of every kind.
    let mut wanted = DECIDING_BYTES;
    loop {
        let (text, ended) = blocks.ahead(wanted)?;
        let mut best = (SEPARATORS[0], (false, 0));
        for candidate in SEPARATORS {
            let widths = first_widths(text, candidate, ended, DECIDING_RECORDS);
            let first = widths.first().copied().unwrap_or(0);
            let score = (first > 1 && widths.iter().all(|width| *width == first), first);
            if score > best.1 {
                best = (candidate, score);
            }
        }
        if best.1.1 > 0 || ended || wanted > LONGEST_RECORD {
            return Ok(best.0);
        }
        wanted *= 4;
    }
}

/// How many blocks may wait to be filled in.
const BLOCKS_AHEAD: usize = 2;

/// How many records are filled in column by column: so few that their texts stay close at hand.
const RECORDS_AT_ONCE: usize = 16;

/// Fills the columns. One thread splits and two fill, so that a file is read as fast as it can be split. Each column
/// is filled from top to bottom by one of them, so that the result is always the same.
fn fill(file: &FileId, mut blocks: Blocks<'_>) -> Split {
    let mut rows = Rows::default();
    let Some(first) = blocks.next()? else { return Ok((rows.grid(file, Vec::new()), blocks.blank)) };
    let (mut even, mut odd) = (Half::new(0), Half::new(1));
    rows.add(&first);
    if blocks.is_done() {
        even.add(&first);
        odd.add(&first);
        return Ok((rows.grid(file, interleaved(even, odd)), blocks.blank));
    }
    let (rows, blank) = thread::scope(|scope| {
        let (to_even, for_even) = sync_channel(BLOCKS_AHEAD);
        let (to_odd, for_odd) = sync_channel(BLOCKS_AHEAD);
        let splitting = scope.spawn(move || {
            // A receiver that is gone has failed, which is found when it is joined.
            let send = |block: &Arc<Block>, to: &SyncSender<Arc<Block>>| to.send(Arc::clone(block)).is_ok();
            let mut at_hand = Arc::new(first);
            while send(&at_hand, &to_even) && send(&at_hand, &to_odd) {
                let Some(next) = blocks.next()? else { break };
                rows.add(&next);
                at_hand = Arc::new(next);
            }
            Ok((rows, blocks.blank))
        });
        let filling = {
            let odd = &mut odd;
            scope.spawn(move || odd.fill(for_odd))
        };
        even.fill(for_even);
        if let Err(panic) = filling.join() {
            std::panic::resume_unwind(panic);
        }
        splitting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    Ok((rows.grid(file, interleaved(even, odd)), blank))
}

/// Every second column.
struct Half {
    first: usize,
    columns: Vec<ColumnBuilder>,
}

impl Half {
    fn new(first: usize) -> Self {
        Self { first, columns: Vec::new() }
    }

    fn fill(&mut self, blocks: Receiver<Arc<Block>>) {
        for block in blocks {
            self.add(&block);
        }
    }

    fn add(&mut self, block: &Block) {
        let columns = (self.first..block.width()).step_by(2);
        self.columns.resize_with(columns.len(), ColumnBuilder::default);
        let records = block.lines.len();
        for from in (0..records).step_by(RECORDS_AT_ONCE) {
            let to = records.min(from + RECORDS_AT_ONCE);
            for (builder, column) in self.columns.iter_mut().zip(columns.clone()) {
                block.column(column, from, to).for_each(|text| builder.push(text));
            }
        }
    }
}

fn interleaved(even: Half, odd: Half) -> Vec<ColumnBuilder> {
    let mut odd = odd.columns.into_iter();
    even.columns.into_iter().flat_map(|column| std::iter::once(column).chain(odd.next())).collect()
}

/// What is known of the records beside their cells.
#[derive(Debug, Default)]
struct Rows {
    lines: Vec<u32>,
    uneven: Vec<Uneven>,
}

impl Rows {
    fn add(&mut self, block: &Block) {
        let before = self.lines.len();
        self.uneven.extend(block.uneven.iter().map(|(record, cells, beyond)| Uneven {
            record: before + record,
            cells: *cells,
            beyond: *beyond,
        }));
        self.lines.extend_from_slice(&block.lines);
    }

    fn grid(self, file: &FileId, columns: Vec<ColumnBuilder>) -> Grid {
        Grid::of(file, columns, self.lines, self.uneven)
    }
}

/// What to say of a text that cannot be split further.
fn stopped(file: &FileId, stop: &Stop) -> Diag {
    let too_large =
        |line: u32, message: String| Diag::error(codes::TOO_LARGE, Place::row(file, line), message);
    match stop {
        Stop::OpenQuote(line) => {
            Diag::error(codes::UNBALANCED_QUOTE, Place::row(file, *line), "a quoted cell is not closed")
                .help("a quotation mark within a quoted cell is written twice")
        }
        Stop::TooLong(line) => {
            let message = format!("the row that starts here is longer than {} MB", LONGEST_RECORD >> 20);
            too_large(*line, message)
                .help("is a quotation mark opened here and never closed, or is this no table?")
        }
        Stop::TooWide(line) => too_large(*line, format!("the header has more than {MOST_COLUMNS} cells"))
            .help("is this a table with a row for each response?"),
        Stop::TooSparse(line) => {
            too_large(*line, "most rows down to here have far fewer cells than the header".to_owned())
                .help("export again, or remove the columns that no row has")
        }
        Stop::Io(error) => unreadable(file, error),
        // Any bytes are some text in the encoding that is tried last.
        Stop::NotUtf8 => {
            Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), format!("{file} is not a text"))
                .help("export again as CSV")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &FileId, text: &str) -> Result<Noted<Grid>, Diag> {
        super::read(file, text.as_bytes(), &|| Ok(Box::new(text.as_bytes())))
    }

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
