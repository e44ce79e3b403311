//! Wilcoxon's signed-rank test of paired differences.

use super::midranks::{LARGEST_TOTAL, doubled_midranks};
use super::selection::{Counted, WalshAverages, median};
use super::shift_algorithm::{Tied, signed_sum_tails};
use super::{Continuity, ExactRankTest, normal_test};
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};
use crate::stats::tails::{ExactTails, TwoSidedRule};

/// Normal approximation to the signed-rank test.
pub const WILCOXON_ASYMPTOTIC: Method = Method {
    id: "wilcoxon_signed_rank.asymptotic",
    name: "Wilcoxon signed-rank test, normal approximation",
    convention: "zeros dropped",
};
/// The same, zeros ranked and then dropped.
pub const WILCOXON_ASYMPTOTIC_PRATT: Method = Method {
    id: "wilcoxon_signed_rank.asymptotic",
    name: "Wilcoxon signed-rank test, normal approximation",
    convention: "Pratt: ranked with zeros, zeros then dropped",
};
/// Exact conditional signed-rank test.
pub const WILCOXON_EXACT: Method = Method {
    id: "wilcoxon_signed_rank.exact",
    name: "Exact Wilcoxon signed-rank test",
    convention: "zeros dropped; sign flips of the observed midranks",
};
/// The same, zeros ranked and then dropped.
pub const WILCOXON_EXACT_PRATT: Method = Method {
    id: "wilcoxon_signed_rank.exact",
    name: "Exact Wilcoxon signed-rank test",
    convention: "Pratt: ranked with zeros, zeros then dropped; sign flips of the observed midranks",
};
/// Rank-biserial correlation and pseudomedian.
pub const WILCOXON_EFFECT: Method = Method {
    id: "wilcoxon_signed_rank.effect",
    name: "Matched-pairs rank-biserial correlation and pseudomedian",
    convention: "of the non-zero differences",
};

/// [`wilcoxon`] is exact up to this number of non-zero differences.
pub const EXACT_UP_TO: u64 = 200;

/// Digits to which a difference of two decimals is taken as exact: 0.3-0.2 equals 0.2-0.1.
const SIGNIFICANT_DIGITS: usize = 10;

/// What becomes of zero differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zeros {
    /// Dropped before ranking (Wilcoxon 1945; R, SPSS, SciPy).
    #[default]
    Wilcox,
    /// Ranked with the others, then dropped (Pratt 1959; coin).
    Pratt,
}

/// Paired differences as counts of distinct values.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences {
    /// Non-zero differences, ascending.
    values: Vec<(f64, u64)>,
    zeros: u64,
}

/// Effect sizes of paired differences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignedRankEffect {
    /// Positive less negative rank sum over both (Kerby 2014), in [-1, 1].
    pub rank_biserial: f64,
    /// Hodges-Lehmann pseudomedian: the median of the means of all pairs of non-zero differences.
    pub pseudomedian: f64,
    /// The method.
    pub method: Method,
}

/// A signed-rank test with the counts that it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedRankTest {
    /// Sum of the midranks of positive differences.
    pub v: f64,
    /// Differences ranked: all of them under Pratt's rule, else the non-zero ones.
    pub used: u64,
    /// Zero differences.
    pub zeros: u64,
    /// The test; its statistic is z.
    pub test: Test,
}

impl Differences {
    /// The differences `x[i] - y[i]`, rounded to ten significant decimals for the ranking of their sizes.
    pub fn from_pairs(x: &[f64], y: &[f64]) -> Computed<Self> {
        if x.len() != y.len() {
            return Err(NotComputed::invalid("pairs need as many first as second values"));
        }
        let counts: Vec<(f64, u64)> = x.iter().zip(y).map(|(x, y)| (x - y, 1)).collect();
        Self::from_counts(&counts)
    }

