//! Bars of a battery, split at the middle of the scale, with the counts of those outside the base at the side.

use super::super::palette::{Colour, EDGE, PAGE, QUIET, RULE, diverging};
use super::super::scene::{Anchor, Area, Length, Scene, Type};
use super::super::spec::diverging::{DivergingSpec, LikertPanel, LikertRow, neutral};
use super::page::PART_GAP;
use super::{
    BAR, BODY, Fit, GUTTER, INNER, LabelledRow, MARGIN, Page, ROW_GAP, SMALL, Segment, SideColumn, WIDTH,
    align, bar_edges, centred, legend, part, segment, side_cells, side_headings, side_width,
};
use crate::codebook::Missing;
use crate::findings::Outside;
use crate::numbers::{Decimals, NumberStyle};

/// The width of the labels of items.
const LABEL: Length = 5_200;
/// Above this base, segments carry percents: counts of so many digits fit nowhere.
const COUNTS_BELOW: u64 = 10_000;

/// What stands in the segments of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InSegments {
    Counts,
    Percents,
}

/// Where the bars are: the place of zero and the length of a whole bar.
#[derive(Debug, Clone, Copy)]
struct Axis {
    left: Length,
    width: Length,
    /// The largest share to the left and to the right of zero, in thousandths.
    reach: (u128, u128),
}

impl Axis {
    fn zero(self) -> Length {
        self.left + part(self.width, self.reach.0, self.reach.0 + self.reach.1)
    }

    /// The length of `halves` half answers of `of` answers.
    fn length(self, halves: u128, of: u64) -> Length {
        part(self.width, halves * 1000, 2 * u128::from(of) * (self.reach.0 + self.reach.1))
    }
}

/// Draws the panels; returns notes that follow from the drawing.
pub(crate) fn draw(mut page: Page, spec: &DivergingSpec, style: NumberStyle) -> (Page, Vec<String>) {
    let outside = outside(spec);
    let mut side: Vec<Vec<SideColumn>> =
        spec.panels.iter().map(|panel| side_columns(panel, &outside, style)).collect();
    align(&mut side);
    let widest = side.first().map_or(0, |columns| side_width(columns));
    let left = MARGIN + LABEL + GUTTER;
    let axis = Axis { left, width: WIDTH - MARGIN - widest - left, reach: reach(spec) };
    let most = spec.panels.iter().flat_map(|panel| &panel.rows).filter_map(|row| row.answered.as_ref().ok());
    let within = if most.copied().max().unwrap_or(0) < COUNTS_BELOW {
        InSegments::Counts
    } else {
        InSegments::Percents
    };
    let shared = spec.panels.windows(2).all(|pair| pair[0].levels == pair[1].levels);
    let mut fit = Fit::Fits;
    for (position, (panel, side)) in spec.panels.iter().zip(&side).enumerate() {
        if position == 0 || !shared {
            let colours = diverging(panel.levels.len());
            let entries: Vec<(Colour, String)> =
                colours.into_iter().zip(panel.levels.iter().cloned()).collect();
            page.y += legend(&mut page.scene, &entries, MARGIN, page.y, INNER) + PART_GAP * 3 / 4;
        }
        if draw_panel(&mut page, panel, side, axis, (style, within)) == Fit::TooNarrow {
            fit = Fit::TooNarrow;
        }
        page.y += PART_GAP;
    }
    (page, notes(within, fit, &outside))
}

fn notes(within: InSegments, fit: Fit, outside: &[Counted]) -> Vec<String> {
    let what = match within {
        InSegments::Counts => "Numbers in the bars are counts of respondents",
        InSegments::Percents => "Numbers in the bars are percents of N",
    };
    let left_out = match fit {
        Fit::Fits => "",
        Fit::TooNarrow => "; one that is wider than its segment is left out",
    };
    let not_applicable = if outside.iter().any(|(heading, _)| *heading == "N/A") {
        " N/A: not applicable, outside N."
    } else {
        ""
    };
    vec![format!("{what}{left_out}. N: those who answered on the scale.{not_applicable}")]
}

