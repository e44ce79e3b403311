//! Columns for the rows of a grid: numbers, ranks, or boxes for each of its columns.

use std::collections::BTreeMap;

use crate::codebook::{Form, Item, fold};
use crate::ingest::infer::WholeNumbers;

use super::form::{Maker, Seen, Told, choice, shared};
use super::{Part, Ranks, ranks};

impl Maker<'_, '_> {
    /// Columns of numbers: ranks if that is certain, else numbers.
    pub(super) fn numbers(&self, parts: &[&Part], items: &[Item]) -> Told {
        let columns: Vec<usize> = parts.iter().map(|part| part.column).collect();
        let id = &self.block.id;
        let help = "declare it in the study file: kind = \"ranking\", or kind = \"number\"";
        let looked =
            if parts.len() > 1 { ranks::look(self.reader.table, &columns, whole) } else { Ranks::No };
        let as_numbers = |note| {
            if self.reader.numbers == WholeNumbers::Codes
                && let Some(choices) = shared(self.seen)
            {
                return Some((Form::Battery { items: items.to_vec(), choices }, note));
            }
            Some((Form::Numbers { items: items.to_vec() }, note))
        };
        match looked {
            Ranks::Certain => {
                let note = self.assumed("a ranking, because each row holds different ranks from 1");
                Some((Form::Ranking { items: items.to_vec() }, note))
            }
            Ranks::Possible => {
                let message = format!(
                    "\"{id}\" may be a ranking or a matrix of numbers: no row repeats a number, but there are few; it is read as numbers"
                );
                as_numbers(self.reader.doubt(self.block, message, help))
            }
            Ranks::Marred { repeating, rows } => {
                let message = format!(
                    "\"{id}\" looks like a ranking, but in {repeating} of {rows} rows two items have one rank; it is read as numbers"
                );
                as_numbers(self.reader.doubt(self.block, message, help))
            }
            Ranks::No => as_numbers(self.assumed("numbers")),
        }
    }

    /// A grid in which any number of columns can be ticked: labels `Row - Column`, cells the column's own.
    pub(super) fn grid_of_boxes(&self, rows: &[Seen<'_, '_>]) -> Told {
        let mut ticked: Vec<String> = Vec::new();
        for seen in rows.iter().filter(|seen| !seen.tally.is_blank()) {
            let text = seen.tally.only()?;
            row_of(&seen.part.label, text)?;
            if !ticked.iter().any(|known| fold(known) == fold(text)) {
                ticked.push(text.to_owned());
            }
        }
        let mut grid: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let (mut labels, mut choices): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for seen in rows {
            let label = &seen.part.label;
            let by_known = ticked.iter().filter_map(|text| Some((row_of(label, text)?, text.clone())));
            // Of a column that nobody ticked the last separator tells.
            let by_mark = || {
                let (row, column) = label.rsplit_once(" - ")?;
                Some((row.to_owned(), column.to_owned()))
            };
            let (row, choice) = by_known.max_by_key(|(_, text)| text.len()).or_else(by_mark)?;
            let at = |known: &mut Vec<String>, text: String| {
                known.iter().position(|known| fold(known) == fold(&text)).unwrap_or_else(|| {
                    known.push(text);
                    known.len() - 1
                })
            };
            let place = (at(&mut labels, row), at(&mut choices, choice));
            if grid.insert(place, seen.part.column).is_some() {
                return None;
            }
        }
        let columns: Option<Vec<Vec<usize>>> = (0..labels.len())
            .map(|row| (0..choices.len()).map(|choice| grid.get(&(row, choice)).copied()).collect())
            .collect();
        let columns = columns.filter(|_| labels.len() > 1 && choices.len() > 1)?;
        let items = labels
            .iter()
            .zip(&columns)
            .map(|(label, columns)| Item {
                id: super::join(&self.block.id, label),
                label: label.clone(),
                column: columns[0],
            })
            .collect();
        let choices = choices.iter().map(|label| choice(label)).collect();
        let form = Form::MultiBattery { items, columns, choices };
        let note =
            self.assumed("a grid of boxes, because each column holds nothing but the end of its label");
        Some((form, note))
    }
}

/// The row of a label `Row - Column`, if it ends in the column's text.
fn row_of(label: &str, text: &str) -> Option<String> {
    let separated = format!(" - {}", text.trim());
    let row = label.strip_suffix(&separated).map(str::to_owned).or_else(|| {
        let (row, column) = label.rsplit_once(" - ")?;
        (fold(column) == fold(text)).then(|| row.to_owned())
    })?;
    Some(row.trim().to_owned()).filter(|row| !row.is_empty())
}

/// A whole number that is not negative; programs that read blanks as numbers write `3.0`.
fn whole(cell: &str) -> Option<usize> {
    cell.strip_suffix(".0").unwrap_or(cell).parse().ok()
}
