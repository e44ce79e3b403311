//! What a roster tells of the people invited, as coded levels: never a key, a name or any other text of one person.

use std::collections::BTreeMap;

use crate::codebook::{slug, unique_slugs};
use crate::diag::{Diag, codes, nearest};
use crate::findings::Named;
use crate::ingest::{RawTable, column_tells_who};
use crate::study::{Roster, Spanned, Study};

use super::roster::column;

/// One thing that a roster tells of everybody invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its id: the words of the column's name.
    pub id: String,
    /// The column's name.
    pub label: String,
    /// Its levels in the order of the study file, else of their texts.
    pub levels: Vec<Named>,
    /// For each person the position of the level; none where the cell is blank.
    pub codes: Vec<Option<u16>>,
}

/// Columns of a roster being read.
pub(super) struct Columns<'a> {
    columns: Vec<Column<'a>>,
}

struct Column<'a> {
    name: &'a Spanned<String>,
    order: &'a [Spanned<String>],
    position: usize,
    /// Each text once, in the order met, and for every person its number.
    texts: BTreeMap<String, u32>,
    cells: Vec<Option<u32>>,
}

impl<'a> Columns<'a> {
    pub(super) fn new(study: &Study, roster: &'a Roster, table: &RawTable, problems: &mut Vec<Diag>) -> Self {
        let columns = roster.attributes.iter().filter_map(|(name, order)| {
            let position = column(study, table, name, problems)?;
            if name.value == roster.key.value || column_tells_who(table, position, &name.value) {
                let message = format!("column \"{}\" may tell who a person is", name.value);
                let diag = study.error(codes::STUDY_BAD_VALUE, &name.span, message);
                problems.push(diag.help("an attribute describes people, such as a year or a site"));
                return None;
            }
            Some(Column { name, order, position, texts: BTreeMap::new(), cells: Vec::new() })
        });
        Self { columns: columns.collect() }
    }

    /// Adds a person.
    pub(super) fn add(&mut self, table: &RawTable, row: usize) {
        for column in &mut self.columns {
            let text = table.cell(row, column.position).map_or("", str::trim);
            let number = (!text.is_empty()).then(|| match column.texts.get(text) {
                Some(number) => *number,
                None => {
                    let next = u32::try_from(column.texts.len()).unwrap_or(u32::MAX);
                    column.texts.insert(text.to_owned(), next);
                    next
                }
            });
            column.cells.push(number);
        }
    }

    pub(super) fn finish(self, study: &Study, problems: &mut Vec<Diag>) -> Vec<Attribute> {
        self.columns.into_iter().filter_map(|column| column.finish(study, problems)).collect()
    }
}

impl Column<'_> {
    /// The attribute; a problem for a column that tells people apart instead of describing them.
    fn finish(self, study: &Study, problems: &mut Vec<Diag>) -> Option<Attribute> {
        let told = self.cells.iter().flatten().count();
        // Nearly every person with a text of their own: a name, an address, a date of birth.
        if self.texts.len() > 2 && 2 * self.texts.len() > told || self.texts.len() > usize::from(u16::MAX) {
            let message = format!(
                "column \"{}\" holds {} texts for {told} people: it tells them apart and does not describe them",
                self.name.value,
                self.texts.len()
            );
            let diag = study.error(codes::STUDY_BAD_VALUE, &self.name.span, message);
            problems.push(diag.help("name a column of few levels, such as a year or a site"));
            return None;
        }
        let mut labels: Vec<&str> = self.order.iter().map(|level| level.value.trim()).collect();
        for text in self.texts.keys() {
            if self.order.is_empty() {
                labels.push(text);
            } else if !labels.contains(&text.as_str()) {
                let message = format!(
                    "column \"{}\" holds \"{text}\", which is none of its levels here",
                    self.name.value
                );
                let diag = study.error(codes::STUDY_BAD_VALUE, &self.name.span, message);
                problems.push(match nearest(text, labels.iter().copied()) {
                    Some(near) => diag.help(format!("did you mean \"{near}\"?")),
                    None => {
                        diag.help("list every level, or none: they then stand in the order of their texts")
                    }
                });
                return None;
            }
        }
        let position = |text: &str| labels.iter().position(|label| *label == text);
        let code_of: BTreeMap<u32, u16> = self
            .texts
            .iter()
            .filter_map(|(text, number)| Some((*number, u16::try_from(position(text)?).ok()?)))
            .collect();
        let ids = unique_slugs(labels.iter().copied(), &["test"]);
        Some(Attribute {
            id: slug(&self.name.value),
            label: self.name.value.clone(),
            levels: ids
                .into_iter()
                .zip(&labels)
                .map(|(id, label)| Named { id, label: (*label).to_owned() })
                .collect(),
            codes: self
                .cells
                .iter()
                .map(|cell| cell.and_then(|number| code_of.get(&number).copied()))
                .collect(),
        })
    }
}
