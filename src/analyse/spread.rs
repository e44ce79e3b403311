//! How numbers are distributed: counts in bins and at single numbers, and how far the bulk of them reaches.

use crate::findings::{Findings, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::stats::descriptive::histogram::{BINS, WHISKERS, bins, whiskers};
use crate::stats::sample::Sample;

use super::about::{About, Found};

/// Above so many different numbers, single ones are not counted.
const MOST_VALUES: usize = 30;

/// Writes the bins, the whiskers and, where there are few different numbers, how many gave each.
pub(super) fn spread(
    about: &About<'_>,
    question: &CohortQuestion,
    (item, sample): (usize, &Sample),
    findings: &mut Findings,
) {
    let of = about.answered();
    let counting =
        |low: f64, high: f64| Selector::Numbered { question: question.id.clone(), item, low, high };
    let share = |statistic, count, level: &str, low, high| {
        Found::plain(statistic, Value::share(count, of)).level(level).counting(counting(low, high))
    };
    let bins = bins(sample);
    for (position, bin) in bins.iter().enumerate() {
        let is_one = bin.low >= bin.high;
        let level = if is_one { bin.high.to_string() } else { format!("{}-to-{}", bin.low, bin.high) };
        // The lower limit lies in the first bin alone.
        let low = if is_one || position == 0 { bin.low } else { bin.low.next_up() };
        let found = share(Statistic::Bin, bin.count, &level, low, bin.high);
        about.find(findings, &["bin", &level], Found { method: Some(BINS), ..found });
    }
    let each_has_a_bin = bins.iter().all(|bin| bin.low >= bin.high);
    if !each_has_a_bin && sample.points().len() <= MOST_VALUES {
        for point in sample.points() {
            let level = point.value.to_string();
            let found = share(Statistic::AtValue, point.count, &level, point.value, point.value);
            about.find(findings, &["at-value", &level], found);
        }
    }
    let reach = whiskers(sample);
    let ends = [
        (Statistic::WhiskerLow, reach.clone().map(|(low, _)| low)),
        (Statistic::WhiskerHigh, reach.map(|(_, high)| high)),
    ];
    for (statistic, value) in ends {
        let found = Found::plain(statistic, Value::number(value));
        let found = Found { method: Some(WHISKERS), counts: about.who_answered(), ..found };
        about.find(findings, &[statistic.id()], found);
    }
}
