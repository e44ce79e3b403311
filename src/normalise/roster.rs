//! The list of people who were invited.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diag, FileId, Place, codes, nearest};
use crate::ingest::invitations::{self, Invitations};
use crate::ingest::{Grid, RawTable, grid};
use crate::study::{Roster, Spanned, Study};

/// The people of a roster who belong to one group: key and line, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterList {
    /// The file.
    pub file: FileId,
    /// Key and line of each person.
    pub people: Vec<(String, u32)>,
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
    let asked = asked(&grid, &filter, notes);
    let mut people = Vec::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for row in 0..table.height() {
        let fits =
            filter.iter().all(|(column, value)| table.cell(row, *column).map(str::trim) == Some(value));
        let line = table.line(row);
        if !fits || asked.as_ref().is_some_and(|asked| !asked.contains(&line)) {
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
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((RosterList { file: roster.file.clone(), people, rows: table.height() as u64 }, table))
}

/// On a platform's own list of invitations, the first lines of the people who were asked; `None` for any other table.
///
/// Such a list has a row for every message, and people to whom none was ever sent: they were not invited.
fn asked(grid: &Grid, filter: &[(usize, &str)], notes: &mut Vec<Diag>) -> Option<BTreeSet<u32>> {
    let wanted = |record: &crate::ingest::Record<'_>| {
        filter.iter().all(|(column, value)| record.cell(*column).trim() == *value)
    };
    let list = invitations::of_grid(grid, wanted)?.note_into(notes);
    let asked: BTreeSet<u32> =
        list.people.iter().filter(|person| person.was_asked()).map(|person| person.line).collect();
    notes.extend(account(&list, asked.len()));
    Some(asked)
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
