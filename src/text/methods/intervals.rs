//! What intervals are and mean.

use crate::findings::{Caution, Finding, Value};
use crate::stats::{Interval, Method};

use super::{Done, Sentence};
use crate::text::phrase::capitalised;

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
        let level = done.style.level(made.interval.level.get());
        match levels.iter_mut().find(|(known, _)| *known == level) {
            Some((_, of)) => of.push(made),
            None => levels.push((level, vec![made])),
        }
    }
    let of_level = |(level, made): (String, Vec<&Made<'_>>)| {
        let methods = made.iter().map(|made| {
            let of = super::named(made.of.iter().copied());
            Sentence::new(format!("{of} ({})", how(made.interval.method)))
        });
        let first = Sentence::new("Confidence intervals at the level of ");
        let first = match made.first() {
            Some(made) => first.by(level, made.first),
            None => first,
        };
        first.and(" were computed for ").list(methods.collect()).and(".")
    };
    let mut sentences: Vec<Sentence> = levels.into_iter().map(of_level).collect();
    sentences.extend(meaning(done));
    sentences
}

/// How an interval was made: the name of its method, unless that names the estimate alone.
fn how(method: Method) -> &'static str {
    match method.id {
        "cohens_d.independent" | "cohens_d.paired" => "by the noncentral t distribution",
        "cronbach_alpha" => "Feldt interval",
        "spearman_brown.two_items" => "by Fisher's z of the correlation",
        "net_promoter_score" => "normal approximation with the multinomial variance",
        "cohen_kappa.unweighted" | "cohen_kappa.linear" | "cohen_kappa.quadratic" | "pabak" | "gwet_ac1" => {
            "normal approximation with the large-sample standard error"
        }
        _ => method.name,
    }
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

/// What the intervals are about, as it depends on how people were drawn: each meaning with the estimates that have it, so
/// that two estimates whose intervals differ do not contradict each other.
fn meaning(done: Done<'_>) -> Vec<Sentence> {
    let mut all: Vec<&'static str> = Vec::new();
    let mut meanings: Vec<(&Caution, &Finding, Vec<&'static str>)> = Vec::new();
    for finding in done.found().filter(|finding| finding.interval.is_some()) {
        let of = what(finding);
        if !all.contains(&of) {
            all.push(of);
        }
        for caution in &finding.cautions {
            match meanings.iter_mut().find(|(known, ..)| *known == caution) {
                Some((.., estimates)) if estimates.contains(&of) => {}
                Some((.., estimates)) => estimates.push(of),
                None => meanings.push((caution, finding, vec![of])),
            }
        }
    }
    let sentence = |(caution, finding, of): (&Caution, &Finding, Vec<&'static str>)| {
        let subject = if of.len() == all.len() {
            "they".to_owned()
        } else {
            format!("the intervals of {}", super::named(of))
        };
        meant(caution, &subject, done, finding)
    };
    meanings.into_iter().filter_map(sentence).collect()
}

/// What a caution says of intervals, if it says anything of them.
fn meant(caution: &Caution, they: &str, done: Done<'_>, finding: &Finding) -> Option<Sentence> {
    let starts = capitalised(they);
    Some(match caution {
        Caution::NoSampling => Sentence::new(format!(
            "Because everybody was invited, {they} describe a hypothetical larger population like this one, not sampling \
             error."
        )),
        Caution::TakenAsRandom => Sentence::new(format!(
            "{starts} take those who answered as a simple random sample of a larger population; weights and clusters are \
             not in them."
        )),
        Caution::RandomSample { frame } => {
            Sentence::new(format!("{starts} are about a simple random sample of a frame of "))
                .by(done.style.count(*frame), finding)
                .and(" people.")
        }
        Caution::NoFiniteCorrection { frame } => {
            Sentence::new(format!("{starts} are about a simple random sample of a frame of "))
                .by(done.style.count(*frame), finding)
                .and(" people and have no correction for a finite frame, so that they are too wide rather than too narrow.")
        }
        Caution::TakenAsAnswered => {
            Sentence::new(format!("{starts} take those who did not answer as like those who did."))
        }
        Caution::PartOfFrame => Sentence::new(format!(
            "{starts} have no correction for a finite frame where how many of the frame belong to the part is not known, \
             and take those who did not answer as like those who did."
        )),
        Caution::OptIn => Sentence::new(format!(
            "Participants came of themselves and were not drawn; {they} take them as a simple random sample, which they are \
             not."
        )),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{Base, FindingId, Findings, Outline, Statistic};
    use crate::numbers::NumberStyle;
    use crate::stats::ConfidenceLevel;

    fn estimated(tail: &str, statistic: Statistic, value: Value, cautions: &[Caution]) -> Finding {
        let method = Method { id: "m", name: "m interval", convention: "" };
        Finding {
            id: FindingId::new(["a/q", tail]),
            group: "a".into(),
            question: Some("q".into()),
            item: None,
            level: None,
            statistic,
            base: Base { people: None, asked: None, sides: Vec::new() },
            value,
            interval: Some(Interval { low: 0.1, high: 0.9, level: ConfidenceLevel::P95, method }),
            method: None,
            counts: None,
            cautions: cautions.to_vec(),
        }
    }

    fn said(all: Vec<Finding>) -> String {
        let mut findings = Findings::default();
        for finding in all {
            findings.push(finding);
        }
        let done = Done { outline: &Outline::default(), findings: &findings, style: NumberStyle::Plain };
        meaning(done).iter().map(Sentence::text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn intervals_that_differ_are_told_apart_and_what_all_mean_is_said_once() {
        let share = Value::Share { count: 6, of: 10 };
        assert_eq!(
            said(vec![
                estimated(
                    "yes",
                    Statistic::Level,
                    share.clone(),
                    &[Caution::RandomSample { frame: 100 }, Caution::TakenAsAnswered]
                ),
                estimated(
                    "mean",
                    Statistic::Mean,
                    Value::Number(0.5),
                    &[Caution::NoFiniteCorrection { frame: 100 }, Caution::TakenAsAnswered]
                ),
            ]),
            "The intervals of shares are about a simple random sample of a frame of 100 people. They take those who did not \
             answer as like those who did. The intervals of means are about a simple random sample of a frame of 100 people \
             and have no correction for a finite frame, so that they are too wide rather than too narrow."
        );
    }

    #[test]
    fn whatever_is_about_an_interval_is_said_of_it() {
        for caution in [
            Caution::NoSampling,
            Caution::TakenAsRandom,
            Caution::RandomSample { frame: 9 },
            Caution::NoFiniteCorrection { frame: 9 },
            Caution::TakenAsAnswered,
            Caution::PartOfFrame,
        ] {
            assert!(caution.is_about_interval());
            let said = said(vec![estimated("mean", Statistic::Mean, Value::Number(0.5), &[caution])]);
            assert!(said.contains("hey "), "{said}");
        }
    }
}
