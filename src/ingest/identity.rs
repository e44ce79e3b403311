//! Which columns can tell who a person is, by their names, their wordings and their cells.
//!
//! Where it is doubtful, privacy goes first: a question that is hidden by mistake can be declared in a study file, a
//! name that was printed cannot be taken back.

use std::net::IpAddr;

use crate::codebook::{Form, MultiCells, Question};
use crate::diag::{Diag, Place, codes};

use super::infer::{is_date, number};
use super::{Export, RawTable};

/// Words that ask who a person is wherever they stand.
const TELLING_WORDS: &[&str] = &[
    "achternaam",
    "apellido",
    "apellidos",
    "birthdate",
    "birthday",
    "correo",
    "dob",
    "email",
    "emailaddress",
    "emails",
    "firstname",
    "forename",
    "fullname",
    "ip",
    "ipaddr",
    "ipaddress",
    "lastname",
    "latitude",
    "longitude",
    "mail",
    "matric",
    "matriculation",
    "mrn",
    "nachname",
    "nickname",
    "passport",
    "phone",
    "phonenumber",
    "postcode",
    "ssn",
    "surname",
    "telefon",
    "telephone",
    "username",
    "voornaam",
    "vorname",
    "zipcode",
];

/// Whole names of columns that tell who a person is, their words joined by blanks.
const TELLING_NAMES: &[&str] = &[
    "contact",
    "date of birth",
    "handle",
    "id",
    "initials",
    "mobile",
    "nhs number",
    "nombre",
    "prolific pid",
    "social security number",
    "zip",
    "zip code",
];

/// What a number or code can be of that stands for a person.
const PEOPLE: &[&str] = &[
    "applicant",
    "case",
    "employee",
    "member",
    "mturk",
    "panel",
    "panelist",
    "participant",
    "patient",
    "person",
    "prolific",
    "record",
    "respondent",
    "response",
    "staff",
    "student",
    "subject",
    "user",
    "worker",
];

/// Words for such a number or code.
const NUMBERS: &[&str] = &["id", "ids", "identifier", "no", "nr", "number", "code", "key"];

/// What has a name without being a person.
const THINGS: &[&str] = &[
    "city",
    "class",
    "company",
    "country",
    "course",
    "degree",
    "institution",
    "journal",
    "language",
    "module",
    "package",
    "product",
    "program",
    "programme",
    "project",
    "school",
    "software",
    "subject",
    "tool",
    "university",
];

/// What stands before "address" where it is no verb.
const BEFORE_ADDRESS: &[&str] = &[
    "an",
    "billing",
    "contact",
    "current",
    "email",
    "full",
    "her",
    "his",
    "home",
    "ip",
    "mail",
    "mailing",
    "my",
    "permanent",
    "postal",
    "private",
    "residential",
    "street",
    "the",
    "their",
    "work",
    "your",
];

/// Beginnings of questions about how often or how much, which ask for no name.
const MEASURED: &[&str] =
    &["often", "many", "much", "likely", "satisfied", "well", "important", "useful", "easy"];

/// Whether a name of a column or a wording asks who a person is.
pub(super) fn asks_who(text: &str) -> bool {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.first() == Some(&"how") && words.get(1).is_some_and(|word| MEASURED.contains(word)) {
        return false;
    }
    let pairs = || words.windows(2).map(|pair| (pair[0], pair[1]));
    // A wording that speaks of a student and of a number asks for other things; "student number" does not.
    let numbered = pairs().any(|(of, number)| {
        PEOPLE.contains(&of)
            && (NUMBERS[..3].contains(&number) || (words.len() <= 6 && NUMBERS.contains(&number)))
    });
    numbered
        || TELLING_NAMES.contains(&words.join(" ").as_str())
        || words.iter().any(|word| TELLING_WORDS.contains(word) || run_together(word))
        || pairs().any(|pair| pair == ("e", "mail") || pair == ("mobile", "number"))
        || pairs().any(|(of, address)| is_address(address) && BEFORE_ADDRESS.contains(&of))
        || (words.len() <= 3 && words.iter().any(|word| is_address(word)))
        || names_a_person(&words)
}

