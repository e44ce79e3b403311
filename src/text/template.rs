//! The template language: plain text with `{{ finding-id | form }}`.
//!
//! A number can only come from a finding. A digit in the plain text is an error, unless it is written as a literal,
//! `{{ "2020" }}`, which says that its writer vouches for it.

use std::ops::Range;

use crate::diag::{Diag, FileId, Place, codes, nearest};

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
    Text(String),
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
}

/// A form in which a value can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A count in digits.
    Count,
    /// The base of a share in digits.
    Base,
    /// Both counts: "14 of 22".
    Of,
    /// The percent alone: "64%".
    Percent,
    /// Counts and percent: "14 of 22 (64%)".
    Full,
    /// A count in words below ten.
    Words,
    /// A count in words below ten at the start of a sentence.
    WordsStart,
    /// A number with its usual decimals.
    Value,
    /// The interval: "43% to 80%".
    Interval,
    /// A mean with the standard deviation of the same item: "4.2 (SD 0.8)".
    MeanSd,
    /// A median with the quartiles of the same item: "4 (IQR 4 to 5)".
    MedianIqr,
    /// An order: "residents, followed by attendings".
    Order,
    /// The first so many of an order, as a list: "a, b and c".
    Top(usize),
    /// The list of an order: "a, b and c".
    List,
    /// The p-value of a test: "p = .134".
    P,
    /// The p-value of a test among those of its family.
    AdjustedP,
}

impl Form {
    const NAMES: [(&'static str, Self); 15] = [
        ("count", Self::Count),
        ("base", Self::Base),
        ("of", Self::Of),
        ("percent", Self::Percent),
        ("full", Self::Full),
        ("words", Self::Words),
        ("Words", Self::WordsStart),
        ("value", Self::Value),
        ("interval", Self::Interval),
        ("mean-sd", Self::MeanSd),
        ("median-iqr", Self::MedianIqr),
        ("order", Self::Order),
        ("list", Self::List),
        ("p", Self::P),
        ("adjusted-p", Self::AdjustedP),
    ];

    fn parse(text: &str) -> Option<Self> {
        if let Some(count) = text.strip_prefix("top ") {
            return count.trim().parse().ok().filter(|count| *count > 0).map(Self::Top);
        }
        Self::NAMES.iter().find(|(name, _)| *name == text).map(|(_, form)| *form)
    }
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
}

fn plain(file: &FileId, text: &str, range: Range<usize>, pieces: &mut Vec<Piece>, problems: &mut Vec<Diag>) {
    let Some(slice) = text.get(range.clone()).filter(|slice| !slice.is_empty()) else { return };
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
    pieces.push(Piece::Text(slice.to_owned()));
}

fn placeholder(file: &FileId, text: &str, span: Range<usize>) -> Result<Piece, Diag> {
    let problem =
        |message: String| Diag::error(codes::STUDY_TEMPLATE, Place::span(file, span.clone()), message);
    let inner = text.get(span.start + 2..span.end - 2).unwrap_or_default().trim();
    if let Some(literal) = inner.strip_prefix('"') {
        return match literal.strip_suffix('"') {
            Some(literal) => Ok(Piece::Literal(literal.to_owned())),
            None => Err(problem("this literal is not closed".into()).help("end it with a quotation mark")),
        };
    }
    let (id, form) = match inner.split_once('|') {
        Some((id, form)) => (id.trim(), Some(form.trim())),
        None => (inner, None),
    };
    if id.is_empty() || id.contains(char::is_whitespace) {
        return Err(problem(format!("\"{id}\" is not the id of a finding")));
    }
    let form = match form {
        None => None,
        Some(name) => Some(Form::parse(name).ok_or_else(|| {
            let names = Form::NAMES.iter().map(|(name, _)| *name);
            let diag = problem(format!("there is no form \"{name}\""));
            match nearest(name, names.clone()) {
                Some(near) => diag.help(format!("did you mean \"{near}\"?")),
                None => diag.help(format!("there are: {}, top N", names.collect::<Vec<_>>().join(", "))),
            }
        })?),
    };
    Ok(Piece::Finding { id: id.to_owned(), form, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<TextTemplate, Vec<Diag>> {
        TextTemplate::parse(&FileId::new("t.md"), text)
    }

    #[test]
    fn a_digit_that_no_finding_vouches_for_is_an_error() {
        let problems = parse("In 2020, {{ a/b }} of 3 people").unwrap_err();
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, ["no finding vouches for 2020", "no finding vouches for 3"]);
        assert_eq!(problems[0].place, Place::span(&FileId::new("t.md"), 3..7));
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
    }
}
