//! The rule that chooses the test of a comparison, from the scale of measurement and the design alone.

use crate::codebook::Kind;
use crate::stats::Method;
use crate::study::{NamedTest, Treat};

/// The rule. It looks at what was asked, never at the answers.
pub(in crate::analyse) const RULE: Method = Method {
    id: "rule.comparison",
    name: "Rule that chooses the test of a comparison",
    convention: "by scale of measurement, design and number of sides; the answers have no say",
};

/// How the sides of a comparison belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analyse) enum Design {
    /// Different people on every side.
    Independent,
    /// Pairs of which each has one on every side.
    Paired,
}

/// What the rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analyse) struct Situation {
    /// What the answers are.
    pub(in crate::analyse) scale: Treat,
    /// How the sides belong together.
    pub(in crate::analyse) design: Design,
    /// How many sides there are.
    pub(in crate::analyse) sides: usize,
    /// Whether the order of the sides means something.
    pub(in crate::analyse) ordered: bool,
}

impl Situation {
    /// Two sides of pairs.
    pub(in crate::analyse) fn paired(scale: Treat) -> Self {
        Self { scale, design: Design::Paired, sides: 2, ordered: false }
    }

    /// The test that the rule chooses.
    pub(in crate::analyse) fn test(self) -> NamedTest {
        match (self.design, self.scale, self.sides) {
            (Design::Independent, Treat::Nominal, _) => NamedTest::Independence,
            (Design::Independent, Treat::Ordinal, ..=2) => NamedTest::MannWhitney,
            (Design::Independent, Treat::Ordinal, _) if self.ordered => NamedTest::Jonckheere,
            (Design::Independent, Treat::Ordinal, _) => NamedTest::KruskalWallis,
            (Design::Independent, Treat::Interval, ..=2) => NamedTest::WelchT,
            (Design::Independent, Treat::Interval, _) if self.ordered => NamedTest::Jonckheere,
            (Design::Independent, Treat::Interval, _) => NamedTest::WelchAnova,
            (Design::Paired, Treat::Nominal, _) => NamedTest::MarginalHomogeneity,
            (Design::Paired, Treat::Ordinal, _) => NamedTest::SignedRank,
            (Design::Paired, Treat::Interval, _) => NamedTest::PairedT,
        }
    }

    /// What the rule saw, in words.
    pub(in crate::analyse) fn words(self) -> String {
        let scale = match self.scale {
            Treat::Nominal => "nominal",
            Treat::Ordinal => "ordinal",
            Treat::Interval => "interval",
        };
        let design = match self.design {
            Design::Independent => "independent",
            Design::Paired => "paired",
        };
        let order = if self.ordered { " in order" } else { "" };
        let sides = if self.sides <= 2 { "two".to_owned() } else { self.sides.to_string() };
        format!("{scale} scale, {sides} {design} sides{order}")
    }
}

/// What the answers to a question of this kind are, unless the study file treats them as something else.
pub(in crate::analyse) fn scale_of(kind: Kind, treat: Option<Treat>) -> Treat {
    treat.unwrap_or(match kind {
        Kind::Likert | Kind::Ranking => Treat::Ordinal,
        Kind::Number => Treat::Interval,
        Kind::Single | Kind::Multi | Kind::Text | Kind::Date => Treat::Nominal,
    })
}

/// The scale that a named test takes answers for.
pub(in crate::analyse) fn scale_of_test(test: NamedTest) -> Treat {
    match test {
        NamedTest::Independence
        | NamedTest::Fisher
        | NamedTest::ChiSquare
        | NamedTest::ChiSquareYates
        | NamedTest::ChiSquareN1
        | NamedTest::LikelihoodRatio
        | NamedTest::MarginalHomogeneity
        | NamedTest::McNemar
        | NamedTest::McNemarMidP
        | NamedTest::McNemarAsymptotic
        | NamedTest::StuartMaxwell
        | NamedTest::Bowker => Treat::Nominal,
        NamedTest::MannWhitney
        | NamedTest::MannWhitneyExact
        | NamedTest::MannWhitneyCorrected
        | NamedTest::MannWhitneyUncorrected
        | NamedTest::KruskalWallis
        | NamedTest::KruskalWallisAsymptotic
        | NamedTest::Jonckheere
        | NamedTest::SignedRank
        | NamedTest::SignedRankPratt
        | NamedTest::Sign => Treat::Ordinal,
        NamedTest::WelchT
        | NamedTest::PooledT
        | NamedTest::WelchAnova
        | NamedTest::Anova
        | NamedTest::PairedT => Treat::Interval,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_and_the_sides_choose_the_test() {
        let test =
            |scale, sides, ordered| Situation { scale, design: Design::Independent, sides, ordered }.test();
        assert_eq!(test(Treat::Nominal, 2, false), NamedTest::Independence);
        assert_eq!(test(Treat::Nominal, 5, true), NamedTest::Independence);
        assert_eq!(test(Treat::Ordinal, 2, true), NamedTest::MannWhitney);
        assert_eq!(test(Treat::Ordinal, 3, false), NamedTest::KruskalWallis);
        assert_eq!(test(Treat::Ordinal, 3, true), NamedTest::Jonckheere);
        assert_eq!(test(Treat::Interval, 2, false), NamedTest::WelchT);
        assert_eq!(test(Treat::Interval, 4, false), NamedTest::WelchAnova);
        let paired = |scale| Situation::paired(scale).test();
        assert_eq!(paired(Treat::Nominal), NamedTest::MarginalHomogeneity);
        assert_eq!(paired(Treat::Ordinal), NamedTest::SignedRank);
        assert_eq!(paired(Treat::Interval), NamedTest::PairedT);
    }
}
