//! The headers of an export: codes, texts, or both.

use std::borrow::Cow;

use crate::ingest::wording::plain;
use crate::ingest::{Grid, Record};

use super::metadata;

/// What the headers hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `Q1[SQ001]`.
    Codes,
    /// `Q1[SQ001]. How often? [Tea]`.
    CodesAndTexts,
    /// `How often? [Tea]`.
    Texts,
    /// A row of texts above a row of codes, as in a file made to be read in again.
    Verbatim,
}

/// The header of one column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Its code with what stands in brackets, or where there is none its text.
    pub(super) name: String,
    /// The code of its question.
    pub(super) base: String,
    /// What stands in brackets behind the code.
    pub(super) parts: Vec<String>,
    /// The wording of the question, plain text.
    pub(super) wording: String,
    /// The wordings of the parts.
    pub(super) labels: Vec<String>,
}

/// The headers of an export.
#[derive(Debug)]
pub(super) struct Headers {
    pub(super) style: Style,
    pub(super) heads: Vec<Head>,
}

impl Headers {
    /// Reads the headers of a table.
    pub(super) fn of(grid: &Grid) -> Self {
        let cells = |record: Record<'_>| record.cells().map(str::to_owned).collect::<Vec<_>>();
        let first = grid.record(0).map(cells).unwrap_or_default();
        if is_verbatim(grid) {
            let codes = grid.record(1).map(cells).unwrap_or_default();
            let head = |(code, text): (&String, &String)| Head::of_code(code.trim(), text);
            return Self { style: Style::Verbatim, heads: codes.iter().zip(&first).map(head).collect() };
        }
        let named: Vec<&String> = first.iter().filter(|name| !name.trim().is_empty()).collect();
        let coded = named.iter().filter(|name| code_and_text(name).is_some()).count();
        let style = if coded * 10 >= named.len() * 9 && coded > 0 {
            Style::CodesAndTexts
        } else if named.iter().all(|name| is_code(name.trim())) {
            Style::Codes
        } else {
            Style::Texts
        };
        let head = |name: &String| match (style, code_and_text(name)) {
            (Style::CodesAndTexts, Some((code, text))) => Head::of_code(code, text),
            (Style::Texts, _) => Head::of_text(name),
            _ => Head::of_code(name.trim(), ""),
        };
        Self { style, heads: first.iter().map(head).collect() }
    }

    /// How many rows of the file they are.
    pub(super) fn rows(&self) -> usize {
        if self.style == Style::Verbatim { 2 } else { 1 }
    }
}

/// Whether the second row holds the codes of the columns that every export has.
pub(super) fn is_verbatim(grid: &Grid) -> bool {
    grid.record(1).is_some_and(|second| {
        let known = second.cells().filter(|cell| metadata::is_code(cell.trim())).count();
        known >= 3 && second.cells().all(|cell| cell.trim().is_empty() || is_code(cell.trim()))
    })
}

impl Head {
    fn of_code(code: &str, text: &str) -> Self {
        let (base, parts) = taken_apart(code);
        let (wording, labels) = split(text, parts.len());
        Self { name: code.to_owned(), base, parts, wording, labels }
    }

    fn of_text(text: &str) -> Self {
        let (wording, labels) = split(text, 2);
        Self { name: plain(text), base: wording.clone(), parts: labels.clone(), wording, labels }
    }

    /// The wording of a part, or its code where the header gives none.
    pub(super) fn label(&self) -> String {
        let labels: Vec<&str> =
            self.labels.iter().map(String::as_str).filter(|label| !label.is_empty()).collect();
        match (labels.as_slice(), self.parts.as_slice()) {
            ([], []) => self.wording.clone(),
            ([], parts) => parts.join(" "),
            (labels, _) => labels.join(" "),
        }
    }
}

/// A code with its brackets, and the text behind it.
pub(super) fn code_and_text(name: &str) -> Option<(&str, &str)> {
    let name = name.trim();
    let end = code_length(name)?;
    let rest = &name[end..];
    let text = rest.strip_prefix("._.").or_else(|| rest.strip_prefix(". "));
    let text = text.or_else(|| (rest == ".").then_some(""))?;
    Some((&name[..end], text))
}

