//! Several versions of a form in one export: what a version did not ask, its people were not asked.

use std::collections::BTreeMap;

use crate::codebook::{Condition, Question};
use crate::diag::{Diag, Place, codes};
use crate::ingest::RawTable;

use super::columns_of;
use super::metadata::About;

/// Makes it unknown whether a question was asked where some version of the form has no answer to it at all.
///
/// A blank there may be that of a person who skipped the question or of a version without it, and the export has no list
/// of its versions' questions.
pub(super) fn doubt(table: &RawTable, about: &[(usize, About)], questions: &mut [Question]) -> Option<Diag> {
    let (column, _) = about.iter().find(|(_, about)| *about == About::Version)?;
    let mut versions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, version) in table.column(*column).enumerate() {
        versions.entry(version.unwrap_or_default()).or_default().push(row);
    }
    if versions.len() < 2 {
        return None;
    }
    let answered = |rows: &Vec<usize>, columns: &[usize]| {
        rows.iter().any(|row| columns.iter().any(|column| table.cell(*row, *column).is_some()))
    };
    let mut doubted = 0;
    for question in questions {
        let columns = columns_of(question);
        let everywhere = versions.values().all(|rows| answered(rows, &columns));
        if columns.is_empty() || everywhere {
            continue;
        }
        doubted += 1;
        let unknown = Condition::Unknown("whether this version of the form asked it".to_owned());
        question.asked_if = Some(match question.asked_if.take() {
            Some(own) => Condition::All(vec![own, unknown]),
            None => unknown,
        });
    }
    let message = format!(
        "the answers are of {} versions of the form; questions that some version has no answer to ({doubted}) may not have been part of it, so their blanks are not explained",
        versions.len()
    );
    let place = Place::column(table.file(), &table.names()[*column]);
    Some(Diag::note(codes::CONDITION_UNKNOWN, place, message))
}
