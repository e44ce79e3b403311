//! The finding.

use std::collections::BTreeMap;
use std::fmt;

use crate::stats::{Interval, Method};

use super::{Adjusted, Base, Caution, Selector, Statistic, Value};

/// The id of the method that puts choices in order of frequency.
pub const BY_FREQUENCY: &str = "order.frequency";

/// The id of a finding: group, question, item and what was found, joined by slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FindingId(String);

impl FindingId {
    /// Joins the parts.
    pub fn new<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        Self(parts.into_iter().collect::<Vec<_>>().join("/"))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One finding: what was found, in whom, by which method, with which cautions.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The id.
    pub id: FindingId,
    /// The group, by its id in the study file.
    pub group: String,
    /// The question, by its id in the study file.
    pub question: Option<String>,
    /// The item of the question, by its id.
    pub item: Option<String>,
    /// What the finding is about within its item: a point's or choice's label, a rank, a rule, a disposition.
    pub level: Option<String>,
    /// What it measures.
    pub statistic: Statistic,
    /// Who is in it.
    pub base: Base,
    /// What was found.
    pub value: Value,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The method, where there is a choice of methods.
    pub method: Option<Method>,
    /// Which people it counts or, for a summary, an order or a total, is computed from.
    pub counts: Option<Selector>,
    /// What a reader must know beside it.
    pub cautions: Vec<Caution>,
}

impl Finding {
    /// Whether it is an order by how often something was chosen.
    pub fn is_by_frequency(&self) -> bool {
        self.statistic == Statistic::Order && self.method.is_some_and(|method| method.id == BY_FREQUENCY)
    }

    /// Whether it says the same of the same people, so that one of the two is enough.
    fn finds_the_same(&self, other: &Self) -> bool {
        self.statistic == other.statistic
            && self.level == other.level
            && self.base == other.base
            && self.value == other.value
            && self.interval == other.interval
            && self.method == other.method
    }
}

/// Findings by id, in the order in which they were asked.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    all: Vec<Finding>,
    by_id: BTreeMap<String, usize>,
    /// The ask that is being answered, by its position, and the one that each finding is of.
    ask: usize,
    asked_by: Vec<usize>,
    collisions: Vec<Collision>,
}

/// An id that two findings would have which are not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The id.
    pub id: FindingId,
    /// The position of the ask whose finding was there first.
    pub first: usize,
    /// The position of the ask that found something else; the same where one ask gives the id to two things.
    pub second: usize,
}

impl Findings {
    /// Says which ask the findings that follow are of, by its position in the study.
    pub fn asked_by(&mut self, ask: usize) {
        self.ask = ask;
    }

    /// Adds a finding. One that is already there is kept, because two asks may need the same number; another one of the
    /// same id is a collision.
    pub fn push(&mut self, finding: Finding) {
        let known = self.by_id.get(finding.id.as_str()).copied();
        match known.and_then(|position| Some((position, self.all.get(position)?))) {
            None => {
                self.by_id.insert(finding.id.as_str().to_owned(), self.all.len());
                self.all.push(finding);
                self.asked_by.push(self.ask);
            }
            Some((position, known)) if !known.finds_the_same(&finding) => self.collide(position),
            Some(_) => {}
        }
    }

    fn collide(&mut self, position: usize) {
        let (Some(finding), Some(first)) = (self.all.get(position), self.asked_by.get(position)) else {
            return;
        };
        self.collisions.push(Collision { id: finding.id.clone(), first: *first, second: self.ask });
    }

    /// Ids that two different findings would have had; only the first of each is there.
    pub fn collisions(&self) -> &[Collision] {
        &self.collisions
    }

    /// Puts the p-value of a test among those of its family, with what is to be said of it there. A test that is adjusted
    /// among those of another family already is a collision.
    pub fn adjust(
        &mut self,
        id: &str,
        adjusted: Option<Adjusted>,
        cautions: impl IntoIterator<Item = Caution>,
    ) {
        let Some(position) = self.by_id.get(id).copied() else { return };
        let Some(finding) = self.all.get_mut(position) else { return };
        if let Value::Test(test) = &mut finding.value {
            if test.adjusted.is_some() && test.adjusted != adjusted {
                self.collide(position);
                return;
            }
            test.adjusted = adjusted;
            finding.cautions.extend(cautions);
            finding.cautions.sort();
            finding.cautions.dedup();
        }
    }

    /// The finding with this id.
    pub fn get(&self, id: &str) -> Option<&Finding> {
        self.by_id.get(id).map(|position| &self.all[*position])
    }

    /// The findings in the order in which they were asked.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.all.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The ids, in order of their text.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }
}

/// The same findings in the same order, whichever asks they are of.
impl PartialEq for Findings {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
