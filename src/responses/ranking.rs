//! One person's ranking of items.

use crate::codebook::Missing;

/// One person's ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// For each item its rank as given, 1 for the first; `None` where the item has none that can be read.
    pub ranks: Vec<Option<u16>>,
    /// What the ranks amount to.
    pub state: RankState,
}

/// What the ranks of one person amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RankState {
    /// Every item has its own rank from 1 to the number of items.
    Complete,
    /// The first `k` ranks are given, each once, and the other items have none.
    TopK(u16),
    /// Some items have a rank, each its own, but the ranks are not the first ones without a gap.
    Partial,
    /// At least two items share a rank.
    Tied,
    /// At least one rank cannot be read or is outside 1 to the number of items.
    Invalid,
    /// No item has a rank.
    Missing(Missing),
}

impl Ranking {
    /// A ranking from ranks that could all be read; blank items are `None`.
    ///
    /// `reason` says why there is no answer if no item has a rank.
    pub fn of(ranks: Vec<Option<u16>>, reason: Missing) -> Self {
        let state = state(&ranks, reason);
        Self { ranks, state }
    }

    /// Whether the ranks can be used as they stand: all of them, or the first ones without a gap.
    pub fn is_usable(&self) -> bool {
        matches!(self.state, RankState::Complete | RankState::TopK(_))
    }
}

fn state(ranks: &[Option<u16>], reason: Missing) -> RankState {
    let mut given: Vec<u16> = ranks.iter().copied().flatten().collect();
    given.sort_unstable();
    if given.is_empty() {
        return RankState::Missing(reason);
    }
    let within = |rank: &u16| (1..=ranks.len()).contains(&usize::from(*rank));
    if !given.iter().all(within) {
        return RankState::Invalid;
    }
    if given.windows(2).any(|pair| pair[0] == pair[1]) {
        return RankState::Tied;
    }
    if given.len() == ranks.len() {
        return RankState::Complete;
    }
    match given.last() {
        // Distinct ranks from 1 whose highest is their number have no gap.
        Some(&last) if usize::from(last) == given.len() => RankState::TopK(last),
        _ => RankState::Partial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state_of(ranks: &[u16]) -> RankState {
        let ranks = ranks.iter().map(|rank| (*rank > 0).then_some(*rank)).collect();
        Ranking::of(ranks, Missing::Skipped).state
    }

    #[test]
    fn the_state_says_what_the_ranks_amount_to() {
        assert_eq!(state_of(&[2, 1, 3]), RankState::Complete);
        assert_eq!(state_of(&[0, 1, 0]), RankState::TopK(1));
        assert_eq!(state_of(&[2, 1, 0]), RankState::TopK(2));
        assert_eq!(state_of(&[0, 2, 0]), RankState::Partial);
        assert_eq!(state_of(&[1, 3, 0]), RankState::Partial);
        assert_eq!(state_of(&[1, 1, 2]), RankState::Tied);
        assert_eq!(state_of(&[1, 2, 4]), RankState::Invalid);
        assert_eq!(state_of(&[0, 0, 0]), RankState::Missing(Missing::Skipped));
    }

    #[test]
    fn ranks_are_never_repaired() {
        let ranking = Ranking::of(vec![Some(1), Some(1), Some(3)], Missing::Blank);
        assert_eq!(ranking.ranks, [Some(1), Some(1), Some(3)]);
        assert!(!ranking.is_usable());
    }
}
