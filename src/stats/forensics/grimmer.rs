//! GRIMMER: whether a mean and a standard deviation of whole numbers on a scale are possible together.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::grim::answers;
use super::reported::{Bounds, Reported, Rounding};
use super::sd_limits::Scale;
use crate::stats::{Computed, Method, NotComputed};

/// GRIMMER.
pub const GRIMMER: Method = Method {
    id: "grimmer",
    name: "exact GRIMMER test",
    convention: "every pair of sum and sum of squares that answers on the scale can reach",
};

/// The largest sample size.
pub const MAX_N: u64 = 1_000_000;

/// The most pairs that are listed.
pub const MAX_LISTED: usize = 10_000;

/// The most pairs of sum and sum of squares that are tried.
const MAX_PAIRS: u64 = 1_000_000;

/// The most steps of the search for answers that reach a pair.
const MAX_STEPS: u64 = 5_000_000;

/// What the standard deviation divides the squared deviations by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Divisor {
    /// `n - 1`, as nearly all software prints.
    #[default]
    NMinusOne,
    /// `n`.
    N,
}

impl Divisor {
    /// `n` times the divisor, the denominator under `n * sum of squares - sum^2`.
    pub(super) fn denominator(self, n: i128) -> Computed<i128> {
        match self {
            Self::NMinusOne if n < 2 => Err(NotComputed::TooFew { needed: 2, found: 1 }),
            Self::NMinusOne => Ok(n * (n - 1)),
            Self::N => Ok(n * n),
        }
    }
}

/// The verdict on a mean and a standard deviation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grimmer {
    /// Whether some answers on the scale give both numbers.
    pub consistent: bool,
    /// The reachable pairs of sum and sum of squares that give both numbers, ascending; empty if inconsistent.
    pub candidates: Vec<(i64, i64)>,
    /// Whether these are all; the list ends at [`MAX_LISTED`], or when the search for more takes too long.
    pub candidates_complete: bool,
    /// What stands in the way, if anything.
    pub failure: Option<Failure>,
    /// Whether the mean and standard deviation pass without knowledge of the scale, see [`parity_test`].
    pub parity_test: bool,
    /// The method.
    pub method: Method,
}

/// Which number cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No whole sum on the scale gives the mean.
    Mean,
    /// A sum gives the mean, but no answers give the standard deviation with it.
    StandardDeviation,
}

/// Tests mean and standard deviation of `n` whole answers on `scale` (the question of Anaya 2016, answered exactly).
///
/// Consistent if there are `n` integers on the scale whose sum gives the mean and whose sum of squares gives the
/// standard deviation. [`NotComputed::TooLarge`] beyond [`MAX_N`] people, or if nothing is found within five million
/// steps.
pub fn grimmer(
    mean: &Reported,
    sd: &Reported,
    n: u64,
    scale: Scale,
    rounding: Rounding,
    divisor: Divisor,
) -> Computed<Grimmer> {
    let question = Question::new(mean, sd, n, rounding, divisor)?;
    let on_scale = question.sums_on(scale).next().is_some();
    let (candidates, candidates_complete) = question.candidates(scale)?;
    let failure = match (on_scale, candidates.is_empty()) {
        (_, false) => None,
        (true, true) => Some(Failure::StandardDeviation),
        (false, true) => Some(Failure::Mean),
    };
    let parity_test = question.parity_test()?;
    let consistent = failure.is_none();
    Ok(Grimmer { consistent, candidates, candidates_complete, failure, parity_test, method: GRIMMER })
}

/// The test without a scale (Anaya 2016; Allard 2018): some whole sum gives the mean and some whole sum of squares
/// of the same parity gives the standard deviation with it.
///
/// Necessary, not sufficient: `false` rules the numbers out, `true` does not establish them.
pub fn parity_test(
    mean: &Reported,
    sd: &Reported,
    n: u64,
    rounding: Rounding,
    divisor: Divisor,
) -> Computed<bool> {
    Question::new(mean, sd, n, rounding, divisor)?.parity_test()
}

/// Which sums and which sums of squares give the printed numbers.
struct Question {
    n: i128,
    sums: Option<RangeInclusive<i128>>,
    sd: Bounds,
    denominator: i128,
}

