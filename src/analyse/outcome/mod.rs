//! Outcome rates: what became of everybody invited as rates of the standard, per group and for all groups together.

mod cases;
mod rates;
mod visits;

use std::sync::Arc;

use crate::findings::{Caution, Findings, People, Reason, Selector, Side, Statistic, Value};
use crate::normalise::{Cohort, Completion, Fielding};
use crate::stats::aapor::{ELIGIBILITY_RATE, OutcomeRate};
use crate::stats::{Computed, Method, NotComputed};
use crate::study::{OutcomeRates, Sample, Threshold};

use super::about::{About, Found};
use super::distribution::interval;
use super::response;
use cases::{Cases, EligibleShare, Source, counts_of, estimated, numerator};
use rates::{Named, RATES};

pub(super) use rates::{
    CON1, CON2, CON3, COOP1, COOP2, COOP3, COOP4, REF1, REF2, REF3, RR1, RR2, RR3, RR4, RR5, RR6,
};
pub(super) use visits::{CHERRIES, COMPLETENESS, PLATFORM};

/// The rate of an opt-in sample.
pub(super) const PARTICIPATION: Method = Method {
    id: "aapor.participation",
    name: "AAPOR participation rate",
    convention: "complete and partial responses over everybody who was asked to take part; for samples that were not drawn",
};

/// Writes every rate of the groups and, if asked, of all of them together.
pub(super) fn outcome_rates(asked: &OutcomeRates, cohorts: &[&Cohort], findings: &mut Findings) {
    let share = estimated(cohorts);
    let mut known = Vec::new();
    for cohort in cohorts {
        response::response(cohort, findings);
        let about = About::group(cohort);
        let cases = Cases::of(cohort, &share);
        all_rates(&about, &cases, findings);
        visits::visits(&about, findings);
        known.push(cases);
    }
    let Some(overall) = &asked.overall else { return };
    let cases: Result<Vec<Cases>, Reason> = known.into_iter().collect();
    let together = together(overall, cohorts);
    let sides = cohorts.iter().map(|cohort| Side {
        id: cohort.group.clone(),
        label: cohort.label.clone(),
        included: cohort.people.included,
        answered: cohort.people.included,
    });
    let about = About::groups(&together, sides.collect());
    response::people(&about, findings);
    all_rates(&about, &cases.map(|cases| Cases::added(&cases)), findings);
}

/// The groups as one, without answers of its own.
fn together(id: &str, cohorts: &[&Cohort]) -> Cohort {
    let alike = |fielding: fn(&Fielding) -> Option<Sample>| {
        let first = cohorts.first().and_then(|cohort| fielding(&cohort.fielding));
        first.filter(|_| cohorts.iter().all(|cohort| fielding(&cohort.fielding) == first))
    };
    // Several samples are no sample of one frame.
    let sample = alike(|fielding| fielding.sample.filter(|sample| *sample == Sample::Census));
    let completion = cohorts.first().and_then(|cohort| cohort.fielding.completion);
    let completion =
        completion.filter(|_| cohorts.iter().all(|cohort| cohort.fielding.completion == completion));
    Cohort {
        group: id.to_owned(),
        label: id.to_owned(),
        part_of: None,
        file: None,
        lines: Arc::default(),
        rows: Vec::new(),
        left_out: Vec::new(),
        screened: Vec::new(),
        people: Arc::new(People::added(cohorts.iter().map(|cohort| cohort.people.as_ref()))),
        invitees: Vec::new(),
        roster: None,
        questions: Arc::default(),
        fielding: Arc::new(Fielding { sample, completion, ..Fielding::default() }),
    }
}

/// Writes RR1 and RR2, which are asked wherever people are, and what an opt-in sample has instead.
pub(super) fn response_rates(about: &About<'_>, findings: &mut Findings) {
    let cases = Cases::of(about.cohort, &Err(NotComputed::EmptyBase));
    for named in RATES.iter().filter(|named| is_response_rate(named.rate)) {
        write(about, named, &cases, findings);
    }
    participation(about, findings);
}

