//! Groups of columns that are several questions: pick, group and rank, a drill-down, a ranking in each row.

use std::collections::BTreeMap;

use crate::codebook::{self, Form, Item};
use crate::ingest::qsf::Choice;

use super::columns::{Group, Member, Sheet};
use super::defined::choice;
use super::draft::{self, Draft};
use super::import_id::Part;
use super::labels;

/// One question of several.
pub(super) struct OneOf {
    /// What stands behind the group's tag to name it.
    pub(super) suffix: String,
    /// What stands behind the group's wording to tell it from the others.
    pub(super) heading: String,
    /// Its kind, columns and choices.
    pub(super) form: Form,
}

/// For each item the group into which it was put, and for each group a ranking of the items in it.
///
/// An item that is in another group has the mark of no answer or nothing: neither says that anything is missing.
pub(super) fn groups(
    group: &Group,
    sheet: &Sheet<'_>,
    items: &[Choice],
    groups: &[Choice],
) -> Option<Vec<OneOf>> {
    let label = |choices: &[Choice], id: &str| {
        choices
            .iter()
            .find(|choice| choice.id == id)
            .map_or_else(|| id.to_owned(), |choice| choice.label.clone())
    };
    let (mut things, mut places): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for member in &group.members {
        if let Part::InGroup(of, item) | Part::RankIn(of, item) = &member.part {
            add(&mut things, item);
            add(&mut places, of);
        }
    }
    places.sort_by_key(|of| of.parse::<u64>().unwrap_or(u64::MAX));
    let named = |of: &String| codebook::Choice {
        id: of.clone(),
        code: of.clone(),
        ..codebook::Choice::labelled(&label(groups, of))
    };
    let column = |wanted: &Part| {
        group.members.iter().find(|member| member.part == *wanted).map(|member| member.column)
    };
    let mut parts = Vec::new();
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    for thing in &things {
        let of_groups: Option<Vec<usize>> =
            places.iter().map(|of| column(&Part::InGroup(of.clone(), thing.clone()))).collect();
        let Some(of_groups) = of_groups else { continue };
        let Some(first) = of_groups.first() else { continue };
        rows.push(Item { id: sheet.name(*first).to_owned(), label: label(items, thing), column: *first });
        columns.push(of_groups);
    }
    if !rows.is_empty() {
        let form = Form::MultiBattery { items: rows, columns, choices: places.iter().map(named).collect() };
        parts.push(OneOf { suffix: String::new(), heading: String::new(), form });
    }
    for of in &places {
        let ranked = things.iter().filter_map(|thing| {
            let column = column(&Part::RankIn(of.clone(), thing.clone()))?;
            Some(Item { id: sheet.name(column).to_owned(), label: label(items, thing), column })
        });
        let ranked: Vec<Item> = ranked.collect();
        if !ranked.is_empty() {
            let form = Form::Ranking { items: ranked };
            parts.push(OneOf { suffix: format!("_{of}_RANK"), heading: label(groups, of), form });
        }
    }
    (!parts.is_empty()).then_some(parts)
}

/// Pick, group and rank without a definition, which its ids tell: within a group labels differ by the item, and between
/// groups by the group.
pub(super) fn inferred(group: &Group, sheet: &Sheet<'_>) -> Option<Vec<Draft>> {
    let mut of_group: BTreeMap<&str, Vec<&Member>> = BTreeMap::new();
    for member in &group.members {
        if let Part::InGroup(of, _) | Part::RankIn(of, _) = &member.part {
            of_group.entry(of).or_default().push(member);
        }
    }
    let mut items: BTreeMap<&str, String> = BTreeMap::new();
    let mut beginnings = Vec::new();
    for members in of_group.values() {
        let (wording, labels) = draft::texts(members, sheet);
        for member in members {
            if let (Part::InGroup(_, item) | Part::RankIn(_, item), Some(label)) =
                (&member.part, labels.get(&member.column))
            {
                let label = label.strip_suffix(" - Group").unwrap_or(label);
                let label = label.strip_suffix(" - Rank").unwrap_or(label);
                items.entry(item).or_insert_with(|| label.to_owned());
            }
        }
        beginnings.push(wording);
    }
    let beginnings: Vec<&str> = beginnings.iter().map(String::as_str).collect();
    let (wording, named_groups) = labels::split(&beginnings, sheet.header.generation);
    let named = |(id, label): (&str, String)| Choice { id: id.to_owned(), label, ..Choice::default() };
    let items: Vec<Choice> = items.into_iter().map(named).collect();
    let places: Vec<Choice> = of_group.into_keys().zip(named_groups).map(named).collect();
    let parts = groups(group, sheet, &items, &places)?;
    let draft = |part: OneOf| Draft {
        suffix: part.suffix,
        wording: [wording.as_str(), part.heading.as_str()].join(" ").trim().to_owned(),
        form: part.form,
        defined: false,
        notes: Vec::new(),
    };
    Some(parts.into_iter().map(draft).collect())
}

/// A choice on each level of a drill-down.
pub(super) fn levels(
    group: &Group,
    sheet: &Sheet<'_>,
    levels: &[Choice],
    options: &[Choice],
) -> Option<Vec<OneOf>> {
    let members = draft::answers_at(group, 1);
    let parts = members.iter().filter_map(|member| {
        let id = first_id(member)?;
        let known = levels.iter().find(|level| level.id == *id).map(|level| level.label.clone());
        Some(OneOf {
            suffix: format!("_{id}"),
            heading: known.unwrap_or_else(|| sheet.label(member.column).to_owned()),
            form: Form::Single {
                column: member.column,
                choices: options.iter().map(choice).collect(),
                texts: Vec::new(),
            },
        })
    });
    let parts: Vec<OneOf> = parts.collect();
    (!parts.is_empty()).then_some(parts)
}

/// A ranking of the columns of a matrix in each of its rows.
pub(super) fn ranks(
    group: &Group,
    sheet: &Sheet<'_>,
    rows: &[Choice],
    answers: &[Choice],
) -> Option<Vec<OneOf>> {
    let cells = draft::answers_at(group, 2);
    let mut ids: Vec<String> = Vec::new();
    cells.iter().filter_map(|member| first_id(member)).for_each(|id| add(&mut ids, id));
    let label = |choices: &[Choice], id: &String| {
        choices
            .iter()
            .find(|choice| choice.id == *id)
            .map_or_else(|| id.clone(), |choice| choice.label.clone())
    };
    let of_row = |id: &String| {
        let items = cells.iter().filter(|member| first_id(member) == Some(id)).filter_map(|member| {
            let Part::Answer(ids) = &member.part else { return None };
            let label = label(answers, ids.get(1)?);
            Some(Item { id: sheet.name(member.column).to_owned(), label, column: member.column })
        });
        OneOf {
            suffix: format!("_{id}"),
            heading: label(rows, id),
            form: Form::Ranking { items: items.collect() },
        }
    };
    (!ids.is_empty()).then(|| ids.iter().map(of_row).collect())
}

fn first_id(member: &Member) -> Option<&String> {
    match &member.part {
        Part::Answer(ids) => ids.first(),
        _ => None,
    }
}

fn add(ids: &mut Vec<String>, id: &str) {
    if !ids.iter().any(|known| known == id) {
        ids.push(id.to_owned());
    }
}
