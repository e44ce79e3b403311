//! Majority rules: pairwise contests, Condorcet winner, Copeland scores, Smith set.

use super::ballots::{Ballots, Pairwise, Unranked};
use crate::stats::{Computed, Method, NotComputed};

/// Pairwise majorities.
pub const CONDORCET: Method = Method {
    id: "condorcet",
    name: "pairwise majorities",
    convention: "Copeland score: contests won plus half the contests tied",
};

/// The contests between all pairs of items, and what follows from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Majorities {
    /// How many people put which item above which.
    pub pairs: Pairwise,
    /// The item that a majority puts above each other item, where there is one.
    pub winner: Option<usize>,
    /// Contests won plus half the contests tied, per item.
    pub copeland: Vec<f64>,
    /// Contests won minus contests lost, per item.
    pub copeland_net: Vec<i64>,
    /// The smallest set whose every member wins its contest against every item outside it, in ascending order.
    pub smith_set: Vec<usize>,
    /// Ballots that rank at least one item.
    pub ballots: u64,
    /// The method.
    pub method: Method,
}

/// Holds every pairwise contest (Copeland 1951; Smith 1973).
pub fn condorcet(ballots: &Ballots, unranked: Unranked) -> Computed<Majorities> {
    if ballots.cast() == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let pairs = Pairwise::count(ballots, unranked);
    let k = ballots.items();
    let wins = |a: usize, b: usize| pairs.above[a][b] > pairs.above[b][a];
    let won: Vec<usize> = (0..k).map(|a| (0..k).filter(|b| wins(a, *b)).count()).collect();
    let lost: Vec<usize> = (0..k).map(|a| (0..k).filter(|b| wins(*b, a)).count()).collect();
    let copeland = |a: usize| won[a] as f64 + (k - 1 - won[a] - lost[a]) as f64 / 2.0;
    let net = |a: usize| won[a].cast_signed() as i64 - lost[a].cast_signed() as i64;
    Ok(Majorities {
        winner: (0..k).find(|a| won[*a] == k - 1),
        copeland: (0..k).map(copeland).collect(),
        copeland_net: (0..k).map(net).collect(),
        smith_set: majority_tiers(&pairs).into_iter().next().unwrap_or_default(),
        pairs,
        ballots: ballots.cast(),
        method: CONDORCET,
    })
}

/// Splits the items into tiers: each item of a tier wins its contest against every item of a later tier, and no
/// tier can be split further. The first is the Smith set; items within a tier are in ascending order.
///
/// Every dominating set holds the items with the most contests won or tied, so tiers are prefixes of that order.
pub(super) fn majority_tiers(pairs: &Pairwise) -> Vec<Vec<usize>> {
    let k = pairs.above.len();
    let not_lost = |a: usize| (0..k).filter(|b| pairs.above[a][*b] >= pairs.above[*b][a]).count();
    let mut order: Vec<(usize, usize)> = (0..k).map(|a| (not_lost(a), a)).collect();
    order.sort_unstable_by_key(|(not_lost, item)| (std::cmp::Reverse(*not_lost), *item));
    let order: Vec<usize> = order.into_iter().map(|(_, item)| item).collect();
    let wins = |a: usize, b: usize| pairs.above[a][b] > pairs.above[b][a];
    // `reach[i]` is the last position that the i-th item fails to beat: a tier may not end before it.
    let last_unbeaten = |position: usize| {
        (0..k).rev().find(|other| !wins(order[position], order[*other])).unwrap_or(position).max(position)
    };
    let mut tiers = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for position in 0..k {
        end = end.max(last_unbeaten(position));
        if end == position {
            let mut tier = order[start..=position].to_vec();
            tier.sort_unstable();
            tiers.push(tier);
            start = position + 1;
        }
    }
    tiers
}

#[cfg(test)]
mod tests {
    use super::super::ballots::ballots;
    use super::*;

    #[test]
    fn a_cycle_has_no_winner_and_is_the_smith_set() {
        let cycle = ballots(&[&[1, 2, 3, 4], &[3, 1, 2, 4], &[2, 3, 1, 4]]);
        let result = condorcet(&cycle, Unranked::TiedLast).unwrap();
        assert_eq!(result.winner, None);
        assert_eq!(result.smith_set, [0, 1, 2]);
        assert!(result.copeland == [2.0, 2.0, 2.0, 0.0]);
        assert_eq!(majority_tiers(&result.pairs), [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn a_tied_contest_joins_its_items() {
        let tied = ballots(&[&[1, 2, 3], &[2, 1, 3]]);
        let result = condorcet(&tied, Unranked::TiedLast).unwrap();
        assert_eq!((result.winner, result.smith_set), (None, vec![0, 1]));
        assert!(result.copeland == [1.5, 1.5, 0.0]);
    }

    #[test]
    fn one_item_wins_unopposed() {
        let result = condorcet(&ballots(&[&[1]]), Unranked::TiedLast).unwrap();
        assert_eq!((result.winner, result.smith_set), (Some(0), vec![0]));
    }

    #[test]
    fn blank_ballots_hold_no_contest() {
        assert!(condorcet(&ballots(&[&[0, 0]]), Unranked::TiedLast).is_err());
    }
}
