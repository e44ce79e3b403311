//! Exact distributions over all tables with the observed margins.
//!
//! A network in the manner of Mehta & Patel (1983): columns are dealt one after another, a node is what is left in
//! the rows, and a path is a table. A backward pass finds the smallest and largest cost still to come from each node;
//! the forward pass carries the costs met so far with their probabilities, merges equal ones, and settles a bundle of
//! paths as soon as every or no completion falls in the range asked for. Costs are integers, so ties are exact.

use std::ops::RangeInclusive;

use super::record::{Computed, NotComputed};

/// The largest total of a table: its binomial coefficients are finite as `f64`.
pub(super) const LARGEST_TOTAL: u64 = 1_000;
/// The most ways of dealing a column, summed over nodes.
const MOST_EDGES: u64 = 3_000_000;
/// The most costs carried along edges.
const MOST_STEPS: u64 = 100_000_000;
/// The most distinct costs held at one stage.
const MOST_COSTS: usize = 2_000_000;
/// The limit in words, for [`NotComputed::TooLarge`].
pub(super) const LIMIT: &str =
    "tables of at most 1000 observations, 3 million network edges and 100 million carried costs";

const TOO_LARGE: NotComputed = NotComputed::TooLarge { limit: LIMIT };

/// What a column adds to the statistic of a table, as an integer.
pub(super) trait Cost {
    /// Whether the cost depends on rows only through the multiset of (left, dealt), so that nodes may be sorted.
    const ROWS_EXCHANGEABLE: bool;

    /// The cost of dealing `dealt[i]` of the `left[i]` observations of each row to column number `column`.
    fn of(&self, column: usize, left: &[u32], dealt: &[u32]) -> i128;
}

/// The network of all tables with given margins.
pub(super) struct Network<C> {
    radix: Vec<u128>,
    columns: Vec<u32>,
    binomials: Binomials,
    cost: C,
    /// One per column, and a last one with nothing left.
    stages: Vec<Vec<Node>>,
}

/// What is left in the rows, packed, and the bounds on the cost and the number of tables still to come.
#[derive(Debug, Clone, Copy)]
struct Node {
    left: u128,
    smallest: i128,
    largest: i128,
    tables: u128,
}

impl<C: Cost> Network<C> {
    /// Builds the network; margins have equal positive totals.
    pub(super) fn new(rows: &[u64], columns: &[u64], cost: C) -> Computed<Self> {
        let total = rows.iter().try_fold(0_u64, |sum, &row| sum.checked_add(row)).ok_or(TOO_LARGE)?;
        if total > LARGEST_TOTAL || columns.iter().any(|&column| column > LARGEST_TOTAL) {
            return Err(TOO_LARGE);
        }
        if total == 0 || columns.iter().sum::<u64>() != total {
            return Err(NotComputed::invalid("margins have equal positive totals"));
        }
        let mut rows = narrowed(rows);
        if C::ROWS_EXCHANGEABLE {
            rows.sort_unstable();
        }
        let widest = rows.iter().copied().max().unwrap_or(0);
        let base = |row: u32| u128::from(if C::ROWS_EXCHANGEABLE { widest } else { row }) + 1;
        let radix: Vec<u128> = rows.iter().map(|&row| base(row)).collect();
        if radix.iter().try_fold(1_u128, |product, &base| product.checked_mul(base)).is_none() {
            return Err(TOO_LARGE);
        }
        let binomials = Binomials::new(usize::try_from(total).unwrap_or(0));
        let mut network = Self { radix, columns: narrowed(columns), binomials, cost, stages: Vec::new() };
        network.find_nodes(&rows)?;
        network.find_bounds()?;
        Ok(network)
    }

    /// The number of tables with these margins.
    pub(super) fn table_count(&self) -> u128 {
        self.stages.first().and_then(|stage| stage.first()).map_or(0, |root| root.tables)
    }

    /// The smallest and the largest cost of a table with these margins.
    pub(super) fn reach(&self) -> RangeInclusive<i128> {
        self.stages.first().and_then(|stage| stage.first()).map_or(0..=0, |root| root.smallest..=root.largest)
    }

    /// The probability that the cost of a random table lies in the range.
    pub(super) fn probability(&self, range: RangeInclusive<i128>) -> Computed<f64> {
        self.probabilities(&[range]).map(|[p]| p)
    }

