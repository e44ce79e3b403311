//! The report for people, 100 columns wide at most.

use std::fmt::Write as _;

use crate::cli::notes::{TO_DECIDE, notes};
use crate::cli::ui::counted;
use crate::cli::wrap::{WIDTH, as_many, column, cut, hang, one_line, pad, width};
use crate::codebook::Missing;
use crate::inspect::{QuestionReport, Report};

/// An id longer than this stands on lines of its own.
const LONGEST_ID: usize = 16;
/// How many columns are named before the rest are counted; the report for machines names all.
const NAMED: usize = 24;
/// A choice is cut to this, so that more of them are seen.
const CHOICE_WIDTH: usize = 24;
/// A column's name is cut to this.
const NAME_WIDTH: usize = 40;

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
    // A file without a header row carries its own codebook.
    if inferred > 0 && !has_definition && report.header_rows > 0 {
        let known = "no definition given: choices are those that somebody chose; add --definition FILE to know them all";
        text.push_str(&hang("", known, 2));
    }
    text.push('\n');
    questions(&report.questions, &mut text);
    listed("other column", "", &report.other_columns, &mut text);
    listed("column", " never printed, which may tell who a person is", &report.identifiers, &mut text);
    text.push_str(&notes(&report.notes, TO_DECIDE));
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

/// The widths of the columns of questions, of which every one begins behind a blank.
struct Widths {
    id: usize,
    kind: usize,
    wording: usize,
    answered: usize,
    because: usize,
}

/// Reasons take at most so much of a line, and go on below it.
const MOST_BECAUSE: usize = 24;
/// A wording is cut to no less than this.
const LEAST_WORDING: usize = 16;

impl Widths {
    fn of(questions: &[QuestionReport]) -> Self {
        let widest = |head: &str, texts: &mut dyn Iterator<Item = String>| {
            texts.map(|text| width(&text)).max().unwrap_or(0).max(width(head))
        };
        let mut ids = questions.iter().map(|question| one_line(&question.id));
        let id = widest("question", &mut ids.by_ref().filter(|id| width(id) <= LONGEST_ID));
        let kind = widest("kind", &mut questions.iter().map(|question| question.kind.clone()));
        let answered = widest("answered", &mut questions.iter().map(answered));
        let reasons = widest("blank because", &mut questions.iter().map(because)).min(MOST_BECAUSE);
        let used = 2 + id + 1 + kind + 1 + 1 + answered + 1;
        let wording = WIDTH.saturating_sub(used + reasons).max(LEAST_WORDING);
        let because = WIDTH.saturating_sub(used + wording).max(8);
        Self { id, kind, wording, answered, because }
    }

    /// A line of the table; blanks at its end are left out.
    fn line(&self, [id, kind, wording, answered, because]: [&str; 5]) -> String {
        let cells = [
            pad(id, self.id),
            pad(kind, self.kind),
            pad(wording, self.wording),
            pad(answered, self.answered),
            because.to_owned(),
        ];
        format!("  {}", cells.join(" ")).trim_end().to_owned() + "\n"
    }
}

fn questions(questions: &[QuestionReport], text: &mut String) {
    let widths = Widths::of(questions);
    text.push_str(&widths.line(["question", "kind", "wording", "answered", "blank because"]));
    for question in questions {
        one(question, &widths, text);
    }
}

fn one(question: &QuestionReport, widths: &Widths, text: &mut String) {
    let (mut id, wording) = (one_line(&question.id), one_line(&question.wording));
    // Many exports have no other id than the wording; it is said once.
    let wording = if wording == id { String::new() } else { cut(&wording, widths.wording) };
    if width(&id) > widths.id {
        text.push_str(&hang("  ", &id, 2));
        id.clear();
    }
    let reasons = column(&because(question), widths.because);
    let first = reasons.first().map_or("", String::as_str);
    text.push_str(&widths.line([&id, &question.kind, &wording, &answered(question), first]));
    let mut reasons = reasons.iter().skip(1);
    // What else there is to say stands under the wording, beside the reasons that go on.
    let room = widths.wording + 1 + widths.answered;
    for said in below(question, room) {
        let because = reasons.next().map_or("", String::as_str);
        let gap = " ".repeat(2 + widths.id + 1 + widths.kind + 1);
        text.push_str(format!("{gap}{} {because}", pad(&said, room)).trim_end());
        text.push('\n');
    }
    reasons.for_each(|because| text.push_str(&widths.line(["", "", "", "", because])));
}

/// The choices, as many as fit on a line, the scale that they make, and the texts that were written beside them.
fn below(question: &QuestionReport, room: usize) -> Vec<String> {
    let hidden = question.choices_not_shown;
    let choices: Vec<String> = question.choices.iter().map(|choice| cut(choice, CHOICE_WIDTH)).collect();
    let choices = match (choices.as_slice(), hidden) {
        ([], 0) => None,
        ([], 1) => Some(cut("1 choice, not shown: it was given once", room)),
        ([], _) => Some(cut(&format!("{hidden} choices, not shown: most were given once"), room)),
        (choices, 0) => Some(as_many(choices, " | ", room)),
        (choices, _) => {
            let tail = format!(" | {hidden} more given once, not shown");
            Some(format!("{}{tail}", as_many(choices, " | ", room.saturating_sub(width(&tail)))))
        }
    };
    let texts = (question.texts > 0).then(|| format!("{}, not shown", counted(question.texts, "text")));
    let scale = question.scale.brief();
    choices.into_iter().chain(scale.into_iter().chain(texts).map(|said| cut(&said, room))).collect()
}

fn answered(question: &QuestionReport) -> String {
    match question.answered {
        (fewest, most) if fewest == most => format!("{most} of {}", question.rows),
        (fewest, most) => format!("{fewest}-{most} of {}", question.rows),
    }
}

/// Why answers are missing. Where a row has several cells, cells are counted, and it is said.
fn because(question: &QuestionReport) -> String {
    let missing = question.missing.iter().map(|(reason, count)| {
        let why = if *reason == Missing::Blank { "unexplained" } else { reason.words() };
        match question.items.len() {
            0 | 1 => format!("{count} {why}"),
            _ => format!("{} {why}", counted(*count, "cell")),
        }
    });
    let mut reasons: Vec<String> = missing.collect();
    if question.incomplete_rankings > 0 {
        reasons.push(format!("{} partial", question.incomplete_rankings));
    }
    reasons.join(", ")
}

fn listed(noun: &str, what: &str, names: &[String], text: &mut String) {
    if !names.is_empty() {
        text.push('\n');
        let head = counted(names.len() as u64, noun);
        let more = names.len().saturating_sub(NAMED);
        let mut named: Vec<String> = names.iter().take(NAMED).map(|name| cut(name, NAME_WIDTH)).collect();
        if more > 0 {
            named.push(format!("and {more} more"));
        }
        text.push_str(&hang("", &format!("{head}{what}: {}", named.join(", ")), 2));
    }
}
