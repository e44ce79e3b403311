//! Questions that stand in one column or in several side by side, told by labels of the columns and by their cells.
//!
//! The exports of SurveyMonkey, Google Forms and Microsoft Forms say which columns belong together, and not what kind
//! of question they are. Every kind that is told from cells is noted, and the study file can decide otherwise.

mod form;
mod grid;
pub(super) mod joined;
mod ranks;
mod tally;
mod words;

use crate::codebook::wording::one_line;
use crate::codebook::{Form, Item, Question};
use crate::diag::{Diag, Place, codes};

use super::infer::{self, WholeNumbers, distinct_names};
use super::{Grid, RawTable, Record};
pub(super) use form::hold_one_number_each;
use ranks::Ranks;
pub(super) use tally::{Tally, is_not_applicable, is_same};

/// A column of a question, with the label of the choice, row or entry that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) column: usize,
    pub(super) label: String,
    /// What the column is by the platform's own word, if it has one for it.
    pub(super) said: Said,
}

/// What a platform says of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// One closed answer.
    Closed,
    /// An answer in the respondent's own words.
    Open,
    /// What was written with "Other".
    Other,
}

/// The columns of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// By which a study file names it.
    pub(super) id: String,
    pub(super) wording: String,
    pub(super) parts: Vec<Part>,
}

/// What reading a block gives: its question, or several where its columns turn out not to belong together.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) questions: Vec<Question>,
    pub(super) notes: Vec<Diag>,
}

/// A sheet of answers with one row of titles.
pub(super) struct Sheet {
    /// The titles on one line each, as they stand.
    pub(super) titles: Vec<String>,
    /// The titles, told apart where they repeat or are blank.
    pub(super) names: Vec<String>,
    /// The rows below, under these names.
    pub(super) table: RawTable,
}

impl Sheet {
    pub(super) fn of(grid: &Grid) -> Self {
        let titles: Vec<String> = grid.record(0).into_iter().flat_map(Record::cells).map(one_line).collect();
        let names = distinct_names(&titles);
        Self { table: grid.table(1, names.clone()), titles, names }
    }
}

/// Reads blocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) table: &'t RawTable,
    /// What few distinct whole numbers are.
    pub(super) numbers: WholeNumbers,
}

impl Reader<'_> {
    /// Reads a block.
    pub(super) fn read(self, block: &Block) -> Drafts {
        let mut drafts = Drafts::default();
        match form::of(self, block) {
            Some((form, note)) => {
                drafts.questions.push(question(&block.id, &block.wording, form));
                drafts.notes.push(note);
            }
            None => {
                for part in &block.parts {
                    let name = &self.table.names()[part.column];
                    let (mut question, note) = infer::question(self.table, part.column, name, self.numbers);
                    question.wording = join(&block.wording, &part.label);
                    drafts.questions.push(question);
                    drafts.notes.push(note);
                }
            }
        }
        drafts
    }

    /// Something that was assumed of a block, placed in its first column.
    pub(super) fn assumed(self, block: &Block, message: String) -> Diag {
        self.noted(first(block), message)
    }

    /// A doubt about a block that only the study file can settle.
    pub(super) fn doubt(self, block: &Block, message: String, help: &str) -> Diag {
        self.doubted(first(block), message, help)
    }

    /// Something that was assumed of a column.
    pub(super) fn noted(self, column: usize, message: String) -> Diag {
        Diag::note(codes::ASSUMED, self.at(column), message)
            .help("to decide it, declare the question in the study file with its kind")
    }

    /// A doubt about a column that only the study file can settle.
    pub(super) fn doubted(self, column: usize, message: String, help: &str) -> Diag {
        Diag::warning(codes::ASSUMED, self.at(column), message).help(help)
    }

    pub(super) fn at(self, column: usize) -> Place {
        let name = self.table.names().get(column).map_or("", String::as_str);
        Place::column(self.table.file(), name)
    }

    /// The parts of a block as items, by the names of their columns.
    pub(super) fn items(self, parts: &[&Part]) -> Vec<Item> {
        parts
            .iter()
            .map(|part| Item {
                id: self.table.names()[part.column].clone(),
                label: part.label.clone(),
                column: part.column,
            })
            .collect()
    }
}

fn first(block: &Block) -> usize {
    block.parts.first().map_or(0, |part| part.column)
}

/// A question that no definition declares.
pub(super) fn question(id: &str, wording: &str, form: Form) -> Question {
    Question {
        id: id.to_owned(),
        native: None,
        wording: wording.to_owned(),
        form,
        asked_if: None,
        defined: false,
    }
}

/// A question and what one of its columns asks.
pub(super) fn join(wording: &str, label: &str) -> String {
    match (wording.is_empty(), label.is_empty()) {
        (false, false) => format!("{wording} [{label}]"),
        (true, _) => label.to_owned(),
        (_, true) => wording.to_owned(),
    }
}
