//! What readers can work out of every unknown count: an audit that shares nothing with the search that chose.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::Linked;
use super::reach::Reach;
use crate::stats::{Computed, Method, NotComputed};

/// Audit of linked tables.
pub const LINKED_AUDIT: Method = Method {
    id: "linked_audit",
    name: "audit of linked tables",
    convention: "linear bounds, each shown to be attained by whole counts that agree with everything known",
};

/// The counts of a cell that agree with everything known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedInterval {
    /// The cell.
    pub cell: usize,
    /// The smallest count found that is possible.
    pub low: u64,
    /// The largest count found that is possible.
    pub high: u64,
}

impl LinkedInterval {
    /// How far the possible counts spread.
    pub fn width(&self) -> u64 {
        self.high - self.low
    }
}

/// Bounds the counts of cells by linear programming, from the sums and the counts that are not `unknown`.
///
/// A bound is taken only if whole counts that attain it were found and put into every sum. So a mistake of the solver
/// can make a cell look less protected than it is, never more. A known cell has one possible count.
pub fn linked_audit(linked: &Linked, unknown: &[bool], of: &[usize]) -> Computed<Vec<LinkedInterval>> {
    if unknown.len() != linked.cells.len() || of.iter().any(|cell| *cell >= unknown.len()) {
        return Err(NotComputed::invalid("every cell is known or unknown"));
    }
    let interval = |cell: usize| {
        let count = linked.cells[cell].count;
        if !unknown[cell] {
            return LinkedInterval { cell, low: count, high: count };
        }
        let reach = linked.reach(cell, unknown);
        let end = |direction| attained(linked, &reach, direction).unwrap_or(count);
        let low = end(OptimizationDirection::Minimize).min(count);
        LinkedInterval { cell, low, high: end(OptimizationDirection::Maximize).max(count) }
    };
    Ok(of.iter().copied().map(interval).collect())
}

/// The best count of the first cell that whole counts attain; first by the linear program alone, whose corners are
/// nearly always whole, then in whole numbers.
fn attained(linked: &Linked, reach: &Reach, direction: OptimizationDirection) -> Option<u64> {
    [false, true].into_iter().find_map(|whole| {
        let (problem, variables) = program(linked, reach, direction, whole)?;
        let solution = problem.solve().ok()?.into_solution().ok()?;
        let counts: Option<Vec<i64>> =
            variables.iter().map(|variable| rounded(solution.var_value(*variable))).collect();
        let counts = counts.filter(|counts| reach.holds(counts))?;
        u64::try_from(counts[0]).ok()
    })
}

fn program(
    linked: &Linked,
    reach: &Reach,
    direction: OptimizationDirection,
    whole: bool,
) -> Option<(Problem, Vec<Variable>)> {
    // No count needs to be thought larger than all counts together, twice.
    let most: u64 = linked.cells.iter().map(|cell| cell.count).sum::<u64>() * 2 + 1_000;
    let mut problem = Problem::new(direction);
    let mut variables = Vec::new();
    for place in 0..reach.cells.len() {
        let weight = if place == 0 { 1.0 } else { 0.0 };
        variables.push(if whole {
            problem.add_integer_var(weight, (0, i32::try_from(most).ok()?))
        } else {
            problem.add_var(weight, (0.0, most as f64))
        });
    }
    for (terms, rest) in &reach.equations {
        let terms: Vec<(Variable, f64)> =
            terms.iter().map(|(place, sign)| (variables[*place], *sign as f64)).collect();
        problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, *rest as f64);
    }
    Some((problem, variables))
}

/// The whole number nearest to what a solver gives; counts stay below 2^53.
fn rounded(value: f64) -> Option<i64> {
    let near = value.round();
    // The cast saturates, and what is not a count does not agree with the sums afterwards.
    #[expect(clippy::cast_possible_truncation, reason = "finite and below 2^53")]
    (near.is_finite() && near.abs() < 9e15).then_some(near as i64)
}
