//! Cohorts and the study's asks to findings. One file answers one inquiry; nothing here formats or prints.

mod about;
mod choices;
mod compare;
mod constant_sum;
mod dates;
mod design;
mod distribution;
mod keying;
mod link;
mod net_promoter;
mod nonresponse;
mod number;
mod outcome;
mod outline;
mod ranking;
mod reliability;
mod response;
mod spread;
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
pub const METHODS: &[Method] = &[
    outcome::RR1,
    outcome::RR2,
    outcome::RR3,
    outcome::RR4,
    outcome::RR5,
    outcome::RR6,
    outcome::COOP1,
    outcome::COOP2,
    outcome::COOP3,
    outcome::COOP4,
    outcome::REF1,
    outcome::REF2,
    outcome::REF3,
    outcome::CON1,
    outcome::CON2,
    outcome::CON3,
    ranking::BY_MEAN_RANK,
    choices::BY_FREQUENCY,
    outcome::PARTICIPATION,
    outcome::PLATFORM,
    outcome::CHERRIES,
    outcome::COMPLETENESS,
    nonresponse::SPLIT,
    compare::RULE,
];

/// Answers everything that the study asks, in the order in which it asks.
pub fn analyse(study: &Study, cohorts: &[Cohort], links: &[Linked]) -> Findings {
    let mut findings = Findings::default();
    let mut families = compare::Families::default();
    for (position, ask) in study.asks.iter().enumerate() {
        findings.asked_by(position);
        families.asked_by(position);
        if let Inquiry::OutcomeRates(asked) = &ask.inquiry {
            let asked_of = cohorts.iter().filter(|cohort| ask.groups.contains(&cohort.group));
            outcome::outcome_rates(asked, &asked_of.collect::<Vec<_>>(), &mut findings);
            continue;
        }
        if let Some(id) = ask.inquiry.link() {
            for linked in links.iter().filter(|linked| linked.id == id) {
                link::answer(ask, linked, cohorts, &mut findings, &mut families);
            }
            continue;
        }
        if let Some(terms) = ask.inquiry.compared() {
            compare::compare(ask, terms, (cohorts, links), &mut findings, &mut families);
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
    if let Inquiry::Nonresponse(asked) = &ask.inquiry {
        nonresponse::nonresponse(asked, &ask.of, cohort, findings);
        return;
    }
    let questions: Vec<&CohortQuestion> = ask.of.iter().filter_map(|id| cohort.question(id)).collect();
    for question in questions {
        let about = About::question(cohort, question);
        match &ask.inquiry {
            Inquiry::ResponseRate
            | Inquiry::OutcomeRates(_)
            | Inquiry::Nonresponse(_)
            | Inquiry::Compare(_)
            | Inquiry::Crosstab(_)
            | Inquiry::Pairs { .. }
            | Inquiry::Agreement(_)
            | Inquiry::Concordance(_) => {}
            Inquiry::Distribution => distribution::distribution(&about, question, findings),
            Inquiry::Choices => choices::choices(&about, question, findings),
            Inquiry::CoSelection(terms) => choices::co_selection(&about, question, *terms, findings),
            Inquiry::Combinations { most } => choices::combinations(&about, question, *most, findings),
            Inquiry::OrderOfPreference(terms) => ranking::ranking(&about, question, terms, findings),
            Inquiry::Number(terms) => number::number(&about, question, *terms, findings),
            Inquiry::Text => text::text(&about, question, findings),
            Inquiry::Dates => dates::dates(&about, question, findings),
            Inquiry::Reliability(terms) => reliability::reliability(&about, question, terms, findings),
            Inquiry::NetPromoter => net_promoter::net_promoter(&about, question, findings),
        }
    }
}
