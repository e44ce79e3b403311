//! Bars of a battery, diverging from the middle of the scale or stacked from the left, with the totals of both sides and
//! those outside the base at the sides.

mod axis;
mod row;
mod side;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::super::paint::{PAGE, Paint, QUIET, diverging};
use super::super::scene::{Anchor, Area, Length, Scene, Type};
use super::super::spec::Share;
use super::super::spec::diverging::{LikertPanel, LikertRow, LikertSpec, Mark};
use super::page::PART_GAP;
use super::row_label::RowLabel;
use super::{BAR, BODY, Fit, GUTTER, HEADING, MARGIN, Page, ROW_GAP, SMALL, centred, label_lines, legend};
use crate::figures::{Facet, InSegments, Thin};
use crate::numbers::NumberStyle;

use axis::Axis;
use row::Drawn;
use side::Side;

/// The width of the labels of items.
const LABEL: Length = 5_200;
/// From so many rows on, numbers that do not fit are left out and labels get more width: a page is higher than it is wide.
const MANY: usize = 25;
/// The width of the labels of many items.
const LABEL_OF_MANY: Length = 7_000;
/// The same where the rows are groups, whose items stand above them.
const GROUP_LABEL: Length = 3_600;
/// Where the axis would have less than so many percents of the page, labels stand above their rows.
const NARROW: Length = 36;
/// Above this base, segments carry percents: counts of so many digits fit nowhere.
const COUNTS_BELOW: u64 = 10_000;

/// Rows that stand together below a heading.
struct Panel<'a> {
    heading: String,
    levels: &'a [String],
    rows: Vec<Row<'a>>,
}

/// One item in one group, and what stands at its left.
struct Row<'a> {
    label: &'a str,
    item: &'a LikertRow,
    /// The points on neither side.
    middle: &'a Range<usize>,
    /// The answers on both sides.
    sides: Option<[Share; 2]>,
}

impl<'a> Row<'a> {
    fn new(panel: &'a LikertPanel, row: &'a LikertRow, label: &'a str) -> Self {
        Self { label, item: row, middle: &panel.middle, sides: panel.sides(row) }
    }
}

/// The items of each group, or the groups of each item.
fn panels(spec: &LikertSpec, style: NumberStyle) -> Vec<Panel<'_>> {
    match spec.manner.facet {
        Facet::Group => spec.panels.iter().map(|panel| of_group(panel, style)).collect(),
        Facet::Item => of_items(spec),
    }
}

fn of_group(panel: &LikertPanel, style: NumberStyle) -> Panel<'_> {
    let analysed = panel.included.map_or(String::new(), |n| format!(" ({} analysed)", style.count(n)));
    Panel {
        heading: format!("{}{analysed}", panel.group),
        levels: &panel.levels,
        rows: panel.rows.iter().map(|row| Row::new(panel, row, &row.label)).collect(),
    }
}

fn of_items(spec: &LikertSpec) -> Vec<Panel<'_>> {
    let mut items: Vec<&LikertRow> = Vec::new();
    for row in spec.panels.iter().flat_map(|panel| &panel.rows) {
        if items.iter().all(|item| item.id != row.id) {
            items.push(row);
        }
    }
    let levels = spec.panels.first().map_or(&[][..], |panel| &panel.levels);
    // The title of the figure says what its only item is.
    let heading = |item: &LikertRow| if items.len() == 1 { String::new() } else { item.label.clone() };
    let row =
        |panel, item: &LikertRow| Some(Row::new(panel, LikertPanel::row(panel, &item.id)?, &panel.group));
    items
        .iter()
        .map(|item| Panel {
            heading: heading(item),
            levels,
            rows: spec.panels.iter().filter_map(|panel| row(panel, item)).collect(),
        })
        .collect()
}

fn room((left, right): (Length, Length)) -> Length {
    right - left
}

/// Draws the panels; returns notes that follow from the drawing.
pub(crate) fn draw(mut page: Page, spec: &LikertSpec, style: NumberStyle) -> (Page, Vec<String>) {
    let panels = panels(spec, style);
    let by_item = spec.manner.facet == Facet::Item;
    let many = panels.iter().map(|panel| panel.rows.len()).sum::<usize>() >= MANY;
    let label = match (by_item, many) {
        (true, _) => page.label_width(GROUP_LABEL),
        (false, false) => page.label_width(LABEL),
        (false, true) => page.label_width(LABEL_OF_MANY),
    };
    let mut side = Side::new(spec, &panels, style, page.inner());
    let ends = |side: &Side, left: Length| (left + side.below(), page.right() - side.width() - side.above());
    let beside = ends(&side, MARGIN + label + GUTTER);
    let above = room(beside) < page.inner() * NARROW / 100;
    if above && room(ends(&side, MARGIN)) < page.inner() * NARROW / 100 {
        side = side.without_bars();
    }
    let (left, right) = if above { ends(&side, MARGIN) } else { beside };
    let axis = Axis::new(spec, left, right - left);
    let label = if above { RowLabel::Above(page.inner()) } else { RowLabel::Left(label) };
    let drawn = Drawn {
        thin: spec.manner.thin.unwrap_or(if many { Thin::Omit } else { Thin::Leader }),
        manner: spec.manner,
        axis,
        step: axis.step(spec),
        style,
        within: within(spec),
        decimals: spec.decimals(style),
    };
    let shared = panels.windows(2).all(|pair| pair[0].levels == pair[1].levels);
    let mut fit = Fit::Fits;
    for (position, panel) in panels.iter().enumerate() {
        if position == 0 || !shared {
            let paints = diverging(panel.levels.len());
            let entries: Vec<(Paint, String)> =
                paints.into_iter().zip(panel.levels.iter().cloned()).collect();
            let (y, width) = (page.y, page.inner());
            page.y += legend(&mut page.scene, &entries, MARGIN, y, width) + PART_GAP * 3 / 4;
        }
        // Lines of one item are short; one heading and one axis are enough for all.
        let (first, last) = (position == 0 || !by_item, position + 1 == panels.len() || !by_item);
        if draw_panel(&mut page, panel, position, (&side, drawn, label), (first, last)) == Fit::TooNarrow {
            fit = Fit::TooNarrow;
        }
        page.y += if last { PART_GAP } else { PART_GAP / 2 };
    }
    let bars = spec.panels.iter().any(LikertPanel::has_bars).then_some((drawn.within, fit));
    (page, notes(bars, &side, spec))
}

