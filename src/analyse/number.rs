//! The summary of numbers, and what a study declares of them: a range, a sum over the items of a question.

use crate::findings::{Caution, Findings, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::Answers;
use crate::stats::descriptive::interval::median_exact;
use crate::stats::sample::Sample;
use crate::stats::{Computed, NotComputed};
use crate::study::{NumberTerms, OutOfRange};

use super::LEVEL;
use super::about::{About, Found};
use super::constant_sum::constant_sum;
use super::distribution::{Limits, share, summary};
use super::spread;

/// Writes mean, standard deviation, quartiles and range of every item of a numeric question and, where it is asked for,
/// how its numbers are distributed.
pub(super) fn number(
    about: &About<'_>,
    question: &CohortQuestion,
    terms: NumberTerms,
    findings: &mut Findings,
) {
    let Answers::Numbers { items } = &question.answers else { return };
    for position in 0..items.len() {
        let about = about.item(question, position);
        about.account(findings);
        let numbers = about.cohort.rows.iter().filter_map(|row| question.number(position, *row));
        let sample = Sample::from_values(&numbers.collect::<Vec<f64>>());
        summary(&about, &sample, &limits(&about, &sample), findings);
        let end = |end: fn(&Sample) -> Option<f64>| {
            Value::number(
                sample
                    .as_ref()
                    .map_err(Clone::clone)
                    .and_then(|sample| end(sample).ok_or(NotComputed::EmptyBase)),
            )
        };
        for (statistic, value) in
            [(Statistic::Minimum, end(Sample::min)), (Statistic::Maximum, end(Sample::max))]
        {
            let found = Found { counts: about.who_answered(), ..Found::plain(statistic, value) };
            about.find(findings, &[statistic.id()], found);
        }
        out_of_range(&about, question, position, findings);
        if let (true, Ok(sample)) = (terms.distribution, &sample) {
            spread::spread(&about, question, (position, sample), findings);
        }
    }
    if let Some(sum) = question.numbers.sum {
        constant_sum(about, question, sum, findings);
    }
}

/// The intervals of the mean and the median of numbers.
pub(super) fn limits(about: &About<'_>, sample: &Computed<Sample>) -> Limits {
    let sample = sample.as_ref().ok();
    let mean = sample.and_then(|sample| about.mean(sample).ok());
    let words = |caution: &crate::stats::Caution| Caution::Method(caution.to_string());
    Limits {
        mean_cautions: mean.iter().flat_map(|found| found.cautions.iter().map(words)).collect(),
        mean: mean.map(|found| found.interval),
        median: sample.and_then(|sample| Some(median_exact(sample, LEVEL).ok()?.interval)),
    }
}

/// Writes the share of numbers outside the declared range, where the study keeps them.
fn out_of_range(about: &About<'_>, question: &CohortQuestion, item: usize, findings: &mut Findings) {
    let (Some((low, high)), OutOfRange::Kept) = (question.numbers.range, question.numbers.outside) else {
        return;
    };
    let selector = Selector::OutOfRange { question: question.id.clone(), item, low, high };
    let count = about.cohort.select(&selector).len() as u64;
    let found = share(Statistic::OutOfRange, count, about.answered()).counting(selector);
    about.find(findings, &[Statistic::OutOfRange.id()], found);
}
