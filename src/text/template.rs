//! The template language: plain text with `{{ finding-id | form }}`.
//!
//! A number can only come from a finding. A digit in the plain text is an error, unless it is written as a literal,
//! `{{ "2020" }}`, which says that its writer vouches for it.

use std::ops::Range;

use crate::diag::{Diag, FileId, Place, codes, nearest};

use super::form::Form;
use super::lint::number_words;
use super::methods::Part;

/// A template, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTemplate {
    /// The file.
    pub file: FileId,
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands.
    Text {
        /// The text.
        text: String,
        /// Where the template says it.
        span: Range<usize>,
    },
    /// Text between quotation marks that may hold digits.
    Literal(String),
    /// The value of a finding in some form.
    Finding {
        /// The id.
        id: String,
        /// The form; `None` for the usual one of its value.
        form: Option<Form>,
        /// Where the template says it.
        span: Range<usize>,
    },
    /// What was done, in sentences written from the findings.
    Methods {
        /// Which of them.
        part: Part,
        /// Where the template says it.
        span: Range<usize>,
    },
    /// What somebody has still to write.
    ToDo {
        /// What it is.
        what: String,
        /// Where the template says it.
        span: Range<usize>,
    },
}

impl TextTemplate {
    /// Parses a template, or says everything that is wrong with it.
    pub fn parse(file: &FileId, text: &str) -> Result<Self, Vec<Diag>> {
        let mut pieces = Vec::new();
        let mut problems = Vec::new();
        let mut rest = 0;
        while let Some(open) = text[rest..].find("{{").map(|at| rest + at) {
            plain(file, text, rest..open, &mut pieces, &mut problems);
            let Some(close) = text[open..].find("}}").map(|at| open + at) else {
                let place = Place::span(file, open..open + 2);
                problems.push(
                    Diag::error(codes::STUDY_TEMPLATE, place, "this placeholder is not closed")
                        .help("end it with }}"),
                );
                return Err(problems);
            };
            match placeholder(file, text, open..close + 2) {
                Ok(piece) => pieces.push(piece),
                Err(problem) => problems.push(problem),
            }
            rest = close + 2;
        }
        plain(file, text, rest..text.len(), &mut pieces, &mut problems);
        if problems.is_empty() { Ok(Self { file: file.clone(), pieces }) } else { Err(problems) }
    }

    /// What is to be said of it though it can be filled: numbers in words, and what is still to be written.
    pub fn notes(&self) -> Vec<Diag> {
        let mut notes = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text { text, span } => {
                    for (at, word) in number_words(text) {
                        let start = span.start + at;
                        let place = Place::span(&self.file, start..start + word.len());
                        let message = format!("\"{word}\" is a number that no finding vouches for");
                        let help =
                            format!("put the finding's id, or {{{{ \"{word}\" }}}} if it is not a result");
                        notes.push(Diag::warning(codes::NUMBER_WORD, place, message).help(help));
                    }
                }
                Piece::ToDo { what, span } => {
                    let place = Place::span(&self.file, span.clone());
                    notes.push(Diag::warning(codes::TO_WRITE, place, format!("still to be written: {what}")));
                }
                Piece::Literal(_) | Piece::Finding { .. } | Piece::Methods { .. } => {}
            }
        }
        notes
    }
}

fn plain(file: &FileId, text: &str, range: Range<usize>, pieces: &mut Vec<Piece>, problems: &mut Vec<Diag>) {
    let Some(slice) = text.get(range.clone()).filter(|slice| !slice.is_empty()) else { return };
    // Digits of every script, superscripts and fractions too.
    let mut digits = slice.char_indices().filter(|(_, c)| c.is_numeric()).peekable();
    while let Some((start, first)) = digits.next() {
        let mut end = start + first.len_utf8();
        while let Some((next, c)) = digits.next_if(|(next, _)| *next == end) {
            end = next + c.len_utf8();
        }
        let place = Place::span(file, range.start + start..range.start + end);
        let number = slice.get(start..end).unwrap_or_default();
        problems.push(
            Diag::error(codes::STUDY_TEMPLATE, place, format!("no finding vouches for {number}"))
                .help(format!("put the finding's id, or {{{{ \"{number}\" }}}} if it is not a result")),
        );
    }
    pieces.push(Piece::Text { text: slice.to_owned(), span: range });
}

