//! Mean ranks, rank frequencies and Borda scores: summaries of one item at a time.

use super::ballots::{Ballots, Pairwise, Unranked, levels};
use crate::stats::{Computed, Method, NotComputed};

/// Mean rank.
pub const MEAN_RANK: Method =
    Method { id: "mean_rank", name: "mean rank", convention: "ties share the mean of their ranks" };

/// Rank frequencies.
pub const RANK_FREQUENCY: Method = Method {
    id: "rank_frequency",
    name: "rank frequencies",
    convention: "a tied item takes the best rank of its group",
};

/// Borda score.
pub const BORDA: Method =
    Method { id: "borda", name: "Borda score", convention: "items beaten plus half the items tied" };

/// The mean ranks of all items.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanRanks {
    /// One entry per item; [`NotComputed::EmptyBase`] for an item that nobody ranked.
    pub items: Vec<Computed<MeanRank>>,
    /// Ballots left out because they rank nothing.
    pub blank: u64,
    /// The method.
    pub method: Method,
}

/// The mean rank of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanRank {
    /// Mean of its midranks.
    pub mean: f64,
    /// Standard deviation with divisor `n - 1`; needs two ballots.
    pub sd: Computed<f64>,
    /// Ballots that give it a rank, by the rule for unranked items.
    pub n: u64,
}

/// The mean midrank of every item.
///
/// With [`Unranked::TiedLast`] the items that a ballot leaves out share the mean of the unused ranks; with
/// [`Unranked::LeftOut`] ranks run over the items that the ballot ranks, and the others get none. Sums are exact.
///
/// # Examples
///
/// ```
/// use canvass::stats::rankings::summaries::mean_rank;
/// use canvass::stats::rankings::{Ballots, Unranked};
///
/// let ballots = Ballots::new(&[vec![Some(1), Some(2), Some(3)], vec![Some(1), Some(3), Some(2)]])?;
/// let means: Vec<f64> =
///     mean_rank(&ballots, Unranked::LeftOut)?.items.into_iter().flatten().map(|item| item.mean).collect();
/// assert_eq!(means, [1.0, 2.5, 2.5]);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn mean_rank(ballots: &Ballots, unranked: Unranked) -> Computed<MeanRanks> {
    if ballots.cast() == 0 {
        return Err(NotComputed::EmptyBase);
    }
    // Doubled midranks are integers, so the sums are exact and the result has no order of summation.
    let mut sums = vec![DoubledSums::default(); ballots.items()];
    for (ballot, count) in ballots.iter().filter(|(_, count)| *count > 0) {
        let groups = levels(ballot);
        let mut before = 0_u64;
        for group in &groups {
            let size = group.len() as u64;
            for item in group {
                sums[*item].add(2 * before + size + 1, count);
            }
            before += size;
        }
        if unranked == Unranked::TiedLast && before > 0 {
            let doubled = before + ballots.items() as u64 + 1;
            let left_out = ballot.iter().enumerate().filter(|(_, rank)| rank.is_none());
            left_out.for_each(|(item, _)| sums[item].add(doubled, count));
        }
    }
    Ok(MeanRanks {
        items: sums.iter().map(DoubledSums::mean_rank).collect(),
        blank: ballots.blank(),
        method: MEAN_RANK,
    })
}

#[derive(Debug, Clone, Default)]
struct DoubledSums {
    n: u64,
    sum: u128,
    squares: u128,
}

impl DoubledSums {
    fn add(&mut self, doubled_rank: u64, count: u64) {
        self.n += count;
        self.sum += u128::from(doubled_rank) * u128::from(count);
        self.squares += u128::from(doubled_rank).pow(2) * u128::from(count);
    }

    fn mean_rank(&self) -> Computed<MeanRank> {
        if self.n == 0 {
            return Err(NotComputed::EmptyBase);
        }
        let n = self.n as f64;
        let sd = if self.n < 2 {
            Err(NotComputed::TooFew { needed: 2, found: self.n })
        } else {
            let deviations = u128::from(self.n) * self.squares - self.sum.pow(2);
            Ok((deviations as f64 / (n * (n - 1.0))).sqrt() / 2.0)
        };
        Ok(MeanRank { mean: self.sum as f64 / (2.0 * n), sd, n: self.n })
    }
}

/// How often each item stood at each rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankFrequencies {
    /// `at_rank[item][r]` ballots put the item at rank `r + 1`: one more than the number of items above it.
    pub at_rank: Vec<Vec<u64>>,
    /// Ballots that rank the item at all.
    pub n_ranked: Vec<u64>,
    /// Ballots with no item above it; items tied for first all count.
    pub n_first: Vec<u64>,
    /// Ballots that rank at least one item.
    pub ballots: u64,
    /// The method.
    pub method: Method,
}

