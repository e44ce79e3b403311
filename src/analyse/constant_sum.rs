//! Numbers that are to add up to a sum: how many do, and how those who keep to it share it out.

use std::collections::BTreeMap;

use crate::codebook::Missing;
use crate::findings::{Asked, Findings, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::Answer;
use crate::stats::descriptive::SUMMARY;
use crate::stats::sample::Sample;

use super::about::{About, Found};
use super::distribution::share;

/// Numbers are taken to add up where they miss the sum by no more than rounding does.
const TOLERANCE: f64 = 1e-9;

/// Writes how many answers add up to the sum and, of those, the mean of each item.
pub(super) fn constant_sum(about: &About<'_>, question: &CohortQuestion, sum: f64, findings: &mut Findings) {
    let selector = Selector::AddingUp { question: question.id.clone(), low: low(sum), high: high(sum) };
    let keeping = about.cohort.select(&selector);
    let any = answered_any(about, question);
    let mut missing = any.missing.clone();
    let off = any.answered - keeping.len() as u64;
    if off > 0 {
        missing.insert(Missing::OffSum, off);
    }
    let about = about.among(any);
    let kept = share(Statistic::SumKept, keeping.len() as u64, about.answered()).counting(selector.clone());
    about.find(findings, &[Statistic::SumKept.id()], kept);
    // Who answered keeps to the sum or does not.
    let asked = Asked::new(about.cohort.rows.len() as u64, keeping.len() as u64, missing);
    let about = about.among(asked.unwrap_or_default());
    for (position, item) in question.items.iter().enumerate() {
        // Who shared out the whole sum gave nothing to an item left blank.
        let given = keeping.iter().map(|row| question.number(position, *row).unwrap_or(0.0));
        let sample = Sample::from_values(&given.collect::<Vec<f64>>());
        let mean = sample.as_ref().map_err(Clone::clone).and_then(Sample::mean);
        let found = Found {
            interval: sample.ok().and_then(|sample| Some(about.mean(&sample).ok()?.interval)),
            method: Some(SUMMARY),
            counts: Some(selector.clone()),
            ..Found::plain(Statistic::Allocation, Value::number(mean))
        };
        about.part(item).find(findings, &[Statistic::Allocation.id()], found);
    }
}

/// Those who gave a number to at least one item; the others by the first item's reason.
fn answered_any(about: &About<'_>, question: &CohortQuestion) -> Asked {
    let mut answered = 0;
    let mut missing: BTreeMap<Missing, u64> = BTreeMap::new();
    for row in &about.cohort.rows {
        if (0..question.items.len()).any(|item| question.number(item, *row).is_some()) {
            answered += 1;
        } else {
            let reason = match question.answer(0, *row) {
                Some(Answer::Missing(reason)) => reason,
                Some(Answer::Given(_)) | None => Missing::Blank,
            };
            *missing.entry(reason).or_default() += 1;
        }
    }
    Asked::new(about.cohort.rows.len() as u64, answered, missing).unwrap_or_default()
}

fn low(sum: f64) -> f64 {
    sum - TOLERANCE * sum
}

fn high(sum: f64) -> f64 {
    sum + TOLERANCE * sum
}
