//! Marks of several series, told apart by their shape as well as by their colour, and their legend.

use super::super::font::clean;
use super::super::paint::{Fill, PAGE, Paint};
use super::super::scene::{Anchor, Area, Length, Scene, Shape};
use super::{BODY, label_lines};

/// How far a mark reaches from its centre.
pub(crate) const REACH: Length = 125;
/// The width of strokes.
const STROKE: Length = 35;

/// Draws the mark of a series: a dot, a square, a ring, an empty square, a cross or a plus; more series begin again.
pub(crate) fn mark(scene: &mut Scene, series: u16, centre: (Length, Length)) {
    let paint = Paint::Fill(Fill::Series(series));
    let (x, y) = centre;
    let square = Area { x: x - 110, y: y - 110, width: 220, height: 220 };
    let mut dot = |radius, paint| scene.shapes.push(Shape::Dot { centre, radius, paint });
    match series % 6 {
        0 => dot(REACH, paint),
        1 => scene.fill(square, paint),
        2 => {
            dot(REACH, paint);
            dot(REACH - 2 * STROKE, PAGE);
        }
        3 => {
            scene.fill(square, paint);
            let inner = Area { x: x - 60, y: y - 60, width: 120, height: 120 };
            scene.fill(inner, PAGE);
        }
        4 => {
            scene.line((x - 100, y - 100), (x + 100, y + 100), paint, 2 * STROKE);
            scene.line((x - 100, y + 100), (x + 100, y - 100), paint, 2 * STROKE);
        }
        _ => {
            scene.line((x - REACH, y), (x + REACH, y), paint, 2 * STROKE);
            scene.line((x, y - REACH), (x, y + REACH), paint, 2 * STROKE);
        }
    }
}

/// The marks of several series and what they stand for; returns the height.
pub(crate) fn mark_legend(
    scene: &mut Scene,
    entries: &[String],
    x: Length,
    y: Length,
    width: Length,
) -> Length {
    const MARK: Length = 2 * REACH + 130;
    const BETWEEN: Length = 420;
    let mut at = x;
    let mut top = y;
    let mut tallest = 0;
    for (series, words) in (0..).zip(entries) {
        let lines = label_lines(&clean(words), BODY, width - MARK);
        let needed = MARK + lines.iter().map(|line| BODY.width(line)).max().unwrap_or(0);
        if at > x && at + needed > x + width {
            at = x;
            top += tallest + 90;
            tallest = 0;
        }
        mark(scene, series, (at + REACH, top + BODY.height() / 2));
        scene.lines(&lines, at + MARK, top, Anchor::Start, BODY);
        tallest = tallest.max(BODY.block(lines.len()));
        at += needed + BETWEEN;
    }
    top + tallest - y
}
