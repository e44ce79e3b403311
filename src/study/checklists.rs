//! Reporting checklists that a study asks for, and what its people write into them.

use super::document::{Section, Spanned};
use super::names::no_duplicates;

/// A checklist that is asked for. Which there are, and what their items are called, is known to `checklists`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistAsked {
    /// Its name.
    pub name: Spanned<String>,
    /// Whether `[study]` lists it, as it must; what is written for another would be written for nothing.
    pub is_listed: bool,
    /// What is written for items, by their names.
    pub answers: Vec<(Spanned<String>, Spanned<String>)>,
}

/// Reads the list in `[study]` and the tables `[checklists.NAME]`.
pub(super) fn checklists(root: &Section<'_>, head: Option<&Section<'_>>) -> Vec<ChecklistAsked> {
    let names = head.map(|head| head.texts("checklists")).unwrap_or_default();
    if let Some(head) = head {
        no_duplicates(head, "checklist", &names);
    }
    let mut asked: Vec<ChecklistAsked> =
        names.into_iter().map(|name| ChecklistAsked { name, is_listed: true, answers: Vec::new() }).collect();
    let Some(tables) = root.section("checklists") else { return asked };
    for (name, section) in tables.named_sections() {
        let answers: Vec<(Spanned<String>, Spanned<String>)> = section
            .rest()
            .into_iter()
            .filter_map(|(item, said)| {
                let span = said.first()?.span.clone();
                let words: Vec<String> = said.into_iter().map(|said| said.value).collect();
                Some((item, Spanned { value: words.join("\n\n"), span }))
            })
            .collect();
        section.finish();
        match asked.iter_mut().find(|checklist| checklist.name.value == name.value) {
            Some(checklist) => checklist.answers = answers,
            None => asked.push(ChecklistAsked { name, is_listed: false, answers }),
        }
    }
    asked
}
