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
    /// Rankings that are not complete, each of which counts for the items that it ranks.
    OnlyRanked {
        /// How many.
        count: u64,
    },
    /// Rankings that are not complete and therefore left out.
    IncompleteLeftOut {
        /// How many.
        count: u64,
    },
    /// One person may be in several of these shares.
    NotAdditive,
    /// Choices of a net that this group was not offered.
    NetNotOffered {
        /// How many.
        count: u64,
    },
    /// One of several equally good orders.
    NotUnique {
        /// How many there are.
        orders: u128,
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
    /// A rate counts only a share of the cases of unknown eligibility.
    EligibleShare {
        /// The numerator.
        count: u64,
        /// Cases known to be eligible.
        known: u64,
        /// Cases of unknown eligibility.
        unknown: u64,
        /// The share of these that counts, as a ratio.
        share: (u64, u64),
        /// What the share rests on.
        basis: String,
    },
    /// The shares of items from which a response is complete or partial, as ratios.
    CutPoints {
        /// From which share it is complete.
        complete: (u64, u64),
        /// From which share it is partial.
        partial: (u64, u64),
    },
    /// Which responses are complete is not of this study's answers.
    CompletionBy {
        /// Who says it.
        whom: String,
    },
    /// A platform's own rate of the same name.
    PlatformRate {
        /// How it comes about and why it differs.
        what: &'static str,
    },
    /// A simple random sample of a finite frame.
    RandomSample {
        /// The people of the frame.
        frame: u64,
    },
    /// A random sample, but of how many these people are one is not known.
    PartOfFrame,
    /// People came of themselves.
    OptIn,
    /// Rows of which a rule could not judge; they stay.
    Unjudged {
        /// How many.
        count: u64,
        /// What is not known of them.
        why: &'static str,
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
            Self::OnlyRanked { .. } => "only-ranked",
            Self::IncompleteLeftOut { .. } => "incomplete-left-out",
            Self::NotAdditive => "not-additive",
            Self::NetNotOffered { .. } => "net-not-offered",
            Self::NotUnique { .. } => "not-unique",
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
            Self::EligibleShare { .. } => "eligible-share",
            Self::CutPoints { .. } => "cut-points",
            Self::CompletionBy { .. } => "completion-by",
            Self::PlatformRate { .. } => "platform-rate",
            Self::RandomSample { .. } => "random-sample",
            Self::PartOfFrame => "part-of-frame",
            Self::OptIn => "opt-in",
            Self::Unjudged { .. } => "unjudged",
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
            Self::OnlyRanked { count } => {
                let rankings = if *count == 1 { "ranking is" } else { "rankings are" };
                write!(f, "{count} {rankings} incomplete and say nothing of the items left unranked")
            }
            Self::IncompleteLeftOut { count } => {
                let rankings = if *count == 1 { "ranking" } else { "rankings" };
                write!(f, "{count} incomplete {rankings} left out")
            }
            Self::NotAdditive => f.write_str("one person may have ticked several: shares of nets do not add up"),
            Self::NetNotOffered { count } => {
                let choices = if *count == 1 { "choice of the net was" } else { "choices of the net were" };
                write!(f, "{count} {choices} not offered to this group")
            }
            Self::NotUnique { orders } => write!(f, "one of {orders} orders that disagree equally little"),
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
            Self::EligibleShare { count, known, unknown, share: (part, whole), basis } => {
                let share = if *whole == 1 { part.to_string() } else { format!("{part}/{whole}") };
                let plus = format!("{known} known to be eligible + {share} of {unknown} of unknown eligibility");
                write!(f, "{count} over {plus}; e = {share}: {basis}")
            }
            Self::CutPoints { complete, partial } => write!(
                f,
                "complete: at least {} of the items asked are answered; partial: at least {}; a break-off: fewer, but \
                 some",
                percent_of(*complete),
                percent_of(*partial)
            ),
            Self::CompletionBy { whom } => write!(f, "which responses are complete or partial is as {whom} say it"),
            Self::PlatformRate { what } => f.write_str(what),
            Self::RandomSample { frame } => write!(
                f,
                "a simple random sample of a frame of {frame}: the interval is about the people of that frame and takes \
                 those who did not answer as like those who did"
            ),
            Self::PartOfFrame => f.write_str(
                "a simple random sample, but how many of its frame belong here is not known: the interval has no \
                 correction for a finite frame, and takes those who did not answer as like those who did",
            ),
            Self::OptIn => f.write_str(
                "people came of themselves and were not drawn: the interval takes them as a simple random sample, which \
                 they are not",
            ),
            Self::Unjudged { count, why } => {
                let rows = if *count == 1 { "row is" } else { "rows are" };
                write!(f, "{count} {rows} kept that the rule cannot judge: {why}")
            }
            Self::Method(text) => f.write_str(text),
        }
    }
}

/// A ratio as a percent, with the decimals that it needs.
fn percent_of((numerator, denominator): (u64, u64)) -> String {
    let decimals = u8::from(!(numerator * 100).is_multiple_of(denominator.max(1)));
    crate::numbers::percent(numerator, denominator, decimals)
        .map_or_else(|| "n/a".to_owned(), |text| format!("{text} %"))
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
