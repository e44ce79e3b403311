//! Estimates with intervals on an axis, their numbers as texts beside it or, where the page is narrow, below each row.

use super::super::font::wrap;
use super::super::paint::{Fill, Paint, QUIET, RULE};
use super::super::scene::{Anchor, Length, Scene};
use super::super::spec::estimates::{EstimateLine, EstimatesPanel, EstimatesRow, EstimatesSpec};
use super::axis::NumberAxis;
use super::diverging::not_computed;
use super::marks::{REACH, mark, mark_legend};
use super::page::PART_GAP;
use super::{BAR, BODY, GUTTER, LabelledRow, MARGIN, Page, ROW_GAP, SMALL, centred, label_lines};
use crate::numbers::NumberStyle;

/// The widest column of labels.
const LABEL: Length = 5_400;
/// The widest column of labels beside many texts.
const NARROW_LABEL: Length = 3_400;
/// The narrowest axis beside labels as wide as they are.
const AXIS: Length = 4_600;
/// The narrowest axis beside texts at all.
const NARROW_AXIS: Length = 2_900;
/// The height of a line of a row of several.
const LINE: Length = 480;
/// The most lines of a heading of a column.
const HEAD_LINES: usize = 4;

/// Draws the panels.
pub(crate) fn draw(mut page: Page, spec: &EstimatesSpec, style: NumberStyle) -> Page {
    let plan = Plan::new(&page, spec);
    for panel in &spec.panels {
        if !panel.heading.is_empty() || !panel.base.is_empty() {
            let width = page.inner();
            page.heading(&panel.heading, &panel.base, width);
            page.y += 160;
        }
        if panel.series.len() > 1 {
            let (y, width) = (page.y, page.inner());
            page.y += mark_legend(&mut page.scene, &panel.series, MARGIN, y, width) + 200;
        }
        plan.draw_panel(&mut page, panel, style);
        page.y += PART_GAP;
    }
    page
}

/// Where the texts of rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Texts {
    /// In columns beside the axis, each on one line.
    Beside,
    /// In columns beside the axis, broken where they may be.
    BesideBroken,
    /// Below each row.
    Below,
}

/// The columns of all panels.
#[derive(Debug, Clone)]
struct Plan {
    texts: Texts,
    label: Length,
    /// The widths of the columns of texts; none where these stand below.
    columns: Vec<Length>,
    /// Where the axis starts and how wide it is.
    axis: (Length, Length),
}

impl Plan {
    fn new(page: &Page, spec: &EstimatesSpec) -> Self {
        let rows = || spec.panels.iter().flat_map(|panel| &panel.rows);
        let longest = rows().map(|row| BODY.width(&super::super::font::clean(&row.label))).max().unwrap_or(0);
        let before = spec.panels.iter().map(|panel| panel.before).max().unwrap_or(0);
        let ways = [
            (Texts::Beside, LABEL, AXIS),
            (Texts::BesideBroken, LABEL, AXIS),
            (Texts::BesideBroken, NARROW_LABEL, NARROW_AXIS),
        ];
        for (texts, most, least) in ways {
            let label = page.label_width(most).min(longest.max(1_200));
            let columns = columns(spec, texts);
            let room = |columns: &[Length]| columns.iter().map(|width| width + GUTTER).sum::<Length>();
            let width = page.inner() - label - GUTTER - room(&columns);
            if width >= least {
                let left = MARGIN + label + GUTTER + room(columns.get(..before).unwrap_or_default());
                return Self { texts, label, columns, axis: (left, width) };
            }
        }
        let axis = (MARGIN, page.inner());
        Self { texts: Texts::Below, label: page.inner(), columns: Vec::new(), axis }
    }

