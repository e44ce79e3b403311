//! Tail probabilities of an exact null distribution, and the p-values made of them.

use super::record::Which;

/// How two tails of a discrete null distribution become one p-value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TwoSidedRule {
    /// The probability of lying at least as far from the null mean as observed (coin, StatXact, SAS).
    #[default]
    Distance,
    /// Twice the smaller tail, at most 1.
    Doubled,
}

/// Whether the observed outcome counts in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ObservedMass {
    /// In full: the exact p-value.
    #[default]
    Full,
    /// By half: the mid-P value (Lancaster 1961).
    Half,
}

/// Tail probabilities of the observed statistic under an exact null distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExactTails {
    /// Probability of the observed value or a larger one.
    pub at_least: f64,
    /// Probability of the observed value or a smaller one.
    pub at_most: f64,
    /// Probability of the observed value.
    pub exactly: f64,
    /// Probability of lying at least as far from the null mean.
    pub at_least_as_far: f64,
}

impl ExactTails {
    /// A distribution with a single outcome.
    pub const DEGENERATE: Self = Self { at_least: 1.0, at_most: 1.0, exactly: 1.0, at_least_as_far: 1.0 };

    /// The exact p-value.
    pub fn p(&self, which: Which, rule: TwoSidedRule) -> f64 {
        self.with_mass(which, rule, ObservedMass::Full)
    }

    /// The mid-P value: half the observed mass is left out, of each tail that is doubled.
    pub fn mid_p(&self, which: Which, rule: TwoSidedRule) -> f64 {
        self.with_mass(which, rule, ObservedMass::Half)
    }

    /// The p-value with the observed outcome counted as `mass` says.
    pub fn with_mass(&self, which: Which, rule: TwoSidedRule, mass: ObservedMass) -> f64 {
        let less = match mass {
            ObservedMass::Full => 0.0,
            ObservedMass::Half => self.exactly / 2.0,
        };
        let p = match (which, rule) {
            (Which::Greater, _) => self.at_least - less,
            (Which::Less, _) => self.at_most - less,
            (Which::TwoSided, TwoSidedRule::Distance) => self.at_least_as_far - less,
            (Which::TwoSided, TwoSidedRule::Doubled) => 2.0 * (self.at_least.min(self.at_most) - less),
        };
        p.min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{ExactTails, TwoSidedRule};
    use crate::stats::record::Which;

    /// The outcomes 0, 1, 2 with probabilities 1/4, 1/2, 1/4, observed 2.
    #[test]
    fn rules_differ_only_in_which_outcomes_they_sum() {
        let tails = ExactTails { at_least: 0.25, at_most: 1.0, exactly: 0.25, at_least_as_far: 0.5 };
        let p = |which, rule| tails.p(which, rule);
        let found = [
            p(Which::Greater, TwoSidedRule::Distance),
            p(Which::Less, TwoSidedRule::Doubled),
            p(Which::TwoSided, TwoSidedRule::Distance),
            p(Which::TwoSided, TwoSidedRule::Doubled),
            tails.mid_p(Which::Greater, TwoSidedRule::Distance),
            tails.mid_p(Which::TwoSided, TwoSidedRule::Doubled),
            ExactTails::DEGENERATE.p(Which::TwoSided, TwoSidedRule::Doubled),
        ];
        let expected: [f64; 7] = [0.25, 1.0, 0.5, 0.5, 0.125, 0.25, 1.0];
        // Eighths are exact, so only the order of operations could make a difference, and it must not.
        assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits));
    }
}
