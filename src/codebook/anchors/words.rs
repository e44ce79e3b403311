//! The order of labels that no list holds, from which end they name and how strongly.
//!
//! Wherever the words leave a choice it refuses: a wrong order would turn every mean and every top box around.

use super::lists::bipolar;
use super::matching::{Side, beside, family_of, side, things};
use super::outside::middle;

/// Strength of the words beside an end or a thing, from none to all. `%` is the end or thing alone.
pub(super) const ADVERBS: &[(&str, u8)] = &[
    ("not at all", 0),
    ("not", 0),
    ("very little", 1),
    ("not very", 2),
    ("not too", 2),
    ("not so", 2),
    ("not particularly", 2),
    ("a little", 3),
    ("a bit", 3),
    ("a little bit", 3),
    ("slightly", 3),
    ("mildly", 3),
    ("somewhat", 4),
    ("moderately", 6),
    ("fairly", 7),
    ("reasonably", 7),
    ("pretty", 7),
    ("rather", 7),
    ("quite", 8),
    ("mostly", 8),
    ("largely", 8),
    ("very", 9),
    ("highly", 9),
    ("strongly", 9),
    ("a lot", 9),
    ("much", 9),
    ("very much", 9),
    ("a great deal", 10),
    ("extremely", 11),
    ("completely", 12),
    ("totally", 12),
    ("fully", 12),
    ("entirely", 12),
    ("absolutely", 12),
];

/// What the words say about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// For each label its place among the others, and what the scale is of.
    Order(&'static str, Vec<usize>),
    /// They look like a scale, and this is why they give no order.
    Refused(String),
    /// They do not look like a scale.
    Nothing,
}

/// Orders labels by their words.
pub(super) fn order(texts: &[&str]) -> Said {
    let mut best = Said::Nothing;
    for poles in bipolar::POLES {
        let sides: Vec<Option<Side>> = texts.iter().map(|text| side(text, poles)).collect();
        let low = sides.iter().flatten().any(|side| matches!(side, Side::Low(_)));
        let high = sides.iter().flatten().any(|side| matches!(side, Side::High(_)));
        if low && high {
            return two_ends(texts, &sides, poles.family);
        }
    }
    for thing in things(texts) {
        match one_end(texts, &thing) {
            Said::Order(family, order) => return Said::Order(family, order),
            Said::Refused(why) => best = Said::Refused(why),
            Said::Nothing => {}
        }
    }
    best
}

fn strength(words: &str) -> Option<u8> {
    ADVERBS.iter().find(|(adverb, _)| *adverb == words).map(|(_, strength)| *strength)
}

/// The end alone is stronger than "somewhat" and weaker than "very".
const ALONE: u8 = 5;

fn two_ends(texts: &[&str], sides: &[Option<Side>], family: &'static str) -> Said {
    let mut values = Vec::new();
    for (text, side) in texts.iter().zip(sides) {
        let strength = |words: &str| if words.is_empty() { Some(ALONE) } else { strength(words) };
        let value = match side {
            Some(Side::Middle) => Some(0),
            // "Not very satisfied" may be above or below "Dissatisfied".
            Some(Side::Low(words)) => strength(words).filter(|by| *by > 2).map(|by| -i32::from(by)),
            Some(Side::High(words)) => strength(words).filter(|by| *by > 2).map(i32::from),
            None => None,
        };
        match value {
            Some(value) => values.push(value),
            None => return Said::Refused(format!("\"{text}\" has no certain place between the two ends")),
        }
    }
    ranked(texts, &values, family)
}

fn one_end(texts: &[&str], thing: &str) -> Said {
    let rests = beside(texts, thing);
    let known = |rest: &String| if rest == "%" { Some(ALONE) } else { strength(rest) };
    let values: Vec<Option<u8>> = rests.iter().map(known).collect();
    let count = values.iter().flatten().count();
    if count * 2 <= texts.len() {
        return Said::Nothing;
    }
    if let Some((_, text)) = values.iter().zip(texts).find(|(value, _)| value.is_none()) {
        let why = if middle(text).is_some() {
            format!("\"{text}\" is the middle between two ends, and only one end is named")
        } else {
            format!("\"{text}\" has no certain place among the others")
        };
        return Said::Refused(why);
    }
    // A low end alone, as in "Dissatisfied" and "Very dissatisfied": more of it is less of what was asked.
    let is_low = bipolar::POLES.iter().any(|poles| poles.low.contains(&thing));
    if is_low && !rests.iter().any(|rest| strength(rest) == Some(0)) {
        return Said::Refused(format!("whether \"{thing}\" is the high end or the low one is not said"));
    }
    let values: Vec<i32> = values.into_iter().flatten().map(i32::from).collect();
    ranked(texts, &values, family_of(thing))
}

fn ranked(texts: &[&str], values: &[i32], family: &'static str) -> Said {
    for (i, value) in values.iter().enumerate() {
        let same = values[..i].iter().position(|other| other == value);
        if let Some((other, text)) = same.and_then(|other| texts.get(other)).zip(texts.get(i))
            && !(middle(text).is_some() && middle(other).is_some())
        {
            return Said::Refused(format!(
                "which of \"{other}\" and \"{text}\" is the higher is not certain"
            ));
        }
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    Said::Order(family, values.iter().filter_map(|value| sorted.binary_search(value).ok()).collect())
}
