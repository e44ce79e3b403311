//! Multi-select questions: respondents and mentions as two bases, never confused.

use crate::findings::{Findings, Selector, Statistic, Tier, Value};
use crate::normalise::CohortQuestion;
use crate::responses::Answers;
use crate::stats::Method;

use super::about::{About, Found};
use super::distribution::share;

/// Choices in order of frequency.
pub(super) const BY_FREQUENCY: Method = Method {
    id: crate::findings::BY_FREQUENCY,
    name: "Order by frequency",
    convention: "choices with equally many mentions share a place; those that nobody chose are last",
};

/// Writes for every choice the share of respondents who ticked it and its share of all mentions.
pub(super) fn choices(about: &About<'_>, question: &CohortQuestion, findings: &mut Findings) {
    let Answers::Ticks(ticks) = &question.answers else { return };
    let mentions = ticks.mentions(&about.cohort.rows);
    let total: u64 = mentions.iter().take(question.levels.len()).sum();
    about.account(findings);
    let mentions_total = Found::plain(Statistic::MentionsTotal, Value::Count(total));
    about.find(findings, &["mentions-total"], Found { counts: about.who_answered(), ..mentions_total });
    for (choice, (level, count)) in question.levels.iter().zip(&mentions).enumerate() {
        let counting = Selector::Ticked { question: question.id.clone(), choice };
        let ticked =
            share(Statistic::Ticked, *count, about.answered()).level(&level.id).counting(counting.clone());
        about.find(findings, &[&level.id], ticked);
        // Mentions are not people: one person has several, so a share of them has no interval.
        let found = Found::plain(Statistic::Mentions, Value::share(*count, total))
            .level(&level.id)
            .counting(counting);
        about.find(findings, &[&level.id, "mentions"], found);
    }
    // What they wrote is never held; that they wrote is counted where the export has a place for it.
    if !ticks.texts.is_empty() {
        let selector = Selector::WroteBeside { question: question.id.clone() };
        let wrote = about.cohort.select(&selector).len() as u64;
        let found = Found::plain(Statistic::OtherText, Value::Count(wrote)).counting(selector);
        about.find(findings, &[Statistic::OtherText.id()], found);
    }
    let labels = question.levels.iter().map(|level| level.label.as_str());
    let scores = labels.zip(mentions.iter().map(|count| *count as f64));
    let order = Value::Order(tiers(scores, Direction::MostFirst));
    about.find(
        findings,
        &["order"],
        Found {
            method: Some(BY_FREQUENCY),
            counts: about.who_answered(),
            ..Found::plain(Statistic::Order, order)
        },
    );
}

/// Which end of the scores comes first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// The highest score.
    MostFirst,
    /// The lowest score.
    LeastFirst,
}

/// Labels in order of their scores; equal scores share a tier, in the order given.
pub(super) fn tiers<'a>(scores: impl Iterator<Item = (&'a str, f64)>, direction: Direction) -> Vec<Tier> {
    let mut scored: Vec<(&str, f64)> = scores.collect();
    scored.sort_by(|(_, a), (_, b)| match direction {
        Direction::MostFirst => b.total_cmp(a),
        Direction::LeastFirst => a.total_cmp(b),
    });
    let mut tiers: Vec<Tier> = Vec::new();
    for (label, score) in scored {
        match tiers.last_mut() {
            Some(tier) if tier.score.total_cmp(&score).is_eq() => tier.labels.push(label.to_owned()),
            _ => tiers.push(Tier { labels: vec![label.to_owned()], score }),
        }
    }
    tiers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_share_a_place_in_the_order_given() {
        let tiers = tiers([("a", 2.0), ("b", 5.0), ("c", 2.0)].into_iter(), Direction::MostFirst);
        let labels: Vec<Vec<String>> = tiers.into_iter().map(|tier| tier.labels).collect();
        assert_eq!(labels, [vec!["b".to_owned()], vec!["a".to_owned(), "c".to_owned()]]);
    }
}
