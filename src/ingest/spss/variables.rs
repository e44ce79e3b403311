//! Variables, made of the records and extensions of a dictionary.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::labelled::bytes::{Fault, unfilled, until_zero};
use crate::ingest::labelled::texts::Texts;
use crate::ingest::labelled::{Kind, Variable};

use super::dictionary::{Dictionary, Record};
use super::extensions::{self, subtype};
use super::formats::{Meaning, meaning};

/// The variables of a file with their places in a case.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) columns: Vec<Column>,
}

/// A variable and where its values stand.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) variable: Variable,
    /// The position of its first record, from 0.
    record: usize,
    /// Its short name in capitals.
    short: Vec<u8>,
    /// For a string its stretches of octets: the first and how many.
    pub(super) parts: Vec<(usize, usize)>,
    /// The length of a string, 0 for a number.
    pub(super) width: usize,
    pub(super) meaning: Meaning,
    /// Numbers that are declared as missing.
    missing: Vec<f64>,
    range: Option<(f64, f64)>,
    /// Labelled values that are whole numbers.
    whole: BTreeSet<i64>,
    /// Values of the declared range that were met.
    met: BTreeSet<String>,
    /// Cells whose value was all but a labelled one.
    near: u64,
}

/// How far a value may be from a whole labelled one that is meant.
const NEAR: f64 = 1e-6;

/// A string or number by its records alone: its first record, its width and its octets.
struct Plain {
    record: usize,
    width: usize,
    octets: usize,
}

/// Makes the variables.
pub(super) fn make(dictionary: &Dictionary<'_>, texts: &mut Texts) -> Result<Made, Fault> {
    let plain = plain(&dictionary.records)?;
    let long_names = extensions::pairs(dictionary, subtype::LONG_NAMES);
    let long_strings = extensions::pairs(dictionary, subtype::LONG_STRINGS);
    let measures = extensions::measures(dictionary, plain.len());
    let mut columns = Vec::new();
    let mut at = 0;
    while let Some(first) = plain.get(at) {
        let record = &dictionary.records[first.record];
        let short = unfilled(record.name).to_ascii_uppercase();
        let length = long_strings.get(&short).and_then(|length| whole(until_zero(length)));
        let (segments, width) = match length.filter(|length| *length > 255 && first.width > 0) {
            Some(length) => (length.div_ceil(252), length),
            None => (1, first.width),
        };
        let parts = plain
            .get(at..at + segments)
            .filter(|parts| parts.iter().all(|part| (part.width > 0) == (width > 0)));
        let Some(parts) = parts else {
            return Err(Fault(format!("a string of {width} bytes without the variables that hold it")));
        };
        let name = long_names.get(&short).map_or(unfilled(record.name), |long| unfilled(long));
        let meaning = if width > 0 { Meaning::Number } else { meaning(record.format) };
        let variable = Variable {
            name: texts.read(name).into_owned(),
            label: record.label.map_or_else(String::new, |label| texts.read(unfilled(label)).into_owned()),
            kind: if width > 0 { Kind::Text } else { meaning.kind() },
            labels: Vec::new(),
            missing: Vec::new(),
            measure: measures.get(at).copied().flatten(),
        };
        let mut column = Column {
            variable,
            record: first.record,
            short,
            parts: parts.iter().map(|part| (part.record, part.octets)).collect(),
            width,
            meaning,
            missing: Vec::new(),
            range: None,
            whole: BTreeSet::new(),
            met: BTreeSet::new(),
            near: 0,
        };
        column.declare_missing(record, dictionary, texts);
        columns.push(column);
        at += segments;
    }
    let mut made = Made { columns };
    made.label(dictionary, texts);
    Ok(made)
}

