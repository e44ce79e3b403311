//! A column of one answer, or of several in one cell, in which respondents may write their own words for "Other".

use crate::codebook::{Choice, Form, MultiCells, Question};
use crate::diag::{Diag, codes};
use crate::ingest::infer::{self, Inferred, infer};

use super::joined::{self, Options, fewest};
use super::tally::{LONGEST_CHOICE, Tally};
use super::{Reader, question};

/// More answers that repeat than these are no list of choices.
const MOST_LISTED: usize = 100;
/// What the choice is called that stands for the respondents' own words.
const OWN_WORDS: &str = "Other (own words)";

impl Reader<'_> {
    /// Reads a column whose answers may be somebody's own words, and whose cells may hold several answers joined by
    /// one of `separators`.
    pub(in crate::ingest) fn read_with_words(
        self,
        column: usize,
        id: &str,
        wording: &str,
        separators: &[&'static str],
    ) -> (Question, Diag) {
        let tally = Tally::of(self.table, column);
        let read = infer(self.table.column(column), self.numbers);
        if matches!(read, Inferred::Choices(_) | Inferred::Text) {
            if let Some((separator, options)) = joined::by_any(&tally, separators) {
                return self.several(column, id, wording, separator, &options);
            }
            if read == Inferred::Text
                && let Some(choices) = listed(&tally)
            {
                let message = format!(
                    "\"{id}\" is read as one choice of {}, those that several gave, and own words for the rest",
                    choices.len() - 1
                );
                let form = Form::Single { column, choices, texts: Vec::new() };
                return (question(id, wording, form), self.choices_note(column, message));
            }
        }
        let (mut read, note) = infer::question(self.table, column, id, self.numbers);
        wording.clone_into(&mut read.wording);
        (read, note)
    }

    /// A column of several answers in each cell.
    pub(in crate::ingest) fn several(
        self,
        column: usize,
        id: &str,
        wording: &str,
        separator: &'static str,
        options: &Options,
    ) -> (Question, Diag) {
        let mut choices: Vec<Choice> = options.labels.iter().map(|label| Choice::labelled(label)).collect();
        if options.words {
            choices.push(own_words());
        }
        let mut message = format!(
            "\"{id}\" is read as any of {} choices joined by \"{separator}\", those that several gave",
            options.labels.len()
        );
        if !options.merged.is_empty() {
            use std::fmt::Write as _;
            // Nothing is lost by the failure of writing to a text.
            let _ = write!(message, "; {} of them hold the separator", options.merged.len());
        }
        let form = Form::Multi {
            cells: MultiCells::Joined { column, separator: separator.into() },
            choices,
            texts: Vec::new(),
        };
        (question(id, wording, form), self.choices_note(column, message))
    }

    fn choices_note(self, column: usize, message: String) -> Diag {
        Diag::note(codes::CHOICES_INFERRED, self.at(column), message)
            .help("declare its choices in the study file, those that nobody chose included")
    }
}

/// The choice that stands for the respondents' own words.
fn own_words() -> Choice {
    Choice { text_entry: true, ..Choice::labelled(OWN_WORDS) }
}

/// The choices of a column of which four in five answers repeat, and one for the rest.
fn listed(tally: &Tally<'_>) -> Option<Vec<Choice>> {
    let enough = fewest(tally.answers);
    let repeated = || tally.texts.iter().filter(|(_, rows)| **rows >= enough);
    let covered: usize = repeated().map(|(_, rows)| rows).sum();
    let listed = (2..=MOST_LISTED).contains(&repeated().count())
        && covered * 5 >= tally.answers * 4
        && repeated().all(|(text, _)| text.len() <= LONGEST_CHOICE);
    listed.then(|| repeated().map(|(text, _)| Choice::labelled(text)).chain([own_words()]).collect())
}
