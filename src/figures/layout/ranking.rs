//! How often each item has each rank: bars where there are enough rankings, a dot for each where there are few.

use super::super::paint::{EDGE, INK, PAGE, Paint, QUIET, RULE, sequential};
use super::super::scene::{Anchor, Area, Length, Scene, Shape, Type};
use super::super::spec::BARS_FROM;
use super::super::spec::ranking::{RankCounts, RankRow, RankingPanel, RankingSpec};
use super::diverging::not_computed;
use super::page::PART_GAP;
use super::{
    BAR, BODY, Fit, GUTTER, LabelledRow, MARGIN, Page, ROW_GAP, SMALL, Segment, SideColumn, bar_edges,
    centred, legend, part, segment, side_cells, side_headings, side_width,
};
use crate::numbers::NumberStyle;

/// The width of the labels of items.
const LABEL: Length = 5_400;
/// The radius of a dot.
const RADIUS: Length = 130;
/// The room of a count before its dots.
const COUNT_WIDTH: Length = 420;
/// From one dot to the next.
const DOT_STEP: Length = 320;

/// Draws the panels; returns notes that follow from the drawing.
pub(crate) fn draw(mut page: Page, spec: &RankingSpec, style: NumberStyle) -> (Page, Vec<String>) {
    let with_bars: Vec<&RankingPanel> = spec.panels.iter().filter(|panel| bars(panel)).collect();
    let n_ranks = with_bars.iter().map(|panel| panel.rows.len()).max().unwrap_or(0);
    // Panels with different numbers of ranks have different colours, and so their own legends.
    let shared = with_bars.iter().all(|panel| panel.rows.len() == n_ranks);
    if shared && !with_bars.is_empty() {
        let unranked = with_bars.iter().flat_map(|panel| &panel.rows).any(has_unranked);
        page.y += rank_legend(&mut page, n_ranks, unranked) + PART_GAP * 3 / 4;
    }
    let mut fit = Fit::Fits;
    for panel in &spec.panels {
        if !shared && bars(panel) {
            let unranked = panel.rows.iter().any(has_unranked);
            page.y += rank_legend(&mut page, panel.rows.len(), unranked) + 200;
        }
        if draw_panel(&mut page, panel, style) == Fit::TooNarrow {
            fit = Fit::TooNarrow;
        }
    }
    let mut notes = Vec::new();
    if !with_bars.is_empty() {
        let left_out = match fit {
            Fit::Fits => "",
            Fit::TooNarrow => "; one that is wider than its segment is left out",
        };
        notes.push(format!("Numbers in the bars are counts of rankings{left_out}."));
    }
    if spec.panels.iter().any(|panel| !bars(panel) && panel.rankings.is_ok()) {
        notes.push(format!(
            "Fewer than {BARS_FROM} rankings: counts of people, a dot for each where there is room."
        ));
    }
    (page, notes)
}

fn bars(panel: &RankingPanel) -> bool {
    panel.rankings.as_ref().is_ok_and(|rankings| *rankings >= BARS_FROM)
}

fn has_unranked(row: &RankRow) -> bool {
    row.counts.as_ref().is_ok_and(|counts| counts.unranked > 0)
}

fn rank_legend(page: &mut Page, n_ranks: usize, unranked: bool) -> Length {
    let mut entries: Vec<(Paint, String)> =
        sequential(n_ranks).into_iter().zip(1..).map(|(paint, rank)| (paint, legend_words(rank))).collect();
    if unranked {
        entries.push((PAGE, "Not ranked".to_owned()));
    }
    let (y, width) = (page.y, page.inner());
    legend(&mut page.scene, &entries, MARGIN, y, width)
}

/// The first entry says what the others are.
fn legend_words(rank: usize) -> String {
    if rank == 1 { format!("Ranked {}", rank_words(rank)) } else { rank_words(rank) }
}

