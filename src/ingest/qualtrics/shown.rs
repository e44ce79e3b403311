//! Who was shown a question, where the export has the places at which its choices were displayed.

use std::collections::BTreeMap;

use crate::diag::{Diag, Place, codes};

use super::columns::{Columns, Group, Sheet};
use super::import_id::Part;

/// For each column of an answer the columns of places: all are blank where the question was not shown.
///
/// They are believed only if every answered row has a place. Where the order was made random later than the first
/// answers came in, a blank would say "not shown" of people who answered.
pub(super) fn columns(
    sheet: &Sheet<'_>,
    columns: &Columns,
    mark: Option<&str>,
    notes: &mut Vec<Diag>,
) -> BTreeMap<usize, Vec<usize>> {
    let mut shown = BTreeMap::new();
    let said = |row: usize, column: usize| sheet.table.cell(row, column).filter(|cell| Some(*cell) != mark);
    for ((round, question), places) in &columns.orders {
        let own = |group: &&Group| group.round == *round && group.question == *question;
        let answers: Vec<usize> = columns
            .groups
            .iter()
            .filter(own)
            .flat_map(|group| &group.members)
            .filter(|member| !matches!(member.part, Part::NpsGroup))
            .map(|member| member.column)
            .collect();
        let rows = 0..sheet.table.height();
        let placed = |row: usize| places.iter().any(|column| said(row, *column).is_some());
        if answers.is_empty() || !rows.clone().any(placed) {
            continue;
        }
        let odd = rows
            .filter(|row| !placed(*row) && answers.iter().any(|column| said(*row, *column).is_some()))
            .count();
        if odd == 0 {
            shown.extend(answers.into_iter().map(|column| (column, places.clone())));
        } else if let Some(place) = places.first() {
            let name = sheet.name(*place);
            let message = format!(
                "{odd} rows have an answer without a place in {name}, so its blanks do not say who was shown the question"
            );
            notes.push(Diag::note(codes::ASSUMED, Place::column(sheet.table.file(), name), message));
        }
    }
    shown
}
