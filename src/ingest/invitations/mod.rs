//! Who was invited and how far they came: Qualtrics' distribution histories, lists of contacts and links, REDCap's
//! participant lists and invitation logs.
//!
//! A state in such a list is the latest only: who has finished no longer stands as opened. So the stages are read from
//! the times where the list has them, and a later stage tells that the earlier ones were passed.

mod funnel;
mod header;
mod stage;

pub use funnel::{Funnel, Rate};
pub use stage::{Reached, Sending};

use std::collections::BTreeMap;

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::{Grid, Record, grid};
use header::{Field, Header};

/// Which list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Qualtrics' history of a distribution.
    History,
    /// Qualtrics' personal links.
    Links,
    /// Qualtrics' contacts.
    Contacts,
    /// REDCap's participants of a survey.
    Participants,
    /// REDCap's log of invitations, a row for each message.
    InvitationLog,
}

impl List {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::History => "Qualtrics distribution history",
            Self::Links => "Qualtrics list of personal links",
            Self::Contacts => "Qualtrics list of contacts",
            Self::Participants => "REDCap participant list",
            Self::InvitationLog => "REDCap invitation log",
        }
    }

    /// Whether it says which messages came back.
    pub fn knows_delivery(self) -> bool {
        self == Self::History
    }

    /// Whether it says who was sent a message and who responded.
    pub fn knows_stages(self) -> bool {
        matches!(self, Self::History | Self::Participants | Self::InvitationLog)
    }
}

/// The people on a list of invitations, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitations {
    /// The file.
    pub file: FileId,
    /// Which list it is.
    pub list: List,
    /// The rows below the header.
    pub rows: u64,
    /// The people, in the order in which they first stand there.
    pub people: Vec<Invited>,
    /// Rows of people who came by a public link and were never invited.
    pub public: u64,
    /// People whose response cannot be joined to answers, because it is anonymous.
    pub anonymous: u64,
}

/// A person on the list. Reference and address tell who it is and never reach an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The line on which the person first stands.
    pub line: u32,
    /// The lines of further rows: reminders.
    pub again: Vec<u32>,
    /// The key that the survey's owner gave the person, or the record.
    pub reference: Option<String>,
    /// The address, in lower case.
    pub email: Option<String>,
    /// The response, by its platform's id.
    pub response: Option<String>,
    /// What became of the sending, the furthest of all rows.
    pub sending: Sending,
    /// How far the person came, the furthest of all rows.
    pub reached: Reached,
    /// Whether a row says that the person opted out, whatever was sent before.
    pub opted_out: bool,
}

impl Invited {
    /// Whether the person was asked: a message went out or at least was tried, or they responded.
    ///
    /// A list that does not say counts everybody on it.
    pub fn was_asked(&self) -> bool {
        matches!(self.sending, Sending::Unknown | Sending::Failed | Sending::Bounced | Sending::Sent)
    }
}

/// Which list of invitations a grid is, if it is one.
pub fn detect(grid: &Grid) -> Option<List> {
    Header::of(grid).map(|header| header.list)
}

/// Reads a list of invitations; `None` if the file is none.
pub fn read(file: &FileId, bytes: &[u8]) -> Result<Option<Noted<Invitations>>, Vec<Diag>> {
    let mut notes = Vec::new();
    let grid = grid::read(file, bytes)?.note_into(&mut notes);
    Ok(of_grid(&grid, |_| true).map(|mut noted| {
        notes.append(&mut noted.notes);
        Noted { value: noted.value, notes }
    }))
}

/// The same of a grid, with only the rows that are `wanted`.
pub fn of_grid(grid: &Grid, wanted: impl Fn(&Record<'_>) -> bool) -> Option<Noted<Invitations>> {
    let header = Header::of(grid)?;
    let mut reader =
        Reader { grid, header: &header, notes: Vec::new(), unread: BTreeMap::new(), anonymous: 0 };
    let mut people = People::new(header.list);
    let (mut rows, mut public) = (0, 0);
    for record in grid.records().skip(1).filter(|record| wanted(record)) {
        rows += 1;
        match reader.row(&record) {
            Some(row) => people.add(row),
            None => public += 1,
        }
    }
    reader.note_surveys(&wanted);
    reader.note_unread();
    let anonymous = reader.anonymous;
    let notes = reader.notes;
    let people = people.list;
    let value = Invitations { file: grid.file().clone(), list: header.list, rows, people, public, anonymous };
    Some(Noted { value, notes })
}

/// One row of a list.
struct Row {
    person: Invited,
    occurrence: String,
}

struct Reader<'a> {
    grid: &'a Grid,
    header: &'a Header,
    notes: Vec<Diag>,
    /// Cells that say nothing known: by column, how many and the first.
    unread: BTreeMap<usize, (u64, u32, String)>,
    anonymous: u64,
}

