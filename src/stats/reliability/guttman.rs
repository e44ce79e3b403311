//! Guttman's six lower bounds to reliability.

use super::alpha::alpha_of;
use super::items::{Covariances, Items};
use crate::stats::cholesky::Cholesky;
use crate::stats::sample::compensated_sum;
use crate::stats::{Computed, Method, NotComputed};

pub(super) const GUTTMAN: Method = Method {
    id: "guttman_lambda",
    name: "Guttman lambda 1 to 6",
    convention: "from covariances; lambda 4 is the best of all splits; listwise deletion",
};

/// The most items whose splits are all tried for lambda 4.
pub const MAX_SPLIT_ITEMS: usize = 16;

/// Whether items enter with their own variances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ItemMatrix {
    /// Covariances: the sum of the answers as they are.
    #[default]
    Covariance,
    /// Correlations: the sum of standardised answers (psych's choice).
    Correlation,
}

/// The six bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct GuttmanLambda {
    /// `1 - sum of variances / variance of the sum`.
    pub lambda1: f64,
    /// Lambda 1 plus a term from the squared covariances.
    pub lambda2: f64,
    /// Cronbach's alpha.
    pub lambda3: f64,
    /// The best split into two parts of any size; at most [`MAX_SPLIT_ITEMS`] items.
    pub lambda4: Computed<f64>,
    /// Lambda 1 plus a term from the item with the largest squared covariances.
    pub lambda5: f64,
    /// From the part of each item that the others do not predict; none where one item is a sum of others.
    pub lambda6: Computed<f64>,
    /// For each item, whether it stands in the first part of the best split.
    pub best_split: Vec<bool>,
    /// Persons with all answers.
    pub n: u64,
    /// Persons with a missing answer, left out.
    pub incomplete: u64,
    /// The method.
    pub method: Method,
}

/// Guttman's lower bounds (Guttman 1945) of the persons with all answers.
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 items or 2 persons; [`NotComputed::NoVariation`] where the sum does not vary, or,
/// with correlations, an item does not.
pub fn guttman_lambda(items: &Items, matrix: ItemMatrix) -> Computed<GuttmanLambda> {
    let (complete, incomplete) = items.complete();
    let covariances = complete.covariances()?;
    let matrix = match matrix {
        ItemMatrix::Covariance => covariances,
        ItemMatrix::Correlation => covariances.correlations()?,
    };
    let lambda3 = alpha_of(&matrix)?;
    let total = matrix.positive_total()?;
    let k = matrix.len() as f64;
    let lambda1 = lambda3 * (k - 1.0) / k;
    let squares_of = |i: usize| {
        compensated_sum(matrix.row(i).enumerate().filter(|&(j, _)| j != i).map(|(_, value)| value * value))
    };
    let squares: Vec<f64> = (0..matrix.len()).map(squares_of).collect();
    let all = compensated_sum(squares.iter().copied());
    let largest = squares.iter().copied().fold(0.0, f64::max);
    let (lambda4, best_split) = match best_split(&matrix) {
        Ok(split) => (Ok(split_lambda(&matrix, total, &split)), split),
        Err(reason) => (Err(reason), Vec::new()),
    };
    Ok(GuttmanLambda {
        lambda1,
        lambda2: lambda1 + (k / (k - 1.0) * all).sqrt() / total,
        lambda3,
        lambda4,
        lambda5: lambda1 + 2.0 * largest.sqrt() / total,
        lambda6: unpredicted(&matrix).map(|unpredicted| 1.0 - unpredicted / total),
        best_split,
        n: complete.n as u64,
        incomplete,
        method: GUTTMAN,
    })
}

/// The sum over items of the variance that the other items do not predict.
fn unpredicted(matrix: &Covariances) -> Computed<f64> {
    // Unit diagonals make one tolerance fit all items.
    let r = matrix.correlations()?;
    let factor = Cholesky::of(r.len(), |i, j| r.get(i, j), SINGULAR)
        .ok_or(NotComputed::Undefined("an item is a sum of others: the covariance matrix is singular"))?;
    let inverse = factor.inverse();
    Ok(compensated_sum(
        inverse
            .iter()
            .enumerate()
            .map(|(i, column)| matrix.get(i, i) / column.get(i).copied().unwrap_or(1.0)),
    ))
}

