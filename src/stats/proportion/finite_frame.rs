//! A proportion of a finite frame of `N` units, of which `n` answered.

use crate::stats::distributions::hypergeometric;
use crate::stats::record::{Caution, Computed, ConfidenceLevel, Estimate, Interval, Method, NotComputed};
use crate::stats::root::first_where;

use super::one_sample::wilson_real;
use super::{Proportion, critical};

/// The default for a random sample of a frame.
pub const EXACT_HYPERGEOMETRIC: Method = Method {
    id: "proportion_ci_fpc.exact_hypergeometric",
    name: "exact hypergeometric interval",
    convention: "counts that leave more than alpha/2 in either tail",
};
/// Wilson with the base that the finite frame is worth.
pub const WILSON_NEFF: Method = Method {
    id: "proportion_ci_fpc.wilson_neff",
    name: "Wilson interval with finite population correction",
    convention: "effective base n (N - 1) / (N - n)",
};
/// Wald with the finite population correction.
pub const WALD: Method = Method {
    id: "proportion_ci_fpc.wald",
    name: "Wald interval with finite population correction",
    convention: "variance (1 - n/N) p q / (n - 1), cut to [0, 1]",
};
/// No assumption about those who did not answer.
pub const NONRESPONSE_BOUNDS: Method = Method {
    id: "proportion_bounds.nonresponse",
    name: "worst-case bounds under nonresponse",
    convention: "no sampling error",
};

/// An interval for the number of cases in the whole frame, and for their share.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameInterval {
    /// Share of the answers.
    pub value: f64,
    /// Interval for the share of the frame.
    pub interval: Interval,
    /// Smallest and largest number of cases in the frame.
    pub counts: (u64, u64),
}

/// The share's interval together with the base that the correction makes it worth.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectiveInterval {
    /// Share and interval.
    pub estimate: Estimate,
    /// The effective base, infinite for a census.
    pub n_effective: f64,
}

/// What is possible whatever those who did not answer would have said. Not a confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Every missing answer is no case.
    pub low: f64,
    /// Every missing answer is a case.
    pub high: f64,
    /// The method.
    pub method: Method,
}

/// The largest frame of the exact interval: more than there are people.
pub const MAX_FRAME: u64 = 10_000_000_000;

/// All numbers of cases `M` in a frame of `frame` units that would leave more than `alpha/2` on either side of the
/// observed count (Konijn 1973; Buonaccorsi 1987).
///
/// # Errors
/// `Invalid` if more answered than the frame holds, `TooLarge` beyond [`MAX_FRAME`].
pub fn exact_hypergeometric(
    proportion: Proportion,
    frame: u64,
    level: ConfidenceLevel,
) -> Computed<FrameInterval> {
    check_frame(proportion.n(), frame)?;
    if frame > MAX_FRAME {
        return Err(NotComputed::TooLarge { limit: "exact interval for a frame of up to 1e10 units" });
    }
    let (x, n) = (proportion.x(), proportion.n());
    // A tail equal to alpha/2 up to rounding is out, as the definition says.
    let tail = 0.5 * level.alpha() * (1.0 + 1e-10);
    let at_least = |cases: u64| if x == 0 { 1.0 } else { hypergeometric::sf(x - 1, frame, cases, n) };
    let at_most = |cases: u64| hypergeometric::cdf(x, frame, cases, n);
    // Both tails are monotone in the number of cases, so each end is found by halving.
    let (first, last) = (x, frame - proportion.rest());
    let low = first_where(first, last, |cases| at_least(cases) > tail);
    let above = first_where(first, last, |cases| at_most(cases) <= tail);
    let high = if at_most(above) > tail { above } else { above.saturating_sub(1).max(first) };
    let share = |cases: u64| cases as f64 / frame as f64;
    let interval = Interval { low: share(low), high: share(high), level, method: EXACT_HYPERGEOMETRIC };
    Ok(FrameInterval { value: proportion.share(), interval, counts: (low, high) })
}

