//! Kemeny's consensus: the orders that disagree least with all ballots, and the distance that counts disagreement.

use super::ballots::{Ballots, Pairwise, Unranked};
use super::majority::majority_tiers;
use crate::stats::{Caution, Computed, Method, NotComputed};

/// Kemeny consensus.
pub const KEMENY: Method =
    Method { id: "kemeny", name: "Kemeny consensus", convention: "ties on a ballot disagree with no order" };

/// Kendall distance.
pub const KENDALL_DISTANCE: Method = Method {
    id: "kendall_distance",
    name: "Kendall distance",
    convention: "pairs in opposite order; a pair tied in either ranking is not counted",
};

/// The most items in one majority tier (items that no chain of strict majorities separates) for the exact search.
pub const MAX_TIER: usize = 18;

/// The most optimal orders that are listed; their number is exact beyond it.
pub const MAX_LISTED: usize = 10_000;

/// The consensus orders.
#[derive(Debug, Clone, PartialEq)]
pub struct Kemeny {
    /// Every order of least cost, best item first, in ascending order of item numbers; at most [`MAX_LISTED`].
    pub orders: Vec<Vec<usize>>,
    /// How many orders have the least cost; stops at the largest `u128`.
    pub n_optimal: u128,
    /// Over all ballots, the pairs that a ballot puts strictly in the other order.
    pub cost: u64,
    /// Ballots that rank at least one item.
    pub ballots: u64,
    /// The method.
    pub method: Method,
    /// Says so if the consensus is not unique or not every order is listed.
    pub cautions: Vec<Caution>,
}

/// All orders that minimise the sum of Kendall distances to the ballots (Kemeny 1959).
///
/// Exact: a tier that beats all later tiers stands before them in every optimal order (the extended Condorcet
/// criterion, Truchon 1998), and within a tier a dynamic program over subsets finds cost and number of optima.
/// [`NotComputed::TooLarge`] if one tier has more than [`MAX_TIER`] items.
pub fn kemeny(ballots: &Ballots, unranked: Unranked) -> Computed<Kemeny> {
    if ballots.cast() == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let pairs = Pairwise::count(ballots, unranked);
    let tiers = majority_tiers(&pairs);
    if tiers.iter().any(|tier| tier.len() > MAX_TIER) {
        return Err(NotComputed::TooLarge { limit: "18 items that no strict majorities separate" });
    }
    let mut consensus = Kemeny {
        orders: vec![Vec::new()],
        n_optimal: 1,
        cost: cost_between(&tiers, &pairs),
        ballots: ballots.cast(),
        method: KEMENY,
        cautions: Vec::new(),
    };
    for tier in &tiers {
        let optima = TierOptima::search(tier, &pairs);
        consensus.cost += optima.least[0];
        consensus.n_optimal = consensus.n_optimal.saturating_mul(optima.ways[0]);
        consensus.extend(&optima.list(tier, &pairs));
    }
    if consensus.n_optimal > 1 {
        consensus.cautions.push(Caution::Note("several orders are equally good"));
    }
    if consensus.n_optimal > MAX_LISTED as u128 {
        consensus.cautions.push(Caution::Note("only the first 10000 of the equally good orders are listed"));
    }
    Ok(consensus)
}

impl Kemeny {
    /// Appends each way to order the next tier to each order so far, which keeps the list ascending.
    fn extend(&mut self, tails: &[Vec<usize>]) {
        let longer =
            self.orders.iter().flat_map(|head| tails.iter().map(move |tail| [&head[..], tail].concat()));
        self.orders = longer.take(MAX_LISTED).collect();
    }
}

fn cost_between(tiers: &[Vec<usize>], pairs: &Pairwise) -> u64 {
    let mut cost = 0;
    for (number, tier) in tiers.iter().enumerate() {
        for later in tiers.iter().skip(number + 1).flatten() {
            cost += tier.iter().map(|item| pairs.above[*later][*item]).sum::<u64>();
        }
    }
    cost
}

/// Over the sets of items of a tier already placed (as bits): the least cost of placing the rest, and in how many
/// ways it is reached.
struct TierOptima {
    least: Vec<u64>,
    ways: Vec<u128>,
}

impl TierOptima {
    fn search(tier: &[usize], pairs: &Pairwise) -> Self {
        let full = (1_usize << tier.len()) - 1;
        let mut optima = Self { least: vec![u64::MAX; full + 1], ways: vec![0; full + 1] };
        optima.least[full] = 0;
        optima.ways[full] = 1;
        for placed in (0..full).rev() {
            for next in (0..tier.len()).filter(|item| placed & (1 << item) == 0) {
                let then = placed | (1 << next);
                let cost = optima.least[then] + cost_of_next(tier, pairs, placed, next);
                if cost < optima.least[placed] {
                    optima.least[placed] = cost;
                    optima.ways[placed] = 0;
                }
                if cost == optima.least[placed] {
                    optima.ways[placed] += optima.ways[then];
                }
            }
        }
        optima
    }

