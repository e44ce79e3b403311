//! Which forms belong to which rows: as the project's definition says, or as the rows themselves show.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diag, Place, codes};
use crate::ingest::header::words;
use crate::ingest::{FormColumns, Metadata, RawTable, RowKinds};

use super::columns::SYSTEM;

/// What a definition says of events, and of what repeats.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Structure {
    /// The events in order; none in a project without events.
    pub(super) events: Vec<Event>,
    /// What repeats: in an event a form, or all of the event if the form's name is empty.
    pub(super) repeating: BTreeSet<(String, String)>,
    /// The texts that mean that a value is missing, with their labels.
    pub(super) missing_codes: Vec<(String, String)>,
    /// What each form is called.
    pub(super) form_labels: BTreeMap<String, String>,
    /// The name of each form by its id in the document.
    pub(super) form_ids: BTreeMap<String, String>,
    /// The ids of all items of the document.
    pub(super) items: BTreeSet<String>,
}

/// An event.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Event {
    pub(super) name: String,
    /// What it is called, with its arm and without.
    pub(super) labels: Vec<String>,
    pub(super) forms: Vec<String>,
}

impl Structure {
    /// Whether a form repeats on its own in an event.
    pub(super) fn repeats_alone(&self, event: &str, form: &str) -> bool {
        // Without events the definition names one that no row has.
        let same = |named: &str| self.events.is_empty() || named == event;
        self.repeating.iter().any(|(at, repeating)| repeating == form && same(at))
    }

    /// Whether all of an event repeats.
    pub(super) fn repeats_whole(&self, event: &str) -> bool {
        !self.events.is_empty() && self.repeating.contains(&(event.to_owned(), String::new()))
    }

    /// Whether a form belongs to the rows of a kind; `None` for an event that the definition lacks.
    fn places(&self, form: &str, kind: &Kind) -> Option<bool> {
        let event = match &kind.event {
            Some(event) if !self.events.is_empty() => Some(self.event(event)?),
            _ => None,
        };
        if event.is_some_and(|event| event.forms.iter().all(|known| known != form)) {
            return Some(false);
        }
        if let Some(repeated) = &kind.form {
            let label = self.form_labels.get(form).map(|label| words(label));
            let repeated = words(repeated);
            return Some(repeated == words(form) || label == Some(repeated));
        }
        let event = event.map_or("", |event| event.name.as_str());
        Some(kind.instance || !self.repeats_alone(event, form))
    }

    fn event(&self, written: &str) -> Option<&Event> {
        let by_name = self.events.iter().find(|event| event.name == written);
        by_name.or_else(|| {
            let mut called =
                self.events.iter().filter(|event| event.labels.iter().any(|label| label == written));
            called.next().filter(|_| called.next().is_none())
        })
    }
}

/// A kind of row: of an event, of a form that repeats there, or of the event where it repeats as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    event: Option<String>,
    form: Option<String>,
    instance: bool,
}

impl Kind {
    fn words(&self) -> String {
        match (&self.form, &self.event) {
            (Some(form), Some(event)) => format!("{form} in {event}"),
            (Some(form), None) => form.clone(),
            (None, Some(event)) => event.clone(),
            (None, None) if self.instance => "repetitions".to_owned(),
            (None, None) => "rows that repeat no form".to_owned(),
        }
    }
}

