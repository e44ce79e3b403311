//! Combinations as columns of dots below bars, with a bar for each choice at their left.

use super::super::font::clean;
use super::super::paint::{BAR as BAR_PAINT, EDGE, INK, ROOM, RULE};
use super::super::scene::{Anchor, Area, Length, Shape, Stroke};
use super::super::spec::in_words;
use super::super::spec::upset::{Combination, TickedSet, UpsetPanel, UpsetSpec};
use super::diverging::not_computed;
use super::page::PART_GAP;
use super::{BAR, BODY, GUTTER, LabelledRow, MARGIN, Page, ROW_GAP, SMALL, centred, part};
use crate::numbers::{Decimals, NumberStyle};

/// The widest column of labels.
const LABEL: Length = 5_400;
/// The height of the largest bar of a combination.
const TALL: Length = 2_200;
/// The narrowest and the widest column of a combination.
const COLUMN: (Length, Length) = (460, 1_000);
/// The radius of the dot of a choice that is in a combination, and of one that is not.
const DOTS: (Length, Length) = (130, 45);

/// Draws the panels.
pub(crate) fn draw(mut page: Page, spec: &UpsetSpec, style: NumberStyle) -> Page {
    let all = || spec.panels.iter().flat_map(|panel| panel.combinations.iter().flatten());
    // The largest share of all panels, so that equal bars are equal shares.
    let largest = all().map(|one| one.share).reduce(|one, two| {
        let more = u128::from(two.count) * u128::from(one.of) > u128::from(one.count) * u128::from(two.of);
        if more { two } else { one }
    });
    let largest = largest.map_or((1, 1), |share| (u128::from(share.count.max(1)), u128::from(share.of)));
    let columns = Columns::new(&page, spec, style);
    for panel in &spec.panels {
        let width = page.inner();
        page.heading(&panel.group, &panel.base, width);
        page.y += 200;
        match &panel.combinations {
            Ok(combinations) if !combinations.is_empty() => {
                // More combinations than fit beside each other go on below, with the labels again.
                for some in combinations.chunks(columns.across) {
                    columns.bars(&mut page, some, largest, (style, spec.decimals));
                    columns.matrix(&mut page, panel, some, (style, spec.decimals));
                    page.y += PART_GAP;
                }
            }
            Ok(_) | Err(_) => {
                columns.matrix(&mut page, panel, &[], (style, spec.decimals));
                page.y += PART_GAP;
            }
        }
    }
    page
}

/// Where the columns of all panels stand.
struct Columns {
    label: Length,
    /// Whether beside each choice stands more than its count: bases are in the headings too.
    is_full: bool,
    /// Whether there is room for all that.
    fits: bool,
    /// The right end of the texts of choices.
    texts: Length,
    /// The left end of the bars of choices and their width.
    bars: (Length, Length),
    /// The left end of the first combination, the width of each, and how many stand beside each other.
    left: Length,
    width: Length,
    across: usize,
    /// Whether percents stand above the bars of combinations.
    has_percents: bool,
}

impl Columns {
    fn new(page: &Page, spec: &UpsetSpec, style: NumberStyle) -> Self {
        /// So many combinations must find room beside each other before there are words for choices.
        const FIRST: usize = 8;
        let most =
            spec.panels.iter().filter_map(|panel| panel.combinations.as_ref().ok()).map(Vec::len).max();
        let most = most.unwrap_or(0).max(1);
        let full = Self::with(page, spec, style, (most, true));
        if full.fits && full.across >= most.min(FIRST) {
            full
        } else {
            Self::with(page, spec, style, (most, false))
        }
    }

    fn with(page: &Page, spec: &UpsetSpec, style: NumberStyle, (most, is_full): (usize, bool)) -> Self {
        let sets = || spec.panels.iter().flat_map(|panel| &panel.sets);
        let combinations = || spec.panels.iter().flat_map(|panel| panel.combinations.iter().flatten());
        let longest = sets().map(|set| BODY.width(&clean(&set.label))).max().unwrap_or(0);
        let label = page.label_width(LABEL).min(longest.max(1_200));
        let texts = sets().map(|set| BODY.width(&set_words(set, is_full, style, spec.decimals)));
        let texts = texts.max().unwrap_or(0);
        let counts = combinations().map(|one| BODY.width(&style.count(one.share.count))).max().unwrap_or(0);
        let counts = (counts + 120).max(COLUMN.0);
        // The bars of choices, then their labels, give way where numbers are long.
        let others = texts + 2 * GUTTER + GUTTER / 2 + counts;
        let bar = (page.inner() * 14 / 100).min(page.inner() - label - others).max(0);
        let label = label.min(page.inner() - others - bar).max(BODY.size * 3);
        let fits = bar > 0;
        let texts = MARGIN + label + GUTTER + texts;
        let bars = (texts + GUTTER / 2, bar);
        let left = bars.0 + bars.1 + GUTTER;
        let room = (page.right() - left).max(1);
        let percents = combinations().map(|one| SMALL.width(&percent(one, style, spec.decimals))).max();
        let percents = (percents.unwrap_or(0) + 120).max(counts);
        let n = Length::try_from(most).unwrap_or(Length::MAX);
        // Percents stand above the bars where they keep no combination from standing beside the others.
        let has_percents = room / percents >= n.min(room / counts);
        let least = if has_percents { percents } else { counts };
        let width = (room / n).min(COLUMN.1).max(least);
        let across = usize::try_from(room / width).unwrap_or(1).max(1);
        Self { label, is_full, fits, texts, bars, left, width, across, has_percents }
    }

