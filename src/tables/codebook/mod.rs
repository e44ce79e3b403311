//! A codebook as a page, as Markdown and as CSV.

mod csv;
mod html;
mod markdown;
#[cfg(test)]
mod tests;

pub use csv::csv;
pub use html::html;
pub use markdown::markdown;

use crate::codebook::Missing;
use crate::inspect::{Codebook, Entry, EntryChoice, EntryItem};

/// What there is to say of a question beside its items and choices: a name and what it is.
fn facts(entry: &Entry, codebook: &Codebook) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Kind", entry.kind.clone())];
    if !entry.label.is_empty() {
        facts.insert(0, ("Label", entry.label.clone()));
    }
    if let Some(native) = entry.native.as_ref().filter(|native| **native != entry.id) {
        facts.push(("Platform's id", native.clone()));
    }
    if codebook.sources.len() > 1 {
        facts.push(("Source", entry.source.clone()));
    }
    let known = if entry.defined { "from the definition" } else { "from the columns and answers" };
    facts.push(("Known", known.to_owned()));
    if let Some(condition) = &entry.condition {
        facts.push(("Asked if", condition.clone()));
    }
    if let Some(scale) = &entry.scale {
        facts.push(("Scale", scale.clone()));
    }
    if !entry.reversed.is_empty() {
        facts.push(("Reversed items", entry.reversed.join(", ")));
    }
    if let Some(whole) = whole(entry) {
        facts.push(("Answered", answered(whole, entry.rows)));
        if !whole.missing.is_empty() {
            facts.push(("Missing", reasons(&whole.missing)));
        }
        facts.push((if whole.columns.len() == 1 { "Column" } else { "Columns" }, whole.columns.join(", ")));
    }
    if entry.choices_not_shown > 0 {
        let hidden = entry.choices_not_shown;
        facts.push(("Not shown", format!("{hidden} choices that one person alone may have written")));
    }
    facts
}

/// The question itself where it is answered as a whole.
fn whole(entry: &Entry) -> Option<&EntryItem> {
    entry.items.first().filter(|item| item.label.is_empty() && item.id.is_empty())
}

/// The items that have a row of their own.
fn parts(entry: &Entry) -> &[EntryItem] {
    if whole(entry).is_some() { entry.items.get(1..).unwrap_or_default() } else { &entry.items }
}

/// Whether the items were counted one by one.
fn counts_items(entry: &Entry) -> bool {
    parts(entry).iter().any(|item| item.answered.is_some())
}

fn answered(item: &EntryItem, rows: u64) -> String {
    item.answered.map_or_else(String::new, |answered| format!("{answered} of {rows}"))
}

fn reasons(missing: &[(Missing, u64)]) -> String {
    missing.iter().map(|(reason, count)| format!("{count} {}", reason.words())).collect::<Vec<_>>().join(", ")
}

/// What is said of a choice beside its label.
fn remark(choice: &EntryChoice) -> String {
    choice.outside.map_or_else(String::new, |reason| format!("no answer: {}", reason.words()))
}

/// Whether any choice has a code, and any a remark.
fn columns_of(choices: &[EntryChoice]) -> (bool, bool) {
    (
        choices.iter().any(|choice| choice.code.is_some()),
        choices.iter().any(|choice| choice.outside.is_some()),
    )
}
