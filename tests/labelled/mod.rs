//! Files that carry their own codebook, written byte by byte and read back.

mod damaged;
mod dta;
pub(crate) mod sav;
pub(crate) mod spss;
pub(crate) mod stata;

use canvass::codebook::{Form, Question};
use canvass::diag::{Code, FileId, Noted};
use canvass::ingest::{Export, read};

pub(crate) fn export(bytes: &[u8]) -> Noted<Export> {
    read(&FileId::new("a.sav"), bytes, None).unwrap_or_else(|diags| panic!("{diags:?}"))
}

pub(crate) fn question<'e>(export: &'e Export, id: &str) -> &'e Question {
    export.instrument.question(id).unwrap_or_else(|| panic!("no question {id}"))
}

/// The cells of a column, blank ones as "".
pub(crate) fn cells(export: &Export, column: usize) -> Vec<&str> {
    export.table.column(column).map(Option::unwrap_or_default).collect()
}

/// The kinds of the questions.
pub(crate) fn kinds(export: &Export) -> Vec<&str> {
    export.instrument.questions.iter().map(|question| question.form.kind()).collect()
}

/// Code, label and whether it is no answer, of each choice.
pub(crate) fn choices(form: &Form) -> Vec<(&str, &str, Option<&str>)> {
    let choice = |choice: &'_ canvass::codebook::Choice| choice.outside.map(canvass::codebook::Missing::id);
    form.choices().iter().map(|c| (c.code.as_str(), c.label.as_str(), choice(c))).collect()
}

pub(crate) fn codes_of(noted: &Noted<Export>) -> Vec<Code> {
    noted.notes.iter().map(|note| note.code).collect()
}
