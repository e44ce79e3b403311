//! The list of people who were invited.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diag, FileId, Place, codes, nearest};
use crate::findings::Disposition;
use crate::ingest::invitations::{self, Funnel, Invitations, Invited, List, Reached, Sending};
use crate::ingest::{Grid, RawTable, grid};
use crate::study::{Roster, Spanned, Status, Study};

use super::attribute::{Attribute, Columns};

/// The people of a roster who belong to one group: key and line, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterList {
    /// The file.
    pub file: FileId,
    /// Key and line of each person.
    pub people: Vec<(String, u32)>,
    /// For each person what the list itself says became of them, where it does.
    pub listed: Vec<Option<Disposition>>,
    /// Whether it can say so of anybody.
    pub says_what_became: bool,
    /// Which platform's own list it is, and how many came how far by it.
    pub funnel: Option<(List, Funnel)>,
    /// What it tells of the people.
    pub attributes: Vec<Attribute>,
    /// The rows of the whole file.
    pub rows: u64,
}

/// Reads a list of people or pairs: a table with one header row.
pub fn read_list(file: &FileId, bytes: &[u8], notes: &mut Vec<Diag>) -> Result<RawTable, Vec<Diag>> {
    Ok(below_header(&grid::read(file, bytes)?.note_into(notes)))
}

fn below_header(grid: &Grid) -> RawTable {
    let names: Vec<String> = grid
        .record(0)
        .map(|header| header.cells().map(|cell| cell.trim().to_owned()).collect())
        .unwrap_or_default();
    grid.table(1, names)
}

/// Reads a roster, a table with one header row: the people of one group, and the whole table.
pub fn read_roster(
    study: &Study,
    roster: &Roster,
    bytes: &[u8],
    notes: &mut Vec<Diag>,
) -> Result<(RosterList, RawTable), Vec<Diag>> {
    let grid = grid::read(&roster.file, bytes)?.note_into(notes);
    let table = below_header(&grid);
    let mut problems = Vec::new();
    let key = column(study, &table, &roster.key, &mut problems);
    let filter: Vec<(Option<usize>, &str)> = roster
        .filter
        .iter()
        .map(|(name, value)| (column(study, &table, name, &mut problems), value.as_str()))
        .collect();
    let (Some(key), true) = (key, problems.is_empty()) else { return Err(problems) };
    let filter: Vec<(usize, &str)> =
        filter.iter().filter_map(|(column, value)| Some(((*column)?, *value))).collect();
    let platform = platform_list(&grid, &filter, notes);
    let outcomes = outcomes(study, roster.status.as_ref(), &table, &mut problems);
    let mut described = Columns::new(study, roster, &table, &mut problems);
    let mut people = Vec::new();
    let mut listed = Vec::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for row in 0..table.height() {
        let fits =
            filter.iter().all(|(column, value)| table.cell(row, *column).map(str::trim) == Some(value));
        let line = table.line(row);
        let by_platform = platform.as_ref().map(|platform| platform.asked.get(&line));
        if !fits || by_platform == Some(None) {
            continue;
        }
        let Some(value) = table.cell(row, key).map(str::trim).filter(|value| !value.is_empty()) else {
            let place = Place::cell(&roster.file, line, &roster.key.value);
            problems.push(
                Diag::error(codes::DUPLICATE_ON_ROSTER, place, "this person has no key")
                    .help("give everybody on the roster a key"),
            );
            continue;
        };
        if let Some(first) = seen.insert(value.to_owned(), line) {
            let place = Place::cell(&roster.file, line, &roster.key.value);
            let message = format!("this key stands on line {first} already");
            problems.push(
                Diag::error(codes::DUPLICATE_ON_ROSTER, place, message).help("remove one of the two rows"),
            );
        }
        people.push((value.to_owned(), line));
        let said = outcomes.as_ref().and_then(|outcomes| outcomes.of(&table, row));
        listed.push(said.or_else(|| by_platform.flatten().copied().flatten()));
        described.add(&table, row);
    }
    if people.is_empty() {
        let message = format!("nobody on {} belongs to this group", roster.file.short());
        let span = roster.filter.first().map_or(&roster.key.span, |(name, _)| &name.span);
        problems.push(
            study
                .error(codes::STUDY_BAD_VALUE, span, message)
                .help("compare \"where\" with the roster's columns"),
        );
    }
    let attributes = described.finish(study, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let funnel = platform.and_then(|platform| platform.funnel);
    let list = RosterList {
        file: roster.file.clone(),
        people,
        listed,
        says_what_became: outcomes.is_some() || funnel.is_some(),
        funnel,
        attributes,
        rows: table.height() as u64,
    };
    Ok((list, table))
}

/// The column of a roster that says what became of people, and what its texts mean.
struct Outcomes<'a> {
    column: usize,
    means: BTreeMap<&'a str, Disposition>,
}

