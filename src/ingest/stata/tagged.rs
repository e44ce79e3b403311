//! Formats 117 to 119: the same parts between tags.

use std::collections::BTreeMap;

use crate::ingest::labelled::bytes::{Bytes, Fault};

use super::Parts;
use super::layout::{Layout, Type};
use super::old::{characteristic, fixed, unknown_type};

/// Reads the parts in the order in which they stand; the map of their places is not needed for that.
pub(super) fn read(file: &[u8]) -> Result<Parts<'_>, Fault> {
    const HEADER: &str = "its header";
    let mut bytes = Bytes::new(file, false);
    tag(&mut bytes, "<stata_dta><header><release>")?;
    let digits = bytes.take(3, HEADER)?;
    let release = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    let Some(release @ 117..=119) = release else {
        return Err(Fault(format!("its format is {}, not 117 to 119", digits.escape_ascii())));
    };
    tag(&mut bytes, "</release><byteorder>")?;
    bytes.big = match bytes.take(3, HEADER)? {
        b"MSF" => true,
        b"LSF" => false,
        order => return Err(Fault(format!("its order of bytes is {}", order.escape_ascii()))),
    };
    let layout = Layout { release, big: bytes.big };
    tag(&mut bytes, "</byteorder><K>")?;
    let variables = if release == 119 { bytes.count(HEADER)? } else { usize::from(bytes.u16(HEADER)?) };
    tag(&mut bytes, "</K><N>")?;
    let cases = if release == 117 { u64::from(bytes.u32(HEADER)?) } else { bytes.u64(HEADER)? };
    tag(&mut bytes, "</N><label>")?;
    let length =
        if release == 117 { usize::from(bytes.u8(HEADER)?) } else { usize::from(bytes.u16(HEADER)?) };
    bytes.take(length, HEADER)?;
    tag(&mut bytes, "</label><timestamp>")?;
    let length = usize::from(bytes.u8(HEADER)?);
    bytes.take(length, HEADER)?;
    tag(&mut bytes, "</timestamp></header><map>")?;
    bytes.take(14 * 8, "its map")?;
    tag(&mut bytes, "</map><variable_types>")?;
    let types = types(&mut bytes, variables)?;
    tag(&mut bytes, "</variable_types><varnames>")?;
    let names = fixed(&mut bytes, variables, layout.name(), "its names")?;
    tag(&mut bytes, "</varnames><sortlist>")?;
    let order = if release == 119 { 4 } else { 2 };
    bytes.take_all(variables.saturating_add(1), order, "its order")?;
    tag(&mut bytes, "</sortlist><formats>")?;
    let formats = fixed(&mut bytes, variables, layout.format(), "its formats")?;
    tag(&mut bytes, "</formats><value_label_names>")?;
    let tables = fixed(&mut bytes, variables, layout.name(), "the names of its value labels")?;
    tag(&mut bytes, "</value_label_names><variable_labels>")?;
    let labels = fixed(&mut bytes, variables, layout.label(), "its variable labels")?;
    tag(&mut bytes, "</variable_labels><characteristics>")?;
    let mut characteristics = Vec::new();
    while next_is(&mut bytes, "<ch>") {
        let length = bytes.count("its characteristics")?;
        characteristics.extend(characteristic(bytes.take(length, "its characteristics")?, layout));
        tag(&mut bytes, "</ch>")?;
    }
    tag(&mut bytes, "</characteristics><data>")?;
    let mut width = 0;
    for code in &types {
        width += Type::of(*code, release).ok_or_else(|| unknown_type(*code))?.width();
    }
    let length = usize::try_from(cases).ok().and_then(|cases| cases.checked_mul(width));
    let data = bytes.part(length.ok_or_else(|| Fault::ends("its cases"))?, "its cases")?;
    tag(&mut bytes, "</data><strls>")?;
    let strings = strings(&mut bytes, release)?;
    tag(&mut bytes, "</strls><value_labels>")?;
    Ok(Parts {
        layout,
        cases,
        types,
        names,
        formats,
        tables,
        labels,
        characteristics,
        data,
        strings,
        value_labels: bytes,
    })
}

fn types(bytes: &mut Bytes<'_>, variables: usize) -> Result<Vec<u16>, Fault> {
    const WITHIN: &str = "its types";
    let mut types = Bytes::new(bytes.take_all(variables, 2, WITHIN)?, bytes.big);
    (0..variables).map(|_| types.u16(WITHIN)).collect()
}

/// Reads a tag that must stand here.
fn tag(bytes: &mut Bytes<'_>, tag: &str) -> Result<(), Fault> {
    if next_is(bytes, tag) {
        return Ok(());
    }
    if tag.as_bytes().starts_with(bytes.rest()) {
        return Err(Fault::ends("its parts"));
    }
    Err(Fault(format!("there is no {tag} where it must stand")))
}

/// Reads these bytes if they come next.
pub(super) fn next_is(bytes: &mut Bytes<'_>, expected: &str) -> bool {
    let is = bytes.rest().starts_with(expected.as_bytes());
    if is {
        // They are there.
        let _ = bytes.take(expected.len(), "");
    }
    is
}

/// The long strings by the variable and the case that hold them first.
fn strings<'a>(bytes: &mut Bytes<'a>, release: u16) -> Result<BTreeMap<(u64, u64), &'a [u8]>, Fault> {
    const WITHIN: &str = "its long strings";
    let mut strings = BTreeMap::new();
    while next_is(bytes, "GSO") {
        let variable = u64::from(bytes.u32(WITHIN)?);
        let case = if release == 117 { u64::from(bytes.u32(WITHIN)?) } else { bytes.u64(WITHIN)? };
        let kind = bytes.u8(WITHIN)?;
        let length = bytes.count(WITHIN)?;
        let text = bytes.take(length, WITHIN)?;
        // A text has a zero behind it; other bytes are kept as they are.
        let text = if kind == 130 { text.strip_suffix(&[0]).unwrap_or(text) } else { text };
        strings.insert((variable, case), text);
    }
    Ok(strings)
}
