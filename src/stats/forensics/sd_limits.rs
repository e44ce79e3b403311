//! The smallest and largest standard deviation that answers on a scale can have with a given mean.

use super::grim::answers;
use super::reported::{Reported, Rounding};
use crate::stats::{Caution, Computed, Method, NotComputed};

/// Limits of the standard deviation.
pub const SD_LIMITS: Method = Method {
    id: "sd_limits",
    name: "limits of the standard deviation",
    convention: "whole answers on the scale, divisor n - 1, over all sums that give the mean",
};

/// The longest scale, highest minus lowest answer, so that sums of squares stay exact.
const MAX_WIDTH: i128 = 1 << 16;

/// The whole numbers from `min` to `max` that an answer can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    min: i32,
    max: i32,
}

impl Scale {
    /// Refuses `max` below `min`, and more than 65,536 between them or beyond a million.
    pub fn new(min: i32, max: i32) -> Computed<Self> {
        let scale = Self { min, max };
        if min > max {
            Err(NotComputed::invalid("a scale runs from low to high"))
        } else if scale.width() > MAX_WIDTH || min.abs_diff(0) > 1 << 20 {
            Err(NotComputed::TooLarge { limit: "scales of 2^16 points between -2^20 and 2^20" })
        } else {
            Ok(scale)
        }
    }

    /// Lowest answer.
    pub fn min(self) -> i32 {
        self.min
    }

    /// Highest answer.
    pub fn max(self) -> i32 {
        self.max
    }

    /// Highest minus lowest answer.
    pub(super) fn width(self) -> i128 {
        i128::from(self.max) - i128::from(self.min)
    }
}

/// The limits.
#[derive(Debug, Clone, PartialEq)]
pub struct SdLimits {
    /// Standard deviation of answers as equal as possible.
    pub smallest: f64,
    /// Standard deviation of answers as extreme as possible.
    pub largest: f64,
    /// The method.
    pub method: Method,
    /// Says so if no whole sum gives the mean.
    pub cautions: Vec<Caution>,
}

/// The range of standard deviations of `n` whole answers on `scale` whose mean is printed as `mean`.
///
/// Over every sum that [`super::grim::grim`] accepts; if none is, over the nearest sum, with a caution. Undefined
/// if the mean lies outside the scale or `n` is below 2.
pub fn sd_limits(mean: &Reported, n: u64, scale: Scale, rounding: Rounding) -> Computed<SdLimits> {
    let n = answers(n, 1)?;
    if n < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: 1 });
    }
    let bounds = mean.bounds(rounding);
    let mut cautions = Vec::new();
    let sums = bounds.integers(n).unwrap_or_else(|| {
        cautions.push(Caution::Note("no whole sum gives the mean; limits for the nearest sum"));
        // The nearest integer to n times the mean, which is (low + high) / 2 in units of the denominator.
        let nearest =
            (n * (bounds.low + bounds.high) + bounds.denominator).div_euclid(2 * bounds.denominator);
        nearest..=nearest
    });
    // Sums of answers counted from the bottom of the scale; that shift leaves deviations alone.
    let least = (*sums.start() - n * i128::from(scale.min)).max(0);
    let most = (*sums.end() - n * i128::from(scale.min)).min(n * scale.width());
    if least > most {
        return Err(NotComputed::Undefined("the mean lies outside the scale"));
    }
    let sd = |deviations: i128| (deviations as f64 / (n as f64 * (n - 1) as f64)).sqrt();
    Ok(SdLimits {
        smallest: sd(smallest(least, most, n)),
        largest: sd(largest(least, most, n, scale.width())),
        method: SD_LIMITS,
        cautions,
    })
}

/// The least `n * sum of squared deviations` over the sums: answers of two neighbouring values.
fn smallest(least: i128, most: i128, n: i128) -> i128 {
    // r (n - r) for remainder r: concave between the multiples of n, where it is 0.
    let deviations = |sum: i128| (sum % n) * (n - sum % n);
    if most / n > (least - 1).div_euclid(n) { 0 } else { deviations(least).min(deviations(most)) }
}

/// The largest `n * sum of squared deviations` over the sums: answers at both ends, and at most one between.
fn largest(least: i128, most: i128, n: i128, width: i128) -> i128 {
    if width == 0 {
        return 0;
    }
    let deviations = |sum: i128| {
        let (at_top, between) = (sum / width, sum % width);
        n * (at_top * width * width + between * between) - sum * sum
    };
    // Convex between the multiples of the width; over these it peaks at half the people on top.
    let (first, last) = ((least + width - 1) / width, most / width);
    let ends = deviations(least).max(deviations(most));
    if first > last {
        return ends;
    }
    let peak = |at_top: i128| deviations(at_top.clamp(first, last) * width);
    ends.max(peak(n / 2)).max(peak((n + 1) / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(mean: &str, n: u64, min: i32, max: i32) -> Computed<(f64, f64)> {
        let mean = Reported::parse(mean)?;
        sd_limits(&mean, n, Scale::new(min, max)?, Rounding::Either).map(|sd| (sd.smallest, sd.largest))
    }

    #[test]
    fn answers_are_as_equal_or_as_extreme_as_the_sum_allows() {
        // Sum 5 of two answers from 1 to 5: {2, 3} or {1, 4}.
        let (low, high) = limits("2.5", 2, 1, 5).unwrap();
        assert!((low - 0.5_f64.sqrt()).abs() < 1e-15 && (high - 4.5_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn every_sum_that_gives_the_mean_counts() {
        // Mean 3 without decimals of 3 answers: sums 8 to 10, of which 9 allows all equal.
        let (low, high) = limits("3", 3, 1, 5).unwrap();
        // The most extreme are {5, 2, 1}, with 3 * 30 - 8^2 = 26.
        assert!(low == 0.0 && (high - (26.0_f64 / 6.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn the_mean_of_no_sum_takes_the_nearest_and_says_so() {
        let mean = Reported::parse("2.57").unwrap();
        let result = sd_limits(&mean, 22, Scale::new(1, 5).unwrap(), Rounding::Either).unwrap();
        assert_eq!(result.cautions.len(), 1);
    }

    #[test]
    fn impossible_means_and_scales_are_refused() {
        assert!(matches!(limits("5.5", 10, 1, 5), Err(NotComputed::Undefined(_))));
        assert!(matches!(limits("0.9", 10, 1, 5), Err(NotComputed::Undefined(_))));
        assert!(matches!(limits("3", 1, 1, 5), Err(NotComputed::TooFew { .. })));
        assert!(limits("3", 5, 5, 1).is_err());
        assert!(matches!(limits("3", 5, 0, i32::MAX), Err(NotComputed::TooLarge { .. })));
        assert_eq!(limits("3.0", 5, 3, 3), Ok((0.0, 0.0)));
    }
}
