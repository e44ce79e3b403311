//! Format versions: which files this program can read.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name and version of a file's format. A higher minor version only adds; a higher major version changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// The name, such as `canvass.findings`.
    pub name: String,
    /// The major version.
    pub major: u32,
    /// The minor version.
    pub minor: u32,
}

/// The format of `findings.json`: name, major, minor.
pub const FINDINGS: (&str, u32, u32) = ("canvass.findings", 1, 1);
/// The format of `manifest.json`.
pub const MANIFEST: (&str, u32, u32) = ("canvass.manifest", 1, 0);

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not what a run writes.
    Malformed(String),
    /// It is of a newer format than this program knows.
    TooNew {
        /// Its major version.
        major: u32,
        /// The newest that is known.
        known: u32,
    },
    /// It is of an older format than this program reads.
    TooOld {
        /// Its major version.
        major: u32,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "it is not what a run writes: {why}"),
            Self::TooNew { major, known } => {
                write!(f, "its format is version {major}; this program knows version {known}")
            }
            Self::TooOld { major } => {
                write!(
                    f,
                    "its format is version {major}, last read by canvass {major}.x; run the study again"
                )
            }
        }
    }
}

impl Format {
    /// The format that this program writes.
    pub(super) fn current((name, major, minor): (&str, u32, u32)) -> Self {
        Self { name: name.to_owned(), major, minor }
    }

    /// Checks that this program can read the format: the same name and major version.
    pub(super) fn readable_as(&self, (name, major, _): (&str, u32, u32)) -> Result<(), Unreadable> {
        if self.name != name {
            return Err(Unreadable::Malformed(format!("it is a {}, not a {name}", self.name)));
        }
        match self.major.cmp(&major) {
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => Err(Unreadable::TooNew { major: self.major, known: major }),
            std::cmp::Ordering::Less => Err(Unreadable::TooOld { major: self.major }),
        }
    }
}

/// The part of every file that says what the rest is.
#[derive(Deserialize)]
pub(super) struct Header {
    pub(super) format: Format,
}

/// Reads a JSON file of a known format. The header is read first, so that a file of another version says so.
pub(super) fn read<T: for<'a> Deserialize<'a>>(
    bytes: &[u8],
    known: (&str, u32, u32),
) -> Result<T, Unreadable> {
    let malformed = |error: serde_json::Error| Unreadable::Malformed(error.to_string());
    let header: Header = serde_json::from_slice(bytes).map_err(malformed)?;
    header.format.readable_as(known)?;
    serde_json::from_slice(bytes).map_err(malformed)
}

/// Writes a JSON file, indented, ending in a newline.
pub(super) fn write<T: Serialize>(file: &T) -> Vec<u8> {
    // Serialising records of text, numbers and lists into memory cannot fail.
    let mut bytes = serde_json::to_vec_pretty(file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(major: u32) -> Format {
        Format { name: FINDINGS.0.to_owned(), major, minor: 99 }
    }

    #[test]
    fn a_newer_minor_version_can_be_read_another_major_cannot() {
        assert_eq!(at(1).readable_as(FINDINGS), Ok(()));
        assert_eq!(at(2).readable_as(FINDINGS), Err(Unreadable::TooNew { major: 2, known: 1 }));
        assert_eq!(at(0).readable_as(FINDINGS), Err(Unreadable::TooOld { major: 0 }));
        assert!(matches!(at(1).readable_as(MANIFEST), Err(Unreadable::Malformed(_))));
    }
}
