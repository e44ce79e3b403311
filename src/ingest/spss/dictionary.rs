//! The records of a system file before its cases, as they stand.

use crate::ingest::labelled::bytes::{Bytes, Fault};

/// How the cases are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Bytes,
    Zlib,
}

/// The dictionary of a file.
#[derive(Debug)]
pub(super) struct Dictionary<'a> {
    /// Whether the first byte of a number is its highest.
    pub(super) big: bool,
    pub(super) compression: Compression,
    /// The weight variable's position among the records, from 1; 0 if there is none.
    pub(super) weight: usize,
    /// The number of cases, where the file says it.
    pub(super) cases: Option<u64>,
    pub(super) bias: f64,
    pub(super) records: Vec<Record<'a>>,
    pub(super) labels: Vec<Labels<'a>>,
    /// The extensions by subtype, in the order of the file.
    pub(super) extensions: Vec<(i32, Bytes<'a>)>,
    /// The whole file.
    pub(super) file: &'a [u8],
    /// What follows the dictionary.
    pub(super) data: Bytes<'a>,
}

/// A record of a variable, or of eight more bytes of a string.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// 0 for a number, the length of a string, and -1 for more of the string before.
    pub(super) width: i32,
    pub(super) name: &'a [u8],
    pub(super) label: Option<&'a [u8]>,
    pub(super) missing: Missing,
    /// The type of the print format.
    pub(super) format: u8,
}

/// The missing values that a variable declares, as they stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Missing {
    /// The lowest and the highest of a range.
    pub(super) range: Option<([u8; 8], [u8; 8])>,
    pub(super) values: Vec<[u8; 8]>,
}

/// Value labels with the variables that they belong to, by their positions among the records, from 1.
#[derive(Debug)]
pub(super) struct Labels<'a> {
    pub(super) labels: Vec<([u8; 8], &'a [u8])>,
    pub(super) records: Vec<usize>,
}

/// Reads everything before the cases.
pub(super) fn read(file: &[u8]) -> Result<Dictionary<'_>, Fault> {
    const HEADER: &str = "its header";
    let mut bytes = Bytes::new(file, false);
    bytes.take(64, HEADER)?;
    let layout: [u8; 4] = bytes.array(HEADER)?;
    bytes.big = match (i32::from_le_bytes(layout), i32::from_be_bytes(layout)) {
        (2 | 3, _) => false,
        (_, 2 | 3) => true,
        (layout, _) => return Err(Fault(format!("its layout code is {layout}, not 2"))),
    };
    bytes.i32(HEADER)?;
    let compression = match (bytes.i32(HEADER)?, file.starts_with(b"$FL3")) {
        (0, false) => Compression::None,
        (1, false) => Compression::Bytes,
        (2, _) => Compression::Zlib,
        (code, _) => return Err(Fault(format!("a compression of kind {code}, which there is not"))),
    };
    let weight = usize::try_from(bytes.i32(HEADER)?).unwrap_or(0);
    let cases = u64::try_from(bytes.i32(HEADER)?).ok();
    let bias = bytes.f64(HEADER)?;
    bytes.take(9 + 8 + 64 + 3, HEADER)?;
    let mut dictionary = Dictionary {
        big: bytes.big,
        compression,
        weight,
        cases,
        bias,
        records: Vec::new(),
        labels: Vec::new(),
        extensions: Vec::new(),
        file,
        data: bytes,
    };
    while dictionary.next_record(&mut bytes)? {}
    dictionary.data = bytes;
    Ok(dictionary)
}

