//! A TrueType font cut down to the characters that a figure uses, so that the figure can carry it.
//!
//! Outlines, widths, vertical measures and names (with the licence) stay as they are; glyphs are numbered anew;
//! kerning and substitution are left out, as the drawing does without them. The result is a function of the font and
//! the set of characters.

use std::collections::{BTreeMap, BTreeSet};

use ttf_parser::{RawFace, Tag};

/// Cuts a font down to `characters`; those that it lacks are passed over. `None` if the font is not of the plain
/// TrueType kind, so that the whole font has to be used.
pub(crate) fn subset(font: &[u8], characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let face = ttf_parser::Face::parse(font, 0).ok()?;
    let raw = RawFace::parse(font, 0).ok()?;
    let table = |name: &[u8; 4]| raw.table(Tag::from_bytes(name));
    let outlines =
        Outlines { glyf: table(b"glyf")?, loca: table(b"loca")?, long: u16_at(table(b"head")?, 50)? == 1 };
    let mapped: Vec<(char, u16)> = characters
        .iter()
        .filter_map(|character| Some((*character, face.glyph_index(*character)?.0)))
        .collect();
    let kept = outlines.closure(mapped.iter().map(|(_, glyph)| *glyph))?;
    let renumbered: BTreeMap<u16, u16> = kept.iter().copied().zip(0..).collect();

    let mut glyf = Vec::new();
    let mut loca = Vec::new();
    let mut hmtx = Vec::new();
    for glyph in &kept {
        loca.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
        glyf.extend(renumber_parts(outlines.glyph(*glyph)?, &renumbered)?);
        glyf.resize(glyf.len().next_multiple_of(4), 0);
        let id = ttf_parser::GlyphId(*glyph);
        hmtx.extend(face.glyph_hor_advance(id)?.to_be_bytes());
        hmtx.extend(face.glyph_hor_side_bearing(id).unwrap_or(0).to_be_bytes());
    }
    loca.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
    let n = u16::try_from(kept.len()).ok()?;

    let mut head = table(b"head")?.to_vec();
    write_at(&mut head, 8, &[0; 4])?;
    write_at(&mut head, 50, &1u16.to_be_bytes())?;
    let mut hhea = table(b"hhea")?.to_vec();
    write_at(&mut hhea, 34, &n.to_be_bytes())?;
    let mut maxp = table(b"maxp")?.to_vec();
    write_at(&mut maxp, 4, &n.to_be_bytes())?;
    let mut post = table(b"post")?.get(..32)?.to_vec();
    // Version 3: no glyph names.
    write_at(&mut post, 0, &0x0003_0000u32.to_be_bytes())?;
    // In order of their tags, as the format wants it.
    let tables: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"OS/2", table(b"OS/2")?.to_vec()),
        (b"cmap", character_map(&mapped, &renumbered)?),
        (b"glyf", glyf),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
        (b"name", table(b"name")?.to_vec()),
        (b"post", post),
    ];
    assemble(&tables)
}

/// The outlines of a font and where each starts.
struct Outlines<'a> {
    glyf: &'a [u8],
    loca: &'a [u8],
    long: bool,
}

impl<'a> Outlines<'a> {
    fn start(&self, glyph: usize) -> Option<usize> {
        if self.long {
            usize::try_from(u32_at(self.loca, glyph * 4)?).ok()
        } else {
            Some(usize::from(u16_at(self.loca, glyph * 2)?) * 2)
        }
    }

    fn glyph(&self, glyph: u16) -> Option<&'a [u8]> {
        let glyph = usize::from(glyph);
        self.glyf.get(self.start(glyph)?..self.start(glyph + 1)?)
    }

    /// The glyphs, the one for lacking characters, and every glyph that is a part of one of them.
    fn closure(&self, glyphs: impl Iterator<Item = u16>) -> Option<BTreeSet<u16>> {
        let mut kept = BTreeSet::new();
        let mut waiting: Vec<u16> = std::iter::once(0).chain(glyphs).collect();
        while let Some(glyph) = waiting.pop() {
            if kept.insert(glyph) {
                let outline = self.glyph(glyph)?;
                for place in parts(outline)? {
                    waiting.push(u16_at(outline, place)?);
                }
            }
        }
        Some(kept)
    }
}

/// Where a composite outline names its parts; empty for a simple one.
fn parts(outline: &[u8]) -> Option<Vec<usize>> {
    const WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const MATRIX: u16 = 0x0080;
    let mut places = Vec::new();
    let simple = outline.first().is_none_or(|first| first & 0x80 == 0);
    if simple {
        return Some(places);
    }
    let mut at = 10;
    loop {
        let flags = u16_at(outline, at)?;
        places.push(at + 2);
        at += if flags & WORDS == 0 { 6 } else { 8 };
        at += if flags & SCALE != 0 {
            2
        } else if flags & TWO_SCALES != 0 {
            4
        } else if flags & MATRIX != 0 {
            8
        } else {
            0
        };
        if flags & MORE == 0 {
            return Some(places);
        }
    }
}

