//! How much of what a person was asked they answered.

use crate::codebook::{Kind, Missing};
use crate::responses::Answer;

use super::cohort::CohortQuestion;

/// Items that one person was asked and answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Completeness {
    /// Items asked.
    pub asked: u64,
    /// Items answered.
    pub answered: u64,
}

/// Counts a row over all items of the study's questions.
///
/// Texts do not count, because leaving them blank is an ordinary answer. "Not applicable", "don't know" and "prefer not
/// to say" are answers of the person, whatever base they stand in later; so is a cell that cannot be read.
pub(super) fn completeness(questions: &[CohortQuestion], row: usize) -> Completeness {
    let mut counted = Completeness::default();
    for question in questions.iter().filter(|question| question.kind != Kind::Text) {
        let items = match question.kind {
            Kind::Likert | Kind::Number => question.items.len(),
            Kind::Single | Kind::Multi | Kind::Ranking | Kind::Text | Kind::Date => 1,
        };
        for item in 0..items {
            match question.answer(item, row) {
                Some(Answer::Missing(Missing::NotAsked)) | None => {}
                Some(Answer::Missing(Missing::NotReached | Missing::Skipped | Missing::Blank)) => {
                    counted.asked += 1;
                }
                Some(
                    Answer::Given(_)
                    | Answer::Missing(
                        Missing::NotApplicable
                        | Missing::DontKnow
                        | Missing::Refused
                        | Missing::Unreadable
                        | Missing::OutOfRange
                        | Missing::OffSum
                        | Missing::TooFewItems
                        | Missing::NotCoded
                        | Missing::NotRanked,
                    ),
                ) => {
                    counted.asked += 1;
                    counted.answered += 1;
                }
            }
        }
    }
    counted
}
