//! The summary of numbers.

use crate::findings::{Findings, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::Answers;
use crate::stats::NotComputed;
use crate::stats::sample::Sample;

use super::about::{About, Found};
use super::distribution::summary;

/// Writes mean, standard deviation, quartiles and range of every item of a numeric question.
pub(super) fn number(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    let Answers::Numbers { items } = &question.answers else { return };
    for (position, numbers) in items.iter().enumerate() {
        let about = about.item(question, position);
        about.account(findings);
        let given: Vec<f64> = about
            .cohort
            .rows
            .iter()
            .filter_map(|row| numbers.get(*row).and_then(|number| number.as_ref().ok()).copied())
            .collect();
        let sample = Sample::from_values(&given);
        summary(&about, &sample, findings);
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
    }
}
