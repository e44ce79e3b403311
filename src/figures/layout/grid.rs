//! How wide everything in a grid is: labels, cells, margins, and whether panels stand beside each other.

use super::super::font::{clean, wrap};
use super::super::paint::{Fill, Paint};
use super::super::scene::{Length, Type};
use super::super::spec::Share;
use super::super::spec::heat::{HeatPanel, HeatSpec, Margin, cell_words};
use super::{BODY, GUTTER, LabelledRow, SMALL, part};
use crate::numbers::{Decimals, NumberStyle};

/// The widest column of labels.
const LABEL: Length = 5_400;
/// The narrowest and the widest column of labels where room is short.
const DENSE_LABEL: (Length, Length) = (2_000, 2_500);
/// The widest cell.
const CELL: Length = 3_000;
/// The width of a cell beyond which labels come first.
const COMFORT: Length = 1_700;
/// The numbers where room is short.
pub(super) const DENSE: Type = Type { size: SMALL.size, ..BODY };
/// The room at each side of a text in its cell.
const PADDING: Length = 40;

/// How numbers are written, and the share of the darkest shade.
pub(super) struct Numbers {
    pub(super) style: NumberStyle,
    pub(super) decimals: Decimals,
    pub(super) largest: Option<Share>,
    /// Every text of the cells of all panels, so that these have the same widths.
    pub(super) texts: Vec<String>,
    /// The width of the longest label of a row.
    pub(super) longest: Length,
}

impl Numbers {
    pub(super) fn new(spec: &HeatSpec, style: NumberStyle) -> Self {
        let numbers =
            Self { style, decimals: spec.decimals, largest: spec.largest(), texts: Vec::new(), longest: 0 };
        let texts = spec.panels.iter().flat_map(|panel| texts(panel, &numbers).collect::<Vec<_>>()).collect();
        let labels = spec.panels.iter().flat_map(|panel| &panel.rows);
        let longest = labels.map(|label| BODY.width(&clean(label))).max().unwrap_or(0);
        Self { texts, longest, ..numbers }
    }

    pub(super) fn words(&self, share: Share) -> String {
        cell_words(share, self.style, self.decimals)
    }

    pub(super) fn shade(&self, share: Share) -> Paint {
        let largest = self.largest.filter(|largest| largest.count > 0);
        let thousandths = largest.map_or(0, |largest| {
            let (count, of) = (u128::from(share.count), u128::from(share.of));
            part(1_000, count * u128::from(largest.of), of * u128::from(largest.count))
        });
        Paint::Fill(Fill::Heat(u16::try_from(thousandths).unwrap_or(1_000)))
    }
}

/// How wide everything in a panel is.
pub(super) struct Plan {
    pub(super) label: Length,
    pub(super) cell: Length,
    /// The width of each column of texts beside the grid.
    pub(super) beside: Vec<Length>,
    /// How many columns of cells stand beside each other; the others go on below.
    pub(super) across: usize,
    /// Whether all columns stand beside each other.
    pub(super) fits: bool,
    /// Whether the percents of cells stand below their counts.
    pub(super) broken: bool,
    /// How numbers are set.
    pub(super) face: Type,
    /// The room between two columns.
    pub(super) gap: Length,
    /// The headings of columns, as lines.
    pub(super) heads: Vec<Vec<String>>,
    /// What numbers that stand for columns mean, where their labels are too long to stand above them.
    pub(super) key: Vec<String>,
    /// The labels of rows; they begin with the numbers of the columns where both are the same.
    pub(super) rows: Vec<String>,
}