/// Numbers and strings by their records alone.
fn plain(records: &[Record<'_>]) -> Result<Vec<Plain>, Fault> {
    let mut plain = Vec::new();
    let mut at = 0;
    while let Some(record) = records.get(at) {
        let width = usize::try_from(record.width)
            .map_err(|_| Fault("more of a string where no string begins".to_owned()))?;
        let octets = width.div_ceil(8).max(1);
        let more = records.get(at + 1..at + octets);
        if !more.is_some_and(|more| more.iter().all(|record| record.width == -1)) {
            return Err(Fault(format!("a string of {width} bytes that has fewer records")));
        }
        plain.push(Plain { record: at, width, octets });
        at += octets;
    }
    if plain.is_empty() {
        return Err(Fault("it has no variables".to_owned()));
    }
    Ok(plain)
}

/// A whole number in digits.
pub(super) fn whole(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.trim().parse().ok()
}

impl Made {
    /// Gives the variables their value labels, and the long strings their missing values.
    fn label(&mut self, dictionary: &Dictionary<'_>, texts: &mut Texts) {
        let by_record: BTreeMap<usize, usize> =
            self.columns.iter().enumerate().map(|(at, column)| (column.record, at)).collect();
        for set in &dictionary.labels {
            // Their positions count from 1.
            let records = set.records.iter().filter_map(|record| by_record.get(&record.checked_sub(1)?));
            for column in records {
                let column = &mut self.columns[*column];
                for (value, label) in &set.labels {
                    let code = column.code(*value, dictionary, texts);
                    column.add_label(code, texts.read(unfilled(label)).into_owned());
                }
            }
        }
        for (name, labels) in extensions::long_labels(dictionary) {
            let Some(column) = self.named(&texts.read(name)) else { continue };
            for (value, label) in labels {
                let code = texts.read(unfilled(value)).into_owned();
                self.columns[column].add_label(code, texts.read(unfilled(label)).into_owned());
            }
        }
        for (name, values) in extensions::long_missing(dictionary) {
            let Some(column) = self.named(&texts.read(name)) else { continue };
            for value in values {
                let code = texts.read(unfilled(value)).into_owned();
                self.columns[column].variable.missing.push(code);
            }
        }
    }

    /// The position of the variable with this name, whatever its capitals.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        let short = name.to_ascii_uppercase().into_bytes();
        let exactly = self.columns.iter().position(|column| column.variable.name == name);
        exactly.or_else(|| self.columns.iter().position(|column| column.short == short)).or_else(|| {
            let lower = name.to_lowercase();
            self.columns.iter().position(|column| column.variable.name.to_lowercase() == lower)
        })
    }

    /// The position of the variable by which cases are weighted.
    pub(super) fn weight(&self, dictionary: &Dictionary<'_>) -> Option<usize> {
        let record = dictionary.weight.checked_sub(1)?;
        self.columns.iter().position(|column| column.record == record)
    }

    /// What to say about the values that were met.
    pub(super) fn notes(&self, file: &FileId) -> Vec<Diag> {
        let near = |column: &Column| {
            let name = &column.variable.name;
            let message = format!(
                "{} cells of \"{name}\" differ from a labelled whole number by less than a millionth and are read as it",
                column.near
            );
            Diag::note(codes::ASSUMED, Place::column(file, name), message)
        };
        self.columns.iter().filter(|column| column.near > 0).map(near).collect()
    }

    /// The variables, with every text that means a missing value.
    pub(super) fn into_variables(self) -> Vec<Variable> {
        self.columns.into_iter().map(Column::into_variable).collect()
    }
}

impl Column {
    fn declare_missing(&mut self, record: &Record<'_>, dictionary: &Dictionary<'_>, texts: &mut Texts) {
        if self.width > 0 {
            let values = record.missing.values.iter();
            self.variable.missing = values.map(|value| self.code(*value, dictionary, texts)).collect();
            return;
        }
        self.missing = record.missing.values.iter().map(|value| dictionary.number(*value)).collect();
        self.range =
            record.missing.range.map(|(low, high)| (dictionary.number(low), dictionary.number(high)));
    }

    /// The text of a cell that has this value.
    fn code(&self, value: [u8; 8], dictionary: &Dictionary<'_>, texts: &mut Texts) -> String {
        if self.width > 0 {
            let value = &value[..self.width.min(8)];
            return texts.read(unfilled(value)).into_owned();
        }
        let mut text = String::new();
        self.meaning.write(dictionary.number(value), &mut text);
        text
    }

    fn add_label(&mut self, code: String, label: String) {
        if let Ok(whole) = code.parse() {
            self.whole.insert(whole);
        }
        match self.variable.labels.iter_mut().find(|(known, _)| *known == code) {
            Some(known) => known.1 = label,
            None => self.variable.labels.push((code, label)),
        }
    }

    fn is_missing(&self, value: f64) -> bool {
        self.missing.iter().any(|missing| missing.to_bits() == value.to_bits()) || self.in_range(value)
    }

    fn in_range(&self, value: f64) -> bool {
        self.range.is_some_and(|(low, high)| (low..=high).contains(&value))
    }

    /// Writes the cell of a number.
    pub(super) fn write(&mut self, value: f64, text: &mut String) {
        let start = text.len();
        let nearest = value.round();
        if !self.whole.is_empty() && value.fract() != 0.0 && (value - nearest).abs() < NEAR {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "beyond whole numbers of 64 bits nothing is labelled"
            )]
            let is_labelled = self.whole.contains(&(nearest as i64));
            if is_labelled {
                self.near += 1;
                self.meaning.write(nearest, text);
                return;
            }
        }
        self.meaning.write(value, text);
        if self.in_range(value) && !self.met.contains(&text[start..]) {
            self.met.insert(text[start..].to_owned());
        }
    }

    fn into_variable(mut self) -> Variable {
        let mut texts = std::mem::take(&mut self.met);
        for value in &self.missing {
            let mut text = String::new();
            self.meaning.write(*value, &mut text);
            texts.insert(text);
        }
        if self.width == 0 {
            let labelled = self.variable.labels.iter().map(|(code, _)| code);
            let missing = labelled.filter(|code| code.parse().is_ok_and(|value| self.is_missing(value)));
            texts.extend(missing.cloned().collect::<Vec<_>>());
        }
        self.variable.missing.extend(texts);
        self.variable
    }
}
