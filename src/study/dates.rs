//! What a study declares of the dates of a question.

use crate::codebook::Written;

use super::document::Section;
use super::names::one_of;

/// What a study declares of the dates of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// In which order year, month and day are written.
    pub written: Written,
    /// By which periods they are counted.
    pub by: Period,
}

/// A period by which dates are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// Years.
    #[default]
    Year,
    /// Months.
    Month,
}

/// Reads `written` and `by` of a question.
pub(super) fn dates(section: &Section<'_>) -> Dates {
    let orders = Written::ALL.map(|written| (written.name(), written));
    let periods = [("year", Period::Year), ("month", Period::Month)];
    let written = section.text("written").and_then(|name| one_of(section, &name, &orders));
    let by = section.text("by").and_then(|name| one_of(section, &name, &periods));
    Dates { written: written.unwrap_or_default(), by: by.unwrap_or_default() }
}
