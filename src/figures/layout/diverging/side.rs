//! What stands beside the bars: the totals of both sides at their ends, N, and those outside the base.

use super::super::super::paint::{EDGE, ROOM};
use super::super::super::scene::{Anchor, Area, Length, Scene};
use super::super::{
    BODY, MARGIN, STRONG, SideColumn, align, centred, part, side_cells, side_edges, side_headings, side_width,
};
use super::axis::Axis;
use super::{Panel, Row};
use crate::figures::spec::Share;
use crate::figures::spec::diverging::{LikertRow, LikertSpec, Mark};
use crate::figures::{LikertShape, Neutral, OutsideAs};
use crate::findings::{Outside, meanings};
use crate::numbers::{Decimals, NumberStyle};

/// The room between a total and the axis.
const TOTAL_GAP: Length = 160;
/// The height of a bar of those outside.
const THIN_BAR: Length = 220;

/// The columns beside the bars of a figure.
pub(super) struct Side {
    /// N and those outside, for each panel.
    columns: Vec<Vec<SideColumn>>,
    outside: Vec<Outside>,
    /// The shares of those outside, for each panel, column and row, where they are drawn as bars.
    shares: Vec<Vec<Vec<Share>>>,
    /// The width of those bars.
    bar: Length,
    /// The widths of the totals below and above the middle; nothing where they are not asked for.
    totals: Option<[Length; 2]>,
    style: NumberStyle,
    decimals: Decimals,
}

/// How many of a row a column counts.
fn outside_for(row: &LikertRow, column: Outside) -> u64 {
    row.missing_for(|reason| Outside::of(reason) == column)
}

/// The columns that any panel needs, so that they stand in one line over all panels.
fn outside(spec: &LikertSpec) -> Vec<Outside> {
    let rows = || spec.panels.iter().flat_map(|panel| &panel.rows);
    Outside::ALL.into_iter().filter(|column| rows().any(|row| outside_for(row, *column) > 0)).collect()
}

impl Side {
    pub(super) fn new(spec: &LikertSpec, panels: &[Panel<'_>], style: NumberStyle, inner: Length) -> Self {
        let outside = outside(spec);
        let bars = spec.manner.outside == OutsideAs::Bars;
        let split = spec.manner.shape == LikertShape::Diverging && spec.manner.neutral == Neutral::Split;
        let decimals = spec.decimals(style);
        let mut columns: Vec<Vec<SideColumn>> = panels
            .iter()
            .map(|panel| {
                let middle = split.then(|| middle_column(panel, style)).flatten();
                middle.into_iter().chain(side_columns(&panel.rows, &outside, style)).collect()
            })
            .collect();
        align(&mut columns);
        let bar = if bars { (inner * 7 / 100).min(1_300) } else { 0 };
        if bars {
            for panel in &mut columns {
                let first = panel.len() - outside.len();
                for column in panel.iter_mut().skip(first) {
                    let cells = column.cells.iter().map(|cell| BODY.width(cell)).max().unwrap_or(0);
                    column.least = column.width().max(cells + 80 + bar);
                }
            }
            align(&mut columns);
        }
        let of_row = |row: &LikertRow, column: Outside| {
            let of = row.answered.as_ref().map_or(0, |n| *n) + row.missing_for(|_| true);
            Share { count: outside_for(row, column), of }
        };
        let of_panel = |panel: &Panel<'_>| -> Vec<Vec<Share>> {
            let of = |column: &Outside| panel.rows.iter().map(|row| of_row(row.item, *column)).collect();
            outside.iter().map(of).collect()
        };
        let shares = if bars { panels.iter().map(of_panel).collect() } else { Vec::new() };
        let mut side = Self { columns, outside, shares, bar, totals: None, style, decimals };
        if spec.manner.totals {
            let rows = || panels.iter().flat_map(|panel| &panel.rows);
            let widest = |end: usize| {
                let words = rows().filter_map(|row| Some(side.total(row.sides?[end], row.item.mark()?)));
                words.map(|words| STRONG.width(&words)).max().unwrap_or(0)
            };
            side.totals = Some([widest(0), widest(1)]);
        }
        side
    }

    /// The same with counts alone.
    pub(super) fn without_bars(mut self) -> Self {
        self.shares.clear();
        for column in self.columns.iter_mut().flatten() {
            column.least = 0;
        }
        align(&mut self.columns);
        self
    }

    /// What a total says: dots are people, so that their total is too.
    fn total(&self, share: Share, mark: Mark) -> String {
        match mark {
            Mark::Dots => self.style.count(share.count),
            Mark::Bar => self.style.percent(share.count, share.of, self.decimals),
        }
    }

