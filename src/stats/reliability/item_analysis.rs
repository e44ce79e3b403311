//! How each item of a scale relates to the others.

use super::MissingItems;
use super::alpha::{NEGATIVE_ITEM, alpha_of, negative_item_rest};
use super::items::{Covariances, Items, mean};
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, Method, NotComputed};

/// The items of a scale, one by one.
pub const ITEM_ANALYSIS: Method = Method {
    id: "item_analysis",
    name: "Item analysis",
    convention: "correlation of each item with the sum of the others; listwise deletion unless pairwise is named",
};

/// The items of a scale, one by one.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemAnalysis {
    /// In the order given.
    pub items: Vec<ItemStatistics>,
    /// Persons counted: those with all answers, or everyone where deletion is pairwise.
    pub n: u64,
    /// Persons with a missing answer; left out unless deletion is pairwise.
    pub incomplete: u64,
    /// The method.
    pub method: Method,
    /// What a careful reader must know beside the numbers.
    pub cautions: Vec<Caution>,
}

/// One item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemStatistics {
    /// Persons with an answer to it, of those counted.
    pub n: u64,
    /// Mean answer.
    pub mean: f64,
    /// Standard deviation, divisor n - 1.
    pub standard_deviation: f64,
    /// Correlation with the sum of the other items: the one to read.
    pub item_rest: Computed<f64>,
    /// Correlation with the sum of all items, itself included, which raises it.
    pub item_total: Computed<f64>,
    /// Cronbach's alpha of the other items; needs at least two of them.
    pub alpha_if_dropped: Computed<f64>,
}

/// Item-rest and item-total correlations and alpha without each item.
///
/// With listwise deletion all is of the persons with all answers. With pairwise deletion mean and standard deviation are
/// of those who answered the item, and the others come from the covariances of those who answered each pair.
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 items or 2 persons.
pub fn item_analysis(items: &Items, missing: MissingItems) -> Computed<ItemAnalysis> {
    if items.len() < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: items.len() as u64 });
    }
    let (complete, incomplete) = items.complete();
    let (covariances, columns, n) = match missing {
        MissingItems::Listwise => (complete.covariances()?, complete.columns, complete.n as u64),
        MissingItems::Pairwise => {
            (items.pairwise_covariances()?, items.answers(), complete.n as u64 + incomplete)
        }
    };
    let statistics = columns.iter().enumerate().map(|(item, answers)| {
        let variance = covariances.get(item, item);
        let with_total = compensated_sum(covariances.row(item));
        let rest = without(&covariances, item);
        ItemStatistics {
            n: answers.len() as u64,
            mean: mean(answers),
            standard_deviation: variance.sqrt(),
            item_rest: correlation(with_total - variance, variance, rest.total(), rest.trace()),
            item_total: correlation(with_total, variance, covariances.total(), covariances.trace()),
            alpha_if_dropped: alpha_of(&rest),
        }
    });
    let mut cautions = Vec::new();
    if negative_item_rest(&covariances) {
        cautions.push(NEGATIVE_ITEM);
    }
    if incomplete > 0 && missing == MissingItems::Listwise {
        cautions.push(Caution::Dropped { count: incomplete, what: "persons with a missing answer" });
    }
    Ok(ItemAnalysis { items: statistics.collect(), n, incomplete, method: ITEM_ANALYSIS, cautions })
}

/// The covariances of the items but one.
fn without(covariances: &Covariances, item: usize) -> Covariances {
    let kept = |place: usize| place + usize::from(place >= item);
    let entry = |i, j| Ok(covariances.get(kept(i), kept(j)));
    // No entry can fail.
    Covariances::filled(covariances.len().saturating_sub(1), entry).unwrap_or_else(|_| covariances.clone())
}

/// A correlation from a covariance and two variances, of which `sum` is that of a sum of items with variances that add
/// to `parts`.
fn correlation(covariance: f64, variance: f64, sum: f64, parts: f64) -> Computed<f64> {
    if variance <= 0.0 || sum <= parts * 1e-14 {
        return Err(NotComputed::NoVariation);
    }
    Ok((covariance / (variance.sqrt() * sum.sqrt())).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::{MissingItems, item_analysis};
    use crate::stats::NotComputed;
    use crate::stats::reliability::Items;
    use crate::stats::reliability::items::complete as items;

    /// Items 1, 2, 3 and 1, 3, 2: their correlation is 1/2, and each is the other's rest.
    #[test]
    fn two_items_by_hand() {
        let analysis =
            item_analysis(&items(&[[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]]), MissingItems::Listwise).unwrap();
        for item in &analysis.items {
            assert!((item.item_rest.clone().unwrap() - 0.5).abs() < 1e-15);
            // Covariance 1 + 1/2 with a sum of variance 3.
            assert!((item.item_total.clone().unwrap() - 1.5 / 3.0_f64.sqrt()).abs() < 1e-15);
            assert!(matches!(item.alpha_if_dropped, Err(NotComputed::TooFew { .. })));
        }
    }

    #[test]
    fn a_constant_item_has_no_correlation_but_a_mean() {
        let analysis = item_analysis(
            &items(&[[4.0, 1.0, 2.0], [4.0, 3.0, 2.0], [4.0, 2.0, 5.0]]),
            MissingItems::Listwise,
        )
        .unwrap();
        assert_eq!(analysis.items[0].item_rest, Err(NotComputed::NoVariation));
        assert!(analysis.items[0].alpha_if_dropped.is_ok());
        assert!((analysis.items[0].mean - 4.0).abs() < 1e-15);
    }

    #[test]
    fn one_item_is_too_few() {
        assert!(matches!(
            item_analysis(&items(&[[1.0], [2.0]]), MissingItems::Listwise),
            Err(NotComputed::TooFew { .. })
        ));
    }

    #[test]
    fn with_pairwise_deletion_each_item_has_its_own_persons() {
        // Items 1 2 3 5 and 1 3 2 -: variances 35/12 and 1, covariance of the three pairs 1/2.
        let rows = [[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]].map(|row| row.map(Some));
        let items = Items::from_rows(&[&rows[..], &[[Some(5.0), None]]].concat()).unwrap();
        let analysis = item_analysis(&items, MissingItems::Pairwise).unwrap();
        assert_eq!((analysis.n, analysis.incomplete), (4, 1));
        assert_eq!(analysis.items.iter().map(|item| item.n).collect::<Vec<_>>(), [4, 3]);
        assert!((analysis.items[0].mean - 2.75).abs() < 1e-15);
        let expected = 0.5 / (35.0_f64 / 12.0).sqrt();
        assert!((analysis.items[0].item_rest.clone().unwrap() - expected).abs() < 1e-15);
    }
}
