//! Links between two groups: which responses of one belong to which of the other, and the account of all others.
//!
//! Keys are read here and end here: a link holds positions of people and rows, never a key.

mod facing;
mod keys;
mod resolve;

pub use facing::Facing;
pub use resolve::{Lists, resolve};

use std::collections::BTreeMap;

use crate::diag::FileId;
use crate::findings::{Facet, PairState, Selector, Standing};

use super::cohort::Cohort;

/// The pairs of a link, with the responses of both sides.
#[derive(Debug, Clone)]
pub struct Linked {
    /// The link's id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The two groups.
    pub between: [String; 2],
    /// Whether both sides are the same people at two times, and not two people.
    pub same_people: bool,
    /// The list of pairs, if there is one.
    pub list: Option<FileId>,
    /// The pairs: in the order of the list, or of the keys.
    pub pairs: Vec<Pair>,
    /// The two sides.
    pub sides: [LinkedSide; 2],
    /// What the rosters of both sides say of their people.
    pub attributes: Vec<LinkedAttribute>,
    /// Keys that would be linked if case and spaces did not count.
    pub almost: u64,
}

/// Two people who belong together, or one person at two times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The line of the list that says so; 0 without a list.
    pub line: u32,
    /// For each side the position of its person.
    pub people: [usize; 2],
}

/// One side of a link.
#[derive(Debug, Clone, Default)]
pub struct LinkedSide {
    /// Its people.
    pub people: Vec<Person>,
    /// Rows of the export that are no answers of a pair, by why.
    pub others: BTreeMap<Standing, Vec<usize>>,
}

/// A person of a link, on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// What became of them.
    pub standing: Standing,
    /// Their response, if exactly one is analysed.
    pub row: Option<usize>,
    /// In how many pairs they are.
    pub pairs: u32,
}

/// What the rosters of both sides say of people.
#[derive(Debug, Clone)]
pub struct LinkedAttribute {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// How many different things are said.
    pub levels: usize,
    /// For each side and person what is said, as a position among them; none where nothing is.
    pub values: [Vec<Option<usize>>; 2],
}

impl Linked {
    /// The person of a pair on one side.
    pub fn person(&self, pair: &Pair, side: usize) -> Option<&Person> {
        self.sides.get(side)?.people.get(*pair.people.get(side)?)
    }

    /// The rows of both sides, if both answered.
    pub fn rows(&self, pair: &Pair) -> Option<[usize; 2]> {
        match self.state(pair) {
            PairState::Both => Some([self.person(pair, 0)?.row?, self.person(pair, 1)?.row?]),
            _ => None,
        }
    }

    /// What became of a pair.
    pub fn state(&self, pair: &Pair) -> PairState {
        let standing = |side| self.person(pair, side).map_or(Standing::Silent, |person| person.standing);
        match (standing(0), standing(1)) {
            (Standing::Unclear, _) | (_, Standing::Unclear) => PairState::Unclear,
            (Standing::Answered, Standing::Answered) => PairState::Both,
            (Standing::Answered, _) => PairState::OnlyFirst,
            (_, Standing::Answered) => PairState::OnlySecond,
            _ => PairState::Neither,
        }
    }

    /// The pairs both of whom answered.
    pub fn both(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| self.state(pair) == PairState::Both)
    }

    /// For each side and person, in how many pairs they are both of whom answered.
    pub fn shared(&self) -> [Vec<u32>; 2] {
        let mut counts = [0, 1].map(|side: usize| vec![0; self.sides[side].people.len()]);
        for pair in self.both() {
            for (counts, person) in counts.iter_mut().zip(pair.people) {
                if let Some(count) = counts.get_mut(person) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// Whether somebody of a pair is in another pair as well, by the counts of [`Self::shared`].
    pub fn is_shared(pair: &Pair, shared: &[Vec<u32>; 2]) -> bool {
        shared.iter().zip(pair.people).any(|(counts, person)| counts.get(person).is_some_and(|n| *n > 1))
    }

    /// The attribute with this id.
    pub fn attribute(&self, id: &str) -> Option<&LinkedAttribute> {
        self.attributes.iter().find(|attribute| attribute.id == id)
    }

    /// The pairs that a selector picks.
    pub fn select(&self, selector: &Selector, cohorts: [&Cohort; 2]) -> Vec<Pair> {
        let facing = |facet: &Facet| Facing::of(cohorts, &facet.question, &facet.item).ok();
        let those = |facet: &Facet, fits: &dyn Fn(&Facing<'_>, [usize; 2]) -> bool| {
            let Some(facing) = facing(facet) else { return Vec::new() };
            let shared = self.shared();
            let taken = self.both().filter(|pair| !facet.apart || !Self::is_shared(pair, &shared));
            taken.filter(|pair| self.rows(pair).is_some_and(|rows| fits(&facing, rows))).copied().collect()
        };
        let answers = |facet: &Facet, fits: &dyn Fn([u16; 2]) -> bool| {
            those(facet, &|facing, rows| facing.codes(rows).is_ok_and(fits))
        };
        let attributes = |id: &str, fits: fn([usize; 2]) -> bool| {
            let values = |pair: &Pair| self.attribute(id).and_then(|attribute| attribute.of(pair));
            self.pairs.iter().copied().filter(|pair| values(pair).is_some_and(fits)).collect()
        };
        match selector {
            Selector::Pairs(states) => {
                self.pairs.iter().copied().filter(|pair| states.contains(&self.state(pair))).collect()
            }
            Selector::PairsAnswered(facet) => those(facet, &|facing, rows| facing.is_answered(rows)),
            Selector::PairsMoved { facet, way } => those(facet, &|facing, rows| {
                facing.numbers(rows).is_ok_and(|[first, second]| second.total_cmp(&first) == *way)
            }),
            Selector::PairsAlike(facet) => answers(facet, &|[first, second]| first == second),
            Selector::PairsAcross { facet, codes } => answers(facet, &|given| given == *codes),
            Selector::PairsKnown { attribute } => attributes(attribute, |_| true),
            Selector::PairsMatching { attribute } => attributes(attribute, |[first, second]| first == second),
            _ => Vec::new(),
        }
    }

    /// The rows of one side that a selector picks: those of its pairs, or of its people.
    pub fn select_rows(&self, selector: &Selector, cohorts: [&Cohort; 2], side: usize) -> Vec<usize> {
        let Some(people) = self.sides.get(side) else { return Vec::new() };
        let mut rows: Vec<usize> = match selector {
            Selector::OneSide { side: of, .. } if *of != side => Vec::new(),
            Selector::OneSide { standing: Standing::Answered, .. } => {
                people.people.iter().filter_map(|person| person.row).collect()
            }
            Selector::OneSide { standing, .. } => people.others.get(standing).cloned().unwrap_or_default(),
            _ => {
                let pairs = self.select(selector, cohorts);
                pairs.iter().filter_map(|pair| self.person(pair, side)?.row).collect()
            }
        };
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

impl LinkedAttribute {
    /// What is said of both members of a pair; none where nothing is said of one.
    pub fn of(&self, pair: &Pair) -> Option<[usize; 2]> {
        let said = |side: usize| self.values[side].get(pair.people[side]).copied().flatten();
        Some([said(0)?, said(1)?])
    }
}