    /// Differences with how often each occurs, in any order.
    pub fn from_counts(counts: &[(f64, u64)]) -> Computed<Self> {
        let total = counts.iter().try_fold(0_u64, |sum, &(_, count)| sum.checked_add(count));
        if total.is_none_or(|total| total > LARGEST_TOTAL) {
            return Err(NotComputed::TooLarge { limit: "rank tests of at most 2^40 observations" });
        }
        if counts.iter().any(|(value, _)| !value.is_finite()) {
            return Err(NotComputed::invalid("differences are finite numbers"));
        }
        let (zeros, mut values): (Vec<_>, Vec<_>) =
            counts.iter().filter(|&&(_, count)| count > 0).partition(|&&(value, _)| value.abs() <= 0.0);
        values.sort_by(|a: &(f64, u64), b| a.0.total_cmp(&b.0));
        values.dedup_by(|later, kept| {
            let same = later.0.total_cmp(&kept.0).is_eq();
            if same {
                kept.1 += later.1;
            }
            same
        });
        Ok(Self { values, zeros: zeros.into_iter().map(|(_, count)| count).sum() })
    }

    /// Number of positive differences.
    pub fn positive(&self) -> u64 {
        self.values.iter().filter(|&&(value, _)| value > 0.0).map(|&(_, count)| count).sum()
    }

    /// Number of negative differences.
    pub fn negative(&self) -> u64 {
        self.values.iter().filter(|&&(value, _)| value < 0.0).map(|&(_, count)| count).sum()
    }

    /// Number of zero differences.
    pub fn zeros(&self) -> u64 {
        self.zeros
    }

    /// Number of differences that are ranked.
    pub fn ranked(&self, zeros: Zeros) -> u64 {
        match zeros {
            Zeros::Wilcox => self.non_zero(),
            Zeros::Pratt => self.non_zero() + self.zeros,
        }
    }

    /// Number of non-zero differences.
    pub fn non_zero(&self) -> u64 {
        self.positive() + self.negative()
    }
}

/// Wilcoxon's signed-rank test: exact for at most [`EXACT_UP_TO`] non-zero differences, else the normal approximation
/// with continuity correction. The rule looks at the number alone.
///
/// # Examples
///
/// ```
/// use canvass::stats::Which;
/// use canvass::stats::rank_tests::signed_rank::{Differences, Zeros, wilcoxon};
///
/// let differences = Differences::from_pairs(&[2.0, 4.0, 4.0, 2.0, 2.0], &[2.0, 2.0, 3.0, 2.0, 3.0])?;
/// let test = wilcoxon(&differences, Zeros::Wilcox, Which::TwoSided)?;
/// // Reference case exact_tests-0059.
/// assert_eq!(test.statistic, Some(4.5));
/// assert!((test.p - 0.75).abs() < 1e-15);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn wilcoxon(differences: &Differences, zeros: Zeros, which: Which) -> Computed<Test> {
    if differences.non_zero() <= EXACT_UP_TO {
        match exact(differences, zeros, which, TwoSidedRule::Distance) {
            Err(NotComputed::TooLarge { .. }) => {}
            other => return other.map(|found| found.test),
        }
    }
    asymptotic(differences, zeros, which, Continuity::Half).map(|found| found.test)
}

/// The normal approximation to the signed-rank test, with the variance of the observed midranks.
///
/// `Which::Greater` asks whether differences are positive. Undefined without non-zero differences.
pub fn asymptotic(
    differences: &Differences,
    zeros: Zeros,
    which: Which,
    continuity: Continuity,
) -> Computed<SignedRankTest> {
    let ranked = Ranked::new(differences, zeros);
    if ranked.magnitudes.is_empty() {
        return Err(NO_DIFFERENCE);
    }
    // Each midrank r is added with probability 1/2: variance r²/4, here in doubled ranks.
    let squares: f64 =
        ranked.magnitudes.iter().map(|m| m.count() as f64 * m.score as f64 * m.score as f64).sum();
    let [positive, negative] = ranked.doubled_sums();
    let distance = if positive >= negative {
        (positive - negative) as f64 / 4.0
    } else {
        -((negative - positive) as f64 / 4.0)
    };
    let method = match zeros {
        Zeros::Wilcox => WILCOXON_ASYMPTOTIC,
        Zeros::Pratt => WILCOXON_ASYMPTOTIC_PRATT,
    };
    let cautions = ranked.cautions();
    let test = normal_test(distance, squares / 16.0, continuity, which, method, cautions);
    Ok(SignedRankTest {
        v: positive as f64 / 2.0,
        used: differences.ranked(zeros),
        zeros: differences.zeros,
        test,
    })
}

