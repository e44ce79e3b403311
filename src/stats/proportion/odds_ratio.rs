//! Odds ratio of two independent proportions, the first over the second.

use crate::stats::distributions::noncentral_hypergeometric::NoncentralHypergeometric;
use crate::stats::record::{Computed, ConfidenceLevel, Interval, Method, NotComputed};
use crate::stats::root;

use super::{Proportion, RatioMeasure, critical, ratio};

/// The default where no cell is 0.
pub const WOOLF: Method = Method {
    id: "odds_ratio.woolf",
    name: "Woolf logit interval",
    convention: "sample odds ratio; undefined where a cell is 0",
};
/// Half a case added to every cell.
pub const HALDANE_ANSCOMBE: Method = Method {
    id: "odds_ratio.haldane_anscombe",
    name: "Haldane-Anscombe corrected odds ratio",
    convention: "0.5 added to all four cells",
};
/// The default where a cell is 0.
pub const CONDITIONAL_EXACT: Method = Method {
    id: "odds_ratio.conditional_exact",
    name: "conditional exact odds ratio",
    convention: "conditional maximum likelihood; central limits, alpha/2 in either tail",
};
/// Half of the observed table's probability.
pub const CONDITIONAL_MID_P: Method = Method {
    id: "odds_ratio.conditional_mid_p",
    name: "conditional mid-P odds ratio",
    convention: "conditional maximum likelihood; alpha/2 in either tail, half of the observed mass",
};

/// Which estimate and interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum OddsRatio {
    /// Woolf (1955).
    #[default]
    Woolf,
    /// Haldane (1956), Anscombe (1956).
    HaldaneAnscombe,
    /// Conditional on all margins, exact (Cornfield 1956).
    ConditionalExact,
    /// Conditional on all margins, mid-P.
    ConditionalMidP,
}

/// Groups beyond this size are refused by the conditional methods.
pub const MAX_CONDITIONAL: u64 = 1_000_000_000;

/// The odds ratio with its interval.
pub fn odds_ratio(
    first: Proportion,
    second: Proportion,
    kind: OddsRatio,
    level: ConfidenceLevel,
) -> RatioMeasure {
    let cells = [first.x(), first.rest(), second.x(), second.rest()].map(|count| count as f64);
    match kind {
        OddsRatio::Woolf => logit(cells, level, WOOLF),
        OddsRatio::HaldaneAnscombe => logit(cells.map(|cell| cell + 0.5), level, HALDANE_ANSCOMBE),
        OddsRatio::ConditionalExact => conditional(first, second, 1.0, level, CONDITIONAL_EXACT),
        OddsRatio::ConditionalMidP => conditional(first, second, 0.5, level, CONDITIONAL_MID_P),
    }
}

/// The sample odds ratio of the cells a, b (first group), c, d (second), normal on the logarithm.
fn logit([a, b, c, d]: [f64; 4], level: ConfidenceLevel, method: Method) -> RatioMeasure {
    let estimate = ratio(a * d, b * c);
    let has_zero = a.min(b).min(c).min(d) <= 0.0;
    let standard_error = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    let interval = match &estimate {
        Ok(value) if !has_zero => {
            let reach = libm::exp(critical(level) * standard_error);
            Ok(Interval { low: value / reach, high: value * reach, level, method })
        }
        _ => Err(NotComputed::Undefined("a cell of 0 has no logarithm; the conditional interval handles it")),
    };
    RatioMeasure { estimate, standard_error_of_log: (!has_zero).then_some(standard_error), interval, method }
}

/// Estimate and limits from the distribution of the first cell given all margins; `weight` is the share of the observed
/// table's probability that counts in a tail.
fn conditional(
    first: Proportion,
    second: Proportion,
    weight: f64,
    level: ConfidenceLevel,
    method: Method,
) -> RatioMeasure {
    let (estimate, interval) = match conditional_parts(first, second, weight, level) {
        Ok((estimate, limits)) => (estimate, limits.map(|(low, high)| Interval { low, high, level, method })),
        Err(why) => (Err(why.clone()), Err(why)),
    };
    RatioMeasure { estimate, standard_error_of_log: None, interval, method }
}

type Parts = (Computed<f64>, Computed<(f64, f64)>);

