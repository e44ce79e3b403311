//! What checking found, for machines.

use serde::Serialize;

use crate::cli::notes::NoteRecord;
use crate::cli::study::to_decide;
use crate::diag::Diag;
use crate::pipeline::Checked;
use crate::record::Format;

/// The format of the report for machines: name, major, minor.
const FORMAT: (&str, u32, u32) = ("canvass.check", 1, 0);

#[derive(Serialize)]
struct Report<'a> {
    format: Format,
    /// Whether a run would find no mistake.
    fine: bool,
    problems: Vec<NoteRecord<'a>>,
    #[serde(flatten)]
    study: Option<StudyRecord<'a>>,
}

#[derive(Serialize)]
struct StudyRecord<'a> {
    id: &'a str,
    title: &'a str,
    files: Vec<FileRecord<'a>>,
    groups: Vec<GroupRecord<'a>>,
    questions: Vec<QuestionRecord<'a>>,
    unused: Vec<UnusedRecord<'a>>,
    asks: Vec<AskRecord<'a>>,
    not_asked: &'a [String],
    tables: Vec<&'a str>,
    figures: Vec<&'a str>,
    to_decide: Vec<String>,
    notes: Vec<NoteRecord<'a>>,
}

#[derive(Serialize)]
struct FileRecord<'a> {
    file: &'a str,
    what: &'a str,
    rows: u64,
    questions: Option<u64>,
}

#[derive(Serialize)]
struct GroupRecord<'a> {
    id: &'a str,
    received: u64,
    included: u64,
    excluded: Vec<(&'a str, u64)>,
    invited: Option<u64>,
}

#[derive(Serialize)]
struct QuestionRecord<'a> {
    id: &'a str,
    group: &'a str,
    kind: &'a str,
    from: &'a [String],
    items: u64,
    levels: u64,
}

#[derive(Serialize)]
struct UnusedRecord<'a> {
    file: &'a str,
    questions: &'a [String],
}

#[derive(Serialize)]
struct AskRecord<'a> {
    inquiry: &'a str,
    of: &'a [String],
    groups: &'a [String],
}

/// A study that a run would accept.
pub(super) fn fine(checked: &Checked) -> String {
    let prepared = &checked.prepared;
    let study = &prepared.study;
    let record = StudyRecord {
        id: &study.id,
        title: &study.title,
        files: prepared
            .files
            .iter()
            .map(|file| FileRecord {
                file: file.file.as_str(),
                what: &file.what,
                rows: file.rows,
                questions: file.questions,
            })
            .collect(),
        groups: prepared
            .cohorts
            .iter()
            .filter(|cohort| !cohort.is_answer())
            .map(|cohort| GroupRecord {
                id: &cohort.group,
                received: cohort.people.received,
                included: cohort.people.included,
                excluded: cohort.people.excluded.iter().map(|out| (out.rule.as_str(), out.count)).collect(),
                invited: cohort.people.n_invited(),
            })
            .collect(),
        questions: checked
            .bound
            .iter()
            .map(|bound| QuestionRecord {
                id: &bound.question,
                group: &bound.group,
                kind: bound.kind.name(),
                from: &bound.from,
                items: bound.items as u64,
                levels: bound.levels as u64,
            })
            .collect(),
        unused: checked
            .unused
            .iter()
            .map(|unused| UnusedRecord { file: unused.file.as_str(), questions: &unused.questions })
            .collect(),
        asks: study
            .asks
            .iter()
            .map(|ask| AskRecord { inquiry: ask.inquiry.name(), of: &ask.of, groups: &ask.groups })
            .collect(),
        not_asked: &checked.not_asked,
        tables: study.tables.iter().map(|table| table.shown.id.as_str()).collect(),
        figures: study.figures.iter().map(|figure| figure.shown.id.as_str()).collect(),
        to_decide: to_decide(study, &prepared.sources),
        notes: prepared.notes.iter().map(NoteRecord::of).collect(),
    };
    write(&[], Some(record))
}

/// What is wrong with a study.
pub(super) fn wrong(problems: &[Diag]) -> String {
    write(problems, None)
}

fn write(problems: &[Diag], study: Option<StudyRecord<'_>>) -> String {
    let (name, major, minor) = FORMAT;
    let report = Report {
        format: Format { name: name.to_owned(), major, minor },
        fine: problems.is_empty(),
        problems: problems.iter().map(NoteRecord::of).collect(),
        study,
    };
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}
