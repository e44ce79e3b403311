//! `inquiry = "co-selection"` and `"combinations"`: what people ticked together.

use crate::study::document::Section;

use super::{Inquiry, Known};

/// How many combinations are counted where nothing is said.
const MOST_COMBINATIONS: u64 = 10;

/// What was asked of choices ticked together in pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoSelection {
    /// Whether the phi of every pair is computed too.
    pub phi: bool,
}

pub(super) fn co_selection(_: &Known<'_>, section: &Section<'_>) -> Inquiry {
    let phi = section.flag("phi").is_some_and(|phi| phi.value);
    Inquiry::CoSelection(CoSelection { phi })
}

pub(super) fn combinations(_: &Known<'_>, section: &Section<'_>) -> Inquiry {
    let most = section.count("most").map_or(MOST_COMBINATIONS, |most| most.value);
    Inquiry::Combinations { most }
}
