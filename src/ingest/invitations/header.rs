//! Which list it is, and which of its columns says what.

use crate::ingest::Grid;
use crate::ingest::header::letters;

use super::List;

/// What a column of a list of invitations tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// The key that the survey's owner gave the person, or the record.
    Reference,
    /// The address.
    Email,
    /// Which of several entries with one address.
    Occurrence,
    /// The latest state of the invitation.
    Status,
    /// When it was sent, or whether.
    Sent,
    /// Whether it waits to be sent.
    Scheduled,
    /// When it was opened.
    Opened,
    /// When the survey was begun.
    Started,
    /// When the survey was finished.
    Completed,
    /// The response, or that it is anonymous.
    Response,
    /// Whether and how far there was a response.
    Responded,
    /// What went wrong in sending.
    Error,
    /// Whether the person has opted out.
    OptedOut,
    /// The survey to which the invitation leads.
    Survey,
}

/// Names of columns, folded, and what they tell; where two names of one field stand in a header, the first here counts.
const NAMES: [(&str, Field); 47] = [
    ("externaldatareference", Field::Reference),
    ("externalreference", Field::Reference),
    ("extref", Field::Reference),
    ("record", Field::Reference),
    ("recordid", Field::Reference),
    ("participantidentifier", Field::Reference),
    ("identifier", Field::Reference),
    ("contactlookupid", Field::Reference),
    ("contactid", Field::Reference),
    ("recipientid", Field::Reference),
    ("email", Field::Email),
    ("emailaddress", Field::Email),
    ("recipientemail", Field::Email),
    ("participantemail", Field::Email),
    ("emailoccurrence", Field::Occurrence),
    ("status", Field::Status),
    ("sentat", Field::Sent),
    ("sentdate", Field::Sent),
    ("datesent", Field::Sent),
    ("invitationsent", Field::Sent),
    ("invitationsentstatus", Field::Sent),
    ("invitationsendtime", Field::Sent),
    ("invitationscheduled", Field::Scheduled),
    ("openedat", Field::Opened),
    ("dateopened", Field::Opened),
    ("openeddate", Field::Opened),
    ("responsestartedat", Field::Started),
    ("surveystartedat", Field::Started),
    ("startedat", Field::Started),
    ("datestarted", Field::Started),
    ("responsestarted", Field::Started),
    ("responsecompletedat", Field::Completed),
    ("responsecompleted", Field::Completed),
    ("surveycompletedat", Field::Completed),
    ("completedat", Field::Completed),
    ("datecompleted", Field::Completed),
    ("finishedat", Field::Completed),
    ("responseid", Field::Response),
    ("responded", Field::Responded),
    ("responsestatus", Field::Responded),
    ("errorsifany", Field::Error),
    ("errors", Field::Error),
    ("unsubscribed", Field::OptedOut),
    ("optedout", Field::OptedOut),
    ("optout", Field::OptedOut),
    ("survey", Field::Survey),
    ("surveytitle", Field::Survey),
];

/// A list and the columns that tell something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) list: List,
    columns: Vec<(Field, usize)>,
    pub(super) names: Vec<String>,
}

impl Header {
    /// Recognises a list by the columns that it alone has.
    pub(super) fn of(grid: &Grid) -> Option<Self> {
        let header = grid.record(0)?;
        let names: Vec<String> = header.cells().map(|name| name.trim().to_owned()).collect();
        let folded: Vec<String> = names.iter().map(|name| letters(name)).collect();
        let list = list(&folded, grid)?;
        let mut columns: Vec<(usize, Field, usize)> = Vec::new();
        for (column, name) in folded.iter().enumerate() {
            if let Some(rank) = NAMES.iter().position(|(known, _)| known == name) {
                columns.push((rank, NAMES[rank].1, column));
            }
        }
        columns.sort_unstable();
        let mut first: Vec<(Field, usize)> = Vec::new();
        for (_, field, column) in columns {
            if !first.iter().any(|(known, _)| *known == field) {
                first.push((field, column));
            }
        }
        Some(Self { list, columns: first, names })
    }

    /// The column that tells this.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == field).map(|(_, column)| *column)
    }
}

fn list(names: &[String], grid: &Grid) -> Option<List> {
    let has = |name: &str| names.iter().any(|known| known == name);
    let any = |wanted: &[&str]| wanted.iter().any(|name| has(name));
    if has("responsestatus") && has("invitationsentstatus") {
        return Some(List::Participants);
    }
    if has("responded") && (any(&["invitationsent", "invitationscheduled", "surveyaccesscode"])) {
        return Some(List::Participants);
    }
    if has("responded") && has("invitationsendtime") {
        return Some(List::InvitationLog);
    }
    if has("status") && has("distributionid") && any(&["sentat", "responsestartedat", "responsecompletedat"])
    {
        return Some(List::History);
    }
    if has("status") && any(&["emailaddress", "email", "recipientemail"]) && statuses_are_known(names, grid) {
        return Some(List::History);
    }
    if has("link") && any(&["exceededcontactfrequency", "linkexpiration"]) {
        return Some(List::Links);
    }
    let person = has("firstname") && has("lastname") && any(&["externaldatareference", "extref"]);
    if person && has("email") && has("link") {
        return Some(List::Links);
    }
    (person && has("email")).then_some(List::Contacts)
}

/// Whether the column of states holds nothing but states of an invitation, and one of them at least.
fn statuses_are_known(names: &[String], grid: &Grid) -> bool {
    let Some(column) = names.iter().position(|name| name == "status") else { return false };
    let mut cells =
        grid.records().skip(1).map(|record| record.cell(column).trim()).filter(|cell| !cell.is_empty());
    let mut known = 0_u64;
    cells.all(|cell| {
        known += 1;
        super::stage::of_status(cell).is_some()
    }) && known > 0
}
