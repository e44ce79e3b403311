//! Who was invited, what became of them, and the response rates that a roster allows.

use crate::findings::{Caution, Disposition, Findings, Reason, Screened, Selector, Statistic, Value};
use crate::normalise::Cohort;
use crate::stats::Method;

use super::about::{About, Found};
use super::distribution::interval;

/// AAPOR RR1.
pub(super) const AAPOR_RR1: Method = Method {
    id: "aapor.rr1",
    name: "AAPOR response rate 1",
    convention: "complete responses over everybody invited; silent people of a verified roster are eligible",
};
/// AAPOR RR2.
pub(super) const AAPOR_RR2: Method = Method {
    id: "aapor.rr2",
    name: "AAPOR response rate 2",
    convention: "complete and partial responses over everybody invited; silent people of a verified roster are eligible",
};

/// Writes the account of a group's people and its response rates.
pub(super) fn response(cohort: &Cohort, findings: &mut Findings) {
    let about = About::group(cohort);
    let people = &cohort.people;
    let counts_of = |dispositions: &[Disposition]| Selector::With(dispositions.to_vec());
    let invited = match (people.n_invited(), &cohort.roster) {
        (Some(invited), _) => Value::Count(invited),
        (None, Some(_)) if cohort.part_of.is_none() => Value::Count(cohort.invitees.len() as u64),
        (None, _) => Value::NotComputed(Reason::FrameUnknown),
    };
    about.find(
        findings,
        &["invited"],
        Found::plain(Statistic::Invited, invited).counting(counts_of(&Disposition::ALL)),
    );
    for disposition in Disposition::ALL {
        let value = match people.n_with(disposition) {
            Some(count) => Value::Count(count),
            None => Value::NotComputed(no_account(cohort)),
        };
        let found = Found::plain(Statistic::Disposition, value)
            .level(disposition.id())
            .counting(counts_of(&[disposition]));
        about.find(findings, &["disposition", disposition.id()], found);
    }
    if cohort.file.is_some() {
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
        let found =
            Found::plain(Statistic::Included, Value::Count(people.included)).counting(Selector::Included);
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
    rate(&about, findings, Statistic::Rr1, AAPOR_RR1, &[Disposition::Complete]);
    rate(&about, findings, Statistic::Rr2, AAPOR_RR2, &[Disposition::Complete, Disposition::Partial]);
}

/// How many of those analysed a screen would leave out, or why it cannot say.
fn share_of(screened: &Screened, included: u64) -> Value {
    match &screened.count {
        Ok(count) => Value::share(*count, included),
        Err(why) => Value::NotComputed(Reason::Method(why.clone())),
    }
}

fn rate(
    about: &About<'_>,
    findings: &mut Findings,
    statistic: Statistic,
    method: Method,
    counted: &[Disposition],
) {
    let people = &about.cohort.people;
    let value = match people.n_invited() {
        Some(invited) => {
            let count = counted.iter().filter_map(|disposition| people.n_with(*disposition)).sum();
            Value::share(count, invited)
        }
        None => Value::NotComputed(no_account(about.cohort)),
    };
    let interval = match value {
        Value::Share { count, of } => interval(count, of),
        _ => None,
    };
    let cautions = match value {
        Value::Share { of, .. } => Caution::small_base(of).into_iter().collect(),
        _ => Vec::new(),
    };
    let tail = statistic.id();
    let found = Found {
        interval,
        method: Some(method),
        cautions,
        ..Found::plain(statistic, value).counting(Selector::With(counted.to_vec()))
    };
    about.find(findings, &[tail], found);
}

/// Why nothing is known of what became of the people invited.
fn no_account(cohort: &Cohort) -> Reason {
    if cohort.file.is_none() { Reason::NotCollected } else { Reason::FrameUnknown }
}
