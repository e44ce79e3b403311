//! Boxes below each other, a column for each group, four columns in a band.

use super::super::font::{Weight, wrap};
use super::super::paint::{EDGE, PAGE, ROOM};
use super::super::scene::{Anchor, Area, Length, Scene, Shape, Stroke, Type};
use super::super::spec::flow::{FlowColumn, FlowSpec};
use super::super::spec::{Share, decimals};
use super::page::PART_GAP;
use super::{BODY, GUTTER, HEADING, MARGIN, Page, SMALL, STRONG};
use crate::numbers::{Decimals, NumberStyle};

/// The most columns beside each other.
const IN_BAND: usize = 4;
/// The room between two columns.
const GAP: Length = 480;
/// The widest column.
const WIDEST: Length = 8_800;
/// The room between a box and its text.
const PADDING: Length = 200;
/// The height of an arrow.
const ARROW: Length = 520;
/// How far the rules of exclusion stand in below their sum.
const INDENT: Length = 180;
/// The room between two entries of a box.
const BETWEEN: Length = 60;

/// The boxes below each other: invited, what became of them, rows received, left out, analysed, screens.
const STAGES: usize = 6;

/// One line of a box: words and, at the right, a count.
struct Entry {
    words: String,
    count: String,
    face: Type,
    indent: Length,
}

/// A box at one stage of a column.
struct Stage {
    entries: Vec<Entry>,
    known: Stroke,
}

/// Draws the flow of each group.
pub(crate) fn draw(mut page: Page, spec: &FlowSpec, style: NumberStyle) -> Page {
    let decimals = decimals(style, spec.columns.iter().filter_map(|column| column.rate.map(|rate| rate.of)));
    for columns in spec.columns.chunks(IN_BAND) {
        band(&mut page, columns, style, decimals);
    }
    page
}

fn band(page: &mut Page, columns: &[FlowColumn], style: NumberStyle, decimals: Decimals) {
    let n = Length::try_from(columns.len()).unwrap_or(1).max(1);
    let inner = page.inner();
    let width = ((inner - (n - 1) * GAP) / n).min(WIDEST);
    let left = MARGIN + (inner - n * width - (n - 1) * GAP) / 2;
    let lefts: Vec<Length> = (0..n).map(|i| left + i * (width + GAP)).collect();

    let headings: Vec<Vec<String>> =
        columns.iter().map(|column| wrap(&column.group, HEADING.weight, HEADING.size, width, 3)).collect();
    let tallest = headings.iter().map(|lines| HEADING.block(lines.len())).max().unwrap_or(0);
    for (lines, left) in headings.iter().zip(&lefts) {
        let top = page.y + tallest - HEADING.block(lines.len());
        page.scene.lines(lines, left + width / 2, top, Anchor::Middle, HEADING);
    }
    page.y += tallest + 150;

    let stages: Vec<[Option<Stage>; STAGES]> =
        columns.iter().map(|column| stages(column, style, decimals)).collect();
    let mut open: Vec<Option<Length>> = vec![None; columns.len()];
    for at in 0..STAGES {
        let boxes: Vec<Option<&Stage>> =
            stages.iter().map(|column| column.get(at).and_then(Option::as_ref)).collect();
        if boxes.iter().all(Option::is_none) {
            continue;
        }
        // A box without one below it may reach into the next stage, so it does not push that stage down.
        let pushes = |column: &[Option<Stage>; STAGES]| column.get(at + 1).is_none_or(Option::is_some);
        let highest = |all: Reach| {
            let counted = boxes.iter().zip(&stages).filter(|(_, column)| all == Reach::All || pushes(column));
            counted.filter_map(|(stage, _)| stage.map(|stage| stage.height(width))).max()
        };
        let height = highest(Reach::Pushing).or_else(|| highest(Reach::All)).unwrap_or(0);
        let above = boxes.iter().zip(&open).filter_map(|(stage, above)| stage.and(*above)).max();
        page.y = above.map_or(page.y, |above| page.y.max(above + ARROW));
        for ((stage, left), above) in boxes.into_iter().zip(&lefts).zip(&mut open) {
            let Some(stage) = stage else { continue };
            let area = Area { x: *left, y: page.y, width, height: stage.height(width) };
            // Screens are no step: nobody moves on to them.
            if let Some(from) = above.filter(|_| at + 1 < STAGES) {
                let arrow = Shape::Arrow { x: left + width / 2, from, to: area.y, paint: EDGE };
                page.scene.shapes.push(arrow);
            }
            stage.draw(&mut page.scene, area);
            *above = Some(area.bottom());
        }
        page.y += height;
    }
    page.y = open.into_iter().flatten().fold(page.y, Length::max) + PART_GAP;
}

