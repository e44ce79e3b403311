//! The types of rows of a survey sheet.

/// What a row of a survey sheet asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) enum Kind {
    /// One choice of a list.
    One,
    /// Any choices of a list.
    Multiple,
    /// The choices of a list in order.
    Rank,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A date or a time.
    Date,
    /// Something to read.
    Note,
    /// What the form computes.
    Calculate,
    /// A place.
    Place,
    /// A picture, a sound, a file.
    File,
    /// "OK", without an alternative.
    Acknowledge,
    /// About the response: when it began, on which device.
    Metadata,
    /// A row of a block of Kobo's: `score__row`, or a place of `rank__level`.
    BlockRow,
    /// Anything else.
    Unknown,
}

/// What a type says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said<'a> {
    /// A question.
    Asks {
        kind: Kind,
        /// The name of the list of choices.
        list: &'a str,
        /// Whether the list is in another file or sheet.
        elsewhere: bool,
        /// Whether "Other" is added to the choices.
        or_other: bool,
    },
    /// Something begins: a group, a repeat, or a block of Kobo's.
    Begins(Block, &'a str),
    /// Something ends.
    Ends,
    /// Nothing: an empty row or a comment.
    Nothing,
}

/// What begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Group,
    Repeat,
    Matrix,
    Score,
    Rank,
}

/// The beginnings of types that name a list, those that begin alike longest first.
const LISTS: [(&str, Kind, bool); 22] = [
    ("add select one prompt using", Kind::One, false),
    ("add select multiple prompt using", Kind::Multiple, false),
    ("select_one_from_file", Kind::One, true),
    ("select one from file", Kind::One, true),
    ("select_one_external", Kind::One, true),
    ("select one external", Kind::One, true),
    ("select_multiple_from_file", Kind::Multiple, true),
    ("select multiple from file", Kind::Multiple, true),
    ("select one using", Kind::One, false),
    ("select one from", Kind::One, false),
    ("select_one", Kind::One, false),
    ("select one", Kind::One, false),
    ("select1", Kind::One, false),
    ("select all that apply from", Kind::Multiple, false),
    ("select all that apply", Kind::Multiple, false),
    ("select multiple using", Kind::Multiple, false),
    ("select multiple from", Kind::Multiple, false),
    ("select_multiple", Kind::Multiple, false),
    ("select multiple", Kind::Multiple, false),
    ("odk:rank", Kind::Rank, false),
    ("rank", Kind::Rank, false),
    ("select", Kind::Multiple, false),
];

const OTHERS: [&str; 3] = ["or_other", "or specify other", "or other"];

/// Reads a type.
pub(super) fn read(text: &str) -> Said<'_> {
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return Said::Nothing;
    }
    if let Some(block) = starts(text, "begin") {
        return begins(block.trim_start_matches(['_', ' ']));
    }
    if starts(text, "end").is_some_and(|rest| rest.starts_with([' ', '_'])) {
        return Said::Ends;
    }
    for (beginning, kind, elsewhere) in &LISTS {
        if let Some(rest) = starts(text, beginning).filter(|rest| rest.is_empty() || rest.starts_with(' ')) {
            let rest = rest.trim();
            let other = OTHERS.iter().find_map(|other| ends(rest, other));
            let list = other.unwrap_or(rest).trim();
            return Said::Asks { kind: kind.clone(), list, elsewhere: *elsewhere, or_other: other.is_some() };
        }
    }
    let kind = plain(&text.to_lowercase());
    Said::Asks { kind, list: "", elsewhere: false, or_other: false }
}

/// Whether a text is a type that some row of a survey sheet has.
pub(super) fn is_known(text: &str) -> bool {
    // "include" stands for the rows of another form, of which nothing is known here.
    text == "include" || !matches!(read(text), Said::Asks { kind: Kind::Unknown, .. })
}

fn begins(block: &str) -> Said<'_> {
    let (word, rest) = block.split_once(' ').unwrap_or((block, ""));
    let block = match word.to_lowercase().as_str() {
        "repeat" | "loop" | "looped" => Block::Repeat,
        "kobomatrix" => Block::Matrix,
        "score" => Block::Score,
        "rank" => Block::Rank,
        _ => Block::Group,
    };
    Said::Begins(block, rest.trim())
}

