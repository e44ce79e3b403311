//! Intervals for one proportion.

use crate::stats::distributions::{beta, binomial};
use crate::stats::record::{Caution, Computed, ConfidenceLevel, Estimate, Interval, Method, NotComputed};
use crate::stats::root;

use super::{Proportion, critical};

/// The default.
pub const WILSON: Method = Method {
    id: "proportion_ci.wilson",
    name: "Wilson score interval",
    convention: "no continuity correction",
};
/// Newcombe's method 4.
pub const WILSON_CC: Method = Method {
    id: "proportion_ci.wilson_cc",
    name: "Wilson score interval with continuity correction",
    convention: "Newcombe's closed form",
};
/// Guaranteed coverage.
pub const CLOPPER_PEARSON: Method =
    Method { id: "proportion_ci.clopper_pearson", name: "Clopper-Pearson exact interval", convention: "" };
/// Clopper-Pearson with half of the observed mass.
pub const MID_P: Method = Method { id: "proportion_ci.mid_p", name: "mid-P exact interval", convention: "" };
/// Beta posterior with Jeffreys' prior.
pub const JEFFREYS: Method = Method {
    id: "proportion_ci.jeffreys",
    name: "Jeffreys interval",
    convention: "limit 0 at no case, 1 at nothing but cases",
};
/// Wald about a shrunken centre.
pub const AGRESTI_COULL: Method =
    Method { id: "proportion_ci.agresti_coull", name: "Agresti-Coull interval", convention: "cut to [0, 1]" };
/// For replication only.
pub const WALD: Method =
    Method { id: "proportion_ci.wald", name: "Wald interval", convention: "cut to [0, 1]" };
/// All shares of one question at once.
pub const GOODMAN: Method = Method {
    id: "proportion_ci.goodman",
    name: "Goodman simultaneous intervals",
    convention: "Wilson intervals at level 1 - alpha/k",
};

/// Which interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ProportionInterval {
    /// Wilson (1927) score.
    #[default]
    Wilson,
    /// Wilson score with Newcombe's (1998) continuity correction.
    WilsonCc,
    /// Clopper & Pearson (1934).
    ClopperPearson,
    /// Exact with half of the observed mass.
    MidP,
    /// Jeffreys (Brown, Cai & DasGupta 2001).
    Jeffreys,
    /// Agresti & Coull (1998).
    AgrestiCoull,
    /// Wald; its width is 0 at the boundary.
    Wald,
}

impl ProportionInterval {
    /// The method's record.
    pub const fn method(self) -> Method {
        match self {
            Self::Wilson => WILSON,
            Self::WilsonCc => WILSON_CC,
            Self::ClopperPearson => CLOPPER_PEARSON,
            Self::MidP => MID_P,
            Self::Jeffreys => JEFFREYS,
            Self::AgrestiCoull => AGRESTI_COULL,
            Self::Wald => WALD,
        }
    }
}

/// A share with its interval.
///
/// # Examples
///
/// ```
/// use canvass::stats::ConfidenceLevel;
/// use canvass::stats::proportion::{Proportion, ProportionInterval, interval};
///
/// let nobody = Proportion::new(0, 5)?;
/// let wilson = interval(nobody, ProportionInterval::Wilson, ConfidenceLevel::P95);
/// // Reference case proportion-0050.
/// assert!((wilson.interval.high - 0.434_482_464_783_174_65).abs() < 1e-12);
/// assert_eq!(wilson.interval.method.id, "proportion_ci.wilson");
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn interval(proportion: Proportion, kind: ProportionInterval, level: ConfidenceLevel) -> Estimate {
    let z = critical(level);
    let (low, high) = match kind {
        ProportionInterval::Wilson => wilson_limits(proportion, z),
        ProportionInterval::WilsonCc => wilson_cc_limits(proportion, z),
        ProportionInterval::ClopperPearson => clopper_pearson_limits(proportion, level),
        ProportionInterval::MidP => mid_p_limits(proportion, level),
        ProportionInterval::Jeffreys => jeffreys_limits(proportion, level),
        ProportionInterval::AgrestiCoull => agresti_coull_limits(proportion, z),
        ProportionInterval::Wald => wald_limits(proportion, z),
    };
    let mut cautions = Vec::new();
    if low < 0.0 || high > 1.0 {
        cautions.push(Caution::Clipped);
    }
    if kind == ProportionInterval::Wald && proportion.is_at_boundary() {
        cautions.push(Caution::NoVariation);
    }
    let interval = Interval { low: low.max(0.0), high: high.min(1.0), level, method: kind.method() };
    Estimate { value: proportion.share(), standard_error: None, interval, cautions }
}

