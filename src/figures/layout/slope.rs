//! Items as lines between columns, by their values or by their ranks, each named at both ends.

use super::super::paint::{EDGE, Fill, INK, PAGE, Paint, RULE, text_on};
use super::super::scene::{Anchor, Area, Length, Scene, Shape, Type};
use super::super::spec::slope::{SlopeSpec, SlopeValue};
use super::apart::{Wish, apart};
use super::axis::NumberAxis;
use super::marks::{REACH, mark};
use super::page::PART_GAP;
use super::{BODY, HEADING, MARGIN, Page, SMALL, STRONG, centred, label_lines};
use crate::numbers::NumberStyle;

/// The least height of the columns.
const LEAST: Length = 5_000;
/// The room between two labels.
const BETWEEN: Length = 110;
/// From a point to the label of its line.
const REACHING: Length = 420;
/// The width of a line.
const LINE: Length = 45;
/// The radius of a rank.
const RANK: Length = 235;

/// Where the columns stand.
struct Columns {
    places: Vec<Length>,
    /// The width of a label at an end.
    label: Length,
}

impl Columns {
    fn new(page: &Page, n: usize) -> Self {
        let label = page.inner() * if n > 3 { 24 } else { 30 } / 100;
        let left = MARGIN + label + REACHING;
        let width = page.right() - label - REACHING - left;
        let last = Length::try_from(n.max(2) - 1).unwrap_or(Length::MAX);
        let places = (0..=last).map(|column| left + width * column / last).collect();
        Self { places, label }
    }

    /// Sets the labels of the columns above them; those at the ends may reach over the labels of lines.
    fn headings(&self, page: &mut Page, spec: &SlopeSpec) {
        let step = self.places.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(0);
        let last = self.places.len().saturating_sub(1);
        let mut tallest = 0;
        for (column, (label, x)) in spec.columns.iter().zip(&self.places).enumerate() {
            let (anchor, at, width) = match column {
                0 => (Anchor::End, x + REACH, x + REACH - MARGIN),
                _ if column == last => (Anchor::Start, x - REACH, page.right() - x + REACH),
                _ => (Anchor::Middle, *x, step - 2 * REACH - 100),
            };
            let inner =
                if column == 0 || column == last { width.min(self.label + REACHING + REACH) } else { width };
            let lines = label_lines(label, HEADING, inner);
            let below = page.y + page.scene.lines(&lines, at, page.y, anchor, HEADING) + 30;
            let base = spec.bases.get(column).map(|base| label_lines(base, SMALL, inner)).unwrap_or_default();
            tallest = tallest.max(below + page.scene.lines(&base, at, below, anchor, SMALL) - page.y);
        }
        page.y += tallest + 220;
    }
}

/// Below this width of a label its value stands above it, so that words are not broken.
const NARROW: Length = 3_600;

/// The lines of a label with its value, and the room that they take.
struct Named {
    value: String,
    lines: Vec<String>,
    height: Length,
    /// Whether the value stands above the label, not beside it.
    above: bool,
}

impl Named {
    fn new(label: &str, value: String, width: Length) -> Self {
        let above = width < NARROW;
        let beside = if above { 0 } else { STRONG.width(&value) + 130 };
        let lines = label_lines(label, BODY, width - beside);
        let rows = if above { lines.len() + 1 } else { lines.len().max(1) };
        Self { value, lines, height: BODY.block(rows) + BETWEEN, above }
    }

    /// Sets it beside a column: the value next to it, the label beyond or below.
    fn draw(&self, scene: &mut Scene, x: Length, middle: Length, end: End) {
        let (anchor, out) = match end {
            End::Left => (Anchor::End, -1),
            End::Right => (Anchor::Start, 1),
        };
        if self.above {
            let top = centred(middle, self.height - BETWEEN);
            scene.text(&self.value, x, top, anchor, STRONG);
            scene.lines(&self.lines, x, top + BODY.pitch(), anchor, BODY);
        } else {
            scene.text(&self.value, x, centred(middle, STRONG.height()), anchor, STRONG);
            let beyond = x + out * (STRONG.width(&self.value) + 130);
            scene.lines(&self.lines, beyond, centred(middle, BODY.block(self.lines.len())), anchor, BODY);
        }
    }
}

