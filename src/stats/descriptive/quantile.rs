//! Sample quantiles: the nine definitions of Hyndman & Fan (1996).

use crate::stats::record::{Computed, Method, NotComputed};
use crate::stats::sample::{Sample, finite};

/// All nine types.
pub const QUANTILE: Method = Method {
    id: "quantile",
    name: "sample quantile",
    convention: "Hyndman-Fan type 7 unless another is named",
};

/// Type 1 alone: the value of somebody.
pub const QUANTILE_TYPE_1: Method = Method {
    id: "quantile.type1",
    name: "sample quantile that is an observed value",
    convention: "Hyndman-Fan type 1: of two in the middle the earlier",
};

/// The definition of a sample quantile, numbered as in Hyndman & Fan (1996).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum QuantileType {
    /// Inverse of the empirical distribution function: always an observed value.
    Type1,
    /// The same, averaged at its jumps (SAS, Stata).
    Type2,
    /// The observation nearest to `n p`, even at ties.
    Type3,
    /// Linear interpolation of the empirical distribution function.
    Type4,
    /// Linear, with knots midway through its steps.
    Type5,
    /// Linear, `p(k) = k / (n + 1)` (SPSS, Minitab).
    Type6,
    /// Linear, `p(k) = (k - 1) / (n - 1)` (R, NumPy, Excel).
    #[default]
    Type7,
    /// Linear, approximately median-unbiased.
    Type8,
    /// Linear, approximately unbiased for a normal sample.
    Type9,
}

impl QuantileType {
    /// All nine in order.
    pub const ALL: [Self; 9] = [
        Self::Type1,
        Self::Type2,
        Self::Type3,
        Self::Type4,
        Self::Type5,
        Self::Type6,
        Self::Type7,
        Self::Type8,
        Self::Type9,
    ];

    /// The position `n p`, as the paper's `m + n p`, in a sample of `n`.
    fn position(self, n: f64, p: f64) -> f64 {
        // Plotting constants a = b of types 4 to 9: position a + p (n + 1 - a - b).
        match self {
            Self::Type1 | Self::Type2 | Self::Type4 => n * p,
            Self::Type3 => n * p - 0.5,
            Self::Type5 => 0.5 + p * n,
            Self::Type6 => p * (n + 1.0),
            Self::Type7 => 1.0 + p * (n - 1.0),
            Self::Type8 => 1.0 / 3.0 + p * (n + 1.0 / 3.0),
            Self::Type9 => 0.375 + p * (n + 0.25),
        }
    }

    /// The weight of the next order statistic, `below` being the rank under the position and `over` what exceeds it.
    fn weight(self, below: f64, over: f64) -> f64 {
        let is_between = over > 0.0;
        match self {
            Self::Type1 => f64::from(u8::from(is_between)),
            Self::Type2 => {
                if is_between {
                    1.0
                } else {
                    0.5
                }
            }
            // Halfway between two ranks the even one wins.
            Self::Type3 => f64::from(u8::from(is_between || below.rem_euclid(2.0) > 0.5)),
            Self::Type4 | Self::Type5 | Self::Type6 | Self::Type7 | Self::Type8 | Self::Type9 => over,
        }
    }
}

/// The `p`-quantile of a sample.
///
/// # Errors
/// `EmptyBase` for no observation, `Invalid` if `p` does not lie in [0, 1].
///
/// # Examples
///
/// ```
/// use canvass::stats::descriptive::{QuantileType, quantile};
/// use canvass::stats::sample::Sample;
///
/// let sample = Sample::from_values(&[8.0, 1.0, 4.0, 2.0])?;
/// // By hand: position 0.25 * 3 = 0.75 between 1 and 2.
/// assert!((quantile(&sample, 0.25, QuantileType::Type7)? - 1.75).abs() < 1e-15);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn quantile(sample: &Sample, p: f64, definition: QuantileType) -> Computed<f64> {
    if !(0.0..=1.0).contains(&p) {
        return Err(NotComputed::invalid("the probability of a quantile lies in [0, 1]"));
    }
    let n = sample.size();
    let (Some(min), Some(max)) = (sample.min(), sample.max()) else {
        return Err(NotComputed::EmptyBase);
    };
    let position = definition.position(n, p);
    // A position that misses a whole rank only by rounding is that rank: 0.7 * 90 is 63.
    let nearest = position.round();
    let is_whole = (position - nearest).abs() <= 4.0 * f64::EPSILON * nearest.abs().max(1.0);
    let below = if is_whole { nearest } else { position.floor() };
    let over = if is_whole { 0.0 } else { position - below };
    let at = |rank: f64| {
        if rank < 1.0 {
            min
        } else if rank >= n {
            max
        } else {
            sample.order_statistic(whole(rank)).unwrap_or(max)
        }
    };
    let (low, high) = (at(below), at(below + 1.0));
    let weight = definition.weight(below, over);
    if weight <= 0.0 || low.total_cmp(&high).is_eq() {
        Ok(low)
    } else if weight >= 1.0 {
        Ok(high)
    } else {
        finite((1.0 - weight) * low + weight * high)
    }
}

/// The median; the same by every definition that averages the two middle observations.
pub fn median(sample: &Sample) -> Computed<f64> {
    quantile(sample, 0.5, QuantileType::Type7)
}

/// A rank inside the sample.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank between 1 and n")]
fn whole(rank: f64) -> u64 {
    rank as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64], p: f64, definition: QuantileType) -> f64 {
        quantile(&Sample::from_values(values).unwrap(), p, definition).unwrap()
    }

    #[test]
    fn first_quartile_of_one_to_four_by_hand() {
        let expected = [1.0, 1.5, 1.0, 1.0, 1.5, 1.25, 1.75, 1.0 / 3.0 + 13.0 / 12.0, 0.375 + 17.0 / 16.0];
        for (definition, expected) in QuantileType::ALL.into_iter().zip(expected) {
            let got = of(&[4.0, 2.0, 1.0, 3.0], 0.25, definition);
            assert!((got - expected).abs() < 1e-15, "{definition:?}: {got}");
        }
    }

    #[test]
    fn a_whole_rank_is_not_missed_by_rounding() {
        let values: Vec<f64> = (1..=90).map(f64::from).collect();
        // 0.7 * 90 in floating point is a little below 63.
        assert!((of(&values, 0.7, QuantileType::Type2) - 63.5).abs() < 1e-300);
        assert!((of(&values, 0.7, QuantileType::Type1) - 63.0).abs() < 1e-300);
    }

    #[test]
    fn nearest_even_rank() {
        // n p - 1/2 = 1 and 2: both go to the even rank 2.
        let values = [10.0, 20.0, 30.0, 40.0];
        assert!((of(&values, 0.375, QuantileType::Type3) - 20.0).abs() < 1e-300);
        assert!((of(&values, 0.625, QuantileType::Type3) - 20.0).abs() < 1e-300);
    }

    #[test]
    fn ends_and_nonsense() {
        for definition in QuantileType::ALL {
            assert!((of(&[3.0, 9.0], 0.0, definition) - 3.0).abs() < 1e-300);
            assert!((of(&[3.0, 9.0], 1.0, definition) - 9.0).abs() < 1e-300);
        }
        assert_eq!(median(&Sample::default()), Err(NotComputed::EmptyBase));
        assert!(quantile(&Sample::from_values(&[1.0]).unwrap(), f64::NAN, QuantileType::Type7).is_err());
    }
}
