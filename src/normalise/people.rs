//! Who is in a group and why: filter, exclusion rules in order, and what became of everybody invited.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{Diag, Place, codes};
use crate::findings::{Disposition, People};
use crate::ingest::Export;
use crate::study::{Group, Sample, Study};

use super::bind::{Bound, bind};
use super::came::Came;
use super::coded_text::Codings;
use super::coding::Coder;
use super::cohort::{Cohort, Invitee};
use super::completeness::{Completeness, completeness};
use super::dispositions::{dispositions, invited, listed, warn_of_not_eligible};
use super::fielding::{Completion, Fielding};
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
    let cohort = match export {
        Some(export) => with_answers(study, group, export, roster, codings, ledger, notes)?,
        None => without_answers(group, roster),
    };
    match frame_holds(study, group, &cohort).or_else(|| counts_hold(study, group, &cohort)) {
        Some(problem) => Err(vec![problem]),
        None => Ok(cohort),
    }
}

/// A problem if more people were drawn from a frame than it holds.
fn frame_holds(study: &Study, group: &Group, cohort: &Cohort) -> Option<Diag> {
    let Some(Sample::Random { frame: Some(frame) }) = group.fielding.sample else { return None };
    let drawn = cohort.people.n_invited().unwrap_or(0).max(cohort.invitees.len() as u64);
    let most = drawn.max(cohort.people.included);
    (most > frame).then(|| {
        let message = format!("group \"{}\" holds {most} people, drawn from a frame of {frame}", group.id);
        study
            .error(codes::STUDY_BAD_VALUE, &group.span, message)
            .help("frame is the number of people from whom the sample was drawn")
    })
}

/// A problem if more people are analysed than the counts of the study file say were asked.
fn counts_hold(study: &Study, group: &Group, cohort: &Cohort) -> Option<Diag> {
    let counts = group.fielding.counts.as_ref()?;
    let asked = counts.values().copied().fold(0, u64::saturating_add);
    let included = cohort.people.included;
    (included > asked).then(|| {
        let message = format!(
            "the counts of group \"{}\" are of {asked} people, and {included} rows are analysed",
            group.id
        );
        study
            .error(codes::STUDY_BAD_VALUE, &group.span, message)
            .help("counts are of everybody who was asked, those who responded included")
    })
}

/// A group whose answers are no part of the study: only who was invited is known, and what a list or counts say of them.
fn without_answers(group: &Group, roster: Option<&RosterList>) -> Cohort {
    let invitees = roster.map(listed).unwrap_or_default();
    let (invited, completion) = known_of(group, roster, &invitees);
    Cohort {
        group: group.id.clone(),
        label: group.label.clone(),
        part_of: None,
        file: None,
        lines: Arc::default(),
        rows: Vec::new(),
        left_out: Vec::new(),
        screened: Vec::new(),
        people: Arc::new(People { invited, ..People::default() }),
        invitees,
        roster: roster.map(|roster| roster.file.clone()),
        questions: Arc::default(),
        fielding: Arc::new(Fielding { completion, ..Fielding::of(group, roster) }),
    }
}

/// What counts or the list itself say of everybody invited, and who says it; nothing where neither says anything.
fn known_of(
    group: &Group,
    roster: Option<&RosterList>,
    invitees: &[Invitee],
) -> (Option<BTreeMap<Disposition, u64>>, Option<Completion>) {
    match (&group.fielding.counts, roster) {
        (Some(counts), _) => (Some(counts.clone()), Some(Completion::Counts)),
        (None, Some(roster)) if roster.says_what_became => (Some(invited(invitees)), Some(Completion::List)),
        (None, _) => (None, None),
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
        notes.push(none_remains(group, export, received.len()));
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
        fielding: Arc::default(),
        rows,
    };
    let came = Came::of(export, &cohort.rows, &by_rule, &counted, link.as_ref());
    let fielding = Fielding::of(group, roster).with_rows(export, &received, &cohort.rows, &counted, came);
    let (invited, fielding) = match (roster, &link) {
        (Some(roster), Some(link)) => {
            cohort.invitees = dispositions(&cohort, group, roster, link, &counted, &by_rule);
            linked(&cohort, export, group, link, fielding, notes)
        }
        (roster, _) => {
            // Without a link only the list itself or counts can say what became of whom.
            cohort.invitees = roster.map(listed).unwrap_or_default();
            let (invited, completion) = known_of(group, roster, &cohort.invitees);
            (invited, Fielding { completion, ..fielding })
        }
    };
    cohort.fielding = Arc::new(fielding);
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

/// A warning that the rules left out everybody.
fn none_remains(group: &Group, export: &Export, received: usize) -> Diag {
    let place = Place::file(export.table.file());
    let message = format!("no response of {} remains: {received} rows were received", group.label);
    Diag::warning(codes::NO_RESPONSE, place, message).help("compare the exclusion rules with the export")
}

/// What became of everybody invited, where every response is linked to its person on the roster.
fn linked(
    cohort: &Cohort,
    export: &Export,
    group: &Group,
    link: &Link,
    fielding: Fielding,
    notes: &mut Vec<Diag>,
) -> (Option<BTreeMap<Disposition, u64>>, Fielding) {
    warn_of_strangers(cohort, export, link, notes);
    warn_of_not_eligible(cohort, link, notes);
    let fielding = Fielding {
        completion: Some(Completion::CutPoints { complete: group.complete, partial: group.partial }),
        rows_are_invitees: link.tells_apart(&cohort.rows, &cohort.invitees),
        ..fielding
    };
    (Some(invited(&cohort.invitees)), fielding)
}

/// The columns of a question's items.
pub(super) fn columns(bound: &Bound) -> Vec<usize> {
    bound.question.form.items().iter().map(|item| item.column).collect()
}

/// The rows of the export that belong to the group.
pub(super) fn received(study: &Study, group: &Group, export: &Export) -> Result<Vec<usize>, Vec<Diag>> {
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
pub(super) struct Link {
    persons: Vec<Option<usize>>,
    column: String,
}

impl Link {
    /// The position on the roster of a row's person.
    pub(super) fn person(&self, row: usize) -> Option<usize> {
        self.persons.get(row).copied().flatten()
    }

    /// The column of the export by which people are known.
    pub(super) fn column(&self) -> &str {
        &self.column
    }

    /// Whether each of the rows belongs to a person of its own who counts in a rate.
    fn tells_apart(&self, rows: &[usize], people: &[Invitee]) -> bool {
        let mut seen = BTreeSet::new();
        rows.iter().all(|row| {
            self.person(*row).is_some_and(|person| {
                let known = people.get(person).map(|known| known.disposition);
                known != Some(Disposition::NotEligible) && seen.insert(person)
            })
        })
    }

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