    fn draw_panel(&self, page: &mut Page, panel: &EstimatesPanel, style: NumberStyle) {
        self.headings(page, panel);
        let reach = panel.reach();
        let said = panel.rows.iter().flat_map(|row| &row.lines).any(|line| {
            // Numbers beside an axis are shown even where nothing lies on it, such as p-values without an effect.
            line.cells.iter().any(|cell| !cell.is_empty())
        });
        if reach.is_none() && !said {
            for row in &panel.rows {
                Self::row_without_axis(page, row);
            }
            return;
        }
        let (left, width) = self.axis;
        // Marks at the ends stay within the axis.
        let axis = NumberAxis::new(left + REACH, width - 2 * REACH, reach.unwrap_or((0.0, 1.0)));
        let step = if panel.axis.whole { 1.0 } else { 0.0 };
        let ticks = match reach {
            Some(_) => axis.ticks(step, panel.axis.factor, style, |label| SMALL.width(label)),
            None => Vec::new(),
        };
        let heights: Vec<Length> = panel.rows.iter().map(|row| self.height(panel, row)).collect();
        let top = page.y;
        let bottom = top + heights.iter().map(|height| height + ROW_GAP).sum::<Length>();
        if self.texts != Texts::Below {
            for tick in &ticks {
                page.scene.line((tick.x, top), (tick.x, bottom), RULE, 12);
            }
            if let Some(null) = panel.axis.null.filter(|null| reach.is_some() && axis.shows(*null)) {
                page.scene.line((axis.at(null), top), (axis.at(null), bottom), QUIET, 26);
            }
        }
        for (row, height) in panel.rows.iter().zip(&heights) {
            match self.texts {
                Texts::Below => self.row_below(page, panel, row, &axis),
                Texts::Beside | Texts::BesideBroken => self.row_beside(page, panel, row, (&axis, *height)),
            }
            page.y += height + ROW_GAP;
        }
        if reach.is_none() {
            page.y = bottom;
            return;
        }
        page.scene.line((left, bottom), (left + width, bottom), QUIET, 18);
        page.y = bottom + 60;
        for tick in &ticks {
            page.scene.line((tick.x, bottom), (tick.x, bottom + 60), QUIET, 18);
            page.scene.text(&tick.label, tick.x, page.y + 20, Anchor::Middle, SMALL);
        }
        page.y += 20 + SMALL.pitch();
        self.axis_words(page, panel, &axis);
    }

    /// What the axis measures, and what lies to its left and to its right.
    fn axis_words(&self, page: &mut Page, panel: &EstimatesPanel, axis: &NumberAxis) {
        let (left, width) = self.axis;
        let ends: Vec<Vec<String>> =
            panel.axis.ends.iter().map(|end| label_lines(end, SMALL, width / 2 - GUTTER)).collect();
        let tallest = ends.iter().map(Vec::len).max().unwrap_or(0);
        if let [low, high] = ends.as_slice() {
            page.scene.lines(low, left, page.y, Anchor::Start, SMALL);
            page.scene.lines(high, left + width, page.y, Anchor::End, SMALL);
        }
        if tallest > 0 {
            page.y += SMALL.block(tallest) + 60;
        }
        // A title may be wider than its axis, but not than the page.
        let middle = axis.left + axis.width / 2;
        let room = 2 * (middle - MARGIN).min(page.right() - middle);
        let lines = label_lines(&panel.axis.title, SMALL, room);
        page.y += page.scene.lines(&lines, middle, page.y, Anchor::Middle, SMALL);
    }

    /// The height of a row, without the room below it.
    fn height(&self, panel: &EstimatesPanel, row: &EstimatesRow) -> Length {
        let lines: Length = row.lines.iter().map(|line| self.line_height(panel, row, line)).sum();
        match self.texts {
            Texts::Below => {
                LabelledRow::new(&row.label, self.label)
                    .lines
                    .len()
                    .max(1)
                    .try_into()
                    .map_or(0, |n: Length| n * BODY.pitch())
                    + lines
            }
            Texts::Beside | Texts::BesideBroken => LabelledRow::new(&row.label, self.label).height.max(lines),
        }
    }

