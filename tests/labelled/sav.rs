//! Writes small SPSS system files, byte by byte.

use std::io::Write as _;

/// A cell.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Number(f64),
    Nothing,
    Text(Vec<u8>),
}

pub(crate) fn text(text: &str) -> Cell {
    Cell::Text(text.as_bytes().to_vec())
}

pub(crate) use Cell::{Nothing, Number};

/// A variable: a number if its width is 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    pub(crate) width: usize,
    pub(crate) label: Option<&'static str>,
    /// How many missing values are declared: -2 and -3 for a range.
    pub(crate) missing: (i32, Vec<f64>),
    pub(crate) format: u8,
}

pub(crate) fn number(name: &'static str) -> Variable {
    Variable { name, format: 5, ..Variable::default() }
}

pub(crate) fn string(name: &'static str, width: usize) -> Variable {
    Variable { name, width, format: 1, ..Variable::default() }
}

/// Value labels: values with labels, and the records of their variables, from 1.
pub(crate) type Labels = (Vec<(Cell, &'static [u8])>, Vec<i32>);

#[derive(Debug, Clone, Default)]
pub(crate) struct Sav {
    pub(crate) big: bool,
    /// 0, 1 or 2.
    pub(crate) compression: i32,
    pub(crate) weight: i32,
    /// The number of cases that the header claims, if not the true one.
    pub(crate) claims: Option<i32>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) labels: Vec<Labels>,
    pub(crate) extensions: Vec<(i32, i32, Vec<u8>)>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Compressed values instead of those of the rows.
    pub(crate) values: Option<Vec<u8>>,
}

const SYSMIS: f64 = -f64::MAX;

impl Sav {
    pub(crate) fn i32(&self, value: i32) -> [u8; 4] {
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn i64(&self, value: usize) -> [u8; 8] {
        let value = i64::try_from(value).unwrap();
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn f64(&self, value: f64) -> [u8; 8] {
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn size(length: usize) -> i32 {
        i32::try_from(length).unwrap()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut file = Vec::new();
        file.extend(if self.compression == 2 { b"$FL3" } else { b"$FL2" });
        file.extend(filled(b"@(#) SPSS DATA FILE test", 60));
        file.extend(self.i32(2));
        file.extend(self.i32(-1));
        file.extend(self.i32(self.compression));
        file.extend(self.i32(self.weight));
        file.extend(self.i32(self.claims.unwrap_or_else(|| Self::size(self.rows.len()))));
        file.extend(self.f64(100.0));
        file.extend(filled(b"01 Jan 2001:02:03", 17));
        file.extend(filled(b"", 64 + 3));
        for variable in &self.variables {
            self.variable(variable, &mut file);
        }
        for (labels, records) in &self.labels {
            file.extend(self.i32(3));
            file.extend(self.i32(Self::size(labels.len())));
            for (value, label) in labels {
                file.extend(self.octets(value, 8));
                file.push(u8::try_from(label.len()).unwrap());
                file.extend(filled(label, (label.len() + 1).next_multiple_of(8) - 1));
            }
            file.extend(self.i32(4));
            file.extend(self.i32(Self::size(records.len())));
            file.extend(records.iter().flat_map(|record| self.i32(*record)));
        }
        for (subtype, size, bytes) in &self.extensions {
            file.extend(self.i32(7));
            file.extend(self.i32(*subtype));
            file.extend(self.i32(*size));
            file.extend(self.i32(Self::size(bytes.len()) / size));
            file.extend(bytes);
        }
        file.extend(self.i32(999));
        file.extend(self.i32(0));
        let octets: Vec<[u8; 8]> = self.rows.iter().flat_map(|row| self.case(row)).collect();
        match self.compression {
            0 => file.extend(octets.concat()),
            1 => file.extend(self.compressed(&octets)),
            _ => match &self.values {
                Some(values) => self.blocks(values, 1 << 22, &mut file),
                None => self.blocks(&self.compressed(&octets), 40, &mut file),
            },
        }
        file
    }

    fn variable(&self, variable: &Variable, file: &mut Vec<u8>) {
        for (at, width) in segments(variable.width).into_iter().enumerate() {
            file.extend(self.i32(2));
            file.extend(self.i32(Self::size(width)));
            let label = variable.label.filter(|_| at == 0);
            file.extend(self.i32(i32::from(label.is_some())));
            let missing = if at == 0 { variable.missing.clone() } else { (0, Vec::new()) };
            file.extend(self.i32(missing.0));
            let format = i32::from(variable.format) << 16 | 8 << 8;
            file.extend(self.i32(format));
            file.extend(self.i32(format));
            let name = if at == 0 { variable.name.to_owned() } else { format!("SEG{at}") };
            file.extend(filled(name.as_bytes(), 8));
            if let Some(label) = label {
                file.extend(self.i32(Self::size(label.len())));
                file.extend(filled(label.as_bytes(), label.len().next_multiple_of(4)));
            }
            file.extend(missing.1.iter().flat_map(|value| self.f64(*value)));
            for _ in 1..width.div_ceil(8).max(1) {
                file.extend(self.i32(2));
                file.extend(self.i32(-1));
                file.extend([0; 16]);
                file.extend(filled(b"", 8));
            }
        }
    }

    fn octets(&self, cell: &Cell, width: usize) -> Vec<u8> {
        match cell {
            Cell::Number(value) => self.f64(*value).to_vec(),
            Cell::Nothing => self.f64(SYSMIS).to_vec(),
            Cell::Text(text) => filled(text, width.next_multiple_of(8)),
        }
    }

    fn case(&self, row: &[Cell]) -> Vec<[u8; 8]> {
        let mut octets = Vec::new();
        for (cell, variable) in row.iter().zip(&self.variables) {
            let mut bytes = Vec::new();
            match cell {
                Cell::Text(text) if variable.width > 255 => {
                    // Each part holds 255 bytes, whatever its room.
                    let mut text = text.as_slice();
                    for width in segments(variable.width) {
                        let (part, rest) = text.split_at(text.len().min(255));
                        bytes.extend(filled(part, width.next_multiple_of(8)));
                        text = rest;
                    }
                }
                cell => bytes = self.octets(cell, variable.width),
            }
            octets.extend(bytes.chunks_exact(8).map(|octet| <[u8; 8]>::try_from(octet).unwrap()));
        }
        octets
    }

    fn compressed(&self, octets: &[[u8; 8]]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for group in octets.chunks(8) {
            let mut commands = [0; 8];
            let mut literals: Vec<u8> = Vec::new();
            for (command, octet) in commands.iter_mut().zip(group) {
                let small = (1..=251_u8).find(|code| self.f64(f64::from(*code) - 100.0) == *octet);
                *command = match octet {
                    octet if *octet == self.f64(SYSMIS) => 255,
                    b"        " => 254,
                    octet => small.unwrap_or_else(|| {
                        literals.extend(octet);
                        253
                    }),
                };
            }
            bytes.extend(commands);
            bytes.extend(literals);
        }
        bytes.extend([252, 0, 0, 0, 0, 0, 0, 0]);
        bytes
    }

    fn blocks(&self, bytes: &[u8], size: usize, file: &mut Vec<u8>) {
        let start = file.len();
        let packed: Vec<(usize, Vec<u8>)> = bytes
            .chunks(size)
            .map(|block| {
                let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
                encoder.write_all(block).unwrap();
                (block.len(), encoder.finish().unwrap())
            })
            .collect();
        let length: usize = packed.iter().map(|(_, packed)| packed.len()).sum();
        let trailer = start + 24 + length;
        for number in [start, trailer, 24 + 24 * packed.len()] {
            file.extend(self.i64(number));
        }
        file.extend(packed.iter().flat_map(|(_, packed)| packed));
        file.extend(self.i64(0));
        file.extend(self.i64(0));
        file.extend(self.i32(Self::size(size)));
        file.extend(self.i32(Self::size(packed.len())));
        let (mut from, mut to) = (start, start + 24);
        for (size, packed) in &packed {
            file.extend(self.i64(from));
            file.extend(self.i64(to));
            file.extend(self.i32(Self::size(*size)));
            file.extend(self.i32(Self::size(packed.len())));
            from += size;
            to += packed.len();
        }
    }
}

/// The widths of the variables that hold a string.
fn segments(width: usize) -> Vec<usize> {
    if width <= 255 {
        return vec![width];
    }
    let count = width.div_ceil(252);
    (0..count).map(|at| if at + 1 < count { 255 } else { width - 252 * at }).collect()
}

/// A text filled with blanks.
fn filled(text: &[u8], length: usize) -> Vec<u8> {
    let mut filled = text.to_vec();
    filled.resize(length, b' ');
    filled
}
