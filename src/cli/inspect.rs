//! `canvass inspect`.

use std::fmt::Write as _;

use serde::Serialize;

use crate::diag::{Diag, FileId, Severity, Sources, render};
use crate::ingest;
use crate::inspect::{QuestionReport, Report, inspect as report_on};
use crate::io::{Disk, Source as _};
use crate::pipeline::Stopped;

use super::args::Inspect;
use super::exit::{DONE, FAILED};
use super::ui::Ui;

/// The width that a report keeps to.
const WIDTH: usize = 100;

pub(super) fn inspect(options: &Inspect, ui: &mut Ui) -> u8 {
    match read(options) {
        Ok(report) => {
            ui.out(&if options.json { json(&report) } else { text(&report, options.definition.is_some()) });
            DONE
        }
        Err(problems) => {
            ui.stopped(&Stopped { problems, sources: Sources::new() });
            FAILED
        }
    }
}

fn read(options: &Inspect) -> Result<Report, Vec<Diag>> {
    let file = FileId::new(&options.export);
    let bytes = Disk.read(&file);
    let definition = options.definition.as_ref().map(|name| {
        let file = FileId::new(name);
        Disk.read(&file).map(|bytes| (file, bytes))
    });
    let (bytes, definition) = match (bytes, definition.transpose()) {
        (Ok(bytes), Ok(definition)) => (bytes, definition),
        (bytes, definition) => return Err(bytes.err().into_iter().chain(definition.err()).collect()),
    };
    let given = definition.as_ref().map(|(file, bytes)| (file, bytes.as_slice()));
    let mut notes = Vec::new();
    let export = ingest::read(&file, &bytes, given)?.note_into(&mut notes);
    Ok(report_on(&export, notes))
}

fn text(report: &Report, defined: bool) -> String {
    let cells = if report.labels { "choice texts" } else { "codes" };
    let headers = if report.header_rows == 1 {
        "1 header row".to_owned()
    } else {
        format!("{} header rows", report.header_rows)
    };
    let mut text = format!("{} export, {cells}, {headers} ({})\n", report.platform, report.evidence);
    responses(report, &mut text);
    if let Some(sentinel) = &report.seen_unanswered {
        let _ = writeln!(text, "{sentinel} stands for \"seen but not answered\"");
    }
    let inferred = report.questions.iter().filter(|question| !question.defined).count();
    if inferred > 0 && !defined {
        text.push_str("no definition given: choices are those that somebody chose; add --definition FILE to know them all\n");
    }
    text.push('\n');
    questions(&report.questions, &mut text);
    listed("other columns", &report.other_columns, &mut text);
    listed("never printed, because they can tell who a person is", &report.identifiers, &mut text);
    if !report.notes.is_empty() {
        let count = |severity| report.notes.iter().filter(|note| note.severity == severity).count();
        let _ = writeln!(
            text,
            "\n{} problems, {} warnings, {} notes",
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note)
        );
        text.push_str(&render(&report.notes, &Sources::new(), false));
    }
    text
}

fn responses(report: &Report, text: &mut String) {
    let responses = &report.responses;
    let rows = if responses.rows == 1 { "1 row".to_owned() } else { format!("{} rows", responses.rows) };
    let _ = write!(text, "{rows}, {} columns, {} questions", report.columns, report.questions.len());
    let mut parts: Vec<String> = Vec::new();
    if let Some(finished) = responses.finished {
        let unknown = responses.finished_unknown;
        let unfinished = responses.rows.saturating_sub(finished + unknown);
        parts.push(format!("{finished} finished, {unfinished} unfinished"));
        if unknown > 0 {
            parts.push(format!("{unknown} of which that is not known"));
        }
    }
    parts.extend(
        responses
            .by_status
            .iter()
            .filter(|(status, _)| status != "ordinary")
            .map(|(status, count)| format!("{count} {status}")),
    );
    if responses.repeated > 0 {
        parts.push(format!("{} with the same answers as an earlier row", responses.repeated));
    }
    let _ = writeln!(
        text,
        "{}",
        if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
    );
}

