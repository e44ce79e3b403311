//! Laws of the indices of careless answers.

use canvass::stats::NotComputed;
use canvass::stats::careless::{Moments, PEOPLE_PER_ITEM, even_odd, irv, longstring};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_run_is_as_long_read_from_either_end(answers in vec(proptest::option::of(0_u8..3), 0..30)) {
        let forwards = longstring(answers.iter().copied());
        prop_assert_eq!(forwards, longstring(answers.iter().rev().copied()));
        // The slow way: every stretch of equal answers.
        let mut longest = 0;
        for from in 0..answers.len() {
            for to in from..answers.len() {
                let same = answers[from].is_some() && answers[from..=to].iter().all(|answer| *answer == answers[from]);
                longest = longest.max(if same { (to + 1 - from) as u64 } else { 0 });
            }
        }
        prop_assert_eq!(forwards, longest);
    }

    #[test]
    fn answers_vary_as_much_when_the_scale_is_turned_around(scores in vec(1_i32..8, 2..40)) {
        let turned = scores.iter().map(|score| 8 - score);
        prop_assert!((irv(scores.iter().copied()).unwrap() - irv(turned).unwrap()).abs() < 1e-12);
        let equal = scores.iter().all(|score| *score == scores[0]);
        prop_assert_eq!(irv(scores.iter().copied()).unwrap().to_bits() == 0, equal);
    }

    #[test]
    fn consistency_does_not_know_which_half_is_even(pairs in vec((1_u8..6, 1_u8..6), 3..9)) {
        let pairs: Vec<(f64, f64)> = pairs.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect();
        let swapped: Vec<(f64, f64)> = pairs.iter().map(|(x, y)| (*y, *x)).collect();
        match (even_odd(&pairs), even_odd(&swapped)) {
            (Ok(one), Ok(other)) => {
                prop_assert!((one - other).abs() < 1e-9);
                prop_assert!((-1.0..=1.0).contains(&one));
            }
            (one, other) => prop_assert_eq!(one, other),
        }
    }

    #[test]
    fn distances_add_up_to_people_times_items(rows in vec(vec(1_i32..8, 3), 30..60)) {
        let mut moments = Moments::new(3);
        for row in &rows {
            moments.add(row);
        }
        let Ok(centre) = moments.centre() else { return Ok(()) };
        let mut room = Vec::new();
        let sum: f64 = rows.iter().map(|row| centre.distance(row, &mut room)).sum();
        // The trace of the identity: (n - 1) * items.
        prop_assert!((sum - 3.0 * (rows.len() as f64 - 1.0)).abs() < 1e-6);
        // Turning one item around changes no distance.
        let mut turned = Moments::new(3);
        let turn = |row: &[i32]| [8 - row[0], row[1], row[2]];
        for row in &rows {
            turned.add(&turn(row));
        }
        let other = turned.centre().unwrap();
        for row in &rows {
            let (one, two) = (centre.distance(row, &mut room), other.distance(&turn(row), &mut room));
            prop_assert!((one - two).abs() < 1e-6);
        }
    }
}

#[test]
fn too_few_people_or_items_that_follow_from_each_other_have_no_distance() {
    let mut moments = Moments::new(2);
    (0..19).for_each(|i| moments.add(&[i, i * i]));
    let reason = moments.centre().err();
    assert_eq!(reason, Some(NotComputed::TooFew { needed: 2 * PEOPLE_PER_ITEM, found: 19 }));
    let mut moments = Moments::new(2);
    (0..50).for_each(|i| moments.add(&[i % 5, 6 - i % 5]));
    assert!(matches!(moments.centre().err(), Some(NotComputed::Undefined(_))));
}

#[test]
fn two_scales_have_no_consistency() {
    assert_eq!(even_odd(&[(1.0, 2.0), (2.0, 1.0)]), Err(NotComputed::TooFew { needed: 3, found: 2 }));
}
