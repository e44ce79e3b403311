//! Disclosure control against enumeration of all tables with the same published numbers.
#![expect(clippy::unwrap_used, reason = "an oracle that fails stops the test")]

use canvass::stats::disclosure::audit::{Audit, HiddenZeros};
use canvass::stats::disclosure::complementary::{Rule, Search, complementary_suppression};
use canvass::stats::disclosure::frequency::{Zeros, round_to_base};
use canvass::stats::disclosure::{Cell, Table, audit};
use proptest::prelude::*;

/// All tables that agree with `rows` outside the hidden cells and in every margin.
fn same_publication(rows: &[Vec<u64>], hidden: &[Cell]) -> Vec<Vec<Vec<u64>>> {
    let mut found = Vec::new();
    let mut guess = rows.to_vec();
    for (row, column) in hidden {
        guess[*row][*column] = 0;
    }
    fill(rows, hidden, 0, &mut guess, &mut found);
    found
}

fn fill(
    rows: &[Vec<u64>],
    hidden: &[Cell],
    next: usize,
    guess: &mut Vec<Vec<u64>>,
    found: &mut Vec<Vec<Vec<u64>>>,
) {
    let row_sum = |table: &[Vec<u64>], r: usize| table[r].iter().sum::<u64>();
    let column_sum = |table: &[Vec<u64>], c: usize| table.iter().map(|row| row[c]).sum::<u64>();
    let Some((row, column)) = hidden.get(next).copied() else {
        let rows_agree = (0..rows.len()).all(|r| row_sum(guess, r) == row_sum(rows, r));
        if rows_agree && (0..rows[0].len()).all(|c| column_sum(guess, c) == column_sum(rows, c)) {
            found.push(guess.clone());
        }
        return;
    };
    while row_sum(guess, row) <= row_sum(rows, row) && column_sum(guess, column) <= column_sum(rows, column) {
        fill(rows, hidden, next + 1, guess, found);
        guess[row][column] += 1;
    }
    guess[row][column] = 0;
}

fn audited(table: &Table, hidden: &[Cell]) -> Audit {
    audit::suppression_audit(table, hidden, HiddenZeros::Possible).unwrap()
}

fn small_table() -> impl Strategy<Value = (Vec<Vec<u64>>, Vec<Cell>)> {
    (2_usize..4, 2_usize..4).prop_flat_map(|(rows, columns)| {
        let cells: Vec<Cell> = (0..rows * columns).map(|i| (i / columns, i % columns)).collect();
        let counts = prop::collection::vec(prop::collection::vec(0_u64..6, columns), rows);
        (counts, prop::sample::subsequence(cells, 0..=6.min(rows * columns)))
    })
}

fn table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (2_usize..4, 2_usize..5).prop_flat_map(|(rows, columns)| {
        prop::collection::vec(prop::collection::vec(0_u64..15, columns), rows)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_audit_bounds_are_those_of_enumeration((rows, hidden) in small_table(), least in 0_u64..2) {
        let rows: Vec<Vec<u64>> = rows.iter().map(|row| row.iter().map(|count| count + least).collect()).collect();
        let zeros = if least == 0 { HiddenZeros::Possible } else { HiddenZeros::Impossible };
        let audit = audit::suppression_audit(&Table::new(&rows).unwrap(), &hidden, zeros).unwrap();
        let mut all = same_publication(&rows, &hidden);
        all.retain(|table| hidden.iter().all(|(row, column)| table[*row][*column] >= least));
        for interval in audit.intervals {
            let (row, column) = interval.cell;
            let low = all.iter().map(|table| table[row][column]).min();
            let high = all.iter().map(|table| table[row][column]).max();
            prop_assert_eq!((Some(interval.low), Some(interval.high)), (low, high));
        }
    }

    #[test]
    fn hiding_more_never_narrows_a_bound((rows, hidden) in small_table()) {
        let table = Table::new(&rows).unwrap();
        let all = audited(&table, &hidden);
        let Some((_, fewer)) = hidden.split_last() else { return Ok(()) };
        let less = audited(&table, fewer);
        for (narrow, wide) in less.intervals.iter().zip(&all.intervals) {
            prop_assert!(wide.low <= narrow.low && narrow.high <= wide.high);
        }
    }

    #[test]
    fn every_pattern_passes_the_audit_and_none_can_lose_a_cell(rows in table(), width in 1_u64..6) {
        let table = Table::new(&rows).unwrap();
        let rule = Rule { required_width: width, ..Rule::new(5) };
        let result = complementary_suppression(&table, rule).unwrap();
        prop_assert_eq!(result.search, Search::Exhaustive);
        let protects = |pattern: &[Cell]| {
            let audit = audited(&table, &[&result.primary, pattern].concat());
            audit.intervals.iter().take(result.primary.len()).all(|hidden| hidden.width() >= width)
        };
        for pattern in &result.patterns {
            prop_assert!(protects(pattern));
            for lost in 0..pattern.len() {
                let mut less = pattern.clone();
                less.remove(lost);
                prop_assert!(!protects(&less));
            }
        }
    }

    #[test]
    fn the_search_is_that_of_all_subsets(rows in prop::collection::vec(prop::collection::vec(0_u64..12, 3), 2..4)) {
        let table = Table::new(&rows).unwrap();
        let result = complementary_suppression(&table, Rule { zeros: Zeros::Suppress, ..Rule::new(3) }).unwrap();
        let others: Vec<(Cell, u64)> =
            table.cells().filter(|(cell, count)| !result.primary.contains(cell) && *count > 0).collect();
        let mut best: Option<(usize, u64)> = None;
        for subset in 0..1_u32 << others.len() {
            let chosen = others.iter().enumerate().filter(|(i, _)| subset & (1 << i) != 0).map(|(_, other)| other);
            let total: u64 = chosen.clone().map(|(_, count)| count).sum();
            let rank = (subset.count_ones() as usize, total);
            if best.is_some_and(|best| best <= rank) {
                continue;
            }
            let hidden: Vec<Cell> = result.primary.iter().copied().chain(chosen.map(|(cell, _)| *cell)).collect();
            let audit = audited(&table, &hidden);
            if audit.intervals.iter().take(result.primary.len()).all(|hidden| hidden.width() >= 3) {
                best = Some(rank);
            }
        }
        prop_assert_eq!(result.n_complementary().zip(result.suppressed_total), best);
    }

    #[test]
    fn rounding_moves_by_at_most_half_a_base(count in 0_u64..10_000, base in 1_u64..100) {
        let rounded = round_to_base(count, base).unwrap().value;
        prop_assert!(rounded.is_multiple_of(base) && 2 * rounded.abs_diff(count) <= base);
    }
}