/// A pivot of a correlation matrix below this is rounding.
pub(super) const SINGULAR: f64 = 1e-12;

/// `4 cov(A, B) / variance of the sum` for a split into A and B.
fn split_lambda(matrix: &Covariances, total: f64, in_first: &[bool]) -> f64 {
    let crossing = in_first.iter().enumerate().filter(|&(_, &first)| first).flat_map(|(i, _)| {
        let others = in_first.iter().enumerate().filter(|&(_, &first)| !first);
        others.map(move |(j, _)| matrix.get(i, j))
    });
    4.0 * compensated_sum(crossing) / total
}

/// The split with the largest covariance between its parts, by all splits in an order that moves one item at a time.
fn best_split(matrix: &Covariances) -> Computed<Vec<bool>> {
    let k = matrix.len();
    if k > MAX_SPLIT_ITEMS {
        return Err(NotComputed::TooLarge { limit: "16 items for all splits" });
    }
    // The last item never moves: a split and its mirror image are one.
    let mut in_first = vec![false; k];
    let mut between = 0.0;
    let mut best: Option<(f64, Vec<bool>)> = None;
    for step in 1..1_u32 << (k - 1) {
        let item = step.trailing_zeros() as usize;
        let Some(&first) = in_first.get(item) else { break };
        // An item that changes sides takes its covariances with the side it leaves and gives those it joins.
        let change = compensated_sum(
            matrix
                .row(item)
                .zip(&in_first)
                .enumerate()
                .filter(|&(j, _)| j != item)
                .map(|(_, (value, &other_first))| if other_first == first { value } else { -value }),
        );
        between += change;
        if let Some(side) = in_first.get_mut(item) {
            *side = !first;
        }
        if best.as_ref().is_none_or(|(most, _)| between > *most) {
            best = Some((between, in_first.clone()));
        }
    }
    best.map(|(_, split)| split).ok_or(NotComputed::TooFew { needed: 2, found: k as u64 })
}

#[cfg(test)]
mod tests {
    use super::{ItemMatrix, guttman_lambda};
    use crate::stats::NotComputed;
    use crate::stats::reliability::items::complete as items;

    /// Three equal items with variance v: the sum has 9 v; lambda 1 = 2/3, lambda 4 = 4 * 2 / 9.
    #[test]
    fn equal_items_by_hand() {
        let lambda = guttman_lambda(&items(&[[1.0; 3], [2.0; 3], [4.0; 3]]), ItemMatrix::Covariance).unwrap();
        assert!((lambda.lambda1 - 2.0 / 3.0).abs() < 1e-15);
        assert!((lambda.lambda2 - 1.0).abs() < 1e-15);
        assert!((lambda.lambda4.unwrap() - 8.0 / 9.0).abs() < 1e-15);
        assert_eq!(lambda.best_split.iter().filter(|&&first| first).count() % 2, 1);
        assert!(matches!(lambda.lambda6, Err(NotComputed::Undefined(_))));
    }

    #[test]
    fn many_items_have_no_exhaustive_split() {
        let rows: Vec<[f64; 17]> =
            (0..40).map(|i| std::array::from_fn(|j| ((i * 7 + i * i / (j + 2)) % 5) as f64)).collect();
        let lambda = guttman_lambda(&items(&rows), ItemMatrix::Correlation).unwrap();
        assert!(matches!(lambda.lambda4, Err(NotComputed::TooLarge { .. })));
        assert!(lambda.lambda6.is_ok());
    }

    #[test]
    fn no_variation_has_no_bounds() {
        let of = |rows: &[[f64; 2]]| guttman_lambda(&items(rows), ItemMatrix::Covariance);
        assert_eq!(of(&[[1.0, 2.0]; 3]), Err(NotComputed::NoVariation));
        assert!(matches!(of(&[[1.0, 2.0]]), Err(NotComputed::TooFew { .. })));
    }
}
