//! Concordant and discordant pairs of observations, and how precisely coefficients made of them are known.

use super::bivariate::{Bivariate, Margin};
use crate::stats::sample::compensated_sum;
use crate::stats::{Computed, NotComputed};

/// How the pairs of observations compare on the two variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairContrast {
    /// Pairs in the same order on both variables.
    pub concordant: u64,
    /// Pairs in opposite orders.
    pub discordant: u64,
    /// Pairs tied on x, whether or not on y.
    pub tied_x: u64,
    /// Pairs tied on y, whether or not on x.
    pub tied_y: u64,
    /// All pairs, `n (n - 1) / 2`.
    pub total: u64,
}

impl PairContrast {
    /// Compares all pairs of observations in O(c log l) for c distinct pairs and l levels of y.
    pub fn of(pairs: &Bivariate) -> Self {
        Self::with_partners(pairs).0
    }

    /// The same, and for each distinct pair the shares of observations that are concordant and discordant with it.
    pub(super) fn with_partners(pairs: &Bivariate) -> (Self, Vec<(f64, f64)>) {
        let n = pairs.len();
        let mut partners = Vec::with_capacity(pairs.cells.len());
        // Each pair of observations is met twice, so the sums do not fit 64 bits.
        let (mut concordant, mut discordant) = (0_u128, 0_u128);
        each_cell(pairs, |count, with, against| {
            concordant += u128::from(count) * u128::from(with);
            discordant += u128::from(count) * u128::from(against);
            partners.push((with as f64 / n as f64, against as f64 / n as f64));
        });
        let tied = |margin: &Margin| margin.counts.iter().map(|&count| pairs_among(count)).sum();
        let half = |twice: u128| u64::try_from(twice / 2).unwrap_or(u64::MAX);
        let contrast = Self {
            concordant: half(concordant),
            discordant: half(discordant),
            tied_x: tied(&pairs.x),
            tied_y: tied(&pairs.y),
            total: pairs_among(n),
        };
        (contrast, partners)
    }

    /// Kendall's S: concordant minus discordant pairs.
    pub fn s(&self) -> i64 {
        // At most 2^63 - 1 pairs exist among 2^32 observations.
        self.concordant.cast_signed() - self.discordant.cast_signed()
    }
}

/// Visits each distinct pair with its count and the numbers of observations concordant and discordant with it.
fn each_cell(pairs: &Bivariate, mut visit: impl FnMut(u64, u64, u64)) {
    let levels = pairs.y.counts.len();
    let n = pairs.len();
    let below: Vec<u64> = pairs
        .y
        .counts
        .iter()
        .scan(0, |sum, &count| {
            *sum += count;
            Some(*sum - count)
        })
        .collect();
    let at = |counts: &[u64], level: usize| counts.get(level).copied().unwrap_or(0);
    let mut earlier = CumulativeCounts::new(levels);
    let mut earlier_at = vec![0_u64; levels];
    for group in pairs.cells.chunk_by(|a, b| a.x == b.x) {
        let beside: u64 = group.iter().map(|cell| cell.count).sum();
        let mut beside_below = 0;
        for cell in group {
            let earlier_below = earlier.below(cell.y);
            let earlier_above = earlier.total - earlier_below - at(&earlier_at, cell.y);
            let later_below = at(&below, cell.y) - earlier_below - beside_below;
            let later_at = at(&pairs.y.counts, cell.y) - at(&earlier_at, cell.y) - cell.count;
            let later_above = n - earlier.total - beside - later_below - later_at;
            visit(cell.count, earlier_below + later_above, earlier_above + later_below);
            beside_below += cell.count;
        }
        for cell in group {
            earlier.add(cell.y, cell.count);
            if let Some(count) = earlier_at.get_mut(cell.y) {
                *count += cell.count;
            }
        }
    }
}

/// The large-sample standard error of gamma (Goodman & Kruskal 1963), by the delta method for multinomial counts.
pub(super) fn gamma_standard_error(
    pairs: &Bivariate,
    contrast: &PairContrast,
    partners: &[(f64, f64)],
) -> Computed<f64> {
    let untied = contrast.concordant as f64 + contrast.discordant as f64;
    let (up, down) = (contrast.concordant as f64 / untied, contrast.discordant as f64 / untied);
    let n = pairs.len() as f64;
    let squares = compensated_sum(pairs.cells.iter().zip(partners).map(|(cell, (with, against))| {
        let influence = down * with - up * against;
        cell.count as f64 * influence * influence
    }));
    // Twice the untied pairs over n squared is the mean share of untied partners.
    let spread = 2.0 * untied / (n * n);
    positive(4.0 * squares.sqrt() / (n * spread))
}

/// The large-sample standard error of tau-b, by the delta method for multinomial counts (Agresti 2010; as in SAS).
pub(super) fn tau_b_standard_error(pairs: &Bivariate, tau: f64, partners: &[(f64, f64)]) -> Computed<f64> {
    let n = pairs.len() as f64;
    let untied = |margin: &Margin| {
        // 1 - sum of squared shares, as a sum of products that does not cancel.
        compensated_sum(margin.counts.iter().map(|&count| count as f64 / n * ((n - count as f64) / n)))
    };
    let (x, y) = (untied(&pairs.x), untied(&pairs.y));
    let root = x.sqrt() * y.sqrt();
    let share = |margin: &Margin, level: usize| margin.counts.get(level).copied().unwrap_or(0) as f64 / n;
    let centre = tau * (x + y);
    let squares = compensated_sum(pairs.cells.iter().zip(partners).map(|(cell, (with, against))| {
        let margins = share(&pairs.x, cell.x) * y + share(&pairs.y, cell.y) * x;
        let influence = 2.0 * root * (with - against) + tau * margins - centre;
        cell.count as f64 * influence * influence
    }));
    positive(squares.sqrt() / (n * root * root))
}

