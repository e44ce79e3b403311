//! What people ticked together: pairs of choices, and the most frequent sets.

use std::collections::BTreeMap;

use crate::findings::{Findings, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::{Answers, Ticks};
use crate::stats::categorical::association::{PHI, phi};
use crate::stats::count_table::CountTable;
use crate::study::CoSelection;

use super::super::about::{About, Found};

/// Distinct sets of choices, ascending, with how many people ticked exactly them; nobody who ticked none.
///
/// People are few ways of ticking: a million of them make hundreds of sets.
pub(in crate::analyse) fn sets(ticks: &Ticks, rows: &[usize]) -> BTreeMap<Vec<usize>, u64> {
    let mut sets: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
    let mut ticked = Vec::new();
    for row in rows {
        ticked.clear();
        ticked.extend((0..ticks.chosen.len()).filter(|choice| ticks.chosen[*choice].get(*row)));
        match sets.get_mut(&ticked) {
            Some(count) => *count += 1,
            None if ticked.is_empty() => {}
            None => {
                sets.insert(ticked.clone(), 1);
            }
        }
    }
    sets
}

/// Writes for every pair of choices the share of respondents who ticked both and, if asked, their phi.
pub(in crate::analyse) fn co_selection(
    about: &About<'_>,
    question: &CohortQuestion,
    terms: CoSelection,
    findings: &mut Findings,
) {
    let Answers::Ticks(ticks) = &question.answers else { return };
    about.account(findings);
    let choices = question.levels.len();
    let mut both = vec![0_u64; choices * choices];
    for (set, count) in sets(ticks, &about.cohort.rows) {
        for (one, two) in set.iter().flat_map(|one| set.iter().map(move |two| (one, two))) {
            both[one * choices + two] += count;
        }
    }
    let ticked = |one: usize, two: usize| both[one * choices + two];
    for (one, first) in question.levels.iter().enumerate() {
        for (two, second) in question.levels.iter().enumerate().skip(one + 1) {
            let level = format!("{}+{}", first.id, second.id);
            let counting = Selector::TickedEvery { question: question.id.clone(), choices: vec![one, two] };
            let both = Value::share(ticked(one, two), about.answered());
            let found = Found::plain(Statistic::TickedBoth, both);
            about.find(findings, &[&first.id, "with", &second.id], found.level(&level).counting(counting));
            if terms.phi {
                let (of_one, of_two, of_both) = (ticked(one, one), ticked(two, two), ticked(one, two));
                let neither = (about.answered() + of_both).saturating_sub(of_one + of_two);
                let table =
                    CountTable::from_rows(&[[of_both, of_one - of_both], [of_two - of_both, neither]]);
                let found = Found {
                    method: Some(PHI),
                    counts: about.who_answered(),
                    ..Found::plain(Statistic::Phi, Value::number(table.and_then(|table| phi(&table))))
                };
                about.find(findings, &[&first.id, "with", &second.id, "phi"], found.level(&level));
            }
        }
    }
}

/// Writes how many sets of choices were ticked, and the most frequent ones with their shares, at most so many. Of equally
/// frequent sets all are written or none, so that no order of theirs is made up.
pub(in crate::analyse) fn combinations(
    about: &About<'_>,
    question: &CohortQuestion,
    most: u64,
    findings: &mut Findings,
) {
    let Answers::Ticks(ticks) = &question.answers else { return };
    about.account(findings);
    let mut sets: Vec<(Vec<usize>, u64)> = sets(ticks, &about.cohort.rows).into_iter().collect();
    let distinct = Found::plain(Statistic::DistinctCombinations, Value::Count(sets.len() as u64));
    about.find(findings, &["distinct-combinations"], distinct);
    // The sort is stable, so that equally frequent sets stay in the order of their choices.
    sets.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    // The first that has no room takes those as frequent as it along.
    let beyond = usize::try_from(most).ok().and_then(|most| sets.get(most)).map_or(0, |set| set.1);
    for (set, count) in sets.into_iter().take_while(|(_, count)| *count > beyond) {
        let ids: Vec<&str> = set
            .iter()
            .filter_map(|choice| question.levels.get(*choice))
            .map(|level| level.id.as_str())
            .collect();
        let level = ids.join("+");
        let counting = Selector::TickedExactly { question: question.id.clone(), choices: set };
        let value = Value::share(count, about.answered());
        let found = Found::plain(Statistic::Combination, value).level(&level).counting(counting);
        about.find(findings, &["combination", &level], found);
    }
}
