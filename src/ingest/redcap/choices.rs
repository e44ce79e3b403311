//! The choices of a field, as the dictionary lists them.

use crate::codebook::wording::plain;
use crate::codebook::{Choice, Missing};

use super::dictionary::Kind;

/// Splits a list of choices: at `|`, and each piece at its first comma into code and label.
///
/// Lists with a line for each choice occur too. A piece without a comma is code and label in one.
pub(super) fn parse(list: &str) -> Vec<Choice> {
    let separator = if list.contains('|') { '|' } else { '\n' };
    list.split(separator).map(str::trim).filter(|piece| !piece.is_empty()).map(one).collect()
}

fn one(piece: &str) -> Choice {
    let (code, label) = piece.split_once(',').unwrap_or((piece, piece));
    choice(code.trim(), label.trim())
}

/// A choice from its code and its label as written.
pub(super) fn choice(code: &str, label: &str) -> Choice {
    let mut choice = Choice::labelled(&plain(label));
    code.clone_into(&mut choice.id);
    code.clone_into(&mut choice.code);
    if choice.label != label {
        choice.also.push(label.to_owned());
    }
    choice
}

/// The choices of a field of this kind, given those that are listed.
pub(super) fn of_kind(kind: Kind, listed: Vec<Choice>, annotation: &str) -> Vec<Choice> {
    let mut choices = match kind {
        Kind::OneOf | Kind::Checkbox => listed,
        Kind::YesNo => implied("Yes", "No"),
        Kind::TrueFalse => implied("True", "False"),
        _ => Vec::new(),
    };
    mark_exclusive(&mut choices, annotation);
    choices
}

/// Adds the boxes that a checkbox field has for the project's missing-data codes.
pub(super) fn add_missing(choices: &mut Vec<Choice>, missing_codes: &[(String, String)]) {
    for (code, label) in missing_codes {
        if choices.iter().all(|known| known.code != *code) {
            let mut missing = choice(code, label);
            missing.outside = Some(Missing::said_by(label));
            choices.push(missing);
        }
    }
}

/// Whether an annotation hides a field from respondents.
pub(super) fn is_hidden(annotation: &str) -> bool {
    has_tag(annotation, "@HIDDEN") || has_tag(annotation, "@HIDDEN-SURVEY")
}

/// The choices that REDCap implies for yes/no and true/false fields.
fn implied(yes: &str, no: &str) -> Vec<Choice> {
    vec![choice("1", yes), choice("0", no)]
}

/// Marks the choices that an annotation such as `@NONEOFTHEABOVE='98,99'` makes exclusive.
fn mark_exclusive(choices: &mut [Choice], annotation: &str) {
    let Some(argument) = argument(annotation, "@NONEOFTHEABOVE") else { return };
    for code in argument.split(',').map(str::trim) {
        for choice in choices.iter_mut().filter(|choice| choice.code == code) {
            choice.exclusive = true;
        }
    }
}

/// Whether an annotation holds a tag, as a word of its own.
fn has_tag(annotation: &str, tag: &str) -> bool {
    annotation.split(|c: char| c.is_whitespace() || c == '=').any(|word| word.eq_ignore_ascii_case(tag))
}

/// The argument of a tag, `'a'`, `"a"` or bare.
fn argument<'a>(annotation: &'a str, tag: &str) -> Option<&'a str> {
    let upper = annotation.to_ascii_uppercase();
    let at = upper.find(tag)? + tag.len();
    let rest = annotation[at..].trim_start().strip_prefix('=')?.trim_start();
    match rest.chars().next()? {
        quote @ ('\'' | '"') => rest[1..].split(quote).next(),
        _ => rest.split_whitespace().next(),
    }
}

/// The name of a box's column: the code in lower case, every sign that is no ASCII letter or digit as `_`.
pub(super) fn box_name(field: &str, code: &str) -> String {
    let code: String =
        code.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    format!("{field}___{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &str) -> Vec<(String, String)> {
        parse(list).into_iter().map(|choice| (choice.code, choice.label)).collect()
    }

    fn expected(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect()
    }

    #[test]
    fn labels_keep_their_commas_and_blanks_around_separators_are_optional() {
        assert_eq!(pairs("1,one|2, two"), expected(&[("1", "one"), ("2", "two")]));
        assert_eq!(
            pairs("1, Give back, as others did | -99, <b>No</b>&nbsp;answer |"),
            expected(&[("1", "Give back, as others did"), ("-99", "No answer")])
        );
        assert_eq!(pairs("01, a | 1, b | 9..9, c"), expected(&[("01", "a"), ("1", "b"), ("9..9", "c")]));
    }

    #[test]
    fn a_piece_without_a_comma_is_code_and_label() {
        assert_eq!(pairs("Red | Green"), expected(&[("Red", "Red"), ("Green", "Green")]));
        assert_eq!(pairs("1, one\n2, two\n"), expected(&[("1", "one"), ("2", "two")]));
        assert_eq!(pairs(" | "), expected(&[]));
    }

    #[test]
    fn a_label_with_markup_is_known_in_both_forms() {
        let choices = parse("1, <i>Agree</i>");
        assert_eq!(
            (choices[0].label.as_str(), choices[0].also.as_slice()),
            ("Agree", &["<i>Agree</i>".to_owned()][..])
        );
    }

    #[test]
    fn r_02_column_names_follow_the_code() {
        for (code, name) in [
            ("1", "f___1"),
            ("-99", "f____99"),
            ("k>=9", "f___k__9"),
            ("A", "f___a"),
            ("a___b", "f___a___b"),
            ("é", "f____"),
        ] {
            assert_eq!(box_name("f", code), name);
        }
    }

    #[test]
    fn none_of_the_above_excludes_the_others() {
        for annotation in [
            "@NONEOFTHEABOVE='98,99' x",
            "@MAXCHECKED=3 @NoneOfTheAbove=98,99",
            "@NONEOFTHEABOVE = \"99, 98\"",
        ] {
            let mut choices = parse("1, a | 98, b | 99, c");
            mark_exclusive(&mut choices, annotation);
            let exclusive: Vec<bool> = choices.iter().map(|choice| choice.exclusive).collect();
            assert_eq!(exclusive, [false, true, true], "{annotation}");
        }
        assert!(has_tag("@HIDDEN @TODAY", "@HIDDEN") && !has_tag("@HIDDEN-SURVEY", "@HIDDEN"));
    }
}
