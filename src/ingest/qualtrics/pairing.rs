//! Two exports of one survey, one of codes and one of choice texts: joined by response, each says what the other means.

use std::collections::BTreeMap;

use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::Grid;

use super::columns::{self, Columns, Sheet};
use super::header::Header;
use super::import_id::Part;
use super::twins::{self, Names};

/// The share of responses, in percent, that the two must have in common.
const LEAST_SHARED: usize = 60;

/// What the texts of columns are called in the other export. Fails if it is of other responses.
pub(super) fn names(
    sheet: &Sheet<'_>,
    columns: &Columns,
    other: &Grid,
    header: &Header,
    notes: &mut Vec<Diag>,
) -> Result<Names, Vec<Diag>> {
    let table = other.table(header.rows, header.names.clone());
    let theirs = Sheet { header, table: &table };
    let their_record = columns::sort(&theirs, None).metadata.record;
    let (Some(record), Some(their_record)) = (columns.metadata.record, their_record) else {
        return Err(refused(sheet, other.file(), "one of the two has no ids of responses"));
    };
    let rows: BTreeMap<&str, usize> =
        table.column(their_record).enumerate().filter_map(|(row, id)| Some((id?, row))).collect();
    let shared: Vec<(usize, usize)> =
        sheet.table.column(record).enumerate().filter_map(|(row, id)| Some((row, *rows.get(id?)?))).collect();
    let all = sheet.table.height();
    if shared.len() * 100 < all * LEAST_SHARED {
        return Err(refused(sheet, other.file(), &format!("they share {} of {all} responses", shared.len())));
    }
    let mut names = Names::new();
    let members = columns.groups.iter().flat_map(|group| &group.members);
    for member in members.filter(|member| matches!(member.part, Part::Answer(_))) {
        let Some(their_column) = same(sheet, member.column, &theirs) else { continue };
        let pairs = shared.iter().filter_map(|(row, their_row)| {
            Some((sheet.table.cell(*row, member.column)?, table.cell(*their_row, their_column)?))
        });
        // A column that says the same in both has no codes: a text, a number, a rank.
        let called = twins::agreed(sheet, member.column, pairs, notes);
        if called.iter().any(|(text, name)| text != name) {
            names.insert(member.column, called);
        }
    }
    let message = format!(
        "what {} columns say is also known from {}, joined by {} responses",
        names.len(),
        other.file(),
        shared.len()
    );
    notes.push(Diag::note(codes::DEFINITION_MATCHED, Place::file(other.file()), message));
    Ok(names)
}

/// The column of the other export with the same id, or the same name where one of the two has no ids.
fn same(sheet: &Sheet<'_>, column: usize, theirs: &Sheet<'_>) -> Option<usize> {
    match (&sheet.header.ids, &theirs.header.ids) {
        (Some(own), Some(ids)) => {
            let wanted = own.get(column)?.as_ref()?;
            ids.iter().position(|id| id.as_ref() == Some(wanted))
        }
        _ => theirs.header.names.iter().position(|name| name == sheet.name(column)),
    }
}

fn refused(sheet: &Sheet<'_>, other: &FileId, why: &str) -> Vec<Diag> {
    let message = format!("{other} does not explain {}: {why}", sheet.table.file());
    let diag = Diag::error(codes::DEFINITION_MISMATCH, Place::file(other), message);
    vec![
        diag.help(
            "give the survey's .qsf, or the export of the same responses with the other setting of values",
        ),
    ]
}
