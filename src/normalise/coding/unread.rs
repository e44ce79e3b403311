//! Cells that cannot be read: whether they are many, and which of their texts may be told.
//!
//! A text that is no choice may be somebody's own words or name, in the wrong column or written over a choice. It is
//! told only where that can be ruled out.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Form, MultiCells};
use crate::diag::{Diag, Place, codes, is_slip};

use super::account::{Account, Fact};
use super::choice::is_seen_unanswered;
use super::parts::parts;

/// A text longer than this, in characters, may be somebody's own words and is not told.
pub(super) const LONGEST_TOLD: usize = 60;

/// A number longer than this, in characters, may be a telephone number, a date of birth or a key.
const LONGEST_NUMBER: usize = 6;

/// What stands in so many rows is no one person's.
const ROWS_TOLD: u64 = 3;

/// Fewer cells than this are too few to speak of many.
const FEWEST: u64 = 3;

/// How many parts of cells of several answers are told, most frequent first.
const MOST_PARTS: usize = 10;

/// In what way a cell cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A text is no point of the scale.
    NotOnScale,
    /// A text is no choice.
    NotAChoice,
    /// Several answers in one cell are not all choices.
    Joined,
    /// Several answers in one cell fit the choices in more than one way.
    Ambiguous,
    /// An item at a place is none of the items.
    NotAnItem,
    /// A text is no number.
    NotANumber,
    /// It is no day of the calendar, in the order of year, month and day that is declared.
    NotADate,
    /// A rank cannot be read or is out of range.
    BadRank,
    /// A rank that was read, but stands in words.
    RankInWords,
}

/// A cell that cannot be read, or whose words go beyond what was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unread {
    pub(super) column: usize,
    pub(super) row: usize,
    pub(super) kind: Kind,
    /// The position of its entry in the ledger.
    pub(super) entry: usize,
}

/// What is said of the cells that cannot be read.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// For each cell what may be told of it.
    pub(super) told: Vec<Option<String>>,
    /// A fact for each cell, with its row and column.
    pub(super) facts: Vec<(Fact, usize, usize)>,
    /// That they are many.
    pub(super) many: Option<Diag>,
}

/// Judges the cells of a question that cannot be read.
pub(super) fn judge(account: &Account<'_>, unread: &[Unread]) -> Verdict {
    let mut verdict = Verdict::default();
    if unread.is_empty() {
        return verdict;
    }
    let labels = labels(account);
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let takes_words = account.choices().iter().any(|choice| choice.text_entry);
    let mut rows: BTreeMap<(usize, &str), u64> = BTreeMap::new();
    let mut lost: BTreeMap<usize, u64> = BTreeMap::new();
    for cell in unread {
        *rows.entry((cell.column, text(account, cell))).or_default() += 1;
        *lost.entry(cell.column).or_default() += u64::from(cell.kind != Kind::RankInWords);
    }
    let joined = joined(account, unread);
    // A text in a column of numbers is never told, and says little of the column.
    let numeric = unread.iter().any(|cell| matches!(cell.kind, Kind::NotANumber | Kind::NotADate));
    let wrong: BTreeMap<usize, u64> = lost
        .iter()
        .filter(|_| !numeric)
        .filter(|(column, lost)| {
            **lost >= FEWEST
                && !joined.as_ref().is_some_and(|joined| joined.known && joined.column == **column)
        })
        .map(|(column, lost)| (*column, *lost, given(account, *column)))
        .filter(|(_, lost, given)| lost * 2 > *given)
        .map(|(column, _, given)| (column, given))
        .collect();
    let mut known: BTreeMap<(usize, &str), Option<String>> = BTreeMap::new();
    for cell in unread {
        let key = (cell.column, text(account, cell));
        let may = matches!(
            cell.kind,
            Kind::NotOnScale | Kind::NotAChoice | Kind::NotAnItem | Kind::BadRank | Kind::RankInWords
        ) && !takes_words
            && !wrong.contains_key(&cell.column)
            && !account.export.identifiers.contains(&cell.column);
        let tell = || {
            let often = rows.get(&key).is_some_and(|rows| *rows >= ROWS_TOLD);
            is_no_ones(key.1, often, &labels).then(|| key.1.to_owned())
        };
        let told = if may { known.entry(key).or_insert_with(tell).clone() } else { None };
        match wrong.get(&cell.column) {
            _ if cell.kind == Kind::RankInWords => {}
            Some(given) => verdict.facts.push((Fact::WrongColumn(*given), cell.row, cell.column)),
            None => verdict.facts.push((Fact::Unread(cell.kind, told.clone()), cell.row, cell.column)),
        }
        verdict.told.push(told);
    }
    let lost: u64 = lost.values().sum();
    // A single column that looks wrong has been said with its counts.
    let said = wrong.len() == 1 && columns(account).len() == 1;
    if !said {
        verdict.many = many(account, lost, joined.as_ref().filter(|_| !takes_words));
    }
    verdict
}

fn text<'a>(account: &Account<'a>, cell: &Unread) -> &'a str {
    account.export.table.cell(cell.row, cell.column).map_or("", str::trim)
}

/// Whether a text cannot be what one person wrote freely.
fn is_no_ones(text: &str, often: bool, labels: &[&str]) -> bool {
    let short = text.chars().nth(LONGEST_TOLD).is_none();
    short && (often || is_short_number(text) || is_slip(text, labels.iter().copied()))
}

