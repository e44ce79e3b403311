//! Mallows' model with Kendall distance: how closely people follow the consensus.

use super::ballots::{Ballots, Unranked, levels};
use super::kemeny::{Kemeny, kemeny};
use crate::stats::{Caution, Computed, Method, NotComputed, root};

/// Mallows model.
pub const MALLOWS: Method = Method {
    id: "mallows.kendall",
    name: "Mallows model with Kendall distance",
    convention: "maximum likelihood around the Kemeny consensus",
};

/// The fitted model: a ballot at distance `d` from the consensus has probability proportional to `exp(-theta d)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Mallows {
    /// Concentration: 0 where people do not agree at all, infinite where all ballots are the same.
    pub theta: f64,
    /// `exp(-theta)`.
    pub dispersion: f64,
    /// Mean Kendall distance of the ballots to the consensus.
    pub mean_distance: f64,
    /// Log-likelihood at the maximum.
    pub log_likelihood: f64,
    /// The consensus, best item first; the first one if several are equally good.
    pub consensus: Vec<usize>,
    /// Ballots used.
    pub ballots: u64,
    /// The method.
    pub method: Method,
    /// Boundary values, and a consensus that is not unique.
    pub cautions: Vec<Caution>,
}

/// Fits the model by maximum likelihood (Mallows 1957; Fligner and Verducci 1986).
///
/// Every ballot must rank all items without ties. The equation "expected distance = mean distance" is solved to
/// the last bit. The limits are those of [`kemeny`].
pub fn mallows(ballots: &Ballots) -> Computed<Mallows> {
    let k = ballots.items();
    let cast: Vec<_> =
        ballots.iter().filter(|(ballot, n)| *n > 0 && ballot.iter().any(Option::is_some)).collect();
    if cast.is_empty() {
        return Err(NotComputed::EmptyBase);
    }
    if cast.iter().any(|(ballot, _)| levels(ballot).len() < k) {
        return Err(NotComputed::Undefined(
            "the Mallows model needs ballots that rank every item without ties",
        ));
    }
    let Kemeny { cost, mut orders, ballots: n, cautions, .. } = kemeny(ballots, Unranked::TiedLast)?;
    let mean_distance = cost as f64 / n as f64;
    let mut model = Mallows {
        theta: f64::INFINITY,
        dispersion: 0.0,
        mean_distance,
        log_likelihood: 0.0,
        consensus: orders.swap_remove(0),
        ballots: n,
        method: MALLOWS,
        cautions,
    };
    if cost == 0 {
        model.cautions.push(Caution::Boundary { what: "all ballots are the same, so theta is infinite" });
        return Ok(model);
    }
    model.theta = solve(mean_distance, k);
    model.dispersion = libm::exp(-model.theta);
    model.log_likelihood = n as f64 * (-model.theta * mean_distance - ln_normaliser(model.theta, k));
    if model.theta <= 0.0 {
        model
            .cautions
            .push(Caution::Boundary { what: "ballots agree no more than by chance, so theta is 0" });
    }
    Ok(model)
}

/// The `theta >= 0` whose expected distance is `mean`, to the last bit.
fn solve(mean: f64, k: usize) -> f64 {
    if mean >= expected_distance(0.0, k) {
        return 0.0;
    }
    let mut high = 1.0;
    while expected_distance(high, k) > mean {
        high *= 2.0;
    }
    root::bracketed(0.0, high, |theta| expected_distance(theta, k) - mean).unwrap_or(high)
}

/// The distance is a sum of independent stages; stage `j` skips `r` of `j` items with weight `exp(-theta r)`.
/// Summing the stages has no cancellation near `theta = 0`, unlike the closed form.
fn expected_distance(theta: f64, k: usize) -> f64 {
    let mut mean = 0.0;
    let (mut total, mut moment) = (0.0, 0.0);
    for skipped in 0..k {
        let weight = libm::exp(-theta * skipped as f64);
        total += weight;
        moment += weight * skipped as f64;
        mean += moment / total;
    }
    mean
}

fn ln_normaliser(theta: f64, k: usize) -> f64 {
    let mut sum = 0.0;
    let mut total = 0.0;
    for skipped in 0..k {
        total += libm::exp(-theta * skipped as f64);
        sum += libm::log(total);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::ballots::ballots;
    use super::*;

    #[test]
    fn two_items_are_a_binomial() {
        // Three of four people prefer the first: odds 3 are exp(theta).
        let model = mallows(&ballots(&[&[1, 2], &[1, 2], &[1, 2], &[2, 1]])).unwrap();
        assert!((model.theta - libm::log(3.0)).abs() < 1e-15);
        let expected = 3.0 * libm::log(0.75) + libm::log(0.25);
        assert!((model.log_likelihood - expected).abs() < 1e-14);
    }

    #[test]
    fn no_agreement_is_theta_zero_and_every_order_equally_likely() {
        let model = mallows(&ballots(&[&[1, 2], &[2, 1]])).unwrap();
        assert!(model.theta == 0.0 && (model.dispersion - 1.0).abs() < 1e-15);
        assert!((model.log_likelihood + 2.0 * libm::log(2.0)).abs() < 1e-15);
        assert_eq!(model.cautions.len(), 2);
    }

    #[test]
    fn unanimous_ballots_lie_at_the_boundary() {
        let model = mallows(&ballots(&[&[2, 1, 3], &[2, 1, 3]])).unwrap();
        assert!(model.theta.is_infinite() && model.dispersion == 0.0);
        assert_eq!(model.consensus, [1, 0, 2]);
    }

    #[test]
    fn ties_and_gaps_have_no_mallows_model() {
        assert!(mallows(&ballots(&[&[1, 1, 2]])).is_err());
        assert!(mallows(&ballots(&[&[1, 2, 0]])).is_err());
        assert_eq!(mallows(&ballots(&[&[0, 0]])), Err(NotComputed::EmptyBase));
    }
}
