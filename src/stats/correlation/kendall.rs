//! Kendall's tau-b with its tests, and Goodman and Kruskal's gamma.

use super::bivariate::{Bivariate, Margin};
use super::concordance::{PairContrast, gamma_standard_error, tau_b_standard_error};
use super::permutation::{ConditionalNull, Contribution};
use crate::stats::distributions::normal;
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};

pub(super) const TAU_B: Method = Method {
    id: "kendall_tau_b",
    name: "Kendall tau-b",
    convention: "normal test with the tie-corrected variance of S; interval from ASE1, cut at 1 and -1",
};
pub(super) const TAU_B_EXACT: Method = Method {
    id: "kendall_tau_b.exact",
    name: "Kendall tau, exact test without ties",
    convention: "all orders of untied values",
};
pub(super) const TAU_B_EXACT_TIES: Method = Method {
    id: "kendall_tau_b.exact_ties",
    name: "Kendall tau-b, exact permutation test",
    convention: "all permutations of the observed values, ties included; two-sided by |S|",
};
pub(super) const GAMMA: Method = Method {
    id: "gk_gamma",
    name: "Goodman and Kruskal gamma",
    convention: "tied pairs are left out; interval from ASE1, cut at 1 and -1",
};

/// The most untied pairs for which Kendall's exact test is computed.
pub const MAX_UNTIED: u64 = 100;

/// Whether the normal test of Kendall's S is corrected for continuity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum KendallContinuity {
    /// z = S / sqrt(var S).
    #[default]
    None,
    /// |S| is lowered by 1, half the distance between its neighbouring values without ties.
    One,
}

/// Kendall's tau-b or gamma with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct KendallTauB {
    /// The coefficient, in [-1, 1].
    pub estimate: f64,
    /// The pairs of observations.
    pub contrast: PairContrast,
    /// Variance of S = concordant - discordant under independence, with the ties as observed.
    pub variance_of_s: Computed<f64>,
    /// Number of complete pairs of values.
    pub n: u64,
    /// Number of pairs of values left out because one was missing.
    pub incomplete: u64,
    /// Test of no association; needs 3 pairs of values.
    pub test: Computed<Test>,
    /// Large-sample standard error, not assuming independence.
    pub standard_error: Computed<f64>,
    /// `estimate ± z * standard_error`, cut at ±1.
    pub interval: Computed<Interval>,
    /// The method.
    pub method: Method,
}

/// Goodman and Kruskal's gamma with its pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct Gamma {
    /// `(concordant - discordant) / (concordant + discordant)`.
    pub estimate: f64,
    /// The pairs of observations.
    pub contrast: PairContrast,
    /// Large-sample standard error.
    pub standard_error: Computed<f64>,
    /// `estimate ± z * standard_error`, cut at ±1.
    pub interval: Computed<Interval>,
    /// Number of complete pairs of values.
    pub n: u64,
    /// The method.
    pub method: Method,
}

/// Kendall's tau-b (Kendall 1945) with the normal test, whose variance of S accounts for ties (Kendall 1970).
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 pairs, [`NotComputed::NoVariation`] where a variable is constant.
pub fn kendall_tau_b(
    pairs: &Bivariate,
    continuity: KendallContinuity,
    which: Which,
    level: ConfidenceLevel,
) -> Computed<KendallTauB> {
    let (contrast, partners) = PairContrast::with_partners(pairs);
    let estimate = tau_b(&contrast)?;
    let variance_of_s = variance_of_s(pairs);
    let standard_error = tau_b_standard_error(pairs, estimate, &partners);
    let test = variance_of_s.clone().map(|variance| {
        let s = contrast.s() as f64;
        let s = match continuity {
            KendallContinuity::None => s,
            // Adding 0 keeps a statistic of -0 from being printed.
            KendallContinuity::One => (s.abs() - 1.0).max(0.0).copysign(s) + 0.0,
        };
        let z = s / variance.sqrt();
        let p = match which {
            Which::TwoSided => normal::two_sided(z),
            Which::Greater => normal::sf(z),
            Which::Less => normal::cdf(z),
        };
        Test {
            statistic: Some(z),
            df: Vec::new(),
            p,
            which,
            method: TAU_B,
            cautions: tie_caution(pairs).into_iter().collect(),
        }
    });
    Ok(KendallTauB {
        estimate,
        contrast,
        variance_of_s,
        n: pairs.len(),
        incomplete: pairs.incomplete(),
        test,
        interval: wald(estimate, &standard_error, level, TAU_B),
        standard_error,
        method: TAU_B,
    })
}

