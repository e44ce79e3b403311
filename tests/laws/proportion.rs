//! Laws of proportions, and brute force beside every inverted test.

use canvass::stats::distributions::normal;
use canvass::stats::proportion::binomial_test::{ObservedMass, TwoSided, binomial_test};
use canvass::stats::proportion::difference::{DifferenceInterval, risk_difference};
use canvass::stats::proportion::finite_frame::exact_hypergeometric;
use canvass::stats::proportion::odds_ratio::{OddsRatio, odds_ratio};
use canvass::stats::proportion::paired::{PairedCounts, PairedInterval, paired_difference};
use canvass::stats::proportion::risk_ratio::{RatioInterval, risk_ratio};
use canvass::stats::proportion::{Proportion, ProportionInterval, interval};
use canvass::stats::{ConfidenceLevel, Which};
use proptest::prelude::*;

const ONE: [ProportionInterval; 7] = [
    ProportionInterval::Wilson,
    ProportionInterval::WilsonCc,
    ProportionInterval::ClopperPearson,
    ProportionInterval::MidP,
    ProportionInterval::Jeffreys,
    ProportionInterval::AgrestiCoull,
    ProportionInterval::Wald,
];

const TWO: [DifferenceInterval; 5] = [
    DifferenceInterval::Newcombe,
    DifferenceInterval::NewcombeCc,
    DifferenceInterval::MiettinenNurminen,
    DifferenceInterval::AgrestiCaffo,
    DifferenceInterval::Wald,
];

fn of(x: u64, n: u64) -> Proportion {
    Proportion::new(x, n).unwrap()
}

fn level(level: f64) -> ConfidenceLevel {
    ConfidenceLevel::new(level).unwrap()
}

fn critical(level: f64) -> f64 {
    normal::upper_quantile(0.5 * (1.0 - level))
}

/// A count and its total.
fn counts(largest: u64) -> impl Strategy<Value = (u64, u64)> {
    (1..=largest).prop_flat_map(|n| (0..=n, Just(n)))
}

