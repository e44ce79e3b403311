//! The answers in an ODM document as the rows that an export of raw data would have.
//!
//! One record is held at a time, so that the document may be of any length.

use std::collections::BTreeMap;

use crate::diag::{Diag, FileId, Noted, Place, codes};
use crate::ingest::{RawTable, TableBuilder};

use super::super::columns::{self, Role, SYSTEM};
use super::super::dictionary::Dictionary;
use super::super::structure::Structure;
use super::xml::{Element, Piece, Pull};

/// More cells than this, blank ones included, are not built from a document in which blanks take no place.
const MOST_CELLS: usize = 250_000_000;

/// What REDCap's other exports write for a file.
const FILE: &str = "[document]";

/// Which row of a record: event, form that repeats, instance.
type Key = (String, String, String);

/// One row while its record is read.
struct Row {
    line: u32,
    cells: BTreeMap<usize, String>,
}

/// Where things stand in the rows.
struct Layout {
    names: Vec<String>,
    /// Boxes whose codes fold alike share a name.
    columns: BTreeMap<String, Vec<usize>>,
    record: usize,
    event: Option<usize>,
    repeated: Option<usize>,
    instance: Option<usize>,
    group: Option<usize>,
}

/// Reads what follows the start of the clinical data, up to its end.
pub(super) fn read(
    pull: &mut Pull<'_>,
    file: &FileId,
    text: &str,
    dictionary: &Dictionary,
) -> Result<Noted<RawTable>, Vec<Diag>> {
    let structure = dictionary.structure.clone().unwrap_or_default();
    let layout = layout(dictionary, &structure, text);
    let mut reading = Reading {
        file,
        structure: &structure,
        builder: TableBuilder::new(file, layout.names.clone()),
        layout: &layout,
        rows: Vec::new(),
        known: BTreeMap::new(),
        at: Where::default(),
        height: 0,
        unknown: BTreeMap::new(),
        undeclared: BTreeMap::new(),
    };
    loop {
        match pull.next().map_err(|diag| vec![diag])? {
            Piece::End => break,
            Piece::Open(element) => reading.open(&element).map_err(|diag| vec![diag])?,
            Piece::Close(name) if name == "ClinicalData" => break,
            Piece::Close(name) => reading.close(&name).map_err(|diag| vec![diag])?,
            Piece::Text(_) => {}
        }
    }
    let notes = reading.notes();
    Ok(Noted { value: reading.builder.finish(), notes })
}

/// The columns that an export of raw data would have.
fn layout(dictionary: &Dictionary, structure: &Structure, text: &str) -> Layout {
    let has = |needle: &str| memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
    let repeats = !structure.repeating.is_empty() || repeat_keys_beyond_one(text);
    let wanted = |role: Role, name: &str| match role {
        Role::System if name == SYSTEM[0].0 => !structure.events.is_empty(),
        Role::System if name == SYSTEM[3].0 => structure.items.contains(name) || has("DataAccessGroup="),
        Role::System => repeats,
        Role::SurveyIdentifier | Role::Timestamp(_) => structure.items.contains(name),
        Role::Box { field, choice } => {
            // Not every document has boxes for the codes that mean that a value is missing.
            let choice = dictionary.fields.get(field).and_then(|field| field.choices.get(choice));
            choice.is_none_or(|choice| choice.outside.is_none()) || structure.items.contains(name)
        }
        // A checkbox field in one column is a layout of other exports.
        Role::Joined(_) => false,
        _ => true,
    };
    let names: Vec<String> = columns::expected(dictionary)
        .into_iter()
        .filter(|column| wanted(column.role, &column.name))
        .map(|column| column.name)
        .collect();
    let mut columns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, name) in names.iter().enumerate() {
        columns.entry(name.clone()).or_default().push(position);
    }
    let position = |system: usize| names.iter().position(|name| name == SYSTEM[system].0);
    let (event, repeated, instance, group) = (position(0), position(1), position(2), position(3));
    Layout { names, columns, record: 0, event, repeated, instance, group }
}

/// Whether a form or an event has an instance beyond the first; the first key is written where nothing repeats too.
fn repeat_keys_beyond_one(text: &str) -> bool {
    const KEY: &[u8] = b"RepeatKey=";
    memchr::memmem::find_iter(text.as_bytes(), KEY).any(|at| {
        let rest = &text.as_bytes()[at + KEY.len()..];
        !matches!(rest, [quote, b'1', end, ..] if quote == end)
    })
}

/// Where in a record the reading is.
#[derive(Default)]
struct Where {
    record: String,
    event: String,
    event_instance: String,
    form: String,
    row: Option<usize>,
    group: String,
}

struct Reading<'a> {
    file: &'a FileId,
    structure: &'a Structure,
    layout: &'a Layout,
    builder: TableBuilder,
    rows: Vec<Row>,
    known: BTreeMap<Key, usize>,
    at: Where,
    height: usize,
    /// Items that the definition lacks: how often, and the first line.
    unknown: BTreeMap<String, (usize, u32)>,
    /// Forms with a further instance that are not said to repeat.
    undeclared: BTreeMap<String, u32>,
}

