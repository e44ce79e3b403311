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
    /// Pairs that share a person with another: they are taken as if they did not.
    SharedPeople {
        /// How many pairs share a person.
        pairs: u64,
    },
    /// Pairs that are left out because they share a person with another.
    SharedLeftOut {
        /// How many.
        pairs: u64,
    },
    /// Pairs that share people and count once, with the mean of both sides.
    SharedTogether {
        /// How many pairs share a person.
        pairs: u64,
    },
    /// Pairs that are not in it, because not both answered.
    NotLinked {
        /// How many.
        pairs: u64,
        /// Of how many.
        of: u64,
    },
    /// People known by a key who are not in both waves, and responses whose people are not known at all.
    NotInBothWaves {
        /// How many people.
        people: u64,
        /// Of how many.
        of: u64,
        /// Responses without a key.
        without_key: u64,
    },
    /// Keys that differ from a key of the other side in case or spaces alone.
    KeysAlmostEqual {
        /// How many.
        count: u64,
    },
    /// How a test came to be used: what the rule saw.
    TestByRule {
        /// Scale of measurement, design and sides, in words.
        situation: String,
    },
    /// The study file names the test in place of the rule.
    TestDeclared,
    /// Sides that are left out of a comparison, because fewer people than declared stand on them.
    SidesLeftOut {
        /// The fewest people of a side.
        least: u64,
        /// Their labels, each with its people.
        sides: Vec<(String, u64)>,
    },
    /// People of the group who gave no answer that would put them on a side.
    OnNoSide {
        /// How many.
        count: u64,
    },
    /// The p-value is one of several of a family.
    Multiplicity {
        /// The family.
        family: String,
        /// How many tests it holds.
        tests: u64,
        /// How p-values were adjusted, by the name of the method; `None` if they were not.
        adjusted: Option<&'static str>,
    },
    /// No answers of these numbers of people could have given a p-value of 5 % or less.
    CannotReach,
    /// The same of the p-value adjusted for its family.
    FamilyCannotReach,
    /// Why another program's default gives another p-value.
    DiffersBecause {
        /// What it does, and what is done here.
        why: String,
    },
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
            Self::SharedPeople { .. } => "shared-people",
            Self::SharedLeftOut { .. } => "shared-left-out",
            Self::SharedTogether { .. } => "shared-together",
            Self::NotLinked { .. } => "not-linked",
            Self::NotInBothWaves { .. } => "not-in-both-waves",
            Self::KeysAlmostEqual { .. } => "keys-almost-equal",
            Self::TestByRule { .. } => "test-by-rule",
            Self::TestDeclared => "test-declared",
            Self::SidesLeftOut { .. } => "sides-left-out",
            Self::OnNoSide { .. } => "on-no-side",
            Self::Multiplicity { .. } => "multiplicity",
            Self::CannotReach => "cannot-reach",
            Self::FamilyCannotReach => "family-cannot-reach",
            Self::DiffersBecause { .. } => "differs-because",
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
            Self::SharedPeople { pairs } => write!(
                f,
                "{pairs} of the pairs share a person with another, and are taken as if they were independent"
            ),
            Self::SharedLeftOut { pairs } => {
                let pairs = if *pairs == 1 { "1 pair is".to_owned() } else { format!("{pairs} pairs are") };
                write!(f, "{pairs} left out: somebody is in several of them")
            }
            Self::SharedTogether { pairs } => {
                write!(f, "{pairs} of the pairs share people: those that do count once, with the mean of each side")
            }
            Self::NotLinked { pairs, of } => {
                let are = if *pairs == 1 { "is" } else { "are" };
                write!(f, "{pairs} of {of} pairs {are} not in it: one side or both did not answer")
            }
            Self::NotInBothWaves { people, of, without_key } => {
                write!(f, "{people} of {of} people known by a key cannot be found in both waves")?;
                match without_key {
                    0 => Ok(()),
                    1 => f.write_str(", and 1 response has no key"),
                    more => write!(f, ", and {more} responses have no key"),
                }
            }
            Self::KeysAlmostEqual { count } => {
                let keys = if *count == 1 { "1 key differs" } else { &format!("{count} keys differ") };
                write!(f, "{keys} from one of the other side in case or spaces alone and are not linked; fold = true would")
            }
            Self::TestByRule { situation } => write!(f, "test by rule.comparison: {situation}"),
            Self::TestDeclared => f.write_str("the study file names the test; rule.comparison did not choose it"),
            Self::SidesLeftOut { least, sides } => {
                let sides: Vec<String> = sides.iter().map(|(side, n)| format!("{side} ({n})")).collect();
                write!(f, "left out, with fewer than {least} people: {}", sides.join(", "))
            }
            Self::OnNoSide { count } => {
                let people = if *count == 1 { "person gave" } else { "people gave" };
                write!(f, "{count} {people} no answer to the question that makes the sides")
            }
            Self::Multiplicity { family, tests, adjusted } => {
                let how = adjusted.map_or("not adjusted for their number".to_owned(), |how| format!("adjusted together: {how}"));
                write!(f, "one of {tests} tests of the family {family}, {how}")
            }
            Self::CannotReach => f.write_str("cannot reach .05 with these numbers of people, whatever they had answered"),
            Self::FamilyCannotReach => f.write_str(
                "cannot reach .05 once adjusted for its family with these numbers of people, whatever they had answered",
            ),
            Self::DiffersBecause { why } => write!(f, "differs because of its default. {why}"),
            Self::Method(text) => f.write_str(text),
        }
    }
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
