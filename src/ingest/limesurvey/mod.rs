//! LimeSurvey: exports of codes or full answers under codes, texts or both, with or without the survey's structure.

mod cells;
mod columns;
mod defined;
mod header;
mod inferred;
mod lss;
mod metadata;
mod relevance;
mod structure;
mod tsv;

use std::collections::BTreeSet;

use crate::codebook::{Choice, Instrument, fold};
use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::placing::{Placed, some};
use super::{Cells, Export, Grid, Platform, RawTable, container, yes_or_no};
use columns::Role;
use header::{Headers, Style};
use metadata::About;
use structure::Structure;

/// Recognises an export by the columns that every one has, or by how its headers are made; says in words how.
pub(super) fn detect(grid: &Grid) -> Option<String> {
    let headers = Headers::of(grid);
    if metadata::marks(&headers.heads) >= 3 {
        return Some(match headers.style {
            Style::Verbatim => "its second row holds the codes id, submitdate and others".to_owned(),
            _ => "it has the columns of id, submit date, last page or start language".to_owned(),
        });
    }
    let named: Vec<&header::Head> = headers.heads.iter().filter(|head| !head.name.is_empty()).collect();
    let bases: BTreeSet<&str> = named.iter().map(|head| head.base.as_str()).collect();
    let parts = named.iter().filter(|head| !head.parts.is_empty()).count();
    // Numbered questions are named so by many tools; codes that say what is asked are LimeSurvey's.
    let telling = bases.iter().filter(|base| {
        let letters = base.trim_end_matches(|c: char| c.is_ascii_digit());
        letters.len() > 1 && !letters.ends_with('_')
    });
    match headers.style {
        Style::CodesAndTexts if parts > 1 => {
            Some("its headers are codes with parts in brackets, and texts".to_owned())
        }
        Style::CodesAndTexts if named.len() > 4 && telling.count() * 2 > bases.len() => {
            Some("its headers are codes and texts".to_owned())
        }
        Style::Codes if parts > 1 && parts * 4 > named.len() => {
            Some("its headers are codes with parts in brackets".to_owned())
        }
        _ => None,
    }
}

/// Whether a table is the structure of a survey, given in place of answers.
pub(super) fn is_definition(grid: &Grid) -> bool {
    tsv::is_structure(grid)
}

/// Whether a file is the structure of a survey as XML.
pub(super) fn is_lss(file: &FileId, bytes: &[u8]) -> bool {
    let start = bytes.get(..4096).unwrap_or(bytes);
    lss::is_lss(&container::decoded(file, start).value)
}

/// Whether a definition is the structure of a survey.
pub(super) fn is_structure(file: &FileId, bytes: &[u8]) -> bool {
    structure_of(file, bytes).is_ok()
}

fn structure_of(file: &FileId, bytes: &[u8]) -> Result<Structure, Vec<Diag>> {
    if container::decoded(file, bytes).value.trim_start().starts_with('<') {
        lss::read(file, bytes)
    } else {
        tsv::read(file, bytes)
    }
}

