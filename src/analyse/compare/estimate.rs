//! What an estimator of a comparison gives: a test and the sizes of the difference.

use crate::findings::Statistic;
use crate::stats::{Caution, Computed, Interval, Method, Test, Which};

/// The test of a comparison and the sizes of the difference.
pub(in crate::analyse) struct Estimated {
    pub(in crate::analyse) test: Computed<Tested>,
    /// The first is the effect that is read beside the test.
    pub(in crate::analyse) effects: Vec<Effect>,
    /// Each pair of sides, if that was asked.
    pub(in crate::analyse) pairs: Vec<Pair>,
}

/// A test and what these numbers of people could have given at best.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::analyse) struct Tested {
    pub(in crate::analyse) test: Test,
    /// The smallest attainable p-value of an exact test.
    pub(in crate::analyse) smallest: Option<f64>,
}

/// The size of a difference.
pub(in crate::analyse) struct Effect {
    /// What its id ends in.
    pub(in crate::analyse) tail: &'static str,
    pub(in crate::analyse) statistic: Statistic,
    pub(in crate::analyse) value: Computed<f64>,
    pub(in crate::analyse) interval: Option<Interval>,
    pub(in crate::analyse) method: Method,
    pub(in crate::analyse) cautions: Vec<Caution>,
}

/// Two of three or more sides, by their positions.
pub(in crate::analyse) struct Pair {
    pub(in crate::analyse) first: usize,
    pub(in crate::analyse) second: usize,
    pub(in crate::analyse) test: Test,
    /// The p-value adjusted for all pairs, and how, unless the method's own p-value is so already.
    pub(in crate::analyse) adjusted: Option<(f64, Method)>,
}

impl Tested {
    /// The method, of which a one-sided test does not use the convention that adds up two tails.
    pub(in crate::analyse) fn method(&self) -> Method {
        let method = self.test.method;
        match method.convention.split_once("two-sided") {
            Some((before, _)) if self.test.which != Which::TwoSided => {
                Method { convention: before.trim_end_matches([';', ',', ' ']), ..method }
            }
            _ => method,
        }
    }
}

impl From<Test> for Tested {
    fn from(test: Test) -> Self {
        Self { test, smallest: None }
    }
}
