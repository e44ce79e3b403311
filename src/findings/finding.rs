//! The finding.

use std::collections::BTreeMap;
use std::fmt;

use crate::stats::{Interval, Method};

use super::{Base, Caution, Selector, Value};

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

/// What a finding measures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statistic {
    /// People invited.
    Invited,
    /// Rows of the export that belong to the group.
    Received,
    /// Rows left out by a rule.
    Excluded,
    /// Rows analysed.
    Included,
    /// Invited people with a disposition.
    Disposition,
    /// AAPOR RR1: complete responses over everybody invited.
    Rr1,
    /// AAPOR RR2: complete and partial responses over everybody invited.
    Rr2,
    /// People who answered.
    Answered,
    /// People whose answer is missing for one reason.
    Missing,
    /// The share of answers at one point of a scale, or of one choice.
    Level,
    /// The share of answers in the top box.
    TopBox,
    /// The median.
    Median,
    /// The first quartile.
    Q1,
    /// The third quartile.
    Q3,
    /// The mean.
    Mean,
    /// The standard deviation.
    Sd,
    /// The smallest value.
    Minimum,
    /// The largest value.
    Maximum,
    /// The share of respondents who ticked a choice.
    Ticked,
    /// The number of mentions: ticks over all choices.
    MentionsTotal,
    /// The share of all mentions that a choice has.
    Mentions,
    /// The share of rankings that give an item one rank.
    RankShare,
    /// The share of rankings that leave an item unranked.
    Unranked,
    /// The mean rank of an item.
    MeanRank,
    /// Items or choices in order.
    Order,
}

impl Statistic {
    /// The stable name, as written in files; also the anchor of its definition in the methods page.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Received => "received",
            Self::Excluded => "excluded",
            Self::Included => "included",
            Self::Disposition => "disposition",
            Self::Rr1 => "rr1",
            Self::Rr2 => "rr2",
            Self::Answered => "answered",
            Self::Missing => "missing",
            Self::Level => "level",
            Self::TopBox => "top-box",
            Self::Median => "median",
            Self::Q1 => "q1",
            Self::Q3 => "q3",
            Self::Mean => "mean",
            Self::Sd => "sd",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Ticked => "ticked",
            Self::MentionsTotal => "mentions-total",
            Self::Mentions => "mentions",
            Self::RankShare => "rank-share",
            Self::Unranked => "unranked",
            Self::MeanRank => "mean-rank",
            Self::Order => "order",
        }
    }

    /// Every statistic, for tests over the table.
    pub const ALL: [Self; 25] = [
        Self::Invited,
        Self::Received,
        Self::Excluded,
        Self::Included,
        Self::Disposition,
        Self::Rr1,
        Self::Rr2,
        Self::Answered,
        Self::Missing,
        Self::Level,
        Self::TopBox,
        Self::Median,
        Self::Q1,
        Self::Q3,
        Self::Mean,
        Self::Sd,
        Self::Minimum,
        Self::Maximum,
        Self::Ticked,
        Self::MentionsTotal,
        Self::Mentions,
        Self::RankShare,
        Self::Unranked,
        Self::MeanRank,
        Self::Order,
    ];
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
    /// Which people it counts; `None` for orders and totals that count no people.
    pub counts: Option<Selector>,
    /// What a reader must know beside it.
    pub cautions: Vec<Caution>,
}

/// Findings by id, in the order in which they were asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    findings: Vec<Finding>,
    by_id: BTreeMap<String, usize>,
}

impl Findings {
    /// Adds a finding. One that is already there is kept, because two asks may need the same number.
    pub fn push(&mut self, finding: Finding) {
        if !self.by_id.contains_key(finding.id.as_str()) {
            self.by_id.insert(finding.id.as_str().to_owned(), self.findings.len());
            self.findings.push(finding);
        }
    }

    /// The finding with this id.
    pub fn get(&self, id: &str) -> Option<&Finding> {
        self.by_id.get(id).map(|position| &self.findings[*position])
    }

    /// The findings in the order in which they were asked.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.findings.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The ids, in order of their text.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
