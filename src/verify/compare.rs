//! Findings, inputs and files: same or different, one by one.

use std::collections::BTreeMap;

use crate::io::{Digest, relative};
use crate::pipeline::{MARK, Outcome};
use crate::record::{FindingRecord, Input, InputRecord, ManifestFile, OutputRecord, Shift, ValueRecord};

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

/// Compares a recomputed study and the files that it would write with what was committed.
pub fn compare(outcome: &Outcome, files: &BTreeMap<String, Vec<u8>>, committed: &Committed) -> Comparison {
    let mut comparison = compare_results(outcome, committed);
    read_by_rendering(outcome, files, committed, &mut comparison);
    outputs(files, committed, &mut comparison);
    manifest(outcome, files, committed, &mut comparison);
    comparison
}

/// Compares findings and the inputs behind them, without what only rendering reads and writes.
pub fn compare_results(outcome: &Outcome, committed: &Committed) -> Comparison {
    let mut comparison = Comparison::default();
    findings(outcome, committed, &mut comparison);
    inputs(outcome, committed, &mut comparison);
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
        let of = match (base.included, base.received) {
            (Some(included), Some(received)) => format!("{included} of {received} rows"),
            _ => "rows that are not said".to_owned(),
        };
        return format!("{shown} on a base of {of}{answered}{missing}{invited}");
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
        ValueRecord::Date(day) => day.clone(),
        ValueRecord::Test(test) => {
            let statistic = test.statistic.map(|statistic| format!("statistic {statistic}, "));
            let adjusted = test.adjusted.as_ref().map(|adjusted| format!(", adjusted {}", adjusted.p));
            format!("{}p {}{}", statistic.unwrap_or_default(), test.p, adjusted.unwrap_or_default())
        }
        ValueRecord::Order(tiers) => tiers
            .iter()
            .map(|tier| format!("{} ({})", tier.labels.join(" = "), tier.score))
            .collect::<Vec<_>>()
            .join(" > "),
        ValueRecord::NotComputed(reason) => format!("not computed: {reason}"),
    }
}

fn inputs(outcome: &Outcome, committed: &Committed, comparison: &mut Comparison) {
    let before: BTreeMap<&str, &InputRecord> =
        committed.manifest.inputs.iter().map(|input| (input.file.as_str(), input)).collect();
    for input in &outcome.inputs {
        let name = relative(&outcome.study.file, &input.file);
        let Some(was) = before.get(name.as_str()) else {
            // What everybody may read holds no digest of answers.
            if committed.manifest.audience.is_some() {
                continue;
            }
            comparison
                .inputs
                .push(InputChange { file: name, what: "was not part of the committed run".to_owned() });
            continue;
        };
        if was.sha256 == input.digest.to_string() {
            continue;
        }
        match was.rows.map(|rows| rows.compare(&heads(input))) {
            Some(Shift::Same) => {
                comparison.remarks.push(format!("{name}: other bytes, but every row is the same"));
            }
            Some(Shift::Reordered) => {
                comparison.remarks.push(format!("{name}: the same rows in another order"));
            }
            shift => comparison.inputs.push(InputChange { what: changed(was, input, shift), file: name }),
        }
    }
}

fn heads(input: &Input) -> Vec<u64> {
    input.row_heads.iter().map(|(_, head)| *head).collect()
}

/// What changed in a table, as closely as the sums over its rows can tell.
fn changed(was: &InputRecord, input: &Input, shift: Option<Shift>) -> String {
    let line = |row: usize| input.row_heads.get(row).map_or(0, |(line, _)| *line);
    match shift {
        Some(Shift::OneRow(row)) => format!("the row on line {} differs; all others are the same", line(row)),
        Some(Shift::OneMore(row)) => {
            format!("the row on line {} was added; all others are the same", line(row))
        }
        Some(Shift::Several) => {
            let counted = was.rows.map_or(0, |rows| rows.count);
            format!("several rows differ: there were {counted}, there are {}", input.row_heads.len())
        }
        Some(Shift::Same | Shift::Reordered) | None => "the file differs".to_owned(),
    }
}

