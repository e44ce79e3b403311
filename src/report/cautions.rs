//! What must be said beside findings: each caution once, by kind, with what it concerns.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::{Finding, Findings, Outline};

use super::grid::{Column, counted, grid};
use super::page::escape;

/// How many questions are named beside a caution; the list of all findings says which each of them bears.
const NAMED: usize = 6;

/// The cautions of one wording.
struct Said<'a> {
    findings: usize,
    /// Groups with their questions, in the order of the findings.
    concerns: Vec<(&'a str, Vec<&'a str>)>,
    seen: BTreeSet<(&'a str, Option<&'a str>)>,
}

/// Cautions by kind and wording; the kinds that most findings bear come first.
pub(super) fn cautions(findings: &Findings, outline: &Outline) -> String {
    let mut kinds: BTreeMap<&str, BTreeMap<String, Said<'_>>> = BTreeMap::new();
    for finding in findings {
        for caution in &finding.cautions {
            let wordings = kinds.entry(caution.id()).or_default();
            let said = wordings.entry(caution.to_string()).or_insert_with(|| Said {
                findings: 0,
                concerns: Vec::new(),
                seen: BTreeSet::new(),
            });
            said.findings += 1;
            concern(said, finding, outline);
        }
    }
    if kinds.is_empty() {
        return String::new();
    }
    let order: Vec<(&str, usize)> = by_kind(findings);
    let mut rows = Vec::new();
    for (kind, _) in order {
        let mut wordings: Vec<(String, Said<'_>)> =
            kinds.remove(kind).unwrap_or_default().into_iter().collect();
        // The sort is stable: what is said equally often stays in the order of its words.
        wordings.sort_by_key(|(_, said)| std::cmp::Reverse(said.findings));
        for (words, said) in wordings {
            rows.push(vec![
                escape(&words),
                words_of(kind),
                said.findings.to_string(),
                escape(&concerns(&said.concerns, outline)),
            ]);
        }
    }
    let columns = [
        ("Caution", Column::Words),
        ("Kind", Column::Words),
        ("Findings", Column::Number),
        ("Concerns", Column::Words),
    ];
    grid("What must be said beside findings", &columns, rows)
}

/// The kinds of cautions with how many findings bear them, the most frequent first.
pub(super) fn by_kind(findings: &Findings) -> Vec<(&'static str, usize)> {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        let of_one: BTreeSet<&'static str> =
            finding.cautions.iter().map(crate::findings::Caution::id).collect();
        for kind in of_one {
            *kinds.entry(kind).or_default() += 1;
        }
    }
    let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    kinds
}

/// The name of a kind in words.
pub(super) fn words_of(kind: &str) -> String {
    escape(&kind.replace('-', " "))
}

fn concern<'a>(said: &mut Said<'a>, finding: &'a Finding, outline: &'a Outline) {
    let question = finding.question.as_deref();
    if !said.seen.insert((&finding.group, question)) {
        return;
    }
    let label =
        question.map(|id| outline.question(&finding.group, id).map_or(id, |question| &question.label));
    match said.concerns.iter_mut().find(|(group, _)| *group == finding.group) {
        Some((_, questions)) => questions.extend(label),
        None => said.concerns.push((&finding.group, label.into_iter().collect())),
    }
}

fn concerns(concerns: &[(&str, Vec<&str>)], outline: &Outline) -> String {
    let of_group = |(group, questions): &(&str, Vec<&str>)| {
        let group = outline.link(group).map_or_else(|| outline.group_label(group), |link| &link.label);
        let mut named: Vec<String> =
            questions.iter().take(NAMED).map(|question| (*question).to_owned()).collect();
        if questions.len() > NAMED {
            named.push(format!("and {}", counted(questions.len() - NAMED, "other question")));
        }
        if named.is_empty() { group.to_owned() } else { format!("{group}: {}", named.join(", ")) }
    };
    concerns.iter().map(of_group).collect::<Vec<_>>().join("; ")
}
