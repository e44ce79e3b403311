//! The Jonckheere-Terpstra test of an ordered alternative.

use super::midranks::LARGEST_TOTAL;
use super::{Continuity, ExactRankTest, normal_test, ties};
use crate::stats::count_table::CountTable;
use crate::stats::fixed_margins::{Cost, Network};
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};
use crate::stats::tails::{ExactTails, TwoSidedRule};

/// Normal approximation to the Jonckheere-Terpstra test.
pub const JONCKHEERE_TERPSTRA_ASYMPTOTIC: Method = Method {
    id: "jonckheere_terpstra.asymptotic",
    name: "Jonckheere-Terpstra test, normal approximation",
    convention: "tie-corrected variance, no continuity correction",
};
/// The same with a continuity correction.
pub const JONCKHEERE_TERPSTRA_ASYMPTOTIC_CORRECTED: Method = Method {
    id: "jonckheere_terpstra.asymptotic",
    name: "Jonckheere-Terpstra test, normal approximation",
    convention: "tie-corrected variance, continuity correction",
};
/// Exact conditional Jonckheere-Terpstra test.
pub const JONCKHEERE_TERPSTRA_EXACT: Method = Method {
    id: "jonckheere_terpstra.exact",
    name: "Exact Jonckheere-Terpstra test",
    convention: "permutation distribution given the ties; two-sided by distance from the mean",
};

/// The Jonckheere-Terpstra test with its moments.
#[derive(Debug, Clone, PartialEq)]
pub struct JonckheereTerpstra {
    /// Pairs in which the later group has the larger value, ties counting half.
    pub j: f64,
    /// Mean of J under the null hypothesis.
    pub mean: f64,
    /// Variance of J given the ties.
    pub variance: f64,
    /// The test; its statistic is z.
    pub test: Test,
}

/// [`jonckheere_terpstra`] is exact up to this number of observations.
pub const EXACT_UP_TO: u64 = 30;

/// The Jonckheere-Terpstra test: exact for at most [`EXACT_UP_TO`] observations, else (or where ties leave too many
/// tables) the normal approximation without continuity correction.
pub fn jonckheere_terpstra(table: &CountTable, which: Which) -> Computed<Test> {
    if table.total() <= EXACT_UP_TO {
        match exact(table, which, TwoSidedRule::Distance) {
            Err(NotComputed::TooLarge { .. }) => {}
            other => return other.map(|found| found.test),
        }
    }
    asymptotic(table, which, Continuity::None).map(|found| found.test)
}

/// The normal approximation; rows are groups in their stated order, columns ascending levels.
///
/// `Which::Greater` asks for values that rise with the groups. Empty groups are left out; undefined with fewer than two
/// or where all values are tied. Source: Terpstra 1952; Jonckheere 1954; variance of Hollander, Wolfe & Chicken 2014,
/// equation 6.19.
pub fn asymptotic(table: &CountTable, which: Which, continuity: Continuity) -> Computed<JonckheereTerpstra> {
    let ordered = Ordered::new(table)?;
    let variance = ordered.variance();
    let distance = ordered.balance as f64 / 2.0;
    let method = match continuity {
        Continuity::None => JONCKHEERE_TERPSTRA_ASYMPTOTIC,
        Continuity::Half => JONCKHEERE_TERPSTRA_ASYMPTOTIC_CORRECTED,
    };
    let test = normal_test(distance, variance, continuity, which, method, ordered.cautions());
    Ok(JonckheereTerpstra { j: ordered.j(), mean: ordered.pairs as f64 / 2.0, variance, test })
}

/// The exact test given group sizes and ties; its statistic is J.
///
/// `TooLarge` beyond the limits of the network over tables.
pub fn exact(table: &CountTable, which: Which, rule: TwoSidedRule) -> Computed<ExactRankTest> {
    let ordered = Ordered::new(table)?;
    let (mut rows, mut columns) = (ordered.table.row_totals(), ordered.table.column_totals());
    // Concordant less discordant pairs do not change when groups and levels change places: the fewer nodes win.
    let nodes = |margins: &[u64]| margins.iter().map(|&m| libm::log1p(m as f64)).sum::<f64>();
    if nodes(&rows) > nodes(&columns) {
        std::mem::swap(&mut rows, &mut columns);
    }
    let network = Network::new(&rows, &columns, Balance { rows: rows.clone() })?;
    let observed = ordered.balance;
    // The balance has mean zero.
    let far = observed.abs();
    let [at_least, at_most, exactly, far_above, far_below] = network.probabilities(&[
        observed..=i128::MAX,
        i128::MIN..=observed,
        observed..=observed,
        far..=i128::MAX,
        i128::MIN..=-far,
    ])?;
    // At the mean both tails hold the observed outcome.
    let at_least_as_far = if far == 0 { 1.0 } else { (far_above + far_below).min(1.0) };
    let tails = ExactTails { at_least, at_most, exactly, at_least_as_far };
    let test = Test {
        statistic: Some(ordered.j()),
        df: Vec::new(),
        p: tails.p(which, rule),
        which,
        method: JONCKHEERE_TERPSTRA_EXACT,
        cautions: ordered.cautions(),
    };
    Ok(ExactRankTest { test, tails })
}

/// A table without empty groups and levels, and its pairs.
struct Ordered {
    table: CountTable,
    /// Pairs of observations of different groups.
    pairs: u128,
    /// Pairs ordered as the groups less pairs ordered the other way.
    balance: i128,
    dropped: u64,
}

