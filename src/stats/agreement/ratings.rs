//! Units rated by several raters, with gaps.

use crate::stats::{Computed, NotComputed};

/// Ratings of units (rows) by raters (columns), any of which may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    /// Row by row.
    values: Vec<Option<f64>>,
    raters: usize,
}

impl Ratings {
    /// One row per unit, one column per rater: rows of equal length, numbers finite.
    pub fn from_units<R: AsRef<[Option<f64>]>>(units: &[R]) -> Computed<Self> {
        let raters = units.first().map_or(0, |unit| unit.as_ref().len());
        if units.iter().any(|unit| unit.as_ref().len() != raters) {
            return Err(NotComputed::invalid("every unit needs one rating, or a gap, for each rater"));
        }
        let values: Vec<Option<f64>> = units.iter().flat_map(|unit| unit.as_ref().iter().copied()).collect();
        if values.iter().flatten().any(|value| !value.is_finite()) {
            return Err(NotComputed::invalid("a rating is not a finite number"));
        }
        if values.is_empty() {
            return Err(NotComputed::EmptyBase);
        }
        // Adding 0 makes -0 and 0 one category.
        let values = values.into_iter().map(|value| value.map(|value| value + 0.0)).collect();
        Ok(Self { values, raters })
    }

    /// Number of raters.
    pub fn raters(&self) -> usize {
        self.raters
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.values.len() / self.raters.max(1)
    }

    /// The ratings of each unit.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[Option<f64>]> {
        self.values.chunks(self.raters.max(1))
    }

    /// The units that every rater rated, and the number of other units.
    pub(super) fn complete(&self) -> (Vec<Vec<f64>>, u64) {
        let complete: Vec<Vec<f64>> =
            self.rows().filter_map(|row| row.iter().copied().collect::<Option<Vec<f64>>>()).collect();
        let incomplete = self.units() - complete.len();
        (complete, incomplete as u64)
    }

    /// The distinct ratings in ascending order.
    pub(super) fn levels(&self) -> Vec<f64> {
        distinct(self.values.iter().flatten().copied())
    }
}

/// Distinct values in ascending order.
pub(super) fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut levels: Vec<f64> = values.collect();
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup_by(|a, b| a.total_cmp(b).is_eq());
    levels
}

/// The place of `value` among `levels`.
pub(super) fn level_of(levels: &[f64], value: f64) -> usize {
    levels.partition_point(|level| level.total_cmp(&value).is_lt())
}

#[cfg(test)]
mod tests {
    use super::Ratings;
    use crate::stats::NotComputed;

    #[test]
    fn gaps_are_kept_and_complete_units_found() {
        let ratings =
            Ratings::from_units(&[[Some(2.0), Some(1.0)], [None, Some(-0.0)], [Some(0.0), Some(2.0)]])
                .unwrap();
        assert_eq!((ratings.units(), ratings.raters()), (3, 2));
        assert_eq!(ratings.complete(), (vec![vec![2.0, 1.0], vec![0.0, 2.0]], 1));
        assert_eq!(ratings.levels(), [0.0, 1.0, 2.0]);
    }

    #[test]
    fn impossible_ratings_are_refused() {
        assert!(matches!(Ratings::from_units(&[vec![Some(1.0)], vec![]]), Err(NotComputed::Invalid(_))));
        assert!(matches!(Ratings::from_units(&[[Some(f64::NAN)]]), Err(NotComputed::Invalid(_))));
        assert_eq!(Ratings::from_units::<[Option<f64>; 2]>(&[]), Err(NotComputed::EmptyBase));
    }
}
