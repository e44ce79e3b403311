//! Columns that Qualtrics writes about a response, and columns that can tell who a person is.

use std::collections::BTreeSet;

use crate::ingest::Metadata;
use crate::ingest::header::letters;

/// What a column says about a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The response's id.
    Record,
    /// Ordinary, preview, test, spam.
    Status,
    /// How it came in.
    Channel,
    /// Whether it was submitted.
    Finished,
    /// Percent.
    Progress,
    /// Seconds.
    Duration,
    /// Start time.
    Started,
    /// End time.
    Ended,
    /// Anything else that tells nobody who it was.
    Rest,
    /// Anything else that tells who it was.
    Identifying,
}

/// Folded names and import ids, and what the column is about.
const KNOWN: &[(&str, About)] = &[
    ("recordid", About::Record),
    ("responseid", About::Record),
    ("status", About::Status),
    ("distributionchannel", About::Channel),
    ("finished", About::Finished),
    ("progress", About::Progress),
    ("duration", About::Duration),
    ("durationinseconds", About::Duration),
    ("qtotalduration", About::Duration),
    ("startdate", About::Started),
    ("enddate", About::Ended),
    ("recordeddate", About::Rest),
    ("lastmodifieddate", About::Rest),
    ("userlanguage", About::Rest),
    ("responseset", About::Rest),
    ("responsesetid", About::Rest),
    ("locationaccuracy", About::Rest),
    ("ipaddress", About::Identifying),
    ("recipientlastname", About::Identifying),
    ("recipientfirstname", About::Identifying),
    ("recipientemail", About::Identifying),
    ("emailaddress", About::Identifying),
    ("externalreference", About::Identifying),
    ("externaldatareference", About::Identifying),
    ("locationlatitude", About::Identifying),
    ("locationlongitude", About::Identifying),
    ("participantname", About::Identifying),
    ("participantemail", About::Identifying),
    ("participantsuniqueidentifier", About::Identifying),
];

/// Words in the name of an added column that make it an identifier.
const IDENTIFYING: &[&str] = &[
    "prolificpid",
    "prolificid",
    "studyid",
    "sessionid",
    "workerid",
    "mturkid",
    "mturkcode",
    "assignmentid",
    "hitid",
    "panelid",
    "panelistid",
    "participantid",
    "respondentid",
    "rid",
    "psid",
    "pid",
    "transactionid",
    "email",
    "emailaddress",
    "mail",
    "name",
    "firstname",
    "lastname",
    "fullname",
    "surname",
    "phone",
    "phonenumber",
    "telephone",
    "mobile",
    "address",
    "street",
    "zip",
    "zipcode",
    "postcode",
    "postalcode",
    "ip",
    "ipaddress",
    "latitude",
    "longitude",
    "birthdate",
    "dateofbirth",
    "dob",
    "ssn",
    "mrn",
    "medicalrecordnumber",
    "studentid",
    "employeeid",
    "userid",
    "username",
];

/// What a column with this name or import id is about.
pub(super) fn about(name: &str) -> Option<About> {
    // Exports of 2016 to 2020 name the source of a field before it.
    let name = name.strip_prefix("panel-").or_else(|| name.strip_prefix("Location-")).unwrap_or(name);
    let folded = letters(name);
    KNOWN.iter().find(|(known, _)| *known == folded).map(|(_, about)| *about)
}

/// Whether these names are those of a Qualtrics export: several of its own, one of them found nowhere else.
pub(super) fn known_names(names: &[String]) -> bool {
    let known = names.iter().filter(|name| about(name).is_some()).count();
    let own = ["responseid", "recordeddate", "durationinseconds", "distributionchannel", "userlanguage"];
    let owned = names.iter().filter(|name| own.contains(&letters(name).as_str())).count();
    known >= 4 && owned >= 1
}

/// The columns about the response and those that tell who it was, of a table with these names that another program
/// wrote, and all of them together; `None` if the names are not those of a Qualtrics export.
pub(in crate::ingest) fn of_names(names: &[String]) -> Option<(Metadata, Vec<usize>, BTreeSet<usize>)> {
    known_names(names).then(|| {
        let (mut metadata, mut identifiers, mut all) = (Metadata::default(), Vec::new(), BTreeSet::new());
        for (column, name) in names.iter().enumerate() {
            if let Some(about) = about(name) {
                place(&mut metadata, &mut identifiers, about, column);
                all.insert(column);
            }
        }
        (metadata, identifiers, all)
    })
}

/// What a column with this import id of the modern exporter, under this name, is about.
///
/// Qualtrics' own columns have an id that differs from their name; the id of a field that somebody added is its name.
pub(super) fn about_id(id: &str, name: &str) -> Option<About> {
    let about = about(id)?;
    let added = id == name && !OWN_IDS.contains(&id);
    (!added || about == About::Identifying).then_some(about)
}

/// Import ids that Qualtrics gives.
const OWN_IDS: &[&str] = &[
    "_recordId",
    "status",
    "distributionChannel",
    "finished",
    "progress",
    "duration",
    "startDate",
    "endDate",
    "recordedDate",
    "lastModifiedDate",
    "userLanguage",
    "Q_TotalDuration",
];

