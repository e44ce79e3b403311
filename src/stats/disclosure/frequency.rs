//! Counts too small to publish: primary and one-way suppression, attribute disclosure, differencing, rounding.

use super::{Cell, Table};
use crate::stats::{Computed, Method, NotComputed};

/// Primary suppression.
pub const PRIMARY_SUPPRESSION: Method = Method {
    id: "primary_suppression",
    name: "primary suppression",
    convention: "positive counts below the threshold",
};

/// Suppression in a one-way table.
pub const ONE_WAY_SUPPRESSION: Method = Method {
    id: "one_way_suppression",
    name: "suppression in a one-way table",
    convention: "at least two hidden cells, which sum to the threshold",
};

/// Attribute disclosure.
pub const ATTRIBUTE_DISCLOSURE: Method = Method {
    id: "attribute_disclosure",
    name: "attribute disclosure",
    convention: "a row or column that lies in one cell as a whole",
};

/// Differencing.
pub const DIFFERENCING: Method = Method {
    id: "differencing",
    name: "disclosure by differencing",
    convention: "the difference is a count too",
};

/// Rounding to a base.
pub const ROUND_TO_BASE: Method = Method {
    id: "round_to_base",
    name: "rounding to a base",
    convention: "to the nearest multiple, halves up",
};

/// The threshold below which counts are hidden unless another is set.
pub const DEFAULT_THRESHOLD: u64 = 5;

/// Whether a zero is a small count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zeros {
    /// Zeros are published.
    #[default]
    Publish,
    /// Zeros are hidden as small counts are.
    Suppress,
}

/// Whether a count may not be published as it is.
pub fn is_small(count: u64, threshold: u64, zeros: Zeros) -> bool {
    count < threshold && (count > 0 || zeros == Zeros::Suppress)
}

/// The cells that may not be published as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrimarySuppression {
    /// The cells, row by row.
    pub cells: Vec<Cell>,
    /// The threshold.
    pub threshold: u64,
    /// The method.
    pub method: Method,
}

/// Finds the cells with small counts.
pub fn primary_suppression(table: &Table, threshold: u64, zeros: Zeros) -> PrimarySuppression {
    let small = table.cells().filter(|(_, count)| is_small(*count, threshold, zeros));
    PrimarySuppression {
        cells: small.map(|(cell, _)| cell).collect(),
        threshold,
        method: PRIMARY_SUPPRESSION,
    }
}

/// Whether the total of a one-way table is published beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Total {
    /// The total is published, or follows from other numbers: one hidden cell could be computed.
    #[default]
    Published,
    /// The total stays unknown.
    Hidden,
}

/// The hidden cells of a one-way table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneWaySuppression {
    /// Cells with small counts, ascending.
    pub primary: Vec<usize>,
    /// Cells hidden to protect them, in the order in which they were added.
    pub complementary: Vec<usize>,
    /// Sum of the hidden counts.
    pub suppressed_total: u64,
    /// Whether the rule is met; if not, the table as a whole cannot be published.
    pub protected: bool,
    /// The method.
    pub method: Method,
}

/// Hides the small counts of a one-way table and, while the hidden cells could be computed from the total, the
/// smallest positive count left, until at least two are hidden and they sum to the threshold.
///
/// Among equal counts the first is taken.
pub fn one_way_suppression(
    counts: &[u64],
    threshold: u64,
    zeros: Zeros,
    total: Total,
) -> Computed<OneWaySuppression> {
    if counts.is_empty() {
        return Err(NotComputed::EmptyBase);
    }
    if counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count)).is_none() {
        return Err(NotComputed::TooLarge { limit: "totals of 64 bits" });
    }
    let small = |i: &usize| is_small(counts[*i], threshold, zeros);
    let primary: Vec<usize> = (0..counts.len()).filter(small).collect();
    let mut rest: Vec<usize> = (0..counts.len()).filter(|i| !small(i) && counts[*i] > 0).collect();
    rest.sort_by_key(|i| counts[*i]);
    let mut rest = rest.into_iter();
    let mut complementary = Vec::new();
    let mut hidden: u64 = primary.iter().map(|i| counts[*i]).sum();
    let protected = loop {
        let enough = primary.len() + complementary.len() >= 2 && hidden >= threshold;
        if primary.is_empty() || total == Total::Hidden || enough {
            break true;
        }
        let Some(next) = rest.next() else { break false };
        complementary.push(next);
        hidden += counts[next];
    };
    Ok(OneWaySuppression {
        primary,
        complementary,
        suppressed_total: hidden,
        protected,
        method: ONE_WAY_SUPPRESSION,
    })
}

/// Rows and columns that disclose an attribute of all their members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeDisclosure {
    /// Rows with people in one column only.
    pub rows: Vec<usize>,
    /// Columns with people in one row only.
    pub columns: Vec<usize>,
    /// The method.
    pub method: Method,
}

