//! The responses of an export by what the platform says of them.

use std::collections::BTreeMap;

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
        // Few texts repeat in many rows; each is put in words once.
        let mut known: BTreeMap<(Option<&str>, Option<bool>), u64> = BTreeMap::new();
        for (row, cell) in table.column(status).enumerate() {
            *known.entry((cell, export.is_preview(row))).or_default() += 1;
        }
        for ((cell, is_preview), count) in known {
            *by_status.entry(status_words(cell.unwrap_or("blank"), is_preview)).or_default() += count;
        }
    }
    let mut by_status: Vec<(String, u64)> = by_status.into_iter().collect();
    by_status.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    let submitted = export.submissions();
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
/// A row is kept as a sum over the digests of its cells, each text digested once: two rows whose sums are the same are
/// the same but for a chance of one in 2^128.
fn repeated(export: &Export) -> u64 {
    const FEWEST: u32 = 3;
    const FACTOR: u128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645;
    let mut sums = vec![(0_u128, 0_u32); export.table.height()];
    for column in export.instrument.questions.iter().flat_map(|question| question.form.columns()) {
        let distinct = export.table.distinct(column);
        let digests: Vec<u128> =
            distinct.texts().iter().map(|(text, _)| Digest::of(text.as_bytes()).half()).collect();
        for ((sum, given), position) in sums.iter_mut().zip(distinct.rows()) {
            let digest = position.map_or(1, |position| digests[position]);
            *sum = sum.wrapping_mul(FACTOR).wrapping_add(digest);
            *given += u32::from(position.is_some());
        }
    }
    sums.retain(|(_, given)| *given >= FEWEST);
    sums.sort_unstable();
    sums.windows(2).filter(|pair| pair[0].0 == pair[1].0).count() as u64
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
