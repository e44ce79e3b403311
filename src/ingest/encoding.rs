//! Bytes to text: byte order marks, UTF-16, UTF-8, and Windows-1252 when nothing else fits. No byte makes it fail.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::diag::{Diag, FileId, Place, codes};

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

/// How the bytes of a text that is read bit by bit stand for letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// UTF-8, or Windows-1252 if that does not hold.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Little,
    /// UTF-16, the high byte first.
    Utf16Big,
    /// Windows-1252.
    Windows1252,
}

/// The form of a text that begins with these bytes, and how many of them are its mark.
pub(super) fn form(start: &[u8]) -> (Form, usize) {
    match start {
        [0xEF, 0xBB, 0xBF, ..] => (Form::Utf8, 3),
        [0xFF, 0xFE, ..] => (Form::Utf16Little, 2),
        [0xFE, 0xFF, ..] => (Form::Utf16Big, 2),
        _ => match zero_bytes(start) {
            Zeros::Odd => (Form::Utf16Little, 0),
            Zeros::Even => (Form::Utf16Big, 0),
            Zeros::Neither => (Form::Utf8, 0),
        },
    }
}

/// Decodes a text as it is read. What is UTF-8 already is passed on as it is, for its reader to check.
pub(super) struct Decoder<'a> {
    reader: Box<dyn Read + Send + 'a>,
    form: Form,
    /// Bytes that begin a letter whose end is not read yet.
    rest: Vec<u8>,
}

impl<'a> Decoder<'a> {
    /// Starts behind the mark.
    pub(super) fn new(mut reader: Box<dyn Read + Send + 'a>, form: Form, mark: usize) -> io::Result<Self> {
        let mut skipped = [0; 3];
        reader.read_exact(&mut skipped[..mark])?;
        Ok(Self { reader, form, rest: Vec::new() })
    }

    /// Reads about so many bytes more into a text; false at the end.
    pub(super) fn fill(&mut self, text: &mut Vec<u8>, bytes: usize) -> io::Result<bool> {
        let bytes = bytes.max(1);
        if self.form == Form::Utf8 {
            let read = self.reader.by_ref().take(bytes as u64).read_to_end(text)?;
            return Ok(read == bytes);
        }
        let mut raw = std::mem::take(&mut self.rest);
        let read = self.reader.by_ref().take(bytes as u64).read_to_end(&mut raw)?;
        let ended = read < bytes;
        match self.form {
            Form::Utf8 | Form::Windows1252 => {
                let decoded: String = raw.iter().map(|byte| windows_1252(*byte)).collect();
                text.extend_from_slice(decoded.as_bytes());
            }
            Form::Utf16Little => self.utf16(&raw, u16::from_le_bytes, ended, text),
            Form::Utf16Big => self.utf16(&raw, u16::from_be_bytes, ended, text),
        }
        Ok(!ended)
    }

    fn utf16(&mut self, raw: &[u8], unit: fn([u8; 2]) -> u16, ended: bool, text: &mut Vec<u8>) {
        let mut whole = raw.len() & !1;
        let begins_pair = |pair: &[u8]| matches!(pair, [a, b] if (0xD800..0xDC00).contains(&unit([*a, *b])));
        if whole >= 2 && begins_pair(&raw[whole - 2..whole]) {
            whole -= 2;
        }
        let whole = if ended { raw.len() } else { whole };
        text.extend_from_slice(utf16(&raw[..whole], unit).as_bytes());
        self.rest = raw[whole..].to_vec();
    }
}

/// The first line with a byte that is not UTF-8, and that byte.
pub(super) fn first_not_utf8(reader: &mut dyn Read) -> io::Result<Option<(u32, u8)>> {
    let mut line = 1_u32;
    let mut bytes = Vec::new();
    loop {
        let read = (&mut *reader).take(1 << 20).read_to_end(&mut bytes)?;
        let (valid, bad) = match std::str::from_utf8(&bytes) {
            Ok(_) => (bytes.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some() || read == 0),
        };
        let breaks = memchr::memchr_iter(b'\n', &bytes[..valid]).count();
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        if bad {
            return Ok(Some((line, bytes.get(valid).copied().unwrap_or(0))));
        }
        if read == 0 {
            return Ok(None);
        }
        bytes.drain(..valid);
    }
}

/// The note that an encoding was assumed.
pub(super) fn assumed(file: &FileId, line: u32, byte: u8) -> Diag {
    let message = format!("byte 0x{byte:02x} is not UTF-8; the file is read as Windows-1252");
    let diag = Diag::warning(codes::ENCODING_ASSUMED, Place::row(file, line), message);
    diag.help("export again as UTF-8 if letters with accents look wrong")
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
    fn a_text_is_decoded_the_same_bit_by_bit() {
        let text = "id\tQ1\nR_1\t\u{f6}\u{1F600}\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let cut = &little[..little.len() - 1];
        for (bytes, form) in [
            (text.as_bytes(), Form::Utf8),
            (&little, Form::Utf16Little),
            (cut, Form::Utf16Little),
            (&big, Form::Utf16Big),
        ] {
            for step in 1..9 {
                let mut decoder = Decoder::new(Box::new(bytes), form, 0).unwrap();
                let mut decoded = Vec::new();
                while decoder.fill(&mut decoded, step).unwrap() {}
                let whole = if form == Form::Utf8 { text.to_owned() } else { decode(bytes).0.into_owned() };
                assert_eq!(String::from_utf8(decoded).unwrap(), whole, "{form:?} by {step}");
            }
        }
    }

    #[test]
    fn the_first_byte_that_is_not_utf_8_is_found_with_its_line() {
        assert_eq!(first_not_utf8(&mut &b"q\nna\xEFve\n"[..]).unwrap(), Some((2, 0xEF)));
        assert_eq!(first_not_utf8(&mut &b"q\ncut \xC3"[..]).unwrap(), Some((2, 0xC3)));
        assert_eq!(first_not_utf8(&mut "q\u{e9}\n".as_bytes()).unwrap(), None);
    }

    #[test]
    fn every_byte_is_some_character() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&all).0.chars().count(), 256);
        assert_eq!(decode(&[0xFF, 0xFE, 0x41]).0, "\u{FFFD}");
        assert_eq!(decode(&[0xFF, 0xFE, 0x00, 0xD8]).0, "\u{FFFD}");
    }
}
