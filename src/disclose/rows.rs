//! Rows of an export: how groups divide them, and what they count.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Missing;
use crate::normalise::{Cohort, CohortQuestion};
use crate::responses::{Answer, Answers};

use super::model::What;

/// The rows of some groups, divided so that no group cuts through a part.
pub(super) struct Division {
    /// The rows of each atom, in order.
    pub(super) atoms: Vec<Vec<usize>>,
    /// For each atom which of the groups it belongs to.
    pub(super) members: Vec<Vec<bool>>,
}

/// Divides the rows of groups that stand in one export.
pub(super) fn divide(cohorts: &[&Cohort]) -> Division {
    // Each group splits every set of rows that no earlier one tells apart; a number stands for each set.
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    let mut members: Vec<Vec<bool>> = vec![Vec::new()];
    for (at, cohort) in cohorts.iter().enumerate() {
        let mut split: BTreeMap<usize, usize> = BTreeMap::new();
        for row in &cohort.rows {
            let old = number.get(row).copied().unwrap_or(0);
            let new = *split.entry(old).or_insert_with(|| {
                let mut belongs = members[old].clone();
                belongs.resize(at, false);
                belongs.push(true);
                members.push(belongs);
                members.len() - 1
            });
            number.insert(*row, new);
        }
    }
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    for (row, number) in number {
        rows[number].push(row);
    }
    let (atoms, mut members): (Vec<_>, Vec<Vec<bool>>) =
        rows.into_iter().zip(members).filter(|(rows, _)| !rows.is_empty()).unzip();
    for belongs in &mut members {
        belongs.resize(cohorts.len(), false);
    }
    Division { atoms, members }
}

/// Counts by item and what is counted.
pub(super) type Tally = BTreeMap<(usize, What), u64>;

/// The reasons that somebody has, by item.
pub(super) fn reasons<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> BTreeSet<(usize, What)> {
    let keys = tallies.into_iter().flat_map(Tally::keys);
    keys.filter(|(_, what)| matches!(what, What::Missing(_))).cloned().collect()
}

/// Lists reasons that others have, which nobody has here.
pub(super) fn list(tally: &mut Tally, reasons: &BTreeSet<(usize, What)>) {
    for reason in reasons {
        tally.entry(reason.clone()).or_insert(0);
    }
}

/// Counts everything about a question over some rows. What nobody did counts zero; the reasons that nobody has count
/// zero together.
pub(super) fn tally(question: &CohortQuestion, rows: &[usize]) -> Tally {
    let mut tally = Tally::new();
    let whole = matches!(question.answers, Answers::Ranks(_) | Answers::Ticks(_));
    let items = if whole { 1 } else { question.items.len().max(1) };
    for item in 0..items {
        let mut answered = 0;
        let mut missing: BTreeMap<Missing, u64> = BTreeMap::new();
        for row in rows {
            match question.answer(item, *row) {
                Some(Answer::Given(_)) => answered += 1,
                Some(Answer::Missing(reason)) => *missing.entry(reason).or_default() += 1,
                None => *missing.entry(Missing::Blank).or_default() += 1,
            }
        }
        tally.insert((item, What::Answered), answered);
        tally.insert((item, What::Unlisted), 0);
        for (reason, count) in missing {
            tally.insert((item, What::Missing(reason)), count);
        }
    }
    contents(question, rows, &mut tally);
    tally
}

fn contents(question: &CohortQuestion, rows: &[usize], tally: &mut Tally) {
    match &question.answers {
        Answers::Choice(_) | Answers::Scaled { .. } | Answers::Choices { .. } => {
            for item in 0..question.items.len().max(1) {
                let mut counts = vec![0_u64; question.levels.len()];
                for row in rows {
                    if let Some(Answer::Given(code)) = question.answer(item, *row)
                        && let Some(count) = counts.get_mut(usize::from(code))
                    {
                        *count += 1;
                    }
                }
                for (code, count) in (0..).zip(counts) {
                    tally.insert((item, What::Levels(vec![code])), count);
                }
            }
        }
        Answers::Ticks(ticks) => {
            let mentions = ticks.mentions(rows);
            let mut total = 0;
            for (choice, count) in mentions.into_iter().take(question.levels.len()).enumerate() {
                tally.insert((0, What::Ticked(choice)), count);
                total += count;
            }
            tally.insert((0, What::Mentions), total);
        }
        Answers::Ranks(_) => {
            let answered = tally.get(&(0, What::Answered)).copied().unwrap_or(0);
            let ranks = u16::try_from(question.items.len()).unwrap_or(u16::MAX);
            let mut at_rank = vec![0_u64; question.items.len() + 1];
            for item in 0..question.items.len() {
                let mut counts = vec![0_u64; question.items.len() + 1];
                for rank in rows.iter().filter_map(|row| question.rank(item, *row)) {
                    if let Some(count) = counts.get_mut(usize::from(rank)) {
                        *count += 1;
                    }
                }
                let ranked: u64 = counts.iter().sum();
                for rank in 1..=ranks {
                    tally.insert((item, What::Ranked(rank)), counts[usize::from(rank)]);
                    at_rank[usize::from(rank)] += counts[usize::from(rank)];
                }
                tally.insert((item, What::Unranked), answered.saturating_sub(ranked));
            }
            for rank in 1..=ranks {
                let nothing = answered.saturating_sub(at_rank[usize::from(rank)]);
                tally.insert((0, What::NothingAt(rank)), nothing);
            }
        }
        Answers::TickItems { .. } | Answers::Numbers { .. } | Answers::Texts { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use std::sync::Arc;

    fn cohort(group: &str, rows: &[usize]) -> Cohort {
        Cohort {
            group: group.into(),
            label: group.into(),
            part_of: None,
            file: Some(FileId::new("a.csv")),
            lines: Arc::default(),
            rows: rows.to_vec(),
            left_out: Vec::new(),
            screened: Vec::new(),
            people: Arc::default(),
            invitees: Vec::new(),
            roster: None,
            questions: Arc::default(),
            fielding: Arc::default(),
        }
    }

    #[test]
    fn no_group_cuts_through_an_atom() {
        let (a, b, c) = (cohort("a", &[0, 1, 2, 3]), cohort("b", &[2, 3]), cohort("c", &[3, 4]));
        let division = divide(&[&a, &b, &c]);
        assert_eq!(division.atoms, [vec![0, 1], vec![2], vec![3], vec![4]]);
        let belongs: Vec<&[bool]> = division.members.iter().map(Vec::as_slice).collect();
        assert_eq!(
            belongs,
            [&[true, false, false][..], &[true, true, false], &[true, true, true], &[false, false, true]]
        );
    }
}
