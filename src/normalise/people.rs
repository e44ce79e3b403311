//! Who is in a group and why: filter, exclusion rules in order, and what became of everybody invited.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Diag, Place, codes};
use crate::findings::{Disposition, People};
use crate::ingest::Export;
use crate::study::{Group, Meaning, Rule, Study};

use super::bind::{Bound, bind};
use super::coded_text::Codings;
use super::coding::Coder;
use super::cohort::{Cohort, Invitee};
use super::completeness::{Completeness, completeness};
use super::ledger::Ledger;
use super::reading::Reading;
use super::roster::{RosterList, column};
use super::rules::{Kept, Screening, Subject, exclude, screen};
use super::score::scores;

/// Assembles a group: its answers, who of it is analysed, and the account of everybody invited and every row received.
pub fn assemble(
    study: &Study,
    group: &Group,
    export: Option<&Export>,
    roster: Option<&RosterList>,
    codings: &Codings,
    ledger: &mut Ledger,
    notes: &mut Vec<Diag>,
) -> Result<Cohort, Vec<Diag>> {
    match export {
        Some(export) => with_answers(study, group, export, roster, codings, ledger, notes),
        None => Ok(without_answers(group, roster)),
    }
}

/// A group whose answers are no part of the study: only who was invited is known.
fn without_answers(group: &Group, roster: Option<&RosterList>) -> Cohort {
    Cohort {
        group: group.id.clone(),
        label: group.label.clone(),
        part_of: None,
        file: None,
        lines: Arc::default(),
        rows: Vec::new(),
        left_out: Vec::new(),
        screened: Vec::new(),
        people: Arc::new(People::default()),
        invitees: roster
            .iter()
            .flat_map(|roster| &roster.people)
            .map(|(_, line)| Invitee { line: *line, disposition: Disposition::Silent, response: None })
            .collect(),
        roster: roster.map(|roster| roster.file.clone()),
        questions: Arc::default(),
    }
}

fn with_answers(
    study: &Study,
    group: &Group,
    export: &Export,
    roster: Option<&RosterList>,
    codings: &Codings,
    ledger: &mut Ledger,
    notes: &mut Vec<Diag>,
) -> Result<Cohort, Vec<Diag>> {
    let bound = bind(study, group, export);
    let received = received(study, group, export);
    let (bound, received) = match (bound, received) {
        (Ok(bound), Ok(received)) => (bound, received),
        (bound, received) => {
            return Err([bound.err(), received.err()].into_iter().flatten().flatten().collect());
        }
    };
    let reading = Reading { study, export, coder: Coder::new(export), codings };
    // A code or a score was not asked, so it stands in no count of what was answered.
    let (coded_texts, asked): (Vec<_>, Vec<_>) =
        bound.into_iter().partition(|(declared, _)| declared.coding.is_some());
    let columns: Vec<Vec<usize>> =
        asked.iter().chain(&coded_texts).map(|(_, bound)| columns(bound)).collect();
    let mut questions = reading.questions(asked, ledger, notes)?;
    let counted: Vec<Completeness> =
        (0..export.table.height()).map(|row| completeness(&questions, row)).collect();
    questions.extend(reading.questions(coded_texts, ledger, notes)?);
    questions.extend(scores(study, group, &questions)?);
    let link = link(study, group, export, roster)?;
    let on_roster = link.as_ref().map(Link::on_roster);
    let subject = Subject {
        study,
        export,
        questions: &questions,
        columns: &columns,
        completeness: &counted,
        partial: group.partial,
        on_roster: on_roster.as_deref(),
    };
    let Kept { rows, account: excluded, by_rule, left_out } =
        exclude(&subject, group, received.clone(), ledger, notes)?;
    let Screening { account: screens, rows: screened } = screen(&subject, group, &rows, ledger, notes)?;
    one_row_each(study, group, export, &rows)?;
    if rows.is_empty() {
        let place = Place::file(export.table.file());
        let message =
            format!("no response of {} remains: {} rows were received", group.label, received.len());
        notes.push(
            Diag::warning(codes::NO_RESPONSE, place, message)
                .help("compare the exclusion rules with the export"),
        );
    }
    let mut cohort = Cohort {
        group: group.id.clone(),
        label: group.label.clone(),
        part_of: None,
        file: Some(export.table.file().clone()),
        lines: Arc::new((0..export.table.height()).map(|row| export.table.line(row)).collect()),
        left_out,
        screened,
        people: Arc::default(),
        invitees: Vec::new(),
        roster: roster.map(|roster| roster.file.clone()),
        questions: Arc::new(questions),
        rows,
    };
    if let (Some(roster), Some(link)) = (roster, &link) {
        cohort.invitees = dispositions(&cohort, group, roster, link, &counted, &by_rule);
        warn_of_strangers(&cohort, export, link, notes);
    }
    let invited = cohort_invited(&cohort, roster, link.is_some());
    let people = People {
        invited,
        received: received.len() as u64,
        excluded,
        included: cohort.rows.len() as u64,
        screened: screens,
    };
    // Every row received is either left out by one rule or kept, so the account closes by construction.
    cohort.people = Arc::new(people.checked().map_err(|unbalanced| {
        vec![study.error(codes::STUDY_BAD_EXCLUSION, &group.span, unbalanced.to_string())]
    })?);
    Ok(cohort)
}

