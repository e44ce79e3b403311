//! Bars of a battery, split at the middle of the scale, with the counts of those outside the base at the side.

use super::super::paint::{EDGE, PAGE, Paint, QUIET, RULE, diverging};
use super::super::scene::{Anchor, Area, Length, Scene, Shape, Type};
use super::super::spec::BARS_FROM;
use super::super::spec::diverging::{DivergingSpec, LikertPanel, LikertRow, Mark, neutral};
use super::page::PART_GAP;
use super::{
    BAR, BODY, Fit, GUTTER, LabelledRow, MARGIN, Page, ROW_GAP, SMALL, Segment, SideColumn, align, bar_edges,
    centred, legend, part, segment, side_cells, side_headings, side_width,
};
use crate::findings::{Outside, meanings};
use crate::numbers::{Decimals, NumberStyle};

/// The width of the labels of items.
const LABEL: Length = 5_200;
/// Above this base, segments carry percents: counts of so many digits fit nowhere.
const COUNTS_BELOW: u64 = 10_000;

/// From one tick of the axis to the next, in thousandths.
const TICK: u128 = 250;

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
    let left = MARGIN + page.label_width(LABEL) + GUTTER;
    let axis = Axis { left, width: page.right() - widest - left, reach: reach(spec) };
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
            let paints = diverging(panel.levels.len());
            let entries: Vec<(Paint, String)> =
                paints.into_iter().zip(panel.levels.iter().cloned()).collect();
            let (y, width) = (page.y, page.inner());
            page.y += legend(&mut page.scene, &entries, MARGIN, y, width) + PART_GAP * 3 / 4;
        }
        if draw_panel(&mut page, panel, side, axis, (style, within)) == Fit::TooNarrow {
            fit = Fit::TooNarrow;
        }
        page.y += PART_GAP;
    }
    let bars = spec.panels.iter().any(LikertPanel::has_bars).then_some((within, fit));
    (page, notes(bars, &outside))
}

/// What the numbers mean; `bars` is what stands in bars, where there are any.
fn notes(bars: Option<(InSegments, Fit)>, outside: &[Outside]) -> Vec<String> {
    let what = match bars {
        None => "",
        Some((InSegments::Counts, Fit::Fits)) => "Numbers in the bars are counts of respondents. ",
        Some((InSegments::Counts, Fit::TooNarrow)) => {
            "Numbers in the bars are counts of respondents; one that is wider than its segment is left out. "
        }
        Some((InSegments::Percents, Fit::Fits)) => "Numbers in the bars are percents of N. ",
        Some((InSegments::Percents, Fit::TooNarrow)) => {
            "Numbers in the bars are percents of N; one that is wider than its segment is left out. "
        }
    };
    vec![format!("{what}N: those who answered on the scale.{}", meanings(outside))]
}

/// The columns that any panel needs, so that they stand in one line over all panels.
fn outside(spec: &DivergingSpec) -> Vec<Outside> {
    let rows = || spec.panels.iter().flat_map(|panel| &panel.rows);
    Outside::ALL.into_iter().filter(|column| rows().any(|row| outside_for(row, *column) > 0)).collect()
}

/// How many of a row a column counts.
fn outside_for(row: &LikertRow, column: Outside) -> u64 {
    row.missing_for(|reason| Outside::of(reason) == column)
}