/// Binomial coefficients by Pascal's rule, exact to 2^128.
fn choose(n: u64, k: u64) -> f64 {
    (0..k.min(n - k)).fold(1.0, |product, i| product * (n - i) as f64 / (i + 1) as f64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn intervals_contain_the_share_nest_and_mirror((x, n) in counts(400), confidence in 0.8_f64..0.99) {
        for kind in ONE {
            let narrow = interval(of(x, n), kind, level(confidence)).interval;
            let wide = interval(of(x, n), kind, level(confidence + 0.5 * (1.0 - confidence))).interval;
            let share = x as f64 / n as f64;
            prop_assert!(narrow.low <= share + 1e-12 && share <= narrow.high + 1e-12, "{kind:?}");
            prop_assert!(wide.low <= narrow.low + 1e-12 && narrow.high <= wide.high + 1e-12, "{kind:?}");
            let mirror = interval(of(n - x, n), kind, level(confidence)).interval;
            prop_assert!((mirror.low + narrow.high - 1.0).abs() < 1e-12, "{kind:?}");
            prop_assert!((mirror.high + narrow.low - 1.0).abs() < 1e-12, "{kind:?}");
        }
    }

    #[test]
    fn exact_limits_leave_their_tails((x, n) in counts(60), confidence in 0.5_f64..0.999) {
        let tail = 0.5 * (1.0 - confidence);
        for (kind, weight) in [(ProportionInterval::ClopperPearson, 1.0), (ProportionInterval::MidP, 0.5)] {
            let limits = interval(of(x, n), kind, level(confidence)).interval;
            let mass = |k: u64, p: f64| {
                let power = |base: f64, times: u64| (0..times).fold(1.0, |product, _| product * base);
                choose(n, k) * power(p, k) * power(1.0 - p, n - k)
            };
            if x > 0 {
                let sum: f64 = (x + 1..=n).map(|k| mass(k, limits.low)).sum::<f64>() + weight * mass(x, limits.low);
                prop_assert!((sum - tail).abs() < 1e-10, "{kind:?} {sum} {tail}");
            }
            if x < n {
                let sum: f64 = (0..x).map(|k| mass(k, limits.high)).sum::<f64>() + weight * mass(x, limits.high);
                prop_assert!((sum - tail).abs() < 1e-10, "{kind:?} {sum} {tail}");
            }
        }
    }

    #[test]
    fn wilson_inverts_the_score_test((x, n) in counts(100_000), confidence in 0.5_f64..0.999) {
        let limits = interval(of(x, n), ProportionInterval::Wilson, level(confidence)).interval;
        let z = critical(confidence);
        for limit in [limits.low, limits.high] {
            if limit > 0.0 && limit < 1.0 {
                let statistic = (x as f64 / n as f64 - limit).abs() / (limit * (1.0 - limit) / n as f64).sqrt();
                prop_assert!((statistic - z).abs() < 1e-8 * z, "{statistic} {z}");
            }
        }
    }

    #[test]
    fn binomial_test_is_the_sum_of_its_outcomes((x, n) in counts(50), p0 in 0.0_f64..1.0) {
        let p = |which, two_sided, mass| binomial_test(of(x, n), p0, which, two_sided, mass).unwrap().p;
        let whole = |which| p(which, TwoSided::MinLike, ObservedMass::Whole);
        let power = |base: f64, times: u64| (0..times).fold(1.0, |product, _| product * base);
        let mass = |k: u64| choose(n, k) * power(p0, k) * power(1.0 - p0, n - k);
        let limit = mass(x) * (1.0 + 1e-7);
        let oracle: f64 = (0..=n).map(mass).filter(|m| *m <= limit).sum();
        prop_assert!((whole(Which::TwoSided) - oracle).abs() < 1e-11);
        prop_assert!((whole(Which::Greater) + whole(Which::Less) - 1.0 - mass(x)).abs() < 1e-12);
        let half = |which| p(which, TwoSided::Doubled, ObservedMass::Half);
        prop_assert!((half(Which::Greater) + half(Which::Less) - 1.0).abs() < 1e-12);
        let mirror = binomial_test(of(n - x, n), 1.0 - p0, Which::TwoSided, TwoSided::MinLike, ObservedMass::Whole);
        prop_assert!((mirror.unwrap().p - whole(Which::TwoSided)).abs() < 1e-9);
    }

    #[test]
    fn frame_interval_is_the_list_of_possible_counts((x, n) in counts(25), more in 0_u64..30, confidence in 0.6_f64..0.99) {
        let frame = n + more;
        let got = exact_hypergeometric(of(x, n), frame, level(confidence)).unwrap();
        let tail = 0.5 * (1.0 - confidence);
        let probability = |cases: u64, k: u64| {
            if k > cases || n - k > frame - cases { 0.0 } else { choose(cases, k) * choose(frame - cases, n - k) / choose(frame, n) }
        };
        let possible: Vec<u64> = (x..=frame - (n - x))
            .filter(|cases| {
                (x..=n).map(|k| probability(*cases, k)).sum::<f64>() > tail
                    && (0..=x).map(|k| probability(*cases, k)).sum::<f64>() > tail
            })
            .collect();
        prop_assert_eq!(got.counts, (possible[0], possible[possible.len() - 1]));
    }

    #[test]
    fn differences_contain_nest_and_swap((x1, n1) in counts(60), (x2, n2) in counts(60), confidence in 0.8_f64..0.98) {
        let (first, second) = (of(x1, n1), of(x2, n2));
        for kind in TWO {
            let narrow = risk_difference(first, second, kind, level(confidence));
            let wide = risk_difference(first, second, kind, level(confidence + 0.01)).interval;
            let swapped = risk_difference(second, first, kind, level(confidence)).interval;
            let value = narrow.value;
            let narrow = narrow.interval;
            // Agresti and Caffo's interval is centred elsewhere.
            if kind != DifferenceInterval::AgrestiCaffo {
                prop_assert!(narrow.low <= value + 1e-12 && value <= narrow.high + 1e-12, "{kind:?}");
            }
            prop_assert!(wide.low <= narrow.low + 1e-12 && narrow.high <= wide.high + 1e-12, "{kind:?}");
            prop_assert!((swapped.low + narrow.high).abs() < 1e-9 && (swapped.high + narrow.low).abs() < 1e-9, "{kind:?}");
        }
    }

    #[test]
    fn score_limits_of_the_difference_give_the_statistic((x1, n1) in counts(60), (x2, n2) in counts(60)) {
        let limits = risk_difference(of(x1, n1), of(x2, n2), DifferenceInterval::MiettinenNurminen, ConfidenceLevel::P95);
        for limit in [limits.interval.low, limits.interval.high] {
            if limit.abs() < 0.999 {
                let statistic = score_by_cubic([x1, n1, x2, n2].map(|count| count as f64), limit);
                prop_assert!((statistic - critical(0.95)).abs() < 1e-5, "{statistic} at {limit}");
            }
        }
    }

    #[test]
    fn score_limits_of_the_ratio_give_the_statistic((x1, n1) in counts(60), (x2, n2) in counts(60)) {
        let measure = risk_ratio(of(x1, n1), of(x2, n2), RatioInterval::Koopman, ConfidenceLevel::P95);
        let limits = measure.interval.unwrap();
        prop_assert!(limits.low < limits.high);
        if let Ok(value) = measure.estimate {
            prop_assert!(limits.low <= value && value <= limits.high);
        }
        for theta in [limits.low, limits.high] {
            if theta > 0.0 && theta.is_finite() {
                let statistic = koopman_statistic([x1, n1, x2, n2].map(|count| count as f64), theta);
                let expected = critical(0.95) * critical(0.95);
                prop_assert!((statistic - expected).abs() < 1e-6 * expected, "{statistic} {expected} at {theta}");
            }
        }
    }

    #[test]
    fn conditional_limits_leave_their_tails((x1, n1) in counts(30), (x2, n2) in counts(30)) {
        for (kind, weight) in [(OddsRatio::ConditionalExact, 1.0), (OddsRatio::ConditionalMidP, 0.5)] {
            let measure = odds_ratio(of(x1, n1), of(x2, n2), kind, ConfidenceLevel::P95);
            let limits = measure.interval.unwrap();
            let (low, high) = ((x1 + x2).saturating_sub(n2), n1.min(x1 + x2));
            let tails = |ratio: f64| {
                let power = |times: u64| (0..times).fold(1.0, |product, _| product * ratio);
                let mass: Vec<f64> = (low..=high).map(|k| choose(n1, k) * choose(n2, x1 + x2 - k) * power(k - low)).collect();
                let total: f64 = mass.iter().sum();
                let at = usize::try_from(x1 - low).unwrap();
                let below: f64 = mass.iter().take(at).sum();
                let above: f64 = mass.iter().skip(at + 1).sum();
                ((below + weight * mass[at]) / total, (above + weight * mass[at]) / total)
            };
            if limits.low > 0.0 {
                prop_assert!((tails(limits.low).1 - 0.025).abs() < 1e-10);
            }
            if limits.high.is_finite() {
                prop_assert!((tails(limits.high).0 - 0.025).abs() < 1e-10);
            }
            if let Ok(value) = measure.estimate {
                prop_assert!(limits.low <= value && value <= limits.high);
            }
        }
    }

    #[test]
    fn paired_differences_contain_and_swap(
        both in 0_u64..30, first_only in 0_u64..30, second_only in 0_u64..30, neither in 0_u64..30,
    ) {
        prop_assume!(both + first_only + second_only + neither > 0);
        for kind in [PairedInterval::Tango, PairedInterval::Newcombe] {
            let at = |first_only, second_only| {
                let counts = PairedCounts { both, first_only, second_only, neither };
                paired_difference(counts, kind, ConfidenceLevel::P95).unwrap()
            };
            let (one, two) = (at(first_only, second_only), at(second_only, first_only));
            prop_assert!(one.interval.low <= one.value + 1e-12 && one.value <= one.interval.high + 1e-12);
            prop_assert!((one.interval.low + two.interval.high).abs() < 1e-9, "{kind:?}");
        }
    }
}

/// Miettinen and Nurminen's statistic with their closed form of the constrained shares.
fn score_by_cubic([x1, n1, x2, n2]: [f64; 4], delta: f64) -> f64 {
    let n = n1 + n2;
    let l3 = n;
    let l2 = (n1 + 2.0 * n2) * delta - n - (x1 + x2);
    let l1 = (n2 * delta - n - 2.0 * x2) * delta + x1 + x2;
    let l0 = x2 * delta * (1.0 - delta);
    let q = (l2 / (3.0 * l3)).powi(3) - l1 * l2 / (6.0 * l3 * l3) + l0 / (2.0 * l3);
    let p = q.signum() * ((l2 / (3.0 * l3)).powi(2) - l1 / (3.0 * l3)).max(0.0).sqrt();
    let angle = if p == 0.0 {
        0.0
    } else {
        (std::f64::consts::PI + libm::acos((q / p.powi(3)).clamp(-1.0, 1.0))) / 3.0
    };
    let p2 = (2.0 * p * libm::cos(angle) - l2 / (3.0 * l3)).clamp(0.0, 1.0);
    let p1 = (p2 + delta).clamp(0.0, 1.0);
    let variance = (p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2) * n / (n - 1.0);
    (x1 / n1 - x2 / n2 - delta).abs() / variance.sqrt()
}

/// Koopman's chi-squared statistic as he wrote it.
fn koopman_statistic([x1, n1, x2, n2]: [f64; 4], theta: f64) -> f64 {
    let sum = theta * (n1 + x2) + x1 + n2;
    let p1 = (sum - (sum * sum - 4.0 * theta * (n1 + n2) * (x1 + x2)).max(0.0).sqrt()) / (2.0 * (n1 + n2));
    let p2 = p1 / theta;
    let part = |x: f64, n: f64, p: f64| {
        let miss = x - n * p;
        if miss.abs() < 1e-12 { 0.0 } else { miss * miss / (n * p * (1.0 - p)) }
    };
    part(x1, n1, p1) + part(x2, n2, p2)
}
