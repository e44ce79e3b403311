//! What "number" is told.

use super::super::document::Section;

/// What is asked of numbers beyond their summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberTerms {
    /// Whether bins and whiskers are counted too, for a histogram or a box.
    pub distribution: bool,
}

impl NumberTerms {
    /// Reads `distribution`.
    pub(super) fn read(section: &Section<'_>) -> Self {
        Self { distribution: section.flag("distribution").is_some_and(|flag| flag.value) }
    }
}
