//! What is noted while a question is coded: entries of the ledger, and facts counted instead of repeated.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::codebook::{Choice, Form, Question, Scale};
use crate::diag::{Code, Diag, Place, codes, nearest};
use crate::ingest::Export;

use super::recoded::{ReadAs, Recoded, RecodedFrom, Rule};

/// A text longer than this, in characters, may be somebody's own words and is not told.
const LONGEST_TOLD: usize = 60;

/// A kind of thing that happens to many cells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// A text is no point of the scale; `None` if it may not be told.
    NotOnScale(Option<String>),
    /// A text is no choice; `None` if it may not be told.
    NotAChoice(Option<String>),
    /// Several answers in one cell fit the choices in more than one way.
    Ambiguous,
    /// A text is no number.
    NotANumber,
    /// A rank cannot be read or is out of range.
    BadRank(Option<String>),
    /// Two items share a rank.
    TiedRanks,
    /// Ranks are given, but not the first ones without a gap.
    PartialRanks,
    /// An exclusive choice stands beside others.
    Exclusive,
    /// There is an answer where the condition does not hold.
    AnsweredThoughNotAsked,
    /// A blank stands where it is not known whether the condition holds.
    ConditionUnknown,
    /// Checkboxes of a form that was worked on are all unticked.
    NoneTicked,
}

/// How often a fact was met in a column, and where first.
#[derive(Debug)]
struct Met {
    count: u64,
    row: usize,
}

/// Collects what is noted while one question is coded.
#[derive(Debug)]
pub(super) struct Account<'a> {
    export: &'a Export,
    question: &'a Question,
    scale: Option<&'a Scale>,
    recoded: Vec<Recoded>,
    facts: BTreeMap<(usize, Fact), Met>,
    spellings: u64,
}

impl<'a> Account<'a> {
    pub(super) fn new(export: &'a Export, question: &'a Question, scale: Option<&'a Scale>) -> Self {
        Self { export, question, scale, recoded: Vec::new(), facts: BTreeMap::new(), spellings: 0 }
    }

    /// What may be told of a cell of choices: a short text, unless the column tells who a person is.
    pub(super) fn told(&self, column: usize, text: &str) -> Option<String> {
        let short = text.chars().nth(LONGEST_TOLD).is_none();
        (short && !self.export.identifiers.contains(&column)).then(|| text.to_owned())
    }

    /// What may be told of a cell of choices that cannot be read: nothing where a choice takes somebody's own words.
    pub(super) fn told_unread(&self, column: usize, text: &str) -> Option<String> {
        let takes_words = self.choices().iter().any(|choice| choice.text_entry);
        self.told(column, text).filter(|_| !takes_words)
    }

