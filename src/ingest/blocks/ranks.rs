//! Whether whole numbers in several columns are ranks.

use crate::ingest::RawTable;

use super::tally::is_not_applicable;

/// What numbers in the columns of one question can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Ranks {
    /// Ranks: in so many rows that chance does not explain it, no two are the same.
    Certain,
    /// Ranks, or points that happen to differ in the few rows that there are.
    Possible,
    /// Ranks but for a few rows in which some repeat.
    Marred {
        /// Rows in which a rank repeats.
        repeating: usize,
        /// Rows with ranks.
        rows: usize,
    },
    /// No ranks.
    No,
}

/// The chance at which it is no accident that numbers never repeat within a row.
const CHANCE: f64 = 1e-4;

/// Looks at columns of which every cell is a number, `n/a` or blank, each cell read by `rank`.
pub(in crate::ingest) fn look(
    table: &RawTable,
    columns: &[usize],
    rank: impl Fn(&str) -> Option<usize>,
) -> Ranks {
    let items = columns.len();
    let (mut log_chance, mut rows, mut repeating) = (0.0_f64, 0_usize, 0_usize);
    let mut cells: Vec<_> = columns.iter().map(|column| table.column(*column)).collect();
    for _ in 0..table.height() {
        let mut taken = vec![false; items];
        let (mut given, mut repeats) = (0_usize, false);
        for column in &mut cells {
            let cell = column.next().flatten().map(str::trim).unwrap_or_default();
            if cell.is_empty() || is_not_applicable(cell) {
                continue;
            }
            match rank(cell) {
                Some(rank) if (1..=items).contains(&rank) => {
                    repeats |= std::mem::replace(&mut taken[rank - 1], true);
                    given += 1;
                }
                _ => return Ranks::No,
            }
        }
        if given < 2 {
            continue;
        }
        rows += 1;
        repeating += usize::from(repeats);
        #[expect(clippy::cast_precision_loss, reason = "a count of columns")]
        for other in 1..given {
            log_chance += libm::log((items.saturating_sub(other)).max(1) as f64 / items as f64);
        }
    }
    if repeating * 20 > rows {
        Ranks::No
    } else if repeating > 0 {
        Ranks::Marred { repeating, rows }
    } else if rows > 0 && log_chance < libm::log(CHANCE) {
        Ranks::Certain
    } else if rows > 0 {
        Ranks::Possible
    } else {
        Ranks::No
    }
}