fn is_address(word: &str) -> bool {
    matches!(word, "address" | "addresses")
}

/// Whether a word is what stands for a person and its number without a blank: `respondentid`.
fn run_together(word: &str) -> bool {
    word.strip_suffix("id").is_some_and(|of| PEOPLE.contains(&of))
}

/// Whether a name is asked for, and not that of a thing: "course name", "the name of the university".
fn names_a_person(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let of_thing = match words.get(at + 1) {
            Some(&"of") => words[at + 2..].iter().take(3).any(|word| THINGS.contains(word)),
            _ => at.checked_sub(1).is_some_and(|before| THINGS.contains(&words[before])),
        };
        // "Name three things" is a task; who is to write a name is told whose.
        let task = at == 0
            && words.get(1).is_some_and(|next| {
                matches!(
                    *next,
                    "a" | "an" | "one" | "two" | "three" | "four" | "five" | "some" | "any" | "up"
                )
            });
        matches!(*word, "name" | "names") && !of_thing && !task
    })
}

/// The words of a name or wording in lower case; `RespondentID` and `IPAddress` are two words each.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let letters: Vec<char> = part.chars().collect();
        let mut word = String::new();
        for (at, letter) in letters.iter().enumerate() {
            let after_small = at > 0 && letters[at - 1].is_lowercase();
            let last_capital = at > 0
                && letters[at - 1].is_uppercase()
                && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
            if letter.is_uppercase() && (after_small || last_capital) {
                words.push(std::mem::take(&mut word));
            }
            word.extend(letter.to_lowercase());
        }
        words.push(word);
    }
    words
}

/// Whether cells tell who somebody is: an e-mail address among them, or most of them IP addresses, phone numbers or
/// long numbers that hardly repeat.
pub(super) fn tells_who<'a>(cells: impl Iterator<Item = Option<&'a str>>) -> bool {
    texts_tell_who(cells.flatten().map(|cell| (cell, 1)))
}

/// The same from texts with the number of rows that have each.
fn texts_tell_who<'a>(texts: impl Iterator<Item = (&'a str, u64)>) -> bool {
    let (mut filled, mut ips, mut numbers) = (0, 0, 0);
    let mut phones = Vec::new();
    for (text, count) in texts.map(|(text, count)| (text.trim(), count)).filter(|(text, _)| !text.is_empty())
    {
        if is_mail(text) {
            return true;
        }
        filled += count;
        ips += count * u64::from(text.parse::<IpAddr>().is_ok());
        if is_phone(text) {
            numbers += count;
            phones.push(text);
        }
    }
    phones.sort_unstable();
    phones.dedup();
    // A span such as 50000-99999 looks like a phone number too, but repeats as choices do.
    filled > 0 && (ips * 2 > filled || (numbers * 2 > filled && phones.len() as u64 * 2 > filled))
}

fn is_mail(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(who, at)| {
        !who.is_empty() && at.contains('.') && !at.contains('@') && !cell.contains(char::is_whitespace)
    })
}

/// Whether a cell can be a phone number, or a number as long as one.
fn is_phone(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let written =
        cell.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/'));
    let plain = cell.bytes().all(|byte| byte.is_ascii_digit());
    let enough = if plain && !cell.starts_with('0') { 9 } else { 7 };
    (enough..=15).contains(&digits)
        && written
        && !is_date(cell)
        && (plain || cell.starts_with('+') || !number(cell))
}

/// Whether a cell is an answer that everybody gives.
fn is_yes_or_no(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    matches!(
        cell.as_str(),
        "yes" | "no" | "0" | "1" | "true" | "false" | "maybe" | "don't know" | "not sure" | "n/a"
    )
}

/// Whether a column on its own can tell who a person is, by its name or wording or by its cells.
pub fn column_tells_who(table: &RawTable, column: usize, wording: &str) -> bool {
    let asked = asks_who(wording) || table.names().get(column).is_some_and(|name| asks_who(name));
    let mut answers =
        table.tally(column).map(|(text, _)| text).filter(|text| !text.trim().is_empty()).peekable();
    let harmless = answers.peek().is_some() && answers.all(is_yes_or_no);
    (asked && !harmless) || texts_tell_who(table.tally(column))
}

