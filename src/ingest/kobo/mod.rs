//! KoboToolbox and ODK: exports with XML values or labels, with or without their XLSForm.

mod columns;
mod metadata;
mod multi;
mod questions;
mod undefined;
mod versions;

use std::collections::BTreeSet;

use crate::codebook::{Choice, Form, Instrument, Question, fold};
use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::xlsform::{self, Definition, Kind};
use super::{Cells, Export, Grid, Platform, RawTable};
use columns::{Aligned, Role};
use metadata::About;

/// Recognises an export by columns that only these platforms add; says in words how.
pub(super) fn detect(grid: &Grid) -> Option<String> {
    let header = grid.record(0)?;
    let names: Vec<&str> = header.cells().collect();
    match metadata::marks(&names).as_slice() {
        [one, other, ..] => {
            Some(format!("it has the columns {} and {}", metadata::bare(one), metadata::bare(other)))
        }
        _ => None,
    }
}

/// Whether a definition is an XLSForm.
pub(super) fn is_form(file: &FileId, bytes: &[u8]) -> bool {
    xlsform::read(file, bytes).is_ok()
}

/// Reads an export, with its XLSForm if there is one.
///
/// Fails if the form cannot be read, or is plainly another.
pub(super) fn read(grid: &Grid, definition: Option<(&FileId, &[u8])>) -> Result<Noted<Export>, Vec<Diag>> {
    let names: Vec<String> =
        grid.record(0).map(|header| header.cells().map(str::to_owned).collect()).unwrap_or_default();
    let mut notes = Vec::new();
    let mut export = match definition {
        None => undefined::read(grid.table(1, names), &mut notes),
        Some((file, bytes)) => {
            let form = xlsform::read(file, bytes)?.note_into(&mut notes);
            defined(grid.table(1, names), &form, &mut notes)?
        }
    };
    export.identifiers.sort_unstable();
    export.identifiers.dedup();
    Ok(Noted { value: export, notes })
}

/// The questions of the form, each with its columns.
fn defined(table: RawTable, form: &Definition, notes: &mut Vec<Diag>) -> Result<Export, Vec<Diag>> {
    let aligned = columns::align(table.names(), form);
    let about = columns::about(table.names(), &aligned.roles, form);
    let unknown: Vec<usize> = (0..table.names().len())
        .filter(|column| aligned.roles[*column].is_none())
        .filter(|column| !about.iter().any(|(known, _)| known == column))
        .collect();
    notes.extend(mismatches(&table, form, &aligned, &unknown)?);
    let cells = cells(&table, form, &aligned);
    let mut built = questions::build(&table, form, &aligned.roles, cells);
    notes.append(&mut built.notes);
    notes.extend(children(&table, &about));
    let known = aligned.roles.iter().flatten().count();
    let what = if aligned.by_labels { "labels" } else { "names" };
    let evidence = format!("{known} of {} columns have {what} of the form", table.names().len());
    notes.extend(versions::doubt(&table, &about, &mut built.questions));
    let mut export = Export::of_rows(Platform::Kobo, evidence, 1, table);
    export.instrument = Instrument { questions: built.questions };
    (export.metadata, export.identifiers) = metadata::sort(&about);
    export.identifiers.extend(built.identifiers);
    export.other_columns = [unknown, built.repeats].concat();
    export.other_columns.sort_unstable();
    export.cells = cells;
    Ok(export)
}

