//! Spearman's rank correlation: t test, intervals and the exact permutation test.

use super::bivariate::{Bivariate, Margin};
use super::pearson::{Correlation, of_midranks};
use super::permutation::{ConditionalNull, Contribution};
use crate::stats::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};

pub(super) const SPEARMAN: Method = Method {
    id: "spearman",
    name: "Spearman rank correlation",
    convention: "Pearson correlation of midranks; t test; Bonett and Wright interval",
};
pub(super) const SPEARMAN_EXACT: Method = Method {
    id: "spearman.exact",
    name: "Spearman rank correlation, exact permutation test",
    convention: "all permutations of the observed midranks; two-sided by distance from the mean",
};

/// How the standard error of Fisher's z of a rank correlation is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum SpearmanInterval {
    /// sqrt((1 + r^2 / 2) / (n - 3)) (Bonett & Wright 2000).
    #[default]
    BonettWright,
    /// sqrt(1 / (n - 3)), as for Pearson's correlation; too narrow for a strong rank correlation.
    Fisher,
}

/// Spearman's rank correlation (Spearman 1904): midranks, t test, Bonett & Wright interval.
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 pairs, [`NotComputed::NoVariation`] where a variable is constant.
pub fn spearman(pairs: &Bivariate, which: Which, level: ConfidenceLevel) -> Computed<Correlation> {
    let moment = of_midranks(pairs)?;
    let test = moment.t_test(which, SPEARMAN).map(|mut test| {
        test.cautions.extend(tie_caution(pairs));
        test
    });
    Ok(Correlation {
        estimate: moment.r(),
        n: pairs.len(),
        incomplete: pairs.incomplete(),
        test,
        interval: spearman_interval(pairs, SpearmanInterval::BonettWright, level),
        method: SPEARMAN,
    })
}

/// Interval for Spearman's correlation by Fisher's z with the chosen standard error.
///
/// # Errors
/// Those of [`spearman`]; [`NotComputed::TooFew`] below 4 pairs, [`NotComputed::Boundary`] at ±1.
pub fn spearman_interval(
    pairs: &Bivariate,
    form: SpearmanInterval,
    level: ConfidenceLevel,
) -> Computed<Interval> {
    let moment = of_midranks(pairs)?;
    let inflation = match form {
        SpearmanInterval::BonettWright => 1.0 + 0.5 * moment.r() * moment.r(),
        SpearmanInterval::Fisher => 1.0,
    };
    moment.fisher_interval(inflation, level, SPEARMAN)
}

/// The exact test of Spearman's correlation, given the observed ties.
///
/// The null distribution is that of all assignments of the observed y to the observed x. It is built cell by cell
/// rather than by listing permutations, so that many ties make it cheap; see [`super::MAX_WORK`] for the limit (14
/// untied pairs are within it). `estimate` and `interval` are as in [`spearman`].
///
/// # Errors
/// Those of [`spearman`]. The test alone is [`NotComputed::TooLarge`] beyond the limit.
pub fn spearman_exact(pairs: &Bivariate, which: Which, level: ConfidenceLevel) -> Computed<Correlation> {
    let approximate = spearman(pairs, which, level)?;
    let (x, y) = (scores(&pairs.x), scores(&pairs.y));
    let test = ConditionalNull::of(pairs, &Contribution::Product(&x, &y)).and_then(|null| {
        let observed = observed_product(pairs, &x, &y)?;
        // Compared as integers: n * statistic against n * its mean, which is the product of the margins' sums.
        let total = |margin: &Margin, scores: &[i64]| -> i128 {
            margin.counts.iter().zip(scores).map(|(&n, &s)| i128::from(n) * i128::from(s)).sum()
        };
        let centre = total(&pairs.x, &x) * total(&pairs.y, &y);
        let p = null.p(observed, centre, i128::from(pairs.len()), which);
        Ok(Test {
            statistic: Some(approximate.estimate),
            df: Vec::new(),
            p,
            which,
            method: SPEARMAN_EXACT,
            cautions: tie_caution(pairs).into_iter().collect(),
        })
    });
    Ok(Correlation { test, method: SPEARMAN_EXACT, ..approximate })
}

/// Integer scores that order and space the levels as their midranks do, from 0 and as small as possible.
fn scores(margin: &Margin) -> Vec<i64> {
    let doubled = margin.doubled_midranks();
    let lowest = doubled.first().copied().unwrap_or(0);
    let step = doubled.iter().fold(0, |step, rank| greatest_common_divisor(step, rank - lowest)).max(1);
    doubled.iter().map(|rank| i64::try_from((rank - lowest) / step).unwrap_or(i64::MAX)).collect()
}

fn observed_product(pairs: &Bivariate, x: &[i64], y: &[i64]) -> Computed<i64> {
    let mut sum = 0_i64;
    for cell in &pairs.cells {
        let term = x.get(cell.x).zip(y.get(cell.y)).and_then(|(a, b)| a.checked_mul(*b));
        let term = term.and_then(|term| term.checked_mul(i64::try_from(cell.count).ok()?));
        sum = term
            .and_then(|term| sum.checked_add(term))
            .ok_or(NotComputed::TooLarge { limit: "sum of rank products below 2^63" })?;
    }
    Ok(sum)
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

fn tie_caution(pairs: &Bivariate) -> Option<Caution> {
    let groups = pairs.x.tied_groups() + pairs.y.tied_groups();
    (groups > 0).then_some(Caution::Ties { groups })
}
