//! Findings, inputs and files: same or different, one by one.

use std::collections::BTreeMap;

use crate::io::{Digest, relative};
use crate::pipeline::{MARK, Outcome};
use crate::record::{FindingRecord, InputRecord, Shift, ValueRecord};

use super::committed::Committed;

/// How a recomputed study compares with its committed output.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Findings that are the same.
    pub same: u64,
    /// Findings that are not.
    pub changes: Vec<Change>,
    /// Inputs that are not what they were.
    pub inputs: Vec<InputChange>,
    /// Committed files that are not what a run writes now, and how.
    pub files: Vec<(String, &'static str)>,
    /// What is worth saying though it changes no number.
    pub remarks: Vec<String>,
}

/// A finding that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// What was committed; nothing if the finding is new.
    pub was: Option<String>,
    /// What is found now; nothing if the finding is gone.
    pub is: Option<String>,
}

/// An input that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputChange {
    /// Its name as recorded.
    pub file: String,
    /// What about it: the line of a changed row, where that can be told.
    pub what: String,
}

impl Comparison {
    /// Whether everything is the same.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty() && self.inputs.is_empty() && self.files.is_empty()
    }
}

/// Compares a recomputed study and the files it would write with what was committed.
pub fn compare(outcome: &Outcome, files: &BTreeMap<String, Vec<u8>>, committed: &Committed) -> Comparison {
    let mut comparison = Comparison::default();
    findings(outcome, committed, &mut comparison);
    inputs(outcome, files, committed, &mut comparison);
    outputs(files, committed, &mut comparison);
    comparison
}

fn findings(outcome: &Outcome, committed: &Committed, comparison: &mut Comparison) {
    let mut before: BTreeMap<&str, &FindingRecord> =
        committed.findings.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect();
    for finding in &outcome.findings {
        let now = FindingRecord::from(finding);
        match before.remove(now.id.as_str()) {
            Some(was) if *was == now => comparison.same += 1,
            Some(was) => comparison.changes.push(Change {
                was: Some(described(was, &now)),
                is: Some(described(&now, was)),
                id: now.id,
            }),
            None => comparison.changes.push(Change { is: Some(value(&now.value)), was: None, id: now.id }),
        }
    }
    for (id, was) in before {
        comparison.changes.push(Change { id: id.to_owned(), was: Some(value(&was.value)), is: None });
    }
}

/// A finding's value and, where the value is not what differs from the other, what does.
fn described(finding: &FindingRecord, other: &FindingRecord) -> String {
    let shown = value(&finding.value);
    if finding.value != other.value {
        return shown;
    }
    if finding.base != other.base {
        let base = &finding.base;
        let answered = base.answered.map_or(String::new(), |answered| format!(", {answered} answered"));
        let missing: Vec<String> =
            base.missing.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        let missing = if missing.is_empty() { String::new() } else { format!(", {}", missing.join(", ")) };
        let invited = base.invited.as_ref().map_or(String::new(), |invited| {
            let parts: Vec<String> =
                invited.iter().map(|(disposition, count)| format!("{count} {disposition}")).collect();
            format!(", invited: {}", parts.join(" + "))
        });
        return format!(
            "{shown} on a base of {} of {} rows{answered}{missing}{invited}",
            base.included, base.received
        );
    }
    if finding.interval != other.interval {
        return finding.interval.as_ref().map_or_else(
            || format!("{shown} without interval"),
            |interval| format!("{shown}, {} {} to {}", interval.method, interval.low, interval.high),
        );
    }
    format!("{shown}, with another method, level or caution")
}

/// A recorded value in words.
pub(super) fn value(value: &ValueRecord) -> String {
    match value {
        ValueRecord::Count(count) => count.to_string(),
        ValueRecord::Share { count, of } => format!("{count}/{of}"),
        ValueRecord::Number(number) => number.to_string(),
        ValueRecord::Order(tiers) => tiers
            .iter()
            .map(|tier| format!("{} ({})", tier.labels.join(" = "), tier.score))
            .collect::<Vec<_>>()
            .join(" > "),
        ValueRecord::NotComputed(reason) => format!("not computed: {reason}"),
    }
}

fn inputs(
    outcome: &Outcome,
    files: &BTreeMap<String, Vec<u8>>,
    committed: &Committed,
    comparison: &mut Comparison,
) {
    let mut before: BTreeMap<&str, &InputRecord> =
        committed.manifest.inputs.iter().map(|input| (input.file.as_str(), input)).collect();
    for input in &outcome.inputs {
        let name = relative(&outcome.study.file, &input.file);
        let Some(was) = before.remove(name.as_str()) else {
            comparison
                .inputs
                .push(InputChange { file: name, what: "was not part of the committed run".to_owned() });
            continue;
        };
        if was.sha256 == input.digest.to_string() {
            continue;
        }
        let heads: Vec<u64> = input.row_heads.iter().map(|(_, head)| *head).collect();
        let line = |row: usize| input.row_heads.get(row).map_or(0, |(line, _)| *line);
        let what = match was.rows.map(|rows| rows.compare(&heads)) {
            Some(Shift::OneRow(row)) => {
                format!("the row on line {} differs; all others are the same", line(row))
            }
            Some(Shift::OneMore(row)) => {
                format!("the row on line {} was added; all others are the same", line(row))
            }
            Some(Shift::Several) => {
                let counted = was.rows.map_or(0, |rows| rows.count);
                format!("several rows differ: there were {counted}, there are {}", heads.len())
            }
            Some(Shift::Same) => {
                comparison.remarks.push(format!("{name}: other bytes, but every row is the same"));
                continue;
            }
            Some(Shift::Reordered) => {
                comparison.remarks.push(format!("{name}: the same rows in another order"));
                continue;
            }
            None => "the file differs".to_owned(),
        };
        comparison.inputs.push(InputChange { file: name, what });
    }
    // Files that only rendering reads, such as a template, are recorded by the manifest of the run just made.
    let fresh = files.get(MARK).and_then(|bytes| crate::record::ManifestFile::read(bytes).ok());
    for (name, was) in before {
        match fresh.as_ref().and_then(|fresh| fresh.inputs.iter().find(|input| input.file == name)) {
            Some(now) if now.sha256 == was.sha256 => {}
            Some(_) => comparison
                .inputs
                .push(InputChange { file: name.to_owned(), what: "the file differs".to_owned() }),
            None => comparison.inputs.push(InputChange {
                file: name.to_owned(),
                what: "is no longer part of the study".to_owned(),
            }),
        }
    }
}

fn outputs(files: &BTreeMap<String, Vec<u8>>, committed: &Committed, comparison: &mut Comparison) {
    // The manifest changes whenever an input's bytes do, which the inputs say already.
    for (name, bytes) in files.iter().filter(|(name, _)| name.as_str() != MARK) {
        match committed.files.get(name) {
            None => comparison.files.push((name.clone(), "is missing from the committed output")),
            Some(digest) if *digest != Digest::of(bytes) => {
                comparison.files.push((name.clone(), "is not what the study gives"))
            }
            Some(_) => {}
        }
    }
    for name in committed.files.keys().filter(|name| !files.contains_key(*name)) {
        comparison.files.push((name.clone(), "is in the committed output but no run writes it"));
    }
}
