//! A codebook for machines.

use serde::Serialize;

use crate::codebook::Missing;
use crate::inspect::{Codebook, Entry};
use crate::record::Format;

/// The format of the codebook: name, major, minor.
const FORMAT: (&str, u32, u32) = ("canvass.codebook", 1, 0);

#[derive(Serialize)]
struct CodebookRecord<'a> {
    format: Format,
    title: &'a str,
    sources: Vec<SourceRecord<'a>>,
    questions: Vec<QuestionRecord<'a>>,
}

#[derive(Serialize)]
struct SourceRecord<'a> {
    label: &'a str,
    file: &'a str,
    definition: Option<&'a str>,
    platform: &'a str,
    rows: u64,
    columns_withheld: u64,
}

#[derive(Serialize)]
struct QuestionRecord<'a> {
    id: &'a str,
    label: &'a str,
    wording: &'a str,
    kind: &'a str,
    source: &'a str,
    native: Option<&'a str>,
    defined: bool,
    asked_if: Option<&'a str>,
    scale: Option<&'a str>,
    reversed: &'a [String],
    rows: u64,
    items: Vec<ItemRecord<'a>>,
    choices: Vec<ChoiceRecord<'a>>,
    choices_not_shown: u64,
}

#[derive(Serialize)]
struct ItemRecord<'a> {
    id: &'a str,
    label: &'a str,
    columns: &'a [String],
    answered: Option<u64>,
    missing: Vec<(&'static str, u64)>,
}

#[derive(Serialize)]
struct ChoiceRecord<'a> {
    code: Option<&'a str>,
    label: &'a str,
    outside: Option<&'static str>,
}

/// The codebook as JSON.
pub(super) fn json(codebook: &Codebook) -> String {
    let sources = codebook.sources.iter().map(|source| SourceRecord {
        label: &source.label,
        file: &source.file,
        definition: source.definition.as_deref(),
        platform: source.platform,
        rows: source.rows,
        columns_withheld: source.withheld,
    });
    let (name, major, minor) = FORMAT;
    let record = CodebookRecord {
        format: Format { name: name.to_owned(), major, minor },
        title: &codebook.title,
        sources: sources.collect(),
        questions: codebook.entries.iter().map(question).collect(),
    };
    let mut text = serde_json::to_string_pretty(&record).unwrap_or_default();
    text.push('\n');
    text
}

fn question(entry: &Entry) -> QuestionRecord<'_> {
    let items = entry.items.iter().map(|item| ItemRecord {
        id: &item.id,
        label: &item.label,
        columns: &item.columns,
        answered: item.answered,
        missing: item.missing.iter().map(|(reason, count)| (reason.id(), *count)).collect(),
    });
    let choices = entry.choices.iter().map(|choice| ChoiceRecord {
        code: choice.code.as_deref(),
        label: &choice.label,
        outside: choice.outside.map(Missing::id),
    });
    QuestionRecord {
        id: &entry.id,
        label: &entry.label,
        wording: &entry.wording,
        kind: &entry.kind,
        source: &entry.source,
        native: entry.native.as_deref(),
        defined: entry.defined,
        asked_if: entry.condition.as_deref(),
        scale: entry.scale.as_deref(),
        reversed: &entry.reversed,
        rows: entry.rows,
        items: items.collect(),
        choices: choices.collect(),
        choices_not_shown: entry.choices_not_shown,
    }
}