/// Reads an export, with the survey's structure if there is one.
///
/// Fails if the structure cannot be read, or is plainly that of another survey.
pub(super) fn read(grid: &Grid, definition: Option<(&FileId, &[u8])>) -> Result<Noted<Export>, Vec<Diag>> {
    let structure = definition.map(|(file, bytes)| structure_of(file, bytes)).transpose()?;
    let headers = Headers::of(grid);
    let evidence =
        detect(grid).unwrap_or_else(|| "its columns are in the structure of the survey".to_owned());
    let names = grid.record(0).map(|header| header.cells().map(str::to_owned).collect()).unwrap_or_default();
    let names = match headers.style {
        Style::Verbatim => headers.heads.iter().map(|head| head.name.clone()).collect(),
        _ => names,
    };
    let verbatim = headers.style == Style::Verbatim;
    let (table, guarded) = cells::table(grid, headers.rows(), names, verbatim);
    let mut notes: Vec<Diag> = cells::guards(&table, guarded).into_iter().collect();
    let certain = metadata::marks(&headers.heads) >= 3;
    let heads = headers.heads.iter().enumerate();
    let about: Vec<(usize, About)> =
        heads.filter_map(|(column, head)| Some((column, metadata::about(head, certain)?))).collect();
    notes.extend(without_dates(&table, &about));
    let mut other = rows_of_a_frame(&table);
    let rest: Vec<usize> = (0..table.names().len())
        .filter(|column| !other.contains(column) && !about.iter().any(|(known, _)| known == column))
        .collect();
    let mut not_shown = vec![cells::NOT_SHOWN];
    if is_in_full(&table, &rest) {
        not_shown.push(cells::NOT_APPLICABLE);
    }
    let (metadata, mut identifiers) = metadata::sort(&about);
    let (questions, cells) = match &structure {
        Some(structure) => {
            let placed = columns::place(&headers, structure);
            let unknown: Vec<usize> =
                rest.iter().copied().filter(|column| placed.roles[*column].is_none()).collect();
            notes.extend(mismatches(&table, structure, &placed, &unknown)?);
            other.extend(unknown);
            let cells = hold(&table, structure, &placed.roles);
            let mut built = defined::build(&table, structure, &placed.roles);
            notes.append(&mut built.notes);
            identifiers.append(&mut built.identifiers);
            (built.questions, cells)
        }
        None => {
            let cells = looks(&table, &rest);
            notes.extend(without_structure(&table, &about, cells));
            let mut built = inferred::build(&table, &headers, &rest, cells);
            notes.append(&mut built.notes);
            (built.questions, cells)
        }
    };
    let mut export = Export::of_rows(Platform::LimeSurvey, evidence, headers.rows(), table);
    export.instrument = Instrument { questions };
    export.metadata = metadata;
    other.sort_unstable();
    export.other_columns = other;
    identifiers.sort_unstable();
    identifiers.dedup();
    export.identifiers = identifiers;
    export.cells = cells;
    export.missing_codes =
        not_shown.iter().map(|mark| ((*mark).to_owned(), "not asked".to_owned())).collect();
    Ok(Noted { value: export, notes })
}

/// A first column without a name that numbers the rows, as data frames write one.
fn rows_of_a_frame(table: &RawTable) -> Vec<usize> {
    let unnamed = table.names().first().is_some_and(|name| name.trim().is_empty());
    let numbers: BTreeSet<&str> = table.column(0).flatten().collect();
    let counted = numbers.len() == table.height() && numbers.iter().all(|cell| cell.parse::<u32>().is_ok());
    if unnamed && counted { vec![0] } else { Vec::new() }
}

/// What to say where the survey was set to keep no times.
fn without_dates(table: &RawTable, about: &[(usize, About)]) -> Option<Diag> {
    let (column, _) = about.iter().find(|(_, about)| *about == About::Submitted)?;
    let kept = table.tally(*column).any(|(cell, _)| !cell.starts_with("1980-01-01"));
    if kept || table.tally(*column).next().is_none() {
        return None;
    }
    let message = "every submit date is 1980-01-01, which LimeSurvey writes where it keeps no times: it says that a response was submitted, not when";
    let place = Place::column(table.file(), &table.names()[*column]);
    Some(Diag::note(codes::ASSUMED, place, message))
}

/// What to say where no structure was given.
fn without_structure(table: &RawTable, about: &[(usize, About)], cells: Cells) -> Vec<Diag> {
    let message = "no survey structure was given";
    let help = "give the structure of the survey (.lss) as definition: it knows kinds, wordings, answers that nobody gave and conditions";
    let mut notes = vec![Diag::note(codes::CHOICES_INFERRED, Place::file(table.file()), message).help(help)];
    let language = about.iter().find(|(_, about)| *about == About::Language);
    if let Some((column, _)) = language.filter(|_| cells == Cells::Labels) {
        let languages: BTreeSet<&str> = table.tally(*column).map(|(text, _)| text).collect();
        if languages.len() > 1 {
            let message = format!(
                "full answers are written in the language of the respondent, and there are {}: one answer in two languages is read as two",
                languages.len()
            );
            let place = Place::column(table.file(), &table.names()[*column]);
            notes.push(Diag::warning(codes::ASSUMED, place, message).help(help));
        }
    }
    notes
}

/// Whether the export writes full answers and so marks what was not shown: some column holds nothing but yes, no and that
/// mark, which nobody can have typed there.
fn is_in_full(table: &RawTable, columns: &[usize]) -> bool {
    columns.iter().any(|column| {
        let cells: BTreeSet<&str> = table.tally(*column).map(|(text, _)| text.trim()).collect();
        let worded = |cell: &&str| cell.parse::<f64>().is_err() && yes_or_no(cell).is_some();
        cells.contains(cells::NOT_APPLICABLE)
            && cells.len() > 1
            && cells.iter().all(|cell| *cell == cells::NOT_APPLICABLE || worded(cell))
    })
}

