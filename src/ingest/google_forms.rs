//! Google Forms: the linked sheet, or the download of the answers, with one header row of questions.

mod grids;
#[cfg(test)]
mod tests;

use crate::diag::{Diag, Noted, Place, codes};

use super::blocks::{Reader, Sheet, Tally};
use super::identity::{column_tells_who, may_identify};
use super::infer::{WholeNumbers, is_date};
use super::{Export, Grid, Platform};
use crate::codebook::wording::one_line;
use grids::Group;

/// The name of the first column in the languages of the form's owner.
const TIMESTAMPS: &[&str] = &[
    "Timestamp",
    "Zeitstempel",
    "Horodateur",
    "Marca temporal",
    "Carimbo de data/hora",
    "Informazioni cronologiche",
    "Tijdstempel",
    "Tidsstempel",
    "Tidst\u{e4}mpel",
    "Aikaleima",
    "Sygnatura czasowa",
    "Zaman damgas\u{131}",
    "\u{41e}\u{442}\u{43c}\u{435}\u{442}\u{43a}\u{430} \u{432}\u{440}\u{435}\u{43c}\u{435}\u{43d}\u{438}",
    "\u{41f}\u{43e}\u{437}\u{43d}\u{430}\u{447}\u{43a}\u{430} \u{447}\u{430}\u{441}\u{443}",
    "\u{10c}asov\u{e9} raz\u{ed}tko",
    "Id\u{151}b\u{e9}lyeg",
    "Marca de temps",
    "Stempel waktu",
    "D\u{1ea5}u th\u{1edd}i gian",
    "\u{30bf}\u{30a4}\u{30e0}\u{30b9}\u{30bf}\u{30f3}\u{30d7}",
    "\u{d0c0}\u{c784}\u{c2a4}\u{d0ec}\u{d504}",
    "\u{65f6}\u{95f4}\u{6233}\u{8bb0}",
    "\u{6642}\u{9593}\u{6233}\u{8a18}",
    "\u{65f6}\u{95f4}\u{6233}",
];

/// What the sheet writes between several answers, and what the download does.
const SEPARATORS: &[&str] = &[", ", ";"];

/// Columns that a quiz adds.
const SCORES: &[&str] =
    &["score", "total score", "punktzahl", "puntuaci\u{f3}n", "note", "punteggio", "pontua\u{e7}\u{e3}o"];

/// Says why a grid is that of a Google form, if it is one.
pub(super) fn detect(grid: &Grid) -> Option<String> {
    let header = grid.record(0)?;
    let first = one_line(header.cell(0));
    if !TIMESTAMPS.contains(&first.as_str()) || grid.width() < 2 {
        return None;
    }
    // Measurements have a time as well; questions have several words.
    let asks = |title: &&str| {
        let title = title.trim();
        title.contains(char::is_whitespace) || title.contains(['?', '\u{ff1f}', '\u{bf}'])
    };
    let titles: Vec<&str> = header.cells().skip(1).filter(|title| !title.trim().is_empty()).collect();
    let asked = titles.iter().filter(|title| asks(title)).count();
    let worded = first != "Timestamp" || asked * 2 >= titles.len();
    let times = grid.records().skip(1).all(|record| {
        let cell = record.cell(0).trim();
        cell.is_empty() || is_time(cell)
    });
    (worded && times)
        .then(|| format!("the first column is called \"{first}\" and holds times, and questions follow"))
}

/// Reads the answers to a form. Every column is a question, but for grids.
pub(super) fn read(grid: &Grid) -> Result<Noted<Export>, Vec<Diag>> {
    let Some(evidence) = detect(grid) else {
        let message = format!("{} is not of a Google form", grid.file());
        return Err(vec![Diag::error(codes::FORMAT_UNKNOWN, Place::file(grid.file()), message)]);
    };
    let Sheet { titles, names, table } = Sheet::of(grid);
    let reader = Reader { table: &table, numbers: WholeNumbers::Numbers };
    let mut export = Export::of_rows(Platform::GoogleForms, evidence, 1, table.clone());
    export.metadata.ended = Some(0);
    let mut notes: Vec<Diag> = repeated(&table, &titles, &names).into_iter().collect();
    for group in grids::of(&titles, &names, 1) {
        match group {
            Group::Scored(column) => export.metadata.rest.push(column),
            Group::One(column) if is_score(&table, &titles[column], column) => {
                export.metadata.rest.push(column);
            }
            Group::One(column) if column_tells_who(&table, column, &titles[column]) => {
                export.identifiers.push(column);
                notes.push(may_identify(&table, column, &names[column]));
            }
            Group::One(column) => {
                let (question, note) =
                    reader.read_with_words(column, &names[column], &titles[column], SEPARATORS);
                export.instrument.questions.push(question);
                notes.push(note);
            }
            Group::Grid(block) => {
                let drafts = grids::read(reader, &block, SEPARATORS);
                export.instrument.questions.extend(drafts.questions);
                notes.extend(drafts.notes);
            }
        }
    }
    Ok(Noted { value: export, notes })
}

/// Whether a column is the score of a quiz: `8 / 10`.
fn is_score(table: &super::RawTable, title: &str, column: usize) -> bool {
    let of = |text: &str| {
        text.split_once('/').is_some_and(|(points, most)| {
            points.trim().parse::<f64>().is_ok() && most.trim().parse::<f64>().is_ok()
        })
    };
    let tally = Tally::of(table, column);
    SCORES.contains(&title.to_lowercase().as_str())
        && !tally.is_blank()
        && tally.texts.keys().all(|text| of(text))
}

/// A date and a time, with what a sheet or a download writes after it: `2:03:04 PM GMT+2`.
fn is_time(cell: &str) -> bool {
    let (date, time) = cell.split_once([' ', 'T', ',']).unwrap_or((cell, ""));
    let time = time.trim();
    is_date(date.trim_end_matches(','))
        && (time.is_empty()
            || (time.contains([':', '.', '\u{6642}', '\u{65f6}'])
                && time.chars().any(|c| c.is_ascii_digit())
                && time.len() <= 40))
}

/// Says which questions have one title, and what they are called.
fn repeated(table: &super::RawTable, titles: &[String], names: &[String]) -> Option<Diag> {
    let called: Vec<String> = titles
        .iter()
        .zip(names)
        .enumerate()
        .filter(|(_, (title, name))| title != name)
        .map(|(column, (_, name))| format!("column {} is called \"{name}\"", column + 1))
        .collect();
    let message = format!("questions share a title or have none: {}", called.join(", "));
    (!called.is_empty()).then(|| Diag::warning(codes::DUPLICATE_COLUMN, Place::file(table.file()), message))
}
