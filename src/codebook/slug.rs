//! Short stable names made from labels, for ids of findings.

/// The longest slug, in characters.
const LONGEST: usize = 48;

/// Makes a short name of lower-case letters, digits and dashes from a label, cut at a word.
///
/// Letters of any script are kept, so that a Greek or Cyrillic label has a name too.
pub fn slug(label: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut length = 0;
    let cleaned: String =
        label.chars().filter(|c| !matches!(c, '\'' | '\u{2019}')).flat_map(char::to_lowercase).collect();
    for word in cleaned.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word: String = word.chars().take(LONGEST).collect();
        let added = word.chars().count() + usize::from(!words.is_empty());
        if length + added > LONGEST {
            break;
        }
        length += added;
        words.push(word);
    }
    if words.is_empty() { "blank".to_owned() } else { words.join("-") }
}

/// Slugs of several labels, told apart by a number where they would be equal to each other or to a `reserved` name.
pub fn unique_slugs<'a>(labels: impl IntoIterator<Item = &'a str>, reserved: &[&str]) -> Vec<String> {
    let mut taken: std::collections::BTreeSet<String> =
        reserved.iter().map(|name| (*name).to_owned()).collect();
    let mut slugs = Vec::new();
    for label in labels {
        let plain = slug(label);
        let mut name = plain.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{plain}-{number}");
            number += 1;
        }
        slugs.push(name);
    }
    slugs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_short_names() {
        assert_eq!(slug("Senior medical student (MS4)"), "senior-medical-student-ms4");
        assert_eq!(slug("I don\u{2019}t know"), "i-dont-know");
        assert_eq!(slug("Συμφωνώ απόλυτα"), "συμφωνώ-απόλυτα");
        assert_eq!(slug("!!!"), "blank");
        assert!(slug(&"very long words ".repeat(20)).chars().count() <= LONGEST);
    }

    #[test]
    fn equal_labels_stay_apart() {
        assert_eq!(unique_slugs(["A b", "a-B", "c"], &[]), ["a-b", "a-b-2", "c"]);
        assert_eq!(unique_slugs(["Mean", "Kind"], &["mean"]), ["mean-2", "kind"]);
    }
}