    /// The probabilities that the cost of a random table lies in each of the ranges, in one pass.
    pub(super) fn probabilities<const K: usize>(
        &self,
        ranges: &[RangeInclusive<i128>; K],
    ) -> Computed<[f64; K]> {
        let mut settled = [Sum::default(); K];
        let mut steps = 0_u64;
        let mut costs = vec![Bundle { merged: 1, items: vec![(0, 1.0)] }];
        for (column, nodes) in self.stages.iter().enumerate().take(self.columns.len()) {
            let children = self.stages.get(column + 1).map_or(&[][..], Vec::as_slice);
            let mut next = vec![Bundle::default(); children.len()];
            let ways = self.binomials.choose(self.remaining(column), self.columns[column]);
            for (node, bundle) in nodes.iter().zip(&costs) {
                if bundle.items.is_empty() {
                    continue;
                }
                self.each_edge(column, node, |left, dealt, child| {
                    steps += bundle.items.len() as u64;
                    if steps > MOST_STEPS {
                        return Err(TOO_LARGE);
                    }
                    let share = self.binomials.product(left, dealt) / ways;
                    let added = self.cost.of(column, left, dealt);
                    let (Some(ahead), Some(target)) = (children.get(child), next.get_mut(child)) else {
                        return Ok(());
                    };
                    for &(past, probability) in &bundle.items {
                        let reach = past + added + ahead.smallest..=past + added + ahead.largest;
                        if ranges.iter().all(|range| holds_all_or_none(range, &reach)) {
                            for (sum, range) in settled.iter_mut().zip(ranges) {
                                if range.contains(reach.start()) {
                                    sum.add(probability * share);
                                }
                            }
                        } else {
                            target.items.push((past + added, probability * share));
                        }
                    }
                    target.merge_when_grown();
                    Ok(())
                })?;
            }
            next.iter_mut().for_each(Bundle::merge);
            if next.iter().map(|bundle| bundle.items.len()).sum::<usize>() > MOST_COSTS {
                return Err(TOO_LARGE);
            }
            costs = next;
        }
        Ok(settled.map(|sum| sum.value().min(1.0)))
    }

    /// Observations left before column number `column` is dealt.
    fn remaining(&self, column: usize) -> u32 {
        self.columns.iter().skip(column).sum()
    }

    fn find_nodes(&mut self, rows: &[u32]) -> Computed<()> {
        let node = |left| Node { left, smallest: 0, largest: 0, tables: 1 };
        self.stages.push(vec![node(self.pack(rows))]);
        let mut edges = 0_u64;
        for column in 0..self.columns.len() {
            let mut found = Vec::new();
            for from in self.stages.last().map_or(&[][..], Vec::as_slice) {
                let left = self.unpack(from.left);
                each_deal(&left, self.columns[column], &mut |dealt| {
                    edges += 1;
                    if edges > MOST_EDGES {
                        return Err(TOO_LARGE);
                    }
                    found.push(self.pack(&after(&left, dealt, C::ROWS_EXCHANGEABLE)));
                    Ok(())
                })?;
            }
            found.sort_unstable();
            found.dedup();
            self.stages.push(found.into_iter().map(node).collect());
        }
        Ok(())
    }

    fn find_bounds(&mut self) -> Computed<()> {
        for column in (0..self.columns.len()).rev() {
            let nodes = self.stages[column].clone();
            let children = std::mem::take(&mut self.stages[column + 1]);
            self.stages[column + 1].clone_from(&children);
            let mut bounded = Vec::with_capacity(nodes.len());
            for mut node in nodes {
                (node.smallest, node.largest, node.tables) = (i128::MAX, i128::MIN, 0);
                self.each_edge(column, &node.clone(), |left, dealt, child| {
                    if let Some(ahead) = children.get(child) {
                        let added = self.cost.of(column, left, dealt);
                        node.smallest = node.smallest.min(added + ahead.smallest);
                        node.largest = node.largest.max(added + ahead.largest);
                        node.tables = node.tables.saturating_add(ahead.tables);
                    }
                    Ok(())
                })?;
                bounded.push(node);
            }
            self.stages[column] = bounded;
        }
        Ok(())
    }

    /// Visits every way of dealing a column at `node` with (left, dealt, index of the node reached).
    fn each_edge(
        &self,
        column: usize,
        node: &Node,
        mut visit: impl FnMut(&[u32], &[u32], usize) -> Computed<()>,
    ) -> Computed<()> {
        let left = self.unpack(node.left);
        let children = &self.stages[column + 1];
        each_deal(&left, self.columns[column], &mut |dealt| {
            let reached = self.pack(&after(&left, dealt, C::ROWS_EXCHANGEABLE));
            let child = children.partition_point(|child| child.left < reached);
            visit(&left, dealt, child)
        })
    }