fn placeholder(file: &FileId, text: &str, span: Range<usize>) -> Result<Piece, Diag> {
    let problem =
        |message: String| Diag::error(codes::STUDY_TEMPLATE, Place::span(file, span.clone()), message);
    let inner = text.get(span.start + 2..span.end - 2).unwrap_or_default().trim();
    if inner.starts_with('"') {
        return quoted(inner).map(Piece::Literal).ok_or_else(|| {
            problem("this literal is not closed".into()).help("end it with a quotation mark")
        });
    }
    if let Some(what) =
        inner.strip_prefix("todo").filter(|rest| rest.is_empty() || rest.starts_with([' ', '"']))
    {
        let what = quoted(what.trim()).filter(|what| !what.trim().is_empty());
        return what.map(|what| Piece::ToDo { what, span: span.clone() }).ok_or_else(|| {
            problem("a todo says what is to be written".into())
                .help("write {{ todo \"why this was asked\" }}")
        });
    }
    if let Some(part) = inner.strip_prefix("methods").filter(|rest| rest.is_empty() || rest.starts_with('.'))
    {
        let part = part.trim_start_matches('.');
        return match Part::NAMES.iter().find(|(name, _)| *name == part) {
            Some((_, part)) => Ok(Piece::Methods { part: *part, span }),
            None => {
                let names = || Part::NAMES.iter().map(|(name, _)| *name).filter(|name| !name.is_empty());
                let diag = problem(format!("there are no methods \"{part}\""));
                Err(match nearest(part, names()) {
                    Some(near) => diag.help(format!("did you mean \"methods.{near}\"?")),
                    None => diag.help(format!("there are: {}", names().collect::<Vec<_>>().join(", "))),
                })
            }
        };
    }
    let (id, form) = match inner.split_once('|') {
        Some((id, form)) => (id.trim(), Some(form.trim())),
        None => (inner, None),
    };
    if id.is_empty() || id.contains(char::is_whitespace) {
        return Err(problem(format!("\"{id}\" is not the id of a finding")));
    }
    let form = form.map(Form::parse).transpose().map_err(|(message, help)| problem(message).help(help))?;
    Ok(Piece::Finding { id: id.to_owned(), form, span })
}

/// What stands between quotation marks, if both are there.
fn quoted(text: &str) -> Option<String> {
    text.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<TextTemplate, Vec<Diag>> {
        TextTemplate::parse(&FileId::new("t.md"), text)
    }

    fn messages(diags: &[Diag]) -> Vec<&str> {
        diags.iter().map(|diag| diag.message.as_str()).collect()
    }

    #[test]
    fn a_digit_that_no_finding_vouches_for_is_an_error() {
        let problems = parse("In 2020, {{ a/b }} of 3 people").unwrap_err();
        assert_eq!(messages(&problems), ["no finding vouches for 2020", "no finding vouches for 3"]);
        assert_eq!(problems[0].place, Place::span(&FileId::new("t.md"), 3..7));
    }

    #[test]
    fn digits_of_every_script_and_above_the_line_are_digits() {
        let problems = parse("\u{661}\u{664} of \u{ff12}, r\u{b2} and \u{bd}").unwrap_err();
        assert_eq!(problems.len(), 4, "{problems:?}");
    }

    #[test]
    fn a_literal_may_hold_digits() {
        let template = parse("In {{ \"2020\" }}, {{ a/b|of }}.").unwrap();
        assert_eq!(template.pieces[1], Piece::Literal("2020".into()));
        assert_eq!(
            template.pieces[3],
            Piece::Finding { id: "a/b".into(), form: Some(Form::Of), span: 17..29 }
        );
    }

    #[test]
    fn every_mistake_is_said_at_once() {
        let problems = parse("{{ a b }} {{ a | fulll }} {{ \"x }} {{ open").unwrap_err();
        assert_eq!(problems.len(), 4);
        assert_eq!(problems[1].help.as_deref(), Some("did you mean \"full\"?"));
        let problems = parse("{{ methods.test }} {{ todo }} {{ methods.tests }}").unwrap_err();
        assert_eq!(
            messages(&problems),
            ["there are no methods \"test\"", "a todo says what is to be written"]
        );
        assert_eq!(problems[0].help.as_deref(), Some("did you mean \"methods.tests\"?"));
    }

    #[test]
    fn what_is_to_be_written_and_numbers_in_words_are_noted_with_their_place() {
        let notes = parse("So half. {{ todo \"why\" }} {{ \"half\" }}").unwrap().notes();
        assert_eq!(
            messages(&notes),
            ["\"half\" is a number that no finding vouches for", "still to be written: why"]
        );
        assert_eq!(notes[0].place, Place::span(&FileId::new("t.md"), 3..7));
    }
}
