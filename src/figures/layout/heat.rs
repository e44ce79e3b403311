//! Grids of shaded cells with their counts, margins beside them and one scale of shades for all.

use super::super::font::wrap;
use super::super::paint::{Fill, INK, PAGE, Paint, QUIET, RULE, text_on};
use super::super::scene::{Anchor, Area, Length, Scene, Type};
use super::super::spec::Known;
use super::super::spec::heat::{HeatCell, HeatPanel, HeatSpec};
use super::grid::{DENSE, Numbers, Plan};
use super::page::PART_GAP;
use super::{BODY, HEADING, LabelledRow, MARGIN, Page, SMALL, centred, label_lines};
use crate::numbers::NumberStyle;

/// The room between panels that stand beside each other.
const BETWEEN: Length = 700;

/// Draws the grids, two beside each other where both have room.
pub(crate) fn draw(mut page: Page, spec: &HeatSpec, style: NumberStyle) -> Page {
    let numbers = Numbers::new(spec, style);
    legend(&mut page, spec, &numbers);
    let half = (page.inner() - BETWEEN) / 2;
    let fits = |panel: &HeatPanel| {
        let plan = Plan::new(panel, half, DENSE, &numbers);
        plan.fits && plan.key.is_empty() && plan.has_whole_words()
    };
    let beside = spec.panels.len() > 1 && spec.panels.iter().all(fits);
    let whole = |panel: &HeatPanel| Plan::new(panel, page.inner(), BODY, &numbers).fits;
    let (width, n) = if beside { (half, 2) } else { (page.inner(), 1) };
    let face = if beside || !spec.panels.iter().all(whole) { DENSE } else { BODY };
    for pair in spec.panels.chunks(n) {
        let plans: Vec<Plan> = pair.iter().map(|panel| Plan::new(panel, width, face, &numbers)).collect();
        // Panels beside each other begin their grids in one line.
        let words = pair.iter().map(|panel| words_above(panel, width).0).max().unwrap_or(0);
        let heads = plans.iter().map(Plan::heads_height).max().unwrap_or(0);
        let top = page.y;
        let mut bottom = top;
        for (position, (panel, plan)) in (0..).zip(pair.iter().zip(&plans)) {
            let x = MARGIN + position * (width + BETWEEN);
            let mut drawing = Drawing { scene: &mut page.scene, panel, plan, numbers: &numbers, x, width };
            drawing.words(top);
            bottom = bottom.max(drawing.blocks(top + words, heads));
        }
        page.y = bottom + PART_GAP;
    }
    page
}

/// The scale of shades from nothing to the largest share.
fn legend(page: &mut Page, spec: &HeatSpec, numbers: &Numbers) {
    const STEPS: Length = 12;
    const STEP: Length = 240;
    let Some(largest) = numbers.largest.filter(|largest| largest.count > 0) else { return };
    let lines = label_lines(&spec.legend, SMALL, page.inner());
    page.y += page.scene.lines(&lines, MARGIN, page.y, Anchor::Start, SMALL) + 80;
    let percent = |count| numbers.style.percent(count, largest.of, numbers.decimals);
    let (least, most) = (percent(0), percent(largest.count));
    let left = MARGIN + SMALL.width(&least) + 120;
    let height = 300;
    let middle = page.y + height / 2;
    let top = centred(middle, SMALL.height());
    page.scene.text(&least, MARGIN, top, Anchor::Start, SMALL);
    for step in 0..STEPS {
        let thousandths = u16::try_from(step * 1_000 / (STEPS - 1)).unwrap_or(1_000);
        let area = Area { x: left + step * STEP, y: page.y, width: STEP, height };
        page.scene.fill(area, Paint::Fill(Fill::Heat(thousandths)));
    }
    page.scene.text(&most, left + STEPS * STEP + 120, top, Anchor::Start, SMALL);
    page.y += height + 260;
}

/// The words above a panel as blocks of lines, and their height.
fn words_above(panel: &HeatPanel, width: Length) -> (Length, Vec<(Vec<String>, Type)>) {
    let heading = wrap(&panel.heading, HEADING.weight, HEADING.size, width, 3);
    let base = wrap(&panel.base, SMALL.weight, SMALL.size, width, 3);
    let blocks: Vec<(Vec<String>, Type)> =
        [(heading, HEADING), (base, SMALL)].into_iter().filter(|(lines, _)| !lines.is_empty()).collect();
    let height = blocks.iter().map(|(lines, face)| face.block(lines.len()) + 60).sum();
    (height, blocks)
}

/// One panel being drawn.
struct Drawing<'a> {
    scene: &'a mut Scene,
    panel: &'a HeatPanel,
    plan: &'a Plan,
    numbers: &'a Numbers,
    x: Length,
    width: Length,
}

