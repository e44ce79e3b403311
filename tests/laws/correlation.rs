//! Laws of the correlations, and enumeration beside their algorithms.
#![expect(clippy::unwrap_used, reason = "a law that cannot be tried has failed")]

use canvass::stats::correlation::{
    Bivariate, Correlation, KendallContinuity, KendallTauB, PairContrast, gk_gamma, kendall_tau_b,
    kendall_tau_b_exact, kendall_tau_b_exact_ties, pearson, spearman, spearman_exact,
};
use canvass::stats::{ConfidenceLevel, Which};
use proptest::collection::vec;
use proptest::prelude::*;

const P95: ConfidenceLevel = ConfidenceLevel::P95;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11 * a.abs().max(b.abs()) + 1e-14
}

fn of(pairs: &[(i32, i32)]) -> Bivariate {
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).unzip();
    Bivariate::from_pairs(&x, &y).unwrap()
}

fn swapped(pairs: &[(i32, i32)]) -> Vec<(i32, i32)> {
    pairs.iter().map(|&(x, y)| (y, x)).collect()
}

/// Every order of the second members.
fn orders(items: &[i32]) -> Vec<Vec<i32>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for place in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(place);
        for mut order in orders(&rest) {
            order.push(first);
            all.push(order);
        }
    }
    all
}

fn kendall_s(x: &[i32], y: &[i32]) -> i64 {
    let mut s = 0;
    for i in 0..x.len() {
        for j in 0..i {
            s += i64::from((x[i] - x[j]).signum() * (y[i] - y[j]).signum());
        }
    }
    s
}

fn doubled_midranks(values: &[i32]) -> Vec<i64> {
    values
        .iter()
        .map(|value| {
            let below = values.iter().filter(|other| *other < value).count();
            let equal = values.iter().filter(|other| *other == value).count();
            i64::try_from(2 * below + equal + 1).unwrap()
        })
        .collect()
}

/// Shares of all orders with a statistic as far from its mean, as large, as small, and equal.
fn shares(x: &[i32], y: &[i32], statistic: impl Fn(&[i32], &[i32]) -> i64) -> [f64; 4] {
    let all: Vec<i64> = orders(y).iter().map(|order| statistic(x, order)).collect();
    let n = i64::try_from(all.len()).unwrap();
    let (observed, sum) = (statistic(x, y), all.iter().sum::<i64>());
    let share = |counts: &dyn Fn(i64) -> bool| all.iter().filter(|&&t| counts(t)).count() as f64 / n as f64;
    [
        share(&|t| (n * t - sum).abs() >= (n * observed - sum).abs()),
        share(&|t| t >= observed),
        share(&|t| t <= observed),
        share(&|t| t == observed),
    ]
}

const DIRECTIONS: [Which; 3] = [Which::TwoSided, Which::Greater, Which::Less];

fn p_of_s(test: impl Fn(Which) -> KendallTauB) -> [f64; 3] {
    DIRECTIONS.map(|which| test(which).test.unwrap().p)
}