impl Plan {
    pub(super) fn new(panel: &HeatPanel, width: Length, face: Type, numbers: &Numbers) -> Self {
        let n = Length::try_from(panel.columns.len()).unwrap_or(Length::MAX).max(1);
        let gap = if face == DENSE { GUTTER * 60 / 100 } else { GUTTER };
        let needed = |texts: &[String], broken: bool| {
            let words = |text: &String| if broken { text.clone() } else { text.replace('\n', " ") };
            let lines = texts
                .iter()
                .map(words)
                .flat_map(|text| text.split('\n').map(|line| face.width(line)).collect::<Vec<_>>());
            lines.max().unwrap_or(0)
        };
        let beside = |broken: bool| -> Vec<Length> {
            let column = |margin: &Margin| {
                let head = margin.heading.split(' ').map(|word| SMALL.width(word)).max().unwrap_or(0);
                let texts: Vec<String> = margin.cells.iter().chain([&margin.foot]).cloned().collect();
                needed(&texts, broken).max(head)
            };
            panel.beside.iter().map(column).collect()
        };
        let left = |beside: &[Length]| width - gap - beside.iter().map(|width| width + gap).sum::<Length>();
        let (whole, parts) =
            (needed(&numbers.texts, false) + 2 * PADDING, needed(&numbers.texts, true) + 2 * PADDING);
        // Labels have what cells do not need.
        let widest = if face == DENSE {
            (left(&beside(true)) - n * parts).clamp(DENSE_LABEL.0, DENSE_LABEL.1)
        } else {
            LABEL.min(width * 38 / 100).max(left(&beside(false)) - n * whole.max(COMFORT))
        };
        let label = widest.min((numbers.longest + 320).max(1_200));
        // All numbers of a panel are broken or none.
        let broken = ((left(&beside(false)) - label) / n).min(CELL) < whole;
        let beside = beside(broken);
        let room = (left(&beside) - label).max(1);
        let least = if broken { parts } else { whole };
        let fits = least * n <= room;
        let cell = (room / n).min(CELL).max(least).min(room);
        let across = usize::try_from(room / cell).unwrap_or(1).max(1);
        // A label stands above its column if none of its words must be broken.
        let whole_words =
            |label: &String| clean(label).split(' ').all(|word| SMALL.width(word) + PADDING <= cell);
        let heads: Vec<Vec<String>> = panel
            .columns
            .iter()
            .map(|label| wrap(label, SMALL.weight, SMALL.size, cell - PADDING, 5))
            .collect();
        let is_whole = |lines: &Vec<String>| lines.len() <= 4;
        let stand = panel.columns.iter().all(whole_words) && heads.iter().all(is_whole);
        let numbered = |labels: &[String]| -> Vec<String> {
            (1..).zip(labels).map(|(number, label)| format!("{number}. {label}")).collect()
        };
        let same = panel.rows == panel.columns;
        let (heads, key, rows) = if stand {
            (heads, Vec::new(), panel.rows.clone())
        } else {
            let heads = (1..=panel.columns.len()).map(|number| vec![number.to_string()]).collect();
            let key = if same { Vec::new() } else { numbered(&panel.columns) };
            (heads, key, if same { numbered(&panel.rows) } else { panel.rows.clone() })
        };
        Self { label, cell, beside, across, fits, broken, face, gap, heads, key, rows }
    }

    /// Whether no word of a label of a row must be broken.
    pub(super) fn has_whole_words(&self) -> bool {
        self.rows.iter().all(|row| clean(row).split(' ').all(|word| BODY.width(word) <= self.label))
    }

    /// The height of the headings of columns.
    pub(super) fn heads_height(&self) -> Length {
        SMALL.block(self.heads.iter().map(Vec::len).max().unwrap_or(0))
    }

    /// The height of a row of texts.
    pub(super) fn row_height(&self, label: &str) -> Length {
        let least = self.face.block(if self.broken { 2 } else { 1 }) + 160;
        LabelledRow::new(label, self.label).height.max(least)
    }

    /// A text as lines.
    pub(super) fn lines(&self, text: &str) -> Vec<String> {
        if self.broken {
            text.split('\n').map(str::to_owned).collect()
        } else {
            vec![text.replace('\n', " ")]
        }
    }
}

/// Every text that stands in a cell or at the foot of a column.
fn texts<'a>(panel: &'a HeatPanel, numbers: &'a Numbers) -> impl Iterator<Item = String> + 'a {
    let cells = panel.cells.iter().flatten().map(|cell| match cell {
        Ok(cell) => numbers.words(cell.share),
        Err(_) => "n/a".to_owned(),
    });
    cells.chain(panel.foot.iter().flat_map(|(_, texts)| texts.iter().cloned()))
}
