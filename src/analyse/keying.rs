//! Items that are worded against the others of their scale: what is declared, against what the answers suggest.

use crate::codebook::Kind;
use crate::diag::{Diag, codes};
use crate::normalise::{Cohort, CohortQuestion};
use crate::responses::{Answer, Answers};
use crate::stats::reliability::{Items, MissingItems, item_analysis};
use crate::study::Study;

/// With fewer persons than this who answered every item nothing is suggested.
const FEWEST: u64 = 30;
/// Of two items neither is the odd one.
const FEWEST_ITEMS: usize = 3;
/// The standard normal quantile of a two-sided interval at 95 %.
const QUANTILE: f64 = 1.959_963_984_540_054;

/// Warns of items whose answers go against those of the other items, after those that are declared as reversed are
/// turned around. It is a suggestion: nothing is ever turned around by it.
pub fn keying(study: &Study, cohorts: &[Cohort]) -> Vec<Diag> {
    let mut diags = Vec::new();
    for declared in study.questions.iter().filter(|question| question.kind == Kind::Likert) {
        for cohort in cohorts {
            let Some(question) = cohort.question(&declared.id) else { continue };
            for item in against(cohort, question) {
                let is_reversed = question.reversed.get(item).copied().unwrap_or_default();
                let named = question.items.get(item).map_or("", |item| item.id.as_str());
                let how = if is_reversed {
                    "is declared as reversed, and"
                } else {
                    "is not declared as reversed, and"
                };
                let message = format!(
                    "item \"{named}\" of question \"{}\" {how} its answers in {} go against those of the other items",
                    declared.id, cohort.label
                );
                let help = if is_reversed {
                    format!(
                        "is it worded like the others? Then take \"{named}\" out of reverse; nothing was changed"
                    )
                } else {
                    format!(
                        "is it worded against the others? Then declare reverse = [\"{named}\"]; nothing was changed"
                    )
                };
                diags.push(
                    Diag::warning(codes::ITEM_AGAINST_OTHERS, study.place(&declared.span), message)
                        .help(help),
                );
            }
        }
    }
    diags
}

/// The items whose correlation with the sum of the others lies below zero with its whole 95 % interval.
fn against(cohort: &Cohort, question: &CohortQuestion) -> Vec<usize> {
    let Answers::Scaled { items } = &question.answers else { return Vec::new() };
    if items.len() < FEWEST_ITEMS {
        return Vec::new();
    }
    let columns: Vec<Vec<Option<f64>>> = items
        .iter()
        .enumerate()
        .map(|(item, codes)| {
            let sign = if question.reversed.get(item).copied().unwrap_or_default() { -1.0 } else { 1.0 };
            let scored = |row: &usize| match codes.get(*row) {
                Answer::Given(code) => {
                    question.scores.get(usize::from(code)).map(|score| sign * f64::from(*score))
                }
                Answer::Missing(_) => None,
            };
            cohort.rows.iter().map(scored).collect()
        })
        .collect();
    let analysis =
        Items::from_columns(&columns).and_then(|items| item_analysis(&items, MissingItems::Listwise));
    let Ok(analysis) = analysis else { return Vec::new() };
    if analysis.n < FEWEST {
        return Vec::new();
    }
    let is_below_zero = |correlation: f64| {
        // Fisher's interval: its upper end on the scale of z.
        libm::atanh(correlation) + QUANTILE / (analysis.n as f64 - 3.0).sqrt() < 0.0
    };
    let below = |item: &crate::stats::reliability::ItemStatistics| {
        item.item_rest.as_ref().is_ok_and(|correlation| is_below_zero(*correlation))
    };
    analysis.items.iter().enumerate().filter(|(_, item)| below(item)).map(|(item, _)| item).collect()
}
