//! Pairs of values as distinct cells with counts: the one form that every correlation here reads.

use crate::stats::distinct::{self, Distinct};
use crate::stats::{Computed, NotComputed};

/// The most pairs that a correlation accepts: numbers of pairs of pairs then fit 64 bits, exactly.
pub const MAX_PAIRS: u64 = 1 << 32;

/// Distinct pairs of values with the number of times that each occurs.
///
/// Made once, in O(n log n), from pairs or from a table of counts. Everything computed from it costs only as much as
/// there are distinct pairs, and does not depend on the order of the observations.
#[derive(Debug, Clone, PartialEq)]
pub struct Bivariate {
    pub(super) x: Margin,
    pub(super) y: Margin,
    /// Sorted by level of x, then of y; counts above 0.
    pub(super) cells: Vec<Cell>,
    incomplete: u64,
}

/// A value of x, a value of y and how often they meet.
type Triple = (f64, f64, u64);

/// The distinct values of one variable, ascending, with their counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Margin {
    pub(super) values: Vec<f64>,
    pub(super) counts: Vec<u64>,
}

/// How often level `x` of the first variable meets level `y` of the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) count: u64,
}

impl Bivariate {
    /// Pairs `(x[i], y[i])`: equal lengths, finite, at least one.
    pub fn from_pairs(x: &[f64], y: &[f64]) -> Computed<Self> {
        if x.len() != y.len() {
            return Err(UNEQUAL_LENGTHS);
        }
        match few_cells(x, y) {
            Some(cells) => Self::from_weighted(cells.into_iter(), 0),
            None => Self::from_weighted(x.iter().zip(y).map(|(&x, &y)| (x, y, 1)), 0),
        }
    }

    /// Pairs of which either value may be missing; incomplete pairs are left out and counted.
    pub fn from_optional_pairs(x: &[Option<f64>], y: &[Option<f64>]) -> Computed<Self> {
        if x.len() != y.len() {
            return Err(UNEQUAL_LENGTHS);
        }
        let complete = x.iter().zip(y).filter_map(|(x, y)| x.zip(*y));
        let incomplete = x.iter().zip(y).filter(|(x, y)| x.is_none() || y.is_none()).count();
        Self::from_weighted(complete.map(|(x, y)| (x, y, 1)), incomplete as u64)
    }

    /// A table of counts whose rows are the values 1, 2, … of x and whose columns are the values 1, 2, … of y.
    pub fn from_table<R: AsRef<[u64]>>(rows: &[R]) -> Computed<Self> {
        let columns = rows.first().map_or(0, |row| row.as_ref().len());
        Self::from_scored_table(rows, &first_integers(rows.len()), &first_integers(columns))
    }

    /// A table of counts whose rows and columns stand for the given values, in any order.
    pub fn from_scored_table<R: AsRef<[u64]>>(
        rows: &[R],
        row_values: &[f64],
        column_values: &[f64],
    ) -> Computed<Self> {
        let rectangular = rows.iter().all(|row| row.as_ref().len() == column_values.len());
        if rows.len() != row_values.len() || !rectangular {
            return Err(NotComputed::invalid("a table needs one value for each row and each column"));
        }
        let cells = rows.iter().zip(row_values).flat_map(|(row, &x)| {
            row.as_ref().iter().zip(column_values).map(move |(&count, &y)| (x, y, count))
        });
        Self::from_weighted(cells, 0)
    }

    /// Number of complete pairs.
    pub fn len(&self) -> u64 {
        self.x.counts.iter().sum()
    }

    /// Never: a value of this type holds at least one pair.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Number of pairs left out because a value was missing.
    pub fn incomplete(&self) -> u64 {
        self.incomplete
    }

