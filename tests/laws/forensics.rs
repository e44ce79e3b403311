//! Forensic tests against enumeration of all data sets.
#![expect(clippy::unwrap_used, reason = "an oracle that fails stops the test")]

use std::collections::BTreeSet;

use canvass::stats::forensics::debit::debit;
use canvass::stats::forensics::grim::{grim, grim_percent};
use canvass::stats::forensics::grimmer::{Divisor, grimmer};
use canvass::stats::forensics::sd_limits::{Scale, sd_limits};
use canvass::stats::forensics::{Reported, Rounding};
use proptest::prelude::*;

/// Every way to count how many of `n` people give each of `points` answers, as sum and sum of squares from `min`.
fn all_moments(n: i64, min: i64, points: i64) -> BTreeSet<(i64, i64)> {
    let mut reached = BTreeSet::from([(0, 0)]);
    for _ in 0..n {
        let next = |(sum, squares)| (min..min + points).map(move |x| (sum + x, squares + x * x));
        reached = reached.into_iter().flat_map(next).collect();
    }
    reached
}

/// Whether `value`, printed with the decimals of `text`, may read as `text` by some rounding rule. The comparison of
/// floating-point numbers is safe where exact halves are excluded by more than the margin, and generous at halves.
fn may_print(value: f64, text: &str) -> bool {
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let half = 0.5 / 10_f64.powi(i32::try_from(decimals).unwrap());
    (value - text.parse::<f64>().unwrap()).abs() <= half + 1e-12
}

fn sd((sum, squares): (i64, i64), n: i64) -> f64 {
    ((n * squares - sum * sum) as f64 / (n * (n - 1)) as f64).sqrt()
}

fn printed(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn grimmer_finds_what_enumeration_finds(
        n in 2_i64..9, min in -2_i64..3, points in 1_i64..6, mean in -3.0..8.0_f64, deviation in 0.0..3.0_f64, decimals in 0_usize..3,
    ) {
        let (mean, deviation) = (printed(mean, decimals), printed(deviation, decimals));
        let scale = Scale::new(i32::try_from(min).unwrap(), i32::try_from(min + points - 1).unwrap()).unwrap();
        let result = grimmer(
            &Reported::parse(&mean).unwrap(), &Reported::parse(&deviation).unwrap(), n.unsigned_abs(), scale,
            Rounding::Either, Divisor::NMinusOne,
        ).unwrap();
        let expected: Vec<(i64, i64)> = all_moments(n, min, points)
            .into_iter()
            .filter(|moments| may_print(moments.0 as f64 / n as f64, &mean) && may_print(sd(*moments, n), &deviation))
            .collect();
        prop_assert_eq!(&result.candidates, &expected);
        prop_assert!(result.parity_test || expected.is_empty());
    }

    #[test]
    fn true_numbers_always_pass(answers in prop::collection::vec(1_i32..8, 2..60), decimals in 0_usize..4) {
        let n = answers.len() as u64;
        let sum: i64 = answers.iter().map(|x| i64::from(*x)).sum();
        let squares: i64 = answers.iter().map(|x| i64::from(*x).pow(2)).sum();
        let mean = Reported::parse(&printed(sum as f64 / n as f64, decimals)).unwrap();
        let deviation = Reported::parse(&printed(sd((sum, squares), n.cast_signed()), decimals)).unwrap();
        prop_assert!(grim(&mean, n, 1, Rounding::Either).unwrap().candidates.contains(&sum));
        let scale = Scale::new(1, 7).unwrap();
        let result = grimmer(&mean, &deviation, n, scale, Rounding::Either, Divisor::NMinusOne).unwrap();
        prop_assert!(result.candidates.contains(&(sum, squares)) && result.parity_test);
        let limits = sd_limits(&mean, n, scale, Rounding::Either).unwrap();
        let own = sd((sum, squares), n.cast_signed());
        prop_assert!(limits.smallest <= own + 1e-12 && own <= limits.largest + 1e-12);
    }

    #[test]
    fn limits_of_the_deviation_are_those_of_enumeration(
        n in 2_i64..9, min in -2_i64..3, points in 1_i64..6, mean in -3.0..8.0_f64, decimals in 0_usize..3,
    ) {
        let mean = printed(mean, decimals);
        let scale = Scale::new(i32::try_from(min).unwrap(), i32::try_from(min + points - 1).unwrap()).unwrap();
        let result = sd_limits(&Reported::parse(&mean).unwrap(), n.unsigned_abs(), scale, Rounding::Either);
        let all: Vec<f64> = all_moments(n, min, points)
            .into_iter()
            .filter(|moments| may_print(moments.0 as f64 / n as f64, &mean))
            .map(|moments| sd(moments, n))
            .collect();
        match result {
            Ok(limits) if limits.cautions.is_empty() => {
                let smallest = all.iter().copied().fold(f64::INFINITY, f64::min);
                let largest = all.iter().copied().fold(0.0, f64::max);
                prop_assert!((limits.smallest - smallest).abs() < 1e-12, "{} {smallest}", limits.smallest);
                prop_assert!((limits.largest - largest).abs() < 1e-12, "{} {largest}", limits.largest);
            }
            _ => prop_assert!(all.is_empty()),
        }
    }

    #[test]
    fn debit_finds_what_enumeration_finds(n in 2_u64..60, mean in -0.1..1.1_f64, deviation in 0.0..0.6_f64, decimals in 0_usize..4) {
        let (mean, deviation) = (printed(mean, decimals), printed(deviation, decimals));
        let result = debit(
            &Reported::parse(&mean).unwrap(), &Reported::parse(&deviation).unwrap(), n, Rounding::Either, Divisor::NMinusOne,
        ).unwrap();
        let fits = |k: &u64| {
            let moments = (k.cast_signed(), k.cast_signed());
            may_print(*k as f64 / n as f64, &mean) && may_print(sd(moments, n.cast_signed()), &deviation)
        };
        prop_assert_eq!(&result.counts, &(0..=n).filter(fits).collect::<Vec<_>>());
        prop_assert!(result.interval_version || !result.consistent);
        prop_assert!(result.grim || !result.consistent);
    }

    #[test]
    fn grim_of_a_percentage_is_grim_of_the_share(n in 1_u64..300, percent in 0.0..100.0_f64, decimals in 0_usize..3) {
        let text = printed(percent, decimals);
        let result = grim_percent(&Reported::parse(&text).unwrap(), n, Rounding::Either).unwrap();
        let fits = |k: &u64| may_print(100.0 * *k as f64 / n as f64, &text);
        let expected: Vec<i64> = (0..=n).filter(fits).map(u64::cast_signed).collect();
        prop_assert_eq!(result.candidates.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn stricter_rounding_accepts_less(n in 1_u64..40, mean in -5.0..5.0_f64, decimals in 0_usize..3) {
        let mean = Reported::parse(&printed(mean, decimals)).unwrap();
        let sums = |rounding| grim(&mean, n, 1, rounding).unwrap().candidates.collect::<BTreeSet<_>>();
        let either = sums(Rounding::Either);
        prop_assert!(sums(Rounding::HalfUp).is_subset(&either) && sums(Rounding::HalfEven).is_subset(&either));
    }
}
