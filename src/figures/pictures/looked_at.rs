//! What must be so of every picture: its texts have room, and everything in it can be seen.

use super::super::paint::{PAGE, ROOM};
use super::super::samples::Study;
use super::super::scene::Shape;
use super::super::theme::contrast;
use super::super::*;

/// The room of a shape, lines with their width.
fn room(shape: &Shape) -> Area {
    let between = |(x0, y0): (Length, Length), (x1, y1): (Length, Length), half: Length| Area {
        x: x0.min(x1) - half,
        y: y0.min(y1) - half,
        width: (x1 - x0).abs() + 2 * half,
        height: (y1 - y0).abs() + 2 * half,
    };
    match *shape {
        Shape::Fill { area, .. } | Shape::Outline { area, .. } => area,
        Shape::Dot { centre, radius, .. } => between(centre, centre, radius),
        Shape::Line { from, to, width, .. } => between(from, to, width / 2),
        Shape::Arrow { x, from, to, .. } => between((x, from), (x, to), 90),
    }
}

/// What a shape is filled with, if it is filled.
fn filled(shape: &Shape) -> Option<Paint> {
    match *shape {
        Shape::Fill { paint, .. } | Shape::Dot { paint, .. } => Some(paint),
        Shape::Outline { .. } | Shape::Line { .. } | Shape::Arrow { .. } => None,
    }
}

fn scene_of(study: &Study, request: &FigureRequest) -> Scene {
    compose(request, &study.outline, &study.findings, NumberStyle::Ama).unwrap().0
}

/// Every text is on the page, touches no other text, and stands wholly within a coloured shape or wholly outside; a line
/// passes no text, unless something stands between them.
pub(in crate::figures) fn assert_room(study: &Study, request: &FigureRequest, what: &str) {
    let scene = scene_of(study, request);
    let page = Area { x: 0, y: 0, width: scene.width, height: scene.height };
    let rooms: Vec<Area> = scene.shapes.iter().map(room).collect();
    assert!(rooms.iter().all(|room| page.contains(room)), "{what}: a shape leaves the page");
    // In order of their upper edges, a text can only touch those that begin above its foot.
    let mut texts: Vec<&TextBox> = scene.texts.iter().collect();
    texts.sort_by_key(|text| text.area.y);
    for (position, text) in texts.iter().enumerate() {
        assert!(page.contains(&text.area), "{what}: {text:?} leaves {page:?}");
        let near = texts[position + 1..].iter().take_while(|other| other.area.y < text.area.bottom());
        for other in near {
            assert!(!text.area.overlaps(&other.area), "{what}: {text:?} overlaps {other:?}");
        }
        for (at, room) in rooms.iter().enumerate().filter(|(_, room)| room.overlaps(&text.area)) {
            let shape = &scene.shapes[at];
            let covered = || {
                (at + 1..rooms.len())
                    .any(|over| rooms[over].contains(&text.area) && filled(&scene.shapes[over]).is_some())
            };
            let is_line = matches!(shape, Shape::Line { .. } | Shape::Arrow { .. });
            let is_within = !is_line && room.contains(&text.area);
            assert!(is_within || covered(), "{what}: {text:?} crosses {shape:?}");
        }
    }
    let arrows = scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Arrow { from, to, .. } => Some(to - from),
        _ => None,
    });
    assert!(arrows.into_iter().all(|length| length >= 300), "{what}: an arrow is too short");
}

/// Every text can be read on what is under it, and every mark can be seen on the page: by its colour or by its edge.
pub(super) fn assert_contrast(study: &Study, request: &FigureRequest, what: &str) {
    let scene = scene_of(study, request);
    for (name, theme) in Theme::NAMES {
        let page = theme.colour(PAGE);
        for text in &scene.texts {
            let under = scene
                .shapes
                .iter()
                .rev()
                .find(|shape| filled(shape).is_some() && room(shape).contains(&text.area));
            let under = under.and_then(filled).map_or(page, |paint| theme.colour(paint));
            let seen = contrast(theme.colour(text.paint), under);
            assert!(seen >= 4.5, "{what}, {name}: {text:?} has a contrast of {seen:.2}");
        }
        let can_be_seen = |paint| contrast(theme.colour(paint), page) >= 3.0;
        let stroke = |shape: &Shape| match *shape {
            Shape::Outline { paint, .. } | Shape::Dot { paint, .. } => Some(paint),
            Shape::Line { .. } | Shape::Arrow { .. } | Shape::Fill { .. } => None,
        };
        for shape in &scene.shapes {
            let edged = || {
                let around = |edge: &&Shape| room(edge).contains(&room(shape));
                scene.shapes.iter().filter(around).filter_map(stroke).any(can_be_seen)
            };
            let seen = match *shape {
                // Helping lines may stand back, and lines in the colour of the page divide what they cross.
                Shape::Line { paint, .. } => matches!(paint, Paint::Rule | PAGE) || can_be_seen(paint),
                Shape::Arrow { paint, .. } | Shape::Outline { paint, .. } => can_be_seen(paint),
                // The room of a bar is what the bar is not.
                Shape::Fill { paint, .. } | Shape::Dot { paint, .. } => {
                    matches!(paint, PAGE | ROOM) || can_be_seen(paint) || edged()
                }
            };
            assert!(seen, "{what}, {name}: {shape:?} cannot be seen");
        }
    }
}
