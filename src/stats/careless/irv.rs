//! How much one person's answers vary.

use crate::stats::{Computed, Method, NotComputed};

/// The standard deviation of one person's answers.
pub const IRV: Method = Method {
    id: "careless.irv",
    name: "Intra-individual response variability",
    convention: "standard deviation over the items answered, as given; divisor n - 1",
};

/// The standard deviation of one person's scores. Sums are exact, so that equal answers have exactly 0.
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 scores.
///
/// # Examples
///
/// ```
/// use canvass::stats::careless::irv;
///
/// assert!((irv([1, 2, 3, 4, 5])? - 2.5_f64.sqrt()).abs() < 1e-15);
/// assert!(irv([3, 3, 3])? < f64::MIN_POSITIVE);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn irv(scores: impl IntoIterator<Item = i32>) -> Computed<f64> {
    let (mut n, mut sum, mut squares) = (0_i64, 0_i64, 0_i128);
    for score in scores {
        let score = i64::from(score);
        n += 1;
        sum += score;
        squares += i128::from(score * score);
    }
    if n < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: n.unsigned_abs() });
    }
    let spread = i128::from(n) * squares - i128::from(sum) * i128::from(sum);
    Ok((spread as f64 / (n as f64 * (n - 1) as f64)).sqrt())
}
