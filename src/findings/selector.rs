//! What a finding counted, so that the rows behind it can be found again.

use super::Disposition;

/// Which people a finding counts. `analyse` counts by it and `trace` lists the rows by it, so the two cannot disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Everybody analysed.
    Included,
    /// Rows that a rule left out.
    LeftOut {
        /// The rule, by its name in the study file.
        rule: String,
    },
    /// People of the roster with one of these dispositions.
    With(Vec<Disposition>),
    /// People of the roster with one of these dispositions who are at one level of an attribute.
    WithLevel {
        /// The dispositions.
        dispositions: Vec<Disposition>,
        /// The attribute.
        attribute: String,
        /// The position of the level.
        level: u16,
    },
    /// Rows that were started, those included that a rule left out for having stopped.
    Started,
    /// Of these, rows that were submitted.
    Submitted,
    /// Those whose answer is among these, of the rows that came in early or late.
    InTime {
        /// Which rows: until this moment, or after it.
        late: bool,
        /// The moment, as a number of its digits.
        split: u64,
        /// Which of them.
        which: Box<Selector>,
    },
    /// Those who answered an item of a question.
    Answered {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
    },
    /// Those whose answer to an item is one of these codes: scale points from 0, or choices from 0.
    Coded {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
        /// The codes.
        codes: Vec<u16>,
    },
    /// Those whose answer to an item is missing for this reason.
    MissingBecause {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
        /// The reason.
        reason: crate::codebook::Missing,
    },
    /// Those who ticked a choice.
    Ticked {
        /// The question.
        question: String,
        /// The position of the choice.
        choice: usize,
    },
    /// Those whose ranking can be used and leaves an item unranked.
    Unranked {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
    },
    /// Those who gave an item this rank.
    Ranked {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
        /// The rank, from 1; `None` for any rank.
        rank: Option<u16>,
    },
}
