//! One item as both sides of a link answered it, in codes that mean the same on both.

use crate::codebook::{Kind, Missing};
use crate::findings::Named;
use crate::normalise::cohort::{Cohort, CohortQuestion};
use crate::responses::{Answer, Answers};

/// The id of the facet that is the first choice of a ranking.
const FIRST_CHOICE: &str = "first-choice";

/// One item as both sides answered it.
#[derive(Debug, Clone)]
pub struct Facing<'a> {
    sides: [&'a CohortQuestion; 2],
    of: Of,
    /// For each code of the second side that of the first which means the same.
    translated: Vec<u16>,
    /// The id and label of the item; empty ids for a question that is its own item.
    pub item: Named,
    /// The levels, as the first side orders them.
    pub levels: Vec<Named>,
    /// Whether the levels have an order.
    pub ordered: bool,
}

/// What of a question is set side by side: for each side its position.
#[derive(Debug, Clone, Copy)]
enum Of {
    Item([usize; 2]),
    Choice([usize; 2]),
    First,
}

impl<'a> Facing<'a> {
    /// The items of a question that both sides were asked, or why nothing can be set side by side.
    pub fn all(cohorts: [&'a Cohort; 2], question: &str) -> Result<Vec<Self>, &'static str> {
        let (Some(first), Some(_)) = (cohorts[0].question(question), cohorts[1].question(question)) else {
            return Err("only one side was asked");
        };
        let items: Vec<&str> = match first.kind {
            Kind::Multi => first.levels.iter().map(|level| level.id.as_str()).collect(),
            Kind::Ranking => vec![FIRST_CHOICE],
            _ => first.items.iter().map(|item| item.id.as_str()).collect(),
        };
        let facings: Vec<Self> =
            items.into_iter().filter_map(|item| Self::of(cohorts, question, item).ok()).collect();
        if facings.is_empty() { Err("the two sides answered on different choices") } else { Ok(facings) }
    }

    /// One item, by its id.
    pub fn of(cohorts: [&'a Cohort; 2], question: &str, item: &str) -> Result<Self, &'static str> {
        let (Some(first), Some(second)) = (cohorts[0].question(question), cohorts[1].question(question))
        else {
            return Err("only one side was asked");
        };
        let sides = [first, second];
        let place = |named: fn(&CohortQuestion) -> &Vec<Named>| {
            let [Some(one), Some(other)] =
                sides.map(|question| named(question).iter().position(|named| named.id == item))
            else {
                return Err("only one side was asked");
            };
            Ok([one, other])
        };
        let (of, item, levels, ordered) = match first.kind {
            Kind::Multi => {
                let places = place(|question| &question.levels)?;
                let ticked = |id: &str, label: &str| Named { id: id.to_owned(), label: label.to_owned() };
                let levels = vec![ticked("not-ticked", "Not ticked"), ticked("ticked", "Ticked")];
                (Of::Choice(places), first.levels[places[0]].clone(), levels, false)
            }
            Kind::Ranking => {
                let label = "First choice".to_owned();
                (Of::First, Named { id: FIRST_CHOICE.to_owned(), label }, first.items.clone(), false)
            }
            _ => {
                let places = place(|question| &question.items)?;
                let ordered = first.kind == Kind::Likert;
                (Of::Item(places), first.items[places[0]].clone(), first.levels.clone(), ordered)
            }
        };
        let others: &[Named] = match of {
            Of::Choice(_) => &levels,
            Of::First => &second.items,
            Of::Item(_) => &second.levels,
        };
        // Every level of the one side must be one of the other: else a share of answers alike would mean nothing.
        let same = others.len() == levels.len();
        let translated: Option<Vec<u16>> = others
            .iter()
            .map(|other| levels.iter().position(|level| level.id == other.id))
            .map(|place| place.and_then(|place| u16::try_from(place).ok()))
            .collect();
        match translated {
            Some(translated) if same && (!levels.is_empty() || first.kind == Kind::Number) => {
                Ok(Self { sides, of, translated, item, levels, ordered })
            }
            _ => Err("the two sides answered on different choices"),
        }
    }

    /// Whether it is a choice of a multi-select, ticked or not.
    pub fn is_choice(&self) -> bool {
        matches!(self.of, Of::Choice(_))
    }

    /// The kind of its question.
    pub fn kind(&self) -> Kind {
        self.sides[0].kind
    }

    /// Whether both rows hold an answer.
    pub fn is_answered(&self, rows: [usize; 2]) -> bool {
        if self.kind() == Kind::Number { self.numbers(rows).is_ok() } else { self.codes(rows).is_ok() }
    }

    /// The numbers of both rows, or the scores of their answers; or why the first of them that has none has none.
    pub fn numbers(&self, rows: [usize; 2]) -> Result<[f64; 2], Missing> {
        let Of::Item(places) = self.of else { return Ok(self.scores(self.codes(rows)?)) };
        let number = |side: usize| match &self.sides[side].answers {
            Answers::Numbers { items } => {
                let number = items.get(places[side]).and_then(|numbers| numbers.get(rows[side]));
                Some(number.copied().unwrap_or(Err(Missing::Blank)))
            }
            _ => None,
        };
        match (number(0), number(1)) {
            (Some(first), Some(second)) => Ok([first?, second?]),
            _ => Ok(self.scores(self.codes(rows)?)),
        }
    }

    /// The scores of codes: those of the scale, or their positions from 1.
    pub fn scores(&self, codes: [u16; 2]) -> [f64; 2] {
        let scores = &self.sides[0].scores;
        codes.map(|code| {
            scores.get(usize::from(code)).map_or(f64::from(code) + 1.0, |score| f64::from(*score))
        })
    }

    /// The codes of both rows, or why the first of them that has none has none.
    pub fn codes(&self, rows: [usize; 2]) -> Result<[u16; 2], Missing> {
        let first = self.code(0, rows[0])?;
        let second = self.code(1, rows[1])?;
        Ok([first, self.translated.get(usize::from(second)).copied().ok_or(Missing::Unreadable)?])
    }

    fn code(&self, side: usize, row: usize) -> Result<u16, Missing> {
        let question = self.sides[side];
        let position = match self.of {
            Of::Item(places) => places[side],
            Of::Choice(_) | Of::First => 0,
        };
        match (question.answer(position, row), self.of) {
            (None, _) => Err(Missing::Blank),
            (Some(Answer::Missing(reason)), _) => Err(reason),
            (Some(Answer::Given(code)), Of::Item(_)) => Ok(code),
            (Some(Answer::Given(_)), Of::Choice(places)) => Ok(u16::from(question.ticked(places[side], row))),
            (Some(Answer::Given(_)), Of::First) => {
                let Answers::Ranks(rankings) = &question.answers else { return Err(Missing::Unreadable) };
                let first = rankings
                    .get(row)
                    .and_then(|ranking| ranking.ranks.iter().position(|rank| *rank == Some(1)));
                first.and_then(|item| u16::try_from(item).ok()).ok_or(Missing::Skipped)
            }
        }
    }
}
