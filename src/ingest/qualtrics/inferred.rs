//! The form of a question without a definition, from its columns' ids and its cells.

use std::collections::BTreeSet;

use crate::codebook::{Choice, Form, Item, MultiCells};
use crate::diag::{Diag, Place, codes};
use crate::ingest::Cells;

use super::columns::{Group, Member, Sheet};
use super::defined::zero_to_ten;
use super::draft::{self, Draft};
use super::import_id::Part;
use super::joined;
use super::labels;
use super::rows::MOST_POINTS;
use super::several;
use super::twins::Names;

/// What is known of the whole file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    /// Labels or codes.
    pub(super) cells: Cells,
    /// The mark of a seen but unanswered question.
    pub(super) mark: Option<&'a str>,
    /// Whether the columns have import ids: a single column is then a choice, since a text says that it is one.
    pub(super) has_ids: bool,
    /// Whether numbers are written with a decimal comma.
    pub(super) commas: bool,
    /// What the texts of columns are called.
    pub(super) names: &'a Names,
}

/// Drafts a group by what its columns hold.
pub(super) fn drafts(group: &Group, sheet: &Sheet<'_>, known: Known<'_>) -> Vec<Draft> {
    let maker = Maker { group, sheet, known };
    several::inferred(group, sheet).unwrap_or_else(|| vec![draft(&maker)])
}

fn draft(maker: &Maker<'_>) -> Draft {
    let (group, sheet) = (maker.group, maker.sheet);
    let (wording, form) = maker.form();
    let mut notes = Vec::new();
    if matches!(
        form,
        Form::Single { .. } | Form::Battery { .. } | Form::Multi { cells: MultiCells::Joined { .. }, .. }
    ) {
        let message =
            format!("the choices of {} are those that somebody chose", draft::tag(group, sheet, None));
        notes.push(
            maker
                .note(codes::CHOICES_INFERRED, message)
                .help("give the survey's .qsf to know all of them, and their order"),
        );
    }
    if matches!(form, Form::Ranking { .. }) {
        let message = "every row holds different ranks from 1, so this is read as a ranking";
        notes.push(maker.note(codes::ASSUMED, message.to_owned()).help("give the survey's .qsf to know it"));
    }
    Draft { suffix: String::new(), wording, form, defined: false, notes }
}

/// Makes the form of a group by what it holds.
pub(super) struct Maker<'a> {
    /// The columns.
    pub(super) group: &'a Group,
    /// The export.
    pub(super) sheet: &'a Sheet<'a>,
    /// What is known of the whole file.
    pub(super) known: Known<'a>,
}

