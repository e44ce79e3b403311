//! A column of choices or of points on a scale.

use crate::codebook::{Choice, Form, Found, Missing, Question, Reading, Scale, find_choice};
use crate::ingest::{Cells, Export};
use crate::responses::{Answer, Codes};

use super::Declared;
use super::account::Account;
use super::asked::Asked;
use super::recoded::{ReadAs, Rule};
use super::unread::Kind;

/// What the texts of a question's columns can mean.
pub(super) struct Terms<'a> {
    export: &'a Export,
    choices: &'a [Choice],
    scale: Option<&'a Scale>,
    declared: Declared<'a>,
    defined: bool,
    other: Option<Other<'a>>,
}

/// The one choice with which respondents write their own words, where the platform writes the words and not the choice.
struct Other<'a> {
    choice: usize,
    /// The columns of the words; empty if they stand in the place of the choice.
    texts: &'a [usize],
}

impl<'a> Other<'a> {
    fn of(export: &Export, question: &'a Question, choices: &[Choice]) -> Option<Self> {
        let Form::Single { texts, .. } = &question.form else { return None };
        let mut takes_text = (0..choices.len()).filter(|choice| choices[*choice].text_entry);
        let choice = takes_text.next().filter(|_| takes_text.next().is_none())?;
        export.platform.writes_other_in_place().then_some(Self { choice, texts })
    }

    /// Whether words stand beside a blank cell of a row.
    fn is_beside(&self, export: &Export, row: usize) -> bool {
        let words =
            |column: &usize| export.table.cell(row, *column).is_some_and(|text| !text.trim().is_empty());
        self.texts.iter().any(words)
    }
}

/// What a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// This, and by which rule if the text says something else.
    Read(Answer, Option<Rule>),
    /// Nothing that the question knows.
    Unreadable,
}

impl<'a> Terms<'a> {
    pub(super) fn new(
        export: &'a Export,
        question: &'a Question,
        choices: &'a [Choice],
        declared: Declared<'a>,
    ) -> Self {
        let scale = declared.scale;
        let other = Other::of(export, question, choices).filter(|_| scale.is_none());
        Self { export, choices, scale, declared, defined: question.defined, other }
    }

    fn read(&self, column: usize, text: &str) -> Meaning {
        if let Some(reason) = self.declared.missing(text) {
            return Meaning::Read(Answer::Missing(reason), Some(Rule::MissingCode));
        }
        let found = find_choice(self.choices, text, self.export.cells == Cells::Codes);
        // An author may have given a choice the code that elsewhere marks what was seen and not answered.
        let is_choice = self.defined && matches!(found, Some(Found::Exactly(_)));
        if !is_choice && is_seen_unanswered(self.export, text) {
            return Meaning::Read(Answer::Missing(Missing::Skipped), Some(Rule::SeenUnanswered));
        }
        if !is_choice && let Some(reason) = missing_code(self.export, column, text) {
            return Meaning::Read(Answer::Missing(reason), Some(Rule::MissingCode));
        }
        let meaning = match found {
            Some(found) => self.choice(text, found),
            None => self.on_scale(text).unwrap_or(Meaning::Unreadable),
        };
        match (meaning, text.trim().strip_suffix(".0")) {
            // A whole number that passed through a spreadsheet or a data frame.
            (Meaning::Unreadable, Some(whole)) if whole.parse::<i64>().is_ok() => {
                match self.read(column, whole) {
                    Meaning::Read(answer, None) => Meaning::Read(answer, Some(Rule::Spelling)),
                    other => other,
                }
            }
            (Meaning::Unreadable, _) => match &self.other {
                Some(other) if other.texts.is_empty() => given(other.choice, Some(Rule::OtherText)),
                _ => Meaning::Unreadable,
            },
            (meaning, _) => meaning,
        }
    }

    fn choice(&self, text: &str, found: Found) -> Meaning {
        let choice = &self.choices[found.position()];
        let folded = matches!(found, Found::Folded(_)).then_some(Rule::Spelling);
        let Some(scale) = self.scale else {
            return match choice.outside {
                Some(reason) => Meaning::Read(Answer::Missing(reason), folded),
                None => given(found.position(), folded),
            };
        };
        let mut spellings = std::iter::once(&choice.label).chain(&choice.also);
        match spellings.find_map(|spelling| scale.read(spelling)) {
            Some(Reading::Point(point)) => {
                // Where the choice is only what the cell says, the cell itself differs from the declared point.
                let differs = matches!(point, Found::Folded(_)) && choice.label == text;
                given(point.position(), folded.or(differs.then_some(Rule::Spelling)))
            }
            Some(Reading::Outside(reason)) => Meaning::Read(Answer::Missing(reason), folded),
            None => match choice.outside {
                Some(reason) => Meaning::Read(Answer::Missing(reason), folded),
                None => Meaning::Unreadable,
            },
        }
    }

