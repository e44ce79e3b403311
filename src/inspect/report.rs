//! The report about an export.

use std::borrow::Cow;

use crate::codebook::{Form, Item, Missing, Question, is_ranked};
use crate::diag::Diag;
use crate::ingest::Export;
use crate::normalise::Coder;
use crate::responses::{Answer, Answers, Codes, RankState};

use super::choices;
use super::records::{self, Records};
use super::responses::{self, ResponseCounts};
use super::scale::{self, ScaleReport};

/// What an export holds.
#[derive(Debug, Clone)]
pub struct Report {
    /// Which platform wrote it.
    pub platform: &'static str,
    /// How that is known.
    pub evidence: String,
    /// Header rows.
    pub header_rows: u64,
    /// Columns.
    pub columns: u64,
    /// The responses.
    pub responses: ResponseCounts,
    /// The records, where rows are not records.
    pub records: Option<Records>,
    /// Whether the cells hold labels (else codes).
    pub labels: bool,
    /// The text that stands for "seen but not answered".
    pub seen_unanswered: Option<String>,
    /// The questions in the order of the instrument.
    pub questions: Vec<QuestionReport>,
    /// Names of columns that belong to no question and are not about the response.
    pub other_columns: Vec<String>,
    /// Names of columns that can tell who a person is.
    pub identifiers: Vec<String>,
    /// Everything worth saying about cells and columns.
    pub notes: Vec<Diag>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionReport {
    /// The id by which a study file names it.
    pub id: String,
    /// Its kind, with the number of items or choices.
    pub kind: String,
    /// Its wording.
    pub wording: String,
    /// Its choices or the points of its matrix, in the order of the definition; of choices that were inferred those
    /// that may be shown.
    pub choices: Vec<String>,
    /// Choices that were inferred and are not shown, because one person alone may have given them.
    pub choices_not_shown: u64,
    /// The scale on which its choices are ordered, or why their order is not certain.
    pub scale: ScaleReport,
    /// Its items; one with an empty id where a row is one answer.
    pub items: Vec<ItemReport>,
    /// Whether kind and choices come from a definition.
    pub defined: bool,
    /// The fewest and the most rows in which an item is answered.
    pub answered: (u64, u64),
    /// Rows of the export.
    pub rows: u64,
    /// Missing answers over all items, by reason.
    pub missing: Vec<(Missing, u64)>,
    /// Rankings that are given but not complete.
    pub incomplete_rankings: u64,
    /// Texts written beside a choice; never shown.
    pub texts: u64,
}

/// The answers to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemReport {
    /// The id by which a study file may name it.
    pub id: String,
    /// Its wording.
    pub label: String,
    /// The rows in which it is answered.
    pub answered: u64,
    /// Rows without an answer, by reason.
    pub missing: Vec<(Missing, u64)>,
}

/// Reports on an export; `notes` are what reading it noted.
pub fn inspect(export: &Export, mut notes: Vec<Diag>) -> Report {
    let coder = Coder::new(export);
    let questions: Vec<QuestionReport> = export
        .instrument
        .questions
        .iter()
        .filter(|question| !is_identifier(export, question))
        .map(|question| report(export, &coder, question, &mut notes))
        .collect();
    let (records, warning) = records::count(export).unzip();
    notes.extend(warning);
    let names = |columns: &[usize]| -> Vec<String> {
        columns.iter().filter_map(|column| export.table.names().get(*column).cloned()).collect()
    };
    Report {
        platform: export.platform.words(),
        evidence: export.evidence.clone(),
        header_rows: export.header_rows as u64,
        columns: export.table.names().len() as u64,
        responses: responses::count(export),
        records,
        labels: export.cells == crate::ingest::Cells::Labels,
        seen_unanswered: export.seen_unanswered.clone(),
        questions,
        other_columns: names(&export.other_columns),
        identifiers: names(&export.identifiers),
        notes,
    }
}

/// Whether a question that no definition declares holds who a person is: then its choices are names, and it is none.
pub(super) fn is_identifier(export: &Export, question: &Question) -> bool {
    !question.defined && question.form.columns().iter().any(|column| export.identifiers.contains(column))
}

fn report(export: &Export, coder: &Coder<'_>, question: &Question, notes: &mut Vec<Diag>) -> QuestionReport {
    let coded = coder.code(question, None).note_into(notes);
    let rows = export.table.height();
    let items = item_reports(question, &items(&coded.answers, rows));
    let answered = || items.iter().map(|item| item.answered);
    let missing = counted(|reason| {
        let of_reason = items.iter().flat_map(|item| &item.missing).filter(|(why, _)| *why == reason);
        of_reason.map(|(_, count)| count).sum()
    });
    let (choices, choices_not_shown) = choices::shown(question, &coded.answers);
    QuestionReport {
        scale: scale::of(question, &choices, choices_not_shown),
        id: question.id.clone(),
        kind: kind(&question.form),
        wording: question.wording.clone(),
        choices,
        choices_not_shown,
        answered: (answered().min().unwrap_or(0), answered().max().unwrap_or(0)),
        items,
        defined: question.defined,
        rows: rows as u64,
        missing,
        incomplete_rankings: incomplete(&coded.answers),
        texts: texts(export, &question.form),
    }
}

