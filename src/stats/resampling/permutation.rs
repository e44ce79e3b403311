//! Permutation tests of a difference of means: every arrangement where affordable, seeded draws where not.

use super::arrangements::{Shares, choose, sums_of_choices, sums_of_signs};
use super::decimal::{Scaled, scaled};
use crate::stats::proportion::{self, Proportion, ProportionInterval};
use crate::stats::random::Pcg64;
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};

pub(super) const MEAN_DIFFERENCE: Method = Method {
    id: "permutation.mean_diff_exact",
    name: "Exact permutation test of a difference of means",
    convention: "all divisions into the two groups; two-sided by distance from the mean",
};
pub(super) const SIGN_FLIP: Method = Method {
    id: "permutation.sign_flip_exact",
    name: "Exact sign-flip test of a mean difference",
    convention: "all 2^n choices of signs, zeros kept; two-sided by |mean|",
};
pub(super) const MONTE_CARLO: Method = Method {
    id: "permutation.monte_carlo_p",
    name: "Monte Carlo p-value",
    convention: "(b + 1) / (B + 1); Clopper-Pearson interval for b / B",
};

/// The most arrangements that are listed one by one.
pub const MAX_ARRANGEMENTS: u64 = 1 << 20;

/// The most additions of an exact permutation test that goes over sums.
pub const MAX_STEPS: f64 = 2e8;

/// A difference of means, or a mean difference, with its permutation test.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanDifference {
    /// Mean of x minus mean of y, or mean of the differences.
    pub estimate: f64,
    /// Number of arrangements under the null hypothesis; a whole number up to 2^53, rounded beyond.
    pub arrangements: f64,
    /// The test.
    pub test: Test,
}

/// A p-value from random arrangements.
#[derive(Debug, Clone, PartialEq)]
pub struct MonteCarlo {
    /// `(b + 1) / (B + 1)`: never 0, and valid as it is (Davison & Hinkley 1997; Phipson & Smyth 2010).
    pub p: f64,
    /// Interval for the p-value of all arrangements; none without any draw.
    pub interval: Computed<Interval>,
    /// Arrangements at least as extreme as the observed one, b.
    pub extreme: u64,
    /// Arrangements drawn, B.
    pub replicates: u64,
}

/// The exact permutation test of a difference of means (Fisher 1935; Pitman 1937).
///
/// Sums compare as integers after rounding to 12 significant digits, so that decimal data have the ties that they
/// should. Scores on a scale are affordable up to hundreds of observations; otherwise [`MAX_ARRANGEMENTS`] holds.
///
/// # Errors
/// [`NotComputed::TooFew`] where a group is empty, `Invalid` where a value is not finite, `TooLarge` beyond the limit.
///
/// # Examples
///
/// ```
/// use canvass::stats::Which;
/// use canvass::stats::resampling::mean_difference_exact;
///
/// let found = mean_difference_exact(&[5.0, 4.0, 5.0, 4.0, 3.0], &[1.0, 2.0, 4.0, 2.0], Which::TwoSided)?;
/// // Reference case resampling-0046: 7 of 126 arrangements.
/// assert!((found.estimate - 1.95).abs() < 1e-12);
/// assert!((found.test.p - 7.0 / 126.0).abs() < 1e-14);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn mean_difference_exact(x: &[f64], y: &[f64], which: Which) -> Computed<MeanDifference> {
    let groups = Groups::of(x, y)?;
    let shares = sums_of_choices(&groups.scores.values, x.len())?;
    let test = Test {
        statistic: Some(groups.estimate),
        df: Vec::new(),
        p: tail(&shares, &groups.null, which),
        which,
        method: MEAN_DIFFERENCE,
        cautions: Vec::new(),
    };
    Ok(MeanDifference { estimate: groups.estimate, arrangements: choose(x.len() + y.len(), x.len()), test })
}

/// The exact test of a mean difference of pairs by flipping signs (Fisher 1935). Zeros stay and change nothing.
///
/// # Errors
/// [`NotComputed::EmptyBase`] without a difference, `Invalid` where one is not finite, `TooLarge` beyond the limits of
/// [`MAX_ARRANGEMENTS`] and [`MAX_STEPS`].
pub fn sign_flip_exact(differences: &[f64], which: Which) -> Computed<MeanDifference> {
    let flips = Flips::of(differences)?;
    let shares = sums_of_signs(&flips.scores.values)?;
    let test = Test {
        statistic: Some(flips.estimate),
        df: Vec::new(),
        p: tail(&shares, &flips.null, which),
        which,
        method: SIGN_FLIP,
        cautions: Vec::new(),
    };
    let flipped = i32::try_from(differences.len()).unwrap_or(i32::MAX);
    Ok(MeanDifference { estimate: flips.estimate, arrangements: libm::scalbn(1.0, flipped), test })
}

/// The permutation test of a difference of means by `replicates` random divisions.
///
/// # Errors
/// Those of [`mean_difference_exact`], with [`super::MAX_DRAWS`] as the limit.
pub fn mean_difference_monte_carlo(
    x: &[f64],
    y: &[f64],
    which: Which,
    replicates: u64,
    seed: u64,
    level: ConfidenceLevel,
) -> Computed<(f64, MonteCarlo, Test)> {
    let groups = Groups::of(x, y)?;
    check_draws(replicates, groups.scores.values.len())?;
    let mut scores = groups.scores.values.clone();
    let mut generator = Pcg64::new(seed);
    let mut extreme = 0;
    for _ in 0..replicates {
        for slot in 0..x.len() {
            let chosen = slot + generator.index(scores.len() - slot);
            scores.swap(slot, chosen);
        }
        let sum = scores.iter().take(x.len()).sum();
        extreme += u64::from(groups.null.at_least_as_extreme(sum, which));
    }
    let result = monte_carlo_p(extreme, replicates, level)?;
    let test = random_test(groups.estimate, &result, which, seed);
    Ok((groups.estimate, result, test))
}

