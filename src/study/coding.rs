//! A coding of free texts: a file in which people wrote down what each text is about.

use crate::diag::{FileId, codes};
use crate::io::resolve;

use super::document::{Section, Spanned};

/// Where the codes of a question's texts stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    /// The file, a table with one header row.
    pub file: FileId,
    /// Its column that says which response a row is about.
    pub key: Spanned<String>,
    /// The column of the export that carries the same key.
    pub link: Spanned<String>,
    /// Its columns of codes.
    pub code: Vec<Spanned<String>>,
    /// What stands between several codes in one cell.
    pub separator: Option<String>,
}

/// Reads `coding` of a question.
pub(super) fn coding(file: &FileId, section: &Section<'_>) -> Option<Coding> {
    let section = section.section("coding")?;
    let name = section.required_text("file");
    let key = section.required_text("key");
    let link = section.required_text("link");
    let code = section.texts("code");
    let separator = section.text("separator");
    section.finish();
    if code.is_empty() {
        section.problem_with_help(
            codes::STUDY_MISSING_KEY,
            section.span.clone(),
            "nothing says which column holds the codes",
            "add code = \"the column\", or a list of columns",
        );
        return None;
    }
    if let Some(empty) = separator.as_ref().filter(|separator| separator.value.trim().is_empty()) {
        let message = "blanks alone cannot stand between codes";
        section.problem(codes::STUDY_BAD_VALUE, empty.span.clone(), message);
        return None;
    }
    let separator = separator.map(|separator| separator.value);
    Some(Coding { file: resolve(file, &name?.value), key: key?, link: link?, code, separator })
}
