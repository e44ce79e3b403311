//! Which column is what, by keys that headers share with a definition.

use std::collections::BTreeMap;

/// The roles for which a key can stand, in the order of the definition.
pub(super) type Roles<R> = BTreeMap<String, Vec<R>>;

/// What the columns are.
pub(super) struct Placed<R> {
    /// The role of each column.
    pub(super) roles: Vec<Option<R>>,
    /// Columns whose key stands for another number of roles than it has columns: none of them is decided for.
    pub(super) undecided: Vec<usize>,
}

/// Adds a role to a key.
pub(super) fn add<R: PartialEq>(roles: &mut Roles<R>, key: String, role: R) {
    let known = roles.entry(key).or_default();
    if !known.contains(&role) {
        known.push(role);
    }
}

/// Gives each column its role; several columns with one key have as many roles in their order.
pub(super) fn place<R: Copy>(keys: &[String], roles: &Roles<R>) -> Placed<R> {
    let mut columns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (column, key) in keys.iter().enumerate() {
        columns.entry(key.as_str()).or_default().push(column);
    }
    let mut placed = Placed { roles: vec![None; keys.len()], undecided: Vec::new() };
    for (key, columns) in columns {
        match roles.get(key) {
            Some(roles) if roles.len() == columns.len() => {
                for (column, role) in columns.iter().zip(roles) {
                    placed.roles[*column] = Some(*role);
                }
            }
            Some(_) => placed.undecided.extend(columns),
            None => {}
        }
    }
    placed
}

impl<R> Placed<R> {
    /// How many columns have a role.
    pub(super) fn known(&self) -> usize {
        self.roles.iter().flatten().count()
    }
}

/// A few of several names, for a message.
pub(super) fn some(names: &[&str]) -> String {
    const NAMED: usize = 5;
    let more = names.len().saturating_sub(NAMED);
    let named = names.iter().take(NAMED).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    if more == 0 { named } else { format!("{named} and {more} more") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_several_columns_is_decided_only_with_as_many_roles() {
        let mut roles = Roles::new();
        for (key, role) in [("a", 1), ("a", 2), ("b", 3), ("b", 4)] {
            add(&mut roles, key.to_owned(), role);
        }
        let placed = place(&["a", "b", "a", "c"].map(str::to_owned), &roles);
        assert_eq!((placed.roles, placed.undecided), (vec![Some(1), None, Some(2), None], vec![1]));
    }

    #[test]
    fn many_names_are_cut_short() {
        assert_eq!(some(&["a", "b"]), "\"a\", \"b\"");
        assert!(some(&["a", "b", "c", "d", "e", "f", "g"]).ends_with("\"e\" and 2 more"));
    }
}