impl Ordered {
    fn new(table: &CountTable) -> Computed<Self> {
        if table.total() > LARGEST_TOTAL {
            return Err(NotComputed::TooLarge { limit: "rank tests of at most 2^40 observations" });
        }
        let (table, emptied) = table.without_empty()?;
        if table.row_count() < 2 {
            return Err(NotComputed::Undefined("fewer than two non-empty groups"));
        }
        if table.column_count() < 2 {
            return Err(NotComputed::NoVariation);
        }
        let mut balance = 0_i128;
        let mut pairs = 0_u128;
        let mut earlier = vec![0_u64; table.column_count()];
        for row in table.rows() {
            let (mut below, mut above) = (0_u64, earlier.iter().sum::<u64>());
            pairs += u128::from(above) * u128::from(row.iter().sum::<u64>());
            for (&count, before) in row.iter().zip(&mut earlier) {
                above -= *before;
                balance += i128::from(count) * (i128::from(below) - i128::from(above));
                below += *before;
                *before += count;
            }
        }
        Ok(Self { table, pairs, balance, dropped: emptied.rows })
    }

    fn j(&self) -> f64 {
        // J = (pairs + balance) / 2, which is not negative.
        (i128::try_from(self.pairs).unwrap_or(i128::MAX) + self.balance) as f64 / 2.0
    }

    /// Hollander, Wolfe & Chicken's equation 6.19.
    fn variance(&self) -> f64 {
        let n = self.table.total() as f64;
        let rows: Vec<f64> = self.table.row_totals().into_iter().map(|size| size as f64).collect();
        let ties: Vec<f64> = self.table.column_totals().into_iter().map(|size| size as f64).collect();
        let over = |sizes: &[f64], term: fn(f64) -> f64| sizes.iter().map(|&size| term(size)).sum::<f64>();
        let both = |term: fn(f64) -> f64| over(&rows, term) * over(&ties, term);
        let cubic = |x: f64| x * (x - 1.0) * (2.0 * x + 5.0);
        let triples = |x: f64| x * (x - 1.0) * (x - 2.0);
        let pairs = |x: f64| x * (x - 1.0);
        let first = (cubic(n) - over(&rows, cubic) - over(&ties, cubic)) / 72.0;
        let second = if n > 2.0 { both(triples) / (36.0 * triples(n)) } else { 0.0 };
        first + second + both(pairs) / (8.0 * pairs(n))
    }

    fn cautions(&self) -> Vec<Caution> {
        let tied = self.table.column_totals().into_iter().filter(|&count| count > 1).count();
        let mut cautions = ties(tied as u64);
        if self.dropped > 0 {
            cautions.push(Caution::Dropped { count: self.dropped, what: "empty groups" });
        }
        cautions
    }
}

/// Concordant less discordant pairs between a column and those dealt before it.
struct Balance {
    rows: Vec<u64>,
}

impl Cost for Balance {
    const ROWS_EXCHANGEABLE: bool = false;

    fn of(&self, _: usize, left: &[u32], dealt: &[u32]) -> i128 {
        let before = |(&total, &left): (&u64, &u32)| i128::from(total) - i128::from(left);
        let mut above: i128 = self.rows.iter().zip(left).map(before).sum();
        let mut below = 0;
        let mut balance = 0;
        for (earlier, &count) in self.rows.iter().zip(left).map(before).zip(dealt) {
            above -= earlier;
            balance += i128::from(count) * (below - above);
            below += earlier;
        }
        balance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::rank_tests::tabulate;

    /// Ranks 1..9 in blocks: J = 27 is the largest of 1680 arrangements; variance 20.25.
    #[test]
    fn separated_groups() {
        let table = tabulate(&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]).unwrap().table;
        let found = asymptotic(&table, Which::TwoSided, Continuity::None).unwrap();
        assert_eq!((found.j, found.mean), (27.0, 13.5));
        assert!((found.variance - 20.25).abs() < 1e-13);
        let found = exact(&table, Which::Greater, TwoSidedRule::Distance).unwrap();
        assert!((found.test.p - 1.0 / 1680.0).abs() < 1e-17);
        assert!((found.tails.at_least_as_far - 2.0 / 1680.0).abs() < 1e-17);
        assert!((found.tails.at_most - 1.0).abs() < 1e-15);
    }

    #[test]
    fn the_choice_of_the_exact_test_looks_at_the_size_alone() {
        let small = CountTable::from_rows(&[[5, 5, 5], [4, 5, 6]]).unwrap();
        assert_eq!(jonckheere_terpstra(&small, Which::TwoSided).unwrap().method, JONCKHEERE_TERPSTRA_EXACT);
        let large = CountTable::from_rows(&[[5, 5, 5], [4, 6, 6]]).unwrap();
        assert_eq!(
            jonckheere_terpstra(&large, Which::TwoSided).unwrap().method,
            JONCKHEERE_TERPSTRA_ASYMPTOTIC
        );
    }

    #[test]
    fn nothing_to_order() {
        let one = CountTable::from_rows(&[[1, 2], [0, 0]]).unwrap();
        assert!(asymptotic(&one, Which::TwoSided, Continuity::None).is_err());
        let tied = CountTable::from_rows(&[[3, 0], [2, 0]]).unwrap();
        assert_eq!(
            exact(&tied, Which::TwoSided, TwoSidedRule::Distance).unwrap_err(),
            NotComputed::NoVariation
        );
        let two = CountTable::from_rows(&[[1, 0], [0, 1]]).unwrap();
        let found = asymptotic(&two, Which::TwoSided, Continuity::None).unwrap();
        assert!((found.variance - 0.25).abs() < 1e-15);
    }
}
