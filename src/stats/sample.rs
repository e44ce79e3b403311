//! A sample as distinct values with their counts: the form in which every statistic here takes numbers.
//!
//! Answers on a scale of five points are five pairs however many people gave them, so a statistic on millions costs
//! what it costs on five; and the order in which answers arrived cannot reach a result.

use super::record::{Computed, NotComputed};

/// Distinct finite values in increasing order, each with how often it occurs. May be empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sample {
    points: Vec<Point>,
    n: u64,
}

/// One distinct value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The value.
    pub value: f64,
    /// How many observations have it; at least 1.
    pub count: u64,
    /// How many observations have it or a smaller one.
    pub cumulative: u64,
}

impl Sample {
    /// Groups single observations.
    ///
    /// # Errors
    /// `Invalid` if a value is not finite: missing values are left out before.
    pub fn from_values(values: &[f64]) -> Computed<Self> {
        Self::from_pairs(values.iter().map(|value| (*value, 1)).collect())
    }

    /// Groups values that come with counts; equal values are added, counts of 0 left out.
    ///
    /// # Errors
    /// `Invalid` if a value is not finite, or the counts do not fit into 64 bits.
    pub fn from_counts(counts: &[(f64, u64)]) -> Computed<Self> {
        Self::from_pairs(counts.iter().copied().filter(|(_, count)| *count > 0).collect())
    }

    /// The distinct values in increasing order.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The number of observations.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// The number of observations as a number.
    pub const fn size(&self) -> f64 {
        self.n as f64
    }

    /// The smallest value.
    pub fn min(&self) -> Option<f64> {
        self.points.first().map(|point| point.value)
    }

    /// The largest value.
    pub fn max(&self) -> Option<f64> {
        self.points.last().map(|point| point.value)
    }

    /// The value of rank `rank`, counted from 1.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        if rank == 0 {
            return None;
        }
        let at = self.points.partition_point(|point| point.cumulative < rank);
        self.points.get(at).map(|point| point.value)
    }

    /// Whether no value differs from another.
    pub const fn is_constant(&self) -> bool {
        self.points.len() <= 1
    }

    /// Number of values that occur more than once.
    pub fn n_tied_groups(&self) -> u64 {
        self.points.iter().filter(|point| point.count > 1).count() as u64
    }

    /// Sum of `count * term(value)`, compensated so that its error does not grow with the number of values.
    pub fn sum_of(&self, term: impl Fn(f64) -> f64) -> f64 {
        compensated_sum(self.points.iter().map(|point| point.count as f64 * term(point.value)))
    }

    /// The mean of an unempty sample; none if it is empty or overflows.
    pub fn mean(&self) -> Computed<f64> {
        if self.n == 0 {
            return Err(NotComputed::EmptyBase);
        }
        if self.is_constant() {
            // A mean of equal values is that value, without rounding.
            return self.min().ok_or(NotComputed::EmptyBase);
        }
        let first = self.sum_of(|value| value) / self.size();
        // The second pass takes off the rounding of the first.
        finite(first + self.sum_of(|value| value - first) / self.size())
    }

    /// Sum of squared deviations from the mean.
    pub fn sum_of_squares(&self) -> Computed<f64> {
        let mean = self.mean()?;
        if self.is_constant() {
            return Ok(0.0);
        }
        let squares = self.sum_of(|value| (value - mean) * (value - mean));
        let rest = self.sum_of(|value| value - mean);
        finite(squares - rest * (rest / self.size()))
    }

    /// Variance with divisor `n - 1`.
    pub fn variance(&self) -> Computed<f64> {
        if self.n < 2 {
            return Err(NotComputed::TooFew { needed: 2, found: self.n });
        }
        Ok(self.sum_of_squares()? / (self.size() - 1.0))
    }

    fn from_pairs(mut pairs: Vec<(f64, u64)>) -> Computed<Self> {
        for (value, _) in &mut pairs {
            if !value.is_finite() {
                return Err(NotComputed::invalid("a sample holds finite numbers only"));
            }
            // Adding 0 turns -0 into 0, so that the total order agrees with equality.
            *value += 0.0;
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut points: Vec<Point> = Vec::new();
        let mut n = 0_u64;
        for (value, count) in pairs {
            n = n.checked_add(count).ok_or(NotComputed::invalid("the counts do not fit into 64 bits"))?;
            match points.last_mut() {
                Some(last) if last.value.total_cmp(&value).is_eq() => {
                    last.count += count;
                    last.cumulative = n;
                }
                _ => points.push(Point { value, count, cumulative: n }),
            }
        }
        Ok(Self { points, n })
    }
}

/// A finite number, or the reason that there is none: everything that goes in is finite, so the rest has overflowed.
pub fn finite(value: f64) -> Computed<f64> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(NotComputed::Undefined("the result is beyond the range of floating-point numbers"))
    }
}

/// Sum with a running correction (Neumaier 1974).
pub fn compensated_sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut correction) = (0.0_f64, 0.0_f64);
    for term in terms {
        let next = sum + term;
        correction += if sum.abs() >= term.abs() { (sum - next) + term } else { (term - next) + sum };
        sum = next;
    }
    if correction.is_finite() { sum + correction } else { sum }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_grouped_and_zero_has_one_sign() {
        let sample = Sample::from_values(&[2.0, -0.0, 0.0, 2.0, 1.0]).unwrap();
        let pairs: Vec<_> = sample.points().iter().map(|p| (p.value, p.count, p.cumulative)).collect();
        assert_eq!(pairs, [(0.0, 2, 2), (1.0, 1, 3), (2.0, 2, 5)]);
        assert_eq!(sample.n_tied_groups(), 2);
    }

    #[test]
    fn counts_and_values_are_the_same_sample() {
        let by_count = Sample::from_counts(&[(3.0, 2), (1.0, 1), (7.0, 0), (3.0, 1)]).unwrap();
        assert_eq!(by_count, Sample::from_values(&[3.0, 1.0, 3.0, 3.0]).unwrap());
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert!(Sample::from_values(&[1.0, f64::NAN]).is_err());
        assert!(Sample::from_values(&[f64::INFINITY]).is_err());
        assert!(Sample::from_counts(&[(1.0, u64::MAX), (2.0, 1)]).is_err());
    }

    #[test]
    fn small_differences_on_a_large_mean_survive() {
        let sample = Sample::from_values(&[1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0]).unwrap();
        assert!((sample.variance().unwrap() - 30.0).abs() < 1e-12);
        assert!((sample.mean().unwrap() - (1e9 + 10.0)).abs() < 1e-300);
    }

    #[test]
    fn overflow_is_said() {
        let sample = Sample::from_values(&[f64::MAX, -f64::MAX, f64::MAX]).unwrap();
        assert!(sample.variance().is_err());
        assert!((compensated_sum([1e100, 1.0, -1e100]) - 1.0).abs() < 1e-300);
    }

    #[test]
    fn order_statistics_count_from_one() {
        let sample = Sample::from_counts(&[(5.0, 3), (1.0, 2)]).unwrap();
        let all: Vec<_> = (0..=6).map(|rank| sample.order_statistic(rank)).collect();
        assert_eq!(all, [None, Some(1.0), Some(1.0), Some(5.0), Some(5.0), Some(5.0), None]);
    }
}
