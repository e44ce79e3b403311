//! Diagnostics as text: the caret in the study file, the row and column in an export, the remedy.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diag, FileId, Place, Severity};

/// The texts into which diagnostics may point.
pub type Sources = BTreeMap<FileId, String>;

/// How many diagnostics of one code are shown before the rest are only counted.
const SHOWN_OF_ONE_CODE: usize = 3;

/// Writes diagnostics for a terminal, the most serious first, repeated ones counted after a few examples.
pub fn render(diags: &[Diag], sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut seen = BTreeSet::new();
    let mut ordered: Vec<&Diag> = diags
        .iter()
        .filter(|diag| seen.insert((diag.code, diag.place.to_string(), diag.message.as_str())))
        .collect();
    ordered.sort_by_key(|diag| diag.severity);
    let mut shown: BTreeMap<(super::Code, Option<FileId>), (usize, usize)> = BTreeMap::new();
    let mut text = String::new();
    for diag in &ordered {
        let key = (diag.code, diag.place.file_id().cloned());
        let (repeated, hidden) = shown.entry(key).or_default();
        // A mistake in a file that a person wrote is always shown; cells of an export repeat.
        let always = matches!(diag.place, Place::Span { .. } | Place::Nowhere | Place::File(_));
        *repeated += usize::from(!always);
        if always || *repeated <= SHOWN_OF_ONE_CODE {
            text.push_str(&one(diag, sources, &renderer));
            text.push('\n');
        } else {
            *hidden += 1;
        }
    }
    for ((code, file), (_, hidden)) in shown {
        if hidden > 0 {
            let file = file.map_or(String::new(), |file| format!(" in {}", file.short()));
            let _ = writeln!(text, "and {hidden} more of {code}{file}");
        }
    }
    text
}

fn one(diag: &Diag, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diag.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(diag.message.as_str()).id(diag.code.as_str());
    let mut group = annotate_snippets::Group::with_title(title);
    let mut tail = String::new();
    match &diag.place {
        Place::Span { file, range } => match sources.get(file) {
            Some(source) => {
                let end = range.end.min(source.len());
                let start = range.start.min(end);
                group = group.element(
                    Snippet::source(source.as_str())
                        .path(file.as_str())
                        .annotation(AnnotationKind::Primary.span(start..end)),
                );
            }
            None => tail = format!(" --> {file}"),
        },
        Place::Nowhere => {}
        place => tail = format!(" --> {}", short(place)),
    }
    let help = diag.help.as_deref();
    if tail.is_empty() {
        if let Some(help) = help {
            group = group.element(Level::HELP.message(help));
        }
        return renderer.render(&[group]).clone();
    }
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text.push_str(&tail);
    if let Some(help) = help {
        text.push_str("\n  = help: ");
        text.push_str(help);
    }
    text
}

/// A column's name is cut to this: in many exports it is the wording of the question.
const LONGEST_COLUMN: usize = 60;

/// A place whose column has a short name.
fn short(place: &Place) -> Place {
    let mut place = place.clone();
    if let Place::Column { column, .. } | Place::Cell { column, .. } = &mut place
        && let Some((end, _)) = column.char_indices().nth(LONGEST_COLUMN)
    {
        column.truncate(end);
        column.truncate(column.trim_end().len());
        column.push('\u{2026}');
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;

    #[test]
    fn what_is_said_twice_is_shown_once_and_only_the_hidden_are_counted() {
        let file = FileId::new("a.csv");
        let cell = |line| Diag::warning(codes::NOT_ON_ROSTER, Place::cell(&file, line, "x"), "odd");
        let whole = Diag::warning(codes::NOT_ON_ROSTER, Place::file(&file), "odd");
        // Four whole-file diagnostics of other words are all shown and are no part of "more".
        let mut diags: Vec<Diag> =
            (0..4).map(|n| Diag { message: format!("odd {n}"), ..whole.clone() }).collect();
        diags.extend([1, 1, 2, 3, 4, 5].map(cell));
        let text = render(&diags, &Sources::new(), false);
        assert_eq!(text.matches("a.csv:1, column x").count(), 1);
        assert!(text.contains("and 2 more of") && !text.contains("a.csv:4"), "{text}");
    }
}
