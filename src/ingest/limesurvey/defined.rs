//! The questions of a survey's structure, with the columns in which their answers stand.

use std::collections::BTreeSet;

use crate::codebook::{Choice, Condition, Form, Item, MultiCells, OrderCells, Question};
use crate::diag::{Diag, Place, codes};
use crate::ingest::infer::{self, Inferred, WholeNumbers};
use crate::ingest::{RawTable, identity, logic, yes_or_no};

use super::columns::{Part, Role};
use super::relevance::Names;
use super::structure::{Asked, Structure, choice};

/// What the questions of a structure are in an export.
#[derive(Default)]
pub(super) struct Built {
    pub(super) questions: Vec<Question>,
    pub(super) identifiers: Vec<usize>,
    pub(super) notes: Vec<Diag>,
}

/// Builds the questions in the order of the survey.
pub(super) fn build(table: &RawTable, structure: &Structure, roles: &[Option<Role>]) -> Built {
    let names = Names::of(structure);
    let mut builder = Builder { table, built: Built::default() };
    for (position, question) in structure.questions.iter().enumerate() {
        let own = roles.iter().enumerate().filter_map(|(column, role)| {
            role.filter(|role| role.question == position).map(|role| (role.part, column))
        });
        let own: Vec<(Part, usize)> = own.collect();
        if own.is_empty() {
            continue;
        }
        let mut asked_if = names.condition(question);
        if let Some(unknown) = asked_if.as_ref().and_then(logic::first_unknown) {
            let message =
                format!("the condition of \"{}\" has a part that is not followed: {unknown}", question.code);
            builder.built.notes.push(Diag::note(
                codes::CONDITION_UNKNOWN,
                Place::file(&structure.file),
                message,
            ));
        }
        let filtered = ["array_filter", "array_filter_exclude"];
        if question.rows.iter().any(|row| row.conditional)
            || filtered.iter().any(|name| question.attributes.get(*name).is_some_and(|text| !text.is_empty()))
        {
            let unknown = Condition::Unknown("each of its rows has a condition".to_owned());
            asked_if = logic::all(asked_if.into_iter().chain([unknown]).collect());
        }
        builder.question(question, &own, asked_if.as_ref());
    }
    builder.built
}

struct Builder<'a> {
    table: &'a RawTable,
    built: Built,
}

impl Builder<'_> {
    fn question(&mut self, question: &Asked, own: &[(Part, usize)], asked_if: Option<&Condition>) {
        let texts: Vec<usize> = own
            .iter()
            .filter(|(part, _)| matches!(part, Part::Other | Part::Comment))
            .map(|(_, column)| *column)
            .collect();
        if question.kind == '1' {
            self.scales(question, own, asked_if);
            return;
        }
        let Some(form) = self.form(question, own, texts) else { return };
        self.tell_who(question, &form);
        self.push(question.code.clone(), question, form, asked_if);
    }

    fn push(&mut self, id: String, question: &Asked, form: Form, asked_if: Option<&Condition>) {
        self.built.questions.push(Question {
            id,
            native: Some(question.qid.clone()).filter(|qid| !qid.is_empty()),
            wording: question.wording(),
            form,
            asked_if: asked_if.cloned(),
            defined: true,
        });
    }

    fn form(&mut self, question: &Asked, own: &[(Part, usize)], texts: Vec<usize>) -> Option<Form> {
        let whole = own.iter().find(|(part, _)| *part == Part::Whole).map(|(_, column)| *column);
        let item = |column| vec![Item { id: question.code.clone(), label: question.wording(), column }];
        let columns = || own.iter().map(|(_, column)| *column).collect::<Vec<_>>();
        Some(match question.kind {
            'L' | '!' | 'O' | 'Z' | 'W' | '5' | 'Y' | 'G' | 'I' => {
                let column = whole?;
                Form::Single { column, choices: self.spelled(question, &[column]), texts }
            }
            'A' | 'B' | 'C' | 'E' | 'F' | 'H' => {
                let items = rows(question, own);
                let columns: Vec<usize> = items.iter().map(|item| item.column).collect();
                Form::Battery { items, choices: self.spelled(question, &columns) }
            }
            'M' | 'P' => multi(question, own, texts),
            'N' => Form::Numbers { items: item(whole?) },
            'S' | 'T' | 'U' => Form::Texts { items: item(whole?) },
            'K' => Form::Numbers { items: rows(question, own) },
            'Q' => Form::Texts { items: rows(question, own) },
            'D' => Form::Date { column: whole? },
            ':' if question.is_set("multiflexible_checkbox") => boxes(question, own),
            ':' => Form::Numbers { items: cells(question, own) },
            ';' => Form::Texts { items: cells(question, own) },
            'R' => ordering(question, own),
            '*' => {
                let column = whole?;
                match infer::infer_tally(self.table.tally(column), WholeNumbers::Numbers) {
                    Inferred::Numbers => Form::Numbers { items: item(column) },
                    _ => Form::Texts { items: item(column) },
                }
            }
            '|' => {
                self.built.identifiers.extend(columns());
                Form::Other { columns: columns(), what: "files" }
            }
            'X' => Form::Other { columns: columns(), what: "a text to read" },
            _ => Form::Other { columns: columns(), what: "of an unknown type" },
        })
    }

    /// The choices of a question; yes and no as its cells spell them in the language of the export, or as 1 and 2.
    fn spelled(&self, question: &Asked, columns: &[usize]) -> Vec<Choice> {
        let mut choices = question.choices(0);
        if question.kind != 'Y' {
            return choices;
        }
        let cells: BTreeSet<&str> = columns
            .iter()
            .flat_map(|column| self.table.tally(*column))
            .map(|(text, _)| text.trim())
            .collect();
        for cell in &cells {
            let said = match *cell {
                "1" if cells.contains("2") => Some(true),
                "2" => Some(false),
                cell => yes_or_no(cell),
            };
            if let Some(yes) = said {
                choices[usize::from(!yes)].also.push((*cell).to_owned());
            }
        }
        choices
    }

    /// A row for each item and two scales: a battery for each scale.
    fn scales(&mut self, question: &Asked, own: &[(Part, usize)], asked_if: Option<&Condition>) {
        for scale in 0..2 {
            let items: Vec<Item> = own
                .iter()
                .filter_map(|(part, column)| match part {
                    Part::Scaled(row, of) if *of == scale => {
                        let row = &question.rows[*row];
                        let id = format!("{}[{}][{}]", question.code, row.code, scale + 1);
                        Some(Item { id, label: row.wording(), column: *column })
                    }
                    _ => None,
                })
                .collect();
            if !items.is_empty() {
                let form = Form::Battery { items, choices: question.choices(scale) };
                self.push(format!("{}[{}]", question.code, scale + 1), question, form, asked_if);
            }
        }
    }

    /// Notes the columns that can tell who somebody is, of questions that anybody can answer in own words.
    fn tell_who(&mut self, question: &Asked, form: &Form) {
        let wording = question.wording();
        let alone = |column: &usize| identity::column_tells_who(self.table, *column, &wording);
        let tells = |item: &&Item| alone(&item.column) || identity::asks_who(&item.label);
        let found: Vec<usize> = match form {
            Form::Texts { items } | Form::Numbers { items } => {
                items.iter().filter(tells).map(|item| item.column).collect()
            }
            Form::Single { texts, .. } | Form::Multi { texts, .. } => {
                texts.iter().copied().filter(|column| alone(column)).collect()
            }
            _ => Vec::new(),
        };
        self.built.identifiers.extend(found);
    }
}