/// The Wilson interval alone.
pub fn wilson(proportion: Proportion, level: ConfidenceLevel) -> Interval {
    let (low, high) = wilson_limits(proportion, critical(level));
    Interval { low, high, level, method: WILSON }
}

/// Intervals for all shares of one question that hold together: Wilson at `1 - alpha/k` (Goodman 1965).
///
/// `counts` holds the number of answers at each of the `k` levels, zeros included.
pub fn simultaneous(counts: &[u64], level: ConfidenceLevel) -> Computed<Vec<Estimate>> {
    let n = counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count));
    let n = n.ok_or(NotComputed::invalid("the counts do not fit into 64 bits"))?;
    let each = ConfidenceLevel::new(1.0 - level.alpha() / counts.len().max(1) as f64)?;
    counts
        .iter()
        .map(|count| {
            let mut estimate = interval(Proportion::new(*count, n)?, ProportionInterval::Wilson, each);
            estimate.interval.level = level;
            estimate.interval.method = GOODMAN;
            Ok(estimate)
        })
        .collect()
}

/// Wilson limits for a share `p = 1 - q` of a base `n` that need not be whole (an effective sample size).
pub(super) fn wilson_real(p: f64, q: f64, n: f64, z: f64) -> (f64, f64) {
    let spread = z * z / n;
    let reach = 0.5 * spread + z * (p * q / n + 0.25 * spread / n).sqrt();
    // The lower root by Vieta: no difference of nearly equal numbers when p is small.
    (p * p / (p + reach), (p + reach) / (1.0 + spread))
}

pub(super) fn wilson_limits(proportion: Proportion, z: f64) -> (f64, f64) {
    let (low, high) = wilson_real(proportion.share(), proportion.rest_share(), proportion.n() as f64, z);
    at_ends(proportion, low, high)
}

/// Newcombe (1998), method 4.
pub(super) fn wilson_cc_limits(proportion: Proportion, z: f64) -> (f64, f64) {
    let (n, p, q) = (proportion.n() as f64, proportion.share(), proportion.rest_share());
    let centre = 2.0 * n * p + z * z;
    let low = centre - 1.0 - z * (z * z - 2.0 - 1.0 / n + 4.0 * p * (n * q + 1.0)).max(0.0).sqrt();
    let high = centre + 1.0 + z * (z * z + 2.0 - 1.0 / n + 4.0 * p * (n * q - 1.0)).max(0.0).sqrt();
    let scale = 2.0 * (n + z * z);
    let (low, high) = at_ends(proportion, low / scale, high / scale);
    (low.max(0.0), high.min(1.0))
}

fn clopper_pearson_limits(proportion: Proportion, level: ConfidenceLevel) -> (f64, f64) {
    let (x, rest, tail) = (proportion.x() as f64, proportion.rest() as f64, 0.5 * level.alpha());
    let low = if proportion.x() == 0 { 0.0 } else { beta::quantile(tail, x, rest + 1.0) };
    let high = if proportion.rest() == 0 { 1.0 } else { beta::upper_quantile(tail, x + 1.0, rest) };
    (low, high)
}

fn jeffreys_limits(proportion: Proportion, level: ConfidenceLevel) -> (f64, f64) {
    let (a, b, tail) = (proportion.x() as f64 + 0.5, proportion.rest() as f64 + 0.5, 0.5 * level.alpha());
    at_ends(proportion, beta::quantile(tail, a, b), beta::upper_quantile(tail, a, b))
}

