//! The pieces of an XML document one after another, by local names; nothing that a hostile document could unfold.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use crate::diag::{Diag, FileId, Place, codes};

/// Elements nest no deeper in any ODM document; in a hostile one they must not be followed.
const DEEPEST: usize = 64;

/// A piece of the document.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The element of this local name ends.
    Close(String),
    /// Text between elements.
    Text(Cow<'a, str>),
    /// The document ends.
    End,
}

/// The beginning of an element, with its attributes.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// Its name without a prefix.
    pub(super) name: String,
    /// Its attributes by name without a prefix: prefixes and the addresses behind them differ between copies.
    attributes: Vec<(String, Cow<'a, str>)>,
    /// The line on which it begins.
    pub(super) line: u32,
}

impl Element<'_> {
    /// An attribute by its local name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    /// An attribute as a text of its own, empty where there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.attribute(name).unwrap_or_default().to_owned()
    }

    /// Whether an attribute's value has these words in it.
    pub(super) fn any_value_has(&self, words: &str) -> bool {
        self.attributes.iter().any(|(_, value)| value.contains(words))
    }
}

/// Walks through a document.
pub(super) struct Pull<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    file: &'a FileId,
    depth: usize,
    /// Up to where lines were counted, and how many there were.
    counted: (usize, u32),
}

impl<'a> Pull<'a> {
    pub(super) fn new(file: &'a FileId, text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text, file, depth: 0, counted: (0, 1) }
    }

    /// The next piece; fails where the document is not well-formed or declares entities of its own.
    pub(super) fn next(&mut self) -> Result<Piece<'a>, Diag> {
        loop {
            let from = self.position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.broken(&format!("it is not well-formed XML: {error}"))),
            };
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(self.broken(&format!("its elements nest more than {DEEPEST} deep")));
                    }
                    let line = self.line_at(from);
                    Piece::Open(self.element(&start, line)?)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Close(end.local_name().into_inner().to_owned())
                }
                Event::Text(text) => Piece::Text(text.into_inner()),
                Event::CData(text) => Piece::Text(text.into_inner()),
                Event::GeneralRef(reference) => Piece::Text(Cow::Owned(match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    _ => match resolve_predefined_entity(&reference) {
                        Some(text) => text.to_owned(),
                        None => return Err(self.entity()),
                    },
                })),
                Event::DocType(_) => {
                    return Err(self.broken("it has a DOCTYPE, which an ODM document does not need"));
                }
                Event::Eof if self.depth > 0 => return Err(self.broken("it ends in the middle")),
                Event::Eof => Piece::End,
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    fn element(&mut self, start: &BytesStart<'_>, line: u32) -> Result<Element<'a>, Diag> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute =
                attribute.map_err(|error| self.broken(&format!("it is not well-formed XML: {error}")))?;
            // Line ends stay as they stand: paragraphs of a text are no blanks.
            let value = unescape(&attribute.value).map_err(|_| self.entity())?.into_owned();
            attributes.push((attribute.key.local_name().into_inner().to_owned(), Cow::Owned(value)));
        }
        Ok(Element { name: start.local_name().into_inner().to_owned(), attributes, line })
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// The line of a place behind all for which it was asked before.
    fn line_at(&mut self, place: usize) -> u32 {
        let (from, line) = self.counted;
        let more = memchr::memchr_iter(b'\n', &self.text.as_bytes()[from.min(place)..place]).count();
        self.counted = (place, line.saturating_add(u32::try_from(more).unwrap_or(u32::MAX)));
        self.counted.1
    }

    fn entity(&mut self) -> Diag {
        self.broken("it uses an entity that XML itself does not have")
    }

    /// What is wrong with the document, where it was met.
    pub(super) fn broken(&mut self, why: &str) -> Diag {
        let line = self.line_at(self.position());
        let message = format!("{} cannot be read as an ODM document: {why}", self.file);
        Diag::error(codes::DEFINITION_INVALID, Place::row(self.file, line), message)
            .help("export it again from REDCap: Other Functionality, copy or back up the project, XML")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        let file = FileId::new("p.xml");
        let mut pull = Pull::new(&file, text);
        loop {
            match pull.next() {
                Ok(Piece::End) => return "read".to_owned(),
                Ok(_) => {}
                Err(diag) => return diag.message,
            }
        }
    }

    #[test]
    fn nothing_unfolds() {
        for (text, why) in [
            ("<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>", "DOCTYPE"),
            ("<a>&b;</a>", "entity"),
            ("<a b=\"&c;\"/>", "entity"),
            ("<a><b></a>", "well-formed"),
            ("<a><b/>", "in the middle"),
            (&"<a>".repeat(100_000), "64 deep"),
        ] {
            assert!(refused(text).contains(why), "{why}: {}", refused(text));
        }
        assert_eq!(refused("<a b=\"&lt;&#233;\">&amp;&#xe9;<![CDATA[<x>]]></a>"), "read");
    }

    #[test]
    fn o_05_line_ends_in_attributes_stay_and_lines_are_counted() {
        let file = FileId::new("p.xml");
        let mut pull = Pull::new(&file, "<a>\n<r:b r:v=\"x\n\ny &amp; z\"/>\n<c/></a>");
        let mut seen = Vec::new();
        loop {
            match pull.next().unwrap() {
                Piece::Open(element) => seen.push((element.name.clone(), element.text("v"), element.line)),
                Piece::End => break,
                _ => {}
            }
        }
        let expected = [("a", "", 1), ("b", "x\n\ny & z", 2), ("c", "", 5)];
        assert_eq!(seen, expected.map(|(name, value, line)| (name.to_owned(), value.to_owned(), line)));
    }
}
