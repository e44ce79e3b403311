//! The page of a figure: title on top, parts below each other, notes at the foot.

use super::super::font::wrap;
use super::super::scene::{Anchor, Length, Scene};
use super::row_label::RowLabel;
use super::{GUTTER, HEADING, MARGIN, SMALL, TITLE};

/// The most lines of one note; a note is a sentence or two.
const NOTE_LINES: usize = 6;
/// The room between two parts of a page.
pub(crate) const PART_GAP: Length = 420;

/// A page that grows downwards.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// What is drawn so far.
    pub(crate) scene: Scene,
    /// Where the next part starts.
    pub(crate) y: Length,
}

impl Page {
    /// Starts a page of this width with its title.
    pub(crate) fn new(title: &str, width: Length) -> Self {
        let mut scene = Scene { width, ..Scene::default() };
        let lines = wrap(title, TITLE.weight, TITLE.size, width - 2 * MARGIN, 4);
        let height = scene.lines(&lines, MARGIN, MARGIN, Anchor::Start, TITLE);
        Self { scene, y: MARGIN + height + 260 }
    }

    /// The width within the margins.
    pub(crate) fn inner(&self) -> Length {
        self.scene.width - 2 * MARGIN
    }

    /// The right margin.
    pub(crate) fn right(&self) -> Length {
        self.scene.width - MARGIN
    }

    /// The width of a column of labels that has `most` where there is room: on a narrow page it leaves the rest its share.
    pub(crate) fn label_width(&self, most: Length) -> Length {
        most.min(self.inner() * 38 / 100)
    }

    /// Where the labels of rows stand, and where their marks begin: labels stand above their marks where a column of them
    /// would be so narrow that they break after every word or two.
    pub(crate) fn row_labels(&self, most: Length) -> (RowLabel, Length) {
        const NARROW: Length = 3_200;
        let width = self.label_width(most);
        if width < NARROW.min(most) {
            (RowLabel::Above(self.inner()), MARGIN)
        } else {
            (RowLabel::Left(width), MARGIN + width + GUTTER)
        }
    }

    /// Sets the label of a group and the words about its base, and moves below them.
    pub(crate) fn heading(&mut self, group: &str, base: &str, width: Length) {
        let lines = wrap(group, HEADING.weight, HEADING.size, width, 2);
        self.y += self.scene.lines(&lines, MARGIN, self.y, Anchor::Start, HEADING);
        if !base.is_empty() {
            let lines = wrap(base, SMALL.weight, SMALL.size, width, 3);
            self.y += 40;
            self.y += self.scene.lines(&lines, MARGIN, self.y, Anchor::Start, SMALL);
        }
    }

    /// Sets the notes and closes the page.
    pub(crate) fn finish(mut self, notes: &[String]) -> Scene {
        for note in notes {
            let lines = wrap(note, SMALL.weight, SMALL.size, self.inner(), NOTE_LINES);
            self.y += self.scene.lines(&lines, MARGIN, self.y, Anchor::Start, SMALL) + 70;
        }
        self.scene.height = self.y + MARGIN;
        self.scene
    }
}
