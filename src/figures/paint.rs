//! What shapes and texts are painted with, by what it means. A [`Theme`](super::Theme) says which colour that is, so
//! that no layout knows a colour.

/// What fills an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fill {
    /// The page.
    Page,
    /// The room of a bar that is not filled, and boxes that stand back.
    Room,
    /// A bar that needs no other colour.
    Bar,
    /// A point of a scale, from low to high.
    Point {
        /// Its position, from zero.
        at: u16,
        /// How many points the scale has.
        of: u16,
    },
    /// A rank, the first being the strongest.
    Rank {
        /// Its position, from zero.
        at: u16,
        /// How many ranks there are.
        of: u16,
    },
    /// One of several groups or lines; beyond six they repeat, so that their marks must differ too.
    Series(u16),
    /// An amount, in thousandths of the largest.
    Heat(u16),
}

/// What something is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paint {
    /// Text and strong lines.
    Ink,
    /// Text that comes second, still readable on the page.
    Quiet,
    /// Helping lines.
    Rule,
    /// Outlines of bars and boxes.
    Edge,
    /// An area.
    Fill(Fill),
    /// Text on an area.
    On(Fill),
}

/// Text and strong lines.
pub(crate) const INK: Paint = Paint::Ink;
/// Text that comes second.
pub(crate) const QUIET: Paint = Paint::Quiet;
/// Helping lines.
pub(crate) const RULE: Paint = Paint::Rule;
/// Outlines of bars and boxes.
pub(crate) const EDGE: Paint = Paint::Edge;
/// The page.
pub(crate) const PAGE: Paint = Paint::Fill(Fill::Page);
/// The room of a bar that is not filled.
pub(crate) const ROOM: Paint = Paint::Fill(Fill::Room);
/// A bar that needs no other colour.
pub(crate) const BAR: Paint = Paint::Fill(Fill::Bar);

/// The paints of a scale of `n` points from low to high.
pub(crate) fn diverging(n: usize) -> Vec<Paint> {
    each(n, |at, of| Fill::Point { at, of })
}

/// The paints of `n` ranks, the first the strongest.
pub(crate) fn sequential(n: usize) -> Vec<Paint> {
    each(n, |at, of| Fill::Rank { at, of })
}

fn each(n: usize, fill: impl Fn(u16, u16) -> Fill) -> Vec<Paint> {
    let of = u16::try_from(n).unwrap_or(u16::MAX);
    (0..of).map(|at| Paint::Fill(fill(at, of))).collect()
}

/// Text that can be read on an area; on the page it is ink.
pub(crate) fn text_on(paint: Paint) -> Paint {
    match paint {
        Paint::Fill(Fill::Page) | Paint::Ink | Paint::Quiet | Paint::Rule | Paint::Edge | Paint::On(_) => INK,
        Paint::Fill(fill) => Paint::On(fill),
    }
}
