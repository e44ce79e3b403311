//! Themes: the colours of every paint, chosen so that text on them can be read and that people who see colours
//! differently can tell them apart. The tests compute both.
//!
//! No colour is the only sign of anything: segments stand in the order of the legend and carry their counts.

mod colour;
mod dark;
mod grey;
mod light;
#[cfg(test)]
mod tests;

pub use colour::Colour;

use super::paint::{Fill, Paint};

/// The colours of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on near black.
    Dark,
    /// Greys on white.
    Grey,
}

impl Theme {
    /// The names of the themes in a study file.
    pub const NAMES: [(&'static str, Self); 3] =
        [("light", Self::Light), ("dark", Self::Dark), ("grey", Self::Grey)];

    /// The colour of a paint.
    pub fn colour(self, paint: Paint) -> Colour {
        let palette = self.palette();
        match paint {
            Paint::Ink => palette.ink,
            Paint::Quiet => palette.quiet,
            Paint::Rule => palette.rule,
            Paint::Edge => palette.edge,
            Paint::Fill(fill) => palette.fill(fill),
            Paint::On(fill) => colour::text_on(palette.fill(fill)),
        }
    }

    fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &light::PALETTE,
            Self::Dark => &dark::PALETTE,
            Self::Grey => &grey::PALETTE,
        }
    }
}

/// The colours of a theme.
struct Palette {
    ink: Colour,
    quiet: Colour,
    rule: Colour,
    edge: Colour,
    page: Colour,
    room: Colour,
    bar: Colour,
    /// The middle point of a scale.
    neutral: Colour,
    /// The low side of a scale from the end to the middle, for one to five points.
    low: [&'static [Colour]; 5],
    /// The high side of a scale from the end to the middle, for one to five points.
    high: [&'static [Colour]; 5],
    /// Ranks from the first to the last, for one to eight ranks.
    ranks: [&'static [Colour]; 8],
    /// Groups or lines.
    series: &'static [Colour],
    /// Amounts from nothing to the largest, at equal distances.
    heat: &'static [Colour],
}

impl Palette {
    fn fill(&self, fill: Fill) -> Colour {
        match fill {
            Fill::Page => self.page,
            Fill::Room => self.room,
            Fill::Bar => self.bar,
            Fill::Point { at, of } => self.point(usize::from(at), usize::from(of)),
            Fill::Rank { at, of } => {
                of_ramp(&self.ranks, usize::from(at), usize::from(of)).unwrap_or(self.bar)
            }
            Fill::Series(at) => {
                let at = usize::from(at) % self.series.len().max(1);
                self.series.get(at).copied().unwrap_or(self.bar)
            }
            Fill::Heat(thousandths) => colour::between(self.heat, thousandths),
        }
    }

    /// A point of a scale; an odd number of points has the neutral colour in the middle.
    ///
    /// Beyond eleven points neighbours may share a colour: their order and counts tell them apart.
    fn point(&self, at: usize, of: usize) -> Colour {
        let side = of / 2;
        let colour = if at < side {
            of_ramp(&self.low, at, side)
        } else if at >= of - side {
            of_ramp(&self.high, of.saturating_sub(1).saturating_sub(at), side)
        } else {
            None
        };
        colour.unwrap_or(self.neutral)
    }
}

/// One of `n` colours: of the row of `n`, or of the longest row spread over `n`.
fn of_ramp(rows: &[&[Colour]], at: usize, n: usize) -> Option<Colour> {
    match (n.checked_sub(1).and_then(|position| rows.get(position)), rows.last()) {
        (Some(row), _) => row.get(at).copied(),
        (None, Some(longest)) => {
            let last = longest.len().saturating_sub(1);
            let steps = n.saturating_sub(1).max(1);
            longest.get((at * last + steps / 2) / steps).copied()
        }
        (None, None) => None,
    }
}
