//! One-way analysis of variance, Welch's version, and the Brown-Forsythe test of equal spread.

use crate::stats::descriptive::median;
use crate::stats::distributions::{fisher_f, noncentral_f};
use crate::stats::record::{Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};
use crate::stats::root;
use crate::stats::sample::{Sample, compensated_sum, finite};

/// Classical F test.
pub const ONEWAY: Method = Method {
    id: "anova_oneway",
    name: "one-way analysis of variance",
    convention: "variances assumed equal",
};
/// Interval for the share of variance explained.
pub const ETA2_CI: Method = Method {
    id: "anova_oneway.eta2_ci",
    name: "interval for eta squared",
    convention: "noncentral F inverted, ncp / (ncp + N); 90 % by default",
};
/// The default for three groups and more.
pub const WELCH: Method = Method {
    id: "anova_welch",
    name: "Welch's analysis of variance",
    convention: "variances not assumed equal",
};
/// Equality of spread.
pub const BROWN_FORSYTHE: Method = Method {
    id: "levene.brown_forsythe",
    name: "Brown-Forsythe test",
    convention: "analysis of variance of distances to the group medians; descriptive, chooses no test",
};

/// A classical analysis of variance.
#[derive(Debug, Clone, PartialEq)]
pub struct Anova {
    /// F, its degrees of freedom and p-value.
    pub test: Test,
    /// Sum of squares between groups.
    pub ss_between: f64,
    /// Sum of squares within groups.
    pub ss_within: f64,
    /// Number of observations.
    pub n: u64,
    /// Share of variance explained, in the sample.
    pub eta_squared: f64,
    /// The same, nearly unbiased; may be negative and is not cut.
    pub omega_squared: f64,
    /// The same, adjusted like R squared; may be negative and is not cut.
    pub epsilon_squared: f64,
    /// `sqrt(eta^2 / (1 - eta^2))`.
    pub cohens_f: f64,
}

/// Which centre distances are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Centre {
    /// Brown & Forsythe (1974).
    #[default]
    Median,
    /// Levene (1960).
    Mean,
}

/// Tests whether all groups have the same mean, their variances being equal.
///
/// # Errors
/// `TooFew` below two groups or without an observation to spare, `EmptyBase` for an empty group, `NoVariation` if no
/// group varies.
///
/// # Examples
///
/// ```
/// use canvass::stats::parametric::anova::oneway;
/// use canvass::stats::sample::Sample;
///
/// let groups = [
///     Sample::from_values(&[1.0])?,
///     Sample::from_values(&[2.0, 3.0, 4.0])?,
///     Sample::from_values(&[3.0, 6.0, 7.0])?,
/// ];
/// // Reference case parametric-0117.
/// assert!((oneway(&groups)?.eta_squared - 0.611_111_111_111_111_2).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn oneway(groups: &[Sample]) -> Computed<Anova> {
    let parts = Parts::new(groups)?;
    if groups.iter().all(Sample::is_constant) || parts.ss_within <= 0.0 {
        return Err(NotComputed::NoVariation);
    }
    let Parts { ss_between, ss_within, df_between, df_within, n } = parts;
    let mean_within = ss_within / df_within;
    let f = finite(ss_between / df_between / mean_within)?;
    let total = ss_between + ss_within;
    Ok(Anova {
        test: f_test(f, df_between, df_within, ONEWAY),
        ss_between,
        ss_within,
        n,
        eta_squared: ss_between / total,
        omega_squared: (ss_between - df_between * mean_within) / (total + mean_within),
        epsilon_squared: (ss_between - df_between * mean_within) / total,
        cohens_f: (ss_between / ss_within).sqrt(),
    })
}

