//! Names for groups, questions, scales and tables: short, of letters that ids may have, each once.

use std::collections::BTreeSet;

/// The longest name, in letters.
const LONGEST: usize = 28;

/// Names given so far, none of which is given again.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Names beside some that are taken already.
    pub(super) fn beside(taken: &[&str]) -> Self {
        Self(taken.iter().map(|name| (*name).to_owned()).collect())
    }

    /// A name made of a text, or of `otherwise` where the text has no letter that a name may have.
    pub(super) fn give(&mut self, text: &str, otherwise: &str) -> String {
        let plain = match name(text) {
            plain if plain.is_empty() => otherwise.to_owned(),
            plain => plain,
        };
        let mut unique = plain.clone();
        let mut number = 2;
        while !self.0.insert(unique.clone()) {
            unique = format!("{plain}-{number}");
            number += 1;
        }
        unique
    }
}

/// The words of a text in lower-case letters, digits, `-` and `_`, cut at a word.
fn name(text: &str) -> String {
    let plain: String = text.chars().flat_map(char::to_lowercase).filter_map(plain).collect();
    let mut name = String::new();
    for word in plain.split('-').map(|word| word.trim_matches('_')).filter(|word| !word.is_empty()) {
        let room = LONGEST.saturating_sub(name.chars().count());
        if name.is_empty() {
            name.extend(word.chars().take(LONGEST));
        } else if word.chars().count() < room {
            name.push('-');
            name.push_str(word);
        } else {
            break;
        }
    }
    name
}

/// A letter as a name may have it; blanks and signs part words, apostrophes do not.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' | '0'..='9' | '_' => letter,
        '\u{e0}'..='\u{e5}' => 'a',
        '\u{e7}' => 'c',
        '\u{e8}'..='\u{eb}' => 'e',
        '\u{ec}'..='\u{ef}' => 'i',
        '\u{f1}' => 'n',
        '\u{f2}'..='\u{f6}' | '\u{f8}' => 'o',
        '\u{f9}'..='\u{fc}' => 'u',
        '\u{df}' => 's',
        '\'' | '\u{2019}' => return None,
        _ => '-',
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_words_each_once() {
        let mut names = Names::beside(&["label"]);
        assert_eq!(names.give("Q7", "q1"), "q7");
        assert_eq!(names.give("q7", "q2"), "q7-2");
        assert_eq!(names.give("label", "q3"), "label-2");
        assert_eq!(
            names.give("\u{bf}Cu\u{e1}l es su a\u{f1}o de nacimiento?", "q4"),
            "cual-es-su-ano-de-nacimiento"
        );
        assert_eq!(names.give("How far do you agree with each of these", "q5"), "how-far-do-you-agree-with");
        assert_eq!(names.give("\u{540c}\u{610f}", "q6"), "q6");
    }
}
