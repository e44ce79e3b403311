//! Texts in the encoding that a file declares, or in the one that is assumed where it declares none.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::diag::{Diag, FileId, Place, codes};

/// Decodes the texts of a file and remembers what was assumed.
#[derive(Debug)]
pub(in crate::ingest) struct Texts {
    /// The encoding that the file declares.
    declared: Option<&'static Encoding>,
    /// What the file says of its encoding, if that means nothing that is known.
    unknown: Option<String>,
    /// Texts that were read as Windows-1252 because nothing says what they are.
    assumed: u64,
    /// Texts with bytes that are not of the declared encoding.
    damaged: u64,
    /// Texts that end within a character, because the file has no room for the rest.
    cut: u64,
}

impl Texts {
    /// Texts in an encoding that the file declares by its name.
    pub(in crate::ingest) fn named(name: &str) -> Self {
        let name = name.trim();
        let number = name.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok();
        let declared = Encoding::for_label(name.as_bytes()).or_else(|| number.and_then(code_page));
        if matches!(name.to_ascii_lowercase().as_str(), "us-ascii" | "ascii") {
            return Self::undeclared();
        }
        let unknown = declared.is_none().then(|| name.to_owned());
        Self { declared, unknown, ..Self::undeclared() }
    }

    /// Texts in a code page that the file declares by its number.
    pub(in crate::ingest) fn numbered(number: u32) -> Self {
        // 2 and 3 say seven and eight bits, of which only the first half is the same everywhere.
        let unknown = (!matches!(number, 0 | 2 | 3) && code_page(number).is_none())
            .then(|| format!("code page {number}"));
        Self { declared: code_page(number), unknown, ..Self::undeclared() }
    }

    /// Texts of a file that does not say what they are: UTF-8 where they are valid, else Windows-1252.
    pub(in crate::ingest) fn undeclared() -> Self {
        Self { declared: None, unknown: None, assumed: 0, damaged: 0, cut: 0 }
    }

    /// Texts in UTF-8.
    pub(in crate::ingest) fn utf_8() -> Self {
        Self { declared: Some(UTF_8), ..Self::undeclared() }
    }

    /// Decodes a text. No byte makes it fail.
    pub(in crate::ingest) fn read<'b>(&mut self, bytes: &'b [u8]) -> Cow<'b, str> {
        if bytes.is_ascii()
            && self.declared.is_none_or(Encoding::is_ascii_compatible)
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return Cow::Borrowed(text);
        }
        let Some(encoding) = self.declared else {
            return match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => {
                    self.assumed += 1;
                    WINDOWS_1252.decode_without_bom_handling(bytes).0
                }
            };
        };
        if encoding == UTF_8
            && let Err(error) = std::str::from_utf8(bytes)
            && error.error_len().is_none()
            && let Ok(text) = std::str::from_utf8(&bytes[..error.valid_up_to()])
        {
            self.cut += 1;
            return Cow::Borrowed(text);
        }
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        self.damaged += u64::from(bad);
        text
    }

    /// What to say of the encoding.
    pub(in crate::ingest) fn notes(&self, file: &FileId) -> Vec<Diag> {
        let warning = |message: String, help: &str| {
            Diag::warning(codes::ENCODING_ASSUMED, Place::file(file), message).help(help)
        };
        let mut notes = Vec::new();
        if self.assumed > 0 {
            let why = match &self.unknown {
                Some(name) => format!("the encoding of the file, {name}, is not known"),
                None => "nothing says in which encoding the file is".to_owned(),
            };
            let help = "open it in the program that wrote it and save it again in Unicode (UTF-8)";
            notes.push(warning(format!("{why}: {} texts are read as Windows-1252", self.assumed), help));
        }
        if self.damaged > 0 {
            let name = self.declared.map_or("", Encoding::name);
            let message =
                format!("{} texts are not valid {name}, as which the file declares them", self.damaged);
            notes.push(warning(message, "each byte that is not shows as \u{FFFD}; texts may have been cut"));
        }
        if self.cut > 0 {
            let message = format!(
                "{} texts end within a character: the file has no room for the rest of them",
                self.cut
            );
            notes.push(warning(message, "the letters before it are read"));
        }
        notes
    }
}

/// The encoding of a code page of Windows or of the standards that share its numbers.
fn code_page(number: u32) -> Option<&'static Encoding> {
    let label = match number {
        65001 => "utf-8",
        866 => "ibm866",
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 | 51949 => "euc-kr",
        950 => "big5",
        10000 => "macintosh",
        1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()),
        20866 => "koi8-r",
        21866 => "koi8-u",
        20932 | 51932 => "euc-jp",
        28591..=28606 => return Encoding::for_label(format!("iso-8859-{}", number - 28590).as_bytes()),
        54936 => "gb18030",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mut texts: Texts, bytes: &[u8]) -> (String, Vec<String>) {
        let text = texts.read(bytes).into_owned();
        (text, texts.notes(&FileId::new("a.sav")).into_iter().map(|note| note.message).collect())
    }

    #[test]
    fn v_03_texts_are_read_in_the_declared_encoding() {
        for (texts, bytes, expected) in [
            (Texts::named("UTF-8"), "caf\u{E9}".as_bytes(), "caf\u{E9}"),
            (Texts::named("windows-1255"), b"\xF9\xEC\xE5\xED", "\u{5E9}\u{5DC}\u{5D5}\u{5DD}"),
            (Texts::named("CP1251"), b"\xC4\xE0", "\u{414}\u{430}"),
            (Texts::numbered(1252), b"\x80", "\u{20AC}"),
            (Texts::numbered(28592), b"\xB3", "\u{142}"),
            (Texts::numbered(932), b"\x83\x65", "\u{30C6}"),
            (Texts::undeclared(), "caf\u{E9}".as_bytes(), "caf\u{E9}"),
        ] {
            assert_eq!(read(texts, bytes), (expected.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn v_03_a_file_that_says_ascii_and_is_not_is_read_as_windows_1252_with_a_warning() {
        for texts in [Texts::numbered(2), Texts::named("us-ascii"), Texts::named("martian")] {
            let (text, notes) = read(texts, b"na\xEFve");
            assert_eq!((text.as_str(), notes.len()), ("na\u{EF}ve", 1), "{notes:?}");
        }
    }

    #[test]
    fn bytes_that_are_not_of_the_declared_encoding_are_counted() {
        let (text, notes) = read(Texts::utf_8(), b"caf\xFF");
        assert_eq!(text, "caf\u{FFFD}");
        let (text, cut) = read(Texts::utf_8(), b"caf\xC3");
        assert_eq!((text.as_str(), cut.len()), ("caf", 1));
        assert_eq!(notes, ["1 texts are not valid UTF-8, as which the file declares them"]);
    }
}
