//! Ordered answers compared by their ranks.

use crate::findings::Statistic;
use crate::stats::count_table::CountTable;
use crate::stats::effect_sizes::dominance::CLIFFS_DELTA;
use crate::stats::effect_sizes::superiority_interval::probability_of_superiority;
use crate::stats::p_adjust::Adjustment;
use crate::stats::rank_tests::hodges_lehmann::hodges_lehmann;
use crate::stats::rank_tests::jonckheere::{self, jonckheere_terpstra};
use crate::stats::rank_tests::kruskal_wallis::{self, kruskal_wallis};
use crate::stats::rank_tests::mann_whitney::{self, mann_whitney};
use crate::stats::rank_tests::posthoc::dunn;
use crate::stats::rank_tests::{Continuity, Tabulated};
use crate::stats::sample::Sample;
use crate::stats::tails::TwoSidedRule;
use crate::stats::{Computed, Estimate, Interval, NotComputed, Test, Which};
use crate::study::{Compare, NamedTest};

use super::estimate::{Effect, Estimated, Pair, Tested};
use super::extremes::{blocks, ends};

/// Compares sides (rows) whose answers are ordered levels (columns). `measured` says that levels are numbers, so that
/// a shift between two sides has a unit.
pub(in crate::analyse) fn ordinal(
    sides: &Tabulated,
    test: NamedTest,
    measured: bool,
    terms: &Compare,
) -> Estimated {
    let table = &sides.table;
    if table.row_count() == 2 {
        let mut effects = two_sides(sides, terms);
        if measured {
            effects.push(shift(sides, terms));
        }
        return Estimated { test: tested(sides, test, terms), effects, pairs: Vec::new() };
    }
    let pairs = if terms.pairwise { pairs(sides) } else { Vec::new() };
    Estimated { test: tested(sides, test, terms), effects: vec![epsilon_squared(sides)], pairs }
}

fn tested(sides: &Tabulated, test: NamedTest, terms: &Compare) -> Computed<Tested> {
    let table = &sides.table;
    let which = terms.which;
    match test {
        NamedTest::MannWhitney => {
            let test = mann_whitney(table, which)?;
            if test.method.id == mann_whitney::MANN_WHITNEY_EXACT.id {
                exact(sides, which)
            } else {
                Ok(test.into())
            }
        }
        NamedTest::MannWhitneyExact => exact(sides, which),
        NamedTest::MannWhitneyCorrected => {
            Ok(mann_whitney::asymptotic(table, which, Continuity::Half)?.into())
        }
        NamedTest::MannWhitneyUncorrected => {
            Ok(mann_whitney::asymptotic(table, which, Continuity::None)?.into())
        }
        NamedTest::Jonckheere => trend(table, which),
        _ if which != Which::TwoSided => {
            Err(NotComputed::Undefined("a test of several sides has no direction"))
        }
        NamedTest::KruskalWallis if table.total() <= kruskal_wallis::EXACT_UP_TO => {
            let test = kruskal_wallis::permutation(table, terms.draws)?;
            let exact = test.method == kruskal_wallis::KRUSKAL_WALLIS_EXACT;
            let smallest = if exact { smallest_of_several(sides) } else { None };
            Ok(Tested { test, smallest })
        }
        _ => Ok(kruskal_wallis(table)?.test.into()),
    }
}

/// The Jonckheere-Terpstra test. As of two sides, `Greater` asks whether earlier sides are above later ones, where the
/// test itself asks whether answers rise.
fn trend(table: &CountTable, which: Which) -> Computed<Tested> {
    let rise = match which {
        Which::TwoSided => Which::TwoSided,
        Which::Greater => Which::Less,
        Which::Less => Which::Greater,
    };
    let test = jonckheere_terpstra(table, rise)?;
    let smallest = if test.method == jonckheere::JONCKHEERE_TERPSTRA_EXACT {
        let p = |end: CountTable| Some(jonckheere_terpstra(&end, rise).ok()?.p);
        ends(table).into_iter().filter_map(p).reduce(f64::min)
    } else {
        None
    };
    Ok(Tested { test: Test { which, ..test }, smallest })
}

