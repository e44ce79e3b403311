//! Cohorts and the study's asks to findings. One file answers one inquiry; nothing here formats or prints.

mod about;
mod choices;
mod constant_sum;
mod dates;
mod distribution;
mod keying;
mod net_promoter;
mod number;
mod outline;
mod ranking;
mod reliability;
mod response;
mod text;

pub use keying::keying;
pub use outline::outline;

use crate::findings::Findings;
use crate::normalise::{Cohort, CohortQuestion};
use crate::stats::{ConfidenceLevel, Method};
use crate::study::{Ask, Inquiry, Study};

use about::About;

/// The level of every interval.
const LEVEL: ConfidenceLevel = ConfidenceLevel::P95;

/// The methods of analyse that are not a statistic's own, in the order of the methods page.
pub const METHODS: &[Method] =
    &[response::AAPOR_RR1, response::AAPOR_RR2, ranking::BY_MEAN_RANK, choices::BY_FREQUENCY];

/// Answers everything that the study asks, in the order in which it asks.
pub fn analyse(study: &Study, cohorts: &[Cohort]) -> Findings {
    let mut findings = Findings::default();
    for ask in &study.asks {
        for cohort in cohorts.iter().filter(|cohort| ask.groups.contains(&cohort.group)) {
            answer(ask, cohort, &mut findings);
        }
    }
    findings
}

fn answer(ask: &Ask, cohort: &Cohort, findings: &mut Findings) {
    if matches!(ask.inquiry, Inquiry::ResponseRate) {
        response::response(cohort, findings);
        return;
    }
    let questions: Vec<&CohortQuestion> = ask.of.iter().filter_map(|id| cohort.question(id)).collect();
    for question in questions {
        let about = About::question(cohort, question);
        match &ask.inquiry {
            Inquiry::ResponseRate => {}
            Inquiry::Distribution => distribution::distribution(&about, question, findings),
            Inquiry::Choices => choices::choices(&about, question, findings),
            Inquiry::OrderOfPreference => ranking::ranking(&about, question, findings),
            Inquiry::Number => number::number(&about, question, findings),
            Inquiry::Text => text::text(&about, question, findings),
            Inquiry::Dates => dates::dates(&about, question, findings),
            Inquiry::Reliability(terms) => reliability::reliability(&about, question, terms, findings),
            Inquiry::NetPromoter => net_promoter::net_promoter(&about, question, findings),
        }
    }
}