/// Wilson's interval on the effective base `n (N - 1) / (N - n)`; a census has no width.
///
/// # Errors
/// `Invalid` if more answered than the frame holds.
pub fn wilson_effective(
    proportion: Proportion,
    frame: u64,
    level: ConfidenceLevel,
) -> Computed<EffectiveInterval> {
    check_frame(proportion.n(), frame)?;
    let (n, all) = (proportion.n() as f64, frame as f64);
    let value = proportion.share();
    let is_census = proportion.n() == frame;
    let n_effective = if is_census { f64::INFINITY } else { n * (all - 1.0) / (all - n) };
    let (low, high) = if is_census {
        (value, value)
    } else {
        wilson_real(value, proportion.rest_share(), n_effective, critical(level))
    };
    let high = if proportion.rest() == 0 { 1.0 } else { high };
    let cautions = if is_census { vec![Caution::Note("census: nothing was sampled")] } else { Vec::new() };
    let interval = Interval { low, high, level, method: WILSON_NEFF };
    Ok(EffectiveInterval {
        estimate: Estimate { value, standard_error: None, interval, cautions },
        n_effective,
    })
}

/// Wald's interval with the finite population correction (Cochran 1977, section 3.2).
///
/// # Errors
/// `TooFew` for a single answer, `Invalid` if more answered than the frame holds.
pub fn wald(proportion: Proportion, frame: u64, level: ConfidenceLevel) -> Computed<Estimate> {
    check_frame(proportion.n(), frame)?;
    if proportion.n() < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: proportion.n() });
    }
    let (n, all) = (proportion.n() as f64, frame as f64);
    let value = proportion.share();
    let variance = (all - n) / all * value * proportion.rest_share() / (n - 1.0);
    let standard_error = variance.sqrt();
    let (low, high) = (value - critical(level) * standard_error, value + critical(level) * standard_error);
    let mut cautions = Vec::new();
    if low < 0.0 || high > 1.0 {
        cautions.push(Caution::Clipped);
    }
    if proportion.is_at_boundary() {
        cautions.push(Caution::NoVariation);
    }
    let interval = Interval { low: low.max(0.0), high: high.min(1.0), level, method: WALD };
    Ok(Estimate { value, standard_error: Some(standard_error), interval, cautions })
}

/// Bounds on the share of the whole frame when nothing is assumed about the `frame - n` who did not answer
/// (Manski 1995). `n` may be 0.
///
/// # Errors
/// `EmptyBase` for an empty frame, `Invalid` for counts that do not nest.
pub fn nonresponse_bounds(x: u64, n: u64, frame: u64) -> Computed<Bounds> {
    if frame == 0 {
        return Err(NotComputed::EmptyBase);
    }
    if x > n {
        return Err(NotComputed::invalid("a count cannot exceed its total"));
    }
    check_frame(n, frame)?;
    let all = frame as f64;
    Ok(Bounds { low: x as f64 / all, high: (x + (frame - n)) as f64 / all, method: NONRESPONSE_BOUNDS })
}

fn check_frame(n: u64, frame: u64) -> Computed<()> {
    if n > frame { Err(NotComputed::invalid("more answers than the frame has units")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(x: u64, n: u64) -> Proportion {
        Proportion::new(x, n).unwrap()
    }

    #[test]
    fn census_has_no_width() {
        let exact = exact_hypergeometric(of(9, 22), 22, ConfidenceLevel::P95).unwrap();
        assert_eq!(exact.counts, (9, 9));
        let wilson = wilson_effective(of(9, 22), 22, ConfidenceLevel::P95).unwrap();
        assert!(wilson.n_effective.is_infinite());
        assert!((wilson.estimate.interval.high - wilson.estimate.interval.low).abs() < 1e-300);
        let wald = wald(of(9, 22), 22, ConfidenceLevel::P95).unwrap();
        assert!((wald.interval.high - wald.interval.low).abs() < 1e-300);
    }

    #[test]
    fn one_of_two_drawn_from_three_by_hand() {
        // 1 of 2 from 3: M = 1 and M = 2 are both possible, 0 and 3 are not.
        let exact = exact_hypergeometric(of(1, 2), 3, ConfidenceLevel::P95).unwrap();
        assert_eq!(exact.counts, (1, 2));
    }

    #[test]
    fn more_answers_than_units_are_refused() {
        assert!(exact_hypergeometric(of(1, 5), 4, ConfidenceLevel::P95).is_err());
        assert!(nonresponse_bounds(1, 5, 4).is_err() && nonresponse_bounds(3, 2, 4).is_err());
        assert_eq!(nonresponse_bounds(0, 0, 0), Err(NotComputed::EmptyBase));
        assert!(wald(of(1, 1), 4, ConfidenceLevel::P95).is_err());
    }

    #[test]
    fn nobody_answered_leaves_everything_possible() {
        let bounds = nonresponse_bounds(0, 0, 10).unwrap();
        assert!(bounds.low.abs() < 1e-300 && (bounds.high - 1.0).abs() < 1e-300);
    }
}
