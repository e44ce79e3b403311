//! Cronbach's alpha with Feldt's interval.

use super::items::{Covariances, Items};
use crate::stats::distributions::fisher_f;
use crate::stats::resampling::{Bootstrap, Plan, bootstrap};
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed};

/// Cronbach's alpha.
pub const ALPHA: Method = Method {
    id: "cronbach_alpha",
    name: "Cronbach alpha",
    convention: "from covariances; Feldt interval; listwise deletion unless pairwise is named",
};

/// What happens to persons with a missing answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum MissingItems {
    /// They are left out.
    #[default]
    Listwise,
    /// They count for every pair of items that they answered; there is then no interval.
    Pairwise,
}

/// Cronbach's alpha with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct CronbachAlpha {
    /// Alpha from the covariances; a negative value is shown as it is.
    pub estimate: f64,
    /// Alpha from the correlations; none where an item does not vary.
    pub standardized: Computed<f64>,
    /// Mean correlation between items.
    pub mean_correlation: Computed<f64>,
    /// Feldt's interval for `estimate`.
    pub interval: Computed<Interval>,
    /// Persons counted: those with all answers, or everyone where deletion is pairwise.
    pub n: u64,
    /// Persons with a missing answer.
    pub incomplete: u64,
    /// Number of items.
    pub items: u64,
    /// The method.
    pub method: Method,
    /// What a careful reader must know beside the number.
    pub cautions: Vec<Caution>,
}

/// Cronbach's alpha (Cronbach 1951), `k / (k - 1) * (1 - sum of variances / variance of the sum)`, with the interval of
/// Feldt (1965).
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 items or 2 persons; [`NotComputed::NoVariation`] where the sum does not vary.
///
/// # Examples
///
/// ```
/// use canvass::stats::ConfidenceLevel;
/// use canvass::stats::reliability::{Items, MissingItems, cronbach_alpha};
///
/// let rows = [[1.0, 2.0], [2.0, 2.0], [3.0, 4.0], [4.0, 4.0]];
/// let items = Items::from_rows(&rows.map(|row| row.map(Some)))?;
/// let alpha = cronbach_alpha(&items, MissingItems::Listwise, ConfidenceLevel::P95)?;
/// // By hand: variances 5/3 and 4/3, of the sum 17/3, so 2 * (1 - 9/17).
/// assert!((alpha.estimate - 16.0 / 17.0).abs() < 1e-14);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn cronbach_alpha(
    items: &Items,
    missing: MissingItems,
    level: ConfidenceLevel,
) -> Computed<CronbachAlpha> {
    let (complete, incomplete) = items.complete();
    let (covariances, n) = match missing {
        MissingItems::Listwise => (complete.covariances()?, complete.n as u64),
        MissingItems::Pairwise => (items.pairwise_covariances()?, complete.n as u64 + incomplete),
    };
    let estimate = alpha_of(&covariances)?;
    let k = covariances.len() as f64;
    let mean_correlation = covariances.correlations().map(|r| (r.total() - k) / (k * (k - 1.0)));
    let standardized = mean_correlation.clone().and_then(|mean| {
        let spread = 1.0 + (k - 1.0) * mean;
        if spread > 0.0 { Ok(k * mean / spread) } else { Err(NotComputed::NoVariation) }
    });
    let interval = match missing {
        MissingItems::Listwise => Ok(feldt_interval(estimate, n, k, level)),
        MissingItems::Pairwise if incomplete == 0 => Ok(feldt_interval(estimate, n, k, level)),
        MissingItems::Pairwise => Err(NotComputed::Undefined(
            "pairwise deletion leaves no single number of persons for an interval",
        )),
    };
    let mut cautions = Vec::new();
    if negative_item_rest(&covariances) {
        cautions.push(NEGATIVE_ITEM);
    }
    if incomplete > 0 && missing == MissingItems::Listwise {
        cautions.push(Caution::Dropped { count: incomplete, what: "persons with a missing answer" });
    }
    Ok(CronbachAlpha {
        estimate,
        standardized,
        mean_correlation,
        interval,
        n,
        incomplete,
        items: covariances.len() as u64,
        method: ALPHA,
        cautions,
    })
}

/// Bootstraps Cronbach's alpha over persons with all answers.
///
/// # Errors
/// Those of [`cronbach_alpha`] and of [`bootstrap`].
pub fn cronbach_alpha_bootstrap(items: &Items, plan: Plan) -> Computed<Bootstrap> {
    let (complete, _) = items.complete();
    bootstrap(complete.n, plan, |chosen| {
        complete.of_persons(chosen).covariances().and_then(|covariances| alpha_of(&covariances))
    })
}

