//! Summaries of people's numbers: of whom they may be told.

use std::collections::BTreeSet;

use crate::normalise::{Cohort, CohortQuestion};
use crate::responses::Answers;
use crate::stats::disclosure::magnitude::{dominance_rule, p_percent_rule};
use crate::study::Disclosure;

use super::rows::divide;

/// A group, a question of it and an item of that.
type Place = (String, String, usize);

/// The summaries that may be told.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Means, standard deviations and quartiles.
    pub(super) summaries: BTreeSet<Place>,
    /// The smallest number.
    pub(super) minima: BTreeSet<Place>,
    /// The largest number.
    pub(super) maxima: BTreeSet<Place>,
}

/// Finds the summaries that may be told, group by group in the order of the study: a sum of a group less a sum of
/// another is the sum of the rest, so that whoever groups tell apart must be as many as a base has to be, and no one of
/// them too large a part of their sum. A smallest or largest number is somebody's own: as many must share it as a cell
/// has to hold.
pub(super) fn numbers(
    rules: &Disclosure,
    families: &[Vec<&Cohort>],
    asked: &BTreeSet<(String, String)>,
) -> Numbers {
    let mut numbers = Numbers::default();
    for family in families {
        let mut told: Vec<(String, usize, Vec<&Cohort>)> = Vec::new();
        for cohort in family {
            for question in cohort.questions.iter() {
                let Answers::Numbers { items } = &question.answers else { continue };
                if !asked.contains(&(cohort.group.clone(), question.id.clone())) {
                    continue;
                }
                for item in 0..items.len() {
                    let place = (cohort.group.clone(), question.id.clone(), item);
                    let known = told.iter().position(|(id, at, _)| *id == question.id && *at == item);
                    let mut together = known.map_or_else(Vec::new, |known| told[known].2.clone());
                    together.push(cohort);
                    let atoms = divide(&together).atoms;
                    let is_safe = |rows: &Vec<usize>| is_safe(rules, &given(question, item, rows));
                    if !is_safe(&cohort.rows) || !atoms.iter().all(is_safe) {
                        continue;
                    }
                    match known {
                        Some(known) => told[known].2 = together,
                        None => told.push((question.id.clone(), item, together)),
                    }
                    let values = given(question, item, &cohort.rows);
                    let threshold = rules.threshold(Some(&question.id));
                    let share = |end: Option<f64>| {
                        let same =
                            |end: f64| values.iter().filter(|value| value.total_cmp(&end).is_eq()).count();
                        end.is_some_and(|end| same(end) as u64 >= threshold)
                    };
                    if share(values.iter().copied().min_by(f64::total_cmp)) {
                        numbers.minima.insert(place.clone());
                    }
                    if share(values.iter().copied().max_by(f64::total_cmp)) {
                        numbers.maxima.insert(place.clone());
                    }
                    numbers.summaries.insert(place);
                }
            }
        }
    }
    numbers
}

/// The numbers that some rows gave.
fn given(question: &CohortQuestion, item: usize, rows: &[usize]) -> Vec<f64> {
    let Answers::Numbers { items } = &question.answers else { return Vec::new() };
    let Some(numbers) = items.get(item) else { return Vec::new() };
    rows.iter().filter_map(|row| numbers.get(*row).and_then(|number| number.as_ref().ok()).copied()).collect()
}

/// Whether a sum over these people may be told. A rule that has no answer, as for negative numbers, has not said yes.
fn is_safe(rules: &Disclosure, values: &[f64]) -> bool {
    let n = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let dominates = |rule: crate::study::Dominance| {
        dominance_rule(values, n(rule.n), rule.k).map_or(true, |verdict| verdict.sensitive)
    };
    values.len() as u64 >= rules.minimum_base
        && !rules.dominance.is_some_and(dominates)
        && !rules
            .p_percent
            .is_some_and(|p| p_percent_rule(values, p).map_or(true, |verdict| verdict.sensitive))
}
