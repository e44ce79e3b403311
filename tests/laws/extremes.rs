//! Counts as large as the types hold: every method answers or refuses; none overflows, which would stop a debug build
//! and lie in a release build.

use canvass::stats::agreement::{
    KappaWeights, cohen_kappa, fleiss_kappa_of_counts, pabak, percent_agreement,
};
use canvass::stats::categorical::goodness_of_fit;
use canvass::stats::categorical::multinomial::{multinomial_exact, multinomial_logpmf};
use canvass::stats::categorical::paired::{
    McNemarCorrection, mcnemar_asymptotic, mcnemar_exact, mcnemar_mid_p, mcnemar_odds_ratio,
};
use canvass::stats::categorical::stratified::{
    CmhCorrection, Homogeneity, breslow_day, cmh, common_odds_ratio,
};
use canvass::stats::categorical::trend::{cochran_armitage, linear_by_linear_2xk};
use canvass::stats::categorical::trend_exact::cochran_armitage_exact;
use canvass::stats::correlation::Bivariate;
use canvass::stats::count_table::CountTable;
use canvass::stats::descriptive::net_promoter::from_groups;
use canvass::stats::disclosure::Table;
use canvass::stats::disclosure::frequency::{Total, Zeros, differencing, one_way_suppression, round_to_base};
use canvass::stats::distributions::{binomial, hypergeometric, rank_sum, signed_rank};
use canvass::stats::proportion::binomial_test::{ObservedMass, TwoSided, binomial_test};
use canvass::stats::proportion::difference::{DifferenceInterval, risk_difference};
use canvass::stats::proportion::finite_frame::{
    exact_hypergeometric, nonresponse_bounds, wald, wilson_effective,
};
use canvass::stats::proportion::odds_ratio::{OddsRatio, odds_ratio};
use canvass::stats::proportion::paired::{PairedCounts, PairedInterval, paired_difference};
use canvass::stats::proportion::risk_ratio::{RatioInterval, risk_ratio};
use canvass::stats::proportion::{Proportion, ProportionInterval, interval, simultaneous};
use canvass::stats::random_tables::Draws;
use canvass::stats::rank_tests::signed_rank::Differences;
use canvass::stats::rankings::Ballots;
use canvass::stats::resampling::{Plan, bootstrap_counts, monte_carlo_p};
use canvass::stats::sample::Sample;
use canvass::stats::{ConfidenceLevel, Which};

const LEVEL: ConfidenceLevel = ConfidenceLevel::P95;
const SIZES: [u64; 6] = [0, 1, 1 << 32, 1 << 53, u64::MAX - 1, u64::MAX];

#[test]
fn one_count_or_two() {
    for a in SIZES {
        for b in SIZES {
            let _ = (mcnemar_exact(a, b), mcnemar_mid_p(a, b), mcnemar_odds_ratio(a, b, LEVEL));
            let _ = mcnemar_asymptotic(a, b, McNemarCorrection::Edwards);
            let _ = (monte_carlo_p(a, b, LEVEL), round_to_base(a, b));
            let _ = (
                binomial::cdf(a, b, 0.3),
                binomial::sf(a, b, 0.3),
                rank_sum::cdf(3, a, b),
                signed_rank::cdf(a, b),
            );
            let _ = hypergeometric::support(b, a, a);
            let _ = (
                from_groups(a, b, a, LEVEL),
                nonresponse_bounds(a, b, u64::MAX),
                nonresponse_bounds(1, a, b),
            );
            let _ = (
                Sample::from_counts(&[(1.0, a), (2.0, b)]),
                Differences::from_counts(&[(1.0, a), (-2.0, b)]),
            );
            let _ =
                (goodness_of_fit::chisq(&[a, b], &[0.5, 0.5]), goodness_of_fit::g_test(&[a, b], &[0.5, 0.5]));
            let _ = (multinomial_exact(&[a, b], &[0.5, 0.5]), multinomial_logpmf(&[a, b], &[0.5, 0.5]));
            let _ = (simultaneous(&[a, b], LEVEL), differencing(&[a], &[b], 5, Zeros::default()));
            let _ = one_way_suppression(&[a, b, 3], b, Zeros::default(), Total::Published);
            let _ = bootstrap_counts(&[a, b], Plan { replicates: 3, ..Plan::new(1) }, |_| Ok(1.0));
            let _ = Ballots::with_counts(&[vec![Some(1)], vec![Some(1)]], &[a, b]);
            let _ = Draws { replicates: a, seed: 1 }.p_value(b);
        }
    }
}

#[test]
fn proportions() {
    let all: Vec<Proportion> =
        SIZES.iter().flat_map(|x| SIZES.iter().filter_map(|n| Proportion::new(*x, *n).ok())).collect();
    for first in &all {
        for kind in [ProportionInterval::Wilson, ProportionInterval::WilsonCc, ProportionInterval::Wald] {
            let found = interval(*first, kind, LEVEL).interval;
            assert!(found.low <= found.high && !found.low.is_sign_negative(), "{first:?} {found:?}");
        }
        for frame in SIZES {
            let _ = (exact_hypergeometric(*first, frame, LEVEL), wald(*first, frame, LEVEL));
            let _ = wilson_effective(*first, frame, LEVEL);
        }
        if first.n() <= 1 {
            let _ = binomial_test(*first, 0.5, Which::TwoSided, TwoSided::MinLike, ObservedMass::Whole);
        }
        for second in &all {
            let _ = risk_difference(*first, *second, DifferenceInterval::Newcombe, LEVEL);
            let _ = risk_difference(*first, *second, DifferenceInterval::MiettinenNurminen, LEVEL);
            let _ = risk_ratio(*first, *second, RatioInterval::Koopman, LEVEL);
            let _ = odds_ratio(*first, *second, OddsRatio::Woolf, LEVEL);
        }
    }
}

#[test]
fn tables() {
    for a in SIZES {
        for b in SIZES {
            let (rows, strata) = ([[a, b], [b, a]], [[a, b, b, a], [1, 2, 3, 4]]);
            let _ = (CountTable::from_rows(&rows), Bivariate::from_table(&rows));
            let _ = Table::new(&[vec![a, b], vec![b, a]]);
            let _ = (cmh(&strata, CmhCorrection::Half), common_odds_ratio(&strata, LEVEL));
            let _ = breslow_day(&strata, Homogeneity::default());
            let _ = (percent_agreement(&rows, LEVEL), pabak(&rows, LEVEL), fleiss_kappa_of_counts(&rows));
            let _ = cohen_kappa(&rows, KappaWeights::Quadratic, LEVEL);
            let scores = [1.0, 2.0];
            let _ = cochran_armitage(&[1, a], &[2, b], &scores, Which::TwoSided);
            let _ = linear_by_linear_2xk(&[1, a], &[2, b], &scores, Which::TwoSided);
            let _ = cochran_armitage_exact(&[1, a], &[2, b], &scores);
            let counts = PairedCounts { both: a, first_only: b, second_only: a, neither: b };
            let _ = paired_difference(counts, PairedInterval::Tango, LEVEL);
            let _ = paired_difference(counts, PairedInterval::Newcombe, LEVEL);
        }
    }
}
