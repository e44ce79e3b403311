//! What the published rest of a table tells about its hidden cells.

use std::collections::VecDeque;

use super::{Cell, Table};
use crate::stats::{Computed, Method, NotComputed};

/// Suppression audit.
pub const SUPPRESSION_AUDIT: Method = Method {
    id: "suppression_audit",
    name: "suppression audit",
    convention: "exact bounds, with all row and column totals published",
};

/// The most hidden cells.
pub const MAX_HIDDEN: usize = 2_000;

/// What a reader knows of hidden cells beside the published numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HiddenZeros {
    /// A hidden cell may be a zero.
    #[default]
    Possible,
    /// A hidden cell holds at least one person, because zeros are known to be published.
    Impossible,
}

impl HiddenZeros {
    /// The least count that a reader thinks possible.
    fn least(self) -> u64 {
        match self {
            Self::Possible => 0,
            Self::Impossible => 1,
        }
    }
}

/// The values that each hidden cell can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The hidden cells in the order given, with their bounds.
    pub intervals: Vec<HiddenCell>,
    /// The method.
    pub method: Method,
}

/// A hidden cell and the smallest and largest count that agree with everything published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HiddenCell {
    /// The cell.
    pub cell: Cell,
    /// Smallest possible count.
    pub low: u64,
    /// Largest possible count.
    pub high: u64,
}

impl HiddenCell {
    /// How far the possible counts spread; 0 for a cell that is disclosed exactly.
    pub fn width(&self) -> u64 {
        self.high - self.low
    }
}

impl Audit {
    /// The hidden cells whose count follows exactly.
    pub fn exactly_disclosed(&self) -> impl Iterator<Item = Cell> {
        self.intervals.iter().filter(|hidden| hidden.width() == 0).map(|hidden| hidden.cell)
    }
}

/// Bounds every hidden cell of a table whose other cells and all margins are published.
///
/// Every bound is a count that some table with the same published numbers has: raising one cell sends units around
/// closed paths of hidden cells, so the bounds are maximal flows, which are whole numbers. Refuses cells that do not
/// exist or are named twice, hidden zeros where they are impossible, and more than [`MAX_HIDDEN`] cells.
///
/// # Examples
///
/// ```
/// use canvass::stats::disclosure::Table;
/// use canvass::stats::disclosure::audit::{HiddenZeros, suppression_audit};
///
/// let table = Table::new(&[vec![3, 4, 5], vec![6, 7, 8]])?;
/// let hidden = [(0, 0), (0, 1), (1, 0), (1, 1)];
/// let audit = suppression_audit(&table, &hidden, HiddenZeros::Possible)?;
/// // Reference case disclosure-0043: with all totals published, the hidden 3 may be anything from 0 to 7.
/// assert_eq!((audit.intervals[0].low, audit.intervals[0].high), (0, 7));
/// assert_eq!(audit.exactly_disclosed().count(), 0);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn suppression_audit(table: &Table, hidden: &[Cell], zeros: HiddenZeros) -> Computed<Audit> {
    let network = Network::new(table, hidden, zeros)?;
    let intervals = hidden.iter().enumerate().map(|(i, cell)| {
        let spare = network.edges[i].spare;
        let count = spare + zeros.least();
        let high = count + network.flow(i, Direction::Up, u64::MAX);
        let low = count - network.flow(i, Direction::Down, spare);
        HiddenCell { cell: *cell, low, high }
    });
    Ok(Audit { intervals: intervals.collect(), method: SUPPRESSION_AUDIT })
}

/// Rows and columns as nodes, hidden cells as edges. A unit that passes an edge from row to column raises the cell,
/// the other way it lowers the cell, which what it holds above the least possible count limits.
pub(super) struct Network {
    nodes: usize,
    rows: usize,
    edges: Vec<Edge>,
    /// Per node, its edges.
    at: Vec<Vec<usize>>,
}

#[derive(Debug, Clone, Copy)]
struct Edge {
    row: usize,
    column: usize,
    /// By how much the cell could be lowered.
    spare: u64,
}

/// Whether a cell is to be raised or lowered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

impl Network {
    pub(super) fn new(table: &Table, hidden: &[Cell], zeros: HiddenZeros) -> Computed<Self> {
        if hidden.len() > MAX_HIDDEN {
            return Err(NotComputed::TooLarge { limit: "2000 hidden cells" });
        }
        let rows = table.rows();
        let nodes = rows + table.columns();
        let mut network = Self { nodes, rows, edges: Vec::new(), at: vec![Vec::new(); nodes] };
        let mut seen = vec![false; rows * table.columns()];
        for cell in hidden {
            let count =
                table.get(*cell).ok_or(NotComputed::invalid("a hidden cell is a cell of the table"))?;
            let spare = count
                .checked_sub(zeros.least())
                .ok_or(NotComputed::invalid("a hidden cell is a zero where zeros are published"))?;
            let place = cell.0 * table.columns() + cell.1;
            if std::mem::replace(&mut seen[place], true) {
                return Err(NotComputed::invalid("a cell is hidden once"));
            }
            network.at[cell.0].push(network.edges.len());
            network.at[rows + cell.1].push(network.edges.len());
            network.edges.push(Edge { row: cell.0, column: rows + cell.1, spare });
        }
        Ok(network)
    }

