//! Rankings in every shape in which exports hold them, to one: the rank of each item.
//!
//! Ranks are kept as given; what they amount to is said, never repaired.

mod items;
mod places;
mod points;
mod untouched;

use crate::codebook::{Form, Missing, Scoring};
use crate::ingest::Export;
use crate::responses::{RankState, Ranking};

use super::account::{Account, Fact};
use super::asked::Asked;
use super::choice::is_seen_unanswered;
use super::recoded::{ReadAs, Rule};

/// Codes a ranking.
pub(super) fn code(asked: &Asked<'_>, account: &mut Account<'_>) -> Vec<Ranking> {
    let question = account.question;
    let rankings: Vec<Ranking> = match &question.form {
        Form::Ranking { items } => items::code(items, items::Count::FromOne, asked, account),
        Form::Scores { items, scoring: Scoring::FromZero } => {
            items::code(items, items::Count::FromZero, asked, account)
        }
        Form::Scores { items, scoring: Scoring::HighFirst } => {
            items::code(items, items::Count::HighFirst, asked, account)
        }
        Form::Scores { items, scoring: Scoring::Points } => points::code(items, asked, account),
        Form::Ordering { cells, choices } => places::code(cells, choices, asked, account),
        _ => Vec::new(),
    };
    untouched::look(&rankings, account);
    rankings
}

/// What the cells of one row say besides ranks.
#[derive(Debug, Default)]
struct Beside {
    /// Columns with the mark for what was seen and not answered.
    seen: Vec<usize>,
    /// Whether something cannot be read.
    unreadable: bool,
    /// Why there is no answer, where a cell says it.
    reason: Option<Missing>,
}

impl Beside {
    /// Whether a cell is no rank but blank, marked or a code for missing values.
    fn takes(&mut self, row: usize, column: usize, text: &str, account: &mut Account<'_>) -> bool {
        let export = account.export;
        if is_seen_unanswered(export, text) {
            self.seen.push(column);
            return true;
        }
        let Some(reason) = account.missing_code(column, text) else { return false };
        self.says(reason, Rule::MissingCode, row, column, text, account);
        true
    }

    /// Enters a cell that says why there is no rank in it.
    fn says(
        &mut self,
        reason: Missing,
        rule: Rule,
        row: usize,
        column: usize,
        text: &str,
        account: &mut Account<'_>,
    ) {
        self.reason = self.reason.or(Some(reason));
        let told = account.told(column, text);
        account.recoded(row, column, told, ReadAs::Missing(reason), rule);
    }

    /// The ranking of the row: what its ranks amount to, or why there is none.
    fn ranking(
        self,
        ranks: Vec<Option<u16>>,
        row: usize,
        column: usize,
        asked: &Asked<'_>,
        account: &mut Account<'_>,
    ) -> Ranking {
        if ranks.iter().all(Option::is_none) && !self.unreadable {
            let reason = match (self.seen.first(), self.reason) {
                (Some(column), _) => {
                    is_seen(row, *column, account);
                    Missing::Skipped
                }
                (None, Some(reason)) => reason,
                (None, None) => asked.reason(row, account),
            };
            return Ranking::of(ranks, reason);
        }
        // Beside ranks the mark says of an item that it was left unranked, and each such cell is read as that.
        for column in self.seen {
            is_seen(row, column, account);
        }
        if self.unreadable {
            return Ranking { ranks, state: RankState::Invalid };
        }
        asked.check_answer(row, account);
        let ranking = Ranking::of(ranks, Missing::Blank);
        match ranking.state {
            RankState::Tied if !account.takes_ties() => account.met(Fact::TiedRanks, row, column),
            RankState::Partial => account.met(Fact::PartialRanks, row, column),
            _ => {}
        }
        ranking
    }
}

fn is_seen(row: usize, column: usize, account: &mut Account<'_>) {
    let told = account.export.seen_unanswered.clone();
    account.recoded(row, column, told, ReadAs::Missing(Missing::Skipped), Rule::SeenUnanswered);
}

/// A cell that is not blank.
fn filled(export: &Export, row: usize, column: usize) -> Option<&str> {
    export.table.cell(row, column).filter(|text| !text.trim().is_empty())
}
