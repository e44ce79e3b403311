//! The nearest name to one that does not exist.

/// Returns the candidate nearest to `name`, if one is near enough to be a slip of the finger.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_swapped_or_missing_letter_is_a_slip() {
        assert_eq!(nearest("agreemnt", ["agreement", "importance"]), Some("agreement"));
        assert_eq!(nearest("Agere", ["Agree", "Disagree"]), Some("Agree"));
    }

    #[test]
    fn another_word_is_not() {
        assert_eq!(nearest("frequency", ["agreement", "importance"]), None);
    }

    #[test]
    fn equal_distances_are_decided_by_name_not_by_order() {
        assert_eq!(nearest("ax", ["ay", "az"]), nearest("ax", ["az", "ay"]));
    }
}