fn conditional_parts(
    first: Proportion,
    second: Proportion,
    weight: f64,
    level: ConfidenceLevel,
) -> Computed<Parts> {
    if first.n() > MAX_CONDITIONAL || second.n() > MAX_CONDITIONAL {
        return Err(NotComputed::TooLarge { limit: "conditional odds ratio up to 1e9 in a group" });
    }
    let x = first.x();
    let table = NoncentralHypergeometric::new(first.n(), second.n(), x + second.x())
        .ok_or(NotComputed::invalid("more successes than observations"))?;
    if table.low() == table.high() {
        let why =
            NotComputed::Undefined("all or none succeed in both groups: any odds ratio fits equally well");
        return Ok((Err(why), Ok((0.0, f64::INFINITY))));
    }
    let start = (first.x() as f64 + 0.5) * (second.rest() as f64 + 0.5)
        / ((first.rest() as f64 + 0.5) * (second.x() as f64 + 0.5));
    let solve = |f: &dyn Fn(f64) -> f64| {
        root::positive(start, f).ok_or(NotComputed::NotConverged { iterations: 300 })
    };
    let tail = 0.5 * level.alpha();
    let (at_low, at_high) = (x == table.low(), x == table.high());
    let estimate = if at_low {
        Ok(0.0)
    } else if at_high {
        Ok(f64::INFINITY)
    } else {
        solve(&|ratio| table.split(x, ratio).mean - x as f64)
    };
    let low = if at_low {
        Ok(0.0)
    } else {
        solve(&|ratio| {
            let split = table.split(x, ratio);
            split.above + weight * split.at - tail
        })
    };
    let high = if at_high {
        Ok(f64::INFINITY)
    } else {
        solve(&|ratio| {
            let split = table.split(x, ratio);
            split.below + weight * split.at - tail
        })
    };
    Ok((estimate, low.and_then(|low| high.map(|high| (low, high)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x1: u64, n1: u64, x2: u64, n2: u64, kind: OddsRatio) -> RatioMeasure {
        let (first, second) = (Proportion::new(x1, n1).unwrap(), Proportion::new(x2, n2).unwrap());
        odds_ratio(first, second, kind, ConfidenceLevel::P95)
    }

    #[test]
    fn woolf_by_hand() {
        let woolf = at(7, 8, 3, 9, OddsRatio::Woolf);
        assert!((woolf.estimate.unwrap() - 14.0).abs() < 1e-14);
        assert!(
            (woolf.standard_error_of_log.unwrap() - (1.0 / 7.0 + 1.0 + 1.0 / 3.0 + 1.0 / 6.0_f64).sqrt())
                .abs()
                < 1e-15
        );
    }

    #[test]
    fn one_against_one_by_hand() {
        // P(X = 1) = OR / (1 + OR) = 0.025 at OR = 1/39; mid-P: 0.05, 1/19.
        let exact = at(1, 1, 0, 1, OddsRatio::ConditionalExact).interval.unwrap();
        assert!((exact.low - 1.0 / 39.0).abs() < 1e-15 && exact.high.is_infinite());
        let mid = at(1, 1, 0, 1, OddsRatio::ConditionalMidP).interval.unwrap();
        assert!((mid.low - 1.0 / 19.0).abs() < 1e-15);
    }

    #[test]
    fn nothing_decides_the_ratio() {
        let exact = at(0, 10, 0, 12, OddsRatio::ConditionalExact);
        assert!(exact.estimate.is_err());
        let interval = exact.interval.unwrap();
        assert!(interval.low.abs() < 1e-300 && interval.high.is_infinite());
        assert!(at(0, 10, 0, 12, OddsRatio::Woolf).estimate.is_err());
    }

    #[test]
    fn swapping_the_groups_inverts() {
        for kind in [
            OddsRatio::Woolf,
            OddsRatio::HaldaneAnscombe,
            OddsRatio::ConditionalExact,
            OddsRatio::ConditionalMidP,
        ] {
            let (one, two) = (at(7, 8, 3, 9, kind), at(3, 9, 7, 8, kind));
            assert!((one.estimate.unwrap() * two.estimate.unwrap() - 1.0).abs() < 1e-11, "{kind:?}");
            let (one, two) = (one.interval.unwrap(), two.interval.unwrap());
            assert!((one.low * two.high - 1.0).abs() < 1e-11 && (one.high * two.low - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn large_tables_do_not_hang() {
        let exact = at(400_000, 1_000_000, 390_000, 1_000_000, OddsRatio::ConditionalExact);
        let woolf = at(400_000, 1_000_000, 390_000, 1_000_000, OddsRatio::Woolf);
        assert!((exact.estimate.unwrap() / woolf.estimate.unwrap() - 1.0).abs() < 1e-6);
        assert!(at(1, u64::MAX, 1, 2, OddsRatio::ConditionalExact).estimate.is_err());
    }
}