/// The exact signed-rank test given the observed midranks; its statistic is V, the rank sum of positive differences.
///
/// With only zero differences p is 1 by definition, there is no statistic, and a caution says so; without any
/// difference it is undefined. `TooLarge` beyond 1000 differences.
pub fn exact(
    differences: &Differences,
    zeros: Zeros,
    which: Which,
    rule: TwoSidedRule,
) -> Computed<ExactRankTest> {
    let method = match zeros {
        Zeros::Wilcox => WILCOXON_EXACT,
        Zeros::Pratt => WILCOXON_EXACT_PRATT,
    };
    let ranked = Ranked::new(differences, zeros);
    let mut cautions = ranked.cautions();
    if ranked.magnitudes.is_empty() {
        if differences.zeros == 0 {
            return Err(NotComputed::EmptyBase);
        }
        cautions.push(Caution::Note("no non-zero difference: p is 1 by definition"));
        let test = Test { statistic: None, df: Vec::new(), p: 1.0, which, method, cautions };
        return Ok(ExactRankTest { test, tails: ExactTails::DEGENERATE });
    }
    let scores: Vec<Tied> =
        ranked.magnitudes.iter().map(|m| Tied { score: m.score, count: m.count() }).collect();
    let [positive, _] = ranked.doubled_sums();
    let observed =
        u64::try_from(positive).map_err(|_| NotComputed::TooLarge { limit: "rank sums below 2^64" })?;
    let tails = signed_sum_tails(&scores, observed)?;
    let statistic = Some(positive as f64 / 2.0);
    let test = Test { statistic, df: Vec::new(), p: tails.p(which, rule), which, method, cautions };
    Ok(ExactRankTest { test, tails })
}

/// Rank-biserial correlation and pseudomedian of the non-zero differences; undefined without any.
pub fn effect(differences: &Differences) -> Computed<SignedRankEffect> {
    let ranked = Ranked::new(differences, Zeros::Wilcox);
    let [positive, negative] = ranked.doubled_sums();
    let pseudomedian =
        median(&WalshAverages(Counted::new(differences.values.iter().copied()))).ok_or(NO_DIFFERENCE)?;
    let balance =
        if positive >= negative { (positive - negative) as f64 } else { -((negative - positive) as f64) };
    let rank_biserial = balance / (positive + negative) as f64;
    Ok(SignedRankEffect { rank_biserial, pseudomedian, method: WILCOXON_EFFECT })
}

const NO_DIFFERENCE: NotComputed = NotComputed::Undefined("no non-zero difference");

/// Differences of one size.
struct Magnitude {
    size: f64,
    positive: u64,
    negative: u64,
    /// Doubled midrank.
    score: u64,
}

impl Magnitude {
    fn count(&self) -> u64 {
        self.positive + self.negative
    }
}

/// The sizes of differences with their midranks.
struct Ranked {
    magnitudes: Vec<Magnitude>,
    zeros: u64,
}

impl Ranked {
    fn new(differences: &Differences, zeros: Zeros) -> Self {
        let mut magnitudes: Vec<Magnitude> = differences
            .values
            .iter()
            .map(|&(value, count)| {
                let (positive, negative) = if value > 0.0 { (count, 0) } else { (0, count) };
                Magnitude { size: significant(value.abs()), positive, negative, score: 0 }
            })
            .collect();
        magnitudes.sort_by(|a, b| a.size.total_cmp(&b.size));
        magnitudes.dedup_by(|later, kept| {
            let same = later.size.total_cmp(&kept.size).is_eq();
            if same {
                kept.positive += later.positive;
                kept.negative += later.negative;
            }
            same
        });
        // Zeros are the smallest sizes: ranked with them, every other rank moves up.
        let mut counts = vec![match zeros {
            Zeros::Wilcox => 0,
            Zeros::Pratt => differences.zeros,
        }];
        counts.extend(magnitudes.iter().map(Magnitude::count));
        for (magnitude, score) in magnitudes.iter_mut().zip(doubled_midranks(&counts).into_iter().skip(1)) {
            magnitude.score = score;
        }
        Self { magnitudes, zeros: differences.zeros }
    }

    /// Doubled rank sums of positive and negative differences.
    fn doubled_sums(&self) -> [u128; 2] {
        let sum = |pick: fn(&Magnitude) -> u64| {
            self.magnitudes.iter().map(|m| u128::from(pick(m)) * u128::from(m.score)).sum()
        };
        [sum(|m| m.positive), sum(|m| m.negative)]
    }

