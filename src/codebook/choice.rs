//! The choices of a question, and finding the one that a cell means.

use super::Missing;

/// One choice of a question, as the definition or the answers give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The id in the definition: a Qualtrics choice id, a REDCap code.
    pub id: String,
    /// What a numeric export writes for it.
    pub code: String,
    /// Its wording, plain text.
    pub label: String,
    /// Other texts that an export may write for it, such as its variable name or its wording with markup.
    pub also: Vec<String>,
    /// Whether the respondent could write a text with it, as with "Other".
    pub text_entry: bool,
    /// Whether it excludes every other choice.
    pub exclusive: bool,
    /// If choosing it means that there is no answer on the question's own terms.
    pub outside: Option<Missing>,
}

impl Choice {
    /// A choice known by its label alone, as in an export without a definition.
    pub fn labelled(label: &str) -> Self {
        Self {
            id: label.to_owned(),
            code: label.to_owned(),
            label: label.to_owned(),
            also: Vec::new(),
            text_entry: false,
            exclusive: false,
            outside: None,
        }
    }
}

/// How a cell's text was found among texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Letter by letter.
    Exactly(usize),
    /// After folding spaces, case, quotes and entities; the ledger says so.
    Folded(usize),
}

impl Found {
    /// The position of what was found.
    pub fn position(self) -> usize {
        match self {
            Self::Exactly(position) | Self::Folded(position) => position,
        }
    }
}

/// Finds the choice that a cell means: by code or by wording in that order if `codes_first`, else the reverse.
///
/// A cell that two choices fit after folding is not decided.
pub fn find_choice(choices: &[Choice], cell: &str, codes_first: bool) -> Option<Found> {
    let by_code = || choices.iter().position(|choice| choice.code == cell).map(Found::Exactly);
    let by_label = || {
        let said = |choice: &Choice| choice.label == cell || choice.also.iter().any(|also| also == cell);
        choices.iter().position(said).map(Found::Exactly)
    };
    let exact = if codes_first { by_code().or_else(by_label) } else { by_label().or_else(by_code) };
    exact.or_else(|| {
        let folded = fold(cell);
        let fits = |choice: &Choice| {
            fold(&choice.label) == folded || choice.also.iter().any(|also| fold(also) == folded)
        };
        let mut fitting = choices.iter().enumerate().filter(|(_, choice)| fits(choice));
        match (fitting.next(), fitting.next()) {
            (Some((position, _)), None) => Some(Found::Folded(position)),
            _ => None,
        }
    })
}

/// Folds what may differ between two spellings of one text: case, runs of blanks, typographic quotes and dashes,
/// zero-width characters, and a few entities. Words are never changed.
pub fn fold(text: &str) -> String {
    let text = text
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'");
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{ad}' => {}
            '\u{2018}' | '\u{2019}' | '\u{201b}' => folded.push('\''),
            '\u{201c}' | '\u{201d}' => folded.push('"'),
            '\u{2010}'..='\u{2015}' => folded.push('-'),
            _ if character.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            _ => folded.extend(character.to_lowercase()),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_changes_no_word() {
        assert_eq!(fold("  Strongly\u{a0}agree "), "strongly agree");
        assert_eq!(fold("Don\u{2019}t know"), "don't know");
        assert_ne!(fold("Agree"), fold("Disagree"));
    }

    #[test]
    fn a_label_that_is_another_choices_code_follows_the_mode_of_the_file() {
        let mut five = Choice::labelled("5");
        five.code = "4".into();
        let mut six = Choice::labelled("6");
        six.code = "5".into();
        let choices = [five, six];
        assert_eq!(find_choice(&choices, "5", true), Some(Found::Exactly(1)));
        assert_eq!(find_choice(&choices, "5", false), Some(Found::Exactly(0)));
    }

    #[test]
    fn two_choices_that_fold_alike_are_not_decided() {
        let choices = [Choice::labelled("Red"), Choice::labelled("RED")];
        assert_eq!(find_choice(&choices, "red", false), None);
        assert_eq!(find_choice(&choices, "RED", false), Some(Found::Exactly(1)));
    }
}
