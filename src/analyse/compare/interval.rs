//! Numbers with equal distances, compared by their means.

use crate::findings::Statistic;
use crate::stats::parametric::anova::{self, Anova, eta_squared_interval, oneway};
use crate::stats::parametric::cohens_d::{self, independent};
use crate::stats::parametric::post_hoc::games_howell;
use crate::stats::parametric::t_test::{POOLED, TTest, Variances, WELCH, two_samples};
use crate::stats::sample::Sample;
use crate::stats::{Computed, NotComputed, Test, Which};
use crate::study::{Compare, NamedTest};

use super::estimate::{Effect, Estimated, Pair, Tested};

/// Compares the means of samples.
pub(in crate::analyse) fn interval(samples: &[Sample], test: NamedTest, terms: &Compare) -> Estimated {
    if let [first, second] = samples
        && !matches!(test, NamedTest::Anova | NamedTest::WelchAnova)
    {
        let variances = if test == NamedTest::PooledT { Variances::Pooled } else { Variances::Separate };
        let t = |which| two_samples(first, second, variances, which, terms.level);
        return Estimated {
            test: t(terms.which).map(|found| Tested::from(found.test)),
            effects: vec![hedges(first, second, terms), difference(&t(Which::TwoSided), variances)],
            pairs: Vec::new(),
        };
    }
    let test = if terms.which == Which::TwoSided {
        several(samples, test)
    } else {
        Err(NotComputed::Undefined("a test of several sides has no direction"))
    };
    let pairs = if terms.pairwise { pairs(samples, terms) } else { Vec::new() };
    Estimated { test, effects: explained(samples, terms), pairs }
}

fn several(samples: &[Sample], test: NamedTest) -> Computed<Tested> {
    if matches!(test, NamedTest::WelchT | NamedTest::PooledT) {
        return Err(NotComputed::Undefined("a t test compares two sides"));
    }
    if test == NamedTest::Anova {
        Ok(oneway(samples)?.test.into())
    } else {
        Ok(anova::welch(samples)?.into())
    }
}

fn hedges(first: &Sample, second: &Sample, terms: &Compare) -> Effect {
    let found = independent(first, second, terms.level);
    Effect {
        tail: "effect",
        statistic: Statistic::HedgesG,
        value: found.as_ref().map(|found| found.g).map_err(Clone::clone),
        interval: found.ok().map(|found| found.g_interval),
        method: cohens_d::INDEPENDENT,
        cautions: Vec::new(),
    }
}

fn difference(found: &Computed<TTest>, variances: Variances) -> Effect {
    Effect {
        tail: "difference",
        statistic: Statistic::MeanDifference,
        value: found.as_ref().map(|found| found.estimate).map_err(Clone::clone),
        interval: found.as_ref().ok().map(|found| found.interval.clone()),
        method: if variances == Variances::Pooled { POOLED } else { WELCH },
        cautions: Vec::new(),
    }
}

/// The share of variance that the sides explain: in the population, and among these people. The interval is for the share
/// of the population, but made about that of these people: beside omega squared it need not hold the number.
fn explained(samples: &[Sample], terms: &Compare) -> Vec<Effect> {
    let found = oneway(samples);
    let effect = |tail, statistic, value: fn(&Anova) -> f64, interval| Effect {
        tail,
        statistic,
        value: found.as_ref().map(value).map_err(Clone::clone),
        interval,
        method: anova::ONEWAY,
        // The test beside it may be Welch's, which does not.
        cautions: vec![crate::stats::Caution::Note("assumes equal variances")],
    };
    let interval = found.as_ref().ok().and_then(|found| eta_squared_interval(found, terms.level).ok());
    vec![
        effect("effect", Statistic::OmegaSquared, |found| found.omega_squared, None),
        effect("eta-squared", Statistic::EtaSquared, |found| found.eta_squared, interval),
    ]
}

/// The comparisons of Games and Howell; their p-values are for all pairs together.
fn pairs(samples: &[Sample], terms: &Compare) -> Vec<Pair> {
    let Ok(found) = games_howell(samples, terms.level) else { return Vec::new() };
    let pair = |pair: crate::stats::parametric::post_hoc::PairwiseMean| Pair {
        first: pair.first,
        second: pair.second,
        // Signs as everywhere: the first less the second.
        test: Test {
            statistic: Some(-pair.t),
            df: vec![pair.df],
            p: pair.p,
            which: Which::TwoSided,
            method: pair.interval.method,
            cautions: Vec::new(),
        },
        adjusted: None,
    };
    found.into_iter().map(pair).collect()
}