/// Finds the rows and columns whose people all lie in one cell: who is known to be among them is known to be there.
pub fn attribute_disclosure(table: &Table) -> AttributeDisclosure {
    let mut in_row = vec![0_usize; table.rows()];
    let mut in_column = vec![0_usize; table.columns()];
    for ((row, column), _) in table.cells().filter(|(_, count)| *count > 0) {
        in_row[row] += 1;
        in_column[column] += 1;
    }
    let single = |cells: &[usize]| (0..cells.len()).filter(|line| cells[*line] == 1).collect();
    AttributeDisclosure { rows: single(&in_row), columns: single(&in_column), method: ATTRIBUTE_DISCLOSURE }
}

/// What two nested groups tell about the people in one but not the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differencing {
    /// Whole minus subset, per category.
    pub difference: Vec<u64>,
    /// The categories in which the difference is a small count.
    pub unsafe_categories: Vec<usize>,
    /// The method.
    pub method: Method,
}

/// Subtracts the published counts of a subset from those of the whole.
pub fn differencing(whole: &[u64], subset: &[u64], threshold: u64, zeros: Zeros) -> Computed<Differencing> {
    if whole.is_empty() {
        return Err(NotComputed::EmptyBase);
    }
    if whole.len() != subset.len() {
        return Err(NotComputed::invalid("whole and subset have the same categories"));
    }
    let difference: Option<Vec<u64>> =
        whole.iter().zip(subset).map(|(whole, part)| whole.checked_sub(*part)).collect();
    let difference = difference.ok_or(NotComputed::invalid("a subset is nowhere larger than the whole"))?;
    let small = |category: &usize| is_small(difference[*category], threshold, zeros);
    let unsafe_categories = (0..difference.len()).filter(small).collect();
    Ok(Differencing { difference, unsafe_categories, method: DIFFERENCING })
}

/// A rounded count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundedCount {
    /// A multiple of the base.
    pub value: u64,
    /// The base.
    pub base: u64,
    /// The method.
    pub method: Method,
}

/// The multiple of `base` nearest to the count, the upper one for a half.
pub fn round_to_base(count: u64, base: u64) -> Computed<RoundedCount> {
    if base == 0 {
        return Err(NotComputed::invalid("a base is positive"));
    }
    let above = count % base;
    let up = if above >= base - above { base } else { 0 };
    let value =
        (count - above).checked_add(up).ok_or(NotComputed::TooLarge { limit: "counts of 64 bits" })?;
    Ok(RoundedCount { value, base, method: ROUND_TO_BASE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_small_only_on_request() {
        let table = Table::new(&[vec![0, 4], vec![5, 1]]).unwrap();
        assert_eq!(primary_suppression(&table, 5, Zeros::Publish).cells, [(0, 1), (1, 1)]);
        assert_eq!(primary_suppression(&table, 5, Zeros::Suppress).cells, [(0, 0), (0, 1), (1, 1)]);
        assert!(primary_suppression(&table, 0, Zeros::Suppress).cells.is_empty());
    }

    #[test]
    fn a_hidden_total_needs_no_second_cell() {
        let hide = |counts: &[u64], total| one_way_suppression(counts, 5, Zeros::Publish, total).unwrap();
        assert!(hide(&[3, 20], Total::Hidden).complementary.is_empty());
        assert_eq!(hide(&[3, 20], Total::Published).complementary, [1]);
        assert_eq!(hide(&[3, 0, 9, 9], Total::Published).complementary, [2]);
    }

    #[test]
    fn a_table_without_cover_cannot_be_published() {
        let result = one_way_suppression(&[3, 0], 5, Zeros::Publish, Total::Published).unwrap();
        assert!(!result.protected && result.suppressed_total == 3);
        assert!(one_way_suppression(&[], 5, Zeros::Publish, Total::Published).is_err());
        assert!(one_way_suppression(&[u64::MAX, 1], 5, Zeros::Publish, Total::Published).is_err());
    }

    #[test]
    fn a_single_filled_cell_discloses() {
        let result = attribute_disclosure(&Table::new(&[vec![0, 0], vec![3, 4]]).unwrap());
        assert_eq!((result.rows, result.columns), (vec![], vec![0, 1]));
    }

    #[test]
    fn a_subset_is_part_of_the_whole() {
        assert!(differencing(&[3], &[4], 5, Zeros::Publish).is_err());
        assert!(differencing(&[3], &[4, 5], 5, Zeros::Publish).is_err());
        assert_eq!(differencing(&[9, 3], &[4, 3], 5, Zeros::Suppress).unwrap().unsafe_categories, [1]);
    }

    #[test]
    fn halves_round_up() {
        let rounded = |count, base| round_to_base(count, base).map(|rounded| rounded.value);
        assert_eq!((rounded(2, 4), rounded(1, 4), rounded(7, 1)), (Ok(4), Ok(0), Ok(7)));
        assert!(round_to_base(1, 0).is_err());
        assert!(round_to_base(u64::MAX, 100).is_ok());
        assert!(round_to_base(u64::MAX, 2).is_err());
    }
}
