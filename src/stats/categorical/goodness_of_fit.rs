//! Tests of observed counts against stated shares.

use super::{chi_squared_test, deviance_part};
use crate::stats::count_table::LARGEST_TOTAL;
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test};

/// Pearson's goodness-of-fit test.
pub const CHISQ_GOF: Method =
    Method { id: "chisq_gof", name: "Chi-square goodness-of-fit test", convention: "" };
/// Likelihood-ratio goodness-of-fit test.
pub const G_TEST_GOF: Method =
    Method { id: "g_test_gof", name: "Likelihood-ratio (G) goodness-of-fit test", convention: "0 log 0 = 0" };

/// How far shares may sum from 1.
const SHARE_TOLERANCE: f64 = 1e-8;

/// Pearson's goodness-of-fit test of `counts` against `shares`, which sum to 1.
///
/// Categories whose share and count are both zero are left out; a count where the share is zero is undefined.
pub fn chisq(counts: &[u64], shares: &[f64]) -> Computed<Test> {
    let cells = Cells::new(counts, shares)?;
    let statistic = cells.pairs.iter().map(|&(o, e)| (o - e) * ((o - e) / e)).sum();
    Ok(cells.test(statistic, CHISQ_GOF))
}

/// Likelihood-ratio goodness-of-fit test of `counts` against `shares`, which sum to 1.
pub fn g_test(counts: &[u64], shares: &[f64]) -> Computed<Test> {
    let cells = Cells::new(counts, shares)?;
    let statistic = 2.0 * cells.pairs.iter().map(|&(o, e)| deviance_part(o, e)).sum::<f64>();
    Ok(cells.test(statistic, G_TEST_GOF))
}

/// Checks that counts and shares belong together, and leaves out categories that cannot occur and did not.
pub(super) fn possible_categories(counts: &[u64], shares: &[f64]) -> Computed<Vec<(u64, f64)>> {
    if counts.len() != shares.len() {
        return Err(NotComputed::invalid("there are as many shares as counts"));
    }
    let total = counts.iter().try_fold(0_u64, |sum, &count| sum.checked_add(count));
    if total.is_none_or(|total| total > LARGEST_TOTAL) {
        return Err(NotComputed::invalid("the total of the counts is at most 2^53"));
    }
    if shares.iter().any(|share| !(0.0..=1.0).contains(share)) {
        return Err(NotComputed::invalid("shares lie between 0 and 1"));
    }
    if (shares.iter().sum::<f64>() - 1.0).abs() > SHARE_TOLERANCE {
        return Err(NotComputed::invalid("shares sum to 1"));
    }
    if total == Some(0) {
        return Err(NotComputed::EmptyBase);
    }
    let kept: Vec<(u64, f64)> = counts
        .iter()
        .zip(shares)
        .filter(|&(&count, &share)| count > 0 || share > 0.0)
        .map(|(&count, &share)| (count, share))
        .collect();
    if kept.iter().any(|&(_, share)| share <= 0.0) {
        return Err(NotComputed::Undefined("a category with share zero was observed"));
    }
    Ok(kept)
}

/// Observed and expected count of each category that can occur.
struct Cells {
    pairs: Vec<(f64, f64)>,
    left_out: u64,
}

impl Cells {
    fn new(counts: &[u64], shares: &[f64]) -> Computed<Self> {
        let kept = possible_categories(counts, shares)?;
        if kept.len() < 2 {
            return Err(NotComputed::Undefined("fewer than two possible categories"));
        }
        let total = kept.iter().map(|&(count, _)| count).sum::<u64>() as f64;
        let pairs = kept.iter().map(|&(count, share)| (count as f64, total * share)).collect();
        Ok(Self { pairs, left_out: (counts.len() - kept.len()) as u64 })
    }

    fn test(&self, statistic: f64, method: Method) -> Test {
        let df = (self.pairs.len() - 1) as f64;
        let smallest_expected = self.pairs.iter().map(|&(_, e)| e).fold(f64::INFINITY, f64::min);
        let below = self.pairs.iter().filter(|&&(_, e)| e < 5.0).count();
        let mut cautions = Vec::new();
        if self.left_out > 0 {
            cautions.push(Caution::Dropped { count: self.left_out, what: "categories with share zero" });
        }
        if below > 0 {
            let share_below_five = below as f64 / self.pairs.len() as f64;
            cautions.push(Caution::SparseTable { smallest_expected, share_below_five });
        }
        chi_squared_test(statistic, df, method, cautions)
    }
}

#[cfg(test)]
mod tests {
    use super::{chisq, g_test};
    use crate::stats::record::NotComputed;

    /// By hand: E = 20, so 100/20 + 0 + 100/20.
    #[test]
    fn hand_computed_statistic() {
        let test = chisq(&[10, 20, 30], &[1.0 / 3.0; 3]).unwrap();
        assert!((test.statistic.unwrap() - 10.0).abs() < 1e-13);
        assert_eq!(test.df, [2.0]);
    }

    #[test]
    fn impossible_inputs_are_refused() {
        assert!(matches!(chisq(&[1, 2], &[0.5]), Err(NotComputed::Invalid(_))));
        assert!(matches!(chisq(&[1, 2], &[0.5, 0.4]), Err(NotComputed::Invalid(_))));
        assert!(matches!(chisq(&[1, 2], &[f64::NAN, 0.5]), Err(NotComputed::Invalid(_))));
        assert!(matches!(chisq(&[1, 2], &[0.0, 1.0]), Err(NotComputed::Undefined(_))));
        assert_eq!(g_test(&[0, 0], &[0.5, 0.5]), Err(NotComputed::EmptyBase));
        assert!(matches!(g_test(&[3], &[1.0]), Err(NotComputed::Undefined(_))));
        assert!(matches!(g_test(&[], &[]), Err(NotComputed::Invalid(_))));
        assert!(chisq(&[u64::MAX, 1], &[0.5, 0.5]).is_err());
    }

    #[test]
    fn a_category_that_cannot_occur_costs_no_degree_of_freedom() {
        let test = chisq(&[4, 0, 6], &[0.5, 0.0, 0.5]).unwrap();
        assert_eq!(test.df, [1.0]);
        assert!((test.statistic.unwrap() - 0.4).abs() < 1e-15);
    }
}
