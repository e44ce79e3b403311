//! The texts of a study: `template` in `[study]`, and `[[text]]` for further ones.

use crate::diag::{FileId, codes};
use crate::io::resolve;

use super::document::{Section, Spanned};
use super::names::{check_id, no_duplicates};

/// The id of the text that `[study]` names.
pub const RESULTS: &str = "results";

/// A text that is written from findings by a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextAsked {
    /// Its id: the name of its files.
    pub id: String,
    /// The template.
    pub template: Option<FileId>,
    /// The template of a public output.
    pub public_template: Option<FileId>,
    /// The most words.
    pub words: Option<u64>,
    /// The most characters, blanks among them.
    pub characters: Option<u64>,
}

/// Reads the texts: that of `[study]` first.
pub(super) fn texts(file: &FileId, root: &Section<'_>, head: Option<&Section<'_>>) -> Vec<TextAsked> {
    let mut texts: Vec<TextAsked> =
        head.and_then(|head| text(file, head, RESULTS.to_owned())).into_iter().collect();
    let mut ids: Vec<Spanned<String>> = Vec::new();
    for section in root.sections("text") {
        let id = section.required_text("id");
        section.required_text("template");
        let read = text(file, &section, id.as_ref().map_or_else(String::new, |id| id.value.clone()));
        section.finish();
        let Some(id) = id else { continue };
        check_id(&section, "text", &id);
        let is_taken = id.value == "tables" || (id.value == RESULTS && !texts.is_empty());
        if is_taken && ids.iter().all(|known| known.value != id.value) {
            let message =
                format!("a text cannot be named \"{}\": a file of that name is written already", id.value);
            section.problem(codes::STUDY_DUPLICATE, id.span.clone(), message);
        }
        texts.extend(read);
        ids.push(id);
    }
    no_duplicates(root, "text", &ids);
    texts
}

fn text(file: &FileId, section: &Section<'_>, id: String) -> Option<TextAsked> {
    let [template, public_template] =
        ["template", "public-template"].map(|key| section.text(key).map(|name| resolve(file, &name.value)));
    let [words, characters] = ["words", "characters"].map(|key| section.count(key));
    if template.is_none() && id == RESULTS {
        for (limit, of) in [(&words, "words"), (&characters, "characters")] {
            let Some(limit) = limit else { continue };
            section.problem_with_help(
                codes::STUDY_BAD_VALUE,
                limit.span.clone(),
                format!("a limit of {of} without a template limits nothing"),
                "add template = \"results.template.md\", or remove the line",
            );
        }
    }
    let [words, characters] = [words, characters].map(|limit| limit.map(|limit| limit.value));
    (template.is_some() || public_template.is_some()).then_some(TextAsked {
        id,
        template,
        public_template,
        words,
        characters,
    })
}