/// A ranking: the item on each place.
fn ordering(question: &Asked, own: &[(Part, usize)]) -> Form {
    let place = |(part, column): &(Part, usize)| match part {
        Part::Place(place) => Some((*place, *column)),
        _ => None,
    };
    let mut places: Vec<(usize, usize)> = own.iter().filter_map(place).collect();
    places.sort_unstable();
    let columns = places.into_iter().map(|(_, column)| column).collect();
    Form::Ordering { cells: OrderCells::Places(columns), choices: question.ranked() }
}

/// A multiple choice: a box for each row, and for "Other" the text itself.
fn multi(question: &Asked, own: &[(Part, usize)], texts: Vec<usize>) -> Form {
    let mut columns = Vec::new();
    let mut choices = Vec::new();
    for (part, column) in own {
        match part {
            Part::Row(row) => {
                choices.push(choice(&question.rows[*row].code, &question.rows[*row].texts));
                columns.push(*column);
            }
            Part::Other => {
                choices.push(question.other_choice("other"));
                columns.push(*column);
            }
            _ => {}
        }
    }
    let texts = texts.into_iter().filter(|column| !columns.contains(column)).collect();
    Form::Multi { cells: MultiCells::Split(columns), choices, texts }
}

/// The rows of a question as items.
fn rows(question: &Asked, own: &[(Part, usize)]) -> Vec<Item> {
    let item = |(part, column): &(Part, usize)| match part {
        Part::Row(row) => {
            let row = &question.rows[*row];
            let id = format!("{}[{}]", question.code, row.code);
            Some(Item { id, label: row.wording(), column: *column })
        }
        _ => None,
    };
    own.iter().filter_map(item).collect()
}

/// The cells of a table of entries as items.
fn cells(question: &Asked, own: &[(Part, usize)]) -> Vec<Item> {
    let item = |(part, column): &(Part, usize)| match part {
        Part::Cell(row, across) => {
            let (row, across) = (&question.rows[*row], &question.columns[*across]);
            let id = format!("{}[{}_{}]", question.code, row.code, across.code);
            Some(Item { id, label: format!("{}, {}", row.wording(), across.wording()), column: *column })
        }
        _ => None,
    };
    own.iter().filter_map(item).collect()
}

/// A table of boxes: for each row any of the columns.
fn boxes(question: &Asked, own: &[(Part, usize)]) -> Form {
    let (mut items, mut columns) = (Vec::new(), Vec::new());
    for (position, row) in question.rows.iter().enumerate() {
        let across: Vec<usize> = (0..question.columns.len())
            .filter_map(|across| {
                own.iter().find(|(part, _)| *part == Part::Cell(position, across)).map(|(_, column)| *column)
            })
            .collect();
        if across.len() == question.columns.len() && !across.is_empty() {
            let id = format!("{}[{}]", question.code, row.code);
            items.push(Item { id, label: row.wording(), column: across[0] });
            columns.push(across);
        }
    }
    let choices = question.columns.iter().map(|column| choice(&column.code, &column.texts)).collect();
    Form::MultiBattery { items, columns, choices }
}
