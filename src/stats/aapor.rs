//! Outcome rates of the American Association for Public Opinion Research.

use crate::stats::{Computed, Method, NotComputed};

/// Outcome rates.
pub const AAPOR_RATES: Method = Method {
    id: "aapor_rates",
    name: "AAPOR outcome rates",
    convention: "eligibility of unknown cases as given with the rate",
};

/// Estimated eligibility.
pub const ELIGIBILITY_RATE: Method = Method {
    id: "eligibility_rate",
    name: "eligibility rate e",
    convention: "proportional allocation: known eligible over known eligible and ineligible",
};

/// Every method of this family.
pub const METHODS: &[Method] = &[AAPOR_RATES, ELIGIBILITY_RATE];

/// Final dispositions of all sampled cases: counts, or sums of weights.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Dispositions {
    /// I: complete interviews.
    pub complete: f64,
    /// P: partial interviews with sufficient information.
    pub partial: f64,
    /// R: refusals and break-offs.
    pub refusal: f64,
    /// NC: non-contacts known to be eligible.
    pub non_contact: f64,
    /// O: other eligible cases without interview.
    pub other: f64,
    /// UH: unknown whether the case received the invitation.
    pub unknown_contact: f64,
    /// UO: unknown eligibility for other reasons.
    pub unknown_other: f64,
    /// NE: known not to be eligible.
    pub not_eligible: f64,
}

impl Dispositions {
    /// Known eligible cases: I + P + R + NC + O.
    pub fn eligible(&self) -> f64 {
        self.complete + self.partial + self.refusal + self.non_contact + self.other
    }

    /// Cases of unknown eligibility: UH + UO.
    pub fn unknown(&self) -> f64 {
        self.unknown_contact + self.unknown_other
    }

    fn contacted(&self) -> f64 {
        self.eligible() - self.non_contact
    }

    fn interviewed(&self) -> f64 {
        self.complete + self.partial
    }

    fn check(&self) -> Computed<()> {
        let all = [self.eligible(), self.unknown(), self.not_eligible];
        let parts = [
            self.complete,
            self.partial,
            self.refusal,
            self.non_contact,
            self.other,
            self.unknown_contact,
            self.unknown_other,
        ];
        if all.iter().chain(&parts).all(|count| *count >= 0.0 && count.is_finite()) {
            Ok(())
        } else {
            Err(NotComputed::invalid("counts of cases are finite and not negative"))
        }
    }
}

/// The share of cases of unknown eligibility that is taken to be eligible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Eligibility {
    /// Estimated by proportional allocation, see [`eligibility_rate`].
    ProportionalAllocation,
    /// Known or assumed, between 0 and 1; 1 for a verified list.
    Given(f64),
}

/// A rate by the name the standard gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeRate {
    /// Completes over eligible and unknown cases.
    Rr1,
    /// Completes and partials over eligible and unknown cases.
    Rr2,
    /// Completes over eligible cases and the eligible share of the unknown.
    Rr3,
    /// Completes and partials over eligible cases and the eligible share of the unknown.
    Rr4,
    /// Completes over eligible cases.
    Rr5,
    /// Completes and partials over eligible cases.
    Rr6,
    /// Completes over contacted cases.
    Coop1,
    /// Completes and partials over contacted cases.
    Coop2,
    /// Completes over interviews and refusals.
    Coop3,
    /// Completes and partials over interviews and refusals.
    Coop4,
    /// Refusals over eligible and unknown cases.
    Ref1,
    /// Refusals over eligible cases and the eligible share of the unknown.
    Ref2,
    /// Refusals over eligible cases.
    Ref3,
    /// Contacted over eligible and unknown cases.
    Con1,
    /// Contacted over eligible cases and the eligible share of the unknown.
    Con2,
    /// Contacted over eligible cases.
    Con3,
}

