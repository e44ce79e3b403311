//! The ledger: every row that was left out and every cell that was read as something else than it says.

use crate::diag::FileId;

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
