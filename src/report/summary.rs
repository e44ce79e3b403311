//! The summary: who was asked and is analysed, the results in words, and what the report holds.

use std::fmt::Write as _;

use crate::findings::{Named, People, Reason, Value};
use crate::numbers::Decimals;
use crate::text::escape_markdown as escaped;

use super::grid::{Column, counted, grid};
use super::page::escape;
use super::{Report, cautions, markdown, methods};

/// What stands for a number that there is not, as in every table.
const ABSENT: &str = "n/a";

/// The summary of a study.
pub(super) fn summary(report: &Report<'_>) -> String {
    format!("{}{}{}", people(report), words(report), holds(report))
}

/// A row for each group: those invited, received and analysed, and the response rate.
fn people(report: &Report<'_>) -> String {
    let groups = &report.outline.groups;
    let rates = groups.iter().filter_map(|group| report.findings.get(&format!("{}/rr2", group.id)));
    let bases = rates.clone().filter_map(|rate| match rate.value {
        Value::Share { of, .. } => Some(of),
        _ => None,
    });
    // As in every table: one number of decimals for the column, by its smallest base.
    let smallest = bases.min();
    let decimals = report.style.percent_decimals(smallest.unwrap_or(0));
    let is_framed =
        groups.iter().any(|group| account(report, group).is_some_and(|people| people.invited.is_some()));
    let mut columns = vec![("Group", Column::Words)];
    if is_framed {
        columns.extend([("Invited", Column::Number), ("Response rate (RR2)", Column::Number)]);
    }
    columns.extend([("Rows received", Column::Number), ("Analysed", Column::Number)]);
    let rows: Vec<Vec<String>> = groups
        .iter()
        .map(|group| {
            let cell =
                |tail: &str, count: fn(&People) -> Option<u64>| number(report, group, tail, decimals, count);
            let mut cells = vec![escape(&group.label)];
            if is_framed {
                cells.push(cell("invited", People::n_invited));
                cells.push(cell("rr2", |_| None));
            }
            cells.push(cell("received", |people| Some(people.received)));
            cells.push(cell("included", |people| Some(people.included)));
            cells
        })
        // A part of a group was neither invited nor received on its own.
        .filter(|cells| cells.iter().skip(1).any(|cell| cell != ABSENT))
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut text = grid("Who was asked and who is analysed", &columns, rows);
    let method = rates.clone().find_map(|rate| rate.method).filter(|_| is_framed && smallest.is_some());
    if let Some(method) = method {
        let _ = writeln!(
            text,
            "<p class=\"notes\">RR2: {}, {} (<code>{}</code>).</p>",
            escape(method.name),
            escape(method.convention),
            escape(method.id)
        );
    }
    text
}

/// The account of a group's people, as some finding of it carries it.
fn account<'a>(report: &Report<'a>, group: &Named) -> Option<&'a People> {
    let findings = report.findings.iter();
    findings.filter(|finding| finding.group == group.id).find_map(|finding| finding.base.people.as_deref())
}

/// A number of a group as tables write it; where nothing was asked of it, its account says it.
fn number(
    report: &Report<'_>,
    group: &Named,
    tail: &str,
    decimals: Decimals,
    count: fn(&People) -> Option<u64>,
) -> String {
    let found = report.findings.get(&format!("{}/{tail}", group.id));
    let shown = match found.map(|finding| &finding.value) {
        Some(Value::Count(count)) => report.style.count(*count),
        Some(Value::Share { count, of }) => report.style.share(*count, *of, decimals),
        Some(Value::NotComputed(Reason::Withheld)) => "[c]".to_owned(),
        Some(_) => ABSENT.to_owned(),
        None => account(report, group)
            // Where no answers were collected there are no rows to count.
            .filter(|people| people.received > 0 || tail == "invited")
            .and_then(count)
            .map_or_else(|| ABSENT.to_owned(), |count| report.style.count(count)),
    };
    escape(&shown)
}

/// The text of the study, if it has one.
fn words(report: &Report<'_>) -> String {
    let Some(text) = report.text else { return String::new() };
    // What must be said with every output stands at the head of the report.
    let is_said = |line: &str| {
        line.strip_prefix("> ")
            .is_some_and(|line| report.outline.notes.iter().any(|note| escaped(note) == line))
    };
    let lines: Vec<&str> = text.lines().filter(|line| !is_said(line)).collect();
    format!("<h3>Results in words</h3>\n<div class=\"words\">\n{}</div>\n", markdown::html(&lines.join("\n")))
}

/// How much there is, and where.
fn holds(report: &Report<'_>) -> String {
    let Report { findings, tables, figures, .. } = report;
    let without = findings.iter().filter(|finding| matches!(finding.value, Value::NotComputed(_))).count();
    let reasons = match without {
        0 => String::new(),
        1 => ", 1 of them without a value, with the reason why".to_owned(),
        _ => format!(", {without} of them without a value, each with the reason why"),
    };
    let shown = [counted(tables.len(), "table"), counted(figures.len(), "figure")].join(" and ");
    let mut text = format!("<h3>What this report holds</h3>\n<ul>\n<li>{shown}</li>\n");
    if !findings.is_empty() {
        let _ = write!(
            text,
            "<li><a href=\"#findings\">{}</a>{reasons}</li>\n<li><a href=\"#methods\">{}</a></li>\n",
            counted(findings.len(), "finding"),
            counted(methods::count(findings), "method")
        );
    }
    let kinds = cautions::by_kind(findings);
    if !kinds.is_empty() {
        let kinds: Vec<String> = kinds
            .into_iter()
            .map(|(kind, count)| format!("{} ({})", cautions::words_of(kind), counted(count, "finding")))
            .collect();
        let _ = writeln!(text, "<li><a href=\"#cautions\">Cautions</a>: {}</li>", kinds.join(", "));
    }
    text.push_str("</ul>\n");
    text
}
