//! Two sides of pairs compared: tests and sizes of the change from the first side to the second.
//!
//! A change is the answer of the second side less that of the first, so that a rise from one wave to the next is positive.

use crate::findings::Statistic;
use crate::stats::categorical::paired::{
    EmptyPairs, McNemarCorrection, bowker, mcnemar_asymptotic, mcnemar_exact, mcnemar_mid_p, stuart_maxwell,
};
use crate::stats::count_table::CountTable;
use crate::stats::parametric::{cohens_d, t_test};
use crate::stats::proportion::paired::{PairedCounts, PairedInterval, TANGO, paired_difference};
use crate::stats::rank_tests::sign::sign_test;
use crate::stats::rank_tests::signed_rank::{self, Differences, WILCOXON_EFFECT, Zeros, wilcoxon};
use crate::stats::sample::Sample;
use crate::stats::{Caution, Computed, Method, NotComputed, Test, Which};
use crate::study::{Compare, NamedTest};

use super::estimate::{Effect, Estimated, Tested};

/// What both members of pairs answered, first side and second, with how many pairs answered so.
pub(in crate::analyse) type Answered = [((f64, f64), u64)];

/// The probability below which a result is called significant where it is said that none can be.
const ALPHA: f64 = 0.05;

/// With fewer pairs that moved, a large-sample test of more than two categories is doubtful.
const MANY: u64 = 25;

/// Compares the shares of answers without an order; `table` counts pairs by the answer of the first side (rows) and of
/// the second (columns).
pub(in crate::analyse) fn nominal(table: &CountTable, test: NamedTest, terms: &Compare) -> Estimated {
    if let &[yes, down, up, no] = table.cells() {
        let counts = PairedCounts { both: yes, first_only: up, second_only: down, neither: no };
        return Estimated {
            test: binary(down, up, table.total(), test, terms),
            effects: vec![difference(Statistic::ShareDifference, "effect", counts, terms)],
            pairs: Vec::new(),
        };
    }
    let test = undirected(terms).and_then(|()| match test {
        NamedTest::McNemar | NamedTest::McNemarMidP | NamedTest::McNemarAsymptotic => {
            Err(NotComputed::Undefined("McNemar's test is of two categories"))
        }
        NamedTest::Bowker => bowker(table, EmptyPairs::Drop),
        _ => stuart_maxwell(table),
    });
    let same: u64 = table.rows().enumerate().filter_map(|(at, row)| row.get(at)).sum();
    let test = test.map(|mut test| {
        if table.total() - same < MANY {
            test.cautions.push(Caution::Note("a large-sample test, of few pairs that moved"));
        }
        Tested::from(test)
    });
    Estimated { test, effects: Vec::new(), pairs: Vec::new() }
}

/// Two categories: `down` pairs left the first on the way from the first side to the second, `up` came to it.
fn binary(down: u64, up: u64, n: u64, test: NamedTest, terms: &Compare) -> Computed<Tested> {
    undirected(terms)?;
    match test {
        NamedTest::McNemarMidP => mcnemar_mid_p(down, up).map(Tested::from),
        NamedTest::McNemarAsymptotic => {
            mcnemar_asymptotic(down, up, McNemarCorrection::None).map(Tested::from)
        }
        NamedTest::Bowker | NamedTest::StuartMaxwell => {
            Err(NotComputed::Undefined("two categories are compared by McNemar's test"))
        }
        _ => Ok(exact(mcnemar_exact(down, up)?, n, down + up, Which::TwoSided)),
    }
}

/// Compares ordered answers by the signs or the ranks of changes.
pub(in crate::analyse) fn ordinal(answered: &Answered, test: NamedTest, terms: &Compare) -> Estimated {
    let changes: Vec<(f64, u64)> = answered.iter().map(|((first, second), n)| (second - first, *n)).collect();
    let differences = Differences::from_counts(&changes);
    let with = |test: &dyn Fn(&Differences) -> Computed<Tested>| {
        differences.as_ref().map_err(Clone::clone).and_then(test)
    };
    let which = of_change(terms.which);
    let tested = with(&|found| {
        let (n, moved) = (found.non_zero() + found.zeros(), found.non_zero());
        if n == 0 {
            return Err(NotComputed::EmptyBase);
        }
        Ok(match test {
            NamedTest::Sign => exact(sign_test(found, which)?.test, n, moved, which),
            NamedTest::SignedRankPratt => ranked(wilcoxon(found, Zeros::Pratt, which)?, n, moved, which),
            _ => ranked(wilcoxon(found, Zeros::Wilcox, which)?, n, moved, which),
        })
    });
    let mut effects = Vec::new();
    if let Ok(found) = &differences {
        let counts = PairedCounts {
            both: 0,
            first_only: found.positive(),
            second_only: found.negative(),
            neither: found.zeros(),
        };
        effects.push(difference(Statistic::NetChange, "effect", counts, terms));
    }
    let effect = differences.and_then(|found| signed_rank::effect(&found));
    for (tail, statistic, pick) in [
        (
            "rank-biserial",
            Statistic::RankBiserial,
            (|found| found.rank_biserial) as fn(&signed_rank::SignedRankEffect) -> f64,
        ),
        ("pseudomedian", Statistic::Pseudomedian, |found| found.pseudomedian),
    ] {
        let value = effect.as_ref().map(pick).map_err(Clone::clone);
        effects.push(plain(tail, statistic, value, WILCOXON_EFFECT));
    }
    Estimated { test: tested, effects, pairs: Vec::new() }
}

