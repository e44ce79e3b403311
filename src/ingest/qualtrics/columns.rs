//! Every column's role, and the columns of one question brought together.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::qsf::{Choice, Definition};
use crate::ingest::{Metadata, RawTable};

use super::header::{Generation, Header};
use super::import_id::{Address, ImportId, Part};
use super::{metadata, names};

/// The export as the readers of questions see it.
pub(super) struct Sheet<'a> {
    /// The header.
    pub(super) header: &'a Header,
    /// The rows.
    pub(super) table: &'a RawTable,
}

impl<'a> Sheet<'a> {
    /// The name of a column.
    pub(super) fn name(&self, column: usize) -> &'a str {
        self.header.names.get(column).map_or("", String::as_str)
    }

    /// The plain text below the name.
    pub(super) fn label(&self, column: usize) -> &'a str {
        self.header.labels.get(column).map_or("", String::as_str)
    }

    /// Every text of a column with the number of rows that have it; one may come more than once.
    pub(super) fn tally(&self, column: usize) -> impl Iterator<Item = (&str, u64)> {
        self.table.tally(column)
    }
}

/// A column of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// The position.
    pub(super) column: usize,
    /// What of the question it holds.
    pub(super) part: Part,
}

/// The columns of one question, or of one part of a side-by-side question, in one round of a loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The round of the loop.
    pub(super) round: Option<String>,
    /// `QID7`, or the tag where there are only names.
    pub(super) question: String,
    /// The part of a side-by-side question.
    pub(super) side: Option<String>,
    /// The columns from left to right.
    pub(super) members: Vec<Member>,
}

/// Puts questions, and the columns of each, in the order of the definition, whatever the order of the file's columns.
///
/// Who goes through a loop answers all of its questions in one round before the next. What the definition does not
/// have keeps its place behind what it has.
pub(super) fn in_defined_order(groups: &mut [Group], definition: &Definition) {
    let place = |qid: &str| definition.questions.iter().position(|asked| asked.qid == qid);
    let block = |qid: &str| definition.question(qid).map(|asked| asked.block);
    let looped: BTreeSet<usize> = groups
        .iter()
        .filter(|group| group.round.is_some())
        .filter_map(|group| block(&group.question))
        .collect();
    groups.sort_by_cached_key(|group| {
        let Some(own) = place(&group.question) else { return (usize::MAX, 0, 0) };
        let of_loop = block(&group.question).filter(|block| looped.contains(block));
        let first =
            of_loop.and_then(|block| definition.questions.iter().position(|asked| asked.block == block));
        let round = group.round.as_ref().and_then(|round| round.parse::<u64>().ok()).unwrap_or(0);
        (first.unwrap_or(own), round, own)
    });
    for group in groups {
        let Some(asked) = definition.question(&group.question) else { continue };
        let at = |choices: &[Choice], id: Option<&String>| {
            id.map(|id| choices.iter().position(|choice| choice.id == *id).unwrap_or(usize::MAX))
        };
        group.members.sort_by_cached_key(|member| match &member.part {
            Part::Answer(ids) | Part::Text(ids) => {
                (at(&asked.choices, ids.first()), at(&asked.answers, ids.get(1)))
            }
            Part::Tick(id) => (at(&asked.choices, Some(id)), None),
            Part::InGroup(group, item) | Part::RankIn(group, item) => {
                (at(&asked.choices, Some(item)), at(&asked.answers, Some(group)))
            }
            _ => (Some(usize::MAX), None),
        });
    }
}

impl Group {
    /// The platform's own id: `1_QID7#2`.
    pub(super) fn native(&self) -> Option<String> {
        if !self.question.starts_with("QID") {
            return None;
        }
        let round = self.round.as_ref().map_or(String::new(), |round| format!("{round}_"));
        let side = self.side.as_ref().map_or(String::new(), |side| format!("#{side}"));
        Some(format!("{round}{}{side}", self.question))
    }
}

/// Every column in its place.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The questions in the order of their first columns.
    pub(super) groups: Vec<Group>,
    /// About the response.
    pub(super) metadata: Metadata,
    /// Of no question: embedded data, display orders, topics.
    pub(super) other: Vec<usize>,
    /// Who a person is.
    pub(super) identifiers: Vec<usize>,
    /// Columns of labels, by the column of codes that they repeat.
    pub(super) twins: BTreeMap<usize, usize>,
    /// Columns of the places at which the choices of a question were displayed, by round and question.
    pub(super) orders: BTreeMap<(Option<String>, String), Vec<usize>>,
    /// Where the group of a round, question and side stands among the questions.
    places: BTreeMap<(Option<String>, String, Option<String>), usize>,
}

