//! The records of a REDCap project, which can have several rows each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diag, Place, codes};
use crate::ingest::Export;

/// How many records the rows belong to, and what tells rows of one record apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Records {
    /// Different record ids; people, where a record is a person.
    pub records: u64,
    /// Different events, if the project has events.
    pub events: Option<u64>,
    /// Different repeating forms, if the project repeats any.
    pub repeated_forms: Option<u64>,
}

const EVENT: [&str; 2] = ["redcap_event_name", "Event Name"];
const REPEATED: [&str; 2] = ["redcap_repeat_instrument", "Repeat Instrument"];
const INSTANCE: [&str; 2] = ["redcap_repeat_instance", "Repeat Instance"];

/// Counts the records of a project whose rows are not records, and says what to do about it.
pub(super) fn count(export: &Export) -> Option<(Records, Diag)> {
    if !export.platform.is_redcap() {
        return None;
    }
    let record = export.metadata.record?;
    let table = &export.table;
    let position = |names: [&str; 2]| names.iter().find_map(|name| named(export, name));
    let (event, repeated) = (position(EVENT), position(REPEATED));
    let records = distinct(export, record).len() as u64;
    let rows = table.height() as u64;
    if event.or(repeated).or(position(INSTANCE)).is_none() && records == rows {
        return None;
    }
    let different = |column: usize| distinct(export, column).len() as u64;
    let found = Records {
        records,
        events: event.map(different),
        repeated_forms: repeated.map(different).filter(|forms| *forms > 0),
    };
    let message = format!("{rows} rows of {}: a row is not a person", counted(records, "record"));
    let diag = Diag::warning(codes::ROWS_NOT_PEOPLE, Place::file(table.file()), message);
    Some((found, diag.help(remedy(export, event, repeated))))
}

/// The column that tells rows of one record apart, and its most frequent text: the event or repeating form to take
/// where a study needs one row of each record.
pub fn one_row_of_each(export: &Export) -> Option<(String, String)> {
    count(export)?;
    let position = |names: [&str; 2]| names.iter().find_map(|name| named(export, name));
    let (column, value) = telling(export, position(EVENT), position(REPEATED))?;
    Some((column.to_owned(), value.to_owned()))
}

fn telling(export: &Export, event: Option<usize>, repeated: Option<usize>) -> Option<(&str, &str)> {
    let column = event.or(repeated)?;
    Some((export.table.names().get(column)?.trim(), most_frequent(export, column)?))
}

fn remedy(export: &Export, event: Option<usize>, repeated: Option<usize>) -> String {
    match telling(export, event, repeated) {
        Some((column, value)) => {
            let key = if column.contains(' ') { format!("\"{column}\"") } else { column.to_owned() };
            format!(
                "analyse one row of each record: where = {{ {key} = \"{value}\" }} in the group of the study file"
            )
        }
        None => "the record id repeats; declare in the study file which row of each record counts".to_owned(),
    }
}

/// The text of most rows; of several the first of the file, which in a project is the first event.
fn most_frequent(export: &Export, column: usize) -> Option<&str> {
    let mut rows: BTreeMap<&str, (usize, Reverse<usize>)> = BTreeMap::new();
    let cells = export.table.column(column).enumerate();
    for (row, cell) in
        cells.filter_map(|(row, cell)| Some((row, cell?.trim()))).filter(|(_, cell)| !cell.is_empty())
    {
        rows.entry(cell).or_insert((0, Reverse(row))).0 += 1;
    }
    rows.into_iter().max_by_key(|(_, count)| *count).map(|(cell, _)| cell)
}

fn named(export: &Export, name: &str) -> Option<usize> {
    export.table.names().iter().position(|column| column.trim() == name)
}

fn distinct(export: &Export, column: usize) -> BTreeSet<&str> {
    export.table.column(column).flatten().map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

fn counted(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::ingest;

    fn records(text: &str) -> Option<(Records, Diag)> {
        count(&ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap().value)
    }

    #[test]
    fn rows_of_events_are_counted_by_record() {
        let text = "record_id,redcap_event_name,sex,base_complete\n1,first_arm_1,1,2\n1,a_last_arm_1,1,2\n2,first_arm_1,1,0\n";
        let (found, diag) = records(text).unwrap();
        assert_eq!(found, Records { records: 2, events: Some(2), repeated_forms: None });
        assert_eq!(diag.message, "3 rows of 2 records: a row is not a person");
        assert!(diag.help.unwrap().contains("where = { redcap_event_name = \"first_arm_1\" }"));
    }

    #[test]
    fn a_record_that_repeats_is_told_and_one_row_for_each_is_not() {
        assert_eq!(records("record_id,sex,base_complete\n1,1,2\n1,2,2\n").unwrap().0.records, 1);
        assert!(records("record_id,sex,base_complete\n1,1,2\n2,2,2\n").is_none());
        assert!(records("id,sex\n1,1\n1,2\n").is_none());
    }
}
