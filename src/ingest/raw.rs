//! A table of texts as it stood in a file, with the line of every row.

use crate::diag::FileId;

use super::column::{Column, ColumnBuilder, Distinct};

/// A table of texts. A cell is `None` where the file has nothing between its separators.
///
/// Columns are known by position, because names repeat in every survey platform's exports.
#[derive(Debug, Clone)]
pub struct RawTable {
    file: FileId,
    names: Vec<String>,
    columns: Vec<Column>,
    lines: Vec<u32>,
}

impl RawTable {
    /// A table of columns that are there already; a name without a column is that of a blank one.
    pub(super) fn of(file: &FileId, names: Vec<String>, columns: Vec<Column>, lines: Vec<u32>) -> Self {
        Self { file: file.clone(), names, columns, lines }
    }

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
        self.columns.get(column)?.get(row)
    }

    /// The cells of a column from top to bottom.
    pub fn column(&self, column: usize) -> Box<dyn Iterator<Item = Option<&str>> + '_> {
        match self.columns.get(column) {
            Some(column) => column.iter(),
            None => Box::new(std::iter::empty()),
        }
    }

    /// Every text of a column with the number of rows that have it, in the order in which texts were first met.
    ///
    /// What is true of all texts is known from these. In a column of mostly different texts the same text may come
    /// more than once.
    pub fn tally(&self, column: usize) -> Box<dyn Iterator<Item = (&str, u64)> + '_> {
        match self.columns.get(column) {
            Some(column) => column.tally(),
            None => Box::new(std::iter::empty()),
        }
    }

    /// The distinct texts of a column and which of them each row has: to do once per text what need not be done for
    /// every row.
    pub fn distinct(&self, column: usize) -> Distinct<'_> {
        self.columns.get(column).map_or_else(Distinct::none, Column::distinct)
    }
}

/// Builds a [`RawTable`] row by row.
pub struct TableBuilder {
    file: FileId,
    names: Vec<String>,
    columns: Vec<ColumnBuilder>,
    lines: Vec<u32>,
}

impl TableBuilder {
    /// Starts a table with these columns.
    pub fn new(file: &FileId, names: Vec<String>) -> Self {
        let columns = names.iter().map(|_| ColumnBuilder::default()).collect();
        Self { file: file.clone(), names, columns, lines: Vec::new() }
    }

    /// Adds a row; cells that it lacks are blank, cells beyond the last column are left out.
    pub fn push<'a>(&mut self, line: u32, cells: impl IntoIterator<Item = Option<&'a str>>) {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            column.push(cells.next().flatten().unwrap_or_default());
        }
        self.lines.push(line);
    }

    /// Finishes the table.
    pub fn finish(self) -> RawTable {
        let columns = self.columns.into_iter().map(ColumnBuilder::finish).collect();
        RawTable { file: self.file, names: self.names, columns, lines: self.lines }
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
