//! Several raters on categories without order: Fleiss's kappa and Conger's.

use super::ratings::{Ratings, distinct, level_of};
use crate::stats::distributions::normal;
use crate::stats::resampling::{Bootstrap, Plan, bootstrap};
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, Method, NotComputed, Test, Which};

pub(super) const FLEISS: Method = Method {
    id: "fleiss_kappa",
    name: "Fleiss kappa",
    convention: "raters need not be the same persons; test with the standard error under chance",
};
pub(super) const CONGER: Method = Method {
    id: "fleiss_kappa.conger",
    name: "Conger kappa",
    convention: "chance agreement from each rater's own margins, averaged over pairs of raters",
};

/// Fleiss's kappa with its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct FleissKappa {
    /// `(observed - expected) / (1 - expected)`.
    pub estimate: f64,
    /// Mean share of agreeing pairs of raters within a unit.
    pub observed: f64,
    /// The same by chance: the sum of squared shares of the categories.
    pub expected: f64,
    /// Standard error under chance (Fleiss, Nee & Landis 1979): for the test only.
    pub null_standard_error: f64,
    /// Test of agreement by chance.
    pub test: Test,
    /// Kappa of each category against all others, in ascending order of the categories.
    pub by_category: Vec<Computed<f64>>,
    /// Number of units.
    pub units: u64,
    /// Ratings per unit.
    pub raters: u64,
}

/// Fleiss's kappa (Fleiss 1971) of the units that every rater rated.
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 raters or without a complete unit; `Undefined` where one category is used.
pub fn fleiss_kappa(ratings: &Ratings) -> Computed<FleissKappa> {
    let (complete, incomplete) = ratings.complete();
    let (counts, _) = counts_by_unit(&complete);
    let mut kappa = fleiss_kappa_of_counts(&counts)?;
    if incomplete > 0 {
        kappa.test.cautions.push(Caution::Dropped { count: incomplete, what: "units not rated by all" });
    }
    Ok(kappa)
}

/// Fleiss's kappa from `counts[unit][category]`, the number of raters who put the unit into the category.
///
/// # Errors
/// Those of [`fleiss_kappa`]; `Invalid` where units differ in their number of ratings or of categories.
pub fn fleiss_kappa_of_counts<R: AsRef<[u64]>>(counts: &[R]) -> Computed<FleissKappa> {
    let Some(first) = counts.first().map(AsRef::as_ref) else { return Err(NotComputed::EmptyBase) };
    let raters = total(first)?;
    for unit in counts.iter().map(AsRef::as_ref) {
        if unit.len() != first.len() || total(unit)? != raters {
            return Err(NotComputed::invalid(
                "every unit needs the same number of ratings and of categories",
            ));
        }
    }
    if raters < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: raters });
    }
    let (units, m) = (counts.len() as f64, raters as f64);
    let shares: Vec<f64> = (0..first.len())
        .map(|j| compensated_sum(counts.iter().map(|unit| cell(unit.as_ref(), j))) / (units * m))
        .collect();
    // Disagreeing pairs within a category, summed over units.
    let apart: Vec<f64> = (0..first.len())
        .map(|j| {
            compensated_sum(counts.iter().map(|unit| {
                let count = cell(unit.as_ref(), j);
                count * (m - count)
            }))
        })
        .collect();
    let pairs = units * m * (m - 1.0);
    let observed = 1.0 - compensated_sum(apart.iter().copied()) / pairs;
    let spread = compensated_sum(shares.iter().map(|share| share * (1.0 - share)));
    if shares.iter().filter(|&&share| share > 0.0).count() < 2 {
        return Err(ONE_CATEGORY);
    }
    let skew = compensated_sum(shares.iter().map(|share| share * (1.0 - share) * (1.0 - 2.0 * share)));
    let null_standard_error = (2.0 * (spread * spread - skew) / pairs).max(0.0).sqrt() / spread;
    let estimate = 1.0 - compensated_sum(apart.iter().copied()) / pairs / spread;
    let z = estimate / null_standard_error;
    let by_category = shares.iter().zip(&apart).map(|(&share, apart)| {
        let chance = pairs * share * (1.0 - share);
        if chance > 0.0 { Ok(1.0 - apart / chance) } else { Err(NotComputed::NoVariation) }
    });
    Ok(FleissKappa {
        estimate,
        observed,
        expected: 1.0 - spread,
        null_standard_error,
        test: Test {
            statistic: Some(z),
            df: Vec::new(),
            p: normal::two_sided(z),
            which: Which::TwoSided,
            method: FLEISS,
            cautions: Vec::new(),
        },
        by_category: by_category.collect(),
        units: counts.len() as u64,
        raters,
    })
}

/// Conger's kappa (Conger 1980) of the units that every rater rated: chance agreement is the mean over pairs of raters
/// of the agreement that their own margins give.
///
/// # Errors
/// Those of [`fleiss_kappa`].
pub fn conger_kappa(ratings: &Ratings) -> Computed<f64> {
    let (complete, _) = ratings.complete();
    let (counts, levels) = counts_by_unit(&complete);
    let observed = match fleiss_kappa_of_counts(&counts) {
        Ok(kappa) => kappa.observed,
        Err(reason) => return Err(reason),
    };
    let m = ratings.raters() as f64;
    let units = complete.len() as f64;
    let mut margins = vec![vec![0.0; levels.len()]; ratings.raters()];
    for unit in &complete {
        for (margin, &value) in margins.iter_mut().zip(unit) {
            if let Some(share) = margin.get_mut(level_of(&levels, value)) {
                *share += 1.0 / units;
            }
        }
    }
    let expected = compensated_sum((0..levels.len()).map(|j| {
        let shares = || margins.iter().filter_map(|margin| margin.get(j).copied());
        let sum = compensated_sum(shares());
        sum * sum - compensated_sum(shares().map(|share| share * share))
    })) / (m * (m - 1.0));
    if 1.0 - expected <= 1e-14 { Err(ONE_CATEGORY) } else { Ok((observed - expected) / (1.0 - expected)) }
}

