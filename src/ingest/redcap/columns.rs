//! What each column of an export is, by the fields that the dictionary says there should be.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::codebook::wording::plain;

use crate::ingest::header::words;

use super::choices::box_name;
use super::dictionary::{Dictionary, Kind};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The record id.
    Record,
    /// About the row: event, repeat, access group.
    System,
    /// The participant identifier of a survey.
    SurveyIdentifier,
    /// When a form was submitted as a survey.
    Timestamp(usize),
    /// The completion status of a form.
    Status(usize),
    /// A field that has one column.
    Field(usize),
    /// One box of a checkbox field.
    Box {
        /// The field.
        field: usize,
        /// The choice.
        choice: usize,
    },
    /// All boxes of a field, joined in one column.
    Joined(usize),
    /// Nothing that the dictionary knows.
    Unknown,
}

/// Whether the header holds field names or field labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Headers {
    Names,
    Labels,
}

/// The columns that describe the row, by name and by label.
pub(super) const SYSTEM: [(&str, &str); 4] = [
    ("redcap_event_name", "Event Name"),
    ("redcap_repeat_instrument", "Repeat Instrument"),
    ("redcap_repeat_instance", "Repeat Instance"),
    ("redcap_data_access_group", "Data Access Group"),
];

/// The participant identifier, by name and by label.
pub(super) const SURVEY_IDENTIFIER: (&str, &str) = ("redcap_survey_identifier", "Survey Identifier");

/// A column that an export of this project can have.
pub(super) struct Expected {
    pub(super) role: Role,
    pub(super) name: String,
    label: String,
}

/// The forms of a dictionary, in order.
pub(super) fn forms(dictionary: &Dictionary) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let names = dictionary.fields.iter().map(|field| field.form.clone());
    names.filter(|form| seen.insert(form.clone())).collect()
}

/// Finds what each column is: by name where the header holds names, else by its place among the labels, which repeat.
pub(super) fn align(names: &[String], dictionary: &Dictionary) -> (Headers, Vec<Role>) {
    let expected = expected(dictionary);
    let known: BTreeSet<&str> = expected.iter().map(|column| column.name.as_str()).collect();
    let labels: BTreeSet<String> = expected.iter().map(|column| words(&column.label)).collect();
    let by_name =
        names.iter().filter(|name| known.contains(name.trim().to_ascii_lowercase().as_str())).count();
    let by_label = names.iter().filter(|name| labels.contains(&words(&plain(name)))).count();
    if by_name >= by_label {
        (Headers::Names, align_names(names, &expected, dictionary))
    } else {
        (Headers::Labels, align_labels(names, &expected))
    }
}

/// The columns that an export of this project can have, in their order.
pub(super) fn expected(dictionary: &Dictionary) -> Vec<Expected> {
    let mut expected = Vec::new();
    let mut add = |role, name: &str, label: &str| {
        expected.push(Expected { role, name: name.to_owned(), label: label.to_owned() });
    };
    if let Some(record) = dictionary.fields.first() {
        add(Role::Record, &record.name, &record.label);
    }
    for (name, label) in SYSTEM {
        add(Role::System, name, label);
    }
    add(Role::SurveyIdentifier, SURVEY_IDENTIFIER.0, SURVEY_IDENTIFIER.1);
    for (form, form_name) in forms(dictionary).iter().enumerate() {
        add(Role::Timestamp(form), &format!("{form_name}_timestamp"), "Survey Timestamp");
        for (position, field) in dictionary.fields.iter().enumerate().skip(1) {
            if field.form != *form_name {
                continue;
            }
            match field.kind {
                Kind::Descriptive => {}
                Kind::Checkbox => {
                    add(Role::Joined(position), &field.name, &field.label);
                    for (choice, said) in field.choices.iter().enumerate() {
                        let label = format!("{} (choice={})", field.label, said.label);
                        add(
                            Role::Box { field: position, choice },
                            &box_name(&field.name, &said.code),
                            &label,
                        );
                    }
                }
                _ => add(Role::Field(position), &field.name, &field.label),
            }
        }
        add(Role::Status(form), &format!("{form_name}_complete"), "Complete?");
    }
    expected
}

/// The label of each column's field.
pub(super) fn labels(roles: &[Role], dictionary: &Dictionary) -> Vec<Option<String>> {
    let expected = expected(dictionary);
    let label = |role: &Role| {
        let of = |column: &&Expected| column.role == *role && *role != Role::System;
        expected.iter().find(of).map(|column| column.label.clone())
    };
    roles.iter().map(label).collect()
}

/// Names are unique but for boxes whose codes fold alike; those are taken in order.
fn align_names(names: &[String], expected: &[Expected], dictionary: &Dictionary) -> Vec<Role> {
    let mut waiting: BTreeMap<&str, VecDeque<Role>> = BTreeMap::new();
    for column in expected {
        waiting.entry(column.name.as_str()).or_default().push_back(column.role);
    }
    let folded: Vec<String> = names.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    let mut roles: Vec<Role> = folded
        .iter()
        .map(|name| waiting.get_mut(name.as_str()).and_then(VecDeque::pop_front).unwrap_or(Role::Unknown))
        .collect();
    // Old versions left the underscores of a code out of the column's name.
    for (position, field) in
        dictionary.fields.iter().enumerate().filter(|(_, field)| field.kind == Kind::Checkbox)
    {
        for (choice, said) in field.choices.iter().enumerate() {
            let role = Role::Box { field: position, choice };
            let code: String = said.code.chars().filter(char::is_ascii_alphanumeric).collect();
            let old = box_name(&field.name, &code);
            if roles.contains(&role) || code.is_empty() {
                continue;
            }
            let place =
                folded.iter().zip(&roles).position(|(name, taken)| *taken == Role::Unknown && *name == old);
            if let Some(place) = place {
                roles[place] = role;
            }
        }
    }
    roles
}

