//! What the sides answered, as counts.

use crate::findings::Asked;
use crate::normalise::{Cohort, CohortQuestion};
use crate::responses::Answers;
use crate::stats::count_table::CountTable;
use crate::stats::rank_tests::{Tabulated, tabulate};
use crate::stats::sample::Sample;
use crate::stats::{Computed, NotComputed};
use crate::study::{Compare, NamedTest, Treat};

use crate::analyse::about::{asked, counted};

use super::estimate::Estimated;
use super::interval::interval;
use super::nominal::nominal;
use super::ordinal::ordinal;

/// The answers of all sides to one item.
pub(in crate::analyse) enum Counted {
    /// How often each level was given on each side, and the score of each level.
    Levels { table: Computed<CountTable>, scores: Vec<f64> },
    /// The numbers given on each side.
    Numbers(Vec<Vec<f64>>),
}

impl Counted {
    /// The test and the effects on a scale of measurement.
    pub(in crate::analyse) fn estimate(&self, scale: Treat, test: NamedTest, terms: &Compare) -> Estimated {
        let estimated = match scale {
            Treat::Nominal => self.tabulated().map(|sides| nominal(&sides.table, test, terms)),
            Treat::Ordinal => {
                let measured = matches!(self, Self::Numbers(_));
                self.tabulated().map(|sides| ordinal(&sides, test, measured, terms))
            }
            Treat::Interval => self.samples().map(|samples| interval(&samples, test, terms)),
        };
        estimated.unwrap_or_else(|reason| Estimated {
            test: Err(reason),
            effects: Vec::new(),
            pairs: Vec::new(),
        })
    }

    /// The sides in rows, the levels or the distinct numbers in columns.
    pub(in crate::analyse) fn tabulated(&self) -> Computed<Tabulated> {
        match self {
            Self::Levels { table, scores } => Ok(Tabulated { levels: scores.clone(), table: table.clone()? }),
            Self::Numbers(numbers) => tabulate(numbers),
        }
    }

    /// The answers of each side as numbers.
    pub(in crate::analyse) fn samples(&self) -> Computed<Vec<Sample>> {
        match self {
            Self::Levels { table, scores } => {
                let table = table.as_ref().map_err(Clone::clone)?;
                let sample = |row: &[u64]| {
                    let counts: Vec<(f64, u64)> = scores.iter().copied().zip(row.iter().copied()).collect();
                    Sample::from_counts(&counts)
                };
                table.rows().map(sample).collect()
            }
            Self::Numbers(numbers) => numbers.iter().map(|numbers| Sample::from_values(numbers)).collect(),
        }
    }
}

/// Counts what sides answered to an item, and who answered on each.
pub(in crate::analyse) fn count(sides: &[(&Cohort, &CohortQuestion, usize)]) -> (Counted, Vec<Asked>) {
    let numbers = sides.iter().any(|(_, question, _)| matches!(question.answers, Answers::Numbers { .. }));
    if numbers {
        let (numbers, asked) =
            sides.iter().map(|(cohort, question, item)| gather(cohort, question, *item)).unzip();
        return (Counted::Numbers(numbers), asked);
    }
    let levels = sides.first().map_or(0, |(_, question, _)| question.levels.len());
    let mut cells = Vec::with_capacity(sides.len() * levels);
    let mut asked = Vec::with_capacity(sides.len());
    for (cohort, question, item) in sides {
        let Some(codes) = question.codes(*item) else {
            cells.extend(vec![0; levels]);
            asked.push(Asked::default());
            continue;
        };
        let tally = codes.tally(&cohort.rows, levels);
        asked.push(counted(&tally));
        cells.extend(tally.given);
    }
    // An item without levels has nothing to count.
    let table = if levels == 0 { Err(NotComputed::EmptyBase) } else { CountTable::new(levels, cells) };
    (Counted::Levels { table, scores: scores(sides, levels) }, asked)
}

/// The scores of levels; their positions, from 1, where a question has none.
fn scores(sides: &[(&Cohort, &CohortQuestion, usize)], levels: usize) -> Vec<f64> {
    match sides.first() {
        Some((_, question, _)) if question.scores.len() == levels => {
            question.scores.iter().map(|score| f64::from(*score)).collect()
        }
        _ => (1..=levels).map(|position| position as f64).collect(),
    }
}

fn gather(cohort: &Cohort, question: &CohortQuestion, item: usize) -> (Vec<f64>, Asked) {
    let Answers::Numbers { items } = &question.answers else { return (Vec::new(), Asked::default()) };
    let numbers = items.get(item).map(Vec::as_slice).unwrap_or_default();
    let given = cohort.rows.iter().filter_map(|row| numbers.get(*row)?.as_ref().ok()).copied().collect();
    (given, asked(cohort, question, item))
}
