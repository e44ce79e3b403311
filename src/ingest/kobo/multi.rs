//! Several choices in one cell beside a column for each choice: whether the two say the same.

use std::collections::BTreeMap;

use crate::codebook::Choice;
use crate::diag::{Diag, Place, codes};
use crate::ingest::RawTable;

/// How far the joined cells and the columns of the choices agree.
#[derive(Debug, Default)]
pub(super) struct Agreement {
    compared: usize,
    /// For each question on which they differ: its id, the number of rows, and the first of them.
    differ: Vec<(String, usize, usize)>,
}

impl Agreement {
    /// Compares the cells of a column of codes joined by blanks with the columns of its choices.
    ///
    /// A blank column of a choice says nothing, as of a choice that an older version of the form did not have.
    pub(super) fn compare(
        &mut self,
        table: &RawTable,
        id: &str,
        joined: usize,
        ticks: &BTreeMap<usize, usize>,
        choices: &[Choice],
    ) {
        if ticks.is_empty() {
            return;
        }
        self.compared += 1;
        let differs = |row: &usize| {
            let cell = table.cell(*row, joined).unwrap_or_default();
            let has = |choice: &Choice| cell.split_whitespace().any(|code| code == choice.code);
            ticks.iter().any(|(choice, column)| {
                let told = table.cell(*row, *column).and_then(ticked);
                choices.get(*choice).zip(told).is_some_and(|(choice, told)| has(choice) != told)
            })
        };
        let mut rows = (0..table.height()).filter(differs);
        if let Some(first) = rows.next() {
            self.differ.push((id.to_owned(), 1 + rows.count(), first));
        }
    }

    /// What to say about it.
    pub(super) fn notes(&self, table: &RawTable) -> Vec<Diag> {
        let mut notes = Vec::new();
        if self.compared > 0 {
            let message = format!(
                "multi-selects that stand twice, joined in one column and with a column for each choice ({}): the joined cells are read; the others say the same in {}",
                self.compared,
                self.compared - self.differ.len()
            );
            notes.push(Diag::note(codes::ASSUMED, Place::file(table.file()), message));
        }
        for (id, rows, first) in &self.differ {
            let message = format!(
                "the cells of \"{id}\" and the columns of its choices say different things, in this row first ({rows} in all); the joined cells are read"
            );
            let place = Place::row(table.file(), table.line(*first));
            let help = "one of the two was changed after the export; export again, or correct it";
            notes.push(Diag::warning(codes::SAID_TWICE, place, message).help(help));
        }
        notes
    }
}

/// Whether a cell of a choice's column says that it was made; `None` for a blank or anything else.
pub(super) fn ticked(cell: &str) -> Option<bool> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "1" | "1.0" | "true" => Some(true),
        "0" | "0.0" | "false" => Some(false),
        _ => None,
    }
}

/// What to say about labels that are joined by what they hold themselves.
pub(super) fn joined_by_blanks(table: &RawTable, column: usize) -> Diag {
    let message = "the labels in these cells are joined by blanks and hold blanks themselves; a cell that can be read in two ways counts as unreadable";
    Diag::warning(codes::ASSUMED, Place::column(table.file(), &table.names()[column]), message)
        .help("export XML values, or with a column for each choice")
}