/// Kendall's tau with the exact test for untied values (Kendall 1938), up to [`MAX_UNTIED`] pairs.
///
/// # Errors
/// Those of [`kendall_tau_b`]. The test alone is `Undefined` with ties and `TooLarge` beyond the limit.
pub fn kendall_tau_b_exact(pairs: &Bivariate, which: Which, level: ConfidenceLevel) -> Computed<KendallTauB> {
    let approximate = kendall_tau_b(pairs, KendallContinuity::None, which, level)?;
    let contrast = approximate.contrast;
    let test = if contrast.tied_x + contrast.tied_y > 0 {
        Err(NotComputed::Undefined("the exact test for untied values has no ties; use the permutation test"))
    } else if pairs.len() > MAX_UNTIED {
        Err(NotComputed::TooLarge { limit: "100 untied pairs" })
    } else {
        let by_inversions = inversion_probabilities(pairs.len());
        // The distribution is symmetric, so both tails together are twice the smaller one.
        let at_most = |inversions: u64| {
            let upto = usize::try_from(inversions).unwrap_or(usize::MAX).saturating_add(1);
            compensated_sum(by_inversions.iter().take(upto).copied()).min(1.0)
        };
        let (greater, less) = (at_most(contrast.discordant), at_most(contrast.concordant));
        let p = match which {
            Which::TwoSided => (2.0 * greater.min(less)).min(1.0),
            Which::Greater => greater,
            Which::Less => less,
        };
        Ok(exact_test(&approximate, p, which, TAU_B_EXACT, None))
    };
    Ok(KendallTauB { test, method: TAU_B_EXACT, ..approximate })
}

/// Kendall's tau-b with the exact permutation test given the observed ties; limit [`super::MAX_WORK`].
///
/// # Errors
/// Those of [`kendall_tau_b`]. The test alone is `TooLarge` beyond the limit.
///
/// # Examples
///
/// ```
/// use canvass::stats::correlation::{Bivariate, kendall_tau_b_exact_ties};
/// use canvass::stats::{ConfidenceLevel, Which};
///
/// let x = [1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0];
/// let y = [2.0, 1.0, 3.0, 3.0, 5.0, 4.0, 5.0];
/// let pairs = Bivariate::from_pairs(&x, &y)?;
/// let found = kendall_tau_b_exact_ties(&pairs, Which::TwoSided, ConfidenceLevel::P95)?;
/// // Reference case correlation-0025.
/// assert!((found.estimate - 0.789_473_684_210_526_3).abs() < 1e-12);
/// assert!((found.test?.p - 0.019_047_619_047_619_05).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn kendall_tau_b_exact_ties(
    pairs: &Bivariate,
    which: Which,
    level: ConfidenceLevel,
) -> Computed<KendallTauB> {
    let approximate = kendall_tau_b(pairs, KendallContinuity::None, which, level)?;
    let test = ConditionalNull::of(pairs, &Contribution::Concordance).map(|null| {
        // S is 0 on average whatever the ties, because reversing y's order turns its sign.
        let p = null.p(approximate.contrast.s(), 0, 1, which);
        exact_test(&approximate, p, which, TAU_B_EXACT_TIES, tie_caution(pairs))
    });
    Ok(KendallTauB { test, method: TAU_B_EXACT_TIES, ..approximate })
}

