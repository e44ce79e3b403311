//! The sign test.

use super::signed_rank::Differences;
use crate::stats::distributions::binomial;
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};

/// Exact sign test.
pub const SIGN_TEST: Method =
    Method { id: "sign_test", name: "Sign test", convention: "exact binomial; zero differences dropped" };

/// The sign test with the counts that it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct SignTest {
    /// Differences above zero.
    pub positive: u64,
    /// Differences below zero.
    pub negative: u64,
    /// Differences of zero.
    pub zero: u64,
    /// The test; its statistic is the number of positive differences.
    pub test: Test,
}

/// The exact sign test of paired differences; `Which::Greater` asks whether they are positive.
///
/// With only zero differences p is 1 by definition, and a caution says so; without any difference it is undefined.
pub fn sign_test(differences: &Differences, which: Which) -> Computed<SignTest> {
    let (positive, negative) = (differences.positive(), differences.negative());
    let zero = differences.zeros();
    let n = positive + negative;
    if n + zero == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let at_most = |k: u64| binomial::cdf(k, n, 0.5);
    let p = match which {
        Which::TwoSided => (2.0 * at_most(positive.min(negative))).min(1.0),
        // P(X >= positive) is P(X <= negative) with probability 1/2.
        Which::Greater => at_most(negative),
        Which::Less => at_most(positive),
    };
    let mut cautions = Vec::new();
    if zero > 0 {
        cautions.push(Caution::Dropped { count: zero, what: "zero differences" });
    }
    if n == 0 {
        cautions.push(Caution::Note("no non-zero difference: p is 1 by definition"));
    }
    let test =
        Test { statistic: Some(positive as f64), df: Vec::new(), p, which, method: SIGN_TEST, cautions };
    Ok(SignTest { positive, negative, zero, test })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_of_five() {
        let differences = Differences::from_counts(&[(1.0, 3), (2.0, 2), (0.0, 4)]).unwrap();
        let found = sign_test(&differences, Which::TwoSided).unwrap();
        assert_eq!((found.positive, found.negative, found.zero), (5, 0, 4));
        assert!((found.test.p - 0.0625).abs() < 1e-16);
        assert!((sign_test(&differences, Which::Greater).unwrap().test.p - 1.0 / 32.0).abs() < 1e-16);
        assert!((sign_test(&differences, Which::Less).unwrap().test.p - 1.0).abs() < 1e-15);
    }

    #[test]
    fn zeros_alone_give_one_and_nothing_gives_nothing() {
        let zeros = Differences::from_counts(&[(0.0, 3)]).unwrap();
        assert!((sign_test(&zeros, Which::TwoSided).unwrap().test.p - 1.0).abs() < 1e-15);
        let nothing = Differences::from_counts(&[]).unwrap();
        assert!(matches!(sign_test(&nothing, Which::TwoSided), Err(NotComputed::EmptyBase)));
    }
}
