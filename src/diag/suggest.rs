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

/// Whether a text is one of these but for two letters: a slip, and nobody's own words.
pub fn is_slip<'a>(text: &str, of: impl IntoIterator<Item = &'a str>) -> bool {
    let folded = text.to_lowercase();
    nearest(text, of)
        .is_some_and(|near| strsim::damerau_levenshtein(&folded, &near.to_lowercase()) <= MOST_SLIPS)
}

/// More letters than this make another word, however long the text.
const MOST_SLIPS: usize = 2;

#[cfg(test)]
mod tests {
    use super::{is_slip, nearest};

    #[test]
    fn a_swapped_or_missing_letter_is_a_slip() {
        assert_eq!(nearest("agreemnt", ["agreement", "importance"]), Some("agreement"));
        assert_eq!(nearest("Agere", ["Agree", "Disagree"]), Some("Agree"));
    }

    #[test]
    fn another_word_in_a_long_text_is_no_slip() {
        assert!(is_slip("Definitely No", ["Definitely not"]));
        assert!(nearest("Master of Applied Arts", ["Bachelor of Applied Arts"]).is_some());
        assert!(!is_slip("Master of Applied Arts", ["Bachelor of Applied Arts"]));
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
