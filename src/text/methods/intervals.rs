//! What intervals are and mean.

use crate::findings::{Caution, Finding, Value};
use crate::stats::Interval;

use super::{Done, Sentence};

/// An interval's method and level, and what it is of.
struct Made<'a> {
    interval: &'a Interval,
    of: Vec<&'static str>,
    first: &'a Finding,
}

pub(super) fn intervals(done: Done<'_>) -> Vec<Sentence> {
    let mut made: Vec<Made<'_>> = Vec::new();
    for finding in done.found() {
        let Some(interval) = &finding.interval else { continue };
        let of = what(finding);
        let is_same = |known: &&mut Made<'_>| {
            known.interval.method.id == interval.method.id && known.interval.level == interval.level
        };
        match made.iter_mut().find(is_same) {
            Some(known) if known.of.contains(&of) => {}
            Some(known) => known.of.push(of),
            None => made.push(Made { interval, of: vec![of], first: finding }),
        }
    }
    if made.is_empty() {
        return Vec::new();
    }
    let mut levels: Vec<(String, Vec<&Made<'_>>)> = Vec::new();
    for made in &made {
        let level = made.interval.level.get() * 100.0;
        let level = done.style.number(level, u8::from((level - level.round()).abs() > 1e-9));
        match levels.iter_mut().find(|(known, _)| *known == level) {
            Some((_, of)) => of.push(made),
            None => levels.push((level, vec![made])),
        }
    }
    let of_level = |(level, made): (String, Vec<&Made<'_>>)| {
        let methods = made.iter().map(|made| {
            let of = super::named(made.of.iter().copied());
            Sentence::new(format!("{of} ({})", made.interval.method.name))
        });
        let first = Sentence::new("Confidence intervals at the level of ");
        let first = match made.first() {
            Some(made) => first.by(format!("{level}%"), made.first),
            None => first,
        };
        first.and(" were computed for ").list(methods.collect()).and(".")
    };
    let mut sentences: Vec<Sentence> = levels.into_iter().map(of_level).collect();
    sentences.extend(meaning(done));
    sentences
}

fn what(finding: &Finding) -> &'static str {
    match finding.value {
        Value::Share { .. } => "shares",
        _ => finding_of(finding),
    }
}

fn finding_of(finding: &Finding) -> &'static str {
    use crate::findings::Statistic as S;
    match finding.statistic {
        S::Mean => "means",
        S::MeanRank => "mean ranks",
        S::Median => "medians",
        S::ShareDifference | S::NetChange => "differences of shares",
        S::MeanDifference => "differences of means",
        S::Superiority => "probabilities of superiority",
        S::CliffsDelta => "Cliff's delta",
        S::HedgesG => "Hedges' g",
        S::CramersV => "Cram\u{e9}r's V",
        S::LateDifference => "differences between late and early respondents",
        S::Shift => "shifts",
        S::Pseudomedian => "pseudomedians",
        S::DAverage | S::DZ => "standardised changes",
        S::RankBiserial => "rank-biserial correlations",
        S::OmegaSquared => "omega squared",
        S::EpsilonSquared => "epsilon squared",
        S::StandardisedDifference => "standardised differences",
        S::LogWorth | S::Worth => "worths",
        S::Kappa | S::WeightedKappa => "kappa",
        S::Pabak => "the adjusted kappa",
        S::Ac1 => "AC1",
        S::KrippendorffAlpha => "Krippendorff's alpha",
        S::Alpha => "alpha",
        S::Omega => "omega",
        S::NetPromoter => "net promoter scores",
        _ => "further estimates",
    }
}

/// What the intervals are about, as it depends on how people were drawn.
fn meaning(done: Done<'_>) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::new();
    for finding in done.found() {
        for caution in &finding.cautions {
            let sentence = match caution {
                Caution::NoSampling => Sentence::new(
                    "Because everybody was invited, they describe a hypothetical larger population like this one, not \
                     sampling error.",
                ),
                Caution::TakenAsRandom => Sentence::new(
                    "They take those who answered as a simple random sample of a larger population; weights and clusters are \
                     not in them.",
                ),
                Caution::RandomSample { frame } => {
                    Sentence::new("They are about a simple random sample of a frame of ")
                        .by(done.style.count(*frame), finding)
                        .and(" people, and take those who did not answer as like those who did.")
                }
                Caution::PartOfFrame => Sentence::new(
                    "They have no correction for a finite frame, because how many of the frame belong to the part is not known.",
                ),
                Caution::OptIn => Sentence::new(
                    "Participants came of themselves and were not drawn; the intervals take them as a simple random sample, \
                     which they are not.",
                ),
                _ => continue,
            };
            if sentences.iter().all(|known| known.text() != sentence.text()) {
                sentences.push(sentence);
            }
        }
    }
    sentences
}
