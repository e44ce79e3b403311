//! The embedded font: Noto Sans, regular and bold, and how wide texts are in it.
//!
//! Widths are sums of advances without kerning, and the drawing switches kerning off, so that measure and picture
//! agree. A character that the font lacks is given generous room, because another font will draw it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ttf_parser::Face;
use unicode_width::UnicodeWidthChar as _;

use super::scene::Length;

/// The name of the family.
pub(crate) const FAMILY: &str = "Noto Sans";

/// The weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Regular.
    Regular,
    /// Bold.
    Bold,
}

impl Weight {
    /// The bytes of the font file.
    pub(crate) fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => notosans::REGULAR_TTF,
            Self::Bold => notosans::BOLD_TTF,
        }
    }

    /// The font, read; always there, since it is part of the program.
    pub(crate) fn face(self) -> Option<&'static Face<'static>> {
        static REGULAR: LazyLock<Option<Face>> =
            LazyLock::new(|| Face::parse(Weight::Regular.bytes(), 0).ok());
        static BOLD: LazyLock<Option<Face>> = LazyLock::new(|| Face::parse(Weight::Bold.bytes(), 0).ok());
        match self {
            Self::Regular => REGULAR.as_ref(),
            Self::Bold => BOLD.as_ref(),
        }
    }
}

/// How wide characters are that the font lacks, in hundredths of an em: letters of scripts that are written by the em
/// (Chinese, Japanese, Korean) take one, other letters at most about that, and emoji more.
const LACKING_LETTER: i64 = 105;
/// The width of a character of which nobody knows, an emoji among them.
const LACKING_OTHER: i64 = 135;

/// What ends a text that was cut.
const ELLIPSIS: char = '…';

/// The width of a text at a size, rounded up.
pub(crate) fn measure(text: &str, weight: Weight, size: Length) -> Length {
    let em = units_per_em(weight);
    let units: i64 = text.chars().map(|character| advance(character, weight)).sum();
    to_length(units * i64::from(size), em)
}

/// The units in which the font is drawn, per em.
pub(crate) fn units_per_em(weight: Weight) -> i64 {
    weight.face().map_or(1000, |face| i64::from(face.units_per_em()))
}

/// How far a character moves the pen, in units of the font.
pub(crate) fn advance(character: char, weight: Weight) -> i64 {
    let known = weight.face().and_then(|face| face.glyph_hor_advance(face.glyph_index(character)?));
    known.map_or_else(|| units_per_em(weight) * lacking_width(character) / 100, i64::from)
}

/// The room for a character that the font lacks, in hundredths of an em. Marks stand on the letter before them.
fn lacking_width(character: char) -> i64 {
    match character.width() {
        Some(0) => 0,
        Some(_) if character.is_alphabetic() => LACKING_LETTER,
        _ => LACKING_OTHER,
    }
}

/// Divides, rounding up, and keeps within what a length can hold.
fn to_length(units: i64, em: i64) -> Length {
    Length::try_from((units + em - 1) / em.max(1)).unwrap_or(Length::MAX / 4)
}

/// The characters of a text that the font lacks, each once, in order of their code.
pub(crate) fn lacking(text: &str) -> BTreeSet<char> {
    let has = |character| Weight::Regular.face().is_some_and(|face| face.glyph_index(character).is_some());
    text.chars().filter(|character| !has(*character)).collect()
}

/// A text as it can stand in a figure: one line, without control characters and without invisible characters that
/// could turn or hide the text around them.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fe00}'..='\u{fe0f}' => {}
            _ if character.is_whitespace() || character.is_control() || is_noncharacter(character) => {
                if !cleaned.is_empty() && !cleaned.ends_with(' ') {
                    cleaned.push(' ');
                }
            }
            _ => cleaned.push(character),
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

/// Code points that are no characters; XML forbids some of them.
fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
}

/// Breaks a text into at most `most` lines of at most `width`, at spaces where it can and inside words where it must.
///
/// A text that needs more lines is cut and ends with an ellipsis. The text is cleaned first.
pub(crate) fn wrap(text: &str, weight: Weight, size: Length, width: Length, most: usize) -> Vec<String> {
    let text = clean(text);
    let fits = |line: &str| measure(line, weight, size) <= width;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let mut rest: Option<&str> = words.next();
    while let Some(word) = rest {
        if lines.len() >= most {
            break;
        }
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&joined) {
            line = joined;
            rest = words.next();
        } else if line.is_empty() {
            let (head, tail) = split_to_fit(word, fits);
            lines.push(head.to_owned());
            rest = if tail.is_empty() { words.next() } else { Some(tail) };
        } else {
            lines.push(std::mem::take(&mut line));
        }
    }
    let mut cut = rest.is_some();
    if !line.is_empty() {
        if lines.len() < most {
            lines.push(line);
        } else {
            cut = true;
        }
    }
    if cut && let Some(last) = lines.last_mut() {
        end_with_ellipsis(last, fits);
    }
    lines
}

