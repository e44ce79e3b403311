//! Tables: from findings to rows of cells, to Markdown, HTML, CSV, JSON, LaTeX, Word and Excel.
//!
//! A cell knows the findings that it shows, so that every printed number can be followed back. The renderers add
//! separators and escapes and nothing else.

mod build;
pub mod codebook;
mod csv;
mod docx;
mod draft;
mod html;
mod json;
mod latex;
mod markdown;
#[cfg(test)]
mod samples;
mod table;
mod xlsx;

use std::fmt;

use crate::findings::{Findings, Kind, Outline, QuestionOutline};
use crate::numbers::NumberStyle;

pub use csv::csv;
pub use docx::{NoDocument, docx};
pub use html::{escape as escape_html, html, html_fragment};
pub use json::json;
pub use latex::{latex, latex_document};
pub use markdown::markdown;
pub use table::{Cell, Quote, Row, Section, Table, letter};
pub use xlsx::{NoWorkbook, xlsx};

use draft::Draft;

/// What is to be tabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRequest {
    /// The id of the table, which is also the name of its files.
    pub id: String,
    /// Its title; if empty, one that follows from its kind.
    pub title: String,
    /// The groups in order; if empty, every group that was asked.
    pub groups: Vec<String>,
    /// What kind of table, of which questions.
    pub kind: TableKind,
}

/// The kinds of tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableKind {
    /// Those invited, what became of them, response rates, rows analysed: a row for each group.
    Response,
    /// Single choices and single questions on a scale, a column for each group, with those who did not answer.
    Sample {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Items on a scale: every point, base, missing, median, mean, top box.
    Items {
        /// The question.
        question: String,
    },
    /// Choices of a multi-select: respondents and mentions as two bases.
    Choices {
        /// The question.
        question: String,
    },
    /// A ranking: how often each item has each rank, mean rank, order with ties.
    Ranking {
        /// The question.
        question: String,
    },
    /// From those invited to those analysed, step by step, and whom the screens would leave out.
    Flow,
    /// Numbers: base, mean, median, range.
    Numbers {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Items on a scale by its two sides: below, at and above its middle, bottom and top box.
    Sides {
        /// The question.
        question: String,
    },
    /// The items of a score and their reliability together.
    Battery {
        /// The score.
        score: String,
    },
    /// Ratings from 0 to 10: promoters, passives, detractors and the score.
    NetPromoter {
        /// The questions in order.
        questions: Vec<String>,
    },
}

/// Why there is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTabled {
    /// There is no group of this name.
    UnknownGroup {
        /// The name.
        group: String,
    },
    /// None of the groups was asked a question of this name.
    UnknownQuestion {
        /// The name.
        question: String,
    },
    /// The question is of a kind that this table cannot show.
    WrongKind {
        /// The question.
        question: String,
        /// Its kind.
        kind: Kind,
    },
    /// The groups answered on different scales, so that one heading cannot stand over both.
    DifferentScales {
        /// The question.
        question: String,
    },
}

impl fmt::Display for NotTabled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownGroup { group } => write!(f, "there is no group {group}"),
            Self::UnknownQuestion { question } => write!(f, "no group of the table was asked {question}"),
            Self::WrongKind { question, .. } => {
                write!(f, "{question} is of a kind that this table cannot show")
            }
            Self::DifferentScales { question } => {
                write!(f, "the groups answered {question} on different scales: make a table for each group")
            }
        }
    }
}

impl std::error::Error for NotTabled {}

