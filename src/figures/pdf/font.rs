//! A font within a PDF: the outlines of the characters that are used, their widths, and which character each is.

use std::collections::BTreeSet;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Name, Pdf, Rect, Ref, Str};
use ttf_parser::Face;

use super::super::font::{Weight, advance, units_per_em};
use super::super::scene::TextBox;
use super::super::subset::subset;
use super::compressed;

/// The characters are numbered by us.
const SYSTEM: SystemInfo<'_> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A weight of the font with the characters of a figure. A character's code is its place among them, from one: so two
/// characters that share an outline are still told apart when a text is copied.
pub(super) struct Font {
    weight: Weight,
    characters: Vec<char>,
}

impl Font {
    /// The font of a weight, if any text is set in it.
    pub(super) fn of(texts: &[TextBox], weight: Weight) -> Option<Self> {
        let texts = texts.iter().filter(|text| text.weight == weight);
        let used: BTreeSet<char> = texts.flat_map(|text| text.text.chars()).collect();
        (!used.is_empty()).then(|| Self { weight, characters: used.into_iter().collect() })
    }

    /// Its weight.
    pub(super) fn weight(&self) -> Weight {
        self.weight
    }

    /// Its name among the resources of the page.
    pub(super) fn name(&self) -> Name<'static> {
        match self.weight {
            Weight::Regular => Name(b"R"),
            Weight::Bold => Name(b"B"),
        }
    }

    /// A text in the codes of its characters.
    pub(super) fn codes(&self, text: &str) -> Vec<u8> {
        let code = |character| self.characters.binary_search(&character).map_or(0, |place| place + 1);
        text.chars().flat_map(|character| two_bytes(code(character))).collect()
    }

    /// Writes the font; `next` numbers its objects.
    pub(super) fn write(&self, pdf: &mut Pdf, place: Ref, next: &mut Ref) {
        let (name, family) = match self.weight {
            Weight::Regular => ("NotoSans-Regular", 80.0),
            Weight::Bold => ("NotoSans-Bold", 140.0),
        };
        let used: BTreeSet<char> = self.characters.iter().copied().collect();
        let bytes = subset(self.weight.bytes(), &used).unwrap_or_else(|| self.weight.bytes().to_vec());
        let Ok(face) = Face::parse(&bytes, 0) else { return };
        let base = format!("{}+{name}", tag(&self.characters));
        let base = Name(base.as_bytes());
        let [cid, descriptor, file, outlines, unicode] = [(); 5].map(|()| next.bump());

        pdf.type0_font(place)
            .base_font(base)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(unicode);
        let mut font = pdf.cid_font(cid);
        font.subtype(CidFontType::Type2).base_font(base).system_info(SYSTEM).font_descriptor(descriptor);
        font.default_width(0.0).cid_to_gid_map_stream(outlines);
        let em = units_per_em(self.weight) as f32;
        let thousandths = |units: f32| units * 1000.0 / em;
        let widths = self.characters.iter().map(|c| thousandths(advance(*c, self.weight) as f32));
        font.widths().consecutive(1, widths);
        drop(font);

        let of = |units: i16| thousandths(f32::from(units));
        let bounds = face.global_bounding_box();
        pdf.font_descriptor(descriptor)
            .name(base)
            // Codes of our own are no standard encoding.
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(of(bounds.x_min), of(bounds.y_min), of(bounds.x_max), of(bounds.y_max)))
            .italic_angle(0.0)
            .ascent(of(face.ascender()))
            .descent(of(face.descender()))
            .cap_height(of(face.capital_height().unwrap_or(face.ascender())))
            .stem_v(family)
            .font_file2(file);
        let length = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
        let packed = compressed(&bytes);
        pdf.stream(file, &packed).filter(Filter::FlateDecode).pair(Name(b"Length1"), length);

        let glyph = |character: &char| face.glyph_index(*character).map_or(0, |glyph| usize::from(glyph.0));
        let map: Vec<u8> =
            std::iter::once(0).chain(self.characters.iter().map(glyph)).flat_map(two_bytes).collect();
        pdf.stream(outlines, &compressed(&map)).filter(Filter::FlateDecode);
        let mut meanings = UnicodeCmap::new(Name(b"Characters"), SYSTEM);
        for (code, character) in (1u16..).zip(&self.characters) {
            meanings.pair(code, *character);
        }
        let meanings = compressed(&meanings.finish());
        pdf.stream(unicode, &meanings).filter(Filter::FlateDecode);
    }
}

/// A number as two bytes; a figure does not use more characters than that.
fn two_bytes(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(0).to_be_bytes()
}

/// Six letters that tell this part of the font from other parts, as the format wants it: made of the characters.
fn tag(characters: &[char]) -> String {
    // FNV-1a with 64 bits.
    let digest = characters.iter().fold(0xcbf2_9ce4_8422_2325_u64, |digest, character| {
        (digest ^ u64::from(u32::from(*character))).wrapping_mul(0x0100_0000_01b3)
    });
    (0..6)
        .scan(digest, |rest, _| {
            let letter = u8::try_from(*rest % 26).unwrap_or(0);
            *rest /= 26;
            Some(char::from(b'A' + letter))
        })
        .collect()
}
