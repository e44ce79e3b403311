//! Laws of the outcome rates.

use canvass::stats::aapor::{Dispositions, Eligibility, OutcomeRate, eligibility_rate, outcome_rate};
use proptest::prelude::*;

fn dispositions() -> impl Strategy<Value = Dispositions> {
    let count = || (0_u32..50).prop_map(f64::from);
    (count(), count(), count(), count(), count(), count(), count(), count()).prop_map(
        |(complete, partial, refusal, non_contact, other, unknown_contact, unknown_other, not_eligible)| {
            Dispositions {
                complete,
                partial,
                refusal,
                non_contact,
                other,
                unknown_contact,
                unknown_other,
                not_eligible,
            }
        },
    )
}

fn value(cases: &Dispositions, eligibility: Eligibility, rate: OutcomeRate) -> Option<f64> {
    outcome_rate(cases, eligibility, rate).ok().map(|rate| rate.value)
}

proptest! {
    #[test]
    fn rates_rise_as_fewer_unknown_cases_count(cases in dispositions(), e in 0.0..=1.0) {
        use OutcomeRate as O;
        let given = Eligibility::Given(e);
        for chain in [[O::Rr1, O::Rr3, O::Rr5], [O::Rr2, O::Rr4, O::Rr6], [O::Ref1, O::Ref2, O::Ref3], [O::Con1, O::Con2, O::Con3]] {
            let rates: Vec<f64> = chain.iter().filter_map(|rate| value(&cases, given, *rate)).collect();
            prop_assert!(rates.is_sorted(), "{rates:?}");
        }
    }

    #[test]
    fn full_and_no_eligibility_are_the_ends(cases in dispositions()) {
        use OutcomeRate as O;
        for (first, between, last) in [(O::Rr1, O::Rr3, O::Rr5), (O::Ref1, O::Ref2, O::Ref3), (O::Con1, O::Con2, O::Con3)] {
            prop_assert_eq!(value(&cases, Eligibility::Given(1.0), between), value(&cases, Eligibility::Given(1.0), first));
            prop_assert_eq!(value(&cases, Eligibility::Given(0.0), between), value(&cases, Eligibility::Given(0.0), last));
        }
    }

    #[test]
    fn every_rate_is_a_share(cases in dispositions()) {
        for rate in OutcomeRate::ALL {
            if let Ok(rate) = outcome_rate(&cases, Eligibility::ProportionalAllocation, rate) {
                prop_assert!((0.0..=1.0).contains(&rate.value));
                prop_assert!((rate.value * rate.denominator - rate.numerator).abs() < 1e-9);
            }
        }
        if let Ok(e) = eligibility_rate(&cases) {
            prop_assert!((0.0..=1.0).contains(&e.value));
        }
    }
}
