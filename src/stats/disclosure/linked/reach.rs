//! What the range of one unknown count hangs on: the unknown counts that sums join to it.

use std::collections::BTreeMap;

use super::{Linked, Standing};

/// The unknown counts that hang together with one of them, as equations: for each sum that holds one of them, the signs
/// of its unknown counts and what they add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reach {
    /// The unknown cells; the first is the one asked about.
    pub(super) cells: Vec<usize>,
    /// The sum of `sign * count` over positions in `cells` is the number.
    pub(super) equations: Vec<(Vec<(usize, i64)>, i64)>,
    /// The cells in these sums that are published and could be withheld.
    pub(super) open: Vec<usize>,
}

impl Linked {
    /// What the unknown count of a cell hangs on.
    pub(super) fn reach(&self, of: usize, unknown: &[bool]) -> Reach {
        let mut place: BTreeMap<usize, usize> = BTreeMap::from([(of, 0)]);
        let mut cells = vec![of];
        let mut sums: Vec<usize> = Vec::new();
        let mut next = 0;
        while let Some(cell) = cells.get(next).copied() {
            next += 1;
            for sum in self.within[cell].iter().copied().filter(|sum| !sums.contains(sum)).collect::<Vec<_>>()
            {
                sums.push(sum);
                for (member, _) in self.members(sum).filter(|(member, _)| unknown[*member]) {
                    place.entry(member).or_insert_with(|| {
                        cells.push(member);
                        cells.len() - 1
                    });
                }
            }
        }
        let mut open = Vec::new();
        let mut equations = Vec::new();
        for sum in sums {
            let mut terms = Vec::new();
            let mut rest = 0;
            for (member, sign) in self.members(sum) {
                if let Some(place) = place.get(&member) {
                    terms.push((*place, sign));
                    continue;
                }
                rest -= sign * self.count(member);
                if self.cells[member].standing == Standing::Open && !open.contains(&member) {
                    open.push(member);
                }
            }
            equations.push((terms, rest));
        }
        Reach { cells, equations, open }
    }

    /// The members of a sum, the whole first: whole - parts = 0.
    fn members(&self, sum: usize) -> impl Iterator<Item = (usize, i64)> {
        let sum = &self.sums[sum];
        std::iter::once((sum.whole, 1)).chain(sum.parts.iter().map(|part| (*part, -1)))
    }

    /// A count as a number that can be negative; totals stay below 2^53.
    pub(super) fn count(&self, cell: usize) -> i64 {
        i64::try_from(self.cells[cell].count).unwrap_or(i64::MAX)
    }
}

impl Reach {
    /// Whether counts, one for each cell, agree with every equation.
    pub(super) fn holds(&self, counts: &[i64]) -> bool {
        counts.len() == self.cells.len()
            && counts.iter().all(|count| *count >= 0)
            && self.equations.iter().all(|(terms, rest)| {
                terms.iter().map(|(place, sign)| sign * counts[*place]).sum::<i64>() == *rest
            })
    }
}