impl Reading<'_> {
    fn open(&mut self, element: &Element<'_>) -> Result<(), Diag> {
        match element.name.as_str() {
            "SubjectData" => {
                self.at = Where {
                    record: element.text("SubjectKey"),
                    group: element.text("DataAccessGroup"),
                    ..Where::default()
                };
            }
            "StudyEventData" => {
                let id = element.text("StudyEventOID");
                let name = element.attribute("UniqueEventName").filter(|name| !name.is_empty());
                let name = name.or_else(|| id.strip_prefix("Event.")).unwrap_or(&id);
                name.clone_into(&mut self.at.event);
                self.at.event_instance = element.text("StudyEventRepeatKey");
            }
            "FormData" => self.open_form(element),
            "ItemData" => {
                let value = element.text("Value");
                self.item(element, value)?;
            }
            // The payload of a file is never looked at.
            "ItemDataBase64Binary" => self.item(element, FILE.to_owned())?,
            _ => {}
        }
        Ok(())
    }

    fn open_form(&mut self, element: &Element<'_>) {
        let id = element.text("FormOID");
        let named = self.structure.form_ids.get(&id).map(String::as_str);
        let form = named.or_else(|| id.strip_prefix("Form.")).unwrap_or(&id).to_owned();
        let key = element.text("FormRepeatKey");
        let event = &self.at.event;
        let (mut repeated, mut instance) = (String::new(), String::new());
        if self.structure.repeats_alone(event, &form) {
            (repeated, instance) = (form.clone(), key);
        } else if self.structure.repeats_whole(event) {
            instance.clone_from(&self.at.event_instance);
        } else if !matches!(key.as_str(), "" | "1") {
            self.undeclared.entry(form.clone()).or_insert(element.line);
            (repeated, instance) = (form.clone(), key);
        } else if !matches!(self.at.event_instance.as_str(), "" | "1") {
            self.undeclared.entry(event.clone()).or_insert(element.line);
            instance.clone_from(&self.at.event_instance);
        }
        let rows = &mut self.rows;
        let row = *self.known.entry((event.clone(), repeated, instance)).or_insert_with(|| {
            rows.push(Row { line: element.line, cells: BTreeMap::new() });
            rows.len() - 1
        });
        self.at.row = Some(row);
        self.at.form = form;
    }

    fn item(&mut self, element: &Element<'_>, value: String) -> Result<(), Diag> {
        let Some(row) = self.at.row else { return Ok(()) };
        let id = element.text("ItemOID");
        let columns = self.layout.columns.get(&id).map_or(&[][..], Vec::as_slice);
        if columns.first() == Some(&self.layout.record) {
            return Ok(());
        }
        if self.layout.group.is_some() && columns.first() == self.layout.group.as_ref() {
            self.at.group = value;
            return Ok(());
        }
        if columns.is_empty() {
            self.unknown.entry(id).or_insert((0, element.line)).0 += 1;
            return Ok(());
        }
        let cells = &mut self.rows[row].cells;
        let Some(column) = columns.iter().find(|column| !cells.contains_key(*column)) else {
            let message = format!("item {id} has two values in one row of a record");
            return Err(Diag::error(codes::DEFINITION_INVALID, Place::row(self.file, element.line), message)
                .help("export the project again; nothing says which of the two counts"));
        };
        cells.insert(*column, value);
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Diag> {
        match name {
            "FormData" => self.at.row = None,
            "StudyEventData" => {
                self.at.event.clear();
                self.at.event_instance.clear();
            }
            "SubjectData" => return self.end_record(),
            _ => {}
        }
        Ok(())
    }

    fn end_record(&mut self) -> Result<(), Diag> {
        let layout = self.layout;
        let mut keys: Vec<(Key, usize)> = std::mem::take(&mut self.known).into_iter().collect();
        keys.sort_by_key(|(_, row)| *row);
        let rows = std::mem::take(&mut self.rows);
        self.height += rows.len();
        if self.height.saturating_mul(layout.names.len()) > MOST_CELLS {
            let message = format!("{} has more than {MOST_CELLS} cells, blank ones included", self.file);
            return Err(Diag::error(codes::FORMAT_UNKNOWN, Place::file(self.file), message)
                .help("export the forms or events that the study needs, as CSV"));
        }
        for (((event, repeated, instance), _), mut row) in keys.into_iter().zip(rows) {
            row.cells.insert(layout.record, self.at.record.clone());
            let system = [
                (layout.event, event),
                (layout.repeated, repeated),
                (layout.instance, instance),
                (layout.group, self.at.group.clone()),
            ];
            row.cells.extend(system.into_iter().filter_map(|(column, text)| Some((column?, text))));
            let cell = |column| row.cells.get(&column).map(String::as_str);
            self.builder.push(row.line, (0..layout.names.len()).map(cell));
        }
        Ok(())
    }

    fn notes(&self) -> Vec<Diag> {
        let mut notes = Vec::new();
        for (id, (count, line)) in self.unknown.iter().take(MOST_NAMED) {
            let message = format!("item {id} is not in the definition: {count} values are not used");
            notes.push(
                Diag::warning(codes::DEFINITION_MISMATCH, Place::row(self.file, *line), message)
                    .help("export the definition and the data in one document"),
            );
        }
        if let Some(more) = self.unknown.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
            let message = format!("{more} more items are not in the definition");
            notes.push(Diag::warning(codes::DEFINITION_MISMATCH, Place::file(self.file), message));
        }
        for (what, line) in &self.undeclared {
            let message =
                format!("{what} has several instances, but is not declared as repeating; each is a row");
            notes.push(
                Diag::warning(codes::ASSUMED, Place::row(self.file, *line), message)
                    .help("what repeats may have changed since the answers were given"),
            );
        }
        notes
    }
}

/// How many unknown items are named before the rest are counted.
const MOST_NAMED: usize = 20;
