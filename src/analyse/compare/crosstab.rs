//! The answers to a question by those to another: every cell with its shares of row, column and total.

use crate::findings::{Findings, Named, Selector, Statistic, Value};
use crate::normalise::{Cohort, CohortQuestion};
use crate::stats::categorical::independence::residuals;
use crate::stats::count_table::CountTable;
use crate::stats::{Computed, NotComputed};
use crate::study::{Ask, Crosstab};

use crate::analyse::about::Found;
use crate::analyse::distribution::share;

use super::compared::Compared;
use super::counts::Counted;
use super::sides::{Sides, comparisons};

/// Writes the cells and margins of every item of an ask. All answers are columns, however few people gave them.
pub(in crate::analyse) fn crosstab(ask: &Ask, terms: &Crosstab, cohorts: &[Cohort], findings: &mut Findings) {
    for sides in comparisons(ask, 0, cohorts) {
        for id in &ask.of {
            let Some(asked) = sides.question(id) else { continue };
            let Some(first) = asked.first() else { continue };
            for item in &first.items {
                let (compared, answers) = Compared::item(&sides, &asked, item, &terms.compare);
                if let Counted::Levels { table: Ok(table), .. } = &answers {
                    let cells = Cells { sides: &sides, question: first, item, compared: &compared, table };
                    cells.write(findings);
                    if terms.residuals {
                        cells.residuals(findings);
                    }
                }
            }
        }
    }
}

/// A crosstab: sides are rows of the table of counts, as in every comparison, and columns in print.
struct Cells<'a> {
    sides: &'a Sides<'a>,
    question: &'a CohortQuestion,
    item: &'a Named,
    compared: &'a Compared<'a>,
    table: &'a CountTable,
}

impl Cells<'_> {
    fn write(&self, findings: &mut Findings) {
        let (of_side, of_level) = (self.table.row_totals(), self.table.column_totals());
        let total = self.table.total();
        for (level, answer) in self.question.levels.iter().enumerate() {
            let row = of_level.get(level).copied().unwrap_or(0);
            for (position, (side, counts)) in self.sides.sides.iter().zip(self.table.rows()).enumerate() {
                let count = counts.get(level).copied().unwrap_or(0);
                let column = of_side.get(position).copied().unwrap_or(0);
                for (statistic, tail, of) in [
                    (Statistic::RowShare, "row", row),
                    (Statistic::ColumnShare, "column", column),
                    (Statistic::TotalShare, "total", total),
                ] {
                    let rows = self.picked(Some(position), Some(level));
                    let found = share(statistic, count, of).level(&answer.id).counting(rows);
                    self.compared.find(findings, &[&answer.id, side.id, tail], found);
                }
            }
            let found = share(Statistic::TotalShare, row, total).level(&answer.id);
            let found = found.counting(self.picked(None, Some(level)));
            self.compared.find(findings, &[&answer.id, "row-total"], found);
        }
        for (position, side) in self.sides.sides.iter().enumerate() {
            let column = of_side.get(position).copied().unwrap_or(0);
            let found = share(Statistic::TotalShare, column, total).level(side.id);
            let found = found.counting(self.picked(Some(position), None));
            self.compared.find(findings, &["column-total", side.id], found);
        }
    }

    /// How far every cell is from independence, in standard errors; a cell of an empty row or column has none.
    fn residuals(&self, findings: &mut Findings) {
        let found = residuals(self.table);
        let filled = |totals: Vec<u64>| -> Vec<Option<usize>> {
            let mut next = 0;
            totals
                .into_iter()
                .map(|total| {
                    (total > 0).then(|| {
                        next += 1;
                        next - 1
                    })
                })
                .collect()
        };
        let (rows, columns) = (filled(self.table.row_totals()), filled(self.table.column_totals()));
        let value = |side: usize, level: usize| -> Computed<f64> {
            let found = found.as_ref().map_err(Clone::clone)?;
            let place = rows.get(side).copied().flatten().zip(columns.get(level).copied().flatten());
            let residual = place.and_then(|(row, column)| found.adjusted.get(row)?.get(column).copied());
            // A row or column that holds everybody leaves nothing to deviate.
            residual.filter(|value| value.is_finite()).ok_or(NotComputed::Undefined("an empty row or column"))
        };
        for (level, answer) in self.question.levels.iter().enumerate() {
            for (position, side) in self.sides.sides.iter().enumerate() {
                let number = Value::number(value(position, level));
                let found = Found {
                    method: Some(crate::stats::categorical::independence::CHISQ_RESIDUALS),
                    ..Found::plain(Statistic::AdjustedResidual, number).level(&answer.id)
                };
                self.compared.find(findings, &[&answer.id, side.id, "residual"], found);
            }
        }
    }

    /// The people of one side or all, with one answer or any.
    fn picked(&self, side: Option<usize>, level: Option<usize>) -> Selector {
        let item = self.question.items.iter().position(|item| item.id == self.item.id).unwrap_or(0);
        let question = self.question.id.clone();
        let code = level.and_then(|level| u16::try_from(level).ok());
        let answer = match code {
            Some(code) => Selector::Coded { question, item, codes: vec![code] },
            None => Selector::Answered { question, item },
        };
        let sides = self.sides.sides.iter().enumerate();
        let picked = sides.filter(|(position, _)| side.is_none_or(|side| side == *position));
        Selector::Sides(picked.map(|(_, side)| (side.cohort.group.clone(), answer.clone())).collect())
    }
}