/// An interval for the share of variance that the groups explain in the population (Steiger 2004): the noncentralities
/// under which the observed F leaves `alpha/2` on either side, as `ncp / (ncp + N)`. A limit is 0 where even no effect
/// leaves more.
///
/// # Errors
/// As [`oneway`]; `NotConverged` if F is beyond what the noncentral distribution can resolve.
pub fn eta_squared_interval(anova: &Anova, level: ConfidenceLevel) -> Computed<Interval> {
    let (f, &[df1, df2]) = (
        anova.test.statistic.ok_or(NotComputed::invalid("an analysis of variance has a statistic"))?,
        anova.test.df.as_slice(),
    ) else {
        return Err(NotComputed::invalid("an analysis of variance has two degrees of freedom"));
    };
    let tail = 0.5 * level.alpha();
    let share = |ncp: f64| ncp / (ncp + anova.n as f64);
    let start = (f * df1).max(1.0);
    let solve = |miss: &dyn Fn(f64) -> f64| {
        root::bracketed(0.0, widen(start, miss)?, miss).ok_or(NotComputed::NotConverged { iterations: 300 })
    };
    let low = if fisher_f::sf(f, df1, df2) >= tail {
        0.0
    } else {
        solve(&|ncp| noncentral_f::sf(f, df1, df2, ncp) - tail)?
    };
    let high = if fisher_f::cdf(f, df1, df2) <= tail {
        0.0
    } else {
        solve(&|ncp| tail - noncentral_f::cdf(f, df1, df2, ncp))?
    };
    Ok(Interval { low: share(low), high: share(high), level, method: ETA2_CI })
}

/// Tests whether all groups have the same mean, each having its own variance (Welch 1951).
///
/// # Errors
/// `TooFew` below two groups or below two observations in one, `NoVariation` if a group does not vary.
pub fn welch(groups: &[Sample]) -> Computed<Test> {
    let k = count_groups(groups)?;
    let mut parts = Vec::with_capacity(groups.len());
    for group in groups {
        let variance = group.variance()?;
        if group.is_constant() || variance <= 0.0 {
            return Err(NotComputed::NoVariation);
        }
        parts.push((group.size(), group.mean()?, finite(group.size() / variance)?));
    }
    let total = compensated_sum(parts.iter().map(|(_, _, weight)| *weight));
    let mean = compensated_sum(parts.iter().map(|(_, mean, weight)| weight / total * mean));
    let between =
        compensated_sum(parts.iter().map(|(_, m, weight)| weight * (m - mean) * (m - mean))) / (k - 1.0);
    let lambda = compensated_sum(parts.iter().map(|(n, _, weight)| {
        let rest = 1.0 - weight / total;
        rest * rest / (n - 1.0)
    }));
    let f = finite(between / (1.0 + 2.0 * (k - 2.0) / (k * k - 1.0) * lambda))?;
    Ok(f_test(f, k - 1.0, (k * k - 1.0) / (3.0 * lambda), WELCH))
}

/// Tests whether all groups spread alike about their centres.
///
/// # Errors
/// As [`oneway`] on the distances to the centres.
pub fn equal_spread(groups: &[Sample], centre: Centre) -> Computed<Test> {
    let mut distances = Vec::with_capacity(groups.len());
    for group in groups {
        let centre = match centre {
            Centre::Median => median(group)?,
            Centre::Mean => group.mean()?,
        };
        let from_centre: Vec<(f64, u64)> =
            group.points().iter().map(|point| ((point.value - centre).abs(), point.count)).collect();
        distances.push(Sample::from_counts(&from_centre)?);
    }
    let mut test = oneway(&distances)?.test;
    test.method = BROWN_FORSYTHE;
    Ok(test)
}

/// The decomposition that the F test and Tukey's comparisons share.
pub(super) struct Parts {
    pub(super) ss_between: f64,
    pub(super) ss_within: f64,
    pub(super) df_between: f64,
    pub(super) df_within: f64,
    pub(super) n: u64,
}

impl Parts {
    pub(super) fn new(groups: &[Sample]) -> Computed<Self> {
        let k = count_groups(groups)?;
        let n = groups.iter().try_fold(0_u64, |sum, group| sum.checked_add(group.n()));
        let n = n.ok_or(NotComputed::invalid("the counts do not fit into 64 bits"))?;
        let size = n as f64;
        let mut means = Vec::with_capacity(groups.len());
        for group in groups {
            means.push((group.size(), group.mean()?));
        }
        if size <= k {
            return Err(NotComputed::TooFew { needed: groups.len() as u64 + 1, found: n });
        }
        let first = compensated_sum(means.iter().map(|(n, mean)| n / size * mean));
        // The second pass takes off the rounding of the first.
        let grand = first + compensated_sum(means.iter().map(|(n, mean)| n / size * (mean - first)));
        let between = compensated_sum(means.iter().map(|(n, mean)| n * (mean - grand) * (mean - grand)));
        let mut within = Vec::with_capacity(groups.len());
        for group in groups {
            within.push(group.sum_of_squares()?);
        }
        Ok(Self {
            ss_between: finite(between)?,
            ss_within: finite(compensated_sum(within))?,
            df_between: k - 1.0,
            df_within: size - k,
            n,
        })
    }
}

