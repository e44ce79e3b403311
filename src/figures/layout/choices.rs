//! Bars of choices, each within the room of everybody who answered, with its numbers at the end.

use super::super::paint::{BAR as BAR_PAINT, EDGE, ROOM};
use super::super::scene::{Area, Length, Stroke};
use super::super::spec::choices::{ChoicesPanel, ChoicesSpec};
use super::super::spec::in_words;
use super::diverging::not_computed;
use super::page::PART_GAP;
use super::{
    BAR, GUTTER, LabelledRow, MARGIN, Page, ROW_GAP, SideColumn, centred, part, side_cells, side_width,
};
use crate::numbers::{Decimals, NumberStyle};

/// The width of the labels of choices.
const LABEL: Length = 6_400;

/// Draws the panels.
pub(crate) fn draw(mut page: Page, spec: &ChoicesSpec, style: NumberStyle) -> Page {
    let ends: Vec<[SideColumn; 1]> =
        spec.panels.iter().map(|panel| ends(panel, style, spec.decimals)).collect();
    let widest = ends.iter().map(|ends| side_width(ends)).max().unwrap_or(0);
    for (panel, ends) in spec.panels.iter().zip(&ends) {
        draw_panel(&mut page, panel, ends, widest, style);
        page.y += PART_GAP;
    }
    page
}

/// What stands at the end of each bar: n of N (percent).
fn ends(panel: &ChoicesPanel, style: NumberStyle, decimals: Decimals) -> [SideColumn; 1] {
    let cells = panel
        .bars
        .iter()
        .map(|bar| bar.share.as_ref().map_or(String::new(), |share| in_words(*share, style, decimals)))
        .collect();
    [SideColumn { heading: String::new(), cells, least: 0 }]
}

fn draw_panel(
    page: &mut Page,
    panel: &ChoicesPanel,
    ends: &[SideColumn],
    widest: Length,
    style: NumberStyle,
) {
    page.heading(&panel.group, &panel.base_words(style), page.inner());
    page.y += 180;
    let label = page.label_width(LABEL);
    let left = MARGIN + label + GUTTER;
    let room = page.right() - widest - left;
    for (position, bar) in panel.bars.iter().enumerate() {
        let labelled = LabelledRow::new(&bar.label, label);
        labelled.draw(&mut page.scene, MARGIN, page.y);
        let middle = page.y + labelled.height / 2;
        match &bar.share {
            Err(why) => not_computed(&mut page.scene, why, left, room, middle),
            Ok(share) => {
                let all = Area { x: left, y: centred(middle, BAR), width: room, height: BAR };
                let filled = part(room, u128::from(share.count), u128::from(share.of));
                page.scene.fill(all, ROOM);
                page.scene.fill(Area { width: filled, ..all }, BAR_PAINT);
                page.scene.outline(Area { width: filled, ..all }, EDGE, Stroke::Solid);
            }
        }
        side_cells(&mut page.scene, ends, position, middle);
        page.y += labelled.height + ROW_GAP;
    }
}
