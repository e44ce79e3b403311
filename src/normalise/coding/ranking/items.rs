//! Rankings with a column for each item, which holds its rank.

use crate::codebook::anchors::{is_none_of_these, off_scale};
use crate::codebook::{Item, Missing, Rank, read_rank};
use crate::responses::{RankState, Ranking};

use super::super::account::{Account, Fact};
use super::super::asked::Asked;
use super::super::recoded::Rule;
use super::super::unread::Kind;
use super::{Beside, filled};

/// How ranks are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// The first is 1.
    FromOne,
    /// The first is 0.
    FromZero,
    /// The first is the number of items.
    HighFirst,
}

impl Count {
    /// The rank from 1; `None` if a number is out of range.
    fn rank(self, number: u16, items: usize) -> Option<u16> {
        let rank = match self {
            Self::FromOne => number,
            Self::FromZero => number.checked_add(1)?,
            Self::HighFirst => u16::try_from(items).ok()?.checked_add(1)?.checked_sub(number)?,
        };
        (1..=items).contains(&usize::from(rank)).then_some(rank)
    }
}

pub(super) fn code(
    items: &[Item],
    count: Count,
    asked: &Asked<'_>,
    account: &mut Account<'_>,
) -> Vec<Ranking> {
    let zero_is_unranked = count == Count::FromOne && zero_is_unranked(items, account);
    let none: Vec<bool> = items.iter().map(|item| is_none_of_these(&item.label)).collect();
    let coder = Coder { items, count, zero_is_unranked, none };
    (0..account.export.table.height()).map(|row| coder.one(row, asked, account)).collect()
}

struct Coder<'a> {
    items: &'a [Item],
    count: Count,
    zero_is_unranked: bool,
    /// For each item whether it says that none of the others is ranked.
    none: Vec<bool>,
}

impl Coder<'_> {
    fn one(&self, row: usize, asked: &Asked<'_>, account: &mut Account<'_>) -> Ranking {
        let mut ranks = Vec::with_capacity(self.items.len());
        let mut beside = Beside::default();
        for item in self.items {
            ranks.push(self.rank(row, item.column, &mut beside, account));
        }
        let column = self.items.first().map_or(usize::MAX, |item| item.column);
        let none = ranks.iter().zip(&self.none).any(|(rank, none)| *none && rank.is_some());
        if none && !beside.unreadable {
            if ranks.iter().flatten().count() == 1 {
                return Ranking::of(vec![None; ranks.len()], Missing::NotApplicable);
            }
            account.met(Fact::Exclusive, row, column);
            return Ranking { ranks, state: RankState::Invalid };
        }
        beside.ranking(ranks, row, column, asked, account)
    }

    fn rank(&self, row: usize, column: usize, beside: &mut Beside, account: &mut Account<'_>) -> Option<u16> {
        let text = filled(account.export, row, column)?;
        if beside.takes(row, column, text, account) {
            return None;
        }
        let read = read_rank(text);
        if self.zero_is_unranked && read.is_some_and(|rank| rank.number() == 0) {
            account.met_in_question(Fact::ZeroUnranked, row);
            return None;
        }
        if read.is_none()
            && let Some(reason) = off_scale(text)
        {
            beside.says(reason, Rule::Outside, row, column, text, account);
            return None;
        }
        let rank = read.and_then(|rank| self.count.rank(rank.number(), self.items.len()));
        match (rank, read) {
            (Some(rank), Some(Rank::Words(_))) => account.rank_in_words(row, column, rank),
            (Some(_), _) => {}
            (None, _) => {
                beside.unreadable = true;
                account.unread(Kind::BadRank, row, column);
                // What it says is kept, as far as it is a number.
                return read.map(Rank::number);
            }
        }
        rank
    }
}

/// Whether 0 stands for an item that was left unranked: in some row it stands at several items beside ranks from 1.
///
/// A single 0 may be the first of ranks that count from 0, and says nothing.
fn zero_is_unranked(items: &[Item], account: &Account<'_>) -> bool {
    let table = &account.export.table;
    (0..table.height()).any(|row| {
        let numbers =
            items.iter().filter_map(|item| table.cell(row, item.column)?.trim().parse::<u16>().ok());
        let (zeros, ranks): (Vec<u16>, Vec<u16>) = numbers.partition(|number| *number == 0);
        zeros.len() > 1 && ranks.contains(&1)
    })
}
