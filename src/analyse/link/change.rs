//! Both sides of a link compared pair by pair: what each side answered, who moved which way, and the test.

use std::collections::BTreeMap;

use crate::analyse::about::Found;
use crate::analyse::compare::{
    Estimated, Families, Situation, Tested, family_of_ask, in_words, paired, scale_of, scale_of_test,
};
use crate::analyse::distribution::interval;
use crate::codebook::Kind;
use crate::findings::{Caution, Findings, Reason, Selector, Statistic, TestResult, Value};
use crate::normalise::{Facing, Linked, Pair};
use crate::stats::count_table::CountTable;
use crate::stats::descriptive::SUMMARY;
use crate::stats::sample::Sample;
use crate::stats::{Computed, NotComputed, Which};
use crate::study::{Ask, Compare, Several, Treat};

use super::about::About;

/// Where findings go, and by which terms they are made.
pub(super) struct Target<'a> {
    pub(super) terms: &'a Compare,
    /// What a study says of people in several pairs.
    pub(super) several: Option<Several>,
    pub(super) findings: &'a mut Findings,
    pub(super) families: &'a mut Families,
}

/// Compares both sides in every item of the questions of an ask.
pub(super) fn change(about: &About<'_>, ask: &Ask, to: &mut Target<'_>) {
    let of_ask = family_of_ask(&about.linked.id, to.terms, ask);
    for question in &ask.of {
        match Facing::all(about.cohorts, question) {
            Ok(facings) => {
                for facing in &facings {
                    item(about, question, facing, &of_ask, to);
                }
            }
            Err(why) => {
                let about = about.with(question, "", crate::findings::Asked::default());
                let about = about.named(to.terms.name.as_deref());
                let value = Value::NotComputed(Reason::Method(NotComputed::Undefined(why)));
                about.find(to.findings, &["test"], Found::plain(Statistic::Test, value));
            }
        }
    }
}

fn item(about: &About<'_>, question: &str, facing: &Facing<'_>, of_ask: &str, to: &mut Target<'_>) {
    let several = to.several.unwrap_or(Several::All);
    let by_kind = scale_of(facing.kind(), to.terms.treat);
    let scale = to.terms.test.map_or(by_kind, scale_of_test);
    let situation = Situation::paired(scale);
    let test = to.terms.test.unwrap_or_else(|| situation.test());
    let why = match to.terms.test {
        Some(_) => Caution::TestDeclared,
        None => Caution::TestByRule { situation: situation.words() },
    };
    let measured = facing.kind() == Kind::Number;
    let (about, table, answered) = if measured {
        let (about, given) = about.facing(question, facing, several, Facing::numbers);
        let answered = together(about.linked, &given, several);
        let about = about.in_units(several, &answered);
        means(&about, &answered, to.findings);
        (about, None, answered)
    } else {
        let (about, given) = about.facing(question, facing, several, Facing::codes);
        let size = facing.levels.len();
        let mut cells = vec![0_u64; size * size];
        for (_, [first, second]) in &given {
            if let Some(cell) = cells.get_mut(usize::from(*first) * size + usize::from(*second)) {
                *cell += 1;
            }
        }
        let by_mean = several == Several::Mean && scale != Treat::Nominal;
        let answered = if by_mean {
            let scored: Vec<(Pair, [f64; 2])> =
                given.iter().map(|(pair, codes)| (*pair, facing.scores(*codes))).collect();
            together(about.linked, &scored, several)
        } else {
            sides(&about, facing, &cells, to.findings);
            let codes = (0_u16..).zip(&cells).filter(|(_, count)| **count > 0);
            let scored = codes.filter_map(|(at, count)| {
                let size = u16::try_from(size).ok()?;
                let [first, second] = facing.scores([at / size, at % size]);
                Some(((first, second), *count))
            });
            scored.collect()
        };
        let about = if by_mean { about.in_units(several, &answered) } else { about };
        if by_mean {
            // Units of several pairs hold no one answer, but a mean.
            means(&about, &answered, to.findings);
        }
        (about, Some(CountTable::new(size, cells)), answered)
    };
    let n: u64 = answered.iter().map(|(_, count)| count).sum();
    account(&about, to);
    if scale != Treat::Nominal {
        moved(&about, &answered, n, several, to);
    }
    let estimated = match (scale, table) {
        (Treat::Nominal, _) if several == Several::Mean => none("answers without an order have no mean"),
        (Treat::Nominal, Some(Ok(table))) => paired::nominal(&table, test, to.terms),
        (Treat::Nominal, Some(Err(reason))) => {
            Estimated { test: Err(reason), effects: Vec::new(), pairs: Vec::new() }
        }
        (Treat::Nominal, None) => none("numbers are no names: leave out treat = \"nominal\""),
        (Treat::Ordinal, _) => paired::ordinal(&answered, test, to.terms),
        (Treat::Interval, _) => paired::interval(&answered, to.terms),
    };
    write(&about, estimated, n, why, of_ask, to);
}

