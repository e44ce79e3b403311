//! Names in headers without what other programs change in them: spreadsheets, R and statistics packages keep the
//! letters and digits of a name, and little else.

/// The words of a name: lower case, every run of other signs one `_`, none at the ends.
pub(super) fn words(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// The ASCII letters and digits of a name alone, in lower case, for names that a platform writes itself.
pub(super) fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_as_r_and_spreadsheets_mangle_them() {
        assert_eq!(words("Duration..in.seconds."), "duration_in_seconds");
        assert_eq!(words("Duration (in seconds)"), "duration_in_seconds");
        assert_eq!(words("Q40_1: 1"), "q40_1_1");
        assert_eq!(words("\u{c4}rzte-Zahl"), "\u{e4}rzte_zahl");
    }

    #[test]
    fn letters_and_digits_alone_know_a_platforms_own_names() {
        assert_eq!(letters("Duration (in seconds)"), "durationinseconds");
        assert_eq!(letters("Recorded_Date"), "recordeddate");
    }
}
