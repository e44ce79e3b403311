//! The rankings that count: distinct ones with how often each was given, so that a million of five items are few.

use std::collections::BTreeMap;

use crate::codebook::Partial;
use crate::findings::{Caution, Selector};
use crate::normalise::CohortQuestion;
use crate::responses::{RankState, Ranking};
use crate::stats::Computed;
use crate::stats::rankings::{Ballots, Unranked};

/// The rankings of a group that count.
pub(in crate::analyse) struct Field {
    /// Distinct rankings with their counts.
    pub(super) ballots: Computed<Ballots>,
    /// How many rankings count.
    pub(super) base: u64,
    /// Which rankings count.
    pub(super) partial: Partial,
    /// Rankings that leave items out; they count unless only complete ones do.
    incomplete: u64,
}

impl Field {
    /// Counts the rankings of some rows.
    pub(in crate::analyse) fn of(
        question: &CohortQuestion,
        rankings: &[Ranking],
        rows: &[usize],
        partial: Partial,
    ) -> Self {
        let mut counts: BTreeMap<&[Option<u16>], u64> = BTreeMap::new();
        let mut incomplete = 0;
        let usable = |ranking: &&Ranking| match ranking.state {
            RankState::Complete | RankState::TopK(_) | RankState::Partial => true,
            RankState::Tied => question.ties,
            RankState::Invalid | RankState::Missing(_) => false,
        };
        for ranking in rows.iter().filter_map(|row| rankings.get(*row)).filter(usable) {
            let lacks = ranking.ranks.contains(&None);
            incomplete += u64::from(lacks);
            if !lacks || partial != Partial::CompleteOnly {
                *counts.entry(&ranking.ranks).or_default() += 1;
            }
        }
        let base = counts.values().sum();
        let rows: Vec<Vec<Option<u32>>> =
            counts.keys().map(|ranks| ranks.iter().map(|rank| rank.map(u32::from)).collect()).collect();
        let counts: Vec<u64> = counts.into_values().collect();
        Self { ballots: Ballots::with_counts(&rows, &counts), base, partial, incomplete }
    }

    /// The rankings, or why there are none.
    pub(in crate::analyse) fn ballots(&self) -> Computed<&Ballots> {
        self.ballots.as_ref().map_err(Clone::clone)
    }

    /// What an item without a rank means to the methods.
    pub(in crate::analyse) fn unranked(&self) -> Unranked {
        match self.partial {
            Partial::TiedLast => Unranked::TiedLast,
            Partial::OnlyRanked | Partial::CompleteOnly => Unranked::LeftOut,
        }
    }

    /// How many different rankings there are.
    pub(super) fn distinct(&self) -> u64 {
        self.ballots.as_ref().map_or(0, |ballots| ballots.rows() as u64)
    }

    /// How many people's rankings fit.
    pub(super) fn count(&self, fits: impl Fn(&[Option<u32>]) -> bool) -> u64 {
        let Ok(ballots) = &self.ballots else { return 0 };
        ballots.iter().filter(|(ballot, _)| fits(ballot)).map(|(_, count)| count).sum()
    }

    /// The midrank of every item in one ranking; `None` for an item of which it says nothing.
    pub(super) fn midranks(&self, ballot: &[Option<u32>]) -> Vec<Option<f64>> {
        let last = self.partial == Partial::TiedLast;
        let place = |rank: Option<u32>| rank.map(u64::from).or(last.then_some(u64::MAX));
        let midrank = |own: &Option<u32>| {
            let own = place(*own)?;
            let places = || ballot.iter().filter_map(|rank| place(*rank));
            let (above, level) =
                (places().filter(|other| *other < own), places().filter(|other| *other == own));
            Some(above.count() as f64 + f64::midpoint(level.count() as f64, 1.0))
        };
        ballot.iter().map(midrank).collect()
    }

    /// The facts about incomplete rankings.
    pub(super) fn cautions(&self) -> Option<Caution> {
        let count = self.incomplete;
        (count > 0).then_some(match self.partial {
            Partial::TiedLast => Caution::IncompleteRankings { count },
            Partial::OnlyRanked => Caution::OnlyRanked { count },
            Partial::CompleteOnly => Caution::IncompleteLeftOut { count },
        })
    }

    /// Whose rankings count.
    pub(super) fn who(&self, question: &CohortQuestion) -> Selector {
        let question = question.id.clone();
        match self.partial {
            Partial::CompleteOnly => Selector::RankedEvery { question },
            Partial::TiedLast | Partial::OnlyRanked => Selector::Answered { question, item: 0 },
        }
    }

    /// Those whose rankings count and who are picked by a selector.
    pub(super) fn counting(&self, question: &CohortQuestion, selector: Selector) -> Selector {
        match self.partial {
            Partial::CompleteOnly => {
                let who = Selector::RankedEvery { question: question.id.clone() };
                Selector::All(vec![who, selector])
            }
            Partial::TiedLast | Partial::OnlyRanked => selector,
        }
    }
}
