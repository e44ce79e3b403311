//! Multiple-response sets: lines of an extension.

use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::labelled::texts::Texts;
use crate::ingest::labelled::{Set, SetKind};

use super::dictionary::Dictionary;
use super::extensions::subtype;
use super::variables::{Made, whole};

/// The sets of a file, and those that could not be understood.
#[derive(Debug, Default)]
pub(super) struct Sets {
    pub(super) sets: Vec<Set>,
    /// Sets that name a variable which is not there, or that cannot be read.
    left_out: Vec<String>,
}

impl Sets {
    /// What to say about the sets that are left out.
    pub(super) fn notes(&self, file: &FileId) -> Vec<Diag> {
        let note = |name: &String| {
            let message =
                format!("the multiple-response set {name} cannot be made of the variables of the file");
            Diag::warning(codes::COLUMN_NOT_UNDERSTOOD, Place::file(file), message)
                .help("its variables are questions of their own; define the set again in SPSS, or the question in the study file")
        };
        self.left_out.iter().map(note).collect()
    }
}

/// A set as its line says it.
#[derive(Debug, PartialEq)]
struct Line<'a> {
    name: &'a [u8],
    label: &'a [u8],
    /// The counted value of dichotomies.
    counted: Option<&'a [u8]>,
    named_by_value: bool,
    variables: &'a [u8],
}

/// Reads the sets of both extensions that hold them.
pub(super) fn read(dictionary: &Dictionary<'_>, made: &Made, texts: &mut Texts) -> Sets {
    let mut sets = Sets::default();
    for subtype in [subtype::SETS, subtype::NEWER_SETS] {
        let extensions = dictionary.extensions.iter().filter(|(known, _)| *known == subtype);
        for (_, bytes) in extensions {
            let mut rest = bytes.rest();
            while let Some(start) = rest.iter().position(|byte| *byte == b'$') {
                rest = &rest[start..];
                let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                match line(rest) {
                    Some((line, after)) => {
                        match set(&line, made, texts) {
                            Some(set) if sets.sets.iter().any(|known| known.name == set.name) => {}
                            Some(set) => sets.sets.push(set),
                            None => sets.left_out.push(format!("${}", texts.read(line.name))),
                        }
                        rest = after;
                    }
                    None => {
                        let name = rest[..end].split(|byte| *byte == b'=').next().unwrap_or_default();
                        sets.left_out.push(texts.read(name).into_owned());
                        rest = &rest[end..];
                    }
                }
            }
        }
    }
    sets
}

/// Reads a line, and what follows it. A label may hold any byte, so the lengths decide where it ends.
fn line(bytes: &[u8]) -> Option<(Line<'_>, &[u8])> {
    let equals = memchr::memchr(b'=', bytes)?;
    let name = bytes.get(1..equals)?;
    let (kind, rest) = bytes.get(equals + 1..)?.split_first()?;
    let (counted, named_by_value, rest) = match kind {
        b'C' => (None, false, rest),
        b'D' => {
            let (counted, rest) = counted_text(rest)?;
            (Some(counted), false, rest)
        }
        b'E' => {
            let rest = rest.strip_prefix(b" ")?;
            let blank = memchr::memchr(b' ', rest)?;
            let (counted, rest) = counted_text(&rest[blank + 1..])?;
            (Some(counted), true, rest)
        }
        _ => return None,
    };
    let (label, rest) = counted_text(rest.strip_prefix(b" ")?)?;
    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    let line = Line { name, label, counted, named_by_value, variables: &rest[..end] };
    Some((line, &rest[end..]))
}

/// A text with its length before it: `3 yes`.
fn counted_text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let blank = memchr::memchr(b' ', bytes)?;
    let length = whole(&bytes[..blank])?;
    bytes[blank + 1..].split_at_checked(length)
}

/// A set of variables that are all there and all of one kind.
fn set(line: &Line<'_>, made: &Made, texts: &mut Texts) -> Option<Set> {
    let mut columns: Vec<usize> = Vec::new();
    for name in line.variables.split(u8::is_ascii_whitespace).filter(|name| !name.is_empty()) {
        let column = made.named(&texts.read(name))?;
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    if columns.is_empty() {
        return None;
    }
    let kind = match line.counted {
        None => SetKind::Categories,
        Some(counted) => {
            let counted = texts.read(counted).trim().to_owned();
            // "1.00" is the number 1, which a cell has as "1".
            let number = counted
                .parse::<f64>()
                .ok()
                .filter(|_| columns.iter().all(|column| made.columns[*column].width == 0));
            let counted = number.map_or(counted, |number| {
                let mut text = String::new();
                crate::ingest::labelled::written::number(number, &mut text);
                text
            });
            SetKind::Dichotomies { counted, named_by_value: line.named_by_value }
        }
    };
    Some(Set {
        name: texts.read(line.name).into_owned(),
        label: texts.read(line.label).into_owned(),
        columns,
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_sets_are_read_by_their_lengths() {
        let text = b"$a=C 10 my mcgroup a b c\n$b=D2 55 0  g e f d\n$c=E 11 1 1 5 x\ny z p q\n";
        let (a, rest) = line(text).unwrap();
        assert_eq!(
            (a.name, a.label, a.counted, a.variables),
            (&b"a"[..], &b"my mcgroup"[..], None, &b" a b c"[..])
        );
        let (b, rest) = line(&rest[1..]).unwrap();
        assert_eq!((b.name, b.label, b.counted), (&b"b"[..], &b""[..], Some(&b"55"[..])));
        let (c, rest) = line(&rest[1..]).unwrap();
        // A label may hold the end of a line.
        assert_eq!((c.label, c.counted, c.named_by_value), (&b"x\ny z"[..], Some(&b"1"[..]), true));
        assert_eq!((c.variables, rest), (&b" p q"[..], &b"\n"[..]));
        assert_eq!(line(b"$d=D9 1 0  a"), None);
        assert_eq!(line(b"$d=X"), None);
    }
}
