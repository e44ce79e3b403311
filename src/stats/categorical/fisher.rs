//! Fisher's exact test of a two by two table, and the choice of the exact test for larger ones.

use super::exact_tables;
use crate::stats::count_table::CountTable;
use crate::stats::distributions::hypergeometric;
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};
use crate::stats::root::first_where;
use crate::stats::tails::ObservedMass;

/// Fisher's exact test.
pub const FISHER_EXACT: Method = Method {
    id: "fisher_exact",
    name: "Fisher's exact test",
    convention: "two-sided: tables no more likely than the observed one",
};
/// Fisher's exact test, the smaller tail doubled.
pub const FISHER_EXACT_DOUBLED: Method =
    Method { id: "fisher_exact", name: "Fisher's exact test", convention: "two-sided: smaller tail doubled" };
/// Fisher's exact test, Blaker's two-sided rule.
pub const FISHER_EXACT_BLAKER: Method = Method {
    id: "fisher_exact",
    name: "Fisher's exact test",
    convention: "two-sided: Blaker's, tails no larger than the observed one",
};
/// Mid-P form of Fisher's exact test.
pub const FISHER_MID_P: Method = Method {
    id: "fisher_mid_p",
    name: "Fisher's mid-P test",
    convention: "half of the observed table's probability left out",
};

/// The largest total of a two by two table: tails are sums over a few standard deviations.
pub const LARGEST_TOTAL: u64 = 1_000_000_000_000;

/// Probabilities are equal if they differ by less than this share (R's `fisher.test`).
pub(super) const RELATIVE_TOLERANCE: f64 = 1e-7;

/// Which tables the two-sided p-value of a two by two table sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FisherRule {
    /// Those no more likely than the observed one (R, SAS).
    #[default]
    MinimumLikelihood,
    /// Twice the smaller tail, at most 1: agrees with the central confidence interval.
    Doubled,
    /// Those whose smaller tail is no larger than the observed one's (Blaker 2000).
    Blaker,
}

/// Fisher's exact test.
///
/// Empty rows and columns are left out; undefined with fewer than two of either. `Which::Greater` asks whether the
/// upper left cell is larger than by chance. One-sided tests and rules other than minimum likelihood need two by two.
/// Larger tables are exact within the limits of [`exact_tables`], else [`NotComputed::TooLarge`]. Source: Fisher 1935;
/// Freeman & Halton 1951 for larger tables.
///
/// # Examples
///
/// ```
/// use canvass::stats::Which;
/// use canvass::stats::categorical::fisher::{FisherRule, fisher_exact};
/// use canvass::stats::count_table::CountTable;
///
/// let table = CountTable::from_rows(&[[3, 1], [1, 3]])?;
/// let test = fisher_exact(&table, Which::TwoSided, FisherRule::MinimumLikelihood)?;
/// // By hand: of C(8, 4) = 70 tables, 1 + 16 + 16 + 1 are no more probable.
/// assert!((test.p - 34.0 / 70.0).abs() < 1e-14);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn fisher_exact(table: &CountTable, which: Which, rule: FisherRule) -> Computed<Test> {
    let (reduced, _) = table.without_empty().map_err(|_| DEGENERATE)?;
    if reduced.row_count() < 2 || reduced.column_count() < 2 {
        return Err(DEGENERATE);
    }
    if reduced.cells().len() > 4 {
        if which != Which::TwoSided || rule != FisherRule::MinimumLikelihood {
            return Err(NotComputed::invalid("one-sided and alternative rules need a two by two table"));
        }
        return Ok(exact_tables::fisher(&reduced, exact_tables::Equality::WithinTolerance)?.test);
    }
    let null = Hypergeometric::new(&reduced)?;
    let method = match rule {
        FisherRule::MinimumLikelihood => FISHER_EXACT,
        FisherRule::Doubled => FISHER_EXACT_DOUBLED,
        FisherRule::Blaker => FISHER_EXACT_BLAKER,
    };
    Ok(null.test(which, rule, ObservedMass::Full, method))
}

/// Fisher's mid-P test of a two by two table: the p-value less half the probability of the observed table.
///
/// Source: Lancaster 1961; Agresti 2013, section 3.5.
pub fn fisher_mid_p(table: &CountTable, which: Which) -> Computed<Test> {
    table.two_by_two()?;
    let null = Hypergeometric::new(table)?;
    Ok(null.test(which, FisherRule::MinimumLikelihood, ObservedMass::Half, FISHER_MID_P))
}

