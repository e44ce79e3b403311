//! `canvass run`.

use std::fmt::Write as _;

use crate::diag::{FileId, Severity};
use crate::findings::Value;
use crate::io::{Disk, publish, relative};
use crate::numbers::percent;
use crate::pipeline::{Outcome, Published, may_replace};

use super::args::Run;
use super::exit::{DONE, FAILED};
use super::study::{Rendered, output_folder, rendered, to_decide};
use super::ui::{Ui, counted};
use super::wrap::hang;

pub(super) fn run(options: &Run, ui: &mut Ui) -> u8 {
    let Rendered { outcome, published, files, notes } = match rendered(&options.study, options.audience, ui) {
        Ok(rendered) => rendered,
        Err(stopped) => {
            ui.stopped_before_writing(&stopped);
            return FAILED;
        }
    };
    let target = output_folder(options.out.as_deref(), options.audience, &outcome);
    if let Err(problem) =
        may_replace(&Disk, &target, &outcome.study.id).and_then(|()| publish(&target, &files))
    {
        ui.failed(problem);
        return FAILED;
    }
    let noted = outcome.notes.iter().chain(&notes);
    let warnings: Vec<_> = noted.filter(|note| note.severity != Severity::Note).cloned().collect();
    ui.diagnostics(&warnings, &outcome.sources);
    ui.out(&summary(&outcome, published.as_ref(), &target, &files.keys().map(String::as_str), options));
    DONE
}

fn summary<'a>(
    outcome: &Outcome,
    published: Option<&Published>,
    target: &FileId,
    files: &(impl Iterator<Item = &'a str> + Clone),
    options: &Run,
) -> String {
    let mut text = format!("{}: {}\n", outcome.study.id, outcome.study.title);
    let mut head = "read";
    let named: Vec<String> =
        outcome.files.iter().map(|file| end_of(&relative(&outcome.study.file, &file.file))).collect();
    let width = named.iter().map(|name| name.chars().count()).max().unwrap_or(0).max(24);
    for (file, name) in outcome.files.iter().zip(&named) {
        let rows = format!("{} rows", file.rows);
        let questions = file.questions.map_or(String::new(), |questions| format!("{questions} questions"));
        let _ = writeln!(text, "  {head:<7} {name:<width$} {:<24} {rows:>12}   {questions}", file.what);
        head = "";
    }
    kept(outcome, &mut text);
    cautions(outcome, &mut text);
    if let Some(published) = published {
        withheld(published, outcome.findings.len(), &mut text);
    }
    for (at, open) in to_decide(&outcome.study, &outcome.sources).iter().enumerate() {
        let head = if at == 0 { "decide" } else { "" };
        text.push_str(&hang(&format!("  {head:<7} "), open, 12));
    }
    let count = |prefix: &str, ending: &str| {
        files.clone().filter(|name| name.starts_with(prefix) && name.ends_with(ending)).count()
    };
    let mut parts = vec![
        counted(count("tables/", ".csv") as u64, "table"),
        counted(count("figures/", ".txt") as u64, "figure"),
        "findings.json".to_owned(),
    ];
    parts.extend(files.clone().find(|file| *file == "ledger.csv").map(str::to_owned));
    parts.extend(outcome.study.texts.iter().map(|text| format!("{}.md, .docx and .txt", text.id)));
    let _ = writeln!(text, "  {:<7} {target}: {}", "wrote", parts.join(", "));
    for note in &outcome.study.notes {
        let _ = writeln!(text, "  {:<7} {note}", "note");
    }
    let out = options.out.as_ref().map_or(String::new(), |out| format!(" --out {out}"));
    let audience = if published.is_some() { " --audience public" } else { "" };
    let _ = writeln!(text, "check it: canvass verify {}{audience}{out}", options.study);
    text
}

/// What is not told, and what the audit found.
fn withheld(published: &Published, of: usize, text: &mut String) {
    let (small, further) = published.counts;
    let fewest = if published.minimal { "the fewest that do" } else { "chosen greedily, perhaps too many" };
    let words = format!(
        "{} of {of} findings; {} for itself, {further} more so that none can be worked out ({fewest})",
        published.withheld,
        counted(small, "count"),
    );
    text.push_str(&hang("  withheld ", &words, 12));
    if let Some(narrowest) = published.narrowest {
        let words =
            format!("from what is told, no withheld count is known more closely than within {narrowest}");
        text.push_str(&hang("  audit   ", &words, 12));
    }
}

/// A path with more letters than this is told by its end.
const LONGEST_PATH: usize = 38;

/// A path that fits on the line of its file.
fn end_of(path: &str) -> String {
    let letters = path.chars().count();
    if letters <= LONGEST_PATH {
        return path.to_owned();
    }
    let end: String = path.chars().skip(letters + 1 - LONGEST_PATH).collect();
    format!("\u{2026}{}", end.find('/').map_or(end.as_str(), |slash| &end[slash..]))
}

fn kept(outcome: &Outcome, text: &mut String) {
    let mut head = "kept";
    for cohort in outcome.cohorts.iter().filter(|cohort| !cohort.is_answer()) {
        let people = &cohort.people;
        let _ = write!(text, "  {head:<7} {:<24} ", cohort.group);
        head = "";
        if cohort.file.is_none() {
            let _ = writeln!(
                text,
                "{} invited; no answers of this group are part of the study",
                people.n_invited().unwrap_or(cohort.invitees.len() as u64)
            );
            continue;
        }
        let _ = write!(text, "{} of {} rows", people.included, people.received);
        for (tail, name) in [("rr2", "RR2"), ("participation-rate", "participation rate")] {
            let found = outcome.findings.get(&format!("{}/{tail}", cohort.group)).map(|found| &found.value);
            if let Some(Value::Share { count, of }) = found {
                let rate =
                    percent(*count, *of, 1).map_or_else(|| "n/a".to_owned(), |rate| format!("{rate}%"));
                let _ = write!(text, "; {name} {rate} ({count}/{of})");
            }
        }
        let out: Vec<String> = people
            .excluded
            .iter()
            .filter(|excluded| excluded.count > 0)
            .map(|excluded| format!("{} {}", excluded.count, excluded.rule))
            .collect();
        let _ = writeln!(
            text,
            "{}",
            if out.is_empty() { String::new() } else { format!("; left out: {}", out.join(", ")) }
        );
    }
}

fn cautions(outcome: &Outcome, text: &mut String) {
    let with = outcome.findings.iter().filter(|finding| !finding.cautions.is_empty()).count();
    let without =
        outcome.findings.iter().filter(|finding| matches!(finding.value, Value::NotComputed(_))).count();
    let _ = write!(text, "  {:<7} {}", "found", counted(outcome.findings.len() as u64, "finding"));
    if with > 0 {
        let _ = write!(text, "; {with} carry a caution");
    }
    if without > 0 {
        let _ = write!(text, "; {without} not computed, each with its reason");
    }
    text.push('\n');
    for cohort in outcome.cohorts.iter().filter(|cohort| cohort.file.is_some() && !cohort.is_answer()) {
        if let Some(caution) = crate::findings::Caution::small_base(cohort.people.included) {
            let _ =
                writeln!(text, "  {:<7} {}: {caution}; read counts, not percents", "caution", cohort.group);
        }
    }
}
