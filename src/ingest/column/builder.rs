//! Columns filled from top to bottom.

use std::sync::OnceLock;

use polars::prelude::{ChunkedArray, PlSmallStr, PolarsNumericType, StringChunkedBuilder};

use super::dictionary::Dictionary;
use super::{Code, Column, Rows};

/// Builds a [`Column`] from top to bottom.
///
/// Codes are as narrow as the number of distinct texts allows. Where two bytes are not enough and texts hardly repeat,
/// the texts are kept as they come.
pub(in crate::ingest) struct ColumnBuilder {
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
    pub(in crate::ingest) fn push(&mut self, text: &str) {
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
    pub(in crate::ingest) fn finish(self) -> Column {
        let (rows, texts) = match self.building {
            Building::Narrow(codes, texts) => (Rows::Narrow(chunked(codes)), texts),
            Building::Medium(codes, texts) => (Rows::Medium(chunked(codes)), texts),
            Building::Wide(codes, texts) => (Rows::Wide(chunked(codes)), texts),
            Building::Own(texts) => {
                return Column { rows: Rows::Own, texts: texts.finish(), counts: OnceLock::new() };
            }
        };
        let mut builder = StringChunkedBuilder::new(PlSmallStr::EMPTY, texts.len());
        texts.texts().for_each(|text| builder.append_value(text));
        Column { rows, texts: builder.finish(), counts: OnceLock::new() }
    }
}

#[inline]
fn push<C>(codes: &mut Vec<C>, code: Option<C>) -> bool {
    match code {
        Some(code) => {
            codes.push(code);
            true
        }
        None => false,
    }
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

fn chunked<T: PolarsNumericType>(mut codes: Vec<T::Native>) -> ChunkedArray<T> {
    codes.shrink_to_fit();
    ChunkedArray::from_vec(PlSmallStr::EMPTY, codes)
}