const DEGENERATE: NotComputed = NotComputed::Undefined("a margin is zero");

/// The upper left cell of a two by two table given its margins.
struct Hypergeometric {
    observed: u64,
    population: u64,
    row: u64,
    column: u64,
    low: u64,
    high: u64,
}

impl Hypergeometric {
    fn new(table: &CountTable) -> Computed<Self> {
        let [a, b, c, d] = table.two_by_two()?;
        if [a + b, c + d, a + c, b + d].contains(&0) {
            return Err(DEGENERATE);
        }
        let population = table.total();
        if population > LARGEST_TOTAL {
            return Err(NotComputed::TooLarge { limit: "two by two tables of at most 10^12 observations" });
        }
        let (low, high) = hypergeometric::support(population, a + b, a + c).ok_or(DEGENERATE)?;
        Ok(Self { observed: a, population, row: a + b, column: a + c, low, high })
    }

    fn ln_pmf(&self, k: u64) -> f64 {
        hypergeometric::ln_pmf(k, self.population, self.row, self.column)
    }

    /// P(X <= k).
    fn at_most(&self, k: u64) -> f64 {
        hypergeometric::cdf(k, self.population, self.row, self.column)
    }

    /// P(X >= k).
    fn at_least(&self, k: u64) -> f64 {
        if k <= self.low { 1.0 } else { hypergeometric::sf(k - 1, self.population, self.row, self.column) }
    }

    /// The probability of all values whose own log-probability is at most `limit`: it rises to the mode, then falls.
    fn no_more_likely(&self, limit: f64) -> f64 {
        let product = u128::from(self.row + 1) * u128::from(self.column + 1);
        let mode = u64::try_from(product / (u128::from(self.population) + 2)).unwrap_or(self.high);
        let mode = mode.clamp(self.low, self.high);
        if self.ln_pmf(mode) <= limit {
            return 1.0;
        }
        self.outside(
            first_where(self.low, mode, |k| self.ln_pmf(k) > limit),
            first_where(mode, self.high + 1, |k| self.ln_pmf(k) <= limit),
        )
    }

    /// The probability of all values one of whose tails is at most `limit`.
    fn no_larger_tail(&self, limit: f64) -> f64 {
        self.outside(
            first_where(self.low, self.high + 1, |k| self.at_most(k) > limit),
            first_where(self.low, self.high + 1, |k| self.at_least(k) <= limit),
        )
    }

    /// The probability of all values outside `from..to`.
    fn outside(&self, from: u64, to: u64) -> f64 {
        if from >= to {
            return 1.0;
        }
        let lower = if from > self.low { self.at_most(from - 1) } else { 0.0 };
        let upper = if to <= self.high { self.at_least(to) } else { 0.0 };
        (lower + upper).min(1.0)
    }

    fn p(&self, which: Which, rule: FisherRule) -> f64 {
        let (at_most, at_least) = (self.at_most(self.observed), self.at_least(self.observed));
        match (which, rule) {
            (Which::Greater, _) => at_least,
            (Which::Less, _) => at_most,
            (Which::TwoSided, FisherRule::Doubled) => (2.0 * at_most.min(at_least)).min(1.0),
            (Which::TwoSided, FisherRule::MinimumLikelihood) => {
                self.no_more_likely(self.ln_pmf(self.observed) + RELATIVE_TOLERANCE)
            }
            (Which::TwoSided, FisherRule::Blaker) => {
                self.no_larger_tail(at_most.min(at_least) * (1.0 + RELATIVE_TOLERANCE))
            }
        }
    }

    fn test(&self, which: Which, rule: FisherRule, mass: ObservedMass, method: Method) -> Test {
        let p = |of: &Self| {
            let less = match mass {
                ObservedMass::Full => 0.0,
                ObservedMass::Half => libm::exp(of.ln_pmf(of.observed)) / 2.0,
            };
            of.p(which, rule) - less
        };
        let [low, high] = [self.low, self.high].map(|observed| p(&Self { observed, ..*self }));
        Test {
            statistic: None,
            df: Vec::new(),
            p: p(self),
            which,
            method,
            cautions: smallest_attainable(low.min(high)),
        }
    }
}

