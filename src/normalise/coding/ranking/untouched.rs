//! Whether rankings may be the order in which the items were shown, recorded for people who moved nothing.

use std::collections::BTreeMap;

use crate::responses::{RankState, Ranking};

use super::super::account::{Account, Fact};

/// Fewer complete rankings than this say nothing.
const FEWEST: u64 = 20;
/// With fewer items than this chance alone gives many.
const FEWEST_ITEMS: u16 = 3;

/// Warns if the items' own order is at least a fifth of the complete rankings, twice as frequent as any other order and
/// twice as frequent as by chance.
pub(super) fn look(rankings: &[Ranking], account: &mut Account<'_>) {
    let mut orders: BTreeMap<&[Option<u16>], u64> = BTreeMap::new();
    let mut first = None;
    for (row, ranking) in
        rankings.iter().enumerate().filter(|(_, ranking)| ranking.state == RankState::Complete)
    {
        *orders.entry(&ranking.ranks).or_default() += 1;
        if is_own_order(&ranking.ranks) {
            first = first.or(Some(row));
        }
    }
    let complete: u64 = orders.values().sum();
    let own: u64 = orders.iter().filter(|(ranks, _)| is_own_order(ranks)).map(|(_, count)| *count).sum();
    let other =
        orders.iter().filter(|(ranks, _)| !is_own_order(ranks)).map(|(_, count)| *count).max().unwrap_or(0);
    let items = orders.keys().next().map_or(0, |ranks| u16::try_from(ranks.len()).unwrap_or(u16::MAX));
    // Of so many orders each is one by chance; from eight items on they are more than any survey has rankings.
    let permutations: u64 = (1..=u64::from(items.min(8))).product();
    let is_more_than_chance = own.saturating_mul(permutations) >= 2 * complete;
    if let Some(row) = first
        && items >= FEWEST_ITEMS
        && complete >= FEWEST
        && own * 5 >= complete
        && own >= 2 * other
        && is_more_than_chance
    {
        account.met_in_question(Fact::InitialOrder(own, complete), row);
    }
}

fn is_own_order(ranks: &[Option<u16>]) -> bool {
    ranks.iter().zip(1..).all(|(rank, place)| *rank == Some(place))
}