    fn on_scale(&self, text: &str) -> Option<Meaning> {
        match self.scale?.read(text)? {
            Reading::Point(point) => {
                let folded = matches!(point, Found::Folded(_)).then_some(Rule::Spelling);
                Some(given(point.position(), folded))
            }
            Reading::Outside(reason) => Some(Meaning::Read(Answer::Missing(reason), None)),
        }
    }

    /// The choice that words beside a blank cell mean.
    fn beside(&self, row: usize) -> Option<u16> {
        let other = self.other.as_ref().filter(|other| other.is_beside(self.export, row))?;
        match given(other.choice, None) {
            Meaning::Read(Answer::Given(code), _) => Some(code),
            _ => None,
        }
    }

    fn label(&self, code: u16) -> String {
        let code = usize::from(code);
        match self.scale {
            Some(scale) => scale.points.get(code).map(|point| point.label.clone()),
            None => self.choices.get(code).map(|choice| choice.label.clone()),
        }
        .unwrap_or_default()
    }
}

fn given(position: usize, rule: Option<Rule>) -> Meaning {
    match u16::try_from(position) {
        Ok(code) if code <= Codes::HIGHEST => Meaning::Read(Answer::Given(code), rule),
        _ => Meaning::Unreadable,
    }
}

/// Codes a column. Each distinct text is interpreted once.
pub(super) fn code(
    export: &Export,
    column: usize,
    terms: &Terms<'_>,
    asked: &Asked<'_>,
    account: &mut Account<'_>,
) -> Codes {
    let distinct = export.table.distinct(column);
    let meaning = |text: &str| (!text.trim().is_empty()).then(|| terms.read(column, text));
    let meanings: Vec<Option<Meaning>> = distinct.texts().iter().map(|(text, _)| meaning(text)).collect();
    let mut answers = Vec::with_capacity(export.table.height());
    for (row, position) in distinct.rows().enumerate() {
        let read = position.and_then(|position| Some((distinct.texts()[position].0, meanings[position]?)));
        let Some((text, meaning)) = read else {
            answers.push(match terms.beside(row) {
                Some(code) => {
                    asked.check_answer(row, account);
                    account.recoded(row, column, None, ReadAs::Answer(terms.label(code)), Rule::OtherText);
                    Answer::Given(code)
                }
                None => Answer::Missing(asked.reason(row, account)),
            });
            continue;
        };
        let answer = match meaning {
            Meaning::Read(answer, rule) => {
                if let Some(rule) = rule {
                    let to = match answer {
                        Answer::Given(code) => ReadAs::Answer(terms.label(code)),
                        Answer::Missing(reason) => ReadAs::Missing(reason),
                    };
                    let told = account.told(column, text).filter(|_| rule != Rule::OtherText);
                    account.recoded(row, column, told, to, rule);
                }
                answer
            }
            Meaning::Unreadable => {
                let kind = if terms.scale.is_some() { Kind::NotOnScale } else { Kind::NotAChoice };
                account.unread(kind, row, column);
                Answer::Missing(Missing::Unreadable)
            }
        };
        if let Answer::Given(_) = answer {
            asked.check_answer(row, account);
        }
        answers.push(answer);
    }
    answers.into_iter().collect()
}

/// Whether a text is the export's mark for a question that was seen and not answered.
pub(super) fn is_seen_unanswered(export: &Export, text: &str) -> bool {
    export.seen_unanswered.as_deref().is_some_and(|mark| mark == text.trim())
}

/// What a code that is declared for missing values, of this column or of all, says by its label.
pub(super) fn missing_code(export: &Export, column: usize, text: &str) -> Option<Missing> {
    let in_column = export.missing_codes_in.get(&column).into_iter().flatten();
    let (_, label) = in_column.chain(&export.missing_codes).find(|(code, _)| code == text.trim())?;
    Some(Missing::said_by(label))
}
