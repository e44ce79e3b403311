//! What a finding counted, so that the rows behind it can be found again.

use crate::codebook::Partial;

use super::{Disposition, PairState, Standing};

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
    /// Pairs of a link in one of these states.
    Pairs(Vec<PairState>),
    /// People of one side of a link, by its position, or responses that belong to nobody in it.
    OneSide {
        /// The side.
        side: usize,
        /// What became of them.
        standing: Standing,
    },
    /// Pairs both of whom answered an item.
    PairsAnswered(Facet),
    /// Pairs both of whom answered an item the same.
    PairsAlike(Facet),
    /// Pairs whose second member answered an item higher than the first, lower or the same.
    PairsMoved {
        /// The item.
        facet: Facet,
        /// Which way.
        way: std::cmp::Ordering,
    },
    /// Pairs who answered an item so: the codes of both sides.
    PairsAcross {
        /// The item.
        facet: Facet,
        /// The code of the first side and that of the second.
        codes: [u16; 2],
    },
    /// Pairs of whom an attribute is known on both sides.
    PairsKnown {
        /// The attribute, by its id.
        attribute: String,
    },
    /// Pairs of whom an attribute is the same on both sides.
    PairsMatching {
        /// The attribute, by its id.
        attribute: String,
    },
}

/// What both sides of a link answered: an item, the choice of a multi-select, or the first of a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The question.
    pub question: String,
    /// The item or choice, by its id; empty for a question that is its own item.
    pub item: String,
    /// Whether pairs that share a person with another are left out.
    pub apart: bool,
}