    /// Whether the cell of edge `i` can take values at least `width` apart.
    pub(super) fn is_protected(&self, i: usize, width: u64) -> bool {
        let down = self.flow(i, Direction::Down, self.edges[i].spare.min(width));
        down >= width || self.flow(i, Direction::Up, width - down) >= width - down
    }

    /// By how much the cell of edge `i` can be raised or lowered, stopping at `enough`: the maximal flow between its
    /// column and its row through the other hidden cells, by shortest augmenting paths (Edmonds and Karp 1972).
    pub(super) fn flow(&self, i: usize, direction: Direction, enough: u64) -> u64 {
        let Edge { row, column, .. } = self.edges[i];
        let (source, sink) = match direction {
            Direction::Up => (column, row),
            Direction::Down => (row, column),
        };
        let mut spare: Vec<u64> = self.edges.iter().map(|edge| edge.spare).collect();
        let mut sent = 0;
        while sent < enough {
            let Some(path) = self.path(i, source, sink, &spare) else { break };
            let lowered = path.iter().filter(|(_, up)| !up).map(|(edge, _)| spare[*edge]);
            let units = lowered.min().unwrap_or(u64::MAX).min(enough - sent);
            for (edge, up) in path {
                spare[edge] = if up { spare[edge] + units } else { spare[edge] - units };
            }
            sent += units;
        }
        sent
    }

    /// A shortest path as edges, each with whether it raises its cell.
    fn path(&self, without: usize, source: usize, sink: usize, spare: &[u64]) -> Option<Vec<(usize, bool)>> {
        let mut reached_by: Vec<Option<(usize, bool)>> = vec![None; self.nodes];
        let mut open = VecDeque::from([source]);
        while let Some(node) = open.pop_front() {
            for edge in self.at[node].iter().copied().filter(|edge| *edge != without) {
                let up = node < self.rows;
                let next = if up { self.edges[edge].column } else { self.edges[edge].row };
                if next != source && reached_by[next].is_none() && (up || spare[edge] > 0) {
                    reached_by[next] = Some((edge, up));
                    open.push_back(next);
                }
            }
        }
        let mut path = Vec::new();
        let mut node = sink;
        while node != source {
            let (edge, up) = reached_by[node]?;
            path.push((edge, up));
            node = if up { self.edges[edge].row } else { self.edges[edge].column };
        }
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(rows: &[Vec<u64>], hidden: &[Cell]) -> Vec<(u64, u64)> {
        let audit = suppression_audit(&Table::new(rows).unwrap(), hidden, HiddenZeros::Possible).unwrap();
        audit.intervals.iter().map(|hidden| (hidden.low, hidden.high)).collect()
    }

    #[test]
    fn a_lone_hidden_cell_follows_from_its_row() {
        assert_eq!(bounds(&[vec![3, 4], vec![5, 6]], &[(0, 1)]), [(4, 4)]);
    }

    #[test]
    fn a_fourfold_of_hidden_cells_moves_together() {
        let all = [(0, 0), (0, 1), (1, 0), (1, 1)];
        assert_eq!(bounds(&[vec![2, 30], vec![25, 40]], &all), [(0, 27), (5, 32), (0, 27), (38, 65)]);
    }

    #[test]
    fn published_zeros_narrow_the_bounds() {
        let table = Table::new(&[vec![1, 1], vec![1, 4]]).unwrap();
        let all = [(0, 0), (0, 1), (1, 0), (1, 1)];
        let widths = |zeros| -> Vec<u64> {
            suppression_audit(&table, &all, zeros).unwrap().intervals.iter().map(HiddenCell::width).collect()
        };
        assert_eq!(widths(HiddenZeros::Possible), [2, 2, 2, 2]);
        assert_eq!(widths(HiddenZeros::Impossible), [0, 0, 0, 0]);
        let zero = Table::new(&[vec![0]]).unwrap();
        assert!(suppression_audit(&zero, &[(0, 0)], HiddenZeros::Impossible).is_err());
    }

    #[test]
    fn nothing_hidden_is_nothing_to_bound() {
        assert!(bounds(&[vec![1]], &[]).is_empty());
    }

    #[test]
    fn impossible_patterns_are_refused() {
        let table = Table::new(&[vec![1, 2], vec![3, 4]]).unwrap();
        assert!(suppression_audit(&table, &[(2, 0)], HiddenZeros::Possible).is_err());
        assert!(suppression_audit(&table, &[(0, 2)], HiddenZeros::Possible).is_err());
        assert!(suppression_audit(&table, &[(0, 0), (0, 0)], HiddenZeros::Possible).is_err());
        assert!(Table::new(&[vec![1], vec![1, 2]]).is_err());
        assert!(Table::new(&[vec![]]).is_err());
        assert!(Table::new(&[vec![u64::MAX], vec![1]]).is_err());
    }
}
