//! Proportions: one, two independent, two paired, and from finite frames.

pub mod binomial_test;
pub mod difference;
pub mod finite_frame;
pub mod odds_ratio;
pub mod one_sample;
pub mod paired;
pub mod risk_ratio;

pub use one_sample::{ProportionInterval, interval, simultaneous, wilson};

use super::distributions::normal;
use super::record::{Computed, ConfidenceLevel, Method, NotComputed};

/// Every method of this family.
pub const METHODS: &[Method] = &[
    one_sample::WILSON,
    one_sample::WILSON_CC,
    one_sample::CLOPPER_PEARSON,
    one_sample::MID_P,
    one_sample::JEFFREYS,
    one_sample::AGRESTI_COULL,
    one_sample::WALD,
    one_sample::GOODMAN,
    binomial_test::EXACT,
    binomial_test::MID_P,
    finite_frame::EXACT_HYPERGEOMETRIC,
    finite_frame::WILSON_NEFF,
    finite_frame::WALD,
    finite_frame::NONRESPONSE_BOUNDS,
    difference::NEWCOMBE,
    difference::NEWCOMBE_CC,
    difference::MIETTINEN_NURMINEN,
    difference::AGRESTI_CAFFO,
    difference::WALD,
    risk_ratio::KOOPMAN,
    risk_ratio::KATZ_LOG,
    odds_ratio::WOOLF,
    odds_ratio::HALDANE_ANSCOMBE,
    odds_ratio::CONDITIONAL_EXACT,
    odds_ratio::CONDITIONAL_MID_P,
    paired::TANGO,
    paired::NEWCOMBE,
];

/// A count out of a total: `x` of `n`, with `x <= n` and `n > 0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proportion {
    x: u64,
    n: u64,
}

impl Proportion {
    /// Checks that there is a total and that the count fits into it.
    pub const fn new(x: u64, n: u64) -> Computed<Self> {
        if n == 0 {
            return Err(NotComputed::EmptyBase);
        }
        if x > n {
            return Err(NotComputed::invalid("a count cannot exceed its total"));
        }
        Ok(Self { x, n })
    }

    /// The count.
    pub const fn x(self) -> u64 {
        self.x
    }

    /// The total.
    pub const fn n(self) -> u64 {
        self.n
    }

    /// The share `x / n`.
    pub fn share(self) -> f64 {
        self.x as f64 / self.n as f64
    }

    /// The count of the others, `n - x`.
    pub const fn rest(self) -> u64 {
        self.n - self.x
    }

    /// The share of the others, `1 - x / n` without its cancellation.
    pub fn rest_share(self) -> f64 {
        self.rest() as f64 / self.n as f64
    }

    /// Whether nobody or everybody is counted.
    pub const fn is_at_boundary(self) -> bool {
        self.x == 0 || self.x == self.n
    }
}

/// A measure whose estimate and interval may each be missing for a reason of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioMeasure {
    /// The estimate; may be infinite where only the divisor is 0.
    pub estimate: Computed<f64>,
    /// Standard error of the logarithm, where the method has one.
    pub standard_error_of_log: Option<f64>,
    /// The interval; its limits may be 0 or infinite.
    pub interval: Computed<super::record::Interval>,
    /// The method, also named where there is no interval.
    pub method: Method,
}

/// The normal quantile that leaves half of the error probability above it.
fn critical(level: ConfidenceLevel) -> f64 {
    normal::upper_quantile(0.5 * level.alpha())
}

/// `numerator / denominator`, infinite where only the denominator is 0, undefined where both are.
fn ratio(numerator: f64, denominator: f64) -> Computed<f64> {
    if denominator > 0.0 {
        Ok(numerator / denominator)
    } else if numerator > 0.0 {
        Ok(f64::INFINITY)
    } else {
        Err(NotComputed::Undefined("0 / 0: neither group has a case that decides the ratio"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_must_fit_its_total() {
        assert_eq!(Proportion::new(0, 0), Err(NotComputed::EmptyBase));
        assert!(matches!(Proportion::new(3, 2), Err(NotComputed::Invalid(_))));
        assert!((Proportion::new(14, 22).unwrap().share() - 7.0 / 11.0).abs() < 1e-16);
    }
}
