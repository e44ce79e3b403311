//! TOML that people write, read with the place of every key and value, so that every mistake can be shown at once.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diag::{Code, Diag, FileId, Place, codes, nearest};

/// A value and its place in the file that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// How many syntax errors are shown: those after the first few are mostly echoes of them.
const SYNTAX_ERRORS_SHOWN: usize = 3;

/// A document being read, and the problems found so far.
pub(super) struct Document {
    file: FileId,
    problems: RefCell<Vec<Diag>>,
}

impl Document {
    /// Parses `text` and reads it with `read`. Syntax errors end the reading; all others are collected.
    pub(super) fn read<T>(
        file: &FileId,
        text: &str,
        read: impl FnOnce(&Section<'_>) -> Option<T>,
    ) -> Result<T, Vec<Diag>> {
        let document = Self { file: file.clone(), problems: RefCell::default() };
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let syntax = |error: &toml::de::Error| {
                let span = error.span().unwrap_or(0..0);
                Diag::error(codes::STUDY_SYNTAX, Place::span(file, span), error.message().to_owned())
            };
            return Err(errors.iter().take(SYNTAX_ERRORS_SHOWN).map(syntax).collect());
        }
        let section = Section::new(&document, String::new(), table.span(), table.get_ref());
        let value = read(&section);
        section.finish();
        let mut problems = document.problems.into_inner();
        problems.sort_by_key(|problem| match &problem.place {
            Place::Span { range, .. } => range.start,
            _ => 0,
        });
        match value {
            Some(value) if problems.is_empty() => Ok(value),
            _ => Err(problems),
        }
    }

    fn problem(&self, code: Code, span: Range<usize>, message: String) -> &Self {
        self.problems.borrow_mut().push(Diag::error(code, Place::span(&self.file, span), message));
        self
    }

    fn help(&self, help: String) {
        if let Some(last) = self.problems.borrow_mut().last_mut() {
            last.help = Some(help);
        }
    }
}

/// A table of the document. What is asked of it is remembered, so that what nobody asked for can be reported.
pub(super) struct Section<'a> {
    document: &'a Document,
    /// Its name, as in `groups.students`; empty for the whole document.
    pub(super) name: String,
    /// Its place.
    pub(super) span: Range<usize>,
    entries: Vec<Entry<'a>>,
    asked: RefCell<BTreeSet<String>>,
    used: RefCell<BTreeSet<usize>>,
}

struct Entry<'a> {
    key: &'a str,
    key_span: Range<usize>,
    value: &'a DeValue<'a>,
    span: Range<usize>,
}

impl<'a> Section<'a> {
    fn new(document: &'a Document, name: String, span: Range<usize>, table: &'a DeTable<'a>) -> Self {
        let mut entries: Vec<Entry<'a>> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref(),
                key_span: key.span(),
                value: value.get_ref(),
                span: value.span(),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        Self { document, name, span, entries, asked: RefCell::default(), used: RefCell::default() }
    }

    /// Reports a problem at a place.
    pub(super) fn problem(&self, code: Code, span: Range<usize>, message: impl Into<String>) {
        self.document.problem(code, span, message.into());
    }

    /// Reports a problem at a place, with its remedy.
    pub(super) fn problem_with_help(
        &self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.document.problem(code, span, message.into()).help(help.into());
    }

