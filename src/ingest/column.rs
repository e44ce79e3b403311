//! A column of texts, in which a text that repeats stands once.

use std::collections::BTreeMap;

use polars::prelude::{
    ChunkedArray, PlSmallStr, StringChunked, StringChunkedBuilder, UInt8Chunked, UInt16Chunked, UInt32Chunked,
};

use super::dictionary::Dictionary;

/// The cells of a column. A blank is a cell with no byte between its separators.
#[derive(Debug, Clone)]
pub(super) struct Column {
    rows: Rows,
    /// The distinct texts in the order of their codes, or the text of every row.
    texts: StringChunked,
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
        let counts = match self.codes() {
            Codes::Narrow(codes) => counts(codes, self.texts.len()),
            Codes::Medium(codes) => counts(codes, self.texts.len()),
            Codes::Wide(codes) => counts(codes, self.texts.len()),
            Codes::Own => return Box::new(self.texts.iter().flatten().map(|text| (text, 1))),
        };
        let texts = self.texts.iter().zip(counts.into_iter().skip(1));
        Box::new(texts.filter_map(|(text, count)| text.map(|text| (text, count)).filter(|_| count > 0)))
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

    fn told<'a, C: Code>(&'a self, codes: &'a [C], rows: fn(&'a [C]) -> DistinctRows<'a>) -> Distinct<'a> {
        let counts = counts(codes, self.texts.len());
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

/// The distinct texts of a column and which of them each row has.
#[derive(Debug, Clone)]
pub struct Distinct<'a> {
    texts: Vec<(&'a str, u64)>,
    /// The position of each code's text in `texts`, and first that of a blank, which has none.
    positions: Vec<Option<usize>>,
    rows: DistinctRows<'a>,
}

#[derive(Debug, Clone)]
enum DistinctRows<'a> {
    Narrow(&'a [u8]),
    Medium(&'a [u16]),
    Wide(&'a [u32]),
    Own(Vec<u32>),
}

impl<'a> Distinct<'a> {
    /// No texts and no rows: what a column that is not there has.
    pub(super) fn none() -> Self {
        Self { texts: Vec::new(), positions: Vec::new(), rows: DistinctRows::Narrow(&[]) }
    }

    /// The texts with the number of rows that have each, in the order in which they were first met.
    pub fn texts(&self) -> &[(&'a str, u64)] {
        &self.texts
    }

    /// The position in [`Self::texts`] of what each row has, from top to bottom; `None` for a blank.
    pub fn rows(&self) -> Box<dyn Iterator<Item = Option<usize>> + '_> {
        let at = |code: usize| self.positions.get(code).copied().flatten();
        match &self.rows {
            DistinctRows::Narrow(codes) => Box::new(codes.iter().map(move |code| at(usize::from(*code)))),
            DistinctRows::Medium(codes) => Box::new(codes.iter().map(move |code| at(usize::from(*code)))),
            DistinctRows::Wide(codes) => Box::new(codes.iter().map(move |code| at(*code as usize))),
            DistinctRows::Own(codes) => Box::new(codes.iter().map(move |code| at(*code as usize))),
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

/// Builds a [`Column`] from top to bottom.
///
/// Codes are as narrow as the number of distinct texts allows. Where two bytes are not enough and texts hardly repeat,
/// the texts are kept as they come.
pub(super) struct ColumnBuilder {
    building: Building,
}

enum Building {
    Narrow(Vec<u8>, Dictionary),
    Medium(Vec<u16>, Dictionary),
    Wide(Vec<u32>, Dictionary),
    Own(StringChunkedBuilder),
}

impl Default for ColumnBuilder {
    fn default() -> Self {
        Self { building: Building::Narrow(Vec::new(), Dictionary::default()) }
    }
}

impl ColumnBuilder {
    /// Adds a cell; an empty text is a blank.
    #[inline]
    pub(super) fn push(&mut self, text: &str) {
        let added = match &mut self.building {
            _ if text.is_empty() => return self.push_blank(),
            Building::Narrow(codes, texts) => {
                push(codes, texts.code(text).and_then(|code| u8::try_from(code).ok()))
            }
            Building::Medium(codes, texts) => {
                push(codes, texts.code(text).and_then(|code| u16::try_from(code).ok()))
            }
            Building::Wide(codes, texts) => push(codes, texts.code(text)),
            Building::Own(texts) => {
                texts.append_value(text);
                true
            }
        };
        if !added {
            self.widen(text);
        }
    }

    fn push_blank(&mut self) {
        match &mut self.building {
            Building::Narrow(codes, _) => codes.push(0),
            Building::Medium(codes, _) => codes.push(0),
            Building::Wide(codes, _) => codes.push(0),
            Building::Own(texts) => texts.append_null(),
        }
    }

    /// Makes room for a text whose code is too wide.
    #[cold]
    fn widen(&mut self, text: &str) {
        let narrow = Building::Narrow(Vec::new(), Dictionary::default());
        self.building = match std::mem::replace(&mut self.building, narrow) {
            Building::Narrow(codes, texts) => Building::Medium(widened(codes), texts),
            Building::Medium(codes, texts) if repeat(&codes, &texts) => Building::Wide(widened(codes), texts),
            Building::Medium(codes, texts) => Building::Own(own(&codes, &texts)),
            Building::Wide(codes, texts) => Building::Own(own(&codes, &texts)),
            Building::Own(texts) => Building::Own(texts),
        };
        self.push(text);
    }

    /// Finishes the column.
    pub(super) fn finish(self) -> Column {
        let (rows, texts) = match self.building {
            Building::Narrow(codes, texts) => (Rows::Narrow(chunked(codes)), texts),
            Building::Medium(codes, texts) => (Rows::Medium(chunked(codes)), texts),
            Building::Wide(codes, texts) => (Rows::Wide(chunked(codes)), texts),
            Building::Own(texts) => return Column { rows: Rows::Own, texts: texts.finish() },
        };
        let mut builder = StringChunkedBuilder::new(PlSmallStr::EMPTY, texts.len());
        texts.texts().for_each(|text| builder.append_value(text));
        Column { rows, texts: builder.finish() }
    }
}

#[inline]
fn push<C>(codes: &mut Vec<C>, code: Option<C>) -> bool {
    let known = code.is_some();
    codes.extend(code);
    known
}

/// Fewer rows than this for each distinct text, and a code for it saves nothing.
const FEWEST_ROWS: usize = 2;

/// Whether codes of four bytes are worth it.
fn repeat(codes: &[u16], texts: &Dictionary) -> bool {
    codes.iter().filter(|code| **code > 0).count() >= texts.len() * FEWEST_ROWS
}

fn widened<C, W: From<C>>(codes: Vec<C>) -> Vec<W> {
    codes.into_iter().map(W::from).collect()
}

/// The text of every row instead of its code.
fn own<C: Code>(codes: &[C], texts: &Dictionary) -> StringChunkedBuilder {
    let mut builder = StringChunkedBuilder::new(PlSmallStr::EMPTY, codes.len() * 2);
    for code in codes {
        let code = u32::try_from(code.position()).unwrap_or_default();
        builder.append_option(texts.text(code));
    }
    builder
}

fn chunked<T: polars::prelude::PolarsNumericType>(mut codes: Vec<T::Native>) -> ChunkedArray<T> {
    codes.shrink_to_fit();
    ChunkedArray::from_vec(PlSmallStr::EMPTY, codes)
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