fn plain(text: &str) -> Kind {
    match text {
        "integer" | "int" | "decimal" | "range" | "add integer prompt" | "add decimal prompt" => Kind::Number,
        "text" | "string" | "barcode" | "q string" | "add text prompt" | "email" => Kind::Text,
        "date"
        | "time"
        | "datetime"
        | "add date prompt"
        | "date time"
        | "add date time prompt"
        | "add time prompt" => Kind::Date,
        "note" | "add note prompt" => Kind::Note,
        "calculate"
        | "calculation"
        | "add calculate prompt"
        | "hidden"
        | "csv-external"
        | "xml-external"
        | "q calculate"
        | "background-geopoint" => Kind::Calculate,
        "geopoint"
        | "geotrace"
        | "geoshape"
        | "gps"
        | "location"
        | "q geopoint"
        | "add location prompt"
        | "q location"
        | "start-geopoint" => Kind::Place,
        "image" | "photo" | "audio" | "video" | "file" | "background-audio" | "signature"
        | "add image prompt" | "add photo prompt" | "add audio prompt" | "add video prompt" | "q image"
        | "q picture" | "picture" => Kind::File,
        "acknowledge" | "acknowledgement" | "trigger" | "add acknowledge prompt" => Kind::Acknowledge,
        "start" | "end" | "today" | "deviceid" | "phonenumber" | "phone number" | "get phone number"
        | "username" | "subscriberid" | "simserial" | "imei" | "email address" | "audit" | "start time"
        | "end time" | "get start time" | "get end time" | "get today" | "device id" | "get device id"
        | "sim id" | "get sim id" | "subscriber id" | "get subscriber id" | "uri:deviceid"
        | "uri:username" | "uri:phonenumber" | "uri:subscriberid" | "uri:simserial" | "uri:email"
        | "last-saved" | "entity" => Kind::Metadata,
        "score__row" | "rank__level" => Kind::BlockRow,
        _ => Kind::Unknown,
    }
}

/// What follows a beginning, whatever its case.
fn starts<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let head = text.get(..beginning.len())?;
    head.eq_ignore_ascii_case(beginning).then(|| &text[beginning.len()..])
}

/// What stands before an end, whatever its case.
fn ends<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(end.len())?;
    let tail = text.get(at..)?;
    (tail.eq_ignore_ascii_case(end) && (at == 0 || text[..at].ends_with(' '))).then(|| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(kind: Kind, list: &str, elsewhere: bool, or_other: bool) -> Said<'_> {
        Said::Asks { kind, list, elsewhere, or_other }
    }

    #[test]
    fn types_old_and_new_are_read() {
        assert_eq!(read("select_one yes_no"), asks(Kind::One, "yes_no", false, false));
        assert_eq!(read("Select One from yes_no or specify other"), asks(Kind::One, "yes_no", false, true));
        assert_eq!(read("select_multiple  tools or_other"), asks(Kind::Multiple, "tools", false, true));
        assert_eq!(read("select all that apply from list"), asks(Kind::Multiple, "list", false, false));
        assert_eq!(read("select1 a"), asks(Kind::One, "a", false, false));
        assert_eq!(read("rank tools"), asks(Kind::Rank, "tools", false, false));
        assert_eq!(read("dateTime"), asks(Kind::Date, "", false, false));
        assert_eq!(read("wibble"), asks(Kind::Unknown, "", false, false));
    }

    #[test]
    fn k_06_lists_of_other_files_are_known_as_such() {
        assert_eq!(read("select_one_from_file towns.csv"), asks(Kind::One, "towns.csv", true, false));
        assert_eq!(read("select_one_external towns"), asks(Kind::One, "towns", true, false));
    }

    #[test]
    fn blocks_begin_and_end() {
        assert_eq!(read("begin_group"), Said::Begins(Block::Group, ""));
        assert_eq!(read("begin repeat"), Said::Begins(Block::Repeat, ""));
        assert_eq!(read("begin_kobomatrix items"), Said::Begins(Block::Matrix, "items"));
        assert_eq!(read("end_kobomatrix"), Said::Ends);
        assert_eq!(read("end"), asks(Kind::Metadata, "", false, false));
        assert_eq!(read("# a comment"), Said::Nothing);
    }
}
