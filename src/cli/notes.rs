//! What was noted, worst first, with notes that say the same of many places brought together.

use std::fmt::Write as _;

use serde::Serialize;

use crate::cli::wrap::hang;
use crate::diag::{Asks, Diag, Folded, Place, Severity, Sources, fold};

/// What stands before a note: two blanks, its code, two blanks.
const INDENT: usize = 8;

/// A note for machines.
#[derive(Debug, Serialize)]
pub(super) struct NoteRecord<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    place: String,
    help: Option<&'a str>,
}

impl<'a> NoteRecord<'a> {
    pub(super) fn of(note: &'a Diag) -> Self {
        Self {
            code: note.code.as_str(),
            severity: match note.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            message: &note.message,
            place: note.place.to_string(),
            help: note.help.as_deref(),
        }
    }
}

/// The same, each in a text that people write at the line on which it starts.
pub(super) fn on_their_lines(diags: &[Diag], sources: &Sources) -> Vec<Diag> {
    diags.iter().map(|diag| Diag { place: diag.place.on_its_line(sources), ..diag.clone() }).collect()
}

/// What assumptions are called before there is a study in which they can be decided, one and several.
pub(super) const TO_DECIDE: [&str; 2] = ["thing to decide", "things to decide"];

/// The notes as text, worst first: the problems, what is to be decided, what to know.
pub(super) fn notes(notes: &[Diag], assumed: [&'static str; 2]) -> String {
    let folded = fold(notes);
    let mut text = String::new();
    let headed = [
        (Asks::Mending, "problem", "problems"),
        (Asks::Deciding, assumed[0], assumed[1]),
        (Asks::Knowing, "thing to know", "things to know"),
    ];
    for (of, one, several) in headed {
        let these: Vec<&Folded<'_>> = folded.iter().filter(|folded| folded.asks() == of).collect();
        if these.is_empty() {
            continue;
        }
        let noun = if these.len() == 1 { one } else { several };
        let _ = writeln!(text, "\n{} {noun}", these.len());
        for folded in these {
            text.push_str(&entry(folded));
        }
    }
    text
}

fn entry(folded: &Folded<'_>) -> String {
    let first = folded.first;
    let several = folded.of_columns();
    let message = several.as_deref().unwrap_or(&first.message);
    let mut text = hang(&format!("  {:<6}", first.code.as_str()), message, INDENT);
    let indent = " ".repeat(INDENT);
    let place = match (&several, &first.place) {
        (Some(_), place) => place.file_id().map(|file| file.short().to_owned()),
        (None, Place::Nowhere) => None,
        (None, place) => Some(short(place)),
    };
    let others = if several.is_some() { String::new() } else { folded.elsewhere() };
    if let Some(place) = place {
        text.push_str(&hang(&indent, &format!("{place}{others}"), INDENT));
    }
    if let Some(help) = &first.help {
        text.push_str(&hang(&format!("{indent}help: "), help, INDENT + 6));
    }
    text
}

/// A place with the last part of the file's name: which file it is stands above.
pub(super) fn short(place: &Place) -> String {
    let file = place.file_id().map_or(0, |file| file.as_str().len() - file.short().len());
    place.to_string().split_off(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileId, codes};

    #[test]
    fn notes_that_say_the_same_of_columns_are_one() {
        let file = FileId::new("data/a.csv");
        let note = |column: &str, what: &str| {
            let message = format!("\"{column}\" is read as {what}");
            Diag::note(codes::ASSUMED, Place::column(&file, column), message)
        };
        let text =
            notes(&[note("age", "numbers"), note("why", "free text"), note("size", "numbers")], TO_DECIDE);
        assert_eq!(
            text,
            "\n2 things to decide\n  I011  2 columns are read as numbers: age, size\n        a.csv\n  I011  \"why\" is read as free text\n        a.csv, column why\n"
        );
        let many: Vec<Diag> = (0..25).map(|n| note(&format!("q{n}"), "dates")).collect();
        assert!(notes(&many, TO_DECIDE).contains("q11, and 13 more\n"), "{}", notes(&many, TO_DECIDE));
    }

    #[test]
    fn a_repeated_problem_is_told_once_with_an_example_and_stands_first() {
        let file = FileId::new("a.csv");
        let cell = |line, column: &str| {
            let place = Place::cell(&file, line, column);
            Diag::warning(codes::BAD_RANK, place, format!("{line} ranks of question {column} repeat"))
                .help("look")
        };
        let know = Diag::note(codes::RECODED, Place::file(&file), "1 cell was folded");
        assert_eq!(
            notes(&[cell(7, "Q4_1"), know, cell(12, "Q5_1")], TO_DECIDE),
            "\n1 problem\n  D004  7 ranks of question Q4_1 repeat\n        a.csv:7, column Q4_1; and 1 more like it: Q5_1\n        help: look\n\n1 thing to know\n  D010  1 cell was folded\n        a.csv\n"
        );
    }
}
