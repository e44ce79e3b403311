//! Grids of a form: adjacent columns `Question [Row]`.

use crate::codebook::{Form, Question, named_place, read_rank};
use crate::diag::Diag;
use crate::ingest::blocks::{Block, Drafts, Part, Reader, Said, Tally, join, joined};

/// A column, or several that are one grid.
#[derive(Debug)]
pub(super) enum Group {
    One(usize),
    /// What a quiz adds to a question: its score, its feedback.
    Scored(usize),
    Grid(Block),
}

/// Groups the columns from `first` on. Brackets make a grid only where two adjacent columns share what is before them.
pub(super) fn of(titles: &[String], names: &[String], first: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut column = first;
    while column < titles.len() {
        let title = &titles[column];
        if let Some((of, what)) = parts(title)
            && matches!(what.to_lowercase().as_str(), "score" | "feedback")
            && titles.iter().any(|other| other == of)
        {
            groups.push(Group::Scored(column));
            column += 1;
            continue;
        }
        let rows = rows(titles, column);
        if let (Some((wording, _)), 2..) = (parts(title), rows.len()) {
            // A second grid of the same title has numbered names.
            let id = match names[column].strip_prefix(title.as_str()) {
                Some(number) => format!("{wording}{number}"),
                None => wording.to_owned(),
            };
            column += rows.len();
            groups.push(Group::Grid(Block { id, wording: wording.to_owned(), parts: rows }));
        } else {
            groups.push(Group::One(column));
            column += 1;
        }
    }
    groups
}

/// The adjacent columns that share what stands before the brackets, until a row comes again.
fn rows(titles: &[String], first: usize) -> Vec<Part> {
    let mut rows: Vec<Part> = Vec::new();
    let Some((wording, _)) = parts(&titles[first]) else { return rows };
    for (column, title) in titles.iter().enumerate().skip(first) {
        match parts(title) {
            Some((of, row)) if of == wording && rows.iter().all(|known| known.label != row) => {
                rows.push(Part { column, label: row.to_owned(), said: Said::Nothing });
            }
            _ => break,
        }
    }
    rows
}

/// The question and the row of a title `Question [Row]`; a row may hold brackets itself.
fn parts(title: &str) -> Option<(&str, &str)> {
    let inner = title.strip_suffix(']')?;
    let mut depth = 0_i32;
    for (at, character) in inner.char_indices().rev() {
        match character {
            ']' => depth += 1,
            '[' if depth == 0 => {
                let (question, row) = (inner[..at].trim_end(), inner[at + 1..].trim());
                return (!question.is_empty() && !row.is_empty()).then_some((question, row));
            }
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Reads a grid: one answer in each row, or boxes, which are one multi-select for each row.
pub(super) fn read(reader: Reader<'_>, block: &Block, separators: &[&'static str]) -> Drafts {
    let several = block
        .parts
        .iter()
        .filter_map(|part| joined::by_any(&Tally::of(reader.table, part.column), separators));
    let several: Vec<_> = several.collect();
    let Some((separator, _)) = several.first() else {
        let mut drafts = reader.read(block);
        drafts.notes.extend(places(reader, block, &drafts.questions));
        return drafts;
    };
    // The rows share their columns, so a choice that one row alone shows is a choice of all; nobody writes an own one.
    let mut labels: Vec<String> =
        several.iter().flat_map(|(_, options)| options.labels.iter().cloned()).collect();
    labels.sort_unstable();
    labels.dedup();
    let options = joined::Options::of(labels, separator);
    let mut drafts = Drafts::default();
    for part in &block.parts {
        let id = &reader.table.names()[part.column];
        let wording = join(&block.wording, &part.label);
        let (question, note) = reader.several(part.column, id, &wording, separator, &options);
        drafts.questions.push(question);
        drafts.notes.push(note);
    }
    drafts
}

/// A doubt about a grid whose rows are places: what was chosen at them may be items that were put in order.
fn places(reader: Reader<'_>, block: &Block, questions: &[Question]) -> Option<Diag> {
    let named: Option<Vec<u16>> = block.parts.iter().map(|part| named_place(&part.label)).collect();
    let mut named = named?;
    named.sort_unstable();
    if !named.iter().zip(1..).all(|(place, expected)| *place == expected) {
        return None;
    }
    let [Question { form: Form::Battery { choices, .. }, .. }] = questions else { return None };
    if choices.iter().any(|choice| read_rank(&choice.label).is_some()) {
        return None;
    }
    let message = format!(
        "the rows of \"{}\" are called after places, so it may be a ranking of what stands at them; it is read as a battery",
        block.id
    );
    let help =
        "if it is, declare it in the study file: kind = \"ranking\", with choices = [...] of all its items";
    Some(reader.doubt(block, message, help))
}
