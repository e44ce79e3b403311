//! Numbers that a template says in words: a finding cannot follow them.
//!
//! A digit is an error; a word is a warning, because "two-sided" and "half an hour" are no results.

use crate::numbers::number_word;

/// Words of large counts, which follow others: "two hundred".
const LARGE: [&str; 4] = ["hundred", "thousand", "dozen", "million"];

/// Words of shares and ratios.
const SHARES: [&str; 14] = [
    "half",
    "halves",
    "thirds",
    "quarter",
    "quarters",
    "fifths",
    "majority",
    "minority",
    "twice",
    "thrice",
    "twofold",
    "threefold",
    "doubled",
    "tripled",
];

/// Where a plain text says a number in a word, and the word.
pub(super) fn number_words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut before = "";
    for (start, word) in words(text) {
        let lower = word.to_lowercase();
        // Of a compound such as "two-sided" or "four-year" every part must be a number: "twenty-two", "two-thirds".
        let is_number = is_count(&lower) || lower.split('-').all(|part| is_count(part) || is_share(part));
        // "A third of them", but not "the third item".
        let is_third = lower == "third" && matches!(before.to_lowercase().as_str(), "a" | "one");
        if is_number || is_third || lower == "one-third" {
            found.push((start, word));
        }
        before = word;
    }
    found
}

/// "One" is left out: it is a pronoun more often than a number.
fn is_count(word: &str) -> bool {
    LARGE.contains(&word) || number_word(word).is_some_and(|number| number > 1)
}

fn is_share(word: &str) -> bool {
    SHARES.contains(&word)
}

/// The words of a text with the places at which they start; a hyphen within a word belongs to it.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .map(|word| word.trim_matches('-'))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::number_words;

    #[test]
    fn numbers_in_words_are_found_and_other_words_are_not() {
        let found = |text| number_words(text).into_iter().map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(found("Fourteen of them, and half of the rest, twice."), ["Fourteen", "half", "twice"]);
        assert_eq!(
            found("twenty-two students, two-thirds of all; a third"),
            ["twenty-two", "two-thirds", "third"]
        );
        assert!(
            found("A two-sided test of the third item in four-year schools; one by one, often.").is_empty()
        );
        assert!(found("Behalf of the tent, a quartet in Halfway.").is_empty());
        assert_eq!(number_words("so a majority")[0].0, 5);
    }
}
