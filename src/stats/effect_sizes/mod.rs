//! Effect sizes for ordinal answers and for proportions.

pub mod dominance;
pub mod standardised;
pub mod superiority_interval;

use super::record::{Computed, Method, NotComputed};

/// Every method of this family.
pub const METHODS: &[Method] = &[
    dominance::CLIFFS_DELTA,
    dominance::CLIFFS_DELTA_ASYMMETRIC,
    superiority_interval::NEWCOMBE5,
    COHEN_H,
    standardised::STANDARDISED_DIFFERENCE,
];

/// Difference of two shares on the scale where their variance is constant.
pub const COHEN_H: Method = Method { id: "cohen_h", name: "Cohen's h", convention: "first minus second" };

/// An effect size without an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The effect.
    pub value: f64,
    /// The method.
    pub method: Method,
}

/// Cohen's h of two shares: `2 asin(sqrt(p1)) - 2 asin(sqrt(p2))`, between -pi and pi.
///
/// # Errors
/// `Invalid` unless both lie in [0, 1].
pub fn cohen_h(first: f64, second: f64) -> Computed<Effect> {
    let angle = |share: f64| 2.0 * libm::asin(share.sqrt());
    if [first, second].iter().all(|share| (0.0..=1.0).contains(share)) {
        Ok(Effect { value: angle(first) - angle(second), method: COHEN_H })
    } else {
        Err(NotComputed::invalid("a share lies in [0, 1]"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    #[test]
    fn none_against_all() {
        assert!((cohen_h(0.0, 1.0).unwrap().value + PI).abs() < 1e-15);
        assert!((cohen_h(0.75, 0.25).unwrap().value - PI / 3.0).abs() < 1e-15);
        assert!(cohen_h(1.1, 0.5).is_err() && cohen_h(0.5, f64::NAN).is_err());
    }
}
