//! Cohorts and the study's asks to findings. One file answers one inquiry; nothing here formats or prints.

mod about;
mod choices;
mod compare;
mod distribution;
mod keying;
mod link;
mod number;
mod outline;
mod ranking;
mod response;
mod text;

pub use compare::PROGRAMS;
pub use keying::keying;
pub use outline::outline;

use crate::diag::Diag;
use crate::findings::Findings;
use crate::normalise::{Cohort, CohortQuestion, Linked};
use crate::stats::{ConfidenceLevel, Method};
use crate::study::{Ask, Inquiry, Study};

use about::About;

/// The level of every interval.
const LEVEL: ConfidenceLevel = ConfidenceLevel::P95;

/// The methods of analyse that are not a statistic's own, in the order of the methods page.
pub const METHODS: &[Method] =
    &[response::AAPOR_RR1, response::AAPOR_RR2, ranking::BY_MEAN_RANK, choices::BY_FREQUENCY, compare::RULE];

/// Answers everything that the study asks, in the order in which it asks.
pub fn analyse(study: &Study, cohorts: &[Cohort], links: &[Linked]) -> Findings {
    let mut findings = Findings::default();
    let mut families = compare::Families::default();
    for ask in &study.asks {
        if let Some(id) = ask.inquiry.link() {
            for linked in links.iter().filter(|linked| linked.id == id) {
                link::answer(ask, linked, cohorts, &mut findings, &mut families);
            }
            continue;
        }
        if let Some(terms) = ask.inquiry.compared() {
            compare::compare(ask, terms, cohorts, &mut findings, &mut families);
            if let Inquiry::Crosstab(crosstab) = &ask.inquiry {
                compare::crosstab(ask, crosstab, cohorts, &mut findings);
            }
            continue;
        }
        for cohort in cohorts.iter().filter(|cohort| ask.groups.contains(&cohort.group)) {
            answer(ask, cohort, &mut findings);
        }
    }
    families.adjust(&mut findings);
    findings
}

/// What is asked of sides that cannot be compared, whatever they answered.
pub fn refused(study: &Study, cohorts: &[Cohort]) -> Vec<Diag> {
    compare::refused(study, cohorts)
}

fn answer(ask: &Ask, cohort: &Cohort, findings: &mut Findings) {
    if matches!(ask.inquiry, Inquiry::ResponseRate) {
        response::response(cohort, findings);
        return;
    }
    let questions: Vec<&CohortQuestion> = ask.of.iter().filter_map(|id| cohort.question(id)).collect();
    for question in questions {
        let about = About::question(cohort, question);
        match ask.inquiry {
            Inquiry::ResponseRate
            | Inquiry::Compare(_)
            | Inquiry::Crosstab(_)
            | Inquiry::Pairs { .. }
            | Inquiry::Agreement(_)
            | Inquiry::Concordance(_) => {}
            Inquiry::Distribution => distribution::distribution(&about, question, findings),
            Inquiry::Choices => choices::choices(&about, question, findings),
            Inquiry::OrderOfPreference => ranking::ranking(&about, question, findings),
            Inquiry::Number => number::number(&about, question, findings),
            Inquiry::Text => text::text(&about, question, findings),
        }
    }
}
