//! Rankings from one column for each item.

use crate::codebook::Missing;
use crate::ingest::Export;
use crate::responses::{RankState, Ranking};

use super::account::{Account, Fact};
use super::asked::Asked;
use super::choice::{is_seen_unanswered, missing_code};
use super::recoded::{ReadAs, Rule};
use super::unread::Kind;

/// Ranks in words, from the first.
pub(super) const WORDS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// What a cell says about the rank of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// A whole number.
    Number(u16),
    /// A number in words or with words.
    Words(u16),
    /// Something else.
    Unreadable,
}

/// Codes a ranking. Ranks are kept as given; what they amount to is said, never repaired.
pub(super) fn code(
    export: &Export,
    columns: &[usize],
    asked: Option<Asked<'_>>,
    account: &mut Account<'_>,
) -> Vec<Ranking> {
    let Some(asked) = asked else { return Vec::new() };
    (0..export.table.height()).map(|row| one(export, columns, row, &asked, account)).collect()
}

fn one(
    export: &Export,
    columns: &[usize],
    row: usize,
    asked: &Asked<'_>,
    account: &mut Account<'_>,
) -> Ranking {
    let items = columns.len();
    let mut ranks = Vec::with_capacity(items);
    let (mut seen, mut unreadable, mut coded) = (Vec::new(), false, None);
    for &column in columns {
        let Some(text) = export.table.cell(row, column).filter(|text| !text.trim().is_empty()) else {
            ranks.push(None);
            continue;
        };
        if is_seen_unanswered(export, text) {
            seen.push(column);
            ranks.push(None);
            continue;
        }
        if let Some(reason) = missing_code(export, column, text) {
            coded = coded.or(Some(reason));
            let told = account.told(column, text);
            account.recoded(row, column, told, ReadAs::Missing(reason), Rule::MissingCode);
            ranks.push(None);
            continue;
        }
        let number = match read(text) {
            Rank::Number(number) | Rank::Words(number) => Some(number),
            Rank::Unreadable => None,
        };
        if !number.is_some_and(|number| (1..=items).contains(&usize::from(number))) {
            unreadable = true;
            account.unread(Kind::BadRank, row, column);
        } else if let Rank::Words(number) = read(text) {
            account.rank_in_words(row, column, number);
        }
        ranks.push(number);
    }
    let column = columns.first().copied().unwrap_or(usize::MAX);
    if ranks.iter().all(Option::is_none) && !unreadable {
        let reason = match (seen.first(), coded) {
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
    for column in seen {
        is_seen(row, column, account);
    }
    if unreadable {
        return Ranking { ranks, state: RankState::Invalid };
    }
    asked.check_answer(row, account);
    let ranking = Ranking::of(ranks, Missing::Blank);
    match ranking.state {
        RankState::Tied => account.met(Fact::TiedRanks, row, column),
        RankState::Partial => account.met(Fact::PartialRanks, row, column),
        _ => {}
    }
    ranking
}

fn is_seen(row: usize, column: usize, account: &mut Account<'_>) {
    let told = account.export.seen_unanswered.clone();
    account.recoded(row, column, told, ReadAs::Missing(Missing::Skipped), Rule::SeenUnanswered);
}

/// Reads a rank: a whole number, a number followed by words ("1st", "2 - next"), "Rank 3", or an ordinal word.
fn read(text: &str) -> Rank {
    let text = text.trim();
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if let Ok(number) = whole.parse::<u16>() {
        return if whole == text { Rank::Number(number) } else { Rank::Words(number) };
    }
    let lower = text.to_lowercase();
    let rest = lower.strip_prefix("rank ").unwrap_or(&lower);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, after) = rest.split_at(digits);
    if let Ok(number) = number.parse::<u16>() {
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|suffix| after.strip_prefix(suffix));
        let after = ordinal.unwrap_or(after);
        // "2.5", "1-2" and "1,2" are no ranks; "1 - most important", "1. most" and "1st choice" are.
        let plain = after.is_empty() || after.starts_with([' ', ')', ':']) || after.starts_with(". ");
        let range =
            after.trim_start_matches([' ', '-', '.', ')', ':']).starts_with(|c: char| c.is_ascii_digit());
        return if plain && !range { Rank::Words(number) } else { Rank::Unreadable };
    }
    let word = lower.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    match WORDS.iter().zip(1..).find(|(known, _)| **known == word) {
        Some((_, number)) => Rank::Words(number),
        None => Rank::Unreadable,
    }
}
