//! What a figure is made of once its layout is decided: shapes and texts at fixed places.
//!
//! Every length is a whole number of hundredths of a millimetre, so that a layout has no float and no rounding that
//! could differ between machines. The origin is the upper left corner.

use super::font::{Weight, measure};
use super::paint::Paint;

/// A length in hundredths of a millimetre.
pub type Length = i32;

/// A rectangle, by its upper left corner and its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub x: Length,
    /// Upper edge.
    pub y: Length,
    /// Width, never negative.
    pub width: Length,
    /// Height, never negative.
    pub height: Length,
}

impl Area {
    /// The right edge.
    pub fn right(&self) -> Length {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> Length {
        self.y + self.height
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether `other` lies in it.
    pub fn contains(&self, other: &Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }
}

/// Whether a line is drawn through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stroke {
    /// Drawn through.
    Solid,
    /// Dashed, for what is not known.
    Dashed,
}

/// A shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A filled rectangle.
    Fill {
        /// Where.
        area: Area,
        /// Its paint.
        paint: Paint,
    },
    /// The outline of a rectangle.
    Outline {
        /// Where.
        area: Area,
        /// Its paint.
        paint: Paint,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A thin line.
    Line {
        /// From x, y.
        from: (Length, Length),
        /// To x, y.
        to: (Length, Length),
        /// Its paint.
        paint: Paint,
        /// Its width.
        width: Length,
    },
    /// A filled circle.
    Dot {
        /// The centre.
        centre: (Length, Length),
        /// The radius.
        radius: Length,
        /// Its paint.
        paint: Paint,
    },
    /// An arrow straight down, with its head at the lower end.
    Arrow {
        /// The horizontal place.
        x: Length,
        /// Where it starts.
        from: Length,
        /// Where its point is.
        to: Length,
        /// Its paint.
        paint: Paint,
    },
}

/// Which point of a text its `x` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// One line of text and the room it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBox {
    /// The text, free of control characters.
    pub text: String,
    /// The room it takes, by the measures of the embedded font.
    pub area: Area,
    /// Which point of the text is fixed where it is drawn.
    pub anchor: Anchor,
    /// The size of the font: the height of an em.
    pub size: Length,
    /// Regular or bold.
    pub weight: Weight,
    /// Its paint.
    pub paint: Paint,
}

/// How a text is to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Type {
    /// The size of the font: the height of an em.
    pub(crate) size: Length,
    /// Regular or bold.
    pub(crate) weight: Weight,
    /// Its paint.
    pub(crate) paint: Paint,
}

impl Type {
    /// The room that a line takes from the top of its tallest letter to the foot of its deepest.
    pub(crate) fn height(self) -> Length {
        ascent(self.size) + descent(self.size)
    }

    /// The distance from one line to the next.
    pub(crate) fn pitch(self) -> Length {
        self.size * 130 / 100
    }

    /// The height of `n` lines.
    pub(crate) fn block(self, n: usize) -> Length {
        let lines = Length::try_from(n).unwrap_or(Length::MAX / 4096);
        if lines == 0 { 0 } else { (lines - 1) * self.pitch() + self.height() }
    }

    /// The width of a text.
    pub(crate) fn width(self, text: &str) -> Length {
        measure(text, self.weight, self.size)
    }
}

/// From the top of a line's room to its baseline: capitals with an accent fit.
fn ascent(size: Length) -> Length {
    size * 92 / 100
}

/// From the baseline to the foot of a line's room.
fn descent(size: Length) -> Length {
    size * 24 / 100
}

impl TextBox {
    /// The baseline.
    pub fn baseline(&self) -> Length {
        self.area.y + ascent(self.size)
    }

    /// The horizontal place that the anchor names.
    pub fn anchored(&self) -> Length {
        match self.anchor {
            Anchor::Start => self.area.x,
            Anchor::Middle => self.area.x + self.area.width / 2,
            Anchor::End => self.area.right(),
        }
    }
}

/// A figure as shapes and texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Scene {
    /// The width.
    pub(crate) width: Length,
    /// The height.
    pub(crate) height: Length,
    /// Shapes from back to front.
    pub(crate) shapes: Vec<Shape>,
    /// Texts, all in front of the shapes.
    pub(crate) texts: Vec<TextBox>,
}

impl Scene {
    /// Sets one line of text whose room starts at `y`; a blank text is not set.
    pub(crate) fn text(&mut self, text: &str, x: Length, y: Length, anchor: Anchor, face: Type) {
        if text.is_empty() {
            return;
        }
        let width = face.width(text);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2,
            Anchor::End => x - width,
        };
        self.texts.push(TextBox {
            text: text.to_owned(),
            area: Area { x: left, y, width, height: face.height() },
            anchor,
            size: face.size,
            weight: face.weight,
            paint: face.paint,
        });
    }

    /// Sets lines below each other and returns the height that they take.
    pub(crate) fn lines(
        &mut self,
        lines: &[String],
        x: Length,
        y: Length,
        anchor: Anchor,
        face: Type,
    ) -> Length {
        let mut top = y;
        for line in lines {
            self.text(line, x, top, anchor, face);
            top += face.pitch();
        }
        face.block(lines.len())
    }

    /// Fills a rectangle, if it has any width.
    pub(crate) fn fill(&mut self, area: Area, paint: Paint) {
        if area.width > 0 && area.height > 0 {
            self.shapes.push(Shape::Fill { area, paint });
        }
    }

    /// Draws the outline of a rectangle, if it has any width.
    pub(crate) fn outline(&mut self, area: Area, paint: Paint, stroke: Stroke) {
        if area.width > 0 && area.height > 0 {
            self.shapes.push(Shape::Outline { area, paint, stroke });
        }
    }

    /// Draws a straight line.
    pub(crate) fn line(&mut self, from: (Length, Length), to: (Length, Length), paint: Paint, width: Length) {
        self.shapes.push(Shape::Line { from, to, paint, width });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::paint::INK;

    #[test]
    fn an_edge_in_common_is_no_overlap() {
        let left = Area { x: 0, y: 0, width: 10, height: 10 };
        let right = Area { x: 10, ..left };
        assert!(!left.overlaps(&right));
        assert!(left.overlaps(&Area { x: 9, ..left }));
        assert!(left.contains(&Area { x: 2, y: 2, width: 8, height: 8 }));
        assert!(!left.contains(&right));
    }

    #[test]
    fn the_anchor_stays_where_it_was_put() {
        let face = Type { size: 320, weight: Weight::Regular, paint: INK };
        let mut scene = Scene::default();
        for anchor in [Anchor::Start, Anchor::Middle, Anchor::End] {
            scene.text("Agree", 5000, 0, anchor, face);
        }
        assert!(scene.texts.iter().all(|text| (text.anchored() - 5000).abs() <= 1));
        assert!(scene.texts.iter().all(|text| text.baseline() < text.area.bottom()));
    }

    #[test]
    fn no_lines_take_no_room() {
        let face = Type { size: 320, weight: Weight::Regular, paint: INK };
        assert_eq!(face.block(0), 0);
        assert_eq!(face.block(3) - face.block(2), face.pitch());
        assert!(face.pitch() > face.height());
    }
}
