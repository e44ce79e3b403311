//! Where the points of a scale lie: left and right of zero, from the left, or in a panel of their own.

use std::ops::Range;

use super::super::super::paint::{EDGE, RULE};
use super::super::super::scene::{Anchor, Length, Scene};
use super::super::{BAR, MARGIN, SMALL, part};
use crate::figures::spec::diverging::{LikertSpec, Mark};
use crate::figures::{Likert, LikertShape, Neutral};

/// From one tick of the axis to the next, in thousandths.
const TICK: u128 = 250;
/// The room between the sides and the middle that stands aside.
const ASIDE_GAP: Length = 460;

/// Where the bars are: the places of the two zeros and the length of a whole bar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub(super) left: Length,
    pub(super) width: Length,
    /// The largest share to the left and to the right of zero, in thousandths.
    pub(super) reach: (u128, u128),
    /// Where the panel of the middle begins, and the largest share in it.
    pub(super) aside: Option<(Length, u128)>,
}

/// A part of a bar: one point of the scale, or half of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// The point, by its position.
    pub(super) point: usize,
    /// From and to, in half answers from zero.
    pub(super) from: i128,
    pub(super) to: i128,
    /// Whether it stands in the panel of the middle.
    pub(super) aside: bool,
    /// Whether it is the whole point, so that its number belongs to it.
    pub(super) whole: bool,
}

/// How a bar is made of the points of the scale, from left to right.
pub(super) fn pieces(counts: &[u64], middle: &Range<usize>, manner: Likert) -> Vec<Piece> {
    let halves = |points: Range<usize>| -> i128 {
        counts.get(points).map_or(0, |counts| counts.iter().map(|count| 2 * i128::from(*count)).sum())
    };
    let sides = (halves(0..middle.start), halves(middle.end..counts.len()));
    let stacked = manner.shape == LikertShape::Stacked;
    let start = match manner.neutral {
        _ if stacked => 0,
        Neutral::Centred | Neutral::Split => -sides.0 - halves(middle.clone()) / 2,
        Neutral::Aside => -sides.0,
    };
    let run =
        |points: &mut dyn Iterator<Item = usize>, mut at: i128, share: i128, aside: bool| -> Vec<Piece> {
            points
                .map(|point| {
                    let from = at;
                    at += i128::from(counts.get(point).copied().unwrap_or(0)) * share;
                    Piece { point, from, to: at, aside, whole: share == 2 }
                })
                .collect()
        };
    let all = 0..counts.len();
    if stacked || manner.neutral == Neutral::Centred {
        return run(&mut all.into_iter(), start, 2, false);
    }
    let below = run(&mut (0..middle.start), -sides.0, 2, false);
    let above = run(&mut (middle.end..counts.len()), 0, 2, false);
    if manner.neutral == Neutral::Aside {
        let aside = run(&mut middle.clone(), 0, 2, true);
        return [below, above, aside].concat();
    }
    // The point next to a side is next to it.
    let outer_left = run(&mut middle.clone().rev(), start, 1, false);
    let outer_right = run(&mut middle.clone(), sides.1, 1, false);
    [outer_left, below, above, outer_right].concat()
}

/// How dots are placed: nobody can be halved, so that those of a middle that is split stand about zero.
pub(super) fn for_dots(manner: Likert) -> Likert {
    match manner.neutral {
        Neutral::Split => Likert { neutral: Neutral::Centred, ..manner },
        Neutral::Centred | Neutral::Aside => manner,
    }
}

impl Axis {
    /// The axis between two places on which every bar of the figure has room.
    pub(super) fn new(spec: &LikertSpec, left: Length, width: Length) -> Self {
        let manner = spec.manner;
        if manner.shape == LikertShape::Stacked {
            return Self { left, width, reach: (0, 1000), aside: None };
        }
        let (mut reach, mut most) = ((TICK, TICK), TICK);
        for panel in &spec.panels {
            for counts in panel.rows.iter().filter_map(|row| row.counts.as_ref().ok()) {
                let of: u128 = counts.iter().map(|count| u128::from(*count)).sum();
                let up = |halves: i128| (halves.unsigned_abs() * 1000).div_ceil((2 * of).max(1));
                for piece in pieces(counts, &panel.middle, manner) {
                    if piece.aside {
                        most = most.max(up(piece.to).next_multiple_of(TICK));
                    } else {
                        reach.0 = reach.0.max(up(piece.from.min(0)).next_multiple_of(TICK));
                        reach.1 = reach.1.max(up(piece.to.max(0)).next_multiple_of(TICK));
                    }
                }
            }
        }
        let has_middle = spec.panels.iter().any(|panel| !panel.middle.is_empty());
        if manner.neutral == Neutral::Aside && has_middle {
            let sides = part(width - ASIDE_GAP, reach.0 + reach.1, reach.0 + reach.1 + most);
            return Self { left, width: sides, reach, aside: Some((left + sides + ASIDE_GAP, most)) };
        }
        Self { left, width, reach, aside: None }
    }

