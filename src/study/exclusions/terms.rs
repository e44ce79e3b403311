//! Numbers and times that a rule is told.

use crate::diag::codes;

use crate::study::document::{Section, Spanned};

/// A number within a range, its ends included where they leave anybody on both sides.
pub(super) fn number(
    section: &Section<'_>,
    key: &str,
    text: &Spanned<String>,
    low: f64,
    high: f64,
) -> Option<f64> {
    let number: Option<f64> = text.value.replace('_', "").parse().ok();
    let fits = |number: &f64| (low..=high).contains(number) && (*number > low || low < 0.0);
    let found = number.filter(fits);
    if found.is_none() {
        let message = match (low, high) {
            (low, f64::MAX) => format!("{key} lies above {low}"),
            (low, high) if low < 0.0 => format!("{key} lies between {low} and {high}"),
            (low, high) => format!("{key} lies above {low} and is at most {high}"),
        };
        section.problem(codes::STUDY_BAD_VALUE, text.span.clone(), message);
    }
    found
}

/// A time in seconds: a number of them, or a number with its unit.
pub(super) fn duration(section: &Section<'_>, text: &Spanned<String>) -> Option<f64> {
    let trimmed = text.value.trim();
    let digits = trimmed.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let seconds = match trimmed.get(digits.len()..).unwrap_or_default() {
        "" | "s" | "sec" | "second" | "seconds" => Some(1.0),
        "min" | "minute" | "minutes" => Some(60.0),
        "h" | "hour" | "hours" => Some(3600.0),
        _ => None,
    };
    let number: Option<f64> = digits.trim().parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0);
    let found = seconds.zip(number).map(|(unit, number)| unit * number);
    if found.is_none() {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            text.span.clone(),
            format!("\"{}\" is no time", text.value),
            "a time is a number of seconds, or a number and s, min or h: \"90 s\", \"2 min\"",
        );
    }
    found
}
