//! What is noted while a question is coded: entries of the ledger, and facts counted instead of repeated.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::codebook::{Choice, Form, Missing, Question, Scale, Scoring, Written};
use crate::diag::{Code, Diag, Place, codes, nearest};
use crate::ingest::Export;

use super::Declared;
use super::choice::missing_code;
use super::recoded::{ReadAs, Recoded, RecodedFrom, Rule};
use super::unread::{self, Kind, LONGEST_TOLD, Unread};

/// A kind of thing that happens to many cells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// Most of what stands in a column is nothing that its question takes: this many of so many cells.
    WrongColumn(u64),
    /// A text cannot be read; `None` if it may not be told.
    Unread(Kind, Option<String>),
    /// Two items share a rank.
    TiedRanks,
    /// Ranks are given, but not the first ones without a gap.
    PartialRanks,
    /// One item stands at two places.
    ItemTwice,
    /// Several 0 stand beside ranks from 1: they mean that an item was left unranked.
    ZeroUnranked,
    /// This many complete rankings are the items in their own order, of so many.
    InitialOrder(u64, u64),
    /// The points of some do not add up to what those of most do.
    OtherTotal(String),
    /// An exclusive choice stands beside others.
    Exclusive,
    /// There is an answer where the condition does not hold.
    AnsweredThoughNotAsked,
    /// A blank stands where it is not known whether the condition holds.
    ConditionUnknown,
    /// The question was not shown, and no condition says why.
    NotShown,
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
    pub(super) export: &'a Export,
    pub(super) question: &'a Question,
    pub(super) scale: Option<&'a Scale>,
    declared: Declared<'a>,
    recoded: Vec<Recoded>,
    facts: BTreeMap<(usize, Fact), Met>,
    unread: Vec<Unread>,
    spellings: u64,
    /// The question's first column, in which facts about it as a whole are placed.
    first: usize,
}

impl<'a> Account<'a> {
    pub(super) fn new(export: &'a Export, question: &'a Question, declared: Declared<'a>) -> Self {
        Self {
            export,
            question,
            scale: declared.scale,
            declared,
            recoded: Vec::new(),
            facts: BTreeMap::new(),
            unread: Vec::new(),
            spellings: 0,
            first: question.form.columns().first().copied().unwrap_or(usize::MAX),
        }
    }

    /// Why a cell holds no answer, by what the study file or the export declares of its text.
    pub(super) fn missing_code(&self, column: usize, text: &str) -> Option<Missing> {
        self.declared_missing(text).or_else(|| missing_code(self.export, column, text))
    }

    /// The same by what the study file declares alone.
    pub(super) fn declared_missing(&self, text: &str) -> Option<Missing> {
        self.declared.missing(text)
    }

    /// Whether the study file says that items of a ranking may be tied.
    pub(super) fn takes_ties(&self) -> bool {
        self.declared.ties
    }

    /// What may be told of a cell that was read: it says what is declared, unless the column tells who a person is.
    pub(super) fn told(&self, column: usize, text: &str) -> Option<String> {
        let short = text.chars().nth(LONGEST_TOLD).is_none();
        (short && !self.export.identifiers.contains(&column)).then(|| text.to_owned())
    }

    /// Enters a cell that cannot be read. What may be told of it is decided when all cells of its column are known.
    pub(super) fn unread(&mut self, kind: Kind, row: usize, column: usize) {
        let rule =
            if matches!(kind, Kind::BadRank | Kind::NotAnItem) { Rule::BadRank } else { Rule::Unreadable };
        self.unread.push(Unread { column, row, kind, entry: self.recoded.len() });
        self.recoded(row, column, None, ReadAs::Missing(Missing::Unreadable), rule);
    }

    /// Enters a rank that was read from words, which may go on with somebody's own.
    pub(super) fn rank_in_words(&mut self, row: usize, column: usize, rank: u16) {
        self.unread.push(Unread { column, row, kind: Kind::RankInWords, entry: self.recoded.len() });
        self.recoded(row, column, None, ReadAs::Answer(rank.to_string()), Rule::RankInWords);
    }