/// Whether cells look like codes: some column holds codes of LimeSurvey's own and nothing else.
fn looks(table: &RawTable, columns: &[usize]) -> Cells {
    let is_code = |cell: &str| {
        matches!(cell, "Y" | "N" | "-oth-")
            || cell.strip_prefix(['A', 'L']).is_some_and(|number| {
                (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
            })
    };
    let coded = columns.iter().any(|column| {
        let texts = table.tally(*column).map(|(text, _)| text);
        let mut cells = texts.filter(|cell| *cell != cells::NOT_SHOWN).peekable();
        cells.peek().is_some() && cells.all(|cell| is_code(cell.trim()))
    });
    if coded { Cells::Codes } else { Cells::Labels }
}

/// Whether cells hold codes or full answers: what more of the cells that are either say.
fn hold(table: &RawTable, structure: &Structure, roles: &[Option<Role>]) -> Cells {
    let (mut codes, mut labels) = (0_usize, 0_usize);
    for (column, role) in roles.iter().enumerate() {
        let Some(role) = role else { continue };
        let question = &structure.questions[role.question];
        let choices = match question.kind {
            'M' | 'P' => continue,
            'R' => question.ranked(),
            _ => question.choices(0),
        };
        let distinct: BTreeSet<&str> = table.tally(column).map(|(text, _)| text.trim()).collect();
        for cell in distinct {
            let says = |choice: &Choice| {
                fold(&choice.label) == fold(cell) || choice.also.iter().any(|also| fold(also) == fold(cell))
            };
            let code = choices.iter().any(|choice| choice.code == cell);
            let label = choices.iter().any(says);
            codes += usize::from(code && !label);
            labels += usize::from(label && !code);
        }
    }
    if labels > codes { Cells::Labels } else { Cells::Codes }
}

/// What the export has and the structure lacks, and the other way round.
fn mismatches(
    table: &RawTable,
    structure: &Structure,
    placed: &Placed<Role>,
    unknown: &[usize],
) -> Result<Vec<Diag>, Vec<Diag>> {
    let names = |columns: &[usize]| {
        some(&columns.iter().map(|column| table.names()[*column].as_str()).collect::<Vec<_>>())
    };
    // Half is far below what renamed or added questions explain, and far above what two surveys share by chance.
    if unknown.len() > placed.known() + 1 {
        let message = format!(
            "{} of {} columns are not in the structure, such as {}",
            unknown.len(),
            table.names().len(),
            names(unknown)
        );
        let help = format!("{} seems to be another survey; give the structure of this one", structure.file);
        let diag = Diag::error(codes::DEFINITION_MISMATCH, Place::file(table.file()), message);
        return Err(vec![diag.help(help)]);
    }
    let mut notes = Vec::new();
    let mut warn = |place: Place, message: String, help: &str| {
        notes.push(Diag::warning(codes::DEFINITION_MISMATCH, place, message).help(help));
    };
    let absent: Vec<usize> =
        unknown.iter().copied().filter(|column| !placed.undecided.contains(column)).collect();
    if !absent.is_empty() {
        let message = format!("columns that are not in the structure ({}): {}", absent.len(), names(&absent));
        let help = "they are kept as text and not analysed; they may have been added after the export, or the structure is older";
        warn(Place::file(table.file()), message, help);
    }
    if !placed.undecided.is_empty() {
        let message = format!(
            "columns that several questions could have ({}): {}",
            placed.undecided.len(),
            names(&placed.undecided)
        );
        warn(Place::file(table.file()), message, "export with question codes as headings");
    }
    let there: BTreeSet<usize> = placed.roles.iter().flatten().map(|role| role.question).collect();
    let without: Vec<&str> = structure
        .questions
        .iter()
        .enumerate()
        .filter(|(position, question)| question.kind != 'X' && !there.contains(position))
        .map(|(_, question)| question.code.as_str())
        .collect();
    if !without.is_empty() {
        let message =
            format!("questions that have no column in the export ({}): {}", without.len(), some(&without));
        warn(Place::file(&structure.file), message, "export all questions, or leave it so");
    }
    Ok(notes)
}

#[cfg(test)]
mod tests;
