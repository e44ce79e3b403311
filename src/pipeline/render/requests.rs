//! The tables and figures that a study file asks for, by the names of their kinds.

use crate::diag::{Diag, codes};
use crate::figures::{self, Figure, FigureKind, FigureRequest, ItemOrder};
use crate::findings::{Findings, Outline};
use crate::pipeline::asked;
use crate::study::{Shown, Study};
use crate::tables::{self, PercentOf, Table, TableKind, TableRequest};

/// Builds a table that the study file asks for.
pub(in crate::pipeline) fn table(
    study: &Study,
    shown: &Shown,
    outline: &Outline,
    findings: &Findings,
) -> Result<Table, Diag> {
    let request = TableRequest {
        id: shown.id.clone(),
        title: shown.title.clone(),
        groups: shown.groups.clone(),
        compared: asked::chosen(study, shown)?,
        kind: table_kind(study, shown)?,
    };
    asked::asked(study, shown)?;
    tables::build(&request, outline, findings, study.style)
        .map_err(|reason| cannot_show(study, shown, &reason.to_string()))
}

/// Draws a figure that the study file asks for.
pub(in crate::pipeline) fn figure(
    study: &Study,
    shown: &Shown,
    outline: &Outline,
    findings: &Findings,
) -> Result<Figure, Diag> {
    let request = FigureRequest {
        id: shown.id.clone(),
        kind: figure_kind(study, shown)?,
        title: shown.title.clone(),
        groups: shown.groups.clone(),
    };
    figures::render(&request, outline, findings, study.style)
        .map_err(|reason| cannot_show(study, shown, &reason.to_string()))
}

pub(super) fn cannot_show(study: &Study, shown: &Shown, why: &str) -> Diag {
    let message = format!("\"{}\" cannot be made: {why}", shown.id);
    let diag = study.error(codes::STUDY_WRONG_KIND, &shown.show.span, message);
    diag.help("what it shows must be asked by an [[ask]]")
}

/// The one question that a table or figure shows.
fn one_question(study: &Study, shown: &Shown) -> Result<String, Diag> {
    match shown.of.as_slice() {
        [question] => Ok(question.clone()),
        _ => {
            let message = format!("\"{}\" shows one question, and names {}", shown.id, shown.of.len());
            Err(study
                .error(codes::STUDY_BAD_VALUE, &shown.show.span, message)
                .help("add of = \"the question\""))
        }
    }
}

/// Every kind of table, in the order in which they are listed to a writer.
const TABLES: &[&str] = &[
    "response",
    "sample",
    "items",
    "choices",
    "ranking",
    "numbers",
    "flow",
    "co-selection",
    "preferences",
    "worths",
    "multi-comparison",
    "ranking-comparison",
    "comparisons",
    "crosstab",
    "defaults",
    "pairs",
    "agreement",
    "concordance",
    "change",
    "dispositions",
    "outcome-rates",
    "nonresponse",
    "sides",
    "battery",
    "net promoter",
];

/// The link that a table is about: the only one, where it names none.
fn link(study: &Study, shown: &Shown) -> Result<String, Diag> {
    match (&shown.link, study.links.as_slice()) {
        (Some(link), _) => Ok(link.value.clone()),
        (None, [only]) => Ok(only.id.clone()),
        (None, links) => {
            let message = format!("\"{}\" is about a link, and the study has {}", shown.id, links.len());
            let ids: Vec<&str> = links.iter().map(|link| link.id.as_str()).collect();
            let help = if ids.is_empty() {
                "declare one: [links.NAME]".to_owned()
            } else {
                format!("add link = \"...\": {}", ids.join(", "))
            };
            Err(study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message).help(help))
        }
    }
}