/// Splits a word so that its head fits: at least one character, so that the work always goes on.
fn split_to_fit(word: &str, fits: impl Fn(&str) -> bool) -> (&str, &str) {
    let mut at = word.chars().next().map_or(0, char::len_utf8);
    for (position, character) in word.char_indices().skip(1) {
        let end = position + character.len_utf8();
        if !word.get(..end).is_some_and(&fits) {
            break;
        }
        at = end;
    }
    word.split_at(at)
}

fn end_with_ellipsis(line: &mut String, fits: impl Fn(&str) -> bool) {
    loop {
        let candidate = format!("{}{ELLIPSIS}", line.trim_end());
        if fits(&candidate) || line.is_empty() {
            *line = candidate;
            return;
        }
        line.pop();
    }
}

/// Cuts a text to a number of characters for running text, with an ellipsis where it was cut.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let text = clean(text);
    match text.char_indices().nth(most) {
        None => text,
        Some((at, _)) => format!("{}{ELLIPSIS}", text.get(..at).unwrap_or_default().trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fonts_can_be_read() {
        assert!(Weight::Regular.face().is_some() && Weight::Bold.face().is_some());
    }

    #[test]
    fn widths_are_those_of_the_font_file() {
        // fontTools: hmtx of NotoSans-Regular (2048 units): A 1309, g 1260, space 532.
        assert_eq!(measure("A", Weight::Regular, 2048), 1309);
        assert_eq!(measure("A g", Weight::Regular, 2048), 1309 + 532 + 1260);
        assert_eq!(measure("A", Weight::Regular, 320), 205);
        assert_eq!(measure("", Weight::Bold, 320), 0);
    }

    #[test]
    fn digits_have_one_width_so_that_columns_align() {
        for weight in [Weight::Regular, Weight::Bold] {
            assert!(('0'..='9').all(|digit| measure(&digit.to_string(), weight, 2048) == 1171));
        }
    }

    #[test]
    fn no_line_is_wider_than_its_room() {
        let texts =
            ["Learn about the field, in informal meetings", &"x".repeat(5000), "a  b\n\tc", "é 漢字 😀😀😀"];
        for text in texts {
            for line in wrap(text, Weight::Regular, 320, 3000, 4) {
                assert!(measure(&line, Weight::Regular, 320) <= 3000, "{line}");
                assert!(!line.is_empty());
            }
        }
    }

    #[test]
    fn wrapping_loses_no_word_unless_it_says_so() {
        let text = "Learn about the field and about residency in informal meetings";
        let lines = wrap(text, Weight::Regular, 320, 3000, 9);
        assert!(lines.len() > 2);
        assert_eq!(lines.join(" "), text);
        let cut = wrap(text, Weight::Regular, 320, 3000, 2);
        assert_eq!(cut.len(), 2);
        assert!(cut[1].ends_with('…'));
        assert!(wrap("", Weight::Regular, 320, 3000, 2).is_empty());
        assert_eq!(wrap("one two", Weight::Regular, 320, 3000, 1), ["one two"]);
    }

    #[test]
    fn what_could_turn_or_break_the_text_is_taken_out() {
        assert_eq!(clean(" a\u{0}b\u{7}\u{202e}c\r\n d\u{ffff} "), "a b c d");
        assert_eq!(clean("<script>&\"'"), "<script>&\"'");
    }

    #[test]
    fn lacking_characters_are_named_once() {
        assert_eq!(lacking("a😀é😀漢").into_iter().collect::<String>(), "漢😀");
        assert!(lacking("Συμφωνώ, ≥ 3 × 2 − 1 “…”").is_empty());
    }

    #[test]
    fn running_text_is_cut_with_an_ellipsis() {
        assert_eq!(shorten("Agree", 5), "Agree");
        assert_eq!(shorten("Agree strongly", 6), "Agree…");
    }
}