impl OutcomeRate {
    /// All rates in the order of the standard.
    pub const ALL: [Self; 16] = [
        Self::Rr1,
        Self::Rr2,
        Self::Rr3,
        Self::Rr4,
        Self::Rr5,
        Self::Rr6,
        Self::Coop1,
        Self::Coop2,
        Self::Coop3,
        Self::Coop4,
        Self::Ref1,
        Self::Ref2,
        Self::Ref3,
        Self::Con1,
        Self::Con2,
        Self::Con3,
    ];

    /// The abbreviation of the standard, for example `RR3`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rr1 => "RR1",
            Self::Rr2 => "RR2",
            Self::Rr3 => "RR3",
            Self::Rr4 => "RR4",
            Self::Rr5 => "RR5",
            Self::Rr6 => "RR6",
            Self::Coop1 => "COOP1",
            Self::Coop2 => "COOP2",
            Self::Coop3 => "COOP3",
            Self::Coop4 => "COOP4",
            Self::Ref1 => "REF1",
            Self::Ref2 => "REF2",
            Self::Ref3 => "REF3",
            Self::Con1 => "CON1",
            Self::Con2 => "CON2",
            Self::Con3 => "CON3",
        }
    }
}

/// A rate with what it divides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Which rate.
    pub rate: OutcomeRate,
    /// The rate, a share between 0 and 1.
    pub value: f64,
    /// Its numerator, in cases.
    pub numerator: f64,
    /// Its denominator, in cases; not whole where unknown cases count by share.
    pub denominator: f64,
    /// The share of unknown cases that its denominator counts as eligible, if any are unknown and the rate asks.
    pub eligible_share: Option<f64>,
    /// The method.
    pub method: Method,
}

/// The estimated share of eligible cases with what it divides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EligibilityRate {
    /// The share e, between 0 and 1.
    pub value: f64,
    /// Known eligible cases.
    pub numerator: f64,
    /// Cases of known eligibility.
    pub denominator: f64,
    /// The method.
    pub method: Method,
}

/// The estimated share of eligible cases: known eligible over known eligible and known ineligible.
///
/// Undefined without any case of known eligibility. Estimate it once, for the whole sample.
pub fn eligibility_rate(cases: &Dispositions) -> Computed<EligibilityRate> {
    cases.check()?;
    let (numerator, denominator) = (cases.eligible(), cases.eligible() + cases.not_eligible);
    if denominator <= 0.0 {
        return Err(NotComputed::EmptyBase);
    }
    Ok(EligibilityRate { value: numerator / denominator, numerator, denominator, method: ELIGIBILITY_RATE })
}

/// One outcome rate (AAPOR Standard Definitions, 10th edition, 2023).
///
/// A zero denominator is undefined. Without unknown cases no eligibility is needed, so RR3 = RR5.
///
/// # Examples
///
/// ```
/// use canvass::stats::aapor::{Dispositions, Eligibility, OutcomeRate, outcome_rate};
///
/// let cases = Dispositions {
///     complete: 9.0,
///     partial: 2.0,
///     refusal: 4.0,
///     non_contact: 6.0,
///     other: 1.0,
///     ..Dispositions::default()
/// };
/// let rate = outcome_rate(&cases, Eligibility::ProportionalAllocation, OutcomeRate::Rr2)?;
/// // By hand: (9 + 2) / 22.
/// assert!((rate.value - 0.5).abs() < 1e-15);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn outcome_rate(cases: &Dispositions, eligibility: Eligibility, rate: OutcomeRate) -> Computed<Rate> {
    use OutcomeRate as O;
    cases.check()?;
    if let Eligibility::Given(e) = eligibility
        && !(0.0..=1.0).contains(&e)
    {
        return Err(NotComputed::invalid("a share of eligible cases lies between 0 and 1"));
    }
    let numerator = match rate {
        O::Rr1 | O::Rr3 | O::Rr5 | O::Coop1 | O::Coop3 => cases.complete,
        O::Rr2 | O::Rr4 | O::Rr6 | O::Coop2 | O::Coop4 => cases.interviewed(),
        O::Ref1 | O::Ref2 | O::Ref3 => cases.refusal,
        O::Con1 | O::Con2 | O::Con3 => cases.contacted(),
    };
    let eligible_share = match rate {
        O::Rr1 | O::Rr2 | O::Ref1 | O::Con1 => Some(1.0),
        O::Rr3 | O::Rr4 | O::Ref2 | O::Con2 => Some(match eligibility {
            Eligibility::Given(e) => e,
            Eligibility::ProportionalAllocation if cases.unknown() > 0.0 => eligibility_rate(cases)?.value,
            Eligibility::ProportionalAllocation => 1.0,
        }),
        _ => None,
    };
    let denominator = match rate {
        O::Coop1 | O::Coop2 => cases.contacted(),
        O::Coop3 | O::Coop4 => cases.interviewed() + cases.refusal,
        _ => cases.eligible() + eligible_share.map_or(0.0, |share| share * cases.unknown()),
    };
    if denominator <= 0.0 {
        return Err(NotComputed::EmptyBase);
    }
    let eligible_share = eligible_share.filter(|_| cases.unknown() > 0.0);
    Ok(Rate {
        rate,
        value: numerator / denominator,
        numerator,
        denominator,
        eligible_share,
        method: AAPOR_RATES,
    })
}