/// A rank in words: 1st, 2nd, 3rd, 4th, 11th, 21st.
fn rank_words(rank: usize) -> String {
    let ending = match (rank % 10, rank % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{rank}{ending}")
}

fn draw_panel(page: &mut Page, panel: &RankingPanel, style: NumberStyle) -> Fit {
    let top = page.y;
    let mean = |row: &RankRow| row.mean.as_ref().map_or_else(|_| "n/a".to_owned(), |m| style.number(*m, 2));
    let side =
        [SideColumn { heading: "Mean rank".into(), cells: panel.rows.iter().map(mean).collect(), least: 0 }];
    let label = page.label_width(LABEL);
    let left = MARGIN + label + GUTTER;
    let width = page.right() - side_width(&side) - left;
    let base = match &panel.rankings {
        Ok(rankings) => format!("Rankings: {}", style.count(*rankings)),
        Err(why) => format!("Not computed: {why}"),
    };
    let room = if bars(panel) { page.inner() - side_width(&side) } else { label };
    page.heading(&panel.group, &base, room);
    let heading_y = page.y - SMALL.height();
    side_headings(&mut page.scene, &side, heading_y);
    let columns = DotColumns::new(panel, left, width);
    if !bars(panel) && panel.rankings.is_ok() {
        columns.headings(&mut page.scene, panel.rows.len(), heading_y);
    }
    page.y = page.y.max(top) + 160;

    let mut fit = Fit::Fits;
    for (position, row) in panel.rows.iter().enumerate() {
        let place = row.place.as_ref().map_or(String::new(), |place| format!("{place}. "));
        let mut labelled = LabelledRow::new(&format!("{place}{}", row.label), label);
        if !bars(panel) {
            labelled.height = labelled.height.max(columns.height(row));
        }
        labelled.draw(&mut page.scene, MARGIN, page.y);
        let middle = page.y + labelled.height / 2;
        match &row.counts {
            Err(why) => not_computed(&mut page.scene, why, left, width, middle),
            Ok(counts) if bars(panel) => {
                let area = Area { x: left, y: centred(middle, BAR), width, height: BAR };
                if bar(&mut page.scene, counts, area, style) == Fit::TooNarrow {
                    fit = Fit::TooNarrow;
                }
            }
            Ok(counts) => {
                columns.dots(&mut page.scene, counts, middle, style);
                let bottom = page.y + labelled.height + ROW_GAP / 2;
                let right = page.right();
                page.scene.line((MARGIN, bottom), (right, bottom), RULE, 8);
            }
        }
        side_cells(&mut page.scene, &side, position, middle);
        page.y += labelled.height + ROW_GAP;
    }
    page.y += PART_GAP;
    fit
}

fn bar(scene: &mut Scene, counts: &RankCounts, area: Area, style: NumberStyle) -> Fit {
    let total = u128::from(counts.total());
    let fills = sequential(counts.ranks.len()).into_iter().chain([PAGE]);
    let mut fit = Fit::Fits;
    let mut borders = Vec::new();
    let mut before: u128 = 0;
    for (count, fill) in counts.ranks.iter().chain([&counts.unranked]).zip(fills) {
        let x = area.x + part(area.width, before, total);
        before += u128::from(*count);
        let right = area.x + part(area.width, before, total);
        borders.push(right);
        let text = if *count == 0 { String::new() } else { style.count(*count) };
        let segment_area = Area { x, width: right - x, ..area };
        if segment(scene, Segment { area: segment_area, fill, text: &text }) == Fit::TooNarrow {
            fit = Fit::TooNarrow;
        }
    }
    bar_edges(scene, area, &borders);
    fit
}

/// One column for each rank, in which dots stand.
#[derive(Debug, Clone, Copy)]
struct DotColumns {
    left: Length,
    width: Length,
    /// How many dots fit beside each other after the count; none where there are too many ranks for dots.
    across: Length,
}

impl DotColumns {
    fn new(panel: &RankingPanel, left: Length, width: Length) -> Self {
        let n = Length::try_from(panel.rows.len()).unwrap_or(1).max(1);
        let width = width / n;
        let across = ((width - COUNT_WIDTH) / DOT_STEP).max(0);
        Self { left, width, across }
    }

    fn x(self, rank: usize) -> Length {
        self.left + Length::try_from(rank).unwrap_or(0) * self.width
    }

    fn headings(self, scene: &mut Scene, n_ranks: usize, y: Length) {
        for rank in 0..n_ranks {
            let words = if self.across > 0 { rank_words(rank + 1) } else { (rank + 1).to_string() };
            scene.text(&words, self.x(rank), y, Anchor::Start, SMALL);
        }
    }

    fn height(self, row: &RankRow) -> Length {
        let most = row.counts.as_ref().ok().and_then(|counts| counts.ranks.iter().max().copied());
        let most = Length::try_from(most.unwrap_or(0)).unwrap_or(0);
        self.lines(most) * DOT_STEP
    }

    /// The lines of dots that a count takes.
    fn lines(self, count: Length) -> Length {
        (count + self.across - 1).checked_div(self.across).unwrap_or(0)
    }

    /// The count and as many dots, for each rank.
    fn dots(self, scene: &mut Scene, counts: &RankCounts, middle: Length, style: NumberStyle) {
        for (rank, count) in counts.ranks.iter().enumerate() {
            let paint = if *count == 0 { QUIET } else { INK };
            let face = Type { paint, ..BODY };
            let x = self.x(rank);
            scene.text(&style.count(*count), x, centred(middle, face.height()), Anchor::Start, face);
            let count = Length::try_from(*count).unwrap_or(0);
            let lines = self.lines(count);
            for i in 0..count.min(lines * self.across) {
                let (line, place) = (i / self.across, i % self.across);
                let centre = (
                    x + COUNT_WIDTH + place * DOT_STEP,
                    middle - (lines - 1) * DOT_STEP / 2 + line * DOT_STEP,
                );
                scene.shapes.push(Shape::Dot { centre, radius: RADIUS, paint: EDGE });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_named_as_they_are_spoken() {
        let words: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101].map(rank_words).into();
        assert_eq!(words, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st"]);
    }
}
