//! A question as the readers of columns leave it, and the ids by which a study file names its parts.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Form, Item};
use crate::diag::Diag;
use crate::ingest::qsf::Asked;

use super::columns::{Group, Member, Sheet};
use super::import_id::Part;
use super::labels;

/// What the columns of a group make, or some of them: a group of several rankings is as many questions.
#[derive(Debug)]
pub(super) struct Draft {
    /// What stands behind the group's tag and native id to name one question of several.
    pub(super) suffix: String,
    /// The wording.
    pub(super) wording: String,
    /// Kind, columns and choices.
    pub(super) form: Form,
    /// Whether a definition said so.
    pub(super) defined: bool,
    /// What was noted.
    pub(super) notes: Vec<Diag>,
}

/// Ids given to questions and items, each once.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    repeated: BTreeSet<String>,
}

impl Ids {
    /// Starts with the names of an export's columns, some of which may repeat.
    pub(super) fn new(sheet: &Sheet<'_>) -> Self {
        let mut seen = BTreeSet::new();
        let names = sheet.header.names.iter();
        let repeated = names.filter(|name| !seen.insert(name.as_str())).cloned().collect();
        Self { taken: BTreeSet::new(), repeated }
    }

    /// Claims the wanted id, or the native one where the wanted is taken or names several columns.
    pub(super) fn claim(&mut self, wanted: &str, native: &str) -> String {
        let first = if self.repeated.contains(wanted) || wanted.is_empty() { native } else { wanted };
        let mut id = first.to_owned();
        let mut number = 2;
        while !self.taken.insert(id.clone()) {
            id = if first == native || number > 2 { format!("{native}-{number}") } else { native.to_owned() };
            number += 1;
        }
        id
    }
}

/// The id of a group: the tag that its columns' names share, else the definition's, else what the names begin with.
pub(super) fn tag(group: &Group, sheet: &Sheet<'_>, asked: Option<&Asked>) -> String {
    let whole =
        group.members.iter().find(|member| matches!(&member.part, Part::Answer(ids) if ids.is_empty()));
    if let Some(whole) = whole {
        return sheet.name(whole.column).to_owned();
    }
    let levels = |part: &Part| match part {
        Part::Answer(ids) | Part::Text(ids) => ids.len(),
        Part::Tick(_) => 1,
        Part::NpsGroup => 2,
        Part::InGroup(..) | Part::RankIn(..) => 3,
        _ => 0,
    };
    let names: Vec<(&str, usize)> =
        group.members.iter().map(|member| (sheet.name(member.column), levels(&member.part))).collect();
    let side = group.side.as_ref().map_or(String::new(), |side| format!("#{side}"));
    let defined = || {
        let round = group.round.as_ref().map_or(String::new(), |round| format!("{round}_"));
        asked.map(|asked| format!("{round}{}{side}", asked.tag))
    };
    let shared = labels::common_tag(&names).or_else(defined).or_else(|| common_beginning(&names));
    shared.or_else(|| group.native()).unwrap_or_else(|| format!("{}{side}", group.question))
}

/// What all names begin with, cut at an underscore.
fn common_beginning(names: &[(&str, usize)]) -> Option<String> {
    let (first, _) = names.first()?;
    let common = names.iter().fold(*first, |common, (name, _)| {
        let same = common.char_indices().zip(name.chars()).take_while(|((_, a), b)| a == b).count();
        common.char_indices().nth(same).map_or(common, |(end, _)| &common[..end])
    });
    let stem = common.rsplit_once('_').map_or("", |(stem, _)| stem);
    match stem.split_once('_') {
        Some((tag, again)) if tag.split('#').next() == Some(again) => Some(tag.to_owned()),
        _ => Some(stem.to_owned()).filter(|stem| !stem.is_empty()),
    }
}

/// An item for each member, with the labels given by `label`.
pub(super) fn items(members: &[&Member], sheet: &Sheet<'_>, label: impl Fn(&Member) -> String) -> Vec<Item> {
    let item = |member: &&Member| Item {
        id: sheet.name(member.column).to_owned(),
        label: label(member),
        column: member.column,
    };
    members.iter().map(item).collect()
}

/// The labels of columns by the second header row, beside the wording that they share.
pub(super) fn texts(members: &[&Member], sheet: &Sheet<'_>) -> (String, BTreeMap<usize, String>) {
    let labels: Vec<&str> = members.iter().map(|member| sheet.label(member.column)).collect();
    let (wording, items) = labels::split(&labels, sheet.header.generation);
    (wording, members.iter().map(|member| member.column).zip(items).collect())
}

/// Members whose cells are answers to one row or choice, and those with a row and a column.
pub(super) fn answers_at(group: &Group, levels: usize) -> Vec<&Member> {
    let fits = |member: &&Member| matches!(&member.part, Part::Answer(ids) if ids.len() == levels);
    group.members.iter().filter(fits).collect()
}

/// The columns of texts written with a choice or row.
pub(super) fn text_columns(group: &Group) -> Vec<usize> {
    let texts = group.members.iter().filter(|member| matches!(member.part, Part::Text(_)));
    texts.map(|member| member.column).collect()
}

/// The columns of a group that belong to its questions but to no answer.
pub(super) fn unused(group: &Group, drafts: &[Draft]) -> Vec<usize> {
    let used: BTreeSet<usize> = drafts.iter().flat_map(|draft| draft.form.columns()).collect();
    group.members.iter().map(|member| member.column).filter(|column| !used.contains(column)).collect()
}