fn p_of_r(test: impl Fn(Which) -> Correlation) -> [f64; 3] {
    DIRECTIONS.map(|which| test(which).test.unwrap().p)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn exact_tests_count_all_orders(pairs in vec((0..4, 0..4), 3..7)) {
        let (x, y): (Vec<i32>, Vec<i32>) = pairs.iter().copied().unzip();
        let data = of(&pairs);
        if kendall_tau_b_exact_ties(&data, Which::TwoSided, P95).is_ok() {
            let counted = shares(&x, &y, kendall_s);
            let ours = p_of_s(|which| kendall_tau_b_exact_ties(&data, which, P95).unwrap());
            for (got, want) in ours.iter().zip(counted) {
                prop_assert!(close(*got, want), "{ours:?} {counted:?}");
            }
            prop_assert!(close(ours[1] + ours[2], 1.0 + counted[3]));
            let product = |x: &[i32], y: &[i32]| -> i64 {
                doubled_midranks(x).iter().zip(doubled_midranks(y)).map(|(a, b)| a * b).sum()
            };
            let counted = shares(&x, &y, product);
            let ours = p_of_r(|which| spearman_exact(&data, which, P95).unwrap());
            for (got, want) in ours.iter().zip(counted) {
                prop_assert!(close(*got, want), "{ours:?} {counted:?}");
            }
            prop_assert!(close(ours[1] + ours[2], 1.0 + counted[3]));
        }
    }

    #[test]
    fn without_ties_both_exact_tests_of_tau_agree(order in Just((0..8).collect::<Vec<i32>>()).prop_shuffle()) {
        let data = of(&(0..8).zip(order).collect::<Vec<_>>());
        for which in DIRECTIONS {
            let untied = kendall_tau_b_exact(&data, which, P95).unwrap().test.unwrap().p;
            let general = kendall_tau_b_exact_ties(&data, which, P95).unwrap().test.unwrap().p;
            prop_assert!(close(untied, general), "{untied} {general}");
        }
    }

    #[test]
    fn pairs_are_counted_as_by_comparing_all(pairs in vec((-5..5, -5..5), 2..40)) {
        let contrast = PairContrast::of(&of(&pairs));
        let (x, y): (Vec<i32>, Vec<i32>) = pairs.iter().copied().unzip();
        prop_assert_eq!(contrast.s(), kendall_s(&x, &y));
        let tied = |values: &[i32]| {
            (0..values.len()).map(|i| (0..i).filter(|&j| values[i] == values[j]).count() as u64).sum::<u64>()
        };
        prop_assert_eq!((contrast.tied_x, contrast.tied_y), (tied(&x), tied(&y)));
    }

    #[test]
    fn swapping_and_reversing_change_only_the_direction(pairs in vec((0..5, 0..5), 4..30)) {
        let (data, other) = (of(&pairs), of(&swapped(&pairs)));
        let reversed = of(&pairs.iter().map(|&(x, y)| (x, -y)).collect::<Vec<_>>());
        for coefficient in [pearson, spearman] {
            let Ok(straight) = coefficient(&data, Which::TwoSided, P95) else { continue };
            let swap = coefficient(&other, Which::TwoSided, P95).unwrap();
            prop_assert!(close(straight.estimate, swap.estimate));
            let p = |data, which| coefficient(data, which, P95).unwrap().test.unwrap().p;
            prop_assert!(close(p(&data, Which::TwoSided), p(&reversed, Which::TwoSided)));
            prop_assert!(close(p(&data, Which::Greater), p(&reversed, Which::Less)));
            prop_assert!(close(p(&data, Which::Greater) + p(&data, Which::Less), 1.0));
        }
        if let Ok(straight) = kendall_tau_b(&data, KendallContinuity::None, Which::TwoSided, P95) {
            let swap = kendall_tau_b(&other, KendallContinuity::None, Which::TwoSided, P95).unwrap();
            prop_assert!(close(straight.estimate, swap.estimate));
            prop_assert!(close(straight.variance_of_s.unwrap(), swap.variance_of_s.unwrap()));
            let back = kendall_tau_b(&reversed, KendallContinuity::None, Which::TwoSided, P95).unwrap();
            prop_assert!(close(straight.estimate, -back.estimate));
        }
    }

    #[test]
    fn row_order_changes_no_bit_and_a_table_is_its_rows(pairs in vec((0..5, 0..5), 4..30)) {
        let mut shuffled = pairs.clone();
        shuffled.reverse();
        shuffled.rotate_left(2);
        prop_assert_eq!(of(&pairs), of(&shuffled));
        let mut table = vec![vec![0_u64; 5]; 5];
        for &(x, y) in &pairs {
            table[usize::try_from(x).unwrap()][usize::try_from(y).unwrap()] += 1;
        }
        let values = [0.0, 1.0, 2.0, 3.0, 4.0];
        prop_assert_eq!(of(&pairs), Bivariate::from_scored_table(&table, &values, &values).unwrap());
    }

    #[test]
    fn rank_correlations_know_only_order(pairs in vec((0..6, 0..6), 4..30)) {
        let recoded: Vec<(i32, i32)> = pairs.iter().map(|&(x, y)| (x * x * x - 7, 3 * y + y * y)).collect();
        let (data, other) = (of(&pairs), of(&recoded));
        prop_assert_eq!(
            spearman(&data, Which::TwoSided, P95).map(|r| r.estimate),
            spearman(&other, Which::TwoSided, P95).map(|r| r.estimate)
        );
        prop_assert_eq!(
            kendall_tau_b(&data, KendallContinuity::None, Which::TwoSided, P95),
            kendall_tau_b(&other, KendallContinuity::None, Which::TwoSided, P95)
        );
        prop_assert_eq!(gk_gamma(&data, P95), gk_gamma(&other, P95));
    }

    #[test]
    fn pearson_is_the_textbook_formula_and_ignores_units(
        x in vec(-50.0_f64..50.0, 5..30), slope in 0.1_f64..9.0, shift in -100.0_f64..100.0,
    ) {
        let y: Vec<f64> = x.iter().enumerate().map(|(i, x)| x * 0.3 + (i % 7) as f64).collect();
        let n = x.len() as f64;
        let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
        let sum = |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(&y).map(|(a, b)| f(a - mx, b - my)).sum::<f64>();
        let r = sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
        let ours = pearson(&Bivariate::from_pairs(&x, &y).unwrap(), Which::TwoSided, P95).unwrap();
        prop_assert!((ours.estimate - r).abs() < 1e-12);
        let moved: Vec<f64> = x.iter().map(|x| x * slope + shift).collect();
        let moved = pearson(&Bivariate::from_pairs(&moved, &y).unwrap(), Which::TwoSided, P95).unwrap();
        prop_assert!((ours.estimate - moved.estimate).abs() < 1e-12);
    }

    #[test]
    fn intervals_hold_the_estimate_and_nest(pairs in vec((0..6, 0..6), 5..30)) {
        let data = of(&pairs);
        for coefficient in [pearson, spearman] {
            let at = |level: f64| coefficient(&data, Which::TwoSided, ConfidenceLevel::new(level).unwrap());
            let (Ok(narrow), Ok(wide)) = (at(0.9), at(0.99)) else { continue };
            if let (Ok(inner), Ok(outer)) = (narrow.interval, wide.interval) {
                prop_assert!(outer.low < inner.low && inner.high < outer.high);
                prop_assert!(inner.low < narrow.estimate && narrow.estimate < inner.high);
            }
        }
    }
}

