//! Ballots: who put which item where.

use crate::stats::{Computed, NotComputed};

/// The most items that a ballot may hold.
pub const MAX_ITEMS: usize = 1_000;

/// The most ballots, counted with multiplicity, so that sums of pairs stay exact in 64 bits.
pub const MAX_BALLOTS: u64 = 1 << 40;

/// What an item without a rank means. The questionnaire decides; the numbers cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unranked {
    /// Top-k: the ballot offered every item, and those left out stand below all ranked ones, tied with each other.
    TiedLast,
    /// Subset: the ballot did not offer the item, so it says nothing about it.
    LeftOut,
}

/// Ballots over the same items, each with the number of people who cast it.
///
/// A rank is a positive integer, 1 the best. Only the order of the ranks within a ballot matters, so dense ranks
/// (1, 1, 2) and competition ranks (1, 1, 3) say the same. Equal ranks are ties; `None` is an item without a rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballots {
    items: usize,
    ranks: Vec<Option<u32>>,
    counts: Vec<u64>,
}

impl Ballots {
    /// One person per row; every row has one entry per item.
    ///
    /// Refuses an empty set, rows of different lengths, rank 0, and more than [`MAX_ITEMS`] items.
    pub fn new(rows: &[Vec<Option<u32>>]) -> Computed<Self> {
        Self::with_counts(rows, &vec![1; rows.len()])
    }

    /// Distinct ballots with the number of people who cast each.
    ///
    /// Refuses what [`Ballots::new`] refuses, counts of another length, and more than [`MAX_BALLOTS`] people.
    pub fn with_counts(rows: &[Vec<Option<u32>>], counts: &[u64]) -> Computed<Self> {
        let items = rows.first().ok_or(NotComputed::EmptyBase)?.len();
        if items == 0 {
            return Err(NotComputed::EmptyBase);
        }
        if items > MAX_ITEMS {
            return Err(NotComputed::TooLarge { limit: "1000 items" });
        }
        if rows.len() != counts.len() {
            return Err(NotComputed::invalid("one count for each ballot"));
        }
        if rows.iter().any(|row| row.len() != items) {
            return Err(NotComputed::invalid("every ballot has one entry for each item"));
        }
        if rows.iter().flatten().any(|rank| *rank == Some(0)) {
            return Err(NotComputed::invalid("ranks start at 1"));
        }
        let total = counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count));
        if total.is_none_or(|total| total > MAX_BALLOTS) {
            return Err(NotComputed::TooLarge { limit: "2^40 ballots" });
        }
        Ok(Self { items, ranks: rows.iter().flatten().copied().collect(), counts: counts.to_vec() })
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// Number of rows, which is the number of distinct ballots if the rows are distinct.
    pub fn rows(&self) -> usize {
        self.counts.len()
    }

    /// Each ballot with the number of people who cast it, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&[Option<u32>], u64)> {
        self.ranks.chunks_exact(self.items).zip(self.counts.iter().copied())
    }

    /// Number of people whose ballot ranks at least one item.
    pub fn cast(&self) -> u64 {
        self.iter().filter(|(ballot, _)| ballot.iter().any(Option::is_some)).map(|(_, count)| count).sum()
    }

    /// Number of people whose ballot ranks nothing.
    pub fn blank(&self) -> u64 {
        self.counts.iter().sum::<u64>() - self.cast()
    }
}

/// The items of one ballot in groups of equal rank, best first; items without a rank are absent.
pub(super) fn levels(ballot: &[Option<u32>]) -> Vec<Vec<usize>> {
    let mut ranked: Vec<(u32, usize)> =
        ballot.iter().enumerate().filter_map(|(item, rank)| rank.map(|rank| (rank, item))).collect();
    ranked.sort_unstable();
    ranked.chunk_by(|a, b| a.0 == b.0).map(|level| level.iter().map(|(_, item)| *item).collect()).collect()
}

/// Pairwise preferences: `above[a][b]` people put `a` above `b`, `tied[a][b]` put them level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairwise {
    /// People who put the row's item above the column's.
    pub above: Vec<Vec<u64>>,
    /// People who put the two level; symmetric, with a zero diagonal.
    pub tied: Vec<Vec<u64>>,
}

impl Pairwise {
    /// Counts every pair of items over all ballots that rank at least one item.
    pub fn count(ballots: &Ballots, unranked: Unranked) -> Self {
        let k = ballots.items();
        let mut pairs = Self { above: vec![vec![0; k]; k], tied: vec![vec![0; k]; k] };
        for (ballot, count) in ballots.iter() {
            if count > 0 && ballot.iter().any(Option::is_some) {
                pairs.add(ballot, count, unranked);
            }
        }
        pairs
    }

    fn add(&mut self, ballot: &[Option<u32>], count: u64, unranked: Unranked) {
        let place = |rank: Option<u32>| match (rank, unranked) {
            (Some(rank), _) => Some(u64::from(rank)),
            (None, Unranked::TiedLast) => Some(u64::MAX),
            (None, Unranked::LeftOut) => None,
        };
        for (a, above) in self.above.iter_mut().enumerate() {
            let Some(place_a) = place(ballot[a]) else { continue };
            for (b, rank_b) in ballot.iter().enumerate() {
                let Some(place_b) = place(*rank_b) else { continue };
                if place_a < place_b {
                    above[b] += count;
                } else if place_a == place_b && a != b {
                    self.tied[a][b] += count;
                }
            }
        }
    }
}

/// One person per row, 0 for no rank.
#[cfg(test)]
pub(super) fn ballots(rows: &[&[u32]]) -> Ballots {
    let optional = |rank: &u32| (*rank > 0).then_some(*rank);
    Ballots::new(&rows.iter().map(|row| row.iter().map(optional).collect()).collect::<Vec<_>>()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_ballots_are_refused() {
        assert_eq!(Ballots::new(&[]), Err(NotComputed::EmptyBase));
        assert_eq!(Ballots::new(&[vec![]]), Err(NotComputed::EmptyBase));
        assert!(Ballots::new(&[vec![Some(1)], vec![Some(1), Some(2)]]).is_err());
        assert!(Ballots::new(&[vec![Some(0), Some(1)]]).is_err());
        assert!(Ballots::with_counts(&[vec![Some(1)]], &[]).is_err());
        assert!(Ballots::with_counts(&[vec![Some(1)], vec![Some(1)]], &[u64::MAX, 1]).is_err());
    }

    #[test]
    fn levels_group_equal_ranks_and_skip_the_unranked() {
        assert_eq!(levels(&[Some(3), None, Some(1), Some(3)]), vec![vec![2], vec![0, 3]]);
        assert!(levels(&[None, None]).is_empty());
    }

    #[test]
    fn a_blank_ballot_counts_nowhere() {
        let ballots = Ballots::new(&[vec![None, None], vec![Some(1), None]]).unwrap();
        assert_eq!((ballots.cast(), ballots.blank()), (1, 1));
        assert_eq!(Pairwise::count(&ballots, Unranked::TiedLast).above, vec![vec![0, 1], vec![0, 0]]);
        assert_eq!(Pairwise::count(&ballots, Unranked::TiedLast).tied, vec![vec![0, 0], vec![0, 0]]);
        assert_eq!(Pairwise::count(&ballots, Unranked::LeftOut).above, vec![vec![0, 0], vec![0, 0]]);
    }
}
