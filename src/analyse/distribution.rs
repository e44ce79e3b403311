//! The answers to scale items and to single choices: every level counted, also those that nobody chose.

use crate::codebook::Kind;
use crate::findings::{Findings, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::{Answers, Codes};
use crate::stats::descriptive::{self, QuantileType};
use crate::stats::{Computed, NotComputed, proportion};

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
                top_box(&about, question, position, &counts, findings);
                summary(&about, &scored(question, &counts), findings);
            }
        }
    }
}

fn levels(about: &About<'_>, question: &CohortQuestion, item: usize, counts: &[u64], findings: &mut Findings) {
    for (code, (level, count)) in (0..).zip(question.levels.iter().zip(counts)) {
        let counting = Selector::Coded { question: question.id.clone(), item, codes: vec![code] };
        let found = share(Statistic::Level, *count, about.answered()).level(&level.id).counting(counting);
        about.find(findings, &[&level.id], found);
    }
}

fn top_box(about: &About<'_>, question: &CohortQuestion, item: usize, counts: &[u64], findings: &mut Findings) {
    if question.top.is_empty() {
        return;
    }
    let count = counts.get(question.top.clone()).map_or(0, |counts| counts.iter().sum());
    let codes = question.top.clone().filter_map(|code| u16::try_from(code).ok()).collect();
    let labels: Vec<&str> =
        question.levels.get(question.top.clone()).unwrap_or_default().iter().map(|level| level.id.as_str()).collect();
    let found = share(Statistic::TopBox, count, about.answered())
        .level(&labels.join("+"))
        .counting(Selector::Coded { question: question.id.clone(), item, codes });
    about.find(findings, &["top-box"], found);
}

/// A share of those who answered, with its Wilson interval.
pub(super) fn share(statistic: Statistic, count: u64, of: u64) -> Found {
    Found { interval: proportion::wilson(count, of, LEVEL).ok(), ..Found::plain(statistic, Value::share(count, of)) }
}

/// The scores of a question's levels with how often each was given.
fn scored(question: &CohortQuestion, counts: &[u64]) -> Vec<(f64, u64)> {
    question.scores.iter().map(|score| f64::from(*score)).zip(counts.iter().copied()).collect()
}

/// Writes median, quartiles, mean and standard deviation of values with how often each occurs.
pub(super) fn summary(about: &About<'_>, values: &[(f64, u64)], findings: &mut Findings) {
    let quantile = |p| descriptive::quantile_counts(values, p, QuantileType::Type7);
    let statistics: [(Statistic, Computed<f64>, crate::stats::Method); 5] = [
        (Statistic::Median, quantile(0.5), descriptive::QUANTILE),
        (Statistic::Q1, quantile(0.25), descriptive::QUANTILE),
        (Statistic::Q3, quantile(0.75), descriptive::QUANTILE),
        (Statistic::Mean, descriptive::mean_counts(values), descriptive::SUMMARY),
        (Statistic::Sd, descriptive::sd_counts(values), descriptive::SUMMARY),
    ];
    for (statistic, computed, method) in statistics {
        let tail = statistic.id();
        let found = Found { method: Some(method), ..Found::plain(statistic, Value::number(computed)) };
        about.find(findings, &[tail], found);
    }
}

/// Values with how often each occurs, in order.
pub(super) fn tally(values: impl Iterator<Item = f64>) -> Result<Vec<(f64, u64)>, NotComputed> {
    let mut values: Vec<f64> = values.collect();
    if values.iter().any(|value| !value.is_finite()) {
        return Err(NotComputed::invalid("a number that is not finite"));
    }
    values.sort_by(f64::total_cmp);
    let mut tallied: Vec<(f64, u64)> = Vec::new();
    for value in values {
        match tallied.last_mut() {
            Some((last, count)) if last.total_cmp(&value).is_eq() => *count += 1,
            _ => tallied.push((value, 1)),
        }
    }
    Ok(tallied)
}
