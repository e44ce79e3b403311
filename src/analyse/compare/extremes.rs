//! The most extreme answers that sides of these sizes could have given, with the same answers over all.

use crate::stats::count_table::CountTable;

/// The most sides for which every order of them is tried.
const MOST_SIDES: usize = 5;

/// The sides in order with every answer at or below those of the next side, and the other way round.
pub(super) fn ends(table: &CountTable) -> Vec<CountTable> {
    let sizes = table.row_totals();
    let up: Vec<usize> = (0..sizes.len()).collect();
    let down: Vec<usize> = up.iter().rev().copied().collect();
    [up, down].iter().filter_map(|order| block(table, &sizes, order)).collect()
}

/// For every order of the sides the table in which each has the lowest answers that those before it left.
///
/// Rank sums are largest and smallest in these, so a test of ranks has its smallest p-value in one of them.
pub(super) fn blocks(table: &CountTable) -> Vec<CountTable> {
    let sizes = table.row_totals();
    if sizes.len() > MOST_SIDES {
        return Vec::new();
    }
    orders(sizes.len()).iter().filter_map(|order| block(table, &sizes, order)).collect()
}

fn block(table: &CountTable, sizes: &[u64], order: &[usize]) -> Option<CountTable> {
    let mut left = table.column_totals();
    let mut rows = vec![vec![0; left.len()]; sizes.len()];
    for &side in order {
        let mut wanted = *sizes.get(side)?;
        for (cell, left) in rows.get_mut(side)?.iter_mut().zip(&mut left) {
            let taken = wanted.min(*left);
            *cell = taken;
            *left -= taken;
            wanted -= taken;
        }
    }
    CountTable::from_rows(&rows).ok()
}

/// Every order of `0..n`.
fn orders(n: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for next in 0..n {
        let longer = |order: &Vec<usize>| {
            (0..=order.len())
                .map(|at| {
                    let mut order = order.clone();
                    order.insert(at, next);
                    order
                })
                .collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_keep_both_margins() {
        let table = CountTable::from_rows(&[[1, 2, 1], [2, 0, 1]]).unwrap();
        let ends = ends(&table);
        assert_eq!(ends.len(), 2);
        for end in &ends {
            assert_eq!((end.row_totals(), end.column_totals()), (table.row_totals(), table.column_totals()));
        }
        assert!(ends.contains(&CountTable::from_rows(&[[3, 1, 0], [0, 1, 2]]).unwrap()));
        assert!(ends.contains(&CountTable::from_rows(&[[0, 2, 2], [3, 0, 0]]).unwrap()));
        assert_eq!(orders(4).len(), 24);
    }
}
