//! The account of people behind a finding, as `findings.json` holds it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::findings::{Asked, Base, Caution, Excluded, People, Screened, Side};

use super::findings::{CautionRecord, MethodRecord, ValueRecord};

/// An account of people: received = excluded + included; included = answered + missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BaseRecord {
    /// Everybody invited, by what became of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub invited: Option<BTreeMap<String, u64>>,
    /// Rows of the export that belong to the group; nothing where it is withheld.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub received: Option<u64>,
    /// Rows left out, by rule, in the order of the rules.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub excluded: Option<Vec<ExcludedRecord>>,
    /// Rows analysed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub included: Option<u64>,
    /// How many of those each screen would leave out, which leaves out nobody.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub screened: Vec<ScreenedRecord>,
    /// People who were asked the question.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub asked: Option<u64>,
    /// People who answered it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answered: Option<u64>,
    /// People who did not, by reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub missing: BTreeMap<String, u64>,
    /// The sides of a comparison.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sides: Vec<SideRecord>,
}

/// How many rows a rule left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludedRecord {
    /// The rule.
    pub rule: String,
    /// What it is called, if not by its usual words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub label: Option<String>,
    /// How many.
    pub count: u64,
    /// By which index it judged, if it did by one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub method: Option<MethodRecord>,
    /// What must be known beside it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub cautions: Vec<CautionRecord>,
}

/// How many rows a rule would leave out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScreenedRecord {
    /// The rule.
    pub rule: String,
    /// What it is called, if not by its usual words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub label: Option<String>,
    /// How many, or why nobody can say.
    pub count: ValueRecord,
    /// By which index it judged, if it did by one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub method: Option<MethodRecord>,
    /// What must be known beside it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub cautions: Vec<CautionRecord>,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideRecord {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// People analysed on this side.
    pub included: u64,
    /// Those of them whose answers are compared.
    pub answered: u64,
}

impl From<&Base> for BaseRecord {
    fn from(base: &Base) -> Self {
        let people = base.people.as_deref();
        let asked = base.asked.as_ref();
        let invited = people.and_then(|people| people.invited.as_ref()).map(|invited| {
            invited.iter().map(|(disposition, count)| (disposition.id().to_owned(), *count)).collect()
        });
        let missing = asked.map(|asked| {
            asked.missing.iter().map(|(reason, count)| (reason.id().to_owned(), *count)).collect()
        });
        let screened =
            people.map(|people: &People| people.screened.iter().map(ScreenedRecord::from).collect());
        Self {
            invited,
            received: people.map(|people| people.received),
            excluded: people.map(|people| people.excluded.iter().map(ExcludedRecord::from).collect()),
            included: people.map(|people| people.included),
            screened: screened.unwrap_or_default(),
            asked: asked.map(Asked::asked),
            answered: asked.map(|asked| asked.answered),
            missing: missing.unwrap_or_default(),
            sides: base.sides.iter().map(SideRecord::from).collect(),
        }
    }
}

impl From<&Excluded> for ExcludedRecord {
    fn from(out: &Excluded) -> Self {
        Self {
            rule: out.rule.clone(),
            label: out.label.clone(),
            count: out.count,
            method: out.method.map(MethodRecord::from),
            cautions: records(&out.cautions),
        }
    }
}

impl From<&Screened> for ScreenedRecord {
    fn from(screened: &Screened) -> Self {
        Self {
            rule: screened.rule.clone(),
            label: screened.label.clone(),
            count: match &screened.count {
                Ok(count) => ValueRecord::Count(*count),
                Err(reason) => ValueRecord::NotComputed(reason.to_string()),
            },
            method: screened.method.map(MethodRecord::from),
            cautions: records(&screened.cautions),
        }
    }
}

impl From<&Side> for SideRecord {
    fn from(side: &Side) -> Self {
        Self {
            id: side.id.clone(),
            label: side.label.clone(),
            included: side.included,
            answered: side.answered,
        }
    }
}

fn records(cautions: &[Caution]) -> Vec<CautionRecord> {
    cautions.iter().map(CautionRecord::from).collect()
}
