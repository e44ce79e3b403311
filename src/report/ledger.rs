//! What was left out and what was read as something else: by rule, and row by row where readers may know.

use std::collections::BTreeMap;

use crate::normalise::{Ledger, LedgerEntry};

use super::grid::{Column, folded, grid};
use super::page::escape;

/// How many lines of the ledger stand in the report; the file holds all of them.
const SHOWN: usize = 500;

/// The ledger by rule, and its first lines.
pub(super) fn ledger(ledger: &Ledger) -> String {
    let entries = ledger.sorted();
    if entries.is_empty() {
        return "<p>No row was left out, and every cell was read as it stands.</p>\n".to_owned();
    }
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for entry in &entries {
        *counts.entry((&entry.rule, entry.file.short())).or_default() += 1;
    }
    let columns = [("Rule", Column::Words), ("File", Column::Words), ("Rows or cells", Column::Number)];
    let rows =
        counts.into_iter().map(|((rule, file), count)| vec![escape(rule), escape(file), count.to_string()]);
    let mut text = "<p>Rows that a rule left out or only counted, and cells that were read as something else than they say. \
         <code>ledger.csv</code> names each of them by its line.</p>\n"
        .to_owned();
    text.push_str(&grid("Rows and cells by rule", &columns, rows));
    let rest = entries.len().saturating_sub(SHOWN);
    let title = if rest == 0 {
        format!("Line by line ({})", entries.len())
    } else {
        format!("Line by line (the first {SHOWN} of {}; all are in ledger.csv)", entries.len())
    };
    text.push_str(&folded(&title, &lines(&entries[..entries.len() - rest])));
    text
}

fn lines(entries: &[&LedgerEntry]) -> String {
    let columns = [
        ("File", Column::Words),
        ("Line", Column::Number),
        ("Column", Column::Words),
        ("Rule", Column::Words),
        ("What was done", Column::Words),
    ];
    let rows = entries.iter().map(|entry| {
        vec![
            escape(entry.file.short()),
            entry.line.to_string(),
            escape(entry.column.as_deref().unwrap_or("")),
            escape(&entry.rule),
            escape(&entry.what),
        ]
    });
    grid("The ledger", &columns, rows)
}
