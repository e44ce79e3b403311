//! The columns that KoboToolbox and ODK add to the answers, by their names.

use crate::ingest::Metadata;

/// What a column says about the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Its id.
    Record,
    /// What a reviewer decided of it.
    Status,
    Started,
    Ended,
    /// When the server received it.
    Received,
    /// The version of the form.
    Version,
    /// The response, or the row of the sheet above, to which a row of a repeat belongs.
    Parent,
    /// Who sent it, from which device, where.
    Who,
    /// Anything else.
    Rest,
}

/// Names that only the platforms write, without case and signs: enough of them tell the platform.
const OWN: [(&str, About); 24] = [
    ("_id", About::Record),
    ("_uuid", About::Who),
    ("_submission_time", About::Received),
    ("_validation_status", About::Status),
    ("_index", About::Rest),
    ("_submitted_by", About::Who),
    ("__version__", About::Version),
    ("_version_", About::Version),
    ("_parent_index", About::Parent),
    ("_parent_table_name", About::Parent),
    ("_submission__id", About::Parent),
    ("_submission__uuid", About::Parent),
    ("_geolocation", About::Who),
    ("_xform_id_string", About::Rest),
    ("_bamboo_dataset_id", About::Rest),
    ("_attachments", About::Rest),
    ("SubmissionDate", About::Received),
    ("meta/instanceID", About::Who),
    ("instanceID", About::Who),
    ("PARENT_KEY", About::Parent),
    ("KEY", About::Record),
    ("SubmitterID", About::Who),
    ("SubmitterName", About::Who),
    ("ReviewState", About::Status),
];

/// Names that they write too, but that others may write as well.
const SHARED: [(&str, About); 32] = [
    ("start", About::Started),
    ("starttime", About::Started),
    ("end", About::Ended),
    ("endtime", About::Ended),
    ("today", About::Rest),
    ("audit", About::Rest),
    ("deviceid", About::Who),
    ("DeviceID", About::Who),
    ("username", About::Who),
    ("phonenumber", About::Who),
    ("subscriberid", About::Who),
    ("simserial", About::Who),
    ("imei", About::Who),
    ("email", About::Who),
    ("_notes", About::Rest),
    ("_tags", About::Rest),
    ("_status", About::Rest),
    ("_media_all_received", About::Rest),
    ("rootUuid", About::Who),
    ("meta/rootUuid", About::Who),
    ("meta/instanceName", About::Who),
    ("meta/deprecatedID", About::Who),
    ("meta/audit", About::Rest),
    ("instanceName", About::Who),
    ("formhub/uuid", About::Rest),
    ("AttachmentsPresent", About::Rest),
    ("AttachmentsExpected", About::Rest),
    ("Status", About::Rest),
    ("Edits", About::Rest),
    ("FormVersion", About::Version),
    ("version", About::Version),
    ("SET-OF", About::Rest),
];

/// What a column says about the response, by its name.
pub(super) fn about(name: &str) -> Option<About> {
    let name = bare(name);
    let found =
        |known: &[(&str, About)]| known.iter().find(|(known, _)| same(known, name)).map(|(_, about)| *about);
    if name.starts_with("_submission__") {
        return Some(About::Parent);
    }
    if name.starts_with("SET-OF-") {
        return Some(About::Rest);
    }
    found(&OWN).or_else(|| found(&SHARED))
}

/// The names among these that only the platforms write.
pub(super) fn marks<'a>(names: &[&'a str]) -> Vec<&'a str> {
    names.iter().copied().filter(|name| OWN.iter().any(|(known, _)| same(known, bare(name)))).collect()
}

/// A name without what R puts before it.
pub(super) fn bare(name: &str) -> &str {
    let name = name.trim().trim_start_matches('\u{feff}');
    let name = name.strip_prefix("X.U.FEFF.").unwrap_or(name);
    if name.starts_with("X_") { &name[1..] } else { name }
}

/// Whether a column has a known name, whatever separates its parts.
fn same(known: &str, name: &str) -> bool {
    known == name
        || (known.contains('/') && ["-", ".", ":"].iter().any(|sign| known.replace('/', sign) == name))
}

/// Sorts columns into the metadata and those that tell who somebody is.
pub(super) fn sort(about: &[(usize, About)]) -> (Metadata, Vec<usize>) {
    let mut metadata = Metadata::default();
    let mut identifiers = Vec::new();
    for (column, about) in about {
        if matches!(about, About::Record | About::Who | About::Parent) {
            identifiers.push(*column);
        }
        let place = match about {
            About::Record => &mut metadata.record,
            About::Status => &mut metadata.status,
            About::Started => &mut metadata.started,
            About::Ended => &mut metadata.ended,
            About::Received | About::Version | About::Parent | About::Who | About::Rest => {
                metadata.rest.push(*column);
                continue;
            }
        };
        match place {
            None => *place = Some(*column),
            Some(_) => metadata.rest.push(*column),
        }
    }
    // A form that does not record its own end has the time at which the server received it.
    if metadata.ended.is_none()
        && let Some((received, _)) = about.iter().find(|(_, about)| *about == About::Received)
    {
        metadata.ended = Some(*received);
        metadata.rest.retain(|column| column != received);
    }
    (metadata, identifiers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_platforms_are_known_however_they_are_written() {
        assert_eq!(about("_id"), Some(About::Record));
        assert_eq!(about("X_uuid"), Some(About::Who));
        assert_eq!(about("meta-instanceID"), Some(About::Who));
        assert_eq!(about("\u{feff}start"), Some(About::Started));
        assert_eq!(about("_submission__id"), Some(About::Parent));
        assert_eq!(about("age"), None);
    }

    #[test]
    fn k_08_the_validation_status_is_the_status_of_the_response() {
        let columns = [(0, About::Record), (1, About::Status), (2, About::Received), (3, About::Who)];
        let (metadata, identifiers) = sort(&columns);
        assert_eq!((metadata.status, metadata.ended), (Some(1), Some(2)));
        assert_eq!((metadata.rest, identifiers), (vec![3], vec![0, 3]));
    }
}