impl Maker<'_> {
    fn note(&self, code: crate::diag::Code, message: String) -> Diag {
        let column = self.group.members.first().map_or("", |member| self.sheet.name(member.column));
        Diag::note(code, Place::column(self.sheet.table.file(), column), message)
    }

    fn form(&self) -> (String, Form) {
        let (wholes, rows, cells) = (
            draft::answers_at(self.group, 0),
            draft::answers_at(self.group, 1),
            draft::answers_at(self.group, 2),
        );
        let ticks: Vec<&Member> =
            self.group.members.iter().filter(|member| matches!(member.part, Part::Tick(_))).collect();
        if let Some(whole) = wholes.first() {
            return self.whole(whole.column);
        }
        if !ticks.is_empty() {
            return self.ticks(&ticks);
        }
        if !cells.is_empty() {
            return self.cells(&cells);
        }
        if !rows.is_empty() {
            return self.rows(&rows);
        }
        let texts: Vec<&Member> =
            self.group.members.iter().filter(|member| matches!(member.part, Part::Text(_))).collect();
        if texts.is_empty() {
            let columns = self.group.members.iter().map(|member| member.column).collect();
            let what = match self.group.members.first().map(|member| &member.part) {
                Some(Part::File) => "uploaded file",
                Some(Part::InGroup(..) | Part::RankIn(..)) => "pick, group and rank",
                _ => "not recognised",
            };
            let (wording, _) = draft::texts(&self.group.members.iter().collect::<Vec<_>>(), self.sheet);
            return (wording, Form::Other { columns, what });
        }
        if let [only] = texts.as_slice() {
            let label = self.sheet.label(only.column).to_owned();
            return (
                label.clone(),
                Form::Texts { items: draft::items(&texts, self.sheet, |_| label.clone()) },
            );
        }
        let (wording, items) = self.labelled(&texts);
        (wording, Form::Texts { items })
    }

    /// The choices that texts of these columns make, with what they are called where a column beside them says it.
    pub(super) fn choices(&self, columns: &[usize], texts: &BTreeSet<&str>) -> Vec<Choice> {
        let mut choices = in_order(texts);
        for choice in &mut choices {
            let mut names =
                columns.iter().filter_map(|column| self.known.names.get(column)?.get(&choice.label));
            if let Some(name) = names.next().cloned() {
                match self.known.cells {
                    Cells::Codes => choice.label = name,
                    Cells::Labels => choice.code = name,
                }
            }
        }
        choices
    }

    /// A cell as a number.
    pub(super) fn number(&self, cell: &str) -> Option<f64> {
        let cell = if self.known.commas { cell.replace(',', ".") } else { cell.to_owned() };
        cell.parse().ok()
    }

    /// The texts of a column that say something.
    pub(super) fn said(&self, column: usize) -> impl Iterator<Item = &str> {
        self.sheet.tally(column).map(|(cell, _)| cell).filter(move |cell| Some(*cell) != self.known.mark)
    }

    /// How many cells of a column say something.
    pub(super) fn said_in(&self, column: usize) -> usize {
        let said = self.sheet.tally(column).filter(|(cell, _)| Some(*cell) != self.known.mark);
        said.map(|(_, count)| usize::try_from(count).unwrap_or(usize::MAX)).sum()
    }

    pub(super) fn labelled(&self, members: &[&Member]) -> (String, Vec<Item>) {
        let (wording, texts) = draft::texts(members, self.sheet);
        let items = draft::items(members, self.sheet, |member| {
            texts.get(&member.column).cloned().unwrap_or_default()
        });
        (wording, items)
    }

    /// A single column: one choice, several in one cell, or without import ids perhaps a text or number.
    fn whole(&self, column: usize) -> (String, Form) {
        let wording = labels::of_choice_column(self.sheet.label(column)).to_owned();
        let texts = draft::text_columns(self.group);
        if self.group.members.iter().any(|member| member.part == Part::NpsGroup) {
            return (wording, Form::Single { column, choices: zero_to_ten(), texts });
        }
        let distinct: BTreeSet<&str> = self.said(column).collect();
        if let Some((separator, parts)) = joined::parts(&distinct, self.known.cells) {
            let cells = MultiCells::Joined { column, separator: separator.into() };
            return (wording, Form::Multi { cells, choices: self.choices(&[column], &parts), texts });
        }
        let items = || vec![Item { id: self.sheet.name(column).to_owned(), label: wording.clone(), column }];
        if !self.known.has_ids {
            let count = self.said_in(column);
            let is_numeric = distinct.iter().all(|cell| cell.parse::<f64>().is_ok());
            let is_text = match self.known.cells {
                Cells::Codes => !is_numeric,
                Cells::Labels => distinct.len() > MOST_POINTS && distinct.len() * 2 > count,
            };
            if is_numeric && distinct.len() > MOST_POINTS {
                return (wording.clone(), Form::Numbers { items: items() });
            }
            if is_text {
                return (wording.clone(), Form::Texts { items: items() });
            }
        }
        (wording, Form::Single { column, choices: self.choices(&[column], &distinct), texts })
    }

    pub(super) fn ticks(&self, ticks: &[&Member]) -> (String, Form) {
        let (wording, items) = self.labelled(ticks);
        let choices = ticks.iter().zip(&items).map(|(member, item)| {
            let id = first_id(member);
            Choice { code: id.clone(), id, ..Choice::labelled(&item.label) }
        });
        let choices = choices.collect();
        let cells = MultiCells::Split(ticks.iter().map(|member| member.column).collect());
        (wording, Form::Multi { cells, choices, texts: draft::text_columns(self.group) })
    }
}

fn first_id(member: &Member) -> String {
    match &member.part {
        Part::Answer(ids) | Part::Text(ids) => ids.first().cloned().unwrap_or_default(),
        Part::Tick(id) => id.clone(),
        _ => String::new(),
    }
}

/// Choices by number where all are numbers, else by text: the order of the rows decides nothing.
fn in_order(texts: &BTreeSet<&str>) -> Vec<Choice> {
    let mut texts: Vec<&str> = texts.iter().copied().collect();
    let numbers: Option<Vec<f64>> = texts.iter().map(|text| text.parse().ok()).collect();
    if numbers.is_some() {
        let number = |text: &&str| text.parse::<f64>().unwrap_or(f64::MAX);
        texts.sort_by(|a, b| number(a).total_cmp(&number(b)).then(a.cmp(b)));
    }
    texts.into_iter().map(Choice::labelled).collect()
}
