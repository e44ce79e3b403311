//! Laws of agreement, and definitions written out beside their shortcuts.
#![expect(clippy::unwrap_used, reason = "a law that cannot be tried has failed")]

use canvass::stats::ConfidenceLevel;
use canvass::stats::agreement::{
    ChanceCorrected, DifferenceMetric, IccForm, KappaWeights, Ratings, cohen_kappa, conger_kappa,
    fleiss_kappa, gwet_ac1, intraclass_correlation, krippendorff_alpha, pabak, scott_pi,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const P95: ConfidenceLevel = ConfidenceLevel::P95;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-10 * a.abs().max(b.abs()) + 1e-13
}

type Table = Vec<Vec<u64>>;

fn coefficients(table: &Table) -> Vec<ChanceCorrected> {
    [KappaWeights::Unweighted, KappaWeights::Linear, KappaWeights::Quadratic]
        .into_iter()
        .map(|weights| cohen_kappa(table, weights, P95))
        .chain([pabak(table, P95), gwet_ac1(table, P95), scott_pi(table, P95)])
        .map(Result::unwrap)
        .collect()
}

fn table() -> impl Strategy<Value = Table> {
    (2_usize..5)
        .prop_flat_map(|k| vec(vec(0_u64..12, k), k))
        .prop_filter("no unit", |table| table.iter().flatten().sum::<u64>() > 0)
}

/// The ratings that a table counts: one unit per count, two raters.
fn units(table: &Table) -> Ratings {
    let mut rows = Vec::new();
    for (i, row) in table.iter().enumerate() {
        for (j, &count) in row.iter().enumerate() {
            rows.extend((0..count).map(|_| [Some(i as f64), Some(j as f64)]));
        }
    }
    Ratings::from_units(&rows).unwrap()
}

