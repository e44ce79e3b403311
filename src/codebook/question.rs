//! Questions and the columns in which their answers stand.

use std::borrow::Cow;

use super::{Choice, Condition};

/// What was asked, as one export's definition or columns tell it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Instrument {
    /// The questions in the order in which they were asked.
    pub questions: Vec<Question>,
}

impl Instrument {
    /// The question with this id, or the battery that has an item with it.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The id by which a study file names it: export tag, field name or matrix group.
    pub id: String,
    /// The platform's own id, such as `QID7`.
    pub native: Option<String>,
    /// The wording, plain text.
    pub wording: String,
    /// Its kind and columns.
    pub form: Form,
    /// When it is asked, if not always.
    pub asked_if: Option<Condition>,
    /// Whether kind and choices come from a definition (else from the columns and answers).
    pub defined: bool,
}

/// What kind of answer a question takes, and in which columns (by position) the answers stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// One choice.
    Single {
        /// The column.
        column: usize,
        /// The choices in the order of the definition.
        choices: Vec<Choice>,
        /// Columns of texts written with a choice.
        texts: Vec<usize>,
    },
    /// Any number of choices.
    Multi {
        /// Where the ticks stand.
        cells: MultiCells,
        /// The choices in the order of the definition.
        choices: Vec<Choice>,
        /// Columns of texts written with a choice.
        texts: Vec<usize>,
    },
    /// Several items answered on the same choices, as in a Likert matrix.
    Battery {
        /// The items.
        items: Vec<Item>,
        /// The choices in the order of the definition.
        choices: Vec<Choice>,
    },
    /// Several items, each answered with any number of the same choices.
    MultiBattery {
        /// The items; an item's `column` is its first.
        items: Vec<Item>,
        /// For each item, the columns of its choices.
        columns: Vec<Vec<usize>>,
        /// The choices.
        choices: Vec<Choice>,
    },
    /// Items put in order: each item's column holds its rank, 1 for the first.
    Ranking {
        /// The items.
        items: Vec<Item>,
    },
    /// Items put in order: at each place stands one of the choices.
    Ordering {
        /// Where the choices stand.
        cells: OrderCells,
        /// The items as choices, with those that are no item, such as "None of these".
        choices: Vec<Choice>,
    },
    /// Items put in order by numbers that are not ranks from 1.
    Scores {
        /// The items.
        items: Vec<Item>,
        /// What the numbers are.
        scoring: Scoring,
    },
    /// One number for each item: number entry, slider, constant sum.
    Numbers {
        /// The items; one for a single number.
        items: Vec<Item>,
    },
    /// A text for each item.
    Texts {
        /// The items; one for a single text.
        items: Vec<Item>,
    },
    /// A date or time.
    Date {
        /// The column.
        column: usize,
    },
    /// Columns that belong together but are of no kind that is analysed; they are kept as text.
    Other {
        /// The columns.
        columns: Vec<usize>,
        /// What they are, in a few words.
        what: &'static str,
    },
}

/// An item of a battery, a ranking or a list of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The id by which a study file may name it: the column's name.
    pub id: String,
    /// Its wording, plain text.
    pub label: String,
    /// Its column.
    pub column: usize,
}

/// Where the ticks of a multi-select stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MultiCells {
    /// One column for each choice, in the order of the choices.
    Split(Vec<usize>),
    /// All choices in one cell, joined by a separator that may also occur within a choice.
    Joined {
        /// The column.
        column: usize,
        /// The separator.
        separator: Cow<'static, str>,
    },
    /// One column for each choice, in the order of the choices, of which the file declares the value that is a tick;
    /// every other value says that the box was seen and left, as in a multiple dichotomy set.
    Counted {
        /// The columns.
        columns: Vec<usize>,
        /// The value that is a tick.
        value: String,
    },
    /// Columns that each hold one choice of the same list, as in a multiple category set.
    Coded(Vec<usize>),
}

impl MultiCells {
    /// The columns of the ticks, in order.
    pub fn columns(&self) -> Vec<usize> {
        match self {
            Self::Split(columns) | Self::Counted { columns, .. } | Self::Coded(columns) => columns.clone(),
            Self::Joined { column, .. } => vec![*column],
        }
    }
}

/// Where the choices of an ordering stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderCells {
    /// One column for each place, from the first.
    Places(Vec<usize>),
    /// All in one cell, from the first, joined by a separator that may also occur within a choice.
    Listed {
        /// The column.
        column: usize,
        /// The separator, without blanks around it; a blank itself if it is one.
        separator: String,
    },
}

impl OrderCells {
    /// The columns.
    pub fn columns(&self) -> Vec<usize> {
        match self {
            Self::Places(columns) => columns.clone(),
            Self::Listed { column, .. } => vec![*column],
        }
    }
}

/// What numbers say about an order, where they are not ranks from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scoring {
    /// Ranks from 0.
    FromZero,
    /// Ranks of which the highest, the number of items, is the first.
    HighFirst,
    /// Points: the item with the most is the first, and items with as many share a rank.
    Points,
}

impl Form {
    /// Every column that belongs to the question, in order.
    pub fn columns(&self) -> Vec<usize> {
        let of_items = |items: &[Item]| items.iter().map(|item| item.column).collect::<Vec<_>>();
        match self {
            Self::Single { column, texts, .. } => [&[*column], texts.as_slice()].concat(),
            Self::Multi { cells, texts, .. } => {
                // A text may be the only sign that its choice was made, and its column is then the box as well.
                let mut columns = cells.columns();
                let beside: Vec<usize> =
                    texts.iter().copied().filter(|text| !columns.contains(text)).collect();
                columns.extend(beside);
                columns
            }
            Self::Battery { items, .. }
            | Self::Ranking { items }
            | Self::Scores { items, .. }
            | Self::Numbers { items }
            | Self::Texts { items } => of_items(items),
            Self::MultiBattery { columns, .. } => columns.concat(),
            Self::Ordering { cells, .. } => cells.columns(),
            Self::Date { column } => vec![*column],
            Self::Other { columns, .. } => columns.clone(),
        }
    }

    /// The items, for a form in which each has its columns.
    pub fn items(&self) -> &[Item] {
        match self {
            Self::Battery { items, .. }
            | Self::MultiBattery { items, .. }
            | Self::Ranking { items }
            | Self::Scores { items, .. }
            | Self::Numbers { items }
            | Self::Texts { items } => items,
            Self::Single { .. }
            | Self::Multi { .. }
            | Self::Ordering { .. }
            | Self::Date { .. }
            | Self::Other { .. } => &[],
        }
    }

    /// The choices, for a form that has any.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Single { choices, .. }
            | Self::Multi { choices, .. }
            | Self::Battery { choices, .. }
            | Self::MultiBattery { choices, .. }
            | Self::Ordering { choices, .. } => choices,
            Self::Ranking { .. }
            | Self::Scores { .. }
            | Self::Numbers { .. }
            | Self::Texts { .. }
            | Self::Date { .. }
            | Self::Other { .. } => &[],
        }
    }

    /// The kind in one or two words, as in a report.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Single { .. } => "single",
            Self::Multi { .. } => "multi-select",
            Self::Battery { .. } => "battery",
            Self::MultiBattery { .. } => "multi-select battery",
            Self::Ranking { .. } | Self::Ordering { .. } | Self::Scores { .. } => "ranking",
            Self::Numbers { .. } => "number",
            Self::Texts { .. } => "text",
            Self::Date { .. } => "date",
            Self::Other { .. } => "other",
        }
    }
}
