//! Items in pairs: who is preferred to whom, what majorities and Borda scores follow, and the order closest to all.

use crate::codebook::Partial;
use crate::findings::{Caution, Findings, Selector, Statistic, Tier, Value};
use crate::stats::rankings::ballots::Pairwise;
use crate::stats::rankings::kemeny::{KEMENY, kemeny as consensus};
use crate::stats::rankings::majority::{CONDORCET, Majorities, condorcet as majorities};
use crate::stats::rankings::summaries::{BORDA, borda as scores};
use crate::stats::{Computed, NotComputed};

use super::super::about::Found;
use super::super::choices::Direction;
use super::super::distribution::share;
use super::Asked;

/// The most of several equally good orders that are written.
const MOST_ORDERS: usize = 6;

/// Writes the preference of every pair, the Copeland scores, the Condorcet winner and, without one, the Smith set.
pub(super) fn condorcet(asked: &Asked<'_>, findings: &mut Findings) {
    let found = asked.field.ballots().and_then(|ballots| majorities(ballots, asked.field.unranked()));
    if let Ok(ballots) = asked.field.ballots() {
        preferences(asked, &Pairwise::count(ballots, asked.field.unranked()), findings);
    }
    let copeland: Computed<Vec<Computed<f64>>> = found
        .as_ref()
        .map(|found| found.copeland.iter().map(|score| Ok(*score)).collect())
        .map_err(Clone::clone);
    for (item, named) in asked.question.items.iter().enumerate() {
        let score = found
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|found| found.copeland.get(item).copied().ok_or(NotComputed::EmptyBase));
        let found = Found {
            method: Some(CONDORCET),
            ..Found::plain(Statistic::Copeland, Value::number(score)).level(&named.id)
        };
        asked.find(findings, &[&named.id, "copeland"], found);
    }
    asked.order(findings, "order-by-copeland", CONDORCET, Direction::MostFirst, &copeland);
    let winner =
        Found { method: Some(CONDORCET), ..Found::plain(Statistic::CondorcetWinner, winner(asked, &found)) };
    asked.find(findings, &["condorcet-winner"], winner);
    if let Ok(found) = found.as_ref()
        && found.winner.is_none()
    {
        let set = Value::Order(vec![tier(asked, &found.smith_set, 1.0)]);
        let set = Found { method: Some(CONDORCET), ..Found::plain(Statistic::SmithSet, set) };
        asked.find(findings, &["smith-set"], set);
    }
}

/// Writes of every pair how many prefer the one, the other, and neither.
fn preferences(asked: &Asked<'_>, pairs: &Pairwise, findings: &mut Findings) {
    let question = asked.question;
    let partial = asked.field.partial;
    let id = || question.id.clone();
    for (item, named) in question.items.iter().enumerate() {
        for (over, other) in question.items.iter().enumerate().filter(|(over, _)| *over != item) {
            // Where rankings say nothing of what they leave out, a pair rests on those that rank both.
            let base = match partial {
                Partial::OnlyRanked => {
                    pairs.above[item][over] + pairs.above[over][item] + pairs.tied[item][over]
                }
                Partial::TiedLast | Partial::CompleteOnly => asked.field.base,
            };
            let counting = Selector::Prefers { question: id(), item, over, partial };
            let found = share(Statistic::Prefers, pairs.above[item][over], base)
                .level(&format!("{}>{}", named.id, other.id))
                .counting(counting);
            asked.among(findings, base, &[&named.id, "over", &other.id], found);
            // A tie has no direction, so that it is written once; most questions allow none.
            if over > item && pairs.tied[item][over] > 0 {
                let counting = Selector::Level { question: id(), items: [item, over], partial };
                let found = share(Statistic::LevelWith, pairs.tied[item][over], base)
                    .level(&format!("{}={}", named.id, other.id))
                    .counting(counting);
                asked.among(findings, base, &[&named.id, "level-with", &other.id], found);
            }
        }
    }
}

fn winner(asked: &Asked<'_>, found: &Computed<Majorities>) -> Value {
    match found {
        Err(reason) => Value::number(Err(reason.clone())),
        Ok(found) => match found.winner {
            Some(winner) => Value::Order(vec![tier(asked, &[winner], 1.0)]),
            None => Value::number(Err(NotComputed::Undefined(
                "no item is preferred to every other by more people: majorities tie or go in a circle",
            ))),
        },
    }
}

fn tier(asked: &Asked<'_>, items: &[usize], score: f64) -> Tier {
    let labels = items.iter().filter_map(|item| asked.question.items.get(*item));
    Tier { labels: labels.map(|item| item.label.clone()).collect(), score }
}

/// Writes the Borda score of every item and the order by it.
pub(super) fn borda(asked: &Asked<'_>, findings: &mut Findings) {
    let found = asked.field.ballots().and_then(|ballots| scores(ballots, asked.field.unranked()));
    let scores: Computed<Vec<Computed<f64>>> = found.map(|found| found.score.into_iter().map(Ok).collect());
    for (item, named) in asked.question.items.iter().enumerate() {
        let score = match &scores {
            Ok(scores) => scores.get(item).cloned().unwrap_or(Err(NotComputed::EmptyBase)),
            Err(reason) => Err(reason.clone()),
        };
        let found = Found {
            method: Some(BORDA),
            ..Found::plain(Statistic::Borda, Value::number(score)).level(&named.id)
        };
        asked.find(findings, &[&named.id, "borda"], found);
    }
    asked.order(findings, "order-by-borda", BORDA, Direction::MostFirst, &scores);
}

/// Writes the order that disagrees least with all rankings, or each of several, and how many pairs disagree with it.
pub(super) fn kemeny(asked: &Asked<'_>, findings: &mut Findings) {
    let found = asked.field.ballots().and_then(|ballots| consensus(ballots, asked.field.unranked()));
    let found = match found {
        Ok(found) => found,
        Err(reason) => {
            let found = Found::plain(Statistic::Kemeny, Value::number(Err(reason)));
            asked.find(findings, &["kemeny"], Found { method: Some(KEMENY), ..found });
            return;
        }
    };
    let unique = found.n_optimal == 1;
    for (number, order) in (1..).zip(found.orders.iter().take(MOST_ORDERS)) {
        let places = order.iter().zip(1..).map(|(item, place)| tier(asked, &[*item], f64::from(place)));
        let value = Value::Order(places.collect());
        let caution = (!unique).then_some(Caution::NotUnique { orders: found.n_optimal });
        let number = format!("kemeny-{number}");
        let tail = if unique { "kemeny" } else { number.as_str() };
        let found = Found {
            method: Some(KEMENY),
            cautions: caution.into_iter().collect(),
            ..Found::plain(Statistic::Kemeny, value)
        };
        asked.find(findings, &[tail], found);
    }
    let distance =
        Found { method: Some(KEMENY), ..Found::plain(Statistic::KemenyDistance, Value::Count(found.cost)) };
    asked.find(findings, &["kemeny-distance"], distance);
}
