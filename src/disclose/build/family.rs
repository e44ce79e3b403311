//! The counts of the groups of one export, and how they hang together.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Kind, Missing};
use crate::disclose::model::{Key, Model, Scope, What};
use crate::disclose::people;
use crate::disclose::reading::base_item;
use crate::disclose::relations::relate;
use crate::disclose::rows::{Division, Tally, divide, list, reasons, tally};
use crate::normalise::{Cohort, CohortQuestion};
use crate::stats::disclosure::linked::Standing;
use crate::study::{Disclosure, Study};

use super::made::{Made, made};

/// The relations between the counts of a study, in the making.
pub(super) struct Builder<'a> {
    pub(super) rules: &'a Disclosure,
    pub(super) open_people: &'a BTreeSet<String>,
    pub(super) published: &'a BTreeSet<Key>,
    pub(super) asked: &'a BTreeSet<(String, String)>,
    pub(super) nets: BTreeMap<String, Vec<(usize, Vec<u16>)>>,
    pub(super) model: Model,
    pub(super) divisions: usize,
}

impl Builder<'_> {
    /// Relates the account of a group's people.
    pub(super) fn people(&mut self, cohort: &Cohort) {
        let scope = Scope::Group(cohort.group.clone());
        let (rules, published, open) = (self.rules, self.published, self.open_people);
        let standings = |key: &Key, count: u64| standing(rules, published, open, key, count);
        people::relate(&mut self.model, &scope, &cohort.people, &standings);
    }

    /// Relates all questions of the groups of one export.
    pub(super) fn family(&mut self, study: &Study, family: &[&Cohort]) {
        let made = made(study, family);
        let mut questions: Vec<&str> = Vec::new();
        for question in family.iter().flat_map(|cohort| cohort.questions.iter()) {
            if !questions.contains(&question.id.as_str()) {
                questions.push(&question.id);
            }
        }
        for question in questions {
            let is_asked =
                |cohort: &&&Cohort| self.asked.contains(&(cohort.group.clone(), question.to_owned()));
            let asked: Vec<&Cohort> = family.iter().filter(is_asked).copied().collect();
            if asked.is_empty() {
                continue;
            }
            let makes = |cohort: &Cohort| {
                made.iter().any(|made| made.group == cohort.group && made.question == question)
            };
            let mut divided = asked.clone();
            divided.extend(
                family
                    .iter()
                    .filter(|cohort| makes(cohort) && !asked.iter().any(|a| a.group == cohort.group)),
            );
            self.question(question, &asked, &divided, &made);
        }
    }

    fn question(&mut self, question: &str, asked: &[&Cohort], divided: &[&Cohort], made: &[Made]) {
        let of = |cohort: &Cohort| cohort.question(question).cloned();
        let Some(first) = asked.first().and_then(|cohort| of(cohort)) else { return };
        // Groups that read other columns, or the same ones by other choices, are asked another question under one name:
        // nothing adds up between them, so that only the first is told.
        let division = (divided.len() > 1).then(|| divide(divided));
        let (linked, apart): (Vec<&Cohort>, Vec<&Cohort>) = asked
            .iter()
            .copied()
            .partition(|cohort| cohort.question(question).is_some_and(|own| same(&first, own, &cohort.rows)));
        let tallies: Vec<Tally> = divided.iter().map(|cohort| tally(&first, &cohort.rows)).collect();
        let reasons = reasons(&tallies);
        for (cohorts, refused) in [(&linked, false), (&apart, true)] {
            for cohort in cohorts {
                let Some(own) = cohort.question(question) else { continue };
                self.account(cohort, own, &reasons, refused);
            }
        }
        if let Some(division) = division {
            self.divisions += 1;
            self.divided(&first, &linked, divided, (&division, &reasons), made);
        }
    }

    /// The account of a question in one group; nothing of it is told if it is refused.
    fn account(
        &mut self,
        cohort: &Cohort,
        question: &CohortQuestion,
        reasons: &BTreeSet<(usize, What)>,
        refused: bool,
    ) {
        let scope = Scope::Group(cohort.group.clone());
        let mut counts = tally(question, &cohort.rows);
        list(&mut counts, reasons);
        let (rules, published, open) = (self.rules, self.published, self.open_people);
        let is_whole = open.contains(&cohort.group);
        // Whether somebody wrote a text is all that is told of it, so that silence is an answer there.
        let is_known_reason = |reason: Missing| {
            rules.nonresponse_is_public && question.kind != Kind::Text && is_nonresponse(reason)
        };
        let standings = |key: &Key, count: u64| {
            let (usual, width) = standing(rules, published, open, key, count);
            let Key { question: Some(_), item, what, .. } = key else { return (usual, width) };
            let base = base_item(question.kind, *item);
            let answered = counts.get(&(base, What::Answered)).copied().unwrap_or(0);
            let is_known = is_whole && matches!(what, What::Missing(reason) if is_known_reason(*reason));
            match what {
                _ if is_known => (Standing::Known, 0),
                _ if refused => (Standing::Unknown, width),
                What::Answered | What::Missing(_) | What::Unlisted => (usual, width),
                _ if answered < rules.minimum_base => (Standing::Unknown, width),
                _ => (usual, width),
            }
        };
        let nets = self.nets.get(&question.id).cloned().unwrap_or_default();
        relate(&mut self.model, &scope, &question.id, (cohort.rows.len() as u64, &counts), &nets, &standings);
    }

    /// What groups have in common: each is the sum of its atoms, and of a group within it and the rest.
    fn divided(
        &mut self,
        question: &CohortQuestion,
        linked: &[&Cohort],
        divided: &[&Cohort],
        (division, reasons): (&Division, &BTreeSet<(usize, What)>),
        made: &[Made],
    ) {
        let number = self.divisions;
        let mut tallies: Vec<Tally> = division.atoms.iter().map(|rows| tally(question, rows)).collect();
        for tally in &mut tallies {
            list(tally, reasons);
        }
        let (rules, published, open) = (self.rules, self.published, self.open_people);
        for (atom, counts) in tallies.iter().enumerate() {
            let scope = Scope::Atom { division: number, atom };
            let belongs = &division.members[atom];
            let standings = |key: &Key, count: u64| {
                let zero = count == 0 && key.question.is_some();
                if zero
                    && made.iter().any(|made| {
                        made.question == question.id && made.rules_out(divided, belongs, &key.what)
                    })
                {
                    return (Standing::Known, 0);
                }
                standing(rules, published, open, key, count)
            };
            let included = division.atoms[atom].len() as u64;
            relate(&mut self.model, &scope, &question.id, (included, counts), &[], &standings);
        }
        for (at, cohort) in divided.iter().enumerate() {
            let atoms = |inside: &dyn Fn(&[bool]) -> bool| -> Vec<usize> {
                (0..division.atoms.len()).filter(|atom| inside(&division.members[*atom])).collect()
            };
            let own = atoms(&|belongs| belongs[at]);
            let is_linked = linked.iter().any(|other| other.group == cohort.group);
            let scope = Scope::Group(cohort.group.clone());
            self.add_up(&scope, number, &own, &tallies, (&question.id, is_linked));
            for (other, within) in divided.iter().enumerate() {
                let rest = atoms(&|belongs| belongs[at] && !belongs[other]);
                let inner = atoms(&|belongs| belongs[other]);
                // A rest of one atom is that atom.
                if other == at || rest.len() < 2 || !inner.iter().all(|atom| own.contains(atom)) {
                    continue;
                }
                let scope = Scope::Rest { of: cohort.group.clone(), without: within.group.clone() };
                self.add_up(&scope, number, &rest, &tallies, (&question.id, is_linked));
            }
        }
    }

    /// Adds the sum of every count of some atoms.
    fn add_up(
        &mut self,
        scope: &Scope,
        division: usize,
        atoms: &[usize],
        tallies: &[Tally],
        (question, with_answers): (&str, bool),
    ) {
        let (rules, published, open) = (self.rules, self.published, self.open_people);
        let mut sum = |of: &dyn Fn(&Scope) -> Key| {
            let parts: Vec<usize> = atoms
                .iter()
                .filter_map(|atom| self.model.find(&of(&Scope::Atom { division, atom: *atom })))
                .collect();
            let total = parts.iter().map(|part| self.model.cells[*part].count).sum();
            let key = of(scope);
            let (standing, width) = standing(rules, published, open, &key, total);
            let whole = self.model.cell(key, total, standing, width);
            self.model.sum(whole, parts);
        };
        sum(&|scope| Key::people(scope, What::Included));
        if !with_answers {
            return;
        }
        let keys: BTreeSet<&(usize, What)> = tallies.iter().flat_map(|tally| tally.keys()).collect();
        for (item, what) in keys {
            sum(&|scope| Key::item(scope, question, *item, what.clone()));
        }
    }
}

