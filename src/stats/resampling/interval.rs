//! Confidence intervals from bootstrap replicates: percentile, basic, bias-corrected and accelerated.

use crate::stats::distributions::normal;
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed};

pub(super) const PERCENTILE: Method = Method {
    id: "bootstrap_ci.percentile",
    name: "Bootstrap percentile interval",
    convention: "quantiles by normal-score interpolation at (B + 1) alpha; type 7 on request",
};
pub(super) const BASIC: Method = Method {
    id: "bootstrap_ci.basic",
    name: "Basic bootstrap interval",
    convention: "the percentile interval reflected at the estimate",
};
pub(super) const BCA: Method = Method {
    id: "bootstrap_ci.bca",
    name: "Bias-corrected and accelerated bootstrap interval",
    convention: "z0 from replicates strictly below the estimate; acceleration from the jackknife",
};

/// How a quantile between two ordered replicates is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Interpolation {
    /// At rank (B + 1) alpha, linear on the normal-quantile scale (Davison & Hinkley 1997, equation 5.8; R's boot).
    #[default]
    NormalScore,
    /// At rank 1 + (B - 1) alpha, linear (Hyndman & Fan 1996 type 7; R's quantile, numpy, SciPy).
    Type7,
}

/// A bootstrap interval with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct BootstrapInterval {
    /// The statistic of the data themselves.
    pub estimate: f64,
    /// Mean of the replicates.
    pub mean: f64,
    /// Standard deviation of the replicates (divisor B - 1): the bootstrap standard error.
    pub standard_error: f64,
    /// The interval.
    pub interval: Interval,
    /// Number of replicates.
    pub replicates: u64,
    /// What a careful reader must know beside the numbers.
    pub cautions: Vec<Caution>,
}

/// A bias-corrected and accelerated interval with its constants.
#[derive(Debug, Clone, PartialEq)]
pub struct Bca {
    /// The interval and the replicates' summary.
    pub result: BootstrapInterval,
    /// Bias correction: the normal quantile of the share of replicates below the estimate.
    pub z0: f64,
    /// Acceleration.
    pub acceleration: f64,
    /// The adjusted probability at which the lower limit is taken.
    pub lower_probability: f64,
    /// The adjusted probability at which the upper limit is taken.
    pub upper_probability: f64,
}

/// The statistic with each observation left out in turn; equal values may be given once with their count.
#[derive(Debug, Clone, PartialEq)]
pub struct Jackknife {
    /// The statistic without the observation, and how many observations this stands for.
    pub values: Vec<(f64, u64)>,
}

/// The percentile interval (Efron 1979).
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 replicates, `Invalid` where a number is not finite.
pub fn percentile(
    replicates: &[f64],
    estimate: f64,
    interpolation: Interpolation,
    level: ConfidenceLevel,
) -> Computed<BootstrapInterval> {
    let ordered = Ordered::of(replicates, estimate)?;
    let tail = 0.5 * level.alpha();
    let limits = (ordered.quantile(tail, interpolation), ordered.quantile(1.0 - tail, interpolation));
    Ok(ordered.summarise(estimate, limits, (tail, 1.0 - tail), level, PERCENTILE))
}

/// The basic interval: `2 estimate -` the percentile limits, swapped (Davison & Hinkley 1997, section 5.2).
///
/// # Errors
/// Those of [`percentile`].
pub fn basic(
    replicates: &[f64],
    estimate: f64,
    interpolation: Interpolation,
    level: ConfidenceLevel,
) -> Computed<BootstrapInterval> {
    let ordered = Ordered::of(replicates, estimate)?;
    let tail = 0.5 * level.alpha();
    let upper = ordered.quantile(1.0 - tail, interpolation);
    let lower = ordered.quantile(tail, interpolation);
    let limits = (2.0 * estimate - upper, 2.0 * estimate - lower);
    Ok(ordered.summarise(estimate, limits, (tail, 1.0 - tail), level, BASIC))
}

/// The bias-corrected and accelerated interval (Efron 1987).
///
/// `z0` is the normal quantile of the share of replicates below the estimate (ties with it do not count), and the
/// acceleration is `sum L^3 / (6 (sum L^2)^1.5)` with `L = (n - 1)(mean of the jackknife values - value)`.
///
/// # Errors
/// Those of [`percentile`]; `Undefined` where all replicates lie on one side of the estimate, where the jackknife
/// values are all equal, or where the adjustment leaves the range of probabilities.
pub fn bca(
    replicates: &[f64],
    estimate: f64,
    jackknife: &Jackknife,
    interpolation: Interpolation,
    level: ConfidenceLevel,
) -> Computed<Bca> {
    let ordered = Ordered::of(replicates, estimate)?;
    let below = ordered.below(estimate);
    if below == 0 || below == ordered.values.len() {
        return Err(NotComputed::Undefined(
            "no replicate below the estimate, or all of them: the bias correction is infinite",
        ));
    }
    let z0 = normal::quantile(below as f64 / ordered.values.len() as f64);
    let acceleration = jackknife.acceleration()?;
    let tail = normal::quantile(0.5 * level.alpha());
    let lower_probability = adjusted(z0, acceleration, tail)?;
    let upper_probability = adjusted(z0, acceleration, -tail)?;
    let limits = (
        ordered.quantile(lower_probability, interpolation),
        ordered.quantile(upper_probability, interpolation),
    );
    let probabilities = (lower_probability, upper_probability);
    let result = ordered.summarise(estimate, limits, probabilities, level, BCA);
    Ok(Bca { result, z0, acceleration, lower_probability, upper_probability })
}