    fn line_height(&self, panel: &EstimatesPanel, row: &EstimatesRow, line: &EstimateLine) -> Length {
        let least = if row.lines.len() > 1 { LINE } else { BAR };
        match self.texts {
            Texts::Below => BAR + SMALL.block(below(panel, line, self.axis.1).len()) + 60,
            Texts::Beside => least,
            Texts::BesideBroken => {
                let most = line.cells.iter().map(|cell| cell.split('\n').count()).max().unwrap_or(1);
                least.max(BODY.block(most) + 100)
            }
        }
    }

    fn row_beside(
        &self,
        page: &mut Page,
        panel: &EstimatesPanel,
        row: &EstimatesRow,
        (axis, height): (&NumberAxis, Length),
    ) {
        let labelled = LabelledRow { height, ..LabelledRow::new(&row.label, self.label) };
        labelled.draw(&mut page.scene, MARGIN, page.y);
        let lines: Length = row.lines.iter().map(|line| self.line_height(panel, row, line)).sum();
        let mut y = centred(page.y + height / 2, lines);
        for line in &row.lines {
            let height = self.line_height(panel, row, line);
            let middle = y + height / 2;
            self.estimate(&mut page.scene, line, axis, middle);
            for (cell, right) in line.cells.iter().zip(self.edges(page.right(), panel.before)) {
                let texts: Vec<String> = match self.texts {
                    Texts::BesideBroken => cell.split('\n').map(str::to_owned).collect(),
                    Texts::Beside | Texts::Below => vec![cell.replace('\n', " ")],
                };
                let top = centred(middle, BODY.block(texts.len()));
                page.scene.lines(&texts, right, top, Anchor::End, BODY);
            }
            y += height;
        }
    }

    fn row_below(&self, page: &mut Page, panel: &EstimatesPanel, row: &EstimatesRow, axis: &NumberAxis) {
        let labels = label_lines(&row.label, BODY, self.label);
        page.scene.lines(&labels, MARGIN, page.y, Anchor::Start, BODY);
        let mut y = page.y + Length::try_from(labels.len().max(1)).unwrap_or(1) * BODY.pitch();
        for line in &row.lines {
            let (left, width) = self.axis;
            let middle = y + BAR / 2;
            let lies = panel.reach().is_some();
            if lies {
                page.scene.line((left, middle), (left + width, middle), RULE, 12);
            }
            if let Some(null) = panel.axis.null.filter(|null| lies && axis.shows(*null)) {
                page.scene.line((axis.at(null), y + 60), (axis.at(null), y + BAR - 60), QUIET, 26);
            }
            self.estimate(&mut page.scene, line, axis, middle);
            let texts = below(panel, line, width);
            page.scene.lines(&texts, left, y + BAR, Anchor::Start, SMALL);
            y += self.line_height(panel, row, line);
        }
    }

    /// Rows of which none has an estimate: the reasons in its place.
    fn row_without_axis(page: &mut Page, row: &EstimatesRow) {
        let label = page.label_width(LABEL);
        let labelled = LabelledRow::new(&row.label, label);
        labelled.draw(&mut page.scene, MARGIN, page.y);
        let left = MARGIN + label + GUTTER;
        let room = page.right() - left;
        if let Some(why) = row.lines.first().and_then(|line| line.estimate.as_ref().err()) {
            not_computed(&mut page.scene, why, left, room, page.y + labelled.height / 2);
        }
        page.y += labelled.height + ROW_GAP;
    }

    fn estimate(&self, scene: &mut Scene, line: &EstimateLine, axis: &NumberAxis, middle: Length) {
        match &line.estimate {
            Err(why) => {
                let (left, width) = self.axis;
                not_computed(scene, why, left, width - 60, middle);
            }
            Ok(estimate) => {
                if let Some((low, high)) = estimate.limits {
                    limits(scene, axis, (low, high), middle, Paint::Fill(Fill::Series(line.series)));
                }
                mark(scene, line.series, (axis.at(estimate.value), middle));
            }
        }
    }

