//! The Bradley-Terry model of paired comparisons, with ties after Davidson.

use super::choice_model::Choices;
use super::plackett_luce::{Worths, worths};
use crate::stats::{Computed, Method, NotComputed};

/// Bradley-Terry model.
pub const BRADLEY_TERRY: Method = Method {
    id: "bradley_terry",
    name: "Bradley-Terry model",
    convention: "maximum likelihood; ties after Davidson 1970",
};

/// Fits log-abilities to a table of wins (Bradley and Terry 1952), with ties if there are any (Davidson 1970).
///
/// `wins[i][j]` comparisons were won by `i` against `j`; `ties`, if given, is symmetric and counts the tied ones.
/// Counts may be weighted. The log-likelihood counts every comparison as its own trial, without binomial
/// coefficients. Errors as in [`super::plackett_luce::plackett_luce`].
///
/// # Examples
///
/// ```
/// use canvass::stats::rankings::bradley_terry::bradley_terry;
///
/// // The first of two won 3 times, the second once: by hand, its worth is three times the other's.
/// let fitted = bradley_terry(&[vec![0.0, 3.0], vec![1.0, 0.0]], None, 0)?;
/// assert!((fitted.worth[0] - 0.75).abs() < 1e-9);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn bradley_terry(wins: &[Vec<f64>], ties: Option<&[Vec<f64>]>, reference: usize) -> Computed<Worths> {
    let k = wins.len();
    let mut choices = Choices::new(k)?;
    for table in [Some(wins), ties].into_iter().flatten() {
        if table.len() != k || table.iter().any(|row| row.len() != k) {
            return Err(NotComputed::invalid("wins and ties are square tables over the same items"));
        }
        if table.iter().flatten().any(|count| !(*count >= 0.0 && count.is_finite())) {
            return Err(NotComputed::invalid("counts are finite and not negative"));
        }
        if table.iter().enumerate().any(|(i, row)| row[i] > 0.0) {
            return Err(NotComputed::invalid("an item is not compared with itself"));
        }
    }
    for i in 0..k {
        for j in (0..k).filter(|j| *j != i) {
            let pair = 1 << i | 1 << j;
            if wins[i][j] > 0.0 {
                choices.add(&[i], pair, wins[i][j]);
            }
            let Some(ties) = ties else { continue };
            if ties[i][j].to_bits() != ties[j][i].to_bits() {
                return Err(NotComputed::invalid("the table of ties is symmetric"));
            }
            if i < j && ties[i][j] > 0.0 {
                choices.add(&[i, j], pair, ties[i][j]);
            }
        }
    }
    Ok(worths(choices.fit(reference, 0.0)?, 0.0, BRADLEY_TERRY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_items_with_ties_have_a_closed_form() {
        // Davidson: p1 : p2 : tie = 6 : 2 : 4 gives ability ln 3 and tie parameter 4 / sqrt(6 * 2).
        let wins = [vec![0.0, 6.0], vec![2.0, 0.0]];
        let ties = [vec![0.0, 4.0], vec![4.0, 0.0]];
        let result = bradley_terry(&wins, Some(&ties), 1).unwrap();
        assert!((result.log_worth[0] - libm::log(3.0)).abs() < 1e-13);
        assert!((result.ties[0].value() - 4.0 / 12_f64.sqrt()).abs() < 1e-13);
    }

    #[test]
    fn impossible_tables_are_refused() {
        assert!(bradley_terry(&[vec![0.0]], None, 0).is_err());
        assert!(bradley_terry(&[vec![0.0, 1.0], vec![1.0]], None, 0).is_err());
        assert!(bradley_terry(&[vec![1.0, 1.0], vec![1.0, 0.0]], None, 0).is_err());
        assert!(bradley_terry(&[vec![0.0, -1.0], vec![1.0, 0.0]], None, 0).is_err());
        let wins = [vec![0.0, 1.0], vec![1.0, 0.0]];
        assert!(bradley_terry(&wins, Some(&[vec![0.0, 1.0], vec![2.0, 0.0]]), 0).is_err());
        assert!(bradley_terry(&wins, Some(&[vec![0.0]]), 0).is_err());
    }

    #[test]
    fn an_item_that_never_wins_has_no_finite_ability() {
        let wins = [vec![0.0, 3.0, 5.0], vec![0.0, 0.0, 2.0], vec![0.0; 3]];
        assert!(matches!(bradley_terry(&wins, None, 0), Err(NotComputed::Undefined(_))));
    }
}
