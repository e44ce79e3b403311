//! Keys of a coding that stand in several exports: whose text was coded, nobody can tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diag, FileId};
use crate::ingest::Export;
use crate::study::{Group, Study};

use super::bind::bind;
use super::coded_text::{CodingList, Codings, of_no_text};
use super::people::{columns, received};

/// Takes out of codings the keys by which texts were written in several exports, and says how many they are. A key that
/// stands several times in one export is told where its texts are coded.
pub fn of_several_exports(study: &Study, exports: &[(&Group, &Export)], codings: &mut Codings) -> Vec<Diag> {
    let mut notes = Vec::new();
    for declared in &study.questions {
        let (Some(coding), Some(list)) = (&declared.coding, codings.get_mut(&declared.id)) else { continue };
        let mut files: BTreeMap<&str, BTreeSet<&FileId>> = BTreeMap::new();
        for (group, export) in exports {
            for key in written(study, group, export, &declared.id, &coding.link.value) {
                files.entry(key).or_default().insert(export.table.file());
            }
        }
        let several = files.into_iter().filter(|(_, files)| files.len() > 1).map(|(key, _)| key);
        let lines: Vec<u32> = several.filter_map(|key| list.take(key)).collect();
        notes.extend(of_no_text(coding, &lines, CodingList::OF_SEVERAL));
    }
    notes
}

/// The keys of the rows of a group in which something was written in answer to a question. What cannot be bound was said
/// where it was.
fn written<'a>(study: &Study, group: &Group, export: &'a Export, question: &str, link: &str) -> Vec<&'a str> {
    let table = &export.table;
    let (Ok(bound), Ok(rows), Some(link)) =
        (bind(study, group, export), received(study, group, export), table.position(link))
    else {
        return Vec::new();
    };
    let Some((declared, bound)) = bound.into_iter().find(|(declared, _)| declared.id == question) else {
        return Vec::new();
    };
    let is_text = |text: &str| {
        let text = text.trim();
        !text.is_empty() && !declared.missing.iter().any(|(missing, _)| missing.value == text)
    };
    let columns = columns(&bound);
    let wrote = |row: &usize| columns.iter().any(|column| table.cell(*row, *column).is_some_and(is_text));
    rows.into_iter().filter(wrote).filter_map(|row| table.cell(row, link).map(str::trim)).collect()
}
