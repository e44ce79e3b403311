//! Distributions of numbers on one axis: bars for bins, or boxes with whiskers and points.

use super::super::font::clean;
use super::super::paint::{BAR as BAR_PAINT, EDGE, INK, PAGE, QUIET, ROOM, RULE};
use super::super::scene::{Anchor, Area, Length, Scene, Shape, Stroke, Type};
use super::super::spec::numbers::{Bin, NumbersRow, NumbersSpec, Spread};
use super::axis::{NumberAxis, Tick};
use super::diverging::not_computed;
use super::page::PART_GAP;
use super::row_label::RowLabel;
use super::{GUTTER, MARGIN, Page, ROW_GAP, SMALL, centred};
use crate::numbers::NumberStyle;

/// The height of the bars of a group.
const HEIGHT: Length = 2_600;
/// The height of a box.
const BOX: Length = 460;
/// The room of points below it.
const POINTS: Length = 520;
/// The half height of the end of a whisker.
const END: Length = 130;
/// The radius of the largest point.
const RADIUS: Length = 200;
/// The widest column of labels.
const LABEL: Length = 4_600;
/// Where the axis would have less than so many percents of the page, labels stand above their rows.
const NARROW: Length = 45;
/// A count above a bar.
const COUNT: Type = Type { paint: INK, ..SMALL };

/// An axis for all rows, with half a number more at each end where a bar is one number wide.
fn axis(spec: &NumbersSpec, left: Length, width: Length, half: f64) -> NumberAxis {
    let (low, high) = spec.reach().unwrap_or((0.0, 1.0));
    NumberAxis::new(left, width, (low - half, high + half))
}

fn ticks(axis: &NumberAxis, style: NumberStyle) -> Vec<Tick> {
    axis.ticks(0.0, 1.0, style, |label| SMALL.width(label))
}

/// Sets the line of the axis and its numbers, and moves below them.
fn foot(page: &mut Page, axis: &NumberAxis, ticks: &[Tick]) {
    page.scene.line((axis.left, page.y), (axis.left + axis.width, page.y), QUIET, 20);
    for tick in ticks {
        page.scene.line((tick.x, page.y), (tick.x, page.y + 70), QUIET, 20);
        let half = SMALL.width(&tick.label) / 2 + 1;
        let x = tick.x.clamp(MARGIN + half, page.right() - half);
        page.scene.text(&tick.label, x, page.y + 100, Anchor::Middle, SMALL);
    }
    page.y += 100 + SMALL.height();
}

fn base_words(row: &NumbersRow, style: NumberStyle) -> String {
    match &row.spread {
        Ok(spread) => format!("N {}, {}", style.count(spread.n), spread.median_words(style)),
        Err(why) => format!("Not computed: {why}"),
    }
}

/// Draws a panel of bars for each row, one below the other on one axis.
pub(crate) fn draw_histogram(mut page: Page, spec: &NumbersSpec, style: NumberStyle) -> Page {
    let each = |spread: &Spread| spread.bins.iter().any(|bin| bin.low >= bin.high);
    let half = if spec.rows.iter().any(|row| row.spread.as_ref().is_ok_and(each)) { 0.5 } else { 0.0 };
    let axis = axis(spec, MARGIN, page.inner(), half);
    let ticks = ticks(&axis, style);
    let spreads = spec.rows.iter().filter_map(|row| row.spread.as_ref().ok());
    let densest = spreads.map(densest).fold(0.0, f64::max);
    for row in &spec.rows {
        let width = page.inner();
        page.heading(&row.label, &base_words(row, style), width);
        page.y += 120;
        let Ok(spread) = &row.spread else {
            page.y += PART_GAP;
            continue;
        };
        // A count stands above the highest bar.
        page.y += COUNT.height() + 60;
        let bottom = page.y + HEIGHT;
        bars(&mut page.scene, (spread, densest), &axis, bottom, style);
        page.y = bottom;
        foot(&mut page, &axis, &ticks);
        page.y += PART_GAP;
    }
    page
}

/// From where to where a bar lies: one number has half a number at each side.
fn bar_ends(bin: &Bin) -> (f64, f64) {
    if bin.low >= bin.high { (bin.low - 0.5, bin.high + 0.5) } else { (bin.low, bin.high) }
}

/// The share of all numbers of a group that lies in a bin, for each unit of its width.
#[expect(clippy::cast_precision_loss, reason = "a height in a picture")]
fn density(bin: &Bin, of: u64) -> f64 {
    let (low, high) = bar_ends(bin);
    bin.count as f64 / of.max(1) as f64 / (high - low)
}

fn densest(spread: &Spread) -> f64 {
    spread.bins.iter().map(|bin| density(bin, spread.n)).fold(0.0, f64::max)
}

