//! Rankings that an export stores as the item at each rank, turned into the rank of each item.
//!
//! The ranks stand in columns of their own behind those of the file; the columns of the file stay as they were.

use crate::codebook::{Choice, Item, find_choice};

use super::{RawTable, TableBuilder};

/// Columns that are added to a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Added {
    names: Vec<String>,
    columns: Vec<Vec<String>>,
}

/// What stands in the cell of an item whose rank cannot be said.
const UNREADABLE: &str = "?";

impl Added {
    /// Adds a column for each item, with the ranks that `cells` gives: for each row the items from the first rank on,
    /// blank where a rank has none.
    ///
    /// An item that cannot be found makes the ranks of all that are not found unreadable, and so does one with two ranks
    /// for itself: both are then reported where the ranking is read.
    pub(super) fn ranking<'t>(
        &mut self,
        table: &'t RawTable,
        name: &str,
        items: &[Choice],
        codes_first: bool,
        cells: impl Fn(usize) -> Vec<&'t str>,
    ) -> Vec<Item> {
        let first = table.names().len() + self.columns.len();
        let mut columns = vec![vec![String::new(); table.height()]; items.len()];
        for row in 0..table.height() {
            let mut lost = false;
            for (rank, text) in cells(row).into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let Some(found) = find_choice(items, text, codes_first) else {
                    lost = true;
                    continue;
                };
                let cell = &mut columns[found.position()][row];
                *cell = if cell.is_empty() { (rank + 1).to_string() } else { UNREADABLE.to_owned() };
            }
            if lost {
                for column in columns.iter_mut().filter(|column| column[row].is_empty()) {
                    UNREADABLE.clone_into(&mut column[row]);
                }
            }
        }
        self.columns.extend(columns);
        let mut ranked = Vec::new();
        for (position, item) in items.iter().enumerate() {
            let id = format!("{name}[{}]", item.code);
            self.names.push(id.clone());
            ranked.push(Item { id, label: item.label.clone(), column: first + position });
        }
        ranked
    }

    /// The table with the added columns behind its own.
    pub(super) fn into_table(self, table: RawTable) -> RawTable {
        if self.columns.is_empty() {
            return table;
        }
        let width = table.names().len();
        let names = table.names().iter().cloned().chain(self.names).collect();
        let mut builder = TableBuilder::new(table.file(), names);
        for row in 0..table.height() {
            let own = (0..width).map(|column| table.cell(row, column));
            let added = self.columns.iter().map(|column| Some(column[row].as_str()));
            builder.push(table.line(row), own.chain(added));
        }
        builder.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    fn ranks(cells: &[&[&'static str]]) -> Vec<Vec<String>> {
        let mut builder = TableBuilder::new(&FileId::new("a.csv"), vec!["x".into()]);
        for line in 0..cells.len() {
            builder.push(u32::try_from(line).unwrap() + 2, [Some("y")]);
        }
        let table = builder.finish();
        let items = ["a", "b", "c"].map(Choice::labelled);
        let mut added = Added::default();
        let ranked = added.ranking(&table, "q", &items, true, |row| cells[row].to_vec());
        assert_eq!(
            ranked.iter().map(|item| (item.id.as_str(), item.column)).collect::<Vec<_>>(),
            [("q[a]", 1), ("q[b]", 2), ("q[c]", 3)]
        );
        let table = added.into_table(table);
        let cell = |row, column| table.cell(row, column).unwrap_or_default().to_owned();
        (0..table.height()).map(|row| (1..4).map(|column| cell(row, column)).collect()).collect()
    }

    #[test]
    fn l_04_places_become_ranks_and_a_short_ranking_stays_short() {
        assert_eq!(ranks(&[&["c", "a", "b"], &["b", "", ""]]), [["2", "3", "1"], ["", "1", ""]]);
        // A place that was left out keeps its number.
        assert_eq!(ranks(&[&["", "a", ""]]), [["2", "", ""]]);
    }

    #[test]
    fn an_unknown_item_or_one_on_two_places_is_not_repaired() {
        assert_eq!(ranks(&[&["z", "a", ""], &["a", "a", "b"]]), [["2", "?", "?"], ["?", "3", ""]]);
    }
}