    /// The optimal orders in ascending order, at most [`MAX_LISTED`].
    fn list(&self, tier: &[usize], pairs: &Pairwise) -> Vec<Vec<usize>> {
        let mut orders = Vec::new();
        let mut open = vec![(0_usize, Vec::new())];
        while let Some((placed, order)) = open.pop() {
            if order.len() == tier.len() {
                orders.push(order);
                if orders.len() == MAX_LISTED {
                    break;
                }
                continue;
            }
            // Last first, so that the smallest item is taken from the stack first.
            for next in (0..tier.len()).rev().filter(|item| placed & (1 << item) == 0) {
                let then = placed | (1 << next);
                if self.least[placed] == self.least[then] + cost_of_next(tier, pairs, placed, next) {
                    let mut longer = order.clone();
                    longer.push(tier[next]);
                    open.push((then, longer));
                }
            }
        }
        orders
    }
}

/// Ballots that put an item still to be placed above the one placed next.
fn cost_of_next(tier: &[usize], pairs: &Pairwise, placed: usize, next: usize) -> u64 {
    let rest = tier.iter().enumerate().filter(|(bit, _)| placed & (1 << bit) == 0);
    rest.map(|(_, item)| pairs.above[*item][tier[next]]).sum()
}

/// How far two rankings of the same items are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KendallDistance {
    /// Pairs of items in opposite order.
    pub discordant: u64,
    /// Pairs of items in all.
    pub pairs: u64,
    /// The method.
    pub method: Method,
}

/// The number of pairs of items that `a` and `b` put in opposite order (Kendall 1938), in `O(n log n)`.
///
/// `a[i]` and `b[i]` are the ranks of item `i`; a pair tied in either ranking is not counted as opposite.
pub fn kendall_distance(a: &[u32], b: &[u32]) -> Computed<KendallDistance> {
    if a.len() != b.len() {
        return Err(NotComputed::invalid("both rankings rank the same items"));
    }
    if a.is_empty() {
        return Err(NotComputed::EmptyBase);
    }
    let mut by_a: Vec<(u32, u32)> = a.iter().copied().zip(b.iter().copied()).collect();
    // Within a tie of `a` the ranks in `b` ascend, so no inversion arises there.
    by_a.sort_unstable();
    let mut ranks: Vec<u32> = by_a.into_iter().map(|(_, rank)| rank).collect();
    let n = a.len() as u64;
    let pairs = n * (n - 1) / 2;
    Ok(KendallDistance { discordant: count_inversions(&mut ranks), pairs, method: KENDALL_DISTANCE })
}

/// Sorts, and counts the pairs that stood strictly in descending order.
fn count_inversions(values: &mut [u32]) -> u64 {
    if values.len() < 2 {
        return 0;
    }
    let (left, right) = values.split_at_mut(values.len() / 2);
    let mut inversions = count_inversions(left) + count_inversions(right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let mut rest = &*left;
    for value in &*right {
        let not_above = rest.partition_point(|other| other <= value);
        merged.extend_from_slice(&rest[..not_above]);
        rest = &rest[not_above..];
        inversions += rest.len() as u64;
        merged.push(*value);
    }
    merged.extend_from_slice(rest);
    values.copy_from_slice(&merged);
    inversions
}

#[cfg(test)]
mod tests {
    use super::super::ballots::ballots;
    use super::*;

    #[test]
    fn a_cycle_has_three_optima() {
        let cycle = ballots(&[&[1, 2, 3], &[3, 1, 2], &[2, 3, 1]]);
        let result = kemeny(&cycle, Unranked::TiedLast).unwrap();
        assert_eq!((result.cost, result.n_optimal), (4, 3));
        assert_eq!(result.orders, [vec![0, 1, 2], vec![1, 2, 0], vec![2, 0, 1]]);
        assert!(!result.cautions.is_empty());
    }

    #[test]
    fn all_tied_ballots_accept_every_order() {
        let result = kemeny(&ballots(&[&[1, 1, 1, 1]]), Unranked::TiedLast).unwrap();
        assert_eq!((result.cost, result.n_optimal, result.orders.len()), (0, 24, 24));
        assert!(result.orders.is_sorted());
    }

    #[test]
    fn many_items_are_no_trouble_where_majorities_separate_them() {
        let row: Vec<u32> = (1..=60).collect();
        let result = kemeny(&ballots(&[&row]), Unranked::TiedLast).unwrap();
        assert_eq!((result.cost, result.n_optimal), (0, 1));
        let tied = vec![1; MAX_TIER + 1];
        assert!(matches!(kemeny(&ballots(&[&tied]), Unranked::TiedLast), Err(NotComputed::TooLarge { .. })));
    }

    #[test]
    fn the_list_of_optima_is_bounded() {
        let result = kemeny(&ballots(&[&[1; 9]]), Unranked::TiedLast).unwrap();
        assert_eq!((result.n_optimal, result.orders.len()), (362_880, MAX_LISTED));
        assert_eq!(result.cautions.len(), 2);
    }

    #[test]
    fn kendall_distance_counts_opposite_pairs() {
        let distance = |a: &[u32], b: &[u32]| kendall_distance(a, b).map(|d| (d.discordant, d.pairs));
        assert_eq!(distance(&[1, 2, 3, 4], &[4, 3, 2, 1]), Ok((6, 6)));
        assert_eq!(distance(&[1, 1, 2], &[2, 1, 1]), Ok((1, 3)));
        assert_eq!(distance(&[1], &[1]), Ok((0, 0)));
        assert_eq!(kendall_distance(&[], &[]), Err(NotComputed::EmptyBase));
        assert!(kendall_distance(&[1], &[1, 2]).is_err());
    }
}
