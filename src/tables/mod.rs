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

use crate::findings::{Findings, Kind, LinkOutline, Named, Outline, QuestionOutline};
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
    /// Choices of a multi-select ticked together: a row and a column for each choice.
    CoSelection {
        /// The question.
        question: String,
    },
    /// Preferences in pairs: a row and a column for each item of a ranking.
    Preferences {
        /// The question.
        question: String,
    },
    /// Worths of the Plackett-Luce model with comparison intervals.
    Worths {
        /// The question.
        question: String,
    },
    /// A multi-select of several sides: shares, differences, and tests of each option and of all together.
    MultiComparison {
        /// The question.
        question: String,
    },
    /// A ranking of several sides: mean ranks, differences, and tests of each item and of all together.
    RankingComparison {
        /// The question.
        question: String,
    },
    /// What became of everybody invited: a column for each group and for all together.
    Dispositions,
    /// Every outcome rate of the standard: a column for each group and for all together.
    OutcomeRates,
    /// Who responded by what the roster tells or, of questions, what those who did not respond could change.
    Nonresponse {
        /// The questions; without any, the people.
        questions: Vec<String>,
    },
    /// From those invited to those analysed, step by step, and whom the screens would leave out.
    Flow,
    /// Numbers: base, mean, median, range.
    Numbers {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Sides compared, a row for each item: what each side answered, the size of the difference, p-values.
    Comparisons {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// The answers to a question by those to another.
    Crosstab {
        /// The question.
        question: String,
        /// What the percents are of.
        percent: PercentOf,
    },
    /// What other programs print of the comparisons by default, where it differs.
    Defaults {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// The account of a link: its pairs, and the people and responses of both sides.
    Pairs {
        /// The link.
        link: String,
    },
    /// Agreement of both sides of a link, a row for each item.
    Agreement {
        /// The link.
        link: String,
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Likeness of both sides of a link against chance, a row for each attribute and item.
    Concordance {
        /// The link.
        link: String,
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Both sides of a link compared pair by pair, a row for each item.
    Change {
        /// The link.
        link: String,
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

/// What the percents of a crosstab are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PercentOf {
    /// The people of a row, who gave one answer to the question.
    Row,
    /// The people of a column, who are one side.
    #[default]
    Column,
    /// All people of the table.
    Total,
}

/// Why there is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTabled {
    /// There is no group of this name.
    UnknownGroup {
        /// The name.
        group: String,
    },
    /// There is no link of this name.
    UnknownLink {
        /// The name.
        link: String,
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
    /// Nothing compares these groups in these questions.
    NotCompared,
    /// The comparisons have different sides, so that one heading cannot stand over both.
    DifferentSides,
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
            Self::UnknownLink { link } => write!(f, "there is no link {link}"),
            Self::UnknownQuestion { question } => write!(f, "no group of the table was asked {question}"),
            Self::WrongKind { question, .. } => {
                write!(f, "{question} is of a kind that this table cannot show")
            }
            Self::NotCompared => write!(f, "nothing compares these groups"),
            Self::DifferentSides => {
                write!(f, "the comparisons have different sides: make a table for each")
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
        TableKind::CoSelection { question } => {
            build::co_selection(&mut draft, outline, &asked(outline, &groups, question, &[Kind::Multi])?)
        }
        TableKind::Preferences { question } => {
            build::preferences(&mut draft, outline, &asked(outline, &groups, question, &[Kind::Ranking])?)
        }
        TableKind::Worths { question } => {
            build::worths(&mut draft, outline, &asked(outline, &groups, question, &[Kind::Ranking])?)
        }
        TableKind::MultiComparison { question } => {
            let asked = asked(outline, &groups, question, &[Kind::Multi])?;
            let first =
                asked.first().ok_or_else(|| NotTabled::UnknownQuestion { question: question.clone() })?;
            build::multi_comparison(&mut draft, outline, first)
        }
        TableKind::RankingComparison { question } => {
            let asked = asked(outline, &groups, question, &[Kind::Ranking])?;
            let first =
                asked.first().ok_or_else(|| NotTabled::UnknownQuestion { question: question.clone() })?;
            build::ranking_comparison(&mut draft, outline, first)
        }
        TableKind::Dispositions => build::dispositions(&mut draft, outline, &groups),
        TableKind::OutcomeRates => build::outcome_rates(&mut draft, outline, &groups),
        TableKind::Nonresponse { questions } if questions.is_empty() => {
            build::nonresponse(&mut draft, outline, &groups)
        }
        TableKind::Nonresponse { questions } => {
            let kinds = [Kind::Likert, Kind::Single, Kind::Multi];
            build::sensitivity(&mut draft, outline, &each(outline, &groups, questions, &kinds)?)
        }
        TableKind::Flow => build::flow(&mut draft, outline, &groups),
        TableKind::Numbers { questions } => {
            build::numbers(&mut draft, outline, &each(outline, &groups, questions, &[Kind::Number])?)
        }
        TableKind::Comparisons { questions } => {
            build::comparisons(&mut draft, outline, &compared(outline, &groups)?, questions)?
        }
        TableKind::Crosstab { question, percent } => {
            build::crosstab(&mut draft, outline, &compared(outline, &groups)?, question, *percent)?
        }
        TableKind::Defaults { questions } => {
            build::defaults(&mut draft, outline, &compared(outline, &groups)?, questions)
        }
        TableKind::Pairs { link } => build::pairs(&mut draft, outline, linked(outline, link)?),
        TableKind::Agreement { link, questions } => {
            let link = linked(outline, link)?;
            build::agreement(&mut draft, link, &of_link(outline, link, questions)?)
        }
        TableKind::Concordance { link, questions } => {
            let link = linked(outline, link)?;
            build::concordance(&mut draft, link, &of_link(outline, link, questions)?)
        }
        TableKind::Change { link, questions } => {
            let link = linked(outline, link)?;
            build::change(&mut draft, outline, link, &of_link(outline, link, questions)?)
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

/// The link of this name.
fn linked<'a>(outline: &'a Outline, link: &str) -> Result<&'a LinkOutline, NotTabled> {
    outline.link(link).ok_or_else(|| NotTabled::UnknownLink { link: link.to_owned() })
}

/// Questions as the first side of a link was asked them.
fn of_link<'a>(
    outline: &'a Outline,
    link: &LinkOutline,
    questions: &[String],
) -> Result<Vec<&'a QuestionOutline>, NotTabled> {
    let unknown = |question: &String| NotTabled::UnknownQuestion { question: question.clone() };
    questions
        .iter()
        .map(|question| outline.question(&link.between[0], question).ok_or_else(|| unknown(question)))
        .collect()
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

/// The comparisons between some of these groups, or within one of them.
fn compared<'a>(outline: &'a Outline, groups: &[String]) -> Result<Vec<&'a Named>, NotTabled> {
    let among = |id: &str| match id.split_once(':') {
        Some((group, by)) => !by.contains(':') && groups.iter().any(|known| known == group),
        None => id.split('~').all(|side| groups.iter().any(|known| known == side)),
    };
    let compared: Vec<&Named> = outline.comparisons.iter().filter(|compared| among(&compared.id)).collect();
    if compared.is_empty() { Err(NotTabled::NotCompared) } else { Ok(compared) }
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
