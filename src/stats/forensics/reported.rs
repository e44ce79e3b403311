//! A number as printed: its digits, its precision, and the exact values that rounding could have turned into it.

use std::ops::RangeInclusive;

use crate::stats::{Computed, NotComputed};

/// The most decimals, and the most digits in all, so that squares stay exact in 128 bits.
pub const MAX_DECIMALS: u32 = 9;
const MAX_DIGITS: usize = 15;

/// How a value was rounded to the printed digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// By any of the usual rules: a value halfway between two prints is accepted for both.
    #[default]
    Either,
    /// Halves away from zero.
    HalfUp,
    /// Halves to the even digit.
    HalfEven,
    /// Digits cut off.
    Truncated,
}

/// A number as printed. Trailing zeros count: `2.50` is more precise than `2.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reported {
    /// The number in units of its last digit.
    digits: i128,
    decimals: u32,
    /// `-0.00` keeps its sign, which matters to truncation alone.
    negative: bool,
}

/// The values that are printed alike, as multiples of `1 / denominator`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Lower limit.
    pub low: i128,
    /// Whether the lower limit itself belongs.
    pub low_belongs: bool,
    /// Upper limit.
    pub high: i128,
    /// Whether the upper limit itself belongs.
    pub high_belongs: bool,
    /// The unit of both limits is one over this.
    pub denominator: i128,
}

impl Reported {
    /// Reads a decimal number such as `3.45`, `-.5` or `12`, with an optional sign and without exponent.
    pub fn parse(text: &str) -> Computed<Self> {
        let invalid = NotComputed::invalid("not a decimal number");
        let text = text.trim();
        let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let all = whole.bytes().chain(fraction.bytes());
        if whole.len() + fraction.len() == 0 || !all.clone().all(|byte| byte.is_ascii_digit()) {
            return Err(invalid);
        }
        let decimals = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        let significant = all.clone().skip_while(|byte| *byte == b'0').count();
        if decimals > MAX_DECIMALS || significant > MAX_DIGITS {
            return Err(NotComputed::TooLarge { limit: "15 digits, 9 of them decimals" });
        }
        let digits = all.fold(0_i128, |value, byte| value * 10 + i128::from(byte - b'0'));
        Ok(Self { digits: if negative { -digits } else { digits }, decimals, negative })
    }

    /// Number of decimals printed.
    pub fn decimals(&self) -> u32 {
        self.decimals
    }

    /// The number as printed.
    pub fn value(&self) -> f64 {
        self.digits as f64 / self.scale() as f64
    }

    /// `10^decimals`.
    pub(super) fn scale(&self) -> i128 {
        10_i128.pow(self.decimals)
    }

    /// All values that are printed as this number.
    pub fn bounds(&self, rounding: Rounding) -> Bounds {
        let (centre, denominator) = (2 * self.digits, 2 * self.scale());
        let down = self.digits < 0 || (self.digits == 0 && self.negative);
        let (low, high, low_belongs, high_belongs) = match rounding {
            Rounding::Either => (centre - 1, centre + 1, true, true),
            Rounding::HalfUp => (centre - 1, centre + 1, self.digits > 0, self.digits < 0),
            Rounding::HalfEven => (centre - 1, centre + 1, self.digits % 2 == 0, self.digits % 2 == 0),
            Rounding::Truncated if down => (centre - 2, centre, false, true),
            Rounding::Truncated => (centre, centre + 2, true, false),
        };
        Bounds { low, low_belongs, high, high_belongs, denominator }
    }
}

impl Bounds {
    /// The integers `s` for which `s / divisor` lies within the bounds; `None` if there is none.
    pub(super) fn integers(&self, divisor: i128) -> Option<RangeInclusive<i128>> {
        // s / divisor >= low / denominator, and so on.
        let low = ceil_div(self.low.checked_mul(divisor)?, self.denominator, self.low_belongs);
        let high = -ceil_div(-self.high.checked_mul(divisor)?, self.denominator, self.high_belongs);
        (low <= high).then_some(low..=high)
    }

