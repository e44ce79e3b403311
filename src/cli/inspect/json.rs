//! The report for machines.

use serde::Serialize;

use crate::cli::notes::NoteRecord;
use crate::codebook::Missing;
use crate::inspect::Report;
use crate::record::Format;

/// The format of the report for machines: name, major, minor.
const FORMAT: (&str, u32, u32) = ("canvass.inspect", 1, 0);

#[derive(Serialize)]
struct ReportRecord<'a> {
    format: Format,
    platform: &'a str,
    evidence: &'a str,
    header_rows: u64,
    columns: u64,
    rows: u64,
    records: Option<u64>,
    events: Option<u64>,
    repeated_forms: Option<u64>,
    finished: Option<u64>,
    finished_unknown: u64,
    by_status: Vec<(&'a str, u64)>,
    repeated: u64,
    cells: &'static str,
    seen_unanswered: Option<&'a str>,
    questions: Vec<QuestionRecord<'a>>,
    other_columns: &'a [String],
    identifiers: &'a [String],
    notes: Vec<NoteRecord<'a>>,
}

#[derive(Serialize)]
struct QuestionRecord<'a> {
    id: &'a str,
    kind: &'a str,
    wording: &'a str,
    choices: &'a [String],
    choices_not_shown: u64,
    scale: Option<String>,
    items: Vec<ItemRecord<'a>>,
    defined: bool,
    answered_least: u64,
    answered_most: u64,
    rows: u64,
    missing: Vec<(&'static str, u64)>,
    incomplete_rankings: u64,
    texts: u64,
}

#[derive(Serialize)]
struct ItemRecord<'a> {
    id: &'a str,
    label: &'a str,
    answered: u64,
    missing: Vec<(&'static str, u64)>,
}

/// The report as JSON.
pub(super) fn json(report: &Report) -> String {
    let questions = report.questions.iter().map(|question| QuestionRecord {
        id: &question.id,
        kind: &question.kind,
        wording: &question.wording,
        choices: &question.choices,
        choices_not_shown: question.choices_not_shown,
        scale: question.scale.words(),
        items: question
            .items
            .iter()
            .map(|item| ItemRecord {
                id: &item.id,
                label: &item.label,
                answered: item.answered,
                missing: reasons(&item.missing),
            })
            .collect(),
        defined: question.defined,
        answered_least: question.answered.0,
        answered_most: question.answered.1,
        rows: question.rows,
        missing: reasons(&question.missing),
        incomplete_rankings: question.incomplete_rankings,
        texts: question.texts,
    });
    let (name, major, minor) = FORMAT;
    let record = ReportRecord {
        format: Format { name: name.to_owned(), major, minor },
        platform: report.platform,
        evidence: &report.evidence,
        header_rows: report.header_rows,
        columns: report.columns,
        rows: report.responses.rows,
        records: report.records.map(|records| records.records),
        events: report.records.and_then(|records| records.events),
        repeated_forms: report.records.and_then(|records| records.repeated_forms),
        finished: report.responses.finished,
        finished_unknown: report.responses.finished_unknown,
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
        notes: report.notes.iter().map(NoteRecord::of).collect(),
    };
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}

fn reasons(missing: &[(Missing, u64)]) -> Vec<(&'static str, u64)> {
    missing.iter().map(|(reason, count)| (reason.id(), *count)).collect()
}
