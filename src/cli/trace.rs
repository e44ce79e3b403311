//! `canvass trace`.

use std::collections::BTreeMap;

use crate::codebook::Missing;
use crate::findings::{Base, Disposition, Finding};
use crate::numbers::{NumberStyle, half_up};
use crate::verify::{self, Trace};

use super::args;
use super::exit::{DONE, FAILED};
use super::explain::entry;
use super::study::computed;
use super::ui::Ui;
use super::wrap::hang;

pub(super) fn trace(options: &args::Trace, ui: &mut Ui) -> u8 {
    let outcome = match computed(&options.study, ui) {
        Ok(outcome) => outcome,
        Err(stopped) => {
            ui.stopped(&stopped);
            return FAILED;
        }
    };
    match verify::trace(&outcome, &options.finding) {
        Ok(trace) => {
            ui.out(&report(&trace));
            DONE
        }
        Err(problem) => {
            ui.failed(problem);
            FAILED
        }
    }
}

fn report(trace: &Trace<'_>) -> String {
    let finding = trace.finding;
    let mut text = hang("", &headline(finding), 2);
    let mut line = |head: &str, words: &str| text.push_str(&hang(&format!("  {head:<9}"), words, 11));
    for words in account(&finding.base) {
        line("base", &words);
    }
    if let Some(item) = &trace.item {
        line("item", item);
    }
    if let Some(level) = trace.level.as_ref().or(finding.level.as_ref()) {
        line("counts", level);
    }
    for (file, lines) in by_file(trace) {
        line("rows", &format!("{file}: {}", lines.join(", ")));
    }
    let statistic = finding.statistic.id();
    match finding.method {
        Some(method) if method.convention.is_empty() => {
            line("method", &format!("{} ({})", method.name, method.id));
        }
        Some(method) => line("method", &format!("{} ({}): {}", method.name, method.id, method.convention)),
        None => {}
    }
    if let Some(definition) = entry(statistic).and_then(first_paragraph) {
        line("formula", &definition);
    }
    if let Some(interval) = &finding.interval {
        line(
            "interval",
            &format!(
                "{} ({}); see `canvass explain {}`",
                interval.method.name, interval.method.id, interval.method.id
            ),
        );
    }
    for caution in &finding.cautions {
        line("caution", &caution.to_string());
    }
    text
}

fn headline(finding: &Finding) -> String {
    let interval = finding.interval.as_ref().and_then(|interval| {
        let limit = |limit: f64| half_up(limit * 100.0, 1);
        let level = NumberStyle::Plain.level(interval.level.get());
        Some(format!(", {level} interval {} to {}", limit(interval.low)?, limit(interval.high)?))
    });
    format!("{}: {}{}", finding.id, verify::shown(finding), interval.unwrap_or_default())
}

/// The account of a base, sum by sum.
fn account(base: &Base) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(people) = &base.people else { return lines };
    if let Some(invited) = people.n_invited() {
        let part = |disposition: Disposition| {
            format!("{} {}", people.n_with(disposition).unwrap_or_default(), disposition.id())
        };
        let parts: Vec<String> = people.said().map(part).collect();
        lines.push(format!("{invited} invited = {}", parts.join(" + ")));
    }
    let out: Vec<String> =
        people.excluded.iter().map(|excluded| format!("{} {}", excluded.count, excluded.rule)).collect();
    let out = if out.is_empty() { String::new() } else { format!(" + {}", out.join(" + ")) };
    lines.push(format!("{} rows = {} analysed{out}", people.received, people.included));
    if let Some(asked) = &base.asked {
        lines.push(format!(
            "{} analysed = {} asked + {} not asked",
            asked.included,
            asked.asked(),
            asked.not_asked()
        ));
        let missing: Vec<String> = asked
            .missing
            .iter()
            .filter(|(reason, _)| **reason != Missing::NotAsked)
            .map(|(reason, count)| format!(" + {count} {}", reason.words()))
            .collect();
        lines.push(format!("{} asked = {} answered{}", asked.asked(), asked.answered, missing.concat()));
    }
    lines
}

fn by_file<'a>(trace: &'a Trace<'_>) -> BTreeMap<&'a str, Vec<String>> {
    let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &trace.rows {
        files.entry(&row.file).or_default().push(row.line.to_string());
    }
    files
}

/// The first paragraph of an entry of the methods page, below its heading, on one line.
fn first_paragraph(entry: &str) -> Option<String> {
    let body = entry.split_once('\n')?.1.trim_start();
    let paragraph = body.split("\n\n").next()?;
    Some(paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
}
