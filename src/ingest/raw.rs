//! A table of texts as it stood in a file, with the line of every row.

use polars::prelude::{Column, DataFrame, PlSmallStr, StringChunkedBuilder};

use crate::diag::FileId;

/// A table of texts. A cell is `None` where the file has nothing between its separators.
///
/// Columns are known by position, because names repeat in every survey platform's exports.
#[derive(Debug, Clone)]
pub struct RawTable {
    file: FileId,
    names: Vec<String>,
    frame: DataFrame,
    lines: Vec<u32>,
}

impl RawTable {
    /// The file.
    pub fn file(&self) -> &FileId {
        &self.file
    }

    /// The names of the columns, as they stand in the file.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The position of the first column with this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|column| column == name)
    }

    /// The number of rows.
    pub fn height(&self) -> usize {
        self.lines.len()
    }

    /// The line on which a row's record starts (1-based).
    pub fn line(&self, row: usize) -> u32 {
        self.lines[row]
    }

    /// One cell.
    pub fn cell(&self, row: usize, column: usize) -> Option<&str> {
        self.frame.columns().get(column)?.str().ok()?.get(row)
    }

    /// The cells of a column from top to bottom.
    pub fn column(&self, column: usize) -> Box<dyn Iterator<Item = Option<&str>> + '_> {
        match self.frame.columns().get(column).and_then(|column| column.str().ok()) {
            Some(cells) => Box::new(cells.iter()),
            None => Box::new(std::iter::empty()),
        }
    }
}

/// Builds a [`RawTable`] row by row.
pub struct TableBuilder {
    file: FileId,
    names: Vec<String>,
    columns: Vec<StringChunkedBuilder>,
    lines: Vec<u32>,
}

impl TableBuilder {
    /// Starts a table with these columns.
    pub fn new(file: &FileId, names: Vec<String>) -> Self {
        let columns =
            (0..names.len()).map(|i| StringChunkedBuilder::new(PlSmallStr::from(i.to_string()), 0)).collect();
        Self { file: file.clone(), names, columns, lines: Vec::new() }
    }

    /// Adds a row; cells that it lacks are blank, cells beyond the last column are left out.
    pub fn push<'a>(&mut self, line: u32, cells: impl IntoIterator<Item = Option<&'a str>>) {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            column.append_option(cells.next().flatten().filter(|cell| !cell.is_empty()));
        }
        self.lines.push(line);
    }

    /// Finishes the table.
    pub fn finish(self) -> RawTable {
        let height = self.lines.len();
        let columns: Vec<Column> = self
            .columns
            .into_iter()
            .map(|column| polars::prelude::IntoColumn::into_column(column.finish()))
            .collect();
        // Every column has one cell for each row, and names are positions: both of the frame's conditions hold.
        let frame = DataFrame::new(height, columns).unwrap_or_default();
        RawTable { file: self.file, names: self.names, frame, lines: self.lines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_repeat_and_rows_may_be_short() {
        let mut builder = TableBuilder::new(&FileId::new("a.csv"), vec!["x".into(), "x".into()]);
        builder.push(2, [Some("1"), Some("NA")]);
        builder.push(5, [Some("")]);
        let table = builder.finish();
        assert_eq!((table.height(), table.line(1)), (2, 5));
        assert_eq!(table.cell(0, 1), Some("NA"));
        assert_eq!(table.cell(1, 0), None);
        assert_eq!(table.cell(1, 1), None);
        assert_eq!(table.column(0).collect::<Vec<_>>(), [Some("1"), None]);
    }
}
