//! Who is in a number and why: accounts that must close.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::codebook::{Disposition, Missing};

use super::{Excluded, Screened};

/// The people of a group, from those invited to those analysed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// How many were invited, if a roster says so, by what became of them.
    pub invited: Option<BTreeMap<Disposition, u64>>,
    /// Rows of the export that belong to the group.
    pub received: u64,
    /// Rows left out, in the order of the rules.
    pub excluded: Vec<Excluded>,
    /// Rows analysed.
    pub included: u64,
    /// How many of those analysed each screen would leave out, in their order; it leaves out nobody.
    pub screened: Vec<Screened>,
}

impl People {
    /// Checks that received = excluded + included.
    pub fn checked(self) -> Result<Self, Unbalanced> {
        let out: u64 = self.excluded.iter().map(|excluded| excluded.count).sum();
        if self.received == out + self.included {
            Ok(self)
        } else {
            Err(Unbalanced { whole: self.received, parts: out + self.included })
        }
    }

    /// The accounts of several groups added up; who was invited is known if it is of each.
    pub fn added<'a>(groups: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = Self { invited: Some(BTreeMap::new()), ..Self::default() };
        for people in groups {
            all.invited = all.invited.zip(people.invited.as_ref()).map(|(mut all, invited)| {
                for (disposition, count) in invited {
                    *all.entry(*disposition).or_default() += count;
                }
                all
            });
            for excluded in &people.excluded {
                match all.excluded.iter_mut().find(|known| known.rule == excluded.rule) {
                    Some(known) => known.count += excluded.count,
                    None => all.excluded.push(excluded.clone()),
                }
            }
            all.received += people.received;
            all.included += people.included;
        }
        all
    }

    /// The dispositions that are said: the usual ones, and others that somebody has.
    pub fn said(&self) -> impl Iterator<Item = Disposition> + '_ {
        let usual = |disposition: &Disposition| Disposition::USUAL.contains(disposition);
        Disposition::ALL
            .into_iter()
            .filter(move |disposition| usual(disposition) || self.n_with(*disposition).unwrap_or(0) > 0)
    }

    /// How many were invited.
    pub fn n_invited(&self) -> Option<u64> {
        self.invited.as_ref().map(|dispositions| dispositions.values().sum())
    }

    /// How many invited people have this disposition.
    pub fn n_with(&self, disposition: Disposition) -> Option<u64> {
        self.invited.as_ref().map(|dispositions| dispositions.get(&disposition).copied().unwrap_or(0))
    }
}

/// Who was asked one question and who answered it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// People analysed.
    pub included: u64,
    /// Those who answered.
    pub answered: u64,
    /// Those who did not, by reason; a reason that nobody has is not listed.
    pub missing: BTreeMap<Missing, u64>,
}

impl Asked {
    /// Checks that included = answered + missing.
    pub fn new(included: u64, answered: u64, missing: BTreeMap<Missing, u64>) -> Result<Self, Unbalanced> {
        let parts = answered + missing.values().sum::<u64>();
        if included == parts {
            Ok(Self { included, answered, missing })
        } else {
            Err(Unbalanced { whole: included, parts })
        }
    }

    /// Those who were not asked, by the question's own condition.
    pub fn not_asked(&self) -> u64 {
        self.missing.get(&Missing::NotAsked).copied().unwrap_or(0)
    }

    /// Those who were asked.
    pub fn asked(&self) -> u64 {
        self.included - self.not_asked()
    }
}

/// One side of a comparison: a group, or those of a group who gave one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Its id, as findings about this side alone carry it: that of the group or part, or of those who gave an answer.
    pub id: String,
    /// Its label.
    pub label: String,
    /// People analysed on this side.
    pub included: u64,
    /// Those of them whose answers are compared.
    pub answered: u64,
}

/// The account behind a finding: the people of its group and, for a question, who answered.
///
/// A comparison of several groups adds their people up; its sides say who is on which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The people of the group; nothing where their counts are withheld.
    pub people: Option<Arc<People>>,
    /// Who answered, if the finding is about a question and the counts are not withheld.
    pub asked: Option<Asked>,
    /// The sides of a comparison, in order; none for anything else.
    pub sides: Vec<Side>,
}

/// An account whose parts do not add up to its whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unbalanced {
    /// The whole.
    pub whole: u64,
    /// What the parts add up to.
    pub parts: u64,
}

impl fmt::Display for Unbalanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the whole is {} but its parts add up to {}", self.whole, self.parts)
    }
}

impl std::error::Error for Unbalanced {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_whose_parts_do_not_add_up_cannot_be_built() {
        let missing = BTreeMap::from([(Missing::Skipped, 1), (Missing::NotAsked, 2)]);
        let asked = Asked::new(26, 23, missing.clone()).unwrap();
        assert_eq!((asked.asked(), asked.not_asked()), (24, 2));
        assert_eq!(Asked::new(26, 22, missing), Err(Unbalanced { whole: 26, parts: 25 }));
    }

    #[test]
    fn rows_left_out_and_kept_make_the_rows_received() {
        let excluded = vec![Excluded { rule: "preview".into(), count: 2, ..Excluded::default() }];
        let people = People { received: 17, excluded, included: 14, ..People::default() };
        assert!(people.clone().checked().is_err());
        assert!(People { received: 16, ..people }.checked().is_ok());
    }
}