/// The kind of table that the study file names.
fn table_kind(study: &Study, shown: &Shown) -> Result<TableKind, Diag> {
    if let Some(order) = &shown.order {
        let message = "the rows of a table stand in the order asked";
        return Err(study.error(codes::STUDY_BAD_VALUE, &order.span, message).help("leave order out"));
    }
    let question = || one_question(study, shown);
    let percent = percent(study, shown)?;
    let questions = || shown.of.clone();
    match shown.show.value.as_str() {
        "pairs" => Ok(TableKind::Pairs { link: link(study, shown)? }),
        "agreement" => Ok(TableKind::Agreement { link: link(study, shown)?, questions: questions() }),
        "concordance" => Ok(TableKind::Concordance { link: link(study, shown)?, questions: questions() }),
        "change" => Ok(TableKind::Change { link: link(study, shown)?, questions: questions() }),
        _ if shown.link.is_some() => {
            let span = shown.link.as_ref().map_or(&shown.show.span, |link| &link.span);
            let message = format!("a table of {} is about no link", shown.show.value);
            Err(study.error(codes::STUDY_BAD_VALUE, span, message).help("leave link out"))
        }
        "response" => Ok(TableKind::Response),
        "dispositions" => Ok(TableKind::Dispositions),
        "outcome-rates" => Ok(TableKind::OutcomeRates),
        "nonresponse" => Ok(TableKind::Nonresponse { questions: shown.of.clone() }),
        "sample" => Ok(TableKind::Sample { questions: shown.of.clone() }),
        "items" => Ok(TableKind::Items { question: question()? }),
        "choices" => Ok(TableKind::Choices { question: question()? }),
        "ranking" => Ok(TableKind::Ranking { question: question()? }),
        "co-selection" => Ok(TableKind::CoSelection { question: question()? }),
        "preferences" => Ok(TableKind::Preferences { question: question()? }),
        "worths" => Ok(TableKind::Worths { question: question()? }),
        "multi-comparison" => Ok(TableKind::MultiComparison { question: question()? }),
        "ranking-comparison" => Ok(TableKind::RankingComparison { question: question()? }),
        "flow" => Ok(TableKind::Flow),
        "numbers" => Ok(TableKind::Numbers { questions: shown.of.clone() }),
        "comparisons" => Ok(TableKind::Comparisons { questions: shown.of.clone() }),
        "crosstab" => Ok(TableKind::Crosstab { question: question()?, percent }),
        "defaults" => Ok(TableKind::Defaults { questions: shown.of.clone() }),
        "sides" => Ok(TableKind::Sides { question: question()? }),
        "battery" => Ok(TableKind::Battery { score: question()? }),
        "net promoter" => Ok(TableKind::NetPromoter { questions: shown.of.clone() }),
        other => {
            let message = format!("there is no table \"{other}\"");
            let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
            Err(diag.help(format!("there are: {}", TABLES.join(", "))))
        }
    }
}

/// What the percents of a crosstab are of; nothing else shows percents of several bases.
fn percent(study: &Study, shown: &Shown) -> Result<PercentOf, Diag> {
    let Some(percent) = &shown.percent else { return Ok(PercentOf::default()) };
    let error = |message: String| study.error(codes::STUDY_BAD_VALUE, &percent.span, message);
    if shown.show.value != "crosstab" {
        return Err(
            error("only a crosstab can choose what its percents are of".to_owned()).help("leave percent out")
        );
    }
    match percent.value.as_str() {
        "row" => Ok(PercentOf::Row),
        "column" => Ok(PercentOf::Column),
        "total" => Ok(PercentOf::Total),
        other => {
            Err(error(format!("percents cannot be of \"{other}\"")).help("there are: row, column, total"))
        }
    }
}

/// The kind of figure that the study file names.
fn figure_kind(study: &Study, shown: &Shown) -> Result<FigureKind, Diag> {
    let question = || one_question(study, shown);
    let order = match shown.order.as_ref().map(|order| order.value.as_str()) {
        None | Some("asked") => ItemOrder::Asked,
        Some("top-box") => ItemOrder::TopBox,
        Some(other) => {
            let span = shown.order.as_ref().map_or(&shown.show.span, |order| &order.span);
            let message = format!("there is no order \"{other}\"");
            return Err(study.error(codes::STUDY_BAD_VALUE, span, message).help("there are: asked, top-box"));
        }
    };
    match shown.show.value.as_str() {
        "flow" => Ok(FigureKind::Flow),
        "diverging" => Ok(FigureKind::Diverging { question: question()?, order }),
        "ranking" => Ok(FigureKind::Ranking { question: question()? }),
        "choices" => Ok(FigureKind::Choices { question: question()? }),
        other => {
            let message = format!("there is no figure \"{other}\"");
            let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
            Err(diag.help("there are: flow, diverging, ranking, choices"))
        }
    }
}
