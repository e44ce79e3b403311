//! The kinds of figures, and how each may be drawn.

use crate::findings::{Compared, PercentOf};

/// The kinds of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureKind {
    /// From those invited to those analysed.
    Flow,
    /// Items of a battery on their scale.
    Likert {
        /// The question.
        question: String,
        /// How they are drawn.
        manner: Likert,
    },
    /// How often each item has each rank.
    Ranking {
        /// The question.
        question: String,
    },
    /// How often each choice was made.
    Choices {
        /// The question.
        question: String,
    },
    /// Shares of groups side by side, with their intervals.
    Bars {
        /// The question.
        question: String,
        /// The order of the rows; that of the questionnaire, and for a multi-select the largest first, where nothing is
        /// said.
        order: Option<BarOrder>,
        /// What a share is drawn as.
        marks: BarMarks,
    },
    /// The same items in several groups, joined by lines.
    Slope {
        /// The question.
        question: String,
        /// What the columns are.
        sides: Sides,
        /// What is measured; the top box of items, the mean of numbers and the share of choices, where nothing is said.
        measure: Option<Measure>,
        /// Whether the lines join values or ranks.
        by: SlopeBy,
    },
    /// How the numbers of a question are distributed.
    Numbers {
        /// The question.
        question: String,
        /// As what they are drawn.
        drawn: NumbersAs,
    },
    /// The mean rank of each item with its interval.
    MeanRank {
        /// The question.
        question: String,
    },
    /// Worths of ranked items with comparison intervals.
    Worths {
        /// The question.
        question: String,
    },
    /// The most frequent combinations of a multi-select.
    Upset {
        /// The question.
        question: String,
    },
    /// Comparisons: both sides, the difference with its interval, and the test.
    Forest {
        /// The questions.
        questions: Vec<String>,
        /// Which comparisons.
        compared: Compared,
    },
    /// A crosstab, its cells shaded.
    Crosstab {
        /// The question.
        question: String,
        /// What the percents are of.
        percent: PercentOf,
        /// Which comparisons.
        compared: Compared,
    },
    /// The answers of both sides of pairs crossed, cells shaded.
    Dyads {
        /// The link.
        link: String,
        /// The questions.
        questions: Vec<String>,
    },
    /// Who was asked and did not answer, by reason.
    Missing {
        /// The questions; if empty, every question of which anything is asked.
        questions: Vec<String>,
        /// The order of the rows.
        order: MissingOrder,
    },
}

impl FigureKind {
    /// The question that the figure is about; none if it is about people.
    pub(super) fn question(&self) -> Option<&str> {
        match self {
            Self::Likert { question, .. }
            | Self::Ranking { question }
            | Self::Choices { question }
            | Self::Bars { question, .. }
            | Self::Slope { question, .. }
            | Self::Numbers { question, .. }
            | Self::MeanRank { question }
            | Self::Worths { question }
            | Self::Upset { question }
            | Self::Crosstab { question, .. } => Some(question),
            Self::Flow | Self::Forest { .. } | Self::Dyads { .. } | Self::Missing { .. } => None,
        }
    }
}

/// How items on a scale are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Likert {
    /// Where bars begin.
    pub shape: Shape,
    /// The order of the items.
    pub order: ItemOrder,
    /// What stands together.
    pub facet: Facet,
    /// Where the middle of the scale is.
    pub neutral: Neutral,
    /// What the numbers in the segments are; counts below 10,000 answers and else percents, where nothing is said.
    pub numbers: Option<InSegments>,
    /// What becomes of a number that is wider than its segment; where nothing is said, it stands at a leader, and in a
    /// figure of many rows it is left out.
    pub thin: Option<Thin>,
    /// How those outside the base are shown.
    pub outside: OutsideAs,
    /// Whether the answers below and above the middle stand in numbers at the ends.
    pub totals: bool,
}

/// Where the bars of a battery begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// At the middle of the scale, to both sides.
    #[default]
    Diverging,
    /// At the left, each as long as all answers.
    Stacked,
}

