//! McDonald's omega from a one-factor model.

use super::items::{Covariances, Items};
use super::one_factor::{OneFactor, Search, fit};
use crate::stats::resampling::{Bootstrap, Plan, bootstrap};
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, Method, NotComputed};

/// McDonald's omega.
pub const OMEGA: Method = Method {
    id: "mcdonald_omega.one_factor_ml",
    name: "McDonald omega, one factor by maximum likelihood",
    convention: "from covariances with divisor n - 1; listwise deletion",
};

/// McDonald's omega with the model that it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct McDonaldOmega {
    /// `(sum of loadings)^2 / ((sum of loadings)^2 + sum of uniquenesses)`.
    pub estimate: f64,
    /// The same over the observed variance of the sum.
    pub observed_denominator: f64,
    /// Loadings in the items' units; their sum is not negative.
    pub loadings: Vec<f64>,
    /// Unique variances in the items' squared units.
    pub uniquenesses: Vec<f64>,
    /// How far the one-factor model is from the covariances: 0 for a perfect fit (also for any three items).
    pub discrepancy: f64,
    /// Persons with all answers.
    pub n: u64,
    /// Persons with a missing answer, left out.
    pub incomplete: u64,
    /// The method.
    pub method: Method,
    /// What a careful reader must know beside the number.
    pub cautions: Vec<Caution>,
}

/// McDonald's omega (McDonald 1999) of the persons with all answers, from one factor fitted by maximum likelihood.
///
/// # Errors
/// `Undefined` for two items, where the model has no unique solution (the Spearman-Brown coefficient serves them:
/// Eisinga, te Grotenhuis & Pelzer 2013), or where the covariance matrix is singular; [`NotComputed::TooFew`] where
/// persons are not more than items by 2; `Boundary` in a Heywood case; `TooLarge` beyond
/// [`super::MAX_FACTOR_ITEMS`].
///
/// # Examples
///
/// ```
/// use canvass::stats::reliability::{Items, mcdonald_omega};
///
/// let rows = [
///     [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0],
///     [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0],
///     [1.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 1.0],
/// ];
/// let omega = mcdonald_omega(&Items::from_rows(&rows.map(|row| row.map(Some)))?)?;
/// // By hand: variances 5/18 and covariances 1/18, which one factor fits exactly: 9/18 over 15/18 + 6/18.
/// assert!((omega.estimate - 3.0 / 7.0).abs() < 1e-6);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn mcdonald_omega(items: &Items) -> Computed<McDonaldOmega> {
    let (complete, incomplete) = items.complete();
    check(items.len(), complete.n)?;
    let covariances = complete.covariances()?;
    let factor = fit(&covariances, Search::SeveralStarts)?;
    let (estimate, observed_denominator) = omega_of(&factor, &covariances)?;
    let mut cautions = Vec::new();
    if factor.loadings.iter().any(|&loading| loading < 0.0) {
        cautions.push(Caution::Note("an item loads negatively: check whether it is keyed in reverse"));
    }
    if incomplete > 0 {
        cautions.push(Caution::Dropped { count: incomplete, what: "persons with a missing answer" });
    }
    Ok(McDonaldOmega {
        estimate,
        observed_denominator,
        loadings: factor.loadings,
        uniquenesses: factor.uniquenesses,
        discrepancy: factor.discrepancy,
        n: complete.n as u64,
        incomplete,
        method: OMEGA,
        cautions,
    })
}

/// Bootstraps omega over persons with all answers, for an interval. Resamples without a proper solution are counted.
///
/// # Errors
/// Those of [`mcdonald_omega`] and of [`bootstrap`].
pub fn mcdonald_omega_bootstrap(items: &Items, plan: Plan) -> Computed<Bootstrap> {
    let (complete, _) = items.complete();
    bootstrap(complete.n, plan, |chosen| {
        check(items.len(), chosen.len())?;
        let covariances = complete.of_persons(chosen).covariances()?;
        omega_of(&fit(&covariances, Search::OneStart)?, &covariances).map(|(estimate, _)| estimate)
    })
}

fn check(items: usize, persons: usize) -> Computed<()> {
    match items {
        0 | 1 => Err(NotComputed::TooFew { needed: 3, found: items as u64 }),
        2 => Err(NotComputed::Undefined(
            "two items do not determine a factor; use the Spearman-Brown coefficient",
        )),
        _ if persons <= items + 2 => {
            Err(NotComputed::TooFew { needed: items as u64 + 3, found: persons as u64 })
        }
        _ => Ok(()),
    }
}

fn omega_of(factor: &OneFactor, covariances: &Covariances) -> Computed<(f64, f64)> {
    let sum = compensated_sum(factor.loadings.iter().copied());
    let (common, unique) = (sum * sum, compensated_sum(factor.uniquenesses.iter().copied()));
    Ok((common / (common + unique), common / covariances.positive_total()?))
}

#[cfg(test)]
mod tests {
    use super::mcdonald_omega;
    use crate::stats::NotComputed;
    use crate::stats::reliability::items::complete as items;

    #[test]
    fn too_few_items_or_persons_have_no_omega() {
        assert!(matches!(mcdonald_omega(&items(&[[1.0]; 9])), Err(NotComputed::TooFew { .. })));
        assert!(matches!(mcdonald_omega(&items(&[[1.0, 2.0]; 9])), Err(NotComputed::Undefined(_))));
        assert!(matches!(mcdonald_omega(&items(&[[1.0, 2.0, 3.0]; 5])), Err(NotComputed::TooFew { .. })));
        assert_eq!(mcdonald_omega(&items(&[[1.0, 2.0, 3.0]; 9])), Err(NotComputed::NoVariation));
    }
}
