//! A file as records of cells: what every kind of container is turned into before anyone asks what it means.

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::raw::{RawTable, TableBuilder};
use super::{container, container::Container, delimited, workbook};

/// The records of a file, headers included, with the line on which each starts.
///
/// Blank records are left out. All text stands in one buffer, so that a million rows cost no million allocations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    file: FileId,
    text: String,
    /// Where each cell ends in `text`; it starts where the one before it ends.
    ends: Vec<usize>,
    starts: Vec<Start>,
    width: usize,
}

/// Where a record starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start {
    line: u32,
    cell: usize,
}

/// One record of a [`Grid`].
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    grid: &'a Grid,
    line: u32,
    from: usize,
    to: usize,
}

/// Reads a file of any container as a grid.
///
/// Notes say what was assumed about encoding and what is ragged. Fails where there is no table: an empty file, a
/// file of another kind, or a quoted cell that is never closed.
pub fn read(file: &FileId, bytes: &[u8]) -> Result<Noted<Grid>, Vec<Diag>> {
    let mut noted = match container::open(file, bytes).map_err(|diag| vec![diag])? {
        Container::Text(text) => {
            let mut notes = text.notes;
            let grid = delimited::read(file, &text.value).map_err(|diag| vec![diag])?.note_into(&mut notes);
            Noted { value: grid, notes }
        }
        Container::Workbook => workbook::read(file, bytes).map_err(|diag| vec![diag])?,
    };
    noted.value.drop_blank_last_columns();
    let ragged = noted.value.ragged_rows();
    noted.notes.extend(ragged);
    if noted.value.is_empty() {
        let diag = Diag::error(codes::EMPTY_FILE, Place::file(file), format!("{file} holds no table"))
            .help("export again; a survey without answers still has a header row");
        return Err(vec![diag]);
    }
    Ok(noted)
}

impl Grid {
    /// The file.
    pub fn file(&self) -> &FileId {
        &self.file
    }

    /// The number of records, headers included.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The number of columns: the cells of the first record, without wholly empty last columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// A record by its position, the header being 0.
    pub fn record(&self, position: usize) -> Option<Record<'_>> {
        let start = self.starts.get(position)?;
        let to = self.starts.get(position + 1).map_or(self.ends.len(), |next| next.cell);
        Some(Record { grid: self, line: start.line, from: start.cell, to })
    }

    /// The records from top to bottom, headers included.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        (0..self.len()).filter_map(|position| self.record(position))
    }

    /// The records below `header_rows` headers as a table with these column names.
    pub fn table(&self, header_rows: usize, names: Vec<String>) -> RawTable {
        self.table_with(header_rows, names, Some)
    }

    /// The same, with each cell as `read` reads it: `None` for a text that means blank.
    pub fn table_with<'a>(
        &'a self,
        header_rows: usize,
        names: Vec<String>,
        read: impl Fn(&'a str) -> Option<&'a str>,
    ) -> RawTable {
        let mut builder = TableBuilder::new(&self.file, names);
        for record in self.records().skip(header_rows) {
            builder.push(record.line, record.cells().map(&read));
        }
        builder.finish()
    }

    /// Exporters of some years end every row with a separator, which makes a last column that is no column.
    fn drop_blank_last_columns(&mut self) {
        let last_used = self
            .records()
            .filter_map(|record| (0..self.width).rev().find(|column| !record.cell(*column).is_empty()))
            .max();
        self.width = last_used.map_or(0, |column| column + 1);
    }

    /// Rows whose number of cells differs from the header's in a way that matters.
    fn ragged_rows(&self) -> Vec<Diag> {
        let full = self.record(0).map_or(0, |record| record.len());
        let mut notes = Vec::new();
        let mut more = 0_usize;
        for record in self.records().skip(1) {
            let beyond = (self.width..record.len()).any(|column| !record.cell(column).is_empty());
            let message = if beyond {
                format!("this row has {} cells, the header has {full}", record.len())
            } else if record.len() < self.width {
                format!("this row ends after {} of {} cells", record.len(), self.width)
            } else {
                continue;
            };
            if notes.len() == RAGGED_ROWS_NAMED {
                more += 1;
                continue;
            }
            let diag = Diag::warning(codes::RAGGED_ROW, Place::row(&self.file, record.line), message);
            notes.push(if beyond {
                diag.help("a cell with a separator or a quotation mark in it may be unquoted; the cells beyond the header are not used")
            } else {
                diag.help("the missing cells are read as blank")
            });
        }
        if more > 0 {
            let message = format!("{more} more rows have more or fewer cells than the header");
            notes.push(Diag::warning(codes::RAGGED_ROW, Place::file(&self.file), message));
        }
        notes
    }
}

