//! Difference of two independent proportions, the first minus the second.

use crate::stats::record::{Caution, ConfidenceLevel, Estimate, Interval, Method};
use crate::stats::root;

use super::one_sample::{wilson_cc_limits, wilson_limits};
use super::{Proportion, critical};

/// The default.
pub const NEWCOMBE: Method = Method {
    id: "risk_difference.newcombe",
    name: "Newcombe hybrid score interval",
    convention: "method 10, no continuity correction",
};
/// Newcombe's method 11.
pub const NEWCOMBE_CC: Method = Method {
    id: "risk_difference.newcombe_cc",
    name: "Newcombe hybrid score interval with continuity correction",
    convention: "method 11",
};
/// Score interval.
pub const MIETTINEN_NURMINEN: Method = Method {
    id: "risk_difference.miettinen_nurminen",
    name: "Miettinen-Nurminen score interval",
    convention: "variance times N/(N - 1)",
};
/// Wald after adding one case and one other to each group.
pub const AGRESTI_CAFFO: Method = Method {
    id: "risk_difference.agresti_caffo",
    name: "Agresti-Caffo interval",
    convention: "cut to [-1, 1]",
};
/// For replication only.
pub const WALD: Method =
    Method { id: "risk_difference.wald", name: "Wald interval", convention: "unpooled, cut to [-1, 1]" };

/// Which interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum DifferenceInterval {
    /// Newcombe (1998), method 10.
    #[default]
    Newcombe,
    /// Newcombe (1998), method 11.
    NewcombeCc,
    /// Miettinen & Nurminen (1985).
    MiettinenNurminen,
    /// Agresti & Caffo (2000).
    AgrestiCaffo,
    /// Wald.
    Wald,
}

impl DifferenceInterval {
    /// The method's record.
    pub const fn method(self) -> Method {
        match self {
            Self::Newcombe => NEWCOMBE,
            Self::NewcombeCc => NEWCOMBE_CC,
            Self::MiettinenNurminen => MIETTINEN_NURMINEN,
            Self::AgrestiCaffo => AGRESTI_CAFFO,
            Self::Wald => WALD,
        }
    }
}

/// The difference `first - second` with its interval.
///
/// # Examples
///
/// ```
/// use canvass::stats::ConfidenceLevel;
/// use canvass::stats::proportion::Proportion;
/// use canvass::stats::proportion::difference::{DifferenceInterval, risk_difference};
///
/// let (first, second) = (Proportion::new(0, 11)?, Proportion::new(15, 50)?);
/// let found = risk_difference(first, second, DifferenceInterval::Newcombe, ConfidenceLevel::P95);
/// assert!((found.value + 0.3).abs() < 1e-15);
/// // Reference case proportion-0667.
/// assert!((found.interval.low + 0.437_503_504_644_533_97).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn risk_difference(
    first: Proportion,
    second: Proportion,
    kind: DifferenceInterval,
    level: ConfidenceLevel,
) -> Estimate {
    let z = critical(level);
    let value = difference(first, second);
    let (low, high) = match kind {
        DifferenceInterval::Newcombe => {
            hybrid(first, second, value, wilson_limits(first, z), wilson_limits(second, z))
        }
        DifferenceInterval::NewcombeCc => {
            hybrid(first, second, value, wilson_cc_limits(first, z), wilson_cc_limits(second, z))
        }
        DifferenceInterval::MiettinenNurminen => miettinen_nurminen(first, second, value, z),
        DifferenceInterval::AgrestiCaffo => agresti_caffo(first, second, z),
        DifferenceInterval::Wald => {
            let half_width = z * (variance(first) + variance(second)).sqrt();
            (value - half_width, value + half_width)
        }
    };
    let mut cautions = Vec::new();
    if low < -1.0 || high > 1.0 {
        cautions.push(Caution::Clipped);
    }
    if kind == DifferenceInterval::Wald && first.is_at_boundary() && second.is_at_boundary() {
        cautions.push(Caution::NoVariation);
    }
    let interval = Interval { low: low.max(-1.0), high: high.min(1.0), level, method: kind.method() };
    Estimate { value, standard_error: None, interval, cautions }
}

/// `x1/n1 - x2/n2` over the common denominator, so that equal shares differ by exactly 0.
fn difference(first: Proportion, second: Proportion) -> f64 {
    let left = u128::from(first.x()) * u128::from(second.n());
    let right = u128::from(second.x()) * u128::from(first.n());
    let size = left.abs_diff(right) as f64 / (first.n() as f64 * second.n() as f64);
    if left < right { -size } else { size }
}

/// Squares the distances from each share to its own limits (Newcombe 1998).
fn hybrid(first: Proportion, second: Proportion, d: f64, one: (f64, f64), two: (f64, f64)) -> (f64, f64) {
    let (p1, p2) = (first.share(), second.share());
    let (l1, u1) = one;
    let (l2, u2) = two;
    (d - libm::hypot(p1 - l1, u2 - p2), d + libm::hypot(u1 - p1, p2 - l2))
}

