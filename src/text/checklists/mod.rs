//! Reporting checklists, filled from what was done: each item with what the findings say of it and by which of them, what
//! people write of it, or where they have to.
//!
//! Items are said in our own words; the numbers are those of the checklists, which are to be cited.

mod aapor;
mod cherries;
mod cross;
mod docx;
mod facts;
mod markdown;
mod strobe;

use crate::diag::{Diag, FileId, Place, codes};
use crate::findings::{Findings, Outline, Reason, Value};
use crate::numbers::NumberStyle;

use super::fill::{escaped, fill};
use super::form::Form;
use super::methods::{Done, Sentence, methods};
use super::template::{Piece, TextTemplate};
pub use docx::docx;
use facts::Fact;
pub use markdown::markdown;

/// A checklist.
#[derive(Debug)]
pub struct Checklist {
    /// Its name in a study file.
    pub name: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What is to be cited with it.
    pub source: &'static str,
    /// Its items in order.
    pub items: &'static [Item],
}

/// An item of a checklist.
#[derive(Debug)]
pub struct Item {
    /// Its number in the checklist, or the place in its list.
    pub number: &'static str,
    /// Its name in a study file.
    pub name: &'static str,
    /// The section of the checklist.
    pub section: &'static str,
    /// What it asks for.
    pub asks: &'static str,
    /// What findings can say of it; none where only people can.
    facts: &'static [Fact],
    /// What people have to add to what findings say; nothing where findings say it all.
    pub rest: Option<&'static str>,
}

impl Checklist {
    /// Every checklist.
    pub const ALL: [&'static Self; 4] = [&cherries::CHERRIES, &cross::CROSS, &strobe::STROBE, &aapor::AAPOR];

    /// The checklist with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.into_iter().find(|checklist| checklist.name == name)
    }
}

impl Item {
    /// Whether people have to write of it, whatever is found.
    pub fn is_for_people(&self) -> bool {
        self.facts.is_empty() || self.rest.is_some()
    }
}

/// What people write of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The name of the item.
    pub item: String,
    /// The words, as a template.
    pub template: TextTemplate,
    /// Where they stand.
    pub place: Place,
}

impl Answer {
    /// Reads what is written of an item; mistakes stand where it does.
    pub fn parse(item: &str, words: &str, file: &FileId, place: &Place) -> Result<Self, Vec<Diag>> {
        match TextTemplate::parse(file, words) {
            Ok(template) => Ok(Self { item: item.to_owned(), template, place: place.clone() }),
            Err(problems) => Err(at(problems, place)),
        }
    }
}

fn at(problems: Vec<Diag>, place: &Place) -> Vec<Diag> {
    problems.into_iter().map(|problem| Diag { place: place.clone(), ..problem }).collect()
}

/// A checklist with what is said of each item.
#[derive(Debug)]
pub struct Filled {
    /// The checklist.
    pub checklist: &'static Checklist,
    /// What is said of each of its items, in their order.
    said: Vec<Said>,
    /// What must be said with every output.
    notes: Vec<String>,
}

/// What is said of an item.
#[derive(Debug, Default)]
struct Said {
    /// In Markdown; empty if nothing is.
    text: String,
    /// The findings that say it.
    ids: Vec<String>,
    /// Whether people wrote of it, if only in an output that is not public.
    is_answered: bool,
}

impl Filled {
    /// The items of which nothing is said, or not all that they ask for.
    pub fn open(&self) -> impl Iterator<Item = &'static Item> + '_ {
        let items = self.checklist.items.iter().zip(&self.said);
        items.filter(|(item, said)| said.to_do(item).is_some()).map(|(item, _)| item)
    }
}