/// The longest way to give columns, in order, roles with their label, in order.
fn align_labels(names: &[String], expected: &[Expected]) -> Vec<Role> {
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let mut id = |text: &str| {
        let next = ids.len();
        *ids.entry(words(&plain(text))).or_insert(next)
    };
    let labels: Vec<usize> = expected.iter().map(|column| id(&column.label)).collect();
    let heads: Vec<usize> = names.iter().map(|name| id(name)).collect();
    // What has no partner at all is set aside, so that a file that lacks nothing is matched without a search.
    let in_labels: BTreeSet<usize> = labels.iter().copied().collect();
    let in_heads: BTreeSet<usize> = heads.iter().copied().collect();
    let left: Vec<usize> = (0..heads.len()).filter(|i| in_labels.contains(&heads[*i])).collect();
    let right: Vec<usize> = (0..labels.len()).filter(|j| in_heads.contains(&labels[*j])).collect();
    let same = |i: usize, j: usize| heads[left[i]] == labels[right[j]];
    let mut roles = vec![Role::Unknown; heads.len()];
    for (i, j) in longest_match(left.len(), right.len(), same) {
        roles[left[i]] = expected[right[j]].role;
    }
    roles
}

/// More comparisons than this are not made; columns beyond the first difference then stay unknown.
const MOST_COMPARISONS: usize = 100_000_000;

/// A longest common subsequence of two sequences, as pairs of positions.
fn longest_match(n: usize, m: usize, same: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let start = (0..n.min(m)).take_while(|i| same(*i, *i)).count();
    let mut pairs: Vec<(usize, usize)> = (0..start).map(|i| (i, i)).collect();
    let width = m - start + 1;
    if (n - start + 1).saturating_mul(width) > MOST_COMPARISONS {
        return pairs;
    }
    // longest[i][j]: how many pairs are left from position i and j on, both counted after the common start.
    let mut longest = vec![0_u32; (n - start + 1) * width];
    for i in (0..n - start).rev() {
        for j in (0..m - start).rev() {
            longest[i * width + j] = if same(start + i, start + j) {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < n - start && j < m - start {
        if same(start + i, start + j) {
            pairs.push((start + i, start + j));
            i += 1;
            j += 1;
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::ingest::redcap::dictionary;

    fn dictionary(rows: &str) -> Dictionary {
        let text = format!(
            "field_name,form_name,field_type,field_label,select_choices_or_calculations\nrecord_id,base,text,Record ID,\n{rows}"
        );
        dictionary::read(&FileId::new("d.csv"), text.as_bytes()).unwrap().value
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn r_02_boxes_are_known_by_the_names_that_their_codes_make() {
        let dictionary = dictionary("race,base,checkbox,Race,\"1, A | -99, B | k>=9, C\"\n");
        let (headers, roles) = align(
            &names(&["record_id", "race___1", "race____99", "race___k__9", "race___x", "base_complete"]),
            &dictionary,
        );
        let tick = |choice| Role::Box { field: 1, choice };
        assert_eq!(headers, Headers::Names);
        assert_eq!(roles, [Role::Record, tick(0), tick(1), tick(2), Role::Unknown, Role::Status(0)]);
    }

    #[test]
    fn boxes_of_old_versions_and_of_codes_that_fold_alike_are_found() {
        let dictionary = dictionary("f,base,checkbox,F,\"a_b, A | -1, B | _1, C\"\n");
        let (_, roles) = align(&names(&["record_id", "f___ab", "f____1", "f____1"]), &dictionary);
        assert_eq!(roles[1..], [0, 1, 2].map(|choice| Role::Box { field: 1, choice }));
    }

    #[test]
    fn r_03_label_headers_that_repeat_are_told_apart_by_position() {
        let dictionary = dictionary(
            "a,base,text,Name,\nb,base,text,Name,\nc,visit,text,Name,\nrace,visit,checkbox,<b>Race</b>,\"1, White | 2, Black (choice=b)\"\n",
        );
        let header = names(&[
            "Record ID",
            "Event Name",
            "Name",
            "Name",
            "Complete?",
            "Survey Timestamp",
            "Name ",
            "my own",
            "Race (choice='White')",
            "Race (choice=Black (choice=b))",
            "Complete?",
        ]);
        let (headers, roles) = align(&header, &dictionary);
        assert_eq!(headers, Headers::Labels);
        assert_eq!(
            roles,
            [
                Role::Record,
                Role::System,
                Role::Field(1),
                Role::Field(2),
                Role::Status(0),
                Role::Timestamp(1),
                Role::Field(3),
                Role::Unknown,
                Role::Box { field: 4, choice: 0 },
                Role::Box { field: 4, choice: 1 },
                Role::Status(1),
            ]
        );
    }

    #[test]
    fn r_15_a_field_that_the_export_lacks_leaves_the_others_in_place() {
        let dictionary = dictionary("a,base,text,First,\nb,base,text,Second,\nc,base,text,Third,\n");
        let (_, roles) = align(&names(&["Record ID", "First", "Third", "Complete?"]), &dictionary);
        assert_eq!(roles, [Role::Record, Role::Field(1), Role::Field(3), Role::Status(0)]);
    }
}
