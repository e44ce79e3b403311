//! What can be tabled, and why something cannot.

use std::fmt;

use crate::findings::{Compared, Kind, PercentOf};

/// What is to be tabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRequest {
    /// The id of the table, which is also the name of its files.
    pub id: String,
    /// Its title; if empty, one that follows from its kind.
    pub title: String,
    /// The groups in order; if empty, every group that was asked.
    pub groups: Vec<String>,
    /// Which comparisons, of a table of those.
    pub compared: Compared,
    /// The order of its rows, if it is not the usual one of its kind.
    pub order: Option<Order>,
    /// What kind of table, of which questions.
    pub kind: TableKind,
}

/// By what rows stand in order; what is equal stands as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As asked.
    Asked,
    /// By mean: of items the highest first, of ranks the lowest.
    Mean,
    /// By top box, the largest share first.
    TopBox,
    /// By how many there are, the most first.
    Size,
}

impl Order {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 4] =
        [("asked", Self::Asked), ("mean", Self::Mean), ("top-box", Self::TopBox), ("size", Self::Size)];
}

/// The kinds of tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableKind {
    /// Those invited, what became of them, response rates, rows analysed: a row for each group.
    Response,
    /// Who the participants are: choices, scales, numbers and periods, a column for each group, with those who did not
    /// answer.
    Participants {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Items on a scale: every point, base, missing, median, mean, top box.
    Items {
        /// The questions, all on one scale.
        questions: Vec<String>,
    },
    /// Choices of a multi-select: respondents and mentions as two bases.
    Choices {
        /// The question.
        question: String,
    },
    /// A ranking: how often each item has each rank, mean rank, order with ties.
    Ranking {
        /// The question.
        question: String,
    },
    /// Choices of a multi-select ticked together: a row and a column for each choice.
    CoSelection {
        /// The question.
        question: String,
    },
    /// Preferences in pairs: a row and a column for each item of a ranking.
    Preferences {
        /// The question.
        question: String,
    },
    /// Worths of the Plackett-Luce model with comparison intervals.
    Worths {
        /// The question.
        question: String,
    },
    /// A multi-select of several sides: shares, differences, and tests of each option and of all together.
    MultiComparison {
        /// The question.
        question: String,
    },
    /// A ranking of several sides: mean ranks, differences, and tests of each item and of all together.
    RankingComparison {
        /// The question.
        question: String,
    },
    /// What became of everybody invited: a column for each group and for all together.
    Dispositions,
    /// Every outcome rate of the standard: a column for each group and for all together.
    OutcomeRates,
    /// Who responded by what the roster tells or, of questions, what those who did not respond could change.
    Nonresponse {
        /// The questions; without any, the people.
        questions: Vec<String>,
    },
    /// From those invited to those analysed, step by step, and whom the screens would leave out.
    Flow,
    /// Dates: base, the first, the middle and the last day.
    Dates {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Numbers that are to add up: how many do, and what each item gets of the sum.
    ConstantSum {
        /// The question.
        question: String,
    },
    /// The most frequent sets of choices of a multi-select.
    Combinations {
        /// The question.
        question: String,
    },
    /// Numbers: base, mean, median, range.
    Numbers {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Sides compared, a row for each item: what each side answered, the size of the difference, p-values.
    Comparisons {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// The answers to a question by those to another.
    Crosstab {
        /// The question.
        question: String,
        /// What the percents are of, each once.
        percents: Vec<PercentOf>,
    },
    /// What other programs print of the comparisons by default, where it differs.
    Defaults {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// The account of a link: its pairs, and the people and responses of both sides.
    Pairs {
        /// The link.
        link: String,
    },
    /// Agreement of both sides of a link, a row for each item.
    Agreement {
        /// The link.
        link: String,
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Likeness of both sides of a link against chance, a row for each attribute and item.
    Concordance {
        /// The link.
        link: String,
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Both sides of a link compared pair by pair, a row for each item.
    Change {
        /// The link.
        link: String,
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Items on a scale by its two sides: below, at and above its middle, bottom and top box.
    Sides {
        /// The question.
        question: String,
    },
    /// The items of a score and their reliability together.
    Battery {
        /// The score.
        score: String,
    },
    /// Ratings from 0 to 10: promoters, passives, detractors and the score.
    NetPromoter {
        /// The questions in order.
        questions: Vec<String>,
    },
}

/// Why there is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTabled {
    /// There is no group of this name.
    UnknownGroup {
        /// The name.
        group: String,
    },
    /// There is no link of this name.
    UnknownLink {
        /// The name.
        link: String,
    },
    /// None of the groups was asked a question of this name.
    UnknownQuestion {
        /// The name.
        question: String,
    },
    /// The question is of a kind that this table cannot show.
    WrongKind {
        /// The question.
        question: String,
        /// Its kind.
        kind: Kind,
    },
    /// Nothing compares these groups in these questions.
    NotCompared,
    /// The groups answered on different scales, so that one heading cannot stand over both.
    DifferentScales {
        /// The question.
        question: String,
    },
    /// Two questions are on different scales, so that one heading cannot stand over both.
    NotOneScale {
        /// The questions.
        questions: [String; 2],
    },
}

impl fmt::Display for NotTabled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownGroup { group } => write!(f, "there is no group {group}"),
            Self::UnknownLink { link } => write!(f, "there is no link {link}"),
            Self::UnknownQuestion { question } => write!(f, "no group of the table was asked {question}"),
            Self::WrongKind { question, kind } => {
                write!(f, "{question} is of kind {}, which this table cannot show", kind.name())
            }
            Self::NotCompared => write!(f, "nothing compares these groups"),
            Self::DifferentScales { question } => {
                write!(f, "the groups answered {question} on different scales: make a table for each group")
            }
            Self::NotOneScale { questions: [one, other] } => {
                write!(f, "{one} and {other} are on different scales: make a table for each")
            }
        }
    }
}

impl std::error::Error for NotTabled {}
