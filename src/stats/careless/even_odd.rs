//! Whether the two halves of one person's scales agree.

use crate::stats::{Computed, Method, NotComputed};

/// The correlation of a person's even and odd halves over several scales.
pub const EVEN_ODD: Method = Method {
    id: "careless.even_odd",
    name: "Even-odd consistency",
    convention: "correlation of the means of even and odd items over scales, stepped up by Spearman-Brown, not below -1; \
                 high is consistent: the sign of careless before 1.2.0, whose later versions give the negative",
};

/// The fewest scales: over two, a correlation is 1 or -1 whatever was answered.
const FEWEST: usize = 3;

/// The means of the even and of the odd items of one scale, the first item being odd; none where a half has no score.
///
/// # Examples
///
/// ```
/// use canvass::stats::careless::halves;
///
/// assert_eq!(halves([Some(1), Some(5), Some(2), None]), Some((5.0, 1.5)));
/// assert_eq!(halves([Some(1), None]), None);
/// ```
pub fn halves(scores: impl IntoIterator<Item = Option<i32>>) -> Option<(f64, f64)> {
    let mut sums = [0_i64; 2];
    let mut counts = [0_i64; 2];
    for (position, score) in scores.into_iter().enumerate() {
        let Some(score) = score else { continue };
        // The item at position 0 is the first, which is odd.
        let half = usize::from(position % 2 == 0);
        sums[half] += i64::from(score);
        counts[half] += 1;
    }
    let mean = |half: usize| (counts[half] > 0).then(|| sums[half] as f64 / counts[half] as f64);
    Some((mean(0)?, mean(1)?))
}

/// The correlation of pairs of halves, one pair for each scale, stepped up by Spearman-Brown (Johnson 2005).
///
/// # Errors
/// [`NotComputed::TooFew`] below 3 scales; [`NotComputed::NoVariation`] where a half is the same on every scale.
///
/// # Examples
///
/// ```
/// use canvass::stats::careless::even_odd;
///
/// // The correlation is 0.5, and 2 * 0.5 / 1.5 = 2/3.
/// let consistency = even_odd(&[(1.0, 1.0), (2.0, 3.0), (3.0, 2.0)])?;
/// assert!((consistency - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn even_odd(pairs: &[(f64, f64)]) -> Computed<f64> {
    let [first, ..] = pairs else { return Err(NotComputed::TooFew { needed: FEWEST as u64, found: 0 }) };
    if pairs.len() < FEWEST {
        return Err(NotComputed::TooFew { needed: FEWEST as u64, found: pairs.len() as u64 });
    }
    // Means of equal scores are equal to the last bit, so that this is no matter of rounding.
    let same =
        |half: fn(&(f64, f64)) -> f64| pairs.iter().all(|pair| half(pair).to_bits() == half(first).to_bits());
    if same(|pair| pair.0) || same(|pair| pair.1) {
        return Err(NotComputed::NoVariation);
    }
    let n = pairs.len() as f64;
    let even = pairs.iter().map(|pair| pair.0).sum::<f64>() / n;
    let odd = pairs.iter().map(|pair| pair.1).sum::<f64>() / n;
    let (mut both, mut evens, mut odds) = (0.0, 0.0, 0.0);
    for pair in pairs {
        let (x, y) = (pair.0 - even, pair.1 - odd);
        both += x * y;
        evens += x * x;
        odds += y * y;
    }
    let correlation = (both / (evens.sqrt() * odds.sqrt())).clamp(-1.0, 1.0);
    // Below a correlation of -1/3 the formula leaves the range of correlations; it ends at -1.
    Ok(if correlation <= -1.0 { -1.0 } else { (2.0 * correlation / (1.0 + correlation)).max(-1.0) })
}
