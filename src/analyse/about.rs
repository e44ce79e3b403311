//! What a finding is about: its group, question and item, and the account of who answered.

use std::collections::BTreeMap;

use crate::codebook::Missing;
use crate::findings::{
    Asked, Base, Caution, Finding, FindingId, Findings, Named, Selector, Side, Statistic, Value,
};
use crate::normalise::{Cohort, CohortQuestion};
use crate::responses::{Answer, Tally};
use crate::stats::{Interval, Method};

/// What findings are about: a group, perhaps a question of it, perhaps an item of that.
#[derive(Clone)]
pub(super) struct About<'a> {
    pub(super) cohort: &'a Cohort,
    pub(super) question: Option<&'a CohortQuestion>,
    pub(super) item: Option<(usize, &'a Named)>,
    pub(super) asked: Option<Asked>,
    /// The sides of a comparison, or the groups that are added up.
    sides: Vec<Side>,
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
    /// The people of several groups added up.
    pub(super) fn groups(together: &'a Cohort, sides: Vec<Side>) -> Self {
        Self { sides, ..Self::group(together) }
    }

    /// The people of a group.
    pub(super) fn group(cohort: &'a Cohort) -> Self {
        Self { cohort, question: None, item: None, asked: None, sides: Vec::new() }
    }

    /// A question as a whole. Who answered is known for its first item; questions of one item have only that.
    pub(super) fn question(cohort: &'a Cohort, question: &'a CohortQuestion) -> Self {
        Self {
            cohort,
            question: Some(question),
            item: None,
            asked: Some(asked(cohort, question, 0)),
            sides: Vec::new(),
        }
    }

    /// One item of a question.
    pub(super) fn item(&self, question: &'a CohortQuestion, position: usize) -> Self {
        Self { sides: self.sides.clone(), ..Self::of_item(self.cohort, question, position) }
    }

    /// One item of a question that a group was asked.
    pub(super) fn of_item(cohort: &'a Cohort, question: &'a CohortQuestion, position: usize) -> Self {
        Self {
            cohort,
            question: Some(question),
            item: question.items.get(position).map(|item| (position, item)),
            asked: Some(asked(cohort, question, position)),
            sides: Vec::new(),
        }
    }

    /// The same with another account of who is in it.
    pub(super) fn among(&self, asked: Asked) -> Self {
        Self { asked: Some(asked), ..self.clone() }
    }

    /// The same of those alone who answered and are in it; the others of them are missing for a reason of the inquiry.
    pub(super) fn those(&self, counted: u64, others: Missing) -> Self {
        let Some(asked) = &self.asked else { return self.clone() };
        let left = asked.answered.saturating_sub(counted);
        let mut missing = asked.missing.clone();
        if left > 0 {
            *missing.entry(others).or_default() += left;
        }
        self.among(Asked::new(asked.included, asked.answered - left, missing).unwrap_or_default())
    }

    /// An item of another question from which this one is made, in the account of this one.
    pub(super) fn part(&self, item: &'a Named) -> Self {
        Self { item: Some((0, item)), ..self.clone() }
    }

    /// How many answered.
    pub(super) fn answered(&self) -> u64 {
        self.asked.as_ref().map_or(0, |asked| asked.answered)
    }

    /// How many did not answer for this reason.
    pub(super) fn missing(&self, reason: Missing) -> u64 {
        self.asked.as_ref().and_then(|asked| asked.missing.get(&reason)).copied().unwrap_or(0)
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
        let (interval, about_whom) = self.by_design(&found.value, found.interval);
        cautions.extend(about_whom);
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
            base: Base {
                people: Some(self.cohort.people.clone()),
                asked: self.asked.clone(),
                sides: self.sides.clone(),
            },
            value: found.value,
            interval,
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
pub(super) fn cautions_of(asked: &Asked) -> impl Iterator<Item = Caution> {
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
    if let Some(codes) = question.codes(item) {
        return counted(&codes.tally(&cohort.rows, question.levels.len()));
    }
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

/// Who answered and who did not, of answers that are counted already.
pub(super) fn counted(tally: &Tally) -> Asked {
    let missing = Missing::ALL.into_iter().map(|reason| (reason, tally.missing(reason)));
    let missing = missing.filter(|(_, count)| *count > 0).collect();
    Asked::new(tally.rows(), tally.answered(), missing).unwrap_or_default()
}
