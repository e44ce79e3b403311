//! The columns that LimeSurvey adds to the answers, by code or by label.

use crate::codebook::fold;
use crate::ingest::Metadata;

use super::header::Head;

/// What a column says about the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Record,
    Submitted,
    Started,
    /// Seconds for the whole survey.
    Duration,
    /// In which language it was answered.
    Language,
    /// Who it is, by an invitation, an address or a device.
    Who,
    Rest,
}

/// Codes and labels of columns that every export has; the labels in English, German, French and Spanish.
const OWN: [(&str, About, [&str; 4]); 5] = [
    ("id", About::Record, ["response id", "antwort id", "id de la r\u{e9}ponse", "id de respuesta"]),
    (
        "submitdate",
        About::Submitted,
        ["date submitted", "datum abgeschickt", "date de soumission", "fecha de env\u{ed}o"],
    ),
    ("lastpage", About::Rest, ["last page", "letzte seite", "derni\u{e8}re page", "\u{fa}ltima p\u{e1}gina"]),
    (
        "startlanguage",
        About::Language,
        ["start language", "start-sprache", "langue de d\u{e9}part", "lenguaje inicial"],
    ),
    ("seed", About::Rest, ["seed", "zufallsstartwert", "t\u{ea}te de s\u{e9}rie", "semilla"]),
];

/// Those that an export may have.
const OPTIONAL: [(&str, About, [&str; 2]); 9] = [
    ("token", About::Who, ["token", "access code"]),
    ("startdate", About::Started, ["date started", "datum gestartet"]),
    ("datestamp", About::Rest, ["date last action", "datum letzte aktivit\u{e4}t"]),
    ("ipaddr", About::Who, ["ip address", "ip-adresse"]),
    ("refurl", About::Who, ["referrer url", "url zu der \u{fc}berweisenden seite"]),
    ("firstname", About::Who, ["first name", "vorname"]),
    ("lastname", About::Who, ["last name", "nachname"]),
    ("email", About::Who, ["email address", "e-mail-adresse"]),
    ("interviewtime", About::Duration, ["total time", "gesamtzeit"]),
];

/// Whether a text is the code of a column that every export has.
pub(super) fn is_code(text: &str) -> bool {
    OWN.iter().any(|(code, _, _)| *code == text)
}

/// How many headers are those of columns that every export has.
pub(super) fn marks(heads: &[Head]) -> usize {
    let own = |head: &&Head| {
        let label = fold(&head.name);
        OWN.iter().any(|(code, _, labels)| head.name == *code || labels.contains(&label.as_str()))
    };
    heads.iter().filter(own).count()
}

/// What a column says about the response, by its header. Names that questions have too count only where the export has
/// the columns that tell it from others (`certain`).
pub(super) fn about(head: &Head, certain: bool) -> Option<About> {
    let label = fold(&head.name);
    let own = OWN.iter().find(|(code, _, labels)| head.name == *code || labels.contains(&label.as_str()));
    let optional =
        OPTIONAL.iter().find(|(code, _, labels)| head.name == *code || labels.contains(&label.as_str()));
    let found = own.map(|known| known.1).or(optional.map(|known| known.1));
    if found.is_some() {
        return found.filter(|_| certain || label != "id");
    }
    if head.name.starts_with("attribute_") && certain {
        return Some(About::Who);
    }
    is_time(&head.name).then_some(About::Rest)
}

/// Whether a column holds seconds spent on a group or a question.
fn is_time(name: &str) -> bool {
    let label = fold(name);
    let spent = |prefix: &str| {
        let number = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix("Time").or(Some(rest)));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    label.starts_with("group time: ")
        || label.starts_with("question time: ")
        || spent("groupTime")
        || spent("questionTime")
        || (name.len() > 4 && name.ends_with("Time") && name.contains('X'))
}

/// Sorts columns into the metadata and those that tell who somebody is.
pub(super) fn sort(about: &[(usize, About)]) -> (Metadata, Vec<usize>) {
    let mut metadata = Metadata::default();
    let mut identifiers = Vec::new();
    for (column, about) in about {
        if matches!(about, About::Record | About::Who) {
            identifiers.push(*column);
        }
        let place = match about {
            About::Record => &mut metadata.record,
            About::Submitted => &mut metadata.ended,
            About::Started => &mut metadata.started,
            About::Duration => &mut metadata.duration,
            About::Language | About::Who | About::Rest => {
                metadata.rest.push(*column);
                continue;
            }
        };
        match place {
            None => *place = Some(*column),
            Some(_) => metadata.rest.push(*column),
        }
    }
    (metadata, identifiers)
}
