//! The keys of people as they stand in a column, so that two of them can be told to be the same.

use std::borrow::Cow;

use crate::ingest::RawTable;

/// The keys of a column.
pub(super) struct Keys<'a> {
    table: &'a RawTable,
    column: usize,
    fold: bool,
}

impl<'a> Keys<'a> {
    pub(super) fn new(table: &'a RawTable, column: usize, fold: bool) -> Self {
        Self { table, column, fold }
    }

    /// The key of a row; none where the cell is blank.
    pub(super) fn of(&self, row: usize) -> Option<Cow<'a, str>> {
        let key = self.table.cell(row, self.column).map(str::trim).filter(|key| !key.is_empty())?;
        Some(if self.fold { Cow::Owned(folded(key)) } else { Cow::Borrowed(key) })
    }
}

/// A key without case and spaces.
pub(super) fn folded(key: &str) -> String {
    key.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn case_and_spaces_alone_are_folded() {
        assert_eq!(folded("Ab 12 c"), "ab12c");
        assert_ne!(folded("ab-12"), folded("ab12"));
    }
}
