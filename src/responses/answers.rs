//! The answers to one question, typed by what kind of question it is.

use crate::codebook::Missing;

use super::{Codes, Ranking, Ticks};

/// The answers to one question: one entry for every row of the export.
#[derive(Debug, Clone, PartialEq)]
pub enum Answers {
    /// One choice: its position among the question's choices.
    Choice(Codes),
    /// An ordered question: for each item the position of the scale's point, from the low end.
    Scaled {
        /// One column for each item; one for a single question on a scale.
        items: Vec<Codes>,
    },
    /// A battery without a declared scale: for each item the position of the choice.
    Choices {
        /// One column for each item.
        items: Vec<Codes>,
    },
    /// Any number of choices.
    Ticks(Ticks),
    /// Any number of choices for each item.
    TickItems {
        /// One for each item.
        items: Vec<Ticks>,
    },
    /// Items put in order.
    Ranks(Vec<Ranking>),
    /// Numbers.
    Numbers {
        /// For each item the number of each row, or why there is none.
        items: Vec<Vec<Result<f64, Missing>>>,
    },
    /// Texts, dates and files: whether there is one, never what it says.
    Texts {
        /// For each item a column in which 0 stands for a text that is there.
        items: Vec<Codes>,
    },
}

impl Answers {
    /// The number of rows, or `None` for a question without columns.
    pub fn height(&self) -> Option<usize> {
        match self {
            Self::Choice(codes) => Some(codes.len()),
            Self::Scaled { items } | Self::Choices { items } | Self::Texts { items } => {
                items.first().map(Codes::len)
            }
            Self::Ticks(ticks) => Some(ticks.answered.len()),
            Self::TickItems { items } => items.first().map(|ticks| ticks.answered.len()),
            Self::Ranks(rankings) => Some(rankings.len()),
            Self::Numbers { items } => items.first().map(Vec::len),
        }
    }
}