/// Sorts the columns by their import ids where there are any, else by their names and the definition's.
pub(super) fn sort(sheet: &Sheet<'_>, definition: Option<&Definition>) -> Columns {
    let header = sheet.header;
    let by_name = if header.ids.is_none() { names::addresses(header, definition) } else { Vec::new() };
    let mut columns = Columns::default();
    for column in 0..header.names.len() {
        let name = sheet.name(column);
        let about = match import_id(header, column) {
            Some(id) if header.generation == Generation::Modern => metadata::about_id(&id.id, name),
            Some(id) => metadata::about(&id.id),
            None if header.generation == Generation::Legacy => {
                metadata::about_legacy(name, sheet.label(column))
            }
            // A column that somebody added beside import ids is metadata by no name.
            None if header.ids.is_some() => None,
            None => metadata::about(name),
        };
        if let Some(about) = about {
            metadata::place(&mut columns.metadata, &mut columns.identifiers, about, column);
            continue;
        }
        let address = match import_id(header, column) {
            Some(id) if id.labels => None,
            Some(id) => Address::of(id),
            None => by_name.get(column).cloned().flatten(),
        };
        match address {
            Some(Address { part: Part::Timing | Part::Browser, .. }) => columns.metadata.rest.push(column),
            Some(Address { round, question, part: Part::Order(_), .. }) => {
                columns.orders.entry((round, question)).or_default().push(column);
                columns.other.push(column);
            }
            Some(Address { part: Part::Topics, .. }) => columns.other.push(column),
            Some(address) => columns.add(address, column),
            None if metadata::is_system_field(name) => columns.metadata.rest.push(column),
            None => columns.other.push(column),
        }
    }
    columns.twins = twins(header);
    columns.identify(sheet);
    columns
}

/// The columns of labels, by the column of codes with the same name and id.
fn twins(header: &Header) -> BTreeMap<usize, usize> {
    let ids = header.ids.iter().flatten().zip(&header.names).enumerate();
    let with_ids: Vec<(usize, &ImportId, &String)> =
        ids.filter_map(|(column, (id, name))| Some((column, id.as_ref()?, name))).collect();
    let codes: BTreeMap<(&str, Option<&str>, &str), usize> = with_ids
        .iter()
        .rev()
        .filter(|(_, id, _)| !id.labels)
        .map(|(column, id, name)| ((id.id.as_str(), id.choice.as_deref(), name.as_str()), *column))
        .collect();
    with_ids
        .iter()
        .filter(|(_, id, _)| id.labels)
        .filter_map(|(column, id, name)| {
            Some((*codes.get(&(id.id.as_str(), id.choice.as_deref(), name.as_str()))?, *column))
        })
        .collect()
}

fn import_id(header: &Header, column: usize) -> Option<&ImportId> {
    header.ids.as_ref()?.get(column)?.as_ref()
}

impl Columns {
    fn add(&mut self, address: Address, column: usize) {
        let Address { round, question, side, part } = address;
        let next = self.groups.len();
        let place = *self.places.entry((round.clone(), question.clone(), side.clone())).or_insert(next);
        if place == next {
            self.groups.push(Group { round, question, side, members: Vec::new() });
        }
        if let Some(group) = self.groups.get_mut(place) {
            group.members.push(Member { column, part });
        }
    }

    /// Finds who a person is among columns that somebody added, by their names and by what their cells look like.
    fn identify(&mut self, sheet: &Sheet<'_>) {
        let of_questions =
            self.groups.iter().flat_map(|group| &group.members).map(|member| (member.column, false));
        let added = self.other.iter().map(|column| (*column, true));
        let mut found: Vec<usize> = of_questions
            .chain(added)
            .filter(|(column, is_added)| {
                let named = *is_added && metadata::is_identifying_name(sheet.name(*column));
                named || holds_addresses(sheet, *column)
            })
            .map(|(column, _)| column)
            .collect();
        self.identifiers.append(&mut found);
        self.identifiers.sort_unstable();
        self.identifiers.dedup();
    }
}

/// Whether at least half of a column's answers are e-mail addresses.
fn holds_addresses(sheet: &Sheet<'_>, column: usize) -> bool {
    let (mut filled, mut addresses) = (0, 0);
    for (cell, count) in sheet.tally(column) {
        filled += count;
        addresses += count * u64::from(metadata::is_email(cell));
    }
    addresses > 0 && addresses * 2 >= filled
}
