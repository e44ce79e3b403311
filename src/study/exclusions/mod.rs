//! The rules by which rows are left out, or only counted, in the order in which they apply.

mod read;
mod terms;

use std::ops::Range;

use super::document::Spanned;

pub(super) use read::rules;

/// A rule as the study file applies it: one that leaves rows out, or a screen that counts whom it would leave out.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclusion {
    /// Its id: what the file says, else the name of the rule.
    pub id: String,
    /// What it is called in tables and figures, if the file says it.
    pub label: Option<String>,
    /// What the rule is.
    pub rule: Rule,
    /// The groups to which it applies.
    pub groups: Vec<String>,
    /// Where the study file says it.
    pub span: Range<usize>,
}

/// What a rule looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// Previews and test responses, by the platform.
    Preview,
    /// Records that were made to test, by a column or question of the study's own.
    Test(Look),
    /// Responses that were not submitted.
    Unfinished,
    /// Further responses of one person.
    Duplicate {
        /// The columns by which people are known, all of them together.
        by: Vec<Spanned<String>>,
        /// Which one is kept.
        keep: Keep,
    },
    /// Responses whose key is on no roster.
    NotOnRoster,
    /// Responses below the threshold of a partial one.
    BreakOff,
    /// People who did not consent.
    Consent {
        /// The answers to look for.
        look: Look,
        /// Which side of the rule those who gave them are on.
        listed: Listed,
    },
    /// People who do not belong to those whom the study is about.
    Eligibility {
        /// The answers to look for.
        look: Look,
        /// Which side of the rule those who gave them are on.
        listed: Listed,
    },
    /// People who gave wrong answers to questions with a known right one.
    Attention {
        /// The questions, each with its right answers.
        checks: Vec<Look>,
        /// How many wrong answers are allowed.
        allow: u64,
    },
    /// Responses that took less time than the questions need.
    Speeder(Fastest),
    /// Responses that did not come so far, by what the platform says.
    Progress {
        /// The percent below which a response is left out.
        below: f64,
    },
    /// Responses with the same answer many times in a row.
    Longstring {
        /// The batteries.
        of: Vec<String>,
        /// From how many in a row.
        at_least: u64,
    },
    /// Responses whose answers hardly vary.
    Irv {
        /// The batteries, taken together.
        of: Vec<String>,
        /// The standard deviation below which a response is left out.
        below: f64,
    },
    /// Responses in which the halves of the scales do not agree.
    EvenOdd {
        /// The batteries, a scale each.
        of: Vec<String>,
        /// The consistency below which a response is left out.
        below: f64,
    },
    /// Responses far from everybody's.
    Mahalanobis {
        /// The batteries, taken together.
        of: Vec<String>,
        /// The share of people that would lie farther out by chance.
        alpha: f64,
    },
}

/// Answers that a rule looks for, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Where they stand.
    pub at: Where,
    /// The answers: labels or ids of points or choices of a question, texts of the cells of a column.
    pub answers: Vec<Spanned<String>>,
}

/// Where a rule looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// A question of the study.
    Question(Spanned<String>),
    /// A column of the export.
    Column(Spanned<String>),
}

/// Whose answers a rule lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Those of people who are kept.
    Kept,
    /// Those of people who are left out.
    LeftOut,
}

/// How fast is too fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fastest {
    /// Less than so many seconds.
    Seconds(f64),
    /// Less than this share of the median duration of the responses submitted.
    MedianShare(f64),
}

/// What it says of somebody that a rule leaves their response out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing: they responded as far as they answered, and their answers are not used.
    Responded,
    /// They stopped early.
    BreakOff,
    /// They refused.
    Refused,
    /// They do not belong to the people asked.
    NotEligible,
    /// They responded elsewhere in the export.
    Duplicate,
    /// It is nobody's response.
    Test,
}

impl Rule {
    /// The rules' names in a study file.
    pub const NAMES: [&'static str; 15] = [
        "preview",
        "unfinished",
        "duplicate",
        "not-on-roster",
        "break-off",
        "test",
        "consent",
        "eligibility",
        "attention",
        "speeder",
        "progress",
        "longstring",
        "irv",
        "even-odd",
        "mahalanobis",
    ];

    /// The rule's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Unfinished => "unfinished",
            Self::Duplicate { .. } => "duplicate",
            Self::NotOnRoster => "not-on-roster",
            Self::BreakOff => "break-off",
            Self::Test(_) => "test",
            Self::Consent { .. } => "consent",
            Self::Eligibility { .. } => "eligibility",
            Self::Attention { .. } => "attention",
            Self::Speeder(_) => "speeder",
            Self::Progress { .. } => "progress",
            Self::Longstring { .. } => "longstring",
            Self::Irv { .. } => "irv",
            Self::EvenOdd { .. } => "even-odd",
            Self::Mahalanobis { .. } => "mahalanobis",
        }
    }

    /// The limit that it was told, in words.
    pub fn limit(&self) -> Option<String> {
        Some(match self {
            Self::Attention { checks, allow } => format!("more than {allow} of {} wrong", checks.len()),
            Self::Speeder(Fastest::Seconds(seconds)) => format!("under {seconds} s"),
            Self::Speeder(Fastest::MedianShare(share)) => format!("under {share} of the median time"),
            Self::Progress { below } => format!("below {below}%"),
            Self::Longstring { at_least, .. } => format!("{at_least} or more"),
            Self::Irv { below, .. } => format!("standard deviation below {below}"),
            Self::EvenOdd { below, .. } => format!("consistency below {below}"),
            Self::Mahalanobis { alpha, .. } => format!("chi-squared p below {alpha}"),
            _ => return None,
        })
    }

    /// What it says of somebody who was invited that the rule leaves their response out.
    pub fn meaning(&self) -> Meaning {
        match self {
            Self::Preview | Self::Test(_) => Meaning::Test,
            Self::Duplicate { .. } => Meaning::Duplicate,
            Self::Unfinished | Self::BreakOff | Self::Progress { .. } => Meaning::BreakOff,
            Self::Consent { .. } => Meaning::Refused,
            Self::Eligibility { .. } => Meaning::NotEligible,
            Self::NotOnRoster
            | Self::Attention { .. }
            | Self::Speeder(_)
            | Self::Longstring { .. }
            | Self::Irv { .. }
            | Self::EvenOdd { .. }
            | Self::Mahalanobis { .. } => Meaning::Responded,
        }
    }
}

/// Which of several responses of one person is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The first in time.
    First,
    /// The last in time.
    Last,
    /// The one with the most answers; the first of those that have equally many.
    MostComplete,
}

impl Keep {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 3] =
        [("first", Self::First), ("last", Self::Last), ("most-complete", Self::MostComplete)];
}