    fn pack(&self, left: &[u32]) -> u128 {
        left.iter().zip(&self.radix).fold(0, |packed, (&left, &base)| packed * base + u128::from(left))
    }

    fn unpack(&self, mut packed: u128) -> Vec<u32> {
        let mut left: Vec<u32> = self
            .radix
            .iter()
            .rev()
            .map(|&base| {
                let digit = u32::try_from(packed % base).unwrap_or(0);
                packed /= base;
                digit
            })
            .collect();
        left.reverse();
        left
    }
}

/// Costs met so far with their probabilities; merged up to `merged` items.
#[derive(Debug, Clone, Default)]
struct Bundle {
    merged: usize,
    items: Vec<(i128, f64)>,
}

impl Bundle {
    /// Merges when the list has doubled, so that memory stays near the number of distinct costs.
    fn merge_when_grown(&mut self) {
        if self.items.len() > 2 * self.merged + 4096 {
            self.merge();
        }
    }

    /// Adds up the probabilities of equal costs, in the order of their arrival.
    fn merge(&mut self) {
        self.items.sort_by_key(|&(cost, _)| cost);
        self.items.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 += later.1;
            }
            same
        });
        self.merged = self.items.len();
    }
}

/// A sum whose rounding error does not grow with the number of terms (Neumaier 1974), for non-negative terms.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    /// Adds a term.
    pub(super) fn add(&mut self, term: f64) {
        let next = self.sum + term;
        self.lost += if self.sum >= term { (self.sum - next) + term } else { (term - next) + self.sum };
        self.sum = next;
    }

    /// The sum so far.
    pub(super) fn value(self) -> f64 {
        self.sum + self.lost
    }
}

/// Pascal's triangle as `f64`.
struct Binomials {
    rows: Vec<Vec<f64>>,
}

impl Binomials {
    fn new(largest: usize) -> Self {
        let mut rows: Vec<Vec<f64>> = vec![vec![1.0]];
        for n in 1..=largest {
            let next = rows.last().map_or_else(Vec::new, |above| {
                let inner = above.iter().zip(above.iter().skip(1)).map(|(left, right)| left + right);
                std::iter::once(1.0).chain(inner).chain(std::iter::once(1.0)).collect()
            });
            debug_assert_eq!(next.len(), n + 1);
            rows.push(next);
        }
        Self { rows }
    }

    fn choose(&self, n: u32, k: u32) -> f64 {
        self.rows.get(n as usize).and_then(|row| row.get(k as usize)).copied().unwrap_or(0.0)
    }

    fn product(&self, left: &[u32], dealt: &[u32]) -> f64 {
        left.iter().zip(dealt).map(|(&n, &k)| self.choose(n, k)).product()
    }
}

/// Keys of the factorials 0!..=n!: sums of fixed-point logarithms of primes.
///
/// Two products of factorials have equal keys if they are equal integers, because a key depends on the prime exponents
/// alone; one unit is 2^-50 in the logarithm.
pub(super) fn factorial_keys(n: u64) -> Vec<i128> {
    let n = usize::try_from(n).unwrap_or(0);
    let mut keys = vec![0_i128; n + 1];
    for number in 2..=n {
        // The smallest prime factor, by trial division: n is at most a thousand.
        let prime = (2..=number).find(|p| number % p == 0 || p * p > number).unwrap_or(number);
        keys[number] = if number % prime == 0 && prime < number {
            keys[prime] + keys[number / prime]
        } else {
            to_key(libm::log(number as f64))
        };
    }
    let mut sum = 0;
    for key in &mut keys {
        sum += *key;
        *key = sum;
    }
    keys
}

/// A difference of logarithms in units of [`factorial_keys`].
pub(super) fn to_key(log: f64) -> i128 {
    const UNITS: f64 = (1_u64 << 50) as f64;
    #[expect(clippy::cast_possible_truncation, reason = "logarithms of counts are far below 2^70")]
    let key = libm::round(log * UNITS) as i128;
    key
}

/// The least common multiple, unless it overflows.
pub(super) fn least_common_multiple(numbers: &[u64]) -> Option<i128> {
    numbers.iter().try_fold(1_i128, |multiple, &number| {
        let number = i128::from(number);
        let (mut a, mut b) = (multiple, number);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        (a != 0).then(|| (multiple / a).checked_mul(number)).flatten()
    })
}

/// Whether the range holds every cost of `reach` or none of them.
fn holds_all_or_none(range: &RangeInclusive<i128>, reach: &RangeInclusive<i128>) -> bool {
    let (low, high) = (reach.start(), reach.end());
    (range.contains(low) && range.contains(high)) || high < range.start() || low > range.end()
}

