//! Decimal data as integers, so that equal sums are equal.
//!
//! 0.1 + 0.2 and 0.3 differ in the last bit, and a permutation test that compares them as they are misses a tie. Data
//! from a questionnaire or a report have few decimals: scaled to whole numbers, their sums compare exactly.

use crate::stats::{Computed, NotComputed};

/// Values as whole multiples of a common step.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scaled {
    /// The values over the step.
    pub(super) values: Vec<i64>,
    /// By how much the sum of all values may be off, in steps: 0 for decimal data, a little for other real numbers.
    pub(super) slack: i64,
}

/// Digits that are kept, counted from the first digit of the largest value.
const DIGITS: i32 = 12;

/// Rounds `values` to 12 significant digits of the largest one and removes common factors.
///
/// # Errors
/// `Invalid` where a value is not finite or their number exceeds a million.
pub(super) fn scaled(values: &[f64]) -> Computed<Scaled> {
    if values.iter().any(|value| !value.is_finite()) {
        return Err(NotComputed::invalid("a value is not a finite number"));
    }
    let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
    if count > MAX_VALUES {
        return Err(NotComputed::TooLarge { limit: "a million values" });
    }
    let largest = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    if largest <= 0.0 {
        return Ok(Scaled { values: vec![0; values.len()], slack: 0 });
    }
    let exponent = whole(libm::floor(libm::log10(largest)));
    let digits = i32::try_from(i64::from(DIGITS - 1) - exponent).unwrap_or(0);
    let rounded: Vec<i64> = values.iter().map(|&value| whole(shift_decimally(value, digits))).collect();
    let step = rounded
        .iter()
        .fold(0_u64, |step, value| greatest_common_divisor(step, value.unsigned_abs()))
        .max(1)
        .cast_signed();
    let values = rounded.iter().map(|value| value / step).collect();
    // Each rounding moved a value by half a unit at most; in units of the step that is nothing for decimal data.
    Ok(Scaled { values, slack: count / step })
}

/// Sums of so many values of 12 digits fit 64 bits.
const MAX_VALUES: i64 = 1_000_000;

/// `value * 10^digits`, in two steps where the power itself would be out of range.
fn shift_decimally(value: f64, digits: i32) -> f64 {
    let power = |digits: i32| libm::pow(10.0, f64::from(digits));
    // Dividing by a positive power is more accurate than multiplying by a negative one.
    match digits {
        ..=-1 => value / power(-digits),
        0..=22 => value * power(digits),
        _ => value * power(digits / 2) * power(digits - digits / 2),
    }
}

/// The nearest integer of a number whose magnitude stays below 2^53.
fn whole(value: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the magnitude is below 1e13, and rounding makes it whole"
    )]
    let whole = libm::round(value) as i64;
    whole
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::{Scaled, scaled};

    #[test]
    fn decimals_become_small_integers_without_slack() {
        assert_eq!(scaled(&[0.1, 0.2, 0.3, -0.4]), Ok(Scaled { values: vec![1, 2, 3, -4], slack: 0 }));
        assert_eq!(scaled(&[20.0, 40.0]), Ok(Scaled { values: vec![1, 2], slack: 0 }));
        assert_eq!(scaled(&[0.82, 1.3, -0.21]), Ok(Scaled { values: vec![82, 130, -21], slack: 0 }));
        assert_eq!(scaled(&[0.3 - 0.2, 0.2 - 0.1]), Ok(Scaled { values: vec![1, 1], slack: 0 }));
        assert_eq!(scaled(&[0.0, 0.0]), Ok(Scaled { values: vec![0, 0], slack: 0 }));
    }

    #[test]
    fn other_real_numbers_keep_twelve_digits_and_say_how_far_off_sums_may_be() {
        let thirds = scaled(&[1.0 / 3.0, 2.0 / 3.0]).unwrap();
        assert_eq!(thirds.values, [333_333_333_333, 666_666_666_667]);
        assert_eq!(thirds.slack, 2);
    }

    #[test]
    fn extreme_magnitudes_do_not_overflow() {
        assert_eq!(scaled(&[1e300, -2e300]).unwrap().values, [1, -2]);
        assert_eq!(scaled(&[1e-300, 3e-300]).unwrap().values, [1, 3]);
        assert_eq!(scaled(&[5e-324, 0.0]).unwrap().values, [1, 0]);
        assert!(scaled(&[f64::MAX, 1.0]).is_ok());
        assert!(scaled(&[f64::NAN]).is_err());
    }
}