/// Finds out which forms belong to which rows, and says what was assumed.
///
/// On a row of a repeating form only that form is filled in. Beyond that a definition decides, and without one the
/// rows: a form that is blank to its last box and its status on every row of a kind, though it is used elsewhere, is
/// taken not to belong there, because REDCap writes the zeros of boxes and statuses wherever a form belongs.
pub(super) fn place_forms(
    table: &RawTable,
    metadata: &mut Metadata,
    structure: Option<&Structure>,
) -> Vec<Diag> {
    let position = |(name, label): (&str, &str)| {
        let of = |column: &&usize| [name, label].contains(&table.names()[**column].trim());
        metadata.rest.iter().find(of).copied()
    };
    let [event, repeated, instance] = [0, 1, 2].map(|system| position(SYSTEM[system]));
    if event.or(repeated).or(instance).is_none() {
        return Vec::new();
    }
    let (kinds, of_row) = kinds(table, event, repeated, instance);
    let filled: Vec<BTreeSet<u32>> =
        metadata.forms.iter().map(|form| filled_on(table, form, &of_row)).collect();
    let mut assumed: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let names: Vec<String> = metadata.forms.iter().map(|form| form.name.clone()).collect();
    for (form, filled) in metadata.forms.iter_mut().zip(&filled) {
        let mut belongs = BTreeSet::new();
        for (number, kind) in (0_u32..).zip(&kinds) {
            let has_cells = filled.contains(&number);
            let on = match structure.and_then(|structure| structure.places(&form.name, kind)) {
                Some(on) => on,
                None if has_cells => true,
                None => match in_rows(&form.name, kind, &kinds, &names) {
                    Some(on) => on,
                    // A form that is used nowhere shows nothing.
                    None if filled.is_empty() => true,
                    None => {
                        assumed.entry(number).or_default().push(form.name.clone());
                        false
                    }
                },
            };
            if on {
                belongs.insert(number);
            }
        }
        form.rows = Some(belongs);
    }
    let notes =
        assumed.iter().filter_map(|(number, forms)| note(table, &kinds, *number, forms, &of_row)).collect();
    metadata.row_kinds = Some(RowKinds { names: kinds.iter().map(Kind::words).collect(), of_row, event });
    notes
}

/// The kinds of rows in the order of the file, and the kind of each row.
fn kinds(
    table: &RawTable,
    event: Option<usize>,
    repeated: Option<usize>,
    instance: Option<usize>,
) -> (Vec<Kind>, Vec<u32>) {
    let mut known: BTreeMap<(&str, &str, bool), u32> = BTreeMap::new();
    let (mut kinds, mut of_row) = (Vec::new(), Vec::with_capacity(table.height()));
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    for row in 0..table.height() {
        let text =
            |column: Option<usize>| column.and_then(|column| table.cell(row, column)).map_or("", str::trim);
        let key = (text(event), text(repeated), !text(instance).is_empty());
        let kind = *known.entry(key).or_insert_with(|| {
            kinds.push(Kind { event: some(key.0), form: some(key.1), instance: key.2 });
            u32::try_from(kinds.len() - 1).unwrap_or(u32::MAX)
        });
        of_row.push(kind);
    }
    (kinds, of_row)
}

/// The kinds of rows on which anything stands in a form's columns.
fn filled_on(table: &RawTable, form: &FormColumns, of_row: &[u32]) -> BTreeSet<u32> {
    let mut filled = BTreeSet::new();
    let columns = form.status.iter().chain(&form.timestamp).chain(&form.fields).chain(&form.boxes);
    for column in columns.chain(&form.derived) {
        for (cell, kind) in table.column(*column).zip(of_row) {
            if !filled.contains(kind) && cell.is_some_and(|cell| !cell.trim().is_empty()) {
                filled.insert(*kind);
            }
        }
    }
    filled
}

/// What the rows themselves say of a form without a cell on a kind of row.
fn in_rows(form: &str, kind: &Kind, kinds: &[Kind], forms: &[String]) -> Option<bool> {
    let is = |name: &str| words(name) == words(form);
    match &kind.form {
        Some(repeated) if is(repeated) => Some(true),
        Some(repeated) if forms.iter().any(|form| words(form) == words(repeated)) => Some(false),
        Some(_) => None,
        None => {
            let repeats = |other: &Kind| other.event == kind.event && other.form.as_deref().is_some_and(is);
            kinds.iter().any(repeats).then_some(false)
        }
    }
}

fn note(table: &RawTable, kinds: &[Kind], number: u32, forms: &[String], of_row: &[u32]) -> Option<Diag> {
    let row = of_row.iter().position(|kind| *kind == number)?;
    let kind = kinds.get(usize::try_from(number).ok()?)?;
    let (these, are) = if forms.len() == 1 { ("form", "is") } else { ("forms", "are") };
    let message = format!(
        "on every row of {} the {these} {} {are} blank, boxes and status included, and {are} taken not to belong there: not asked",
        kind.words(),
        forms.join(", ")
    );
    Some(Diag::note(codes::ASSUMED, Place::row(table.file(), table.line(row)), message).help(
        "give the project's XML document (ODM) as definition: it says which forms belong to which events",
    ))
}
