//! Whether an export writes numbers with a decimal comma.

use crate::diag::{Diag, Place, codes};
use crate::ingest::header::letters;

use super::columns::{Columns, Sheet};
use super::import_id::Part;

/// How the numbers of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// Some with a decimal comma, and none with a point.
    Comma,
    /// With a comma, but always before three digits, as thousands are.
    Thousands,
    /// Some with a point.
    Point,
    /// Whole numbers, or something else than numbers.
    Neither,
}

/// Whether numbers have a decimal comma, with a note of the column that shows it.
///
/// One setting of the export decides it for all numbers. Places and scores are written by the exporter itself, so they
/// show it best; then sliders and sums. What people type shows nothing.
pub(super) fn are_commas(sheet: &Sheet<'_>, columns: &Columns, mark: Option<&str>) -> Option<Diag> {
    let about = &columns.metadata;
    let by_machine = about.rest.iter().chain(&about.duration).copied().filter(|column| {
        let name = letters(sheet.name(*column));
        ["locationlatitude", "locationlongitude"].contains(&name.as_str())
            || name.ends_with("score")
            || about.duration == Some(*column)
    });
    let answers = columns
        .groups
        .iter()
        .flat_map(|group| &group.members)
        .filter(|member| matches!(&member.part, Part::Answer(ids) if ids.len() == 1))
        .map(|member| member.column);
    for columns in [by_machine.collect::<Vec<usize>>(), answers.collect()] {
        let written: Vec<Written> = columns.iter().map(|column| written(sheet, *column, mark)).collect();
        if written.contains(&Written::Point) {
            return None;
        }
        if let Some(at) = written.iter().position(|written| *written == Written::Comma) {
            let name = sheet.name(columns[at]);
            let message = format!("numbers are written with a decimal comma, as {name} shows");
            return Some(Diag::note(codes::ASSUMED, Place::column(sheet.table.file(), name), message));
        }
    }
    None
}

fn written(sheet: &Sheet<'_>, column: usize, mark: Option<&str>) -> Written {
    let (mut written, mut other_than_thousands) = (Written::Neither, false);
    let texts = sheet.tally(column).map(|(cell, _)| cell.trim());
    for cell in texts.filter(|cell| Some(*cell) != mark) {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = cell.strip_prefix('-').unwrap_or(cell);
        match number.split_once([',', '.']) {
            None if digits(number) => {}
            Some((whole, part)) if digits(whole) && digits(part) => {
                let comma = number.contains(',');
                let now = if comma { Written::Thousands } else { Written::Point };
                if written != Written::Neither && written != now {
                    return Written::Neither;
                }
                written = now;
                other_than_thousands |= comma && (part.len() != 3 || whole == "0");
            }
            _ => return Written::Neither,
        }
    }
    if written == Written::Thousands && other_than_thousands { Written::Comma } else { written }
}