/// An end of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Left,
    Right,
}

fn series(line: usize) -> (u16, Paint) {
    let series = u16::try_from(line).unwrap_or(u16::MAX);
    (series, Paint::Fill(Fill::Series(series)))
}

/// Draws lines between values.
pub(crate) fn draw(mut page: Page, spec: &SlopeSpec, style: NumberStyle) -> Page {
    let columns = Columns::new(&page, spec.columns.len());
    columns.headings(&mut page, spec);
    let value = |line: usize, column: usize| -> Option<SlopeValue> {
        spec.lines.get(line)?.values.get(column)?.as_ref().ok().copied()
    };
    let last = spec.columns.len() - 1;
    let named = |column: usize| -> Vec<(usize, Named)> {
        let ranked = spec.ranked(column).into_iter();
        let mut all: Vec<(usize, Named)> = ranked
            .filter_map(|(line, _)| {
                let words = value(line, column)?.words(style, spec.decimals);
                Some((line, Named::new(&spec.lines.get(line)?.label, words, columns.label)))
            })
            .collect();
        // The largest value is at the top, whatever is ranked first.
        all.sort_by(|(a, _), (b, _)| {
            let number = |line: usize| value(line, column).map_or(0.0, SlopeValue::number);
            number(*b).total_cmp(&number(*a))
        });
        all
    };
    let ends = [(0, End::Left, named(0)), (last, End::Right, named(last))];
    let needed = |labels: &[(usize, Named)]| labels.iter().map(|(_, named)| named.height).sum::<Length>();
    let height = ends.iter().map(|(_, _, labels)| needed(labels)).max().unwrap_or(0).max(LEAST);
    let (top, bottom) = (page.y, page.y + height);
    let numbers = spec.lines.iter().flat_map(|line| &line.values).filter_map(|value| value.as_ref().ok());
    let reach = numbers.map(|value| value.number()).fold(None, |reach: Option<(f64, f64)>, number| {
        Some(reach.map_or((number, number), |(low, high)| (low.min(number), high.max(number))))
    });
    let axis = NumberAxis::new(0, height, reach.unwrap_or((0.0, 1.0)));
    let y = |number: f64| bottom - axis.at(number);
    for x in &columns.places {
        page.scene.line((*x, top), (*x, bottom), RULE, 25);
    }
    for line in 0..spec.lines.len() {
        let points: Vec<Option<(Length, Length)>> = (0..=last)
            .map(|column| Some((*columns.places.get(column)?, y(value(line, column)?.number()))))
            .collect();
        for pair in points.windows(2) {
            if let (Some(from), Some(to)) = (pair[0], pair[1]) {
                page.scene.line(from, to, series(line).1, LINE);
            }
        }
        for point in points.into_iter().flatten() {
            page.scene.shapes.push(Shape::Dot { centre: point, radius: REACH + 30, paint: PAGE });
            mark(&mut page.scene, series(line).0, point);
        }
    }
    for (column, end, labels) in &ends {
        let wish = |(line, named): &(usize, Named)| Wish {
            centre: value(*line, *column).map_or(top, |value| y(value.number())),
            size: named.height,
        };
        let wishes: Vec<Wish> = labels.iter().map(wish).collect();
        let Some(places) = apart(&wishes, (top, bottom)) else { continue };
        let x = columns.places.get(*column).copied().unwrap_or(MARGIN);
        let out = if *end == End::Left { -1 } else { 1 };
        for (((_, named), wish), middle) in labels.iter().zip(&wishes).zip(places) {
            page.scene.line(
                (x + out * (REACH + 40), wish.centre),
                (x + out * (REACHING - 60), middle),
                EDGE,
                15,
            );
            named.draw(&mut page.scene, x + out * REACHING, middle, *end);
        }
    }
    for column in 1..last {
        between(&mut page.scene, spec, column, (&columns, style), (top, bottom), y);
    }
    page.y = bottom + PART_GAP;
    page
}

