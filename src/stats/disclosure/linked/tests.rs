//! Textbook patterns counted by hand, and small ones against every table there is.

use super::*;

fn open(count: u64, threshold: u64) -> LinkedCell {
    let small = count > 0 && count < threshold;
    let standing = if small { Standing::Unknown } else { Standing::Open };
    LinkedCell { count, standing, width: if small { threshold } else { 0 } }
}

fn known(count: u64) -> LinkedCell {
    LinkedCell { count, standing: Standing::Known, width: 0 }
}

/// A two-way table whose margins everybody knows: cells row by row, then the totals of rows and of columns.
fn two_way(rows: &[&[u64]], threshold: u64) -> Linked {
    let columns = rows[0].len();
    let mut cells: Vec<LinkedCell> =
        rows.iter().flat_map(|row| row.iter()).map(|n| open(*n, threshold)).collect();
    let mut sums = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        cells.push(known(row.iter().sum()));
        let parts = (0..columns).map(|column| at * columns + column).collect();
        sums.push(LinkedSum { whole: cells.len() - 1, parts });
    }
    for column in 0..columns {
        cells.push(known(rows.iter().map(|row| row[column]).sum()));
        let parts = (0..rows.len()).map(|row| row * columns + column).collect();
        sums.push(LinkedSum { whole: cells.len() - 1, parts });
    }
    Linked::new(cells, sums).unwrap()
}

fn audited(linked: &Linked, chosen: &LinkedSuppression) -> Vec<(u64, u64)> {
    let mut unknown = linked.unknown();
    for cell in &chosen.further {
        unknown[*cell] = true;
    }
    let guarded: Vec<usize> = (0..unknown.len()).filter(|cell| linked.cells()[*cell].width > 0).collect();
    let intervals = linked_audit(linked, &unknown, &guarded).unwrap();
    intervals.iter().map(|interval| (interval.low, interval.high)).collect()
}

#[test]
fn a_fourfold_table_hides_all_four() {
    // One small cell needs its row, its column and the opposite corner.
    let linked = two_way(&[&[2, 30], &[25, 40]], 5);
    let chosen = linked_suppression(&linked);
    assert_eq!((chosen.further.as_slice(), chosen.minimal), (&[1, 2, 3][..], true));
    // The small cell can be 0 to 27: the other cell of its column holds 25.
    assert_eq!(audited(&linked, &chosen), [(0, 27)]);
}

#[test]
fn a_table_of_nine_hides_the_cheapest_rectangle() {
    let linked = two_way(&[&[20, 50, 10], &[8, 19, 22], &[17, 32, 3]], 5);
    let chosen = linked_suppression(&linked);
    // With the 3: rectangles through (0,0) cost 20 + 10 + 17, through (0,1) 50 + 10 + 32, through (1,0) 8 + 22 + 17,
    // through (1,1) 19 + 22 + 32. The first and the third cost 47, and the first of them stands first.
    assert_eq!(chosen.further, [0, 2, 6]);
    assert!(chosen.minimal);
    // The 3 moves with the 20 up to 13 and down to 0: 10 and 17 are what it can take.
    assert_eq!(audited(&linked, &chosen), [(0, 13)]);
}

#[test]
fn two_small_cells_of_a_row_protect_each_other_if_they_are_enough() {
    // 3 + 4 = 7 leaves 0 to 7; 1 + 2 = 3 leaves 0 to 3, and the next larger joins them.
    let one_way = |counts: &[u64]| {
        let mut cells: Vec<LinkedCell> = counts.iter().map(|n| open(*n, 5)).collect();
        cells.push(known(counts.iter().sum()));
        let sum = LinkedSum { whole: counts.len(), parts: (0..counts.len()).collect() };
        Linked::new(cells, vec![sum]).unwrap()
    };
    let enough = one_way(&[3, 4, 12, 9]);
    assert_eq!(linked_suppression(&enough).further, [0_usize; 0]);
    assert_eq!(audited(&enough, &linked_suppression(&enough)), [(0, 7), (0, 7)]);
    let few = one_way(&[1, 2, 12, 9]);
    assert_eq!(linked_suppression(&few).further, [3]);
}

