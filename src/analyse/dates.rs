//! The days of a date: the first, the middle and the last, and how many fall into each period.

use crate::codebook::Date;
use crate::findings::{Findings, Reason, Selector, Statistic, Value};
use crate::normalise::{CohortQuestion, date};
use crate::stats::descriptive::QuantileType;
use crate::stats::descriptive::quantile::{QUANTILE_TYPE_1, quantile};
use crate::stats::sample::Sample;

use super::about::{About, Found};
use super::distribution::share;

/// Writes the first, the middle and the last day, and the share of each period that the study counts by.
pub(super) fn dates(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    about.account(findings);
    let given = about.cohort.rows.iter().filter_map(|row| question.number(0, *row));
    let sample = Sample::from_values(&given.collect::<Vec<f64>>()).unwrap_or_default();
    // The middle one of an even number is the earlier of the two: a day on which somebody was.
    let middle = quantile(&sample, 0.5, QuantileType::Type1).ok();
    for (statistic, number, method) in [
        (Statistic::Earliest, sample.min(), None),
        (Statistic::MedianDate, middle, Some(QUANTILE_TYPE_1)),
        (Statistic::Latest, sample.max(), None),
    ] {
        let value = number.and_then(date).map_or(Value::NotComputed(Reason::EmptyBase), Value::Date);
        let found = Found { method, counts: about.who_answered(), ..Found::plain(statistic, value) };
        about.find(findings, &[statistic.id()], found);
    }
    for level in &question.levels {
        let Some((first, last)) = days(&level.id) else { continue };
        let selector = Selector::Numbered {
            question: question.id.clone(),
            item: 0,
            low: first.into(),
            high: last.into(),
        };
        let within = |value: f64| (f64::from(first)..=f64::from(last)).contains(&value);
        let count = sample.points().iter().filter(|point| within(point.value)).map(|point| point.count).sum();
        let found = share(Statistic::Level, count, about.answered()).level(&level.id).counting(selector);
        about.find(findings, &[&level.id], found);
    }
}

/// The first and the last day of a period, by its id.
fn days(period: &str) -> Option<(i32, i32)> {
    let (year, month) = period.split_once('-').map_or((period, None), |(year, month)| (year, Some(month)));
    let year: i32 = year.parse().ok()?;
    let (first, last) = match month {
        None => (Date::new(year, 1, 1)?, Date::new(year, 12, 31)?),
        Some(month) => {
            let month: u32 = month.parse().ok()?;
            let last = (28..=31).rev().find_map(|day| Date::new(year, month, day))?;
            (Date::new(year, month, 1)?, last)
        }
    };
    Some((first.number(), last.number()))
}