#[test]
fn millions_of_answers_on_a_scale_cost_as_much_as_their_table() {
    let table = [[900_000, 100_000, 5_000], [80_000, 700_000, 90_000], [3_000, 120_000, 800_000]];
    let data = Bivariate::from_table(&table).unwrap();
    assert_eq!(data.len(), 2_798_000);
    let tau = kendall_tau_b(&data, KendallContinuity::None, Which::TwoSided, P95).unwrap();
    assert!(tau.estimate > 0.7 && tau.estimate < 1.0);
    assert!(spearman(&data, Which::TwoSided, P95).unwrap().interval.is_ok());
}

#[test]
fn a_correlation_near_one_keeps_its_digits() {
    // y = x but for one value off by 1e-6: 1 - r is about 1e-13 and would vanish in 1 - r^2.
    let x: Vec<f64> = (0..10).map(f64::from).collect();
    let mut y = x.clone();
    y[4] += 1e-6;
    let result = pearson(&Bivariate::from_pairs(&x, &y).unwrap(), Which::TwoSided, P95).unwrap();
    let t = result.test.unwrap().statistic.unwrap();
    // r^2 = 1 - SSE / SSY with SSE = d^2 (1 - 1/10 - 0.5^2 / 82.5) for a shift d, 0.5 from the mean of x.
    let residual: f64 = 1e-12 * (0.9 - 0.25 / 82.5);
    let expected = (8.0 * 82.5 / residual).sqrt();
    assert!((t / expected - 1.0).abs() < 1e-6, "{t} {expected}");
}
