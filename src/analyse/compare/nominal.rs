//! Answers without an order, compared by how often each was given.

use crate::findings::Statistic;
use crate::stats::categorical::association::{CRAMERS_V, Noncentrality, cramers_v, cramers_v_interval};
use crate::stats::categorical::exact_tables::{self, Equality};
use crate::stats::categorical::fisher::{FisherRule, fisher_exact};
use crate::stats::categorical::independence::{Correction, GCorrection, chisq, chisq_n1, expected, g_test};
use crate::stats::categorical::monte_carlo::{Ordering, monte_carlo};
use crate::stats::count_table::CountTable;
use crate::stats::proportion::Proportion;
use crate::stats::proportion::difference::{DifferenceInterval, NEWCOMBE, risk_difference};
use crate::stats::{Caution, Computed, NotComputed, Which};
use crate::study::{Compare, NamedTest};

use super::estimate::{Effect, Estimated, Tested};
use super::extremes::ends;

/// Compares sides (rows) by how often each answer (columns) was given.
pub(in crate::analyse) fn nominal(table: &CountTable, test: NamedTest, terms: &Compare) -> Estimated {
    let two_by_two = table.row_count() == 2 && table.column_count() == 2;
    let effects =
        if two_by_two { vec![share_difference(table, terms)] } else { vec![association(table, terms)] };
    Estimated { test: tested(table, test, terms), effects, pairs: Vec::new() }
}

fn tested(table: &CountTable, test: NamedTest, terms: &Compare) -> Computed<Tested> {
    let undirected = || match terms.which {
        Which::TwoSided => Ok(()),
        _ => Err(NotComputed::Undefined("only Fisher's test of two by two has a direction")),
    };
    match test {
        NamedTest::ChiSquare => undirected().and_then(|()| Ok(chisq(table, Correction::None)?.into())),
        NamedTest::ChiSquareYates => undirected().and_then(|()| Ok(chisq(table, Correction::Yates)?.into())),
        NamedTest::ChiSquareN1 => undirected().and_then(|()| Ok(chisq_n1(table)?.into())),
        NamedTest::LikelihoodRatio => {
            undirected().and_then(|()| Ok(g_test(table, GCorrection::None)?.into()))
        }
        _ => match fisher(table, terms.which) {
            Err(NotComputed::TooLarge { .. }) => {
                undirected()?;
                let fits = expected(table)?.satisfies_cochran();
                if fits && test == NamedTest::Independence {
                    return Ok(chisq(table, Correction::None)?.into());
                }
                match monte_carlo(table, Ordering::Probability, terms.draws) {
                    // So many people that no draw is affordable: the approximation is all there is, and says so.
                    Err(NotComputed::TooLarge { .. }) => Ok(chisq(table, Correction::None)?.into()),
                    other => Ok(other?.test.into()),
                }
            }
            other => other,
        },
    }
}

/// Fisher's exact test, and the smallest p-value that the margins leave possible.
fn fisher(table: &CountTable, which: Which) -> Computed<Tested> {
    let rule = FisherRule::MinimumLikelihood;
    if table.without_empty().is_ok_and(|(reduced, _)| reduced.cells().len() > 4) && which == Which::TwoSided {
        let found = exact_tables::fisher(table, Equality::WithinTolerance)?;
        return Ok(Tested { test: found.test, smallest: Some(found.smallest) });
    }
    let test = fisher_exact(table, which, rule)?;
    let (reduced, _) = table.without_empty()?;
    let p = |end: CountTable| Some(fisher_exact(&end, which, rule).ok()?.p);
    Ok(Tested { test, smallest: ends(&reduced).into_iter().filter_map(p).reduce(f64::min) })
}

/// The difference of the shares of the first answer, first side less second.
fn share_difference(table: &CountTable, terms: &Compare) -> Effect {
    let found = table.two_by_two().and_then(|[a, b, c, d]| {
        let (first, second) = (Proportion::new(a, a + b)?, Proportion::new(c, c + d)?);
        Ok(risk_difference(first, second, DifferenceInterval::Newcombe, terms.level))
    });
    Effect {
        tail: "effect",
        statistic: Statistic::ShareDifference,
        value: found.as_ref().map(|found| found.value).map_err(Clone::clone),
        interval: found.as_ref().ok().map(|found| found.interval.clone()),
        method: NEWCOMBE,
        cautions: found.map(|found| found.cautions).unwrap_or_default(),
    }
}

/// Cramér's V without its bias, with the interval for V in the population.
fn association(table: &CountTable, terms: &Compare) -> Effect {
    let interval = cramers_v_interval(table, terms.level, Noncentrality::Plain);
    let mut cautions = interval.as_ref().map(|found| found.cautions.clone()).unwrap_or_default();
    // The interval rests on the chi-square distribution, also where the test beside it is exact.
    if let Ok(expected) = expected(table)
        && !expected.satisfies_cochran()
    {
        let (smallest_expected, share_below_five) = (expected.smallest, expected.share_below_five);
        cautions.push(Caution::SparseTable { smallest_expected, share_below_five });
    }
    Effect {
        tail: "effect",
        statistic: Statistic::CramersV,
        value: cramers_v(table).and_then(|found| found.v_corrected),
        interval: interval.ok().map(|found| found.interval),
        method: CRAMERS_V,
        cautions,
    }
}
