//! The reliability of a scale of two items.

use super::items::Items;
use super::split_half::spearman_brown;
use crate::stats::correlation::{Bivariate, pearson};
use crate::stats::{Computed, ConfidenceLevel, Interval, Method, NotComputed, Which};

/// The Spearman-Brown coefficient of two items.
pub const TWO_ITEMS: Method = Method {
    id: "spearman_brown.two_items",
    name: "Spearman-Brown coefficient of two items",
    convention: "2r / (1 + r) of their correlation, interval from Fisher's z of r; listwise deletion",
};

/// The reliability of two items with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoItems {
    /// The coefficient.
    pub estimate: f64,
    /// The correlation of the items.
    pub correlation: f64,
    /// The interval of the coefficient.
    pub interval: Computed<Interval>,
    /// Persons with both answers.
    pub n: u64,
}

/// The Spearman-Brown coefficient of two items: what Eisinga, te Grotenhuis & Pelzer (2013) recommend in place of alpha.
///
/// # Errors
/// `Invalid` for another number of items, `TooFew` below two persons, `NoVariation` where an item does not vary,
/// `Undefined` for a correlation of -1.
pub fn two_items(items: &Items, level: ConfidenceLevel) -> Computed<TwoItems> {
    let (complete, _) = items.complete();
    let [first, second] = complete.columns.as_slice() else {
        return Err(NotComputed::invalid("the coefficient is of two items"));
    };
    if complete.n < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: complete.n as u64 });
    }
    let correlation = pearson(&Bivariate::from_pairs(first, second)?, Which::TwoSided, level)?;
    let interval = correlation.interval.and_then(|interval| {
        // The coefficient rises with the correlation, so that it keeps the order of the limits.
        let (low, high) = (spearman_brown(interval.low, 2.0)?, spearman_brown(interval.high, 2.0)?);
        Ok(Interval { low, high, level, method: TWO_ITEMS })
    });
    Ok(TwoItems {
        estimate: spearman_brown(correlation.estimate, 2.0)?,
        correlation: correlation.estimate,
        interval,
        n: complete.n as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::two_items;
    use crate::stats::reliability::items::complete as items;
    use crate::stats::{ConfidenceLevel, NotComputed};

    /// R 4.2.2: `x <- c(1, 2, 3, 4, 5); y <- c(2, 1, 4, 3, 5); r <- cor.test(x, y); b <- function(r) 2 * r / (1 + r)`,
    /// then `b(r$estimate)` and `b(r$conf.int)`.
    #[test]
    fn the_coefficient_and_its_interval_are_those_of_r() {
        let data = items(&[[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0], [5.0, 5.0]]);
        let found = two_items(&data, ConfidenceLevel::P95).unwrap();
        assert!((found.correlation - 0.8).abs() < 1e-14);
        assert!((found.estimate - 1.6 / 1.8).abs() < 1e-14);
        let interval = found.interval.unwrap();
        assert!((interval.low + 0.776_389_744_743_305).abs() < 1e-9, "{}", interval.low);
        assert!((interval.high - 0.993_050_129_314_876).abs() < 1e-9, "{}", interval.high);
    }

    #[test]
    fn what_has_no_correlation_has_no_coefficient() {
        let of = |rows: &[[f64; 2]]| two_items(&items(rows), ConfidenceLevel::P95);
        assert_eq!(of(&[[1.0, 2.0], [1.0, 3.0]]), Err(NotComputed::NoVariation));
        assert!(matches!(of(&[[1.0, 2.0]]), Err(NotComputed::TooFew { needed: 2, found: 1 })));
        assert!(matches!(of(&[[1.0, 2.0], [2.0, 1.0]]), Err(NotComputed::Undefined(_))));
        let three = items(&[[1.0, 2.0, 3.0], [2.0, 1.0, 1.0]]);
        assert!(matches!(two_items(&three, ConfidenceLevel::P95), Err(NotComputed::Invalid(_))));
    }
}