impl<'a> Dictionary<'a> {
    /// Reads a record; `false` after the last.
    fn next_record(&mut self, bytes: &mut Bytes<'a>) -> Result<bool, Fault> {
        const WITHIN: &str = "its dictionary";
        match bytes.i32(WITHIN)? {
            2 => self.records.push(variable(bytes)?),
            3 => self.labels.push(labels(bytes)?),
            4 => return Err(Fault("variables of value labels without the labels".to_owned())),
            6 => {
                let lines = bytes.count("its documents")?;
                bytes.take_all(lines, 80, "its documents")?;
            }
            7 => {
                const WITHIN: &str = "an extension of its dictionary";
                let subtype = bytes.i32(WITHIN)?;
                let (size, count) = (bytes.count(WITHIN)?, bytes.count(WITHIN)?);
                let length = size.checked_mul(count).ok_or_else(|| Fault::ends(WITHIN))?;
                self.extensions.push((subtype, bytes.part(length, WITHIN)?));
            }
            999 => {
                bytes.i32(WITHIN)?;
                return Ok(false);
            }
            other => {
                return Err(Fault(format!("a record of type {other} in its dictionary, which there is not")));
            }
        }
        Ok(true)
    }

    /// The last extension of a subtype.
    pub(super) fn extension(&self, subtype: i32) -> Option<Bytes<'a>> {
        self.extensions.iter().rev().find(|(known, _)| *known == subtype).map(|(_, bytes)| *bytes)
    }

    /// A number as it stands in a case.
    pub(super) fn number(&self, octet: [u8; 8]) -> f64 {
        if self.big { f64::from_be_bytes(octet) } else { f64::from_le_bytes(octet) }
    }

    /// The octet by which a case has a number.
    pub(super) fn octet(&self, number: f64) -> [u8; 8] {
        if self.big { number.to_be_bytes() } else { number.to_le_bytes() }
    }
}

fn variable<'a>(bytes: &mut Bytes<'a>) -> Result<Record<'a>, Fault> {
    const WITHIN: &str = "the record of a variable";
    let width = bytes.i32(WITHIN)?;
    if !(-1..=255).contains(&width) {
        return Err(Fault(format!("a variable of width {width}, which there is not")));
    }
    let has_label = bytes.i32(WITHIN)? != 0;
    let declared = bytes.i32(WITHIN)?;
    let [_, _, format, _] = bytes.u32(WITHIN)?.to_le_bytes();
    bytes.u32(WITHIN)?;
    let name = bytes.take(8, WITHIN)?;
    let label = if has_label {
        let length = bytes.count(WITHIN)?;
        let label = bytes.take(length, WITHIN)?;
        bytes.take(length.next_multiple_of(4) - length, WITHIN)?;
        Some(label)
    } else {
        None
    };
    let mut missing = Missing::default();
    match declared {
        0..=3 => {
            for _ in 0..declared {
                missing.values.push(bytes.array(WITHIN)?);
            }
        }
        -2 | -3 => {
            missing.range = Some((bytes.array(WITHIN)?, bytes.array(WITHIN)?));
            if declared == -3 {
                missing.values.push(bytes.array(WITHIN)?);
            }
        }
        _ => return Err(Fault(format!("a variable with {declared} missing values, which cannot be"))),
    }
    Ok(Record { width, name, label, missing, format })
}

fn labels<'a>(bytes: &mut Bytes<'a>) -> Result<Labels<'a>, Fault> {
    const WITHIN: &str = "its value labels";
    let mut labels = Vec::new();
    for _ in 0..bytes.count(WITHIN)? {
        let value = bytes.array(WITHIN)?;
        let length = usize::from(bytes.u8(WITHIN)?);
        labels.push((value, bytes.take(length, WITHIN)?));
        bytes.take((length + 1).next_multiple_of(8) - (length + 1), WITHIN)?;
    }
    let mut records = Vec::new();
    let next = bytes.i32(WITHIN)?;
    if next != 4 {
        return Err(Fault(format!(
            "value labels followed by a record of type {next}, not by their variables"
        )));
    }
    for _ in 0..bytes.count(WITHIN)? {
        records.push(bytes.count(WITHIN)?);
    }
    Ok(Labels { labels, records })
}
