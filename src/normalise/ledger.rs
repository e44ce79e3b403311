//! The ledger: every row that was left out and every cell that was read as something else than it says.

use crate::diag::FileId;

use super::coding::{ReadAs, Recoded, RecodedFrom};

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerEntry {
    /// The file.
    pub file: FileId,
    /// The line on which the row starts.
    pub line: u32,
    /// The column, if one cell is meant.
    pub column: Option<String>,
    /// The rule.
    pub rule: String,
    /// What was done, in words; never a text that a respondent wrote, never an identifier.
    pub what: String,
}

/// Every row left out and every cell recoded, in the order of files, lines and columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    entries: Vec<LedgerEntry>,
}

impl Ledger {
    /// Adds a line.
    pub fn push(&mut self, entry: LedgerEntry) {
        self.entries.push(entry);
    }

    /// The lines in order; a file that two groups share is listed once.
    pub fn sorted(&self) -> Vec<&LedgerEntry> {
        let mut entries: Vec<&LedgerEntry> = self.entries.iter().collect();
        entries.sort();
        entries.dedup();
        entries
    }
}

impl Extend<LedgerEntry> for Ledger {
    fn extend<T: IntoIterator<Item = LedgerEntry>>(&mut self, entries: T) {
        self.entries.extend(entries);
    }
}

impl LedgerEntry {
    /// The line of the ledger for a cell that was read as something else than it says.
    pub(super) fn recoded(file: &FileId, recoded: Recoded) -> Self {
        let from = match recoded.from {
            RecodedFrom::Text(text) => format!("\"{text}\""),
            RecodedFrom::Withheld => "a text that is not shown".to_owned(),
        };
        let to = match recoded.to {
            ReadAs::Answer(label) => format!("\"{label}\""),
            ReadAs::Missing(reason) => format!("no answer: {}", reason.words()),
        };
        Self {
            file: file.clone(),
            line: recoded.line,
            column: Some(recoded.column),
            rule: recoded.rule.id().to_owned(),
            what: format!("{from} read as {to}"),
        }
    }
}
