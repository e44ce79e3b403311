//! A group of people, their answers, and the account of who is among them.

use std::sync::Arc;

use crate::codebook::{Kind, Missing, Partial};
use crate::diag::FileId;
use crate::findings::{Disposition, Named, People, Selector};
use crate::responses::{Answer, Answers, Codes};
use crate::study::{Combined, Numbers};

use super::fielding::Fielding;

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
    /// The rows that each screen would leave out of those analysed, in the order of the screens.
    pub screened: Vec<(String, Vec<usize>)>,
    /// The account of people.
    pub people: Arc<People>,
    /// Everybody invited, in the order of the roster.
    pub invitees: Vec<Invitee>,
    /// The roster's file.
    pub roster: Option<FileId>,
    /// The questions that this group was asked.
    pub questions: Arc<Vec<CohortQuestion>>,
    /// How the group was drawn and reached.
    pub fielding: Arc<Fielding>,
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
    /// The positions of the bottom box.
    pub bottom: std::ops::Range<usize>,
    /// The positions of the points on neither side of the scale, if the study says which.
    pub middle: Option<std::ops::Range<usize>>,
    /// For each item of a scale whether it is declared as worded against it.
    pub reversed: Vec<bool>,
    /// The score of each level in means.
    pub scores: Vec<i32>,
    /// Nets of choices: for each the positions of its choices.
    pub nets: Vec<Net>,
    /// Whether items of a ranking that share a rank are tied, and not a mistake.
    pub ties: bool,
    /// What the study declares of its numbers.
    pub numbers: Numbers,
    /// What it is made of, if it is a score.
    pub scored: Option<Scored>,
    /// The answers of every row of the export.
    pub answers: Answers,
}

/// Choices that are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Net {
    /// Its name.
    pub id: String,
    /// The positions of its choices among the question's levels.
    pub choices: Vec<usize>,
    /// How many choices of the net this group was not offered.
    pub not_offered: u64,
}

