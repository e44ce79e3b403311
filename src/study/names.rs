//! Names in a study file: choosing one from a list, and checking that names are defined.

use std::collections::BTreeSet;

use crate::diag::{codes, nearest};

use super::document::{Section, Spanned};

/// The value that a text names, from a list of names; a problem if it names none.
pub(super) fn one_of<T: Copy>(
    section: &Section<'_>,
    text: &Spanned<String>,
    names: &[(&str, T)],
) -> Option<T> {
    if let Some((_, value)) = names.iter().find(|(name, _)| *name == text.value) {
        return Some(*value);
    }
    let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let help = match nearest(&text.value, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"? There are: {}", known.join(", ")),
        None => format!("there are: {}", known.join(", ")),
    };
    section.problem_with_help(
        codes::STUDY_BAD_VALUE,
        text.span.clone(),
        format!("\"{}\" is not one of the values that can stand here", text.value),
        help,
    );
    None
}

/// The names that exist, or a problem for each that does not. No names at all means `default`.
pub(super) fn existing(
    section: &Section<'_>,
    what: &str,
    names: &[Spanned<String>],
    known: &[&str],
    default: &[&str],
) -> Vec<String> {
    if names.is_empty() {
        return default.iter().map(|name| (*name).to_owned()).collect();
    }
    let mut found = Vec::new();
    for name in names {
        if known.contains(&name.value.as_str()) {
            found.push(name.value.clone());
        } else {
            section.unknown_name(what, name, known);
        }
    }
    found
}

/// Reports names that are used twice.
pub(super) fn no_duplicates<'a>(
    section: &Section<'_>,
    what: &str,
    names: impl IntoIterator<Item = &'a Spanned<String>>,
) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(&name.value) {
            section.problem(
                codes::STUDY_DUPLICATE,
                name.span.clone(),
                format!("two {what}s are named \"{}\"", name.value),
            );
        }
    }
}

/// Reports a name that cannot be part of an id or of a file's name.
pub(super) fn check_id(section: &Section<'_>, what: &str, name: &Spanned<String>) {
    let fits = !name.value.is_empty()
        && name.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    if !fits {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            name.span.clone(),
            format!("\"{}\" cannot be the name of a {what}", name.value),
            "names are made of lower-case letters, digits, - and _, because they become parts of ids and file names",
        );
    }
}
