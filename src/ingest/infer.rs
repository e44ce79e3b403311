//! What a column may be, seen from its cells alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Choice, Form, Item, Question};
use crate::diag::{Diag, Place, codes};

use super::RawTable;

/// What the cells of a column look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inferred {
    /// Every cell is blank.
    Blank,
    /// Every cell that is not blank is a number.
    Numbers,
    /// Every cell that is not blank is a date, with or without a time.
    Dates,
    /// Few distinct short texts that repeat, in their own order: numbers by value, texts by letter.
    Choices(Vec<String>),
    /// Anything else.
    Text,
}

/// What a column of few distinct whole numbers is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WholeNumbers {
    /// Codes of choices, as in an export of codes.
    Codes,
    /// Numbers.
    Numbers,
}

/// More distinct texts than this are no list of choices.
const MOST_CHOICES: usize = 20;
/// A text longer than this, in bytes, is no choice.
const LONGEST_CHOICE: usize = 80;

/// Says what a column looks like. The order of the rows does not matter.
pub(super) fn infer<'a>(
    cells: impl Iterator<Item = Option<&'a str>>,
    whole_numbers: WholeNumbers,
) -> Inferred {
    infer_tally(cells.flatten().map(|cell| (cell, 1)), whole_numbers)
}

/// The same from texts with the number of rows that have each.
pub(super) fn infer_tally<'a>(
    texts: impl Iterator<Item = (&'a str, u64)>,
    whole_numbers: WholeNumbers,
) -> Inferred {
    let mut distinct: BTreeSet<&str> = BTreeSet::new();
    let (mut answers, mut numbers, mut dates, mut whole) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut short = true;
    for (cell, count) in texts.map(|(text, count)| (text.trim(), count)).filter(|(cell, _)| !cell.is_empty())
    {
        answers += count;
        numbers += count * u64::from(number(cell));
        dates += count * u64::from(is_date(cell));
        whole += count * u64::from(cell.parse::<i16>().is_ok());
        short &= cell.len() <= LONGEST_CHOICE;
        if distinct.len() <= MOST_CHOICES {
            distinct.insert(cell);
        }
    }
    // A list of choices repeats: half of the answers at least were given before.
    let repeats = distinct.len() <= MOST_CHOICES && short && distinct.len() as u64 * 2 <= answers;
    if answers == 0 {
        Inferred::Blank
    } else if whole == answers && repeats && whole_numbers == WholeNumbers::Codes {
        Inferred::Choices(in_order(&distinct))
    } else if numbers == answers {
        Inferred::Numbers
    } else if dates == answers {
        Inferred::Dates
    } else if repeats {
        Inferred::Choices(in_order(&distinct))
    } else {
        Inferred::Text
    }
}

/// A column as a question of its own, of the kind that its cells suggest, and what to say about it.
pub(super) fn question(
    table: &RawTable,
    column: usize,
    id: &str,
    whole_numbers: WholeNumbers,
) -> (Question, Diag) {
    let items = || vec![Item { id: id.to_owned(), label: id.to_owned(), column }];
    let place = Place::column(table.file(), &table.names()[column]);
    let assumed = |what: &str| {
        Diag::note(codes::ASSUMED, place.clone(), format!("\"{id}\" is read as {what}"))
            .help("to decide it, declare the question in the study file with its kind")
    };
    let (form, note) = match infer_tally(table.tally(column), whole_numbers) {
        Inferred::Blank => {
            (Form::Other { columns: vec![column], what: "no answers" }, assumed("a column without answers"))
        }
        Inferred::Numbers => (Form::Numbers { items: items() }, assumed("numbers")),
        Inferred::Dates => (Form::Date { column }, assumed("dates")),
        Inferred::Text => (Form::Texts { items: items() }, assumed("free text, which is never shown")),
        Inferred::Choices(texts) => {
            let message =
                format!("\"{id}\" is read as one choice of {}, those that somebody gave", texts.len());
            let note = Diag::note(codes::CHOICES_INFERRED, place.clone(), message)
                .help("declare its choices in the study file, those that nobody chose included");
            let choices = texts.iter().map(|text| Choice::labelled(text)).collect();
            (Form::Single { column, choices, texts: Vec::new() }, note)
        }
    };
    let id = id.to_owned();
    (Question { wording: id.clone(), id, native: None, form, asked_if: None, defined: false }, note)
}

