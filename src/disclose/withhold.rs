//! Findings without what is withheld.

use crate::findings::{Base, Caution, Finding, Findings, Outline, Reason, Statistic, Value};

use super::build::{Built, base_keys};
use super::model::{Key, Scope, What};
use super::reading::Reading;

/// What remains of a caution whose count is not told.
const INCOMPLETE: &str =
    "some rankings are incomplete: items left unranked share the mean of the ranks not given";

/// Findings for the public.
pub(super) struct Withheld {
    pub(super) findings: Findings,
    pub(super) withheld: u64,
}

/// Takes out what is withheld: values, intervals, bases and the numbers in cautions. A reason for missing answers whose
/// count is withheld is left out whole, because that somebody has it would tell of one person at least.
pub(super) fn withhold(built: &Built, unknown: &[bool], outline: &Outline, findings: &Findings) -> Withheld {
    let mut public = Withheld { findings: Findings::default(), withheld: 0 };
    for (finding, reading) in findings.iter().zip(&built.readings) {
        let base = base(built, unknown, outline, finding);
        let cautions = cautions(finding, reading, &base);
        let told = is_told(built, unknown, outline, finding, reading);
        match cautions.filter(|_| told) {
            Some(cautions) => public.findings.push(Finding { base, cautions, ..finding.clone() }),
            None => {
                public.withheld += 1;
                if finding.statistic == Statistic::Missing {
                    continue;
                }
                public.findings.push(Finding {
                    value: Value::NotComputed(Reason::Withheld),
                    interval: None,
                    base: Base { sides: Vec::new(), ..base },
                    cautions: Vec::new(),
                    ..finding.clone()
                });
            }
        }
    }
    public
}

fn is_told(built: &Built, unknown: &[bool], outline: &Outline, finding: &Finding, reading: &Reading) -> bool {
    // Why nothing is known of people tells nothing of them; why nothing is computed of answers does.
    if finding.question.is_none() && matches!(finding.value, Value::NotComputed(_)) {
        return true;
    }
    let Some(question) = &finding.question else {
        return matches!(reading, Reading::Counts(keys) if keys.iter().all(|key| built.tells(key, unknown)));
    };
    let place = |item: &usize| (finding.group.clone(), question.clone(), *item);
    match reading {
        Reading::Counts(keys) => keys.iter().all(|key| built.tells(key, unknown)),
        Reading::Contents { item } => {
            contents(built, &finding.group, question, *item).all(|cell| !unknown[cell])
        }
        Reading::Numbers { item } => {
            built.numbers.summaries.contains(&place(item)) && answered(built, unknown, finding, outline)
        }
        Reading::Extreme { item } => {
            let of = match finding.statistic {
                Statistic::Minimum => &built.numbers.minima,
                _ => &built.numbers.maxima,
            };
            of.contains(&place(item)) && answered(built, unknown, finding, outline)
        }
        Reading::Unread => false,
    }
}

fn answered(built: &Built, unknown: &[bool], finding: &Finding, outline: &Outline) -> bool {
    base_keys(finding, outline)
        .iter()
        .filter(|key| key.what == What::Answered)
        .all(|key| built.tells(key, unknown))
}

/// The cells of a question in a group, of one item or of all.
pub(super) fn contents<'a>(
    built: &'a Built,
    group: &'a str,
    question: &'a str,
    item: Option<usize>,
) -> impl Iterator<Item = usize> + 'a {
    let fits = move |key: &Key| {
        matches!(&key.scope, Scope::Group(of) if of == group)
            && key.question.as_deref() == Some(question)
            && item.is_none_or(|item| item == key.item)
            && match &key.what {
                // What no finding counts is told by a summary all the same.
                What::Levels(codes) => codes.len() == 1,
                What::Answered | What::Ticked(_) | What::Mentions | What::Ranked(_) | What::Unranked => true,
                _ => false,
            }
    };
    built.model.keys.iter().filter(move |(key, _)| fits(key)).map(|(_, cell)| *cell)
}

/// The base, without the accounts of which a count is withheld.
fn base(built: &Built, unknown: &[bool], outline: &Outline, finding: &Finding) -> Base {
    let scope = Scope::Group(finding.group.clone());
    let tells = |key: &Key| built.tells(key, unknown);
    let people = finding.base.people.clone().filter(|people| {
        let mut keys = vec![Key::people(&scope, What::Included)];
        keys.extend(people.excluded.iter().map(|out| Key::people(&scope, What::Excluded(out.rule.clone()))));
        keys.extend(
            people
                .invited
                .iter()
                .flat_map(|invited| invited.keys())
                .map(|disposition| Key::people(&scope, What::Responded(vec![*disposition]))),
        );
        keys.iter().all(tells)
    });
    let asked = finding.base.asked.clone().filter(|_| base_keys(finding, outline).iter().all(tells));
    Base { people, asked, sides: finding.base.sides.clone() }
}

/// The cautions without the counts that they must not tell; nothing if one is of a kind that could tell anything.
fn cautions(finding: &Finding, reading: &Reading, base: &Base) -> Option<Vec<Caution>> {
    let mut kept = Vec::new();
    for caution in &finding.cautions {
        let is_harmless =
            matches!(caution, Caution::SmallBase { .. } | Caution::NoSampling | Caution::TakenAsRandom);
        let is_of_account = matches!(caution, Caution::UnexplainedBlanks { .. } | Caution::Unreadable { .. });
        if is_harmless || (is_of_account && base.asked.is_some()) {
            // The base of a finding is told wherever the finding is.
            kept.push(caution.clone());
        } else if matches!(caution, Caution::IncompleteRankings { .. }) {
            // How many are incomplete is no finding's count; that some are matters to what is computed from all.
            if matches!(reading, Reading::Contents { .. }) {
                kept.push(Caution::Method(INCOMPLETE.to_owned()));
            }
        } else if !is_of_account {
            return None;
        }
    }
    Some(kept)
}
