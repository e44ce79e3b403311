//! Which columns belong to which rows, where a record has rows of several kinds.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::Export;

/// Which columns belong to which rows.
#[derive(Debug, Default)]
pub(super) struct Belonging {
    kind_of_row: Vec<u32>,
    /// For each column the kinds of rows to which its form belongs; `None`: all.
    kinds_of_column: Vec<Option<BTreeSet<u32>>>,
    /// For each row its record and its event, by number.
    of_row: Vec<(usize, usize)>,
    /// The number of each event.
    events: BTreeMap<String, usize>,
}

impl Belonging {
    pub(super) fn of(export: &Export) -> Self {
        let Some(kinds) = &export.metadata.row_kinds else { return Self::default() };
        let table = &export.table;
        let mut kinds_of_column = vec![None; table.names().len()];
        for form in &export.metadata.forms {
            for column in form.fields.iter().chain(&form.boxes).chain(&form.derived) {
                if let Some(of_column) = kinds_of_column.get_mut(*column) {
                    of_column.clone_from(&form.rows);
                }
            }
        }
        let mut records: BTreeMap<&str, usize> = BTreeMap::new();
        let mut events: BTreeMap<String, usize> = BTreeMap::new();
        let mut of_row = Vec::new();
        if let Some(record) = export.metadata.record {
            for row in 0..table.height() {
                let text = |column: usize| table.cell(row, column).map_or("", str::trim);
                let next = records.len();
                let record = *records.entry(text(record)).or_insert(next);
                let event = kinds.event.map_or("", text);
                let next = events.len();
                let event = match events.get(event) {
                    Some(known) => *known,
                    None => *events.entry(event.to_owned()).or_insert(next),
                };
                of_row.push((record, event));
            }
        }
        Self { kind_of_row: kinds.of_row.clone(), kinds_of_column, of_row, events }
    }

    /// Whether a column belongs to a row.
    pub(super) fn belongs(&self, row: usize, column: usize) -> bool {
        let of_column = self.kinds_of_column.get(column).and_then(Option::as_ref);
        match (of_column, self.kind_of_row.get(row)) {
            (Some(kinds), Some(kind)) => kinds.contains(kind),
            _ => true,
        }
    }

    /// For each row the row on which a column stands: the row itself if the column belongs to it, else the only row of
    /// the same record and event to which it belongs. `None` if it belongs to every row.
    pub(super) fn stands_on(&self, column: usize) -> Option<Vec<Option<usize>>> {
        self.kinds_of_column.get(column)?.as_ref()?;
        let only = self.only_rows(column);
        let beside = |row: usize| only.get(self.of_row.get(row)?).copied().flatten();
        let at = |row: usize| if self.belongs(row, column) { Some(row) } else { beside(row) };
        Some((0..self.kind_of_row.len()).map(at).collect())
    }

    /// For each row the only row of the same record in another event to which a column belongs.
    pub(super) fn stands_on_event(&self, event: &str, column: usize, height: usize) -> Vec<Option<usize>> {
        let Some(event) = self.events.get(event) else { return vec![None; height] };
        let only = self.only_rows(column);
        let at = |row: usize| only.get(&(self.of_row.get(row)?.0, *event)).copied().flatten();
        (0..height).map(at).collect()
    }

    /// For each record and event the row to which a column belongs: `None` if there are several.
    fn only_rows(&self, column: usize) -> BTreeMap<(usize, usize), Option<usize>> {
        let mut only = BTreeMap::new();
        for (row, of) in self.of_row.iter().enumerate().filter(|(row, _)| self.belongs(*row, column)) {
            only.entry(*of).and_modify(|row| *row = None).or_insert(Some(row));
        }
        only
    }
}
