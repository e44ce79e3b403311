//! The comparisons that a figure shows, and the short ids of their sides.

use crate::findings::{Compared, Findings, Named, Outline, Side};

use super::groups_or_all;
use crate::figures::NotDrawn;

/// The comparisons of the figure; without any there is no figure.
pub(crate) fn comparisons<'a>(
    outline: &'a Outline,
    findings: &Findings,
    groups: &[String],
    compared: &Compared,
    questions: &[String],
) -> Result<Vec<&'a Named>, NotDrawn> {
    let all = compared.among(outline, findings, &groups_or_all(outline, groups), questions);
    if all.is_empty() { Err(NotDrawn::NotCompared) } else { Ok(all) }
}

/// The short id of a side: that of its answer.
pub(crate) fn short(side: &Side) -> &str {
    side.id.rsplit(':').next().unwrap_or(&side.id)
}
