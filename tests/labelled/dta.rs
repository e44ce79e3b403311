//! Writes small Stata files, byte by byte.

/// A cell, in the type of its variable.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Byte(i8),
    Int(i16),
    Long(i32),
    Float(u32),
    Double(u64),
    Text(&'static [u8]),
    /// The variable and case of a long string.
    Long64(u64, u64),
}

pub(crate) fn double(value: f64) -> Cell {
    Cell::Double(value.to_bits())
}

pub(crate) fn float(value: f32) -> Cell {
    Cell::Float(value.to_bits())
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    /// `b`, `i`, `l`, `f`, `d`, `L` for a long string, or 0 for a text of `width` bytes.
    pub(crate) kind: u8,
    pub(crate) width: u8,
    pub(crate) format: &'static str,
    pub(crate) table: &'static str,
    pub(crate) label: &'static str,
}

pub(crate) fn variable(name: &'static str, kind: char) -> Variable {
    Variable { name, kind: u8::try_from(kind).unwrap(), format: "%9.0g", ..Variable::default() }
}

pub(crate) fn string(name: &'static str, width: u8) -> Variable {
    Variable { name, width, format: "%9s", ..Variable::default() }
}

/// A table of value labels by its name.
pub(crate) type Table = (&'static str, Vec<(i32, &'static [u8])>);

#[derive(Debug, Clone, Default)]
pub(crate) struct Dta {
    pub(crate) release: u8,
    pub(crate) big: bool,
    pub(crate) claims: Option<u64>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) notes: Vec<(&'static str, &'static str)>,
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) strings: Vec<(u32, u64, u8, &'static [u8])>,
    pub(crate) tables: Vec<Table>,
}

impl Dta {
    /// The lowest `size` bytes of a number, in the order of the file.
    fn number(&self, value: u64, size: usize) -> Vec<u8> {
        let bytes = value.to_le_bytes();
        let mut bytes = bytes[..size].to_vec();
        if self.big {
            bytes.reverse();
        }
        bytes
    }

    fn signed(&self, value: i32) -> Vec<u8> {
        self.number(u64::from(value.cast_unsigned()), 4)
    }

    fn name(&self) -> usize {
        match self.release {
            ..109 => 9,
            109..118 => 33,
            _ => 129,
        }
    }

    fn format(&self) -> usize {
        match self.release {
            ..114 => 12,
            114..118 => 49,
            _ => 57,
        }
    }

    fn label(&self) -> usize {
        match self.release {
            ..106 => 32,
            106..118 => 81,
            _ => 321,
        }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        if self.release < 117 { self.old() } else { self.tagged() }
    }

    fn old(&self) -> Vec<u8> {
        let mut file = vec![self.release, if self.big { 1 } else { 2 }, 1, 0];
        file.extend(self.number(self.variables.len() as u64, 2));
        file.extend(self.number(self.claims.unwrap_or(self.rows.len() as u64), 4));
        file.extend(zeros(b"", self.label() + 18));
        for variable in &self.variables {
            file.push(match (self.release, variable.kind) {
                (111.., 0) => variable.width,
                (111.., kind) => {
                    251 + u8::try_from(b"bilfd".iter().position(|known| *known == kind).unwrap()).unwrap()
                }
                (_, 0) => variable.width + 127,
                (_, kind) => kind,
            });
        }
        self.each(&mut file, self.name(), |variable| variable.name);
        file.extend(vec![0; 2 * (self.variables.len() + 1)]);
        self.each(&mut file, self.format(), |variable| variable.format);
        self.each(&mut file, self.name(), |variable| variable.table);
        self.each(&mut file, self.label(), |variable| variable.label);
        let size = if self.release > 108 { 4 } else { 2 };
        for (of, says) in &self.notes {
            let note = self.note(of, says);
            file.push(1);
            file.extend(self.number(note.len() as u64, size));
            file.extend(note);
        }
        file.push(0);
        file.extend(self.number(0, size));
        self.data(&mut file);
        for (name, labels) in &self.tables {
            if self.release < 108 {
                file.extend(self.number(labels.len() as u64, 2));
                file.extend(zeros(name.as_bytes(), 10));
                file.extend(
                    labels.iter().flat_map(|(value, _)| self.number(u64::from(value.cast_unsigned()), 2)),
                );
                file.extend(labels.iter().flat_map(|(_, label)| zeros(label, 8)));
            } else {
                self.table(name, labels, &mut file);
            }
        }
        file
    }

