//! One row of a battery: a bar with its numbers, or a dot for each answer.

use std::ops::Range;

use super::super::super::paint::{EDGE, INK, PAGE, diverging};
use super::super::super::scene::{Anchor, Area, Length, Scene, Shape, Type};
use super::super::apart::{Wish, apart};
use super::super::{BAR, Fit, SMALL, Segment, bar_edges, centred, segment};
use super::axis::{Axis, Piece, for_dots, pieces};
use crate::figures::{InSegments, Likert, Thin};
use crate::numbers::{Decimals, NumberStyle};

/// From a bar down to the numbers that do not fit into it.
const LEADER: Length = 130;
/// A number below a bar.
const BELOW: Type = Type { paint: INK, ..SMALL };

/// How every row of a figure is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    pub(super) manner: Likert,
    pub(super) axis: Axis,
    /// What becomes of a number that is wider than its segment.
    pub(super) thin: Thin,
    /// From one dot to the next.
    pub(super) step: Length,
    pub(super) style: NumberStyle,
    pub(super) within: InSegments,
    pub(super) decimals: Decimals,
}

impl Drawn {
    /// What stands in the segment of a point.
    fn words(self, count: u64, of: u64) -> String {
        let counted = self.style.count(count);
        match self.within {
            _ if count == 0 => String::new(),
            InSegments::Counts => counted,
            InSegments::Percents => self.style.percent(count, of, self.decimals),
            InSegments::Both => format!("{counted} ({})", self.style.percent(count, of, self.decimals)),
        }
    }

    /// Draws a bar centred on `middle`. Says how far below the bar its numbers reach, and whether one is left out.
    pub(super) fn bar(
        self,
        scene: &mut Scene,
        counts: &[u64],
        neutral: &Range<usize>,
        middle: Length,
    ) -> (Length, Fit) {
        let of: u64 = counts.iter().sum();
        let paints = diverging(counts.len());
        let y = centred(middle, BAR);
        let pieces = pieces(counts, neutral, self.manner);
        let mut outside = Vec::new();
        for piece in &pieces {
            let (left, right) = self.axis.ends(*piece, of);
            let (Some(count), Some(fill)) = (counts.get(piece.point), paints.get(piece.point)) else {
                continue;
            };
            let words = if piece.whole { self.words(*count, of) } else { String::new() };
            let area = Area { x: left, y, width: right - left, height: BAR };
            if segment(scene, Segment { area, fill: *fill, text: &words }) == Fit::TooNarrow {
                outside.push((left + (right - left) / 2, words));
            }
        }
        for part in [false, true] {
            self.edges(scene, pieces.iter().filter(|piece| piece.aside == part), of, y);
        }
        if outside.is_empty() {
            return (0, Fit::Fits);
        }
        match self.thin {
            Thin::Leader if self.leaders(scene, &outside, y + BAR) => (LEADER + SMALL.height(), Fit::Fits),
            _ => (0, Fit::TooNarrow),
        }
    }

    /// The edges of the pieces of one bar, if there is any length of it.
    fn edges<'a>(self, scene: &mut Scene, pieces: impl Iterator<Item = &'a Piece>, of: u64, y: Length) {
        let ends: Vec<(Length, Length)> = pieces.map(|piece| self.axis.ends(*piece, of)).collect();
        let (Some(first), Some(last)) = (ends.first(), ends.last()) else { return };
        if last.1 > first.0 {
            let borders: Vec<Length> = ends.iter().map(|(_, right)| *right).collect();
            bar_edges(scene, Area { x: first.0, y, width: last.1 - first.0, height: BAR }, &borders);
        }
    }

    /// Sets numbers below the bar, moved apart, each at a line that leads to its segment; not if they need more room
    /// than the axis has.
    fn leaders(self, scene: &mut Scene, numbers: &[(Length, String)], bottom: Length) -> bool {
        let wishes: Vec<Wish> =
            numbers.iter().map(|(x, words)| Wish { centre: *x, size: BELOW.width(words) + 120 }).collect();
        let Some(places) = apart(&wishes, (self.axis.left - 60, self.axis.right() + 60)) else {
            return false;
        };
        for ((from, words), to) in numbers.iter().zip(places) {
            let y = bottom + LEADER;
            let (width, height) = (BELOW.width(words), BELOW.height());
            // Helping lines do not strike the number out.
            scene.fill(Area { x: to - width / 2 - 10, y, width: width + 20, height }, PAGE);
            scene.line((*from, bottom), (to, y - 10), EDGE, 15);
            scene.text(words, to, y, Anchor::Middle, BELOW);
        }
        true
    }

    /// A dot for each answer, in the colour of its point, placed as the parts of a bar are.
    pub(super) fn dots(self, scene: &mut Scene, counts: &[u64], neutral: &Range<usize>, middle: Length) {
        let (step, paints) = (self.step, diverging(counts.len()));
        for piece in pieces(counts, neutral, for_dots(self.manner)) {
            let zero = match (piece.aside, self.axis.aside) {
                (true, Some((left, _))) => left,
                _ => self.axis.zero(),
            };
            let Some(paint) = paints.get(piece.point) else { continue };
            let mut half = piece.from;
            while half < piece.to {
                let x = zero + Length::try_from(half + 1).unwrap_or(0) * step / 2;
                let dot = |radius, paint| Shape::Dot { centre: (x, middle), radius, paint };
                scene.shapes.push(dot(step * 2 / 5, EDGE));
                scene.shapes.push(dot(step * 2 / 5 - 25, *paint));
                half += 2;
            }
        }
    }
}
