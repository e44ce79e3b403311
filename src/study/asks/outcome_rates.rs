//! What "outcome rates" is told.

use super::super::document::Section;
use super::super::names::check_id;
use super::{Inquiry, Known};
use crate::diag::codes;

/// The outcome rates of groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRates {
    /// The name under which the groups are added up, if they are.
    pub overall: Option<String>,
}

/// Reads `overall`.
pub(super) fn read(known: &Known<'_>, section: &Section<'_>) -> Inquiry {
    let overall = section.text("overall");
    if let Some(name) = &overall {
        check_id(section, "group", name);
        if known.names.contains(&name.value.as_str()) {
            let message = format!("\"{}\" is a group or part already", name.value);
            section.problem_with_help(
                codes::STUDY_DUPLICATE,
                name.span.clone(),
                message,
                "name all groups together by a name of their own, such as \"all\"",
            );
        }
    }
    Inquiry::OutcomeRates(OutcomeRates { overall: overall.map(|name| name.value) })
}
