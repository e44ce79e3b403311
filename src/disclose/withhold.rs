//! Findings without what is withheld.

use std::sync::Arc;

use crate::findings::{
    Base, Caution, Disposition, Finding, Findings, Outline, People, Reason, Selector, Statistic, Value,
};

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
        // What nobody has read may tell something by being there, by its name, by its method, or by its base.
        if *reading == Reading::Unread {
            public.withheld += 1;
            continue;
        }
        let base = base(built, unknown, outline, finding, reading);
        let is_open = built.open_people.contains(&finding.group);
        let cautions = cautions(finding, reading, &base, is_open);
        let told = is_told(built, unknown, outline, finding, reading);
        match cautions.filter(|_| told) {
            Some(cautions) => public.findings.push(Finding { base, cautions, ..finding.clone() }),
            None => {
                public.withheld += 1;
                if tells_by_being_there(finding) {
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

/// Whether a finding is only there if somebody is counted by it.
fn tells_by_being_there(finding: &Finding) -> bool {
    match (finding.statistic, &finding.counts) {
        (Statistic::Missing, _) => true,
        (Statistic::Disposition, Some(Selector::With(dispositions))) => {
            dispositions.iter().any(|disposition| !Disposition::USUAL.contains(disposition))
        }
        _ => false,
    }
}

fn is_told(built: &Built, unknown: &[bool], outline: &Outline, finding: &Finding, reading: &Reading) -> bool {
    let Some(question) = &finding.question else {
        // That nobody knows who was invited tells nothing of them; any other reason may.
        let is_unknown =
            matches!(finding.value, Value::NotComputed(Reason::FrameUnknown | Reason::NotCollected));
        return match reading {
            Reading::Counts(keys) => is_unknown || keys.iter().all(|key| built.tells(key, unknown)),
            Reading::Response => is_unknown || built.open_people.contains(&finding.group),
            _ => false,
        };
    };
    let place = |item: &usize| (finding.group.clone(), question.clone(), *item);
    match reading {
        Reading::Counts(keys) => keys.iter().all(|key| built.tells(key, unknown)),
        Reading::Contents { item } => {
            let mut cells = contents(built, &finding.group, question, *item).peekable();
            cells.peek().is_some() && cells.all(|cell| !unknown[cell])
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
        Reading::Response | Reading::Named | Reading::Unread => false,
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
fn base(built: &Built, unknown: &[bool], outline: &Outline, finding: &Finding, reading: &Reading) -> Base {
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
    let people = people.map(|people| Arc::new(without_screens(built, &scope, &people)));
    // Of which answers something is computed that nobody has read, its base may tell.
    let asked = finding.base.asked.clone().filter(|_| *reading != Reading::Named);
    let asked = asked.filter(|_| base_keys(finding, outline).iter().all(tells));
    Base { people, asked, sides: finding.base.sides.clone() }
}

/// The account of people without the screens, and what rules could not judge, that not everybody may know.
fn without_screens(built: &Built, scope: &Scope, people: &People) -> People {
    let mut people = people.clone();
    let is_open = |what| built.is_open(&Key::people(scope, what));
    people.screened.retain(|screened| is_open(What::Screened(screened.rule.clone())));
    if !is_open(What::Included) {
        people.excluded.iter_mut().for_each(|excluded| excluded.cautions.clear());
    }
    people
}

/// The cautions without the counts that they must not tell; nothing if one is of a kind that could tell anything.
fn cautions(finding: &Finding, reading: &Reading, base: &Base, is_open: bool) -> Option<Vec<Caution>> {
    let mut kept = Vec::new();
    for caution in &finding.cautions {
        let is_harmless = match caution {
            Caution::SmallBase { .. } | Caution::NoSampling | Caution::TakenAsRandom | Caution::OptIn => true,
            // An interval is about the whole frame only if everybody was asked.
            Caution::RandomSample { .. }
            | Caution::NoFiniteCorrection { .. }
            | Caution::TakenAsAnswered
            | Caution::PartOfFrame => finding.question.is_none() || base.asked.is_some(),
            // What is declared of responses, and what follows from counts that everybody may know.
            Caution::CutPoints { .. } | Caution::CompletionBy { .. } | Caution::Unjudged { .. } => {
                finding.question.is_none() && is_open
            }
            Caution::EligibleShare { .. } | Caution::Method(_) => *reading == Reading::Response,
            _ => false,
        };
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
