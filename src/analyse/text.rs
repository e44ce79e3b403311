//! How many wrote a text. What they wrote is never held.

use crate::findings::Findings;
use crate::normalise::CohortQuestion;

use super::about::About;

/// Writes how many wrote a text for each item, and why the others did not.
pub(super) fn text(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    for position in 0..question.items.len() {
        about.item(question, position).account(findings);
    }
}