/// Fills a checklist. In a public output an answer that needs what is withheld is not told.
pub fn filled(
    checklist: &'static Checklist,
    answers: &[Answer],
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
    is_public: bool,
) -> Result<Filled, Vec<Diag>> {
    let done = Done { outline, findings, style };
    let mut problems = Vec::new();
    let mut all = Vec::new();
    for item in checklist.items {
        let mut said = Said::default();
        for sentence in item.facts.iter().flat_map(|fact| fact.sentences(done)) {
            said.push(&sentence);
        }
        for answer in answers.iter().filter(|answer| answer.item == item.name) {
            match fill(&answer.template, outline, findings, style) {
                // Nothing written is no answer.
                Ok((text, _)) if text.trim().is_empty() => {}
                Ok((text, ids)) => {
                    said.is_answered = true;
                    said.add(&text);
                    said.name(&ids);
                }
                Err(_) if is_public && needs_withheld(&answer.template, done) => {
                    said.is_answered = true;
                    said.add("What is written of it is not told in a public output.");
                }
                Err(found) => problems.extend(at(found, &answer.place)),
            }
        }
        all.push(said);
    }
    if problems.is_empty() {
        Ok(Filled { checklist, said: all, notes: outline.notes.clone() })
    } else {
        Err(problems)
    }
}

/// Whether an answer needs what public findings do not tell: a finding that is withheld or, where even that is not said,
/// is not among them.
fn needs_withheld(template: &TextTemplate, done: Done<'_>) -> bool {
    template.pieces.iter().any(|piece| match piece {
        Piece::Finding { id, form, .. } => match done.findings.get(id).map(|finding| &finding.value) {
            None | Some(Value::NotComputed(Reason::Withheld)) => true,
            // Numbers that stand beside it may be withheld though it is not.
            Some(Value::Number(_)) => matches!(form, Some(Form::MeanSd | Form::MedianIqr)),
            Some(_) => false,
        },
        Piece::Methods { part, .. } => methods(*part, done.outline, done.findings, done.style).is_empty(),
        Piece::Text { .. } | Piece::Literal(_) | Piece::ToDo { .. } => false,
    })
}

impl Said {
    /// What is left to write of an item.
    fn to_do(&self, item: &Item) -> Option<&'static str> {
        match item.rest {
            _ if self.is_answered => None,
            // Of an item that no finding answers, all is left that it asks.
            _ if self.text.is_empty() => Some("it"),
            rest => rest,
        }
    }

    fn push(&mut self, sentence: &Sentence) {
        self.add(&escaped(&sentence.text()));
        sentence.said.iter().for_each(|said| self.name(&said.ids));
    }

    fn name(&mut self, ids: &[String]) {
        for id in ids {
            if !self.ids.contains(id) {
                self.ids.push(id.clone());
            }
        }
    }

    fn add(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(text.trim());
    }
}

/// A warning that names the open items of a checklist.
pub fn open_items(name: &str, open: &[&Item], of: usize, place: Place) -> Option<Diag> {
    let (first, more) = match open.len() {
        0 => return None,
        more @ 9.. => (8, format!(" and {} more", more - 8)),
        all => (all, String::new()),
    };
    let names: Vec<&str> = open.iter().take(first).map(|item| item.name).collect();
    let message = format!("{name}: {} of {of} items are open: {}{more}", open.len(), names.join(", "));
    Some(
        Diag::warning(codes::CHECKLIST_OPEN, place, message)
            .help(format!("write each under its name in [checklists.{name}] of the study file")),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_item_has_a_name_of_its_own_and_checklists_their_length() {
        for checklist in Checklist::ALL {
            let names: BTreeSet<&str> = checklist.items.iter().map(|item| item.name).collect();
            assert_eq!(names.len(), checklist.items.len(), "{}", checklist.name);
            for item in checklist.items {
                assert!(item.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", item.name);
                assert!(!item.asks.is_empty() && !item.number.is_empty());
            }
        }
        // CROSS counts 40 items, the disclosure of AAPOR's code eleven.
        assert_eq!(cross::CROSS.items.len(), 40);
        assert_eq!(aapor::AAPOR.items.len(), 11);
    }

    #[test]
    fn without_findings_every_item_is_open_or_true_of_every_study() {
        let filled = filled(
            &cherries::CHERRIES,
            &[],
            &Outline::default(),
            &Findings::default(),
            NumberStyle::Plain,
            false,
        )
        .unwrap();
        let said: Vec<&str> = filled
            .checklist
            .items
            .iter()
            .filter(|item| filled.open().all(|open| open.name != item.name))
            .map(|item| item.name)
            .collect();
        assert_eq!(said, ["statistical-correction"]);
    }
}
