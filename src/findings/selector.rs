//! What a finding counted, so that the rows behind it can be found again.

use crate::codebook::Partial;

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
    /// Those whom every one of these picks.
    All(Vec<Selector>),
    /// Those who ticked any of some choices.
    TickedAny {
        /// The question.
        question: String,
        /// The positions of the choices.
        choices: Vec<usize>,
    },
    /// Those who ticked every one of some choices, whatever else they ticked.
    TickedEvery {
        /// The question.
        question: String,
        /// The positions of the choices.
        choices: Vec<usize>,
    },
    /// Those who ticked these choices and no other.
    TickedExactly {
        /// The question.
        question: String,
        /// The positions of the choices.
        choices: Vec<usize>,
    },
    /// Those who ticked so many choices.
    TickedSoMany {
        /// The question.
        question: String,
        /// How many.
        count: u16,
    },
    /// Those who ticked a choice that excludes the others beside others.
    Contradicted {
        /// The question.
        question: String,
    },
    /// Those who answered and wrote a text beside the choices.
    WroteBeside {
        /// The question.
        question: String,
    },
    /// Those who gave an item one of the first ranks.
    RankedUpTo {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
        /// The last of these ranks.
        rank: u16,
    },
    /// Those whose ranking can be used and gives every item a rank.
    RankedEvery {
        /// The question.
        question: String,
    },
    /// Those whose ranking puts an item above another.
    Prefers {
        /// The question.
        question: String,
        /// The position of the item.
        item: usize,
        /// The position of the other.
        over: usize,
        /// Which rankings count, and what an item without a rank means.
        partial: Partial,
    },
    /// Those whose ranking puts two items level.
    Level {
        /// The question.
        question: String,
        /// The positions of the items.
        items: [usize; 2],
        /// Which rankings count, and what an item without a rank means.
        partial: Partial,
    },
    /// People of several groups: of each, by its id, those whom its selector picks.
    Sides(Vec<(String, Selector)>),
}
