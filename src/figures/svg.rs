//! A scene as SVG, drawn by plotters and completed with what a reader without eyes or fonts needs.
//!
//! plotters draws shapes and texts; the header is ours: physical size, title, description and the embedded font.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plotters::prelude::{DrawingBackend, FontStyle, IntoFont, SVGBackend, TextStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::font::{FAMILY, Weight};
use super::pen::{Drawn, Pen, rgb, whole};
use super::scene::{Anchor, Length, Scene, TextBox};
use super::subset::subset;
use super::theme::Theme;

/// plotters divides a text's size by this.
const SIZE_FACTOR: f64 = 1.24;
/// plotters puts the baseline of a text this far below its place, in hundredths of an em.
const BASELINE: Length = 76;

/// The words of a figure for those who do not see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    /// The id of the figure.
    pub(crate) id: &'a str,
    /// Its title.
    pub(crate) title: &'a str,
    /// What it shows, with its numbers.
    pub(crate) description: &'a str,
}

/// Draws a scene as an SVG document in the colours of a theme, `scale` percent of the size in which it is laid out.
pub(crate) fn svg(scene: &Scene, words: Words<'_>, theme: Theme, scale: u16) -> String {
    let mut drawn = String::new();
    {
        let size = (whole(scene.width), whole(scene.height));
        let mut backend = SVGBackend::with_string(&mut drawn, size);
        Pen { theme }.shapes(&mut backend, scene);
        for line in &scene.texts {
            let _ = text(&mut backend, line, theme);
        }
        let _ = backend.present();
    }
    let body = drawn.split_once(">\n").map_or("", |(_, body)| body);
    let mut document = head(scene, words, scale);
    document.push_str(body);
    if !document.ends_with("</svg>\n") {
        document.push_str("</svg>\n");
    }
    document
}

/// The header: size in millimetres, words, font.
fn head(scene: &Scene, words: Words<'_>, scale: u16) -> String {
    let Scene { width, height, .. } = scene;
    let id: String =
        words.id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let mut faces = String::new();
    for (weight, name) in [(Weight::Regular, "normal"), (Weight::Bold, "bold")] {
        let used: BTreeSet<char> = scene
            .texts
            .iter()
            .filter(|text| text.weight == weight)
            .flat_map(|text| text.text.chars())
            .collect();
        if used.is_empty() {
            continue;
        }
        let font = subset(weight.bytes(), &used).unwrap_or_else(|| weight.bytes().to_vec());
        let data = STANDARD.encode(font);
        faces.extend([
            "@font-face{font-family:\"",
            FAMILY,
            "\";font-weight:",
            name,
            ";src:url(data:font/ttf;base64,",
            &data,
            ") format(\"truetype\")}\n",
        ]);
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}mm\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n\
         <style>\n{faces}text{{font-family:\"{FAMILY}\",sans-serif;font-kerning:none}}\n</style>\n",
        millimetres(*width, scale),
        millimetres(*height, scale),
        escape(words.title),
        escape(words.description),
    )
}

/// Hundredths of a millimetre as millimetres of the size in which they are printed.
fn millimetres(length: Length, scale: u16) -> String {
    let length = length * Length::from(scale) / 100;
    format!("{}.{:02}", length / 100, length % 100)
}

/// A text as XML character data. Control characters were taken out when the text was cleaned.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Sets a line of text.
fn text(backend: &mut SVGBackend<'_>, text: &TextBox, theme: Theme) -> Drawn {
    let horizontal = match text.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let weight = match text.weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Bold => FontStyle::Bold,
    };
    let size = f64::from(text.size) * SIZE_FACTOR;
    let colour = rgb(theme.colour(text.paint));
    let style = TextStyle::from((FAMILY, size).into_font().style(weight))
        .color(&colour)
        .pos(Pos::new(horizontal, VPos::Top));
    let top = text.baseline() - text.size * BASELINE / 100;
    backend.draw_text(&text.text, &style, (text.anchored(), top)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::paint::INK;
    use crate::figures::scene::{Area, Stroke, Type};

    fn scene(text: &str) -> Scene {
        let mut scene = Scene { width: 18_000, height: 3_005, ..Scene::default() };
        scene.text(text, 400, 400, Anchor::Start, Type { size: 320, weight: Weight::Regular, paint: INK });
        scene.outline(Area { x: 400, y: 400, width: 900, height: 300 }, INK, Stroke::Dashed);
        scene
    }

    #[test]
    fn the_document_has_a_size_a_title_and_a_description() {
        let words = Words { id: "a b", title: "T & U", description: "<D>" };
        let document = svg(&scene("Agree"), words, Theme::Light, 100);
        let parsed = resvg::usvg::roxmltree::Document::parse(&document).unwrap();
        let root = parsed.root_element();
        assert_eq!(root.attribute("width"), Some("180.00mm"));
        assert_eq!(root.attribute("height"), Some("30.05mm"));
        assert_eq!(root.attribute("viewBox"), Some("0 0 18000 3005"));
        assert_eq!(root.attribute("role"), Some("img"));
        assert_eq!(root.attribute("aria-labelledby"), Some("a-b-title a-b-desc"));
        let text_of = |tag: &str| parsed.descendants().find(|node| node.has_tag_name(tag)).unwrap().text();
        assert_eq!(text_of("title"), Some("T & U"));
        assert_eq!(text_of("desc"), Some("<D>"));
        assert_eq!(text_of("text").map(str::trim), Some("Agree"));
    }

    #[test]
    fn hostile_text_stays_text() {
        let hostile = "<script>alert(\"1\")</script>&amp;]]>'";
        let document =
            svg(&scene(hostile), Words { id: "x", title: hostile, description: hostile }, Theme::Light, 100);
        let parsed = resvg::usvg::roxmltree::Document::parse(&document).unwrap();
        assert!(!parsed.descendants().any(|node| node.has_tag_name("script")));
        for tag in ["text", "title", "desc"] {
            let node = parsed.descendants().find(|node| node.has_tag_name(tag)).unwrap();
            assert_eq!(node.text().map(str::trim), Some(hostile), "{tag}");
        }
    }

    #[test]
    fn the_baseline_is_where_the_layout_put_it() {
        let scene = scene("Agree");
        let document = svg(&scene, Words { id: "x", title: "", description: "" }, Theme::Light, 100);
        let parsed = resvg::usvg::roxmltree::Document::parse(&document).unwrap();
        let node = parsed.descendants().find(|node| node.has_tag_name("text")).unwrap();
        let number =
            |name: &str| node.attribute(name).unwrap().trim_end_matches("em").parse::<f64>().unwrap();
        let baseline = number("y") + number("dy") * number("font-size");
        assert!((baseline - f64::from(scene.texts[0].baseline())).abs() <= 1.0);
        assert!((number("font-size") - 320.0).abs() < 1e-9);
    }
}
