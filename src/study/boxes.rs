//! The boxes of a scale: its highest and its lowest points, and what stands between its two sides.

use std::ops::Range;

use crate::diag::codes;

use super::document::{Section, Spanned};

/// How the points of a scale are taken together.
pub(super) struct Boxes {
    /// How many of the highest points make the top box.
    pub(super) top: usize,
    /// How many of the lowest points make the bottom box.
    pub(super) bottom: usize,
    /// The points on neither side.
    pub(super) middle: Option<Range<usize>>,
}

/// Reads `top`, `bottom` and `middle` of a scale with these points.
pub(super) fn boxes(section: &Section<'_>, points: &[Spanned<String>]) -> Boxes {
    let top = size(section, "top", points).unwrap_or(1);
    // As many as in the top box, and no point in both.
    let bottom = size(section, "bottom", points);
    if let (Some(bottom), Some(span)) = (bottom, section.place_of("bottom"))
        && bottom + top > points.len()
    {
        let message =
            format!("a top box of {top} and a bottom box of {bottom} share points of {}", points.len());
        section.problem(codes::STUDY_BAD_VALUE, span, message);
    }
    let bottom = bottom.unwrap_or_else(|| top.min(points.len().saturating_sub(top)));
    Boxes { top, bottom, middle: middle(section, points) }
}

fn size(section: &Section<'_>, key: &str, points: &[Spanned<String>]) -> Option<usize> {
    let size = section.count(key)?;
    if size.value == 0 || size.value >= points.len() as u64 {
        let message = format!("the {key} box of {} points cannot hold {}", points.len(), size.value);
        section.problem(codes::STUDY_BAD_VALUE, size.span, message);
        return None;
    }
    usize::try_from(size.value).ok()
}

/// The middle: neighbouring points with as many below as above, or none where the two sides meet.
fn middle(section: &Section<'_>, points: &[Spanned<String>]) -> Option<Range<usize>> {
    let span = section.place_of("middle")?;
    let named = section.texts("middle");
    let known: Vec<&str> = points.iter().map(|point| point.value.as_str()).collect();
    let mut positions = Vec::new();
    for name in &named {
        match known.iter().position(|point| *point == name.value) {
            Some(position) => positions.push(position),
            None => {
                section.unknown_name("point", name, &known);
                return None;
            }
        }
    }
    positions.sort_unstable();
    let first = positions.first().copied().unwrap_or(points.len() / 2);
    let middle = first..first + positions.len();
    let is_unbroken = positions.iter().copied().eq(middle.clone());
    if is_unbroken && first > 0 && first == points.len() - middle.end {
        return Some(middle);
    }
    section.problem_with_help(
        codes::STUDY_BAD_VALUE,
        span,
        format!("these are not the middle of {} points: as many stand below as above", points.len()),
        "name the middle point or points; middle = [] where the scale has none and its halves are its two sides",
    );
    None
}
