//! Tests of one proportion against a fixed value.

use crate::stats::distributions::binomial;
use crate::stats::record::{Computed, Method, NotComputed, Test, Which};
use crate::stats::root::first_where;

use super::Proportion;

/// Binomial probabilities summed.
pub const EXACT: Method = Method {
    id: "binomial_test.exact",
    name: "exact binomial test",
    convention: "two-sided: all outcomes no more likely than the observed one",
};
/// Only half of the observed outcome counted.
pub const MID_P: Method = Method {
    id: "binomial_test.mid_p",
    name: "mid-P binomial test",
    convention: "two-sided: twice the smaller tail, with half of the observed mass",
};

/// How two tails of a discrete distribution make one p-value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum TwoSided {
    /// All outcomes no more likely than the observed one.
    #[default]
    MinLike,
    /// Twice the smaller tail, at most 1.
    Doubled,
}

/// How much of the observed outcome's probability counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ObservedMass {
    /// All of it: the exact test.
    #[default]
    Whole,
    /// Half of it: the mid-P test.
    Half,
}

/// Tests whether the probability behind `proportion` is `p0`. The statistic is the count.
///
/// # Errors
/// `Invalid` if `p0` is no probability.
///
/// # Examples
///
/// ```
/// use canvass::stats::Which;
/// use canvass::stats::proportion::Proportion;
/// use canvass::stats::proportion::binomial_test::{ObservedMass, TwoSided, binomial_test};
///
/// let four_of_five = Proportion::new(4, 5)?;
/// let test = binomial_test(four_of_five, 0.2, Which::Greater, TwoSided::MinLike, ObservedMass::Whole)?;
/// // By hand, 5 * 0.2^4 * 0.8 + 0.2^5; reference case proportion-0424.
/// assert!((test.p - 0.006_72).abs() < 1e-15);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn binomial_test(
    proportion: Proportion,
    p0: f64,
    which: Which,
    two_sided: TwoSided,
    mass: ObservedMass,
) -> Computed<Test> {
    if !(0.0..=1.0).contains(&p0) {
        return Err(NotComputed::invalid("the probability tested lies in [0, 1]"));
    }
    let (x, n) = (proportion.x(), proportion.n());
    let observed = binomial::pmf(x, n, p0);
    let taken_off = match mass {
        ObservedMass::Whole => 0.0,
        ObservedMass::Half => 0.5 * observed,
    };
    let greater = binomial::sf(x, n, p0) + observed - taken_off;
    let less = binomial::cdf(x, n, p0) - taken_off;
    let p = match (which, two_sided) {
        (Which::Greater, _) => greater,
        (Which::Less, _) => less,
        (Which::TwoSided, TwoSided::Doubled) => 2.0 * greater.min(less),
        (Which::TwoSided, TwoSided::MinLike) => no_more_likely(x, n, p0) - taken_off,
    };
    let method = match mass {
        ObservedMass::Whole => EXACT,
        ObservedMass::Half => MID_P,
    };
    Ok(Test {
        statistic: Some(x as f64),
        df: Vec::new(),
        p: p.clamp(0.0, 1.0),
        which,
        method,
        cautions: Vec::new(),
    })
}

/// The probability of all outcomes no more likely than `x`; equal probabilities may differ by rounding.
fn no_more_likely(x: u64, n: u64, p0: f64) -> f64 {
    const TOLERANCE: f64 = 1.0 + 1e-7;
    let limit = binomial::pmf(x, n, p0) * TOLERANCE;
    let mean = n as f64 * p0;
    let position = x as f64;
    if position < mean {
        // The mass falls above the mean: find the first outcome there that is unlikely enough.
        let first =
            first_where(to_count(mean.ceil()).min(n), n + 1, |k| k > n || binomial::pmf(k, n, p0) <= limit);
        binomial::cdf(x, n, p0) + if first == 0 { 1.0 } else { binomial::sf(first - 1, n, p0) }
    } else if position > mean {
        // Below the mean it rises: all outcomes before the first that is too likely.
        let first = first_where(0, to_count(mean.floor()) + 1, |k| binomial::pmf(k, n, p0) > limit);
        let below = if first == 0 { 0.0 } else { binomial::cdf(first - 1, n, p0) };
        below + if x == 0 { 1.0 } else { binomial::sf(x - 1, n, p0) }
    } else {
        1.0
    }
}

/// A whole number from 0 to the largest count.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rounded mean of counts is a count"
)]
fn to_count(whole: f64) -> u64 {
    whole.max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: u64, n: u64, p0: f64, which: Which, two_sided: TwoSided, mass: ObservedMass) -> f64 {
        binomial_test(Proportion::new(x, n).unwrap(), p0, which, two_sided, mass).unwrap().p
    }

    #[test]
    fn three_coins_by_hand() {
        let exact = |x, which| p(x, 3, 0.5, which, TwoSided::MinLike, ObservedMass::Whole);
        assert!((exact(3, Which::TwoSided) - 0.25).abs() < 1e-15);
        assert!((exact(2, Which::TwoSided) - 1.0).abs() < 1e-15);
        assert!((exact(2, Which::Greater) - 0.5).abs() < 1e-15);
        assert!((exact(0, Which::Less) - 0.125).abs() < 1e-15);
        let mid = p(3, 3, 0.5, Which::TwoSided, TwoSided::Doubled, ObservedMass::Half);
        assert!((mid - 0.125).abs() < 1e-15);
    }

    #[test]
    fn impossible_and_certain_values() {
        let exact = |x, p0| p(x, 4, p0, Which::TwoSided, TwoSided::MinLike, ObservedMass::Whole);
        assert!(exact(1, 0.0).abs() < 1e-300);
        assert!((exact(0, 0.0) - 1.0).abs() < 1e-300);
        assert!((exact(4, 1.0) - 1.0).abs() < 1e-300);
        assert!(exact(3, 1.0).abs() < 1e-300);
        let nonsense = binomial_test(
            Proportion::new(1, 4).unwrap(),
            f64::NAN,
            Which::TwoSided,
            TwoSided::MinLike,
            ObservedMass::Whole,
        );
        assert!(nonsense.is_err());
    }

    #[test]
    fn millions_are_fast_and_small_tails_survive() {
        let tiny = p(600_000, 1_000_000, 0.5, Which::TwoSided, TwoSided::MinLike, ObservedMass::Whole);
        assert!(tiny.abs() < 1e-300);
        let small = p(503_000, 1_000_000, 0.5, Which::TwoSided, TwoSided::MinLike, ObservedMass::Whole);
        assert!(small > 1e-9 && small < 1e-8);
    }
}
