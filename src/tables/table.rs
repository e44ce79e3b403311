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

impl Table {
    /// Turns a footnote that every row bears into a note: a mark on every row tells none of them from another.
    pub(super) fn say_once(&mut self) {
        let rows: Vec<&Row> = self.sections.iter().flat_map(|section| &section.rows).collect();
        // A row of words without numbers, such as one that names sides, can bear no footnote.
        let of_numbers: Vec<&Row> =
            rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.quotes.is_empty())).collect();
        let everywhere =
            |mark: &usize| of_numbers.len() > 1 && of_numbers.iter().all(|row| row.marks.contains(mark));
        let said: Vec<usize> = (0..self.footnotes.len()).filter(everywhere).collect();
        for row in self.sections.iter_mut().flat_map(|section| &mut section.rows) {
            row.marks.retain(|mark| !said.contains(mark));
        }
        let is_marked = |mark: &usize| {
            let mut rows = self.sections.iter().flat_map(|section| &section.rows);
            rows.any(|row| row.marks.contains(mark) || row.cells.iter().any(|cell| cell.marks.contains(mark)))
        };
        let notes = said.iter().filter_map(|mark| self.footnotes.get(*mark));
        let notes: Vec<String> = notes.map(|words| format!("Every row: {words}.")).collect();
        self.notes.extend(notes);
        // What a cell bears too stays a footnote of that cell.
        let gone: Vec<usize> = said.iter().copied().filter(|mark| !is_marked(mark)).collect();
        self.drop_footnotes(&gone);
    }

    /// Takes out of every text the signs that turn the direction of what follows: one that a label leaves open would turn the
    /// numbers beside it around. Words from right to left need none of them.
    pub(super) fn drop_overrides(&mut self) {
        let drop = |text: &mut String| {
            text.retain(|sign| !matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
        };
        [&mut self.title, &mut self.stub].into_iter().for_each(drop);
        self.columns.iter_mut().chain(&mut self.footnotes).chain(&mut self.notes).for_each(drop);
        for section in &mut self.sections {
            drop(&mut section.label);
            for row in &mut section.rows {
                drop(&mut row.label);
                row.cells.iter_mut().for_each(|cell| drop(&mut cell.shown));
            }
        }
    }

    /// Removes footnotes that nothing bears and numbers the others anew.
    fn drop_footnotes(&mut self, gone: &[usize]) {
        let left: Vec<usize> = (0..self.footnotes.len()).filter(|mark| !gone.contains(mark)).collect();
        self.footnotes = left.iter().filter_map(|mark| self.footnotes.get(*mark).cloned()).collect();
        let renumber = |marks: &mut Vec<usize>| {
            *marks = marks.iter().filter_map(|old| left.iter().position(|known| known == old)).collect();
        };
        for row in self.sections.iter_mut().flat_map(|section| &mut section.rows) {
            renumber(&mut row.marks);
            row.cells.iter_mut().for_each(|cell| renumber(&mut cell.marks));
        }
    }

    /// Puts the footnotes into the order in which a reader meets their marks; those without a mark come last.
    pub(super) fn order_footnotes(&mut self) {
        let mut met: Vec<usize> = Vec::new();
        for row in self.sections.iter().flat_map(|section| &section.rows) {
            for mark in row.marks.iter().chain(row.cells.iter().flat_map(|cell| &cell.marks)) {
                if !met.contains(mark) {
                    met.push(*mark);
                }
            }
        }
        met.extend((0..self.footnotes.len()).filter(|position| !met.contains(position)).collect::<Vec<_>>());
        self.footnotes = met.iter().filter_map(|old| self.footnotes.get(*old).cloned()).collect();
        let renumber = |marks: &mut Vec<usize>| {
            *marks = marks.iter().filter_map(|old| met.iter().position(|known| known == old)).collect();
            marks.sort_unstable();
        };
        for row in self.sections.iter_mut().flat_map(|section| &mut section.rows) {
            renumber(&mut row.marks);
            row.cells.iter_mut().for_each(|cell| renumber(&mut cell.marks));
        }
    }
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
    fn what_every_row_bears_is_said_once() {
        let row = |marks: &[usize], of_cell: &[usize]| {
            let quote = Quote {
                id: FindingId::new(["g", "q"]),
                value: Value::Count(1),
                interval: None,
                percent: None,
            };
            let cell = Cell { marks: of_cell.to_vec(), quotes: vec![quote], ..Cell::default() };
            Row { marks: marks.to_vec(), cells: vec![cell], ..Row::default() }
        };
        let head = Row { cells: vec![Cell::default()], ..Row::default() };
        let mut table = Table {
            sections: vec![Section {
                rows: vec![head, row(&[0, 1], &[2]), row(&[0], &[])],
                ..Section::default()
            }],
            footnotes: ["everywhere", "once", "of a cell"].map(str::to_owned).to_vec(),
            notes: vec!["a note".to_owned()],
            ..Table::default()
        };
        table.say_once();
        assert_eq!(table.notes, ["a note", "Every row: everywhere."]);
        assert_eq!(table.footnotes, ["once", "of a cell"]);
        let rows = &table.sections[0].rows;
        assert_eq!((rows[1].marks.as_slice(), rows[1].cells[0].marks.as_slice()), (&[0][..], &[1][..]));
        assert!(rows[2].marks.is_empty());
    }

    #[test]
    fn a_single_row_keeps_its_footnotes() {
        let mut table = Table {
            sections: vec![Section {
                rows: vec![Row { marks: vec![0], ..Row::default() }],
                ..Section::default()
            }],
            footnotes: vec!["x".to_owned()],
            ..Table::default()
        };
        table.say_once();
        assert_eq!((table.footnotes.as_slice(), table.notes.len()), (&["x".to_owned()][..], 0));
    }

    #[test]
    fn footnotes_stand_in_the_order_of_reading() {
        let cell = |marks: &[usize]| Cell { marks: marks.to_vec(), ..Cell::default() };
        let rows = vec![
            Row { marks: vec![2], cells: vec![cell(&[0]), cell(&[2])], ..Row::default() },
            Row { marks: vec![1, 2], ..Row::default() },
        ];
        let mut table = Table {
            sections: vec![Section { rows, ..Section::default() }],
            footnotes: ["x", "y", "z"].map(str::to_owned).to_vec(),
            ..Table::default()
        };
        table.order_footnotes();
        assert_eq!(table.footnotes, ["z", "x", "y"]);
        let rows = &table.sections[0].rows;
        assert_eq!((rows[0].marks.as_slice(), rows[1].marks.as_slice()), (&[0][..], &[0, 2][..]));
        assert_eq!((rows[0].cells[0].marks[0], rows[0].cells[1].marks[0]), (1, 0));
    }

    #[test]
    fn marks_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letter), ["a", "z", "aa", "ab", "zz", "aaa"]);
        assert_eq!(marks(&[0, 2]), "a,c");
    }
}
