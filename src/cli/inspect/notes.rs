//! What was noted, with notes that say the same of many columns brought together.

use std::collections::BTreeMap;

use crate::cli::ui::counted;
use crate::cli::wrap::{cut, long_lines};
use crate::diag::{Code, Diag, FileId, Place, Severity, Sources, codes, render};

/// How many columns a note names before the rest are counted.
const COLUMNS_NAMED: usize = 20;
/// A column's name is as long as a question in some exports; here it only says which is meant.
const NAME_WIDTH: usize = 40;

/// The notes as text, counted by how serious they are.
pub(super) fn notes(notes: &[Diag]) -> String {
    let count = |severity| notes.iter().filter(|note| note.severity == severity).count() as u64;
    let head = [
        counted(count(Severity::Error), "problem"),
        counted(count(Severity::Warning), "warning"),
        counted(count(Severity::Note), "note"),
    ];
    format!("{}\n{}", head.join(", "), long_lines(&render(&fold(notes), &Sources::new(), false)))
}

/// What is said, and in which file.
type Said<'a> = (Code, &'a FileId, String);

/// One note for all columns of a file of which the same is said.
fn fold(notes: &[Diag]) -> Vec<Diag> {
    let mut same: BTreeMap<Said<'_>, Vec<(&Diag, &str)>> = BTreeMap::new();
    let mut folded: Vec<Diag> = Vec::new();
    for note in notes {
        match &note.place {
            Place::Column { file, column } if note.severity == Severity::Note => {
                same.entry((note.code, file, said(note, column))).or_default().push((note, column));
            }
            _ => folded.push(note.clone()),
        }
    }
    for ((code, file, said), noted) in same {
        let Some((first, _)) = noted.first() else { continue };
        if noted.len() == 1 {
            folded.push((*first).clone());
            continue;
        }
        let mut names: Vec<String> =
            noted.iter().take(COLUMNS_NAMED).map(|(_, column)| cut(column, NAME_WIDTH)).collect();
        if noted.len() > COLUMNS_NAMED {
            names.push(format!("and {} more", noted.len() - COLUMNS_NAMED));
        }
        let message = format!("{} columns {said}: {}", noted.len(), names.join(", "));
        folded.push(Diag { message, help: first.help.clone(), ..Diag::note(code, Place::file(file), "") });
    }
    folded
}

/// What a note says of its column, as it is said of several.
fn said(note: &Diag, column: &str) -> String {
    if note.code == codes::CHOICES_INFERRED {
        return "have choices inferred from the answers".to_owned();
    }
    if note.code == codes::MAY_IDENTIFY {
        return "may tell who a person is, so nothing of them is ever shown".to_owned();
    }
    match note.message.strip_prefix(&format!("\"{column}\" is ")) {
        Some(what) => format!("are {what}"),
        None => format!("({})", note.message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_that_say_the_same_of_columns_are_one() {
        let file = FileId::new("a.csv");
        let note = |column: &str, what: &str| {
            Diag::note(
                codes::ASSUMED,
                Place::column(&file, column),
                format!("\"{column}\" is read as {what}"),
            )
        };
        let text = notes(&[note("age", "numbers"), note("why", "free text"), note("size", "numbers")]);
        assert!(text.starts_with("0 problems, 0 warnings, 3 notes\n"), "{text}");
        assert!(
            text.contains("note[I011]: 2 columns are read as numbers: age, size\n --> a.csv\n"),
            "{text}"
        );
        assert!(
            text.contains("note[I011]: \"why\" is read as free text\n --> a.csv, column why\n"),
            "{text}"
        );
        let many: Vec<Diag> = (0..25).map(|n| note(&format!("q{n}"), "dates")).collect();
        assert!(notes(&many).contains("q19, and 5 more\n"), "{}", notes(&many));
    }
}
