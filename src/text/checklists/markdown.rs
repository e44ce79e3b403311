//! A filled checklist as Markdown: a table for each section.

use std::fmt::Write as _;

use super::{Filled, Item, Said};
use crate::text::fill::escaped;

/// How many ids of findings stand beside an item before the rest are counted.
pub(super) const NAMED: usize = 6;

/// Writes a checklist.
pub fn markdown(filled: &Filled, study: &str) -> String {
    let checklist = filled.checklist;
    let mut text =
        format!("# {}\n\n{}\n\n{}.\n", escaped(checklist.title), escaped(study), escaped(checklist.source));
    let mut section = "";
    for (item, said) in checklist.items.iter().zip(&filled.said) {
        if item.section != section {
            section = item.section;
            let _ = write!(
                text,
                "\n## {section}\n\n| No. | Item | What is said | Findings |\n|---|---|---|---|\n"
            );
        }
        let words = cell(&said.text);
        let left = to_do(checklist.name, item, said);
        let left = left.map(|left| format!("**{}**", escaped(&left))).unwrap_or_default();
        let words =
            [words, left].iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        let _ = writeln!(
            text,
            "| {} | {} | {words} | {} |",
            item.number,
            escaped(item.asks),
            cell(&escaped(&ids(said)))
        );
    }
    for note in &filled.notes {
        let _ = write!(text, "\n> {}\n", escaped(note));
    }
    text
}

/// What has to be written, and where.
pub(super) fn to_do(checklist: &str, item: &Item, said: &Said) -> Option<String> {
    let place = format!("under {} in [checklists.{checklist}] of the study file", item.name);
    Some(match said.to_do(item)? {
        "it" => format!("To do: write it {place}."),
        rest => format!("To do: write {rest}, {place}."),
    })
}

/// The ids of the findings that say something, the first few by name.
pub(super) fn ids(said: &Said) -> String {
    let mut named: Vec<&str> = said.ids.iter().take(NAMED).map(String::as_str).collect();
    let more = format!("and {} more", said.ids.len().saturating_sub(NAMED));
    if said.ids.len() > NAMED {
        named.push(&more);
    }
    named.join(", ")
}

/// Markdown that stays in its cell.
fn cell(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars() {
        match character {
            '\n' | '\r' => written.push(' '),
            '|' if before != '\\' => written.push_str("\\|"),
            other => written.push(other),
        }
        before = character;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn nothing_leaves_its_cell() {
        assert_eq!(cell("a | b \\| c\nd"), "a \\| b \\| c d");
    }
}
