//! The account of a question over one set of people, as cells and sums.

use crate::stats::disclosure::linked::Standing;

use super::model::{Key, Model, Scope, What};
use super::rows::Tally;

/// What readers have of a cell, and how far its possible counts must spread.
pub(super) type Standings<'a> = dyn Fn(&Key, u64) -> (Standing, u64) + 'a;

/// Adds the cells of a question over some people and the sums that everybody knows to hold:
/// those analysed are those who answered and those who did not, by reason; the levels add up to those who answered;
/// what is ticked, ranked or answered and what is not add up to those who answered; the ticks of all choices make the
/// mentions, of which each person has one and perhaps further ones; nobody gives a rank twice.
pub(super) fn relate(
    model: &mut Model,
    scope: &Scope,
    question: &str,
    (included, tally): (u64, &Tally),
    nets: &[(usize, Vec<u16>)],
    standings: &Standings<'_>,
) {
    let add = |model: &mut Model, key: Key, count: u64| {
        let (standing, width) = standings(&key, count);
        model.cell(key, count, standing, width)
    };
    let key = |item: usize, what: What| Key::item(scope, question, item, what);
    let everybody = add(model, Key::people(scope, What::Included), included);
    let items: Vec<usize> =
        tally.keys().filter(|(_, what)| *what == What::Answered).map(|(item, _)| *item).collect();
    for item in &items {
        let account: Vec<usize> = tally
            .iter()
            .filter(|((of, what), _)| {
                of == item && matches!(what, What::Answered | What::Missing(_) | What::Unlisted)
            })
            .map(|((item, what), count)| add(model, key(*item, what.clone()), *count))
            .collect();
        model.sum(everybody, account);
    }
    // A share of those who answered also tells how many of them are not in it.
    let in_base = |model: &mut Model, item: usize, base: usize, what: &What, count: u64| {
        let answered = tally.get(&(base, What::Answered)).copied().unwrap_or(0);
        let cell = add(model, key(item, what.clone()), count);
        let other = key(item, What::Not(Box::new(what.clone())));
        let other = add(model, other, answered.saturating_sub(count));
        let base = add(model, key(base, What::Answered), answered);
        model.sum(base, vec![cell, other]);
        cell
    };
    for item in &items {
        let mut levels = Vec::new();
        for ((_, what), count) in tally.iter().filter(|((of, _), _)| of == item) {
            if matches!(what, What::Levels(_)) {
                levels.push(in_base(model, *item, *item, what, *count));
            }
        }
        if levels.is_empty() {
            continue;
        }
        let answered = tally.get(&(*item, What::Answered)).copied().unwrap_or(0);
        let base = add(model, key(*item, What::Answered), answered);
        model.sum(base, levels);
    }
    for (item, codes) in nets.iter().filter(|(item, codes)| items.contains(item) && codes.len() > 1) {
        let count_of = |code: &u16| tally.get(&(*item, What::Levels(vec![*code]))).copied();
        let Some(counts) = codes.iter().map(count_of).collect::<Option<Vec<u64>>>() else { continue };
        let net = in_base(model, *item, *item, &What::Levels(codes.clone()), counts.iter().sum());
        let parts = codes.iter().zip(counts);
        let parts =
            parts.map(|(code, count)| add(model, key(*item, What::Levels(vec![*code])), count)).collect();
        model.sum(net, parts);
    }
    mentions(model, tally, &|model, what, count| add(model, key(0, what), count), &in_base);
    ranks(model, tally, &|model, what, count| add(model, key(0, what), count), &in_base);
}

type Add<'a> = dyn Fn(&mut Model, What, u64) -> usize + 'a;
type InBase<'a> = dyn Fn(&mut Model, usize, usize, &What, u64) -> usize + 'a;

fn mentions(model: &mut Model, tally: &Tally, add: &Add<'_>, in_base: &InBase<'_>) {
    let Some(total) = tally.get(&(0, What::Mentions)).copied() else { return };
    let answered = tally.get(&(0, What::Answered)).copied().unwrap_or(0);
    let mut ticks = Vec::new();
    for ((_, what), count) in tally.iter().filter(|((_, what), _)| matches!(what, What::Ticked(_))) {
        ticks.push(in_base(model, 0, 0, what, *count));
    }
    let whole = add(model, What::Mentions, total);
    model.sum(whole, ticks);
    if let Some(further) = total.checked_sub(answered) {
        let parts = vec![add(model, What::Answered, answered), add(model, What::FurtherMentions, further)];
        model.sum(whole, parts);
    }
}

fn ranks(model: &mut Model, tally: &Tally, add: &Add<'_>, in_base: &InBase<'_>) {
    let mut of_item: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut of_rank: Vec<(u16, Vec<usize>)> = Vec::new();
    for ((item, what), count) in tally {
        if !matches!(what, What::Ranked(_) | What::Unranked) {
            continue;
        }
        let cell = in_base(model, *item, 0, what, *count);
        match of_item.iter_mut().find(|(of, _)| of == item) {
            Some((_, cells)) => cells.push(cell),
            None => of_item.push((*item, vec![cell])),
        }
        let What::Ranked(rank) = what else { continue };
        match of_rank.iter_mut().find(|(of, _)| of == rank) {
            Some((_, cells)) => cells.push(cell),
            None => of_rank.push((*rank, vec![cell])),
        }
    }
    if of_item.is_empty() {
        return;
    }
    let answered = tally.get(&(0, What::Answered)).copied().unwrap_or(0);
    let base = add(model, What::Answered, answered);
    for (_, cells) in of_item {
        model.sum(base, cells);
    }
    for (rank, mut cells) in of_rank {
        let nothing = tally.get(&(0, What::NothingAt(rank))).copied().unwrap_or(0);
        cells.push(add(model, What::NothingAt(rank), nothing));
        model.sum(base, cells);
    }
}
