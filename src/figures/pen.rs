//! What draws shapes in the colours of a theme, the same for every format: into whatever plotters can draw into.

use plotters::prelude::{Color, DrawingBackend, RGBColor, ShapeStyle};

use super::paint::{PAGE, Paint};
use super::scene::{Area, Length, Scene, Shape, Stroke};
use super::theme::{Colour, Theme};

/// The width of outlines, and of other lines that have none of their own.
const EDGE_WIDTH: Length = 20;

/// Backends write to memory, so that their errors cannot happen; they are dropped where they would arise.
pub(super) type Drawn = Option<()>;

/// What draws in the colours of a theme.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    /// The theme.
    pub(super) theme: Theme,
}

impl Pen {
    /// Draws the page of a scene and its shapes, from back to front.
    pub(super) fn shapes<B: DrawingBackend>(self, backend: &mut B, scene: &Scene) {
        let page = Area { x: 0, y: 0, width: scene.width, height: scene.height };
        let page = Shape::Fill { area: page, paint: PAGE };
        for shape in std::iter::once(&page).chain(&scene.shapes) {
            let _ = self.shape(backend, shape);
        }
    }

    fn shape<B: DrawingBackend>(self, backend: &mut B, shape: &Shape) -> Drawn {
        match *shape {
            Shape::Fill { area, paint } => backend
                .draw_rect((area.x, area.y), (area.right(), area.bottom()), &self.style(paint, 0), true)
                .ok(),
            Shape::Outline { area, paint, stroke } => self.outline(backend, area, paint, stroke),
            Shape::Line { from, to, paint, width } => {
                backend.draw_line(from, to, &self.style(paint, width)).ok()
            }
            Shape::Dot { centre, radius, paint } => {
                backend.draw_circle(centre, whole(radius), &self.style(paint, 0), true).ok()
            }
            Shape::Arrow { x, from, to, paint } => {
                let (half, tall) = (90, 180);
                backend.draw_line((x, from), (x, to - tall), &self.style(paint, 30)).ok()?;
                backend
                    .fill_polygon(
                        [(x, to), (x - half, to - tall), (x + half, to - tall)],
                        &self.style(paint, 0),
                    )
                    .ok()
            }
        }
    }

    fn outline<B: DrawingBackend>(self, backend: &mut B, area: Area, paint: Paint, stroke: Stroke) -> Drawn {
        let style = self.style(paint, EDGE_WIDTH);
        let corners = [
            (area.x, area.y),
            (area.right(), area.y),
            (area.right(), area.bottom()),
            (area.x, area.bottom()),
        ];
        match stroke {
            Stroke::Solid => {
                // One side more than four, so that the first corner is joined like the others.
                backend.draw_path(corners.iter().cycle().take(6).copied(), &style).ok()
            }
            Stroke::Dashed => {
                let (dash, gap) = (150, 100);
                for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
                    let length = (to.0 - from.0).abs() + (to.1 - from.1).abs();
                    let (step_x, step_y) = ((to.0 - from.0).signum(), (to.1 - from.1).signum());
                    let mut at = 0;
                    while at < length {
                        let end = (at + dash).min(length);
                        let point = |along: Length| (from.0 + step_x * along, from.1 + step_y * along);
                        backend.draw_line(point(at), point(end), &style).ok()?;
                        at += dash + gap;
                    }
                }
                Some(())
            }
        }
    }

    fn style(self, paint: Paint, width: Length) -> ShapeStyle {
        rgb(self.theme.colour(paint)).stroke_width(whole(width))
    }
}

/// A colour as plotters has it.
pub(super) fn rgb(Colour(r, g, b): Colour) -> RGBColor {
    RGBColor(r, g, b)
}

/// A length that is never negative.
pub(super) fn whole(length: Length) -> u32 {
    length.unsigned_abs()
}
