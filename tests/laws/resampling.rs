//! Laws of resampling, and enumeration beside the exact permutation tests.
#![expect(clippy::unwrap_used, reason = "a law that cannot be tried has failed")]

use canvass::stats::resampling::{
    Form, Interpolation, Jackknife, Plan, basic, bca, bootstrap, bootstrap_counts, mean_difference_exact,
    mean_difference_monte_carlo, monte_carlo_p, percentile, sign_flip_exact, sign_flip_monte_carlo,
};
use canvass::stats::{Computed, ConfidenceLevel, Which};
use proptest::collection::vec;
use proptest::prelude::*;

const P95: ConfidenceLevel = ConfidenceLevel::P95;
const DIRECTIONS: [Which; 3] = [Which::TwoSided, Which::Greater, Which::Less];

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11 * a.abs().max(b.abs()) + 1e-14
}

fn scaled(values: &[i64], unit: f64) -> Vec<f64> {
    values.iter().map(|&value| value as f64 / unit).collect()
}

/// Shares of all sums as far from their mean, as large, as small, and equal to the observed one.
fn shares(sums: &[i64], observed: i64) -> [f64; 4] {
    let n = i64::try_from(sums.len()).unwrap();
    let total: i64 = sums.iter().sum();
    let share = |counts: &dyn Fn(i64) -> bool| sums.iter().filter(|&&s| counts(s)).count() as f64 / n as f64;
    [
        share(&|s| (n * s - total).abs() >= (n * observed - total).abs()),
        share(&|s| s >= observed),
        share(&|s| s <= observed),
        share(&|s| s == observed),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn the_mean_difference_test_counts_all_divisions(x in vec(-9_i64..9, 1..6), y in vec(-9_i64..9, 1..6)) {
        let all = [x.clone(), y.clone()].concat();
        let sums: Vec<i64> = (0_u32..1 << all.len())
            .filter(|chosen| chosen.count_ones() as usize == x.len())
            .map(|chosen| all.iter().enumerate().filter(|(i, _)| chosen >> i & 1 == 1).map(|(_, v)| v).sum())
            .collect();
        let counted = shares(&sums, x.iter().sum());
        // Whole numbers, decimals that are no binary fractions, and thirds, which are not decimal either.
        for unit in [1.0, 10.0, 700.0, 3.0] {
            let (x, y) = (scaled(&x, unit), scaled(&y, unit));
            let ours = DIRECTIONS.map(|which| mean_difference_exact(&x, &y, which).unwrap());
            for (got, want) in ours.iter().zip(counted) {
                prop_assert!(close(got.test.p, want), "{ours:?} {counted:?}");
            }
            prop_assert!(close(ours[1].test.p + ours[2].test.p, 1.0 + counted[3]));
            prop_assert!(close(ours[0].arrangements, sums.len() as f64));
            let swapped = mean_difference_exact(&y, &x, Which::TwoSided).unwrap();
            prop_assert!(close(swapped.test.p, ours[0].test.p));
            prop_assert!(close(swapped.estimate, -ours[0].estimate));
        }
    }

    #[test]
    fn the_sign_flip_test_counts_all_signs(d in vec(-9_i64..9, 1..9)) {
        let sums: Vec<i64> = (0_u32..1 << d.len())
            .map(|signs| d.iter().enumerate().map(|(i, v)| if signs >> i & 1 == 1 { *v } else { -v }).sum())
            .collect();
        let counted = shares(&sums, d.iter().sum());
        for unit in [1.0, 10.0, 700.0, 3.0] {
            let d = scaled(&d, unit);
            let ours = DIRECTIONS.map(|which| sign_flip_exact(&d, which).unwrap());
            for (got, want) in ours.iter().zip(counted) {
                prop_assert!(close(got.test.p, want), "{ours:?} {counted:?}");
            }
            prop_assert!(close(ours[1].test.p + ours[2].test.p, 1.0 + counted[3]));
        }
    }

    #[test]
    fn intervals_move_with_the_data_and_nest(
        values in vec(-50.0_f64..50.0, 40..200), shift in -10.0_f64..10.0, estimate in -5.0_f64..5.0,
    ) {
        for interpolation in [Interpolation::NormalScore, Interpolation::Type7] {
            let at = |level: f64| {
                percentile(&values, estimate, interpolation, ConfidenceLevel::new(level).unwrap()).unwrap()
            };
            let (inner, outer) = (at(0.8).interval, at(0.95).interval);
            prop_assert!(outer.low <= inner.low && inner.low <= inner.high && inner.high <= outer.high);
            let moved: Vec<f64> = values.iter().map(|value| value + shift).collect();
            let moved = percentile(&moved, estimate + shift, interpolation, P95).unwrap();
            prop_assert!((moved.interval.low - outer.low - shift).abs() < 1e-9);
            let reflected = basic(&values, estimate, interpolation, P95).unwrap().interval;
            prop_assert!((reflected.low - (2.0 * estimate - outer.high)).abs() < 1e-12);
            prop_assert!((reflected.high - (2.0 * estimate - outer.low)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_symmetric_bootstrap_without_skewness_is_the_percentile_interval(half in vec(0.01_f64..9.0, 30..90)) {
        // Replicates on both sides in equal number: no bias; a symmetric jackknife: no acceleration.
        let values: Vec<f64> = half.iter().flat_map(|v| [3.0 - v, 3.0 + v]).collect();
        let jackknife = Jackknife { values: vec![(2.0, 4), (4.0, 4)] };
        let accelerated = bca(&values, 3.0, &jackknife, Interpolation::NormalScore, P95).unwrap();
        let plain = percentile(&values, 3.0, Interpolation::NormalScore, P95).unwrap();
        prop_assert!(accelerated.z0.abs() < 1e-15 && accelerated.acceleration.abs() < 1e-15);
        prop_assert!((accelerated.result.interval.low - plain.interval.low).abs() < 1e-9);
        prop_assert!((accelerated.result.interval.high - plain.interval.high).abs() < 1e-9);
    }

    #[test]
    fn a_monte_carlo_p_is_never_zero_and_its_interval_holds_the_share(b in 0_u64..500, more in 1_u64..500) {
        let all = b + more;
        let result = monte_carlo_p(b, all, P95).unwrap();
        prop_assert!(result.p > 0.0 && result.p <= 1.0);
        let interval = result.interval.unwrap();
        let share = b as f64 / all as f64;
        prop_assert!(interval.low <= share && share <= interval.high);
    }
}

#[test]
fn random_arrangements_approach_the_exact_test() {
    let (x, y) = ([5.0, 4.0, 5.0, 3.0, 4.0, 5.0, 2.0], [3.0, 4.0, 2.0, 3.0, 1.0, 4.0, 3.0, 2.0]);
    let exact = mean_difference_exact(&x, &y, Which::TwoSided).unwrap().test.p;
    let (_, random, test) = mean_difference_monte_carlo(&x, &y, Which::TwoSided, 20_000, 1, P95).unwrap();
    // Four standard errors.
    assert!(
        (random.p - exact).abs() < 4.0 * (exact * (1.0 - exact) / 20_000.0).sqrt(),
        "{} {exact}",
        random.p
    );
    assert_eq!(test.cautions.len(), 1);
    let d = [0.5, -0.25, 1.0, 0.75, 0.0, -0.5, 1.25, 0.5];
    let exact = sign_flip_exact(&d, Which::Greater).unwrap().test.p;
    let (_, random, _) = sign_flip_monte_carlo(&d, Which::Greater, 20_000, 1, P95).unwrap();
    assert!(
        (random.p - exact).abs() < 4.0 * (exact * (1.0 - exact) / 20_000.0).sqrt(),
        "{} {exact}",
        random.p
    );
}

/// A two-sample t statistic would do as well: 300 answers on five points are far beyond listing, not beyond summing.
#[test]
fn hundreds_of_answers_on_a_scale_have_an_exact_test() {
    let x: Vec<f64> = (0..150).map(|i| f64::from(i % 5)).collect();
    let y: Vec<f64> = (0..150).map(|i| f64::from((i + i / 40) % 5)).collect();
    let result = mean_difference_exact(&x, &y, Which::TwoSided).unwrap();
    assert!(result.test.p > 0.0 && result.test.p <= 1.0);
}

#[test]
fn the_bca_interval_covers_the_mean_of_a_skewed_population_as_often_as_it_says() {
    // 200 samples of 40 squares of uniform numbers, whose mean is 1/3; 90 % intervals.
    let mut generator = canvass::stats::random::Pcg64::new(77);
    let mut covered = 0;
    for sample in 0..200 {
        let data: Vec<f64> = (0..40).map(|_| generator.uniform()).map(|u| u * u).collect();
        let mean = |chosen: &[usize]| -> Computed<f64> {
            Ok(chosen.iter().map(|&i| data[i]).sum::<f64>() / chosen.len() as f64)
        };
        let level = ConfidenceLevel::new(0.9).unwrap();
        let plan = Plan { form: Form::Bca, replicates: 499, level, ..Plan::new(sample) };
        let interval = bootstrap(40, plan, mean).unwrap().result.interval;
        covered += u32::from(interval.low < 1.0 / 3.0 && 1.0 / 3.0 < interval.high);
    }
    // Nominal 180 of 200, a standard deviation of 4; small samples fall a little short.
    assert!((162..=194).contains(&covered), "{covered}");
}

#[test]
fn counts_and_indices_have_the_same_distribution() {
    let counts = [3_u64, 5, 9, 2];
    let data: Vec<f64> =
        (0..4_u32).zip(counts).flat_map(|(v, n)| (0..n).map(move |_| f64::from(v))).collect();
    let plan = Plan { form: Form::Percentile, replicates: 20_000, ..Plan::new(12) };
    let by_index = bootstrap(data.len(), plan, |chosen| {
        Ok(chosen.iter().map(|&i| data[i]).sum::<f64>() / chosen.len() as f64)
    });
    let by_count = bootstrap_counts(&counts, plan, |counts| {
        let sum: u64 = (0..).zip(counts).map(|(v, n)| v * n).sum();
        Ok(sum as f64 / counts.iter().sum::<u64>() as f64)
    });
    let (a, b) = (by_index.unwrap().result, by_count.unwrap().result);
    assert!((a.estimate - b.estimate).abs() < 1e-12);
    assert!((a.standard_error / b.standard_error - 1.0).abs() < 0.03);
    assert!(
        (a.interval.low - b.interval.low).abs() < 0.06 && (a.interval.high - b.interval.high).abs() < 0.06
    );
}
