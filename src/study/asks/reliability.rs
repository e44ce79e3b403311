//! What an inquiry into the reliability of a score is told.

use crate::diag::codes;
use crate::study::document::Section;
use crate::study::names::one_of;

use super::{Ask, Inquiry, Known};

/// With fewer persons nothing is said of reliability. Feldt's interval of an alpha of .70 of four items runs from .21 to
/// .92 at ten persons: it tells a scale from noise and little more, and below that not even this.
const LEAST: u64 = 10;
/// A correlation needs more persons than a line through two points.
const LEAST_OF_ALL: u64 = 3;

/// What an inquiry into the reliability of a score is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reliability {
    /// The fewest persons of whom anything is computed.
    pub least: u64,
    /// What happens to persons who did not answer every item.
    pub missing: Incomplete,
}

/// What happens to persons who did not answer every item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incomplete {
    /// They are left out.
    LeftOut,
    /// They count for every pair of items that they answered.
    Pairwise,
    /// They count, with the median of an item in place of an answer to it.
    ItemMedian,
}

impl Incomplete {
    /// The names in a study file.
    const NAMES: [(&'static str, Self); 3] =
        [("complete", Self::LeftOut), ("pairwise", Self::Pairwise), ("item-median", Self::ItemMedian)];
}

pub(super) fn read(known: &Known<'_>, section: &Section<'_>) -> Option<Inquiry> {
    let missing = match section.text("missing") {
        Some(name) => one_of(section, &name, &Incomplete::NAMES)?,
        None => Incomplete::LeftOut,
    };
    let least = match section.count("least") {
        Some(least) if least.value < LEAST_OF_ALL => {
            section.problem_with_help(
                codes::STUDY_BAD_VALUE,
                least.span,
                format!("nothing can be said of the reliability of {} answers", least.value),
                format!("least is {LEAST_OF_ALL} or more; {LEAST} where nothing is said"),
            );
            return None;
        }
        Some(least) => least.value,
        None => LEAST,
    };
    for name in section.texts("of") {
        let question = known.questions.iter().find(|question| question.id == name.value);
        if question.is_some_and(|question| question.score.is_none()) {
            section.problem_with_help(
                codes::STUDY_WRONG_KIND,
                name.span,
                format!("\"reliability\" is asked of scores, and {} is none", name.value),
                "declare [scores.name] with of = \"a likert question\", and ask of it",
            );
        }
    }
    Some(Inquiry::Reliability(Reliability { least, missing }))
}

/// Reports a score that is asked of twice in different terms: both answers would have one name.
pub(super) fn once(root: &Section<'_>, asks: &[Ask]) {
    for (position, ask) in asks.iter().enumerate() {
        let Inquiry::Reliability(terms) = &ask.inquiry else { continue };
        let other = asks[..position].iter().find(|before| {
            matches!(&before.inquiry, Inquiry::Reliability(theirs) if theirs != terms)
                && before.of.iter().any(|score| ask.of.contains(score))
                && before.groups.iter().any(|group| ask.groups.contains(group))
        });
        if let Some(score) = other.and_then(|before| before.of.iter().find(|score| ask.of.contains(score))) {
            root.problem_with_help(
                codes::STUDY_DUPLICATE,
                ask.span.clone(),
                format!("the reliability of {score} is asked twice, in different terms"),
                "declare a second score of another name for the other terms",
            );
        }
    }
}