/// Whether two groups' questions are one: the same choices, and the same answers of the rows of the second.
fn same(one: &CohortQuestion, other: &CohortQuestion, rows: &[usize]) -> bool {
    let ids = |question: &CohortQuestion| -> Vec<String> {
        question.levels.iter().chain(&question.items).map(|named| named.id.clone()).collect()
    };
    ids(one) == ids(other) && tally(one, rows) == tally(other, rows)
}

/// Reasons that say nothing of a person but that there is no answer.
fn is_nonresponse(reason: Missing) -> bool {
    matches!(reason, Missing::NotReached | Missing::Skipped | Missing::Unreadable | Missing::Blank)
}

/// What readers have of a cell, and how far its possible counts must spread.
fn standing(
    rules: &Disclosure,
    published: &BTreeSet<Key>,
    open_people: &BTreeSet<String>,
    key: &Key,
    count: u64,
) -> (Standing, u64) {
    let is_published = published.contains(key);
    if let (Scope::Group(group), None) = (&key.scope, &key.question)
        && open_people.contains(group)
    {
        return (Standing::Known, 0);
    }
    // Mentions are no people: a small number of them tells nothing that the ticks do not.
    if matches!(key.what, What::Mentions | What::FurtherMentions) {
        return (if is_published { Standing::Open } else { Standing::Unknown }, 0);
    }
    let threshold = rules.threshold(key.question.as_deref());
    // A zero is somebody's count only where it would be said, and nobody says which reasons nobody has.
    let is_said = is_published && !matches!(key.what, What::Missing(_) | What::Unlisted);
    let is_small = rules.is_small(count, threshold) && (count > 0 || is_said);
    let width = if is_small { rules.width.unwrap_or(threshold) } else { 0 };
    (if is_published && !is_small { Standing::Open } else { Standing::Unknown }, width)
}