    /// The middle of a column.
    fn x(&self, column: usize) -> Length {
        self.left + Length::try_from(column).unwrap_or(0) * self.width + self.width / 2
    }

    /// The bars of combinations with their numbers above them.
    fn bars(
        &self,
        page: &mut Page,
        combinations: &[Combination],
        largest: (u128, u128),
        (style, decimals): (NumberStyle, Decimals),
    ) {
        let texts = BODY.pitch() + if self.has_percents { SMALL.pitch() } else { 0 };
        let height = |one: &Combination| {
            let (count, of) = (u128::from(one.share.count), u128::from(one.share.of));
            part(TALL, count * largest.1, of * largest.0)
        };
        let tallest = combinations.iter().map(height).max().unwrap_or(0);
        let bottom = page.y + texts + tallest + 60;
        for (column, one) in combinations.iter().enumerate() {
            let height = height(one);
            let width = (self.width * 62 / 100).min(620);
            let x = self.x(column);
            let bar = Area { x: x - width / 2, y: bottom - height, width, height };
            page.scene.fill(bar, BAR_PAINT);
            page.scene.outline(bar, EDGE, Stroke::Solid);
            let top = bar.y - texts - 30;
            page.scene.text(&style.count(one.share.count), x, top, Anchor::Middle, BODY);
            if self.has_percents {
                let words = percent(one, style, decimals);
                page.scene.text(&words, x, top + BODY.pitch(), Anchor::Middle, SMALL);
            }
        }
        let across = Length::try_from(combinations.len()).unwrap_or(0) * self.width;
        page.scene.line((self.left, bottom), (self.left + across, bottom), EDGE, 18);
        page.y = bottom + 160;
    }

    /// The choices with their bars, and a column of dots for each combination.
    fn matrix(
        &self,
        page: &mut Page,
        panel: &UpsetPanel,
        combinations: &[Combination],
        (style, decimals): (NumberStyle, Decimals),
    ) {
        let mut middles = Vec::new();
        for set in &panel.sets {
            let labelled = LabelledRow::new(&set.label, self.label);
            labelled.draw(&mut page.scene, MARGIN, page.y);
            let middle = page.y + labelled.height / 2;
            middles.push(middle);
            match &set.share {
                Err(why) => {
                    let left = MARGIN + self.label + GUTTER;
                    let room = if combinations.is_empty() { page.right() } else { self.left - GUTTER } - left;
                    not_computed(&mut page.scene, why, left, room, middle);
                }
                Ok(share) => {
                    let words = set_words(set, self.is_full, style, decimals);
                    page.scene.text(&words, self.texts, centred(middle, BODY.height()), Anchor::End, BODY);
                    let (x, width) = self.bars;
                    let room = Area { x, y: centred(middle, BAR - 140), width, height: BAR - 140 };
                    let filled = part(width, u128::from(share.count), u128::from(share.of));
                    // Bars grow from the combinations to the left.
                    let bar = Area { x: x + width - filled, width: filled, ..room };
                    page.scene.fill(room, ROOM);
                    page.scene.fill(bar, BAR_PAINT);
                    page.scene.outline(bar, EDGE, Stroke::Solid);
                }
            }
            page.y += labelled.height + ROW_GAP;
        }
        if combinations.is_empty() {
            return;
        }
        for (column, one) in combinations.iter().enumerate() {
            let x = self.x(column);
            let dot = |set: usize, radius, paint| {
                middles.get(set).map(|middle| Shape::Dot { centre: (x, *middle), radius, paint })
            };
            let y = |set: Option<&usize>| set.and_then(|set| middles.get(*set)).copied();
            let not_in = (0..middles.len()).filter(|set| !one.sets.contains(set));
            page.scene.shapes.extend(not_in.filter_map(|set| dot(set, DOTS.1, RULE)));
            if let (Some(from), Some(to)) = (y(one.sets.first()), y(one.sets.last())) {
                page.scene.line((x, from), (x, to), INK, 50);
            }
            page.scene.shapes.extend(one.sets.iter().filter_map(|set| dot(*set, DOTS.0, INK)));
        }
    }
}

/// What stands beside a choice.
fn set_words(set: &TickedSet, is_full: bool, style: NumberStyle, decimals: Decimals) -> String {
    match &set.share {
        Ok(share) if is_full => in_words(*share, style, decimals),
        Ok(share) => style.count(share.count),
        Err(_) => String::new(),
    }
}

fn percent(one: &Combination, style: NumberStyle, decimals: Decimals) -> String {
    style.percent(one.share.count, one.share.of, decimals)
}