#[test]
fn a_total_published_elsewhere_reveals_what_a_table_hides() {
    // a + b + c = 20 alone hides the 3 and the 4; with a + b = 7 published too, c is no cover and nothing changes, but
    // a + c = 16 gives b away, so that more must go.
    let cells = |elsewhere: u64| vec![open(3, 5), open(4, 5), open(13, 5), known(20), known(elsewhere)];
    let total = LinkedSum { whole: 3, parts: vec![0, 1, 2] };
    let harmless =
        Linked::new(cells(7), vec![total.clone(), LinkedSum { whole: 4, parts: vec![0, 1] }]).unwrap();
    assert!(linked_suppression(&harmless).further.is_empty());
    let mut telling = cells(16);
    telling[4].standing = Standing::Open;
    let telling = Linked::new(telling, vec![total, LinkedSum { whole: 4, parts: vec![0, 2] }]).unwrap();
    // Before: the audit finds both exactly.
    let bare = linked_audit(&telling, &telling.unknown(), &[0, 1]).unwrap();
    assert_eq!((bare[0].width(), bare[1].width()), (0, 0));
    // Withholding that total is enough.
    assert_eq!(linked_suppression(&telling).further, [4]);
}

#[test]
fn nested_groups_are_not_told_apart_by_subtraction() {
    // 12 of a group and 10 of its part say yes: the 2 outside are a cell, of which nobody publishes the count.
    let cells = vec![
        open(12, 5),
        open(10, 5),
        LinkedCell { count: 2, standing: Standing::Unknown, width: 5 },
        open(18, 5),
        open(10, 5),
        LinkedCell { count: 8, standing: Standing::Unknown, width: 0 },
        known(30),
        known(20),
    ];
    let sum = |whole, parts: [usize; 2]| LinkedSum { whole, parts: parts.to_vec() };
    let sums = vec![sum(0, [1, 2]), sum(3, [4, 5]), sum(6, [0, 3]), sum(7, [1, 4])];
    let linked = Linked::new(cells, sums).unwrap();
    let chosen = linked_suppression(&linked);
    // Both answers of the part must go (one follows from the other); or both of the whole, which are more people.
    assert_eq!(chosen.further, [1, 4]);
    assert_eq!(audited(&linked, &chosen), [(0, 10)]);
}

#[test]
fn what_everybody_knows_cannot_be_protected_and_asks_for_nothing() {
    // Four people in all: no count of them can be uncertain by five.
    let cells = vec![open(1, 5), open(3, 5), known(4)];
    let linked = Linked::new(cells, vec![LinkedSum { whole: 2, parts: vec![0, 1] }]).unwrap();
    let chosen = linked_suppression(&linked);
    assert_eq!((chosen.further.len(), chosen.widths), (0, vec![4, 4, 0]));
    let alone =
        Linked::new(vec![open(2, 5), known(2)], vec![LinkedSum { whole: 1, parts: vec![0] }]).unwrap();
    assert_eq!(linked_suppression(&alone).widths, [0, 0]);
}

#[test]
fn impossible_sums_are_refused() {
    let sum = |whole, parts: &[usize]| LinkedSum { whole, parts: parts.to_vec() };
    let cells = vec![known(3), known(1), known(2)];
    assert!(Linked::new(cells.clone(), vec![sum(0, &[1, 2])]).is_ok());
    assert!(Linked::new(cells.clone(), vec![sum(0, &[1])]).is_err());
    assert!(Linked::new(cells.clone(), vec![sum(0, &[3])]).is_err());
    assert!(Linked::new(cells.clone(), vec![sum(0, &[1, 2, 2])]).is_err());
    assert!(Linked::new(vec![known(u64::MAX), known(1)], Vec::new()).is_err());
    assert!(linked_audit(&Linked::new(cells, Vec::new()).unwrap(), &[true], &[0]).is_err());
}

mod any {
    use proptest::prelude::*;

    use super::*;

