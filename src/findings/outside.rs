//! Those outside the base of a scale, by the column in which they are counted.

use std::fmt::Write as _;

use crate::codebook::Missing;

/// A column of those who did not answer on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// Not applicable, as they said.
    NotApplicable,
    /// Not asked, by the question's own condition.
    NotAsked,
    /// They said that they do not know.
    DontKnow,
    /// They said that they prefer not to say.
    Refused,
    /// No answer, for any other reason.
    Missing,
}

impl Outside {
    /// Every column, in the order in which they stand.
    pub const ALL: [Self; 5] =
        [Self::NotApplicable, Self::NotAsked, Self::DontKnow, Self::Refused, Self::Missing];

    /// The column of a reason: an answer outside the scale is an answer, so it is never missing.
    pub fn of(reason: Missing) -> Self {
        match reason {
            Missing::NotApplicable => Self::NotApplicable,
            Missing::NotAsked => Self::NotAsked,
            Missing::DontKnow => Self::DontKnow,
            Missing::Refused => Self::Refused,
            Missing::NotReached
            | Missing::Skipped
            | Missing::Unreadable
            | Missing::Blank
            | Missing::OutOfRange
            | Missing::OffSum
            | Missing::TooFewItems
            | Missing::NotCoded
            | Missing::NotRanked => Self::Missing,
        }
    }

    /// The heading.
    pub fn heading(self) -> &'static str {
        match self {
            Self::NotApplicable => "N/A",
            Self::NotAsked => "Not asked",
            Self::DontKnow => "Don't know",
            Self::Refused => "Refused",
            Self::Missing => "Missing",
        }
    }

    /// What a heading means, where it does not say so itself.
    pub fn meaning(self) -> Option<&'static str> {
        match self {
            Self::NotApplicable => Some("not applicable"),
            Self::Refused => Some("preferred not to say"),
            Self::Missing => Some("asked, without any answer"),
            Self::NotAsked | Self::DontKnow => None,
        }
    }
}

/// What the headings mean that need it, as sentences.
pub fn meanings(columns: &[Outside]) -> String {
    let meant = columns.iter().filter_map(|column| Some((column.heading(), column.meaning()?)));
    let mut text = String::new();
    for (heading, meaning) in meant {
        let _ = write!(text, " {heading}: {meaning}.");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_outside_the_scale_is_not_missing() {
        let missing: Vec<Missing> =
            Missing::ALL.into_iter().filter(|reason| Outside::of(*reason) == Outside::Missing).collect();
        let of_the_cell = [Missing::NotReached, Missing::Skipped, Missing::Unreadable, Missing::Blank];
        let of_the_study = [
            Missing::OutOfRange,
            Missing::OffSum,
            Missing::TooFewItems,
            Missing::NotCoded,
            Missing::NotRanked,
        ];
        assert_eq!(missing, [&of_the_cell[..], &of_the_study].concat());
    }

    #[test]
    fn only_columns_that_stand_are_explained() {
        assert_eq!(meanings(&[Outside::NotAsked]), "");
        let words = meanings(&[Outside::NotApplicable, Outside::Refused]);
        assert_eq!(words, " N/A: not applicable. Refused: preferred not to say.");
    }
}
