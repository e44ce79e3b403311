//! Methods as used: every statistic and method that some finding names, once, with its convention and where it is defined.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::{Finding, Findings, Value};
use crate::stats::Method;

use super::grid::{Column, grid};
use super::page::escape;

/// The methods page: its headings name statistics and methods in words.
const PAGE: &str = include_str!("../../docs/methods.md");

/// What was computed, and how.
pub(super) fn methods(findings: &Findings) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut statistics: BTreeMap<&str, usize> = BTreeMap::new();
    let mut methods: BTreeMap<&str, (Method, usize, BTreeSet<&str>)> = BTreeMap::new();
    for finding in findings {
        let statistic = finding.statistic.id();
        *statistics.entry(statistic).or_default() += 1;
        for method in named(finding) {
            let (_, count, of) = methods.entry(method.id).or_insert((method, 0, BTreeSet::new()));
            *count += 1;
            of.insert(statistic);
        }
    }
    let mut text = format!(
        "<p>Computed with Canvass {}. <code>canvass explain ID</code> prints the definition of a statistic or method, its source and what \
         it was checked against, from <code>docs/methods.md</code>.</p>\n",
        env!("CARGO_PKG_VERSION")
    );
    if !methods.is_empty() {
        let columns = [
            ("Method", Column::Words),
            ("Convention", Column::Words),
            ("Id", Column::Words),
            ("Used for", Column::Words),
            ("Findings", Column::Number),
        ];
        let rows = methods.into_iter().map(|(id, (method, count, of))| {
            let of: Vec<&str> = of.into_iter().collect();
            vec![
                escape(method.name),
                escape(method.convention),
                format!("<code>{}</code>", escape(id)),
                escape(&of.join(", ")),
                count.to_string(),
            ]
        });
        text.push_str(&grid("Methods", &columns, rows));
    }
    let columns = [("Statistic", Column::Words), ("Id", Column::Words), ("Findings", Column::Number)];
    let rows = statistics.into_iter().map(|(id, count)| {
        vec![escape(heading(id).unwrap_or(id)), format!("<code>{}</code>", escape(id)), count.to_string()]
    });
    text.push_str(&grid("Statistics", &columns, rows));
    text
}

/// How many methods are named.
pub(super) fn count(findings: &Findings) -> usize {
    findings.iter().flat_map(named).map(|method| method.id).collect::<BTreeSet<&str>>().len()
}

/// The methods of a finding: its own, that of its interval, and that by which its p-value was adjusted.
fn named(finding: &Finding) -> impl Iterator<Item = Method> {
    let interval = finding.interval.as_ref().map(|interval| interval.method);
    let adjusted = match &finding.value {
        Value::Test(test) => test.adjusted.as_ref().map(|adjusted| adjusted.method),
        _ => None,
    };
    finding.method.into_iter().chain(interval).chain(adjusted)
}

/// The words of the heading under which the methods page defines a statistic.
fn heading(id: &str) -> Option<&'static str> {
    let mark = format!("`{id}`");
    let line = PAGE.lines().find(|line| line.starts_with("### ") && line.contains(&mark))?;
    line.split_once(": ").map(|(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Statistic;

    #[test]
    fn every_statistic_has_a_name_in_words() {
        let without = |statistic: &&Statistic| heading(statistic.id()).is_none();
        assert_eq!(Statistic::ALL.iter().find(without), None);
    }
}
