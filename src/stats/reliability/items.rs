//! Answers of persons to the items of a scale, and their covariances.

use crate::stats::descriptive::median;
use crate::stats::sample::{Sample, compensated_sum};
use crate::stats::{Computed, NotComputed};

/// Numeric answers of persons to items, any of which may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Items {
    columns: Vec<Vec<Option<f64>>>,
    persons: usize,
}

impl Items {
    /// One row per person, one column per item: rows of equal length, numbers finite.
    pub fn from_rows<R: AsRef<[Option<f64>]>>(rows: &[R]) -> Computed<Self> {
        let k = rows.first().map_or(0, |row| row.as_ref().len());
        if rows.iter().any(|row| row.as_ref().len() != k) {
            return Err(UNEVEN);
        }
        let columns: Vec<Vec<Option<f64>>> = (0..k)
            .map(|item| rows.iter().map(|row| row.as_ref().get(item).copied().flatten()).collect())
            .collect();
        Self::from_columns(&columns)
    }

    /// One list of answers per item, persons in the same order in each.
    pub fn from_columns<C: AsRef<[Option<f64>]>>(columns: &[C]) -> Computed<Self> {
        let persons = columns.first().map_or(0, |column| column.as_ref().len());
        if columns.iter().any(|column| column.as_ref().len() != persons) {
            return Err(UNEVEN);
        }
        if persons == 0 {
            return Err(NotComputed::EmptyBase);
        }
        let columns: Vec<Vec<Option<f64>>> = columns.iter().map(|column| column.as_ref().to_vec()).collect();
        // Larger answers could not be squared.
        if columns.iter().flatten().flatten().any(|value| value.is_nan() || value.abs() > 1e140) {
            return Err(NotComputed::invalid("an answer is not a number within 1e140 of zero"));
        }
        Ok(Self { columns, persons })
    }

    /// The items with the median of each in place of its gaps, and how many gaps there were.
    ///
    /// # Errors
    /// `EmptyBase` where an item has no answer at all.
    pub fn with_medians(&self) -> Computed<(Self, u64)> {
        let mut gaps = 0;
        let mut columns = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let given: Vec<f64> = column.iter().copied().flatten().collect();
            gaps += (column.len() - given.len()) as u64;
            let median = median(&Sample::from_values(&given)?)?;
            columns.push(column.iter().map(|answer| Some(answer.unwrap_or(median))).collect());
        }
        Ok((Self { columns, persons: self.persons }, gaps))
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The answers of those who answered every item, and the number of other persons.
    pub(super) fn complete(&self) -> (Complete, u64) {
        let answered: Vec<usize> = (0..self.persons)
            .filter(|&person| {
                self.columns.iter().all(|column| column.get(person).is_some_and(Option::is_some))
            })
            .collect();
        let columns = self
            .columns
            .iter()
            .map(|column| {
                answered.iter().filter_map(|&person| column.get(person).copied().flatten()).collect()
            })
            .collect();
        (Complete { columns, n: answered.len() }, (self.persons - answered.len()) as u64)
    }

    /// The answers to each item, without its gaps.
    pub(super) fn answers(&self) -> Vec<Vec<f64>> {
        self.columns.iter().map(|column| column.iter().copied().flatten().collect()).collect()
    }

    /// Covariances of all persons who answered both items, pair by pair (divisor: their number - 1).
    pub(super) fn pairwise_covariances(&self) -> Computed<Covariances> {
        Covariances::filled(self.len(), |i, j| {
            let (Some(a), Some(b)) = (self.columns.get(i), self.columns.get(j)) else { return Ok(0.0) };
            let both: (Vec<f64>, Vec<f64>) = a.iter().zip(b).filter_map(|(a, b)| a.zip(*b)).unzip();
            if both.0.len() < 2 {
                return Err(NotComputed::TooFew { needed: 2, found: both.0.len() as u64 });
            }
            Ok(covariance(&centred(&both.0), &centred(&both.1)))
        })
    }
}

const UNEVEN: NotComputed = NotComputed::invalid("every person needs one answer, or a gap, for each item");

/// Answers without gaps, item by item.
#[derive(Debug, Clone)]
pub(super) struct Complete {
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) n: usize,
}

impl Complete {
    /// The answers of the persons with these places, who may come more than once.
    pub(super) fn of_persons(&self, persons: &[usize]) -> Self {
        let chosen =
            |column: &Vec<f64>| persons.iter().filter_map(|&person| column.get(person).copied()).collect();
        Self { columns: self.columns.iter().map(chosen).collect(), n: persons.len() }
    }

    /// Covariances with divisor n - 1.
    pub(super) fn covariances(&self) -> Computed<Covariances> {
        if self.n < 2 {
            return Err(NotComputed::TooFew { needed: 2, found: self.n as u64 });
        }
        let centred: Vec<Vec<f64>> = self.columns.iter().map(|column| centred(column)).collect();
        Covariances::filled(centred.len(), |i, j| {
            let (Some(a), Some(b)) = (centred.get(i), centred.get(j)) else { return Ok(0.0) };
            Ok(covariance(a, b))
        })
    }
}

/// A symmetric matrix of covariances (or correlations) of the items.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Covariances {
    values: Vec<f64>,
    k: usize,
}

