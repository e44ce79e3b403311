//! The report for people, 100 columns wide at most.

use std::fmt::Write as _;

use crate::cli::ui::counted;
use crate::cli::wrap::{WIDTH, cut, hang, one_line};
use crate::inspect::{QuestionReport, Report};

use super::notes::notes;

/// An id longer than this stands on lines of its own.
const LONGEST_ID: usize = 20;

/// The report as text.
pub(super) fn text(report: &Report, has_definition: bool) -> String {
    let cells = if report.labels { "choice texts" } else { "codes" };
    let headers = counted(report.header_rows, "header row");
    let head = format!("{} export, {cells}, {headers} ({})", report.platform, report.evidence);
    let mut text = hang("", &head, 2);
    text.push_str(&hang("", &responses(report), 2));
    if let Some(sentinel) = &report.seen_unanswered {
        text.push_str(&hang("", &format!("{sentinel} stands for \"seen but not answered\""), 2));
    }
    let inferred = report.questions.iter().filter(|question| !question.defined).count();
    if inferred > 0 && !has_definition {
        let known = "no definition given: choices are those that somebody chose; add --definition FILE to know them all";
        text.push_str(&hang("", known, 2));
    }
    text.push('\n');
    questions(&report.questions, &mut text);
    listed("other column", "", &report.other_columns, &mut text);
    listed("column", " never printed, which may tell who a person is", &report.identifiers, &mut text);
    if !report.notes.is_empty() {
        text.push('\n');
        text.push_str(&notes(&report.notes));
    }
    text
}

fn responses(report: &Report) -> String {
    let responses = &report.responses;
    let mut rows = counted(responses.rows, "row");
    if let Some(records) = &report.records {
        let _ = write!(rows, " of {}", counted(records.records, "record"));
        if let Some(events) = records.events {
            let _ = write!(rows, ", {}", counted(events, "event"));
        }
        if let Some(forms) = records.repeated_forms {
            let _ = write!(rows, ", {}", counted(forms, "repeating form"));
        }
    }
    let mut parts: Vec<String> = Vec::new();
    if let Some(finished) = responses.finished {
        let unfinished = responses.rows.saturating_sub(finished + responses.finished_unknown);
        parts.push(format!("{finished} finished, {unfinished} unfinished"));
        if responses.finished_unknown > 0 {
            parts.push(format!("{} of which that is not known", responses.finished_unknown));
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
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    let columns = counted(report.columns, "column");
    format!("{rows}, {columns}, {}{parts}", counted(report.questions.len() as u64, "question"))
}

/// The widths of the table of questions.
struct Widths {
    id: usize,
    kind: usize,
    wording: usize,
}

fn questions(questions: &[QuestionReport], text: &mut String) {
    let length = |text: &str| text.chars().count();
    let ids = questions.iter().map(|question| length(&one_line(&question.id)));
    let id = ids.filter(|length| *length <= LONGEST_ID).max().unwrap_or(0).max(8);
    let kind = questions.iter().map(|question| length(&question.kind)).max().unwrap_or(0).max(4);
    let answers = questions.iter().map(|question| length(&answered(question))).max().unwrap_or(0).max(8);
    let wording = WIDTH.saturating_sub(2 + id + 1 + kind + 1 + 1 + answers).max(8);
    let widths = Widths { id, kind, wording };
    let _ = writeln!(text, "  {:<id$} {:<kind$} {:<wording$} answered", "question", "kind", "wording");
    for question in questions {
        one(question, &widths, text);
    }
}

fn one(question: &QuestionReport, widths: &Widths, text: &mut String) {
    let &Widths { id: id_width, kind: kind_width, wording: wording_width } = widths;
    let (mut id, wording) = (one_line(&question.id), one_line(&question.wording));
    // Many exports have no other id than the wording; it is said once.
    let wording = if wording == id { String::new() } else { cut(&wording, wording_width) };
    if id.chars().count() > id_width {
        text.push_str(&hang("  ", &id, 2));
        id.clear();
    }
    let _ = writeln!(
        text,
        "  {id:<id_width$} {:<kind_width$} {wording:<wording_width$} {}",
        question.kind,
        answered(question)
    );
    let head = " ".repeat(id_width + 3);
    let more = more(question);
    if !more.is_empty() {
        text.push_str(&hang(&head, &more.join(", "), head.len()));
    }
    let mut choices = question.choices.join(" | ");
    if question.choices_not_shown > 0 {
        let hidden = question.choices_not_shown;
        choices = if question.choices.is_empty() {
            format!("choices not shown: most of the {hidden} texts were given once")
        } else {
            format!("{choices} | {hidden} more, each chosen once, not shown")
        };
    }
    if !choices.is_empty() {
        text.push_str(&hang(&head, &choices, head.len()));
    }
}

fn answered(question: &QuestionReport) -> String {
    match question.answered {
        (fewest, most) if fewest == most => format!("{most} of {}", question.rows),
        (fewest, most) => format!("{fewest}-{most} of {}", question.rows),
    }
}

/// What else there is to say of the answers. Where a row has several cells, cells are counted, and it is said.
fn more(question: &QuestionReport) -> Vec<String> {
    let missing = question.missing.iter().map(|(reason, count)| match question.items {
        0 | 1 => format!("{count} {}", reason.words()),
        _ => format!("{} {}", counted(*count, "cell"), reason.words()),
    });
    let mut more: Vec<String> = missing.collect();
    if question.incomplete_rankings > 0 {
        more.push(counted(question.incomplete_rankings, "incomplete ranking"));
    }
    if question.texts > 0 {
        more.push(format!("{}, not shown", counted(question.texts, "text")));
    }
    more
}

fn listed(noun: &str, what: &str, names: &[String], text: &mut String) {
    if !names.is_empty() {
        let names: Vec<String> = names.iter().map(|name| one_line(name)).collect();
        text.push('\n');
        text.push_str(&hang(
            "",
            &format!("{}{what}: {}", counted(names.len() as u64, noun), names.join(", ")),
            2,
        ));
    }
}
