//! What codes are called, where a file has its answers twice: as codes and as labels.

use std::collections::BTreeMap;

use crate::diag::{Diag, Place, codes};

use super::columns::Sheet;

/// For a column, its texts with what each is called in the column that repeats it.
pub(super) type Names = BTreeMap<usize, BTreeMap<String, String>>;

/// Reads the columns of labels that stand beside columns of codes.
pub(super) fn names(sheet: &Sheet<'_>, twins: &BTreeMap<usize, usize>, notes: &mut Vec<Diag>) -> Names {
    let mut names = Names::new();
    for (column, twin) in twins {
        let pairs = sheet.table.column(*column).zip(sheet.table.column(*twin));
        let pairs = pairs.filter_map(|(cell, name)| Some((cell?, name?)));
        names.insert(*column, agreed(sheet, *column, pairs, notes));
    }
    names
}

/// What each text of a column is always called. One that is called two things is called neither.
pub(super) fn agreed<'a>(
    sheet: &Sheet<'_>,
    column: usize,
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
    notes: &mut Vec<Diag>,
) -> BTreeMap<String, String> {
    let mut called: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (text, name) in pairs {
        let known = called.entry(text).or_insert(Some(name));
        if *known != Some(name) {
            *known = None;
        }
    }
    let doubtful = called.values().filter(|name| name.is_none()).count();
    if doubtful > 0 {
        let message = format!(
            "{doubtful} of the {} texts of {} stand beside several labels, so they keep their own",
            called.len(),
            sheet.name(column)
        );
        let place = Place::column(sheet.table.file(), sheet.name(column));
        notes.push(
            Diag::warning(codes::SAME_CHOICE_TWICE, place, message)
                .help("give the survey's .qsf to know which is which"),
        );
    }
    let agreed = called.into_iter().filter_map(|(text, name)| Some((text.to_owned(), name?.to_owned())));
    agreed.collect()
}
