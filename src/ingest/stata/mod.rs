//! Stata data files of formats 105 to 115, which follow a fixed layout, and 117 to 119, which have tags.
//!
//! Both lay the same parts down in almost the same order ([`layout`] has what differs): a header, the variables, their
//! characteristics, the cases, and the value labels behind them.

mod cells;
mod labels;
mod layout;
mod old;
mod tagged;
mod variables;

use std::collections::BTreeMap;

use crate::diag::{Diag, FileId, Place, codes};

use super::Platform;
use super::labelled::Dataset;
use super::labelled::bytes::{Bytes, Fault};
use super::labelled::texts::Texts;

use layout::Layout;

/// The parts of a file, as they stand.
#[derive(Debug)]
struct Parts<'a> {
    layout: Layout,
    /// The number of cases.
    cases: u64,
    types: Vec<u16>,
    names: Vec<&'a [u8]>,
    formats: Vec<&'a [u8]>,
    /// The names of the tables of value labels; empty for a variable without one.
    tables: Vec<&'a [u8]>,
    labels: Vec<&'a [u8]>,
    /// Characteristics: of what, which, and what they say.
    characteristics: Vec<[&'a [u8]; 3]>,
    /// The cases, row after row.
    data: Bytes<'a>,
    /// Long strings, by the variable and the case that hold them first.
    strings: BTreeMap<(u64, u64), &'a [u8]>,
    /// The tables of value labels.
    value_labels: Bytes<'a>,
}

/// Whether a file starts as a Stata file does.
pub(super) fn detect(bytes: &[u8]) -> bool {
    // The order of bytes is 1 or 2 and the type of file 1: no text starts so.
    bytes.starts_with(b"<stata_dta>") || matches!(bytes, [105..=115, 1 | 2, 1, ..])
}

/// Reads a Stata file.
pub(super) fn read(file: &FileId, bytes: &[u8]) -> Result<Dataset, Fault> {
    let parts = if bytes.starts_with(b"<") { tagged::read(bytes)? } else { old::read(bytes)? };
    let release = parts.layout.release;
    let mut texts = if release >= 118 { Texts::utf_8() } else { Texts::undeclared() };
    let tables = labels::read(&parts, &mut texts)?;
    let mut made = variables::make(&parts, &tables, &mut texts)?;
    let table = cells::read(file, &parts, &mut made, &mut texts)?;
    let mut notes = made.notes(file);
    notes.extend(texts.notes(file));
    if table.height() as u64 != parts.cases {
        let message = format!("{file} says that it has {} cases and has {}", parts.cases, table.height());
        notes.push(Diag::warning(codes::ASSUMED, Place::file(file), message));
    }
    Ok(Dataset {
        platform: Platform::Stata,
        evidence: format!("the file starts as a Stata file of format {release} does"),
        variables: made.into_variables(),
        table,
        sets: Vec::new(),
        weight: None,
        notes,
    })
}
