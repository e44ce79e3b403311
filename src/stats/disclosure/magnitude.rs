//! Sums of contributions, such as money: whether one contributor could work out another's.

use crate::stats::{Computed, Method, NotComputed};

/// p-percent rule.
pub const P_PERCENT_RULE: Method = Method {
    id: "p_percent_rule",
    name: "p-percent rule",
    convention: "the second largest contributor estimates the largest",
};

/// Dominance rule.
pub const DOMINANCE_RULE: Method =
    Method { id: "dominance_rule", name: "(n, k) dominance rule", convention: "sensitive above k percent" };

/// The verdict of the p-percent rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PPercent {
    /// Whether the total may not be published.
    pub sensitive: bool,
    /// The total without the two largest contributions.
    pub remainder: f64,
    /// The method.
    pub method: Method,
}

/// Sensitive if the total without the two largest contributions is less than `p` percent of the largest: the second
/// contributor could then estimate the first to within `p` percent (Hundepool et al. 2012).
///
/// Contributions are not negative. A single contributor leaves a remainder of 0.
pub fn p_percent_rule(contributions: &[f64], p: f64) -> Computed<PPercent> {
    let sorted = descending(contributions)?;
    if !(p > 0.0 && p.is_finite()) {
        return Err(NotComputed::invalid("p is a positive number"));
    }
    let remainder: f64 = sorted.iter().skip(2).rev().sum();
    Ok(PPercent { sensitive: 100.0 * remainder < p * sorted[0], remainder, method: P_PERCENT_RULE })
}

/// The verdict of the dominance rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dominance {
    /// Whether the total may not be published.
    pub sensitive: bool,
    /// The share of the `n` largest contributions in the total.
    pub share: f64,
    /// The method.
    pub method: Method,
}

/// Sensitive if the `n` largest contributions make up more than `k` percent of the total (Hundepool et al. 2012).
///
/// Contributions are not negative; undefined if all are zero.
pub fn dominance_rule(contributions: &[f64], n: usize, k: f64) -> Computed<Dominance> {
    let sorted = descending(contributions)?;
    if n == 0 {
        return Err(NotComputed::invalid("the rule looks at one or more contributors"));
    }
    if !(k > 0.0 && k <= 100.0) {
        return Err(NotComputed::invalid("k is a percentage"));
    }
    let top: f64 = sorted.iter().take(n).rev().sum();
    let rest: f64 = sorted.iter().skip(n).rev().sum();
    let total = top + rest;
    if total <= 0.0 {
        return Err(NotComputed::NoVariation);
    }
    Ok(Dominance { sensitive: 100.0 * top > k * total, share: top / total, method: DOMINANCE_RULE })
}

fn descending(contributions: &[f64]) -> Computed<Vec<f64>> {
    if contributions.is_empty() {
        return Err(NotComputed::EmptyBase);
    }
    if contributions.iter().any(|x| !(*x >= 0.0 && x.is_finite())) {
        return Err(NotComputed::invalid("contributions are finite and not negative"));
    }
    let mut sorted = contributions.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    Ok(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remainder_of_just_p_percent_is_safe() {
        assert!(!p_percent_rule(&[100.0, 20.0, 10.0], 10.0).unwrap().sensitive);
        assert!(p_percent_rule(&[100.0, 20.0, 9.0], 10.0).unwrap().sensitive);
        assert!(p_percent_rule(&[7.0], 10.0).unwrap().sensitive);
    }

    #[test]
    fn just_k_percent_is_safe() {
        assert!(!dominance_rule(&[85.0, 15.0], 1, 85.0).unwrap().sensitive);
        assert!(dominance_rule(&[86.0, 14.0], 1, 85.0).unwrap().sensitive);
    }

    #[test]
    fn impossible_contributions_are_refused() {
        assert!(p_percent_rule(&[], 10.0).is_err());
        assert!(p_percent_rule(&[-1.0], 10.0).is_err());
        assert!(p_percent_rule(&[1.0], f64::NAN).is_err());
        assert!(dominance_rule(&[0.0, 0.0], 1, 80.0).is_err());
        assert!(dominance_rule(&[1.0], 0, 80.0).is_err());
        assert!(dominance_rule(&[1.0], 1, 0.0).is_err());
    }
}
