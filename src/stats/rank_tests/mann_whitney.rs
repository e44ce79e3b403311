//! The Wilcoxon-Mann-Whitney test of two groups.

use super::midranks::{RankSums, doubled_midranks};
use super::shift_algorithm::{Tied, subset_sum_tails};
use super::{Continuity, ExactRankTest, normal_test, ties};
use crate::stats::count_table::CountTable;
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};
use crate::stats::tails::{ExactTails, TwoSidedRule};

/// Mann-Whitney statistic and probability of superiority.
pub const MANN_WHITNEY_STATISTIC: Method = Method {
    id: "mann_whitney.statistic",
    name: "Mann-Whitney statistic",
    convention: "U of the first group; ties count half",
};
/// Normal approximation to the Mann-Whitney test.
pub const MANN_WHITNEY_ASYMPTOTIC: Method = Method {
    id: "mann_whitney.asymptotic",
    name: "Mann-Whitney test, normal approximation",
    convention: "tie-corrected variance, continuity correction",
};
/// The same without continuity correction.
pub const MANN_WHITNEY_ASYMPTOTIC_UNCORRECTED: Method = Method {
    id: "mann_whitney.asymptotic",
    name: "Mann-Whitney test, normal approximation",
    convention: "tie-corrected variance, no continuity correction",
};
/// Exact conditional Mann-Whitney test.
pub const MANN_WHITNEY_EXACT: Method = Method {
    id: "mann_whitney.exact",
    name: "Exact Mann-Whitney test",
    convention: "permutation distribution of the observed midranks; two-sided by distance from the mean",
};
/// The exact test with the smaller tail doubled.
pub const MANN_WHITNEY_EXACT_DOUBLED: Method = Method {
    id: "mann_whitney.exact",
    name: "Exact Mann-Whitney test",
    convention: "permutation distribution of the observed midranks; two-sided by doubling",
};

/// [`mann_whitney`] is exact up to this product of the two group sizes.
pub const EXACT_UP_TO_PAIRS: u64 = 10_000;

/// What the ranks of two groups say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// Pairs in which the first group's value is larger, ties counting half.
    pub u_first: f64,
    /// Pairs in which the second group's value is larger, ties counting half.
    pub u_second: f64,
    /// Sum of the first group's midranks.
    pub rank_sum_first: f64,
    /// Mean midrank of the first group.
    pub mean_rank_first: f64,
    /// Mean midrank of the second group.
    pub mean_rank_second: f64,
    /// Probability that a value of the first group exceeds one of the second, ties counting half.
    pub probability_of_superiority: f64,
    /// The method.
    pub method: Method,
}

/// The Mann-Whitney statistic of a table with two rows, the groups, and ascending levels in columns.
///
/// Undefined where a group is empty. Source: Wilcoxon 1945; Mann & Whitney 1947.
pub fn statistic(table: &CountTable) -> Computed<MannWhitney> {
    let groups = TwoGroups::new(table)?;
    let [first, second] = groups.doubled.map(|sum| sum as f64 / 2.0);
    let (m, n) = (groups.m as f64, groups.n as f64);
    let [u_first, u_second] = groups.doubled_u().map(|u| u as f64 / 2.0);
    Ok(MannWhitney {
        u_first,
        u_second,
        rank_sum_first: first,
        mean_rank_first: first / m,
        mean_rank_second: second / n,
        probability_of_superiority: u_first / (m * n),
        method: MANN_WHITNEY_STATISTIC,
    })
}

/// The Mann-Whitney test: exact if the product of the group sizes is at most [`EXACT_UP_TO_PAIRS`], else the normal
/// approximation with continuity correction. The rule looks at the sizes alone.
///
/// # Examples
///
/// ```
/// use canvass::stats::Which;
/// use canvass::stats::count_table::CountTable;
/// use canvass::stats::rank_tests::mann_whitney::mann_whitney;
///
/// // Two groups in rows; how many answered 2, 3, 4 and 5 in columns.
/// let table = CountTable::from_rows(&[[1, 0, 3, 0], [1, 2, 1, 1]])?;
/// let test = mann_whitney(&table, Which::TwoSided)?;
/// // Reference case exact_tests-0049.
/// assert_eq!((test.method.id, test.statistic), ("mann_whitney.exact", Some(11.0)));
/// assert!((test.p - 0.825_396_825_396_825_4).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn mann_whitney(table: &CountTable, which: Which) -> Computed<Test> {
    let groups = TwoGroups::new(table)?;
    if groups.pairs() <= u128::from(EXACT_UP_TO_PAIRS) {
        match exact(table, which, TwoSidedRule::Distance) {
            Err(NotComputed::TooLarge { .. }) => {}
            other => return other.map(|found| found.test),
        }
    }
    asymptotic(table, which, Continuity::Half)
}

/// The normal approximation to the Mann-Whitney test; its statistic is z, positive where the first group is larger.
///
/// Undefined where a group is empty or all values are tied. The variance allows for ties (Hollander, Wolfe & Chicken
/// 2014).
pub fn asymptotic(table: &CountTable, which: Which, continuity: Continuity) -> Computed<Test> {
    let groups = TwoGroups::new(table)?;
    if groups.spread <= 0.0 {
        return Err(NotComputed::NoVariation);
    }
    let total = (groups.m + groups.n) as f64;
    let pairs = groups.pairs() as f64;
    let variance = pairs / (12.0 * total * (total - 1.0)) * groups.spread;
    let [u, v] = groups.doubled_u();
    let distance = if u >= v { (u - v) as f64 / 4.0 } else { -((v - u) as f64 / 4.0) };
    let method = match continuity {
        Continuity::Half => MANN_WHITNEY_ASYMPTOTIC,
        Continuity::None => MANN_WHITNEY_ASYMPTOTIC_UNCORRECTED,
    };
    Ok(normal_test(distance, variance, continuity, which, method, ties(groups.tie_groups)))
}