/// Which boxes decide how high a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Those with a box below them.
    Pushing,
    /// All.
    All,
}

/// The boxes of a column.
fn stages(column: &FlowColumn, style: NumberStyle, decimals: Decimals) -> [Option<Stage>; STAGES] {
    let count = |n: u64| style.count(n);
    let strong = |words: &str, n: u64| entry(words, count(n), STRONG);
    let plain = |words: &str, n: u64| entry(words, count(n), BODY);
    let (invited, became) = match &column.invited {
        Err(why) => (Stage::unknown("Invited: not known", why), None),
        Ok(invited) => {
            let became = match &invited.became {
                Err(_) if column.rows.is_err() => None,
                Err(why) => Some(Stage::unknown("What became of them: not known", why)),
                Ok(counts) => {
                    let mut entries: Vec<Entry> =
                        counts.iter().map(|(became, n)| plain(became.words(), *n)).collect();
                    entries.extend(column.rate.map(|rate| rate_entry(rate, style, decimals)));
                    Some(Stage { entries, known: Stroke::Solid })
                }
            };
            (Stage { entries: vec![strong("Invited", invited.total)], known: Stroke::Solid }, became)
        }
    };
    let rows = match &column.rows {
        Err(why) => [Some(Stage::unknown("No rows", why)), None, None],
        Ok(rows) => {
            let left_out: u64 = rows.excluded.iter().map(|(_, n)| n).sum();
            let mut entries = vec![strong("Left out", left_out)];
            entries.extend(rows.excluded.iter().map(|(rule, n)| Entry { indent: INDENT, ..plain(rule, *n) }));
            [vec![strong("Rows received", rows.received)], entries, vec![strong("Analysed", rows.included)]]
                .map(|entries| Some(Stage { entries, known: Stroke::Solid }))
        }
    };
    let [received, left_out, analysed] = rows;
    [Some(invited), became, received, left_out, analysed, screens(column, style)]
}

/// Whom the screens would leave out: not a step, so its box says that they are still there.
fn screens(column: &FlowColumn, style: NumberStyle) -> Option<Stage> {
    let named = column.screens.iter().map(|(rule, count)| {
        let shown = count.as_ref().map_or_else(|_| "n/a".to_owned(), |count| style.count(*count));
        Entry { indent: INDENT, ..entry(rule, shown, BODY) }
    });
    let heading = entry("Analysed, and screened for", String::new(), STRONG);
    let entries: Vec<Entry> = std::iter::once(heading).chain(named).collect();
    (entries.len() > 1).then_some(Stage { entries, known: Stroke::Dashed })
}

fn entry(words: &str, count: String, face: Type) -> Entry {
    Entry { words: words.to_owned(), count, face, indent: 0 }
}

fn rate_entry(rate: Share, style: NumberStyle, decimals: Decimals) -> Entry {
    let words = format!("RR2 {}", style.share(rate.count, rate.of, decimals));
    Entry { words, count: String::new(), face: SMALL, indent: 0 }
}

impl Entry {
    fn lines(&self, width: Length) -> Vec<String> {
        let count = self.face.width(&self.count);
        let width = width - self.indent;
        let room = if count == 0 { width } else { width - count - GUTTER / 2 };
        wrap(&self.words, self.face.weight, self.face.size, room.max(self.face.size * 2), 3)
    }
}

impl Stage {
    fn unknown(words: &str, why: &str) -> Self {
        let entries = vec![entry(words, String::new(), STRONG), entry(why, String::new(), BODY)];
        Self { entries, known: Stroke::Dashed }
    }

    fn height(&self, width: Length) -> Length {
        let width = width - 2 * PADDING;
        let lines: Length =
            self.entries.iter().map(|entry| entry.face.block(entry.lines(width).len()) + BETWEEN).sum();
        lines - BETWEEN + 2 * PADDING * 3 / 4
    }

    fn draw(&self, scene: &mut Scene, area: Area) {
        // The stages that are sums stand out; what is not known does not.
        let is_sum = self.entries.iter().all(|entry| entry.face.weight == Weight::Bold);
        let fill = if is_sum && self.known == Stroke::Solid { ROOM } else { PAGE };
        scene.fill(area, fill);
        scene.outline(area, EDGE, self.known);
        let width = area.width - 2 * PADDING;
        let mut y = area.y + PADDING * 3 / 4;
        for entry in &self.entries {
            let lines = entry.lines(width);
            scene.lines(&lines, area.x + PADDING + entry.indent, y, Anchor::Start, entry.face);
            scene.text(&entry.count, area.right() - PADDING, y, Anchor::End, entry.face);
            y += entry.face.block(lines.len()) + BETWEEN;
        }
    }
}
