//! Entries of the ledger: one for every cell that was read as something else than it says.

use crate::codebook::Missing;

/// A cell that was read as something else than it says, or could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recoded {
    /// The line on which its record starts (1-based).
    pub line: u32,
    /// The column's name.
    pub column: String,
    /// What the cell says.
    pub from: RecodedFrom,
    /// What it was read as.
    pub to: ReadAs,
    /// By which rule.
    pub rule: Rule,
}

/// What a recoded cell says, as far as that may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecodedFrom {
    /// A short text in a column of choices or of a scale.
    Text(String),
    /// A text that may be somebody's own words, or tells who a person is: it is not told.
    Withheld,
}

/// What a cell was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadAs {
    /// An answer, by its label.
    Answer(String),
    /// No answer, for this reason.
    Missing(Missing),
}

/// By which rule a cell was read as something else than it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// It differs from a declared text in spaces, case, quotes, entities or a decimal zero.
    Spelling,
    /// It holds the mark of the export for a question that was seen and not answered.
    SeenUnanswered,
    /// It holds a code that the project declares for missing values.
    MissingCode,
    /// It says itself that it is no answer, such as "N/A" in place of a rank.
    Outside,
    /// A rank is written as a word or with words, such as "1st".
    RankInWords,
    /// Several answers in one cell were told apart by the order of the definition.
    DefinitionOrder,
    /// A text in the place of a choice, or at the end of several, is what was written with the choice that takes a text.
    OtherText,
    /// It cannot be read as an answer.
    Unreadable,
    /// It holds a rank that cannot be.
    BadRank,
    /// It holds a number outside the range that the study declares.
    OutOfRange,
}

impl Rule {
    /// The stable name, as written in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Spelling => "spelling",
            Self::SeenUnanswered => "seen-unanswered",
            Self::MissingCode => "missing-code",
            Self::Outside => "outside",
            Self::RankInWords => "rank-in-words",
            Self::DefinitionOrder => "definition-order",
            Self::OtherText => "other-text",
            Self::Unreadable => "unreadable",
            Self::BadRank => "bad-rank",
            Self::OutOfRange => "out-of-range",
        }
    }
}
