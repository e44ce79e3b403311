//! The form of a matrix, or of a part of a side-by-side question, whose definition is known.

use crate::codebook::{Form, Item};
use crate::diag::Diag;
use crate::ingest::qsf::{Choice, Matrix};

use super::columns::Member;
use super::defined::{Maker, choice};
use super::draft;
use super::import_id::Part;

impl Maker<'_> {
    /// The form of a matrix with these columns; `None` if the group does not have such cells.
    pub(super) fn matrix(&self, matrix: Matrix, answers: &[Choice], notes: &mut Vec<Diag>) -> Option<Form> {
        let (rows, cells) = (draft::answers_at(self.group, 1), draft::answers_at(self.group, 2));
        match matrix {
            Matrix::Other(what) => Some(self.other(what)),
            Matrix::Single | Matrix::Multi if !cells.is_empty() => self.multi_battery(&cells, answers, notes),
            Matrix::Single | Matrix::Multi if !rows.is_empty() => {
                let items = draft::items(&rows, self.sheet, |member| self.row_label(member));
                Some(Form::Battery { items, choices: answers.iter().map(choice).collect() })
            }
            Matrix::Text | Matrix::Number => {
                // In older exports the cells of a text matrix are texts by their ids too.
                let texts = self
                    .group
                    .members
                    .iter()
                    .filter(|member| matches!(&member.part, Part::Text(ids) if ids.len() == 2));
                let members: Vec<&Member> = if cells.is_empty() { texts.collect() } else { cells };
                let members = if members.is_empty() { rows } else { members };
                let items = draft::items(&members, self.sheet, |member| self.cell_label(member, answers));
                if items.is_empty() {
                    return None;
                }
                Some(if matrix == Matrix::Text { Form::Texts { items } } else { Form::Numbers { items } })
            }
            Matrix::Single | Matrix::Multi | Matrix::Ranks => None,
        }
    }

    fn row_label(&self, member: &Member) -> String {
        let (Part::Answer(ids) | Part::Text(ids)) = &member.part else { return String::new() };
        ids.first()
            .and_then(|id| self.label(id))
            .unwrap_or_else(|| self.sheet.label(member.column).to_owned())
    }

    fn cell_label(&self, member: &Member, answers: &[Choice]) -> String {
        let row = self.row_label(member);
        let (Part::Answer(ids) | Part::Text(ids)) = &member.part else { return row };
        match ids.get(1).and_then(|id| answers.iter().find(|answer| answer.id == *id)) {
            Some(answer) => format!("{row}: {}", answer.label),
            None => row,
        }
    }

    fn multi_battery(&self, cells: &[&Member], answers: &[Choice], notes: &mut Vec<Diag>) -> Option<Form> {
        let mut rows: Vec<(String, Vec<&Member>)> = Vec::new();
        for member in cells {
            let Part::Answer(ids) = &member.part else { continue };
            let row = ids.first()?;
            match rows.iter_mut().find(|(id, _)| id == row) {
                Some((_, members)) => members.push(member),
                None => rows.push((row.clone(), vec![member])),
            }
        }
        let column_of = |members: &[&Member], answer: &Choice| {
            let is = |member: &&&Member| matches!(&member.part, Part::Answer(ids) if ids.get(1) == Some(&answer.id));
            members.iter().find(is).map(|member| member.column)
        };
        let (complete, partial): (Vec<&Choice>, Vec<&Choice>) = answers
            .iter()
            .partition(|answer| rows.iter().all(|(_, members)| column_of(members, answer).is_some()));
        for answer in partial {
            notes.push(
                self.mismatch(format!("choice \"{}\" does not have a column in every row", answer.label)),
            );
        }
        if complete.is_empty() {
            return None;
        }
        let columns: Vec<Vec<usize>> = rows
            .iter()
            .map(|(_, members)| complete.iter().filter_map(|answer| column_of(members, answer)).collect())
            .collect();
        let items = rows.iter().zip(&columns).filter_map(|((id, _), columns)| {
            let column = *columns.first()?;
            let name = self.sheet.name(column);
            let id_of_row = name.rsplit_once('_').map_or(name, |(stem, _)| stem).to_owned();
            Some(Item { id: id_of_row, label: self.label(id).unwrap_or_else(|| id.clone()), column })
        });
        Some(Form::MultiBattery {
            items: items.collect(),
            columns,
            choices: complete.into_iter().map(choice).collect(),
        })
    }
}
