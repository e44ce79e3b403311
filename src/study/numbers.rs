//! What a study declares of the numbers of a question.

use crate::diag::codes;

use super::document::Section;
use super::names::one_of;

/// What a study declares of the numbers of a question.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Numbers {
    /// The smallest and the largest number that is possible.
    pub range: Option<(f64, f64)>,
    /// What becomes of others.
    pub outside: OutOfRange,
    /// What the numbers of a person's items add up to.
    pub sum: Option<f64>,
}

/// What becomes of a number outside the range. It is always said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutOfRange {
    /// It is no answer.
    #[default]
    Missing,
    /// It counts as it is.
    Kept,
}

impl OutOfRange {
    /// The names in a study file.
    const NAMES: [(&'static str, Self); 2] = [("missing", Self::Missing), ("keep", Self::Kept)];
}

/// Reads `range`, `out-of-range` and `sum` of a question.
pub(super) fn numbers(section: &Section<'_>) -> Numbers {
    let range = range(section);
    let outside = section.text("out-of-range");
    if let (Some(outside), None) = (&outside, section.place_of("range")) {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            outside.span.clone(),
            "nothing is out of range where no range is declared",
            "add range = [0, 100], or leave out-of-range out",
        );
    }
    let outside = outside.and_then(|name| one_of(section, &name, &OutOfRange::NAMES)).unwrap_or_default();
    let sum = section.decimal("sum").and_then(|sum| {
        let value = finite(&sum.value).filter(|value| *value > 0.0);
        if value.is_none() {
            let message = "the numbers of a constant sum add up to a number above 0";
            section.problem(codes::STUDY_BAD_VALUE, sum.span, message);
        }
        value
    });
    Numbers { range, outside, sum }
}

fn range(section: &Section<'_>) -> Option<(f64, f64)> {
    let span = section.place_of("range")?;
    let written = section.decimals("range");
    let limits: Vec<f64> = written.iter().filter_map(|limit| finite(&limit.value)).collect();
    match limits.as_slice() {
        [low, high] if low < high && written.len() == 2 => Some((*low, *high)),
        _ => {
            section.problem_with_help(
                codes::STUDY_BAD_VALUE,
                span,
                "a range is the smallest and the largest number that is possible",
                "for example range = [0, 100]",
            );
            None
        }
    }
}

fn finite(text: &str) -> Option<f64> {
    text.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())
}