/// The columns of a question's items.
fn columns(bound: &Bound) -> Vec<usize> {
    bound.question.form.items().iter().map(|item| item.column).collect()
}

/// The rows of the export that belong to the group.
fn received(study: &Study, group: &Group, export: &Export) -> Result<Vec<usize>, Vec<Diag>> {
    let mut problems = Vec::new();
    let filter: Vec<(Option<usize>, &str)> = group
        .filter
        .iter()
        .map(|(name, value)| (column(study, &export.table, name, &mut problems), value.as_str()))
        .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let belongs = |row: &usize| {
        filter.iter().all(|(column, value)| {
            column.and_then(|column| export.table.cell(*row, column)).map(str::trim) == Some(value)
        })
    };
    let rows: Vec<usize> = (0..export.table.height()).filter(belongs).collect();
    if let (true, Some((name, value)), true) =
        (rows.is_empty(), group.filter.first(), export.table.height() > 0)
    {
        let message =
            format!("no row of {} has \"{value}\" in column \"{}\"", export.table.file().short(), name.value);
        return Err(vec![
            study
                .error(codes::STUDY_BAD_VALUE, &name.span, message)
                .help("compare \"where\" with the cells of that column"),
        ]);
    }
    Ok(rows)
}

/// Refuses rows that stay in the group though their record has one already: a record would count several times.
fn one_row_each(study: &Study, group: &Group, export: &Export, rows: &[usize]) -> Result<(), Vec<Diag>> {
    let Some(record) = export.metadata.record else { return Ok(()) };
    let table = &export.table;
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut again = Vec::new();
    for row in rows {
        let id = table.cell(*row, record).map(str::trim).filter(|id| !id.is_empty());
        match id.map(|id| *first.entry(id).or_insert(*row)) {
            Some(earlier) if earlier != *row => again.push((earlier, *row)),
            _ => {}
        }
    }
    let Some((earlier, later)) = again.first() else { return Ok(()) };
    let message = format!(
        "lines {} and {} of {} are of one record: {} of the {} rows of group \"{}\" would count somebody again",
        table.line(*earlier),
        table.line(*later),
        table.file().short(),
        again.len(),
        rows.len(),
        group.id,
    );
    let by = table.names().get(record).map_or("", String::as_str);
    let help = format!(
        "keep one row of each record: where = {{ redcap_event_name = \"...\" }} in the group, or [[exclude]] with \
         rule = \"duplicate\" and by = \"{by}\""
    );
    Err(vec![study.error(codes::ROWS_NOT_PEOPLE, &group.span, message).help(help)])
}

/// For each row, the position of its person on the roster.
struct Link {
    persons: Vec<Option<usize>>,
    column: String,
}

impl Link {
    fn on_roster(&self) -> Vec<bool> {
        self.persons.iter().map(Option::is_some).collect()
    }
}

