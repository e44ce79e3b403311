//! DEBIT: whether a mean and a standard deviation of yes/no answers are possible together.

use std::ops::RangeInclusive;

use super::grim::answers;
use super::grimmer::Divisor;
use super::reported::{Bounds, Reported, Rounding};
use crate::stats::{Computed, Method, NotComputed};

/// DEBIT.
pub const DEBIT: Method = Method {
    id: "debit",
    name: "exact DEBIT test",
    convention: "some count of ones gives both numbers; Heathers and Brown 2019 ignore the count",
};

/// The most counts that are listed.
pub const MAX_LISTED: i128 = 1_000_000;

/// The verdict on a mean and a standard deviation of zeros and ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debit {
    /// Whether some count of ones gives both numbers.
    pub consistent: bool,
    /// The counts that do.
    pub counts: Vec<u64>,
    /// Whether some count between 0 and `n` gives the mean.
    pub grim: bool,
    /// The published version of the test: whether the standard deviations that belong to all means (not only whole
    /// counts) which are printed alike overlap those that the printed standard deviation allows.
    pub interval_version: bool,
    /// The method.
    pub method: Method,
}

/// Tests mean and standard deviation of `n` zeros and ones (Heathers and Brown 2019, made exact).
pub fn debit(
    mean: &Reported,
    sd: &Reported,
    n: u64,
    rounding: Rounding,
    divisor: Divisor,
) -> Computed<Debit> {
    let n = answers(n, 1)?;
    let denominator = divisor.denominator(n)?;
    let (mean, sd) = (mean.bounds(rounding), sd.bounds(rounding));
    let possible = mean.integers(n).map(|counts| (*counts.start()).max(0)..=(*counts.end()).min(n));
    let possible = possible.unwrap_or(RangeInclusive::new(1, 0));
    if possible.end() - possible.start() > MAX_LISTED {
        return Err(NotComputed::TooLarge { limit: "1000000 counts" });
    }
    let mut counts = Vec::new();
    for count in possible.clone() {
        if sd.square_contains(count * (n - count), denominator)? {
            counts.push(u64::try_from(count).map_err(|_| NotComputed::invalid("a count is not negative"))?);
        }
    }
    Ok(Debit {
        consistent: !counts.is_empty(),
        counts,
        grim: !possible.is_empty(),
        interval_version: overlap(&mean, &sd, n * n, denominator)?,
        method: DEBIT,
    })
}

/// Whether `m (1 - m) * scale / denominator`, over all means `m` within bounds, meets the squared bounds of the
/// standard deviation.
fn overlap(mean: &Bounds, sd: &Bounds, scale: i128, denominator: i128) -> Computed<bool> {
    let one = mean.denominator;
    let (low, high) = (mean.low.max(0), mean.high.min(one));
    if low > high || sd.high < 0 {
        return Ok(false);
    }
    // m (1 - m) in units of 1 / one^2 rises up to one half and falls after it.
    let variance = |m: i128| m * (one - m);
    let least = variance(low).min(variance(high));
    let most =
        if low <= one / 2 && one / 2 <= high { one * one / 4 } else { variance(low).max(variance(high)) };
    let (scale, denominator) = shortened(scale, denominator);
    let too_large = NotComputed::TooLarge { limit: "fractions of 128-bit integers" };
    let compare = |variance: i128, limit: i128| -> Option<std::cmp::Ordering> {
        let left = variance.checked_mul(scale)?.checked_mul(sd.denominator.pow(2))?;
        let right = limit.max(0).pow(2).checked_mul(denominator)?.checked_mul(one * one)?;
        Some(left.cmp(&right))
    };
    let reaches_low = compare(most, sd.low).ok_or(too_large.clone())?;
    let reaches_high = compare(least, sd.high).ok_or(too_large)?;
    Ok(reaches_low.is_ge() && reaches_high.is_le())
}

/// `n^2 / (n (n - 1))` and `n^2 / n^2` in lowest terms.
fn shortened(numerator: i128, denominator: i128) -> (i128, i128) {
    let (mut a, mut b) = (numerator, denominator);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (numerator / a.max(1), denominator / a.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(mean: &str, sd: &str, n: u64) -> Computed<Debit> {
        debit(&Reported::parse(mean)?, &Reported::parse(sd)?, n, Rounding::Either, Divisor::NMinusOne)
    }

    #[test]
    fn the_exact_test_is_stricter_than_the_published_one() {
        let result = test("0.10", "0.30", 20).unwrap();
        assert!(!result.consistent && result.interval_version && result.grim);
    }

    #[test]
    fn halves_have_the_largest_deviation() {
        // Means from .4995 to .5005 include one half, where the deviation is largest.
        assert!(test("0.500", "0.5130", 20).unwrap().interval_version);
        assert_eq!(test("0.500", "0.513", 20).unwrap().counts, [10]);
    }

    #[test]
    fn impossible_inputs_are_refused() {
        assert!(matches!(test("0.5", "0.5", 1), Err(NotComputed::TooFew { .. })));
        assert!(matches!(test("0.5", "0.5", 0), Err(NotComputed::EmptyBase)));
        assert!(matches!(test("0", "0", 1 << 40), Err(NotComputed::TooLarge { .. })));
        let beyond = test("1.50", "0.50", 10).unwrap();
        assert!(!beyond.consistent && !beyond.grim && !beyond.interval_version);
    }
}
