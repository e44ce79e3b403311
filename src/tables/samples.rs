//! A small table and a small study for the tests of tables.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::codebook::Missing;
use crate::findings::{
    Asked, Base, Caution, Finding, FindingId, Findings, Kind, Named, Outline, People, QuestionOutline,
    Statistic, Tier, Value,
};
use crate::stats::{ConfidenceLevel, Interval, Method};

use super::table::{Cell, Quote, Row, Section, Table};

/// One row: nine of fourteen ticked "Networking".
pub(super) fn small() -> Table {
    let quote = Quote {
        id: FindingId::new(["students", "motivations", "networking"]),
        value: Value::Share { count: 9, of: 14 },
        interval: None,
        percent: Some("64".into()),
    };
    let cell = Cell { shown: "9 (64%)".into(), marks: Vec::new(), quotes: vec![quote] };
    Table {
        id: "motivations".into(),
        title: "Motivations".into(),
        stub: "Choice".into(),
        columns: vec!["Respondents".into()],
        sections: vec![Section {
            label: "Students".into(),
            rows: vec![Row { label: "Networking".into(), marks: vec![0], cells: vec![cell] }],
        }],
        footnotes: vec!["small base".into()],
        notes: vec!["Synthetic answers.".into()],
    }
}

/// A study whose findings are pushed one by one.
#[derive(Default)]
pub(super) struct Study {
    pub(super) outline: Outline,
    pub(super) findings: Findings,
}

pub(super) fn named(id: &str, label: &str) -> Named {
    Named { id: id.to_owned(), label: label.to_owned() }
}

/// Who answered: `answered`, one for whom it is not applicable and one who skipped.
pub(super) fn base(answered: u64) -> Base {
    let missing = BTreeMap::from([(Missing::NotApplicable, 1), (Missing::Skipped, 1)]);
    let included = answered + 2;
    let people = People { received: included, included, ..People::default() };
    Base {
        people: Some(Arc::new(people)),
        asked: Asked::new(included, answered, missing).ok(),
        sides: Vec::new(),
    }
}

impl Study {
    /// A study with two groups.
    pub(super) fn new() -> Self {
        let mut study = Self::default();
        study.outline.groups = vec![named("students", "Students"), named("residents", "Residents")];
        study.outline.notes = vec!["Synthetic answers.".into()];
        study
    }

    /// Adds a question to a group.
    pub(super) fn question(&mut self, group: &str, id: &str, kind: Kind, items: &[Named], levels: &[Named]) {
        let k = levels.len();
        self.outline.questions.push(QuestionOutline {
            group: group.into(),
            id: id.into(),
            label: id.to_uppercase(),
            wording: String::new(),
            kind,
            items: items.to_vec(),
            levels: levels.to_vec(),
            parts: Vec::new(),
            top: k.saturating_sub(2)..k,
        });
    }

    /// Adds a finding by its id, with a Wilson interval of no meaning if it is a share.
    pub(super) fn push(&mut self, id: &str, base: &Base, value: Value) {
        const WILSON: Method =
            Method { id: "proportion_ci.wilson", name: "Wilson score interval", convention: "" };
        let interval = match value {
            Value::Share { .. } => {
                Some(Interval { low: 0.25, high: 0.75, level: ConfidenceLevel::P95, method: WILSON })
            }
            _ => None,
        };
        let parts: Vec<&str> = id.split('/').collect();
        let answered = base.asked.as_ref().map_or(0, |asked| asked.answered);
        self.findings.push(Finding {
            id: FindingId::new(parts.iter().copied()),
            group: parts[0].into(),
            question: parts.get(1).map(|part| (*part).to_owned()),
            item: None,
            level: None,
            statistic: Statistic::Level,
            base: base.clone(),
            value,
            interval,
            method: None,
            counts: None,
            cautions: Caution::small_base(answered).into_iter().collect(),
        });
    }
}

/// The order of three items, the last two tied.
pub(super) fn order() -> Value {
    let tier =
        |labels: &[&str], score| Tier { labels: labels.iter().map(|l| (*l).to_owned()).collect(), score };
    Value::Order(vec![tier(&["Senior"], 1.2), tier(&["Attending", "Resident"], 2.4)])
}
