//! The parts of a cell of several answers that are no choice.

/// What a cell of several answers is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parts<'t> {
    /// Parts that are no choice, each once, in the order of the cell.
    pub(super) unknown: Vec<&'t str>,
    /// Whether some part is a choice.
    pub(super) known: bool,
}

/// Takes a cell apart at the separator, but for separators within a choice that is known.
pub(super) fn parts<'t>(spellings: &[&str], separator: &str, cell: &'t str) -> Parts<'t> {
    let mut parts = Parts::default();
    let mut rest = cell.trim();
    while !rest.is_empty() && !separator.is_empty() {
        let ends = |spelling: &&&str| {
            rest.strip_prefix(**spelling)
                .is_some_and(|after| after.is_empty() || after.starts_with(separator))
        };
        let known =
            spellings.iter().filter(|spelling| !spelling.is_empty()).filter(ends).map(|s| s.len()).max();
        let end = known.unwrap_or_else(|| rest.find(separator).unwrap_or(rest.len()));
        let (part, after) = rest.split_at(end);
        let part = part.trim();
        parts.known |= known.is_some();
        if known.is_none() && !part.is_empty() && !parts.unknown.contains(&part) {
            parts.unknown.push(part);
        }
        rest = after.strip_prefix(separator).unwrap_or_default();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_no_choice_is_unknown_and_commas_within_choices_do_not_split_them() {
        let choices = ["Me, myself and I", "Red"];
        let parts = parts(&choices, ",", "Red,mauve,Me, myself and I,grey, mauve");
        assert_eq!(parts, Parts { unknown: vec!["mauve", "grey"], known: true });
    }

    #[test]
    fn a_cell_without_a_choice_is_unknown_as_a_whole() {
        assert_eq!(parts(&["Red"], ",", "Redder"), Parts { unknown: vec!["Redder"], known: false });
        assert_eq!(parts(&["Red"], ",", " , "), Parts::default());
    }
}
