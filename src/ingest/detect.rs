//! Which platform wrote a grid, and why.

use super::{Grid, qualtrics};

/// What a grid was recognised as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Qualtrics export.
    Qualtrics,
    /// None that is known.
    Plain,
}

/// Recognises a grid. Qualtrics' marks are tried first: nobody else writes them.
pub(super) fn kind(grid: &Grid) -> Kind {
    if qualtrics::detect(grid).is_some() {
        return Kind::Qualtrics;
    }
    Kind::Plain
}
