//! The tables that a study file asks for.

use super::{cannot_show, link, one_question};
use crate::diag::{Diag, codes};
use crate::findings::{Findings, Outline};
use crate::pipeline::asked;
use crate::study::{Shown, ShownTable, Study};
use crate::tables::{self, PercentOf, Table, TableKind, TableRequest};

/// Builds a table that the study file asks for.
pub(in crate::pipeline) fn table(
    study: &Study,
    table: &ShownTable,
    outline: &Outline,
    findings: &Findings,
) -> Result<Table, Diag> {
    let shown = &table.shown;
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
