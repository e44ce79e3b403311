//! The form of a question of several rows without a definition.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Choice, Form, Item, fold};
use crate::ingest::Cells;

use super::columns::Member;
use super::draft;
use super::import_id::Part;
use super::inferred::Maker;
use super::labels;

/// The most different values that items answered on one scale have; more are numbers.
pub(super) const MOST_POINTS: usize = 11;

impl Maker<'_> {
    /// One column for each row or choice: ticks, ranks, numbers, texts or points.
    pub(super) fn rows(&self, rows: &[&Member]) -> (String, Form) {
        let (wording, items) = self.labelled(rows);
        if self.are_ticks(rows, &items) {
            return self.ticks(rows);
        }
        let distinct: BTreeSet<&str> = rows.iter().flat_map(|member| self.said(member.column)).collect();
        let count: usize = rows.iter().map(|member| self.said_in(member.column)).sum();
        let numbers: Option<Vec<f64>> = distinct.iter().map(|cell| self.number(cell)).collect();
        let columns: Vec<usize> = rows.iter().map(|member| member.column).collect();
        let form = match numbers {
            Some(numbers) if !numbers.is_empty() => {
                let whole = numbers.iter().all(|number| number.fract().abs() < f64::EPSILON);
                if self.are_ranks(rows) {
                    Form::Ranking { items }
                } else if !whole || distinct.len() > MOST_POINTS {
                    Form::Numbers { items }
                } else {
                    Form::Battery { items, choices: self.choices(&columns, &distinct) }
                }
            }
            _ if distinct.len() > 2 * MOST_POINTS && distinct.len() * 2 > count => Form::Texts { items },
            _ => Form::Battery { items, choices: self.choices(&columns, &distinct) },
        };
        (wording, form)
    }

    /// Whether each column holds one text at most, which is a tick or the choice itself.
    fn are_ticks(&self, columns: &[&Member], items: &[Item]) -> bool {
        let mut ticked = false;
        for (member, item) in columns.iter().zip(items) {
            let values: BTreeSet<&str> = self.said(member.column).filter(|cell| *cell != "0").collect();
            match values.first() {
                None => {}
                Some(value) if values.len() == 1 => {
                    let own = match self.known.cells {
                        Cells::Codes => *value == "1",
                        Cells::Labels => fold(value) == fold(&item.label),
                    };
                    if !own {
                        return false;
                    }
                    ticked = true;
                }
                Some(_) => return false,
            }
        }
        ticked && columns.len() > 1
    }

    /// Whether the rows of the table hold different ranks from 1 up, several of them all ranks.
    fn are_ranks(&self, columns: &[&Member]) -> bool {
        let n = columns.len();
        let mut complete = 0_usize;
        for row in 0..self.sheet.table.height() {
            let cells = columns.iter().filter_map(|member| self.sheet.table.cell(row, member.column));
            let mut ranks: Vec<usize> = Vec::new();
            for cell in cells.filter(|cell| Some(*cell) != self.known.mark) {
                match cell.parse::<usize>() {
                    Ok(rank) if (1..=n).contains(&rank) && !ranks.contains(&rank) => ranks.push(rank),
                    _ => return false,
                }
            }
            complete += usize::from(ranks.len() == n);
        }
        n > 1 && complete >= 3
    }

    /// Rows and columns: ticks, numbers or texts.
    pub(super) fn cells(&self, cells: &[&Member]) -> (String, Form) {
        let distinct: BTreeSet<&str> = cells.iter().flat_map(|member| self.said(member.column)).collect();
        let numeric = distinct.iter().all(|cell| cell.parse::<f64>().is_ok());
        let one_each = cells.iter().all(|member| {
            let values: BTreeSet<&str> = self.said(member.column).filter(|cell| *cell != "0").collect();
            values.len() <= 1
        });
        if one_each
            && (!numeric || self.known.cells == Cells::Codes)
            && let Some(battery) = self.multi_battery(cells)
        {
            return battery;
        }
        let (wording, items) = self.labelled(cells);
        let form =
            if numeric && !distinct.is_empty() { Form::Numbers { items } } else { Form::Texts { items } };
        (wording, form)
    }

    fn multi_battery(&self, cells: &[&Member]) -> Option<(String, Form)> {
        let mut rows: Vec<(&str, Vec<&Member>)> = Vec::new();
        for member in cells {
            let Part::Answer(ids) = &member.part else { continue };
            let row = ids.first()?.as_str();
            match rows.iter_mut().find(|(id, _)| *id == row) {
                Some((_, members)) => members.push(member),
                None => rows.push((row, vec![member])),
            }
        }
        let answers: Vec<Vec<Option<&String>>> = rows
            .iter()
            .map(|(_, members)| members.iter().map(|member| second_id(member)).collect())
            .collect();
        let first = answers.first()?;
        if answers.iter().any(|ids| ids != first) {
            return None;
        }
        // Within a row the labels differ by the choice, and between rows their beginnings differ by the row.
        let split: Vec<(String, BTreeMap<usize, String>)> =
            rows.iter().map(|(_, members)| draft::texts(members, self.sheet)).collect();
        let beginnings: Vec<&str> = split.iter().map(|(wording, _)| wording.as_str()).collect();
        let (wording, labels) = labels::split(&beginnings, self.sheet.header.generation);
        let choices = rows.first()?.1.iter().zip(first).map(|(member, id)| {
            let label =
                split.first().and_then(|(_, labels)| labels.get(&member.column)).cloned().unwrap_or_default();
            let id = id.cloned().unwrap_or_else(|| label.clone());
            Choice { code: id.clone(), id, ..Choice::labelled(&label) }
        });
        let choices: Vec<Choice> = choices.collect();
        let columns: Vec<Vec<usize>> =
            rows.iter().map(|(_, members)| members.iter().map(|member| member.column).collect()).collect();
        let items = columns.iter().zip(labels).filter_map(|(columns, label)| {
            let column = *columns.first()?;
            let name = self.sheet.name(column);
            let id = name.rsplit_once('_').map_or(name, |(stem, _)| stem).to_owned();
            Some(Item { id, label, column })
        });
        Some((wording, Form::MultiBattery { items: items.collect(), columns, choices }))
    }
}

fn second_id(member: &Member) -> Option<&String> {
    match &member.part {
        Part::Answer(ids) => ids.get(1),
        _ => None,
    }
}
