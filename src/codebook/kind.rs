//! The kinds of question that a study can ask about.

/// What kind of question it is, as far as a study and its renderers care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Items on an ordered scale.
    Likert,
    /// One of several choices.
    Single,
    /// Any of several choices.
    Multi,
    /// Items put in order.
    Ranking,
    /// A number.
    Number,
    /// A text, of which only the presence is known.
    Text,
    /// A day.
    Date,
}

impl Kind {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 7] = [
        ("likert", Self::Likert),
        ("single", Self::Single),
        ("multi", Self::Multi),
        ("ranking", Self::Ranking),
        ("number", Self::Number),
        ("text", Self::Text),
        ("date", Self::Date),
    ];

    /// The name in a study file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Likert => "likert",
            Self::Single => "single",
            Self::Multi => "multi",
            Self::Ranking => "ranking",
            Self::Number => "number",
            Self::Text => "text",
            Self::Date => "date",
        }
    }
}
