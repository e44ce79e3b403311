//! A figure as PDF: vectors, the fonts it uses, and what is said to those who do not see it.
//!
//! The page is as large as the figure is printed. Lengths stay the whole hundredths of a millimetre of the layout: one
//! matrix makes points of them. The document knows no day and no machine, so that equal figures are equal bytes.

mod canvas;
mod font;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{StructRole, TabOrder};
use pdf_writer::writers::StructTreeRoot;
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

use super::Figure;
use super::font::Weight;
use super::pen::Pen;
use super::scene::TextBox;
use super::theme::{Colour, Theme};

use canvas::Canvas;
use font::Font;

/// Points of a PDF in a hundredth of a millimetre.
const POINTS: f32 = 72.0 / 2540.0;

/// Writes a figure as PDF.
pub fn pdf(figure: &Figure) -> Vec<u8> {
    let fonts: Vec<Font> = [Weight::Regular, Weight::Bold]
        .into_iter()
        .filter_map(|weight| Font::of(&figure.texts, weight))
        .collect();
    let points = POINTS * f32::from(figure.scale) / 100.0;
    let page_size =
        Rect::new(0.0, 0.0, figure.scene.width as f32 * points, figure.scene.height as f32 * points);

    let mut next = Ref::new(1);
    let [catalog, info, pages, page, content] = [(); 5].map(|()| next.bump());
    let [tree, document, element, marks] = [(); 4].map(|()| next.bump());
    let mut pdf = Pdf::new();
    pdf.document_info(info).title(TextStr(&figure.title)).producer(TextStr("Canvass"));
    let mut root = pdf.catalog(catalog);
    root.pages(pages).lang(TextStr("en"));
    root.viewer_preferences().display_doc_title(true);
    root.mark_info().marked(true);
    root.pair(Name(b"StructTreeRoot"), tree);
    root.finish();
    Tags { tree, document, element, marks }.write(&mut pdf, figure, page, page_size);

    pdf.pages(pages).kids([page]).count(1);
    let mut sheet = pdf.page(page);
    sheet.parent(pages).media_box(page_size).contents(content);
    sheet.struct_parents(0).tab_order(TabOrder::StructureOrder);
    let mut resources = sheet.resources();
    let mut named = resources.fonts();
    let places: Vec<Ref> = fonts.iter().map(|_| next.bump()).collect();
    for (font, place) in fonts.iter().zip(&places) {
        named.pair(font.name(), *place);
    }
    named.finish();
    resources.finish();
    sheet.finish();
    for (font, place) in fonts.iter().zip(places) {
        font.write(&mut pdf, place, &mut next);
    }
    let drawn = compressed(&draw(figure, &fonts, points, page_size));
    pdf.stream(content, &drawn).filter(Filter::FlateDecode);
    pdf.finish()
}

/// The structure that assistive technology reads: a document with one figure, which has an alternative text.
struct Tags {
    tree: Ref,
    document: Ref,
    element: Ref,
    marks: Ref,
}

impl Tags {
    fn write(&self, pdf: &mut Pdf, figure: &Figure, page: Ref, size: Rect) {
        let mut tree = pdf.indirect(self.tree).start::<StructTreeRoot>();
        tree.child(self.document);
        tree.parent_tree().nums().insert(0, self.marks);
        tree.parent_tree_next_key(1);
        tree.finish();
        // Whose each mark in the content of the page is, in order: there is one.
        pdf.indirect(self.marks).array().item(self.element);
        let mut document = pdf.struct_element(self.document);
        document.kind(StructRole::Document).parent(self.tree).child(self.element);
        document.finish();
        let mut element = pdf.struct_element(self.element);
        element.kind(StructRole::Figure).parent(self.document).page(page);
        element.title(TextStr(&figure.title)).alt(TextStr(&figure.alt));
        element.marked_content_child().marked_content_id(0).page(page);
        element.attributes().push().layout().bbox(size);
    }
}

