//! A file as records of cells: what every kind of container is turned into before anyone asks what it means.

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::column::{Column, ColumnBuilder};
use super::container::{Container, Open, Opened};
use super::raw::RawTable;
use super::{delimited, workbook};

/// The records of a file, headers included, with the line on which each starts.
///
/// Blank records are left out. Cells are kept by column, a text that repeats once, so that a table costs less memory
/// than its file.
#[derive(Debug, Clone)]
pub struct Grid {
    file: FileId,
    /// As many as the first record has cells, and then without wholly blank last ones.
    columns: Vec<Column>,
    lines: Vec<u32>,
    /// The number of cells of the first record.
    full: usize,
    /// The records that have more or fewer cells than the first, in order.
    uneven: Vec<Uneven>,
}

/// A record with more or fewer cells than the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Uneven {
    pub(super) record: usize,
    pub(super) cells: usize,
    /// Whether a cell beyond those of the first record has a text.
    pub(super) beyond: bool,
}

/// One record of a [`Grid`].
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    grid: &'a Grid,
    position: usize,
}

/// Reads a file of any container as a grid.
///
/// Notes say what was assumed about encoding and what is ragged. Fails where there is no table: an empty file, a
/// file of another kind, or a quoted cell that is never closed.
pub fn read(file: &FileId, bytes: &[u8]) -> Result<Noted<Grid>, Vec<Diag>> {
    read_from(file, &|| Ok(Box::new(bytes)))
}

/// Reads a file of any container as a grid, without holding it in memory if it is text.
pub fn read_from<'a>(file: &FileId, open: &'a Open<'a>) -> Result<Noted<Grid>, Vec<Diag>> {
    read_opened(file, &Opened::of(file, open).map_err(|diag| vec![diag])?, None)
}

/// The same of a file that is out of its archive, from the sheet of this name if it is a workbook.
pub(super) fn read_opened(
    file: &FileId,
    opened: &Opened<'_>,
    sheet: Option<&str>,
) -> Result<Noted<Grid>, Vec<Diag>> {
    let read = opened.container(file).and_then(|container| match container {
        Container::Text => match sheet {
            Some(sheet) => Err(workbook::no_such_sheet(file, sheet, &[])),
            None => delimited::read(file, &opened.start, &*opened.open),
        },
        Container::Workbook => workbook::read(file, &opened.whole(file)?, sheet),
    });
    let mut noted = read.map_err(|diag| vec![diag])?;
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
    /// A grid of finished columns.
    pub(super) fn of(
        file: &FileId,
        columns: Vec<ColumnBuilder>,
        lines: Vec<u32>,
        uneven: Vec<Uneven>,
    ) -> Self {
        let columns: Vec<Column> = columns.into_iter().map(ColumnBuilder::finish).collect();
        Self { file: file.clone(), full: columns.len(), columns, lines, uneven }
    }

    /// The file.
    pub fn file(&self) -> &FileId {
        &self.file
    }

    /// The number of records, headers included.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The number of columns: the cells of the first record, without wholly empty last columns.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// A record by its position, the header being 0.
    pub fn record(&self, position: usize) -> Option<Record<'_>> {
        (position < self.lines.len()).then_some(Record { grid: self, position })
    }

    /// The records from top to bottom, headers included.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        (0..self.len()).filter_map(|position| self.record(position))
    }

    /// The records below `header_rows` headers as a table with these column names.
    pub fn table(&self, header_rows: usize, names: Vec<String>) -> RawTable {
        let columns = self.columns.iter().take(names.len()).map(|column| column.below(header_rows)).collect();
        RawTable::of(&self.file, names, columns, self.lines_below(header_rows))
    }

    /// The same, with each cell as `read` reads it: `None` for a text that means blank.
    pub fn table_with<'a>(
        &'a self,
        header_rows: usize,
        names: Vec<String>,
        read: impl Fn(&'a str) -> Option<&'a str>,
    ) -> RawTable {
        let columns = self.columns.iter().take(names.len());
        let columns = columns.map(|column| column.read_as(&read).below(header_rows)).collect();
        RawTable::of(&self.file, names, columns, self.lines_below(header_rows))
    }

    fn lines_below(&self, header_rows: usize) -> Vec<u32> {
        self.lines.get(header_rows..).unwrap_or_default().to_vec()
    }

    /// Exporters of some years end every row with a separator, which makes a last column that is no column.
    fn drop_blank_last_columns(&mut self) {
        let used = self.columns.iter().rposition(|column| !column.is_blank()).map_or(0, |last| last + 1);
        self.columns.truncate(used);
    }

    /// Rows whose number of cells differs from the header's in a way that matters.
    fn ragged_rows(&self) -> Vec<Diag> {
        let (full, width) = (self.full, self.width());
        let mut notes = Vec::new();
        let mut more = 0_usize;
        for uneven in &self.uneven {
            let message = if uneven.beyond {
                format!("this row has {} cells, the header has {full}", uneven.cells)
            } else if uneven.cells < width {
                format!("this row ends after {} of {width} cells", uneven.cells)
            } else {
                continue;
            };
            if notes.len() == RAGGED_ROWS_NAMED {
                more += 1;
                continue;
            }
            let place = Place::row(&self.file, self.lines[uneven.record]);
            let diag = Diag::warning(codes::RAGGED_ROW, place, message);
            notes.push(if uneven.beyond {
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
        self.grid.lines[self.position]
    }

    /// The number of cells that stand in the file, which may differ from the grid's width.
    pub fn len(&self) -> usize {
        let uneven = &self.grid.uneven;
        match uneven.binary_search_by_key(&self.position, |uneven| uneven.record) {
            Ok(at) => uneven[at].cells,
            Err(_) => self.grid.full,
        }
    }

    /// Whether the record has no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of a cell, empty where the record has none within the width of the grid.
    pub fn cell(&self, column: usize) -> &'a str {
        self.grid.columns.get(column).and_then(|column| column.get(self.position)).unwrap_or_default()
    }

    /// The cells of the record, as many as the grid is wide.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.grid.width()).map(move |column| self.cell(column))
    }
}

