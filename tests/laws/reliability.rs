//! Laws of reliability, and slow estimates beside the fast ones.
#![expect(clippy::unwrap_used, reason = "a law that cannot be tried has failed")]

use canvass::stats::ConfidenceLevel;
use canvass::stats::NotComputed;
use canvass::stats::agreement::{IccForm, Ratings, intraclass_correlation};
use canvass::stats::random::Pcg64;
use canvass::stats::reliability::{
    ItemMatrix, Items, MissingItems, Split, cronbach_alpha, guttman_lambda, item_analysis, mcdonald_omega,
    spearman_brown, split_half,
};
use proptest::collection::vec;
use proptest::prelude::*;

const P95: ConfidenceLevel = ConfidenceLevel::P95;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn some(rows: &[Vec<f64>]) -> Vec<Vec<Option<f64>>> {
    rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect()
}

fn items(rows: &[Vec<f64>]) -> Items {
    Items::from_rows(&some(rows)).unwrap()
}

/// Answers on five points: persons in rows.
fn answers() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (2_usize..6).prop_flat_map(|k| vec(vec((1_u8..6).prop_map(f64::from), k), 4..25))
}

fn covariances(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let (n, k) = (rows.len() as f64, rows[0].len());
    let means: Vec<f64> = (0..k).map(|j| rows.iter().map(|row| row[j]).sum::<f64>() / n).collect();
    let entry = |i: usize, j: usize| {
        rows.iter().map(|row| (row[i] - means[i]) * (row[j] - means[j])).sum::<f64>() / (n - 1.0)
    };
    (0..k).map(|i| (0..k).map(|j| entry(i, j)).collect()).collect()
}