/// N and the columns of those outside it.
fn side_columns(panel: &LikertPanel, outside: &[Outside], style: NumberStyle) -> Vec<SideColumn> {
    let known =
        |row: &LikertRow| row.answered.as_ref().map_or_else(|_| "n/a".to_owned(), |n| style.count(*n));
    let mut columns =
        vec![SideColumn { heading: "N".into(), cells: panel.rows.iter().map(known).collect(), least: 0 }];
    columns.extend(outside.iter().map(|column| SideColumn {
        heading: column.heading().to_owned(),
        cells: panel.rows.iter().map(|row| style.count(outside_for(row, *column))).collect(),
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

/// The largest shares left and right over all panels, in thousandths, up to the next tick.
fn reach(spec: &DivergingSpec) -> (u128, u128) {
    let mut reach = (TICK, TICK);
    for row in spec.panels.iter().flat_map(|panel| &panel.rows) {
        if let Ok(counts) = &row.counts {
            let of: u128 = counts.iter().map(|count| u128::from(*count)).sum();
            let (left, right) = halves(counts);
            let up = |halves: u128| (halves * 1000).div_ceil((2 * of).max(1)).next_multiple_of(TICK);
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
    let width = page.inner() - side_width(side);
    let analysed = panel.included.map_or(String::new(), |n| format!(" ({} analysed)", shown.0.count(n)));
    page.heading(&format!("{}{analysed}", panel.group), "", width);
    side_headings(&mut page.scene, side, page.y - SMALL.height());
    page.y = page.y.max(top) + 160;

    let label = page.label_width(LABEL);
    let rows: Vec<LabelledRow> = panel.rows.iter().map(|row| LabelledRow::new(&row.label, label)).collect();
    let smallest = panel.rows.iter().filter_map(|row| row.answered.as_ref().ok()).min();
    let decimals = shown.0.percent_decimals(smallest.copied().unwrap_or(0));
    let mut fit = Fit::Fits;
    for (position, (row, labelled)) in panel.rows.iter().zip(&rows).enumerate() {
        labelled.draw(&mut page.scene, MARGIN, page.y);
        let middle = page.y + labelled.height / 2;
        // Behind the bars: a line through the middle segment would strike out its count.
        ticks(
            &mut page.scene,
            axis,
            row.mark(),
            (page.y - ROW_GAP / 2, page.y + labelled.height + ROW_GAP / 2),
        );
        match &row.counts {
            Ok(counts) if row.mark() == Some(Mark::Dots) => dots(&mut page.scene, counts, axis, middle),
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
    if panel.has_bars() {
        page.y += 40;
        tick_labels(&mut page.scene, axis, page.y);
        page.y += SMALL.height();
    }
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

/// A dot for each answer, in the colour of its point, divided about zero as a bar is.
fn dots(scene: &mut Scene, counts: &[u64], axis: Axis, middle: Length) {
    // The axis reaches as far as the largest share on each side, so that even nine answers on one side have room.
    let step = BAR.min(part(axis.width, 1, 2 * u128::from(BARS_FROM - 1)));
    let (left, _) = halves(counts);
    let mut x = axis.zero() - Length::try_from(left).unwrap_or(0) * step / 2 + step / 2;
    for (count, fill) in counts.iter().zip(diverging(counts.len())) {
        for _ in 0..*count {
            let dot = |radius, paint| Shape::Dot { centre: (x, middle), radius, paint };
            scene.shapes.push(dot(step * 2 / 5, EDGE));
            scene.shapes.push(dot(step * 2 / 5 - 25, fill));
            x += step;
        }
    }
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

/// The quarters of the axis within its reach: thousandths from zero, negative to the left.
fn quarters(axis: Axis) -> Vec<(Length, String)> {
    let unit = axis.reach.0 + axis.reach.1;
    let at = |thousandths: u128| part(axis.width, thousandths, unit);
    let steps = |reach: u128| (1..=4).map(|quarter| quarter * TICK).filter(move |step| *step <= reach);
    let label = |thousandths: u128| format!("{}%", thousandths / 10);
    let mut ticks: Vec<(Length, String)> =
        steps(axis.reach.0).map(|step| (axis.zero() - at(step), label(step))).collect();
    ticks.reverse();
    ticks.push((axis.zero(), "0".to_owned()));
    ticks.extend(steps(axis.reach.1).map(|step| (axis.zero() + at(step), label(step))));
    ticks
}

/// The lines of the axis behind a row: zero behind every one, shares behind bars only, since dots are not measured.
fn ticks(scene: &mut Scene, axis: Axis, mark: Option<Mark>, (top, bottom): (Length, Length)) {
    for (x, _) in quarters(axis) {
        if x == axis.zero() {
            scene.line((x, top), (x, bottom), EDGE, 25);
        } else if mark == Some(Mark::Bar) {
            scene.line((x, top), (x, bottom), RULE, 12);
        }
    }
}

fn tick_labels(scene: &mut Scene, axis: Axis, y: Length) {
    let mut free = MARGIN;
    for (x, label) in quarters(axis) {
        let width = SMALL.width(&label);
        // A label at the edge may lean inwards; one that would touch its neighbour is left out.
        let x = x.min(scene.width - MARGIN - width / 2 - 1);
        if x - width / 2 >= free {
            scene.text(&label, x, y, Anchor::Middle, SMALL);
            free = x + width / 2 + 100;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Missing;
    use crate::figures::ItemOrder;

    fn row(counts: &[u64]) -> LikertRow {
        LikertRow {
            id: String::new(),
            label: String::new(),
            counts: Ok(counts.to_vec()),
            answered: Ok(counts.iter().sum()),
            missing: Vec::new(),
        }
    }

    fn spec(rows: Vec<LikertRow>) -> DivergingSpec {
        let panel = LikertPanel { group: String::new(), included: None, levels: Vec::new(), top: 0, rows };
        DivergingSpec { panels: vec![panel], order: ItemOrder::Asked }
    }

    #[test]
    fn what_somebody_said_outside_the_scale_has_its_own_column() {
        let missing = vec![(Missing::Skipped, 1), (Missing::DontKnow, 2), (Missing::Refused, 3)];
        let spec = spec(vec![row(&[1, 2]), LikertRow { missing, ..row(&[3, 4]) }]);
        let columns = side_columns(&spec.panels[0], &outside(&spec), NumberStyle::Ama);
        let shown: Vec<String> =
            columns.iter().map(|column| format!("{} {}", column.heading, column.cells.join(" "))).collect();
        assert_eq!(shown, ["N 3 7", "Don't know 0 2", "Refused 0 3", "Missing 0 1"]);
    }

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
    fn the_axis_reaches_the_tick_beyond_the_longest_bar() {
        // 10 of 16 below the middle, 4 of 16 above it, 2 of 16 on it.
        assert_eq!(reach(&spec(vec![row(&[4, 6, 2, 3, 1])])), (750, 500));
        assert_eq!(reach(&spec(vec![row(&[0, 0, 0, 16]), row(&[4, 4, 4, 4])])), (500, 1000));
        assert_eq!(reach(&spec(Vec::new())), (250, 250));
    }

    #[test]
    fn each_answer_is_a_dot_and_all_have_room() {
        let axis = Axis { left: 1000, width: 9000, reach: (500, 1000) };
        let mut scene = Scene::default();
        dots(&mut scene, &[0, 0, 0, 4, 5], axis, 500);
        let mut fills = Vec::new();
        for shape in &scene.shapes {
            let Shape::Dot { centre: (x, _), radius, paint } = *shape else { panic!("{shape:?}") };
            assert!(axis.zero() <= x - radius && x + radius <= axis.left + axis.width);
            fills.extend((paint != EDGE).then_some(paint));
        }
        let [.., agree, strongly] = diverging(5)[..] else { panic!("five points") };
        assert_eq!(fills, [[agree; 4].as_slice(), &[strongly; 5]].concat());
    }

    #[test]
    fn an_answer_at_the_middle_is_a_dot_on_zero() {
        let axis = Axis { left: 0, width: 9000, reach: (500, 1000) };
        let mut scene = Scene::default();
        dots(&mut scene, &[0, 0, 1, 0, 0], axis, 500);
        assert!(matches!(scene.shapes[0], Shape::Dot { centre: (3000, 500), .. }), "{:?}", scene.shapes);
    }

    #[test]
    fn ticks_stand_at_quarters_within_the_reach() {
        let axis = Axis { left: 0, width: 9000, reach: (300, 600) };
        let labels: Vec<String> = quarters(axis).into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["25%", "0", "25%", "50%"]);
    }
}