/// Bars whose areas are shares, on one scale for all groups: the densest bin of all is as high as there is room.
fn bars(
    scene: &mut Scene,
    (spread, densest): (&Spread, f64),
    axis: &NumberAxis,
    bottom: Length,
    style: NumberStyle,
) {
    for bin in &spread.bins {
        let (low, high) = bar_ends(bin);
        let (left, right) = (axis.at(low), axis.at(high));
        let share = if densest > 0.0 { density(bin, spread.n) / densest } else { 0.0 };
        #[expect(clippy::cast_possible_truncation, reason = "between nothing and the height of a panel")]
        let height = (share * f64::from(HEIGHT)).round() as Length;
        let bar = Area { x: left, y: bottom - height, width: right - left, height };
        if bin.count > 0 {
            scene.fill(bar, BAR_PAINT);
            scene.outline(bar, EDGE, Stroke::Solid);
        }
        let words = style.count(bin.count);
        if bin.count > 0 && COUNT.width(&words) + 20 <= bar.width {
            scene.text(&words, left + bar.width / 2, bar.y - COUNT.height() - 20, Anchor::Middle, COUNT);
        }
    }
}

/// Draws a box for each row.
pub(crate) fn draw_boxes(mut page: Page, spec: &NumbersSpec, style: NumberStyle) -> Page {
    let words: Vec<String> = spec.rows.iter().map(|row| base_words(row, style)).collect();
    let known = spec.rows.iter().zip(&words).filter(|(row, _)| row.spread.is_ok());
    let side = known.map(|(_, words)| SMALL.width(&clean(words))).max().unwrap_or(0);
    let label = page.label_width(LABEL);
    let width = page.inner() - label - GUTTER - side - GUTTER;
    let above = width < page.inner() * NARROW / 100;
    let (label, left, right) = if above {
        (RowLabel::Above(page.inner()), MARGIN, page.right())
    } else {
        (RowLabel::Left(label), MARGIN + label + GUTTER, page.right() - side - GUTTER)
    };
    let axis = axis(spec, left + RADIUS, right - left - 2 * RADIUS, 0.0);
    let ticks = ticks(&axis, style);
    for (row, words) in spec.rows.iter().zip(&words) {
        let points = row.spread.as_ref().is_ok_and(|spread| spread.points.is_some());
        let height = if points { BOX + POINTS } else { BOX };
        // On a narrow page the numbers of a row follow its label.
        let said = if above { format!("{}: {words}", row.label) } else { row.label.clone() };
        let (top, end) = label.draw(&mut page.scene, &said, page.y, height);
        let middle = top + BOX / 2;
        match &row.spread {
            Err(why) if !above => not_computed(&mut page.scene, why, left, right - left, middle),
            Err(_) => {}
            Ok(spread) => {
                for tick in &ticks {
                    page.scene.line((tick.x, top - 50), (tick.x, end + ROW_GAP - 60), RULE, 12);
                }
                boxed(&mut page.scene, spread, &axis, middle);
                if let Some(points) = &spread.points {
                    dots(&mut page.scene, points, &axis, top + BOX + POINTS / 2);
                }
                if !above {
                    let y = centred(middle, SMALL.height());
                    page.scene.text(&clean(words), page.right(), y, Anchor::End, SMALL);
                }
            }
        }
        page.y = end + ROW_GAP;
    }
    if spec.rows.iter().any(|row| row.spread.is_ok()) {
        page.y += 40;
        foot(&mut page, &axis, &ticks);
    }
    page.y += PART_GAP;
    page
}

/// Box, median, whiskers and, where no points say it, the ends beyond the whiskers.
fn boxed(scene: &mut Scene, spread: &Spread, axis: &NumberAxis, middle: Length) {
    let [least, low, q1, median, q3, high, most] = spread.ends.map(|end| axis.at(end));
    scene.line((low, middle), (high, middle), INK, 30);
    for x in [low, high] {
        scene.line((x, middle - END), (x, middle + END), INK, 30);
    }
    let area = Area { x: q1, y: centred(middle, BOX), width: q3 - q1, height: BOX };
    scene.fill(area, ROOM);
    scene.outline(area, EDGE, Stroke::Solid);
    scene.line((median, area.y), (median, area.bottom()), INK, 60);
    if spread.points.is_none() {
        for (end, whisker) in [(least, low), (most, high)] {
            if end != whisker {
                scene.shapes.push(Shape::Dot { centre: (end, middle), radius: 90, paint: INK });
                scene.shapes.push(Shape::Dot { centre: (end, middle), radius: 60, paint: PAGE });
            }
        }
    }
}

/// A point for each number, as large as many gave it, the largest first, so that none hides another.
fn dots(scene: &mut Scene, points: &[(f64, u64)], axis: &NumberAxis, middle: Length) {
    let most = points.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let mut points = points.to_vec();
    points.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (value, count) in points.into_iter().filter(|(value, _)| axis.shows(*value)) {
        #[expect(clippy::cast_precision_loss, reason = "an area in a picture")]
        let share = (count as f64 / most as f64).sqrt();
        #[expect(clippy::cast_possible_truncation, reason = "at most the largest radius")]
        let radius = ((share * f64::from(RADIUS)).round() as Length).max(45);
        let centre = (axis.at(value), middle);
        scene.shapes.push(Shape::Dot { centre, radius, paint: PAGE });
        scene.shapes.push(Shape::Dot { centre, radius: radius - 12, paint: BAR_PAINT });
    }
}
