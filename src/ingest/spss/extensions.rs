//! What the extensions of a dictionary say of the whole file and of its variables by name.

use std::collections::BTreeMap;

use crate::ingest::labelled::Measure;
use crate::ingest::labelled::bytes::{Bytes, unfilled};
use crate::ingest::labelled::texts::Texts;

use super::dictionary::Dictionary;

/// Subtypes of the records that are read.
pub(super) mod subtype {
    pub(in crate::ingest::spss) const INTEGERS: i32 = 3;
    pub(in crate::ingest::spss) const FLOATS: i32 = 4;
    pub(in crate::ingest::spss) const SETS: i32 = 7;
    pub(in crate::ingest::spss) const DISPLAY: i32 = 11;
    pub(in crate::ingest::spss) const LONG_NAMES: i32 = 13;
    pub(in crate::ingest::spss) const LONG_STRINGS: i32 = 14;
    pub(in crate::ingest::spss) const CASES: i32 = 16;
    pub(in crate::ingest::spss) const NEWER_SETS: i32 = 19;
    pub(in crate::ingest::spss) const ENCODING: i32 = 20;
    pub(in crate::ingest::spss) const LONG_LABELS: i32 = 21;
    pub(in crate::ingest::spss) const LONG_MISSING: i32 = 22;
}

/// The encoding of the texts: the one that is named, else the code page.
pub(super) fn encoding(dictionary: &Dictionary<'_>) -> Texts {
    if let Some(name) = dictionary.extension(subtype::ENCODING) {
        return Texts::named(&String::from_utf8_lossy(unfilled(name.rest())));
    }
    let code_page = || {
        let mut integers = dictionary.extension(subtype::INTEGERS)?;
        integers.take(28, "").ok()?;
        u32::try_from(integers.i32("").ok()?).ok()
    };
    code_page().map_or_else(Texts::undeclared, Texts::numbered)
}

/// The number that stands for nothing at all.
pub(super) fn system_missing(dictionary: &Dictionary<'_>) -> f64 {
    let declared = dictionary.extension(subtype::FLOATS).and_then(|mut floats| floats.f64("").ok());
    declared.unwrap_or(-f64::MAX)
}

/// The number of cases.
pub(super) fn cases(dictionary: &Dictionary<'_>) -> Option<u64> {
    let long = || {
        let mut cases = dictionary.extension(subtype::CASES)?;
        cases.i64("").ok()?;
        u64::try_from(cases.i64("").ok()?).ok()
    };
    long().or(dictionary.cases)
}

/// The measures of the variables, in the order of the records that are not more of a string.
pub(super) fn measures(dictionary: &Dictionary<'_>, variables: usize) -> Vec<Option<Measure>> {
    let Some(mut display) = dictionary.extension(subtype::DISPLAY) else { return Vec::new() };
    // Three numbers for each variable, or two in files that leave the width out.
    let numbers = display.rest().len() / 4;
    let each = if variables > 0 && numbers == variables * 2 { 2 } else { 3 };
    let mut measures = Vec::new();
    while let Ok(measure) = display.i32("") {
        measures.push(match measure {
            1 => Some(Measure::Nominal),
            2 => Some(Measure::Ordinal),
            3 => Some(Measure::Scale),
            _ => None,
        });
        if display.take((each - 1) * 4, "").is_err() {
            break;
        }
    }
    measures
}

/// Pairs such as `SHORT=Long`, separated by tabs; the names before the sign in capitals.
pub(super) fn pairs<'a>(dictionary: &Dictionary<'a>, subtype: i32) -> BTreeMap<Vec<u8>, &'a [u8]> {
    let Some(bytes) = dictionary.extension(subtype) else { return BTreeMap::new() };
    let pair = |pair: &'a [u8]| {
        let at = memchr::memchr(b'=', pair)?;
        Some((unfilled(&pair[..at]).to_ascii_uppercase(), &pair[at + 1..]))
    };
    bytes.rest().split(|byte| *byte == b'\t').filter_map(pair).collect()
}

/// The values of a long string, each with its label, as the file has them.
type LongLabels<'a> = Vec<(&'a [u8], &'a [u8])>;

/// The value labels of long strings, by the name of the variable.
pub(super) fn long_labels<'a>(dictionary: &Dictionary<'a>) -> Vec<(&'a [u8], LongLabels<'a>)> {
    let Some(mut bytes) = dictionary.extension(subtype::LONG_LABELS) else { return Vec::new() };
    let mut all = Vec::new();
    while let Some(labels) = one_long(&mut bytes) {
        all.push(labels);
    }
    all
}

fn one_long<'a>(bytes: &mut Bytes<'a>) -> Option<(&'a [u8], LongLabels<'a>)> {
    let text = |bytes: &mut Bytes<'a>| {
        let length = bytes.count("").ok()?;
        bytes.take(length, "").ok()
    };
    let name = text(bytes)?;
    bytes.i32("").ok()?;
    let count = bytes.count("").ok()?;
    let mut labels = Vec::new();
    for _ in 0..count {
        labels.push((text(bytes)?, text(bytes)?));
    }
    Some((name, labels))
}

/// The missing values of long strings, by the name of the variable.
pub(super) fn long_missing<'a>(dictionary: &Dictionary<'a>) -> Vec<(&'a [u8], Vec<&'a [u8]>)> {
    let Some(mut bytes) = dictionary.extension(subtype::LONG_MISSING) else { return Vec::new() };
    let mut all = Vec::new();
    let mut one = || {
        let length = bytes.count("").ok()?;
        let name = bytes.take(length, "").ok()?;
        let count = bytes.u8("").ok()?;
        let length = bytes.count("").ok()?;
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(bytes.take(length, "").ok()?);
        }
        Some((name, values))
    };
    while let Some(missing) = one() {
        all.push(missing);
    }
    all
}