impl Question {
    fn new(mean: &Reported, sd: &Reported, n: u64, rounding: Rounding, divisor: Divisor) -> Computed<Self> {
        if n > MAX_N {
            return Err(NotComputed::TooLarge { limit: "1000000 people" });
        }
        let n = answers(n, 1)?;
        let sums = mean.bounds(rounding).integers(n);
        if sums.as_ref().is_some_and(|sums| sums.end() - sums.start() > i128::from(MAX_PAIRS)) {
            return Err(NotComputed::TooLarge { limit: "1000000 pairs of sum and sum of squares" });
        }
        Ok(Self { n, sums, sd: sd.bounds(rounding), denominator: divisor.denominator(n)? })
    }

    /// The sums that give the mean and that answers on the scale can have.
    fn sums_on(&self, scale: Scale) -> impl Iterator<Item = i128> + use<> {
        let possible = self.n * i128::from(scale.min())..=self.n * i128::from(scale.max());
        self.sums.clone().into_iter().flatten().filter(move |sum| possible.contains(sum))
    }

    /// The reachable pairs, and whether they are all: the list ends at its limit, or where the search would take too
    /// long after something was found.
    fn candidates(&self, scale: Scale) -> Computed<(Vec<(i64, i64)>, bool)> {
        let mut search = Reach { failed: BTreeSet::new(), steps: 0, tried: 0 };
        let mut found = Vec::new();
        for sum in self.sums_on(scale) {
            // Answers counted from the bottom of the scale: the deviations stay the same.
            let offset = i128::from(scale.min());
            let shifted = sum - self.n * offset;
            let (reachable, asked) =
                (squares_between(scale.width(), self.n, shifted), self.squares(shifted)?);
            let both = *asked.start().max(reachable.start())..=*asked.end().min(reachable.end());
            for squares in of_same_parity(both, shifted) {
                match search.reaches(scale.width(), self.n, shifted, squares) {
                    Ok(false) => {}
                    Ok(true) if found.len() < MAX_LISTED => {
                        let original = squares + 2 * offset * shifted + self.n * offset * offset;
                        found.push((narrow(sum)?, narrow(original)?));
                    }
                    Err(reason) if found.is_empty() => return Err(reason),
                    Ok(true) | Err(_) => return Ok((found, false)),
                }
            }
        }
        Ok((found, true))
    }

    /// All whole sums of squares that give the standard deviation: `n q - s^2` over the denominator lies within
    /// the squared bounds.
    fn squares(&self, sum: i128) -> Computed<RangeInclusive<i128>> {
        let too_large = NotComputed::TooLarge { limit: "sums of squares of 100 bits" };
        let unit = self.sd.denominator * self.sd.denominator;
        // n q >= s^2 + denominator * (limit / unit)^2, first rounded to the safe side, then checked.
        let limit = |limit: i128| {
            let square = limit.max(0).checked_pow(2)?.checked_mul(self.denominator)? / unit;
            sum.checked_mul(sum)?.checked_add(square)
        };
        let low = limit(self.sd.low).ok_or(too_large.clone())?.div_euclid(self.n);
        let high = limit(self.sd.high).ok_or(too_large)?.div_euclid(self.n) + 1;
        let fits = |squares: i128| {
            let deviations = self.n * squares - sum * sum;
            if deviations < 0 { Ok(false) } else { self.sd.square_contains(deviations, self.denominator) }
        };
        let (mut low, mut high) = (low, high);
        while low <= high && !fits(low)? {
            low += 1;
        }
        while low <= high && !fits(high)? {
            high -= 1;
        }
        Ok(low..=high)
    }

