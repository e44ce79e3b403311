//! Split-half reliability and the Spearman-Brown prophecy.

use super::items::{Complete, Items};
use crate::stats::{Computed, Method, NotComputed};

pub(super) const SPLIT_HALF: Method = Method {
    id: "split_half",
    name: "Split-half reliability",
    convention: "odd against even items; Spearman-Brown, Horst and Guttman-Rulon; listwise deletion",
};
pub(super) const SPEARMAN_BROWN: Method =
    Method { id: "spearman_brown", name: "Spearman-Brown prophecy", convention: "" };

/// How the items are divided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Split {
    /// First, third, fifth, … item against the others.
    #[default]
    OddEven,
    /// The first half against the second; with an odd number of items, the first half is the larger.
    FirstLast,
    /// For each item, whether it stands in the first part.
    Given(Vec<bool>),
}

/// The reliability of the whole scale from two parts.
#[derive(Debug, Clone, PartialEq)]
pub struct SplitHalf {
    /// Correlation of the two parts' sums.
    pub correlation: f64,
    /// `2 r / (1 + r)`: for parts of equal length.
    pub spearman_brown: Computed<f64>,
    /// For parts of unequal length (Horst 1951); none where r is ±1.
    pub horst: Computed<f64>,
    /// `4 cov(A, B) / variance of the sum` (Guttman 1945; Rulon 1939): does not need equal variances.
    pub guttman_rulon: f64,
    /// Items in the first part.
    pub first_items: u64,
    /// Items in the second part.
    pub second_items: u64,
    /// Persons with all answers.
    pub n: u64,
    /// Persons with a missing answer, left out.
    pub incomplete: u64,
    /// The method.
    pub method: Method,
}

/// Split-half reliability of the persons with all answers.
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 items or 2 persons; [`NotComputed::NoVariation`] where a part's sum, or the whole
/// sum, does not vary; `Invalid` where a given split leaves a part empty or does not fit the items.
pub fn split_half(items: &Items, split: &Split) -> Computed<SplitHalf> {
    let (complete, incomplete) = items.complete();
    let k = items.len();
    if k < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: k as u64 });
    }
    let in_first: Vec<bool> = match split {
        Split::OddEven => (0..k).map(|item| item % 2 == 0).collect(),
        Split::FirstLast => (0..k).map(|item| item < k.div_ceil(2)).collect(),
        Split::Given(sides) => sides.clone(),
    };
    let first_items = in_first.iter().filter(|&&first| first).count();
    if in_first.len() != k || first_items == 0 || first_items == k {
        return Err(NotComputed::invalid("a split puts every item into one of two parts, neither empty"));
    }
    let sums = |wanted: bool| -> Vec<f64> {
        let chosen: Vec<&Vec<f64>> = complete
            .columns
            .iter()
            .zip(&in_first)
            .filter(|&(_, &first)| first == wanted)
            .map(|(c, _)| c)
            .collect();
        (0..complete.n).map(|person| chosen.iter().filter_map(|column| column.get(person)).sum()).collect()
    };
    let parts = Complete { columns: vec![sums(true), sums(false)], n: complete.n }.covariances()?;
    let (first, second, between) = (parts.get(0, 0), parts.get(1, 1), parts.get(0, 1));
    if first <= 0.0 || second <= 0.0 {
        return Err(NotComputed::NoVariation);
    }
    let total = parts.positive_total()?;
    let r = (between / (first.sqrt() * second.sqrt())).clamp(-1.0, 1.0);
    Ok(SplitHalf {
        correlation: r,
        spearman_brown: spearman_brown(r, 2.0),
        horst: horst(r, first_items as f64 / k as f64),
        guttman_rulon: 4.0 * between / total,
        first_items: first_items as u64,
        second_items: (k - first_items) as u64,
        n: complete.n as u64,
        incomplete,
        method: SPLIT_HALF,
    })
}

/// The reliability `factor r / (1 + (factor - 1) r)` of a scale `factor` times as long as one with reliability `r`
/// (Spearman 1910; Brown 1910).
///
/// # Errors
/// `Invalid` where `r` lies outside [-1, 1] or `factor` is not a positive number; `Undefined` where the denominator is
/// not positive.
pub fn spearman_brown(r: f64, factor: f64) -> Computed<f64> {
    let possible = (-1.0..=1.0).contains(&r) && factor > 0.0 && factor.is_finite();
    if !possible {
        return Err(NotComputed::invalid("a reliability lies in [-1, 1] and a factor of length above 0"));
    }
    let below = 1.0 + (factor - 1.0) * r;
    if below > 0.0 {
        Ok(factor * r / below)
    } else {
        Err(NotComputed::Undefined("a reliability this negative cannot be stepped up"))
    }
}

/// The reliability of the whole from a part that holds the share `p` of the items.
fn horst(r: f64, p: f64) -> Computed<f64> {
    let apart = (1.0 - r) * (1.0 + r);
    if apart <= 4.0 * f64::EPSILON {
        return Err(NotComputed::Undefined(
            "the two parts correlate perfectly: Horst's formula divides by zero",
        ));
    }
    let product = 4.0 * p * (1.0 - p);
    Ok(2.0 * r * ((r * r + product * apart).sqrt() - r) / (product * apart))
}

#[cfg(test)]
mod tests {
    use super::{Split, spearman_brown, split_half};
    use crate::stats::NotComputed;
    use crate::stats::reliability::items::complete as items;

    /// Parts 1, 2, 3 and 1, 3, 2: r = 1/2, stepped up 2/3; Horst is the same for equal parts.
    #[test]
    fn two_items_by_hand() {
        let half = split_half(&items(&[[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]]), &Split::OddEven).unwrap();
        assert!((half.correlation - 0.5).abs() < 1e-15);
        assert!((half.spearman_brown.unwrap() - 2.0 / 3.0).abs() < 1e-15);
        assert!((half.horst.unwrap() - 2.0 / 3.0).abs() < 1e-15);
        assert!((half.guttman_rulon - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn splits_that_are_none_are_refused() {
        let data = items(&[[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]]);
        for sides in [vec![true, true], vec![false, false], vec![true]] {
            assert!(matches!(split_half(&data, &Split::Given(sides)), Err(NotComputed::Invalid(_))));
        }
        assert_eq!(split_half(&data, &Split::FirstLast), split_half(&data, &Split::OddEven));
        assert!(matches!(
            split_half(&items(&[[1.0], [2.0]]), &Split::OddEven),
            Err(NotComputed::TooFew { .. })
        ));
        assert_eq!(
            split_half(&items(&[[1.0, 2.0], [1.0, 3.0]]), &Split::OddEven),
            Err(NotComputed::NoVariation)
        );
    }

    #[test]
    fn the_prophecy_and_its_limits() {
        assert!((spearman_brown(0.6, 2.0).unwrap() - 0.75).abs() < 1e-15);
        assert!(matches!(spearman_brown(-1.0, 2.0), Err(NotComputed::Undefined(_))));
        assert!(matches!(spearman_brown(1.5, 2.0), Err(NotComputed::Invalid(_))));
        assert!(matches!(spearman_brown(0.5, 0.0), Err(NotComputed::Invalid(_))));
        assert!(matches!(spearman_brown(f64::NAN, 1.0), Err(NotComputed::Invalid(_))));
    }
}
