//! A table: words and numbers in rows, each number with the findings that it shows.

use crate::findings::{FindingId, Value};
use crate::stats::Interval;

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The heading of the first column, which names the rows.
    pub stub: String,
    /// The headings of the other columns.
    pub columns: Vec<String>,
    /// The rows, in sections.
    pub sections: Vec<Section>,
    /// What the marks of rows and cells mean, each once, in the order in which they are first met.
    pub footnotes: Vec<String>,
    /// How the table is to be read, and the methods behind it.
    pub notes: Vec<String>,
}

/// Rows that belong together, such as those of one group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// Its label; empty if the table has only one.
    pub label: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its name.
    pub label: String,
    /// Its footnotes, by their position.
    pub marks: Vec<usize>,
    /// Its cells, one for each column.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// What is printed.
    pub shown: String,
    /// Its footnotes, by their position.
    pub marks: Vec<usize>,
    /// The findings that are shown.
    pub quotes: Vec<Quote>,
}

/// A finding as a cell shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// Its id.
    pub id: FindingId,
    /// Its value.
    pub value: Value,
    /// Its interval.
    pub interval: Option<Interval>,
    /// Its percent with the decimals of its column, without a sign, if it is a share.
    pub percent: Option<String>,
}

/// The mark of a footnote by its position: a to z, then aa, ab and so on.
pub fn letter(position: usize) -> String {
    let mut mark = String::new();
    let mut rest = position + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        mark.insert(0, char::from(b'a' + digit));
        rest = (rest - 1) / 26;
    }
    mark
}

/// The marks of a row or cell, for print.
pub(super) fn marks(positions: &[usize]) -> String {
    positions.iter().map(|position| letter(*position)).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letter), ["a", "z", "aa", "ab", "zz", "aaa"]);
        assert_eq!(marks(&[0, 2]), "a,c");
    }
}
