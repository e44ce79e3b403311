//! The kinds of figures, and how each may be drawn.

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
}

impl FigureKind {
    /// The question that the figure is about; none if it is about people.
    pub(super) fn question(&self) -> Option<&str> {
        match self {
            Self::Flow => None,
            Self::Likert { question, .. } | Self::Ranking { question } | Self::Choices { question } => {
                Some(question)
            }
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
    /// What becomes of a number that is wider than its segment.
    pub thin: Thin,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Thin {
    /// It stands below the bar, at a line that leads to it.
    #[default]
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
