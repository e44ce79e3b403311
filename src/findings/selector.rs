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
