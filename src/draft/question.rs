//! Questions of an export as questions of a study, or why one is left out.

use std::collections::BTreeSet;

use crate::codebook::{Form, Kind, MultiCells, Question};
use crate::ingest::Export;
use crate::inspect::{QuestionReport, Report};

use super::doubt::Doubt;
use super::scale::{Found, Scale, find};

/// A question as the study will ask it of one export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The id in the export.
    pub(super) source: String,
    pub(super) label: String,
    pub(super) kind: Kind,
    pub(super) scale: Option<Scale>,
    /// Its choices, where only the answers tell them.
    pub(super) choices: Vec<String>,
    /// How many items it has.
    pub(super) items: usize,
    /// What tells questions of two exports apart that have one id: choices or items.
    pub(super) shape: Vec<String>,
    pub(super) doubts: Vec<Doubt>,
}

/// What becomes of a question.
pub(super) enum Drafted {
    /// The study asks it.
    Asked(Box<Asked>),
    /// It does not, and why.
    Left(&'static str),
}

/// Why a question is left out that may tell who a person is.
pub(super) const PRIVATE: &str = "may tell who a person is";

/// Drafts every question of an export, with its id there.
pub(super) fn draft<'a>(export: &'a Export, report: &Report) -> Vec<(&'a str, Drafted)> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let questions = &export.instrument.questions;
    let drafted = |question: &'a Question| {
        let id = question.id.as_str();
        let drafted = if question.form.columns().iter().any(|column| export.identifiers.contains(column)) {
            Drafted::Left(PRIVATE)
        } else if id.trim().is_empty() || !seen.insert(id) {
            Drafted::Left("has the id of another question, so that nothing can name it")
        } else {
            let told = report.questions.iter().find(|told| told.id == id);
            one(question, told)
        };
        (id, drafted)
    };
    questions.iter().map(drafted).collect()
}

/// Columns that are no question's and may tell who a person is, without those about the response itself.
pub(super) fn private_columns(export: &Export) -> Vec<String> {
    let of_questions: BTreeSet<usize> =
        export.instrument.questions.iter().flat_map(|question| question.form.columns()).collect();
    let rest = &export.metadata.rest;
    let columns =
        export.identifiers.iter().filter(|column| !of_questions.contains(column) && !rest.contains(column));
    columns.filter_map(|column| export.table.names().get(*column).cloned()).collect()
}

fn one(question: &Question, told: Option<&QuestionReport>) -> Drafted {
    let new = |kind: Kind, items: usize| Asked {
        source: question.id.clone(),
        label: label(&question.wording),
        kind,
        scale: None,
        choices: Vec::new(),
        items,
        shape: Vec::new(),
        doubts: Vec::new(),
    };
    let written = |label: &str| may_be_written(label, told);
    let labels: Vec<String> = question.form.choices().iter().map(|choice| choice.label.clone()).collect();
    let asked = match &question.form {
        Form::Single { choices, .. } => match find(choices, question.defined, written) {
            Found::Known(scale) => Asked { scale: Some(scale), shape: labels, ..new(Kind::Likert, 1) },
            _ if question.defined && choices.len() < 2 => {
                return Drafted::Left("has fewer than two choices");
            }
            _ if question.defined => Asked { shape: labels, ..new(Kind::Single, 1) },
            _ if choices.is_empty() => return Drafted::Left("was answered by nobody"),
            _ => match seen_choices(&labels, &written) {
                Some((choices, hidden)) => {
                    let doubts = hidden_choices(hidden).into_iter().collect();
                    Asked { shape: choices.clone(), choices, doubts, ..new(Kind::Single, 1) }
                }
                // Texts that one person each gave are no list of choices.
                None if question.form.columns().len() == 1 => {
                    Asked { doubts: vec![as_text()], ..new(Kind::Text, 1) }
                }
                None => return Drafted::Left("has no choices that may be shown"),
            },
        },
        Form::Battery { items, choices } => match find(choices, question.defined, written) {
            Found::Known(scale) | Found::Open(scale) => {
                let hidden = if scale.is_known() { 0 } else { labels.len().saturating_sub(scale.len()) };
                let doubts = if question.defined { None } else { hidden_choices(hidden) };
                Asked {
                    scale: Some(scale),
                    shape: items.iter().map(|item| item.label.clone()).collect(),
                    doubts: doubts.into_iter().collect(),
                    ..new(Kind::Likert, items.len())
                }
            }
            Found::None => return Drafted::Left("has no two points that may be shown"),
        },
        Form::Multi { cells, choices, .. } => multi(question, cells, choices.len(), &labels, &written, &new),
        Form::Ranking { items } | Form::Scores { items, .. } if items.len() > 1 => Asked {
            shape: items.iter().map(|item| item.label.clone()).collect(),
            ..new(Kind::Ranking, items.len())
        },
        Form::Numbers { items } => Asked { shape: shape(items), ..new(Kind::Number, items.len()) },
        Form::Texts { items } => Asked { shape: shape(items), ..new(Kind::Text, items.len()) },
        Form::MultiBattery { .. } => {
            return Drafted::Left("is a grid with several answers in a row, which no inquiry takes yet");
        }
        Form::Ordering { choices, .. } if choices.len() > 1 => {
            Asked { shape: labels, ..new(Kind::Ranking, choices.len()) }
        }
        Form::Ranking { .. } | Form::Scores { .. } | Form::Ordering { .. } => {
            return Drafted::Left("ranks a single item");
        }
        Form::Date { .. } => return Drafted::Left("is a date, which no inquiry takes yet"),
        Form::Other { what, .. } => return Drafted::Left(what),
    };
    if asked.kind == Kind::Multi && asked.shape.is_empty() {
        return Drafted::Left("has no choices that may be shown");
    }
    Drafted::Asked(Box::new(asked))
}