fn link(
    study: &Study,
    group: &Group,
    export: &Export,
    roster: Option<&RosterList>,
) -> Result<Option<Link>, Vec<Diag>> {
    let (Some(roster), Some(name)) =
        (roster, group.invited.as_ref().and_then(|invited| invited.link.as_ref()))
    else {
        return Ok(None);
    };
    let mut problems = Vec::new();
    let Some(column) = column(study, &export.table, name, &mut problems) else { return Err(problems) };
    let persons: BTreeMap<&str, usize> =
        roster.people.iter().enumerate().map(|(position, (key, _))| (key.as_str(), position)).collect();
    let person = |row| export.table.cell(row, column).and_then(|key| persons.get(key.trim()).copied());
    Ok(Some(Link { persons: (0..export.table.height()).map(person).collect(), column: name.value.clone() }))
}

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

/// What became of everybody on the roster.
fn dispositions(
    cohort: &Cohort,
    group: &Group,
    roster: &RosterList,
    link: &Link,
    counted: &[Completeness],
    by_rule: &[(Rule, Vec<usize>)],
) -> Vec<Invitee> {
    let mut people: Vec<Invitee> = roster
        .people
        .iter()
        .map(|(_, line)| Invitee { line: *line, disposition: Disposition::Silent, response: None })
        .collect();
    let person_of = |row: usize| link.persons.get(row).copied().flatten();
    let disposition_in = |row: usize| disposition_of(group, counted.get(row).copied().unwrap_or_default());
    // What became of a person does not depend on which rule left their row out for being unfinished, or unfit for use.
    let left_out = by_rule.iter().flat_map(|(rule, rows)| rows.iter().map(move |row| (rule.meaning(), row)));
    for (meaning, row) in left_out {
        let Some(person) = person_of(*row) else { continue };
        let disposition = match meaning {
            Meaning::BreakOff | Meaning::Responded => disposition_in(*row),
            // Whatever else they answered.
            Meaning::Refused => Disposition::BreakOff,
            Meaning::NotEligible | Meaning::Duplicate | Meaning::Test => continue,
        };
        let known = &mut people[person];
        if disposition < known.disposition {
            known.disposition = disposition;
            known.response = cohort.lines.get(*row).copied();
        }
    }
    for row in &cohort.rows {
        let Some(person) = person_of(*row) else { continue };
        let disposition = disposition_in(*row);
        // Of several responses of one person that remain, the furthest counts: one person is one case.
        let known = &mut people[person];
        if known.response.is_none() || disposition < known.disposition {
            known.disposition = disposition;
            known.response = cohort.lines.get(*row).copied();
        }
    }
    people
}

fn warn_of_strangers(cohort: &Cohort, export: &Export, link: &Link, notes: &mut Vec<Diag>) {
    let mut seen: BTreeMap<usize, u32> = BTreeMap::new();
    for row in &cohort.rows {
        let place = || Place::cell(export.table.file(), export.table.line(*row), &link.column);
        match link.persons.get(*row).copied().flatten() {
            None => notes.push(
                Diag::warning(codes::NOT_ON_ROSTER, place(), "this response belongs to nobody on the roster")
                    .help("it is analysed but counts in no response rate; leave it out with the rule \"not-on-roster\""),
            ),
            Some(person) => {
                if let Some(first) = seen.insert(person, export.table.line(*row)) {
                    let message = format!("this person's response on line {first} is analysed too");
                    notes.push(Diag::warning(codes::SAME_PERSON_TWICE, place(), message).help("add the rule \"duplicate\" with which one to keep"));
                }
            }
        }
    }
}

/// How many were invited, by disposition; without a link only how many were invited is known, not what became of whom.
fn cohort_invited(
    cohort: &Cohort,
    roster: Option<&RosterList>,
    linked: bool,
) -> Option<BTreeMap<Disposition, u64>> {
    roster?;
    if !linked {
        return None;
    }
    let mut invited: BTreeMap<Disposition, u64> =
        Disposition::ALL.into_iter().map(|disposition| (disposition, 0)).collect();
    for person in &cohort.invitees {
        *invited.entry(person.disposition).or_default() += 1;
    }
    Some(invited)
}
