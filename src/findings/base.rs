//! Who is in a number and why: accounts that must close.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::codebook::Missing;

/// What became of a person who was invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disposition {
    /// Answered at least the declared share of what they were asked.
    Complete,
    /// Answered enough to be used, by the declared share, but not all.
    Partial,
    /// Started and left with less than that.
    BreakOff,
    /// Nothing came back.
    Silent,
}

impl Disposition {
    /// Every disposition.
    pub const ALL: [Self; 4] = [Self::Complete, Self::Partial, Self::BreakOff, Self::Silent];

    /// The stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::BreakOff => "break-off",
            Self::Silent => "silent",
        }
    }
}

/// How many rows a rule left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// The rule, by its name in the study file.
    pub rule: String,
    /// How many rows it left out; zero is said too.
    pub count: u64,
}

impl Excluded {
    /// The rule in words that a reader of the study file's names does not need; a rule of no known name stays as it is.
    pub fn words(&self) -> &str {
        match self.rule.as_str() {
            "preview" => "previews and tests",
            "not-on-roster" => "not on the roster",
            "duplicate" => "further responses of one person",
            "break-off" => "stopped early",
            "unfinished" => "not submitted",
            other => other,
        }
    }
}

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
    /// Its id: that of the group or of the answer.
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
        let excluded = vec![Excluded { rule: "preview".into(), count: 2 }];
        let people = People { received: 17, excluded, included: 14, ..People::default() };
        assert!(people.clone().checked().is_err());
        assert!(People { received: 16, ..people }.checked().is_ok());
    }
}
