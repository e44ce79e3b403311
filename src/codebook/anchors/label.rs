//! A label without what may stand around its words: a code, a letter, a note in brackets, final punctuation.

use crate::codebook::fold;
use crate::codebook::wording::plain;

/// A label taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// All of it, folded: markup, case, blanks, quotes and final punctuation are the same in every spelling.
    pub(super) whole: String,
    /// Its code and what is left without it, if it carries one. A bare number is a code and no text.
    pub(super) coded: Option<(i32, String)>,
    /// Its letter and what is left without it: `a. Very helpful`.
    pub(super) lettered: Option<(char, String)>,
}

impl Label {
    /// Takes a label apart.
    pub(super) fn of(label: &str) -> Self {
        let whole = finish(&narrow(&fold(&plain(label))));
        let coded = number(&whole)
            .map(|code| (code, String::new()))
            .or_else(|| prefix(&whole).or_else(|| suffix(&whole)).map(|(code, rest)| (code, finish(rest))));
        Self { coded, lettered: letter(&whole), whole }
    }

    /// The words alone: no code.
    pub(super) fn words(&self) -> &str {
        self.coded.as_ref().map_or(&self.whole, |(_, words)| words)
    }
}

/// A text without a note in brackets at its end, such as `rarely (<10 %)`, and the note.
pub(super) fn note(text: &str) -> (&str, Option<&str>) {
    let split = text.strip_suffix(')').and_then(|open| open.rsplit_once('('));
    match split {
        Some((words, note)) if !words.trim().is_empty() => (words.trim_end(), Some(note.trim())),
        _ => (text, None),
    }
}

/// Wide forms of ASCII characters, as East Asian keyboards write them, to the ordinary ones.
fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{2212}' => '-',
        _ => c,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

fn finish(text: &str) -> String {
    text.trim()
        .trim_end_matches(['.', ',', ';', ':', '*', '!', ' '])
        .trim_start_matches('*')
        .trim()
        .to_owned()
}

/// A whole number of at most three digits.
fn number(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole { text.strip_prefix('+').unwrap_or(text).parse().ok() } else { None }
}

/// A code of at most two digits at the start, with its sign, and what stands behind it.
fn leading_code(text: &str) -> Option<(i32, &str)> {
    let digits_at = usize::from(text.starts_with('-'));
    let digits = text[digits_at..].bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let (code, rest) = text.split_at(digits_at + digits);
    Some((code.parse().ok()?, rest))
}

/// `1 - agree`, `1. agree`, `1) agree`, `(1) agree`, `1= agree`: a code, a mark, and something that is no digit.
fn prefix(text: &str) -> Option<(i32, &str)> {
    let (code, rest) = leading_code(text.strip_prefix('(').unwrap_or(text))?;
    let marks = rest.trim_start_matches([')', '-', '.', ':', '=', ' ']);
    let marked = rest[..rest.len() - marks.len()].chars().any(|mark| mark != ' ');
    (marked && marks.starts_with(|c: char| !c.is_ascii_digit())).then_some((code, marks))
}

/// `agree (5)`, `agree - 5`, `agree =5`: a code at the end behind words.
fn suffix(text: &str) -> Option<(i32, &str)> {
    let words = |words: &str| words.ends_with(|c: char| !c.is_ascii_digit());
    if let (rest, Some(note)) = note(text)
        && let Some((code, "")) = leading_code(note)
    {
        return words(rest).then_some((code, rest));
    }
    let (rest, last) = text.rsplit_once(' ')?;
    let (rest, code) = match last.strip_prefix(['-', '=']).filter(|code| !code.is_empty()) {
        // "agree -5" stays undecided between a mark and a sign; the marks are far more frequent.
        Some(code) => (rest, code),
        None => (rest.strip_suffix(['-', '=']).filter(|rest| rest.ends_with(' '))?, last),
    };
    let rest = rest.trim_end();
    match leading_code(code) {
        Some((code, "")) if words(rest) => Some((code, rest)),
        _ => None,
    }
}

/// `a. very helpful`, `b) helpful`.
fn letter(text: &str) -> Option<(char, String)> {
    let mut characters = text.chars();
    let letter = characters.next().filter(char::is_ascii_lowercase)?;
    let rest = characters.as_str().strip_prefix(['.', ')'])?;
    rest.starts_with(' ').then(|| (letter, finish(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(label: &str) -> Option<(i32, String)> {
        Label::of(label).coded
    }

    #[test]
    fn codes_stand_before_or_behind_the_words() {
        for label in
            ["1 - Agree", "1 \u{2013} agree", "1. Agree", "1) agree", "(1) AGREE", "1=Agree", "1: agree."]
        {
            assert_eq!(coded(label), Some((1, "agree".into())), "{label}");
        }
        for label in ["Agree (5)", "agree - 5", "agree =5", "Agree \u{2014} 5", "Agree(5)"] {
            assert_eq!(coded(label), Some((5, "agree".into())), "{label}");
        }
        assert_eq!(coded("-2 - low"), Some((-2, "low".into())));
        assert_eq!(coded(" 7 "), Some((7, String::new())));
        assert_eq!(coded("\u{ff15}"), Some((5, String::new())));
    }

    #[test]
    fn a_number_within_a_label_is_no_code() {
        for label in [
            "Agree (about 3 times)",
            "Very cold (0-20)",
            "18 - 24",
            "3 or more",
            "2 times",
            "1-2",
            "Ages 18 - 24",
        ] {
            assert_eq!(coded(label), None, "{label}");
        }
    }

    #[test]
    fn lk_19_lk_21_markup_and_blanks_around_a_label_do_not_count() {
        assert_eq!(Label::of("Strongly<br>agree").whole, "strongly agree");
        assert_eq!(Label::of("Strongly Agree\u{a0} ").whole, "strongly agree");
        assert_eq!(Label::of("Don&rsquo;t know").whole, "don't know");
    }

    #[test]
    fn letters_and_notes_are_told_apart_from_words() {
        assert_eq!(Label::of("a. Very helpful").lettered, Some(('a', "very helpful".into())));
        assert_eq!(Label::of("a little").lettered, None);
        assert_eq!(note("rarely (<10 %)"), ("rarely", Some("<10 %")));
        assert_eq!(note("(none)"), ("(none)", None));
    }
}