fn questions(questions: &[QuestionReport], text: &mut String) {
    let id_width =
        questions.iter().map(|question| question.id.chars().count()).max().unwrap_or(0).clamp(8, 20);
    let kind_width =
        questions.iter().map(|question| question.kind.chars().count()).max().unwrap_or(0).clamp(4, 18);
    let wording_width = WIDTH.saturating_sub(2 + id_width + 1 + kind_width + 1 + 13);
    let _ = writeln!(
        text,
        "  {:<id_width$} {:<kind_width$} {:<wording_width$} answered",
        "question", "kind", "wording"
    );
    for question in questions {
        let answered = match question.answered {
            (fewest, most) if fewest == most => format!("{most} of {}", question.rows),
            (fewest, most) => format!("{fewest}-{most} of {}", question.rows),
        };
        let _ = writeln!(
            text,
            "  {:<id_width$} {:<kind_width$} {:<wording_width$} {answered}",
            cut(&question.id, id_width),
            cut(&question.kind, kind_width),
            cut(&question.wording, wording_width),
        );
        let mut more: Vec<String> =
            question.missing.iter().map(|(reason, count)| format!("{count} {}", reason.words())).collect();
        if question.incomplete_rankings > 0 {
            more.push(format!("{} incomplete rankings", question.incomplete_rankings));
        }
        if question.texts > 0 {
            more.push(format!("{} texts, not shown", question.texts));
        }
        if !more.is_empty() {
            let _ = writeln!(text, "  {:id_width$} {}", "", cut(&more.join(", "), WIDTH - id_width - 3));
        }
        if !question.choices.is_empty() {
            let choices = question.choices.join(" | ");
            let _ = writeln!(text, "  {:id_width$} {}", "", cut(&choices, WIDTH - id_width - 3));
        }
    }
}

fn listed(what: &str, names: &[String], text: &mut String) {
    if !names.is_empty() {
        let _ = writeln!(text, "\n{} {what}: {}", names.len(), cut(&names.join(", "), WIDTH * 2));
    }
}

/// A text on one line, cut to a width in characters.
fn cut(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    if line.chars().count() <= width {
        return line;
    }
    let kept: String = line.chars().take(width.saturating_sub(1)).collect();
    format!("{}\u{2026}", kept.trim_end())
}

#[derive(Serialize)]
struct ReportRecord<'a> {
    platform: &'a str,
    evidence: &'a str,
    header_rows: u64,
    columns: u64,
    rows: u64,
    finished: Option<u64>,
    by_status: Vec<(&'a str, u64)>,
    repeated: u64,
    cells: &'static str,
    seen_unanswered: Option<&'a str>,
    questions: Vec<QuestionRecord<'a>>,
    other_columns: &'a [String],
    identifiers: &'a [String],
    notes: Vec<NoteRecord>,
}

#[derive(Serialize)]
struct QuestionRecord<'a> {
    id: &'a str,
    kind: &'a str,
    wording: &'a str,
    choices: &'a [String],
    defined: bool,
    answered_least: u64,
    answered_most: u64,
    rows: u64,
    missing: Vec<(&'static str, u64)>,
    incomplete_rankings: u64,
    texts: u64,
}

#[derive(Serialize)]
struct NoteRecord {
    code: &'static str,
    severity: &'static str,
    message: String,
    place: String,
    help: Option<String>,
}

fn json(report: &Report) -> String {
    let questions = report.questions.iter().map(|question| QuestionRecord {
        id: &question.id,
        kind: &question.kind,
        wording: &question.wording,
        choices: &question.choices,
        defined: question.defined,
        answered_least: question.answered.0,
        answered_most: question.answered.1,
        rows: question.rows,
        missing: question.missing.iter().map(|(reason, count)| (reason.id(), *count)).collect(),
        incomplete_rankings: question.incomplete_rankings,
        texts: question.texts,
    });
    let notes = report.notes.iter().map(|note| NoteRecord {
        code: note.code.as_str(),
        severity: match note.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        message: note.message.clone(),
        place: note.place.to_string(),
        help: note.help.clone(),
    });
    let record = ReportRecord {
        platform: report.platform,
        evidence: &report.evidence,
        header_rows: report.header_rows,
        columns: report.columns,
        rows: report.responses.rows,
        finished: report.responses.finished,
        by_status: report
            .responses
            .by_status
            .iter()
            .map(|(status, count)| (status.as_str(), *count))
            .collect(),
        repeated: report.responses.repeated,
        cells: if report.labels { "labels" } else { "codes" },
        seen_unanswered: report.seen_unanswered.as_deref(),
        questions: questions.collect(),
        other_columns: &report.other_columns,
        identifiers: &report.identifiers,
        notes: notes.collect(),
    };
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}