    /// The room of the totals below the middle.
    pub(super) fn below(&self) -> Length {
        self.totals.map_or(0, |[below, _]| below + TOTAL_GAP)
    }

    /// The room of the totals above the middle.
    pub(super) fn above(&self) -> Length {
        self.totals.map_or(0, |[_, above]| above + 2 * TOTAL_GAP)
    }

    /// The room of all columns.
    pub(super) fn width(&self) -> Length {
        self.columns.first().map_or(0, |columns| side_width(columns))
    }

    /// What the headings mean.
    pub(super) fn meanings(&self) -> String {
        let bars = if self.shares.is_empty() || self.outside.is_empty() {
            ""
        } else {
            " The bars beside them are shares of everybody analysed."
        };
        let middle = self.columns.iter().flatten().any(|column| column.heading == MIDDLE);
        let middle = if middle { " Middle: answers on neither side." } else { "" };
        format!("{middle}{}{bars}", meanings(&self.outside))
    }

    /// Sets the headings of a panel's columns.
    pub(super) fn headings(&self, scene: &mut Scene, panel: usize, y: Length) {
        if let Some(columns) = self.columns.get(panel) {
            side_headings(scene, columns, y);
        }
    }

    /// Sets the columns of a row, with the bars of those outside.
    pub(super) fn cells(&self, scene: &mut Scene, panel: usize, row: usize, middle: Length) {
        let Some(columns) = self.columns.get(panel) else { return };
        side_cells(scene, columns, row, middle);
        let Some(shares) = self.shares.get(panel) else { return };
        let edges = side_edges(columns, scene.width - MARGIN);
        let first = columns.len() - self.outside.len();
        for ((column, right), shares) in columns.iter().zip(edges).skip(first).zip(shares) {
            let (Some(share), Some(cell)) = (shares.get(row), column.cells.get(row)) else { continue };
            let widest = column.cells.iter().map(|cell| BODY.width(cell)).max().unwrap_or(0);
            let x = right - widest.max(BODY.width(cell)) - 80 - self.bar;
            let all = Area { x, y: centred(middle, THIN_BAR), width: self.bar, height: THIN_BAR };
            scene.fill(all, ROOM);
            let filled = part(self.bar, u128::from(share.count), u128::from(share.of));
            scene.fill(Area { width: filled, ..all }, EDGE);
        }
    }

    /// Sets the totals of both sides at the ends of the axis.
    pub(super) fn totals(
        &self,
        scene: &mut Scene,
        sides: Option<[Share; 2]>,
        mark: Option<Mark>,
        (axis, middle): (Axis, Length),
    ) {
        let (Some([_, widest]), Some([below, above]), Some(mark)) = (self.totals, sides, mark) else {
            return;
        };
        let y = centred(middle, STRONG.height());
        scene.text(&self.total(below, mark), axis.left - TOTAL_GAP, y, Anchor::End, STRONG);
        let right = axis.right() + TOTAL_GAP + widest;
        scene.text(&self.total(above, mark), right, y, Anchor::End, STRONG);
    }
}

/// The heading of the answers on neither side.
const MIDDLE: &str = "Middle";

/// How many answers are on neither side, where these are halved in the bars.
fn middle_column(panel: &Panel<'_>, style: NumberStyle) -> Option<SideColumn> {
    let cells = panel.rows.iter().map(|row| match &row.item.counts {
        Ok(counts) => {
            counts.get(row.middle.clone()).map_or_else(String::new, |at| style.count(at.iter().sum()))
        }
        Err(_) => "n/a".to_owned(),
    });
    let has_middle = panel.rows.iter().any(|row| !row.middle.is_empty());
    has_middle.then(|| SideColumn { heading: MIDDLE.to_owned(), cells: cells.collect(), least: 0 })
}

/// N and the columns of those outside it.
pub(super) fn side_columns(rows: &[Row<'_>], outside: &[Outside], style: NumberStyle) -> Vec<SideColumn> {
    let known = |row: &Row<'_>| match &row.item.answered {
        Ok(n) => style.count(*n),
        Err(_) => "n/a".to_owned(),
    };
    let mut columns =
        vec![SideColumn { heading: "N".into(), cells: rows.iter().map(known).collect(), least: 0 }];
    columns.extend(outside.iter().map(|column| SideColumn {
        heading: column.heading().to_owned(),
        cells: rows.iter().map(|row| style.count(outside_for(row.item, *column))).collect(),
        least: 0,
    }));
    columns
}