/// The bootstrap standard error: the standard deviation of the replicates with divisor B - 1.
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 replicates, `Invalid` where one is not finite.
pub fn standard_error(replicates: &[f64]) -> Computed<f64> {
    Ordered::of(replicates, 0.0).map(|ordered| ordered.standard_deviation())
}

impl Jackknife {
    /// Efron's acceleration constant.
    fn acceleration(&self) -> Computed<f64> {
        if self.values.iter().any(|(value, _)| !value.is_finite()) {
            return Err(NotComputed::invalid("a jackknife value is not a finite number"));
        }
        let n = self.values.iter().map(|&(_, count)| count).sum::<u64>() as f64;
        let sum = |term: &dyn Fn(f64) -> f64| {
            compensated_sum(self.values.iter().map(|&(value, count)| count as f64 * term(value)))
        };
        let mean = sum(&|value| value) / n;
        let largest = self.values.iter().fold(0.0_f64, |most, &(value, _)| most.max(value.abs()));
        let spread = self.values.iter().fold(0.0_f64, |most, &(value, _)| most.max((mean - value).abs()));
        if spread.is_nan() || spread <= ROUNDING * largest {
            return Err(NotComputed::Undefined(
                "the statistic does not change when an observation is left out: no acceleration",
            ));
        }
        // The factor (n - 1) and the scale cancel.
        let influence = |value: f64| (mean - value) / spread;
        let squares = sum(&|value| influence(value) * influence(value));
        let cubes = sum(&|value| influence(value) * influence(value) * influence(value));
        Ok(cubes / (6.0 * squares * squares.sqrt()))
    }
}

/// Larger replicates could not be squared.
const LARGEST: f64 = 1e150;

/// Differences below this share of the numbers are rounding.
const ROUNDING: f64 = 1e-13;

/// The probability at which the BCa interval takes a limit.
fn adjusted(z0: f64, acceleration: f64, z: f64) -> Computed<f64> {
    let shifted = z0 + z;
    let divisor = 1.0 - acceleration * shifted;
    if divisor <= 0.0 {
        return Err(NotComputed::Undefined("the acceleration is too large for this confidence level"));
    }
    Ok(normal::cdf(z0 + shifted / divisor))
}

/// Replicates in ascending order.
struct Ordered {
    values: Vec<f64>,
}

impl Ordered {
    fn of(replicates: &[f64], estimate: f64) -> Computed<Self> {
        if replicates.len() < 2 {
            return Err(NotComputed::TooFew { needed: 2, found: replicates.len() as u64 });
        }
        let usable = |value: f64| value.abs() <= LARGEST;
        if !usable(estimate) || replicates.iter().any(|&value| !usable(value)) {
            return Err(NotComputed::invalid("a bootstrap replicate is not a number within 1e150 of zero"));
        }
        let mut values = replicates.to_vec();
        values.sort_unstable_by(f64::total_cmp);
        Ok(Self { values })
    }

    /// How many replicates lie below `estimate` by more than rounding.
    fn below(&self, estimate: f64) -> usize {
        let bound = estimate - ROUNDING * estimate.abs();
        self.values.partition_point(|&value| value < bound)
    }

    fn quantile(&self, probability: f64, interpolation: Interpolation) -> f64 {
        let last = self.values.len() - 1;
        let at = |index: usize| self.values.get(index.min(last)).copied().unwrap_or(f64::NAN);
        match interpolation {
            Interpolation::Type7 => {
                let position = last as f64 * probability;
                let index = floor_index(position);
                let (low, high) = (at(index), at(index + 1));
                low + (position - index as f64) * (high - low)
            }
            Interpolation::NormalScore => {
                let slots = (self.values.len() + 1) as f64;
                let rank = slots * probability;
                let whole = floor_index(rank);
                if whole == 0 {
                    return at(0);
                }
                if whole > last {
                    return at(last);
                }
                let score = |rank: usize| normal::quantile(rank as f64 / slots);
                let (low, high) = (at(whole - 1), at(whole));
                let part = (normal::quantile(probability) - score(whole)) / (score(whole + 1) - score(whole));
                low + part * (high - low)
            }
        }
    }

    fn mean(&self) -> f64 {
        compensated_sum(self.values.iter().copied()) / self.values.len() as f64
    }

    fn standard_deviation(&self) -> f64 {
        let mean = self.mean();
        let squares = compensated_sum(self.values.iter().map(|value| (value - mean) * (value - mean)));
        (squares / (self.values.len() - 1) as f64).sqrt()
    }

    fn summarise(
        &self,
        estimate: f64,
        (low, high): (f64, f64),
        probabilities: (f64, f64),
        level: ConfidenceLevel,
        method: Method,
    ) -> BootstrapInterval {
        let mut cautions = Vec::new();
        let slots = (self.values.len() + 1) as f64;
        if probabilities.0 * slots < 1.0 || probabilities.1 * slots > self.values.len() as f64 {
            cautions
                .push(Caution::Note("too few replicates for this level: a limit is the most extreme one"));
        }
        if self.values.first().zip(self.values.last()).is_some_and(|(low, high)| low.total_cmp(high).is_eq())
        {
            cautions.push(Caution::NoVariation);
        }
        BootstrapInterval {
            estimate,
            mean: self.mean(),
            standard_error: self.standard_deviation(),
            interval: Interval { low, high, level, method },
            replicates: self.values.len() as u64,
            cautions,
        }
    }
}

/// The index at or below a position that is not negative.
fn floor_index(position: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positions lie within 0 and B + 1"
    )]
    let index = position as usize;
    index
}