    /// The right edges of the columns.
    fn edges(&self, right: Length, before: usize) -> Vec<Length> {
        let (left, width) = self.axis;
        let mut edges = Vec::new();
        let mut at = MARGIN + self.label + GUTTER;
        for (position, column) in self.columns.iter().enumerate() {
            if position == before {
                at = left + width + GUTTER;
            }
            at += column;
            edges.push(at.min(right));
            at += GUTTER;
        }
        edges
    }

    fn headings(&self, page: &mut Page, panel: &EstimatesPanel) {
        if self.texts == Texts::Below {
            return;
        }
        let heads: Vec<Vec<String>> =
            panel.columns.iter().zip(&self.columns).map(|(head, width)| head_lines(head, *width)).collect();
        let tallest = heads.iter().map(Vec::len).max().unwrap_or(0);
        if tallest == 0 {
            return;
        }
        let bottom = page.y + SMALL.block(tallest);
        for (lines, right) in heads.iter().zip(self.edges(page.right(), panel.before)) {
            // Headings stand on the rows.
            page.scene.lines(lines, right, bottom - SMALL.block(lines.len()), Anchor::End, SMALL);
        }
        page.y = bottom + 120;
    }
}

/// An interval: a line with caps at its limits; a limit that lies beyond the axis has none.
fn limits(scene: &mut Scene, axis: &NumberAxis, (low, high): (f64, f64), middle: Length, paint: Paint) {
    const CAP: Length = 80;
    scene.line((axis.at(low), middle), (axis.at(high), middle), paint, 40);
    for limit in [low, high].into_iter().filter(|limit| axis.shows(*limit)) {
        scene.line((axis.at(limit), middle - CAP), (axis.at(limit), middle + CAP), paint, 40);
    }
}

/// The widths of the columns of all panels: as wide as their widest text and the longest word of their heading.
fn columns(spec: &EstimatesSpec, texts: Texts) -> Vec<Length> {
    /// The widest that a heading makes a column.
    const HEADING: Length = 2_000;
    let n = spec.panels.iter().map(|panel| panel.columns.len()).max().unwrap_or(0);
    let mut widths = vec![0; n];
    for panel in &spec.panels {
        for (width, head) in widths.iter_mut().zip(&panel.columns) {
            let words = head.split_whitespace().map(|word| SMALL.width(word)).max().unwrap_or(0);
            let whole = if texts == Texts::Beside { SMALL.width(head) } else { words };
            *width = (*width).max(whole.min(HEADING)).max(words.min(HEADING));
        }
        for line in panel.rows.iter().flat_map(|row| &row.lines) {
            for (width, cell) in widths.iter_mut().zip(&line.cells) {
                let needed = match texts {
                    Texts::BesideBroken => cell.split('\n').map(|part| BODY.width(part)).max().unwrap_or(0),
                    Texts::Beside | Texts::Below => BODY.width(&cell.replace('\n', " ")),
                };
                *width = (*width).max(needed);
            }
        }
    }
    widths
}

fn head_lines(head: &str, width: Length) -> Vec<String> {
    wrap(head, SMALL.weight, SMALL.size, width, HEAD_LINES)
}

/// The texts of a line below it, each with the heading of its column.
fn below(panel: &EstimatesPanel, line: &EstimateLine, width: Length) -> Vec<String> {
    let series = panel.series.get(usize::from(line.series)).filter(|_| panel.series.len() > 1);
    let series = series.map_or(String::new(), |series| format!("{series}. "));
    let texts = panel.columns.iter().zip(&line.cells).filter(|(_, cell)| !cell.is_empty());
    let texts: Vec<String> =
        texts.map(|(head, cell)| format!("{head}: {}", cell.replace('\n', " "))).collect();
    wrap(&format!("{series}{}", texts.join("; ")), SMALL.weight, SMALL.size, width, 6)
}