impl Shape {
    /// The names of the shapes in a study file.
    pub const NAMES: [(&'static str, Self); 2] = [("diverging", Self::Diverging), ("stacked", Self::Stacked)];
}

/// The order of the items of a battery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ItemOrder {
    /// As they were asked.
    #[default]
    Asked,
    /// The largest top box first.
    TopBox,
    /// The largest mean first.
    Mean,
}

impl ItemOrder {
    /// The names of the orders in a study file.
    pub const NAMES: [(&'static str, Self); 3] =
        [("asked", Self::Asked), ("top-box", Self::TopBox), ("mean", Self::Mean)];
}

/// What stands together in one panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Facet {
    /// The items of a group.
    #[default]
    Group,
    /// The groups of an item, line by line.
    Item,
}

impl Facet {
    /// The names of the facets in a study file.
    pub const NAMES: [(&'static str, Self); 2] = [("group", Self::Group), ("item", Self::Item)];
}

/// Where the answers in the middle of a scale are, which is on neither side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Neutral {
    /// About zero, so that half of them lie on each side.
    #[default]
    Centred,
    /// Half of them at the outer end of each side, so that both sides begin at zero.
    Split,
    /// In a panel of their own at the right.
    Aside,
}

impl Neutral {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 3] =
        [("centred", Self::Centred), ("split", Self::Split), ("aside", Self::Aside)];
}

/// What stands in the segments of bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InSegments {
    /// Counts of people.
    Counts,
    /// Percents of those who answered.
    Percents,
    /// Both.
    Both,
}

impl InSegments {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 3] =
        [("counts", Self::Counts), ("percents", Self::Percents), ("both", Self::Both)];
}

/// What becomes of a number that is wider than its segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thin {
    /// It stands below the bar, at a line that leads to it.
    Leader,
    /// It is left out.
    Omit,
}

impl Thin {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 2] = [("leader", Self::Leader), ("omit", Self::Omit)];
}

/// How those outside the base are shown at the side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutsideAs {
    /// As counts.
    #[default]
    Counts,
    /// As counts and as bars of everybody who was asked.
    Bars,
}

impl OutsideAs {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 2] = [("counts", Self::Counts), ("bars", Self::Bars)];
}

/// The order of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarOrder {
    /// As they were asked.
    Asked,
    /// The largest share of the first group first.
    Largest,
}

impl BarOrder {
    /// The names of the orders in a study file.
    pub const NAMES: [(&'static str, Self); 2] = [("asked", Self::Asked), ("largest", Self::Largest)];
}

/// What a share is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarMarks {
    /// A bar from nothing.
    #[default]
    Bars,
    /// A mark at its place.
    Points,
}

impl BarMarks {
    /// The names of the marks in a study file.
    pub const NAMES: [(&'static str, Self); 2] = [("bars", Self::Bars), ("points", Self::Points)];
}

/// What the columns of a slope are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sides {
    /// The groups of the figure.
    Groups,
    /// Both sides of a link, by its id.
    Link(String),
}

/// What the lines of a slope join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlopeBy {
    /// Values, on an axis.
    Value,
    /// Ranks.
    Rank,
}

/// What is measured of items or choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The share of answers in the top box.
    TopBox,
    /// The share of those who gave an answer.
    Share,
    /// The mean.
    Mean,
    /// The mean rank.
    MeanRank,
}

impl Measure {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("top-box", Self::TopBox),
        ("share", Self::Share),
        ("mean", Self::Mean),
        ("mean-rank", Self::MeanRank),
    ];
}

/// As what a distribution of numbers is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumbersAs {
    /// A bar for each bin.
    Histogram,
    /// Quartiles, whiskers and, where there are few different numbers, a point for each.
    Box,
}

/// The order of questions by how many did not answer them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissingOrder {
    /// As they were asked.
    #[default]
    Asked,
    /// The largest share without an answer first.
    Size,
}

impl MissingOrder {
    /// The names of the orders in a study file.
    pub const NAMES: [(&'static str, Self); 2] = [("asked", Self::Asked), ("size", Self::Size)];
}
