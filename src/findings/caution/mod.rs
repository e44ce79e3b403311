//! Facts that a reader must know beside a number.

mod words;

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
    /// Sides whose people a link joins are compared as if they were independent.
    LinkedSides {
        /// How many pairs have one person on each of two sides.
        pairs: u64,
        /// The label of the link.
        link: String,
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
    /// However these answers had fallen on the sides, none would have given a p-value of 5 % or less.
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
    /// A simple random sample of a finite frame, by a method that does not know the frame.
    NoFiniteCorrection {
        /// The people of the frame.
        frame: u64,
    },
    /// People who were drawn and did not answer are taken as like those who did.
    TakenAsAnswered,
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
            Self::LinkedSides { .. } => "linked-sides",
            Self::Multiplicity { .. } => "multiplicity",
            Self::CannotReach => "cannot-reach",
            Self::FamilyCannotReach => "family-cannot-reach",
            Self::DiffersBecause { .. } => "differs-because",
            Self::EligibleShare { .. } => "eligible-share",
            Self::CutPoints { .. } => "cut-points",
            Self::CompletionBy { .. } => "completion-by",
            Self::PlatformRate { .. } => "platform-rate",
            Self::RandomSample { .. } => "random-sample",
            Self::NoFiniteCorrection { .. } => "no-finite-correction",
            Self::TakenAsAnswered => "taken-as-answered",
            Self::PartOfFrame => "part-of-frame",
            Self::OptIn => "opt-in",
            Self::Unjudged { .. } => "unjudged",
            Self::Method(_) => "method",
        }
    }

    /// Whether it says what an interval is about, and nothing where the interval is not shown.
    pub fn is_about_interval(&self) -> bool {
        matches!(
            self,
            Self::NoSampling
                | Self::TakenAsRandom
                | Self::RandomSample { .. }
                | Self::NoFiniteCorrection { .. }
                | Self::TakenAsAnswered
                | Self::PartOfFrame
        )
    }

    /// The caution for a small base, if it is small.
    pub fn small_base(base: u64) -> Option<Self> {
        (base < SMALL_BASE).then_some(Self::SmallBase { base })
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
