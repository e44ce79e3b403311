//! What a finding found.

use std::fmt;

use crate::codebook::Date;
use crate::stats::NotComputed;

use super::TestResult;

/// The value of a finding, unformatted.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number of people, rows or mentions.
    Count(u64),
    /// A share as two counts; `of` is never zero.
    Share {
        /// How many.
        count: u64,
        /// Of how many.
        of: u64,
    },
    /// A mean, median, standard deviation or the like.
    Number(f64),
    /// A day.
    Date(Date),
    /// What a test found.
    Test(TestResult),
    /// Things in order, the first first; things in one tier are tied.
    Order(Vec<Tier>),
    /// No value, and why. Never zero, never NaN.
    NotComputed(Reason),
}

/// Things that share one place in an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// The labels, in the order of the definition.
    pub labels: Vec<String>,
    /// What put them there, such as a mean rank or a count.
    pub score: f64,
}

/// Why there is no value.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// Nobody answered.
    EmptyBase,
    /// No answers of this group are part of the study.
    NotCollected,
    /// No roster or count says how many were invited.
    FrameUnknown,
    /// Fewer people answered on a side than the study wants for a test.
    BelowLeast {
        /// The side, in words.
        side: String,
        /// How many answered.
        found: u64,
        /// How many the study wants.
        least: u64,
    },
    /// It is withheld from a public output. One reason for all, so that it does not tell which count is small.
    Withheld,
    /// The method has no value here.
    Method(NotComputed),
    /// There is no such number here, for the reason given.
    NotApplicable(&'static str),
}

impl Value {
    /// A share, or the reason why there is none.
    pub fn share(count: u64, of: u64) -> Self {
        if of == 0 { Self::NotComputed(Reason::EmptyBase) } else { Self::Share { count, of } }
    }

    /// A number, or the reason why there is none.
    pub fn number(computed: Result<f64, NotComputed>) -> Self {
        match computed {
            Ok(number) => Self::Number(number),
            Err(NotComputed::EmptyBase) => Self::NotComputed(Reason::EmptyBase),
            Err(reason) => Self::NotComputed(Reason::Method(reason)),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyBase => f.write_str("nobody answered"),
            Self::NotCollected => f.write_str("no answers of this group are part of the study"),
            Self::FrameUnknown => f.write_str("nothing says how many were invited"),
            Self::BelowLeast { side, found, least } => {
                write!(f, "{found} answered in {side}: nothing is compared below {least}")
            }
            Self::Withheld => f.write_str("withheld to protect those who answered"),
            Self::Method(reason) => reason.fmt(f),
            Self::NotApplicable(why) => write!(f, "not applicable: {why}"),
        }
    }
}
