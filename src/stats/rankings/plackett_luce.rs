//! The Plackett-Luce model of rankings, with ties, partial rankings and weights.

use super::ballots::{Ballots, Unranked};
use super::choice_model::{Choices, Fit, MAX_ITEMS, Set};
use super::quasi_variance::{Stop, quasi_standard_errors};
use crate::stats::{Caution, Computed, Method, NotComputed};

/// Plackett-Luce model.
pub const PLACKETT_LUCE: Method = Method {
    id: "plackett_luce",
    name: "Plackett-Luce model",
    convention: "maximum likelihood, ties by Turner et al. 2020, no pseudo-rankings unless asked for",
};

/// Plackett-Luce model of weighted ballots.
pub const PLACKETT_LUCE_WEIGHTED: Method = Method {
    id: "plackett_luce.weighted",
    name: "weighted Plackett-Luce model",
    convention: "weights count as repetitions of the ballot",
};

/// Comparison intervals of log-worths.
pub const COMPARISON_INTERVAL: Method = Method {
    id: "plackett_luce.comparison_interval",
    name: "comparison interval of log-worths",
    convention: "log-worth and normal quantile times quasi-standard error; two items differ if theirs do not overlap",
};

/// How to fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// [`Unranked::TiedLast`] for top-k ballots: each stage chooses among all items left and the choices stop after
    /// the last ranked one. [`Unranked::LeftOut`] for subsets: only ranked items compete.
    pub unranked: Unranked,
    /// The item (from 0) whose log-worth is 0.
    pub reference: usize,
    /// Wins and losses of each item against one extra item, added so that a maximum exists; 0 adds none. The R
    /// package PlackettLuce adds 0.5.
    pub pseudo: f64,
}

impl Options {
    /// Maximum likelihood with the first item as reference.
    pub fn new(unranked: Unranked) -> Self {
        Self { unranked, reference: 0, pseudo: 0.0 }
    }
}

/// Worths of the items.
#[derive(Debug, Clone, PartialEq)]
pub struct Worths {
    /// Log-worths, 0 for the reference.
    pub log_worth: Vec<f64>,
    /// Worths that sum to 1: the chance of each item to be first among all, were there no ties.
    pub worth: Vec<f64>,
    /// Standard errors of the log-worths, which are those of the differences to the reference.
    pub se: Vec<f64>,
    /// Covariances of the log-worths.
    pub covariance: Vec<Vec<f64>>,
    /// Quasi-standard errors, which compare any two items without the reference.
    pub quasi_se: Computed<Vec<f64>>,
    /// A tie parameter for each size of tied group that occurs.
    pub ties: Vec<TieParameter>,
    /// Log-likelihood of the data (without pseudo-data) at the estimates.
    pub log_likelihood: f64,
    /// The method.
    pub method: Method,
    /// Says so if pseudo-data shrink the estimates.
    pub cautions: Vec<Caution>,
}

/// How strongly a group of `size` items competes as a tie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TieParameter {
    /// Number of tied items.
    pub size: usize,
    /// Log of the parameter.
    pub log: f64,
    /// Its standard error.
    pub se: f64,
}

impl TieParameter {
    /// The parameter itself.
    pub fn value(&self) -> f64 {
        libm::exp(self.log)
    }
}

/// Fits the model to ballots (Plackett 1975; Luce 1959; ties: Turner, van Etten, Firth and Kosmidis 2020).
///
/// [`NotComputed::Undefined`] if the items are not strongly connected by wins and ties (Hunter 2004),
/// [`NotComputed::Boundary`] if the likelihood still has no maximum, [`NotComputed::TooLarge`] beyond 128 items.
///
/// # Examples
///
/// ```
/// use canvass::stats::NotComputed;
/// use canvass::stats::rankings::plackett_luce::{Options, plackett_luce};
/// use canvass::stats::rankings::{Ballots, Unranked};
///
/// let agreed = vec![Some(1), Some(2), Some(3), Some(4)];
/// let ballots = Ballots::with_counts(&[agreed], &[3])?;
/// let options = Options { pseudo: 0.5, ..Options::new(Unranked::LeftOut) };
/// // Reference case rankings-0094.
/// assert!((plackett_luce(&ballots, options)?.log_worth[3] + 5.557_218_626_629_497).abs() < 1e-6);
/// // Without pseudo-data one item always wins, and the likelihood has no maximum.
/// let without = plackett_luce(&ballots, Options { pseudo: 0.0, ..options });
/// assert!(matches!(without, Err(NotComputed::Undefined(_))));
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn plackett_luce(ballots: &Ballots, options: Options) -> Computed<Worths> {
    let weights: Vec<f64> = ballots.iter().map(|(_, count)| count as f64).collect();
    fit(ballots, &weights, options, PLACKETT_LUCE)
}