/// What the export has and the form lacks, and the other way round.
fn mismatches(
    table: &RawTable,
    form: &Definition,
    aligned: &Aligned,
    unknown: &[usize],
) -> Result<Vec<Diag>, Vec<Diag>> {
    let answers = aligned.roles.iter().flatten().count();
    let named: Vec<&str> = unknown.iter().map(|column| table.names()[*column].as_str()).collect();
    // Half is far below what renamed or added questions explain, and far above what two forms share by chance.
    if unknown.len() > answers + 1 {
        let message = format!(
            "{} of {} columns are not in the form, such as {}",
            unknown.len(),
            table.names().len(),
            some(&named)
        );
        let help = if form.lacks_choices() {
            format!(
                "{} has no choices; give the XLSForm as a workbook with the sheets survey and choices",
                form.file
            )
        } else {
            format!("{} seems to be another form; give the one of this export", form.file)
        };
        let diag = Diag::error(codes::DEFINITION_MISMATCH, Place::file(table.file()), message);
        return Err(vec![diag.help(help)]);
    }
    let mut notes = Vec::new();
    let mut warn = |place: Place, message: String, help: &str| {
        notes.push(Diag::warning(codes::DEFINITION_MISMATCH, place, message).help(help));
    };
    if !named.is_empty() {
        let message = format!("columns that are not in the form ({}): {}", named.len(), some(&named));
        let help = "they are kept as text and not analysed; they may be of another version of the form, or added later";
        warn(Place::file(table.file()), message, help);
    }
    if !aligned.undecided.is_empty() {
        let names: Vec<&str> = aligned.undecided.iter().map(String::as_str).collect();
        let message =
            format!("columns that several questions could have ({}): {}", names.len(), some(&names));
        let help = "export with the names of the groups, and XML values for names";
        warn(Place::file(table.file()), message, help);
    }
    let (repeated, absent): (Vec<usize>, Vec<usize>) =
        absent(form, aligned).into_iter().partition(|field| form.fields[*field].repeated);
    let names = |fields: &[usize]| {
        some(&fields.iter().map(|field| form.fields[*field].name.as_str()).collect::<Vec<_>>())
    };
    if !absent.is_empty() {
        let message =
            format!("questions that have no column in the export ({}): {}", absent.len(), names(&absent));
        warn(Place::file(&form.file), message, "they may be of another version of the form");
    }
    if !repeated.is_empty() {
        let message = format!(
            "questions within repeats, without a column here ({}): {}",
            repeated.len(),
            names(&repeated)
        );
        let help = "each repeat has a sheet of its own, with a row for each round: it is another table";
        warn(Place::file(&form.file), message, help);
    }
    Ok(notes)
}

/// The questions without a column, by position.
fn absent(form: &Definition, aligned: &Aligned) -> Vec<usize> {
    let of = |role: &Role| match role {
        Role::Field(field)
        | Role::Tick { field, .. }
        | Role::OtherText(field)
        | Role::Cell { field, .. }
        | Role::Part(field) => *field,
    };
    let there: BTreeSet<usize> = aligned.roles.iter().flatten().map(of).collect();
    let asks = |kind: &Kind| !matches!(kind, Kind::Metadata | Kind::Note | Kind::Calculate);
    let fields = form.fields.iter().enumerate();
    fields
        .filter(|(position, field)| asks(&field.kind) && !there.contains(position))
        .map(|(position, _)| position)
        .collect()
}

/// A few of several names.
fn some(names: &[&str]) -> String {
    const NAMED: usize = 5;
    let more = names.len().saturating_sub(NAMED);
    let named = names.iter().take(NAMED).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    if more == 0 { named } else { format!("{named} and {more} more") }
}

/// Whether cells hold the names of choices or their labels: what more of the cells that are either say.
fn cells(table: &RawTable, form: &Definition, aligned: &Aligned) -> Cells {
    let (mut codes, mut labels) = (0_usize, 0_usize);
    for (column, role) in aligned.roles.iter().enumerate() {
        let Some(Role::Field(field)) = role else { continue };
        let field = &form.fields[*field];
        if field.kind != Kind::One {
            continue;
        }
        let distinct: BTreeSet<&str> = table.tally(column).map(|(text, _)| text.trim()).collect();
        for cell in distinct {
            let is_code = field.choices.iter().any(|choice| choice.code == cell);
            let says = |choice: &Choice| {
                fold(&choice.label) == fold(cell) || choice.also.iter().any(|also| also == cell)
            };
            codes += usize::from(is_code);
            labels += usize::from(field.choices.iter().any(says));
        }
    }
    let by_names = codes == labels && !aligned.by_labels;
    if codes > labels || by_names { Cells::Codes } else { Cells::Labels }
}

/// Rows of a repeat are not people.
fn children(table: &RawTable, about: &[(usize, About)]) -> Option<Diag> {
    let (column, _) = about.iter().find(|(_, about)| *about == About::Parent)?;
    let message = "the rows belong to those of another sheet: each is one round of a repeat, not one person";
    let help = "give the sheet of the people; counts over these rows are counts of rounds";
    let place = Place::column(table.file(), &table.names()[*column]);
    Some(Diag::warning(codes::ROWS_NOT_PEOPLE, place, message).help(help))
}

/// The columns of a question, for the parts that look at cells.
fn columns_of(question: &Question) -> Vec<usize> {
    match &question.form {
        Form::Other { .. } => Vec::new(),
        form => form.columns(),
    }
}

#[cfg(test)]
mod tests;