/// The exact Mann-Whitney test given the observed midranks; its statistic is U of the first group.
///
/// With all values tied p is 1. `TooLarge` beyond 1000 observations or the bounds on memory and work of the shift
/// algorithm (Streitberg & Röhmel 1986).
pub fn exact(table: &CountTable, which: Which, rule: TwoSidedRule) -> Computed<ExactRankTest> {
    let groups = TwoGroups::new(table)?;
    let counts = table.column_totals();
    let scores: Vec<Tied> = doubled_midranks(&counts)
        .into_iter()
        .zip(counts)
        .map(|(score, count)| Tied { score, count })
        .collect();
    let sum = |doubled: u128| {
        u64::try_from(doubled).map_err(|_| NotComputed::TooLarge { limit: "rank sums below 2^64" })
    };
    // The distribution is built for the smaller group; for the larger one the tails change places.
    let tails = if groups.m <= groups.n {
        subset_sum_tails(&scores, groups.m, sum(groups.doubled[0])?)?
    } else {
        let mirrored = subset_sum_tails(&scores, groups.n, sum(groups.doubled[1])?)?;
        ExactTails { at_least: mirrored.at_most, at_most: mirrored.at_least, ..mirrored }
    };
    let method = match rule {
        TwoSidedRule::Distance => MANN_WHITNEY_EXACT,
        TwoSidedRule::Doubled => MANN_WHITNEY_EXACT_DOUBLED,
    };
    let mut cautions = ties(groups.tie_groups);
    if groups.spread <= 0.0 {
        cautions.push(Caution::NoVariation);
    }
    let test = Test {
        statistic: Some(groups.doubled_u()[0] as f64 / 2.0),
        df: Vec::new(),
        p: tails.p(which, rule),
        which,
        method,
        cautions,
    };
    Ok(ExactRankTest { test, tails })
}

/// Sizes and rank sums of two non-empty groups.
struct TwoGroups {
    m: u64,
    n: u64,
    doubled: [u128; 2],
    spread: f64,
    tie_groups: u64,
}

impl TwoGroups {
    fn new(table: &CountTable) -> Computed<Self> {
        if table.row_count() != 2 {
            return Err(NotComputed::invalid("the Mann-Whitney test compares two groups"));
        }
        let sums = RankSums::new(table)?;
        match (sums.sizes.as_slice(), sums.doubled.as_slice()) {
            (&[m, n], &[first, second]) if m > 0 && n > 0 => Ok(Self {
                m,
                n,
                doubled: [first, second],
                spread: sums.spread(),
                tie_groups: sums.tie_groups,
            }),
            _ => Err(NotComputed::EmptyBase),
        }
    }

    fn pairs(&self) -> u128 {
        u128::from(self.m) * u128::from(self.n)
    }

    /// Twice U of each group.
    fn doubled_u(&self) -> [u128; 2] {
        let least = |size: u64| u128::from(size) * (u128::from(size) + 1);
        [self.doubled[0] - least(self.m), self.doubled[1] - least(self.n)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::rank_tests::tabulate;

    fn samples(x: &[f64], y: &[f64]) -> CountTable {
        tabulate(&[x, y]).unwrap().table
    }

    /// x above y throughout: U = 25, one of C(10,5) = 252 arrangements in each tail.
    #[test]
    fn separated_groups() {
        let low = [1.0, 2.0, 3.0, 4.0, 5.0];
        let high = [11.0, 12.0, 13.0, 14.0, 15.0];
        for (x, y, u) in [(high, low, 25.0), (low, high, 0.0)] {
            let found = exact(&samples(&x, &y), Which::TwoSided, TwoSidedRule::Distance).unwrap();
            assert_eq!(found.test.statistic, Some(u));
            assert!((found.test.p - 2.0 / 252.0).abs() < 1e-16);
        }
        let unequal = samples(&[11.0, 12.0, 13.0, 14.0, 15.0, 16.0], &low);
        let found = exact(&unequal, Which::Greater, TwoSidedRule::Distance).unwrap();
        assert!((found.test.p - 1.0 / 462.0).abs() < 1e-16);
    }

    #[test]
    fn tied_and_empty_groups() {
        let tied = samples(&[3.0; 3], &[3.0; 2]);
        let found = exact(&tied, Which::TwoSided, TwoSidedRule::Distance).unwrap();
        assert_eq!((found.test.statistic, found.test.p), (Some(3.0), 1.0));
        assert_eq!(asymptotic(&tied, Which::TwoSided, Continuity::Half), Err(NotComputed::NoVariation));
        let empty = samples(&[], &[1.0, 2.0]);
        assert_eq!(statistic(&empty), Err(NotComputed::EmptyBase));
        assert!(exact(&empty, Which::TwoSided, TwoSidedRule::Distance).is_err());
        let three = CountTable::from_rows(&[[1, 1], [1, 1], [1, 1]]).unwrap();
        assert!(matches!(statistic(&three), Err(NotComputed::Invalid(_))));
    }

    #[test]
    fn the_choice_of_the_exact_test_looks_at_sizes_alone() {
        let large =
            CountTable::from_rows(&[[400_000, 300_000, 300_000], [390_000, 310_000, 300_000]]).unwrap();
        let test = mann_whitney(&large, Which::TwoSided).unwrap();
        assert_eq!(test.method, MANN_WHITNEY_ASYMPTOTIC);
        let small = CountTable::from_rows(&[[4, 3, 3], [1, 2, 9]]).unwrap();
        assert_eq!(mann_whitney(&small, Which::TwoSided).unwrap().method, MANN_WHITNEY_EXACT);
    }
}
