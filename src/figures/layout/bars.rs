//! Shares of several groups side by side: bars or marks from nothing to all, with lines for their intervals.

use super::super::paint::{BAR as BAR_PAINT, EDGE, Fill, INK, PAGE, Paint, RULE};
use super::super::scene::{Anchor, Area, Length, Scene, Shape, Stroke};
use super::super::spec::bars::{Bar, BarsSpec};
use super::super::spec::{BARS_FROM, in_words};
use super::diverging::not_computed;
use super::marks::{mark, mark_legend};
use super::page::PART_GAP;
use super::row_label::RowLabel;
use super::{
    BODY, GUTTER, MARGIN, Page, ROW_GAP, SMALL, SideColumn, centred, part, side_edges, side_headings,
    side_width,
};
use crate::figures::BarMarks;
use crate::numbers::NumberStyle;

/// The widest column of labels.
const LABEL: Length = 5_000;
/// Where the axis would have less than so many percents of the page, labels stand above their rows.
const NARROW: Length = 34;
/// The least that the axis must have, in percents of the page; texts that leave it less are shortened.
const LEAST: Length = 30;
/// From one bar of a row to the next.
const LANE: Length = 450;
/// The height of a bar.
const BAR: Length = 330;
/// The half height of the ends of a line.
const END: Length = 70;

/// Where bars lie and how they are drawn.
#[derive(Debug, Clone, Copy)]
struct Lanes {
    left: Length,
    width: Length,
    marks: BarMarks,
    /// Whether groups are told apart by paint and mark.
    several: bool,
}

/// The texts at the end of a bar, from the longest to the shortest.
const TEXTS: [Texts; 3] = [Texts::SharesAndIntervals, Texts::Shares, Texts::Percents];

/// What stands at the end of each bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Texts {
    SharesAndIntervals,
    Shares,
    Percents,
}

/// Draws the rows; returns notes that follow from the drawing.
pub(crate) fn draw(
    mut page: Page,
    spec: &BarsSpec,
    marks: BarMarks,
    style: NumberStyle,
) -> (Page, Vec<String>) {
    let fits =
        |texts: &Texts| page.inner() - side_width(&side(spec, style, *texts)) >= page.inner() * LEAST / 100;
    let texts = TEXTS.into_iter().find(fits).unwrap_or(Texts::Percents);
    let side = side(spec, style, texts);
    let label = page.label_width(LABEL);
    let (ends, right) = (side_width(&side), page.right());
    let width = right - ends - MARGIN - label - GUTTER;
    let (label, left) = if width < page.inner() * NARROW / 100 {
        (RowLabel::Above(page.inner()), MARGIN)
    } else {
        (RowLabel::Left(label), MARGIN + label + GUTTER)
    };
    let lanes = Lanes { left, width: right - ends - left, marks, several: spec.groups.len() > 1 };
    let (y, inner) = (page.y, page.inner());
    if lanes.several {
        page.y += mark_legend(&mut page.scene, &spec.groups, MARGIN, y, inner) + 240;
    } else if let Some(group) = spec.groups.first() {
        page.heading(group, "", inner - ends);
    }
    page.y = page.y.max(y + SMALL.height());
    let heading = page.y;
    side_headings(&mut page.scene, &side, heading);
    page.y += SMALL.height() + 120;
    let mut line = 0;
    for row in &spec.rows {
        let height = LANE * Length::try_from(row.bars.len()).unwrap_or(1);
        let (top, end) = label.draw(&mut page.scene, &row.label, page.y, height);
        // Dots are counted, not measured: no quarters stand behind a row of them.
        if row.bars.iter().any(|(_, bar)| bar.as_ref().is_ok_and(|bar| !bar.is_dots())) {
            lanes.helping(&mut page.scene, (top, end));
        }
        for ((group, bar), lane) in row.bars.iter().zip(0..) {
            let middle = top + LANE * lane + LANE / 2;
            let series = u16::try_from(*group).unwrap_or(u16::MAX);
            match bar {
                Ok(bar) if bar.is_dots() => lanes.dots(&mut page.scene, *bar, series, middle),
                Ok(bar) => lanes.bar(&mut page.scene, *bar, series, middle),
                Err(why) => not_computed(&mut page.scene, why, lanes.left, lanes.width, middle),
            }
            cells(&mut page.scene, &side, line, middle);
            line += 1;
        }
        page.y = end + ROW_GAP;
    }
    if spec.has_bars() {
        lanes.percents(&mut page.scene, page.y);
        page.y += SMALL.height();
    }
    page.y += PART_GAP;
    let left_out = match texts {
        Texts::SharesAndIntervals => None,
        Texts::Shares if !spec.has_limits() => None,
        Texts::Shares => {
            Some("The limits of intervals have no room here; they are in the description of the figure.")
        }
        Texts::Percents => Some("Counts have no room here; they are in the description of the figure."),
    };
    (page, left_out.map(str::to_owned).into_iter().collect())
}

