//! The cells of a study and the sums between them.

use std::collections::BTreeMap;

use crate::codebook::Missing;
use crate::findings::Disposition;
use crate::stats::disclosure::linked::{LinkedCell, LinkedSum, Standing};

/// Whose count it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// A group or a part of one.
    Group(String),
    /// Those of an export who belong to the same groups: no group cuts through them.
    Atom {
        /// Which division of which export.
        division: usize,
        /// Which of its atoms.
        atom: usize,
    },
    /// Those of a group who are not in another that lies within it.
    Rest {
        /// The group.
        of: String,
        /// The group within.
        without: String,
    },
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// People analysed.
    Included,
    /// People who answered.
    Answered,
    /// People without an answer, for a reason.
    Missing(Missing),
    /// People without an answer, for any reason that nobody has and so none lists.
    Unlisted,
    /// People who gave one of these answers.
    Levels(Vec<u16>),
    /// People who ticked a choice.
    Ticked(usize),
    /// Ticks over all choices.
    Mentions,
    /// Ticks beyond the first of each person.
    FurtherMentions,
    /// People who gave an item a rank.
    Ranked(u16),
    /// People who gave an item no rank.
    Unranked,
    /// People who gave a rank to no item.
    NothingAt(u16),
    /// People invited.
    Invited,
    /// People invited, by what became of them.
    Responded(Vec<Disposition>),
    /// Rows received.
    Received,
    /// Rows that a rule left out.
    Excluded(String),
    /// Rows analysed that a screen would leave out.
    Screened(String),
    /// Those of the base who are not counted by this.
    Not(Box<What>),
}

/// A cell: whose count, of which item, of what. Counts of people have no question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) scope: Scope,
    pub(super) question: Option<String>,
    pub(super) item: usize,
    pub(super) what: What,
}

impl Key {
    /// A count of a group's people.
    pub(super) fn people(scope: &Scope, what: What) -> Self {
        Self { scope: scope.clone(), question: None, item: 0, what }
    }

    /// A count about an item.
    pub(super) fn item(scope: &Scope, question: &str, item: usize, what: What) -> Self {
        Self { scope: scope.clone(), question: Some(question.to_owned()), item, what }
    }
}

/// Cells and sums.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) cells: Vec<LinkedCell>,
    pub(super) sums: Vec<LinkedSum>,
    pub(super) keys: BTreeMap<Key, usize>,
}

impl Model {
    /// The position of a cell, which is added if it is new.
    pub(super) fn cell(&mut self, key: Key, count: u64, standing: Standing, width: u64) -> usize {
        let next = self.cells.len();
        let position = *self.keys.entry(key).or_insert(next);
        if position == next {
            self.cells.push(LinkedCell { count, standing, width });
        }
        position
    }

    /// Adds a sum. A cell that is there already keeps the count that it has.
    pub(super) fn sum(&mut self, whole: usize, parts: Vec<usize>) {
        self.sums.push(LinkedSum { whole, parts });
    }

    /// The position of a cell, if there is one. A reason that nobody has stands among those that none lists.
    pub(super) fn find(&self, key: &Key) -> Option<usize> {
        let unlisted = || match key.what {
            What::Missing(_) => self.keys.get(&Key { what: What::Unlisted, ..key.clone() }),
            _ => None,
        };
        self.keys.get(key).or_else(unlisted).copied()
    }
}
