//! Figures: from findings to a specification, to a layout, to SVG and PNG.
//!
//! [`render`] reads the outline and the findings and nothing else. A `spec` says what is shown, checked and worded but
//! without a place; a `layout` gives every shape and text its place, measured with the embedded font; `svg` and `png`
//! only draw. No step asks the machine for a font, a clock or a locale, so that the bytes are the same everywhere.

mod compose;
mod font;
mod kind;
mod layout;
mod limits;
mod not_drawn;
mod paint;
mod pdf;
mod pen;
mod png;
#[cfg(test)]
mod samples;
mod scene;
mod size;
mod spec;
mod subset;
mod svg;
mod theme;

use crate::findings::{Findings, Outline};
use crate::numbers::NumberStyle;

pub use font::Weight;
pub use kind::{
    BarMarks, BarOrder, Facet, FigureKind, InSegments, ItemOrder, Likert, Measure, MissingOrder, Neutral,
    NumbersAs, OutsideAs, Shape as LikertShape, Sides, SlopeBy, Thin,
};
pub use not_drawn::NotDrawn;
pub use paint::{Fill, Paint};
pub use pdf::pdf;
pub use png::{NotPainted, png};
pub use scene::{Anchor, Area, Length, TextBox};
pub use size::Size;
pub use theme::{Colour, Theme};

use compose::{compose, title};
use scene::Scene;
use spec::Worded;

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRequest {
    /// The id of the figure, which is also the name of its files.
    pub id: String,
    /// Its title; if empty, the label of the question.
    pub title: String,
    /// The groups in order; if empty, every group that was asked.
    pub groups: Vec<String>,
    /// What kind of figure, of which question.
    pub kind: FigureKind,
    /// The place that it is made for.
    pub size: Size,
    /// Its colours.
    pub theme: Theme,
    /// Whether its title and its notes stand beside the picture and not in it.
    pub bare: bool,
}

/// A figure, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// What it shows, with its numbers, for those who do not see it; it also stands in the SVG.
    pub alt: String,
    /// The document.
    pub svg: String,
    /// Every text of the picture and the room that it takes.
    pub texts: Vec<TextBox>,
    /// How it is to be read, and what must be known beside it, in sentences.
    pub notes: Vec<String>,
    /// The numbers as a table; a row that begins a table names its columns.
    pub data: Vec<Vec<String>>,
    /// What the picture cannot do as asked, in sentences: characters that the font lacks, a page that it does not fit.
    pub cautions: Vec<String>,
    /// The resolution of its PNG, in dots per inch of its printed size.
    pub dpi: u16,
    /// The page and its shapes; the texts stand in `texts`.
    scene: Scene,
    /// Its colours.
    theme: Theme,
    /// How much larger it is printed than laid out, in percent.
    scale: u16,
}

/// Draws a figure from the findings.
pub fn render(
    request: &FigureRequest,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Result<Figure, NotDrawn> {
    let title = title(request, outline);
    let (scene, worded) = compose(request, outline, findings, style)?;
    let alt = font::clean(&format!("{title}. {} {}", worded.alt, outline.notes.join(" ")));
    Ok(finish(request, title, alt, worded, scene))
}

fn finish(request: &FigureRequest, title: String, alt: String, worded: Worded, mut scene: Scene) -> Figure {
    let words = svg::Words { id: &request.id, title: &title, description: &alt };
    let document = svg::svg(&scene, words, request.theme, request.size.scale());
    let cautions = limits::cautions(&request.id, &scene, request.size);
    Figure {
        id: request.id.clone(),
        title,
        alt,
        svg: document,
        texts: std::mem::take(&mut scene.texts),
        notes: worded.notes,
        data: worded.data,
        cautions,
        dpi: request.size.dpi(),
        scene,
        theme: request.theme,
        scale: request.size.scale(),
    }
}

#[cfg(test)]
mod crowded;
#[cfg(test)]
mod pictures;
