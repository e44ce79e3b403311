//! Where everything stands: specifications to scenes, by arithmetic on whole hundredths of a millimetre.

mod apart;
mod axis;
pub(crate) mod bars;
pub(crate) mod choices;
pub(crate) mod diverging;
pub(crate) mod estimates;
pub(crate) mod flow;
mod grid;
pub(crate) mod heat;
mod marks;
pub(crate) mod numbers;
mod page;
pub(crate) mod ranking;
mod row_label;
pub(crate) mod slope;
pub(crate) mod upset;

pub(crate) use page::Page;
use row_label::LabelledRow;

use super::font::{Weight, clean, wrap};
use super::paint::{EDGE, INK, PAGE, Paint, QUIET, text_on};
use super::scene::{Anchor, Area, Length, Scene, Stroke, Type};

/// The room at each side.
pub(crate) const MARGIN: Length = 400;
/// The height of a bar.
pub(crate) const BAR: Length = 600;
/// The room between two rows.
pub(crate) const ROW_GAP: Length = 180;
/// The room between two columns.
pub(crate) const GUTTER: Length = 260;
/// The most lines that one label may take.
const LABEL_LINES: usize = 4;

/// Text of labels and counts.
pub(crate) const BODY: Type = Type { size: 320, weight: Weight::Regular, paint: INK };
/// The same, strong.
pub(crate) const STRONG: Type = Type { size: 320, weight: Weight::Bold, paint: INK };
/// Text that comes second.
pub(crate) const SMALL: Type = Type { size: 280, weight: Weight::Regular, paint: QUIET };
/// The title.
pub(crate) const TITLE: Type = Type { size: 420, weight: Weight::Bold, paint: INK };
/// The label of a group.
pub(crate) const HEADING: Type = Type { size: 350, weight: Weight::Bold, paint: INK };

/// Breaks a label to a width in the type in which it is set.
pub(crate) fn label_lines(label: &str, face: Type, width: Length) -> Vec<String> {
    wrap(label, face.weight, face.size, width, LABEL_LINES)
}

/// The part of `length` that `count` is of `of`, rounded down; `of` zero gives zero.
pub(crate) fn part(length: Length, count: u128, of: u128) -> Length {
    let length = u128::from(length.unsigned_abs());
    let scaled = length.checked_mul(count).and_then(|product| product.checked_div(of)).unwrap_or(0);
    Length::try_from(scaled).unwrap_or(0)
}

/// The place at which a block of this height is centred on `middle`.
pub(crate) fn centred(middle: Length, height: Length) -> Length {
    middle - height / 2
}

/// A column of texts at the right of a row, as wide as its widest text.
#[derive(Debug, Clone)]
pub(crate) struct SideColumn {
    /// Its heading.
    pub(crate) heading: String,
    /// Its texts from top to bottom.
    pub(crate) cells: Vec<String>,
    /// The width that it has at least, so that columns of several panels stand in one line.
    pub(crate) least: Length,
}

impl SideColumn {
    /// The width that it needs.
    pub(crate) fn width(&self) -> Length {
        let cells = self.cells.iter().map(|cell| BODY.width(cell)).max().unwrap_or(0);
        cells.max(SMALL.width(&self.heading)).max(self.least)
    }
}

/// Gives the columns of several panels the same widths, column by column.
pub(crate) fn align(panels: &mut [Vec<SideColumn>]) {
    let columns = panels.iter().map(Vec::len).max().unwrap_or(0);
    for column in 0..columns {
        let least = panels.iter().filter_map(|panel| panel.get(column)).map(SideColumn::width).max();
        for panel in panels.iter_mut() {
            if let (Some(side), Some(least)) = (panel.get_mut(column), least) {
                side.least = least;
            }
        }
    }
}

/// Columns at the right of rows, right-aligned, with room between them.
pub(crate) fn side_width(columns: &[SideColumn]) -> Length {
    columns.iter().map(|column| column.width() + GUTTER).sum()
}

/// Sets the headings of side columns so that the last ends at the right margin.
pub(crate) fn side_headings(scene: &mut Scene, columns: &[SideColumn], y: Length) {
    for (column, right) in columns.iter().zip(side_edges(columns, scene.width - MARGIN)) {
        scene.text(&column.heading, right, y, Anchor::End, SMALL);
    }
}

/// Sets the texts of one row of side columns, centred on `middle`.
pub(crate) fn side_cells(scene: &mut Scene, columns: &[SideColumn], row: usize, middle: Length) {
    for (column, right) in columns.iter().zip(side_edges(columns, scene.width - MARGIN)) {
        if let Some(cell) = column.cells.get(row) {
            scene.text(cell, right, centred(middle, BODY.height()), Anchor::End, BODY);
        }
    }
}

