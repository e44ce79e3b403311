//! The tables that a study file asks for.

use super::{cannot_show, link, one_question};
use crate::diag::{Diag, codes};
use crate::findings::{Findings, Outline, PercentOf};
use crate::pipeline::asked;
use crate::study::{Shown, ShownTable, Spanned, Study, StudyQuestion};
use crate::tables::{self, Order, Print, Table, TableKind, TableRequest};

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
        order: order(study, shown)?,
        kind: table_kind(study, shown)?,
    };
    asked::asked(study, shown)?;
    let print = Print { style: study.style, decimals: table.decimals, rounding: table.rounding };
    tables::build(&request, outline, findings, print)
        .map_err(|reason| cannot_show(study, shown, &reason.to_string()))
}

/// Every kind of table, in the order in which they are listed to a writer.
pub const TABLE_KINDS: &[&str] = &[
    "response",
    "participants",
    "items",
    "choices",
    "ranking",
    "numbers",
    "dates",
    "constant-sum",
    "flow",
    "co-selection",
    "combinations",
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
    let question = || one_question(study, shown);
    let percents = percents(study, shown)?;
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
        "participants" => Ok(TableKind::Participants { questions: named(study, shown)? }),
        "items" => Ok(TableKind::Items { questions: named(study, shown)? }),
        "choices" => Ok(TableKind::Choices { question: question()? }),
        "ranking" => Ok(TableKind::Ranking { question: question()? }),
        "combinations" => Ok(TableKind::Combinations { question: question()? }),
        "co-selection" => Ok(TableKind::CoSelection { question: question()? }),
        "preferences" => Ok(TableKind::Preferences { question: question()? }),
        "worths" => Ok(TableKind::Worths { question: question()? }),
        "multi-comparison" => Ok(TableKind::MultiComparison { question: question()? }),
        "ranking-comparison" => Ok(TableKind::RankingComparison { question: question()? }),
        "flow" => Ok(TableKind::Flow),
        "dates" => Ok(TableKind::Dates { questions: named(study, shown)? }),
        "constant-sum" => Ok(TableKind::ConstantSum { question: summed(study, shown)? }),
        "numbers" => Ok(TableKind::Numbers { questions: shown.of.clone() }),
        "comparisons" => Ok(TableKind::Comparisons { questions: shown.of.clone() }),
        "crosstab" => Ok(TableKind::Crosstab { question: question()?, percents }),
        "defaults" => Ok(TableKind::Defaults { questions: shown.of.clone() }),
        "sides" => Ok(TableKind::Sides { question: question()? }),
        "battery" => Ok(TableKind::Battery { score: question()? }),
        "net promoter" => Ok(TableKind::NetPromoter { questions: shown.of.clone() }),
        other => {
            let message = format!("there is no table \"{other}\"");
            let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
            Err(diag.help(format!("there are: {}", TABLE_KINDS.join(", "))))
        }
    }
}

/// The questions that a table shows, of which it names at least one.
fn named(study: &Study, shown: &Shown) -> Result<Vec<String>, Diag> {
    if shown.of.is_empty() {
        let message = format!("\"{}\" names no question to show", shown.id);
        let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
        return Err(diag.help("add of = [\"a question\", \"another\"]"));
    }
    Ok(shown.of.clone())
}

/// The question of numbers that are to add up.
fn summed(study: &Study, shown: &Shown) -> Result<String, Diag> {
    let question = one_question(study, shown)?;
    let has_sum = |known: &&StudyQuestion| known.id == question && known.numbers.sum.is_some();
    match study.questions.iter().find(has_sum) {
        Some(_) => Ok(question),
        None => {
            let message = format!("the numbers of {question} are not said to add up to anything");
            let diag = study.error(codes::STUDY_WRONG_KIND, &shown.show.span, message);
            Err(diag.help(format!("add sum = 100, or what it is, to [questions.{question}]")))
        }
    }
}

/// The order of rows by its name, if it is one that this table can have.
fn order(study: &Study, shown: &Shown) -> Result<Option<Order>, Diag> {
    let Some(order) = &shown.order else { return Ok(None) };
    let fits: &[Order] = match shown.show.value.as_str() {
        "items" => &[Order::Asked, Order::Mean, Order::TopBox],
        "ranking" => &[Order::Asked, Order::Mean],
        "choices" | "participants" | "crosstab" => &[Order::Asked, Order::Size],
        _ => &[],
    };
    let names: Vec<&str> =
        Order::NAMES.iter().filter(|(_, order)| fits.contains(order)).map(|(name, _)| *name).collect();
    match Order::NAMES.iter().find(|(name, known)| *name == order.value && fits.contains(known)) {
        Some((_, known)) => Ok(Some(*known)),
        None => {
            let kind = &shown.show.value;
            let message =
                format!("the rows of a table of {kind} cannot stand in the order \"{}\"", order.value);
            let diag = study.error(codes::STUDY_BAD_VALUE, &order.span, message);
            Err(diag.help(if names.is_empty() {
                "they stand in the order asked: leave order out".to_owned()
            } else {
                format!("there are: {}", names.join(", "))
            }))
        }
    }
}

/// What the percents of a crosstab are of; nothing else shows percents of several bases.
fn percents(study: &Study, shown: &Shown) -> Result<Vec<PercentOf>, Diag> {
    let Some(first) = shown.percent.first() else { return Ok(vec![PercentOf::default()]) };
    let error =
        |name: &Spanned<String>, message: String| study.error(codes::STUDY_BAD_VALUE, &name.span, message);
    if shown.show.value != "crosstab" {
        let message = "only a crosstab can choose what its percents are of".to_owned();
        return Err(error(first, message).help("leave percent out"));
    }
    if first.value == "all" && shown.percent.len() == 1 {
        return Ok(PercentOf::NAMES.map(|(_, percent)| percent).to_vec());
    }
    let mut percents = Vec::new();
    for name in &shown.percent {
        let known = PercentOf::NAMES.iter().find(|(known, _)| *known == name.value);
        let Some((_, percent)) = known.copied() else {
            let message = format!("percents cannot be of \"{}\"", name.value);
            return Err(error(name, message).help("there are: row, column, total; or all of them: \"all\""));
        };
        if percents.contains(&percent) {
            return Err(error(name, format!("\"{}\" stands twice", name.value)).help("leave one out"));
        }
        percents.push(percent);
    }
    Ok(percents)
}
