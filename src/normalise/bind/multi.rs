//! What the study file calls a multi-select: a column for each choice, or several choices in one cell.

use super::ranking::trimmed;
use super::{Binder, Meant};
use crate::codebook::{Choice, Form, MultiCells, Question, fold};
use crate::diag::{Diag, codes};
use crate::study::Spanned;

impl<'a> Binder<'a> {
    /// A multi-select: as the export has it, or as the study file declares it.
    pub(super) fn multi(&self, found: &[(&Spanned<String>, Meant<'a>)]) -> Result<Question, Diag> {
        if let [
            (name, Meant::Whole(question @ Question { form: Form::Multi { cells, choices, texts }, .. })),
        ] = found
        {
            self.check_undeclared(name, question.defined)?;
            let form = match (cells, &self.declared.separator) {
                (MultiCells::Joined { column, separator }, declared) => {
                    let separator = match declared {
                        Some(declared) => self.declared_anew(question, separator, declared)?.into(),
                        None => separator.clone(),
                    };
                    let choices = if self.declared.choices.is_empty() {
                        choices.clone()
                    } else {
                        taking_texts(&self.declared.choices, choices)
                    };
                    let cells = MultiCells::Joined { column: *column, separator };
                    Form::Multi { cells, choices, texts: texts.clone() }
                }
                (_, Some(separator)) => return Err(self.not_in_one_cell(separator)),
                (_, None) => question.form.clone(),
            };
            return Ok(Question { id: self.declared.id.clone(), form, ..(*question).clone() });
        }
        let mut columns = Vec::new();
        for (name, named) in found {
            match named {
                Meant::Column(column) => columns.push(*column),
                Meant::Whole(question) if Self::overrides(question) && question.form.columns().len() == 1 => {
                    columns.extend(question.form.columns());
                }
                named => return Err(self.wrong_kind(name, named, "a multi-select")),
            }
        }
        let choices = self.declared.choices.clone();
        let cells = match (columns.as_slice(), &self.declared.separator) {
            ([column], Some(separator)) if !choices.is_empty() => {
                MultiCells::Joined { column: *column, separator: trimmed(&separator.value).into() }
            }
            ([_], Some(separator)) => {
                let message =
                    format!("question \"{}\" has a separator and no choices to separate", self.declared.id);
                return Err(self.study.error(codes::STUDY_BAD_VALUE, &separator.span, message).help(
                    "give choices = [...], and codes if the cells hold codes: one that nobody ticked is in no cell",
                ));
            }
            (_, Some(separator)) => return Err(self.not_in_one_cell(separator)),
            ([column], None) if choices.len() > 1 => {
                MultiCells::Joined { column: *column, separator: ", ".into() }
            }
            (columns, None) if choices.len() == columns.len() => MultiCells::Split(columns.to_vec()),
            _ => {
                let message =
                    format!("question \"{}\" needs one choice for each of its columns", self.declared.id);
                return Err(self
                    .study
                    .error(codes::STUDY_BAD_VALUE, &self.declared.span, message)
                    .help("give choices = [...] in the order of the columns"));
            }
        };
        Ok(self.made(found, Form::Multi { cells, choices, texts: Vec::new() }))
    }

    /// The separator that the study file declares in place of the export's. Choices that were seen between another
    /// one are not those between this.
    fn declared_anew(
        &self,
        question: &Question,
        theirs: &str,
        ours: &Spanned<String>,
    ) -> Result<String, Diag> {
        let separator = trimmed(&ours.value);
        if separator == trimmed(theirs) {
            return Ok(theirs.to_owned());
        }
        if question.defined || !self.declared.choices.is_empty() {
            return Ok(separator);
        }
        let message = format!("the choices of {} were taken apart at {theirs:?}", question.id);
        let help = "declare choices = [...] beside another separator, or leave the separator out";
        Err(self.study.error(codes::STUDY_BAD_VALUE, &ours.span, message).help(help))
    }

    fn not_in_one_cell(&self, separator: &Spanned<String>) -> Diag {
        let message = format!(
            "question \"{}\" has a column for each choice in {}, so nothing separates them",
            self.declared.id, self.group.id
        );
        self.study
            .error(codes::STUDY_BAD_VALUE, &separator.span, message)
            .help("a separator is for several answers in one cell; leave it out")
    }
}

/// The study's choices; one that takes a text in the export still does.
pub(super) fn taking_texts(ours: &[Choice], theirs: &[Choice]) -> Vec<Choice> {
    let takes_text =
        |label: &str| theirs.iter().any(|choice| choice.text_entry && fold(&choice.label) == fold(label));
    let with = |choice: &Choice| Choice { text_entry: takes_text(&choice.label), ..choice.clone() };
    ours.iter().map(with).collect()
}
