//! The cases of a system file, read one by one.

use crate::diag::FileId;
use crate::ingest::labelled::bytes::{Bytes, Fault, unfilled};
use crate::ingest::labelled::texts::Texts;
use crate::ingest::{RawTable, TableBuilder};

use super::dictionary::{Compression, Dictionary};
use super::extensions;
use super::variables::{Column, Made};
use super::zlib::Blocks;

/// Values that a file may hold whatever its size; beyond them only so many for each of its bytes. A compressed file of
/// nothing can claim to hold more than any machine has room for.
const VALUES: u64 = 1 << 24;
const VALUES_FOR_EACH_BYTE: u64 = 64;

/// Reads the cases into a table.
pub(super) fn read(
    file: &FileId,
    dictionary: &Dictionary<'_>,
    made: &mut Made,
    texts: &mut Texts,
) -> Result<RawTable, Fault> {
    let names = made.columns.iter().map(|column| column.variable.name.clone()).collect();
    let mut table = TableBuilder::new(file, names);
    let mut values = Values::new(dictionary)?;
    let missing = extensions::system_missing(dictionary).to_bits();
    let cases = extensions::cases(dictionary);
    let width = dictionary.records.len();
    let mut left = VALUES.saturating_add(VALUES_FOR_EACH_BYTE.saturating_mul(dictionary.file.len() as u64));
    let mut case: Vec<u8> = Vec::with_capacity(width * 8);
    let mut row = Row::default();
    let mut count = 0_u64;
    while cases.is_none_or(|cases| count < cases) && values.case(width, &mut case)? {
        left = left
            .checked_sub(width as u64)
            .ok_or_else(|| Fault("it unpacks to more values than a file of its size can hold".to_owned()))?;
        count += 1;
        row.clear();
        for column in &mut made.columns {
            row.cell(column, &case, dictionary, missing, texts);
        }
        let line = u32::try_from(count).unwrap_or(u32::MAX);
        table.push(line, row.cells());
    }
    match cases {
        Some(cases) if count < cases => Err(Fault(format!("it ends after {count} of {cases} cases"))),
        _ => Ok(table.finish()),
    }
}

/// The texts of one case, in one buffer.
#[derive(Debug, Default)]
struct Row {
    text: String,
    ends: Vec<usize>,
    joined: Vec<u8>,
}

impl Row {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn cell(
        &mut self,
        column: &mut Column,
        case: &[u8],
        dictionary: &Dictionary<'_>,
        missing: u64,
        texts: &mut Texts,
    ) {
        if column.width == 0 {
            let at = column.parts.first().map_or(0, |(first, _)| first * 8);
            if let Some(octet) = case.get(at..).and_then(<[u8]>::first_chunk::<8>) {
                let value = dictionary.number(*octet);
                if value.to_bits() != missing {
                    column.write(value, &mut self.text);
                }
            }
        } else if let [(first, octets)] = column.parts.as_slice() {
            let bytes = &case[first * 8..(first + octets) * 8];
            self.text.push_str(&texts.read(unfilled(&bytes[..column.width.min(bytes.len())])));
        } else {
            // Each part of a very long string holds 255 bytes, whatever room it has.
            self.joined.clear();
            for (first, octets) in &column.parts {
                let bytes = &case[first * 8..(first + octets) * 8];
                self.joined.extend(&bytes[..bytes.len().min(255)]);
            }
            self.joined.truncate(column.width);
            self.text.push_str(&texts.read(unfilled(&self.joined)));
        }
        self.ends.push(self.text.len());
    }

    fn cells(&self) -> impl Iterator<Item = Option<&str>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.text.get(start..*end))
    }
}

/// The values of the cases, eight bytes each.
struct Values<'a> {
    source: Source<'a>,
    /// Commands of which not all have been followed; none where values are not compressed.
    commands: Option<([u8; 8], usize)>,
    bias: f64,
    dictionary: &'a Dictionary<'a>,
}

enum Source<'a> {
    Plain(Bytes<'a>),
    Blocks { blocks: Blocks<'a>, rest: Vec<u8>, at: usize },
}

impl<'a> Values<'a> {
    fn new(dictionary: &'a Dictionary<'a>) -> Result<Self, Fault> {
        let source = match dictionary.compression {
            Compression::None | Compression::Bytes => Source::Plain(dictionary.data),
            Compression::Zlib => {
                Source::Blocks { blocks: Blocks::find(dictionary)?, rest: Vec::new(), at: 0 }
            }
        };
        let compressed = dictionary.compression != Compression::None;
        let commands = compressed.then_some(([0; 8], 8));
        Ok(Self { source, commands, bias: dictionary.bias, dictionary })
    }

    /// Reads a case; `false` where the cases end.
    fn case(&mut self, width: usize, case: &mut Vec<u8>) -> Result<bool, Fault> {
        case.clear();
        for position in 0..width {
            match self.value()? {
                Some(octet) => case.extend(octet),
                None if position == 0 => return Ok(false),
                None => return Err(Fault::ends("a case")),
            }
        }
        Ok(true)
    }

    fn value(&mut self) -> Result<Option<[u8; 8]>, Fault> {
        let Some((mut commands, mut at)) = self.commands else { return self.source.octet() };
        loop {
            if at == 8 {
                let Some(octet) = self.source.octet()? else { return Ok(None) };
                (commands, at) = (octet, 0);
            }
            let command = commands[at];
            at += 1;
            self.commands = Some((commands, at));
            return Ok(Some(match command {
                0 => continue,
                252 => {
                    // Nothing follows, whatever stands there.
                    self.commands = Some((commands, at - 1));
                    return Ok(None);
                }
                253 => match self.source.octet()? {
                    Some(octet) => octet,
                    None => return Err(Fault::ends("a case")),
                },
                254 => [b' '; 8],
                255 => self.dictionary.octet(extensions::system_missing(self.dictionary)),
                code => self.dictionary.octet(f64::from(code) - self.bias),
            }));
        }
    }
}

impl Source<'_> {
    /// The next eight bytes; `None` at the end.
    fn octet(&mut self) -> Result<Option<[u8; 8]>, Fault> {
        match self {
            Self::Plain(bytes) if bytes.rest().is_empty() => Ok(None),
            Self::Plain(bytes) => bytes.array("a case").map(Some),
            Self::Blocks { blocks, rest, at } => {
                while rest.len() - *at < 8 {
                    rest.drain(..*at);
                    *at = 0;
                    match blocks.next()? {
                        Some(block) => rest.extend(block),
                        None if rest.is_empty() => return Ok(None),
                        None => return Err(Fault::ends("a case")),
                    }
                }
                let octet = rest.get(*at..).and_then(<[u8]>::first_chunk::<8>).copied();
                *at += 8;
                Ok(octet)
            }
        }
    }
}