/// Alpha of a matrix of covariances or correlations.
pub(super) fn alpha_of(covariances: &Covariances) -> Computed<f64> {
    let total = covariances.positive_total()?;
    let k = covariances.len() as f64;
    // The sum of the covariances off the diagonal, rather than 1 - trace / total, which cancels.
    let between = compensated_sum(
        (0..covariances.len())
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .map(|(i, j)| 2.0 * covariances.get(i, j)),
    );
    Ok(k / (k - 1.0) * between / total)
}

/// The caution for an item that runs against the others.
pub(super) const NEGATIVE_ITEM: Caution = Caution::Note(
    "an item correlates negatively with the rest of the scale: check whether it is keyed in reverse",
);

/// Whether an item's covariance with the sum of the others is negative.
pub(super) fn negative_item_rest(covariances: &Covariances) -> bool {
    (0..covariances.len()).any(|i| compensated_sum(covariances.row(i)) < covariances.get(i, i))
}

/// `(1 - alpha)` of the sample over that of the population follows F with n - 1 and (n - 1)(k - 1) degrees of freedom.
fn feldt_interval(estimate: f64, n: u64, k: f64, level: ConfidenceLevel) -> Interval {
    let tail = 0.5 * level.alpha();
    let (df1, df2) = ((n - 1) as f64, (n - 1) as f64 * (k - 1.0));
    Interval {
        low: 1.0 - (1.0 - estimate) * fisher_f::upper_quantile(tail, df1, df2),
        high: 1.0 - (1.0 - estimate) * fisher_f::quantile(tail, df1, df2),
        level,
        method: ALPHA,
    }
}

#[cfg(test)]
mod tests {
    use super::{MissingItems, cronbach_alpha, cronbach_alpha_bootstrap};
    use crate::stats::reliability::Items;
    use crate::stats::reliability::items::complete as items;
    use crate::stats::resampling::{Form, Plan};
    use crate::stats::{ConfidenceLevel, NotComputed};

    /// Variances 1 and 1, covariance 1/2 (values 1, 2, 3 and 1, 3, 2): 2 (1 - 2/3) = 2/3.
    #[test]
    fn two_items_by_hand() {
        let data = items(&[[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]]);
        let alpha = cronbach_alpha(&data, MissingItems::Listwise, ConfidenceLevel::P95).unwrap();
        assert!((alpha.estimate - 2.0 / 3.0).abs() < 1e-15);
        assert!((alpha.standardized.unwrap() - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn a_reversed_item_is_reported_not_flipped() {
        let data = items(&[[1.0, 5.0], [2.0, 4.0], [4.0, 3.0], [5.0, 1.0]]);
        let alpha = cronbach_alpha(&data, MissingItems::Listwise, ConfidenceLevel::P95).unwrap();
        assert!(alpha.estimate < 0.0);
        assert_eq!(alpha.cautions.len(), 1);
    }

    #[test]
    fn no_variation_or_too_little_data_has_no_alpha() {
        let of = |data: &Items| cronbach_alpha(data, MissingItems::Listwise, ConfidenceLevel::P95);
        assert_eq!(of(&items(&[[0.1, 0.3]; 5])), Err(NotComputed::NoVariation));
        assert_eq!(of(&items(&[[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]])), Err(NotComputed::NoVariation));
        assert!(matches!(of(&items(&[[1.0], [2.0]])), Err(NotComputed::TooFew { .. })));
        assert!(matches!(of(&items(&[[1.0, 2.0]])), Err(NotComputed::TooFew { .. })));
        let one_constant = of(&items(&[[1.0, 2.0, 2.0], [1.0, 3.0, 3.0], [1.0, 5.0, 4.0]])).unwrap();
        assert!(one_constant.standardized.is_err());
    }

    #[test]
    fn pairwise_deletion_has_no_interval() {
        let rows =
            [[Some(1.0), Some(2.0)], [Some(2.0), None], [Some(3.0), Some(3.0)], [Some(5.0), Some(4.0)]];
        let data = Items::from_rows(&rows).unwrap();
        let alpha = cronbach_alpha(&data, MissingItems::Pairwise, ConfidenceLevel::P95).unwrap();
        assert_eq!((alpha.n, alpha.incomplete), (4, 1));
        assert!(matches!(alpha.interval, Err(NotComputed::Undefined(_))));
    }

    #[test]
    fn the_bootstrap_interval_holds_the_estimate() {
        let rows: Vec<[f64; 3]> =
            (0..40_u32).map(|i| [i % 5, (i + i / 13) % 5, (i + i / 17) % 5].map(f64::from)).collect();
        let plan = Plan { form: Form::Percentile, replicates: 499, ..Plan::new(4) };
        let result = cronbach_alpha_bootstrap(&items(&rows), plan).unwrap().result;
        assert!(result.interval.low < result.estimate && result.estimate < result.interval.high);
    }
}
