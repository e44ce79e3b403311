//! Scales of which only some points have words: `1 - Strongly disagree`, `2`, `3`, `4`, `5 - Strongly agree`.

use super::label::Label;
use super::{Basis, Listing, NoOrder, Ordered, by_words};

/// A run of more numbers than this has no points of its own between those that were given.
const LONGEST_RUN: i32 = 20;

/// Orders labels of which each carries a number and some nothing else. Words at some of them say which end is high.
pub(super) fn among(
    read: &[Label],
    on: &[usize],
    codes: &[i32],
    listing: Listing,
) -> Result<Ordered, NoOrder> {
    let worded: Vec<(i32, usize)> = codes
        .iter()
        .zip(on)
        .filter(|(_, at)| !read[**at].words().is_empty())
        .map(|(code, at)| (*code, *at))
        .collect();
    match worded.len() {
        0 => return Err(Some("numbers without words do not say which end is high".to_owned())),
        1 => return Err(Some("words at one number alone do not say which end is high".to_owned())),
        _ => {}
    }
    let (family, up) = direction(read, &worded, listing)?;
    let mut ordered = alone(on, codes);
    if listing == Listing::Seen {
        fill(&mut ordered, codes);
    }
    if !up {
        ordered.levels.reverse();
    }
    Ok(Ordered { family: family.unwrap_or(ordered.family), ..ordered })
}

/// Orders labels by the numbers that they carry.
pub(super) fn alone(on: &[usize], codes: &[i32]) -> Ordered {
    let mut sorted: Vec<(i32, usize)> = codes.iter().copied().zip(on.iter().copied()).collect();
    sorted.sort_unstable();
    let levels = sorted.into_iter().map(|(code, at)| (code.to_string(), vec![at])).collect();
    Ordered { family: "numbered", basis: Basis::Numbers, levels }
}

/// Orders labels of which some are blank by the order of the definition. Words say which end is high.
pub(super) fn between(read: &[Label], on: &[usize], listing: Listing) -> Result<Ordered, NoOrder> {
    let worded: Vec<(i32, usize)> = on
        .iter()
        .filter(|at| !read[**at].whole.is_empty())
        .zip(0..)
        .map(|(at, place)| (place, *at))
        .collect();
    if worded.len() < 2 {
        return Err(None);
    }
    if listing == Listing::Seen {
        return Err(Some("a blank label has a place only in a definition".to_owned()));
    }
    let (Some(family), up) = direction(read, &worded, listing)? else { return Err(None) };
    let mut levels: Vec<(String, Vec<usize>)> = on.iter().map(|at| (String::new(), vec![*at])).collect();
    if !up {
        levels.reverse();
    }
    Ok(Ordered { family, basis: Basis::Definition, levels })
}

/// What the words are of, if that is known, and whether they rise with the numbers.
fn direction(
    read: &[Label],
    worded: &[(i32, usize)],
    listing: Listing,
) -> Result<(Option<&'static str>, bool), NoOrder> {
    let texts: Vec<&str> = worded.iter().map(|(_, at)| read[*at].words()).collect();
    let places: Vec<usize> = (0..texts.len()).collect();
    let by_words = match by_words(&texts, &places, listing) {
        Ok(ordered) => ordered,
        Err(None) => return Ok((None, true)),
        Err(why) => return Err(why),
    };
    let numbers: Vec<i32> = by_words
        .levels
        .iter()
        .flat_map(|(_, given)| given.iter())
        .filter_map(|place| worded.get(*place).map(|(code, _)| *code))
        .collect();
    if numbers.is_sorted() {
        Ok((Some(by_words.family), true))
    } else if numbers.iter().rev().is_sorted() {
        Ok((Some(by_words.family), false))
    } else {
        Err(Some("the numbers and the words in the labels give different orders".to_owned()))
    }
}

/// Adds the whole numbers between those that were given.
fn fill(ordered: &mut Ordered, codes: &[i32]) {
    let (Some(first), Some(last)) = (codes.iter().min().copied(), codes.iter().max().copied()) else {
        return;
    };
    if last.saturating_sub(first) > LONGEST_RUN {
        return;
    }
    let given = std::mem::take(&mut ordered.levels);
    let mut given = given.into_iter().peekable();
    for code in first..=last {
        let code = code.to_string();
        ordered.levels.push(given.next_if(|(own, _)| *own == code).unwrap_or((code, Vec::new())));
    }
}