/// A standard error that is not zero.
fn positive(standard_error: f64) -> Computed<f64> {
    // All contributions agree up to rounding where every untied pair points the same way.
    if standard_error > 1e-9 {
        Ok(standard_error)
    } else {
        Err(NotComputed::Boundary(
            "no pair of observations contradicts another: no large-sample standard error",
        ))
    }
}

fn pairs_among(count: u64) -> u64 {
    // One of two neighbours is even; halving it first keeps 2^32 observations in range.
    if count.is_multiple_of(2) { (count / 2) * count.saturating_sub(1) } else { count * ((count - 1) / 2) }
}

/// Counts by level with sums of all lower levels in O(log levels) (Fenwick 1994).
struct CumulativeCounts {
    tree: Vec<u64>,
    total: u64,
}

impl CumulativeCounts {
    fn new(levels: usize) -> Self {
        Self { tree: vec![0; levels + 1], total: 0 }
    }

    fn add(&mut self, level: usize, count: u64) {
        self.total += count;
        let mut node = level + 1;
        while let Some(sum) = self.tree.get_mut(node) {
            *sum += count;
            node += node & node.wrapping_neg();
        }
    }

    /// The sum of the counts of all levels below `level`.
    fn below(&self, level: usize) -> u64 {
        let mut sum = 0;
        let mut node = level;
        while node > 0 {
            sum += self.tree.get(node).copied().unwrap_or(0);
            node &= node - 1;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::{PairContrast, gamma_standard_error, tau_b_standard_error};
    use crate::stats::correlation::{Bivariate, KendallContinuity, gk_gamma, kendall_tau_b};
    use crate::stats::{ConfidenceLevel, NotComputed, Which};

    /// R 4.2.2, ASE1 of gamma and tau-b by the formulas of SAS PROC FREQ; gamma's also by DescTools.
    #[test]
    fn standard_errors_of_published_formulas() {
        let tables: [(Vec<Vec<u64>>, f64, f64); 3] = [
            (vec![vec![3, 2, 4], vec![0, 1, 2]], 0.417_295_873_541_351_84, 0.211_636_772_458_828_86),
            (
                vec![vec![8, 3, 0], vec![2, 5, 6], vec![1, 4, 7]],
                0.123_185_341_105_543_5,
                0.108_164_034_199_942_49,
            ),
            (
                vec![vec![1, 4, 3, 0], vec![2, 5, 2, 0], vec![3, 4, 1, 6]],
                0.225_752_860_068_562_13,
                0.163_072_128_171_330_43,
            ),
        ];
        for (table, gamma, tau) in tables {
            let pairs = Bivariate::from_table(&table).unwrap();
            let level = ConfidenceLevel::P95;
            let ours = gk_gamma(&pairs, level).unwrap().standard_error.unwrap();
            assert!((ours / gamma - 1.0).abs() < 1e-12, "{ours} {gamma}");
            let ours = kendall_tau_b(&pairs, KendallContinuity::None, Which::TwoSided, level).unwrap();
            let ours = ours.standard_error.unwrap();
            assert!((ours / tau - 1.0).abs() < 1e-12, "{ours} {tau}");
        }
    }

    #[test]
    fn complete_order_has_no_standard_error() {
        let pairs = Bivariate::from_pairs(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 4.0]).unwrap();
        let (contrast, partners) = PairContrast::with_partners(&pairs);
        assert!(matches!(gamma_standard_error(&pairs, &contrast, &partners), Err(NotComputed::Boundary(_))));
        assert!(matches!(tau_b_standard_error(&pairs, 1.0, &partners), Err(NotComputed::Boundary(_))));
    }

    /// Every pair of observations, one by one.
    #[test]
    fn pairs_are_those_of_a_double_loop() {
        let x = [1.0, 2.0, 2.0, 3.0, 1.0, 3.0, 2.0, 2.0, 1.0];
        let y = [2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 3.0, 2.0, 4.0];
        let (mut concordant, mut discordant) = (0, 0);
        for i in 0..x.len() {
            for j in 0..i {
                let product: f64 = (x[i] - x[j]) * (y[i] - y[j]);
                concordant += u64::from(product > 0.0);
                discordant += u64::from(product < 0.0);
            }
        }
        let found = PairContrast::of(&Bivariate::from_pairs(&x, &y).unwrap());
        assert_eq!((found.concordant, found.discordant), (concordant, discordant));
    }

    /// The most pairs that are accepted: nothing overflows.
    #[test]
    fn the_largest_table_fits() {
        let quarter = 1_u64 << 30;
        let pairs = Bivariate::from_table(&[[quarter, 0, quarter], [0, 2 * quarter, 0]]).unwrap();
        let found = PairContrast::of(&pairs);
        assert_eq!((found.concordant, found.discordant), (2 * quarter * quarter, 2 * quarter * quarter));
    }
}
