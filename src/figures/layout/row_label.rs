//! The label of a row: at its left or, where the page is narrow, above it.

use super::super::scene::{Anchor, Length, Scene};
use super::{BAR, BODY, MARGIN, centred, label_lines};

/// What labels of several lines add to their row.
const BETWEEN: Length = 140;
/// The room between a label and what stands below it.
const ABOVE: Length = 60;

/// A label at the left of its row, and the height of the row.
pub(crate) struct LabelledRow {
    /// The lines of the label.
    pub(crate) lines: Vec<String>,
    /// The height of the row.
    pub(crate) height: Length,
}

impl LabelledRow {
    /// Breaks a label to a width; the row is high enough for it and for a bar.
    pub(crate) fn new(label: &str, width: Length) -> Self {
        let lines = label_lines(label, BODY, width);
        // Labels of several lines keep a distance that tells them apart.
        let apart = if lines.len() > 1 { BETWEEN } else { 0 };
        let height = (BODY.block(lines.len()) + apart).max(BAR);
        Self { lines, height }
    }

    /// Sets the label, centred on the row's height.
    pub(crate) fn draw(&self, scene: &mut Scene, x: Length, y: Length) {
        let top = centred(y + self.height / 2, BODY.block(self.lines.len()));
        scene.lines(&self.lines, x, top, Anchor::Start, BODY);
    }
}

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
                let mut row = LabelledRow::new(label, width);
                row.height = row.height.max(height);
                row.draw(scene, MARGIN, y);
                (centred(y + row.height / 2, height), y + row.height)
            }
            Self::Above(width) => {
                let lines = label_lines(label, BODY, width);
                let top = y + scene.lines(&lines, MARGIN, y, Anchor::Start, BODY) + ABOVE;
                (top, top + height)
            }
        }
    }
}