/// The drawing: shapes, then texts, all within the mark of the figure.
fn draw(figure: &Figure, fonts: &[Font], points: f32, page: Rect) -> Vec<u8> {
    let mut content = Content::new();
    content.begin_marked_content_with_properties(Name(b"Figure")).properties().identify(0);
    content.save_state();
    // The layout counts downwards from the top.
    content.transform([points, 0.0, 0.0, -points, 0.0, page.y2]);
    let mut canvas = Canvas { content, size: (figure.scene.width, figure.scene.height) };
    Pen { theme: figure.theme }.shapes(&mut canvas, &figure.scene);
    let mut content = canvas.content;
    content.begin_text();
    for text in &figure.texts {
        if let Some(font) = fonts.iter().find(|font| font.weight() == text.weight) {
            set(&mut content, text, font, figure.theme);
        }
    }
    content.end_text();
    content.restore_state();
    content.end_marked_content();
    content.finish().into_vec()
}

/// Sets one line of text.
fn set(content: &mut Content, text: &TextBox, font: &Font, theme: Theme) {
    let (red, green, blue) = light(theme.colour(text.paint));
    content.set_fill_rgb(red, green, blue);
    content.set_font(font.name(), text.size as f32);
    // The page counts downwards, letters stand upright.
    content.set_text_matrix([1.0, 0.0, 0.0, -1.0, text.area.x as f32, text.baseline() as f32]);
    content.show(Str(&font.codes(&text.text)));
}

/// A colour as the amounts that a PDF has, from none to all.
fn light(Colour(red, green, blue): Colour) -> (f32, f32, f32) {
    let part = |amount: u8| f32::from(amount) / 255.0;
    (part(red), part(green), part(blue))
}

/// Bytes as a stream of a PDF may hold them.
fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // A vector takes whatever is written.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::figures::pictures::sample;

    /// The streams of a document, unpacked.
    fn streams(bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        let mut rest = bytes;
        let at = |text: &[u8], within: &[u8]| within.windows(text.len()).position(|part| part == text);
        while let Some(start) = at(b"\nstream\n", rest) {
            rest = &rest[start + 8..];
            let mut unpacked = Vec::new();
            flate2::read::ZlibDecoder::new(rest).read_to_end(&mut unpacked).unwrap();
            found.push(unpacked);
            rest = &rest[at(b"\nendstream", rest).unwrap()..];
        }
        found
    }

    #[test]
    fn the_page_is_as_large_as_the_figure_is_printed() {
        let bytes = pdf(&sample("Agree"));
        let text = String::from_utf8_lossy(&bytes);
        // 180 mm are 510.236 points.
        assert!(text.contains("/MediaBox [0 0 510.236"), "{text}");
        assert!(text.contains("/Lang (en)") && text.contains("/StructTreeRoot"));
    }

    #[test]
    fn every_character_is_itself_when_it_is_copied() {
        // Micro sign and mu have one outline, and a letter that the font lacks has none.
        let bytes = pdf(&sample("A\u{b5}\u{3bc} 漢"));
        let maps: Vec<String> =
            streams(&bytes).iter().map(|stream| String::from_utf8_lossy(stream).into_owned()).collect();
        let meanings: Vec<&String> = maps.iter().filter(|map| map.contains("beginbfchar")).collect();
        for character in ["<00B5>", "<03BC>", "<6F22>", "<0041>"] {
            assert!(meanings.iter().any(|map| map.contains(character)), "{character}: {meanings:?}");
        }
    }

    #[test]
    fn words_stand_in_the_document_and_hostile_ones_do_not_break_it() {
        let figure =
            Figure { title: "T (1) \\ ) >> endobj".to_owned(), alt: "é".to_owned(), ..sample("Agree") };
        let text = String::from_utf8_lossy(&pdf(&figure)).into_owned();
        assert!(text.contains("/Title (T \\(1\\) \\\\ \\) >> endobj)"), "{text}");
        assert!(text.contains("/Alt "));
        assert_eq!(pdf(&figure), pdf(&figure));
    }
}