/// Counts the ranks of every item; items without a rank count nowhere.
pub fn rank_frequency(ballots: &Ballots) -> RankFrequencies {
    let k = ballots.items();
    let mut at_rank = vec![vec![0; k]; k];
    for (ballot, count) in ballots.iter() {
        let mut before = 0;
        for group in levels(ballot) {
            for item in &group {
                at_rank[*item][before] += count;
            }
            before += group.len();
        }
    }
    RankFrequencies {
        n_ranked: at_rank.iter().map(|row| row.iter().sum()).collect(),
        n_first: at_rank.iter().map(|row| row[0]).collect(),
        at_rank,
        ballots: ballots.cast(),
        method: RANK_FREQUENCY,
    }
}

/// Borda scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Borda {
    /// Per item, the items it beats plus half the items it ties, summed over ballots.
    pub score: Vec<f64>,
    /// Place of each item by score, 1 the best; equal scores share the mean of their places.
    pub place: Vec<f64>,
    /// Ballots that rank at least one item.
    pub ballots: u64,
    /// The method.
    pub method: Method,
}

/// Tournament Borda scores (Borda 1784), with half a point for a tie.
///
/// With [`Unranked::LeftOut`] an item earns points only against items on the same ballot, so scores of items that
/// were shown unequally often are not comparable.
pub fn borda(ballots: &Ballots, unranked: Unranked) -> Computed<Borda> {
    if ballots.cast() == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let pairs = Pairwise::count(ballots, unranked);
    let doubled: Vec<u64> = pairs
        .above
        .iter()
        .zip(&pairs.tied)
        .map(|(above, tied)| 2 * above.iter().sum::<u64>() + tied.iter().sum::<u64>())
        .collect();
    let place = |own: u64| {
        let better = doubled.iter().filter(|other| **other > own).count();
        let equal = doubled.iter().filter(|other| **other == own).count();
        (2 * better + equal + 1) as f64 / 2.0
    };
    Ok(Borda {
        place: doubled.iter().map(|own| place(*own)).collect(),
        score: doubled.iter().map(|own| *own as f64 / 2.0).collect(),
        ballots: ballots.cast(),
        method: BORDA,
    })
}

#[cfg(test)]
mod tests {
    use super::super::ballots::ballots;
    use super::*;

    #[test]
    fn unranked_items_share_the_unused_ranks_or_get_none() {
        let top = ballots(&[&[1, 0, 2, 0], &[0, 0, 0, 0]]);
        let shared = mean_rank(&top, Unranked::TiedLast).unwrap();
        let means: Vec<f64> = shared.items.iter().map(|item| item.as_ref().unwrap().mean).collect();
        assert!(means == [1.0, 3.5, 2.0, 3.5]);
        assert_eq!(shared.blank, 1);
        let none = mean_rank(&top, Unranked::LeftOut).unwrap();
        assert_eq!(none.items[1], Err(NotComputed::EmptyBase));
        assert_eq!(none.items[0].as_ref().unwrap().sd, Err(NotComputed::TooFew { needed: 2, found: 1 }));
    }

    #[test]
    fn tied_items_share_the_mean_of_their_ranks() {
        let tied = mean_rank(&ballots(&[&[1, 1, 2], &[3, 1, 2]]), Unranked::LeftOut).unwrap();
        let first = tied.items[0].as_ref().unwrap();
        assert!((first.mean - 2.25).abs() < 1e-15);
        // Ranks 1.5 and 3: the standard deviation is 1.5 / sqrt(2).
        assert!((first.sd.clone().unwrap() - 1.5 / 2_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn items_tied_for_first_are_both_first() {
        let counts = rank_frequency(&ballots(&[&[1, 1, 2], &[2, 1, 0]]));
        assert_eq!(counts.n_first, [1, 2, 0]);
        assert_eq!(counts.at_rank, [vec![1, 1, 0], vec![2, 0, 0], vec![0, 0, 1]]);
    }

    #[test]
    fn borda_counts_the_beaten_and_half_the_tied() {
        let scores = borda(&ballots(&[&[1, 2, 2], &[1, 0, 0]]), Unranked::TiedLast).unwrap();
        assert!(scores.score == [4.0, 1.0, 1.0]);
        assert!(scores.place == [1.0, 2.5, 2.5]);
        assert!(
            borda(&ballots(&[&[1, 2, 2], &[1, 0, 0]]), Unranked::LeftOut).unwrap().score == [2.0, 0.5, 0.5]
        );
    }

    #[test]
    fn nothing_is_computed_from_blank_ballots() {
        assert_eq!(mean_rank(&ballots(&[&[0, 0]]), Unranked::TiedLast), Err(NotComputed::EmptyBase));
        assert_eq!(borda(&ballots(&[&[0, 0]]), Unranked::TiedLast), Err(NotComputed::EmptyBase));
    }
}