/// Fits the model to ballots with a weight for each row, on top of the row's count.
///
/// Standard errors treat a weight as that many ballots; for design-based errors use replicate weights.
pub fn plackett_luce_weighted(ballots: &Ballots, weights: &[f64], options: Options) -> Computed<Worths> {
    if weights.len() != ballots.rows() {
        return Err(NotComputed::invalid("one weight for each ballot"));
    }
    if weights.iter().any(|weight| !(*weight >= 0.0 && weight.is_finite())) {
        return Err(NotComputed::invalid("weights are finite and not negative"));
    }
    let weights: Vec<f64> = ballots.iter().zip(weights).map(|((_, n), weight)| n as f64 * weight).collect();
    fit(ballots, &weights, options, PLACKETT_LUCE_WEIGHTED)
}

fn fit(ballots: &Ballots, weights: &[f64], options: Options, method: Method) -> Computed<Worths> {
    let mut choices = Choices::new(ballots.items())?;
    let everything = Set::MAX >> (MAX_ITEMS - ballots.items());
    let (mut ranked, mut group): (Vec<(u32, usize)>, Vec<usize>) = Default::default();
    for ((ballot, _), weight) in ballots.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
        ranked.clear();
        ranked.extend(ballot.iter().enumerate().filter_map(|(item, rank)| rank.map(|rank| (rank, item))));
        ranked.sort_unstable();
        let mut left = match options.unranked {
            Unranked::TiedLast => everything,
            Unranked::LeftOut => bits(&ranked),
        };
        for level in ranked.chunk_by(|a, b| a.0 == b.0) {
            group.clear();
            group.extend(level.iter().map(|(_, item)| *item));
            choices.add(&group, left, *weight);
            left &= !bits(level);
        }
    }
    Ok(worths(choices.fit(options.reference, options.pseudo)?, options.pseudo, method))
}

fn bits(ranked: &[(u32, usize)]) -> Set {
    ranked.iter().fold(0, |set, (_, item)| set | 1 << item)
}

/// The record of a fitted choice model.
pub(super) fn worths(fit: Fit, pseudo: f64, method: Method) -> Worths {
    let top = fit.log_worth.iter().fold(f64::NEG_INFINITY, |top: f64, value| top.max(*value));
    let raw: Vec<f64> = fit.log_worth.iter().map(|value| libm::exp(value - top)).collect();
    let total: f64 = raw.iter().sum();
    let shrunk = Caution::Note("pseudo-data shrink the worths towards each other");
    Worths {
        worth: raw.iter().map(|value| value / total).collect(),
        se: fit.covariance.iter().enumerate().map(|(i, row)| row[i].sqrt()).collect(),
        quasi_se: quasi_standard_errors(&fit.covariance, Stop::Converged),
        covariance: fit.covariance,
        ties: fit.log_tie.into_iter().map(|(size, log, se)| TieParameter { size, log, se }).collect(),
        log_worth: fit.log_worth,
        log_likelihood: fit.log_likelihood,
        method,
        cautions: if pseudo > 0.0 { vec![shrunk] } else { Vec::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::super::ballots::ballots;
    use super::*;

    #[test]
    fn two_items_are_a_binomial() {
        let options = Options::new(Unranked::LeftOut);
        let result = plackett_luce(&ballots(&[&[1, 2], &[1, 2], &[1, 2], &[2, 1]]), options).unwrap();
        assert!((result.log_worth[1] + libm::log(3.0)).abs() < 1e-14);
        assert!((result.worth[0] - 0.75).abs() < 1e-15);
        // The variance of a log odds is 1/3 + 1.
        assert!((result.se[1] - (4.0_f64 / 3.0).sqrt()).abs() < 1e-13);
        assert_eq!(result.quasi_se, Err(NotComputed::TooFew { needed: 3, found: 2 }));
    }

    #[test]
    fn the_estimate_exists_only_if_every_item_loses_and_wins() {
        let options = Options::new(Unranked::LeftOut);
        let unanimous = ballots(&[&[1, 2, 3], &[1, 2, 3]]);
        assert!(matches!(plackett_luce(&unanimous, options), Err(NotComputed::Undefined(_))));
        let shrunk = plackett_luce(&unanimous, Options { pseudo: 0.5, ..options }).unwrap();
        assert!(shrunk.log_worth.is_sorted_by(|a, b| a > b) && !shrunk.cautions.is_empty());
    }

    #[test]
    fn ballots_that_say_nothing_are_refused() {
        let options = Options::new(Unranked::LeftOut);
        assert_eq!(plackett_luce(&ballots(&[&[1, 0], &[0, 1]]), options), Err(NotComputed::EmptyBase));
        assert!(plackett_luce(&ballots(&[&[1]]), options).is_err());
        let both = ballots(&[&[1, 2], &[2, 1]]);
        assert!(plackett_luce_weighted(&both, &[1.0], options).is_err());
        assert!(plackett_luce_weighted(&both, &[1.0, f64::NAN], options).is_err());
        assert!(plackett_luce_weighted(&both, &[1.0, -1.0], options).is_err());
    }
}