impl Outcomes<'_> {
    fn of(&self, table: &RawTable, row: usize) -> Option<Disposition> {
        self.means.get(table.cell(row, self.column)?.trim()).copied()
    }
}

fn outcomes<'a>(
    study: &Study,
    status: Option<&'a Status>,
    table: &RawTable,
    problems: &mut Vec<Diag>,
) -> Option<Outcomes<'a>> {
    let status = status?;
    let column = column(study, table, &status.column, problems)?;
    let there: BTreeSet<&str> =
        (0..table.height()).filter_map(|row| table.cell(row, column)).map(str::trim).collect();
    for (text, _) in &status.outcomes {
        if there.contains(text.value.trim()) {
            continue;
        }
        let message = format!(
            "no cell of column \"{}\" of {} holds \"{}\"",
            status.column.value,
            table.file().short(),
            text.value
        );
        let diag = study.error(codes::STUDY_BAD_VALUE, &text.span, message);
        problems.push(match nearest(&text.value, there.iter().copied()) {
            Some(near) => diag.help(format!("did you mean \"{near}\"?")),
            None => diag.help("texts that nobody has say nothing: remove it, or compare it with the cells"),
        });
    }
    let means = status.outcomes.iter().map(|(text, disposition)| (text.value.trim(), *disposition));
    Some(Outcomes { column, means: means.collect() })
}

/// A platform's own list of invitations.
struct PlatformList {
    /// The first lines of the people who were asked, with what became of them as far as the list says it.
    asked: BTreeMap<u32, Option<Disposition>>,
    funnel: Option<(List, Funnel)>,
}

/// Reads a platform's own list of invitations; `None` for any other table.
///
/// Such a list has a row for every message, and people to whom none was ever sent: they were not invited.
fn platform_list(grid: &Grid, filter: &[(usize, &str)], notes: &mut Vec<Diag>) -> Option<PlatformList> {
    let wanted = |record: &crate::ingest::Record<'_>| {
        filter.iter().all(|(column, value)| record.cell(*column).trim() == *value)
    };
    let list = invitations::of_grid(grid, wanted)?.note_into(notes);
    let knows = list.list.knows_stages();
    let asked: BTreeMap<u32, Option<Disposition>> = list
        .people
        .iter()
        .filter(|person| person.was_asked())
        .map(|person| (person.line, knows.then(|| became(person))))
        .collect();
    notes.extend(account(&list, asked.len()));
    Some(PlatformList { asked, funnel: list.funnel().map(|funnel| (list.list, funnel)) })
}

/// What became of a person by a platform's list. Whoever opened the message and not the survey is silent: pictures that
/// a mail program fetches by itself say nothing of a person.
fn became(person: &Invited) -> Disposition {
    match (person.reached, person.sending) {
        (Reached::Finished, _) => Disposition::Complete,
        (Reached::Partial, _) => Disposition::Partial,
        (Reached::ScreenedOut, _) => Disposition::NotEligible,
        (Reached::Started, _) => Disposition::BreakOff,
        _ if person.opted_out => Disposition::Refused,
        (_, Sending::Failed | Sending::Bounced) => Disposition::UnknownOther,
        _ => Disposition::Silent,
    }
}

/// Who of a list of invitations was asked, in words.
fn account(list: &Invitations, asked: usize) -> Option<Diag> {
    let reminders: usize = list.people.iter().map(|person| person.again.len()).sum();
    let never = list.people.len() - asked;
    let parts: Vec<String> = [
        (reminders as u64, "reminder", "reminders"),
        (never as u64, "person to whom nothing was sent", "people to whom nothing was sent"),
        (list.public, "person who came by a public link", "people who came by a public link"),
    ]
    .into_iter()
    .filter(|(count, _, _)| *count > 0)
    .map(|(count, one, more)| format!("{count} {}", if count == 1 { one } else { more }))
    .collect();
    if parts.is_empty() {
        return None;
    }
    let message = format!(
        "{}: {} rows, {asked} people invited; not counted: {}",
        list.list.words(),
        list.rows,
        parts.join(", ")
    );
    let diag = Diag::note(codes::ASSUMED, Place::file(&list.file), message);
    Some(diag.help("people who opted out, were held back or wait for their message were never asked"))
}

/// The position of a column that the study file names, or a problem there.
pub(super) fn column(
    study: &Study,
    table: &RawTable,
    name: &Spanned<String>,
    problems: &mut Vec<Diag>,
) -> Option<usize> {
    let position = table.position(&name.value);
    if position.is_none() {
        let message = format!("{} has no column \"{}\"", table.file().short(), name.value);
        let diag = study.error(codes::STUDY_UNKNOWN_COLUMN, &name.span, message);
        problems.push(match nearest(&name.value, table.names().iter().map(String::as_str)) {
            Some(near) => diag.help(format!("did you mean \"{near}\"?")),
            None => diag.help("`canvass inspect` lists the columns of a file"),
        });
    }
    position
}
