//! The cells and margins of one crosstab.

use crate::findings::{Named, PercentOf, Side};
use crate::numbers::Decimals;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Section};

use super::short;

/// Answers by sides, in the order of the table.
pub(super) struct Grid<'a> {
    /// What the ids of all its findings begin with.
    pub(super) stem: String,
    pub(super) levels: Vec<&'a Named>,
    pub(super) sides: Vec<&'a Side>,
}

/// The marks of margins at which it is said that the percents beside or above do not sum to 100.
#[derive(Default)]
struct Uneven {
    rows: Vec<Option<usize>>,
    columns: Vec<Option<usize>>,
    corner: Vec<usize>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(stem: String, levels: Vec<&'a Named>, sides: Vec<&'a Side>) -> Self {
        Self { stem, levels, sides }
    }

    /// The id of a finding about one cell.
    pub(super) fn cell(&self, level: &Named, side: &Side, tail: &str) -> String {
        format!("{}/{}/{}/{tail}", self.stem, level.id, short(side))
    }

    fn row_total(&self, level: &Named) -> String {
        format!("{}/{}/row-total", self.stem, level.id)
    }

    fn column_total(&self, side: &Side) -> String {
        format!("{}/column-total/{}", self.stem, short(side))
    }

    /// The ids of a row of cells.
    fn row(&self, level: &Named, of: PercentOf) -> Vec<String> {
        self.sides.iter().map(|side| self.cell(level, side, of.name())).collect()
    }

    /// One section with counts and percents in one cell or, of several percents, one for each answer.
    pub(super) fn sections(
        &self,
        draft: &mut Draft<'_>,
        percents: &[PercentOf],
        names: &str,
    ) -> Vec<Section> {
        let ids = percents.iter().flat_map(|of| self.levels.iter().flat_map(|level| self.row(level, *of)));
        let decimals = draft.decimals(ids.collect::<Vec<_>>());
        match percents {
            [only] => vec![self.together(draft, *only, decimals, names)],
            several => self.below(draft, several, decimals, names),
        }
    }

    /// A row for each answer, each cell a count with its percent.
    fn together(&self, draft: &mut Draft<'_>, of: PercentOf, decimals: Decimals, names: &str) -> Section {
        let uneven = self.uneven(draft, of, decimals);
        let form = ShareForm::CountFirst;
        let mut rows = Vec::new();
        for (level, mark) in self.levels.iter().zip(&uneven.rows) {
            let mut cells: Vec<Cell> =
                self.row(level, of).iter().map(|id| draft.share(id, decimals, form)).collect();
            let total = self.row_total(level);
            // Of a row of percents that add up to all, the margin is the base.
            cells.push(match of {
                PercentOf::Row => marked(draft.count(&total), *mark),
                PercentOf::Column | PercentOf::Total => draft.share(&total, decimals, form),
            });
            rows.push(draft.row(&level.label, cells));
        }
        let mut cells = Vec::new();
        for (side, mark) in self.sides.iter().zip(&uneven.columns) {
            let total = self.column_total(side);
            cells.push(match of {
                PercentOf::Column => marked(draft.count(&total), *mark),
                PercentOf::Row | PercentOf::Total => draft.share(&total, decimals, form),
            });
        }
        cells.push(marked(self.answered(draft), uneven.corner));
        rows.push(draft.row("N", cells));
        Section { label: names.to_owned(), rows }
    }

    /// A section for each answer and one for all: the count, and below it each percent.
    fn below(
        &self,
        draft: &mut Draft<'_>,
        percents: &[PercentOf],
        decimals: Decimals,
        names: &str,
    ) -> Vec<Section> {
        let uneven: Vec<Uneven> = percents.iter().map(|of| self.uneven(draft, *of, decimals)).collect();
        let all_of_it = draft.style.percent(1, 1, decimals);
        let all = || Draft::said(all_of_it.clone());
        let label =
            |words: &str| if names.is_empty() { words.to_owned() } else { format!("{names}: {words}") };
        let mut sections = Vec::new();
        for (position, level) in self.levels.iter().enumerate() {
            let total = self.row_total(level);
            let ids = self.row(level, PercentOf::Total);
            let mut counts: Vec<Cell> = ids.iter().map(|id| draft.count(id)).collect();
            counts.push(draft.count(&total));
            let mut rows = vec![draft.row("n", counts)];
            for (of, uneven) in percents.iter().zip(&uneven) {
                let ids = self.row(level, *of);
                let mut cells: Vec<Cell> =
                    ids.iter().map(|id| draft.share(id, decimals, ShareForm::Alone)).collect();
                cells.push(match of {
                    PercentOf::Row => marked(all(), uneven.rows.get(position).copied().flatten()),
                    PercentOf::Column | PercentOf::Total => draft.share(&total, decimals, ShareForm::Alone),
                });
                rows.push(draft.row(&format!("Percent of {}", of.name()), cells));
            }
            sections.push(Section { label: label(&level.label), rows });
        }
        let totals: Vec<String> = self.sides.iter().map(|side| self.column_total(side)).collect();
        let mut counts: Vec<Cell> = totals.iter().map(|id| draft.count(id)).collect();
        counts.push(self.answered(draft));
        let mut rows = vec![draft.row("N", counts)];
        for (of, uneven) in percents.iter().zip(uneven) {
            let mut cells = Vec::new();
            for (id, mark) in totals.iter().zip(&uneven.columns) {
                cells.push(match of {
                    PercentOf::Column => marked(all(), *mark),
                    PercentOf::Row | PercentOf::Total => draft.share(id, decimals, ShareForm::Alone),
                });
            }
            cells.push(marked(all(), uneven.corner));
            rows.push(draft.row(&format!("Percent of {}", of.name()), cells));
        }
        sections.push(Section { label: label("All"), rows });
        sections
    }

    /// How many answered on all sides.
    fn answered(&self, draft: &Draft<'_>) -> Cell {
        Draft::said(draft.style.count(self.sides.iter().map(|side| side.answered).sum()))
    }

    fn uneven(&self, draft: &mut Draft<'_>, of: PercentOf, decimals: Decimals) -> Uneven {
        let column = |side: &Side| -> Vec<String> {
            self.levels.iter().map(|level| self.cell(level, side, of.name())).collect()
        };
        let row_totals: Vec<String> = self.levels.iter().map(|level| self.row_total(level)).collect();
        let column_totals: Vec<String> = self.sides.iter().map(|side| self.column_total(side)).collect();
        let mut uneven = Uneven {
            rows: vec![None; self.levels.len()],
            columns: vec![None; self.sides.len()],
            corner: Vec::new(),
        };
        let mut whole = |ids: &[String]| draft.whole(ids, decimals);
        match of {
            PercentOf::Row => {
                uneven.rows = self.levels.iter().map(|level| whole(&self.row(level, of))).collect();
                uneven.corner.extend(whole(&column_totals));
            }
            PercentOf::Column => {
                uneven.columns = self.sides.iter().map(|side| whole(&column(side))).collect();
                uneven.corner.extend(whole(&row_totals));
            }
            PercentOf::Total => {
                let all: Vec<String> = self.levels.iter().flat_map(|level| self.row(level, of)).collect();
                uneven.corner.extend([all, row_totals, column_totals].iter().filter_map(|ids| whole(ids)));
                uneven.corner.sort_unstable();
                uneven.corner.dedup();
            }
        }
        uneven
    }
}

fn marked(mut cell: Cell, marks: impl IntoIterator<Item = usize>) -> Cell {
    cell.marks.extend(marks);
    cell
}