/// Files that only rendering reads, such as a template: the manifest of the run just made records them.
fn read_by_rendering(
    outcome: &Outcome,
    files: &BTreeMap<String, Vec<u8>>,
    committed: &Committed,
    comparison: &mut Comparison,
) {
    let fresh = files.get(MARK).and_then(|bytes| ManifestFile::read(bytes).ok());
    let computed: Vec<String> =
        outcome.inputs.iter().map(|input| relative(&outcome.study.file, &input.file)).collect();
    for was in committed.manifest.inputs.iter().filter(|was| !computed.contains(&was.file)) {
        let now = fresh.iter().flat_map(|fresh| &fresh.inputs).find(|input| input.file == was.file);
        let what = match now {
            Some(now) if now.sha256 == was.sha256 => continue,
            Some(_) => "the file differs",
            None => "is no longer part of the study",
        };
        comparison.inputs.push(InputChange { file: was.file.clone(), what: what.to_owned() });
    }
}

fn outputs(files: &BTreeMap<String, Vec<u8>>, committed: &Committed, comparison: &mut Comparison) {
    for (name, bytes) in files.iter().filter(|(name, _)| name.as_str() != MARK) {
        match committed.files.get(name) {
            None if committed.strangers.contains(name) => {
                comparison.files.push((name.clone(), "is there but the manifest does not name it"));
            }
            None => comparison.files.push((name.clone(), "is missing from the committed output")),
            Some(digest) if *digest != Digest::of(bytes) => {
                comparison.files.push((name.clone(), "is not what the study gives"));
            }
            Some(_) => {}
        }
    }
    let kept = committed.files.keys().chain(&committed.strangers);
    for name in kept.filter(|name| !files.contains_key(*name)) {
        // Desktops and editors leave such files everywhere; nobody takes them for results.
        let left_by_a_desktop =
            |part: &str| part.starts_with('.') || ["Thumbs.db", "desktop.ini"].contains(&part);
        if name.split('/').any(left_by_a_desktop) {
            comparison.remarks.push(format!("{name} is in the committed output but no run writes it"));
        } else {
            comparison.files.push((name.clone(), "is in the committed output but no run writes it"));
        }
    }
}

/// The manifest itself. It may differ from a new one where a file does, which is said of that file; but what it says of a
/// file must be true of the file as it stands or as the study gives it.
fn manifest(
    outcome: &Outcome,
    files: &BTreeMap<String, Vec<u8>>,
    committed: &Committed,
    comparison: &mut Comparison,
) {
    let was = &committed.manifest;
    let version = env!("CARGO_PKG_VERSION");
    if was.canvass != version {
        comparison.remarks.push(format!("written by canvass {}; this is canvass {version}", was.canvass));
    }
    let private = || "private".to_owned();
    let Some(now) = files.get(MARK).and_then(|bytes| ManifestFile::read(bytes).ok()) else { return };
    let is_true = |output: &OutputRecord| {
        now.outputs.contains(output)
            || committed.files.get(&output.file).is_some_and(|digest| digest.to_string() == output.sha256)
    };
    let names = |name: &String| was.outputs.iter().any(|output| output.file == *name);
    let all_named =
        now.outputs.iter().all(|output| names(&output.file) || !committed.strangers.contains(&output.file));
    let sums_agree = was.inputs.iter().all(|input| {
        now.inputs
            .iter()
            .all(|other| other.file != input.file || other.sha256 != input.sha256 || other.rows == input.rows)
    });
    if was.audience != now.audience {
        let [was, now] = [was, &now].map(|manifest| manifest.audience.clone().unwrap_or_else(private));
        comparison
            .remarks
            .push(format!("written for a {was} audience, compared with what a {now} one reads"));
    }
    let said = was.study == outcome.study.id && was.outputs.iter().all(is_true) && all_named && sums_agree;
    if !said {
        comparison.files.push((MARK.to_owned(), "does not say what was written"));
    }
}
