//! The summary of numbers.

use crate::findings::{Findings, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::Answers;
use crate::stats::NotComputed;

use super::about::{About, Found};
use super::distribution::{summary, tally};

/// Writes mean, standard deviation, quartiles and range of every item of a numeric question.
pub(super) fn number(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    let Answers::Numbers { items } = &question.answers else { return };
    for (position, numbers) in items.iter().enumerate() {
        let about = about.item(question, position);
        about.account(findings);
        let given = about.cohort.rows.iter().filter_map(|row| numbers.get(*row).and_then(|number| number.as_ref().ok()).copied());
        match tally(given) {
            Ok(values) => {
                summary(&about, &values, findings);
                let end = |value: Option<&(f64, u64)>| Value::number(value.map(|(value, _)| *value).ok_or(NotComputed::EmptyBase));
                about.find(findings, &["minimum"], Found::plain(Statistic::Minimum, end(values.first())));
                about.find(findings, &["maximum"], Found::plain(Statistic::Maximum, end(values.last())));
            }
            Err(reason) => {
                about.find(findings, &["mean"], Found::plain(Statistic::Mean, Value::number(Err(reason))));
            }
        }
    }
}