/// What a score is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The question of its items.
    pub of: String,
    /// The positions of its items there.
    pub items: Vec<usize>,
    /// What it is of the items.
    pub how: Combined,
    /// The fewest answered items with which a person has a score.
    pub fewest: u64,
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
        let by_rule = |rules: &[(String, Vec<usize>)], rule: &str| {
            let rows = rules.iter().find(|(name, _)| name == rule);
            rows.map(|(_, rows)| rows.clone()).unwrap_or_default()
        };
        match selector {
            Selector::LeftOut { rule } => return by_rule(&self.left_out, rule),
            Selector::Screened { rule } => return by_rule(&self.screened, rule),
            Selector::Started => return self.fielding.came.started.clone(),
            Selector::Submitted => return self.fielding.came.submitted.clone().unwrap_or_default(),
            _ => {}
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
            Selector::WithLevel { dispositions, attribute, level } => {
                let codes = self.fielding.attribute(attribute).map_or(&[][..], |attribute| &attribute.codes);
                let at_level = self.invitees.iter().zip(codes).filter(|(_, code)| **code == Some(*level));
                at_level
                    .map(|(person, _)| *person)
                    .filter(|person| dispositions.contains(&person.disposition))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn picks(&self, selector: &Selector, row: usize) -> bool {
        match selector {
            Selector::Included => true,
            Selector::With(_)
            | Selector::WithLevel { .. }
            | Selector::LeftOut { .. }
            | Selector::Screened { .. }
            | Selector::Started
            | Selector::Submitted
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
            Selector::InTime { late, split, which } => {
                self.fielding.is_late(row, *split) == Some(*late) && self.picks(which, row)
            }
            _ => self.picks_answer(selector, row),
        }
    }

    /// Whether a row's answers are those that a selector of answers picks.
    fn picks_answer(&self, selector: &Selector, row: usize) -> bool {
        let answer = |question: &str, item: usize| self.question(question).and_then(|q| q.answer(item, row));
        match selector {
            Selector::Answered { question, item } => {
                matches!(answer(question, *item), Some(Answer::Given(_)))
            }
            Selector::AnsweredAll { question, items } => {
                items.iter().all(|item| matches!(answer(question, *item), Some(Answer::Given(_))))
            }
            Selector::Coded { question, item, codes } => {
                matches!(answer(question, *item), Some(Answer::Given(code)) if codes.contains(&code))
            }
            Selector::Numbered { question, item, low, high } => self
                .question(question)
                .and_then(|question| question.number(*item, row))
                .is_some_and(|number| (*low..=*high).contains(&number)),
            Selector::OutOfRange { question, item, low, high } => self
                .question(question)
                .and_then(|question| question.number(*item, row))
                .is_some_and(|number| !(*low..=*high).contains(&number)),
            Selector::AddingUp { question, low, high } => self
                .question(question)
                .and_then(|question| question.sum(row))
                .is_some_and(|sum| (*low..=*high).contains(&sum)),
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
            Selector::TickedAny { question, choices } => self
                .question(question)
                .is_some_and(|question| choices.iter().any(|choice| question.ticked(*choice, row))),
            Selector::TickedEvery { question, choices } => self
                .question(question)
                .is_some_and(|question| choices.iter().all(|choice| question.ticked(*choice, row))),
            Selector::TickedExactly { question, choices } => {
                self.question(question).is_some_and(|question| {
                    let all = 0..question.levels.len();
                    !choices.is_empty()
                        && all.into_iter().all(|c| question.ticked(c, row) == choices.contains(&c))
                })
            }
            Selector::TickedSoMany { question, count } => answer(question, 0) == Some(Answer::Given(*count)),
            Selector::Contradicted { question } => {
                self.question(question).is_some_and(|question| question.contradicted(row))
            }
            Selector::WroteBeside { question } => {
                self.question(question).is_some_and(|question| question.wrote_beside(row))
            }
            Selector::RankedUpTo { question, item, rank } => self
                .question(question)
                .and_then(|question| question.rank(*item, row))
                .is_some_and(|given| given <= *rank),
            Selector::RankedEvery { question } => self.question(question).is_some_and(|question| {
                (0..question.items.len()).all(|item| question.rank(item, row).is_some())
            }),
            Selector::Prefers { question, item, over, partial } => {
                self.places(question, [*item, *over], *partial, row).is_some_and(|[one, two]| one < two)
            }
            Selector::Level { question, items, partial } => {
                self.places(question, *items, *partial, row).is_some_and(|[one, two]| one == two)
            }
            // Every other is told apart before answers are asked.
            _ => false,
        }
    }

    /// Where a row's ranking puts two items, smaller is better; `None` if it says nothing of them.
    fn places(&self, question: &str, items: [usize; 2], partial: Partial, row: usize) -> Option<[u16; 2]> {
        let question = self.question(question)?;
        let Some(Answer::Given(_)) = question.answer(0, row) else { return None };
        let ranks = items.map(|item| question.rank(item, row));
        let all = || (0..question.items.len()).all(|item| question.rank(item, row).is_some());
        match (partial, ranks) {
            (Partial::CompleteOnly, _) if !all() => None,
            (_, [Some(one), Some(two)]) => Some([one, two]),
            (Partial::TiedLast, ranks) => Some(ranks.map(|rank| rank.unwrap_or(u16::MAX))),
            _ => None,
        }
    }
}

impl CohortQuestion {
    /// The score of a row's answer to an item of a scale, turned around if the item is worded against the others.
    pub fn keyed(&self, item: usize, row: usize) -> Result<i32, Missing> {
        match self.answer(item, row) {
            Some(Answer::Given(code)) => {
                let score = self.scores.get(usize::from(code)).copied().ok_or(Missing::Unreadable)?;
                let is_reversed = self.reversed.get(item).copied().unwrap_or_default();
                let ends = self.scores.first().zip(self.scores.last());
                Ok(ends.filter(|_| is_reversed).map_or(score, |(low, high)| low + high - score))
            }
            Some(Answer::Missing(reason)) => Err(reason),
            None => Err(Missing::Blank),
        }
    }

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
                RankState::Tied if self.ties => Answer::Given(0),
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

    /// The number that a row gives an item.
    pub fn number(&self, item: usize, row: usize) -> Option<f64> {
        match &self.answers {
            Answers::Numbers { items } => {
                items.get(item)?.get(row).and_then(|number| number.as_ref().ok()).copied()
            }
            _ => None,
        }
    }

    /// What the numbers of a row add up to, if it gives any.
    pub fn sum(&self, row: usize) -> Option<f64> {
        let numbers = (0..self.items.len()).filter_map(|item| self.number(item, row));
        numbers.fold(None, |sum, number| Some(sum.unwrap_or(0.0) + number))
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

    /// Whether a row ticked a choice that excludes the others beside others.
    fn contradicted(&self, row: usize) -> bool {
        match &self.answers {
            Answers::Ticks(ticks) => ticks.contradicted.as_ref().is_some_and(|rows| rows.get(row)),
            _ => false,
        }
    }

    /// Whether a row answered a multi-select and wrote a text beside its choices.
    fn wrote_beside(&self, row: usize) -> bool {
        match &self.answers {
            Answers::Ticks(ticks) => {
                matches!(ticks.answered.get(row), Answer::Given(_))
                    && ticks.texts.iter().any(|text| text.get(row))
            }
            _ => false,
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