    /// Reports a name that is none of the known ones, with the nearest.
    pub(super) fn unknown_name(&self, what: &str, name: &Spanned<String>, known: &[&str]) {
        let help = match nearest(&name.value, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if known.is_empty() => format!("the study defines no {what}"),
            None => format!("there are: {}", known.join(", ")),
        };
        self.problem_with_help(
            codes::STUDY_UNKNOWN_NAME,
            name.span.clone(),
            format!("no {what} is named \"{}\"", name.value),
            help,
        );
    }

    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Where a key's value stands.
    pub(super) fn place_of(&self, key: &str) -> Option<Range<usize>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.span.clone())
    }

    fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.asked.borrow_mut().insert(key.to_owned());
        let position = self.entries.iter().position(|entry| entry.key == key)?;
        self.used.borrow_mut().insert(position);
        self.entries.get(position)
    }

    fn wrong_type(&self, entry: &Entry<'_>, expected: &str) {
        self.problem(
            codes::STUDY_WRONG_TYPE,
            entry.span.clone(),
            format!("{} is {}, but {expected} is expected", entry.key, article(entry.value.type_str())),
        );
    }

    fn missing(&self, key: &str) {
        let owner = if self.name.is_empty() { String::new() } else { format!("[{}] ", self.name) };
        self.problem(codes::STUDY_MISSING_KEY, self.span.clone(), format!("{owner}needs a key \"{key}\""));
    }

    /// A text.
    pub(super) fn text(&self, key: &str) -> Option<Spanned<String>> {
        let entry = self.entry(key)?;
        match entry.value.as_str() {
            Some(text) => Some(Spanned { value: text.to_owned(), span: entry.span.clone() }),
            None => {
                self.wrong_type(entry, "a text");
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn required_text(&self, key: &str) -> Option<Spanned<String>> {
        if self.entry(key).is_none() {
            self.missing(key);
            return None;
        }
        self.text(key)
    }

    /// A text or a list of texts; empty if the key is not there.
    pub(super) fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        if let Some(text) = entry.value.as_str() {
            return vec![Spanned { value: text.to_owned(), span: entry.span.clone() }];
        }
        let Some(array) = entry.value.as_array() else {
            self.wrong_type(entry, "a text or a list of texts");
            return Vec::new();
        };
        array
            .iter()
            .filter_map(|value| match value.get_ref().as_str() {
                Some(text) => Some(Spanned { value: text.to_owned(), span: value.span() }),
                None => {
                    let message = format!(
                        "{} holds {}, but only texts are expected",
                        entry.key,
                        article(value.get_ref().type_str())
                    );
                    self.problem(codes::STUDY_WRONG_TYPE, value.span(), message);
                    None
                }
            })
            .collect()
    }

    /// True or false.
    pub(super) fn flag(&self, key: &str) -> Option<Spanned<bool>> {
        let entry = self.entry(key)?;
        let DeValue::Boolean(value) = entry.value else {
            self.wrong_type(entry, "true or false");
            return None;
        };
        Some(Spanned { value: *value, span: entry.span.clone() })
    }

    /// A whole number that is not negative.
    pub(super) fn count(&self, key: &str) -> Option<Spanned<u64>> {
        let entry = self.entry(key)?;
        let parsed = entry.value.as_integer().and_then(|integer| integer.as_str().parse().ok());
        if parsed.is_none() {
            self.wrong_type(entry, "a whole number that is not negative");
        }
        parsed.map(|value| Spanned { value, span: entry.span.clone() })
    }

    /// A decimal number as it is written.
    pub(super) fn decimal(&self, key: &str) -> Option<Spanned<String>> {
        let entry = self.entry(key)?;
        let text = match entry.value {
            DeValue::Float(float) => float.as_str().to_owned(),
            DeValue::Integer(integer) => integer.as_str().to_owned(),
            _ => {
                self.wrong_type(entry, "a number");
                return None;
            }
        };
        Some(Spanned { value: text, span: entry.span.clone() })
    }

    /// Whether a key holds a table, for keys that may hold one or something else.
    pub(super) fn is_table(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key && entry.value.as_table().is_some())
    }

    /// A text, or a number as it is written.
    pub(super) fn text_or_number(&self, key: &str) -> Option<Spanned<String>> {
        match self.entry(key)?.value {
            DeValue::String(_) => self.text(key),
            _ => self.decimal(key),
        }
    }

    /// A list of decimal numbers as they are written.
    pub(super) fn decimals(&self, key: &str) -> Vec<Spanned<String>> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let Some(array) = entry.value.as_array() else {
            self.wrong_type(entry, "a list of numbers");
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for value in array {
            let text = match value.get_ref() {
                DeValue::Float(float) => float.as_str().to_owned(),
                DeValue::Integer(integer) => integer.as_str().to_owned(),
                other => {
                    let held = article(other.type_str());
                    let message = format!("{} holds {held}, but only numbers are expected", entry.key);
                    self.problem(codes::STUDY_WRONG_TYPE, value.span(), message);
                    continue;
                }
            };
            numbers.push(Spanned { value: text, span: value.span() });
        }
        numbers
    }

    /// A table below this one.
    pub(super) fn section(&self, key: &str) -> Option<Section<'a>> {
        let entry = self.entry(key)?;
        match entry.value.as_table() {
            Some(table) => Some(self.below(entry, table)),
            None => {
                self.wrong_type(entry, "a table");
                None
            }
        }
    }

    fn below(&self, entry: &Entry<'a>, table: &'a DeTable<'a>) -> Section<'a> {
        let name =
            if self.name.is_empty() { entry.key.to_owned() } else { format!("{}.{}", self.name, entry.key) };
        // A table header has no value of its own to point at; its key says where it is.
        let span = if entry.span.is_empty() { entry.key_span.clone() } else { entry.span.clone() };
        Section::new(self.document, name, span, table)
    }

    /// A list of tables, written `[[key]]`.
    pub(super) fn sections(&self, key: &str) -> Vec<Section<'a>> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let Some(array) = entry.value.as_array() else {
            self.wrong_type(entry, "a list of tables, written with double brackets,");
            return Vec::new();
        };
        array
            .iter()
            .filter_map(|value| match value.get_ref().as_table() {
                Some(table) => Some(Section::new(self.document, entry.key.to_owned(), value.span(), table)),
                None => {
                    self.problem(
                        codes::STUDY_WRONG_TYPE,
                        value.span(),
                        format!("{} holds something that is no table", entry.key),
                    );
                    None
                }
            })
            .collect()
    }

    /// The tables below this one whose names the writer chose, with their names.
    pub(super) fn named_sections(&self) -> Vec<(Spanned<String>, Section<'a>)> {
        let mut sections = Vec::new();
        for (position, entry) in self.entries.iter().enumerate() {
            self.used.borrow_mut().insert(position);
            match entry.value.as_table() {
                Some(table) => {
                    let name = Spanned { value: entry.key.to_owned(), span: entry.key_span.clone() };
                    sections.push((name, self.below(entry, table)));
                }
                None => self.wrong_type(entry, "a table"),
            }
        }
        sections
    }

    /// The keys not asked for so far, as texts or lists of texts that the writer named.
    pub(super) fn rest(&self) -> Vec<(Spanned<String>, Vec<Spanned<String>>)> {
        let keys: Vec<(String, Range<usize>)> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(position, _)| !self.used.borrow().contains(position))
            .map(|(_, entry)| (entry.key.to_owned(), entry.key_span.clone()))
            .collect();
        keys.into_iter().map(|(key, span)| (Spanned { value: key.clone(), span }, self.texts(&key))).collect()
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for (position, entry) in self.entries.iter().enumerate() {
            if self.used.borrow().contains(&position) {
                continue;
            }
            let owner = if self.name.is_empty() { "the file".to_owned() } else { format!("[{}]", self.name) };
            let help = match nearest(entry.key, asked.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("it may have: {}", asked.iter().cloned().collect::<Vec<_>>().join(", ")),
            };
            self.problem_with_help(
                codes::STUDY_UNKNOWN_KEY,
                entry.key_span.clone(),
                format!("{owner} has no key \"{}\"", entry.key),
                help,
            );
        }
    }
}

fn article(type_name: &str) -> String {
    let vowel = type_name.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {type_name}", if vowel { "an" } else { "a" })
}