/// How many ragged rows are named before the rest are counted.
const RAGGED_ROWS_NAMED: usize = 100;

impl<'a> Record<'a> {
    /// The line on which the record starts (1-based); in a workbook, the row.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The number of cells that stand in the file, which may differ from the grid's width.
    pub fn len(&self) -> usize {
        self.to - self.from
    }

    /// Whether the record has no cell.
    pub fn is_empty(&self) -> bool {
        self.from == self.to
    }

    /// The text of a cell, empty where the record has none.
    pub fn cell(&self, column: usize) -> &'a str {
        let position = self.from + column;
        if position >= self.to {
            return "";
        }
        let start = if position == 0 { 0 } else { self.grid.ends[position - 1] };
        &self.grid.text[start..self.grid.ends[position]]
    }

    /// The cells of the record, as many as the grid is wide.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.grid.width).map(move |column| self.cell(column))
    }
}

/// Builds a [`Grid`] cell by cell.
pub(super) struct GridBuilder {
    grid: Grid,
    open: usize,
}

impl GridBuilder {
    /// Starts a grid for a text of about this many bytes.
    pub(super) fn new(file: &FileId, bytes: usize) -> Self {
        let grid = Grid {
            file: file.clone(),
            text: String::with_capacity(bytes),
            ends: Vec::new(),
            starts: Vec::new(),
            width: 0,
        };
        Self { grid, open: 0 }
    }

    /// Adds a cell to the record that is being built.
    pub(super) fn cell(&mut self, text: &str) {
        self.grid.text.push_str(text);
        self.grid.ends.push(self.grid.text.len());
    }

    /// Ends the record; returns whether it was kept, which a record without any text is not.
    pub(super) fn end_record(&mut self, line: u32) -> bool {
        let from = self.open;
        let text_from = if from == 0 { 0 } else { self.grid.ends[from - 1] };
        if self.grid.text[text_from..].trim().is_empty() {
            self.grid.ends.truncate(from);
            self.grid.text.truncate(text_from);
            return false;
        }
        if self.grid.starts.is_empty() {
            self.grid.width = self.grid.ends.len();
        }
        self.grid.starts.push(Start { line, cell: from });
        self.open = self.grid.ends.len();
        true
    }

    /// Finishes the grid.
    pub(super) fn finish(self) -> Grid {
        self.grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Noted<Grid> {
        read(&FileId::new("a.csv"), text.as_bytes()).unwrap()
    }

    #[test]
    fn q_06_a_wholly_empty_last_column_is_no_column() {
        let noted = grid("V1,Q1,\nR_1,2,\n");
        assert_eq!((noted.value.width(), noted.notes.len()), (2, 0));
        assert_eq!(grid("V1,Q1,\nR_1,2,x\n").value.width(), 3);
        assert_eq!(grid("V1,Q1,Q2\nR_1,2,\n").value.width(), 3);
    }

    #[test]
    fn short_rows_are_padded_and_long_rows_are_reported_with_their_line() {
        let noted = grid("a,b,c\n1,2\n1,2,3,4\n1,2,3,\n");
        assert_eq!(noted.value.record(1).unwrap().cells().collect::<Vec<_>>(), ["1", "2", ""]);
        let places: Vec<&Place> = noted.notes.iter().map(|note| &note.place).collect();
        let file = FileId::new("a.csv");
        assert_eq!(places, [&Place::row(&file, 2), &Place::row(&file, 3)]);
    }

    #[test]
    fn a_file_without_a_record_is_an_error_with_a_remedy() {
        for text in ["", "\n", "\r\n\r\n", "\u{feff}\n", ",,,\n"] {
            let diags = read(&FileId::new("a.csv"), text.as_bytes()).unwrap_err();
            assert_eq!(diags[0].code, codes::EMPTY_FILE, "{text:?}");
            assert!(diags[0].help.is_some());
        }
    }

    #[test]
    fn the_table_below_the_headers_keeps_lines_and_texts() {
        let table = grid("id,q\n\"x\ny\",\n\n2,NA\n").value.table(1, vec!["id".into(), "q".into()]);
        assert_eq!((table.height(), table.line(0), table.line(1)), (2, 2, 5));
        assert_eq!((table.cell(0, 0), table.cell(0, 1), table.cell(1, 1)), (Some("x\ny"), None, Some("NA")));
    }
}