impl<'a> Reader<'a> {
    fn cell(&self, record: &Record<'a>, field: Field) -> Option<&'a str> {
        let text = record.cell(self.header.column(field)?).trim();
        (!text.is_empty() && !text.eq_ignore_ascii_case("null")).then_some(text)
    }

    /// Reads a row; `None` for somebody who came by a public link.
    fn row(&mut self, record: &Record<'a>) -> Option<Row> {
        let email = self.cell(record, Field::Email);
        if email.is_some_and(|email| email.starts_with('[')) {
            return None;
        }
        let (sending, reached) = self.stage(record);
        let response = self.cell(record, Field::Response);
        let anonymous = response.is_some_and(|id| id.eq_ignore_ascii_case("anonymous"));
        self.anonymous += u64::from(anonymous);
        Some(Row {
            person: Invited {
                line: record.line(),
                again: Vec::new(),
                reference: self.cell(record, Field::Reference).map(str::to_owned),
                email: email.map(str::to_lowercase),
                response: response.filter(|_| !anonymous).map(str::to_owned),
                sending,
                reached,
                opted_out: sending == Sending::OptedOut,
            },
            occurrence: self.cell(record, Field::Occurrence).unwrap_or_default().to_owned(),
        })
    }

    fn stage(&mut self, record: &Record<'a>) -> (Sending, Reached) {
        if !self.header.list.knows_stages() {
            let out = self.flag(record, Field::OptedOut) == Some(true);
            return (if out { Sending::OptedOut } else { Sending::Unknown }, Reached::Nothing);
        }
        let status = self.cell(record, Field::Status).and_then(|text| {
            let known = stage::of_status(text);
            if known.is_none() {
                self.not_read(record, Field::Status, text);
            }
            known
        });
        let responded = self.cell(record, Field::Responded).and_then(|text| {
            let known = stage::of_response(text);
            if known.is_none() {
                self.not_read(record, Field::Responded, text);
            }
            known
        });
        let mut reached = Reached::Nothing.max(responded.unwrap_or(Reached::Nothing));
        for (field, stage) in [
            (Field::Opened, Reached::Opened),
            (Field::Started, Reached::Started),
            (Field::Completed, Reached::Finished),
        ] {
            if self.flag(record, field) == Some(true) {
                reached = reached.max(stage);
            }
        }
        let (mut sending, latest) = status.unwrap_or((Sending::Waiting, Reached::Nothing));
        // Who is turned away has come to an end of the survey too, with a time; the state alone tells them apart.
        reached = if latest == Reached::ScreenedOut { latest } else { reached.max(latest) };
        let refused =
            matches!(sending, Sending::Failed | Sending::Bounced | Sending::HeldBack | Sending::OptedOut);
        if self.flag(record, Field::Sent) == Some(true) && !refused {
            sending = Sending::Sent;
        }
        if self.header.list == List::InvitationLog && self.cell(record, Field::Error).is_some() {
            sending = Sending::Failed;
        }
        // Nobody gets so far without a message that arrived.
        if reached > Reached::Nothing && self.header.list == List::History {
            sending = Sending::Sent;
        }
        (sending, reached)
    }

    /// What a cell of yes and no, or of a time, says; a cell that says neither is noted.
    fn flag(&mut self, record: &Record<'a>, field: Field) -> Option<bool> {
        let text = self.cell(record, field)?;
        let known = stage::happened(text);
        if known.is_none() {
            self.not_read(record, field, text);
        }
        known
    }

    fn not_read(&mut self, record: &Record<'a>, field: Field, text: &str) {
        let Some(column) = self.header.column(field) else { return };
        let first = (0, record.line(), text.to_owned());
        self.unread.entry(column).or_insert(first).0 += 1;
    }

    fn note_unread(&mut self) {
        for (column, (count, line, text)) in &self.unread {
            let name = self.header.names.get(*column).map_or("", String::as_str);
            let place = Place::cell(self.grid.file(), *line, name);
            let more = if *count > 1 {
                format!(", as {} more cells of the column do", count - 1)
            } else {
                String::new()
            };
            let message = format!("\"{text}\" says nothing known of an invitation{more}");
            let diag = Diag::warning(codes::INVITATION_UNREAD, place, message);
            self.notes
                .push(diag.help("nothing is concluded from such a cell; the other columns of its row count"));
        }
    }

    /// A log holds the invitations to every survey of a project, and a person can be invited to each.
    fn note_surveys(&mut self, wanted: impl Fn(&Record<'_>) -> bool) {
        let Some(column) = self.header.column(Field::Survey) else { return };
        let surveys: std::collections::BTreeSet<&str> = self
            .grid
            .records()
            .skip(1)
            .filter(|record| wanted(record))
            .map(|record| record.cell(column).trim())
            .collect();
        if surveys.len() < 2 {
            return;
        }
        let name = self.header.names.get(column).map_or("", String::as_str);
        let message = format!(
            "the list holds invitations to {} surveys, and a person counts once in all",
            surveys.len()
        );
        let help = format!("take one survey: where = {{ \"{name}\" = \"...\" }} in the group's invited");
        let place = Place::column(self.grid.file(), name);
        self.notes.push(Diag::warning(codes::INVITATIONS_MIXED, place, message).help(help));
    }
}

/// The people met so far, each once: known by reference, else by address and its occurrence.
struct People {
    /// Whether a person has a row for each message; in the other lists every row is an entry of its own.
    rows_are_messages: bool,
    list: Vec<Invited>,
    known: BTreeMap<(bool, String, String), usize>,
}

impl People {
    fn new(list: List) -> Self {
        let rows_are_messages = matches!(list, List::History | List::InvitationLog);
        Self { rows_are_messages, list: Vec::new(), known: BTreeMap::new() }
    }

    fn add(&mut self, row: Row) {
        let Row { person, occurrence } = row;
        // The reference is the person; two people may share an address.
        let key = match (&person.reference, &person.email) {
            (Some(reference), _) => Some((true, reference.clone(), String::new())),
            (None, Some(email)) if self.rows_are_messages => Some((false, email.clone(), occurrence)),
            (None, _) => None,
        };
        let position = key.and_then(|key| {
            let next = self.list.len();
            let position = *self.known.entry(key).or_insert(next);
            (position < next).then_some(position)
        });
        match position.and_then(|position| self.list.get_mut(position)) {
            Some(known) => {
                known.again.push(person.line);
                known.sending = known.sending.max(person.sending);
                known.reached = known.reached.max(person.reached);
                known.opted_out |= person.opted_out;
                known.response = known.response.take().or(person.response);
                known.email = known.email.take().or(person.email);
            }
            None => self.list.push(person),
        }
    }
}

#[cfg(test)]
mod tests;
