//! The standardised difference of two shares: how far apart two groups are, on the scale of their spread.

use crate::stats::proportion::Proportion;
use crate::stats::record::{Computed, Method, NotComputed};

use super::Effect;

/// For a characteristic that somebody has or has not.
pub const STANDARDISED_DIFFERENCE: Method = Method {
    id: "standardised_difference",
    name: "standardised difference of two shares",
    convention: "first minus second, over the root of the mean of the two variances p (1 - p)",
};

/// The standardised difference `(p1 - p2) / sqrt((p1 q1 + p2 q2) / 2)` (Austin 2009).
///
/// # Errors
/// `NoVariation` where neither share varies: all or nobody on both sides.
pub fn standardised_difference(first: Proportion, second: Proportion) -> Computed<Effect> {
    let variance = |share: Proportion| share.share() * share.rest_share();
    if first.is_at_boundary() && second.is_at_boundary() {
        return Err(NotComputed::NoVariation);
    }
    let spread = libm::sqrt(0.5 * (variance(first) + variance(second)));
    Ok(Effect { value: (first.share() - second.share()) / spread, method: STANDARDISED_DIFFERENCE })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(x: u64, n: u64) -> Proportion {
        Proportion::new(x, n).unwrap()
    }

    #[test]
    fn shares_that_do_not_vary_have_none() {
        assert_eq!(standardised_difference(of(0, 3), of(4, 4)), Err(NotComputed::NoVariation));
        assert!(standardised_difference(of(0, 3), of(2, 4)).is_ok());
    }

    #[test]
    fn it_is_the_difference_in_units_of_the_spread() {
        // By hand: (1/2 - 1/4) / sqrt((1/4 + 3/16) / 2) = 0.25 / sqrt(7/32).
        let found = standardised_difference(of(1, 2), of(1, 4)).unwrap().value;
        assert!((found - 0.25 / (7.0_f64 / 32.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn it_is_what_r_gives() {
        // R 4.2.2, MatchIt 4.5.1: summary(matchit(t ~ x, method = NULL, estimand = "ATE"))$sum.all["x", "Std. Mean Diff."]
        // for 5 of 14 treated and 1 of 8 controls.
        let found = standardised_difference(of(5, 14), of(1, 8)).unwrap().value;
        assert!((found - 0.563_886_526_751_385).abs() < 1e-15);
    }
}