fn is_response_rate(rate: OutcomeRate) -> bool {
    matches!(rate, OutcomeRate::Rr1 | OutcomeRate::Rr2)
}

fn all_rates(about: &About<'_>, cases: &Result<Cases, Reason>, findings: &mut Findings) {
    let eligible = match cases {
        Ok(cases) => e(&cases.eligible),
        Err(reason) => Found::plain(Statistic::EligibleShare, Value::NotComputed(reason.clone())),
    };
    about.find(findings, &["e"], eligible);
    for named in RATES {
        write(about, named, cases, findings);
    }
}

/// The share e as it counts, with what it rests on.
fn e(share: &Computed<EligibleShare>) -> Found {
    let value = match share {
        Ok(EligibleShare { source: Source::Roster, .. }) => Value::Number(1.0),
        Ok(EligibleShare { ratio: (part, whole), .. }) => Value::share(*part, *whole),
        Err(NotComputed::EmptyBase) => {
            let reason = NotComputed::Undefined("no case is known to be eligible or not eligible");
            Value::NotComputed(Reason::Method(reason))
        }
        Err(reason) => Value::NotComputed(Reason::Method(reason.clone())),
    };
    let is_estimated = share.as_ref().is_ok_and(|share| share.source == Source::Estimated);
    let basis = share.as_ref().ok().map(|share| Caution::Method(format!("e: {}", share.basis)));
    Found {
        method: is_estimated.then_some(ELIGIBILITY_RATE),
        cautions: basis.into_iter().collect(),
        ..Found::plain(Statistic::EligibleShare, value)
    }
}

fn write(about: &About<'_>, named: &Named, cases: &Result<Cases, Reason>, findings: &mut Findings) {
    let (value, mut cautions) = match cases {
        Ok(cases) => cases.rate(named.rate),
        Err(reason) => (Value::NotComputed(reason.clone()), Vec::new()),
    };
    let mut limits = None;
    if !matches!(value, Value::NotComputed(_)) {
        cautions.extend(about.cohort.fielding.completion.map(completion));
    }
    if let Value::Share { count, of } = value {
        cautions.extend(Caution::small_base(of));
        limits = interval(count, of).filter(|_| is_response_rate(named.rate));
    }
    let found = Found {
        interval: limits,
        method: Some(named.method),
        cautions,
        ..Found::plain(named.statistic, value).counting(Selector::With(numerator(named.rate).to_vec()))
    };
    about.find(findings, &[named.statistic.id()], found);
}

/// By which rule responses are complete, partial or break-offs.
fn completion(completion: Completion) -> Caution {
    let ratio = |threshold: Threshold| (threshold.numerator, threshold.denominator);
    match completion {
        Completion::CutPoints { complete, partial } => {
            Caution::CutPoints { complete: ratio(complete), partial: ratio(partial) }
        }
        Completion::Counts => Caution::CompletionBy { whom: "the counts of the study file".to_owned() },
        Completion::List => {
            Caution::CompletionBy { whom: "the list of those invited and its platform".to_owned() }
        }
    }
}

/// Writes the participation rate of an opt-in sample.
fn participation(about: &About<'_>, findings: &mut Findings) {
    if about.cohort.fielding.sample != Some(Sample::OptIn) {
        return;
    }
    let people = &about.cohort.people;
    let responded = numerator(OutcomeRate::Rr2);
    let value = match counts_of(about.cohort) {
        Ok(invited) => {
            let count = responded.iter().filter_map(|disposition| invited.get(disposition)).sum();
            Value::share(count, people.n_invited().unwrap_or(0))
        }
        Err(reason) => Value::NotComputed(reason),
    };
    let cautions: Vec<Caution> = match value {
        Value::Share { of, .. } => about
            .cohort
            .fielding
            .completion
            .map(completion)
            .into_iter()
            .chain(Caution::small_base(of))
            .collect(),
        _ => Vec::new(),
    };
    let found = Found {
        method: Some(PARTICIPATION),
        cautions,
        ..Found::plain(Statistic::ParticipationRate, value).counting(Selector::With(responded.to_vec()))
    };
    about.find(findings, &["participation-rate"], found);
}