/// Loadings and uniquenesses by the EM algorithm of Rubin & Thayer (1982): slow, but it cannot go astray.
fn factor_by_em(s: &[Vec<f64>], steps: usize) -> (Vec<f64>, Vec<f64>) {
    let k = s.len();
    let mut loadings: Vec<f64> = (0..k).map(|i| 0.7 * s[i][i].sqrt()).collect();
    let mut unique: Vec<f64> = (0..k).map(|i| 0.5 * s[i][i]).collect();
    for _ in 0..steps {
        let information: f64 = (0..k).map(|i| loadings[i] * loadings[i] / unique[i]).sum();
        // The regression of the factor on the items.
        let weights: Vec<f64> = (0..k).map(|i| loadings[i] / unique[i] / (1.0 + information)).collect();
        let with_items: Vec<f64> = (0..k).map(|i| (0..k).map(|j| s[i][j] * weights[j]).sum()).collect();
        let spread: f64 = 1.0 / (1.0 + information) + (0..k).map(|i| weights[i] * with_items[i]).sum::<f64>();
        loadings = with_items.iter().map(|value| value / spread).collect();
        unique = (0..k).map(|i| s[i][i] - loadings[i] * with_items[i]).collect();
    }
    (loadings, unique)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn alpha_is_the_consistency_of_the_mean_of_items(rows in answers()) {
        let alpha = cronbach_alpha(&items(&rows), MissingItems::Listwise, P95);
        let ratings = Ratings::from_units(&some(&rows)).unwrap();
        let icc = intraclass_correlation(&ratings, IccForm::ConsistencyAverage, P95);
        if let (Ok(alpha), Ok(icc)) = (alpha, icc) {
            prop_assert!(close(alpha.estimate, icc.estimate), "{} {}", alpha.estimate, icc.estimate);
            if let (Ok(feldt), Ok(f)) = (alpha.interval, icc.interval) {
                prop_assert!(close(feldt.low, f.low) && close(feldt.high, f.high));
                prop_assert!(feldt.low <= alpha.estimate && alpha.estimate <= feldt.high);
            }
        }
    }

    #[test]
    fn the_order_of_items_and_persons_and_the_unit_do_not_matter(rows in answers(), scale in 0.1_f64..10.0) {
        let mut other: Vec<Vec<f64>> =
            rows.iter().map(|row| row.iter().map(|value| value * scale - 3.0).collect()).collect();
        other.reverse();
        for row in &mut other {
            row.rotate_left(1);
        }
        let (a, b) = (items(&rows), items(&other));
        let alpha = |items: &Items| cronbach_alpha(items, MissingItems::Listwise, P95);
        if let (Ok(a), Ok(b)) = (alpha(&a), alpha(&b)) {
            prop_assert!(close(a.estimate, b.estimate));
        }
        if let (Ok(a), Ok(b)) = (mcdonald_omega(&a), mcdonald_omega(&b)) {
            prop_assert!((a.estimate - b.estimate).abs() < 1e-7, "{} {}", a.estimate, b.estimate);
        }
        let lambda = |items: &Items| guttman_lambda(items, ItemMatrix::Covariance);
        if let (Ok(a), Ok(b)) = (lambda(&a), lambda(&b)) {
            prop_assert!(close(a.lambda2, b.lambda2) && close(a.lambda5, b.lambda5));
            prop_assert!(close(a.lambda4.unwrap(), b.lambda4.unwrap()));
        }
    }

    #[test]
    fn guttmans_bounds_are_ordered_and_the_fourth_is_the_best_split(rows in answers()) {
        let data = items(&rows);
        let Ok(lambda) = guttman_lambda(&data, ItemMatrix::Covariance) else { return Ok(()) };
        let alpha = cronbach_alpha(&data, MissingItems::Listwise, P95).unwrap().estimate;
        prop_assert!(close(lambda.lambda3, alpha));
        // Lambda 2 is at least alpha whatever its sign, and lambda 5 at least lambda 1.
        prop_assert!(lambda.lambda2 >= lambda.lambda3 - 1e-12 && lambda.lambda5 >= lambda.lambda1 - 1e-12);
        let k = rows[0].len();
        let s = covariances(&rows);
        let total: f64 = s.iter().flatten().sum();
        let best = (1_u32..(1 << k) - 1)
            .map(|side| {
                let first = |i: usize| side >> i & 1 == 1;
                let crossing = (0..k).flat_map(|i| (0..k).map(move |j| (i, j)));
                crossing.filter(|&(i, j)| first(i) && !first(j)).map(|(i, j)| s[i][j]).sum::<f64>()
            })
            .fold(f64::NEG_INFINITY, f64::max);
        let lambda4 = lambda.lambda4.unwrap();
        prop_assert!(close(lambda4, 4.0 * best / total), "{lambda4} {}", 4.0 * best / total);
        let half = split_half(&data, &Split::Given(lambda.best_split));
        if let Ok(half) = half {
            prop_assert!(close(half.guttman_rulon, lambda4));
        }
    }

    #[test]
    fn item_analysis_is_what_one_computes_by_leaving_items_out(rows in answers()) {
        let analysis = item_analysis(&items(&rows), MissingItems::Listwise).unwrap();
        for (item, statistics) in analysis.items.iter().enumerate() {
            let rest: Vec<Vec<f64>> = rows
                .iter()
                .map(|row| row.iter().enumerate().filter(|&(j, _)| j != item).map(|(_, &v)| v).collect())
                .collect();
            let alpha = cronbach_alpha(&items(&rest), MissingItems::Listwise, P95).map(|alpha| alpha.estimate);
            match (&statistics.alpha_if_dropped, alpha) {
                (Ok(a), Ok(b)) => prop_assert!(close(*a, b)),
                (a, b) => prop_assert!(a.is_err() && b.is_err()),
            }
            let pair: Vec<Vec<f64>> =
                rows.iter().zip(&rest).map(|(row, rest)| vec![row[item], rest.iter().sum()]).collect();
            let s = covariances(&pair);
            if let Ok(r) = statistics.item_rest {
                prop_assert!(close(r, s[0][1] / (s[0][0] * s[1][1]).sqrt()));
            }
        }
    }

    #[test]
    fn the_prophecy_is_undone_by_its_reciprocal(r in 0.01_f64..0.99, factor in 0.1_f64..10.0) {
        let there = spearman_brown(r, factor).unwrap();
        prop_assert!(close(spearman_brown(there, 1.0 / factor).unwrap(), r));
    }
}

#[test]
fn omega_is_that_of_a_slow_algorithm() {
    let mut generator = Pcg64::new(31);
    let mut normal = || -> f64 { (0..12).map(|_| generator.uniform()).sum::<f64>() - 6.0 };
    let mut compared = 0;
    for k in [3_usize, 4, 6, 9] {
        for _ in 0..4 {
            let rows: Vec<Vec<f64>> = (0..150)
                .map(|_| {
                    let factor = normal();
                    (0..k).map(|item| (0.5 + 0.15 * item as f64) * factor + normal() + item as f64).collect()
                })
                .collect();
            let omega = match mcdonald_omega(&items(&rows)) {
                Err(NotComputed::Boundary(_)) => continue,
                other => other.unwrap(),
            };
            let (loadings, unique) = factor_by_em(&covariances(&rows), 20_000);
            for (a, b) in omega.loadings.iter().zip(&loadings) {
                assert!((a - b).abs() < 1e-6, "{:?} {loadings:?}", omega.loadings);
            }
            let sum: f64 = loadings.iter().sum();
            let slow = sum * sum / (sum * sum + unique.iter().sum::<f64>());
            assert!((omega.estimate - slow).abs() < 1e-7, "{} {slow}", omega.estimate);
            compared += 1;
        }
    }
    assert!(compared >= 12, "{compared}");
}