fn none(why: &'static str) -> Estimated {
    Estimated { test: Err(NotComputed::Undefined(why)), effects: Vec::new(), pairs: Vec::new() }
}

fn account(about: &About<'_>, to: &mut Target<'_>) {
    let several = to.several.unwrap_or(Several::All);
    let counting = Selector::PairsAnswered(about.facet(several));
    let found = Found::plain(Statistic::Answered, Value::Count(about.answered()));
    // Pairs put together are counted as units, which are no rows.
    let found = if several == Several::Mean { found } else { found.counting(counting) };
    about.find(to.findings, &["answered"], found);
}

/// What each side answered, of the pairs both of whom did: before and after, where sides are waves.
fn sides(about: &About<'_>, facing: &Facing<'_>, cells: &[u64], findings: &mut Findings) {
    let size = facing.levels.len();
    let n: u64 = cells.iter().sum();
    for (side, cohort) in about.cohorts.into_iter().enumerate() {
        let group = cohort.group.as_str();
        let counts: Vec<u64> = (0..size)
            .map(|level| {
                let of_level = (0..size)
                    .map(|other| if side == 0 { level * size + other } else { other * size + level });
                of_level.filter_map(|cell| cells.get(cell)).sum()
            })
            .collect();
        for (level, count) in facing.levels.iter().zip(&counts) {
            let found = Found::plain(Statistic::Level, Value::share(*count, n)).level(&level.id);
            about.find(findings, &[group, &level.id], Found { interval: interval(*count, n), ..found });
        }
        if facing.ordered {
            let scored = (0_u16..).zip(&counts).map(|(code, count)| (facing.scores([code, code])[0], *count));
            mean(about, side, &scored.collect::<Vec<_>>(), findings);
        }
    }
}

/// The means of both sides over the units that are tested.
fn means(about: &About<'_>, answered: &paired::Answered, findings: &mut Findings) {
    let side = |pick: fn(&(f64, f64)) -> f64| -> Vec<(f64, u64)> {
        answered.iter().map(|(numbers, count)| (pick(numbers), *count)).collect()
    };
    mean(about, 0, &side(|(first, _)| *first), findings);
    mean(about, 1, &side(|(_, second)| *second), findings);
}

/// The mean of one side over the pairs both of whom answered; each score with how often it was given.
fn mean(about: &About<'_>, side: usize, scored: &[(f64, u64)], findings: &mut Findings) {
    let group = about.cohorts[side].group.as_str();
    let mean = Sample::from_counts(scored).and_then(|sample| sample.mean());
    let found = Found::plain(Statistic::Mean, Value::number(mean)).level(group);
    about.find(findings, &[group, "mean"], Found { method: Some(SUMMARY), ..found });
}

/// How many pairs moved up, moved down and stayed.
fn moved(about: &About<'_>, answered: &paired::Answered, n: u64, several: Several, to: &mut Target<'_>) {
    let count = |fits: fn(f64, f64) -> bool| -> u64 {
        answered.iter().filter(|((first, second), _)| fits(*first, *second)).map(|(_, count)| count).sum()
    };
    // Where pairs are taken together by their mean, those behind a count are not single pairs.
    let facet = about.facet(several);
    for (tail, statistic, count, way) in [
        ("higher", Statistic::Higher, count(|first, second| second > first), std::cmp::Ordering::Greater),
        (
            "same",
            Statistic::Same,
            count(|first, second| second.total_cmp(&first).is_eq()),
            std::cmp::Ordering::Equal,
        ),
        ("lower", Statistic::Lower, count(|first, second| second < first), std::cmp::Ordering::Less),
    ] {
        let counting = Selector::PairsMoved { facet: facet.clone(), way };
        let found = Found {
            interval: interval(count, n),
            counts: (several != Several::Mean).then_some(counting),
            ..Found::plain(statistic, Value::share(count, n))
        };
        about.find(to.findings, &[tail], found);
    }
}

