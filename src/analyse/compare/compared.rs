//! What is compared, as findings name it: sides, a question, an item, and the account of who answered on each side.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::codebook::Kind;
use crate::findings::{
    Asked, Base, Caution, Finding, FindingId, Findings, Named, Reason, Selector, Side, Statistic, TestResult,
    Value,
};
use crate::normalise::CohortQuestion;
use crate::stats::{Caution as StatsCaution, Computed, Method, NotComputed, Test};
use crate::study::{Compare, Treat};

use crate::analyse::about::{About, Found, cautions_of};
use crate::analyse::design::what_it_describes;
use crate::analyse::distribution::{Limits, levels, summary};
use crate::analyse::number::limits;

use super::Target;
use super::counts::{Counted, count};
use super::defaults::{defaults, found};
use super::estimate::{Estimated, Pair, Tested};
use super::family::ALPHA;
use super::sides::Sides;

/// What findings of a comparison are about.
pub(in crate::analyse) struct Compared<'a> {
    sides: &'a Sides<'a>,
    question: &'a str,
    item: &'a str,
    /// What stands in ids, if the ask has a name.
    name: Option<&'a str>,
    base: Base,
    rows: Selector,
    /// Why nothing is tested, if so.
    withheld: Option<Reason>,
}

impl<'a> Compared<'a> {
    /// An item of a question, and what was answered to it.
    pub(in crate::analyse) fn item(
        sides: &'a Sides<'a>,
        asked: &[&'a CohortQuestion],
        item: &'a Named,
        terms: &'a Compare,
    ) -> (Self, Counted) {
        let positions: Vec<usize> = asked
            .iter()
            .map(|question| question.items.iter().position(|other| other.id == item.id).unwrap_or(0))
            .collect();
        let question = asked.first().map_or("", |question| question.id.as_str());
        let on_sides: Vec<_> = sides
            .sides
            .iter()
            .zip(asked)
            .zip(&positions)
            .map(|((side, question), position)| (side.cohort, *question, *position))
            .collect();
        let (answers, asked) = count(&on_sides);
        let rows = sides.sides.iter().zip(&positions).map(|(side, item)| {
            let answered = Selector::Answered { question: question.to_owned(), item: *item };
            (side.cohort.group.clone(), answered)
        });
        let rows = Selector::Sides(rows.collect());
        let compared = Self::new(sides, question, &item.id, terms, &asked, rows);
        (compared, answers)
    }

    /// Something of a question that sides can be compared in, with the account of each side and the rows behind it.
    pub(in crate::analyse) fn new(
        sides: &'a Sides<'a>,
        question: &'a str,
        item: &'a str,
        terms: &'a Compare,
        asked: &[Asked],
        rows: Selector,
    ) -> Self {
        let of_side = |(side, asked): (&super::sides::Side<'_>, &Asked)| Side {
            id: side.cohort.group.clone(),
            label: side.cohort.label.clone(),
            included: asked.included,
            answered: asked.answered,
        };
        let on_sides: Vec<Side> = sides.sides.iter().zip(asked).map(of_side).collect();
        let few = on_sides.iter().find(|side| side.answered < terms.least);
        let withheld = match few {
            Some(side) => Some(Reason::BelowLeast {
                side: side.label.clone(),
                found: side.answered,
                least: terms.least,
            }),
            None if on_sides.len() < 2 => {
                Some(Reason::Method(NotComputed::Undefined("fewer than two sides")))
            }
            None => None,
        };
        let base = Base { people: Some(Arc::new(sides.people())), asked: Some(sum(asked)), sides: on_sides };
        Self { sides, question, item, name: terms.name.as_deref(), base, rows, withheld }
    }

    /// Writes what each side answered, as far as it belongs beside the scale that the answers are taken for.
    pub(in crate::analyse) fn describe(
        &self,
        asked: &[&CohortQuestion],
        answers: &Counted,
        scale: Treat,
        to: &mut Target<'_>,
    ) {
        let samples = answers.samples();
        for (position, (side, question)) in self.sides.sides.iter().zip(asked).enumerate() {
            let item = question.items.iter().position(|item| item.id == self.item).unwrap_or(0);
            let about = About::of_item(side.cohort, question, item);
            match (scale, answers) {
                (Treat::Nominal, Counted::Levels { table: Ok(table), .. }) => {
                    if let Some(counts) = table.rows().nth(position) {
                        levels(&about, question, item, counts, to.findings);
                    }
                }
                _ => {
                    let sample = match &samples {
                        Ok(samples) => samples.get(position).cloned().ok_or(NotComputed::EmptyBase),
                        Err(reason) => Err(reason.clone()),
                    };
                    // Scores of a scale have no interval of their mean; numbers do, wherever they are summed up.
                    let limits = if question.kind == Kind::Number {
                        limits(&about, &sample)
                    } else {
                        Limits::default()
                    };
                    summary(&about, &sample, &limits, to.findings);
                }
            }
        }
    }

    /// Writes what other programs would print of it where nobody changes an option.
    pub(in crate::analyse) fn defaults(
        &self,
        answers: &Counted,
        scale: Treat,
        own: Option<(f64, Method)>,
        to: &mut Target<'_>,
    ) {
        if self.withheld.is_some() {
            return;
        }
        for (program, method, test) in defaults(answers, scale, to.terms).unwrap_or_default() {
            self.find(to.findings, &["defaults", program], found(method, test, own).level(program));
        }
    }

    /// Writes the test and the effects, and makes the test one of its family.
    pub(in crate::analyse) fn write(&self, estimated: Estimated, why: Caution, to: &mut Target<'_>) {
        self.test(estimated.test.map_err(Reason::Method), why, to);
        for effect in estimated.effects {
            let value = match &self.withheld {
                Some(reason) => Value::NotComputed(reason.clone()),
                None => Value::number(effect.value),
            };
            let computed = matches!(value, Value::Number(_));
            let found = Found {
                interval: effect.interval.filter(|_| computed),
                method: Some(effect.method),
                cautions: in_words(&effect.cautions),
                ..Found::plain(effect.statistic, value)
            };
            self.find(to.findings, &[effect.tail], found);
        }
        for pair in estimated.pairs.iter().filter(|_| self.withheld.is_none()) {
            self.pair(pair, to);
        }
    }

    fn test(&self, tested: Result<Tested, Reason>, why: Caution, to: &mut Target<'_>) {
        let mut cautions = vec![why];
        let mut method = None;
        let value = match (&self.withheld, tested) {
            (Some(reason), _) => Value::NotComputed(reason.clone()),
            (None, Err(Reason::Method(NotComputed::EmptyBase))) => Value::NotComputed(Reason::EmptyBase),
            (None, Err(reason)) => Value::NotComputed(reason),
            (None, Ok(tested)) => {
                method = Some(tested.method());
                let Tested { test, smallest } = tested;
                cautions.extend(in_words(&test.cautions));
                let result = TestResult::from(&test);
                Value::Test(TestResult { smallest: smallest.or(result.smallest), ..result })
            }
        };
        let found = Found { method, cautions, ..Found::plain(Statistic::Test, value) };
        let id = self.find(to.findings, &["test"], found);
        to.families.join(&to.terms.family, to.of_ask, id);
    }

    /// Writes a test that is no one of a family, such as one of a whole question beside those of its options.
    pub(in crate::analyse) fn alone(&self, findings: &mut Findings, tail: &str, tested: Computed<Test>) {
        let value = |test: &Test| Value::Test(TestResult::from(test));
        let found = match (&self.withheld, tested) {
            (Some(reason), _) => Found::plain(Statistic::Test, Value::NotComputed(reason.clone())),
            (None, Err(reason)) => Found::plain(Statistic::Test, Value::number(Err(reason))),
            (None, Ok(test)) => {
                let smallest = TestResult::from(&test).smallest;
                let mut cautions = in_words(&test.cautions);
                cautions.extend(smallest.filter(|smallest| *smallest > ALPHA).map(|_| Caution::CannotReach));
                Found { method: Some(test.method), cautions, ..Found::plain(Statistic::Test, value(&test)) }
            }
        };
        self.find(findings, &[tail], found);
    }

    /// A pair of sides: its p-value is one of its own family, that of all pairs.
    fn pair(&self, pair: &Pair, to: &mut Target<'_>) {
        let id = |position: usize| self.sides.sides.get(position).map_or("", |side| side.id);
        let between = format!("{}~{}", id(pair.first), id(pair.second));
        let mut result = TestResult::from(&pair.test);
        result.adjusted = pair.adjusted.map(|(p, method)| crate::findings::Adjusted {
            p,
            method,
            family: self.beginning().collect::<Vec<_>>().join("/"),
            tests: (self.sides.sides.len() * (self.sides.sides.len() - 1) / 2) as u64,
        });
        let found =
            Found { method: Some(pair.test.method), ..Found::plain(Statistic::Test, Value::Test(result)) };
        self.find(to.findings, &["pair", &between], found.level(&between));
    }

    /// How its ids begin. A name stands before the question, whose id it cannot be: behind it items and answers are named.
    fn beginning(&self) -> impl Iterator<Item = &str> {
        let parts = [self.sides.id.as_str(), self.name.unwrap_or_default(), self.question, self.item];
        parts.into_iter().filter(|part| !part.is_empty())
    }

    /// Writes a finding whose id ends in `tail`, and says its id.
    pub(in crate::analyse) fn find(&self, findings: &mut Findings, tail: &[&str], found: Found) -> String {
        let id = FindingId::new(self.beginning().chain(tail.iter().copied()));
        let mut cautions = found.cautions;
        cautions.extend(self.sides.cautions());
        if found.interval.is_some() {
            cautions.push(what_it_describes(self.sides.sides.iter().map(|side| side.cohort)));
        }
        // The smallest side is the base that is small; a share has a base of its own.
        let smallest = match found.value {
            Value::Share { of, .. } => Some(of),
            _ => self.base.sides.iter().map(|side| side.answered).min(),
        };
        cautions.extend(smallest.and_then(Caution::small_base));
        let facts = self.base.asked.iter().flat_map(cautions_of);
        cautions.extend(facts.filter(|caution| !matches!(caution, Caution::SmallBase { .. })));
        cautions.sort();
        cautions.dedup();
        let written = id.as_str().to_owned();
        findings.push(Finding {
            id,
            group: self.sides.id.clone(),
            question: Some(self.question.to_owned()),
            item: Some(self.item.to_owned()).filter(|item| !item.is_empty()),
            level: found.level,
            statistic: found.statistic,
            base: self.base.clone(),
            value: found.value,
            interval: found.interval,
            method: found.method,
            counts: found.counts.or_else(|| Some(self.rows.clone())),
            cautions,
        });
        written
    }
}

/// The account of all sides together.
fn sum(asked: &[Asked]) -> Asked {
    let mut missing = BTreeMap::new();
    for (reason, count) in asked.iter().flat_map(|asked| &asked.missing) {
        *missing.entry(*reason).or_default() += count;
    }
    Asked {
        included: asked.iter().map(|asked| asked.included).sum(),
        answered: asked.iter().map(|asked| asked.answered).sum(),
        missing,
    }
}

/// Cautions of an estimator as a finding carries them; the smallest attainable p-value stands in the result itself.
pub(in crate::analyse) fn in_words(cautions: &[StatsCaution]) -> Vec<Caution> {
    let words = |caution: &StatsCaution| match caution {
        StatsCaution::SmallestAttainableP { .. } => None,
        StatsCaution::Ties { .. } => Some("ties: people who gave the same answer share a rank".to_owned()),
        other => Some(other.to_string()),
    };
    cautions.iter().filter_map(words).map(Caution::Method).collect()
}
