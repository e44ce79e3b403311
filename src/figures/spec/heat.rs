//! Counts in cells of rows and columns, shaded by their share: what the layout of all of them draws.

use crate::numbers::{Decimals, NumberStyle};

use super::{Known, Share, Worded, in_words};
use crate::figures::font::shorten;

/// Grids of cells with one scale of shades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeatSpec {
    /// The grids.
    pub(crate) panels: Vec<HeatPanel>,
    /// What the shades say.
    pub(crate) legend: String,
    /// The decimals of every percent.
    pub(crate) decimals: Decimals,
    /// How the figure is to be read.
    pub(crate) notes: Vec<String>,
}

/// One grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeatPanel {
    /// What stands above it.
    pub(crate) heading: String,
    /// Who is in it, in words.
    pub(crate) base: String,
    /// What the rows are, and what the columns are.
    pub(crate) titles: [String; 2],
    /// The labels of the rows.
    pub(crate) rows: Vec<String>,
    /// The labels of the columns.
    pub(crate) columns: Vec<String>,
    /// The cells of each row.
    pub(crate) cells: Vec<Vec<Known<HeatCell>>>,
    /// Columns of texts at the right, which are not shaded.
    pub(crate) beside: Vec<Margin>,
    /// The label of a row of texts at the foot and one text for each column; nothing where there is none.
    pub(crate) foot: Option<(String, Vec<String>)>,
}

/// A column of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Margin {
    /// Its heading.
    pub(crate) heading: String,
    /// A text for each row, broken at `\n` where room is short.
    pub(crate) cells: Vec<String>,
    /// Its text in the row at the foot.
    pub(crate) foot: String,
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeatCell {
    /// The count, and of how many.
    pub(crate) share: Share,
    /// Whether it is framed, such as a cell of the same answer on both sides.
    pub(crate) framed: bool,
}

/// A share in a cell: the percent on a line of its own where room is short; nobody needs no percent.
pub(crate) fn cell_words(share: Share, style: NumberStyle, decimals: Decimals) -> String {
    let count = style.count(share.count);
    if share.count == 0 {
        count
    } else {
        format!("{count}\n({})", style.percent(share.count, share.of, decimals))
    }
}

impl HeatSpec {
    /// The largest share of all cells, as a count of a count.
    pub(crate) fn largest(&self) -> Option<Share> {
        let cells = self.panels.iter().flat_map(|panel| panel.cells.iter().flatten());
        cells.filter_map(|cell| cell.as_ref().ok()).map(|cell| cell.share).reduce(|one, two| {
            let more =
                u128::from(two.count) * u128::from(one.of) > u128::from(one.count) * u128::from(two.of);
            if more { two } else { one }
        })
    }

    /// The words of the figure.
    pub(crate) fn worded(&self, style: NumberStyle) -> Worded {
        let mut data = vec![["of", "row", "column", "n", "N"].map(str::to_owned).to_vec()];
        let mut alt = Vec::new();
        let mut notes = self.notes.clone();
        for panel in &self.panels {
            let mut rows = Vec::new();
            for (label, cells) in panel.rows.iter().zip(&panel.cells) {
                let mut words = Vec::new();
                for (column, cell) in panel.columns.iter().zip(cells) {
                    let numbers = match cell {
                        Ok(cell) => {
                            words.push(format!(
                                "{} {}",
                                shorten(column, 60),
                                in_words(cell.share, style, self.decimals)
                            ));
                            [cell.share.count.to_string(), cell.share.of.to_string()]
                        }
                        Err(why) => {
                            words.push(format!("{} not computed", shorten(column, 60)));
                            let note = format!("n/a: {why}.");
                            if !notes.contains(&note) {
                                notes.push(note);
                            }
                            [format!("not computed: {why}"), String::new()]
                        }
                    };
                    data.push(
                        [panel.heading.clone(), label.clone(), column.clone()]
                            .into_iter()
                            .chain(numbers)
                            .collect(),
                    );
                }
                rows.push(format!("{}: {}", shorten(label, 120), words.join(", ")));
            }
            let before = [&panel.heading, &panel.base].into_iter().filter(|words| !words.is_empty());
            let before: Vec<String> =
                before.map(|words| format!("{}. ", shorten(words, 200).trim_end_matches('.'))).collect();
            alt.push(format!("{}{}.", before.concat(), rows.join(". ")));
        }
        Worded { alt: alt.join(" "), data, notes }
    }
}