    fn cautions(&self) -> Vec<Caution> {
        let tied = self.magnitudes.iter().filter(|m| m.count() > 1).count();
        let mut cautions = super::ties(tied as u64);
        if self.zeros > 0 {
            cautions.push(Caution::Dropped { count: self.zeros, what: "zero differences" });
        }
        cautions
    }
}

/// Rounds to [`SIGNIFICANT_DIGITS`] significant decimals, through decimal text, so that every platform agrees.
fn significant(value: f64) -> f64 {
    format!("{value:.*e}", SIGNIFICANT_DIGITS - 1).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: &[f64], y: &[f64], zeros: Zeros) -> f64 {
        let differences = Differences::from_pairs(x, y).unwrap();
        exact(&differences, zeros, Which::TwoSided, TwoSidedRule::Distance).unwrap().test.p
    }

    #[test]
    fn decimals_that_are_equal_on_paper_are_tied() {
        let differences = Differences::from_pairs(&[0.3, 0.1], &[0.2, 0.2]).unwrap();
        let ranked = Ranked::new(&differences, Zeros::Wilcox);
        assert_eq!(ranked.magnitudes.len(), 1);
        assert_eq!(ranked.doubled_sums(), [3, 3]);
    }

    /// Five positive differences of distinct sizes: 2/32.
    #[test]
    fn all_positive() {
        let found = p(&[1.1, 2.3, 3.0, 4.2, 5.9], &[1.0, 2.0, 2.5, 3.5, 5.0], Zeros::Wilcox);
        assert!((found - 0.0625).abs() < 1e-16);
    }

    /// A zero below two positives: ranks 1, 2 without it and 2, 3 with it; both give 2/4.
    #[test]
    fn pratt_moves_ranks_up() {
        let differences = Differences::from_counts(&[(0.0, 1), (1.0, 1), (2.0, 1)]).unwrap();
        for (zeros, v) in [(Zeros::Wilcox, 3.0), (Zeros::Pratt, 5.0)] {
            let found = exact(&differences, zeros, Which::TwoSided, TwoSidedRule::Distance).unwrap();
            assert_eq!(found.test.statistic, Some(v));
            assert!((found.test.p - 0.5).abs() < 1e-16);
        }
    }

    #[test]
    fn only_zeros_and_nothing() {
        let zeros = Differences::from_pairs(&[3.0, 3.0], &[3.0, 3.0]).unwrap();
        let found = exact(&zeros, Zeros::Pratt, Which::TwoSided, TwoSidedRule::Distance).unwrap();
        assert_eq!((found.test.statistic, found.test.p), (None, 1.0));
        assert!(asymptotic(&zeros, Zeros::Wilcox, Which::TwoSided, Continuity::Half).is_err());
        assert!(effect(&zeros).is_err());
        let nothing = Differences::from_pairs(&[], &[]).unwrap();
        assert!(exact(&nothing, Zeros::Wilcox, Which::TwoSided, TwoSidedRule::Distance).is_err());
        assert!(Differences::from_pairs(&[1.0], &[]).is_err());
        assert!(Differences::from_pairs(&[f64::INFINITY], &[0.0]).is_err());
        assert!(Differences::from_counts(&[(1.0, u64::MAX), (2.0, 1)]).is_err());
    }

    /// Differences 1, 2, 3, -4: V = 6 of 10; Walsh averages -4, -1.5, -1, -0.5, 1, 1.5, 2, 2, 2.5, 3.
    #[test]
    fn effect_by_hand() {
        let differences = Differences::from_counts(&[(3.0, 1), (1.0, 1), (-4.0, 1), (2.0, 1)]).unwrap();
        let found = effect(&differences).unwrap();
        assert!((found.rank_biserial - 0.2).abs() < 1e-16);
        assert!((found.pseudomedian - 1.25).abs() < 1e-16);
    }

    #[test]
    fn many_answers_take_the_approximation() {
        let differences =
            Differences::from_counts(&[(-1.0, 400_000), (1.0, 401_000), (0.0, 1_000_000)]).unwrap();
        assert_eq!(
            wilcoxon(&differences, Zeros::Wilcox, Which::TwoSided).unwrap().method,
            WILCOXON_ASYMPTOTIC
        );
    }
}