/// Names that are told apart: a second column of one name gets a number.
pub(super) fn distinct_names(names: &[String]) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // A header may hold one name many thousand times: what was given last is where the next search begins.
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut distinct = Vec::new();
    for (position, name) in names.iter().enumerate() {
        let plain =
            if name.trim().is_empty() { format!("column {}", position + 1) } else { name.trim().to_owned() };
        let mut unique = plain.clone();
        while !taken.insert(unique.clone()) {
            let number = last.entry(plain.clone()).or_insert(1);
            *number += 1;
            unique = format!("{plain} ({number})");
        }
        distinct.push(unique);
    }
    distinct
}

/// Numbers by value before texts by letter.
pub(super) fn in_order(distinct: &BTreeSet<&str>) -> Vec<String> {
    let mut ordered: Vec<(Option<i16>, &str)> =
        distinct.iter().map(|text| (text.parse().ok(), *text)).collect();
    ordered.sort_by_key(|(number, text)| (number.is_none(), *number, *text));
    ordered.into_iter().map(|(_, text)| text.to_owned()).collect()
}

/// Whether a text is a number.
pub(super) fn number(cell: &str) -> bool {
    // Rust reads "inf" and "nan" as numbers; a person who typed them meant something else.
    cell.parse::<f64>().is_ok_and(f64::is_finite) && !cell.starts_with(|c: char| c.is_alphabetic())
}

/// Whether a text is `2020-12-31`, `31/12/2020` or `31.12.2020`, with or without a time after it.
pub(super) fn is_date(cell: &str) -> bool {
    let (date, time) = cell.split_once([' ', 'T']).unwrap_or((cell, ""));
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let digits = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let [a, b, c] = parts.as_slice() else { return false };
    let dated = (a.len() == 4 && digits(a, 4) && digits(b, 2) && digits(c, 2))
        || (c.len() == 4 && digits(c, 4) && digits(a, 2) && digits(b, 2));
    let timed = time.is_empty()
        || (time.contains(':')
            && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+')));
    dated && timed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(cells: &[&str], whole_numbers: WholeNumbers) -> Inferred {
        infer(cells.iter().map(|cell| Some(*cell)), whole_numbers)
    }

    fn choices(texts: &[&str]) -> Inferred {
        Inferred::Choices(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn whole_numbers_that_repeat_are_codes_only_in_an_export_of_codes() {
        let cells = ["10", "2", "2", "10", "", "2"];
        assert_eq!(look(&cells, WholeNumbers::Codes), choices(&["2", "10"]));
        assert_eq!(look(&cells, WholeNumbers::Numbers), Inferred::Numbers);
        assert_eq!(look(&["1", "2", "3"], WholeNumbers::Codes), Inferred::Numbers);
    }

    #[test]
    fn texts_that_do_not_repeat_are_no_choices() {
        assert_eq!(look(&["Yes", "No", "Yes", "No"], WholeNumbers::Codes), choices(&["No", "Yes"]));
        assert_eq!(look(&["Ann", "Bob", "Cem", "Ann"], WholeNumbers::Codes), Inferred::Text);
        assert_eq!(look(&["", " "], WholeNumbers::Codes), Inferred::Blank);
        assert_eq!(look(&["nan", "nan"], WholeNumbers::Numbers), choices(&["nan"]));
    }

    #[test]
    fn dates_are_known_in_three_spellings() {
        for date in ["2020-12-31", "31/12/2020", "1.2.2020", "2018-03-06 15:52:43"] {
            assert_eq!(look(&[date], WholeNumbers::Numbers), Inferred::Dates, "{date}");
        }
        for text in ["1-2", "2020", "12/20", "2020-12-31 noon", "555-12-3456"] {
            assert_ne!(look(&[text], WholeNumbers::Numbers), Inferred::Dates, "{text}");
        }
    }
}
