//! Who answered on both sides of a link, and what became of everybody else.

use crate::analyse::about::Found;
use crate::analyse::distribution::interval;
use crate::findings::{Caution, Findings, PairState, Selector, Standing, Statistic, Value};

use super::about::About;

/// Writes the account of the pairs, and for each side that of its people and of the responses that are in no pair.
pub(super) fn account(about: &About<'_>, findings: &mut Findings) {
    let linked = about.linked;
    let pairs = linked.pairs.len() as u64;
    let count =
        |state: PairState| linked.pairs.iter().filter(|pair| linked.state(pair) == state).count() as u64;
    let almost = (linked.almost > 0).then_some(Caution::KeysAlmostEqual { count: linked.almost });
    let all = Found::plain(Statistic::Pairs, Value::Count(pairs)).counting(About::all_pairs());
    about.find(findings, &["pairs"], Found { cautions: almost.into_iter().collect(), ..all });
    let mut state = |statistic, state, tail: &[&str]| {
        let found = share(statistic, count(state), pairs).counting(Selector::Pairs(vec![state]));
        let level = tail.get(1).map(|group| (*group).to_owned());
        // The parts of an account are no estimates: only who answered on both sides has an interval.
        let interval = found.interval.filter(|_| statistic == Statistic::BothAnswered);
        let found = Found { level, interval, ..found };
        about.find(findings, tail, found);
    };
    let [first, second] = about.cohorts.map(|cohort| cohort.group.as_str());
    state(Statistic::BothAnswered, PairState::Both, &["both-answered"]);
    state(Statistic::OnlyAnswered, PairState::OnlyFirst, &["only", first]);
    state(Statistic::OnlyAnswered, PairState::OnlySecond, &["only", second]);
    state(Statistic::NeitherAnswered, PairState::Neither, &["neither-answered"]);
    state(Statistic::UnclearPairs, PairState::Unclear, &["unclear"]);
    for side in 0..2 {
        side_of(about, side, findings);
    }
}

fn side_of(about: &About<'_>, side: usize, findings: &mut Findings) {
    let group = about.cohorts[side].group.as_str();
    let people = &about.linked.sides[side].people;
    let others = &about.linked.sides[side].others;
    let standing = |standing| people.iter().filter(|person| person.standing == standing).count() as u64;
    let mut find =
        |tail: &str, found: Found| about.find(findings, &["side", group, tail], found.level(group));
    find("people", Found::plain(Statistic::PeopleInPairs, Value::Count(people.len() as u64)));
    if !about.linked.same_people {
        let several = people.iter().filter(|person| person.pairs > 1).count() as u64;
        find("several", Found::plain(Statistic::SeveralPairs, Value::Count(several)));
    }
    let answered = share(Statistic::SideAnswered, standing(Standing::Answered), people.len() as u64);
    find("answered", answered.counting(Selector::OneSide { side, standing: Standing::Answered }));
    for of in [Standing::Unclear, Standing::LeftOut, Standing::Silent] {
        find(of.id(), Found::plain(Statistic::Standing, Value::Count(standing(of))));
    }
    let mut rows = vec![Standing::NoKey];
    if !about.linked.same_people {
        rows.push(Standing::Unpaired);
    }
    for of in rows {
        let count = others.get(&of).map_or(0, |rows| rows.len() as u64);
        let found = Found::plain(Statistic::Standing, Value::Count(count));
        find(of.id(), found.counting(Selector::OneSide { side, standing: of }));
    }
}

/// A share of pairs or people, with its Wilson interval and the caution of a small base.
fn share(statistic: Statistic, count: u64, of: u64) -> Found {
    let cautions = Caution::small_base(of).into_iter().collect();
    Found { interval: interval(count, of), cautions, ..Found::plain(statistic, Value::share(count, of)) }
}
