//! How alike the members of pairs are, against chance: every way of pairing the same people again.

use crate::stats::count_table::CountTable;
use crate::stats::fixed_margins::{Cost, Network};
use crate::stats::random::Pcg64;
use crate::stats::random_tables::{Draws, Sampler};
use crate::stats::{Caution, Computed, Method, NotComputed, Test, Which};

pub(super) const EXACT: Method = Method {
    id: "concordance.exact",
    name: "Exact test of concordance",
    convention: "all pairings of the same people, each kept in as many pairs; two-sided by distance from the expected number",
};
pub(super) const MONTE_CARLO: Method = Method {
    id: "concordance.monte_carlo",
    name: "Monte Carlo test of concordance",
    convention: "random pairings of the same people; (b + 1)/(B + 1); two-sided by distance from the expected number",
};

/// Pairs whose members have the same attribute, against pairs made at random of the same people.
#[derive(Debug, Clone, PartialEq)]
pub struct Concordance {
    /// Pairs whose members are alike.
    pub alike: u64,
    /// All pairs.
    pub n: u64,
    /// The share of pairs alike that random pairing gives on average.
    pub expected: f64,
    /// The test; its statistic is the number of pairs alike.
    pub test: Test,
}

/// The test of concordance on a square table that counts pairs by the category of their first and second member.
///
/// Exact as long as the network of tables is affordable, else by `draws`. Given the margins, pairing at random gives the
/// table the multiple hypergeometric distribution, so that no pairing is listed one by one.
///
/// # Errors
/// `Invalid` for a table that is not square, `EmptyBase` without a pair, `NoVariation` where random pairing always gives
/// the same number, `TooLarge` beyond the limits of the draws.
///
/// # Examples
///
/// ```
/// use canvass::stats::agreement::concordance;
/// use canvass::stats::count_table::CountTable;
/// use canvass::stats::random_tables::Draws;
///
/// // Four pairs, two of each kind on both sides, all alike: 4 of 24 pairings keep them so, and 4 make none alike.
/// let table = CountTable::from_rows(&[[2, 0], [0, 2]])?;
/// let found = concordance(&table, Draws { replicates: 999, seed: 1 })?;
/// assert_eq!((found.alike, found.expected), (4, 0.5));
/// assert!((found.test.p - 8.0 / 24.0).abs() < 1e-15);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn concordance(table: &CountTable, draws: Draws) -> Computed<Concordance> {
    if table.row_count() != table.column_count() {
        return Err(NotComputed::invalid("a table of pairs has the same categories in rows and columns"));
    }
    let n = table.total();
    if n == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let alike = table.rows().enumerate().filter_map(|(at, row)| row.get(at)).sum();
    let margins = (table.row_totals(), table.column_totals());
    let same: i128 = margins.0.iter().zip(&margins.1).map(|(&a, &b)| i128::from(a) * i128::from(b)).sum();
    let expected = same as f64 / n as f64 / n as f64;
    let null = Null { n: i128::from(n), same };
    let test = match exact(&margins.0, &margins.1, &null, alike) {
        Err(NotComputed::TooLarge { .. }) => monte_carlo(table, &null, alike, draws),
        other => other,
    }?;
    Ok(Concordance { alike, n, expected, test })
}

/// What random pairing gives, in integers: the mean number of pairs alike is `same / n`.
struct Null {
    n: i128,
    same: i128,
}

impl Null {
    fn distance(&self, alike: u64) -> i128 {
        (self.n * i128::from(alike) - self.same).abs()
    }

    /// The numbers of pairs alike at most and at least which are as far from the mean; none for no distance.
    fn beyond(&self, distance: i128) -> (i128, i128) {
        ((self.same - distance).div_euclid(self.n), -(-self.same - distance).div_euclid(self.n))
    }
}

/// The cost of a table: its diagonal.
struct Diagonal;

impl Cost for Diagonal {
    const ROWS_EXCHANGEABLE: bool = false;

    fn of(&self, column: usize, _: &[u32], dealt: &[u32]) -> i128 {
        dealt.get(column).copied().map_or(0, i128::from)
    }
}

fn exact(rows: &[u64], columns: &[u64], null: &Null, alike: u64) -> Computed<Test> {
    let network = Network::new(rows, columns, Diagonal)?;
    let reach = network.reach();
    if reach.start() == reach.end() {
        return Err(NotComputed::NoVariation);
    }
    let p = |distance: i128| -> Computed<f64> {
        if distance == 0 {
            return Ok(1.0);
        }
        let (low, high) = null.beyond(distance);
        let [below, above] = network.probabilities(&[i128::MIN..=low, high..=i128::MAX])?;
        Ok((below + above).min(1.0))
    };
    // The furthest from the mean is one of the two ends.
    let furthest = [*reach.start(), *reach.end()].map(|end| (null.n * end - null.same).abs());
    let smallest = p(furthest[0].max(furthest[1]))?;
    Ok(Test {
        statistic: Some(alike as f64),
        df: Vec::new(),
        p: p(null.distance(alike))?,
        which: Which::TwoSided,
        method: EXACT,
        cautions: vec![Caution::SmallestAttainableP { p: smallest }],
    })
}