/// Whether a text is a code with its brackets and nothing else.
pub(super) fn is_code(name: &str) -> bool {
    code_length(name) == Some(name.len())
}

/// The length of the code at the beginning of a text: letters and digits, then parts in brackets.
fn code_length(name: &str) -> Option<usize> {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '#');
    let base = name.find(|c| !inner(c)).unwrap_or(name.len());
    if base == 0 || name[..base].bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut end = base;
    while name[end..].starts_with('[') {
        let close = end + name[end..].find(']')?;
        // A part of a code has no blanks; a text in brackets has.
        if name[end + 1..close].contains([' ', '[']) {
            return None;
        }
        end = close + 1;
    }
    Some(end)
}

/// The code of the question and the parts in brackets.
fn taken_apart(code: &str) -> (String, Vec<String>) {
    let Some((base, rest)) = code.split_once('[') else { return (code.to_owned(), Vec::new()) };
    let parts = rest.trim_end_matches(']').split("][").map(str::to_owned).collect();
    (base.to_owned(), parts)
}

/// Takes up to so many texts in brackets off the end of a text.
fn split(text: &str, most: usize) -> (String, Vec<String>) {
    let mut rest: Cow<'_, str> = Cow::Owned(plain(text));
    let mut labels = Vec::new();
    while labels.len() < most
        && let Some((before, label)) = last_in_brackets(&rest)
    {
        labels.insert(0, label.to_owned());
        rest = Cow::Owned(before.to_owned());
    }
    (rest.into_owned(), labels)
}

/// The text in brackets at the end of a text, and what stands before it.
fn last_in_brackets(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix(']')?;
    let mut depth = 1_usize;
    for (at, character) in inner.char_indices().rev() {
        match character {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((text[..at].trim_end(), inner[at + 1..].trim()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::ingest::grid;

    fn heads(text: &str) -> Headers {
        Headers::of(&grid::read(&FileId::new("a.csv"), text.as_bytes()).unwrap().value)
    }

    #[test]
    fn the_styles_of_headers_are_told_apart() {
        for (text, style) in [
            ("id,Q1,Q1[SQ001],Q2_SQ001\n1,2,3,4\n", Style::Codes),
            ("id. Response ID,Q1[SQ001]. How? [Tea],Q2. Why?\n1,2,3\n", Style::CodesAndTexts),
            ("socio1._.Where?,likert0[a]._. [How?]\n1,2\n", Style::CodesAndTexts),
            ("Response ID,Date submitted,How? [Tea]\n1,2,3\n", Style::Texts),
            (
                "Response ID\tDate submitted\tLast page\tHow?\nid\tsubmitdate\tlastpage\tQ1_SQ001\n1\t2\t3\t4\n",
                Style::Verbatim,
            ),
        ] {
            assert_eq!(heads(text).style, style, "{text}");
        }
    }

    #[test]
    fn codes_parts_and_wordings_are_taken_apart() {
        let headers =
            heads("Q1[SQ001][2]. How <b>often</b>? [Tea [hot]] [Scale 2],Q2[other]. Which? [Other]\n1,2\n");
        let first = &headers.heads[0];
        assert_eq!(
            (first.base.as_str(), first.parts.as_slice()),
            ("Q1", &["SQ001".to_owned(), "2".to_owned()][..])
        );
        assert_eq!((first.wording.as_str(), first.label().as_str()), ("How often?", "Tea [hot] Scale 2"));
        assert_eq!(headers.heads[1].label(), "Other");
    }

    #[test]
    fn l_06_brackets_and_markup_in_texts_are_no_codes() {
        assert!(!is_code("Which? [Tea]") && !is_code("12") && is_code("Q1[SQ001_SQ002]"));
        assert_eq!(code_and_text("3. Python."), None);
        assert_eq!(code_and_text("e.g. this"), None);
        assert_eq!(code_and_text("edu1. <p>What?</p>"), Some(("edu1", "<p>What?</p>")));
    }
}