    fn from_weighted(triples: impl Iterator<Item = (f64, f64, u64)>, incomplete: u64) -> Computed<Self> {
        let mut triples: Vec<Triple> = triples.filter(|&(_, _, count)| count > 0).collect();
        let mut total = 0_u64;
        for (x, y, count) in &mut triples {
            if !(x.is_finite() && y.is_finite()) {
                return Err(NotComputed::invalid("a value is not a finite number"));
            }
            // Adding 0 makes -0 and 0 the same value for the total order below.
            *x += 0.0;
            *y += 0.0;
            total = total.saturating_add(*count);
        }
        if total > MAX_PAIRS {
            return Err(NotComputed::TooLarge { limit: "2^32 pairs" });
        }
        if triples.is_empty() {
            return Err(NotComputed::EmptyBase);
        }
        sort(&mut triples, |a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        triples.dedup_by(|next, kept| {
            let same = (next.0.total_cmp(&kept.0)).then(next.1.total_cmp(&kept.1)).is_eq();
            if same {
                kept.2 += next.2;
            }
            same
        });
        let mut cells: Vec<Cell> = triples.iter().map(|&(_, _, count)| Cell { x: 0, y: 0, count }).collect();
        let x = Margin::of(
            &triples,
            |triple| triple.0,
            |place, level| {
                if let Some(cell) = cells.get_mut(place) {
                    cell.x = level;
                }
            },
        );
        let y = Margin::of(
            &triples,
            |triple| triple.1,
            |place, level| {
                if let Some(cell) = cells.get_mut(place) {
                    cell.y = level;
                }
            },
        );
        Ok(Self { x, y, cells, incomplete })
    }
}

impl Margin {
    /// The levels of one member of the triples; `place` is told the level of each triple.
    fn of(triples: &[Triple], value: impl Fn(&Triple) -> f64, mut place: impl FnMut(usize, usize)) -> Self {
        let mut sorted: Vec<(i64, usize)> =
            triples.iter().enumerate().map(|(at, triple)| (ordered_bits(value(triple)), at)).collect();
        sort(&mut sorted, Ord::cmp);
        let mut margin = Self { values: Vec::new(), counts: Vec::new() };
        for (_, at) in sorted {
            let Some(triple) = triples.get(at) else { continue };
            let (value, count) = (value(triple), triple.2);
            match (margin.values.last(), margin.counts.last_mut()) {
                (Some(last), Some(sum)) if last.total_cmp(&value).is_eq() => *sum += count,
                _ => {
                    margin.values.push(value);
                    margin.counts.push(count);
                }
            }
            place(at, margin.values.len() - 1);
        }
        margin
    }

    /// Twice the midrank of each level: an integer, so that ties compare exactly.
    pub(super) fn doubled_midranks(&self) -> Vec<u64> {
        let mut below = 0;
        self.counts
            .iter()
            .map(|&count| {
                let doubled = 2 * below + count + 1;
                below += count;
                doubled
            })
            .collect()
    }

    /// Number of levels that hold more than one observation.
    pub(super) fn tied_groups(&self) -> u64 {
        self.counts.iter().filter(|&&count| count > 1).count() as u64
    }
}

/// Below this length a thread costs more than it saves.
const WORTH_A_THREAD: usize = 50_000;

/// Sorts long slices in two halves at a time, which the second sort, stable, only merges.
///
/// What compares as equal is either the same or summed, so that its order reaches no result.
fn sort<T: Send>(items: &mut [T], compare: impl Fn(&T, &T) -> std::cmp::Ordering + Sync) {
    if items.len() < WORTH_A_THREAD {
        items.sort_unstable_by(compare);
        return;
    }
    let (first, second) = items.split_at_mut(items.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| first.sort_unstable_by(&compare));
        second.sort_unstable_by(&compare);
    });
    items.sort_by(compare);
}

/// An integer that is ordered as the number is by `total_cmp`.
fn ordered_bits(value: f64) -> i64 {
    let bits = value.to_bits().cast_signed();
    bits ^ ((bits >> 63) & i64::MAX)
}