/// Tests need two groups at least, all with observations.
fn count_groups(groups: &[Sample]) -> Computed<f64> {
    if groups.len() < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: groups.len() as u64 });
    }
    if groups.iter().any(|group| group.n() == 0) {
        return Err(NotComputed::EmptyBase);
    }
    Ok(groups.len() as f64)
}

fn f_test(f: f64, df1: f64, df2: f64, method: Method) -> Test {
    let p = fisher_f::sf(f, df1, df2);
    Test { statistic: Some(f), df: vec![df1, df2], p, which: Which::TwoSided, method, cautions: Vec::new() }
}

/// A noncentrality beyond the root: doubles until the condition is positive.
fn widen(start: f64, miss: &dyn Fn(f64) -> f64) -> Computed<f64> {
    let mut high = start;
    for _ in 0..40 {
        let at = miss(high);
        if at > 0.0 {
            return Ok(high);
        }
        if at.is_nan() {
            break;
        }
        high *= 2.0;
    }
    Err(NotComputed::NotConverged { iterations: 40 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(values: &[&[f64]]) -> Vec<Sample> {
        values.iter().map(|group| Sample::from_values(group).unwrap()).collect()
    }

    #[test]
    fn three_groups_by_hand() {
        // Means 2, 3, 7 about 4: between 2 (4 + 1 + 9) = 28; within 3 * 2 = 6.
        let anova = oneway(&groups(&[&[1.0, 3.0], &[2.0, 4.0], &[6.0, 8.0]])).unwrap();
        assert!((anova.ss_between - 28.0).abs() < 1e-13 && (anova.ss_within - 6.0).abs() < 1e-13);
        assert!((anova.test.statistic.unwrap() - 7.0).abs() < 1e-13);
        assert!((anova.eta_squared - 28.0 / 34.0).abs() < 1e-15);
        assert!((anova.omega_squared - 24.0 / 36.0).abs() < 1e-15);
    }

    #[test]
    fn two_groups_are_a_t_test() {
        use crate::stats::parametric::t_test::{Variances, two_samples};
        let two = groups(&[&[1.0, 3.0, 4.0], &[2.0, 9.0, 7.0, 5.0]]);
        let t = |variances| {
            two_samples(&two[0], &two[1], variances, Which::TwoSided, ConfidenceLevel::P95).unwrap().test
        };
        assert!((oneway(&two).unwrap().test.p - t(Variances::Pooled).p).abs() < 1e-14);
        let welch = welch(&two).unwrap();
        assert!((welch.p - t(Variances::Separate).p).abs() < 1e-14);
        assert!((welch.df[1] - t(Variances::Separate).df[0]).abs() < 1e-12);
    }

    #[test]
    fn eta_interval_leaves_its_tails() {
        let anova = oneway(&groups(&[&[1.0, 3.0, 2.5], &[2.0, 4.0, 3.0], &[6.0, 8.0, 8.5]])).unwrap();
        let interval = eta_squared_interval(&anova, ConfidenceLevel::new(0.9).unwrap()).unwrap();
        let ncp = |share: f64| 9.0 * share / (1.0 - share);
        let f = anova.test.statistic.unwrap();
        assert!((noncentral_f::sf(f, 2.0, 6.0, ncp(interval.low)) - 0.05).abs() < 1e-12);
        assert!((noncentral_f::cdf(f, 2.0, 6.0, ncp(interval.high)) - 0.05).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_tested() {
        assert_eq!(oneway(&groups(&[&[2.0, 2.0], &[3.0]])), Err(NotComputed::NoVariation));
        assert!(matches!(oneway(&groups(&[&[2.0, 1.0]])), Err(NotComputed::TooFew { .. })));
        assert!(matches!(oneway(&groups(&[&[2.0], &[1.0]])), Err(NotComputed::TooFew { .. })));
        assert_eq!(oneway(&groups(&[&[2.0, 3.0], &[]])), Err(NotComputed::EmptyBase));
        assert!(welch(&groups(&[&[1.0], &[2.0, 3.0]])).is_err());
        assert!(welch(&groups(&[&[1.0, 1.0], &[2.0, 3.0]])).is_err());
        assert!(equal_spread(&groups(&[&[1.0, 2.0], &[4.0, 5.0]]), Centre::Median).is_err());
    }
}