    /// Whether `numerator / denominator` (both at least 0) lies within the squares of these bounds, for a quantity
    /// that cannot be negative.
    pub(super) fn square_contains(&self, numerator: i128, denominator: i128) -> Computed<bool> {
        let too_large = NotComputed::TooLarge { limit: "fractions of 128-bit integers" };
        let left = numerator.checked_mul(self.denominator * self.denominator).ok_or(too_large.clone())?;
        let square = |limit: i128| limit.max(0).pow(2).checked_mul(denominator).ok_or(too_large.clone());
        let (low, high) = (square(self.low)?, square(self.high)?);
        let low_ok = self.low < 0 || left > low || (self.low_belongs && left == low);
        let high_ok = self.high >= 0 && (left < high || (self.high_belongs && left == high));
        Ok(low_ok && high_ok)
    }
}

/// The least integer not below `a / b`, or above it if the quotient itself does not belong; `b` is positive.
fn ceil_div(a: i128, b: i128, belongs: bool) -> i128 {
    let floor = a.div_euclid(b);
    if a.rem_euclid(b) == 0 && belongs { floor } else { floor + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_precision() {
        let read = |text| Reported::parse(text).map(|number| (number.value(), number.decimals()));
        assert_eq!(read("2.50"), Ok((2.5, 2)));
        assert_eq!(read(" -.5 "), Ok((-0.5, 1)));
        assert_eq!(read("\u{2212}12"), Ok((-12.0, 0)));
        assert_eq!(read("000.25"), Ok((0.25, 2)));
        for text in ["", ".", "-", "1e5", "1,5", "1.2.3", "NaN", "--1", "1 2"] {
            assert!(matches!(read(text), Err(NotComputed::Invalid(_))), "{text}");
        }
        for text in ["1234567890123456", "0.1234567890"] {
            assert!(matches!(read(text), Err(NotComputed::TooLarge { .. })), "{text}");
        }
    }

    #[test]
    fn halves_belong_by_rule() {
        // 17 / 8 = 2.125 is printed 2.13 by halves away from zero and 2.12 by halves to even.
        let prints = |text, rounding| {
            let bounds = Reported::parse(text).unwrap().bounds(rounding);
            bounds.integers(8).is_some_and(|range| range.contains(&17))
        };
        assert!(prints("2.12", Rounding::Either) && prints("2.13", Rounding::Either));
        assert!(!prints("2.12", Rounding::HalfUp) && prints("2.13", Rounding::HalfUp));
        assert!(prints("2.12", Rounding::HalfEven) && !prints("2.13", Rounding::HalfEven));
        assert!(prints("2.12", Rounding::Truncated) && !prints("2.13", Rounding::Truncated));
    }

    #[test]
    fn truncation_points_towards_zero() {
        let holds = |text, s| {
            let bounds = Reported::parse(text).unwrap().bounds(Rounding::Truncated);
            bounds.integers(10).is_some_and(|range| range.contains(&s))
        };
        assert!(holds("-1", -15) && holds("-1", -10) && !holds("-1", -20) && !holds("-1", -9));
        assert!(holds("0", 9) && !holds("0", 10) && !holds("0", -1) && holds("-0", -9));
    }

    #[test]
    fn squares_include_their_ends() {
        let bounds = Reported::parse("0.5").unwrap().bounds(Rounding::Either);
        // 0.45^2 = 81 / 400 and 0.55^2 = 121 / 400.
        assert_eq!(bounds.square_contains(81, 400), Ok(true));
        assert_eq!(bounds.square_contains(121, 400), Ok(true));
        assert_eq!(bounds.square_contains(122, 400), Ok(false));
        let zero = Reported::parse("0.0").unwrap().bounds(Rounding::Either);
        assert_eq!(zero.square_contains(0, 1), Ok(true));
    }
}
