//! All pairwise comparisons of means, for the whole family at once.

use std::f64::consts::SQRT_2;

use crate::stats::distributions::studentized_range;
use crate::stats::record::{Computed, ConfidenceLevel, Interval, Method, NotComputed};
use crate::stats::sample::{Sample, finite};

use super::anova::Parts;

/// Goes with Welch's analysis of variance.
pub const GAMES_HOWELL: Method = Method {
    id: "posthoc.games_howell",
    name: "Games-Howell comparisons",
    convention: "variances not assumed equal; p-values adjusted for all pairs",
};
/// Goes with the classical analysis of variance.
pub const TUKEY_HSD: Method = Method {
    id: "posthoc.tukey_hsd",
    name: "Tukey's honest significant differences",
    convention: "Tukey-Kramer for unequal sizes; p-values adjusted for all pairs",
};

/// The most groups that are compared pairwise.
pub const MAX_GROUPS: usize = 200;

/// One pair of groups.
#[derive(Debug, Clone, PartialEq)]
pub struct PairwiseMean {
    /// Index of the first group.
    pub first: usize,
    /// Index of the second group, larger than the first.
    pub second: usize,
    /// Mean of the second group minus mean of the first.
    pub difference: f64,
    /// `difference` over its standard error.
    pub t: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// p-value, two-sided, adjusted for all pairs.
    pub p: f64,
    /// Interval that holds together with those of all other pairs.
    pub interval: Interval,
}

/// Compares all pairs with the pooled variance; pairs in the order (1, 2), (1, 3), …, (2, 3), ….
///
/// # Errors
/// As the analysis of variance; `TooLarge` beyond [`MAX_GROUPS`].
pub fn tukey_hsd(groups: &[Sample], level: ConfidenceLevel) -> Computed<Vec<PairwiseMean>> {
    let parts = Parts::new(groups)?;
    if parts.ss_within <= 0.0 {
        return Err(NotComputed::NoVariation);
    }
    let variance = parts.ss_within / parts.df_within;
    let error = |a: &Sample, b: &Sample| Ok((variance * (1.0 / a.size() + 1.0 / b.size())).sqrt());
    // One quantile serves all pairs: they share their degrees of freedom.
    let critical = critical(groups.len(), parts.df_within, level);
    let df = parts.df_within;
    all_pairs(groups, |a, b| Ok((error(a, b)?, df)), |_| critical, level, TUKEY_HSD)
}

/// Compares all pairs with their own variances (Games & Howell 1976); pairs in the order (1, 2), (1, 3), …, (2, 3), ….
///
/// # Errors
/// `TooFew` below two groups or two observations in one, `NoVariation` if both groups of a pair do not vary, `TooLarge`
/// beyond [`MAX_GROUPS`].
pub fn games_howell(groups: &[Sample], level: ConfidenceLevel) -> Computed<Vec<PairwiseMean>> {
    if groups.len() < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: groups.len() as u64 });
    }
    let error = |a: &Sample, b: &Sample| {
        let (e1, e2) = (a.variance()? / a.size(), b.variance()? / b.size());
        if e1 + e2 <= 0.0 {
            return Err(NotComputed::NoVariation);
        }
        let (s1, s2) = (e1 / (e1 + e2), e2 / (e1 + e2));
        let df = 1.0 / (s1 * s1 / (a.size() - 1.0) + s2 * s2 / (b.size() - 1.0));
        Ok(((e1 + e2).sqrt(), df))
    };
    all_pairs(groups, error, |df| critical(groups.len(), df, level), level, GAMES_HOWELL)
}

/// The studentized range that all pairs together exceed with probability alpha, on the scale of t.
fn critical(n_groups: usize, df: f64, level: ConfidenceLevel) -> f64 {
    studentized_range::upper_quantile(level.alpha(), n_groups as f64, df) / SQRT_2
}

fn all_pairs(
    groups: &[Sample],
    error: impl Fn(&Sample, &Sample) -> Computed<(f64, f64)>,
    critical: impl Fn(f64) -> f64,
    level: ConfidenceLevel,
    method: Method,
) -> Computed<Vec<PairwiseMean>> {
    if groups.len() > MAX_GROUPS {
        return Err(NotComputed::TooLarge { limit: "pairwise comparisons of up to 200 groups" });
    }
    let mut pairs = Vec::new();
    for (first, a) in groups.iter().enumerate() {
        for (second, b) in groups.iter().enumerate().skip(first + 1) {
            let (standard_error, df) = error(a, b)?;
            let difference = b.mean()? - a.mean()?;
            let t = finite(difference / standard_error)?;
            let p = finite(studentized_range::sf(t.abs() * SQRT_2, groups.len() as f64, df))?;
            let reach = finite(critical(df) * standard_error)?;
            let interval = Interval { low: difference - reach, high: difference + reach, level, method };
            pairs.push(PairwiseMean { first, second, difference, t, df, p, interval });
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::parametric::t_test::{Variances, two_samples};
    use crate::stats::record::Which;

    #[test]
    fn one_pair_is_a_t_test() {
        let groups = [[1.0, 3.0, 4.0], [2.0, 9.0, 7.0]].map(|group| Sample::from_values(&group).unwrap());
        let t = |variances| {
            two_samples(&groups[1], &groups[0], variances, Which::TwoSided, ConfidenceLevel::P95).unwrap()
        };
        let tukey = &tukey_hsd(&groups, ConfidenceLevel::P95).unwrap()[0];
        let games = &games_howell(&groups, ConfidenceLevel::P95).unwrap()[0];
        for (pair, t) in [(tukey, t(Variances::Pooled)), (games, t(Variances::Separate))] {
            assert!((pair.p - t.test.p).abs() < 1e-12);
            assert!(
                (pair.interval.low - t.interval.low).abs() < 1e-9,
                "{} {}",
                pair.interval.low,
                t.interval.low
            );
        }
    }

    #[test]
    fn what_cannot_be_compared() {
        let constant = [1.0, 2.0].map(|value| Sample::from_counts(&[(value, 4)]).unwrap());
        assert_eq!(tukey_hsd(&constant, ConfidenceLevel::P95), Err(NotComputed::NoVariation));
        assert_eq!(games_howell(&constant, ConfidenceLevel::P95), Err(NotComputed::NoVariation));
        assert!(games_howell(&constant[..1], ConfidenceLevel::P95).is_err());
        let many = vec![Sample::from_values(&[1.0, 2.0]).unwrap(); MAX_GROUPS + 1];
        assert!(matches!(tukey_hsd(&many, ConfidenceLevel::P95), Err(NotComputed::TooLarge { .. })));
    }
}