/// The exact Mann-Whitney test, and the smallest p-value that the observed ties leave possible.
fn exact(sides: &Tabulated, which: Which) -> Computed<Tested> {
    let p = |table: &CountTable| {
        mann_whitney::exact(table, which, TwoSidedRule::Distance).map(|found| found.test)
    };
    let smallest = ends(&sides.table).iter().filter_map(|end| Some(p(end).ok()?.p)).reduce(f64::min);
    Ok(Tested { test: p(&sides.table)?, smallest })
}

fn smallest_of_several(sides: &Tabulated) -> Option<f64> {
    let all = blocks(&sides.table);
    all.iter().filter_map(|table| Some(kruskal_wallis::exact(table).ok()?.p)).reduce(f64::min)
}

/// The samples of the first two sides.
fn samples(sides: &Tabulated) -> Computed<[Sample; 2]> {
    let sample = |row: Option<&[u64]>| {
        let row = row.ok_or(NotComputed::EmptyBase)?;
        let counts: Vec<(f64, u64)> = sides.levels.iter().copied().zip(row.iter().copied()).collect();
        Sample::from_counts(&counts)
    };
    let mut rows = sides.table.rows();
    Ok([sample(rows.next())?, sample(rows.next())?])
}

fn two_sides(sides: &Tabulated, terms: &Compare) -> Vec<Effect> {
    let superiority =
        samples(sides).and_then(|[first, second]| probability_of_superiority(&first, &second, terms.level));
    let method = crate::stats::effect_sizes::superiority_interval::NEWCOMBE5;
    let effect = |tail, statistic, method, on: fn(f64) -> f64| Effect {
        tail,
        statistic,
        value: superiority.as_ref().map(|found| on(found.value)).map_err(Clone::clone),
        interval: superiority.as_ref().ok().map(|Estimate { interval, .. }| Interval {
            low: on(interval.low),
            high: on(interval.high),
            ..interval.clone()
        }),
        method,
        cautions: superiority.as_ref().map(|found| found.cautions.clone()).unwrap_or_default(),
    };
    vec![
        effect("effect", Statistic::Superiority, method, |a| a),
        effect("delta", Statistic::CliffsDelta, CLIFFS_DELTA, |a| 2.0 * a - 1.0),
    ]
}

fn shift(sides: &Tabulated, terms: &Compare) -> Effect {
    let found = hodges_lehmann(sides, terms.level);
    Effect {
        tail: "difference",
        statistic: Statistic::Shift,
        value: found.as_ref().map(|found| found.shift).map_err(Clone::clone),
        method: found
            .as_ref()
            .map_or(crate::stats::rank_tests::hodges_lehmann::HODGES_LEHMANN_CI_ASYMPTOTIC, |found| {
                found.interval.method
            }),
        interval: found.as_ref().ok().map(|found| found.interval.clone()),
        cautions: found.map(|found| found.cautions).unwrap_or_default(),
    }
}

fn epsilon_squared(sides: &Tabulated) -> Effect {
    Effect {
        tail: "effect",
        statistic: Statistic::EpsilonSquared,
        value: kruskal_wallis(&sides.table).map(|found| found.epsilon_squared),
        interval: None,
        method: kruskal_wallis::KRUSKAL_WALLIS,
        cautions: Vec::new(),
    }
}

/// Dunn's comparisons, adjusted by Holm among themselves.
fn pairs(sides: &Tabulated) -> Vec<Pair> {
    let Ok(found) = dunn(&sides.table, Adjustment::Holm) else { return Vec::new() };
    let pair = |pair: &crate::stats::rank_tests::posthoc::Comparison| Pair {
        first: pair.first,
        second: pair.second,
        test: Test {
            statistic: Some(pair.statistic),
            df: found.df.into_iter().collect(),
            p: pair.p,
            which: Which::TwoSided,
            method: found.method,
            cautions: Vec::new(),
        },
        adjusted: found.adjustment.map(|method| (pair.p_adjusted, method)),
    };
    found.pairs.iter().map(pair).collect()
}
