//! What differs between the formats: the widths of names, labels and numbers, and how values are coded.

/// A format and the order of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) release: u16,
    /// Whether the first byte of a number is its highest.
    pub(super) big: bool,
}

impl Layout {
    /// Names of variables and of tables of value labels.
    pub(super) fn name(self) -> usize {
        match self.release {
            ..109 => 9,
            109..118 => 33,
            _ => 129,
        }
    }

    /// Display formats.
    pub(super) fn format(self) -> usize {
        match self.release {
            ..114 => 12,
            114..118 => 49,
            _ => 57,
        }
    }

    /// Labels of variables, and that of the data in formats without tags.
    pub(super) fn label(self) -> usize {
        match self.release {
            ..106 => 32,
            106..118 => 81,
            _ => 321,
        }
    }

    /// Whether there is more than one missing value of a number.
    pub(super) fn has_tags(self) -> bool {
        self.release >= 113
    }
}

/// How the values of a variable are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Byte,
    Int,
    Long,
    Float,
    Double,
    /// A text of this many bytes.
    Text(usize),
    /// A reference to a long string.
    LongText,
}

impl Type {
    /// The type that a code of the format stands for.
    pub(super) fn of(code: u16, release: u16) -> Option<Self> {
        match release {
            117.. => match code {
                1..=2045 => Some(Self::Text(usize::from(code))),
                32768 => Some(Self::LongText),
                65526 => Some(Self::Double),
                65527 => Some(Self::Float),
                65528 => Some(Self::Long),
                65529 => Some(Self::Int),
                65530 => Some(Self::Byte),
                _ => None,
            },
            111.. => match code {
                1..=244 => Some(Self::Text(usize::from(code))),
                251 => Some(Self::Byte),
                252 => Some(Self::Int),
                253 => Some(Self::Long),
                254 => Some(Self::Float),
                255 => Some(Self::Double),
                _ => None,
            },
            _ => match u8::try_from(code).ok()? {
                b'b' => Some(Self::Byte),
                b'i' => Some(Self::Int),
                b'l' => Some(Self::Long),
                b'f' => Some(Self::Float),
                b'd' => Some(Self::Double),
                // A text of a length, to which 127 is added.
                length @ 128.. => Some(Self::Text(usize::from(length - 127))),
                _ => None,
            },
        }
    }

    /// The bytes of a value.
    pub(super) fn width(self) -> usize {
        match self {
            Self::Byte => 1,
            Self::Int => 2,
            Self::Long | Self::Float => 4,
            Self::Double | Self::LongText => 8,
            Self::Text(width) => width,
        }
    }
}
