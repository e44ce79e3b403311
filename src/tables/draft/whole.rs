//! Percents that make up a whole: what they sum to in print, and rounding by which they sum to 100.

use crate::findings::Value;
use crate::numbers::{Decimals, Rounding, largest_remainder, percent, sum_of_percents};

use super::Draft;
use crate::tables::table::Cell;

impl Draft<'_> {
    /// Says of shares that exclude each other, and together hold everybody, how their percents are rounded. It comes before
    /// their cells, and gives the mark of a footnote where the printed percents do not sum to 100.
    ///
    /// Shares of which one is withheld, or that leave somebody out, are no whole, and nothing is said of their sum.
    pub(in crate::tables) fn whole(&mut self, ids: &[String], decimals: Decimals) -> Option<usize> {
        let counts = self.counts_of_whole(ids)?;
        let base = counts.iter().sum();
        let alone: Vec<String> =
            counts.iter().filter_map(|count| percent(*count, base, decimals.0)).collect();
        let sum = sum_of_percents(alone.iter().map(String::as_str), decimals.0)?;
        let together = match self.print.rounding {
            Rounding::HalfUp => None,
            Rounding::LargestRemainder => largest_remainder(&counts, decimals.0),
        };
        match together {
            None => Some(self.footnote(&format!("the percents sum to {sum} because of rounding"))),
            Some(together) => {
                let changed =
                    ids.iter().zip(&alone).zip(together).filter(|((_, alone), part)| *alone != part);
                let changed = changed.map(|((id, _), part)| (id.clone(), part));
                self.of_wholes.extend(changed);
                self.note(
                    "Percents of a whole are rounded by the largest remainder, so that they sum to 100.",
                );
                None
            }
        }
    }

    /// The counts of shares that make up a whole.
    fn counts_of_whole(&self, ids: &[String]) -> Option<Vec<u64>> {
        let shares: Option<Vec<(u64, u64)>> = ids
            .iter()
            .map(|id| match self.value(id)? {
                Value::Share { count, of } => Some((*count, *of)),
                _ => None,
            })
            .collect();
        let shares = shares?;
        let (_, base) = *shares.first()?;
        let is_whole = shares.iter().all(|(_, of)| *of == base)
            && shares.iter().map(|(count, _)| count).sum::<u64>() == base;
        is_whole.then(|| shares.into_iter().map(|(count, _)| count).collect())
    }

    /// A cell whose percent is not the one that it would have alone.
    pub(super) fn part_of_whole(&mut self, mut cell: Cell, digits: &str) -> Cell {
        for quote in cell.quotes.iter_mut().filter(|quote| quote.percent.is_some()) {
            quote.percent = Some(digits.to_owned());
        }
        cell.marks.push(self.footnote("alone it would be rounded to another percent"));
        cell
    }
}