/// A column at the side: its heading and whom it counts.
type Counted = (&'static str, fn(Missing) -> bool);

/// Those outside the base, each with a column where somebody is one of them.
///
/// What somebody said outside the scale is an answer and never among the missing.
const OUTSIDE: [Counted; 5] = [
    ("N/A", |reason| Outside::of(reason) == Outside::NotApplicable),
    ("Don't know", |reason| Outside::of(reason) == Outside::DontKnow),
    ("Refused", |reason| Outside::of(reason) == Outside::Refused),
    ("Not asked", |reason| Outside::of(reason) == Outside::NotAsked),
    ("Missing", |reason| Outside::of(reason) == Outside::Missing),
];

/// The columns that any panel needs, so that they stand in one line over all panels.
fn outside(spec: &DivergingSpec) -> Vec<Counted> {
    let rows = || spec.panels.iter().flat_map(|panel| &panel.rows);
    OUTSIDE.into_iter().filter(|(_, fits)| rows().any(|row| row.missing_for(fits) > 0)).collect()
}

/// N and the columns of those outside it.
fn side_columns(panel: &LikertPanel, outside: &[Counted], style: NumberStyle) -> Vec<SideColumn> {
    let known =
        |row: &LikertRow| row.answered.as_ref().map_or_else(|_| "n/a".to_owned(), |n| style.count(*n));
    let mut columns =
        vec![SideColumn { heading: "N".into(), cells: panel.rows.iter().map(known).collect(), least: 0 }];
    columns.extend(outside.iter().map(|(heading, fits)| SideColumn {
        heading: (*heading).to_owned(),
        cells: panel.rows.iter().map(|row| style.count(row.missing_for(fits))).collect(),
        least: 0,
    }));
    columns
}

/// How many half answers lie left and right of zero.
fn halves(counts: &[u64]) -> (u128, u128) {
    let mut left = 0;
    let mut right = 0;
    for (position, count) in counts.iter().enumerate() {
        let count = u128::from(*count);
        if Some(position) == neutral(counts.len()) {
            left += count;
            right += count;
        } else if position < counts.len() / 2 {
            left += 2 * count;
        } else {
            right += 2 * count;
        }
    }
    (left, right)
}

/// The largest shares left and right over all panels, in thousandths, up to the next twentieth.
fn reach(spec: &DivergingSpec) -> (u128, u128) {
    let mut reach = (50, 50);
    for row in spec.panels.iter().flat_map(|panel| &panel.rows) {
        if let Ok(counts) = &row.counts {
            let of: u128 = counts.iter().map(|count| u128::from(*count)).sum();
            let (left, right) = halves(counts);
            let up = |halves: u128| (halves * 1000).div_ceil((2 * of).max(1)).next_multiple_of(50);
            reach = (reach.0.max(up(left)), reach.1.max(up(right)));
        }
    }
    reach
}

fn draw_panel(
    page: &mut Page,
    panel: &LikertPanel,
    side: &[SideColumn],
    axis: Axis,
    shown: (NumberStyle, InSegments),
) -> Fit {
    let top = page.y;
    let width = WIDTH - 2 * MARGIN - side_width(side);
    let analysed = panel.included.map_or(String::new(), |n| format!(" ({} analysed)", shown.0.count(n)));
    page.heading(&format!("{}{analysed}", panel.group), "", width);
    side_headings(&mut page.scene, side, page.y - SMALL.height());
    page.y = page.y.max(top) + 160;

    let rows: Vec<LabelledRow> = panel.rows.iter().map(|row| LabelledRow::new(&row.label, LABEL)).collect();
    let height: Length = rows.iter().map(|row| row.height + ROW_GAP).sum();
    // Behind the bars: a line through the middle segment would strike out its count.
    ticks(&mut page.scene, axis, page.y, height);
    let smallest = panel.rows.iter().filter_map(|row| row.answered.as_ref().ok()).min();
    let decimals = shown.0.percent_decimals(smallest.copied().unwrap_or(0));
    let mut fit = Fit::Fits;
    for (position, (row, labelled)) in panel.rows.iter().zip(&rows).enumerate() {
        labelled.draw(&mut page.scene, MARGIN, page.y);
        let middle = page.y + labelled.height / 2;
        match &row.counts {
            Ok(counts) => {
                if bar(&mut page.scene, counts, axis, middle, (shown.0, shown.1, decimals)) == Fit::TooNarrow
                {
                    fit = Fit::TooNarrow;
                }
            }
            Err(why) => not_computed(&mut page.scene, why, axis.left, axis.width, middle),
        }
        side_cells(&mut page.scene, side, position, middle);
        page.y += labelled.height + ROW_GAP;
    }
    page.y += 40;
    tick_labels(&mut page.scene, axis, page.y);
    page.y += SMALL.height();
    fit
}

fn bar(
    scene: &mut Scene,
    counts: &[u64],
    axis: Axis,
    middle: Length,
    (style, within, decimals): (NumberStyle, InSegments, Decimals),
) -> Fit {
    let of: u64 = counts.iter().sum();
    let start = axis.zero() - axis.length(halves(counts).0, of);
    let mut fit = Fit::Fits;
    let mut borders = vec![start];
    let mut before: u128 = 0;
    for (count, fill) in counts.iter().zip(diverging(counts.len())) {
        let x = start + axis.length(2 * before, of);
        before += u128::from(*count);
        let right = start + axis.length(2 * before, of);
        borders.push(right);
        let text = match (count, within) {
            (0, _) => String::new(),
            (_, InSegments::Counts) => style.count(*count),
            (_, InSegments::Percents) => style.percent(*count, of, decimals),
        };
        let area = Area { x, y: centred(middle, BAR), width: right - x, height: BAR };
        if segment(scene, Segment { area, fill, text: &text }) == Fit::TooNarrow {
            fit = Fit::TooNarrow;
        }
    }
    let end = borders.last().copied().unwrap_or(start);
    bar_edges(scene, Area { x: start, y: centred(middle, BAR), width: end - start, height: BAR }, &borders);
    fit
}

/// Says in the place of a bar why there is none.
pub(crate) fn not_computed(scene: &mut Scene, why: &str, x: Length, width: Length, middle: Length) {
    let face = Type { colour: QUIET, ..BODY };
    let words = format!("not computed: {why}");
    if let Some(line) = super::super::font::wrap(&words, face.weight, face.size, width, 1).first() {
        // Helping lines end at the words.
        let room = Area { x, y: centred(middle, BAR), width: face.width(line) + 60, height: BAR };
        scene.fill(room, PAGE);
        scene.text(line, x, centred(middle, face.height()), Anchor::Start, face);
    }
}

/// The quarters of the axis within its reach: thousandths from zero, negative to the left.
fn quarters(axis: Axis) -> Vec<(Length, String)> {
    let unit = axis.reach.0 + axis.reach.1;
    let at = |thousandths: u128| part(axis.width, thousandths, unit);
    let steps = |reach: u128| (1..=4).map(|quarter| quarter * 250).filter(move |step| *step <= reach);
    let label = |thousandths: u128| format!("{}%", thousandths / 10);
    let mut ticks: Vec<(Length, String)> =
        steps(axis.reach.0).map(|step| (axis.zero() - at(step), label(step))).collect();
    ticks.reverse();
    ticks.push((axis.zero(), "0".to_owned()));
    ticks.extend(steps(axis.reach.1).map(|step| (axis.zero() + at(step), label(step))));
    ticks
}

fn ticks(scene: &mut Scene, axis: Axis, y: Length, height: Length) {
    for (x, _) in quarters(axis) {
        let (colour, width) = if x == axis.zero() { (EDGE, 25) } else { (RULE, 12) };
        scene.line((x, y - 60), (x, y + height), colour, width);
    }
}

fn tick_labels(scene: &mut Scene, axis: Axis, y: Length) {
    let mut free = MARGIN;
    for (x, label) in quarters(axis) {
        let width = SMALL.width(&label);
        // A label at the edge may lean inwards; one that would touch its neighbour is left out.
        let x = x.min(WIDTH - MARGIN - width / 2 - 1);
        if x - width / 2 >= free {
            scene.text(&label, x, y, Anchor::Middle, SMALL);
            free = x + width / 2 + 100;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_point_lies_half_on_each_side() {
        assert_eq!(halves(&[1, 2, 4, 3, 5]), (2 + 4 + 4, 4 + 6 + 10));
        assert_eq!(halves(&[1, 2, 3, 5]), (6, 16));
        assert_eq!(halves(&[7]), (7, 7));
        assert_eq!(halves(&[]), (0, 0));
    }

    #[test]
    fn a_whole_bar_has_one_length_whatever_its_base() {
        let axis = Axis { left: 0, width: 9000, reach: (500, 700) };
        assert_eq!(axis.zero(), 3750);
        assert_eq!(axis.length(2 * 14, 14), 7500);
        assert_eq!(axis.length(2 * 2_000_000, 2_000_000), 7500);
    }

    #[test]
    fn ticks_stand_at_quarters_within_the_reach() {
        let axis = Axis { left: 0, width: 9000, reach: (300, 600) };
        let labels: Vec<String> = quarters(axis).into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["25%", "0", "25%", "50%"]);
    }
}