    /// Every table with the margins of a table, by brute force.
    fn tables(rows: &[u64], columns: &[u64]) -> Vec<Vec<u64>> {
        fn fill(
            cell: usize,
            rows: &mut [u64],
            columns: &mut [u64],
            table: &mut Vec<u64>,
            all: &mut Vec<Vec<u64>>,
        ) {
            let width = columns.len();
            if cell == rows.len() * width {
                if rows.iter().chain(columns.iter()).all(|left| *left == 0) {
                    all.push(table.clone());
                }
                return;
            }
            let (row, column) = (cell / width, cell % width);
            for count in 0..=rows[row].min(columns[column]) {
                rows[row] -= count;
                columns[column] -= count;
                table.push(count);
                fill(cell + 1, rows, columns, table, all);
                table.pop();
                rows[row] += count;
                columns[column] += count;
            }
        }
        let mut all = Vec::new();
        fill(0, &mut rows.to_vec(), &mut columns.to_vec(), &mut Vec::new(), &mut all);
        all
    }

    /// The spread of each cell over the tables that agree with the cells that are not withheld.
    fn spread(counts: &[u64], withheld: &[bool], tables: &[Vec<u64>]) -> Vec<(u64, u64)> {
        let agrees =
            |table: &&Vec<u64>| (0..counts.len()).all(|cell| withheld[cell] || table[cell] == counts[cell]);
        let possible: Vec<&Vec<u64>> = tables.iter().filter(agrees).collect();
        let end = |cell: usize| {
            let values = possible.iter().map(|table| table[cell]);
            (values.clone().min().unwrap(), values.max().unwrap())
        };
        (0..counts.len()).map(end).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

        #[test]
        fn no_pattern_leaks_and_none_is_smaller(counts in proptest::collection::vec(0_u64..6, 9)) {
            let rows: Vec<&[u64]> = counts.chunks(3).collect();
            let linked = two_way(&rows, 3);
            let chosen = linked_suppression(&linked);
            prop_assert!(chosen.minimal);
            let row_totals: Vec<u64> = rows.iter().map(|row| row.iter().sum()).collect();
            let column_totals: Vec<u64> = (0..3).map(|column| rows.iter().map(|row| row[column]).sum()).collect();
            let tables = tables(&row_totals, &column_totals);
            let primary: Vec<bool> = linked.unknown()[..9].to_vec();
            let widths = &chosen.widths;
            let is_safe = |withheld: &[bool]| {
                let spread = spread(&counts, withheld, &tables);
                (0..9).all(|cell| !primary[cell] || spread[cell].1 - spread[cell].0 >= widths[cell])
            };
            // The spread asked for is three, or what the margins alone leave.
            let vacuous = spread(&counts, &[true; 9], &tables);
            for cell in (0..9).filter(|cell| primary[*cell]) {
                prop_assert_eq!(widths[cell], (vacuous[cell].1 - vacuous[cell].0).min(3));
            }
            let mut withheld = primary.clone();
            for cell in &chosen.further {
                withheld[*cell] = true;
            }
            prop_assert!(is_safe(&withheld));
            // The audit finds the very bounds.
            let cells: Vec<usize> = (0..9).collect();
            let mut unknown = linked.unknown();
            unknown[..9].copy_from_slice(&withheld);
            let audit = linked_audit(&linked, &unknown, &cells).unwrap();
            let found: Vec<(u64, u64)> = audit.iter().map(|interval| (interval.low, interval.high)).collect();
            prop_assert_eq!(found, spread(&counts, &withheld, &tables));
            // Every smaller choice, and every equal one of a smaller sum, fails.
            let cost = |set: &[usize]| (set.len(), set.iter().map(|cell| counts[*cell]).sum::<u64>());
            let best = cost(&chosen.further);
            let free: Vec<usize> = (0..9).filter(|cell| !primary[*cell]).collect();
            for mask in 0_u32..1 << free.len() {
                let set: Vec<usize> = free.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, cell)| *cell).collect();
                if cost(&set) < best {
                    let mut withheld = primary.clone();
                    for cell in set {
                        withheld[cell] = true;
                    }
                    prop_assert!(!is_safe(&withheld));
                }
            }
        }
    }
}
