//! The lists of choices of a form.

use std::collections::BTreeMap;

use crate::codebook::Choice;
use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::wording::plain;

use super::sheets::Sheets;
use super::{labels, name};

/// The choices by the name of their list.
pub(super) type Lists = BTreeMap<String, Vec<Choice>>;

/// Reads the choices of both sheets. Those that depend on an answer are all kept: any of them may have been chosen.
pub(super) fn read(file: &FileId, sheets: &Sheets, languages: &[String], notes: &mut Vec<Diag>) -> Lists {
    let mut lists = Lists::new();
    for row in sheets.choices.rows().chain(sheets.external.rows()) {
        let (list, code) = (row.text("list_name"), name(&row));
        if list.is_empty() || code.is_empty() {
            continue;
        }
        let choices = lists.entry(list.to_owned()).or_default();
        let choice = choice(code, &labels(&row, languages));
        let Some(known) = choices.iter_mut().find(|known| known.code == code) else {
            choices.push(choice);
            continue;
        };
        // A cascade may use a name again under another answer; the cells cannot tell the two apart.
        if known.label != choice.label {
            let message = format!(
                "two choices of the list \"{list}\" have the name \"{code}\": \"{}\" and \"{}\"",
                known.label, choice.label
            );
            notes.push(
                Diag::warning(codes::SAME_CHOICE_TWICE, Place::row(file, row.line), message)
                    .help("the export has the name alone, so both are counted as the first"),
            );
            known.also.push(choice.label);
        }
    }
    lists
}

/// A choice from its name and its labels, that in the form's own language first.
pub(super) fn choice(code: &str, labels: &[String]) -> Choice {
    let label = labels.first().map_or_else(|| code.to_owned(), |label| plain(label));
    let mut choice = Choice::labelled(&label);
    code.clone_into(&mut choice.id);
    code.clone_into(&mut choice.code);
    for label in labels {
        for spelling in [label.clone(), plain(label)] {
            if spelling != choice.label && !choice.also.contains(&spelling) {
                choice.also.push(spelling);
            }
        }
    }
    choice
}