/// The distinct pairs with their counts, in no order, if there are few distinct values, all finite.
fn few_cells(x: &[f64], y: &[f64]) -> Option<Vec<Triple>> {
    let (mut xs, mut ys) = (Distinct::new(), Distinct::new());
    let mut counts = vec![0_u64; distinct::MOST * distinct::MOST];
    for (&x, &y) in x.iter().zip(y) {
        *counts.get_mut(xs.number(x)? * distinct::MOST + ys.number(y)?)? += 1;
    }
    let rows = xs.values().iter().zip(counts.chunks_exact(distinct::MOST));
    Some(
        rows.flat_map(|(&x, row)| ys.values().iter().zip(row).map(move |(&y, &count)| (x, y, count)))
            .collect(),
    )
}

const UNEQUAL_LENGTHS: NotComputed = NotComputed::invalid("the two variables differ in length");

fn first_integers(count: usize) -> Vec<f64> {
    (1..=count).map(|value| value as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::{Bivariate, Cell, MAX_PAIRS};
    use crate::stats::NotComputed;

    #[test]
    fn pairs_and_their_table_are_the_same() {
        let pairs = Bivariate::from_pairs(&[2.0, 1.0, 1.0, 2.0], &[1.0, 2.0, 2.0, 3.0]).unwrap();
        let table = Bivariate::from_table(&[[0, 2, 0], [1, 0, 1]]).unwrap();
        assert_eq!(pairs, table);
        assert_eq!(pairs.len(), 4);
        assert_eq!(pairs.cells[0], Cell { x: 0, y: 1, count: 2 });
        assert_eq!(pairs.y.doubled_midranks(), [2, 5, 8]);
    }

    #[test]
    fn negative_zero_is_zero_and_incomplete_pairs_are_counted() {
        let x = [Some(-0.0), Some(0.0), None, Some(1.0)];
        let y = [Some(1.0), Some(1.0), Some(2.0), None];
        let pairs = Bivariate::from_optional_pairs(&x, &y).unwrap();
        assert_eq!((pairs.len(), pairs.incomplete(), pairs.cells.len()), (2, 2, 1));
    }

    #[test]
    fn impossible_input_is_refused() {
        assert!(matches!(Bivariate::from_pairs(&[1.0], &[]), Err(NotComputed::Invalid(_))));
        assert!(matches!(Bivariate::from_pairs(&[f64::NAN], &[1.0]), Err(NotComputed::Invalid(_))));
        assert_eq!(Bivariate::from_pairs(&[], &[]), Err(NotComputed::EmptyBase));
        assert!(matches!(Bivariate::from_table(&[vec![1], vec![1, 2]]), Err(NotComputed::Invalid(_))));
        assert!(matches!(Bivariate::from_table(&[[MAX_PAIRS, 1]]), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(Bivariate::from_table(&[[u64::MAX, u64::MAX]]), Err(NotComputed::TooLarge { .. })));
    }

    /// More distinct values than are counted without sorting, and enough of them for threads.
    #[test]
    fn many_values_are_found_as_few_are() {
        let values = |factor: u64| -> Vec<f64> { (0..120_000).map(|i| (i * factor % 1009) as f64).collect() };
        let (x, y) = (values(17), values(91));
        let pairs = Bivariate::from_pairs(&x, &y).unwrap();
        assert_eq!((pairs.len(), pairs.x.counts.len(), pairs.y.counts.len()), (120_000, 1009, 1009));
        assert!(pairs.cells.is_sorted_by_key(|cell| (cell.x, cell.y)));
        let coarse = |values: &[f64]| -> Vec<f64> { values.iter().map(|value| value % 50.0).collect() };
        let (x, y) = (coarse(&x), coarse(&y));
        let weighted = Bivariate::from_weighted(x.iter().zip(&y).map(|(&x, &y)| (x, y, 1)), 0);
        assert_eq!(Bivariate::from_pairs(&x, &y), weighted);
    }
}
