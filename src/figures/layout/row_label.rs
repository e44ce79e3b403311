//! The label of a row: at its left or, where the page is narrow, above it.

use super::super::scene::{Anchor, Length, Scene};
use super::{BODY, MARGIN, centred, label_lines};

/// What labels of several lines add to their row.
const BETWEEN: Length = 140;
/// The room between a label and what stands below it.
const ABOVE: Length = 60;

/// Where the label of a row stands, and how wide it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowLabel {
    /// At the left, centred on the height of the row.
    Left(Length),
    /// On lines of its own above the row.
    Above(Length),
}

impl RowLabel {
    /// Sets the label of a row whose marks need this height; gives where the marks begin and where the row ends.
    pub(crate) fn draw(self, scene: &mut Scene, label: &str, y: Length, height: Length) -> (Length, Length) {
        match self {
            Self::Left(width) => {
                let lines = label_lines(label, BODY, width);
                let block = BODY.block(lines.len());
                let row = (block + if lines.len() > 1 { BETWEEN } else { 0 }).max(height);
                scene.lines(&lines, MARGIN, centred(y + row / 2, block), Anchor::Start, BODY);
                (centred(y + row / 2, height), y + row)
            }
            Self::Above(width) => {
                let lines = label_lines(label, BODY, width);
                let top = y + scene.lines(&lines, MARGIN, y, Anchor::Start, BODY) + ABOVE;
                (top, top + height)
            }
        }
    }
}
