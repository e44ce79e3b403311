//! The net promoter score of a rating from 0 to 10: who would recommend, less who would advise against.

use crate::findings::{Caution, Findings, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::Answers;
use crate::stats::descriptive::net_promoter::{NET_PROMOTER_SCORE, net_promoter_score};
use crate::stats::sample::Sample;
use crate::stats::{Computed, NotComputed};

use super::LEVEL;
use super::about::{About, Found};
use super::distribution::share;

/// The ratings of each group of people, as the score defines them.
const GROUPS: [(Statistic, u8, u8); 3] =
    [(Statistic::Promoters, 9, 10), (Statistic::Passives, 7, 8), (Statistic::Detractors, 0, 6)];
/// The points of a scale from 0 to 10.
const POINTS: usize = 11;

/// Writes the shares of promoters, passives and detractors and the score of every item of a question.
pub(super) fn net_promoter(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    for position in 0..question.items.len() {
        let about = about.item(question, position);
        about.account(findings);
        let ratings = ratings(&about, question, position);
        let score = ratings.clone().and_then(|ratings| net_promoter_score(&ratings, LEVEL));
        for (statistic, low, high) in GROUPS {
            let found = match (&score, &ratings) {
                (Ok(_), Ok(ratings)) => share(statistic, between(ratings, low, high), about.answered())
                    .counting(selector(question, position, low, high)),
                (Err(reason), _) | (_, Err(reason)) => {
                    Found::plain(statistic, Value::number(Err(reason.clone())))
                }
            };
            let found = Found { method: Some(NET_PROMOTER_SCORE), ..found };
            about.find(findings, &[statistic.id()], found);
        }
        let cautions = score
            .iter()
            .flat_map(|score| &score.cautions)
            .map(|caution| Caution::Method(caution.to_string()));
        let found = Found {
            interval: score.as_ref().ok().map(|score| score.interval.clone()),
            method: Some(NET_PROMOTER_SCORE),
            cautions: cautions.collect(),
            counts: about.who_answered(),
            ..Found::plain(
                Statistic::NetPromoter,
                Value::number(score.as_ref().map(|s| s.score).map_err(Clone::clone)),
            )
        };
        about.find(findings, &[Statistic::NetPromoter.id()], found);
    }
}

/// The ratings of an item: numbers, or points of a scale of eleven whose lowest is 0.
fn ratings(about: &About<'_>, question: &CohortQuestion, item: usize) -> Computed<Sample> {
    let rows = &about.cohort.rows;
    match &question.answers {
        Answers::Scaled { items } => {
            let Some(codes) = items.get(item).filter(|_| question.levels.len() == POINTS) else {
                return Err(NotComputed::Invalid("the score is of a scale of eleven points, from 0 to 10"));
            };
            let counts = codes.tally(rows, POINTS).given;
            let rated: Vec<(f64, u64)> = (0_u32..).map(f64::from).zip(counts).collect();
            Sample::from_counts(&rated)
        }
        _ => {
            let given: Vec<f64> = rows.iter().filter_map(|row| question.number(item, *row)).collect();
            Sample::from_values(&given)
        }
    }
}

fn between(ratings: &Sample, low: u8, high: u8) -> u64 {
    let within = |value: f64| (f64::from(low)..=f64::from(high)).contains(&value);
    ratings.points().iter().filter(|point| within(point.value)).map(|point| point.count).sum()
}

fn selector(question: &CohortQuestion, item: usize, low: u8, high: u8) -> Selector {
    let question_id = question.id.clone();
    match &question.answers {
        Answers::Scaled { .. } => Selector::Coded {
            question: question_id,
            item,
            codes: (u16::from(low)..=u16::from(high)).collect(),
        },
        _ => Selector::Numbered { question: question_id, item, low: low.into(), high: high.into() },
    }
}