fn renumber_parts(outline: &[u8], renumbered: &BTreeMap<u16, u16>) -> Option<Vec<u8>> {
    let mut outline = outline.to_vec();
    for place in parts(&outline)? {
        let new = renumbered.get(&u16_at(&outline, place)?)?;
        write_at(&mut outline, place, &new.to_be_bytes())?;
    }
    Some(outline)
}

/// A character map of format 12: runs of characters.
fn character_map(mapped: &[(char, u16)], renumbered: &BTreeMap<u16, u16>) -> Option<Vec<u8>> {
    let groups = u32::try_from(mapped.len()).ok()?;
    let mut map = Vec::new();
    map.extend([0u16, 1, 3, 10].iter().flat_map(|word| word.to_be_bytes()));
    map.extend(12u32.to_be_bytes());
    map.extend([12u16, 0].iter().flat_map(|word| word.to_be_bytes()));
    map.extend([16 + 12 * groups, 0, groups].iter().flat_map(|word| word.to_be_bytes()));
    for (character, glyph) in mapped {
        let code = u32::from(*character);
        let glyph = u32::from(*renumbered.get(glyph)?);
        map.extend([code, code, glyph].iter().flat_map(|word| word.to_be_bytes()));
    }
    Some(map)
}

/// Puts tables into a font file, with its directory and checksums.
fn assemble(tables: &[(&[u8; 4], Vec<u8>)]) -> Option<Vec<u8>> {
    let n = u16::try_from(tables.len()).ok()?;
    let power = n.checked_ilog2()?;
    let range = (1u16 << power) * 16;
    let mut file = 0x0001_0000u32.to_be_bytes().to_vec();
    for word in [n, range, u16::try_from(power).ok()?, n * 16 - range] {
        file.extend(word.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    let mut head = None;
    for (tag, bytes) in tables {
        if *tag == b"head" {
            head = Some(offset);
        }
        file.extend(*tag);
        file.extend(checksum(bytes).to_be_bytes());
        file.extend(u32::try_from(offset).ok()?.to_be_bytes());
        file.extend(u32::try_from(bytes.len()).ok()?.to_be_bytes());
        offset += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in tables {
        file.extend(bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
    write_at(&mut file, head? + 8, &adjustment.to_be_bytes())?;
    Some(file)
}

/// The sum of big-endian words, as the format defines it.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0u32, |sum, chunk| {
        let mut word = [0; 4];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

fn write_at(bytes: &mut [u8], at: usize, new: &[u8]) -> Option<()> {
    bytes.get_mut(at..at + new.len())?.copy_from_slice(new);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::font::Weight;

    /// The outline of a character as drawing steps.
    #[derive(Default, PartialEq, Debug)]
    struct Steps(Vec<(char, Vec<f32>)>);

    impl ttf_parser::OutlineBuilder for Steps {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(('m', vec![x, y]));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(('l', vec![x, y]));
        }
        fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
            self.0.push(('q', vec![x1, y1, x, y]));
        }
        fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
            self.0.push(('c', vec![x1, y1, x2, y2, x, y]));
        }
        fn close(&mut self) {
            self.0.push(('z', Vec::new()));
        }
    }

    #[test]
    fn kept_characters_keep_their_outline_and_width() {
        for weight in [Weight::Regular, Weight::Bold] {
            // é and Ǻ are composites, the latter of composites in turn.
            let characters: BTreeSet<char> = "Agree 1−éǺй…".chars().collect();
            let whole = ttf_parser::Face::parse(weight.bytes(), 0).unwrap();
            let bytes = subset(weight.bytes(), &characters).unwrap();
            let cut = ttf_parser::Face::parse(&bytes, 0).unwrap();
            for character in characters {
                let (old, new) = (whole.glyph_index(character).unwrap(), cut.glyph_index(character).unwrap());
                assert_eq!(whole.glyph_hor_advance(old), cut.glyph_hor_advance(new), "{character}");
                let (mut old_steps, mut new_steps) = (Steps::default(), Steps::default());
                whole.outline_glyph(old, &mut old_steps);
                cut.outline_glyph(new, &mut new_steps);
                assert_eq!(old_steps, new_steps, "{character}");
            }
            assert_eq!(whole.ascender(), cut.ascender());
            assert!(cut.glyph_index('Z').is_none());
        }
    }

    #[test]
    fn a_subset_is_small_and_its_checksum_closes() {
        let characters: BTreeSet<char> = ('a'..='z').chain('0'..='9').collect();
        let bytes = subset(Weight::Regular.bytes(), &characters).unwrap();
        assert!(bytes.len() < 16_000, "{}", bytes.len());
        assert_eq!(checksum(&bytes), 0xB1B0_AFBA);
        assert_eq!(Some(bytes), subset(Weight::Regular.bytes(), &characters));
    }

    #[test]
    fn a_character_that_the_font_lacks_is_passed_over() {
        let bytes = subset(Weight::Regular.bytes(), &BTreeSet::from(['😀', 'a'])).unwrap();
        let cut = ttf_parser::Face::parse(&bytes, 0).unwrap();
        assert!(cut.glyph_index('a').is_some() && cut.glyph_index('😀').is_none());
    }

    #[test]
    fn bytes_that_are_no_font_give_nothing() {
        assert_eq!(subset(b"no font", &BTreeSet::new()), None);
    }
}
