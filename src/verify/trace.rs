//! From one number back to the rows behind it.

use crate::diag::{Diag, FileId, Place, codes, nearest};
use crate::findings::{Finding, Selector};
use crate::io::relative;
use crate::normalise::Cohort;
use crate::pipeline::Outcome;

/// A finding and the rows behind it.
#[derive(Debug, Clone)]
pub struct Trace<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// The rows that it counts, in the order of their files.
    pub rows: Vec<TraceRow>,
    /// The label of what it counts, where its level has one.
    pub level: Option<String>,
    /// The label of its item.
    pub item: Option<String>,
}

/// A row behind a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TraceRow {
    /// The file as the manifest names it, relative to the folder of the study file.
    pub file: String,
    /// The line on which the row starts.
    pub line: u32,
}

/// Finds a finding and the rows that it counts.
pub fn trace<'a>(outcome: &'a Outcome, id: &str) -> Result<Trace<'a>, Diag> {
    let Some(finding) = outcome.findings.get(id) else {
        let diag =
            Diag::error(codes::UNKNOWN_FINDING, Place::Nowhere, format!("no finding is named \"{id}\""));
        let alike = alike(id, outcome.findings.ids());
        let near = nearest(id, outcome.findings.ids()).map(|near| format!("did you mean {near}?"));
        let listed = (!alike.is_empty()).then(|| format!("ids that begin alike: {}", alike.join(", ")));
        let help: Vec<String> = near.into_iter().chain(listed).collect();
        return Err(diag.help(if help.is_empty() {
            "findings.json lists the ids of all findings".to_owned()
        } else {
            help.join(" ")
        }));
    };
    let named = |file: &FileId| relative(&outcome.study.file, file);
    let mut rows = Vec::new();
    if let Some(selector) = &finding.counts {
        for cohort in outcome.cohorts.iter().filter(|cohort| is_behind(outcome, cohort, finding, selector)) {
            if let Some(file) = &cohort.file {
                let lines = cohort.select(selector).into_iter().filter_map(|row| cohort.lines.get(row));
                rows.extend(lines.map(|line| TraceRow { file: named(file), line: *line }));
            }
            if let Some(roster) = &cohort.roster {
                let people = cohort.select_invitees(selector);
                rows.extend(people.iter().map(|person| TraceRow { file: named(roster), line: person.line }));
                if let Some(file) = &cohort.file {
                    let responses = people.iter().filter_map(|person| person.response);
                    rows.extend(responses.map(|line| TraceRow { file: named(file), line }));
                }
            }
        }
    }
    rows.extend(linked_rows(outcome, finding));
    let question =
        finding.question.as_ref().and_then(|question| outcome.outline.question(&finding.group, question));
    let label = |named: &[crate::findings::Named], id: &Option<String>| {
        let id = id.as_ref()?;
        named.iter().find(|named| named.id == *id).map(|named| named.label.clone())
    };
    Ok(Trace {
        finding,
        rows,
        level: question.and_then(|question| label(&question.levels, &finding.level)),
        item: question.and_then(|question| label(&question.items, &finding.item)),
    })
}

/// The lines of the list of pairs and of both exports behind a finding about a link.
fn linked_rows(outcome: &Outcome, finding: &Finding) -> Vec<TraceRow> {
    let Some(linked) = outcome.links.iter().find(|linked| linked.id == finding.group) else {
        return Vec::new();
    };
    let cohort = |id: &String| outcome.cohorts.iter().find(|cohort| cohort.group == *id);
    let (Some(selector), [Some(first), Some(second)]) =
        (&finding.counts, linked.between.each_ref().map(cohort))
    else {
        return Vec::new();
    };
    let named = |file: &FileId| relative(&outcome.study.file, file);
    let cohorts = [first, second];
    let mut rows = Vec::new();
    if let Some(list) = &linked.list {
        let pairs = linked.select(selector, cohorts);
        rows.extend(pairs.iter().map(|pair| TraceRow { file: named(list), line: pair.line }));
    }
    for (side, cohort) in cohorts.into_iter().enumerate() {
        let Some(file) = &cohort.file else { continue };
        let lines = linked.select_rows(selector, cohorts, side).into_iter();
        let lines = lines.filter_map(|row| cohort.lines.get(row));
        rows.extend(lines.map(|line| TraceRow { file: named(file), line: *line }));
    }
    rows
}

/// Whether people of a group stand behind a finding: its own or, where several groups are compared or added up, one of its
/// sides.
fn is_behind(outcome: &Outcome, cohort: &Cohort, finding: &Finding, selector: &Selector) -> bool {
    match selector {
        Selector::Sides(sides) => sides.iter().any(|(group, _)| *group == cohort.group),
        _ if outcome.cohorts.iter().any(|cohort| cohort.group == finding.group) => {
            cohort.group == finding.group
        }
        _ => finding.base.sides.iter().any(|side| side.id == cohort.group),
    }
}

/// How many ids are listed beside one that does not exist.
const ALIKE_SHOWN: usize = 8;

/// The ids that share the longest beginning with `id`, at least its group.
fn alike<'a>(id: &str, ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let shared = |other: &str| id.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let ids: Vec<&str> = ids.collect();
    let longest = ids.iter().map(|other| shared(other)).max().unwrap_or(0);
    let group = id.split('/').next().map_or(0, |group| group.chars().count() + 1);
    if longest < group {
        return Vec::new();
    }
    ids.into_iter().filter(|other| shared(other) == longest).take(ALIKE_SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn ids_that_begin_alike_are_listed_and_no_more_than_eight() {
        let ids = ["a/rr1", "a/rr2", "a/x", "b/rr1"];
        assert_eq!(alike("a/rr3", ids.into_iter()), ["a/rr1", "a/rr2"]);
        assert_eq!(alike("c/rr3", ids.into_iter()), Vec::<&str>::new());
        let many: Vec<String> = (0..20).map(|n| format!("a/q/{n}")).collect();
        assert_eq!(alike("a/q/none", many.iter().map(String::as_str)).len(), 8);
    }
}
