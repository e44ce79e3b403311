//! Rankings of two or more groups compared: differences of mean ranks, item by item and as a whole.

use super::ballots::{Ballots, Unranked};
use crate::stats::random_tables::Draws;
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};
use crate::stats::resampling::{DealtRows, Share};

/// Whole rankings dealt anew to the groups.
pub const RANKINGS_PERMUTATION: Method = Method {
    id: "rankings.permutation",
    name: "permutation test of mean ranks",
    convention: "whole rankings dealt anew to the groups; between-group squares of mean ranks, summed over items",
};
/// The same for one item.
pub const RANKINGS_PERMUTATION_ITEM: Method = Method {
    id: "rankings.permutation_item",
    name: "permutation test of an item's mean rank",
    convention: "whole rankings dealt anew to the groups; two-sided by the size of the difference",
};

/// What the comparison found.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Mean ranks: `means[item][group]`.
    pub means: Vec<Vec<f64>>,
    /// One test for the whole ranking.
    pub whole: Test,
    /// One test for each item.
    pub items: Vec<Test>,
}

/// Compares the rankings of groups, each given as its ballots over the same items.
///
/// With [`Unranked::TiedLast`] unranked items share the mean of the ranks not given; with [`Unranked::LeftOut`] only
/// ballots that rank every item are compared, because means over different ballots compare people and not items.
///
/// # Examples
///
/// ```
/// use canvass::stats::random_tables::Draws;
/// use canvass::stats::rankings::comparison::compare;
/// use canvass::stats::rankings::{Ballots, Unranked};
///
/// let one = Ballots::with_counts(&[vec![Some(1), Some(2)]], &[2])?;
/// let two = Ballots::with_counts(&[vec![Some(2), Some(1)]], &[2])?;
/// let found = compare(&[one, two], Unranked::TiedLast, Draws { replicates: 99, seed: 1 })?;
/// // Of the six ways to deal two rankings of each kind, two separate them as here.
/// assert!((found.whole.p - 1.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn compare(groups: &[Ballots], unranked: Unranked, draws: Draws) -> Computed<Comparison> {
    let items = groups.first().map_or(0, Ballots::items);
    if groups.iter().any(|ballots| ballots.items() != items) {
        return Err(NotComputed::invalid("every group ranks the same items"));
    }
    let mut rows: std::collections::BTreeMap<Vec<u64>, Vec<u64>> = std::collections::BTreeMap::new();
    let (mut dropped, mut incomplete) = (0, false);
    for (group, ballots) in groups.iter().enumerate() {
        for (ballot, count) in ballots.iter().filter(|(_, count)| *count > 0) {
            incomplete |= ballot.contains(&None);
            match doubled_midranks(ballot, unranked) {
                Some(ranks) => rows.entry(ranks).or_insert_with(|| vec![0; groups.len()])[group] += count,
                None => dropped += count,
            }
        }
    }
    let rows: Vec<(Vec<f64>, Vec<u64>)> = rows
        .into_iter()
        .map(|(ranks, counts)| (ranks.into_iter().map(|rank| rank as f64).collect(), counts))
        .collect();
    let rows = DealtRows::new(&rows)?;
    let dealt = rows.deal(&vec![1.0; items], draws)?;
    let test = |share: &Share, method: Method| {
        let what = "rankings that do not rank every item, or none";
        let mut cautions: Vec<Caution> =
            (dropped > 0).then_some(Caution::Dropped { count: dropped, what }).into_iter().collect();
        if incomplete && unranked == Unranked::TiedLast {
            cautions.push(Caution::Note("items left unranked share the mean of the ranks not given"));
        }
        cautions.push(
            share.smallest.map_or_else(|| draws.caution(share.p), |p| Caution::SmallestAttainableP { p }),
        );
        // Ranks were doubled to be whole, so their squares are four times too large.
        let statistic = Some(share.statistic / 4.0);
        Test { statistic, df: Vec::new(), p: share.p, which: Which::TwoSided, method, cautions }
    };
    let halved = |means: Vec<f64>| means.into_iter().map(|mean| mean / 2.0).collect();
    Ok(Comparison {
        means: rows.means().into_iter().map(halved).collect(),
        whole: test(&dealt.whole, RANKINGS_PERMUTATION),
        items: dealt.each.iter().map(|share| test(share, RANKINGS_PERMUTATION_ITEM)).collect(),
    })
}

/// Twice the midrank of every item, which is whole; `None` for a ballot that says nothing, or leaves an item out where
/// that means nothing.
fn doubled_midranks(ballot: &[Option<u32>], unranked: Unranked) -> Option<Vec<u64>> {
    if ballot.iter().all(Option::is_none) || (unranked == Unranked::LeftOut && ballot.contains(&None)) {
        return None;
    }
    // What has no rank stands below every rank.
    let place = |rank: &Option<u32>| rank.map_or(u64::MAX, u64::from);
    let doubled = |own: &Option<u32>| {
        let before = ballot.iter().filter(|other| place(other) < place(own)).count() as u64;
        let level = ballot.iter().filter(|other| place(other) == place(own)).count() as u64;
        2 * before + level + 1
    };
    Some(ballot.iter().map(doubled).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midranks_are_those_of_the_mean_rank() {
        assert_eq!(doubled_midranks(&[Some(1), None, None], Unranked::TiedLast), Some(vec![2, 5, 5]));
        assert_eq!(doubled_midranks(&[Some(1), None, None], Unranked::LeftOut), None);
        assert_eq!(doubled_midranks(&[Some(2), Some(2), Some(7)], Unranked::LeftOut), Some(vec![3, 3, 6]));
        assert_eq!(doubled_midranks(&[None, None], Unranked::TiedLast), None);
    }
}
