//! What stands in the cells of one column.

use std::collections::BTreeMap;

use crate::codebook::fold;
use crate::ingest::RawTable;
use crate::ingest::infer::number;

/// More distinct texts than this are no list of choices.
pub(in crate::ingest) const MOST_CHOICES: usize = 20;
/// A text longer than this, in bytes, is no choice.
pub(in crate::ingest) const LONGEST_CHOICE: usize = 160;

/// The distinct texts of a column with how often each stands there; blank cells are left out.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Tally<'t> {
    pub(in crate::ingest) texts: BTreeMap<&'t str, usize>,
    pub(in crate::ingest) answers: usize,
}

impl<'t> Tally<'t> {
    pub(in crate::ingest) fn of(table: &'t RawTable, column: usize) -> Self {
        let mut tally = Self::default();
        for (cell, count) in table.tally(column) {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            let cell = cell.trim();
            if !cell.is_empty() {
                *tally.texts.entry(cell).or_default() += count;
                tally.answers += count;
            }
        }
        tally
    }

    pub(in crate::ingest) fn is_blank(&self) -> bool {
        self.answers == 0
    }

    /// The only text of the column, if there is one.
    pub(in crate::ingest) fn only(&self) -> Option<&'t str> {
        let mut texts = self.texts.keys();
        texts.next().filter(|_| texts.next().is_none()).copied()
    }

    /// Whether nothing stands in the column but a text itself, which is how a box says that it is ticked.
    pub(in crate::ingest) fn says_only(&self, label: &str) -> bool {
        !self.is_blank() && self.texts.keys().all(|text| is_same(text, label))
    }

    /// Whether every text is a number or says that the question does not apply.
    pub(in crate::ingest) fn is_numeric(&self) -> bool {
        let said = || self.texts.keys().filter(|text| !is_not_applicable(text));
        said().next().is_some() && said().all(|text| number(text))
    }
}

/// Whether two texts are one label, whatever mark ends them: titles and choices are edited apart from each other.
pub(in crate::ingest) fn is_same(one: &str, other: &str) -> bool {
    let bare = |text: &str| fold(text).trim_end_matches(['.', ':', ';', ',', ' ']).to_owned();
    let (one, other) = (bare(one), bare(other));
    !one.is_empty() && one == other
}

/// Whether a text is the platforms' own word for a row of a grid that does not apply.
pub(in crate::ingest) fn is_not_applicable(text: &str) -> bool {
    matches!(fold(text).as_str(), "n/a" | "not applicable")
}
