//! Why there is no answer.

use super::fold;

/// Why there is no answer. A blank cell is never an answer and never a zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Missing {
    /// By the question's own condition this person was not asked.
    NotAsked,
    /// The person left before the question.
    NotReached,
    /// The question was seen and not answered.
    Skipped,
    /// "Not applicable", chosen by the respondent.
    NotApplicable,
    /// "Don't know", chosen by the respondent.
    DontKnow,
    /// "Prefer not to say", chosen by the respondent.
    Refused,
    /// There is something in the cell that cannot be read as an answer.
    Unreadable,
    /// The cell is blank and the file cannot say why.
    Blank,
    /// There is a number, and it lies outside the range that the study declares as possible.
    OutOfRange,
    /// There are numbers, and they do not add up to the sum that the study declares.
    OffSum,
    /// Too few items were answered for a score, by the study's own rule.
    TooFewItems,
    /// There is a text, and nobody gave it a code.
    NotCoded,
    /// There is a ranking, and it leaves the item out, or any item where only complete rankings count.
    NotRanked,
}

impl Missing {
    /// Every reason, in the order in which they are reported.
    pub const ALL: [Self; 13] = [
        Self::NotAsked,
        Self::NotReached,
        Self::Skipped,
        Self::NotApplicable,
        Self::DontKnow,
        Self::Refused,
        Self::Unreadable,
        Self::Blank,
        Self::OutOfRange,
        Self::OffSum,
        Self::TooFewItems,
        Self::NotCoded,
        Self::NotRanked,
    ];

    /// The reasons that an export alone can give; the others are a study's.
    pub const OF_CELLS: [Self; 8] = {
        let [a, b, c, d, e, f, g, h, ..] = Self::ALL;
        [a, b, c, d, e, f, g, h]
    };

    /// The reason that the label of a code for missing values gives; one that gives none leaves it unknown.
    pub fn said_by(label: &str) -> Self {
        let label = fold(label);
        let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
        if says(&["not applicable", "n/a", "does not apply"]) {
            Self::NotApplicable
        } else if says(&["don't know", "do not know", "unknown", "not known"]) {
            Self::DontKnow
        } else if says(&["refus", "prefer not", "decline"]) {
            Self::Refused
        } else if says(&["not asked"]) {
            Self::NotAsked
        } else {
            Self::Blank
        }
    }

    /// The stable name, as written in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::NotAsked => "not-asked",
            Self::NotReached => "not-reached",
            Self::Skipped => "skipped",
            Self::NotApplicable => "not-applicable",
            Self::DontKnow => "dont-know",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::Blank => "blank",
            Self::OutOfRange => "out-of-range",
            Self::OffSum => "off-sum",
            Self::TooFewItems => "too-few-items",
            Self::NotCoded => "not-coded",
            Self::NotRanked => "not-ranked",
        }
    }

    /// In words, for tables and notes.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotAsked => "not asked",
            Self::NotReached => "not reached",
            Self::Skipped => "skipped",
            Self::NotApplicable => "not applicable",
            Self::DontKnow => "don't know",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::Blank => "blank, reason unknown",
            Self::OutOfRange => "out of range",
            Self::OffSum => "does not add up",
            Self::TooFewItems => "too few items answered",
            Self::NotCoded => "not coded",
            Self::NotRanked => "not ranked",
        }
    }
}