    pub(super) fn choices(&self) -> &'a [Choice] {
        self.question.form.choices()
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

    /// Counts a fact about the question as a whole.
    pub(super) fn met_in_question(&mut self, fact: Fact, row: usize) {
        self.met(fact, row, self.first);
    }

    /// The ledger's entries, and a diagnostic for each fact in the order in which they were met in the file.
    pub(super) fn close(mut self) -> (Vec<Recoded>, Vec<Diag>) {
        let unread = std::mem::take(&mut self.unread);
        let verdict = unread::judge(&self, &unread);
        for (cell, told) in unread.iter().zip(&verdict.told) {
            if let (Some(entry), Some(told)) = (self.recoded.get_mut(cell.entry), told) {
                entry.from = RecodedFrom::Text(told.clone());
            }
        }
        for (fact, row, column) in verdict.facts {
            self.met(fact, row, column);
        }
        let mut facts: Vec<(&(usize, Fact), &Met)> = self.facts.iter().collect();
        facts.sort_by_key(|((column, fact), met)| (met.row, *column, fact));
        let mut notes: Vec<Diag> =
            facts.into_iter().map(|((column, fact), met)| self.diag(*column, fact, met)).collect();
        notes.extend(verdict.many);
        if self.spellings > 0 {
            let message = format!(
                "{} of question {} read as the declared text though spaces, case, quotes or entities differ",
                cells(self.spellings),
                self.question.id
            );
            let place = Place::file(self.export.table.file());
            notes.push(Diag::note(codes::RECODED, place, message).help("a run lists each in ledger.csv"));
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
            Fact::WrongColumn(of) => warning(
                codes::WRONG_COLUMN,
                format!("column {} looks wrong for question {id}: {} of {} are nothing that it takes, counted as missing", self.name(column), met.count, cells(*of)),
                self.help_with_column(),
            ),
            Fact::Unread(kind, text) => self.unread_diag(*kind, text.as_deref(), column, met, &place),
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
            Fact::ItemTwice => warning(
                codes::BAD_RANK,
                format!("one item of question {id} stands at two places: {}", rankings(met.count)),
                "the ranking is invalid and not used; the item keeps its first place in what is kept".to_owned(),
            ),
            Fact::ZeroUnranked => Diag::note(
                codes::ASSUMED,
                place,
                format!("0 is read as \"not ranked\" in question {id}, as it stands several times beside ranks from 1: {n}"),
            )
            .help("if ranks count from 0, say so in the study file: ranks = \"from-0\""),
            Fact::InitialOrder(same, of) => warning(
                codes::INITIAL_ORDER,
                format!("{same} of {of} complete rankings of question {id} are the items in their own order"),
                "a tool may have recorded the order in which they were shown to people who moved nothing; look how it stores \
                 an untouched ranking".to_owned(),
            ),
            Fact::OtherTotal(total) => warning(
                codes::OTHER_TOTAL,
                format!("points of question {id} do not add up to {total}, as most do: {}", rankings(met.count)),
                "the order of the points is kept; shares of a total would not be".to_owned(),
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
            )
            .help("they stay in the base of the response rate; an export with the columns that the condition uses would tell"),
            Fact::NotShown => Diag::note(
                codes::NOT_SHOWN,
                place,
                format!("question {id} was not shown, and no condition of its own says why: {n} blank, counted as unexplained"),
            )
            .help("they stay in the base of the response rate; a definition as old as the answers may know the condition"),
            Fact::NoneTicked => Diag::note(
                codes::ASSUMED,
                place,
                format!("no box of question {id} is ticked: {}, counted as not answered", persons(met.count)),
            )
            .help("the export cannot tell \"none of these\" from \"not answered\"; a choice \"None of these\" would"),
        }
    }

