//! A compact column of answers: a code or the reason why there is none.

use crate::codebook::Missing;

/// An answer: a code, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// The position of a choice or of a scale point, from 0.
    Given(u16),
    /// Why there is no answer.
    Missing(Missing),
}

impl Answer {
    /// The code, if one was given.
    pub fn given(self) -> Option<u16> {
        match self {
            Self::Given(code) => Some(code),
            Self::Missing(_) => None,
        }
    }
}

/// A column of answers in two bytes each: codes from below, reasons from the top of the range.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Codes(Vec<u16>);

impl Codes {
    /// The highest code that a column can hold.
    pub const HIGHEST: u16 = u16::MAX - REASONS;

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The answer of a row.
    ///
    /// Panics if the column has no such row: rows are those of the export that the column was coded from.
    pub fn get(&self, row: usize) -> Answer {
        unpack(self.0[row])
    }

    /// The answers from top to bottom.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Answer> + '_ {
        self.0.iter().map(|packed| unpack(*packed))
    }

    /// Replaces the answer of a row.
    pub fn set(&mut self, row: usize, answer: Answer) {
        self.0[row] = pack(answer);
    }

    /// Counts the answers of all rows over codes `0..levels`.
    pub fn tally_all(&self, levels: usize) -> Tally {
        let mut tally = Tally { given: vec![0; levels], missing: [0; Missing::ALL.len()] };
        self.iter().for_each(|answer| tally.add(answer));
        tally
    }

    /// Counts the answers of some rows over codes `0..levels`.
    pub fn tally(&self, rows: &[usize], levels: usize) -> Tally {
        let mut tally = Tally { given: vec![0; levels], missing: [0; Missing::ALL.len()] };
        for &row in rows {
            tally.add(unpack(self.0[row]));
        }
        tally
    }
}

impl FromIterator<Answer> for Codes {
    fn from_iter<T: IntoIterator<Item = Answer>>(answers: T) -> Self {
        Self(answers.into_iter().map(pack).collect())
    }
}

/// How often each code was given, and how often there was no answer for each reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// How often each code was given, those that nobody gave included.
    pub given: Vec<u64>,
    missing: [u64; Missing::ALL.len()],
}

impl Tally {
    /// How many rows hold an answer.
    pub fn answered(&self) -> u64 {
        self.given.iter().sum()
    }

    /// How many rows hold none for this reason.
    pub fn missing(&self, reason: Missing) -> u64 {
        self.missing[reason as usize]
    }

    /// How many rows were counted.
    pub fn rows(&self) -> u64 {
        self.answered() + self.missing.iter().sum::<u64>()
    }

    fn add(&mut self, answer: Answer) {
        match answer {
            Answer::Given(code) => {
                let code = usize::from(code);
                // A code beyond the levels asked for is counted, so that no answer is lost.
                if code >= self.given.len() {
                    self.given.resize(code + 1, 0);
                }
                self.given[code] += 1;
            }
            Answer::Missing(reason) => self.missing[reason as usize] += 1,
        }
    }
}

/// The number of reasons, which take the top of the range.
const REASONS: u16 = {
    assert!(Missing::ALL.len() == Missing::NotRanked as usize + 1, "every reason is listed once, in order");
    Missing::NotRanked as u16 + 1
};

fn pack(answer: Answer) -> u16 {
    match answer {
        Answer::Given(code) => {
            assert!(code <= Codes::HIGHEST, "a question has far fewer choices than 65,000");
            code
        }
        Answer::Missing(reason) => u16::MAX - reason as u16,
    }
}

fn unpack(packed: u16) -> Answer {
    match Missing::ALL.get(usize::from(u16::MAX - packed)) {
        Some(reason) => Answer::Missing(*reason),
        None => Answer::Given(packed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_and_every_reason_survives_packing() {
        let answers: Vec<Answer> = (0..=Codes::HIGHEST)
            .map(Answer::Given)
            .chain(Missing::ALL.into_iter().map(Answer::Missing))
            .collect();
        assert_eq!(answers.len(), 65_536);
        let codes: Codes = answers.iter().copied().collect();
        assert_eq!(codes.iter().collect::<Vec<_>>(), answers);
    }

    #[test]
    fn reasons_stand_in_the_order_of_their_list() {
        for (position, reason) in Missing::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, position);
        }
    }

    #[test]
    fn answered_and_missing_add_up_to_the_rows_asked_for() {
        use Answer::{Given, Missing as No};
        let codes: Codes =
            [Given(2), Given(0), No(Missing::NotAsked), Given(2), No(Missing::Blank)].into_iter().collect();
        let tally = codes.tally(&[0, 1, 2, 3, 4], 4);
        assert_eq!(tally.given, [1, 0, 2, 0]);
        assert_eq!(tally.answered(), 3);
        assert_eq!(tally.missing(Missing::NotAsked), 1);
        assert_eq!(tally.missing(Missing::Skipped), 0);
        assert_eq!(tally.rows(), 5);
        assert_eq!(codes.tally(&[3, 0], 3).given, [0, 0, 2]);
        assert_eq!(codes.tally(&[], 2).rows(), 0);
    }

    #[test]
    fn a_code_beyond_the_levels_is_still_counted() {
        let codes: Codes = [Answer::Given(5)].into_iter().collect();
        assert_eq!(codes.tally(&[0], 2).given, [0, 0, 0, 0, 0, 1]);
    }
}