    fn tagged(&self) -> Vec<u8> {
        let mut file =
            format!("<stata_dta><header><release>{}</release><byteorder>", self.release).into_bytes();
        file.extend(if self.big { b"MSF" } else { b"LSF" });
        file.extend(b"</byteorder><K>");
        file.extend(self.number(self.variables.len() as u64, if self.release == 119 { 4 } else { 2 }));
        file.extend(b"</K><N>");
        let cases = self.claims.unwrap_or(self.rows.len() as u64);
        file.extend(self.number(cases, if self.release == 117 { 4 } else { 8 }));
        file.extend(b"</N><label>");
        file.extend(self.number(0, if self.release == 117 { 1 } else { 2 }));
        file.extend(b"</label><timestamp>\0</timestamp></header><map>");
        file.extend([0; 14 * 8]);
        file.extend(b"</map><variable_types>");
        for variable in &self.variables {
            let code = match variable.kind {
                0 => u64::from(variable.width),
                b'L' => 32768,
                kind => 65530 - b"bilfd".iter().position(|known| *known == kind).unwrap() as u64,
            };
            file.extend(self.number(code, 2));
        }
        file.extend(b"</variable_types><varnames>");
        self.each(&mut file, self.name(), |variable| variable.name);
        file.extend(b"</varnames><sortlist>");
        let order = if self.release == 119 { 4 } else { 2 };
        file.extend(vec![0; order * (self.variables.len() + 1)]);
        file.extend(b"</sortlist><formats>");
        self.each(&mut file, self.format(), |variable| variable.format);
        file.extend(b"</formats><value_label_names>");
        self.each(&mut file, self.name(), |variable| variable.table);
        file.extend(b"</value_label_names><variable_labels>");
        self.each(&mut file, self.label(), |variable| variable.label);
        file.extend(b"</variable_labels><characteristics>");
        for (of, says) in &self.notes {
            let note = self.note(of, says);
            file.extend(b"<ch>");
            file.extend(self.number(note.len() as u64, 4));
            file.extend(note);
            file.extend(b"</ch>");
        }
        file.extend(b"</characteristics><data>");
        self.data(&mut file);
        file.extend(b"</data><strls>");
        for (variable, case, kind, text) in &self.strings {
            file.extend(b"GSO");
            file.extend(self.number(u64::from(*variable), 4));
            file.extend(self.number(*case, if self.release == 117 { 4 } else { 8 }));
            file.push(*kind);
            file.extend(self.number(text.len() as u64, 4));
            file.extend(*text);
        }
        file.extend(b"</strls><value_labels>");
        for (name, labels) in &self.tables {
            file.extend(b"<lbl>");
            self.table(name, labels, &mut file);
            file.extend(b"</lbl>");
        }
        file.extend(b"</value_labels></stata_dta>");
        file
    }

    fn each(&self, file: &mut Vec<u8>, width: usize, of: fn(&Variable) -> &'static str) {
        file.extend(self.variables.iter().flat_map(|variable| zeros(of(variable).as_bytes(), width)));
    }

    fn note(&self, of: &str, says: &str) -> Vec<u8> {
        let mut note = zeros(of.as_bytes(), self.name());
        note.extend(zeros(b"note1", self.name()));
        note.extend(says.as_bytes());
        note.push(0);
        note
    }

    fn data(&self, file: &mut Vec<u8>) {
        for row in &self.rows {
            for (cell, variable) in row.iter().zip(&self.variables) {
                file.extend(match cell {
                    Cell::Byte(value) => vec![value.cast_unsigned()],
                    Cell::Int(value) => self.number(u64::from(value.cast_unsigned()), 2),
                    Cell::Long(value) => self.signed(*value),
                    Cell::Float(bits) => self.number(u64::from(*bits), 4),
                    Cell::Double(bits) => self.number(*bits, 8),
                    Cell::Text(text) => zeros(text, usize::from(variable.width)),
                    Cell::Long64(variable, case) => {
                        let of_variable = match self.release {
                            117 => 4,
                            118 => 2,
                            _ => 3,
                        };
                        [self.number(*variable, of_variable), self.number(*case, 8 - of_variable)].concat()
                    }
                });
            }
        }
    }

    fn table(&self, name: &str, labels: &[(i32, &[u8])], file: &mut Vec<u8>) {
        let mut texts = Vec::new();
        let mut offsets = Vec::new();
        for (_, label) in labels {
            offsets.extend(self.number(texts.len() as u64, 4));
            texts.extend(*label);
            texts.push(0);
        }
        let mut table = self.number(labels.len() as u64, 4);
        table.extend(self.number(texts.len() as u64, 4));
        table.extend(offsets);
        table.extend(labels.iter().flat_map(|(value, _)| self.signed(*value)));
        table.extend(texts);
        file.extend(self.number(table.len() as u64, 4));
        file.extend(zeros(name.as_bytes(), self.name() + 3));
        file.extend(table);
    }
}

/// A text filled with zero bytes.
fn zeros(text: &[u8], length: usize) -> Vec<u8> {
    let mut filled = text.to_vec();
    filled.resize(length, 0);
    filled
}
