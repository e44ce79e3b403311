//! Where a sentence starts, and how a number stands there.

use crate::numbers::spelled;

use super::phrase::capitalised;

/// Words that end with a point and no sentence.
const ABBREVIATIONS: [&str; 14] = [
    "vs.", "v.", "e.g.", "i.e.", "cf.", "approx.", "ca.", "no.", "nos.", "fig.", "resp.", "al.", "etc.",
    "dr.",
];

/// Whether what follows this text starts a sentence of running text. A cell of a table and a point of a list do not.
pub(super) fn starts_here(text: &str) -> bool {
    let mut before = text.trim_end_matches(['*', '_', '"', '\u{201c}', '\'', '\u{2018}', '(']);
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.trim().is_empty() {
        let earlier = before.trim_end();
        let last = earlier.rsplit('\n').next().unwrap_or_default();
        let gap = &before[earlier.len()..];
        // The first line of a paragraph; a line that goes on with one is judged by what it goes on with.
        if earlier.is_empty() || gap.matches('\n').count() > 1 || last.starts_with('#') {
            return true;
        }
        before = earlier;
    } else if !before.ends_with(char::is_whitespace) {
        return false;
    }
    let before = before.trim_end().trim_end_matches(['*', '_', '"', '\u{201d}', ')', '\u{2019}']);
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    before.ends_with(['.', '!', '?']) && !ABBREVIATIONS.contains(&last.trim_start_matches('('))
}

/// A phrase at the start of a sentence: a number of people in words, a word with a capital. What cannot be said so
/// must be rephrased.
pub(super) fn started(words: &str) -> Result<String, String> {
    let end = words.find(char::is_whitespace).unwrap_or(words.len());
    let (first, rest) = words.split_at(end);
    if !first.starts_with(|c: char| c.is_numeric() || matches!(c, '\u{2212}' | '<' | '>')) {
        return Ok(capitalised(words));
    }
    let count = first.replace(',', "").parse().ok().and_then(spelled);
    match count {
        Some(count) => Ok(format!("{}{rest}", capitalised(&count))),
        None => Err(format!("no sentence can start with {first}: put a word before it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_starts_after_another_and_at_the_head_of_a_paragraph() {
        for text in [
            "",
            "Done. ",
            "Done.\n",
            "Done.\n\n",
            "# Results\n",
            "Why? ",
            "**Results.** ",
            "(All of it.) ",
            "Text\n\n",
        ] {
            assert!(starts_here(text), "{text:?}");
        }
        for text in ["Of ", "students vs. ", "Of\n", "| ", "- ", "Text, (", "Methods: ", "(e.g. ", "x."] {
            assert!(!starts_here(text), "{text:?}");
        }
    }

    #[test]
    fn numbers_that_start_a_sentence_are_words() {
        assert_eq!(started("14 of 22"), Ok("Fourteen of 22".into()));
        assert_eq!(started("3"), Ok("Three".into()));
        assert_eq!(started("four"), Ok("Four".into()));
        assert_eq!(started("residents, followed by 2"), Ok("Residents, followed by 2".into()));
        for beyond in ["64%", "1,204 of 2,000", "4.2", "\u{2212}0.3", "<.001"] {
            assert!(started(beyond).unwrap_err().contains("put a word before it"), "{beyond}");
        }
    }
}
