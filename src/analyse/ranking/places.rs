//! Places: how often each item has each rank, the first ranks together, and mean ranks.

use crate::codebook::Partial;
use crate::findings::{Caution, Findings, Selector, Statistic, Value};
use crate::stats::rankings::summaries::{MeanRanks, mean_rank};
use crate::stats::sample::Sample;
use crate::stats::{Caution as Known, Computed, Interval, Method, NotComputed};

use super::super::about::Found;
use super::super::choices::Direction;
use super::super::distribution::share;
use super::Asked;

/// Items in order of mean rank.
pub(in crate::analyse) const BY_MEAN_RANK: Method = Method {
    id: "order.mean-rank",
    name: "Order by mean rank",
    convention: "items that somebody left unranked share the mean of the ranks that they did not give; items with equal \
                 mean ranks share a place",
};
/// The same where rankings say nothing of the items that they leave out.
const BY_MEAN_RANK_AMONG_RANKED: Method = Method {
    id: "order.mean-rank",
    name: "Order by mean rank",
    convention: "each mean over the rankings that rank the item, by its place among the items ranked; items with equal \
                 mean ranks share a place",
};

/// Writes how often each item has each rank, and none.
pub(super) fn ranks(asked: &Asked<'_>, findings: &mut Findings) {
    let question = asked.question;
    for (item, named) in question.items.iter().enumerate() {
        let share_of = |rank: Option<u32>, statistic| {
            let count = asked.field.count(|ballot| ballot.get(item).copied().flatten() == rank);
            share(statistic, count, asked.field.base)
        };
        for rank in (1_u16..).take(question.items.len()) {
            let level = format!("rank-{rank}");
            let selector = Selector::Ranked { question: question.id.clone(), item, rank: Some(rank) };
            let counting = asked.field.counting(question, selector);
            let found =
                share_of(Some(u32::from(rank)), Statistic::RankShare).level(&level).counting(counting);
            asked.find(findings, &[&named.id, &level], found);
        }
        let selector = Selector::Unranked { question: question.id.clone(), item };
        let counting = asked.field.counting(question, selector);
        let found = share_of(None, Statistic::Unranked).level("unranked").counting(counting);
        asked.find(findings, &[&named.id, "unranked"], found);
    }
}

/// Writes how often each item has one of the first ranks.
pub(super) fn top(asked: &Asked<'_>, top: u16, findings: &mut Findings) {
    let question = asked.question;
    let level = format!("top-{top}");
    for (item, named) in question.items.iter().enumerate() {
        let within = |rank: Option<u32>| rank.is_some_and(|rank| rank <= u32::from(top));
        let count = asked.field.count(|ballot| within(ballot.get(item).copied().flatten()));
        let selector = Selector::RankedUpTo { question: question.id.clone(), item, rank: top };
        let counting = asked.field.counting(question, selector);
        let found = share(Statistic::TopRanks, count, asked.field.base).level(&level).counting(counting);
        asked.find(findings, &[&named.id, &level], found);
    }
}

/// Writes the mean rank of each item with its t interval, and the order by it.
pub(super) fn mean_ranks(asked: &Asked<'_>, findings: &mut Findings) {
    let question = asked.question;
    let method = match asked.field.partial {
        Partial::TiedLast => BY_MEAN_RANK,
        Partial::OnlyRanked | Partial::CompleteOnly => BY_MEAN_RANK_AMONG_RANKED,
    };
    let means: Computed<MeanRanks> =
        asked.field.ballots().and_then(|ballots| mean_rank(ballots, asked.field.unranked()));
    let means: Computed<Vec<Computed<f64>>> =
        means.map(|means| means.items.into_iter().map(|item| item.map(|item| item.mean)).collect());
    for (item, named) in question.items.iter().enumerate() {
        let mean = match &means {
            Ok(means) => means.get(item).cloned().unwrap_or(Err(NotComputed::EmptyBase)),
            Err(reason) => Err(reason.clone()),
        };
        let (interval, caution) = interval(asked, item);
        let selector = Selector::Ranked { question: question.id.clone(), item, rank: None };
        let found = Found {
            method: Some(method),
            interval,
            cautions: caution.into_iter().collect(),
            ..Found::plain(Statistic::MeanRank, Value::number(mean))
        };
        let counting = asked.field.counting(question, selector);
        let base = match asked.field.partial {
            Partial::OnlyRanked => asked.field.count(|ballot| ballot.get(item).copied().flatten().is_some()),
            Partial::TiedLast | Partial::CompleteOnly => asked.field.base,
        };
        let found = found.level(&named.id).counting(counting);
        asked.among(findings, base, &[&named.id, "mean-rank"], found);
    }
    asked.order(findings, "order", method, Direction::LeastFirst, &means);
}

/// The t interval of an item's mean midrank; none where all are equal, as it would have no width.
fn interval(asked: &Asked<'_>, item: usize) -> (Option<Interval>, Option<Caution>) {
    let Ok(ballots) = asked.field.ballots() else { return (None, None) };
    let ranked = ballots.iter().filter_map(|(ballot, count)| {
        Some((asked.field.midranks(ballot).get(item).copied().flatten()?, count))
    });
    let counts: Vec<(f64, u64)> = ranked.collect();
    let Ok(found) = Sample::from_counts(&counts).and_then(|sample| asked.about.mean(&sample)) else {
        return (None, None);
    };
    if found.cautions.contains(&Known::NoVariation) {
        return (
            None,
            Some(Caution::Method("all who ranked it gave it the same place: no interval".to_owned())),
        );
    }
    (Some(found.interval), None)
}