impl Covariances {
    pub(super) fn filled(k: usize, mut entry: impl FnMut(usize, usize) -> Computed<f64>) -> Computed<Self> {
        let mut values = vec![0.0; k * k];
        for i in 0..k {
            for j in 0..=i {
                let value = entry(i, j)?;
                for place in [i * k + j, j * k + i] {
                    if let Some(slot) = values.get_mut(place) {
                        *slot = value;
                    }
                }
            }
        }
        Ok(Self { values, k })
    }

    pub(super) fn len(&self) -> usize {
        self.k
    }

    pub(super) fn get(&self, i: usize, j: usize) -> f64 {
        self.values.get(i * self.k + j).copied().unwrap_or(0.0)
    }

    pub(super) fn row(&self, i: usize) -> impl Iterator<Item = f64> {
        self.values.iter().skip(i * self.k).take(self.k).copied()
    }

    pub(super) fn trace(&self) -> f64 {
        compensated_sum((0..self.k).map(|i| self.get(i, i)))
    }

    /// The variance of the sum of all items.
    pub(super) fn total(&self) -> f64 {
        compensated_sum(self.values.iter().copied())
    }

    /// The variance of the sum, or why nothing can be divided by it.
    pub(super) fn positive_total(&self) -> Computed<f64> {
        if self.k < 2 {
            return Err(NotComputed::TooFew { needed: 2, found: self.k as u64 });
        }
        let total = self.total();
        if total.is_finite() && total > self.trace() * (self.k * self.k) as f64 * f64::EPSILON {
            Ok(total)
        } else {
            Err(NotComputed::NoVariation)
        }
    }

    /// The matrix with unit diagonal.
    pub(super) fn correlations(&self) -> Computed<Self> {
        if (0..self.k).any(|i| self.get(i, i) <= 0.0) {
            return Err(NotComputed::NoVariation);
        }
        Self::filled(self.k, |i, j| {
            let scale = self.get(i, i).sqrt() * self.get(j, j).sqrt();
            Ok(if i == j { 1.0 } else { (self.get(i, j) / scale).clamp(-1.0, 1.0) })
        })
    }
}

/// Deviations from the mean; exactly 0 where all values are equal.
fn centred(values: &[f64]) -> Vec<f64> {
    let constant = values.windows(2).all(|pair| matches!(pair, [a, b] if a.total_cmp(b).is_eq()));
    let mean = mean(values);
    values.iter().map(|value| if constant { 0.0 } else { value - mean }).collect()
}

/// The mean of values without gaps.
pub(super) fn mean(values: &[f64]) -> f64 {
    compensated_sum(values.iter().copied()) / values.len() as f64
}

fn covariance(a: &[f64], b: &[f64]) -> f64 {
    compensated_sum(a.iter().zip(b).map(|(a, b)| a * b)) / (a.len() - 1) as f64
}

/// Items without a missing answer, for tests.
#[cfg(test)]
pub(super) fn complete<const K: usize>(rows: &[[f64; K]]) -> Items {
    let rows: Vec<[Option<f64>; K]> = rows.iter().map(|row| row.map(Some)).collect();
    Items::from_rows(&rows).unwrap()
}

#[cfg(test)]
mod tests {
    use super::Items;
    use crate::stats::NotComputed;

    #[test]
    fn rows_and_columns_make_the_same_items() {
        let rows =
            Items::from_rows(&[[Some(1.0), Some(2.0)], [Some(3.0), None], [Some(5.0), Some(6.0)]]).unwrap();
        let columns =
            Items::from_columns(&[[Some(1.0), Some(3.0), Some(5.0)], [Some(2.0), None, Some(6.0)]]).unwrap();
        assert_eq!(rows, columns);
        let (complete, incomplete) = rows.complete();
        assert_eq!((complete.n, incomplete), (2, 1));
        assert!((complete.covariances().unwrap().total() - 32.0).abs() < 1e-12);
        assert!((rows.pairwise_covariances().unwrap().get(0, 0) - 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_gap_takes_the_median_of_its_item() {
        let rows = [[Some(1.0), Some(2.0)], [Some(2.0), None], [Some(5.0), Some(6.0)], [None, Some(7.0)]];
        let (filled, gaps) = Items::from_rows(&rows).unwrap().with_medians().unwrap();
        let expected = [[1.0, 2.0], [2.0, 6.0], [5.0, 6.0], [2.0, 7.0]].map(|row| row.map(Some));
        assert_eq!((filled, gaps), (Items::from_rows(&expected).unwrap(), 2));
        let empty = Items::from_rows(&[[Some(1.0), None]]).unwrap();
        assert_eq!(empty.with_medians(), Err(NotComputed::EmptyBase));
    }

    #[test]
    fn impossible_items_are_refused() {
        assert!(matches!(Items::from_rows(&[vec![Some(1.0)], vec![]]), Err(NotComputed::Invalid(_))));
        assert!(matches!(Items::from_rows(&[[Some(f64::INFINITY)]]), Err(NotComputed::Invalid(_))));
        assert_eq!(Items::from_rows::<[Option<f64>; 2]>(&[]), Err(NotComputed::EmptyBase));
        assert_eq!(Items::from_columns::<[Option<f64>; 0]>(&[[], []]), Err(NotComputed::EmptyBase));
    }
}