/// What stands in the segments, where the study does not say.
fn within(spec: &LikertSpec) -> InSegments {
    let most = spec.panels.iter().flat_map(|panel| &panel.rows).filter_map(|row| row.answered.as_ref().ok());
    let usual = if most.copied().max().unwrap_or(0) < COUNTS_BELOW {
        InSegments::Counts
    } else {
        InSegments::Percents
    };
    spec.manner.numbers.unwrap_or(usual)
}

/// What the numbers mean; `bars` is what stands in bars, where there are any.
fn notes(bars: Option<(InSegments, Fit)>, side: &Side, spec: &LikertSpec) -> Vec<String> {
    let mut words = String::new();
    if let Some((within, fit)) = bars {
        words.push_str(match within {
            InSegments::Counts => "Numbers in the bars are counts of respondents",
            InSegments::Percents => "Numbers in the bars are percents of N",
            InSegments::Both => "Numbers in the bars are counts of respondents and percents of N",
        });
        words.push_str(match fit {
            Fit::Fits => ". ",
            Fit::TooNarrow => "; one that is wider than its segment is left out. ",
        });
    }
    if spec.manner.totals {
        words.push_str("At the ends: all answers below and above the middle. ");
    }
    vec![format!("{words}N: those who answered on the scale.{}", side.meanings())]
}

fn draw_panel(
    page: &mut Page,
    panel: &Panel<'_>,
    position: usize,
    (side, drawn, label): (&Side, Drawn, RowLabel),
    (first, last): (bool, bool),
) -> Fit {
    let top = page.y;
    let lines = label_lines(&panel.heading, HEADING, page.inner() - if first { side.width() } else { 0 });
    page.y += page.scene.lines(&lines, MARGIN, page.y, Anchor::Start, HEADING);
    if first {
        page.y = page.y.max(top + SMALL.height());
        side.headings(&mut page.scene, position, page.y - SMALL.height());
    }
    page.y = page.y.max(top) + if lines.is_empty() && !first { 0 } else { 160 };

    let mut fit = Fit::Fits;
    for (number, row) in panel.rows.iter().enumerate() {
        let (top, end) = label.draw(&mut page.scene, row.label, page.y, BAR);
        let middle = top + BAR / 2;
        let behind = page.scene.shapes.len();
        let mut below = 0;
        match &row.item.counts {
            Ok(counts) if row.item.mark() == Some(Mark::Dots) => {
                drawn.dots(&mut page.scene, counts, row.middle, middle);
            }
            Ok(counts) => {
                let (reached, narrow) = drawn.bar(&mut page.scene, counts, row.middle, middle);
                below = (middle + BAR / 2 + reached - end).max(0);
                if narrow == Fit::TooNarrow {
                    fit = Fit::TooNarrow;
                }
            }
            Err(why) => {
                not_computed(
                    &mut page.scene,
                    why,
                    drawn.axis.left,
                    drawn.axis.right() - drawn.axis.left,
                    middle,
                );
            }
        }
        side.totals(&mut page.scene, row.sides, row.item.mark(), (drawn.axis, middle));
        side.cells(&mut page.scene, position, number, middle);
        let bottom = end + below;
        // Behind the bars: a line through the middle segment would strike out its count.
        let mut lines = Scene { width: page.scene.width, ..Scene::default() };
        let top = match label {
            RowLabel::Left(_) => page.y - ROW_GAP / 2,
            RowLabel::Above(_) => top,
        };
        drawn.axis.lines(&mut lines, row.item.mark(), (top, bottom + ROW_GAP / 2));
        page.scene.shapes.splice(behind..behind, lines.shapes);
        page.y = bottom + ROW_GAP;
    }
    if last && panel.rows.iter().any(|row| row.item.mark() == Some(Mark::Bar)) {
        page.y += 40;
        drawn.axis.labels(&mut page.scene, page.y);
        page.y += SMALL.height();
    }
    fit
}

/// Says in the place of a bar why there is none.
pub(crate) fn not_computed(scene: &mut Scene, why: &str, x: Length, width: Length, middle: Length) {
    let face = Type { paint: QUIET, ..BODY };
    let words = format!("not computed: {why}");
    if let Some(line) = super::super::font::wrap(&words, face.weight, face.size, width, 1).first() {
        // Helping lines end at the words.
        let room = Area { x, y: centred(middle, BAR), width: face.width(line) + 60, height: BAR };
        scene.fill(room, PAGE);
        scene.text(line, x, centred(middle, face.height()), Anchor::Start, face);
    }
}
