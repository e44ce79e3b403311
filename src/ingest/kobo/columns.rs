//! What each column of an export is, by the names or the labels of the form.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::fold;
use crate::ingest::wording::plain;
use crate::ingest::xlsform::{Definition, GatheredKind, Kind};

use super::metadata::{self, About, bare};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A field that has one column, or the joined choices of one.
    Field(usize),
    /// One choice of a field.
    Tick {
        /// The field.
        field: usize,
        /// The choice.
        choice: usize,
    },
    /// The text written with "Other".
    OtherText(usize),
    /// A field of a matrix for one of the matrix's rows.
    Cell {
        /// The field.
        field: usize,
        /// The row of the matrix.
        row: usize,
    },
    /// A part of a place, or the address of a file.
    Part(usize),
}

/// What the columns are, and whether names or labels of the form say so.
pub(super) struct Aligned {
    pub(super) roles: Vec<Option<Role>>,
    pub(super) by_labels: bool,
    /// Headers that several fields could have, none of which is decided for.
    pub(super) undecided: Vec<String>,
}

/// What separates groups, questions and choices.
const SEPARATORS: [&str; 4] = ["/", ".", "-", ":"];

/// Finds what each column is.
pub(super) fn align(names: &[String], definition: &Definition) -> Aligned {
    let by_name = assign(names, &of_names(definition), |name| bare(name).to_owned());
    let by_label = assign(names, &of_labels(definition), |name| fold(&plain(name)));
    let known = |aligned: &(Vec<Option<Role>>, Vec<String>)| aligned.0.iter().flatten().count();
    let by_labels = known(&by_label) > known(&by_name);
    let (roles, undecided) = if by_labels { by_label } else { by_name };
    Aligned { roles, by_labels, undecided }
}

/// The roles that a header can stand for.
type Roles = BTreeMap<String, Vec<Role>>;

/// Gives each column its role; a header of several columns and as many roles gives them in order.
fn assign(names: &[String], roles: &Roles, key: impl Fn(&str) -> String) -> (Vec<Option<Role>>, Vec<String>) {
    let mut columns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (column, name) in names.iter().enumerate() {
        columns.entry(key(name)).or_default().push(column);
    }
    let mut given = vec![None; names.len()];
    let mut taken = BTreeSet::new();
    let mut undecided = Vec::new();
    let mut open = Vec::new();
    for (key, columns) in &columns {
        match roles.get(key) {
            Some(roles) if roles.len() == columns.len() => {
                for (column, role) in columns.iter().zip(roles) {
                    given[*column] = Some(*role);
                    taken.insert(*role);
                }
            }
            Some(_) => undecided.push(names[columns[0]].clone()),
            None => open.push((key, columns)),
        }
    }
    // The groups around a question may have had other names in another version of the form.
    for (key, columns) in open {
        let [column] = columns.as_slice() else { continue };
        let mut ends = key.match_indices('/').map(|(at, _)| &key[at + 1..]);
        let role = ends.find_map(|end| match roles.get(end).map(Vec::as_slice) {
            Some([role]) if !taken.contains(role) => Some(*role),
            _ => None,
        });
        if let Some(role) = role {
            taken.insert(role);
            given[*column] = Some(role);
        }
    }
    (given, undecided)
}

fn add(roles: &mut Roles, key: String, role: Role) {
    let known = roles.entry(key).or_default();
    if !known.contains(&role) {
        known.push(role);
    }
}

fn of_names(definition: &Definition) -> Roles {
    let mut roles = Roles::new();
    let names: BTreeSet<&str> = definition.fields.iter().map(|field| field.name.as_str()).collect();
    for (position, field) in definition.fields.iter().enumerate() {
        let mut heads: Vec<(String, &[&str])> = vec![(field.name.clone(), &SEPARATORS)];
        for separator in &SEPARATORS {
            heads.push((field.path(separator), std::slice::from_ref(separator)));
        }
        for (head, separators) in &heads {
            add(&mut roles, head.clone(), Role::Field(position));
            for separator in separators.iter().chain([&"/"]) {
                for (choice, said) in field.choices.iter().enumerate() {
                    if matches!(field.kind, Kind::Multiple | Kind::Rank) {
                        let role = Role::Tick { field: position, choice };
                        add(&mut roles, format!("{head}{separator}{}", said.code), role);
                    }
                }
            }
            if field.or_other && !names.contains(format!("{}_other", field.name).as_str()) {
                add(&mut roles, format!("{head}_other"), Role::OtherText(position));
            }
        }
        parts(&mut roles, definition, position);
        cells(&mut roles, definition, position);
    }
    roles
}

