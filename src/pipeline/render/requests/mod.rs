//! The tables and figures that a study file asks for, by the names of their kinds.

mod figures;
mod tables;

use crate::diag::{Diag, codes};
use crate::study::{Shown, Study};

pub use figures::FIGURE_KINDS;
pub(in crate::pipeline) use figures::figure;
pub use tables::TABLE_KINDS;
pub(in crate::pipeline) use tables::table;

/// Why something cannot be shown, at its place in the study file.
pub(super) fn cannot_show(study: &Study, shown: &Shown, why: &str) -> Diag {
    let message = format!("\"{}\" cannot be made: {why}", shown.id);
    let diag = study.error(codes::STUDY_WRONG_KIND, &shown.show.span, message);
    diag.help("what it shows must be asked by an [[ask]]")
}

/// The one question that a table or figure shows.
fn one_question(study: &Study, shown: &Shown) -> Result<String, Diag> {
    match shown.of.as_slice() {
        [question] => Ok(question.clone()),
        _ => {
            let message = format!("\"{}\" shows one question, and names {}", shown.id, shown.of.len());
            Err(study
                .error(codes::STUDY_BAD_VALUE, &shown.show.span, message)
                .help("add of = \"the question\""))
        }
    }
}

/// The link that a table is about: the only one, where it names none.
fn link(study: &Study, shown: &Shown) -> Result<String, Diag> {
    match (&shown.link, study.links.as_slice()) {
        (Some(link), _) => Ok(link.value.clone()),
        (None, [only]) => Ok(only.id.clone()),
        (None, links) => {
            let message = format!("\"{}\" is about a link, and the study has {}", shown.id, links.len());
            let ids: Vec<&str> = links.iter().map(|link| link.id.as_str()).collect();
            let help = if ids.is_empty() {
                "declare one: [links.NAME]".to_owned()
            } else {
                format!("add link = \"...\": {}", ids.join(", "))
            };
            Err(study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message).help(help))
        }
    }
}