/// What the columns `V1` to `V10` of the legacy exporter are about.
const NUMBERED: [About; 10] = [
    About::Record,
    About::Rest,
    About::Identifying,
    About::Identifying,
    About::Identifying,
    About::Identifying,
    About::Status,
    About::Started,
    About::Ended,
    About::Finished,
];

/// The number of a column `V1` to `V10`, which somebody may have written small.
pub(super) fn legacy_number(name: &str) -> Option<usize> {
    let number = name.strip_prefix(['V', 'v'])?;
    number.parse().ok().filter(|parsed: &usize| (1..=10).contains(parsed) && parsed.to_string() == number)
}

/// What a legacy column `V3` with the text `Name` below it is about; without a text its number says it.
pub(super) fn about_legacy(name: &str, text: &str) -> Option<About> {
    let is_numbered = name.strip_prefix(['V', 'v']).is_some_and(|number| number.parse::<u8>().is_ok());
    match text {
        "Name" if is_numbered => Some(About::Identifying),
        _ if is_numbered && name != text => about(text),
        _ if is_numbered => legacy_number(name).and_then(|number| NUMBERED.get(number - 1).copied()),
        _ if letters(name) == letters(text) => about(name),
        _ => None,
    }
}

/// Whether an embedded field that Qualtrics fills itself is about the quality of a response.
pub(super) fn is_system_field(name: &str) -> bool {
    name.strip_prefix("Q_").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_uppercase()) && !rest.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a column by its name holds who a person is.
pub(super) fn is_identifying_name(name: &str) -> bool {
    IDENTIFYING.contains(&letters(name).as_str())
}

/// Whether the wording of a text entry asks who a person is.
pub(super) fn asks_who(wording: &str) -> bool {
    let wording = wording.to_lowercase();
    let asked = [
        "prolific id",
        "mturk id",
        "worker id",
        "participant id",
        "student id",
        "employee id",
        "e-mail",
        "email",
        "your name",
        "first name",
        "last name",
        "full name",
        "surname",
        "phone number",
        "telephone",
        "your address",
        "date of birth",
        "zip code",
        "mailing address",
        "home address",
        "street address",
        "postcode",
        "postal code",
    ];
    asked.iter().any(|words| wording.contains(words))
}

/// Whether a cell is an e-mail address.
pub(super) fn is_email(cell: &str) -> bool {
    let Some((local, domain)) = cell.trim().split_once('@') else { return false };
    !local.is_empty()
        && domain.contains('.')
        && !domain.contains('@')
        && !cell.trim().contains(char::is_whitespace)
}

/// Puts a column where it belongs.
pub(super) fn place(metadata: &mut Metadata, identifiers: &mut Vec<usize>, about: About, column: usize) {
    let slot = match about {
        About::Record => &mut metadata.record,
        About::Status => &mut metadata.status,
        About::Channel => &mut metadata.channel,
        About::Finished => &mut metadata.finished,
        About::Progress => &mut metadata.progress,
        About::Duration => &mut metadata.duration,
        About::Started => &mut metadata.started,
        About::Ended => &mut metadata.ended,
        About::Rest => return metadata.rest.push(column),
        About::Identifying => {
            identifiers.push(column);
            return metadata.rest.push(column);
        }
    };
    // The first column of a kind is Qualtrics' own; a second was added by somebody.
    if slot.is_some() {
        metadata.rest.push(column);
    } else {
        *slot = Some(column);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_generation_are_known() {
        assert_eq!(about("Duration..in.seconds."), Some(About::Duration));
        assert_eq!(about("_recordId"), Some(About::Record));
        assert_eq!(about("panel-RecipientEmail"), Some(About::Identifying));
        assert_eq!(about("Location-LocationLatitude"), Some(About::Identifying));
        assert_eq!(about_legacy("V3", "Name"), Some(About::Identifying));
        assert_eq!(about_legacy("V7", "Status"), Some(About::Status));
        assert_eq!(about_legacy("v7", "v7"), Some(About::Status));
        assert_eq!(about_legacy("V11", "V11"), None);
        assert_eq!(about_legacy("Name", "What is your name?"), None);
        assert_eq!(about("Q1"), None);
    }

    #[test]
    fn q_25_a_field_that_somebody_added_is_told_by_its_id() {
        assert_eq!(about_id("status", "Status"), Some(About::Status));
        assert_eq!(about_id("Status", "Status"), None);
        assert_eq!(about_id("Participant Email", "Participant Email"), Some(About::Identifying));
    }

    #[test]
    fn q_26_panel_ids_are_identifiers() {
        for name in ["PROLIFIC_PID", "SESSION_ID", "Email", "zip", "rid"] {
            assert!(is_identifying_name(name), "{name}");
        }
        assert!(!is_identifying_name("region"));
        assert!(asks_who("What is your Prolific ID?") && !asks_who("Name three things you like"));
        assert!(is_email(" a.b@example.org "));
        assert!(!is_email("met @ noon. ok") && !is_email("@home"));
    }
}
