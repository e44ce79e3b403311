//! How far the people of a group came: a person counts once, however often they came.

use std::collections::BTreeMap;

use crate::ingest::Export;
use crate::study::{Meaning, Rule};

use super::completeness::Completeness;
use super::people::Link;
use super::rules::persons_by;

/// Rows by how far they came, one for each person, in the order of the export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Came {
    /// Those that answered something and did not refuse.
    pub started: Vec<usize>,
    /// Of them, those that were submitted; none where the export does not say it of each.
    pub submitted: Option<Vec<usize>>,
}

impl Came {
    /// Looks at the rows that are kept and those that a rule left out for having stopped. Whose a row is, is told by the
    /// roster, whose people alone count then; else by the columns of the rules for duplicates.
    pub(super) fn of(
        export: &Export,
        kept: &[usize],
        by_rule: &[(Rule, Vec<usize>)],
        counted: &[Completeness],
        link: Option<&Link>,
    ) -> Self {
        let stopped = by_rule.iter().filter(|(rule, _)| rule.meaning() == Meaning::BreakOff);
        let mut started: Vec<usize> = stopped.flat_map(|(_, rows)| rows).chain(kept).copied().collect();
        started.retain(|row| counted.get(*row).is_some_and(|counted| counted.answered > 0));
        started.sort_unstable();
        let submissions = export.submissions();
        let was_submitted = |row: &usize| submissions.get(*row).copied().flatten();
        let is_submitted = |row: &usize| was_submitted(row) == Some(true);
        if let Some(link) = link {
            started.retain(|row| link.person(*row).is_some());
            let persons: Vec<Option<usize>> = started.iter().map(|row| link.person(*row)).collect();
            started = one_each(&started, &persons, is_submitted);
        } else {
            for (rule, _) in by_rule {
                let Rule::Duplicate { by, .. } = rule else { continue };
                let persons = persons_by(&export.table, by, &started);
                started = one_each(&started, &persons, is_submitted);
            }
        }
        let known = started.iter().all(|row| was_submitted(row).is_some());
        let submitted = known.then(|| started.iter().copied().filter(is_submitted).collect());
        Self { started, submitted }
    }
}

/// One row of each person: a submitted one before others, else the first; every row of nobody who is known.
fn one_each<P: Ord + Copy>(
    rows: &[usize],
    persons: &[Option<P>],
    is_submitted: impl Fn(&usize) -> bool,
) -> Vec<usize> {
    let mut known: BTreeMap<P, usize> = BTreeMap::new();
    let mut one = Vec::new();
    for (row, person) in rows.iter().zip(persons) {
        match person.map(|person| known.entry(person).or_insert(*row)) {
            None => one.push(*row),
            Some(other) if is_submitted(row) && !is_submitted(other) => *other = *row,
            Some(_) => {}
        }
    }
    one.extend(known.into_values());
    one.sort_unstable();
    one
}