/// A caution where no outcome could have given a p-value below 5 %.
pub(super) fn smallest_attainable(p: f64) -> Vec<Caution> {
    if p > 0.05 { vec![Caution::SmallestAttainableP { p }] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::{FisherRule, fisher_exact, fisher_mid_p};
    use crate::stats::count_table::CountTable;
    use crate::stats::record::{Caution, NotComputed, Which};

    fn table(rows: &[[u64; 2]]) -> CountTable {
        CountTable::from_rows(rows).unwrap()
    }

    fn p(rows: &[[u64; 2]], which: Which, rule: FisherRule) -> f64 {
        fisher_exact(&table(rows), which, rule).unwrap().p
    }

    /// The lady tasting tea: weights 1, 16, 36, 16, 1 of 70.
    #[test]
    fn tea_tasting() {
        let tea = [[3, 1], [1, 3]];
        assert!((p(&tea, Which::Greater, FisherRule::default()) - 17.0 / 70.0).abs() < 1e-15);
        assert!((p(&tea, Which::Less, FisherRule::default()) - 69.0 / 70.0).abs() < 1e-15);
        for rule in [FisherRule::MinimumLikelihood, FisherRule::Doubled, FisherRule::Blaker] {
            assert!((p(&tea, Which::TwoSided, rule) - 34.0 / 70.0).abs() < 1e-15);
        }
        let mid = fisher_mid_p(&table(&tea), Which::TwoSided).unwrap();
        assert!((mid.p - 26.0 / 70.0).abs() < 1e-15);
    }

    #[test]
    fn zero_margins_are_undefined() {
        for rows in [[[0, 3], [0, 4]], [[0, 0], [3, 4]], [[0, 0], [0, 0]]] {
            let test = fisher_exact(&table(&rows), Which::TwoSided, FisherRule::default());
            assert!(matches!(test, Err(NotComputed::Undefined(_))));
        }
        assert!(fisher_mid_p(&table(&[[0, 3], [0, 4]]), Which::TwoSided).is_err());
    }

    #[test]
    fn small_probabilities_keep_their_digits() {
        // Exact, from integer binomials in Python: 3.3301e-50 (statrs gives 0).
        let found = p(&[[9, 101], [135, 7]], Which::TwoSided, FisherRule::MinimumLikelihood);
        assert!((found / 3.33e-50 - 1.0).abs() < 1e-2);
        assert!(found > 0.0);
    }

    #[test]
    fn hopeless_sizes_are_told() {
        let test = fisher_exact(&table(&[[1, 0], [0, 1]]), Which::TwoSided, FisherRule::default()).unwrap();
        assert_eq!(test.cautions.len(), 1);
        assert!(matches!(test.cautions[0], Caution::SmallestAttainableP { p } if (p - 1.0).abs() < 1e-15));
        // Of the 15 ways to choose two of six, 3 + 3 put both on one side; one way alone has 3 of them.
        let smallest = |which| {
            let test = fisher_exact(&table(&[[2, 0], [1, 3]]), which, FisherRule::default()).unwrap();
            test.cautions.iter().find_map(|caution| match caution {
                Caution::SmallestAttainableP { p } => Some(*p),
                _ => None,
            })
        };
        assert!((smallest(Which::TwoSided).unwrap() - 0.4).abs() < 1e-12);
        assert!((smallest(Which::Greater).unwrap() - 0.2).abs() < 1e-12);
    }

    #[test]
    fn large_counts_are_quick_and_huge_ones_refused() {
        let found =
            p(&[[500_000_000, 499_990_000], [499_980_000, 500_000_000]], Which::TwoSided, FisherRule::Blaker);
        assert!(found > 0.0 && found < 1.0);
        let huge = fisher_exact(
            &table(&[[1 << 50, 1 << 50], [1 << 50, 1 << 50]]),
            Which::TwoSided,
            FisherRule::default(),
        );
        assert!(matches!(huge, Err(NotComputed::TooLarge { .. })));
    }

    #[test]
    fn rules_other_than_likelihood_need_two_by_two() {
        let wide = CountTable::from_rows(&[[1, 2, 3], [3, 2, 1]]).unwrap();
        assert!(fisher_exact(&wide, Which::Greater, FisherRule::default()).is_err());
        assert!(fisher_exact(&wide, Which::TwoSided, FisherRule::Doubled).is_err());
        assert!(fisher_exact(&wide, Which::TwoSided, FisherRule::default()).is_ok());
    }
}
