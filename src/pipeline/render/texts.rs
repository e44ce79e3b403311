//! The texts of a study: each as Markdown, as a Word document and as plain text.

use crate::diag::{Diag, Place, Sources, codes};
use crate::findings::{Findings, Outline};
use crate::io::Source;
use crate::numbers::NumberStyle;
use crate::study::TextAsked;
use crate::text::{self, Limits, TextTemplate, Written};

use super::super::as_text;

/// A text that was written.
pub(super) struct Text {
    /// The bytes of its template.
    pub(super) template: Vec<u8>,
    /// The text.
    pub(super) written: Written,
    /// What is to be said of its template.
    pub(super) notes: Vec<Diag>,
}

/// Reads the template of a text and fills it, or says everything that stands in the way.
pub(super) fn text(
    asked: &TextAsked,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
    source: &dyn Source,
    sources: &mut Sources,
) -> Result<Option<Text>, Vec<Diag>> {
    let Some(file) = &asked.template else { return Ok(None) };
    let template = source.read(file).map_err(|problem| vec![problem])?;
    let words = as_text(file, template.clone()).map_err(|problem| vec![problem])?;
    sources.insert(file.clone(), words.clone());
    let parsed = TextTemplate::parse(file, &words)?;
    let limits = Limits { words: asked.words, characters: asked.characters };
    let written = text::write(&parsed, limits, outline, findings, style)?;
    Ok(Some(Text { template, written, notes: parsed.notes() }))
}

/// The files of a text, by their endings.
pub(super) fn files(title: &str, markdown: &str) -> Result<[(&'static str, Vec<u8>); 3], Diag> {
    let document = text::docx(title, markdown)
        .map_err(|why| Diag::error(codes::CANNOT_WRITE, Place::Nowhere, why.to_string()))?;
    Ok([
        ("md", markdown.as_bytes().to_vec()),
        ("docx", document),
        ("txt", text::plain(markdown).into_bytes()),
    ])
}
