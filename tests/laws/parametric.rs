//! Laws of comparisons of means.

use canvass::stats::parametric::anova::{Centre, equal_spread, eta_squared_interval, oneway, welch};
use canvass::stats::parametric::cohens_d;
use canvass::stats::parametric::post_hoc::{games_howell, tukey_hsd};
use canvass::stats::parametric::shapiro_wilk::shapiro_wilk;
use canvass::stats::parametric::t_test::{Variances, one_sample, paired, two_samples};
use canvass::stats::sample::Sample;
use canvass::stats::{ConfidenceLevel, Which};
use proptest::collection::vec;
use proptest::prelude::*;

fn values() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![vec((1_u8..=7).prop_map(f64::from), 2..20), vec(-50.0_f64..50.0, 2..20)]
}

fn sample(values: &[f64]) -> Sample {
    Sample::from_values(values).unwrap()
}

fn close(a: f64, b: f64, relative: f64) -> bool {
    (a - b).abs() <= relative * a.abs().max(b.abs()).max(1e-12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn swapping_the_groups_keeps_p_and_turns_the_difference(x in values(), y in values()) {
        let (x, y) = (sample(&x), sample(&y));
        for variances in [Variances::Separate, Variances::Pooled] {
            let test = |a, b, which| two_samples(a, b, variances, which, ConfidenceLevel::P95);
            let (Ok(one), Ok(two)) = (test(&x, &y, Which::TwoSided), test(&y, &x, Which::TwoSided)) else {
                continue;
            };
            prop_assert!(close(one.test.p, two.test.p, 1e-12));
            prop_assert!(close(one.interval.low, -two.interval.high, 1e-10));
            let sides = [Which::Greater, Which::Less].map(|which| test(&x, &y, which).unwrap().test.p);
            prop_assert!((sides[0] + sides[1] - 1.0).abs() < 1e-12);
            prop_assert!(close(one.test.p, (2.0 * sides[0].min(sides[1])).min(1.0), 1e-10));
            // The test rejects at 5 % exactly where the interval leaves 0 out.
            let leaves_out = one.interval.low > 0.0 || one.interval.high < 0.0;
            prop_assert!(leaves_out == (one.test.p < 0.05) || (one.test.p - 0.05).abs() < 1e-9);
        }
    }

    #[test]
    fn a_paired_test_is_a_test_of_differences(x in vec(-50.0_f64..50.0, 2..20), mu in -5.0_f64..5.0) {
        let shifted: Vec<f64> = x.iter().map(|x| x - mu).collect();
        let about = one_sample(&sample(&x), mu, Which::TwoSided, ConfidenceLevel::P95).unwrap();
        let of_differences = paired(&sample(&shifted), Which::TwoSided, ConfidenceLevel::P95).unwrap();
        prop_assert!(close(about.test.p, of_differences.test.p, 1e-9));
        prop_assert!((about.interval.low - mu - of_differences.interval.low).abs() < 1e-9);
    }

    #[test]
    fn analysis_of_variance_ignores_the_order_of_groups(x in values(), y in values(), z in values()) {
        let groups = [sample(&x), sample(&y), sample(&z)];
        let turned = [groups[2].clone(), groups[0].clone(), groups[1].clone()];
        if let (Ok(one), Ok(two)) = (oneway(&groups), oneway(&turned)) {
            prop_assert!(close(one.test.p, two.test.p, 1e-9));
            prop_assert!((0.0..=1.0).contains(&one.eta_squared));
            prop_assert!(one.omega_squared.abs() <= one.epsilon_squared.abs() + 1e-12);
            let level = ConfidenceLevel::new(0.9).unwrap();
            let interval = eta_squared_interval(&one, level).unwrap();
            prop_assert!(0.0 <= interval.low && interval.low <= interval.high && interval.high < 1.0);
        }
        if let (Ok(one), Ok(two)) = (welch(&groups), welch(&turned)) {
            prop_assert!(close(one.p, two.p, 1e-9));
        }
        let [one, two] = [&groups, &turned].map(|groups| equal_spread(groups, Centre::Median));
        if let (Ok(one), Ok(two)) = (one, two) {
            prop_assert!(close(one.p, two.p, 1e-9));
        }
    }

    #[test]
    fn effects_contain_nest_and_do_not_depend_on_units(x in values(), y in values()) {
        let (x, y) = (sample(&x), sample(&y));
        let of = |x: &Sample, y: &Sample, level| cohens_d::independent(x, y, ConfidenceLevel::new(level).unwrap());
        if let (Ok(narrow), Ok(wide)) = (of(&x, &y, 0.9), of(&x, &y, 0.95)) {
            // The interval is for the noncentrality, whose median at t is not t itself; 90 % is far from the median.
            prop_assert!(narrow.d_interval.low < narrow.d && narrow.d < narrow.d_interval.high);
            prop_assert!(wide.d_interval.low < narrow.d_interval.low && narrow.d_interval.high < wide.d_interval.high);
            let rescaled = |s: &Sample| {
                Sample::from_counts(&s.points().iter().map(|p| (10.0 * p.value + 3.0, p.count)).collect::<Vec<_>>()).unwrap()
            };
            prop_assert!(close(of(&rescaled(&x), &rescaled(&y), 0.9).unwrap().d, narrow.d, 1e-9));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(25))]

    #[test]
    fn family_wise_p_is_no_smaller_than_its_own(x in values(), y in values(), z in values()) {
        let groups = [sample(&x), sample(&y), sample(&z)];
        let own = |a: usize, b: usize| {
            two_samples(&groups[b], &groups[a], Variances::Separate, Which::TwoSided, ConfidenceLevel::P95)
        };
        for pair in games_howell(&groups, ConfidenceLevel::P95).unwrap_or_default() {
            if let Ok(own) = own(pair.first, pair.second) {
                prop_assert!(pair.p >= own.test.p * (1.0 - 1e-9));
                prop_assert!(close(pair.t, own.test.statistic.unwrap(), 1e-9));
                prop_assert!(pair.interval.low <= own.interval.low + 1e-9);
            }
        }
        for pair in tukey_hsd(&groups, ConfidenceLevel::P95).unwrap_or_default() {
            let leaves_out = pair.interval.low > 0.0 || pair.interval.high < 0.0;
            prop_assert!(leaves_out == (pair.p < 0.05) || (pair.p - 0.05).abs() < 1e-9);
        }
    }

    #[test]
    fn normality_does_not_depend_on_units(x in vec(-50.0_f64..50.0, 3..60)) {
        let moved: Vec<f64> = x.iter().map(|x| 7.0 - 0.25 * x).collect();
        let [one, two] = [&x, &moved].map(|values| shapiro_wilk(&sample(values)).unwrap());
        prop_assert!(close(one.p, two.p, 1e-6));
        prop_assert!((0.0..=1.0).contains(&one.statistic.unwrap()) && (0.0..=1.0).contains(&one.p));
    }
}
