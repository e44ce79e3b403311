//! Spellings that differ from an anchor's and mean it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::lists::{bipolar, degree, fixed, frequency, quality};
use super::words::ADVERBS;

/// Folds the spellings that both sides of an ocean use, and two frequent slips.
pub(super) fn fold_spelling(text: &str) -> String {
    const SAME: &[(&str, &str)] = &[
        ("favour", "favor"),
        ("everyday", "every day"),
        ("dont ", "don't "),
        ("some what", "somewhat"),
        ("dis-agree", "disagree"),
        ("dis agree", "disagree"),
        ("dis-satisfied", "dissatisfied"),
        ("un-likely", "unlikely"),
        ("all of the time", "all the time"),
        ("some times", "sometimes"),
        ("not-at-all", "not at all"),
    ];
    SAME.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The texts with each unknown word of six letters or more changed to the one known word that is one letter away.
///
/// Only texts of which some hold a known word are looked at: others are of something else.
pub(super) fn corrected(texts: &[&str]) -> Option<Vec<String>> {
    let known = vocabulary();
    let is_of_a_scale = texts.iter().any(|text| text.split(' ').any(|word| known.contains(word)));
    let corrected: Vec<String> = texts.iter().map(|text| corrected_text(text, known)).collect();
    (is_of_a_scale && corrected != *texts).then_some(corrected)
}

fn corrected_text(text: &str, known: &BTreeSet<&'static str>) -> String {
    let words: Vec<&str> = text
        .split(' ')
        .map(|word| {
            if word.len() < SHORTEST || known.contains(word) {
                return word;
            }
            let mut near = known.iter().filter(|known| is_near(word.as_bytes(), known.as_bytes()));
            match (near.next(), near.next()) {
                (Some(only), None) => only,
                _ => word,
            }
        })
        .collect();
    words.join(" ")
}

/// In a shorter word one letter makes another word.
const SHORTEST: usize = 6;

/// Every word of an anchor that a slip could be of.
fn vocabulary() -> &'static BTreeSet<&'static str> {
    static VOCABULARY: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    VOCABULARY.get_or_init(|| words().filter(|word| word.len() >= SHORTEST).collect())
}

fn words() -> impl Iterator<Item = &'static str> {
    /// English words that are one letter away from an anchor's and are no slip.
    const OTHERS: &[&str] = &["barely", "friendly", "frequency", "extreme", "certainly"];
    let lists = [
        frequency::FREQUENCIES,
        quality::EVALUATIONS,
        quality::COMPARISONS,
        fixed::INTENTIONS,
        fixed::AMOUNTS,
        fixed::EXTENTS,
        fixed::TRUTHS,
        fixed::LEVELS,
        fixed::IMPORTANCES,
        degree::DEGREES,
        bipolar::HALVES,
    ];
    let words = |text: &'static str| text.split([' ', '|', '/', ',']);
    let poles = bipolar::POLES.iter().flat_map(|poles| poles.low.iter().chain(poles.high)).copied();
    lists
        .into_iter()
        .flatten()
        .flat_map(|levels| levels.iter().copied())
        .chain(poles)
        .chain(degree::THINGS.iter().map(|(thing, _)| *thing))
        .chain(ADVERBS.iter().map(|(adverb, _)| *adverb))
        .chain(["neither", "neutral", "undecided"])
        .flat_map(words)
        .chain(OTHERS.iter().copied())
}

/// Whether one letter was left out, put in or changed.
fn is_near(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let skipped = usize::from(short.len() == long.len());
    short.get(same + skipped..).unwrap_or_default() == long.get(same + 1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_one_letter_in_a_long_word_is_known() {
        let corrected = |text| corrected(&["strongly", text]).unwrap_or_default()[1].clone();
        assert_eq!(corrected("strongley disagree"), "strongly disagree");
        assert_eq!(corrected("very satisified"), "very satisfied");
        assert_eq!(corrected("somwhat agree"), "somewhat agree");
    }

    #[test]
    fn known_and_short_words_stay() {
        for text in ["agre", "probably", "probable", "barely", "nearly", "yearly", "likely", "elephant", ""] {
            assert_eq!(corrected(&["strongly", text]), None, "{text}");
        }
    }
}
