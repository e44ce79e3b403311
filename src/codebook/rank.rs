//! Ranks as people write them, and names of places such as "1st choice".

use super::Choice;
use super::anchors::is_none_of_these;

/// Whether a choice of an ordering is an item: not "None of these", nor anything else that stands alone.
pub fn is_ranked(choice: &Choice) -> bool {
    choice.outside.is_none() && !choice.exclusive && !is_none_of_these(&choice.label)
}

/// Which rankings count where some items have no rank, and what that means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Partial {
    /// Every ranking counts; items without a rank stand below all others, tied with each other.
    #[default]
    TiedLast,
    /// Every ranking counts for the items that it ranks, and says nothing of the others.
    OnlyRanked,
    /// Only rankings of every item count.
    CompleteOnly,
}

impl Partial {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 3] = [
        ("tied-last", Self::TiedLast),
        ("only-ranked", Self::OnlyRanked),
        ("complete-only", Self::CompleteOnly),
    ];
}

/// A rank as a cell gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// As a whole number and nothing else.
    Number(u16),
    /// In words, or as a number with words.
    Words(u16),
}

impl Rank {
    /// The rank.
    pub fn number(self) -> u16 {
        match self {
            Self::Number(number) | Self::Words(number) => number,
        }
    }
}

/// Ranks in words, from the first.
pub const RANK_WORDS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Reads a rank: a whole number, a number followed by words ("1st", "2 - next"), "Rank 3", or an ordinal word.
pub fn read_rank(text: &str) -> Option<Rank> {
    let text = text.trim();
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if let Ok(number) = whole.parse::<u16>() {
        return Some(if whole == text { Rank::Number(number) } else { Rank::Words(number) });
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
        return (plain && !range).then_some(Rank::Words(number));
    }
    ordinal_word(&lower).map(Rank::Words)
}

/// The place that a heading names: "1st choice", "Second", "Rank 3", "Top1", "Most important".
///
/// A number alone, or before words, may as well count the items, and names no place.
pub fn named_place(text: &str) -> Option<u16> {
    /// Words that a place's number follows.
    const BEFORE: &[&str] = &[
        "rank",
        "ranked",
        "top",
        "choice",
        "place",
        "position",
        "priority",
        "preference",
        "number",
        "no.",
        "#",
    ];
    let lower = text.trim().to_lowercase();
    let digits = lower.len() - lower.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, after) = lower.split_at(digits);
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let is_ordinal =
        ["st", "nd", "rd", "th"].iter().any(|suffix| after.strip_prefix(suffix).is_some_and(ends));
    if let (true, Ok(number)) = (is_ordinal, number.parse()) {
        return Some(number);
    }
    let numbered = BEFORE.iter().find_map(|word| {
        let rest = lower.strip_prefix(word)?.trim_start_matches([' ', '#', '_', '-']);
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = rest.split_at(digits);
        if ends(rest) { number.parse().ok() } else { None }
    });
    numbered.or_else(|| ordinal_word(&lower)).or_else(|| {
        let first = ["most important", "most preferred", "top choice", "favorite", "favourite"];
        first.iter().any(|word| lower.starts_with(word)).then_some(1)
    })
}

fn ordinal_word(lower: &str) -> Option<u16> {
    let word = lower.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    RANK_WORDS.iter().zip(1..).find(|(known, _)| **known == word).map(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_by_ordinals_and_by_numbers_behind_a_word() {
        for text in [
            "2nd",
            "2nd choice",
            "Second",
            "second choice",
            "Rank 2",
            "rank_2",
            "Top2",
            "Choice #2",
            "Priority 2:",
        ] {
            assert_eq!(named_place(text), Some(2), "{text}");
        }
        assert_eq!(named_place("Most important"), Some(1));
        for text in ["2", "2. Apples", "2 apples", "Secondary school", "Top 2b", "Rank", "Q2", ""] {
            assert_eq!(named_place(text), None, "{text}");
        }
    }
}