fn monte_carlo(table: &CountTable, null: &Null, alike: u64, draws: Draws) -> Computed<Test> {
    let sampler = Sampler::new(table, draws)?;
    let mut generator = Pcg64::new(draws.seed);
    let mut cells = vec![0; table.cells().len()];
    let observed = null.distance(alike);
    let mut hits = 0;
    for _ in 0..draws.replicates {
        sampler.draw(&mut generator, &mut cells);
        let drawn = cells.iter().step_by(table.column_count() + 1).sum();
        hits += u64::from(null.distance(drawn) >= observed);
    }
    let p = draws.p_value(hits);
    Ok(Test {
        statistic: Some(alike as f64),
        df: Vec::new(),
        p,
        which: Which::TwoSided,
        method: MONTE_CARLO,
        cautions: vec![draws.caution(p)],
    })
}

#[cfg(test)]
mod tests {
    use super::{Null, concordance, exact, monte_carlo};
    use crate::stats::NotComputed;
    use crate::stats::count_table::CountTable;
    use crate::stats::random_tables::Draws;

    const DRAWS: Draws = Draws { replicates: 20_000, seed: 7 };

    /// Every pairing, listed one by one.
    fn listed(first: &[usize], second: &mut [usize], at: usize, counts: &mut Vec<u64>) {
        if at == second.len() {
            let alike = first.iter().zip(second.iter()).filter(|(a, b)| a == b).count();
            counts[alike] += 1;
            return;
        }
        for other in at..second.len() {
            second.swap(at, other);
            listed(first, second, at + 1, counts);
            second.swap(at, other);
        }
    }

    #[test]
    fn the_test_is_that_of_all_pairings_listed_one_by_one() {
        for (first, second) in [
            (vec![0, 0, 1, 1, 2, 2, 2], vec![0, 1, 1, 1, 2, 2, 0]),
            (vec![0, 0, 0, 1, 2, 3, 3], vec![0, 1, 1, 1, 3, 3, 3]),
            (vec![0, 0, 0, 0, 1, 1], vec![0, 0, 0, 0, 0, 1]),
        ] {
            let mut cells = vec![0; 16];
            first.iter().zip(&second).for_each(|(a, b): (&usize, &usize)| cells[a * 4 + b] += 1);
            let found = concordance(&CountTable::new(4, cells).unwrap(), DRAWS).unwrap();
            let mut counts = vec![0_u64; first.len() + 1];
            listed(&first, &mut second.clone(), 0, &mut counts);
            let all: u64 = counts.iter().sum();
            let mean = counts.iter().enumerate().map(|(d, n)| d as f64 * *n as f64).sum::<f64>() / all as f64;
            assert!((found.expected * first.len() as f64 - mean).abs() < 1e-12);
            let p = |observed: usize| {
                let far = |d: usize| (d as f64 - mean).abs() >= (observed as f64 - mean).abs() - 1e-9;
                counts.iter().enumerate().filter(|(d, _)| far(*d)).map(|(_, n)| *n).sum::<u64>() as f64
                    / all as f64
            };
            let alike = usize::try_from(found.alike).unwrap();
            assert!((found.test.p - p(alike)).abs() < 1e-12, "{first:?}");
            let smallest = (0..counts.len()).filter(|d| counts[*d] > 0).map(p).fold(1.0, f64::min);
            let said = crate::stats::Caution::SmallestAttainableP { p: smallest };
            let crate::stats::Caution::SmallestAttainableP { p } = found.test.cautions[0] else {
                panic!("{said}")
            };
            assert!((p - smallest).abs() < 1e-12);
        }
    }

    /// R 4.2.2: with a fixed margins table of two categories the diagonal is 2 x + const, x hypergeometric:
    /// `d <- dhyper(0:9, 10, 12, 9); x <- 0:9; D <- 2*x + 22 - 10 - 9; m <- sum(d*D); sum(d[abs(D-m) >= abs(19-m)-1e-9])`.
    #[test]
    fn two_categories_are_hypergeometric() {
        let table = CountTable::from_rows(&[[8, 2], [1, 11]]).unwrap();
        let found = concordance(&table, DRAWS).unwrap();
        assert_eq!(found.alike, 19);
        assert!((found.test.p - R_TWO_CATEGORIES).abs() < 1e-12, "{}", found.test.p);
    }

    const R_TWO_CATEGORIES: f64 = 0.001_547_987_616_099_072_8;

    #[test]
    fn random_pairings_agree_with_all_of_them() {
        let table = CountTable::from_rows(&[[5, 2, 1], [1, 6, 0], [2, 1, 4]]).unwrap();
        let margins = (table.row_totals(), table.column_totals());
        let same: i128 = margins.0.iter().zip(&margins.1).map(|(&a, &b)| i128::from(a * b)).sum();
        let null = Null { n: 22, same };
        let all = exact(&margins.0, &margins.1, &null, 15).unwrap().p;
        let drawn = monte_carlo(&table, &null, 15, DRAWS).unwrap().p;
        let error = (all * (1.0 - all) / DRAWS.replicates as f64).sqrt();
        assert!((all - drawn).abs() < 4.0 * error + 1e-4, "{all} {drawn}");
    }

    #[test]
    fn where_nobody_differs_there_is_no_test() {
        let none = |rows: &[[u64; 2]]| concordance(&CountTable::from_rows(rows).unwrap(), DRAWS).unwrap_err();
        assert_eq!(none(&[[4, 0], [0, 0]]), NotComputed::NoVariation);
        assert_eq!(none(&[[0, 4], [0, 0]]), NotComputed::NoVariation);
        assert!(concordance(&CountTable::from_rows(&[[1, 2]]).unwrap(), DRAWS).is_err());
    }
}