/// The columns at the end of the bars: n of N (percent), and the interval.
fn side(spec: &BarsSpec, style: NumberStyle, texts: Texts) -> Vec<SideColumn> {
    let column = |heading: &str, words: &dyn Fn(&Bar) -> String| {
        let bars = spec.rows.iter().flat_map(|row| &row.bars);
        let cells = bars.map(|(_, bar)| bar.as_ref().map_or_else(|_| String::new(), words)).collect();
        SideColumn { heading: heading.to_owned(), cells, least: 0 }
    };
    let decimals = spec.decimals;
    if texts == Texts::Percents {
        return vec![column("%", &|bar| style.percent(bar.share.count, bar.share.of, decimals))];
    }
    let mut side = vec![column("n of N (%)", &|bar| in_words(bar.share, style, decimals))];
    if spec.has_limits() && texts == Texts::SharesAndIntervals {
        side.push(column("Interval", &|bar| bar.limits_words(style, decimals)));
    }
    side
}

/// Sets the texts at the end of a bar.
fn cells(scene: &mut Scene, side: &[SideColumn], line: usize, middle: Length) {
    let right = scene.width - MARGIN;
    for (column, right) in side.iter().zip(side_edges(side, right)) {
        if let Some(cell) = column.cells.get(line) {
            scene.text(cell, right, centred(middle, BODY.height()), Anchor::End, BODY);
        }
    }
}

impl Lanes {
    fn at(self, share: f64) -> Length {
        #[expect(clippy::cast_possible_truncation, reason = "between nothing and the width of a page")]
        let along = (share.clamp(0.0, 1.0) * f64::from(self.width)).round() as Length;
        self.left + along
    }

    /// The quarters behind the bars of a row.
    fn helping(self, scene: &mut Scene, (top, end): (Length, Length)) {
        for quarter in 0..=4 {
            let x = self.left + self.width * quarter / 4;
            let (paint, width) = if quarter == 0 { (EDGE, 25) } else { (RULE, 12) };
            scene.line((x, top - 40), (x, end + ROW_GAP - 40), paint, width);
        }
    }

    /// The percents below the rows.
    fn percents(self, scene: &mut Scene, y: Length) {
        let mut free = 0;
        for quarter in 0..=4 {
            let words = format!("{}%", 25 * quarter);
            let half = SMALL.width(&words) / 2 + 1;
            let x = (self.left + self.width * quarter / 4).clamp(MARGIN + half, scene.width - MARGIN - half);
            if x - half >= free {
                scene.text(&words, x, y, Anchor::Middle, SMALL);
                free = x + half + 100;
            }
        }
    }

    fn bar(self, scene: &mut Scene, bar: Bar, series: u16, middle: Length) {
        let end = self.left + part(self.width, u128::from(bar.share.count), u128::from(bar.share.of));
        if self.marks == BarMarks::Bars {
            let paint = if self.several { Paint::Fill(Fill::Series(series)) } else { BAR_PAINT };
            let area = Area { x: self.left, y: centred(middle, BAR), width: end - self.left, height: BAR };
            scene.fill(area, paint);
            scene.outline(area, EDGE, Stroke::Solid);
        }
        if let Some((low, high)) = bar.limits {
            let (low, high) = (self.at(low), self.at(high));
            // A light line around a dark one is seen on bars and on the page.
            for (paint, width) in [(PAGE, 75), (INK, 30)] {
                scene.line((low, middle), (high, middle), paint, width);
                for x in [low, high] {
                    scene.line((x, middle - END), (x, middle + END), paint, width);
                }
            }
        }
        if self.marks == BarMarks::Points {
            mark(scene, series, (end, middle));
        } else if self.several {
            // The mark of a group is seen on a bar of its paint.
            scene.shapes.push(Shape::Dot { centre: (end, middle), radius: 160, paint: PAGE });
            mark(scene, series, (end, middle));
        }
    }

    /// A dot for each who answered, filled for those who are counted.
    fn dots(self, scene: &mut Scene, bar: Bar, series: u16, middle: Length) {
        let most = Length::try_from(BARS_FROM - 1).unwrap_or(1);
        let step = LANE.min(self.width / most);
        let filled = if self.several { Paint::Fill(Fill::Series(series)) } else { BAR_PAINT };
        for (person, place) in (0..bar.share.of).zip(0..) {
            let centre = (self.left + step / 2 + step * place, middle);
            let paint = if person < bar.share.count { filled } else { PAGE };
            scene.shapes.push(Shape::Dot { centre, radius: step * 2 / 5, paint: EDGE });
            scene.shapes.push(Shape::Dot { centre, radius: step * 2 / 5 - 25, paint });
        }
    }
}
