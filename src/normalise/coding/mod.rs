//! Texts of cells to typed answers, with a ledger of everything that was read as something else than it says.
//!
//! Nothing is guessed and nothing is lost: every row gets an answer or the reason why there is none, and every cell
//! that could not be read is named. Which rows count is not decided here.

mod account;
mod asked;
mod belonging;
mod choice;
mod condition;
mod course;
mod numbers;
mod parts;
mod ranking;
mod recoded;
mod ticks;
mod unread;

pub use course::Progress;
pub use recoded::{ReadAs, Recoded, RecodedFrom, Rule};

use crate::codebook::{Form, Missing, Question, Scale, Written};
use crate::diag::Noted;
use crate::ingest::Export;
use crate::responses::{Answers, Codes};
use crate::study::Spanned;

use account::Account;
use asked::Asked;
use choice::Terms;
use condition::Conditions;
use course::Course;

/// The answers to a question, and every cell that was read as something else than it says or could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// The answers, one for every row of the export.
    pub answers: Answers,
    /// The cells for the ledger, by column and row.
    pub recoded: Vec<Recoded>,
}

/// What the study file says of a question's cells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Declared<'a> {
    /// The scale on which its texts are points.
    pub scale: Option<&'a Scale>,
    /// Texts that are no answers, with the reason that each says.
    pub missing: &'a [(Spanned<String>, Missing)],
    /// Whether items of a ranking that share a rank are tied, and not a mistake.
    pub ties: bool,
    /// In which order the parts of a date are written, if its cells are dates.
    pub dates: Option<Written>,
}

impl Declared<'_> {
    /// Why a cell with this text holds no answer, if the study file says it. A whole number may have passed through a
    /// data frame: `99.0`.
    fn missing(&self, text: &str) -> Option<Missing> {
        let text = text.trim();
        let whole = text.strip_suffix(".0").unwrap_or(text);
        let said = self.missing.iter().find(|(code, _)| code.value == text || code.value == whole);
        said.map(|(_, reason)| *reason)
    }
}

/// Codes one question of an export.
///
/// For several questions of one export, a [`Coder`] looks only once at how far each person went.
pub fn code(export: &Export, question: &Question, scale: Option<&Scale>) -> Noted<Coded> {
    Coder::new(export).code(question, scale)
}

/// Codes the questions of one export.
#[derive(Debug)]
pub struct Coder<'a> {
    export: &'a Export,
    course: Course,
    conditions: Conditions,
}

impl<'a> Coder<'a> {
    /// Looks at how far each person went.
    pub fn new(export: &'a Export) -> Self {
        Self { export, course: Course::of(export), conditions: Conditions::of(export) }
    }

    /// How far a person went: in the survey, or on all forms that were started.
    pub fn progress(&self, row: usize) -> Progress {
        self.course.progress(row)
    }

    /// Codes a question. With a scale, each text is read as a point of it.
    ///
    /// The columns must be those of the export. A question that the study file declares over columns of the export
    /// takes conditions and order from the questions that the export has there.
    pub fn code(&self, question: &Question, scale: Option<&Scale>) -> Noted<Coded> {
        self.code_as(question, Declared { scale, ..Declared::default() })
    }

    /// The same with everything that the study file says of the cells.
    pub fn code_as(&self, question: &Question, declared: Declared<'_>) -> Noted<Coded> {
        let scale = declared.scale;
        let mut account = Account::new(self.export, question, declared);
        let answers = match (&question.form, scale) {
            (Form::Single { column, choices, .. }, None) => {
                let terms = Terms::new(self.export, question, choices, declared);
                Answers::Choice(self.codes(question, *column, &terms, &mut account))
            }
            (Form::Single { column, choices, .. }, Some(_)) => {
                let terms = Terms::new(self.export, question, choices, declared);
                Answers::Scaled { items: vec![self.codes(question, *column, &terms, &mut account)] }
            }
            (Form::Battery { items, choices }, _) => {
                let terms = Terms::new(self.export, question, choices, declared);
                let columns = items.iter().map(|item| item.column);
                let items =
                    columns.map(|column| self.codes(question, column, &terms, &mut account)).collect();
                if scale.is_some() { Answers::Scaled { items } } else { Answers::Choices { items } }
            }
            // Numbers and texts that the study file puts on a scale.
            (Form::Numbers { items } | Form::Texts { items }, Some(_)) => {
                let terms = Terms::new(self.export, question, &[], declared);
                let columns = items.iter().map(|item| item.column);
                let items =
                    columns.map(|column| self.codes(question, column, &terms, &mut account)).collect();
                Answers::Scaled { items }
            }
            (Form::Multi { cells, choices, texts }, _) => {
                let asked = |column| self.asked(question, column);
                Answers::Ticks(ticks::code(self.export, cells, choices, texts, asked, &mut account))
            }
            (Form::MultiBattery { columns, choices, .. }, _) => {
                let item = |columns: &Vec<usize>| {
                    let cells = crate::codebook::MultiCells::Split(columns.clone());
                    let asked = |column| self.asked(question, column);
                    ticks::code(self.export, &cells, choices, &[], asked, &mut account)
                };
                Answers::TickItems { items: columns.iter().map(item).collect() }
            }
            (Form::Ranking { .. } | Form::Ordering { .. } | Form::Scores { .. }, _) => {
                let columns = question.form.columns();
                let asked = columns.first().map(|column| self.asked(question, *column));
                Answers::Ranks(asked.map_or_else(Vec::new, |asked| ranking::code(&asked, &mut account)))
            }
            (Form::Numbers { items }, None) => {
                let number =
                    |column| numbers::code(self.export, column, &self.asked(question, column), &mut account);
                Answers::Numbers { items: items.iter().map(|item| item.column).map(number).collect() }
            }
            (Form::Date { column }, _) if declared.dates.is_some() => {
                let written = declared.dates.unwrap_or_default();
                let asked = self.asked(question, *column);
                let days = numbers::dates(self.export, *column, written, &asked, &mut account);
                Answers::Numbers { items: vec![days] }
            }
            (Form::Texts { .. } | Form::Date { .. } | Form::Other { .. }, _) => {
                let present = |column| {
                    numbers::presence(self.export, column, &self.asked(question, column), &mut account)
                };
                Answers::Texts { items: question.form.columns().into_iter().map(present).collect() }
            }
        };
        let (recoded, notes) = account.close();
        Noted { value: Coded { answers, recoded }, notes }
    }

    fn codes(
        &self,
        question: &Question,
        column: usize,
        terms: &Terms<'_>,
        account: &mut Account<'_>,
    ) -> Codes {
        choice::code(self.export, column, terms, &self.asked(question, column), account)
    }

    fn asked(&self, question: &Question, column: usize) -> Asked<'_> {
        Asked::of(self.export, &self.course, &self.conditions, question, column)
    }
}