impl Drawing<'_> {
    fn words(&mut self, mut y: Length) {
        for (lines, face) in words_above(self.panel, self.width).1 {
            y += self.scene.lines(&lines, self.x, y, Anchor::Start, face) + 60;
        }
    }

    /// The grid; columns that do not fit beside the others go on below, with the labels again. Returns its foot.
    fn blocks(&mut self, mut y: Length, heads: Length) -> Length {
        y += 120;
        let key = self.plan.key.join("; ");
        if !key.is_empty() {
            let lines = wrap(&key, SMALL.weight, SMALL.size, self.width, 12);
            y += self.scene.lines(&lines, self.x, y, Anchor::Start, SMALL) + 120;
        }
        let n = self.panel.columns.len();
        if n == 0 {
            return self.block(y, 0..0, (heads, true));
        }
        let mut from = 0;
        while from < n {
            let to = (from + self.plan.across).min(n);
            y = self.block(y, from..to, (heads, to == n));
            if to < n {
                y += PART_GAP;
            }
            from = to;
        }
        y
    }

    /// Where the first column of cells begins.
    fn left(&self) -> Length {
        self.x + self.plan.label + self.plan.gap
    }

    fn block(
        &mut self,
        mut y: Length,
        columns: std::ops::Range<usize>,
        (heads, is_last): (Length, bool),
    ) -> Length {
        let plan = self.plan;
        let left = self.left();
        let n = Length::try_from(columns.len()).unwrap_or(0);
        let [rows, title] = &self.panel.titles;
        // What columns are stands above them, from their left end as far as the panel goes.
        let room = self.x + self.width - left;
        let titles = [label_lines(rows, SMALL, plan.label), label_lines(title, SMALL, room)];
        let tallest = titles.iter().map(Vec::len).max().unwrap_or(0);
        if !titles[1].is_empty() {
            y += self.scene.lines(&titles[1], left, y, Anchor::Start, SMALL) + 80;
        }
        let head_foot = y + heads.max(self.beside_heads()).max(SMALL.block(titles[0].len()));
        if tallest > 0 {
            self.scene.lines(
                &titles[0],
                self.x,
                head_foot - SMALL.block(titles[0].len()),
                Anchor::Start,
                SMALL,
            );
        }
        for (at, lines) in (0..).zip(plan.heads.get(columns.clone()).unwrap_or_default()) {
            let middle = left + at * plan.cell + plan.cell / 2;
            self.scene.lines(lines, middle, head_foot - SMALL.block(lines.len()), Anchor::Middle, SMALL);
        }
        let edges = self.edges(left + n * plan.cell);
        if is_last {
            for (margin, (right, width)) in self.panel.beside.iter().zip(&edges) {
                let lines = wrap(&margin.heading, SMALL.weight, SMALL.size, *width, 3);
                self.scene.lines(&lines, *right, head_foot - SMALL.block(lines.len()), Anchor::End, SMALL);
            }
        }
        y = head_foot + 100;
        for (row, (label, cells)) in plan.rows.iter().zip(&self.panel.cells).enumerate() {
            let height = plan.row_height(label);
            LabelledRow { height, ..LabelledRow::new(label, plan.label) }.draw(self.scene, self.x, y);
            for (at, cell) in (0..).zip(cells.get(columns.clone()).unwrap_or_default()) {
                let area = Area { x: left + at * plan.cell, y, width: plan.cell, height };
                self.cell(cell, area);
            }
            if is_last {
                let texts =
                    self.panel.beside.iter().map(|margin| margin.cells.get(row).map_or("", String::as_str));
                self.margins(texts.zip(edges.iter().copied()), y + height / 2);
            }
            y += height;
        }
        if let Some((label, texts)) = &self.panel.foot {
            y += 60;
            self.scene.line((self.x, y), (left + n * plan.cell, y), RULE, 12);
            let height = plan.row_height(label);
            LabelledRow { height, ..LabelledRow::new(label, plan.label) }.draw(self.scene, self.x, y);
            for (at, text) in (0..).zip(texts.get(columns).unwrap_or_default()) {
                let middle = left + at * plan.cell + plan.cell / 2;
                let lines = plan.lines(text);
                let top = centred(y + height / 2, plan.face.block(lines.len()));
                self.scene.lines(&lines, middle, top, Anchor::Middle, plan.face);
            }
            if is_last {
                let texts = self.panel.beside.iter().map(|margin| margin.foot.as_str());
                self.margins(texts.zip(edges.iter().copied()), y + height / 2);
            }
            y += height;
        }
        y
    }

    fn beside_heads(&self) -> Length {
        let margins = self.panel.beside.iter().zip(&self.plan.beside);
        let lines =
            margins.map(|(margin, width)| wrap(&margin.heading, SMALL.weight, SMALL.size, *width, 3).len());
        SMALL.block(lines.max().unwrap_or(0))
    }

    /// The right ends and the widths of the columns of texts.
    fn edges(&self, mut at: Length) -> Vec<(Length, Length)> {
        let mut edges = Vec::new();
        for width in &self.plan.beside {
            at += self.plan.gap + width;
            edges.push((at, *width));
        }
        edges
    }

    fn margins<'t>(&mut self, texts: impl Iterator<Item = (&'t str, (Length, Length))>, middle: Length) {
        let face = self.plan.face;
        for (text, (right, _)) in texts {
            let lines = self.plan.lines(text);
            self.scene.lines(&lines, right, centred(middle, face.block(lines.len())), Anchor::End, face);
        }
    }

    fn cell(&mut self, cell: &Known<HeatCell>, area: Area) {
        let (text, fill) = match cell {
            Ok(cell) => (self.numbers.words(cell.share), self.numbers.shade(cell.share)),
            Err(_) => ("n/a".to_owned(), PAGE),
        };
        let inner = Area { x: area.x + 15, y: area.y + 15, width: area.width - 30, height: area.height - 30 };
        self.scene.fill(inner, fill);
        if cell.as_ref().is_ok_and(|cell| cell.framed) {
            let (left, top, right, bottom) = (inner.x, inner.y, inner.right(), inner.bottom());
            for (from, to) in [
                ((left, top), (right, top)),
                ((right, top), (right, bottom)),
                ((right, bottom), (left, bottom)),
                ((left, bottom), (left, top)),
            ] {
                self.scene.line(from, to, INK, 40);
            }
        }
        let paint = if cell.is_err() { QUIET } else { text_on(fill) };
        let face = Type { paint, ..self.plan.face };
        let lines = self.plan.lines(&text);
        let top = centred(area.y + area.height / 2, face.block(lines.len()));
        self.scene.lines(&lines, area.x + area.width / 2, top, Anchor::Middle, face);
    }
}
