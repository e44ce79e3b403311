//! Comparisons among the findings: which of them somebody wants to see, and how the ids of what stands beside a test are made.
//!
//! Tables and figures choose alike because they choose here.

use super::{Finding, Findings, Named, Outline, Statistic, Value};
use crate::stats::Which;

/// Which comparisons a table or figure shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// Those within groups by the answers to this question; without one those between groups, if there are any.
    pub by: Option<String>,
    /// Those of the asks of this name.
    pub name: Option<String>,
}

/// What the percents of a crosstab are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PercentOf {
    /// The people of a row, who gave one answer to the question.
    Row,
    /// The people of a column, who are one side.
    #[default]
    Column,
    /// All people of the table.
    Total,
}

impl PercentOf {
    /// The names in a study file, which also stand in the ids of findings.
    pub const NAMES: [(&'static str, Self); 3] =
        [("row", Self::Row), ("column", Self::Column), ("total", Self::Total)];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Column => "column",
            Self::Total => "total",
        }
    }
}

impl Compared {
    /// The comparisons between some of these groups or within one of them: those by the question that is named or, where
    /// none is, those between groups if these questions were compared so.
    pub fn among<'a>(
        &self,
        outline: &'a Outline,
        findings: &Findings,
        groups: &[String],
        questions: &[String],
    ) -> Vec<&'a Named> {
        let is_shown = |id: &str| match id.split_once(':') {
            Some((group, by)) => !by.contains(':') && groups.iter().any(|known| known == group),
            None => id.split('~').all(|side| groups.iter().any(|known| known == side)),
        };
        let mut all: Vec<&Named> = outline.comparisons.iter().filter(|one| is_shown(&one.id)).collect();
        let by = |one: &Named| one.id.split_once(':').map(|(_, by)| by.to_owned());
        let is_found = |one: &Named| {
            findings.iter().any(|finding| {
                let of = finding.question.as_ref();
                finding.group == one.id && of.is_some_and(|question| questions.contains(question))
            })
        };
        if self.by.is_some() {
            all.retain(|one| by(one) == self.by);
        } else if all.iter().any(|one| by(one).is_none() && is_found(one)) {
            all.retain(|one| by(one).is_none());
        }
        all
    }

    /// The tests of a comparison in these questions, in the order in which they were asked.
    pub fn tests<'a>(
        &self,
        findings: &'a Findings,
        compared: &str,
        questions: &[String],
    ) -> Vec<&'a Finding> {
        let is_shown = |finding: &&Finding| {
            finding.statistic == Statistic::Test
                && finding.group == compared
                && finding.level.is_none()
                && finding.question.as_ref().is_some_and(|question| questions.contains(question))
                && self.has(finding)
        };
        findings.iter().filter(is_shown).collect()
    }

    /// Whether a finding is of the ask that is named, if one is.
    pub fn has(&self, finding: &Finding) -> bool {
        self.name.is_none() || finding.ask_name() == self.name.as_deref()
    }
}

impl Finding {
    /// How the ids of what stands beside a test begin: its own without its end.
    pub fn stem(&self) -> &str {
        let id = self.id.as_str();
        id.strip_suffix("/test").unwrap_or(id)
    }

    /// The name of the ask of a comparison, which stands in its id between its sides and its question.
    pub fn ask_name(&self) -> Option<&str> {
        let rest = self.id.as_str().strip_prefix(self.group.as_str())?.strip_prefix('/')?;
        rest.split('/').next().filter(|first| Some(*first) != self.question.as_deref())
    }

    /// Which way a one-sided test of sides looks, in words; nothing where it looks both ways.
    pub fn one_sided(&self) -> Option<String> {
        let Value::Test(result) = &self.value else { return None };
        let [first, second, ..] = self.base.sides.as_slice() else { return None };
        let is_ordered = self.method.is_some_and(|method| method.id.starts_with("jonckheere"));
        Some(match (result.which, is_ordered) {
            (Which::TwoSided, _) => return None,
            (Which::Less, true) => "one-sided: answers rise from side to side".to_owned(),
            (Which::Greater, true) => "one-sided: answers fall from side to side".to_owned(),
            (Which::Greater, false) => format!("one-sided: {} above {}", first.label, second.label),
            (Which::Less, false) => format!("one-sided: {} below {}", first.label, second.label),
        })
    }
}