    /// Zero of the sides.
    pub(super) fn zero(self) -> Length {
        self.at(0, 1)
    }

    /// The right end of everything that is drawn on it.
    pub(super) fn right(self) -> Length {
        self.aside.map_or(self.left + self.width, |(left, most)| {
            left + part(self.width, most, self.reach.0 + self.reach.1)
        })
    }

    /// The place of a number of half answers of `of` answers, from zero of the sides.
    fn at(self, halves: i128, of: u64) -> Length {
        let unit = self.reach.0 + self.reach.1;
        let zero = self.left + part(self.width, self.reach.0, unit);
        let length = part(self.width, halves.unsigned_abs() * 1000, 2 * u128::from(of) * unit);
        if halves < 0 { zero - length } else { zero + length }
    }

    /// From one dot to the next, so that every dot of the figure has room; as far as dots of bars' height at most.
    pub(super) fn step(self, spec: &LikertSpec) -> Length {
        let mut step = BAR;
        let zero = self.zero();
        for panel in &spec.panels {
            let rows = panel.rows.iter().filter(|row| row.mark() == Some(Mark::Dots));
            for counts in rows.filter_map(|row| row.counts.as_ref().ok()) {
                for piece in pieces(counts, &panel.middle, for_dots(spec.manner)) {
                    let (left, right) = match (piece.aside, self.aside) {
                        (true, Some((left, _))) => (0, self.right() - left),
                        _ => (zero - self.left, self.left + self.width - zero),
                    };
                    // A dot is two half answers wide.
                    for (room, halves) in [(left, -piece.from), (right, piece.to)] {
                        let halves = Length::try_from(halves).unwrap_or(Length::MAX);
                        if halves > 0 {
                            step = step.min(2 * room / halves);
                        }
                    }
                }
            }
        }
        step
    }

    /// Where a piece of a bar of `of` answers begins and ends.
    pub(super) fn ends(self, piece: Piece, of: u64) -> (Length, Length) {
        let offset = match (piece.aside, self.aside) {
            (true, Some((left, _))) => left - self.zero(),
            _ => 0,
        };
        (self.at(piece.from, of) + offset, self.at(piece.to, of) + offset)
    }

    /// The quarters of the axis within its reach, and of the panel of the middle.
    pub(super) fn quarters(self) -> Vec<(Length, String)> {
        let label = |thousandths: u128| format!("{}%", thousandths / 10);
        let steps = |reach: u128| (1..=4).map(|quarter| quarter * TICK).filter(move |step| *step <= reach);
        let at = |thousandths: u128| part(self.width, thousandths, self.reach.0 + self.reach.1);
        let mut ticks: Vec<(Length, String)> =
            steps(self.reach.0).map(|step| (self.zero() - at(step), label(step))).collect();
        ticks.reverse();
        ticks.push((self.zero(), "0".to_owned()));
        ticks.extend(steps(self.reach.1).map(|step| (self.zero() + at(step), label(step))));
        if let Some((left, most)) = self.aside {
            ticks.push((left, "0".to_owned()));
            ticks.extend(steps(most).map(|step| (left + at(step), label(step))));
        }
        ticks
    }

    /// The lines behind a row: zero behind every one, shares behind bars only, since dots are not measured.
    pub(super) fn lines(self, scene: &mut Scene, mark: Option<Mark>, (top, bottom): (Length, Length)) {
        for (x, label) in self.quarters() {
            if label == "0" {
                scene.line((x, top), (x, bottom), EDGE, 25);
            } else if mark == Some(Mark::Bar) {
                scene.line((x, top), (x, bottom), RULE, 12);
            }
        }
    }

    /// The percents below the rows.
    pub(super) fn labels(self, scene: &mut Scene, y: Length) {
        let mut free = MARGIN;
        for (x, label) in self.quarters() {
            let width = SMALL.width(&label);
            // A label at the edge may lean inwards; one that would touch its neighbour is left out.
            let x = x.min(scene.width - MARGIN - width / 2 - 1);
            if x - width / 2 >= free {
                scene.text(&label, x, y, Anchor::Middle, SMALL);
                free = x + width / 2 + 100;
            }
        }
    }
}
