//! GRIM: whether a mean or percentage of whole numbers is possible with the sample size.

use std::ops::RangeInclusive;

use super::reported::{Reported, Rounding};
use crate::stats::{Computed, Method, NotComputed};

/// GRIM for means.
pub const GRIM: Method =
    Method { id: "grim", name: "GRIM test of a mean", convention: "any rounding rule, exact fractions" };

/// GRIM for percentages.
pub const GRIM_PERCENT: Method = Method {
    id: "grim.percent",
    name: "GRIM test of a percentage",
    convention: "any rounding rule, exact fractions, counts from 0 to n",
};

/// The largest sample size, times items, that the family takes.
pub const MAX_N: u64 = 1 << 40;

/// The verdict on a mean or percentage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grim {
    /// Whether a whole sum (or count) gives the printed number.
    pub consistent: bool,
    /// The sums (or counts) that do; an empty range if none.
    pub candidates: RangeInclusive<i64>,
    /// Whether the test could fail at all: there are more printable numbers than possible sums.
    pub informative: bool,
    /// The method.
    pub method: Method,
}

/// Tests a mean of `n` people's answers, each the mean of `items` whole numbers (Brown and Heathers 2017).
///
/// Consistent if some integer `S` satisfies `|S / (n * items) - mean| <= half a unit of the last digit`, ends by
/// the rounding rule. Informative if `n * items <= 10^decimals`.
///
/// # Examples
///
/// ```
/// use canvass::stats::forensics::grim::grim;
/// use canvass::stats::forensics::{Reported, Rounding};
///
/// let found = grim(&Reported::parse("2.38")?, 55, 1, Rounding::Either)?;
/// // Reference case forensics-0039: 131 / 55 = 2.3818.
/// assert!(found.consistent);
/// assert_eq!(found.candidates, 131..=131);
/// // By hand: 18 people cannot have a mean of 2.38, for 43 / 18 = 2.39 and 42 / 18 = 2.33.
/// assert!(!grim(&Reported::parse("2.38")?, 18, 1, Rounding::Either)?.consistent);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn grim(mean: &Reported, n: u64, items: u64, rounding: Rounding) -> Computed<Grim> {
    let answers = answers(n, items)?;
    let sums = mean.bounds(rounding).integers(answers);
    Ok(Grim {
        consistent: sums.is_some(),
        candidates: narrow(sums)?,
        informative: answers <= mean.scale(),
        method: GRIM,
    })
}

/// Tests a percentage of `n` people: some count from 0 to `n` must give it.
///
/// Informative if `n <= 100 * 10^decimals`.
pub fn grim_percent(percent: &Reported, n: u64, rounding: Rounding) -> Computed<Grim> {
    let n = answers(n, 1)?;
    let mut bounds = percent.bounds(rounding);
    bounds.denominator *= 100;
    let counts = bounds.integers(n).map(|range| (*range.start()).max(0)..=(*range.end()).min(n));
    let counts = counts.filter(|range| !range.is_empty());
    Ok(Grim {
        consistent: counts.is_some(),
        candidates: narrow(counts)?,
        informative: n <= 100 * percent.scale(),
        method: GRIM_PERCENT,
    })
}

/// The number of whole answers behind a mean.
pub(super) fn answers(n: u64, items: u64) -> Computed<i128> {
    match n.checked_mul(items) {
        Some(0) => Err(NotComputed::EmptyBase),
        Some(answers) if answers <= MAX_N => Ok(i128::from(answers)),
        _ => Err(NotComputed::TooLarge { limit: "2^40 answers" }),
    }
}

fn narrow(range: Option<RangeInclusive<i128>>) -> Computed<RangeInclusive<i64>> {
    let Some(range) = range else {
        return Ok(RangeInclusive::new(1, 0));
    };
    let too_large = |_| NotComputed::TooLarge { limit: "sums of 64 bits" };
    let low = i64::try_from(*range.start()).map_err(too_large)?;
    let high = i64::try_from(*range.end()).map_err(too_large)?;
    Ok(low..=high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(mean: &str, n: u64, items: u64) -> Computed<Grim> {
        grim(&Reported::parse(mean)?, n, items, Rounding::Either)
    }

    #[test]
    fn several_items_make_finer_means() {
        // 3.48 is no multiple of 1/20 but 209 / 60 = 3.483.
        assert!(!test("3.48", 20, 1).unwrap().consistent);
        assert_eq!(test("3.48", 20, 3).unwrap().candidates, 209..=209);
    }

    #[test]
    fn no_answers_have_no_mean() {
        assert_eq!(test("3.48", 0, 1), Err(NotComputed::EmptyBase));
        assert!(test("3.48", u64::MAX, 2).is_err());
        assert!(test("999999999999999", MAX_N, 1).is_err());
    }

    #[test]
    fn percentages_stay_between_none_and_all() {
        let counts = |text, n| grim_percent(&Reported::parse(text).unwrap(), n, Rounding::Either).unwrap();
        assert!(!counts("150", 10).consistent);
        assert!(counts("-0", 10).consistent);
        assert_eq!(counts("50", 400).candidates, 198..=202);
        assert!(!counts("50", 400).informative);
    }
}