fn shape(items: &[crate::codebook::Item]) -> Vec<String> {
    if items.len() > 1 { items.iter().map(|item| item.label.clone()).collect() } else { Vec::new() }
}

fn multi(
    question: &Question,
    cells: &MultiCells,
    choices: usize,
    labels: &[String],
    written: &dyn Fn(&str) -> bool,
    new: &dyn Fn(Kind, usize) -> Asked,
) -> Asked {
    let joined = matches!(cells, MultiCells::Joined { .. });
    if question.defined || !joined {
        return Asked { shape: labels.to_vec(), ..new(Kind::Multi, 1) };
    }
    let (shown, hidden) = seen_choices(labels, written).unwrap_or((Vec::new(), choices));
    Asked {
        shape: shown.clone(),
        choices: shown,
        doubts: hidden_choices(hidden).into_iter().collect(),
        ..new(Kind::Multi, 1)
    }
}

/// The choices that may stand in a file and how many may not; nothing if too few may.
fn seen_choices(labels: &[String], written: &dyn Fn(&str) -> bool) -> Option<(Vec<String>, usize)> {
    let mut shown: Vec<String> = Vec::new();
    for label in labels.iter().filter(|label| written(label)) {
        if !shown.contains(label) {
            shown.push(label.clone());
        }
    }
    let hidden = labels.len() - shown.len();
    (shown.len() >= 2 || (hidden == 0 && !shown.is_empty())).then_some((shown, hidden))
}

fn hidden_choices(hidden: usize) -> Option<Doubt> {
    (hidden > 0).then(|| Doubt {
        alone: if hidden == 1 {
            "1 text that one person alone gave may tell who that is, so that it is not listed and counts as unreadable: add it if it is a choice".to_owned()
        } else {
            format!("{hidden} texts that one person alone gave may tell who that is, so that they are not listed and count as unreadable: add them if they are choices")
        },
        together: "have texts that one person alone gave; they may tell who that is, so that they are not listed and count as unreadable: add those that are choices",
    })
}

fn as_text() -> Doubt {
    Doubt {
        alone: "few answers repeat, so it is taken for free text, of which only the presence is counted: if it has choices, declare them".to_owned(),
        together: "have few answers that repeat, so that they are taken for free text, of which only the presence is counted; declare their choices if they have any",
    }
}

/// Whether a choice that was only seen in cells may be written into a file: several people gave it, or it is a number.
fn may_be_written(label: &str, told: Option<&QuestionReport>) -> bool {
    let short_number = label.trim().len() <= 3 && label.trim().parse::<i32>().is_ok();
    short_number || told.is_some_and(|told| told.choices.iter().any(|choice| choice == label))
}

/// The longest label, in letters; a wording can be a page.
const LONGEST_LABEL: usize = 140;

/// A wording on one line.
fn label(wording: &str) -> String {
    let line: String = wording
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    match line.char_indices().nth(LONGEST_LABEL) {
        Some((end, _)) => {
            let kept = &line[..end];
            let word = kept.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
            format!("{}\u{2026}", kept[..word].trim_end())
        }
        None => line,
    }
}
