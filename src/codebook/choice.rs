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

/// Whether a choice fits a cell.
type Fits<'a> = &'a dyn Fn(&Choice) -> bool;

/// Finds the choice that a cell means: by code or by wording in that order if `codes_first`, else the reverse.
///
/// A cell that two choices fit is not decided, whether letter by letter or after folding.
pub fn find_choice(choices: &[Choice], cell: &str, codes_first: bool) -> Option<Found> {
    let has_code = |choice: &Choice| choice.code == cell;
    let says = |choice: &Choice| choice.label == cell || choice.also.iter().any(|also| also == cell);
    let folded = fold(cell);
    let folds = |choice: &Choice| {
        fold(&choice.label) == folded || choice.also.iter().any(|also| fold(also) == folded)
    };
    let (first, second): (Fits<'_>, Fits<'_>) =
        if codes_first { (&has_code, &says) } else { (&says, &has_code) };
    let found = |fits: Fits<'_>, how: fn(usize) -> Found| {
        let mut fitting = choices.iter().enumerate().filter(|(_, choice)| fits(choice));
        let (position, _) = fitting.next()?;
        // Two choices that fit are as far as the search goes: another way to read the cell would be a guess.
        Some(if fitting.next().is_some() { None } else { Some(how(position)) })
    };
    let exactly = found(first, Found::Exactly).or_else(|| found(second, Found::Exactly));
    // A blank at the end alone decides nothing between two spellings, so that it is taken off first.
    let trimmed = cell.trim();
    let is_trimmed = |choice: &Choice| trimmed != cell && choice.label == trimmed;
    exactly.or_else(|| found(&is_trimmed, Found::Folded)).or_else(|| found(&folds, Found::Folded))?
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
    fn q_13_two_choices_with_one_code_or_label_are_not_decided() {
        let mut one = Choice::labelled("Yes");
        one.code = "1".into();
        let mut same_code = Choice::labelled("No");
        same_code.code = "1".into();
        assert_eq!(find_choice(&[one.clone(), same_code.clone()], "1", true), None);
        assert_eq!(find_choice(&[one.clone(), same_code], "No", true), Some(Found::Exactly(1)));
        // The label of two choices is not taken for the code of a third.
        let mut third = Choice::labelled("Maybe");
        third.code = "Yes".into();
        assert_eq!(find_choice(&[one.clone(), one, third], "Yes", false), None);
    }

    #[test]
    fn two_choices_that_fold_alike_are_not_decided() {
        let choices = [Choice::labelled("Red"), Choice::labelled("RED")];
        assert_eq!(find_choice(&choices, "red", false), None);
        assert_eq!(find_choice(&choices, "RED", false), Some(Found::Exactly(1)));
        assert_eq!(find_choice(&choices, "RED ", false), Some(Found::Folded(1)));
    }
}