/// The right edges of the columns, the last of which ends at `right`.
pub(crate) fn side_edges(columns: &[SideColumn], mut right: Length) -> Vec<Length> {
    let mut edges: Vec<Length> = columns
        .iter()
        .rev()
        .map(|column| {
            let edge = right;
            right -= column.width() + GUTTER;
            edge
        })
        .collect();
    edges.reverse();
    edges
}

/// One segment of a bar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment<'a> {
    /// Where.
    pub(crate) area: Area,
    /// Its colour.
    pub(crate) fill: Paint,
    /// What stands in it, if it fits.
    pub(crate) text: &'a str,
}

/// Whether a segment's text fits into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// It is drawn.
    Fits,
    /// It would be wider than the segment, so that it is left out.
    TooNarrow,
}

/// Draws a segment with its text, black or white, whichever can be read better; a text that does not fit is left out.
pub(crate) fn segment(scene: &mut Scene, segment: Segment<'_>) -> Fit {
    /// The room that a text needs at each side.
    const PADDING: Length = 50;
    let Segment { area, fill, text } = segment;
    scene.fill(area, fill);
    if text.is_empty() {
        return Fit::Fits;
    }
    if BODY.width(text) + 2 * PADDING > area.width {
        return Fit::TooNarrow;
    }
    let face = Type { paint: text_on(fill), ..BODY };
    let middle = (area.x + area.width / 2, area.y + area.height / 2);
    scene.text(text, middle.0, centred(middle.1, face.height()), Anchor::Middle, face);
    Fit::Fits
}

/// Draws the edges of a bar over its segments: white between them, grey around them.
pub(crate) fn bar_edges(scene: &mut Scene, bar: Area, borders: &[Length]) {
    for x in borders.iter().filter(|x| **x > bar.x && **x < bar.right()) {
        scene.line((*x, bar.y), (*x, bar.bottom()), PAGE, 25);
    }
    scene.outline(bar, EDGE, Stroke::Solid);
}

/// Entries of a legend: a colour and its words, in order.
pub(crate) fn legend(
    scene: &mut Scene,
    entries: &[(Paint, String)],
    x: Length,
    y: Length,
    width: Length,
) -> Length {
    const SWATCH: Length = 320;
    const GAP: Length = 130;
    const BETWEEN: Length = 420;
    let most = (width / 2).min(width - SWATCH - GAP);
    let mut at = x;
    let mut top = y;
    let mut tallest = 0;
    for (paint, words) in entries {
        let lines = label_lines(&clean(words), BODY, most - SWATCH - GAP);
        let text = lines.iter().map(|line| BODY.width(line)).max().unwrap_or(0);
        let needed = SWATCH + GAP + text;
        if at > x && at + needed > x + width {
            at = x;
            top += tallest + 90;
            tallest = 0;
        }
        let swatch =
            Area { x: at, y: centred(top + BODY.height() / 2, SWATCH), width: SWATCH, height: SWATCH };
        scene.fill(swatch, *paint);
        scene.outline(swatch, EDGE, Stroke::Solid);
        scene.lines(&lines, at + SWATCH + GAP, top, Anchor::Start, BODY);
        tallest = tallest.max(BODY.block(lines.len()));
        at += needed + BETWEEN;
    }
    top + tallest - y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_exact_for_the_largest_counts() {
        assert_eq!(part(9000, 1, 3), 3000);
        assert_eq!(part(9000, u128::from(u64::MAX), u128::from(u64::MAX)), 9000);
        assert_eq!(part(9000, 5, 0), 0);
    }

    #[test]
    fn a_text_wider_than_its_segment_is_left_out() {
        let mut scene = Scene::default();
        let area = Area { x: 0, y: 0, width: 200, height: BAR };
        let narrow = Segment { area, fill: PAGE, text: "944" };
        assert_eq!(segment(&mut scene, narrow), Fit::TooNarrow);
        let wide = Segment { area: Area { width: 900, ..area }, ..narrow };
        assert_eq!(segment(&mut scene, wide), Fit::Fits);
        assert_eq!(scene.texts.len(), 1);
        assert!(Area { width: 900, ..area }.contains(&scene.texts[0].area));
    }

    #[test]
    fn every_entry_of_a_legend_stays_within_its_width() {
        let mut scene = Scene::default();
        let entries: Vec<(Paint, String)> =
            (1..9).map(|i| (INK, "a rather long point of a scale ".repeat(i))).collect();
        let height = legend(&mut scene, &entries, MARGIN, 0, 17_200);
        let room = Area { x: MARGIN, y: 0, width: 17_200, height };
        assert!(scene.texts.iter().all(|text| room.contains(&text.area)));
    }
}
