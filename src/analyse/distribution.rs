//! The answers to scale items and to single choices: every level counted, also those that nobody chose.

use crate::codebook::Kind;
use crate::findings::{Caution, Findings, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::{Answers, Codes};
use crate::stats::descriptive::quantile::QUANTILE;
use crate::stats::descriptive::{QuantileType, SUMMARY, quantile};
use crate::stats::proportion::{Proportion, wilson};
use crate::stats::sample::Sample;
use crate::stats::{Computed, Interval, Method, NotComputed};

use super::LEVEL;
use super::about::{About, Found};

/// Writes the distribution of every item of a question.
pub(super) fn distribution(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    for position in 0..question.items.len() {
        let about = about.item(question, position);
        let codes: Option<&Codes> = match &question.answers {
            Answers::Choice(codes) => Some(codes),
            Answers::Scaled { items } | Answers::Choices { items } => items.get(position),
            _ => None,
        };
        if let Some(codes) = codes {
            let counts = codes.tally(&about.cohort.rows, question.levels.len()).given;
            about.account(findings);
            levels(&about, question, position, &counts, findings);
            if question.kind == Kind::Likert {
                boxes(&about, question, position, &counts, findings);
                summary(&about, &scored(question, &counts), &Limits::default(), findings);
            }
        }
    }
}

/// Writes the share of every level.
pub(super) fn levels(
    about: &About<'_>,
    question: &CohortQuestion,
    item: usize,
    counts: &[u64],
    findings: &mut Findings,
) {
    for (code, (level, count)) in (0..).zip(question.levels.iter().zip(counts)) {
        let counting = Selector::Coded { question: question.id.clone(), item, codes: vec![code] };
        let found = share(Statistic::Level, *count, about.answered()).level(&level.id).counting(counting);
        about.find(findings, &[&level.id], found);
    }
}

/// Writes the top and the bottom box and, where the study declares a middle, the two sides and what is between them.
fn boxes(about: &About<'_>, question: &CohortQuestion, item: usize, counts: &[u64], findings: &mut Findings) {
    let mut boxes = Vec::new();
    if !question.top.is_empty() {
        boxes.push((Statistic::TopBox, question.top.clone()));
        boxes.push((Statistic::BottomBox, question.bottom.clone()));
    }
    if let Some(middle) = &question.middle {
        boxes.push((Statistic::BelowMiddle, 0..middle.start));
        boxes.push((Statistic::AtMiddle, middle.clone()));
        boxes.push((Statistic::AboveMiddle, middle.end..question.levels.len()));
    }
    for (statistic, points) in boxes {
        let count = counts.get(points.clone()).map_or(0, |counts| counts.iter().sum());
        let codes = points.clone().filter_map(|code| u16::try_from(code).ok()).collect();
        let levels = question.levels.get(points).unwrap_or_default();
        let ids: Vec<&str> = levels.iter().map(|level| level.id.as_str()).collect();
        let found = share(statistic, count, about.answered())
            .level(&ids.join("+"))
            .counting(Selector::Coded { question: question.id.clone(), item, codes });
        about.find(findings, &[statistic.id()], found);
    }
}

/// A share of those who answered, with its Wilson interval.
pub(super) fn share(statistic: Statistic, count: u64, of: u64) -> Found {
    Found { interval: interval(count, of), ..Found::plain(statistic, Value::share(count, of)) }
}

/// The Wilson interval of a share; none for an empty base.
pub(super) fn interval(count: u64, of: u64) -> Option<Interval> {
    Proportion::new(count, of).ok().map(|proportion| wilson(proportion, LEVEL))
}

/// The scores of a question's levels with how often each was given.
fn scored(question: &CohortQuestion, counts: &[u64]) -> Computed<Sample> {
    let scored: Vec<(f64, u64)> =
        question.scores.iter().map(|score| f64::from(*score)).zip(counts.iter().copied()).collect();
    Sample::from_counts(&scored)
}

/// The standard deviation. Nobody is told that two are needed where nobody answered.
fn sd(sample: &Sample) -> Computed<f64> {
    if sample.n() == 0 { Err(NotComputed::EmptyBase) } else { sample.variance().map(f64::sqrt) }
}

/// Intervals of a summary, where there are any.
#[derive(Default)]
pub(super) struct Limits {
    /// Of the mean.
    pub(super) mean: Option<Interval>,
    /// What must be known of the limits of the mean.
    pub(super) mean_cautions: Vec<Caution>,
    /// Of the median.
    pub(super) median: Option<Interval>,
}

/// Writes median, quartiles, mean and standard deviation of a sample.
pub(super) fn summary(
    about: &About<'_>,
    sample: &Computed<Sample>,
    limits: &Limits,
    findings: &mut Findings,
) {
    let of =
        |statistic: fn(&Sample) -> Computed<f64>| sample.as_ref().map_err(Clone::clone).and_then(statistic);
    let statistics: [(Statistic, Computed<f64>, Method); 5] = [
        (Statistic::Median, of(|sample| quantile(sample, 0.5, QuantileType::Type7)), QUANTILE),
        (Statistic::Q1, of(|sample| quantile(sample, 0.25, QuantileType::Type7)), QUANTILE),
        (Statistic::Q3, of(|sample| quantile(sample, 0.75, QuantileType::Type7)), QUANTILE),
        (Statistic::Mean, of(Sample::mean), SUMMARY),
        (Statistic::Sd, of(sd), SUMMARY),
    ];
    for (statistic, computed, method) in statistics {
        let tail = statistic.id();
        let counts = about.who_answered();
        let interval = match statistic {
            Statistic::Mean => limits.mean.clone(),
            Statistic::Median => limits.median.clone(),
            _ => None,
        };
        let cautions = match statistic {
            Statistic::Mean => limits.mean_cautions.clone(),
            _ => Vec::new(),
        };
        let value = Value::number(computed);
        let found =
            Found { interval, method: Some(method), counts, cautions, ..Found::plain(statistic, value) };
        about.find(findings, &[tail], found);
    }
}