/// All sixteen outcome rates, in the order of [`OutcomeRate::ALL`].
pub fn outcome_rates(cases: &Dispositions, eligibility: Eligibility) -> Vec<(OutcomeRate, Computed<Rate>)> {
    OutcomeRate::ALL.into_iter().map(|rate| (rate, outcome_rate(cases, eligibility, rate))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: Dispositions = Dispositions {
        complete: 60.0,
        partial: 10.0,
        refusal: 15.0,
        non_contact: 20.0,
        other: 5.0,
        unknown_contact: 30.0,
        unknown_other: 10.0,
        not_eligible: 12.0,
    };

    #[test]
    fn rates_follow_the_standard() {
        // By hand from the formulas.
        let expected = [
            0.4,
            70.0 / 150.0,
            0.410_774,
            0.479_237,
            60.0 / 110.0,
            70.0 / 110.0,
            60.0 / 90.0,
            70.0 / 90.0,
            60.0 / 85.0,
            70.0 / 85.0,
            0.1,
            0.102_694,
            15.0 / 110.0,
            0.6,
            0.616_162,
            90.0 / 110.0,
        ];
        for ((rate, got), expected) in
            outcome_rates(&CASES, Eligibility::ProportionalAllocation).iter().zip(expected)
        {
            assert!((got.as_ref().unwrap().value - expected).abs() < 1e-6, "{}", rate.label());
        }
        assert!((eligibility_rate(&CASES).unwrap().value - 110.0 / 122.0).abs() < 1e-15);
    }

    #[test]
    fn a_denominator_of_unknown_eligibility_is_undefined() {
        let unknown = Dispositions { unknown_contact: 5.0, ..Dispositions::default() };
        let rate = |rate| outcome_rate(&unknown, Eligibility::ProportionalAllocation, rate);
        assert!(rate(OutcomeRate::Rr1).unwrap().value == 0.0);
        assert_eq!(rate(OutcomeRate::Rr3), Err(NotComputed::EmptyBase));
        assert_eq!(rate(OutcomeRate::Rr5), Err(NotComputed::EmptyBase));
        assert_eq!(eligibility_rate(&unknown), Err(NotComputed::EmptyBase));
    }

    #[test]
    fn impossible_counts_and_shares_are_refused() {
        let negative = Dispositions { complete: -1.0, refusal: 5.0, ..CASES };
        assert!(outcome_rate(&negative, Eligibility::Given(1.0), OutcomeRate::Rr1).is_err());
        let nan = Dispositions { not_eligible: f64::NAN, ..CASES };
        assert!(eligibility_rate(&nan).is_err());
        assert!(outcome_rate(&CASES, Eligibility::Given(1.5), OutcomeRate::Rr3).is_err());
        assert!(outcome_rate(&CASES, Eligibility::Given(f64::NAN), OutcomeRate::Rr3).is_err());
    }
}