/// The sign-flip test of a mean difference by `replicates` random choices of signs.
///
/// # Errors
/// Those of [`sign_flip_exact`], with [`super::MAX_DRAWS`] as the limit.
pub fn sign_flip_monte_carlo(
    differences: &[f64],
    which: Which,
    replicates: u64,
    seed: u64,
    level: ConfidenceLevel,
) -> Computed<(f64, MonteCarlo, Test)> {
    let flips = Flips::of(differences)?;
    check_draws(replicates, differences.len())?;
    let mut generator = Pcg64::new(seed);
    let mut extreme = 0;
    for _ in 0..replicates {
        let mut sum = 0;
        for chunk in flips.scores.values.chunks(64) {
            let mut signs = generator.next_u64();
            for score in chunk {
                sum += if signs & 1 == 0 { *score } else { -score };
                signs >>= 1;
            }
        }
        extreme += u64::from(flips.null.at_least_as_extreme(sum, which));
    }
    let result = monte_carlo_p(extreme, replicates, level)?;
    let test = random_test(flips.estimate, &result, which, seed);
    Ok((flips.estimate, result, test))
}

/// The p-value of `extreme` random arrangements of `replicates` that are at least as extreme as the observed one.
///
/// # Errors
/// `Invalid` where `extreme` exceeds `replicates`.
pub fn monte_carlo_p(extreme: u64, replicates: u64, level: ConfidenceLevel) -> Computed<MonteCarlo> {
    if extreme > replicates {
        return Err(NotComputed::invalid("more extreme arrangements than arrangements"));
    }
    let (b, all) = (extreme as f64, replicates as f64);
    let interval = Proportion::new(extreme, replicates)
        .map(|share| proportion::interval(share, ProportionInterval::ClopperPearson, level).interval);
    Ok(MonteCarlo { p: (b + 1.0) / (all + 1.0), interval, extreme, replicates })
}

/// What "as extreme as observed" means for a sum of scores, in integers.
struct Null {
    observed: i64,
    /// The mean of `scale * sum` over all arrangements.
    centre: i128,
    scale: i128,
    slack: i64,
}

impl Null {
    fn at_least_as_extreme(&self, sum: i64, which: Which) -> bool {
        match which {
            Which::TwoSided => {
                let distance = |sum: i64| (self.scale * i128::from(sum) - self.centre).abs();
                distance(sum) >= distance(self.observed) - self.scale * i128::from(self.slack)
            }
            Which::Greater => sum >= self.observed - self.slack,
            Which::Less => sum <= self.observed + self.slack,
        }
    }
}

struct Groups {
    scores: Scaled,
    null: Null,
    estimate: f64,
}

impl Groups {
    fn of(x: &[f64], y: &[f64]) -> Computed<Self> {
        let smaller = x.len().min(y.len());
        if smaller == 0 {
            return Err(NotComputed::TooFew { needed: 1, found: 0 });
        }
        let scores = scaled(&[x, y].concat())?;
        let observed = scores.values.iter().take(x.len()).sum();
        let total: i64 = scores.values.iter().sum();
        let null = Null {
            observed,
            centre: x.len() as i128 * i128::from(total),
            scale: scores.values.len() as i128,
            slack: scores.slack,
        };
        let estimate = mean(x) - mean(y);
        if !estimate.is_finite() {
            return Err(NotComputed::invalid("the values are too large for their mean"));
        }
        Ok(Self { scores, null, estimate })
    }
}

struct Flips {
    scores: Scaled,
    null: Null,
    estimate: f64,
}

impl Flips {
    fn of(differences: &[f64]) -> Computed<Self> {
        if differences.is_empty() {
            return Err(NotComputed::EmptyBase);
        }
        let scores = scaled(differences)?;
        let null = Null { observed: scores.values.iter().sum(), centre: 0, scale: 1, slack: scores.slack };
        let estimate = mean(differences);
        if !estimate.is_finite() {
            return Err(NotComputed::invalid("the values are too large for their mean"));
        }
        Ok(Self { scores, null, estimate })
    }
}

fn mean(values: &[f64]) -> f64 {
    compensated_sum(values.iter().copied()) / values.len() as f64
}

fn tail(shares: &Shares, null: &Null, which: Which) -> f64 {
    let extreme = shares.iter().filter(|&&(sum, _)| null.at_least_as_extreme(sum, which));
    compensated_sum(extreme.map(|&(_, share)| share)).min(1.0)
}

fn check_draws(replicates: u64, observations: usize) -> Computed<()> {
    if replicates.saturating_mul(observations as u64) > super::MAX_DRAWS {
        return Err(NotComputed::TooLarge { limit: "4e9 draws of single observations" });
    }
    Ok(())
}

fn random_test(estimate: f64, result: &MonteCarlo, which: Which, seed: u64) -> Test {
    let standard_error = (result.p * (1.0 - result.p) / (result.replicates + 1) as f64).sqrt();
    Test {
        statistic: Some(estimate),
        df: Vec::new(),
        p: result.p,
        which,
        method: MONTE_CARLO,
        cautions: vec![Caution::MonteCarlo { replicates: result.replicates, seed, standard_error }],
    }
}
