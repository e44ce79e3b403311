//! Poisson mixtures of central distributions, behind the noncentral chi-squared and F.
//!
//! Each tail is summed in the direction in which the central tail grows, so every operation adds positive numbers and
//! the result keeps its relative precision.

use super::special::poisson_density;

/// Means above this would need too many terms.
const MAX_MEAN: f64 = 1e9;

/// Sum over `j` of `Poisson(j; mean) lower(j)`, where `lower(j) = lower(j + 1) + drop(j)`.
pub(super) fn lower(mean: f64, lower_at: impl Fn(f64) -> f64, drop: impl Fn(f64) -> f64) -> f64 {
    if mean.is_nan() || !(0.0..=MAX_MEAN).contains(&mean) {
        return f64::NAN;
    }
    let mut j = (mean + reach(mean)).floor();
    let mut central = lower_at(j);
    let mut sum = poisson_density(j, mean) * central;
    while j > 0.0 {
        j -= 1.0;
        central += drop(j);
        let weight = poisson_density(j, mean);
        sum += weight * central;
        // The weights below j sum to less than weight * j / (mean - j), and a tail is at most 1.
        if j < mean && weight * j <= 1e-17 * sum * (mean - j) {
            break;
        }
    }
    sum.min(1.0)
}

/// Sum over `j` of `Poisson(j; mean) upper(j)`, where `upper(j + 1) = upper(j) + rise(j)`.
pub(super) fn upper(mean: f64, upper_at: impl Fn(f64) -> f64, rise: impl Fn(f64) -> f64) -> f64 {
    if mean.is_nan() || !(0.0..=MAX_MEAN).contains(&mean) {
        return f64::NAN;
    }
    let mut j = (mean - reach(mean)).floor().max(0.0);
    let mut central = upper_at(j);
    let mut sum = 0.0;
    loop {
        let weight = poisson_density(j, mean);
        sum += weight * central;
        // The weights above j sum to less than weight * mean / (j + 1 - mean).
        if j >= mean && weight * mean <= 1e-17 * sum * (j + 1.0 - mean) || j > mean && weight == 0.0 {
            break;
        }
        central += rise(j);
        j += 1.0;
    }
    sum.min(1.0)
}

/// How far from its mean a Poisson variable still counts.
fn reach(mean: f64) -> f64 {
    12.0 * mean.sqrt() + 50.0
}
