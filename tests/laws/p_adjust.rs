//! Laws of adjusted p-values, and closed testing beside the shortcuts.

use canvass::stats::p_adjust::{Adjustment, adjust};
use proptest::collection::vec;
use proptest::prelude::*;

const ALL: [Adjustment; 7] = [
    Adjustment::Holm,
    Adjustment::BenjaminiHochberg,
    Adjustment::BenjaminiYekutieli,
    Adjustment::Hochberg,
    Adjustment::Hommel,
    Adjustment::Bonferroni,
    Adjustment::Sidak,
];

fn of(p: &[f64], adjustment: Adjustment) -> Vec<f64> {
    let family: Vec<Option<f64>> = p.iter().copied().map(Some).collect();
    adjust(&family, adjustment).unwrap().p.into_iter().map(Option::unwrap).collect()
}

/// p-values with ties among them.
fn family(largest: usize) -> impl Strategy<Value = Vec<f64>> {
    vec(prop_oneof![0.0_f64..=1.0, (0_u8..=20).prop_map(|k| f64::from(k) / 200.0)], 1..=largest)
}

/// The adjusted p-value of a hypothesis is the largest p-value of all subsets that contain it.
fn closed(p: &[f64], of_subset: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut adjusted = vec![0.0_f64; p.len()];
    for subset in 1_u32..1 << p.len() {
        let is_in = |i: usize| subset >> i & 1 == 1;
        let mut members: Vec<f64> = (0..p.len()).filter(|i| is_in(*i)).map(|i| p[i]).collect();
        members.sort_by(f64::total_cmp);
        let value = of_subset(&members);
        for (i, slot) in adjusted.iter_mut().enumerate() {
            if is_in(i) {
                *slot = slot.max(value);
            }
        }
    }
    adjusted.into_iter().map(|p| p.min(1.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn adjusting_raises_and_keeps_the_order(p in family(40)) {
        for adjustment in ALL {
            let adjusted = of(&p, adjustment);
            for (i, (a, raw)) in adjusted.iter().zip(&p).enumerate() {
                prop_assert!(*a >= raw * (1.0 - 1e-12) && *a <= 1.0, "{adjustment:?}");
                for (b, other) in adjusted.iter().zip(&p).skip(i + 1) {
                    prop_assert!(raw.total_cmp(other).is_eq() || (raw < other) == (a <= b) || a.total_cmp(b).is_eq());
                }
            }
            let mut reversed = p.clone();
            reversed.reverse();
            let mut back = of(&reversed, adjustment);
            back.reverse();
            prop_assert_eq!(&adjusted, &back);
        }
    }

    #[test]
    fn stronger_methods_are_never_larger(p in family(40)) {
        let no_larger = |a: Adjustment, b: Adjustment| of(&p, a).iter().zip(of(&p, b)).all(|(a, b)| *a <= b + 1e-12);
        prop_assert!(no_larger(Adjustment::Hommel, Adjustment::Hochberg));
        prop_assert!(no_larger(Adjustment::Hochberg, Adjustment::Holm));
        prop_assert!(no_larger(Adjustment::Holm, Adjustment::Bonferroni));
        prop_assert!(no_larger(Adjustment::Sidak, Adjustment::Bonferroni));
        prop_assert!(no_larger(Adjustment::BenjaminiHochberg, Adjustment::Hochberg));
        prop_assert!(no_larger(Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli));
    }

    #[test]
    fn holm_and_hommel_are_closed_tests(p in family(8)) {
        let bonferroni = |members: &[f64]| members.len() as f64 * members[0];
        let simes = |members: &[f64]| {
            let size = members.len() as f64;
            members.iter().enumerate().map(|(i, p)| size * p / (i as f64 + 1.0)).fold(1.0, f64::min)
        };
        for (a, b) in of(&p, Adjustment::Holm).iter().zip(closed(&p, bonferroni)) {
            prop_assert!((a - b).abs() < 1e-12);
        }
        for (a, b) in of(&p, Adjustment::Hommel).iter().zip(closed(&p, simes)) {
            prop_assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
    }
}