/// The columns of a place and of a file beside the field's own.
fn parts(roles: &mut Roles, definition: &Definition, position: usize) {
    let field = &definition.fields[position];
    let heads = SEPARATORS.map(|separator| field.path(separator));
    match field.kind {
        Kind::Place => {
            for part in ["latitude", "longitude", "altitude", "precision", "accuracy"] {
                add(roles, format!("_{}_{part}", field.name), Role::Part(position));
                for (head, separator) in heads.iter().zip(SEPARATORS) {
                    let mut capital = part.to_owned();
                    capital[..1].make_ascii_uppercase();
                    add(roles, format!("{head}{separator}{capital}"), Role::Part(position));
                    // Kobo puts the sign before the last name of the path.
                    let groups = head.strip_suffix(field.name.as_str()).unwrap_or_default();
                    add(roles, format!("{groups}_{}_{part}", field.name), Role::Part(position));
                }
            }
        }
        Kind::File => {
            for head in heads.iter().chain([&field.name]) {
                add(roles, format!("{head}_URL"), Role::Part(position));
            }
        }
        _ => {}
    }
}

/// The columns of a matrix: its name, the row's and the column's, joined.
fn cells(roles: &mut Roles, definition: &Definition, position: usize) {
    let field = &definition.fields[position];
    let Some(block) = field.block.and_then(|block| definition.blocks.get(block)) else { return };
    if block.kind != GatheredKind::Matrix {
        return;
    }
    let around = field.groups.split_last().map_or(&[][..], |(_, around)| around);
    for (row, said) in block.choices.iter().enumerate() {
        let group = format!("{}_{}", block.name, said.code);
        let cell = format!("{group}_{}", field.name);
        let role = Role::Cell { field: position, row };
        add(roles, cell.clone(), role);
        for separator in SEPARATORS {
            let path: Vec<&str> =
                around.iter().map(String::as_str).chain([group.as_str(), cell.as_str()]).collect();
            add(roles, path.join(separator), role);
        }
    }
}

fn of_labels(definition: &Definition) -> Roles {
    let mut roles = Roles::new();
    for (position, field) in definition.fields.iter().enumerate() {
        // A field without a label has its name even where labels are exported.
        let own = if field.labels.is_empty() { std::slice::from_ref(&field.name) } else { &field.labels };
        for label in own {
            let head = fold(&plain(label));
            add(&mut roles, head.clone(), Role::Field(position));
            if !matches!(field.kind, Kind::Multiple | Kind::Rank) {
                continue;
            }
            for (choice, said) in field.choices.iter().enumerate() {
                for spelling in std::iter::once(&said.label).chain(&said.also) {
                    let role = Role::Tick { field: position, choice };
                    add(&mut roles, format!("{head}/{}", fold(&plain(spelling))), role);
                }
            }
        }
    }
    roles
}

/// The columns about the response among those that are no answers.
pub(super) fn about(
    names: &[String],
    roles: &[Option<Role>],
    definition: &Definition,
) -> Vec<(usize, About)> {
    names
        .iter()
        .enumerate()
        .filter_map(|(column, name)| match roles.get(column).copied().flatten() {
            None => Some((column, metadata::about(name)?)),
            Some(Role::Field(field)) => {
                let field = definition.fields.get(field).filter(|field| field.kind == Kind::Metadata)?;
                Some((column, metadata::about(&field.said).unwrap_or(About::Rest)))
            }
            Some(_) => None,
        })
        .collect()
}
