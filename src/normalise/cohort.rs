//! A group of people, their answers, and the account of who is among them.

use std::sync::Arc;

use crate::codebook::Kind;
use crate::diag::FileId;
use crate::findings::{Disposition, Named, People, Selector};
use crate::responses::{Answer, Answers, Codes};

/// A group's people and their answers. Rows are positions in the export; excluded ones are in no list of rows.
#[derive(Debug, Clone)]
pub struct Cohort {
    /// The group's id.
    pub group: String,
    /// The group's label.
    pub label: String,
    /// The group of which it is a part, if it is one.
    pub part_of: Option<String>,
    /// The export, if its answers are part of the study.
    pub file: Option<FileId>,
    /// The line of every row of the export.
    pub lines: Arc<Vec<u32>>,
    /// The rows analysed, in the order of the export.
    pub rows: Vec<usize>,
    /// The rows that each rule left out, in the order of the rules.
    pub left_out: Vec<(String, Vec<usize>)>,
    /// The account of people.
    pub people: Arc<People>,
    /// Everybody invited, in the order of the roster.
    pub invitees: Vec<Invitee>,
    /// The roster's file.
    pub roster: Option<FileId>,
    /// The questions that this group was asked.
    pub questions: Arc<Vec<CohortQuestion>>,
}

/// A person on the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitee {
    /// The line of the roster.
    pub line: u32,
    /// What became of them.
    pub disposition: Disposition,
    /// The line of the response that decided it: one that is analysed, or one that was left out because it breaks off.
    pub response: Option<u32>,
}

/// One question of the study with this group's answers.
#[derive(Debug, Clone)]
pub struct CohortQuestion {
    /// The id in the study file.
    pub id: String,
    /// The label.
    pub label: String,
    /// The wording in the export.
    pub wording: String,
    /// What kind of question it is.
    pub kind: Kind,
    /// Its items in order; one with an empty id if it has none.
    pub items: Vec<Named>,
    /// Its scale points from low to high, or its choices; their positions are the codes of the answers.
    pub levels: Vec<Named>,
    /// The positions of the top box.
    pub top: std::ops::Range<usize>,
    /// For each item of a scale whether it is declared as worded against it.
    pub reversed: Vec<bool>,
    /// The score of each level in means.
    pub scores: Vec<i32>,
    /// The answers of every row of the export.
    pub answers: Answers,
}

impl Cohort {
    /// Whether it is no group of the study file, but those of one who gave an answer by which the study compares.
    pub fn is_answer(&self) -> bool {
        self.group.contains(':')
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&CohortQuestion> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The rows that a selector picks among those analysed or, if it says so, left out; none for those of the roster.
    pub fn select(&self, selector: &Selector) -> Vec<usize> {
        if let Selector::LeftOut { rule } = selector {
            let left_out = self.left_out.iter().find(|(name, _)| name == rule);
            return left_out.map(|(_, rows)| rows.clone()).unwrap_or_default();
        }
        self.rows.iter().copied().filter(|row| self.picks(selector, *row)).collect()
    }

    /// The lines of the roster that a selector picks.
    pub fn select_invitees(&self, selector: &Selector) -> Vec<Invitee> {
        match selector {
            Selector::With(dispositions) => self
                .invitees
                .iter()
                .copied()
                .filter(|person| dispositions.contains(&person.disposition))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn picks(&self, selector: &Selector, row: usize) -> bool {
        let answer = |question: &str, item: usize| self.question(question).and_then(|q| q.answer(item, row));
        match selector {
            Selector::Included => true,
            Selector::With(_)
            | Selector::LeftOut { .. }
            | Selector::Pairs(_)
            | Selector::OneSide { .. }
            | Selector::PairsAnswered(_)
            | Selector::PairsAlike(_)
            | Selector::PairsMoved { .. }
            | Selector::PairsAcross { .. }
            | Selector::PairsKnown { .. }
            | Selector::PairsMatching { .. } => false,
            Selector::All(selectors) => selectors.iter().all(|selector| self.picks(selector, row)),
            // Rows of several groups are asked of each of them.
            Selector::Sides(sides) => {
                sides.iter().any(|(group, selector)| *group == self.group && self.picks(selector, row))
            }
            Selector::Answered { question, item } => {
                matches!(answer(question, *item), Some(Answer::Given(_)))
            }
            Selector::Coded { question, item, codes } => {
                matches!(answer(question, *item), Some(Answer::Given(code)) if codes.contains(&code))
            }
            Selector::MissingBecause { question, item, reason } => {
                matches!(answer(question, *item), Some(Answer::Missing(why)) if why == *reason)
            }
            Selector::Ticked { question, choice } => {
                self.question(question).is_some_and(|question| question.ticked(*choice, row))
            }
            Selector::Unranked { question, item } => self.question(question).is_some_and(|question| {
                matches!(question.answer(*item, row), Some(Answer::Given(_)))
                    && question.rank(*item, row).is_none()
            }),
            Selector::Ranked { question, item, rank } => self
                .question(question)
                .and_then(|question| question.rank(*item, row))
                .is_some_and(|given| rank.is_none_or(|rank| rank == given)),
        }
    }
}

impl CohortQuestion {
    /// The answer of a row to an item, for questions whose answers are single codes or presences.
    ///
    /// A multi-select counts as given where anything is ticked, a ranking where it can be used.
    pub fn answer(&self, item: usize, row: usize) -> Option<Answer> {
        use crate::responses::RankState;
        if let Some(codes) = self.codes(item) {
            return Some(codes.get(row));
        }
        match &self.answers {
            Answers::Numbers { items } => {
                items.get(item).and_then(|numbers| numbers.get(row)).map(|number| match number {
                    Ok(_) => Answer::Given(0),
                    Err(reason) => Answer::Missing(*reason),
                })
            }
            Answers::Ranks(rankings) => rankings.get(row).map(|ranking| match ranking.state {
                RankState::Missing(reason) => Answer::Missing(reason),
                RankState::Invalid | RankState::Tied => Answer::Missing(crate::codebook::Missing::Unreadable),
                RankState::Complete | RankState::TopK(_) | RankState::Partial => Answer::Given(0),
            }),
            _ => None,
        }
    }

    /// The codes of an item, or its presences where the answers are texts or ticks; none for numbers and rankings.
    pub fn codes(&self, item: usize) -> Option<&Codes> {
        match &self.answers {
            Answers::Choice(codes) => Some(codes),
            Answers::Scaled { items } | Answers::Choices { items } | Answers::Texts { items } => {
                items.get(item)
            }
            Answers::Ticks(ticks) => Some(&ticks.answered),
            Answers::TickItems { items } => items.get(item).map(|ticks| &ticks.answered),
            Answers::Numbers { .. } | Answers::Ranks(_) => None,
        }
    }

    /// The rank that a row gives an item, if its ranking can be used.
    pub fn rank(&self, item: usize, row: usize) -> Option<u16> {
        match (&self.answers, self.answer(item, row)) {
            (Answers::Ranks(rankings), Some(Answer::Given(_))) => {
                rankings.get(row).and_then(|ranking| ranking.ranks.get(item).copied().flatten())
            }
            _ => None,
        }
    }

    /// Whether a row ticked a choice of a multi-select.
    pub fn ticked(&self, choice: usize, row: usize) -> bool {
        match &self.answers {
            Answers::Ticks(ticks) => ticks.chosen.get(choice).is_some_and(|bits| bits.get(row)),
            _ => false,
        }
    }
}