/// Compares means of numbers with equal distances.
pub(in crate::analyse) fn interval(answered: &Answered, terms: &Compare) -> Estimated {
    let changes: Vec<(f64, u64)> = answered.iter().map(|((first, second), n)| (second - first, *n)).collect();
    let t = |which| {
        Sample::from_counts(&changes).and_then(|changes| t_test::paired(&changes, which, terms.level))
    };
    let both = t(Which::TwoSided);
    let mean = Effect {
        interval: both.as_ref().ok().map(|found| found.interval.clone()),
        ..plain(
            "difference",
            Statistic::MeanDifference,
            both.as_ref().map(|found| found.estimate).map_err(Clone::clone),
            t_test::PAIRED,
        )
    };
    let pairs: Vec<(f64, f64)> =
        answered.iter().flat_map(|((first, second), n)| (0..*n).map(move |_| (*second, *first))).collect();
    let d = cohens_d::paired(&pairs, terms.level);
    let d_av = d.as_ref().map_err(Clone::clone).and_then(|found| found.d_av.clone());
    let d_z = Effect {
        interval: d.as_ref().ok().map(|found| found.d_z_interval.clone()),
        ..plain("d-z", Statistic::DZ, d.map(|found| found.d_z), cohens_d::PAIRED)
    };
    let effects = vec![plain("effect", Statistic::DAverage, d_av, cohens_d::PAIRED), d_z, mean];
    let test = t(of_change(terms.which)).map(|found| Tested::from(found.test));
    Estimated { test, effects, pairs: Vec::new() }
}

/// An exact test of signs. All pairs moved one way is the most extreme that they could have answered.
fn exact(mut test: Test, pairs: u64, moved: u64, which: Which) -> Tested {
    let smallest = smallest(pairs, which);
    let given = self::smallest(moved, which);
    if smallest <= ALPHA && given > ALPHA {
        test.cautions.push(Caution::Note("with so few pairs that moved, p could not have been .05 or less"));
    }
    Tested { test, smallest: Some(smallest) }
}

/// A test of ranks, which is exact up to a number of pairs.
fn ranked(test: Test, pairs: u64, moved: u64, which: Which) -> Tested {
    let is_exact = test.method.id == signed_rank::WILCOXON_EXACT.id;
    if is_exact { exact(test, pairs, moved, which) } else { Tested::from(test) }
}

/// The smallest p-value of so many signs.
fn smallest(pairs: u64, which: Which) -> f64 {
    let signs = i32::try_from(pairs).unwrap_or(i32::MAX);
    let one_sided = libm::scalbn(1.0, -signs);
    if which == Which::TwoSided { (2.0 * one_sided).min(1.0) } else { one_sided }
}

/// The difference of two shares of pairs, second side less first.
fn difference(statistic: Statistic, tail: &'static str, counts: PairedCounts, terms: &Compare) -> Effect {
    let found = paired_difference(counts, PairedInterval::Tango, terms.level);
    Effect {
        interval: found.as_ref().ok().map(|found| found.interval.clone()),
        cautions: found.as_ref().map(|found| found.cautions.clone()).unwrap_or_default(),
        ..plain(tail, statistic, found.map(|found| found.value), TANGO)
    }
}

fn plain(tail: &'static str, statistic: Statistic, value: Computed<f64>, method: Method) -> Effect {
    Effect { tail, statistic, value, interval: None, method, cautions: Vec::new() }
}

fn undirected(terms: &Compare) -> Computed<()> {
    match terms.which {
        Which::TwoSided => Ok(()),
        _ => Err(NotComputed::Undefined("answers without an order have no direction")),
    }
}

/// The tails of changes: whether the first side is larger is whether changes are negative.
fn of_change(which: Which) -> Which {
    match which {
        Which::TwoSided => Which::TwoSided,
        Which::Greater => Which::Less,
        Which::Less => Which::Greater,
    }
}
