//! A column of texts, in which a text that repeats stands once.

mod builder;
mod dictionary;
mod distinct;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use polars::prelude::{StringChunked, UInt8Chunked, UInt16Chunked, UInt32Chunked};

pub(super) use builder::ColumnBuilder;
pub use distinct::Distinct;
use distinct::DistinctRows;

/// The cells of a column. A blank is a cell with no byte between its separators.
#[derive(Debug, Clone)]
pub(super) struct Column {
    rows: Rows,
    /// The distinct texts in the order of their codes, or the text of every row.
    texts: StringChunked,
    /// How many rows have each code, once somebody asked.
    counts: OnceLock<Vec<u64>>,
}

/// Which text each row has.
#[derive(Debug, Clone)]
enum Rows {
    /// The text with this code: 1 is the first, 0 a blank.
    Narrow(UInt8Chunked),
    Medium(UInt16Chunked),
    Wide(UInt32Chunked),
    /// Its own: the column has mostly different texts.
    Own,
}

/// The codes of a column in their width.
enum Codes<'a> {
    Narrow(&'a [u8]),
    Medium(&'a [u16]),
    Wide(&'a [u32]),
    Own,
}

impl Column {
    /// The text of a row; `None` for a blank.
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        let code = match self.codes() {
            Codes::Narrow(codes) => u32::from(*codes.get(row)?),
            Codes::Medium(codes) => u32::from(*codes.get(row)?),
            Codes::Wide(codes) => *codes.get(row)?,
            Codes::Own if row < self.texts.len() => return self.texts.get(row),
            Codes::Own => return None,
        };
        self.texts.get((code as usize).checked_sub(1)?)
    }

    /// The cells from top to bottom.
    pub(super) fn iter(&self) -> Box<dyn Iterator<Item = Option<&str>> + '_> {
        match self.codes() {
            Codes::Narrow(codes) => Box::new(self.read(codes.iter().map(|code| u32::from(*code)))),
            Codes::Medium(codes) => Box::new(self.read(codes.iter().map(|code| u32::from(*code)))),
            Codes::Wide(codes) => Box::new(self.read(codes.iter().copied())),
            Codes::Own => Box::new(self.texts.iter()),
        }
    }

    fn read(&self, codes: impl Iterator<Item = u32>) -> impl Iterator<Item = Option<&str>> {
        let texts: Vec<Option<&str>> = std::iter::once(None).chain(self.texts.iter()).collect();
        codes.map(move |code| texts.get(code as usize).copied().flatten())
    }

    /// Whether no row has a text.
    pub(super) fn is_blank(&self) -> bool {
        match &self.rows {
            Rows::Own => self.texts.null_count() == self.texts.len(),
            _ => self.texts.is_empty(),
        }
    }

    /// The rows from one on, sharing the memory.
    pub(super) fn below(&self, from: usize) -> Self {
        let rest = |length: usize| (i64::try_from(from).unwrap_or(i64::MAX), length.saturating_sub(from));
        let mut column = self.clone();
        column.counts = OnceLock::new();
        match &mut column.rows {
            Rows::Narrow(codes) => {
                let (from, length) = rest(codes.len());
                *codes = codes.slice(from, length);
            }
            Rows::Medium(codes) => {
                let (from, length) = rest(codes.len());
                *codes = codes.slice(from, length);
            }
            Rows::Wide(codes) => {
                let (from, length) = rest(codes.len());
                *codes = codes.slice(from, length);
            }
            Rows::Own => {
                let (from, length) = rest(column.texts.len());
                column.texts = column.texts.slice(from, length);
            }
        }
        column
    }

    /// Every text with the number of rows that have it, in the order in which texts were first met.
    ///
    /// In a column of mostly different texts the same text may come more than once.
    pub(super) fn tally(&self) -> Box<dyn Iterator<Item = (&str, u64)> + '_> {
        if matches!(self.rows, Rows::Own) {
            return Box::new(self.texts.iter().flatten().map(|text| (text, 1)));
        }
        let texts = self.texts.iter().zip(self.counts().iter().skip(1));
        Box::new(texts.filter_map(|(text, count)| Some((text?, *count)).filter(|_| *count > 0)))
    }

    /// The distinct texts and which of them each row has.
    pub(super) fn distinct(&self) -> Distinct<'_> {
        match self.codes() {
            Codes::Narrow(codes) => self.told(codes, DistinctRows::Narrow),
            Codes::Medium(codes) => self.told(codes, DistinctRows::Medium),
            Codes::Wide(codes) => self.told(codes, DistinctRows::Wide),
            Codes::Own => self.told_apart(),
        }
    }

    /// How many rows have each code, blanks first.
    fn counts(&self) -> &[u64] {
        self.counts.get_or_init(|| match self.codes() {
            Codes::Narrow(codes) => counts(codes, self.texts.len()),
            Codes::Medium(codes) => counts(codes, self.texts.len()),
            Codes::Wide(codes) => counts(codes, self.texts.len()),
            Codes::Own => Vec::new(),
        })
    }

    fn told<'a, C>(&'a self, codes: &'a [C], rows: fn(&'a [C]) -> DistinctRows<'a>) -> Distinct<'a> {
        let counts = self.counts();
        let mut texts = Vec::new();
        // Texts above the table, such as wordings in a header row, stand in no row.
        let mut positions = vec![None; counts.len()];
        for ((text, count), position) in self.texts.iter().zip(&counts[1..]).zip(&mut positions[1..]) {
            if let Some(text) = text.filter(|_| *count > 0) {
                *position = Some(texts.len());
                texts.push((text, *count));
            }
        }
        Distinct { texts, positions, rows: rows(codes) }
    }

    fn told_apart(&self) -> Distinct<'_> {
        let mut codes: BTreeMap<&str, u32> = BTreeMap::new();
        let mut texts: Vec<(&str, u64)> = Vec::new();
        let mut rows = Vec::with_capacity(self.texts.len());
        for cell in self.texts.iter() {
            let Some(text) = cell else {
                rows.push(0);
                continue;
            };
            let code = *codes.entry(text).or_insert_with(|| {
                texts.push((text, 0));
                u32::try_from(texts.len()).unwrap_or(u32::MAX)
            });
            texts[code as usize - 1].1 += 1;
            rows.push(code);
        }
        let positions = std::iter::once(None).chain((0..texts.len()).map(Some)).collect();
        Distinct { texts, positions, rows: DistinctRows::Own(rows) }
    }

    /// Each cell as `read` reads it: `None` for a text that means blank.
    pub(super) fn read_as<'a>(&'a self, read: impl Fn(&'a str) -> Option<&'a str>) -> Self {
        let unchanged = |text: &'a str| read(text) == Some(text);
        if self.texts.iter().flatten().all(unchanged) {
            return self.clone();
        }
        let mut builder = ColumnBuilder::default();
        for cell in self.iter() {
            builder.push(cell.and_then(&read).unwrap_or_default());
        }
        builder.finish()
    }

    fn codes(&self) -> Codes<'_> {
        // Codes have no nulls and stand in one piece, so that a slice of them is always there.
        match &self.rows {
            Rows::Narrow(codes) => Codes::Narrow(codes.cont_slice().unwrap_or_default()),
            Rows::Medium(codes) => Codes::Medium(codes.cont_slice().unwrap_or_default()),
            Rows::Wide(codes) => Codes::Wide(codes.cont_slice().unwrap_or_default()),
            Rows::Own => Codes::Own,
        }
    }
}

