//! What a finding about a link is about: its pairs, perhaps an item as both sides answered it, and the account of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analyse::about::{Found, cautions_of};
use crate::analyse::design::what_it_describes;
use crate::codebook::Missing;
use crate::findings::{
    Asked, Base, Caution, Facet, Finding, FindingId, Findings, PairState, People, Selector, Side, Standing,
};
use crate::normalise::{Cohort, Facing, Linked, LinkedSide, Pair};
use crate::study::Several;

/// What findings about a link are about.
pub(in crate::analyse) struct About<'a> {
    pub(in crate::analyse) linked: &'a Linked,
    pub(in crate::analyse) cohorts: [&'a Cohort; 2],
    question: Option<&'a str>,
    item: &'a str,
    /// What stands in ids where pairs that share people do not all count.
    how: &'static str,
    /// What stands in ids, if the ask has a name.
    name: Option<&'a str>,
    base: Base,
    cautions: Vec<Caution>,
}

impl<'a> About<'a> {
    /// The link as a whole.
    pub(in crate::analyse) fn link(linked: &'a Linked, cohorts: [&'a Cohort; 2]) -> Self {
        let people = Arc::new(People::added(cohorts.map(|cohort| cohort.people.as_ref())));
        let side = |side: usize| Side {
            id: cohorts[side].group.clone(),
            label: cohorts[side].label.clone(),
            included: cohorts[side].rows.len() as u64,
            answered: linked.sides[side].people.iter().filter(|person| person.row.is_some()).count() as u64,
        };
        let base = Base { people: Some(people), asked: None, sides: vec![side(0), side(1)] };
        Self { linked, cohorts, question: None, item: "", how: "", name: None, base, cautions: Vec::new() }
    }

    /// An item as both sides answered it: the pairs of whom both did, and why the others are not in it.
    pub(in crate::analyse) fn facing<T>(
        &self,
        question: &'a str,
        facing: &'a Facing<'a>,
        several: Several,
        read: fn(&Facing<'a>, [usize; 2]) -> Result<T, Missing>,
    ) -> (Self, Vec<(Pair, T)>) {
        let shared = self.linked.shared();
        let is_shared = |pair: &&Pair| Linked::is_shared(pair, &shared);
        let linked: Vec<&Pair> = self.linked.both().collect();
        let sharing = linked.iter().filter(|pair| is_shared(pair)).count() as u64;
        let apart = several == Several::LeaveOut;
        let mut missing: BTreeMap<Missing, u64> = BTreeMap::new();
        let mut given = Vec::with_capacity(linked.len());
        let mut used = 0;
        for pair in linked.into_iter().filter(|pair| !apart || !is_shared(pair)) {
            used += 1;
            let Some(rows) = self.linked.rows(pair) else { continue };
            match read(facing, rows) {
                Ok(answers) => given.push((*pair, answers)),
                Err(reason) => *missing.entry(reason).or_default() += 1,
            }
        }
        // Each pair went to exactly one side of the account.
        let asked = Asked::new(used, given.len() as u64, missing).unwrap_or_default();
        let mut about = self.with(question, &facing.item.id, asked);
        about.count_people(&given.iter().map(|(pair, _)| pair));
        about.how = match several {
            Several::All => "",
            Several::LeaveOut => "apart",
            Several::Mean => "together",
        };
        if sharing > 0 {
            about.cautions.push(match several {
                Several::LeaveOut => Caution::SharedLeftOut { pairs: sharing },
                Several::Mean => Caution::SharedTogether { pairs: sharing },
                Several::All => Caution::SharedPeople { pairs: sharing },
            });
        }
        (about, given)
    }

    /// The same in the units that are tested: pairs joined by people count once where their mean is taken.
    pub(in crate::analyse) fn in_units(mut self, several: Several, answered: &[((f64, f64), u64)]) -> Self {
        if several == Several::Mean {
            let units = answered.iter().map(|(_, count)| count).sum();
            self.base.asked = Asked::new(units, units, BTreeMap::new()).ok();
        }
        self
    }

    /// Something that is known or answered of pairs, with the account of them.
    pub(in crate::analyse) fn with(&self, question: &'a str, item: &'a str, asked: Asked) -> Self {
        let base = Base { asked: Some(asked), ..self.base.clone() };
        Self { question: Some(question), item, base, cautions: self.not_linked(), ..*self }
    }

    /// The same as an ask of this name finds it.
    pub(in crate::analyse) fn named(&self, name: Option<&'a str>) -> Self {
        Self { name, base: self.base.clone(), cautions: self.cautions.clone(), ..*self }
    }

    /// Says on each side how many people stand behind these pairs.
    pub(in crate::analyse) fn count_people<'b>(&mut self, pairs: &(impl Iterator<Item = &'b Pair> + Clone)) {
        for (at, side) in self.base.sides.iter_mut().enumerate() {
            let mut people: Vec<usize> = pairs.clone().map(|pair| pair.people[at]).collect();
            people.sort_unstable();
            people.dedup();
            side.answered = people.len() as u64;
        }
    }

    /// What is to be said of pairs of whom not both answered.
    fn not_linked(&self) -> Vec<Caution> {
        let of = self.linked.pairs.len() as u64;
        let left = of - self.linked.both().count() as u64;
        let without_key =
            |side: &LinkedSide| side.others.get(&Standing::NoKey).map_or(0, |rows| rows.len() as u64);
        let without_key = self.linked.sides.iter().map(without_key).sum();
        let caution = if self.linked.same_people {
            Caution::NotInBothWaves { people: left, of, without_key }
        } else {
            Caution::NotLinked { pairs: left, of }
        };
        (left > 0 || self.linked.same_people && without_key > 0).then_some(caution).into_iter().collect()
    }

    /// The item, by which its pairs are found again.
    pub(in crate::analyse) fn facet(&self, several: Several) -> Facet {
        Facet {
            question: self.question.unwrap_or_default().to_owned(),
            item: self.item.to_owned(),
            apart: several == Several::LeaveOut,
        }
    }

    /// Whether somebody of it is in several pairs.
    pub(in crate::analyse) fn shares_people(&self) -> bool {
        self.cautions.iter().any(|caution| matches!(caution, Caution::SharedPeople { .. }))
    }

    /// How many pairs are in it.
    pub(in crate::analyse) fn answered(&self) -> u64 {
        self.base.asked.as_ref().map_or(0, |asked| asked.answered)
    }

    /// Says something of every finding about this.
    pub(in crate::analyse) fn caution(&mut self, caution: Caution) {
        self.cautions.push(caution);
    }

    /// Forgets that pairs of whom not both answered are not in it: what rosters say is known of them too.
    pub(in crate::analyse) fn of_everybody(mut self) -> Self {
        self.cautions.clear();
        self
    }

    /// All pairs.
    pub(in crate::analyse) fn all_pairs() -> Selector {
        Selector::Pairs(PairState::ALL.to_vec())
    }

    /// Writes a finding whose id ends in `tail`, and says its id.
    pub(in crate::analyse) fn find(&self, findings: &mut Findings, tail: &[&str], found: Found) -> String {
        // A name stands before the question, whose id it cannot be: behind it items and answers are named.
        let parts = [
            self.linked.id.as_str(),
            self.name.unwrap_or_default(),
            self.question.unwrap_or_default(),
            self.item,
            self.how,
        ];
        let id =
            FindingId::new(parts.into_iter().filter(|part| !part.is_empty()).chain(tail.iter().copied()));
        let mut cautions = found.cautions;
        cautions.extend(self.cautions.iter().cloned());
        if found.interval.is_some() {
            cautions.push(what_it_describes(self.cohorts));
        }
        cautions.extend(self.base.asked.iter().flat_map(cautions_of));
        cautions.sort();
        cautions.dedup();
        let written = id.as_str().to_owned();
        findings.push(Finding {
            id,
            group: self.linked.id.clone(),
            question: self.question.map(str::to_owned),
            item: Some(self.item.to_owned()).filter(|item| !item.is_empty()),
            level: found.level,
            statistic: found.statistic,
            base: self.base.clone(),
            value: found.value,
            interval: found.interval,
            method: found.method,
            counts: found.counts,
            cautions,
        });
        written
    }
}
