//! `[figures]`: how figures are made where one does not say it itself.

use crate::diag::codes;

use super::document::{Section, Spanned};
use super::names::{no_duplicates, one_of};

/// A kind of file that a figure is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Vectors for the web, and for changes by hand.
    Svg,
    /// Pixels.
    Png,
    /// Vectors for print.
    Pdf,
}

impl Format {
    /// The names of the formats, which are also the endings of their files.
    pub const NAMES: [(&'static str, Self); 3] = [("svg", Self::Svg), ("png", Self::Png), ("pdf", Self::Pdf)];
}

/// How a figure is made: for which place, in which colours, as which files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The place that it is made for, by its name, if it is not the usual one.
    pub size: Option<Spanned<String>>,
    /// Its colours, by the name of a theme, if they are not the usual ones.
    pub theme: Option<Spanned<String>>,
    /// Its files.
    pub formats: Vec<Format>,
    /// The resolution of its pixels in dots per inch, if it is not that of its place.
    pub dpi: Option<u16>,
    /// Whether title and notes stand in the legends alone, and not in the picture, as journals want it.
    pub bare: bool,
}

impl Made {
    /// Reads `[figures]`.
    pub(super) fn usual(root: &Section<'_>) -> Self {
        let all = Format::NAMES.map(|(_, format)| format).to_vec();
        let none = Self { size: None, theme: None, formats: all, dpi: None, bare: false };
        let Some(section) = root.section("figures") else { return none };
        let usual = none.or_as_said(&section);
        section.finish();
        usual
    }

    /// What a section says, and this where it says nothing.
    pub(super) fn or_as_said(&self, section: &Section<'_>) -> Self {
        Self {
            size: section.text("size").or_else(|| self.size.clone()),
            theme: section.text("theme").or_else(|| self.theme.clone()),
            formats: formats(section).unwrap_or_else(|| self.formats.clone()),
            dpi: dpi(section).or(self.dpi),
            bare: section.flag("bare").map_or(self.bare, |bare| bare.value),
        }
    }
}

fn formats(section: &Section<'_>) -> Option<Vec<Format>> {
    let place = section.place_of("formats")?;
    let named = section.texts("formats");
    if named.is_empty() {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            place,
            "a figure in no format is no figure",
            "name at least one of svg, png and pdf, or remove the line: then it is all of them",
        );
    }
    no_duplicates(section, "format", &named);
    Some(named.iter().filter_map(|name| one_of(section, name, &Format::NAMES)).collect())
}

/// A resolution between that of a screen and that of a drawing in ink.
fn dpi(section: &Section<'_>) -> Option<u16> {
    let given = section.count("dpi")?;
    let dpi = u16::try_from(given.value).ok().filter(|dpi| (72..=1200).contains(dpi));
    if dpi.is_none() {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            given.span,
            format!("a picture of {} dots per inch is not made", given.value),
            "dpi is from 72 to 1200; journals ask for 300, and for 600 to 1200 of drawings in lines",
        );
    }
    dpi
}
