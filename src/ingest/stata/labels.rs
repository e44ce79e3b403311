//! The tables of value labels.

use std::collections::BTreeMap;

use crate::ingest::labelled::bytes::{Bytes, Fault, until_zero};
use crate::ingest::labelled::texts::Texts;

use super::Parts;
use super::layout::Layout;
use super::tagged::next_is;

/// The labels of each table, in the order of the file, by its name.
pub(super) type Tables<'a> = BTreeMap<&'a [u8], Labels>;

/// The labels of a table.
pub(super) type Labels = Vec<(i32, String)>;

const WITHIN: &str = "its value labels";

/// Reads the tables.
pub(super) fn read<'a>(parts: &Parts<'a>, texts: &mut Texts) -> Result<Tables<'a>, Fault> {
    let mut bytes = parts.value_labels;
    let layout = parts.layout;
    let mut tables = Tables::new();
    match layout.release {
        117.. => {
            while next_is(&mut bytes, "<lbl>") {
                let (name, labels) = table(&mut bytes, layout, texts)?;
                tables.insert(name, labels);
                if !next_is(&mut bytes, "</lbl>") {
                    return Err(Fault("a table of value labels that does not end where it says".to_owned()));
                }
            }
            if !next_is(&mut bytes, "</value_labels>") {
                return Err(Fault::ends(WITHIN));
            }
        }
        108.. => {
            while !bytes.rest().is_empty() {
                let (name, labels) = table(&mut bytes, layout, texts)?;
                tables.insert(name, labels);
            }
        }
        _ => {
            while !bytes.rest().is_empty() {
                let (name, labels) = short_table(&mut bytes, texts)?;
                tables.insert(name, labels);
            }
        }
    }
    Ok(tables)
}

/// A table whose texts stand behind the values, each at an offset.
fn table<'a>(bytes: &mut Bytes<'a>, layout: Layout, texts: &mut Texts) -> Result<(&'a [u8], Labels), Fault> {
    let length = bytes.count(WITHIN)?;
    let name = until_zero(bytes.take(layout.name(), WITHIN)?);
    bytes.take(3, WITHIN)?;
    let mut table = bytes.part(length, WITHIN)?;
    let (count, size) = (table.count(WITHIN)?, table.count(WITHIN)?);
    let mut offsets = Bytes::new(table.take_all(count, 4, WITHIN)?, layout.big);
    let mut values = Bytes::new(table.take_all(count, 4, WITHIN)?, layout.big);
    let all = table.take(size, WITHIN)?;
    let mut labels = Vec::new();
    for _ in 0..count {
        let offset = offsets.count(WITHIN)?;
        let text = all.get(offset..).ok_or_else(|| Fault::ends(WITHIN))?;
        labels.push((values.i32(WITHIN)?, texts.read(until_zero(text)).into_owned()));
    }
    Ok((name, labels))
}

/// A table of short values, each with a label of eight bytes.
fn short_table<'a>(bytes: &mut Bytes<'a>, texts: &mut Texts) -> Result<(&'a [u8], Labels), Fault> {
    let count = usize::from(bytes.u16(WITHIN)?);
    let name = until_zero(bytes.take(9, WITHIN)?);
    bytes.take(1, WITHIN)?;
    let mut values = bytes.part(count * 2, WITHIN)?;
    let mut labels = Vec::new();
    for _ in 0..count {
        let value = i32::from(values.i16(WITHIN)?);
        let label = texts.read(until_zero(bytes.take(8, WITHIN)?)).trim_end().to_owned();
        labels.push((value, label));
    }
    Ok((name, labels))
}