/// Goodman and Kruskal's gamma (Goodman & Kruskal 1954): concordance among the pairs that are tied on neither side.
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 pairs; `Undefined` where every pair is tied on a variable.
pub fn gk_gamma(pairs: &Bivariate, level: ConfidenceLevel) -> Computed<Gamma> {
    if pairs.len() < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: pairs.len() });
    }
    let (contrast, partners) = PairContrast::with_partners(pairs);
    let untied = contrast.concordant + contrast.discordant;
    if untied == 0 {
        return Err(NotComputed::Undefined("every pair of observations is tied on one of the variables"));
    }
    let estimate = contrast.s() as f64 / untied as f64;
    let standard_error = gamma_standard_error(pairs, &contrast, &partners);
    let interval = wald(estimate, &standard_error, level, GAMMA);
    Ok(Gamma { estimate, contrast, standard_error, interval, n: pairs.len(), method: GAMMA })
}

fn wald(
    estimate: f64,
    standard_error: &Computed<f64>,
    level: ConfidenceLevel,
    method: Method,
) -> Computed<Interval> {
    standard_error.clone().map(|standard_error| {
        let half = normal::upper_quantile(0.5 * level.alpha()) * standard_error;
        Interval { low: (estimate - half).max(-1.0), high: (estimate + half).min(1.0), level, method }
    })
}

fn tau_b(contrast: &PairContrast) -> Computed<f64> {
    if contrast.total == 0 {
        return Err(NotComputed::TooFew { needed: 2, found: 1 });
    }
    let (x, y) = (contrast.total - contrast.tied_x, contrast.total - contrast.tied_y);
    if x == 0 || y == 0 {
        return Err(NotComputed::NoVariation);
    }
    // Taking the roots apart keeps the product in range; equal ties need no root, and then 1 is exactly 1.
    let scale = if x == y { x as f64 } else { (x as f64).sqrt() * (y as f64).sqrt() };
    Ok((contrast.s() as f64 / scale).clamp(-1.0, 1.0))
}

fn variance_of_s(pairs: &Bivariate) -> Computed<f64> {
    let n = u128::from(pairs.len());
    if n < 3 {
        return Err(NotComputed::TooFew { needed: 3, found: pairs.len() });
    }
    // Up to 2^32 observations, sums of third powers stay below 2^101.
    let sum = |margin: &Margin, term: &dyn Fn(u128) -> u128| -> u128 {
        margin.counts.iter().map(|&count| term(u128::from(count))).sum()
    };
    let triple = |t: u128| t * (t - 1) * (2 * t + 5);
    let double = |t: u128| t * (t - 1);
    let cubic = |t: u128| t * (t - 1) * t.saturating_sub(2);
    let base =
        triple(n).cast_signed() - sum(&pairs.x, &triple).cast_signed() - sum(&pairs.y, &triple).cast_signed();
    let pairwise = (sum(&pairs.x, &double) as f64) * (sum(&pairs.y, &double) as f64);
    let threewise = (sum(&pairs.x, &cubic) as f64) * (sum(&pairs.y, &cubic) as f64);
    Ok(base as f64 / 18.0 + pairwise / (2 * double(n)) as f64 + threewise / (9 * cubic(n)) as f64)
}

/// Probability of 0, 1, … inversions in a random order of `n` untied values.
///
/// Placing one more value adds 0 to `n - 1` inversions, each as likely; only sums of positive terms, so that the far
/// tail keeps its relative accuracy.
fn inversion_probabilities(n: u64) -> Vec<f64> {
    let mut probability = vec![1.0_f64];
    for placed in 2..=usize::try_from(n).unwrap_or(1) {
        let mut next = vec![0.0; probability.len() + placed - 1];
        for (inversions, &p) in probability.iter().enumerate() {
            for slot in next.iter_mut().skip(inversions).take(placed) {
                *slot += p / placed as f64;
            }
        }
        probability = next;
    }
    probability
}

fn exact_test(
    approximate: &KendallTauB,
    p: f64,
    which: Which,
    method: Method,
    caution: Option<Caution>,
) -> Test {
    let cautions = caution.into_iter().collect();
    Test { statistic: Some(approximate.contrast.s() as f64), df: Vec::new(), p, which, method, cautions }
}

fn tie_caution(pairs: &Bivariate) -> Option<Caution> {
    let groups = pairs.x.tied_groups() + pairs.y.tied_groups();
    (groups > 0).then_some(Caution::Ties { groups })
}
