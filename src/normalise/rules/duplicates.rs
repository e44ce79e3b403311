//! Several responses of one person, of which one is kept.

use std::collections::BTreeMap;

use crate::diag::{Diag, codes};
use crate::ingest::RawTable;
use crate::normalise::roster;
use crate::study::{Keep, Spanned};

use super::{Judged, NotApplied, Subject};

/// When a response came in, by what the export says of it; responses of one moment are told apart by their record and
/// then by what they say.
type Moment<'a> = (&'a str, &'a str, Vec<&'a str>);

impl<'a> Subject<'a> {
    /// Responses of a person of whom another one is kept.
    pub(super) fn duplicates(
        &self,
        by: &[Spanned<String>],
        keep: Keep,
        left: &[usize],
    ) -> Result<Judged, NotApplied> {
        let table = &self.export.table;
        let mut problems = Vec::new();
        let columns: Vec<usize> =
            by.iter().filter_map(|name| roster::column(self.study, table, name, &mut problems)).collect();
        if let Some(problem) = problems.into_iter().next() {
            return Err(problem.into());
        }
        let mut responses: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (row, person) in left.iter().zip(self.repeated(&columns, left)) {
            if let Some(person) = person {
                responses.entry(person).or_default().push(*row);
            }
        }
        let mut out = Vec::new();
        for rows in responses.values() {
            let Some(kept) = self.kept(by, keep, rows)? else { continue };
            let what = format!("same person as line {}, which is kept", table.line(kept));
            out.extend(rows.iter().filter(|row| **row != kept).map(|row| (*row, what.clone())));
        }
        out.sort_unstable();
        Ok(Judged { out, unjudged: None })
    }

    /// For each row the number of its person, if several rows have the same texts in all the columns.
    fn repeated(&self, columns: &[usize], left: &[usize]) -> Vec<Option<u32>> {
        let persons = persons(&self.export.table, columns, left);
        let mut counts: Vec<u64> = Vec::new();
        let place = |person: u32| usize::try_from(person).ok();
        for at in persons.iter().flatten().copied().filter_map(place) {
            counts.resize(counts.len().max(at + 1), 0);
            counts[at] += 1;
        }
        let several = |person: &u32| place(*person).is_some_and(|at| counts.get(at).is_some_and(|n| *n > 1));
        persons.into_iter().map(|person| person.filter(several)).collect()
    }

    /// Which of one person's responses is kept.
    fn kept(&self, by: &[Spanned<String>], keep: Keep, rows: &[usize]) -> Result<Option<usize>, Diag> {
        let answered = |row: usize| self.completeness.get(row).map_or(0, |counted| counted.answered);
        let mut best: Option<(Moment<'a>, usize)> = None;
        for row in rows {
            let moment = self.moment(by, keep, *row)?;
            let better = match &best {
                None => true,
                Some((known, kept)) => match keep {
                    Keep::First => moment < *known,
                    Keep::Last => moment > *known,
                    // Of equally complete responses the earliest.
                    Keep::MostComplete => {
                        answered(*row) > answered(*kept)
                            || (answered(*row) == answered(*kept) && moment < *known)
                    }
                },
            };
            if better {
                best = Some((moment, *row));
            }
        }
        Ok(best.map(|(_, row)| row))
    }

    /// When a response came in: never by its place in the file, which a re-sorted copy changes.
    fn moment(&self, by: &[Spanned<String>], keep: Keep, row: usize) -> Result<Moment<'a>, Diag> {
        let table = &self.export.table;
        let metadata = &self.export.metadata;
        let cell =
            |column: Option<usize>| column.and_then(|column| table.cell(row, column)).map_or("", str::trim);
        let time = [metadata.ended, metadata.started]
            .into_iter()
            .map(cell)
            .find(|time| !time.is_empty())
            .unwrap_or("");
        if keep != Keep::MostComplete && !is_iso_date(time) {
            let message = format!(
                "which response came first is not known: line {} has no date and time",
                table.line(row)
            );
            let span = by.first().map(|name| name.span.clone()).unwrap_or_default();
            let diag = self.study.error(codes::STUDY_BAD_EXCLUSION, &span, message);
            return Err(diag.help("dates must read like 2021-02-28 14:05:00; or keep = \"most-complete\""));
        }
        let mut cells: Vec<&str> =
            (0..table.names().len()).filter_map(|column| table.cell(row, column)).collect();
        cells.sort_unstable();
        Ok((time, cell(metadata.record), cells))
    }
}

/// For each row the number of its person, by the texts in columns of these names. Rows without a text in one of them
/// cannot be known to belong to one person.
pub(in crate::normalise) fn persons_by(
    table: &RawTable,
    by: &[Spanned<String>],
    rows: &[usize],
) -> Vec<Option<u32>> {
    let columns: Option<Vec<usize>> = by.iter().map(|name| table.position(&name.value)).collect();
    columns.map_or_else(|| vec![None; rows.len()], |columns| persons(table, &columns, rows))
}

/// For each row the number of its person, by the texts in columns.
fn persons(table: &RawTable, columns: &[usize], rows: &[usize]) -> Vec<Option<u32>> {
    let mut persons: Vec<Option<u32>> = vec![Some(0); rows.len()];
    for column in columns {
        // A column at a time, so that a key of several texts is never put together.
        let mut known: BTreeMap<(u32, &str), u32> = BTreeMap::new();
        for (person, row) in persons.iter_mut().zip(rows) {
            let text = table.cell(*row, *column).map(str::trim).filter(|text| !text.is_empty());
            *person = person.zip(text).map(|key| {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(key).or_insert(next)
            });
        }
    }
    persons
}

/// Whether a text begins with a date that sorts as text.
pub(in crate::normalise) fn is_iso_date(text: &str) -> bool {
    let shape =
        |(byte, pattern): (u8, u8)| if pattern == b'0' { byte.is_ascii_digit() } else { byte == pattern };
    text.len() >= 10 && text.bytes().zip(*b"0000-00-00").all(shape)
}