/// Says that a column is no question, because it may tell who a person is.
pub(super) fn may_identify(table: &RawTable, column: usize, id: &str) -> Diag {
    let name = table.names().get(column).map_or(id, String::as_str);
    let message = format!("\"{id}\" may tell who a person is, so nothing of it is ever shown");
    Diag::note(codes::MAY_IDENTIFY, Place::column(table.file(), name), message)
        .help("if it does not, declare it as a question in the study file")
}

/// Adds to the identifiers of an export the columns of questions without a definition that tell who a person is.
///
/// What a definition declares has its choices from there, and its identifiers from its reader.
pub(super) fn complete(export: &mut Export) {
    let open = export.instrument.questions.iter().filter(|question| !question.defined);
    let found: Vec<usize> = open.flat_map(|question| telling(&export.table, question)).collect();
    export.identifiers.extend(found);
    export.identifiers.sort_unstable();
    export.identifiers.dedup();
}

/// The columns of a question that tell who a person is.
fn telling(table: &RawTable, question: &Question) -> Vec<usize> {
    let alone = |column: &usize| column_tells_who(table, *column, &question.wording);
    match &question.form {
        // Boxes hold ticks, ranks are numbers, and items that share their points are no names.
        Form::Multi {
            cells: MultiCells::Split(_) | MultiCells::Counted { .. } | MultiCells::Coded(_),
            texts,
            ..
        } => texts.iter().copied().filter(alone).collect(),
        Form::MultiBattery { .. } | Form::Ranking { .. } | Form::Ordering { .. } | Form::Scores { .. } => {
            Vec::new()
        }
        Form::Battery { items, .. } => items
            .iter()
            .map(|item| item.column)
            .filter(|column| texts_tell_who(table.tally(*column)))
            .collect(),
        Form::Texts { items } | Form::Numbers { items } => items
            .iter()
            .filter(|item| alone(&item.column) || asks_who(&item.label))
            .map(|item| item.column)
            .collect(),
        form @ (Form::Single { .. } | Form::Multi { .. } | Form::Date { .. } | Form::Other { .. }) => {
            form.columns().into_iter().filter(alone).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_wordings_that_ask_who_are_known() {
        for text in [
            "Email Address",
            "E-mail",
            "Your full name",
            "What is your supervisor's name?",
            "Matric number",
            "RespondentID",
            "respondentid",
            "Respondent ID",
            "participant_id",
            "Student number",
            "IP Address",
            "ipaddr",
            "FirstName",
            "telephone",
            "Please give us the name of your doctor",
            "What is your address?",
            "Address",
            "id",
            "Date of birth",
            "Enter your SSN",
        ] {
            assert!(asks_who(text), "{text}");
        }
    }

    #[test]
    fn names_of_things_and_other_questions_are_not() {
        for text in [
            "What is the name of the course?",
            "Course name",
            "Name three things you like",
            "How often do you check your e-mail?",
            "Did the course address your needs?",
            "What do you use R for?",
            "Number of patients",
            "idea",
            "In which country do you work?",
            "Is a student the right person to record the number of patients?",
        ] {
            assert!(!asks_who(text), "{text}");
        }
    }

    #[test]
    fn cells_that_are_addresses_or_numbers_of_people_are_known() {
        let tells = |cells: &[&str]| tells_who(cells.iter().map(|cell| Some(*cell)));
        assert!(tells(&["", "no", "ann@example.org", "none"]));
        assert!(tells(&["192.0.2.1", "2001:db8::1", "unknown"]));
        assert!(tells(&["555-123-4567", "+44 20 7946 0018", "020 7946 0018"]));
        assert!(tells(&["3237565956", "3234982343"]));
        for others in [
            &["2019-03-04", "2020-01-01"][..],
            &["50000-99999", "50000-99999", "50000-99999", "100000-149999", "100000-149999"],
            &["51.5073509", "48.8566101"],
            &["12:30:45", "18-29", "1 000"],
            &["met @ noon. ok"],
            &[],
        ] {
            assert!(!tells(others), "{others:?}");
        }
    }
}
