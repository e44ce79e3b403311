//! The answers to a question with any number of choices.

use crate::codebook::Missing;

use super::{Answer, Bits, Codes};

/// The answers to a multi-select question.
///
/// A row is answered when at least one choice is ticked. A row without a tick carries the reason: no platform can
/// tell "none of these applies" from "not answered" unless one of the choices says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticks {
    /// For each row how many choices are ticked (at least 1), or why the question is not answered.
    pub answered: Codes,
    /// For each choice the rows in which it is ticked.
    pub chosen: Vec<Bits>,
    /// For each column of texts the rows in which one was written; the texts themselves are not kept.
    pub texts: Vec<Bits>,
    /// The rows in which a choice that excludes the others is ticked beside others; `None` where no choice does.
    pub contradicted: Option<Bits>,
}

impl Ticks {
    /// How many of some rows ticked each choice: mentions by choice.
    pub fn mentions(&self, rows: &[usize]) -> Vec<u64> {
        self.chosen.iter().map(|choice| choice.count(rows)).collect()
    }

    /// How many of some rows are answered: the base of respondents.
    pub fn respondents(&self, rows: &[usize]) -> u64 {
        rows.iter().filter(|row| matches!(self.answered.get(**row), Answer::Given(_))).count() as u64
    }

    /// How many of some rows are not answered for this reason.
    pub fn missing(&self, rows: &[usize], reason: Missing) -> u64 {
        rows.iter().filter(|row| self.answered.get(**row) == Answer::Missing(reason)).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn respondents_and_mentions_are_separate_bases() {
        let ticks = Ticks {
            answered: [Answer::Given(2), Answer::Missing(Missing::Blank), Answer::Given(1)]
                .into_iter()
                .collect(),
            chosen: vec![
                [true, false, true].into_iter().collect(),
                [true, false, false].into_iter().collect(),
                Bits::none(3),
            ],
            texts: Vec::new(),
            contradicted: None,
        };
        assert_eq!(ticks.mentions(&[0, 1, 2]), [2, 1, 0]);
        assert_eq!(ticks.respondents(&[0, 1, 2]), 2);
        assert_eq!(ticks.missing(&[0, 1, 2], Missing::Blank), 1);
        assert_eq!(ticks.mentions(&[2]), [1, 0, 0]);
    }
}
