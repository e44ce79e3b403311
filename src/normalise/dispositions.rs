//! What became of everybody invited: by their responses, by what a rule left out, by what the list itself says.

use std::collections::BTreeMap;

use crate::diag::{Diag, Place, codes};
use crate::findings::Disposition;
use crate::study::{Group, Meaning, Rule};

use super::cohort::{Cohort, Invitee};
use super::completeness::Completeness;
use super::people::Link;
use super::roster::RosterList;

/// What became of somebody with this much answered.
fn disposition_of(group: &Group, counted: Completeness) -> Disposition {
    if group.complete.reached(counted.answered, counted.asked) {
        Disposition::Complete
    } else if group.partial.reached(counted.answered, counted.asked) {
        Disposition::Partial
    } else if counted.answered > 0 {
        Disposition::BreakOff
    } else {
        Disposition::Silent
    }
}

/// Everybody on a roster with what the list itself says of them, without any response.
pub(super) fn listed(roster: &RosterList) -> Vec<Invitee> {
    let said = roster.people.iter().zip(&roster.listed);
    said.map(|((_, line), said)| Invitee {
        line: *line,
        disposition: said.unwrap_or(Disposition::Silent),
        response: None,
    })
    .collect()
}

/// What became of everybody on the roster, with their responses.
pub(super) fn dispositions(
    cohort: &Cohort,
    group: &Group,
    roster: &RosterList,
    link: &Link,
    counted: &[Completeness],
    by_rule: &[(Rule, Vec<usize>)],
) -> Vec<Invitee> {
    let mut people = listed(roster);
    for person in &mut people {
        // How much came back is for the export to say: what a platform calls finished may not be in it.
        if matches!(person.disposition, Disposition::Complete | Disposition::Partial) {
            person.disposition = Disposition::Silent;
        }
    }
    let of_row = |row: usize| disposition_of(group, counted.get(row).copied().unwrap_or_default());
    // What became of a person does not depend on which rule left their row out for being unfinished, or unfit for use.
    for (rule, rows) in by_rule {
        for row in rows {
            let Some(known) = link.person(*row).and_then(|person| people.get_mut(person)) else { continue };
            let became = match rule.meaning() {
                // The row is no response of the person, or one too many.
                Meaning::Duplicate | Meaning::Test => continue,
                // As much was answered as was answered.
                Meaning::BreakOff | Meaning::Responded => of_row(*row),
                Meaning::Refused => Disposition::Refused,
                Meaning::NotEligible => Disposition::NotEligible,
            };
            if is_further(became, known.disposition) {
                known.disposition = became;
                known.response = cohort.lines.get(*row).copied();
            }
        }
    }
    for row in &cohort.rows {
        let Some(known) = link.person(*row).and_then(|person| people.get_mut(person)) else { continue };
        let became = of_row(*row);
        // Of several responses of one person that remain, the furthest counts: one person is one case.
        if is_further(became, known.disposition) {
            known.disposition = became;
            known.response = cohort.lines.get(*row).copied();
        } else if known.response.is_none() {
            known.response = cohort.lines.get(*row).copied();
        }
    }
    people
}

/// Whether a response says more than what is known. Who is known not to be eligible stays so, whatever they answered;
/// who is not known to be eligible may turn out not to be.
fn is_further(became: Disposition, known: Disposition) -> bool {
    match (became, known) {
        (_, Disposition::NotEligible) => false,
        (Disposition::NotEligible, known) => known > Disposition::Refused,
        (became, known) => became < known,
    }
}

/// How many were invited, by what became of them; the usual dispositions also where nobody has them.
pub(super) fn invited(people: &[Invitee]) -> BTreeMap<Disposition, u64> {
    let mut invited: BTreeMap<Disposition, u64> =
        Disposition::USUAL.into_iter().map(|disposition| (disposition, 0)).collect();
    for person in people {
        *invited.entry(person.disposition).or_default() += 1;
    }
    invited
}

/// Warns of people who are analysed though the list says that they should not have been asked.
pub(super) fn warn_of_not_eligible(cohort: &Cohort, link: &Link, notes: &mut Vec<Diag>) {
    let (Some(file), Some(_)) = (&cohort.file, &cohort.roster) else { return };
    for row in &cohort.rows {
        let person = link.person(*row).and_then(|person| cohort.invitees.get(person));
        let (Some(person), Some(line)) = (person, cohort.lines.get(*row)) else { continue };
        if person.disposition == Disposition::NotEligible {
            let place = Place::cell(file, *line, link.column());
            let message = format!(
                "this response is analysed, and line {} of the list says that the person is not eligible",
                person.line
            );
            notes.push(
                Diag::warning(codes::NOT_ELIGIBLE, place, message)
                    .help("leave the response out by a rule, or correct the list; it counts in no rate"),
            );
        }
    }
}
