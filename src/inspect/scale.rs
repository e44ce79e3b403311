//! The scale that the choices of a question make.

use crate::codebook::anchors::{Listing, Recognised, Recognition, recognise};
use crate::codebook::{Form, Question};

/// What the choices of a question are as a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScaleReport {
    /// A scale.
    Found {
        /// What it is of.
        family: &'static str,
        /// How the order is known, in words.
        basis: &'static str,
        /// Its levels from low to high.
        levels: Vec<String>,
        /// Levels that nobody chose and no definition names.
        unused: Vec<String>,
        /// Whether the choices stand from high to low, so that their codes do too.
        runs_down: bool,
    },
    /// Something like a scale, and why its order is not certain.
    Refused(String),
    /// No scale that is known.
    None,
}

/// The scale of a question's choices that may be shown.
pub(super) fn of(question: &Question, choices: &[String], not_shown: u64) -> ScaleReport {
    let may_be_one = matches!(question.form, Form::Single { .. } | Form::Battery { .. });
    if !may_be_one || not_shown > 0 {
        return ScaleReport::None;
    }
    let labels: Vec<&str> = choices.iter().map(String::as_str).collect();
    let listing = if question.defined { Listing::Defined } else { Listing::Seen };
    match recognise(&labels, listing) {
        Recognition::Scale(scale) => found(&scale, question.defined),
        // Of a single choice many are no scales; a grid nearly always is one.
        Recognition::Refused { why } if matches!(question.form, Form::Battery { .. }) => {
            ScaleReport::Refused(why)
        }
        Recognition::Refused { .. } | Recognition::Unknown => ScaleReport::None,
    }
}

fn found(scale: &Recognised, defined: bool) -> ScaleReport {
    ScaleReport::Found {
        family: scale.family,
        basis: scale.basis.words(),
        levels: scale.levels.iter().map(|level| level.label.clone()).collect(),
        unused: scale.unused().into_iter().map(str::to_owned).collect(),
        // The order of choices that were seen is their alphabet's.
        runs_down: defined && scale.runs_down(),
    }
}

impl ScaleReport {
    /// Labels in the order of the scale where they have none of their own, with those beside it last.
    pub(super) fn ordered(&self, mut labels: Vec<String>, defined: bool) -> Vec<String> {
        if let (Self::Found { levels, .. }, false) = (self, defined) {
            labels.sort_by_key(|label| {
                levels.iter().position(|level| level == label.trim()).unwrap_or(usize::MAX)
            });
        }
        labels
    }

    /// In a few words, if there is something to say: for a line of a report.
    pub fn brief(&self) -> Option<String> {
        match self {
            Self::Found { family, levels, runs_down, .. } => {
                let high = levels.last().map_or("", String::as_str);
                let listed = if *runs_down { ", listed from high to low" } else { "" };
                Some(format!("{family} scale, high is \"{high}\"{listed}"))
            }
            Self::Refused(why) => Some(format!("order not certain: {why}")),
            Self::None => None,
        }
    }

    /// In words, if there is something to say.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Found { family, basis, levels, unused, runs_down } => {
                let ends = levels.first().zip(levels.last());
                let (low, high) = ends.map_or(("", ""), |(low, high)| (low.as_str(), high.as_str()));
                let down = if *runs_down { "; listed from high to low" } else { "" };
                let unused = if unused.is_empty() {
                    String::new()
                } else {
                    format!("; such scales also have {}, which nobody chose", unused.join(", "))
                };
                Some(format!(
                    "{family} scale of {} from \"{low}\" (low) to \"{high}\" (high), {basis}{down}{unused}",
                    levels.len()
                ))
            }
            Self::Refused(why) => Some(format!("like a scale, but its order is not certain: {why}")),
            Self::None => None,
        }
    }
}
