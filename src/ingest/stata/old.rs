//! Formats 105 to 115: parts of fixed lengths, one after another.

use std::collections::BTreeMap;

use crate::ingest::labelled::bytes::{Bytes, Fault, until_zero};

use super::Parts;
use super::layout::{Layout, Type};

/// Reads the parts.
pub(super) fn read(file: &[u8]) -> Result<Parts<'_>, Fault> {
    const HEADER: &str = "its header";
    let mut bytes = Bytes::new(file, false);
    let release = u16::from(bytes.u8(HEADER)?);
    bytes.big = bytes.u8(HEADER)? == 1;
    let layout = Layout { release, big: bytes.big };
    bytes.take(2, HEADER)?;
    let variables = usize::from(bytes.u16(HEADER)?);
    let cases = bytes.count(HEADER)?;
    // The label of the data and the time of writing.
    bytes.take(layout.label() + 18, HEADER)?;
    let types: Vec<u16> = bytes.take(variables, "its types")?.iter().copied().map(u16::from).collect();
    let names = fixed(&mut bytes, variables, layout.name(), "its names")?;
    bytes.take_all(variables + 1, 2, "its order")?;
    let formats = fixed(&mut bytes, variables, layout.format(), "its formats")?;
    let tables = fixed(&mut bytes, variables, layout.name(), "the names of its value labels")?;
    let labels = fixed(&mut bytes, variables, layout.label(), "its variable labels")?;
    let characteristics = characteristics(&mut bytes, layout)?;
    let mut width = 0;
    for code in &types {
        width += Type::of(*code, release).ok_or_else(|| unknown_type(*code))?.width();
    }
    let length = width.checked_mul(cases).ok_or_else(|| Fault::ends("its cases"))?;
    let data = bytes.part(length, "its cases")?;
    Ok(Parts {
        layout,
        cases: cases as u64,
        types,
        names,
        formats,
        tables,
        labels,
        characteristics,
        data,
        strings: BTreeMap::new(),
        value_labels: bytes,
    })
}

pub(super) fn unknown_type(code: u16) -> Fault {
    Fault(format!("a variable of type {code}, which there is not"))
}

/// Texts of one length, each up to its first zero byte.
pub(super) fn fixed<'a>(
    bytes: &mut Bytes<'a>,
    count: usize,
    width: usize,
    within: &str,
) -> Result<Vec<&'a [u8]>, Fault> {
    Ok(bytes.take_all(count, width, within)?.chunks_exact(width).map(until_zero).collect())
}

/// The characteristics, up to one of no length.
fn characteristics<'a>(bytes: &mut Bytes<'a>, layout: Layout) -> Result<Vec<[&'a [u8]; 3]>, Fault> {
    const WITHIN: &str = "its characteristics";
    let mut all = Vec::new();
    loop {
        let kind = bytes.u8(WITHIN)?;
        let length =
            if layout.release > 108 { bytes.count(WITHIN)? } else { usize::from(bytes.u16(WITHIN)?) };
        if kind == 0 {
            return Ok(all);
        }
        all.extend(characteristic(bytes.take(length, WITHIN)?, layout));
    }
}

/// A characteristic: of what, which, and what it says.
pub(super) fn characteristic(bytes: &[u8], layout: Layout) -> Option<[&[u8]; 3]> {
    let (of, rest) = bytes.split_at_checked(layout.name())?;
    let (name, says) = rest.split_at_checked(layout.name())?;
    Some([until_zero(of), until_zero(name), until_zero(says)])
}