/// The values of a column that is at no end, beside its points; none where they have no room.
fn between(
    scene: &mut Scene,
    spec: &SlopeSpec,
    column: usize,
    (columns, style): (&Columns, NumberStyle),
    bounds: (Length, Length),
    y: impl Fn(f64) -> Length,
) {
    let face = Type { paint: INK, ..SMALL };
    let mut values: Vec<SlopeValue> =
        spec.lines.iter().filter_map(|line| line.values.get(column)?.as_ref().ok().copied()).collect();
    values.sort_by(|a, b| b.number().total_cmp(&a.number()));
    let wishes: Vec<Wish> =
        values.iter().map(|value| Wish { centre: y(value.number()), size: face.height() }).collect();
    let (Some(places), Some(x)) = (apart(&wishes, bounds), columns.places.get(column)) else { return };
    for (value, middle) in values.iter().zip(places) {
        let words = value.words(style, spec.decimals);
        let (width, height) = (face.width(&words), face.height());
        let area = Area { x: x + REACH + 80, y: centred(middle, height), width: width + 40, height };
        scene.fill(area, PAGE);
        scene.text(&words, area.x + 20, area.y, Anchor::Start, face);
    }
}

/// Draws lines between ranks.
pub(crate) fn draw_ranks(mut page: Page, spec: &SlopeSpec) -> Page {
    let columns = Columns::new(&page, spec.columns.len());
    columns.headings(&mut page, spec);
    let lines: Vec<Vec<String>> =
        spec.lines.iter().map(|line| label_lines(&line.label, BODY, columns.label)).collect();
    let tallest = lines.iter().map(|lines| BODY.block(lines.len())).max().unwrap_or(0);
    let pitch = (tallest + BETWEEN).max(2 * RANK + 180);
    let places: Vec<Vec<(usize, usize)>> =
        (0..spec.columns.len()).map(|column| spec.ranked(column)).collect();
    let top = page.y;
    let y = |place: usize| top + pitch * Length::try_from(place).unwrap_or(0) + pitch / 2;
    let at = |column: usize, line: usize| -> Option<(Length, Length, usize)> {
        let ranked = places.get(column)?;
        let place = ranked.iter().position(|(ranked, _)| *ranked == line)?;
        Some((*columns.places.get(column)?, y(place), ranked.get(place)?.1))
    };
    let last = spec.columns.len() - 1;
    for line in 0..spec.lines.len() {
        for column in 0..last {
            if let (Some(from), Some(to)) = (at(column, line), at(column + 1, line)) {
                page.scene.line((from.0, from.1), (to.0, to.1), series(line).1, 2 * LINE);
            }
        }
    }
    for (line, label) in lines.iter().enumerate() {
        let paint = series(line).1;
        for column in 0..=last {
            let Some((x, y, rank)) = at(column, line) else { continue };
            page.scene.shapes.push(Shape::Dot { centre: (x, y), radius: RANK + 40, paint: PAGE });
            page.scene.shapes.push(Shape::Dot { centre: (x, y), radius: RANK, paint });
            let face = Type { paint: text_on(paint), ..STRONG };
            page.scene.text(&rank.to_string(), x, centred(y, face.height()), Anchor::Middle, face);
            let block = centred(y, BODY.block(label.len()));
            if column == 0 {
                page.scene.lines(label, x - REACHING, block, Anchor::End, BODY);
            }
            if column == last {
                page.scene.lines(label, x + REACHING, block, Anchor::Start, BODY);
            }
        }
    }
    let most = places.iter().map(Vec::len).max().unwrap_or(0);
    page.y = top + pitch * Length::try_from(most).unwrap_or(0) + PART_GAP;
    page
}
