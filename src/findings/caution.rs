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
    /// A rate counts only a share of the cases of unknown eligibility.
    EligibleShare {
        /// The numerator.
        count: u64,
        /// Cases known to be eligible.
        known: u64,
        /// Cases of unknown eligibility.
        unknown: u64,
        /// The share of these that counts, as a ratio.
        share: (u64, u64),
        /// What the share rests on.
        basis: String,
    },
    /// The shares of items from which a response is complete or partial, as ratios.
    CutPoints {
        /// From which share it is complete.
        complete: (u64, u64),
        /// From which share it is partial.
        partial: (u64, u64),
    },
    /// Which responses are complete is not of this study's answers.
    CompletionBy {
        /// Who says it.
        whom: String,
    },
    /// A platform's own rate of the same name.
    PlatformRate {
        /// How it comes about and why it differs.
        what: &'static str,
    },
    /// A simple random sample of a finite frame.
    RandomSample {
        /// The people of the frame.
        frame: u64,
    },
    /// A random sample, but of how many these people are one is not known.
    PartOfFrame,
    /// People came of themselves.
    OptIn,
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
            Self::EligibleShare { .. } => "eligible-share",
            Self::CutPoints { .. } => "cut-points",
            Self::CompletionBy { .. } => "completion-by",
            Self::PlatformRate { .. } => "platform-rate",
            Self::RandomSample { .. } => "random-sample",
            Self::PartOfFrame => "part-of-frame",
            Self::OptIn => "opt-in",
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
            Self::EligibleShare { count, known, unknown, share: (part, whole), basis } => {
                let share = if *whole == 1 { part.to_string() } else { format!("{part}/{whole}") };
                let plus = format!("{known} known to be eligible + {share} of {unknown} of unknown eligibility");
                write!(f, "{count} over {plus}; e = {share}: {basis}")
            }
            Self::CutPoints { complete, partial } => write!(
                f,
                "complete: at least {} of the items asked are answered; partial: at least {}; a break-off: fewer, but \
                 some",
                percent_of(*complete),
                percent_of(*partial)
            ),
            Self::CompletionBy { whom } => write!(f, "which responses are complete or partial is as {whom} say it"),
            Self::PlatformRate { what } => f.write_str(what),
            Self::RandomSample { frame } => write!(
                f,
                "a simple random sample of a frame of {frame}: the interval is about the people of that frame and takes \
                 those who did not answer as like those who did"
            ),
            Self::PartOfFrame => f.write_str(
                "a simple random sample, but how many of its frame belong here is not known: the interval has no \
                 correction for a finite frame, and takes those who did not answer as like those who did",
            ),
            Self::OptIn => f.write_str(
                "people came of themselves and were not drawn: the interval takes them as a simple random sample, which \
                 they are not",
            ),
            Self::Method(text) => f.write_str(text),
        }
    }
}

/// A ratio as a percent, with the decimals that it needs.
fn percent_of((numerator, denominator): (u64, u64)) -> String {
    let decimals = u8::from(!(numerator * 100).is_multiple_of(denominator.max(1)));
    crate::numbers::percent(numerator, denominator, decimals)
        .map_or_else(|| "n/a".to_owned(), |text| format!("{text} %"))
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