    fn parity_test(&self) -> Computed<bool> {
        for sum in self.sums.clone().into_iter().flatten() {
            if of_same_parity(self.squares(sum)?, sum).next().is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The search for people whose answers `0..=top` have a given sum and sum of squares.
struct Reach {
    /// Dead ends: highest answer, people, sum, sum of squares.
    failed: BTreeSet<(i128, i128, i128, i128)>,
    steps: u64,
    tried: u64,
}

impl Reach {
    fn reaches(&mut self, top: i128, n: i128, sum: i128, squares: i128) -> Computed<bool> {
        self.tried += 1;
        if self.tried > MAX_PAIRS {
            return Err(NotComputed::TooLarge { limit: "1000000 pairs of sum and sum of squares" });
        }
        self.search(top, n, sum, squares)
    }

    /// Decides how many people gave the highest answer, and goes on with the rest.
    fn search(&mut self, top: i128, n: i128, sum: i128, squares: i128) -> Computed<bool> {
        if !possible(top, n, sum, squares) {
            return Ok(false);
        }
        // From answers as equal as possible, two equal answers v between the ends can become v - 1 and v + 1, which adds 2
        // to the sum of squares, until those between the ends all differ. Then q = top * sum - the sum of v (top - v) over
        // distinct v, which is at most (top^3 - top) / 6. So every q of the right parity up to there is reached.
        if squares <= top * sum - (top * top * top - top) / 6 || top <= 2 {
            return Ok(true);
        }
        if self.failed.contains(&(top, n, sum, squares)) {
            return Ok(false);
        }
        let most = n.min(sum / top).min(squares / (top * top));
        // From the middle outwards: targets in the middle of their range are almost always reached.
        let middle = most / 2;
        for step in 0..=most {
            let offset = (step + 1) / 2;
            let at_top = if step % 2 == 0 { middle - offset } else { middle + offset };
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(NotComputed::TooLarge { limit: "5000000 steps of the exact search" });
            }
            if self.search(top - 1, n - at_top, sum - at_top * top, squares - at_top * top * top)? {
                return Ok(true);
            }
        }
        self.failed.insert((top, n, sum, squares));
        Ok(false)
    }
}

fn narrow(value: i128) -> Computed<i64> {
    i64::try_from(value).map_err(|_| NotComputed::TooLarge { limit: "sums of 64 bits" })
}

/// The numbers of a range that are even or odd as the sum is: squaring an integer keeps its parity.
fn of_same_parity(range: RangeInclusive<i128>, sum: i128) -> impl Iterator<Item = i128> {
    let parity = sum.rem_euclid(2);
    range.filter(move |squares| squares.rem_euclid(2) == parity)
}

/// The sums of squares of answers as equal and as extreme as the sum allows; at least one person and answer above 0.
fn squares_between(top: i128, n: i128, sum: i128) -> RangeInclusive<i128> {
    if top == 0 {
        return 0..=0;
    }
    let (base, above) = (sum / n, sum % n);
    let (at_top, between) = (sum / top, sum % top);
    n * base * base + above * (2 * base + 1)..=at_top * top * top + between * between
}

fn possible(top: i128, n: i128, sum: i128, squares: i128) -> bool {
    if n == 0 || top == 0 {
        return sum == 0 && squares == 0;
    }
    (0..=n * top).contains(&sum)
        && (sum - squares).rem_euclid(2) == 0
        && squares_between(top, n, sum).contains(&squares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(mean: &str, sd: &str, n: u64, min: i32, max: i32) -> Computed<Grimmer> {
        let (mean, sd) = (Reported::parse(mean)?, Reported::parse(sd)?);
        grimmer(&mean, &sd, n, Scale::new(min, max)?, Rounding::Either, Divisor::NMinusOne)
    }

    #[test]
    fn the_failing_number_is_named() {
        assert_eq!(test("2.57", "1.00", 22, 1, 5).unwrap().failure, Some(Failure::Mean));
        assert_eq!(test("3.50", "0.70", 2, 1, 5).unwrap().failure, Some(Failure::StandardDeviation));
        assert_eq!(test("3.50", "0.71", 2, 1, 5).unwrap().candidates, [(7, 25)]);
    }

    #[test]
    fn the_scale_rules_out_what_parity_allows() {
        let result = test("4.86", "1.07", 7, 1, 5).unwrap();
        assert!(!result.consistent && result.parity_test);
        assert!(test("4.86", "1.07", 7, 1, 7).unwrap().consistent);
    }

    #[test]
    fn the_divisor_is_a_choice() {
        let (mean, sd) = (Reported::parse("3.50").unwrap(), Reported::parse("0.50").unwrap());
        let scale = Scale::new(1, 5).unwrap();
        let with = |divisor| grimmer(&mean, &sd, 2, scale, Rounding::Either, divisor).unwrap().consistent;
        assert!(with(Divisor::N) && !with(Divisor::NMinusOne));
    }

    #[test]
    fn large_samples_are_bounded() {
        let result = test("3.14", "1.23", 1_000_000, 1, 7).unwrap();
        assert!(result.consistent && !result.candidates_complete && result.candidates.len() == MAX_LISTED);
        assert!(test("50.12", "28.31", 1_000, 0, 100).unwrap().consistent);
        assert!(matches!(test("3.14", "1.23", 1_000_001, 1, 7), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(test("3", "1", 1, 1, 7), Err(NotComputed::TooFew { .. })));
        assert!(matches!(test("3", "1", 0, 1, 7), Err(NotComputed::EmptyBase)));
    }

    #[test]
    fn a_negative_standard_deviation_is_impossible() {
        assert!(!test("3.00", "-1.00", 10, 1, 5).unwrap().consistent);
        assert!(!test("3.00", "99999999.9", 1000, 1, 5).unwrap().consistent);
    }
}
