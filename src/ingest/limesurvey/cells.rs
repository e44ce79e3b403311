//! The cells of an export as they were before it was written: escapes undone, guards taken off.

use std::borrow::Cow;

use crate::diag::{Diag, Place, codes};
use crate::ingest::{Grid, RawTable, TableBuilder};

/// What stands in a cell of a question that was not shown, in a file made to be read in again.
pub(super) const NOT_SHOWN: &str = "{question_not_shown}";
/// The same in an export of full answers.
pub(super) const NOT_APPLICABLE: &str = "N/A";

/// The rows below the headers with these names, and how many guards were taken off.
pub(super) fn table(
    grid: &Grid,
    header_rows: usize,
    names: Vec<String>,
    verbatim: bool,
) -> (RawTable, usize) {
    let mut builder = TableBuilder::new(grid.file(), names);
    let mut guarded = 0;
    for record in grid.records().skip(header_rows) {
        let cells: Vec<Cow<'_, str>> = record
            .cells()
            .map(|cell| {
                let bare = unguarded(cell);
                guarded += usize::from(bare.len() < cell.len());
                if verbatim { unescaped(bare) } else { Cow::Borrowed(bare) }
            })
            .collect();
        builder.push(record.line(), cells.iter().map(|cell| Some(cell.as_ref())));
    }
    (builder.finish(), guarded)
}

/// Takes off the apostrophe that keeps a spreadsheet from computing what somebody wrote.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(bare) if bare.starts_with(['=', '+', '-', '@']) => bare,
        _ => cell,
    }
}

/// Undoes the escapes of a file made to be read in again.
fn unescaped(cell: &str) -> Cow<'_, str> {
    const ESCAPES: [(&str, &str); 5] =
        [("{newline}", "\n"), ("{cr}", "\r"), ("{tab}", "\t"), ("{quote}", "\""), ("{lbrace}", "{")];
    if cell == NOT_SHOWN || !cell.contains('{') {
        return Cow::Borrowed(cell);
    }
    let mut text = cell.to_owned();
    for (escape, character) in ESCAPES {
        text = text.replace(escape, character);
    }
    Cow::Owned(text)
}

/// What to say about guards that were taken off.
pub(super) fn guards(table: &RawTable, guarded: usize) -> Option<Diag> {
    let message = format!(
        "{guarded} cells begin with an apostrophe before =, +, - or @, a guard of the export, which is taken off"
    );
    (guarded > 0).then(|| Diag::note(codes::ASSUMED, Place::file(table.file()), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_07_only_a_guard_is_taken_off() {
        for (cell, bare) in [("'=1+1", "=1+1"), ("'-5", "-5"), ("'tis", "'tis"), ("=1", "="), ("'", "'")] {
            let expected = if cell == "=1" { "=1" } else { bare };
            assert_eq!(unguarded(cell), expected);
        }
    }

    #[test]
    fn escapes_are_undone_and_the_mark_stays() {
        assert_eq!(unescaped("a{newline}b{tab}{quote}c{quote} {lbrace}cr}"), "a\nb\t\"c\" {cr}");
        assert_eq!(unescaped(NOT_SHOWN), NOT_SHOWN);
    }
}
