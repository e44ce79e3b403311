//! Laws of ordinal effect sizes, and all pairs beside the single pass.

use canvass::stats::ConfidenceLevel;
use canvass::stats::effect_sizes::cohen_h;
use canvass::stats::effect_sizes::dominance::{delta_interval, dominance};
use canvass::stats::effect_sizes::superiority_interval::probability_of_superiority;
use canvass::stats::sample::Sample;
use proptest::collection::vec;
use proptest::prelude::*;

fn answers() -> impl Strategy<Value = Vec<f64>> {
    vec((1_u8..=6).prop_map(f64::from), 2..25)
}

fn sample(values: &[f64]) -> Sample {
    Sample::from_values(values).unwrap()
}

/// -1, 0 or 1.
fn sign(x: f64, y: f64) -> f64 {
    f64::from(u8::from(x > y)) - f64::from(u8::from(x < y))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn dominance_counts_pairs(x in answers(), y in answers()) {
        let pairs: Vec<f64> = x.iter().flat_map(|x| y.iter().map(|y| sign(*x, *y))).collect();
        let got = dominance(&sample(&x), &sample(&y)).unwrap();
        let count = |wanted: f64| pairs.iter().filter(|s| (**s - wanted).abs() < 0.5).count() as u128;
        prop_assert_eq!((got.n_greater, got.n_less, got.n_tied), (count(1.0), count(-1.0), count(0.0)));
        prop_assert!((got.delta - pairs.iter().sum::<f64>() / pairs.len() as f64).abs() < 1e-14);
        prop_assert!((got.delta - (2.0 * got.superiority - 1.0)).abs() < 1e-14);
    }

    #[test]
    fn swapping_and_recoding(x in answers(), y in answers()) {
        let (one, two) = (dominance(&sample(&x), &sample(&y)).unwrap(), dominance(&sample(&y), &sample(&x)).unwrap());
        prop_assert!((one.delta + two.delta).abs() < 1e-300);
        // Any increasing recode of the scale leaves every pair as it is.
        let recoded = |values: &[f64]| sample(&values.iter().map(|v| v * v * v - 400.0).collect::<Vec<_>>());
        prop_assert_eq!(dominance(&recoded(&x), &recoded(&y)).unwrap(), one);
        let level = ConfidenceLevel::P95;
        if let (Ok(one), Ok(two)) =
            (delta_interval(&sample(&x), &sample(&y), level), delta_interval(&sample(&y), &sample(&x), level))
        {
            prop_assert!((one.interval.low + two.interval.high).abs() < 1e-12);
        }
        let [one, two] = [(&x, &y), (&y, &x)]
            .map(|(a, b)| probability_of_superiority(&sample(a), &sample(b), level).unwrap());
        prop_assert!((one.interval.low + two.interval.high - 1.0).abs() < 1e-11);
    }

    #[test]
    fn intervals_contain_and_nest(x in answers(), y in answers(), confidence in 0.5_f64..0.97) {
        let (x, y) = (sample(&x), sample(&y));
        let levels = [confidence, confidence + 0.02].map(|level| ConfidenceLevel::new(level).unwrap());
        let [narrow, wide] = levels.map(|level| probability_of_superiority(&x, &y, level).unwrap());
        prop_assert!(narrow.interval.low <= narrow.value && narrow.value <= narrow.interval.high);
        prop_assert!(wide.interval.low <= narrow.interval.low + 1e-12);
        prop_assert!(narrow.interval.high <= wide.interval.high + 1e-12);
        if let Ok(delta) = delta_interval(&x, &y, levels[0]) {
            prop_assert!(delta.interval.low <= delta.delta + 1e-12 && delta.delta <= delta.interval.high + 1e-12);
            prop_assert!(delta.interval.low >= -1.0 - 1e-12 && delta.interval.high <= 1.0 + 1e-12);
        }
    }

    #[test]
    fn variance_follows_cliff(x in answers(), y in answers()) {
        let (m, n) = (x.len() as f64, y.len() as f64);
        let Ok(got) = delta_interval(&sample(&x), &sample(&y), ConfidenceLevel::P95) else {
            return Ok(());
        };
        let d = got.delta;
        let square = |z: f64| z * z;
        let rows: f64 = x.iter().map(|x| square(y.iter().map(|y| sign(*x, *y)).sum::<f64>() / n - d)).sum();
        let columns: f64 = y.iter().map(|y| square(x.iter().map(|x| sign(*x, *y)).sum::<f64>() / m - d)).sum();
        let pairs: f64 = x.iter().flat_map(|x| y.iter().map(move |y| square(sign(*x, *y) - d))).sum();
        let unbiased = (n * n * rows + m * m * columns - pairs) / (m * n * (m - 1.0) * (n - 1.0));
        let expected = unbiased.max((1.0 - d * d) / (m * n - 1.0));
        prop_assert!((got.variance - expected).abs() < 1e-12);
    }

    #[test]
    fn cohen_h_is_antisymmetric(p1 in 0.0_f64..=1.0, p2 in 0.0_f64..=1.0) {
        let (one, two) = (cohen_h(p1, p2).unwrap().value, cohen_h(p2, p1).unwrap().value);
        prop_assert!((one + two).abs() < 1e-300);
        prop_assert!((cohen_h(1.0 - p1, 1.0 - p2).unwrap().value + one).abs() < 1e-7);
    }
}
