//! Which columns belong to which rows, where a record has rows of several kinds.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::Export;

/// Which columns belong to which rows.
#[derive(Debug, Default)]
pub(super) struct Belonging {
    kind_of_row: Vec<u32>,
    /// For each column the kinds of rows to which its form belongs; `None`: all.
    kinds_of_column: Vec<Option<BTreeSet<u32>>>,
    /// For each row its record and event, by number.
    group_of_row: Vec<usize>,
    groups: usize,
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
        let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut group_of_row = Vec::new();
        if let Some(record) = export.metadata.record {
            for row in 0..table.height() {
                let text = |column: usize| table.cell(row, column).map_or("", str::trim);
                let next = known.len();
                let key = (text(record), kinds.event.map_or("", text));
                group_of_row.push(*known.entry(key).or_insert(next));
            }
        }
        let groups = known.len();
        Self { kind_of_row: kinds.of_row.clone(), kinds_of_column, group_of_row, groups }
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
        // For each record and event: no row yet, the only row, or several rows.
        let mut only: Vec<Option<Option<usize>>> = vec![None; self.groups];
        for (row, group) in self.group_of_row.iter().enumerate().filter(|(row, _)| self.belongs(*row, column))
        {
            only[*group] = Some(if only[*group].is_none() { Some(row) } else { None });
        }
        let beside = |row: usize| only.get(*self.group_of_row.get(row)?).copied().flatten().flatten();
        let height = self.kind_of_row.len();
        Some((0..height).map(|row| if self.belongs(row, column) { Some(row) } else { beside(row) }).collect())
    }
}