/// Pairs one by one or, where they share people and count once, by the mean of both sides.
fn together(linked: &Linked, given: &[(Pair, [f64; 2])], several: Several) -> Vec<((f64, f64), u64)> {
    if several != Several::Mean {
        return given.iter().map(|(_, [first, second])| ((*first, *second), 1)).collect();
    }
    let clusters = clusters(linked, given);
    let mut sums: BTreeMap<usize, (f64, f64, u64)> = BTreeMap::new();
    for ((_, [first, second]), cluster) in given.iter().zip(clusters) {
        let sum = sums.entry(cluster).or_default();
        *sum = (sum.0 + first, sum.1 + second, sum.2 + 1);
    }
    sums.into_values().map(|(first, second, n)| ((first / n as f64, second / n as f64), 1)).collect()
}

/// For each pair the set of pairs that are joined by people, each by its smallest position.
fn clusters(linked: &Linked, given: &[(Pair, [f64; 2])]) -> Vec<usize> {
    let people = [0, 1].map(|side: usize| linked.sides[side].people.len());
    // A person of the second side stands behind those of the first; each points to somebody of its set.
    let mut of: Vec<usize> = (0..people[0] + people[1]).collect();
    let find = |of: &mut Vec<usize>, mut at: usize| {
        while of[at] != at {
            of[at] = of[of[at]];
            at = of[at];
        }
        at
    };
    for (pair, _) in given {
        let (one, other) = (find(&mut of, pair.people[0]), find(&mut of, people[0] + pair.people[1]));
        of[one.max(other)] = one.min(other);
    }
    given.iter().map(|(pair, _)| find(&mut of, pair.people[0])).collect()
}

/// Writes the test and the effects, and makes the test one of its family.
fn write(about: &About<'_>, estimated: Estimated, n: u64, why: Caution, of_ask: &str, to: &mut Target<'_>) {
    let about = &about.named(to.terms.name.as_deref());
    let withheld = withheld(about, n, to);
    let counts = Selector::PairsAnswered(about.facet(to.several.unwrap_or(Several::All)));
    let (value, method, cautions) = tested(estimated.test, withheld.clone(), why, to.terms.which);
    let found =
        Found { method, cautions, counts: Some(counts.clone()), ..Found::plain(Statistic::Test, value) };
    let id = about.find(to.findings, &["test"], found);
    to.families.join(&to.terms.family, of_ask, id);
    for effect in estimated.effects {
        let value = match &withheld {
            Some(reason) => Value::NotComputed(reason.clone()),
            None => Value::number(effect.value),
        };
        let computed = matches!(value, Value::Number(_));
        let found = Found {
            interval: effect.interval.filter(|_| computed),
            method: Some(effect.method),
            cautions: in_words(&effect.cautions),
            counts: Some(counts.clone()),
            ..Found::plain(effect.statistic, value)
        };
        about.find(to.findings, &[effect.tail], found);
    }
}

fn tested(
    test: Computed<Tested>,
    withheld: Option<Reason>,
    why: Caution,
    which: Which,
) -> (Value, Option<crate::stats::Method>, Vec<Caution>) {
    let mut cautions = vec![why];
    match (withheld, test) {
        (Some(reason), _) => (Value::NotComputed(reason), None, cautions),
        (None, Err(reason)) => (Value::number(Err(reason)), None, cautions),
        (None, Ok(tested)) => {
            let method = tested.method();
            let Tested { test, smallest } = tested;
            cautions.extend(in_words(&test.cautions));
            let result = TestResult::from(&test);
            // A change is the second side less the first; the study file speaks of the first side.
            let which = if test.which == Which::TwoSided { test.which } else { which };
            let value = Value::Test(TestResult { smallest: smallest.or(result.smallest), which, ..result });
            (value, Some(method), cautions)
        }
    }
}

/// Why nothing is tested: too few pairs, or pairs that share people with nothing said of them.
fn withheld(about: &About<'_>, n: u64, to: &Target<'_>) -> Option<Reason> {
    if n < to.terms.least {
        let side = about.linked.label.clone();
        return Some(Reason::BelowLeast { side, found: n, least: to.terms.least });
    }
    let unsaid = "somebody is in several pairs, which a test takes as independent: say several = \"all\", \"mean\" or \"leave-out\"";
    (to.several.is_none() && about.shares_people()).then_some(Reason::Method(NotComputed::Undefined(unsaid)))
}
