//! The page of a PDF as something that plotters draws into.

use std::convert::Infallible;

use pdf_writer::Content;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::super::pen::whole;
use super::super::scene::Length;
use super::super::theme::Colour;

/// How far the handles of a quarter of a circle reach, as a part of its radius.
const QUARTER: f32 = 0.552_284_8;

/// The operators of a page, in the lengths of the layout.
pub(super) struct Canvas {
    /// What is drawn so far.
    pub(super) content: Content,
    /// The width and height of the page.
    pub(super) size: (Length, Length),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Canvas {
    /// The colour of what is drawn next.
    fn paint(&mut self, colour: BackendColor, filled: bool) {
        let (red, green, blue) = super::light(Colour(colour.rgb.0, colour.rgb.1, colour.rgb.2));
        if filled {
            self.content.set_fill_rgb(red, green, blue);
        } else {
            self.content.set_stroke_rgb(red, green, blue);
        }
    }

    /// Paints the path that was laid.
    fn finish<S: BackendStyle>(&mut self, style: &S, filled: bool) {
        if filled {
            self.content.fill_nonzero();
        } else {
            self.content.set_line_width(style.stroke_width() as f32);
            self.content.stroke();
        }
    }

    fn path(&mut self, points: impl IntoIterator<Item = BackendCoord>) {
        for (position, point) in points.into_iter().enumerate() {
            let (x, y) = place(point);
            if position == 0 {
                self.content.move_to(x, y);
            } else {
                self.content.line_to(x, y);
            }
        }
    }
}

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (whole(self.size.0), whole(self.size.1))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.paint(style.color(), fill);
        let ((x, y), (right, bottom)) = (place(upper_left), place(bottom_right));
        self.content.rect(x, y, right - x, bottom - y);
        self.finish(style, fill);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.paint(style.color(), false);
        self.path(path);
        self.finish(style, false);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.paint(style.color(), true);
        self.path(corners);
        self.content.close_path();
        self.finish(style, true);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.paint(style.color(), fill);
        let ((x, y), r) = (place(centre), radius as f32);
        let reach = r * QUARTER;
        self.content.move_to(x + r, y);
        self.content.cubic_to(x + r, y + reach, x + reach, y + r, x, y + r);
        self.content.cubic_to(x - reach, y + r, x - r, y + reach, x - r, y);
        self.content.cubic_to(x - r, y - reach, x - reach, y - r, x, y - r);
        self.content.cubic_to(x + reach, y - r, x + r, y - reach, x + r, y);
        self.content.close_path();
        self.finish(style, fill);
        Ok(())
    }
}

/// A place as a PDF writes it.
fn place((x, y): BackendCoord) -> (f32, f32) {
    (x as f32, y as f32)
}