/// What is left after dealing.
fn after(left: &[u32], dealt: &[u32], sorted: bool) -> Vec<u32> {
    let mut rest: Vec<u32> = left.iter().zip(dealt).map(|(left, dealt)| left - dealt).collect();
    if sorted {
        rest.sort_unstable();
    }
    rest
}

/// Visits every way of taking `take` observations out of `left`.
fn each_deal(left: &[u32], take: u32, visit: &mut impl FnMut(&[u32]) -> Computed<()>) -> Computed<()> {
    let mut behind: Vec<u32> = Vec::with_capacity(left.len());
    let mut sum = 0;
    for &row in left.iter().rev() {
        behind.push(sum);
        sum += row;
    }
    behind.reverse();
    if sum < take {
        return Ok(());
    }
    deal_rows(left, &behind, take, &mut Vec::with_capacity(left.len()), visit)
}

/// Deals the rows from number `dealt.len()` on; `behind[i]` is the sum of the rows after `i`.
fn deal_rows(
    left: &[u32],
    behind: &[u32],
    take: u32,
    dealt: &mut Vec<u32>,
    visit: &mut impl FnMut(&[u32]) -> Computed<()>,
) -> Computed<()> {
    let row = dealt.len();
    let (Some(&here), Some(&later)) = (left.get(row), behind.get(row)) else {
        return visit(dealt);
    };
    for taken in take.saturating_sub(later)..=here.min(take) {
        dealt.push(taken);
        deal_rows(left, behind, take - taken, dealt, visit)?;
        dealt.pop();
    }
    Ok(())
}

fn narrowed(margins: &[u64]) -> Vec<u32> {
    margins.iter().map(|&margin| u32::try_from(margin).unwrap_or(u32::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cost of a table is its upper left cell.
    struct FirstCell;

    impl Cost for FirstCell {
        const ROWS_EXCHANGEABLE: bool = false;

        fn of(&self, column: usize, _: &[u32], dealt: &[u32]) -> i128 {
            if column == 0 { i128::from(dealt[0]) } else { 0 }
        }
    }

    /// Margins 4, 4 by 4, 4: the hypergeometric weights are 1, 16, 36, 16, 1 of 70.
    #[test]
    fn two_by_two_is_hypergeometric() {
        let network = Network::new(&[4, 4], &[4, 4], FirstCell).unwrap();
        assert_eq!(network.table_count(), 5);
        for (cell, weight) in (0_i128..).zip([1.0, 16.0, 36.0, 16.0, 1.0]) {
            let p = network.probability(cell..=cell).unwrap();
            assert!((p - weight / 70.0).abs() < 1e-15);
        }
        assert!((network.probability(i128::MIN..=i128::MAX).unwrap() - 1.0).abs() < 1e-15);
        assert!(network.probability(9..=12).unwrap().abs() < 1e-300);
    }

    #[test]
    fn limits_are_errors() {
        let large = Network::new(&[1000, 1], &[1000, 1], FirstCell);
        assert_eq!(large.err(), Some(TOO_LARGE));
        assert!(Network::new(&[3, 4], &[4, 4], FirstCell).is_err());
        assert!(Network::new(&[0, 0], &[0, 0], FirstCell).is_err());
        assert_eq!(Network::new(&[40; 20], &[100; 8], FirstCell).err(), Some(TOO_LARGE));
    }

    /// 6! 7! = 10! is an equality of products that no single factorial shares.
    #[test]
    fn equal_products_of_factorials_have_equal_keys() {
        let keys = factorial_keys(12);
        assert_eq!(keys[6] + keys[7], keys[10]);
        assert_eq!(keys[0], keys[1]);
        assert!((keys[12] as f64 / (1_u64 << 50) as f64 - libm::lgamma(13.0)).abs() < 1e-12);
    }

    #[test]
    fn least_common_multiples_overflow_to_none() {
        assert_eq!(least_common_multiple(&[4, 6, 10]), Some(60));
        assert_eq!(least_common_multiple(&[4, 0]), Some(0));
        assert_eq!(
            least_common_multiple(&[999_999_937, 999_999_929, 999_999_893, 999_999_883, 999_999_797]),
            None
        );
    }

    #[test]
    fn sums_keep_small_terms() {
        let mut sum = Sum::default();
        sum.add(1.0);
        for _ in 0..1_000 {
            sum.add(1e-17);
        }
        assert!((sum.value() - (1.0 + 1e-14)).abs() < 2.3e-16);
    }
}