/// A code of any width.
trait Code: Copy {
    fn position(self) -> usize;
}

impl Code for u8 {
    fn position(self) -> usize {
        usize::from(self)
    }
}

impl Code for u16 {
    fn position(self) -> usize {
        usize::from(self)
    }
}

impl Code for u32 {
    fn position(self) -> usize {
        self as usize
    }
}

/// How many rows have each code, blanks first.
fn counts<C: Code>(codes: &[C], texts: usize) -> Vec<u64> {
    let mut counts = vec![0; texts + 1];
    for code in codes {
        counts[code.position()] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column<'a>(texts: impl IntoIterator<Item = &'a str>) -> Column {
        let mut builder = ColumnBuilder::default();
        texts.into_iter().for_each(|text| builder.push(text));
        builder.finish()
    }

    #[test]
    fn cells_are_the_same_in_every_width() {
        // 300 and 70,000 distinct texts that repeat, and 70,000 that do not.
        for (distinct, times) in [(3, 4), (300, 5), (70_000, 3), (70_000, 1)] {
            let mut texts: Vec<String> = (0..distinct).map(|number| format!("{number}")).collect();
            texts.push(String::new());
            let cells: Vec<&str> = (0..times).flat_map(|_| texts.iter().map(String::as_str)).collect();
            let column = column(cells.iter().copied());
            let expected: Vec<Option<&str>> =
                cells.iter().map(|cell| Some(*cell).filter(|cell| !cell.is_empty())).collect();
            assert_eq!(column.iter().collect::<Vec<_>>(), expected, "{distinct}");
            assert_eq!(column.get(distinct - 1), expected[distinct - 1]);
            assert_eq!((column.get(distinct), column.get(cells.len())), (None, None));
            let told = column.distinct();
            assert_eq!(told.texts().len(), distinct);
            assert_eq!(told.texts()[2], ("2", times));
            let rows: Vec<Option<&str>> =
                told.rows().map(|position| position.map(|position| told.texts()[position].0)).collect();
            assert_eq!(rows, expected);
        }
    }

    #[test]
    fn mostly_different_texts_are_kept_as_they_come() {
        let texts: Vec<String> = (0..70_000).map(|number| format!("R_{number:05}")).collect();
        assert!(matches!(column(texts.iter().map(String::as_str)).rows, Rows::Own));
        assert!(matches!(column(texts.iter().map(|text| &text[..3])).rows, Rows::Narrow(_)));
    }

    #[test]
    fn texts_above_the_table_are_none_of_its_texts() {
        let column = column(["Q1", "How?", "Yes", "No", "", "Yes"]).below(2);
        assert_eq!(column.iter().collect::<Vec<_>>(), [Some("Yes"), Some("No"), None, Some("Yes")]);
        assert_eq!(column.distinct().texts(), [("Yes", 2), ("No", 1)]);
        assert_eq!(column.tally().collect::<Vec<_>>(), [("Yes", 2), ("No", 1)]);
        assert_eq!(column.distinct().rows().collect::<Vec<_>>(), [Some(0), Some(1), None, Some(0)]);
    }

    #[test]
    fn a_text_that_means_blank_is_blank() {
        let column = column(["a", "NA", "b", "NA"]);
        let read = column.read_as(|text| (text != "NA").then_some(text));
        assert_eq!(read.iter().collect::<Vec<_>>(), [Some("a"), None, Some("b"), None]);
    }
}
