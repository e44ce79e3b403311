//! Laws of description, and definitions on sorted lists beside the algorithms on counts.

use canvass::stats::ConfidenceLevel;
use canvass::stats::descriptive::interval::{mean_t, mean_t_finite, median_exact};
use canvass::stats::descriptive::location::{MAD_NORMAL, median_absolute_deviation, mode, trimmed_mean};
use canvass::stats::descriptive::net_promoter::net_promoter_score;
use canvass::stats::descriptive::shape::{MomentType, excess_kurtosis, skewness};
use canvass::stats::descriptive::{QuantileType, median, quantile, summary};
use canvass::stats::sample::Sample;
use proptest::collection::vec;
use proptest::prelude::*;

/// Answers on a short scale, or measurements.
fn values() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![vec((1_u8..=7).prop_map(f64::from), 1..60), vec(-1e3_f64..1e3, 1..60)]
}

fn sample(values: &[f64]) -> Sample {
    Sample::from_values(values).unwrap()
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn close(a: f64, b: f64, relative: f64) -> bool {
    (a - b).abs() <= relative * a.abs().max(b.abs()).max(1.0)
}

/// Hyndman and Fan's definition on a sorted list, for probabilities whose position is nowhere near a whole rank.
fn quantile_by_definition(sorted: &[f64], p: f64, definition: QuantileType) -> Option<f64> {
    let n = sorted.len() as f64;
    let m = match definition {
        QuantileType::Type1 | QuantileType::Type2 | QuantileType::Type4 => 0.0,
        QuantileType::Type3 => -0.5,
        QuantileType::Type5 => 0.5,
        QuantileType::Type6 => p,
        QuantileType::Type7 => 1.0 - p,
        QuantileType::Type8 => (p + 1.0) / 3.0,
        QuantileType::Type9 => p / 4.0 + 0.375,
    };
    let position = n * p + m;
    let gamma = position - position.floor();
    if !(1e-9..=1.0 - 1e-9).contains(&gamma) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a position in a short list")]
    let at =
        |rank: f64| sorted[usize::try_from((rank as i64 - 1).clamp(0, sorted.len() as i64 - 1)).unwrap()];
    let (low, high) = (at(position.floor()), at(position.floor() + 1.0));
    Some(match definition {
        QuantileType::Type1 | QuantileType::Type2 | QuantileType::Type3 => high,
        _ => low + gamma * (high - low),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn order_does_not_matter(list in values()) {
        let mut reversed = list.clone();
        reversed.reverse();
        prop_assert_eq!(summary(&sample(&list)), summary(&sample(&reversed)));
        prop_assert_eq!(sample(&list), sample(&sorted(&list)));
    }

    #[test]
    fn moments_follow_their_definitions(list in values()) {
        let n = list.len() as f64;
        let summary = summary(&sample(&list));
        let mean = list.iter().sum::<f64>() / n;
        prop_assert!(close(summary.mean.clone().unwrap(), mean, 1e-13));
        let ordered = sorted(&list);
        prop_assert!(summary.min.unwrap() <= mean + 1e-9 && mean <= summary.max.unwrap() + 1e-9);
        let half = list.len() / 2;
        let middle = if list.len() % 2 == 1 { ordered[half] } else { 0.5 * ordered[half - 1] + 0.5 * ordered[half] };
        prop_assert!(close(summary.median.unwrap(), middle, 1e-15));
        let moment = |power: i32| list.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
        if list.len() > 3 && moment(2) > 1e-9 {
            prop_assert!(close(summary.variance.unwrap(), moment(2) * n / (n - 1.0), 1e-12));
            let third = moment(3) / (moment(2) * moment(2).sqrt());
            prop_assert!(close(skewness(&sample(&list), MomentType::Type1).unwrap(), third, 1e-9));
            let fourth = moment(4) / (moment(2) * moment(2)) - 3.0;
            prop_assert!(close(excess_kurtosis(&sample(&list), MomentType::Type1).unwrap(), fourth, 1e-9));
        }
    }

    #[test]
    fn quantiles_follow_their_definitions_and_grow(list in values(), p in 0.0_f64..=1.0, q in 0.0_f64..=1.0) {
        let ordered = sorted(&list);
        let sample = sample(&list);
        for definition in QuantileType::ALL {
            let at = |p| quantile(&sample, p, definition).unwrap();
            if let Some(expected) = quantile_by_definition(&ordered, p, definition) {
                prop_assert!(close(at(p), expected, 1e-12), "{definition:?} {} {expected}", at(p));
            }
            prop_assert!(at(p.min(q)) <= at(p.max(q)) + 1e-12, "{definition:?}");
            prop_assert!(ordered[0] <= at(p) && at(p) <= ordered[ordered.len() - 1]);
        }
        prop_assert!(list.contains(&quantile(&sample, p, QuantileType::Type1).unwrap()));
    }

    #[test]
    fn duplicating_everybody_keeps_location_and_narrows_intervals(list in values()) {
        let once = sample(&list);
        let twice = Sample::from_counts(&list.iter().map(|x| (*x, 2)).collect::<Vec<_>>()).unwrap();
        prop_assert!(close(once.mean().unwrap(), twice.mean().unwrap(), 1e-13));
        prop_assert_eq!(median(&once), median(&twice));
        prop_assert_eq!(mode(&once).unwrap().values, mode(&twice).unwrap().values);
        prop_assert_eq!(
            median_absolute_deviation(&once, MAD_NORMAL),
            median_absolute_deviation(&twice, MAD_NORMAL)
        );
        if let (Ok(one), Ok(two)) = (mean_t(&once, ConfidenceLevel::P95), mean_t(&twice, ConfidenceLevel::P95)) {
            prop_assert!(two.interval.high - two.interval.low <= one.interval.high - one.interval.low + 1e-12);
        }
    }

    #[test]
    fn intervals_contain_and_nest(list in values(), confidence in 0.5_f64..0.97) {
        let sample = sample(&list);
        let levels = [confidence, confidence + 0.02].map(|level| ConfidenceLevel::new(level).unwrap());
        if let [Ok(narrow), Ok(wide)] = levels.map(|level| median_exact(&sample, level)) {
            let middle = median(&sample).unwrap();
            prop_assert!(narrow.interval.low <= middle && middle <= narrow.interval.high);
            prop_assert!(wide.interval.low <= narrow.interval.low && narrow.interval.high <= wide.interval.high);
            prop_assert!(narrow.coverage >= confidence - 1e-12 && wide.rank <= narrow.rank);
        }
        if let [Ok(narrow), Ok(wide)] = levels.map(|level| mean_t(&sample, level)) {
            prop_assert!(wide.interval.low <= narrow.interval.low && narrow.interval.high <= wide.interval.high);
            let frame = mean_t_finite(&sample, 2 * sample.n(), levels[0]).unwrap();
            prop_assert!(frame.interval.low >= narrow.interval.low - 1e-12);
        }
    }

    #[test]
    fn trimming_drops_from_either_end(list in values(), trim in 0.0_f64..0.5) {
        let ordered = sorted(&list);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a short list")]
        let dropped = (trim * list.len() as f64 + 1e-12) as usize;
        prop_assume!(2 * dropped < list.len());
        let kept = &ordered[dropped..list.len() - dropped];
        let mean = kept.iter().sum::<f64>() / kept.len() as f64;
        prop_assert!(close(trimmed_mean(&sample(&list), trim).unwrap(), mean, 1e-12));
    }

    #[test]
    fn net_promoter_score_is_a_mean(list in vec((0_u8..=10).prop_map(f64::from), 1..60)) {
        let score = net_promoter_score(&sample(&list), ConfidenceLevel::P95).unwrap();
        let points: Vec<f64> =
            list.iter().map(|x| if *x > 8.5 { 100.0 } else if *x < 6.5 { -100.0 } else { 0.0 }).collect();
        let sample = sample(&points);
        prop_assert!(close(score.score, sample.mean().unwrap(), 1e-12));
        let n = list.len() as f64;
        let variance = sample.sum_of_squares().unwrap() / n;
        prop_assert!(close(score.standard_error, (variance / n).sqrt(), 1e-10));
    }
}