/// Bootstraps Fleiss's kappa over units, for an interval.
///
/// # Errors
/// Those of [`fleiss_kappa`] and of [`bootstrap`].
pub fn fleiss_kappa_bootstrap(ratings: &Ratings, plan: Plan) -> Computed<Bootstrap> {
    let (complete, _) = ratings.complete();
    let (counts, _) = counts_by_unit(&complete);
    bootstrap(counts.len(), plan, |chosen| {
        let units: Vec<&[u64]> =
            chosen.iter().filter_map(|&unit| counts.get(unit).map(Vec::as_slice)).collect();
        fleiss_kappa_of_counts(&units).map(|kappa| kappa.estimate)
    })
}

const ONE_CATEGORY: NotComputed =
    NotComputed::Undefined("agreement is certain by chance: one category holds every rating");

/// How many raters put each unit into each category, and the categories.
fn counts_by_unit(complete: &[Vec<f64>]) -> (Vec<Vec<u64>>, Vec<f64>) {
    let levels = distinct(complete.iter().flatten().copied());
    let counts = complete
        .iter()
        .map(|unit| {
            let mut counts = vec![0; levels.len()];
            for &value in unit {
                if let Some(count) = counts.get_mut(level_of(&levels, value)) {
                    *count += 1;
                }
            }
            counts
        })
        .collect();
    (counts, levels)
}

fn total(unit: &[u64]) -> Computed<u64> {
    let sum = unit.iter().try_fold(0_u64, |sum, &count| sum.checked_add(count));
    sum.filter(|&sum| sum < 1 << 32).ok_or(NotComputed::TooLarge { limit: "2^32 ratings of one unit" })
}

fn cell(unit: &[u64], category: usize) -> f64 {
    unit.get(category).copied().unwrap_or(0) as f64
}

#[cfg(test)]
mod tests {
    use super::{conger_kappa, fleiss_kappa, fleiss_kappa_bootstrap, fleiss_kappa_of_counts};
    use crate::stats::agreement::Ratings;
    use crate::stats::resampling::{Form, Plan};
    use crate::stats::{Caution, NotComputed};

    /// Two units, three raters: {1,1,2} and {2,2,2}. Observed (1/3 + 1)/2 = 2/3; shares 1/3 and 2/3, chance 5/9;
    /// kappa (2/3 - 5/9) / (4/9) = 1/4.
    #[test]
    fn two_units_by_hand() {
        let kappa = fleiss_kappa_of_counts(&[[2, 1], [0, 3]]).unwrap();
        assert!((kappa.observed - 2.0 / 3.0).abs() < 1e-15);
        assert!((kappa.expected - 5.0 / 9.0).abs() < 1e-15);
        assert!((kappa.estimate - 0.25).abs() < 1e-15);
        assert_eq!(kappa.by_category.len(), 2);
    }

    #[test]
    fn incomplete_units_are_left_out_and_counted() {
        let rows =
            [[Some(1.0), Some(2.0)], [Some(1.0), Some(1.0)], [None, Some(2.0)], [Some(2.0), Some(2.0)]];
        let kappa = fleiss_kappa(&Ratings::from_units(&rows).unwrap()).unwrap();
        assert_eq!(kappa.units, 3);
        assert!(matches!(kappa.test.cautions[..], [Caution::Dropped { count: 1, .. }]));
    }

    #[test]
    fn one_category_or_one_rater_has_no_kappa() {
        let ratings = Ratings::from_units(&[[Some(1.0); 3]; 4]).unwrap();
        assert!(matches!(fleiss_kappa(&ratings), Err(NotComputed::Undefined(_))));
        assert!(matches!(conger_kappa(&ratings), Err(NotComputed::Undefined(_))));
        assert!(matches!(fleiss_kappa_of_counts(&[[1, 0], [0, 1]]), Err(NotComputed::TooFew { .. })));
        assert!(matches!(fleiss_kappa_of_counts(&[[1, 1], [2, 1]]), Err(NotComputed::Invalid(_))));
        assert_eq!(fleiss_kappa_of_counts::<[u64; 2]>(&[]), Err(NotComputed::EmptyBase));
        assert!(matches!(fleiss_kappa_of_counts(&[[u64::MAX, 1]]), Err(NotComputed::TooLarge { .. })));
    }

    #[test]
    fn the_bootstrap_interval_holds_the_estimate() {
        let rows: Vec<[Option<f64>; 3]> = (0..30_u32)
            .map(|unit| [unit % 3, unit % 3, (unit + unit / 20) % 3].map(|value| Some(f64::from(value))))
            .collect();
        let ratings = Ratings::from_units(&rows).unwrap();
        let plan = Plan { form: Form::Percentile, replicates: 499, ..Plan::new(9) };
        let result = fleiss_kappa_bootstrap(&ratings, plan).unwrap().result;
        assert!(result.interval.low < result.estimate && result.estimate < result.interval.high);
    }
}
