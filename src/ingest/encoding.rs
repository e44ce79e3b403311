//! Bytes to text: byte order marks, UTF-16, UTF-8, and Windows-1252 when nothing else fits. No byte makes it fail.

use std::borrow::Cow;

/// The encoding in which a text was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, with a mark or recognised by its zero bytes.
    Utf16,
    /// Windows-1252, assumed because the bytes are not valid UTF-8 from this line on (1-based).
    Windows1252 {
        /// The first line with a byte that is not UTF-8.
        line: u32,
        /// That byte.
        byte: u8,
    },
}

/// Decodes bytes and takes a byte order mark off.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8_or_1252(rest),
        [0xFF, 0xFE, rest @ ..] => (Cow::Owned(utf16(rest, u16::from_le_bytes)), Encoding::Utf16),
        [0xFE, 0xFF, rest @ ..] => (Cow::Owned(utf16(rest, u16::from_be_bytes)), Encoding::Utf16),
        _ => match zero_bytes(bytes) {
            Zeros::Odd => (Cow::Owned(utf16(bytes, u16::from_le_bytes)), Encoding::Utf16),
            Zeros::Even => (Cow::Owned(utf16(bytes, u16::from_be_bytes)), Encoding::Utf16),
            Zeros::Neither => utf8_or_1252(bytes),
        },
    }
}

/// Where the zero bytes of a text stand, which in UTF-16 of any western text are the high halves.
enum Zeros {
    Even,
    Odd,
    Neither,
}

fn zero_bytes(bytes: &[u8]) -> Zeros {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = |count: usize| count > 0 && count * 10 >= head.len() / 2 * 3;
    match (many(even), many(odd)) {
        (true, false) => Zeros::Even,
        (false, true) => Zeros::Odd,
        _ => Zeros::Neither,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [low, high] => unit([*low, *high]),
        // A file that was cut within a character.
        _ => 0xFFFD,
    });
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn utf8_or_1252(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
        Err(error) => {
            let (before, after) = bytes.split_at(error.valid_up_to());
            let line = u32::try_from(before.split(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX);
            let byte = after.first().copied().unwrap_or(0);
            let text = bytes.iter().map(|byte| windows_1252(*byte)).collect();
            (Cow::Owned(text), Encoding::Windows1252 { line, byte })
        }
    }
}

/// The WHATWG index of windows-1252: Latin-1 but for 0x80 to 0x9F.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}',
        '\u{2C6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}', '\u{90}',
        '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2DC}',
        '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_taken_off_before_any_quote_is_seen() {
        let (text, encoding) = decode(b"\xEF\xBB\xBF\"id\",q\n");
        assert_eq!((text.as_ref(), encoding), ("\"id\",q\n", Encoding::Utf8));
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        let text = "id\tQ1\nR_1\tö\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            &little,
            &big,
            &[&[0xFF, 0xFE], little.as_slice()].concat(),
            &[&[0xFE, 0xFF], big.as_slice()].concat(),
        ] {
            assert_eq!(decode(bytes), (Cow::Borrowed(text), Encoding::Utf16));
        }
    }

    #[test]
    fn what_is_not_utf_8_is_windows_1252_and_says_where_it_begins() {
        let (text, encoding) = decode(b"q\nna\xEFve \x93ok\x94\n");
        assert_eq!(text, "q\nna\u{EF}ve \u{201C}ok\u{201D}\n");
        assert_eq!(encoding, Encoding::Windows1252 { line: 2, byte: 0xEF });
    }

    #[test]
    fn every_byte_is_some_character() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&all).0.chars().count(), 256);
        assert_eq!(decode(&[0xFF, 0xFE, 0x41]).0, "\u{FFFD}");
        assert_eq!(decode(&[0xFF, 0xFE, 0x00, 0xD8]).0, "\u{FFFD}");
    }
}