/// The items of a question with their answers counted.
fn item_reports(question: &Question, answers: &[Cow<'_, Codes>]) -> Vec<ItemReport> {
    let named: &[Item] = match &question.form {
        Form::Battery { items, .. }
        | Form::MultiBattery { items, .. }
        | Form::Numbers { items }
        | Form::Texts { items }
            if items.len() > 1 && items.len() == answers.len() =>
        {
            items
        }
        _ => &[],
    };
    let report = |(position, codes): (usize, &Cow<'_, Codes>)| {
        let tally = codes.tally_all(0);
        let item = named.get(position);
        ItemReport {
            id: item.map(|item| item.id.clone()).unwrap_or_default(),
            label: item.map(|item| item.label.clone()).unwrap_or_default(),
            answered: tally.answered(),
            missing: counted(|reason| tally.missing(reason)),
        }
    };
    answers.iter().enumerate().map(report).collect()
}

/// The reasons for which anything is missing, with how often.
pub(super) fn counted(count: impl Fn(Missing) -> u64) -> Vec<(Missing, u64)> {
    Missing::ALL.into_iter().map(|reason| (reason, count(reason))).filter(|(_, count)| *count > 0).collect()
}

/// The answers of every row to every item. What is only counted has the code 0 for any answer.
pub(super) fn items(answers: &Answers, rows: usize) -> Vec<Cow<'_, Codes>> {
    match answers {
        Answers::Choice(codes) => vec![Cow::Borrowed(codes)],
        Answers::Scaled { items } | Answers::Choices { items } | Answers::Texts { items } => {
            items.iter().map(Cow::Borrowed).collect()
        }
        Answers::Ticks(ticks) => vec![Cow::Borrowed(&ticks.answered)],
        Answers::TickItems { items } => items.iter().map(|ticks| Cow::Borrowed(&ticks.answered)).collect(),
        Answers::Numbers { items } => items
            .iter()
            .map(|numbers| {
                let given = |number: &Result<f64, Missing>| match number {
                    Ok(_) => Answer::Given(0),
                    Err(why) => Answer::Missing(*why),
                };
                Cow::Owned(numbers.iter().map(given).collect())
            })
            .collect(),
        Answers::Ranks(rankings) => {
            let given = |row: usize| match rankings.get(row).map(|ranking| ranking.state) {
                Some(RankState::Missing(reason)) => Answer::Missing(reason),
                Some(RankState::Invalid | RankState::Tied) => Answer::Missing(Missing::Unreadable),
                Some(_) => Answer::Given(0),
                None => Answer::Missing(Missing::Blank),
            };
            vec![Cow::Owned((0..rows).map(given).collect())]
        }
    }
}

fn incomplete(answers: &Answers) -> u64 {
    match answers {
        Answers::Ranks(rankings) => rankings
            .iter()
            .filter(|ranking| matches!(ranking.state, RankState::TopK(_) | RankState::Partial))
            .count() as u64,
        _ => 0,
    }
}

fn texts(export: &Export, form: &Form) -> u64 {
    match form {
        Form::Single { texts, .. } | Form::Multi { texts, .. } => texts
            .iter()
            .map(|column| {
                let written = |text: &str| export.seen_unanswered.as_deref() != Some(text);
                let texts = export.table.tally(*column).filter(|(text, _)| written(text));
                texts.map(|(_, count)| count).sum::<u64>()
            })
            .sum(),
        _ => 0,
    }
}

/// The kind with its size: "one of 4", "any of 6", "grid 6 x 5", "grid 3 x 4, any", "ranking of 3".
pub(super) fn kind(form: &Form) -> String {
    let several = |word: &str, n: usize| if n == 1 { word.to_owned() } else { format!("{n} {word}s") };
    match form {
        Form::Single { choices, .. } => format!("one of {}", choices.len()),
        Form::Multi { choices, .. } => format!("any of {}", choices.len()),
        Form::Battery { items, choices } => format!("grid {} x {}", items.len(), choices.len()),
        Form::MultiBattery { items, choices, .. } => format!("grid {} x {}, any", items.len(), choices.len()),
        Form::Ranking { items } | Form::Scores { items, .. } => format!("ranking of {}", items.len()),
        Form::Ordering { choices, .. } => {
            format!("ranking of {}", choices.iter().filter(|choice| is_ranked(choice)).count())
        }
        Form::Numbers { items } => several("number", items.len()),
        Form::Texts { items } => several("text", items.len()),
        Form::Date { .. } => "date".to_owned(),
        Form::Other { what, .. } => (*what).to_owned(),
    }
}