/// Whether a text is made of digits, a sign and a point, and is too short to be a telephone number.
fn is_short_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-', '\u{2212}']).unwrap_or(text);
    let made_of = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    made_of && digits.len() <= LONGEST_NUMBER && digits.parse::<f64>().is_ok()
}

/// The texts that a question's cells are declared to hold.
fn labels(account: &Account<'_>) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for choice in account.choices() {
        labels.push(choice.label.clone());
        labels.extend(choice.also.iter().cloned());
    }
    if let Some(scale) = account.scale {
        for point in &scale.points {
            labels.push(point.label.clone());
            labels.extend(point.also.iter().cloned());
        }
        for outside in &scale.outside {
            labels.push(outside.label.clone());
            labels.extend(outside.also.iter().cloned());
        }
    }
    if let Form::Ranking { items } | Form::Scores { items, .. } = &account.question.form {
        labels.extend(items.iter().map(|item| item.label.clone()));
        for (rank, word) in (1..).zip(crate::codebook::RANK_WORDS) {
            labels.extend([word.to_owned(), format!("{word} choice"), format!("rank {rank}")]);
            labels.extend(["st", "nd", "rd", "th"].map(|suffix| format!("{rank}{suffix}")));
        }
    }
    labels
}

/// The columns in which a question's answers stand, without the texts beside them.
fn columns(account: &Account<'_>) -> Vec<usize> {
    match &account.question.form {
        Form::Single { column, .. } => vec![*column],
        Form::Multi { cells, .. } => cells.columns(),
        form => form.columns(),
    }
}

/// How many cells of a column hold something of a person.
fn given(account: &Account<'_>, column: usize) -> u64 {
    let export = account.export;
    let held = |text: &&str| {
        !text.trim().is_empty()
            && !is_seen_unanswered(export, text)
            && account.missing_code(column, text).is_none()
    };
    export.table.column(column).flatten().filter(held).count() as u64
}

/// What stands beside the choices in a column of several answers in one cell.
struct Beside {
    column: usize,
    /// Whether choices stand in the column at all.
    known: bool,
    /// Parts that are no choice and stand in enough rows, with their rows, most frequent first.
    parts: Vec<(String, u64)>,
}

fn joined(account: &Account<'_>, unread: &[Unread]) -> Option<Beside> {
    let Form::Multi { cells: MultiCells::Joined { column, separator }, choices, .. } = &account.question.form
    else {
        return None;
    };
    let spellings: Vec<&str> = choices
        .iter()
        .flat_map(|choice| {
            [choice.label.as_str(), choice.code.as_str()]
                .into_iter()
                .chain(choice.also.iter().map(String::as_str))
        })
        .collect();
    let mut known = given(account, *column) > unread.len() as u64
        || unread.iter().any(|cell| cell.kind == Kind::Ambiguous);
    let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
    for cell in unread.iter().filter(|cell| cell.kind == Kind::Joined) {
        let parts = parts(&spellings, separator, text(account, cell));
        known |= parts.known;
        for part in parts.unknown {
            *rows.entry(part).or_default() += 1;
        }
    }
    let hidden = account.export.identifiers.contains(column);
    let told = |(part, rows): &(&str, u64)| {
        *rows >= ROWS_TOLD && part.chars().nth(LONGEST_TOLD).is_none() && !hidden
    };
    let mut parts: Vec<(String, u64)> =
        rows.into_iter().filter(told).map(|(part, rows)| (part.to_owned(), rows)).collect();
    parts.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    Some(Beside { column: *column, known, parts })
}

/// Says that more than one in twenty answers could not be read.
fn many(account: &Account<'_>, lost: u64, joined: Option<&Beside>) -> Option<Diag> {
    if lost < FEWEST {
        return None;
    }
    let columns: BTreeSet<usize> = columns(account).into_iter().collect();
    let given: u64 = columns.iter().map(|column| given(account, *column)).sum();
    if lost * 20 <= given {
        return None;
    }
    let export = account.export;
    let name = columns.first().and_then(|column| export.table.names().get(*column));
    let place =
        Place::Column { file: export.table.file().clone(), column: name.cloned().unwrap_or_default() };
    let message =
        format!("{lost} of {given} answers to {} could not be read, counted as missing", account.question.id);
    let told: Vec<String> = joined
        .filter(|joined| joined.known)
        .iter()
        .flat_map(|joined| joined.parts.iter().take(MOST_PARTS))
        .map(|(part, rows)| format!("{part:?} in {rows} cells: add it to choices"))
        .collect();
    let help = if told.is_empty() {
        "the shares stand on the others; a run lists each cell in ledger.csv".to_owned()
    } else {
        told.join("; ")
    };
    Some(Diag::warning(codes::MANY_UNREADABLE, place, message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_told_and_longer_ones_may_be_somebodys() {
        for text in ["7", "-3", "\u{2212}3", "2.5", "123456"] {
            assert!(is_short_number(text), "{text}");
        }
        for text in ["", ".", "01701234567", "+4917012", "1.2.90", "12-34", "1e5"] {
            assert!(!is_short_number(text), "{text}");
        }
    }

    #[test]
    fn a_text_is_told_if_it_is_near_a_label_or_often_met_and_not_long() {
        assert!(is_no_ones("Agred", false, &["Agree"]));
        assert!(!is_no_ones("Anna Smith", false, &["Agree"]));
        assert!(is_no_ones("Anna Smith", true, &["Agree"]));
        assert!(!is_no_ones(&"a".repeat(61), true, &["Agree"]));
    }
}
