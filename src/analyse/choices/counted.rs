//! A multi-select as one question: how many choices people ticked, nets of choices, and what stands beside them.

use crate::findings::{Caution, Findings, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::{Answer, Ticks};
use crate::stats::descriptive::SUMMARY;
use crate::stats::sample::Sample;
use crate::stats::{Computed, NotComputed};

use super::super::about::{About, Found};
use super::super::distribution::share;

/// Writes how many choices those who answered ticked: the share of each number, mean and standard deviation.
pub(super) fn number_ticked(
    about: &About<'_>,
    question: &CohortQuestion,
    ticks: &Ticks,
    findings: &mut Findings,
) {
    let mut counts = vec![0_u64; question.levels.len() + 1];
    for row in &about.cohort.rows {
        if let Answer::Given(ticked) = ticks.answered.get(*row)
            && let Some(count) = counts.get_mut(usize::from(ticked))
        {
            *count += 1;
        }
    }
    for (number, count) in (0..).zip(&counts).skip(1) {
        let level = number.to_string();
        let counting = Selector::TickedSoMany { question: question.id.clone(), count: number };
        let value = Value::share(*count, about.answered());
        let found = Found::plain(Statistic::NumberTicked, value).level(&level).counting(counting);
        about.find(findings, &["number-ticked", &level], found);
    }
    let scored: Vec<(f64, u64)> = counts.iter().enumerate().map(|(n, count)| (n as f64, *count)).collect();
    let sample = Sample::from_counts(&scored);
    let of = |statistic: fn(&Sample) -> Computed<f64>| {
        let sample = sample.as_ref().map_err(Clone::clone)?;
        if sample.n() == 0 { Err(NotComputed::EmptyBase) } else { statistic(sample) }
    };
    let sd = |sample: &Sample| sample.variance().map(f64::sqrt);
    for (statistic, computed) in [(Statistic::Mean, of(Sample::mean)), (Statistic::Sd, of(sd))] {
        let found = Found {
            method: Some(SUMMARY),
            counts: about.who_answered(),
            ..Found::plain(statistic, Value::number(computed))
        };
        about.find(findings, &["number-ticked", statistic.id()], found);
    }
}

/// Writes for every net the share of respondents who ticked any of its choices.
pub(super) fn nets(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    for net in &question.nets {
        let tail = format!("net-{}", net.id);
        if net.choices.is_empty() {
            let reason = NotComputed::Undefined("this group was offered no choice of the net");
            about.find(findings, &[&tail], Found::plain(Statistic::Net, Value::number(Err(reason))));
            continue;
        }
        let ticked = |row: &&usize| net.choices.iter().any(|choice| question.ticked(*choice, **row));
        let count = about.cohort.rows.iter().filter(ticked).count() as u64;
        let counting = Selector::TickedAny { question: question.id.clone(), choices: net.choices.clone() };
        let found = share(Statistic::Net, count, about.answered()).level(&net.id).counting(counting);
        let lacking = (net.not_offered > 0).then_some(Caution::NetNotOffered { count: net.not_offered });
        let cautions = std::iter::once(Caution::NotAdditive).chain(lacking).collect();
        about.find(findings, &[&tail], Found { cautions, ..found });
    }
}

/// Writes how many wrote a text beside the choices, where the export has a column for it, and how many ticked a choice
/// that excludes the others beside others, where there is one. The texts themselves are never kept.
pub(super) fn beside(about: &About<'_>, question: &CohortQuestion, ticks: &Ticks, findings: &mut Findings) {
    let answered = |row: &&usize| matches!(ticks.answered.get(**row), Answer::Given(_));
    if !ticks.texts.is_empty() {
        let wrote = |row: &&usize| answered(row) && ticks.texts.iter().any(|text| text.get(**row));
        let count = about.cohort.rows.iter().filter(wrote).count() as u64;
        let counting = Selector::WroteBeside { question: question.id.clone() };
        let found = Found::plain(Statistic::OtherText, Value::Count(count)).counting(counting);
        about.find(findings, &["other-text"], found);
    }
    if let Some(contradicted) = &ticks.contradicted {
        let count = contradicted.count(&about.cohort.rows);
        let counting = Selector::Contradicted { question: question.id.clone() };
        let found = Found::plain(Statistic::Contradicted, Value::Count(count)).counting(counting);
        about.find(findings, &["contradicted"], found);
    }
}
