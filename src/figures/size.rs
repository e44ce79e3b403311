//! The places that figures are made for.

use super::scene::Length;

/// The place that a figure is made for, which decides its width and the size of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// One column of a journal: 85 mm.
    Single,
    /// Two columns of a journal, or the width of a page: 180 mm.
    #[default]
    Double,
    /// A slide: 300 mm, with larger type.
    Slide,
    /// A poster: 540 mm, to be read from two metres away.
    Poster,
}

impl Size {
    /// The names of the sizes in a study file.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("single", Self::Single),
        ("double", Self::Double),
        ("slide", Self::Slide),
        ("poster", Self::Poster),
    ];

    /// The width in which it is laid out, before it is enlarged.
    pub fn width(self) -> Length {
        match self {
            Self::Single => 8_500,
            Self::Double | Self::Poster => 18_000,
            Self::Slide => 20_000,
        }
    }

    /// How much larger it is printed than laid out, in percent.
    pub fn scale(self) -> u16 {
        match self {
            Self::Single | Self::Double => 100,
            Self::Slide => 150,
            Self::Poster => 300,
        }
    }

    /// The resolution of its pictures, in dots per inch: what journals ask of print, and what a projector or a poster shows.
    pub fn dpi(self) -> u16 {
        match self {
            Self::Single | Self::Double => 300,
            Self::Slide | Self::Poster => 150,
        }
    }
}