    fn unread_diag(&self, kind: Kind, text: Option<&str>, column: usize, met: &Met, place: &Place) -> Diag {
        let id = &self.question.id;
        let n = cells(met.count);
        let said = quoted(text);
        let (code, message, help) = match kind {
            Kind::NotOnScale => {
                let scale = self.scale.map_or("its question", |scale| scale.name.as_str());
                let message = format!("{said} is not a point of scale {scale}: {n}, counted as missing");
                (codes::NOT_ON_SCALE, message, self.help_with_scale(text))
            }
            Kind::NotAChoice | Kind::Joined => {
                let message = format!("{said} is not a choice of question {id}: {n}, counted as missing");
                (codes::NOT_A_CHOICE, message, self.help_with_choices(text))
            }
            Kind::Ambiguous => (
                codes::AMBIGUOUS_CHOICES,
                format!("several answers of question {id} in one cell fit its choices in more than one way: {n}, counted as missing"),
                "export with one column for each choice (in Qualtrics: split multi-value fields into columns)".to_owned(),
            ),
            Kind::NotANumber => (
                codes::NOT_A_NUMBER,
                format!("what stands in {} is not a number: {n}, counted as missing", self.name(column)),
                "the text is not shown, because somebody wrote it; look at the cell".to_owned(),
            ),
            Kind::NotADate => (
                codes::NOT_A_NUMBER,
                format!("what stands in {} is not a date: {n}, counted as missing", self.name(column)),
                self.help_with_dates(),
            ),
            Kind::NotAnItem => {
                let message =
                    format!("{said} is no item of question {id}: {n}; the whole ranking of the person is invalid");
                (codes::NOT_A_CHOICE, message, self.help_with_choices(text))
            }
            Kind::BadRank | Kind::RankInWords => (
                codes::BAD_RANK,
                format!("{said} is no rank of question {id}: {n}; the whole ranking of the person is invalid"),
                self.help_with_ranks(),
            ),
        };
        Diag::warning(code, place.clone(), message).help(help)
    }

    fn help_with_dates(&self) -> String {
        match self.declared.dates {
            Some(written) if written != Written::default() => {
                format!(
                    "days are read as {}, as the study file says; mend the cells if that is right",
                    written.name()
                )
            }
            _ => {
                "declare the order in which it is written: written = \"day-month-year\" or \"month-day-year\""
                    .to_owned()
            }
        }
    }

    fn help_with_ranks(&self) -> String {
        let items = self.question.form.columns().len();
        let (first, last) = match self.question.form {
            Form::Scores { scoring: Scoring::Points, .. } => {
                return "points are numbers; blank means not ranked".to_owned();
            }
            Form::Scores { scoring: Scoring::FromZero, .. } => (0, items.saturating_sub(1)),
            _ => (1, items),
        };
        format!(
            "ranks are whole numbers from {first} to {last}; blank means not ranked; if they are counted otherwise, say it \
             in the study file: ranks = \"from-0\" or \"high-first\""
        )
    }

    fn help_with_column(&self) -> String {
        match self.scale {
            Some(scale) => {
                let points: Vec<&str> = scale.points.iter().map(|point| point.label.as_str()).collect();
                format!(
                    "its texts are not shown; the points of scale {} are {}",
                    scale.name,
                    points.join(", ")
                )
            }
            None => {
                "its texts are not shown; is it the right column, and a definition of this survey?".to_owned()
            }
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
            Some(near) if matches!(self.question.form, Form::Single { .. }) => {
                let text = text.unwrap_or_default();
                format!(
                    "nearest: \"{near}\"; to count it so, add to the question: also = {{ {text:?} = {near:?} }}"
                )
            }
            Some(near) => {
                format!("nearest: \"{near}\"; correct the export or declare the choices in the study file")
            }
            None => "a run lists each cell in ledger.csv; a definition as old as the answers may know it"
                .to_owned(),
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
