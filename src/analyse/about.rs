//! What a finding is about: its group, question and item, and the account of who answered.

use std::collections::BTreeMap;

use crate::codebook::Missing;
use crate::findings::{
    Asked, Base, Caution, Finding, FindingId, Findings, Named, Selector, Statistic, Value,
};
use crate::normalise::{Cohort, CohortQuestion};
use crate::responses::Answer;
use crate::stats::{Interval, Method};

/// What findings are about: a group, perhaps a question of it, perhaps an item of that.
#[derive(Clone)]
pub(super) struct About<'a> {
    pub(super) cohort: &'a Cohort,
    pub(super) question: Option<&'a CohortQuestion>,
    pub(super) item: Option<(usize, &'a Named)>,
    asked: Option<Asked>,
}

/// What a finding found, apart from what it is about.
pub(super) struct Found {
    pub(super) statistic: Statistic,
    pub(super) level: Option<String>,
    pub(super) value: Value,
    pub(super) interval: Option<Interval>,
    pub(super) method: Option<Method>,
    pub(super) counts: Option<Selector>,
    pub(super) cautions: Vec<Caution>,
}

impl Found {
    /// A value without interval, method or cautions.
    pub(super) fn plain(statistic: Statistic, value: Value) -> Self {
        Self {
            statistic,
            level: None,
            value,
            interval: None,
            method: None,
            counts: None,
            cautions: Vec::new(),
        }
    }

    /// Adds what it is about within its item.
    pub(super) fn level(mut self, level: &str) -> Self {
        self.level = Some(level.to_owned());
        self
    }

    /// Adds which people it counts.
    pub(super) fn counting(mut self, selector: Selector) -> Self {
        self.counts = Some(selector);
        self
    }
}

impl<'a> About<'a> {
    /// The people of a group.
    pub(super) fn group(cohort: &'a Cohort) -> Self {
        Self { cohort, question: None, item: None, asked: None }
    }

    /// A question as a whole. Who answered is known for its first item; questions of one item have only that.
    pub(super) fn question(cohort: &'a Cohort, question: &'a CohortQuestion) -> Self {
        Self { cohort, question: Some(question), item: None, asked: Some(asked(cohort, question, 0)) }
    }

    /// One item of a question.
    pub(super) fn item(&self, question: &'a CohortQuestion, position: usize) -> Self {
        Self {
            cohort: self.cohort,
            question: Some(question),
            item: question.items.get(position).map(|item| (position, item)),
            asked: Some(asked(self.cohort, question, position)),
        }
    }

    /// The same with another account of who is in it.
    pub(super) fn among(&self, asked: Asked) -> Self {
        Self { asked: Some(asked), ..self.clone() }
    }

    /// An item of another question from which this one is made, in the account of this one.
    pub(super) fn part(&self, item: &'a Named) -> Self {
        Self { item: Some((0, item)), ..self.clone() }
    }

    /// How many answered.
    pub(super) fn answered(&self) -> u64 {
        self.asked.as_ref().map_or(0, |asked| asked.answered)
    }

    /// Those who answered: whom a summary, an order or a total is computed from.
    pub(super) fn who_answered(&self) -> Option<Selector> {
        let question = self.question?.id.clone();
        Some(Selector::Answered { question, item: self.item.map_or(0, |(position, _)| position) })
    }

    /// Writes a finding whose id ends in `tail`.
    pub(super) fn find(&self, findings: &mut Findings, tail: &[&str], found: Found) {
        let item = self.item.map(|(_, item)| item.id.as_str()).filter(|id| !id.is_empty());
        let parts = std::iter::once(self.cohort.group.as_str())
            .chain(self.question.map(|question| question.id.as_str()))
            .chain(item)
            .chain(tail.iter().copied());
        let mut cautions = found.cautions;
        // An interval says what it is about: not sampling, where a roster was invited whole.
        if found.interval.is_some() {
            let whole = self.cohort.roster.is_some();
            cautions.push(if whole { Caution::NoSampling } else { Caution::TakenAsRandom });
        }
        cautions.extend(self.asked.iter().flat_map(cautions_of));
        cautions.sort();
        cautions.dedup();
        findings.push(Finding {
            id: FindingId::new(parts),
            group: self.cohort.group.clone(),
            question: self.question.map(|question| question.id.clone()),
            item: item.map(str::to_owned),
            level: found.level,
            statistic: found.statistic,
            base: Base { people: self.cohort.people.clone(), asked: self.asked.clone(), sides: Vec::new() },
            value: found.value,
            interval: found.interval,
            method: found.method,
            counts: found.counts,
            cautions,
        });
    }

    /// Writes how many answered, and how many did not for each reason that somebody has.
    pub(super) fn account(&self, findings: &mut Findings) {
        let (Some(question), Some(asked)) = (self.question, &self.asked) else { return };
        let item = self.item.map_or(0, |(position, _)| position);
        let counting = Selector::Answered { question: question.id.clone(), item };
        self.find(
            findings,
            &["answered"],
            Found::plain(Statistic::Answered, Value::Count(asked.answered)).counting(counting),
        );
        for (reason, count) in &asked.missing {
            let counting = Selector::MissingBecause { question: question.id.clone(), item, reason: *reason };
            let found =
                Found::plain(Statistic::Missing, Value::Count(*count)).level(reason.id()).counting(counting);
            self.find(findings, &["missing", reason.id()], found);
        }
    }
}

/// The cautions that a question's own account calls for.
fn cautions_of(asked: &Asked) -> impl Iterator<Item = Caution> {
    let count = |reason: Missing| asked.missing.get(&reason).copied().filter(|count| *count > 0);
    [
        Caution::small_base(asked.answered),
        count(Missing::Blank).map(|count| Caution::UnexplainedBlanks { count }),
        count(Missing::Unreadable).map(|count| Caution::Unreadable { count }),
    ]
    .into_iter()
    .flatten()
}

/// Counts who answered an item and who did not, over the rows analysed.
pub(super) fn asked(cohort: &Cohort, question: &CohortQuestion, item: usize) -> Asked {
    let mut answered = 0;
    let mut missing: BTreeMap<Missing, u64> = BTreeMap::new();
    for row in &cohort.rows {
        match question.answer(item, *row) {
            Some(Answer::Given(_)) => answered += 1,
            Some(Answer::Missing(reason)) => *missing.entry(reason).or_default() += 1,
            None => *missing.entry(Missing::Blank).or_default() += 1,
        }
    }
    // Each row went to exactly one side, so the account cannot fail to close; were it to, nobody would be counted.
    Asked::new(cohort.rows.len() as u64, answered, missing).unwrap_or_default()
}