fn agresti_caffo(first: Proportion, second: Proportion, z: f64) -> (f64, f64) {
    let (n1, n2) = (first.n() as f64 + 2.0, second.n() as f64 + 2.0);
    let (p1, p2) = ((first.x() as f64 + 1.0) / n1, (second.x() as f64 + 1.0) / n2);
    let half_width = z * (p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2).sqrt();
    (p1 - p2 - half_width, p1 - p2 + half_width)
}

fn variance(proportion: Proportion) -> f64 {
    proportion.share() * proportion.rest_share() / proportion.n() as f64
}

/// Inverts the score statistic, whose variance is taken under the difference that is tried.
fn miettinen_nurminen(first: Proportion, second: Proportion, d: f64, z: f64) -> (f64, f64) {
    let statistic = |delta: f64| {
        let miss = d - delta;
        if miss == 0.0 { 0.0 } else { miss / score_variance(first, second, delta).sqrt() }
    };
    // The statistic falls from +infinity at -1 to -infinity at 1, unless the estimate is there already.
    let low = if d <= -1.0 { Some(-1.0) } else { root::bracketed(-1.0, d, |delta| statistic(delta) - z) };
    let high = if d >= 1.0 { Some(1.0) } else { root::bracketed(d, 1.0, |delta| statistic(delta) + z) };
    (low.unwrap_or(-1.0), high.unwrap_or(1.0))
}

/// The variance of the difference at the most likely shares that differ by `delta`.
fn score_variance(first: Proportion, second: Proportion, delta: f64) -> f64 {
    let (n1, n2) = (first.n() as f64, second.n() as f64);
    let p2 = constrained_share(first, second, delta);
    let p1 = (p2 + delta).clamp(0.0, 1.0);
    let n = n1 + n2;
    (p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2) * n / (n - 1.0)
}

/// The second share that maximises the likelihood when the first is larger by `delta`: the root of its derivative, which
/// falls steadily, so that no cubic with its near-double roots need be solved.
fn constrained_share(first: Proportion, second: Proportion, delta: f64) -> f64 {
    let (low, high) = (positive_part(-delta), (1.0 - delta).min(1.0));
    // A count of 0 contributes nothing, even where its divisor is 0.
    let part =
        |count: u64, divisor: f64| if count == 0 { 0.0 } else { count as f64 / positive_part(divisor) };
    let slope = |p2: f64| {
        let p1 = p2 + delta;
        let rising = part(first.x(), p1) + part(second.x(), p2);
        let falling = part(first.rest(), 1.0 - p1) + part(second.rest(), 1.0 - p2);
        if rising.is_infinite() && falling.is_infinite() { 0.0 } else { rising - falling }
    };
    if low >= high {
        return low;
    }
    root::bracketed(low, high, slope)
        .unwrap_or_else(|| if slope(0.5 * low + 0.5 * high) > 0.0 { high } else { low })
}

/// The number if it is positive, else +0. `max` may give either zero for -0, and dividing by -0 turns a limit around.
fn positive_part(number: f64) -> f64 {
    if number > 0.0 { number } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [DifferenceInterval; 5] = [
        DifferenceInterval::Newcombe,
        DifferenceInterval::NewcombeCc,
        DifferenceInterval::MiettinenNurminen,
        DifferenceInterval::AgrestiCaffo,
        DifferenceInterval::Wald,
    ];

    fn at(x1: u64, n1: u64, x2: u64, n2: u64, kind: DifferenceInterval) -> Estimate {
        let (first, second) = (Proportion::new(x1, n1).unwrap(), Proportion::new(x2, n2).unwrap());
        risk_difference(first, second, kind, ConfidenceLevel::P95)
    }

    #[test]
    fn equal_shares_differ_by_nothing() {
        for kind in ALL {
            let estimate = at(1, 3, 2, 6, kind);
            assert!(estimate.value.abs() < 1e-300);
            assert!(estimate.interval.low < 0.0 && estimate.interval.high > 0.0);
        }
    }

    #[test]
    fn a_negative_zero_turns_no_limit_around() {
        // Swapping the groups mirrors the interval, also where a share lies on the boundary.
        let interval = |x1, n1, x2, n2| at(x1, n1, x2, n2, DifferenceInterval::MiettinenNurminen).interval;
        let (there, back) = (interval(2, 6, 0, 2), interval(0, 2, 2, 6));
        assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
        assert!(back.high > 0.1);
    }

    #[test]
    fn limits_stay_possible_at_the_corners() {
        for (x1, n1, x2, n2) in [(0, 1, 1, 1), (1, 1, 0, 1), (0, 5, 0, 5), (5, 5, 5, 5), (5, 5, 0, 9)] {
            for kind in ALL {
                let interval = at(x1, n1, x2, n2, kind).interval;
                assert!(
                    -1.0 <= interval.low && interval.low <= interval.high && interval.high <= 1.0,
                    "{kind:?}"
                );
            }
        }
    }

    #[test]
    fn swapping_the_groups_changes_only_the_sign() {
        for kind in ALL {
            let (one, two) = (at(7, 8, 3, 9, kind).interval, at(3, 9, 7, 8, kind).interval);
            assert!((one.low + two.high).abs() < 1e-12 && (one.high + two.low).abs() < 1e-12, "{kind:?}");
        }
    }
}
