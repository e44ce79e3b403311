//! Rankings: how often each item has each rank, its mean rank, and the order of preference with ties as ties.

use std::collections::BTreeMap;

use crate::findings::{Caution, Findings, Reason, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::{Answers, RankState, Ranking};
use crate::stats::rankings::summaries::{MeanRanks, mean_rank};
use crate::stats::rankings::{Ballots, Unranked};
use crate::stats::{Computed, Method, NotComputed};

use super::about::{About, Found};
use super::choices::{Direction, tiers};
use super::distribution::share;

/// Items in order of mean rank.
pub(super) const BY_MEAN_RANK: Method = Method {
    id: "order.mean-rank",
    name: "Order by mean rank",
    convention: "items that somebody left unranked share the mean of the ranks that they did not give; items with equal \
                 mean ranks share a place",
};

/// Writes the distribution of ranks and the mean rank of every item, and the order of preference.
///
/// One base for all: everybody whose ranking can be used. Means over those who ranked an item would be over different
/// people, so that an item which most left unranked could come first.
pub(super) fn ranking(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    let Answers::Ranks(rankings) = &question.answers else { return };
    let usable: Vec<&Ranking> = about
        .cohort
        .rows
        .iter()
        .filter_map(|row| rankings.get(*row))
        .filter(|ranking| is_usable(ranking))
        .collect();
    let incomplete = usable.iter().filter(|ranking| ranking.state != RankState::Complete).count() as u64;
    let cautions: Vec<Caution> =
        (incomplete > 0).then_some(Caution::IncompleteRankings { count: incomplete }).into_iter().collect();
    about.account(findings);
    let means = means(&usable);
    for (item, named) in question.items.iter().enumerate() {
        let counting = |rank| Selector::Ranked { question: question.id.clone(), item, rank };
        let count_of = |rank: Option<u16>| {
            usable.iter().filter(|ranking| ranking.ranks.get(item).copied().flatten() == rank).count() as u64
        };
        for rank in (1..).take(question.items.len()) {
            let level = format!("rank-{rank}");
            let found = share(Statistic::RankShare, count_of(Some(rank)), about.answered());
            let found = found.level(&level).counting(counting(Some(rank)));
            about.find(findings, &[&named.id, &level], Found { cautions: cautions.clone(), ..found });
        }
        let found = share(Statistic::Unranked, count_of(None), about.answered());
        let found =
            found.level("unranked").counting(Selector::Unranked { question: question.id.clone(), item });
        about.find(findings, &[&named.id, "unranked"], found);
        let mean = means.as_ref().map_err(Clone::clone).and_then(|means| item_mean(means, item));
        let found = Found {
            method: Some(BY_MEAN_RANK),
            cautions: cautions.clone(),
            ..Found::plain(Statistic::MeanRank, Value::number(mean)).level(&named.id).counting(counting(None))
        };
        about.find(findings, &[&named.id, "mean-rank"], found);
    }
    let order = order(question, &means);
    let found = Found { method: Some(BY_MEAN_RANK), cautions, ..Found::plain(Statistic::Order, order) };
    about.find(findings, &["order"], found);
}

fn is_usable(ranking: &Ranking) -> bool {
    matches!(ranking.state, RankState::Complete | RankState::TopK(_) | RankState::Partial)
}

/// The mean ranks over distinct rankings with how often each was given: a million rankings of five items are few.
fn means(usable: &[&Ranking]) -> Computed<MeanRanks> {
    let mut counts: BTreeMap<&[Option<u16>], u64> = BTreeMap::new();
    for ranking in usable {
        *counts.entry(&ranking.ranks).or_default() += 1;
    }
    let rows: Vec<Vec<Option<u32>>> =
        counts.keys().map(|ranks| ranks.iter().map(|rank| rank.map(u32::from)).collect()).collect();
    let counts: Vec<u64> = counts.into_values().collect();
    mean_rank(&Ballots::with_counts(&rows, &counts)?, Unranked::TiedLast)
}

fn item_mean(means: &MeanRanks, item: usize) -> Computed<f64> {
    match means.items.get(item) {
        Some(Ok(item)) => Ok(item.mean),
        Some(Err(reason)) => Err(reason.clone()),
        None => Err(NotComputed::EmptyBase),
    }
}

fn order(question: &CohortQuestion, means: &Computed<MeanRanks>) -> Value {
    let Ok(means) = means else { return Value::NotComputed(Reason::EmptyBase) };
    let scored: Vec<(&str, f64)> = question
        .items
        .iter()
        .enumerate()
        .filter_map(|(item, named)| Some((named.label.as_str(), item_mean(means, item).ok()?)))
        .collect();
    Value::Order(tiers(scored.into_iter(), Direction::LeastFirst))
}
