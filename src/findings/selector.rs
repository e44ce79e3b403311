//! What a finding counted, so that the rows behind it can be found again.

use super::Disposition;

/// Which people a finding counts. `analyse` counts by it and `trace` lists the rows by it, so the two cannot disagree.
#[derive(Debug, Clone, PartialEq)]
pub enum Selector {
    /// Everybody analysed.
    Included,
    /// Rows that a rule left out.
    LeftOut {
        /// The rule, by its name in the study file.
        rule: String,
    },
    /// Those analysed whom a screen would leave out.
    Screened {
        /// The rule, by its id in the study file.
        rule: String,
    },
    /// People of the roster with one of these dispositions.
    With(Vec<Disposition>),
    /// Those who answered an item of a question.
    Answered {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
    },
    /// Those who answered every one of these items of a question.
    AnsweredAll {
        /// The question.
        question: String,
        /// The positions of the items.
        items: Vec<usize>,
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
    /// Those whose number for an item lies between two, both included.
    Numbered {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
        /// The lower limit.
        low: f64,
        /// The upper limit.
        high: f64,
    },
    /// Those whose number for an item lies below or above what is possible.
    OutOfRange {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
        /// The smallest number that is possible.
        low: f64,
        /// The largest number that is possible.
        high: f64,
    },
    /// Those whose numbers for the items of a question add up to one between two, both included.
    AddingUp {
        /// The question.
        question: String,
        /// The lower limit.
        low: f64,
        /// The upper limit.
        high: f64,
    },
    /// Those who wrote a text beside the choices of a question.
    WroteBeside {
        /// The question.
        question: String,
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