/// Builds a table from the findings.
pub fn build(
    request: &TableRequest,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Result<Table, NotTabled> {
    let mut draft = Draft::new(findings, style);
    let groups = groups(outline, &request.groups)?;
    let mut table = match &request.kind {
        TableKind::Response => build::response(&mut draft, outline, &groups),
        TableKind::Sample { questions } => {
            let asked = each(outline, &groups, questions, &[Kind::Single, Kind::Likert, Kind::Date])?;
            // A battery has a table of its own; a single question on a scale describes people as a choice does.
            if let Some(battery) = asked.iter().flatten().find(|question| question.items.len() > 1) {
                return Err(NotTabled::WrongKind { question: battery.id.clone(), kind: battery.kind });
            }
            build::sample(&mut draft, outline, &groups, &asked)
        }
        TableKind::Items { question } => {
            let asked = asked(outline, &groups, question, &[Kind::Likert])?;
            if asked.windows(2).any(|pair| pair[0].levels != pair[1].levels) {
                return Err(NotTabled::DifferentScales { question: question.clone() });
            }
            build::items(&mut draft, outline, &asked)
        }
        TableKind::Choices { question } => {
            build::choices(&mut draft, outline, &asked(outline, &groups, question, &[Kind::Multi])?)
        }
        TableKind::Ranking { question } => {
            build::ranking(&mut draft, outline, &asked(outline, &groups, question, &[Kind::Ranking])?)
        }
        TableKind::Flow => build::flow(&mut draft, outline, &groups),
        TableKind::Numbers { questions } => {
            build::numbers(&mut draft, outline, &each(outline, &groups, questions, &[Kind::Number])?)
        }
        TableKind::Sides { question } => {
            build::sides(&mut draft, outline, &asked(outline, &groups, question, &[Kind::Likert])?)
        }
        TableKind::Battery { score } => {
            let asked = asked(outline, &groups, score, &[Kind::Number])?;
            if let Some(no_score) = asked.iter().find(|question| question.parts.is_empty()) {
                return Err(NotTabled::WrongKind { question: score.clone(), kind: no_score.kind });
            }
            build::battery(&mut draft, outline, &asked)
        }
        TableKind::NetPromoter { questions } => {
            let asked = each(outline, &groups, questions, &[Kind::Likert, Kind::Number])?;
            build::net_promoter(&mut draft, outline, &asked)
        }
    };
    table.id.clone_from(&request.id);
    if !request.title.trim().is_empty() {
        table.title.clone_from(&request.title);
    }
    let (footnotes, methods) = draft.finish();
    table.footnotes = footnotes;
    table.order_footnotes();
    table.notes.extend(methods);
    table.notes.extend(outline.notes.iter().cloned());
    Ok(table)
}

/// The groups that are named, all of them if none is.
fn groups(outline: &Outline, wanted: &[String]) -> Result<Vec<String>, NotTabled> {
    if wanted.is_empty() {
        return Ok(outline.groups.iter().map(|group| group.id.clone()).collect());
    }
    match wanted.iter().find(|wanted| !outline.groups.iter().any(|group| group.id == **wanted)) {
        Some(unknown) => Err(NotTabled::UnknownGroup { group: unknown.clone() }),
        None => Ok(wanted.to_vec()),
    }
}

/// The question as each of the groups was asked it; a group that was not asked it is passed over.
fn asked<'a>(
    outline: &'a Outline,
    groups: &[String],
    question: &str,
    kinds: &[Kind],
) -> Result<Vec<&'a QuestionOutline>, NotTabled> {
    let asked: Vec<&QuestionOutline> =
        groups.iter().filter_map(|group| outline.question(group, question)).collect();
    if asked.is_empty() {
        return Err(NotTabled::UnknownQuestion { question: question.to_owned() });
    }
    match asked.iter().find(|asked| !kinds.contains(&asked.kind)) {
        Some(wrong) => Err(NotTabled::WrongKind { question: question.to_owned(), kind: wrong.kind }),
        None => Ok(asked),
    }
}

/// Several questions, each as the groups were asked it.
fn each<'a>(
    outline: &'a Outline,
    groups: &[String],
    questions: &[String],
    kinds: &[Kind],
) -> Result<Vec<Vec<&'a QuestionOutline>>, NotTabled> {
    questions.iter().map(|question| asked(outline, groups, question, kinds)).collect()
}

#[cfg(test)]
mod tests;
