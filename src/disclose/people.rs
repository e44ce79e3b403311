//! The account of a group's people, as cells and sums, where not everybody may know it.

use crate::findings::{Disposition, People};

use super::model::{Key, Model, Scope, What};
use super::relations::Standings;

/// Adds the account of a group: those invited by what became of them, and rows received by what became of them.
pub(super) fn relate(model: &mut Model, scope: &Scope, people: &People, standings: &Standings<'_>) {
    let add = |model: &mut Model, what: What, count: u64| {
        let key = Key::people(scope, what);
        let (standing, width) = standings(&key, count);
        model.cell(key, count, standing, width)
    };
    let included = add(model, What::Included, people.included);
    let received = add(model, What::Received, people.received);
    let mut parts = vec![included];
    for excluded in &people.excluded {
        parts.push(add(model, What::Excluded(excluded.rule.clone()), excluded.count));
    }
    model.sum(received, parts);
    let Some(total) = people.n_invited() else { return };
    let count_of = |dispositions: &[Disposition]| -> u64 {
        dispositions.iter().filter_map(|disposition| people.n_with(*disposition)).sum()
    };
    let invited = add(model, What::Invited, total);
    let parts = Disposition::ALL
        .iter()
        .map(|disposition| add(model, What::Responded(vec![*disposition]), count_of(&[*disposition])))
        .collect();
    model.sum(invited, parts);
    // A rate tells its numerator: complete responses, or complete and partial ones; they are the rows analysed where
    // every row has its person on the roster, and a reader may think so.
    let both = [Disposition::Complete, Disposition::Partial];
    let parts: Vec<usize> = both
        .iter()
        .map(|disposition| add(model, What::Responded(vec![*disposition]), count_of(&[*disposition])))
        .collect();
    let responded = count_of(&both);
    let whole = add(model, What::Responded(both.to_vec()), responded);
    model.sum(whole, parts);
    if responded == people.included {
        model.sum(whole, vec![included]);
    }
}
