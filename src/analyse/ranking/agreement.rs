//! Whether people rank alike: Kendall's W with Friedman's test, exact where that is small, and pairs after it.

use crate::findings::{Adjusted, Caution, Findings, Statistic, TestResult, Value};
use crate::stats::p_adjust::Adjustment;
use crate::stats::rank_tests::friedman::{FRIEDMAN, RankedRows, exact, friedman};
use crate::stats::rank_tests::posthoc::{Comparisons, conover_friedman};
use crate::stats::{Caution as Known, Computed, NotComputed, Test};

use super::super::about::Found;
use super::{Asked, NOT_REACHED};

/// The rankings as rows of ranks; rows that say nothing of an item are left out by the test.
fn rows(asked: &Asked<'_>) -> Computed<RankedRows> {
    let ballots = asked.field.ballots()?;
    let patterns: Vec<(Vec<Option<f64>>, u64)> =
        ballots.iter().map(|(ballot, count)| (asked.field.midranks(ballot), count)).collect();
    RankedRows::from_counts(&patterns)
}

/// Writes Kendall's W and the test of whether there is any agreement.
pub(super) fn kendall_w(asked: &Asked<'_>, findings: &mut Findings) {
    // One ranking agrees with itself, which says nothing of people.
    let rows = match asked.field.base {
        1 => Err(NotComputed::TooFew { needed: 2, found: 1 }),
        _ => rows(asked),
    };
    let summed = rows.as_ref().map_err(Clone::clone).and_then(friedman);
    let w = Found {
        method: Some(FRIEDMAN),
        ..Found::plain(
            Statistic::KendallW,
            Value::number(summed.as_ref().map(|found| found.kendall_w).map_err(Clone::clone)),
        )
    };
    asked.find(findings, &["kendall-w"], w);
    let test = rows.and_then(|rows| match exact(&rows) {
        Err(NotComputed::TooLarge { .. }) => summed.map(|found| found.test),
        found => found,
    });
    let found = match &test {
        Ok(test) => tested(Statistic::Friedman, test),
        Err(reason) => {
            let found = Found::plain(Statistic::Friedman, Value::number(Err(reason.clone())));
            Found { method: Some(FRIEDMAN), ..found }
        }
    };
    asked.find(findings, &["friedman"], found);
}

/// What a test found, with the cautions that it carries.
fn tested(statistic: Statistic, test: &Test) -> Found {
    let result = TestResult::from(test);
    let out_of_reach = result.smallest.is_some_and(|smallest| smallest > NOT_REACHED);
    let said = |caution: &&Known| !matches!(caution, Known::SmallestAttainableP { .. });
    let cautions = test.cautions.iter().filter(said).map(|caution| Caution::Method(caution.to_string()));
    Found {
        method: Some(test.method),
        cautions: cautions.chain(out_of_reach.then_some(Caution::CannotReach)).collect(),
        ..Found::plain(statistic, Value::Test(result))
    }
}

/// Writes Conover's test of every pair of items, adjusted by Holm among themselves.
pub(super) fn conover(asked: &Asked<'_>, findings: &mut Findings) {
    let compared = rows(asked).and_then(|rows| conover_friedman(&rows, Adjustment::Holm));
    let items = &asked.question.items;
    match &compared {
        Ok(compared) => {
            for pair in &compared.pairs {
                let (Some(first), Some(second)) = (items.get(pair.first), items.get(pair.second)) else {
                    continue;
                };
                let found = Found {
                    method: Some(compared.method),
                    ..Found::plain(
                        Statistic::PostHoc,
                        Value::Test(result(asked, compared, pair.p, pair.p_adjusted, pair.statistic)),
                    )
                };
                let level = format!("{}~{}", first.id, second.id);
                asked.find(findings, &[&first.id, "vs", &second.id], found.level(&level));
            }
        }
        Err(reason) => {
            let found = Found::plain(Statistic::PostHoc, Value::number(Err(reason.clone())));
            asked.find(findings, &["post-hoc"], found);
        }
    }
}

fn result(asked: &Asked<'_>, compared: &Comparisons, p: f64, adjusted: f64, statistic: f64) -> TestResult {
    let family = format!("{}/{}", asked.about.cohort.group, asked.question.id);
    let tests = compared.pairs.len() as u64;
    TestResult {
        statistic: Some(statistic),
        df: compared.df.into_iter().collect(),
        p,
        which: crate::stats::Which::TwoSided,
        smallest: None,
        adjusted: compared.adjustment.map(|method| Adjusted { p: adjusted, method, family, tests }),
    }
}
