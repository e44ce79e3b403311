//! Facts that a reader must know beside a number.

use std::fmt;

/// A fact that belongs beside a finding, in every rendering.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caution {
    /// The base is so small that one answer moves the percent by several points.
    SmallBase {
        /// The base.
        base: u64,
    },
    /// Everybody was invited, so the interval is not about sampling.
    NoSampling,
    /// The interval takes the people analysed as a simple random sample, which nothing in the study says they are.
    TakenAsRandom,
    /// Unexplained blanks: the file cannot say why they are blank.
    UnexplainedBlanks {
        /// How many.
        count: u64,
    },
    /// Cells that could not be read as answers.
    Unreadable {
        /// How many.
        count: u64,
    },
    /// Rankings that are not complete: how many, and by which rule they count.
    IncompleteRankings {
        /// How many.
        count: u64,
    },
    /// Rows of which a rule could not judge; they stay.
    Unjudged {
        /// How many.
        count: u64,
        /// What is not known of them.
        why: &'static str,
    },
    /// A caution that comes from the method itself.
    Method(String),
}

/// Bases below this are small: one answer moves a percent by more than three points.
const SMALL_BASE: u64 = 30;

impl Caution {
    /// The stable name, as written in files.
    pub fn id(&self) -> &'static str {
        match self {
            Self::SmallBase { .. } => "small-base",
            Self::NoSampling => "no-sampling",
            Self::TakenAsRandom => "taken-as-random",
            Self::UnexplainedBlanks { .. } => "unexplained-blanks",
            Self::Unreadable { .. } => "unreadable",
            Self::IncompleteRankings { .. } => "incomplete-rankings",
            Self::Unjudged { .. } => "unjudged",
            Self::Method(_) => "method",
        }
    }

    /// The caution for a small base, if it is small.
    pub fn small_base(base: u64) -> Option<Self> {
        (base < SMALL_BASE).then_some(Self::SmallBase { base })
    }
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SmallBase { base } => write!(f, "small base: n = {base}"),
            Self::NoSampling => f.write_str(
                "everybody in the frame was invited: the interval describes a hypothetical larger population like \
                 this one, not sampling error",
            ),
            Self::TakenAsRandom => f.write_str(
                "the interval takes these people as a simple random sample of a larger population; how they were drawn, \
                 weights and clusters are not in it",
            ),
            Self::UnexplainedBlanks { count } => write!(f, "{count} blank, reason not in the file"),
            Self::Unreadable { count } => write!(f, "{count} could not be read as an answer"),
            Self::IncompleteRankings { count } => {
                let rankings = if *count == 1 { "ranking is" } else { "rankings are" };
                write!(f, "{count} {rankings} incomplete: items left unranked share the mean of the ranks not given")
            }
            Self::Unjudged { count, why } => {
                let rows = if *count == 1 { "row is" } else { "rows are" };
                write!(f, "{count} {rows} kept that the rule cannot judge: {why}")
            }
            Self::Method(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_ranking_is_not_several() {
        let words = |count| Caution::IncompleteRankings { count }.to_string();
        assert!(words(1).starts_with("1 ranking is incomplete: "));
        assert!(words(2).starts_with("2 rankings are incomplete: "));
    }
}