/// Krippendorff's definition: a matrix of coincidences, and the metric by the counts of the values.
fn alpha_by_definition(rows: &[Vec<Option<u8>>], metric: DifferenceMetric) -> Option<f64> {
    let mut coincidences = [[0.0_f64; 8]; 8];
    for row in rows {
        let values: Vec<usize> = row.iter().flatten().map(|&v| usize::from(v)).collect();
        for (a, &c) in values.iter().enumerate() {
            for (b, &k) in values.iter().enumerate() {
                if a != b {
                    coincidences[c][k] += 1.0 / (values.len() - 1) as f64;
                }
            }
        }
    }
    let counts = coincidences.map(|row| row.iter().sum::<f64>());
    let n: f64 = counts.iter().sum();
    let difference = |c: usize, k: usize| match metric {
        DifferenceMetric::Nominal => f64::from(u8::from(c != k)),
        DifferenceMetric::Ordinal => {
            let between: f64 = counts[c.min(k)..=c.max(k)].iter().sum();
            (between - f64::midpoint(counts[c], counts[k])).powi(2)
        }
        DifferenceMetric::Interval => (c as f64 - k as f64).powi(2),
        DifferenceMetric::Ratio if c + k == 0 => 0.0,
        DifferenceMetric::Ratio => ((c as f64 - k as f64) / (c + k) as f64).powi(2),
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..8 {
        for k in 0..8 {
            observed += coincidences[c][k] * difference(c, k);
            expected += counts[c] * counts[k] * difference(c, k);
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

const METRICS: [DifferenceMetric; 4] = [
    DifferenceMetric::Nominal,
    DifferenceMetric::Ordinal,
    DifferenceMetric::Interval,
    DifferenceMetric::Ratio,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn neither_raters_nor_reversal_matter(table in table()) {
        let k = table.len();
        let swapped: Table = (0..k).map(|i| (0..k).map(|j| table[j][i]).collect()).collect();
        let reversed: Table = table.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
        for other in [swapped, reversed] {
            for (a, b) in coefficients(&table).iter().zip(coefficients(&other)) {
                prop_assert!(close(a.observed, b.observed) && close(a.expected, b.expected));
                if let (Ok(a), Ok(b)) = (&a.coefficient, &b.coefficient) {
                    prop_assert!(close(a.estimate, b.estimate));
                    prop_assert!((a.standard_error - b.standard_error).abs() < 1e-10);
                    prop_assert!(a.interval.low <= a.estimate && a.estimate <= a.interval.high);
                }
            }
        }
    }

    #[test]
    fn twice_the_units_narrow_the_interval_by_the_root_of_two(table in table()) {
        let doubled: Table = table.iter().map(|row| row.iter().map(|count| 2 * count).collect()).collect();
        for (a, b) in coefficients(&table).iter().zip(coefficients(&doubled)) {
            if let (Ok(a), Ok(b)) = (&a.coefficient, &b.coefficient) {
                prop_assert!(close(a.estimate, b.estimate));
                prop_assert!((a.standard_error - b.standard_error * 2.0_f64.sqrt()).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn standard_errors_are_those_of_the_delta_method(table in vec(vec(1_u64..12, 3), 3)) {
        // The derivative by each cell's probability, numerically, on counts large enough to move a little.
        let large: Table = table.iter().map(|row| row.iter().map(|count| count * 1_000_000).collect()).collect();
        let n: f64 = table.iter().flatten().sum::<u64>() as f64;
        let estimates = |table: &Table| -> Vec<f64> {
            coefficients(table).iter().map(|c| c.coefficient.as_ref().unwrap().estimate).collect()
        };
        let standard_errors: Vec<f64> =
            coefficients(&table).iter().map(|c| c.coefficient.as_ref().unwrap().standard_error).collect();
        let mut sums = vec![(0.0, 0.0); standard_errors.len()];
        for i in 0..3 {
            for j in 0..3 {
                let moved = |up: bool| {
                    let mut moved = large.clone();
                    moved[i][j] = if up { moved[i][j] + 2000 } else { moved[i][j] - 2000 };
                    estimates(&moved)
                };
                let share = table[i][j] as f64 / n;
                for ((sum, up), down) in sums.iter_mut().zip(moved(true)).zip(moved(false)) {
                    let slope = (up - down) / (4000.0 / (n * 1e6));
                    sum.0 += share * slope;
                    sum.1 += share * slope * slope;
                }
            }
        }
        for (sum, standard_error) in sums.iter().zip(standard_errors) {
            let numeric = ((sum.1 - sum.0 * sum.0).max(0.0) / n).sqrt();
            prop_assert!((numeric - standard_error).abs() < 1e-5, "{numeric} {standard_error}");
        }
    }

    #[test]
    fn the_many_rater_coefficients_extend_those_of_two(table in table()) {
        let ratings = units(&table);
        let cohen = cohen_kappa(&table, KappaWeights::Unweighted, P95).unwrap().coefficient;
        let pi = scott_pi(&table, P95).unwrap().coefficient;
        match (fleiss_kappa(&ratings), &pi) {
            (Ok(fleiss), Ok(pi)) => prop_assert!(close(fleiss.estimate, pi.estimate)),
            (fleiss, pi) => prop_assert!(fleiss.is_err() && pi.is_err()),
        }
        if let (Ok(conger), Ok(cohen)) = (conger_kappa(&ratings), cohen) {
            prop_assert!(close(conger, cohen.estimate), "{conger} {}", cohen.estimate);
        }
        // Alpha corrects Scott's pi for the number of units: alpha = pi + (1 - pi) / (2 n).
        if let (Ok(alpha), Ok(pi)) = (krippendorff_alpha(&ratings, DifferenceMetric::Nominal), pi) {
            let corrected = pi.estimate + (1.0 - pi.estimate) / (2 * ratings.units()) as f64;
            prop_assert!(close(alpha.estimate, corrected));
        }
    }

    #[test]
    fn alpha_is_its_definition(rows in vec(vec(option::weighted(0.8, 0_u8..8), 3), 2..12)) {
        let values: Vec<Vec<Option<f64>>> =
            rows.iter().map(|row| row.iter().map(|value| value.map(f64::from)).collect()).collect();
        let ratings = Ratings::from_units(&values).unwrap();
        let mut rotated = values.clone();
        rotated.reverse();
        for row in &mut rotated {
            row.rotate_left(1);
        }
        let rotated = Ratings::from_units(&rotated).unwrap();
        for metric in METRICS {
            let ours = krippendorff_alpha(&ratings, metric).ok().map(|alpha| alpha.estimate);
            match (ours, alpha_by_definition(&rows, metric)) {
                (Some(ours), Some(theirs)) => {
                    prop_assert!((ours - theirs).abs() < 1e-11, "{metric:?} {ours} {theirs}");
                    prop_assert!(close(ours, krippendorff_alpha(&rotated, metric).unwrap().estimate));
                }
                (ours, theirs) => prop_assert!(ours.is_none() && theirs.is_none(), "{ours:?} {theirs:?}"),
            }
        }
    }

    #[test]
    fn intraclass_correlations_ignore_units_and_consistency_ignores_raters(
        rows in vec(vec(-5.0_f64..5.0, 4), 3..10), scale in 0.1_f64..10.0, shift in -9.0_f64..9.0,
    ) {
        let with = |change: &dyn Fn(usize, f64) -> f64| {
            let rows: Vec<Vec<Option<f64>>> = rows
                .iter()
                .map(|row| row.iter().enumerate().map(|(rater, &value)| Some(change(rater, value))).collect())
                .collect();
            Ratings::from_units(&rows).unwrap()
        };
        let (plain, scaled) = (with(&|_, v| v), with(&|_, v| v * scale + shift));
        let biased = with(&|rater, v| v + shift * rater as f64);
        for form in [
            IccForm::OneWaySingle,
            IccForm::AgreementSingle,
            IccForm::ConsistencySingle,
            IccForm::OneWayAverage,
            IccForm::AgreementAverage,
            IccForm::ConsistencyAverage,
        ] {
            let of = |ratings: &Ratings| intraclass_correlation(ratings, form, P95);
            let (Ok(a), Ok(b)) = (of(&plain), of(&scaled)) else { continue };
            prop_assert!((a.estimate - b.estimate).abs() < 1e-8 * a.estimate.abs().max(1.0), "{a:?} {b:?}");
            let interval = a.interval.unwrap();
            // With few units and raters the limits of agreement may miss their estimate, which is then said.
            if a.cautions.is_empty() {
                prop_assert!(interval.low < a.estimate && a.estimate < interval.high);
            }
            if matches!(form, IccForm::ConsistencySingle | IccForm::ConsistencyAverage) {
                let c = of(&biased).unwrap();
                prop_assert!((a.estimate - c.estimate).abs() < 1e-8 * a.estimate.abs().max(1.0));
            }
        }
    }
}
