//! Word documents: their parts in an archive, paragraphs, runs of text and pages. What stands in them is for others to say.

mod package;
mod styles;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

pub use package::pack;
pub use styles::TABLE;

/// The name space of a document's text.
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The page in twentieths of a point: A4, upright.
pub const PAGE: (u32, u32) = (11_906, 16_838);
/// The margin of a page.
pub const MARGIN: u32 = 1_134;

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoDocument(String);

impl std::fmt::Display for NoDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the document cannot be written: {}", self.0)
    }
}

impl std::error::Error for NoDocument {}

/// Writes XML to memory, where nothing but a mistake of ours could fail.
pub type Xml = Writer<Vec<u8>>;
/// Whether it could be written.
pub type Written = std::io::Result<()>;

/// How a run of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// As its paragraph does.
    Plain,
    /// Bold.
    Bold,
    /// In italics.
    Italic,
    /// Small and above the line.
    Raised,
}

/// The text of a document, as it stands in its archive.
pub fn document(content: impl FnOnce(&mut Xml) -> Written) -> Result<Vec<u8>, NoDocument> {
    let mut xml = Writer::new(Vec::new());
    let written =
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes")))).and_then(|()| {
            within(&mut xml, "w:document", &[("xmlns:w", WORD)], |xml| within(xml, "w:body", &[], content))
        });
    written.map_err(|error| NoDocument(error.to_string()))?;
    Ok(xml.into_inner())
}

/// The page of what stands before it: upright, or on its side.
pub fn section(xml: &mut Xml, on_its_side: bool) -> Written {
    let (width, height) = if on_its_side { (PAGE.1, PAGE.0) } else { PAGE };
    let (width, height) = (width.to_string(), height.to_string());
    let margin = MARGIN.to_string();
    within(xml, "w:sectPr", &[], |xml| {
        let size: &[(&str, &str)] = &[("w:w", &width), ("w:h", &height)];
        let landscape: &[(&str, &str)] = &[("w:w", &width), ("w:h", &height), ("w:orient", "landscape")];
        empty(xml, "w:pgSz", if on_its_side { landscape } else { size })?;
        let sides = ["w:top", "w:right", "w:bottom", "w:left", "w:header", "w:footer", "w:gutter"];
        let margins: Vec<(&str, &str)> = sides
            .iter()
            .map(|side| (*side, if *side == "w:gutter" { "0" } else { margin.as_str() }))
            .collect();
        empty(xml, "w:pgMar", &margins)
    })
}

/// A run of text. Whatever it holds, it is text.
pub fn run(xml: &mut Xml, text: &str, look: Run) -> Written {
    within(xml, "w:r", &[], |xml| {
        match look {
            Run::Plain => {}
            Run::Bold => within(xml, "w:rPr", &[], |xml| empty(xml, "w:b", &[]))?,
            Run::Italic => within(xml, "w:rPr", &[], |xml| empty(xml, "w:i", &[]))?,
            Run::Raised => {
                within(xml, "w:rPr", &[], |xml| empty(xml, "w:vertAlign", &[("w:val", "superscript")]))?;
            }
        }
        within(xml, "w:t", &[("xml:space", "preserve")], |xml| {
            xml.write_event(Event::Text(BytesText::new(&clean(text))))
        })
    })
}

/// A stop of the tabulator, between the cells of a row that is a paragraph.
pub fn tab(xml: &mut Xml) -> Written {
    within(xml, "w:r", &[], |xml| empty(xml, "w:tab", &[]))
}

/// A paragraph in a style, kept on one page with the next if asked.
pub fn paragraph(
    xml: &mut Xml,
    style: &str,
    keep: bool,
    content: impl FnOnce(&mut Xml) -> Written,
) -> Written {
    within(xml, "w:p", &[], |xml| {
        within(xml, "w:pPr", &[], |xml| {
            empty(xml, "w:pStyle", &[("w:val", style)])?;
            if keep { empty(xml, "w:keepNext", &[]) } else { Ok(()) }
        })?;
        content(xml)
    })
}

/// An element with what stands in it.
pub fn within(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    content: impl FnOnce(&mut Xml) -> Written,
) -> Written {
    xml.write_event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())))?;
    content(xml)?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}

/// An element with nothing in it.
pub fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> Written {
    xml.write_event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())))
}

/// A text without the characters that XML cannot hold.
pub fn clean(text: &str) -> String {
    let allowed = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if allowed(c) { c } else { ' ' }).collect()
}
