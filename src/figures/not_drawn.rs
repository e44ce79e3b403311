//! Why a figure is not drawn.

use std::fmt;

use crate::findings::{Kind, Unbalanced};

/// Why a figure is not drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDrawn {
    /// There is no group.
    NoGroup,
    /// There is no group of this name.
    UnknownGroup {
        /// The name.
        group: String,
    },
    /// None of the groups was asked a question of this name.
    UnknownQuestion {
        /// The name.
        question: String,
    },
    /// The question is of a kind that this figure cannot show.
    WrongKind {
        /// The question.
        question: String,
        /// Its kind.
        kind: Kind,
    },
    /// Groups whose answers would stand in one panel have different scales.
    DifferentScales {
        /// The question.
        question: String,
    },
    /// Lines between groups need two groups that were asked.
    OneColumn {
        /// The question.
        question: String,
    },
    /// There is no link of this name.
    UnknownLink {
        /// The name.
        link: String,
    },
    /// None of the groups is compared as the figure wants it.
    NotCompared,
    /// Parts do not add up to their whole, so that the picture would be wrong.
    Unbalanced {
        /// What they are parts of.
        what: String,
        /// The account.
        account: Unbalanced,
    },
}

impl fmt::Display for NotDrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGroup => f.write_str("the study has no group"),
            Self::UnknownGroup { group } => write!(f, "there is no group {group}"),
            Self::UnknownQuestion { question } => write!(f, "no group of the figure was asked {question}"),
            Self::WrongKind { question, kind } => {
                write!(f, "{question} is of a kind that this figure cannot show ({})", kind_words(*kind))
            }
            Self::DifferentScales { question } => {
                write!(
                    f,
                    "the groups answered {question} on different scales, so that no panel can hold them"
                )
            }
            Self::OneColumn { question } => {
                write!(f, "lines join two groups or more, and one group of the figure was asked {question}")
            }
            Self::UnknownLink { link } => write!(f, "there is no link {link}"),
            Self::NotCompared => f.write_str("the groups of the figure are not compared so"),
            Self::Unbalanced { what, account } => write!(f, "{what}: {account}"),
        }
    }
}

impl std::error::Error for NotDrawn {}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Likert => "items on a scale",
        Kind::Single => "one of several choices",
        Kind::Multi => "any of several choices",
        Kind::Ranking => "a ranking",
        Kind::Number => "a number",
        Kind::Text => "a text",
        Kind::Date => "a date",
    }
}
