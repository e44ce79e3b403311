//! The responses of an export by what the platform says of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::Export;
use crate::io::Digest;

/// The rows of an export, as far as its own columns tell them apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResponseCounts {
    /// All rows.
    pub rows: u64,
    /// Rows by the platform's own words for the type of response, most frequent first.
    pub by_status: Vec<(String, u64)>,
    /// Rows that were submitted, if the export says of any row whether it was.
    pub finished: Option<u64>,
    /// Rows of which the export does not say whether they were submitted.
    pub finished_unknown: u64,
    /// Rows whose answers are, cell by cell, those of an earlier row.
    pub repeated: u64,
}

/// Counts the responses of an export.
pub(super) fn count(export: &Export) -> ResponseCounts {
    let table = &export.table;
    let mut by_status: BTreeMap<String, u64> = BTreeMap::new();
    if let Some(status) = export.metadata.status {
        for (row, cell) in table.column(status).enumerate() {
            let words = status_words(cell.unwrap_or("blank"), export.is_preview(row));
            *by_status.entry(words).or_default() += 1;
        }
    }
    let mut by_status: Vec<(String, u64)> = by_status.into_iter().collect();
    by_status.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    let submitted: Vec<Option<bool>> = (0..table.height()).map(|row| export.submitted(row)).collect();
    let count = |what| submitted.iter().filter(|submitted| **submitted == what).count() as u64;
    let finished_unknown = count(None);
    let rows = table.height() as u64;
    ResponseCounts {
        rows,
        by_status,
        finished: (finished_unknown < rows).then(|| count(Some(true))),
        finished_unknown,
        repeated: repeated(export),
    }
}

/// Rows whose answers repeat an earlier row's. Rows with fewer than three answers are too alike to say so.
///
/// Each row is kept as a digest: the cells of a wide export may not stand in memory twice.
fn repeated(export: &Export) -> u64 {
    const FEWEST: usize = 3;
    let columns: Vec<usize> =
        export.instrument.questions.iter().flat_map(|question| question.form.columns()).collect();
    let mut seen: BTreeSet<Digest> = BTreeSet::new();
    let mut repeated = 0;
    let mut answers = Vec::new();
    for row in 0..export.table.height() {
        answers.clear();
        let mut given = 0;
        for column in &columns {
            let cell = export.table.cell(row, *column);
            given += usize::from(cell.is_some());
            // The length tells where a cell ends; a blank is no text of any length.
            answers.extend(cell.map_or(u64::MAX, |cell| cell.len() as u64).to_le_bytes());
            answers.extend(cell.unwrap_or_default().as_bytes());
        }
        if given >= FEWEST && !seen.insert(Digest::of(&answers)) {
            repeated += 1;
        }
    }
    repeated
}

/// The words for a Qualtrics status that is written as a number or in another language.
fn status_words(status: &str, is_preview: Option<bool>) -> String {
    match status.trim() {
        "0" | "IP Address" => "ordinary",
        "1" | "Survey Preview" => "preview",
        "2" | "Survey Test" => "test",
        "4" | "Imported" => "imported",
        "8" | "Spam" => "spam",
        "16" | "Offline" => "offline",
        _ if is_preview == Some(true) => "preview",
        other => return other.to_owned(),
    }
    .to_owned()
}
