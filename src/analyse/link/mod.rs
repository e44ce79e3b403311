//! What is asked of links: one file answers one inquiry.

mod about;
mod account;
mod agreement;
mod change;
mod concordance;

use crate::findings::Findings;
use crate::normalise::{Cohort, Linked};
use crate::study::{Ask, Inquiry};

use super::compare::Families;
use about::About;

/// Answers what is asked of a link.
pub(super) fn answer(
    ask: &Ask,
    linked: &Linked,
    cohorts: &[Cohort],
    findings: &mut Findings,
    families: &mut Families,
) {
    let cohort = |id: &str| cohorts.iter().find(|cohort| cohort.group == id);
    let [Some(first), Some(second)] = linked.between.each_ref().map(|id| cohort(id)) else { return };
    let about = About::link(linked, [first, second]);
    match &ask.inquiry {
        Inquiry::Pairs { .. } => account::account(&about, findings),
        Inquiry::Agreement(terms) => agreement::agreement(&about, ask, terms, findings),
        Inquiry::Concordance(terms) => concordance::concordance(&about, ask, terms, findings),
        Inquiry::Compare(terms) => {
            let several = terms.paired.as_ref().and_then(|paired| paired.several);
            change::change(&about, ask, &mut change::Target { terms, several, findings, families });
        }
        _ => {}
    }
}
