//! Who was invited, what became of them, and the response rates that this allows.

use crate::findings::{Caution, Disposition, Findings, Reason, Screened, Selector, Statistic, Value};
use crate::normalise::Cohort;

use super::about::{About, Found};
use super::outcome;

/// Writes the account of a group's people and its response rates.
pub(super) fn response(cohort: &Cohort, findings: &mut Findings) {
    let about = About::group(cohort);
    people(&about, findings);
    rows(&about, findings);
    outcome::response_rates(&about, findings);
}

/// Writes how many were invited and what became of them.
pub(super) fn people(about: &About<'_>, findings: &mut Findings) {
    let cohort = about.cohort;
    let counts_of = |dispositions: &[Disposition]| Selector::With(dispositions.to_vec());
    let invited = match (cohort.people.n_invited(), &cohort.roster) {
        (Some(invited), _) => Value::Count(invited),
        (None, Some(_)) if cohort.part_of.is_none() => Value::Count(cohort.invitees.len() as u64),
        (None, _) => Value::NotComputed(Reason::FrameUnknown),
    };
    about.find(
        findings,
        &["invited"],
        Found::plain(Statistic::Invited, invited).counting(counts_of(&Disposition::ALL)),
    );
    for disposition in cohort.people.said() {
        let value = match cohort.people.n_with(disposition) {
            Some(count) => Value::Count(count),
            None => Value::NotComputed(no_account(cohort)),
        };
        let found = Found::plain(Statistic::Disposition, value)
            .level(disposition.id())
            .counting(counts_of(&[disposition]));
        about.find(findings, &["disposition", disposition.id()], found);
    }
}

/// How many of those analysed a screen would leave out, or why it cannot say.
fn share_of(screened: &Screened, included: u64) -> Value {
    match &screened.count {
        Ok(count) => Value::share(*count, included),
        Err(why) => Value::NotComputed(Reason::Method(why.clone())),
    }
}

/// Writes how many rows were received, left out by each rule, analysed, and found by each screen.
fn rows(about: &About<'_>, findings: &mut Findings) {
    let people = &about.cohort.people;
    if about.cohort.file.is_none() {
        return;
    }
    about.find(findings, &["received"], Found::plain(Statistic::Received, Value::Count(people.received)));
    for excluded in &people.excluded {
        let found = Found {
            method: excluded.method,
            cautions: excluded.cautions.clone(),
            ..Found::plain(Statistic::Excluded, Value::Count(excluded.count))
                .level(&excluded.rule)
                .counting(Selector::LeftOut { rule: excluded.rule.clone() })
        };
        about.find(findings, &["excluded", &excluded.rule], found);
    }
    let found = Found::plain(Statistic::Included, Value::Count(people.included)).counting(Selector::Included);
    about.find(findings, &["included"], found);
    for screened in &people.screened {
        let small = screened.count.iter().filter_map(|_| Caution::small_base(people.included));
        let found = Found {
            method: screened.method,
            cautions: small.chain(screened.cautions.clone()).collect(),
            ..Found::plain(Statistic::Screened, share_of(screened, people.included))
                .level(&screened.rule)
                .counting(Selector::Screened { rule: screened.rule.clone() })
        };
        about.find(findings, &["screened", &screened.rule], found);
    }
}

/// Why nothing is known of what became of the people invited.
fn no_account(cohort: &Cohort) -> Reason {
    if cohort.file.is_none() { Reason::NotCollected } else { Reason::FrameUnknown }
}
