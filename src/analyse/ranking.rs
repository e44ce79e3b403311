//! Rankings: how often each item has each rank, its mean rank, and the order of preference with ties as ties.

use crate::findings::{Caution, Findings, Reason, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::{Answers, RankState};
use crate::stats::{Method, NotComputed};

use super::about::{About, Found};
use super::choices::{Direction, tiers};
use super::distribution::share;

/// Items in order of mean rank.
pub(super) const BY_MEAN_RANK: Method = Method {
    id: "order.mean-rank",
    name: "Order by mean rank",
    convention: "an item's mean rank is over those who ranked it; items with equal mean ranks share a place",
};

/// Writes the distribution of ranks and the mean rank of every item, and the order of preference.
///
/// The base of a share is everybody whose ranking can be used; an item that somebody left unranked has no rank from them.
pub(super) fn ranking(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    let Answers::Ranks(rankings) = &question.answers else { return };
    let incomplete = about
        .cohort
        .rows
        .iter()
        .filter_map(|row| rankings.get(*row))
        .filter(|ranking| matches!(ranking.state, RankState::TopK(_) | RankState::Partial))
        .count() as u64;
    let cautions: Vec<Caution> =
        (incomplete > 0).then_some(Caution::IncompleteRankings { count: incomplete }).into_iter().collect();
    about.account(findings);
    let mut means: Vec<(&str, f64)> = Vec::new();
    for (item, named) in question.items.iter().enumerate() {
        let ranks: Vec<u16> = about.cohort.rows.iter().filter_map(|row| question.rank(item, *row)).collect();
        for rank in (1..).take(question.items.len()) {
            let count = ranks.iter().filter(|given| **given == rank).count() as u64;
            let counting = Selector::Ranked { question: question.id.clone(), item, rank: Some(rank) };
            let level = format!("rank-{rank}");
            let found = share(Statistic::RankShare, count, about.answered()).level(&level).counting(counting);
            about.find(findings, &[&named.id, &level], Found { cautions: cautions.clone(), ..found });
        }
        let mean = mean(&ranks);
        if let Ok(mean) = mean {
            means.push((&named.label, mean));
        }
        let counting = Selector::Ranked { question: question.id.clone(), item, rank: None };
        let found = Found {
            method: Some(BY_MEAN_RANK),
            cautions: cautions.clone(),
            ..Found::plain(Statistic::MeanRank, Value::number(mean)).level(&named.id).counting(counting)
        };
        about.find(findings, &[&named.id, "mean-rank"], found);
    }
    let order = if means.is_empty() {
        Value::NotComputed(Reason::EmptyBase)
    } else {
        Value::Order(tiers(means.into_iter(), Direction::LeastFirst))
    };
    let counts = about.who_answered();
    let found =
        Found { method: Some(BY_MEAN_RANK), counts, cautions, ..Found::plain(Statistic::Order, order) };
    about.find(findings, &["order"], found);
}

/// The mean of ranks: a ratio of two integers, so equal ratios give equal bits.
fn mean(ranks: &[u16]) -> Result<f64, NotComputed> {
    let sum: u64 = ranks.iter().map(|rank| u64::from(*rank)).sum();
    if ranks.is_empty() { Err(NotComputed::EmptyBase) } else { Ok(sum as f64 / ranks.len() as f64) }
}
