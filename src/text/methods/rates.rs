//! How outcome rates are defined.

use crate::findings::{Caution, Finding, Statistic};
use crate::numbers::percent;

use super::{Done, Sentence, named};

/// Rates that AAPOR does not define, in words.
const VISITS: [(Statistic, &str); 4] = [
    (
        Statistic::ParticipationRate,
        "Because participants came of themselves, no response rate is given; the participation rate is the share of those asked \
         who responded.",
    ),
    (
        Statistic::ViewRate,
        "The view rate is the number of unique visitors of the survey divided by that of unique visitors of the site.",
    ),
    (
        Statistic::RecruitmentRate,
        "The recruitment rate is the number of people who started divided by that of unique visitors of the survey.",
    ),
    (
        Statistic::CompletionRate,
        "The completion rate is the number of people who submitted the survey divided by that of people who started.",
    ),
];

pub(super) fn rates(done: Done<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let outcome: Vec<&Finding> = done.found().filter(|finding| finding.statistic.is_outcome_rate()).collect();
    if !outcome.is_empty() {
        let names: Vec<String> =
            outcome.iter().map(|finding| finding.statistic.id().to_uppercase()).collect();
        let names = super::once(names.iter().map(String::as_str));
        let rates = if names.len() == 1 { "The outcome rate" } else { "Outcome rates" };
        let follow = if names.len() == 1 { "follows" } else { "follow" };
        sentences.push(Sentence::new(format!(
            "{rates} ({}) {follow} the definitions of the American Association for Public Opinion Research (AAPOR).",
            super::listed(&names)
        )));
        // What the most used of them is, in words.
        let used =
            [(Statistic::Rr2, "complete and partial responses"), (Statistic::Rr1, "complete responses")];
        let is_used =
            |(rate, _): &&(Statistic, &str)| outcome.iter().any(|finding| finding.statistic == *rate);
        if let Some((rate, counted)) = used.iter().find(is_used) {
            sentences.push(Sentence::new(format!(
                "{} is the number of {counted} divided by the number of people invited who were not known to be ineligible.",
                rate.id().to_uppercase()
            )));
        }
    }
    for (rate, words) in VISITS {
        if done.found().any(|finding| finding.statistic == rate) {
            sentences.push(Sentence::new(words));
        }
    }
    for finding in done.found() {
        for caution in &finding.cautions {
            if let Some(words) = said(caution, finding, done) {
                push(&mut sentences, words);
            }
        }
    }
    sentences
}

/// Adds a sentence that does not stand yet.
fn push(sentences: &mut Vec<Sentence>, sentence: Sentence) {
    if sentences.iter().all(|known| known.text() != sentence.text()) {
        sentences.push(sentence);
    }
}

fn said(caution: &Caution, finding: &Finding, done: Done<'_>) -> Option<Sentence> {
    match caution {
        Caution::CutPoints { complete, partial } => {
            // Groups with cut points of their own are named.
            let others = done.found().flat_map(|other| &other.cautions);
            let differ = others
                .filter(|other| matches!(other, Caution::CutPoints { .. }))
                .any(|other| other != caution);
            let of = if differ {
                format!(" of {}", named([done.outline.group_label(&finding.group)]))
            } else {
                String::new()
            };
            Some(
                Sentence::new(format!("A response{of} was complete if at least "))
                    .by(share(*complete)?, finding)
                    .and(" of the items asked were answered, and partial if at least ")
                    .by(share(*partial)?, finding)
                    .and(" were."),
            )
        }
        Caution::CompletionBy { whom } => {
            Some(Sentence::new(format!("Which responses were complete or partial is as {whom} said it.")))
        }
        Caution::EligibleShare { basis, .. } => Some(Sentence::new(format!(
            "Of the cases of unknown eligibility a share was counted as eligible ({basis})."
        ))),
        _ => None,
    }
}

fn share((numerator, denominator): (u64, u64)) -> Option<String> {
    let decimals = u8::from(!(numerator * 100).is_multiple_of(denominator.max(1)));
    percent(numerator, denominator, decimals).map(|text| format!("{text}%"))
}