/// Builds a [`Grid`] cell by cell.
pub(super) struct GridBuilder {
    file: FileId,
    columns: Vec<ColumnBuilder>,
    lines: Vec<u32>,
    uneven: Vec<Uneven>,
    /// The texts of the record that is being built, and where each ends.
    text: String,
    ends: Vec<usize>,
}

impl GridBuilder {
    /// Starts a grid.
    pub(super) fn new(file: &FileId) -> Self {
        let (columns, lines, uneven) = (Vec::new(), Vec::new(), Vec::new());
        Self { file: file.clone(), columns, lines, uneven, text: String::new(), ends: Vec::new() }
    }

    /// Adds a cell to the record that is being built.
    pub(super) fn cell(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// Ends the record; returns whether it was kept, which a record without any text is not.
    pub(super) fn end_record(&mut self, line: u32) -> bool {
        let kept = !self.text.trim().is_empty();
        if kept {
            self.keep(line);
        }
        self.text.clear();
        self.ends.clear();
        kept
    }

    fn keep(&mut self, line: u32) {
        if self.lines.is_empty() {
            self.columns.resize_with(self.ends.len(), ColumnBuilder::default);
        }
        let cells = self.ends.len();
        let mut from = 0;
        for (position, column) in self.columns.iter_mut().enumerate() {
            let to = self.ends.get(position).copied().unwrap_or(from);
            column.push(&self.text[from..to]);
            from = to;
        }
        if cells != self.columns.len() {
            let beyond = from < self.text.len();
            self.uneven.push(Uneven { record: self.lines.len(), cells, beyond });
        }
        self.lines.push(line);
    }

    /// Finishes the grid.
    pub(super) fn finish(self) -> Grid {
        Grid::of(&self.file, self.columns, self.lines, self.uneven)
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