    fn choices(&self) -> &'a [Choice] {
        match &self.question.form {
            Form::Single { choices, .. }
            | Form::Multi { choices, .. }
            | Form::Battery { choices, .. }
            | Form::MultiBattery { choices, .. } => choices,
            Form::Ranking { .. }
            | Form::Numbers { .. }
            | Form::Texts { .. }
            | Form::Date { .. }
            | Form::Other { .. } => &[],
        }
    }

    /// Enters a cell in the ledger. `told` is what may be told of it.
    pub(super) fn recoded(
        &mut self,
        row: usize,
        column: usize,
        told: Option<String>,
        to: ReadAs,
        rule: Rule,
    ) {
        self.spellings += u64::from(rule == Rule::Spelling);
        let from = told.map_or(RecodedFrom::Withheld, RecodedFrom::Text);
        self.recoded.push(Recoded {
            line: self.export.table.line(row),
            column: self.name(column).to_owned(),
            from,
            to,
            rule,
        });
    }

    /// Counts a fact.
    pub(super) fn met(&mut self, fact: Fact, row: usize, column: usize) {
        let met = self.facts.entry((column, fact)).or_insert(Met { count: 0, row });
        met.count += 1;
        met.row = met.row.min(row);
    }

    /// The ledger's entries, and a diagnostic for each fact in the order in which they were met in the file.
    pub(super) fn close(self) -> (Vec<Recoded>, Vec<Diag>) {
        let mut facts: Vec<(&(usize, Fact), &Met)> = self.facts.iter().collect();
        facts.sort_by_key(|((column, fact), met)| (met.row, *column, fact));
        let mut notes: Vec<Diag> =
            facts.into_iter().map(|((column, fact), met)| self.diag(*column, fact, met)).collect();
        if self.spellings > 0 {
            let message = format!(
                "{} of question {} differ from a declared text in spaces, case, quotes or entities and were read as it",
                cells(self.spellings),
                self.question.id
            );
            let place = Place::file(self.export.table.file());
            notes.push(Diag::note(codes::RECODED, place, message).help("each is in ledger.csv"));
        }
        (self.recoded, notes)
    }

    fn name(&self, column: usize) -> &str {
        self.export.table.names().get(column).map_or("", String::as_str)
    }

    fn diag(&self, column: usize, fact: &Fact, met: &Met) -> Diag {
        let place = Place::cell(self.export.table.file(), self.export.table.line(met.row), self.name(column));
        let id = &self.question.id;
        let n = cells(met.count);
        let warning = |code: Code, message: String, help: String| {
            Diag::warning(code, place.clone(), message).help(help)
        };
        match fact {
            Fact::NotOnScale(text) => {
                let scale = self.scale.map_or("its question", |scale| scale.name.as_str());
                let message = format!("{} is not a point of scale {scale}: {n}, counted as missing", quoted(text.as_deref()));
                warning(codes::NOT_ON_SCALE, message, self.help_with_scale(text.as_deref()))
            }
            Fact::NotAChoice(text) => {
                let message = format!("{} is not a choice of question {id}: {n}, counted as missing", quoted(text.as_deref()));
                warning(codes::NOT_A_CHOICE, message, self.help_with_choices(text.as_deref()))
            }
            Fact::Ambiguous => warning(
                codes::AMBIGUOUS_CHOICES,
                format!("several answers of question {id} in one cell fit its choices in more than one way: {n}, counted as missing"),
                "export with one column for each choice (in Qualtrics: split multi-value fields into columns)".to_owned(),
            ),
            Fact::NotANumber => warning(
                codes::NOT_A_NUMBER,
                format!("what stands in {} is not a number: {n}, counted as missing", self.name(column)),
                "the text is not shown, because somebody wrote it; look at the cell".to_owned(),
            ),
            Fact::BadRank(text) => warning(
                codes::BAD_RANK,
                format!("{} is no rank of question {id}: {n}; the whole ranking of the person is invalid", quoted(text.as_deref())),
                format!("ranks are whole numbers from 1 to {}; blank means not ranked", self.question.form.columns().len()),
            ),
            Fact::TiedRanks => warning(
                codes::BAD_RANK,
                format!("two items of question {id} share a rank: {}", rankings(met.count)),
                "they are kept as given and named as tied, never repaired".to_owned(),
            ),
            Fact::PartialRanks => warning(
                codes::BAD_RANK,
                format!("some items of question {id} have no rank, and a rank before another is not given: {}", rankings(met.count)),
                "they are kept as given and named as partial, never repaired".to_owned(),
            ),
            Fact::Exclusive => warning(
                codes::EXCLUSIVE_CHOICE,
                format!("a choice of question {id} that excludes the others was ticked beside others: {}", persons(met.count)),
                "the ticks are kept as they are".to_owned(),
            ),
            Fact::AnsweredThoughNotAsked => warning(
                codes::ANSWERED_THOUGH_NOT_ASKED,
                format!("question {id} is answered where its condition does not hold: {n}"),
                "the answers are counted; the condition may have changed while the survey was open".to_owned(),
            ),
            Fact::ConditionUnknown => Diag::note(
                codes::CONDITION_UNKNOWN,
                place,
                format!("it is not known whether question {id} was to be asked: {n} blank, counted as unexplained"),
            ),
            Fact::NoneTicked => Diag::note(
                codes::ASSUMED,
                place,
                format!("no box of question {id} is ticked: {}, counted as not answered", persons(met.count)),
            )
            .help("the export cannot tell \"none of these\" from \"not answered\"; a choice \"None of these\" would"),
        }
    }

    fn help_with_scale(&self, text: Option<&str>) -> String {
        let Some(scale) = self.scale else { return String::new() };
        let points: Vec<&str> = scale.points.iter().map(|point| point.label.as_str()).collect();
        let mut help = format!("its points are {}", points.join(", "));
        let near = text.and_then(|text| nearest(text, points.iter().copied()).map(|near| (text, near)));
        if let Some((text, near)) = near {
            let _ = write!(
                help,
                "; nearest: \"{near}\"; to accept it, add to [scales.{}]: also = {{ {text:?} = {near:?} }}",
                scale.name
            );
        }
        help
    }

    fn help_with_choices(&self, text: Option<&str>) -> String {
        let labels =
            || self.choices().iter().flat_map(|choice| [choice.label.as_str(), choice.code.as_str()]);
        match text.and_then(|text| nearest(text, labels())) {
            Some(near) => {
                format!("nearest: \"{near}\"; correct the export or declare the choices in the study file")
            }
            None => "each cell is in ledger.csv; a definition as old as the answers may know it".to_owned(),
        }
    }
}

fn quoted(text: Option<&str>) -> String {
    text.map_or_else(|| "a text (not shown)".to_owned(), |text| format!("{text:?}"))
}

fn cells(count: u64) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") }
}

fn rankings(count: u64) -> String {
    if count == 1 { "1 ranking".to_owned() } else { format!("{count} rankings") }
}

fn persons(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} persons") }
}