fn mid_p_limits(proportion: Proportion, level: ConfidenceLevel) -> (f64, f64) {
    let (x, n, p) = (proportion.x(), proportion.n(), proportion.share());
    let tail = 0.5 * level.alpha();
    let above = |p: f64| binomial::sf(x, n, p) + 0.5 * binomial::pmf(x, n, p);
    let below = |p: f64| binomial::cdf(x, n, p) - 0.5 * binomial::pmf(x, n, p);
    // At the estimate both tails are near 1/2; a level close to 0 may put the limit beyond it.
    let low = if x == 0 { Some(0.0) } else { root::bracketed(0.0, 1.0, |p| above(p) - tail) };
    let high = if x == n { Some(1.0) } else { root::bracketed(0.0, 1.0, |p| below(p) - tail) };
    (low.unwrap_or(p), high.unwrap_or(p))
}

fn agresti_coull_limits(proportion: Proportion, z: f64) -> (f64, f64) {
    let n = proportion.n() as f64 + z * z;
    let centre = (proportion.x() as f64 + 0.5 * z * z) / n;
    let half_width = z * (centre * (1.0 - centre) / n).sqrt();
    (centre - half_width, centre + half_width)
}

fn wald_limits(proportion: Proportion, z: f64) -> (f64, f64) {
    let (p, q) = (proportion.share(), proportion.rest_share());
    let half_width = z * (p * q / proportion.n() as f64).sqrt();
    (p - half_width, p + half_width)
}

/// No case leaves 0 possible, nothing but cases leaves 1 possible, exactly.
fn at_ends(proportion: Proportion, low: f64, high: f64) -> (f64, f64) {
    (if proportion.x() == 0 { 0.0 } else { low }, if proportion.rest() == 0 { 1.0 } else { high })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [ProportionInterval; 7] = [
        ProportionInterval::Wilson,
        ProportionInterval::WilsonCc,
        ProportionInterval::ClopperPearson,
        ProportionInterval::MidP,
        ProportionInterval::Jeffreys,
        ProportionInterval::AgrestiCoull,
        ProportionInterval::Wald,
    ];

    fn at(x: u64, n: u64, kind: ProportionInterval) -> Interval {
        interval(Proportion::new(x, n).unwrap(), kind, ConfidenceLevel::P95).interval
    }

    #[test]
    fn one_of_one_by_hand() {
        // Clopper-Pearson of 0/1: 1 - alpha/2; mid-P: 1 - alpha.
        assert!((at(0, 1, ProportionInterval::ClopperPearson).high - 0.975).abs() < 1e-15);
        assert!((at(0, 1, ProportionInterval::MidP).high - 0.95).abs() < 1e-15);
        assert!((at(1, 1, ProportionInterval::MidP).low - 0.05).abs() < 1e-15);
    }

    #[test]
    fn ends_are_exact() {
        for kind in ALL {
            assert!(at(0, 7, kind).low.abs() < 1e-300, "{kind:?}");
            assert!((at(7, 7, kind).high - 1.0).abs() < 1e-300, "{kind:?}");
        }
    }

    #[test]
    fn very_rare_cases_keep_their_digits() {
        // For large n the exact limits of 1 case are those of a Poisson count: 0.025 and 5.572 over n.
        let exact = at(1, 1_000_000_000, ProportionInterval::ClopperPearson);
        assert!((exact.low * 1e9 - 0.025_317_807_984_289_9).abs() < 1e-9);
        assert!((exact.high * 1e9 - 5.571_643_390_938_898).abs() < 1e-6);
    }

    #[test]
    fn wald_at_the_boundary_says_that_it_has_no_width() {
        let wald = interval(Proportion::new(0, 5).unwrap(), ProportionInterval::Wald, ConfidenceLevel::P95);
        assert_eq!(wald.cautions, [Caution::NoVariation]);
    }

    #[test]
    fn simultaneous_intervals_are_wider() {
        let together = simultaneous(&[5, 0, 7], ConfidenceLevel::P95).unwrap();
        let alone = wilson(Proportion::new(5, 12).unwrap(), ConfidenceLevel::P95);
        assert!(together[0].interval.low < alone.low && together[0].interval.high > alone.high);
        assert_eq!(simultaneous(&[0, 0], ConfidenceLevel::P95), Err(NotComputed::EmptyBase));
        assert!(simultaneous(&[u64::MAX, 1], ConfidenceLevel::P95).is_err());
        assert_eq!(simultaneous(&[], ConfidenceLevel::P95), Ok(Vec::new()));
    }
}
